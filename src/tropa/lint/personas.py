"""The persona-monster: somebody who is everybody."""

import re
from collections.abc import Iterator, Sequence

from tropa.domain.journeymap import Persona
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes

_WIDE_YEARS = 15
_ENOUGH = 2
_UNITS = (
    r"(?!\s*(?:человек|сотрудник|тыс|млн|руб|₽|%|раз|мин|час|дн|недел|месяц|км|кг|шт|заказ|"
    r"people|employee|k\b|thousand|times|min|hour|day|week|month|km|kg|order|usd|eur|\$|€))"
)
_AGES = re.compile(r"(?<![\d$€])(\d{2})\s*(?:[–—-]|\.\.|до|to|and)\s*(\d{2})(?!\d)" + _UNITS, re.IGNORECASE)
_OPEN_END = re.compile(
    r"\b(?:от|старше|after|over|from)\s+\d{2}(?!\d|\s*(?:[–—-]|до|to)\s*\d)" + _UNITS + r"|(?<!\d)\d{2}\s*\+" + _UNITS,
    re.IGNORECASE,
)
_ONE_AGE = re.compile(
    r"[^\W\d_]\s*,\s*\d{2}(?!\s*(?:\+|[–—-]|\.\.|до\b|to\b|\d))(?:\s*(?:лет|года?|years?))?\s*(?:[,.;]|$)"
    r"|(?<!от )(?<!до )(?<!to )(?<!and )(?<!over )(?<!from )(?<!старше )(?<![\d–—-])"
    r"\d{2}\s+(?:лет|года?|years? old)\b(?! и старше)",
    re.IGNORECASE,
)
_EVERYBODY = re.compile(
    r"\b(?:все(?:х|м)?,?\s+(?:кто|кому|кого|желающ\w+|люд\w+|клиент\w*|покупател\w+|пользовател\w+)|"
    r"(?:кажд|люб)\w+,?\s+(?:кто|кому|человек\w*|клиент\w*|покупател\w*|пользовател\w*|"
    r"владел\w+|жител\w+|посетител\w*)|кто угодно|для всех|"
    r"every(?:one|body)|any(?:one|body)|all\s+(?:people|customers|buyers|users|those|who))\b|^\s*(?:все|all)\s*$",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:мужчин\w*\s*(?:и|или|,|/)\s*женщин\w*|женщин\w*\s*(?:и|или|,|/)\s*мужчин\w*|м\s*(?:/|и)\s*ж|любого пола|"
    r"(?:men|males?)\s*(?:and|or|/)\s*(?:women|females?)|"
    r"(?:women|females?)\s*(?:and|or|/)\s*(?:men|males?)|any gender)\b",
    re.IGNORECASE,
)
_VIRTUES = re.compile(
    r"\b(?:(?:цен|люб)\w+ (?:качеств|комфорт|сервис)\w*|хо[тч]\w+ сэкономить|выше среднего|"
    r"средн\w+ (?:доход|достат|класс)\w*|активн\w+ (?:образ\w* жизни|люд\w+)|современн\w+ (?:люд\w+|человек\w*)|"
    r"вед\w+ активн\w+|след\w+ за (?:собой|модой|здоровьем)|"
    r"(?:valu|lov|appreciat)\w+ (?:quality|comfort)|wants? to save|above[- ]average|"
    r"(?:average|middle) (?:income|class)|"
    r"active lifestyle|modern (?:people|person)|busy professionals?)\b",
    re.IGNORECASE,
)
_CONCRETE = re.compile(
    r"\b(?:бухгалтер|логист|менеджер|руководител|директор|учител|врач|инженер|студент|мам[аы]\b|отец|отц|пенсионер|"
    r"дизайнер|программист|юрист|продавец|водител|строител|фермер|садовод|дачник|предпринимател|владел|закупщик|"
    r"работа[ею]т|жив[её]т|живут|воспитыва|водит|вод[ия]т|раз в|по выходным|"
    r"accountant|manager|teacher|engineer|nurse|student|director|designer|developer|lawyer|driver|farmer|gardener|"
    r"owner|buyer|works?\b|lives?\b|retired|once a|twice a|at weekends)\w*",
    re.IGNORECASE,
)


def _persona_monster(case: Case) -> Iterator[Hit]:
    for persona in case.journey.personas:
        if _is_counted(persona):
            continue
        if any(_is_monster(_who(persona, place), _habits(persona, place)) for place in (0, 1)):
            name = in_quotes(persona.name, persona.key)
            yield Hit(
                text=Text(ru=f"Персона {name.ru} — это почти все", en=f"The persona {name.en} is nearly everybody"),
                record=persona.key,
                fact=" ".join(words for place in (0, 1) for words in (_who(persona, place), _habits(persona, place))),
            )


def _is_counted(persona: Persona) -> bool:
    """A draft from data says what the data hold, and no more."""
    base = persona.generated
    return persona.draft and base is not None and bool(persona.evidence) and persona.name == base.text


def _who(persona: Persona, place: int) -> str:
    return _joined((persona.name, persona.portrait), place)


def _habits(persona: Persona, place: int) -> str:
    return _joined((persona.context, *persona.goals, *persona.fears), place)


def _joined(texts: Sequence[Text | None], place: int) -> str:
    """The words in Russian (0) or in English (1)."""
    said = [(one.ru, one.en)[place] for one in texts if one is not None]
    return ". ".join(words for words in said if words)


def _is_monster(who: str, habits: str) -> bool:
    """Everybody outright; or signs of it: a wide span of ages, both sexes, virtues that all people have."""
    whole = f"{who}. {habits}"
    if not who.strip() or (_EVERYBODY.search(who) and not _ONE_AGE.search(who)):
        return bool(who.strip())
    spans = [int(high) - int(low) for low, high in _AGES.findall(who)]
    wide = any(span >= _WIDE_YEARS for span in spans) or _OPEN_END.search(who) is not None
    signs = sum([wide, _BOTH.search(who) is not None, _VIRTUES.search(whole) is not None])
    is_somebody = _ONE_AGE.search(whole) is not None
    return not is_somebody and (signs >= _ENOUGH or (signs == 1 and not _CONCRETE.search(whole)))


RULES = (
    Rule(
        code="TR202",
        name="persona-monster",
        severity=Severity.WARNING,
        why=Text(
            ru="Для «мужчин и женщин 25–45» нельзя ничего сделать иначе: это никто.",
            en="Nothing can be made better for “men and women 25–45”: that is nobody.",
        ),
        first_step=Text(
            ru="Опишите одного человека: имя, возраст, работу, что его держит и чего он боится.",
            en="Describe one person: a name, an age, a job, what holds them and what they fear.",
        ),
        check=_persona_monster,
    ),
)
