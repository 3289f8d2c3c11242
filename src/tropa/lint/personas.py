"""The persona-monster: somebody who is everybody."""

import re
from collections.abc import Iterator

from tropa.domain.journeymap import Persona
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_AGES = re.compile(r"(?<!\d)(\d{2})\s*(?:[–—-]|\.\.|до|to|and)\s*(\d{2})(?!\d)")
_WIDE_YEARS = 15
_EVERYBODY = re.compile(
    r"\b(?:все|каждый|любой|любые|кто угодно|всем|"
    r"every(?:one|body)|any(?:one|body)|all (?:people|customers|those|who))\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:мужчин\w*\s+и\s+женщин\w*|женщин\w*\s+и\s+мужчин\w*|men\s+and\s+women|women\s+and\s+men|м\s*/\s*ж)\b",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"\b(?:от\s+\d{2}(?:\s+лет)?\s*(?:и старше|\+)|\d{2}\s*\+|over \d{2})", re.IGNORECASE)
_VIRTUES = re.compile(
    r"\b(?:цен\w+ качеств\w*|люб\w+ качеств\w*|хо[тч]\w+ сэкономить|выше среднего|средн\w+ (?:доход|достат)\w*|"
    r"активн\w+ образ\w* жизни|"
    r"val\w+ quality|want\w* to save|above[- ]average|average income|active lifestyle|busy professionals)\b",
    re.IGNORECASE,
)
_CONCRETE = re.compile(
    r"(?:,\s*\d{2}\b)|\b(?:бухгалтер|логист|менеджер|руководитель|директор|учител|врач|инженер|студент|мама|отец|"
    r"пенсионер|работает|живёт|"
    r"accountant|manager|teacher|engineer|nurse|student|director|works|lives|retired)\w*",
    re.IGNORECASE,
)
_ENOUGH = 2


def _persona_monster(case: Case) -> Iterator[Hit]:
    for persona in case.journey.personas:
        if persona.draft and persona.generated is not None and persona.name == persona.generated.text:
            continue  # a draft from data says what data hold, and no more
        for words in (_said(persona, "ru"), _said(persona, "en")):
            if words and _is_monster(words):
                name = persona.name.ru or persona.name.en or persona.key
                yield Hit(
                    text=Text(
                        ru=f"Персона «{name}» — это почти все",
                        en=f"The persona “{persona.name.en or name}” is nearly everybody",
                    ),
                    record=persona.key,
                    fact=words,
                )
                break


def _said(persona: Persona, language: str) -> str:
    texts = [persona.name, persona.portrait, persona.context, *persona.goals, *persona.fears]
    return " ".join(getattr(one, language) or "" for one in texts if one is not None).strip()


def _is_monster(words: str) -> bool:
    """Everybody outright, or two signs of it: a wide span of ages, both sexes, virtues that all people have."""
    if _EVERYBODY.search(words) and not _CONCRETE.search(words):
        return True
    spans = [int(high) - int(low) for low, high in _AGES.findall(words)]
    wide = any(span >= _WIDE_YEARS for span in spans)
    signs = sum([wide, bool(_OPEN_END.search(words)), bool(_BOTH.search(words)), bool(_VIRTUES.search(words))])
    return signs >= _ENOUGH or (signs == 1 and not _CONCRETE.search(words))


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
