"""The shape of the path: what follows the purchase, whose path it is, what it is named after, how wide it is."""

import re
from collections.abc import Iterator, Mapping

from tropa.domain.evidence import Quotes, Unit
from tropa.domain.finding import Finding
from tropa.domain.journeymap import LaneKind, Stage
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_order, in_quotes, on_card

_MOST_STAGES = 8
_MOST_STEPS = 16
_MATERIAL_PERSONS = 200
_MATERIAL_POINTS = 0.05
_CERTAIN = 0.05
_DEPARTMENT = re.compile(
    r"(?:отдел|департамент|дирекция|служба|управление)(?:\s.*)?|.*\s(?:отдел|департамент)|"
    r"(?:it|ит|hr|pr)(?:[- ]отдел)?|"
    r"маркетинг|продажи|логистика|бухгалтерия|склад|юристы|(?:колл|контакт|call)[- ]?центр|"
    r"тех(?:\.|ническая )?\s?поддержка|"
    r".*\s(?:department|team|dept\.?)|marketing|sales|logistics|accounting|finance|legal|operations|warehouse|"
    r"(?:call|contact)[- ]?cent(?:er|re)|customer (?:service|support)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|/|&|\+|\bи\b|\band\b)\s*", re.IGNORECASE)
_PURCHASE = re.compile(
    r"покупк|покупа|оплат|плачу|заказ|сделк|оформл|purchas|buy|pay|order|checkout|checking out|deal", re.IGNORECASE
)
_AFTER = re.compile(
    r"ещё|еще|снова|втор|повтор|возвра|подписк|остаюсь|совет|рекоменд|лояльн|пользу|получ|жду|доставк|закры|реш[её]н|"
    r"again|second|later|repeat|return|com(?:e|ing) back|renew|subscri|stay|recommend|loyal|advoca|"
    r"\bus(?:e|ing)\b|receiv|deliver|wait|closed|resolved",
    re.IGNORECASE,
)


def _nothing_after_purchase(case: Case) -> Iterator[Hit]:
    stages = in_order(case.journey.stages)
    place = _purchase(stages)
    if place is None:
        return
    after, filled = stages[place + 1 :], {card.stage for card in case.journey.cards}
    if not any(stage.key in filled or stage.persons for stage in after):
        bought = stages[place]
        name = in_quotes(bought.name, bought.key)
        yield Hit(
            text=Text(ru=f"После этапа {name.ru} на карте ничего нет", en=f"Nothing follows {name.en} on the map"),
            stage=bought.key,
            record=bought.key,
            fact=",".join(stage.key for stage in after),
        )


def _purchase(stages: tuple[Stage, ...]) -> int | None:
    """The last stage marked as the goal, else the last one named as a purchase; one named as what follows is none."""
    goals = [place for place, stage in enumerate(stages) if stage.goal]
    places = goals or [place for place, stage in enumerate(stages) if _is_named(_PURCHASE, stage)]
    if not places or _is_named(_AFTER, stages[places[-1]]):
        return None
    return places[-1]


def _is_named(pattern: re.Pattern[str], stage: Stage) -> bool:
    return any(pattern.search(words) for words in (stage.name.ru, stage.name.en) if words)


def _one_path_for_all(case: Case) -> Iterator[Hit]:
    """Groups that differ are known, and yet have no map of their own."""
    journey = case.journey
    if journey.segment is not None:
        return
    mapped = [one.segment for one in case.segments]
    for note in journey.segments:
        material = note.differs and note.persons >= _MATERIAL_PERSONS
        if material and note.file is None and note.segment not in mapped:
            name, how = in_quotes(note.name, note.key), note.text
            yield Hit(
                text=Text(
                    ru=f"Группа {name.ru} идёт иначе, а карта одна: {how.ru or how.en}",
                    en=f"The group {name.en} walks differently, but has no map: {how.en or how.ru}",
                ),
                record=note.key,
                fact=note.key,
            )
    if not journey.segments and journey.segments_note is None and not mapped:
        yield from _groups_in_findings(journey.findings)


def _groups_in_findings(findings: tuple[Finding, ...]) -> Iterator[Hit]:
    """Where nobody has compared segments, the findings have: each group once, where it differs first."""
    told: list[Mapping[str, object]] = []
    for one in findings:
        if one.segment is None or one.segment in told or not _is_material(one):
            continue
        told.append(one.segment)
        yield Hit(
            text=Text(
                ru=f"Группа идёт иначе, а карта одна: {one.text.ru or one.text.en or one.code}",
                en=f"A group walks differently, but has no map: {one.text.en or one.text.ru or one.code}",
            ),
            record=one.code,
            stage=one.stage,
            fact=one.code,
        )


def _is_material(one: Finding) -> bool:
    """Enough people, enough points, and certain after the correction for many comparisons."""
    if one.unit is not Unit.SHARE or one.value is None or one.baseline is None or (one.of or 0) < _MATERIAL_PERSONS:
        return False
    return abs(one.value - one.baseline) >= _MATERIAL_POINTS and one.q_value is not None and one.q_value <= _CERTAIN


def _stages_after_departments(case: Case) -> Iterator[Hit]:
    for stage in case.journey.stages:
        named = [words for words in (stage.name.ru, stage.name.en) if words and _is_department(words)]
        if named:
            name = in_quotes(stage.name, stage.key)
            yield Hit(
                text=Text(ru=f"Этап назван как отдел: {name.ru}", en=f"A stage is named after a department: {name.en}"),
                stage=stage.key,
                record=stage.key,
                fact=named[0],
            )


def _is_department(words: str) -> bool:
    """Every part of «Маркетинг и продажи»."""
    whole = words.strip()
    parts = [part for part in _AND.split(whole) if part]
    return bool(parts) and (all(_DEPARTMENT.fullmatch(part) for part in parts) or bool(_DEPARTMENT.fullmatch(whole)))


def _touchpoint_absent(case: Case) -> Iterator[Hit]:
    """Reviews speak of a touchpoint that no stage has."""
    journey = case.journey
    drawn = {card.touchpoint for card in journey.cards_of(LaneKind.TOUCHPOINT)}
    known = {one.key for stage in journey.stages for one in stage.touchpoints} | drawn
    insights = {card.key for card in journey.cards_of(LaneKind.INSIGHT)}
    told: set[str] = set()
    for card in journey.cards:
        hidden = card.key.partition("hidden.")[2] if card.key in insights else ""
        spoken = card.touchpoint if any(isinstance(one, Quotes) for one in card.evidence) else None
        key = hidden or spoken
        if key and key not in known and key not in told:
            told.add(key)
            if hidden and not card.text.is_empty:
                yield Hit(text=card.text, record=card.key, stage=card.stage, fact=key)
                continue
            said = Text(ru="Отзывы знают то, чего на карте нет", en="Reviews know what the map lacks")
            yield on_card(card, said, key)


def _too_wide(case: Case) -> Iterator[Hit]:
    stages = case.journey.stages
    steps = sum(len(stage.steps) for stage in stages)
    if len(stages) > _MOST_STAGES or steps > _MOST_STEPS:
        yield Hit(
            text=Text(
                ru=f"Карта широкая: этапов {len(stages)}, шагов {steps}",
                en=f"The map is wide: {len(stages)} stages, {steps} steps",
            ),
            fact=f"{len(stages)}/{steps}",
        )


RULES = (
    Rule(
        code="TR204",
        name="nothing-after-purchase",
        severity=Severity.WARNING,
        why=Text(
            ru="Одержимость продажей: повторные покупки и советы друзьям решаются после неё.",
            en="Obsession with the sale: coming back and recommending are decided after it.",
        ),
        first_step=Text(
            ru="Добавьте этапы после покупки: получаю, пользуюсь, возвращаюсь.",
            en="Add the stages after the purchase: receiving, using, coming back.",
        ),
        check=_nothing_after_purchase,
    ),
    Rule(
        code="TR205",
        name="one-path-for-all",
        severity=Severity.WARNING,
        why=Text(
            ru="Средний путь не проходит никто: то, что мешает одним, не видно за остальными.",
            en="Nobody walks the average path: what stops some is hidden behind the rest.",
        ),
        first_step=Text(ru="Сделайте этой группе свою карту.", en="Give this group a map of its own."),
        check=_one_path_for_all,
    ),
    Rule(
        code="TR206",
        name="stages-after-departments",
        severity=Severity.WARNING,
        why=Text(
            ru="Клиент не проходит через ваши отделы, и карта оргструктуры его не покажет.",
            en="Customers do not walk through your departments; an org chart cannot show them.",
        ),
        first_step=Text(
            ru="Назовите этап тем, что делает клиент: «Выбираю», «Жду посылку».",
            en="Name the stage by what the customer does: “Choosing”, “Waiting for the parcel”.",
        ),
        check=_stages_after_departments,
    ),
    Rule(
        code="TR211",
        name="touchpoint-absent",
        severity=Severity.WARNING,
        why=Text(
            ru="Клиенты встречаются с компанией там, где её никто не ждёт, и там же остаются с плохим впечатлением.",
            en="Customers meet the company where nobody looks, and keep the impression from there.",
        ),
        first_step=Text(
            ru="Добавьте точку контакта к её этапу в tropa.yaml, со словами, которыми о ней говорят.",
            en="Add the touchpoint to its stage in tropa.yaml, with the words people use.",
        ),
        check=_touchpoint_absent,
    ),
    Rule(
        code="TR301",
        name="too-wide",
        severity=Severity.NOTE,
        why=Text(ru="За минуту такую карту не прочесть.", en="Nobody can read such a map within a minute."),
        first_step=Text(ru="Соедините мелкие этапы или сверните шаги.", en="Merge small stages, or fold the steps."),
        check=_too_wide,
    ),
)
