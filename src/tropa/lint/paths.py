"""The shape of the path: what follows the purchase, whose path it is, what it is named after, how wide it is."""

import re
from collections.abc import Iterator

from tropa.domain.journeymap import LaneKind, Stage
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_MOST_STAGES = 8
_MOST_STEPS = 16
_DEPARTMENTS = re.compile(
    r"^(?:отдел\b.*|департамент\b.*|служба\b.*|маркетинг|продажи|логистика|бухгалтерия|колл-?центр|техподдержка|"
    r"hr|it|crm|"
    r".*\bdepartment|marketing|sales|logistics|accounting|finance|call cent(?:er|re)|customer service|support team|operations)$",
    re.IGNORECASE,
)
_MATERIAL_PERSONS = 200


def _nothing_after_purchase(case: Case) -> Iterator[Hit]:
    journey = case.journey
    stages = sorted(journey.stages, key=lambda one: (one.order, one.key))
    goals = [place for place, stage in enumerate(stages) if stage.goal]
    if not goals:
        return
    after = stages[goals[-1] + 1 :]
    filled = {card.stage for card in journey.cards}
    if not any(stage.key in filled or stage.persons for stage in after):
        name = stages[goals[-1]].name
        yield Hit(
            text=Text(
                ru=f"После этапа «{name.ru or name.en}» на карте ничего нет",
                en=f"Nothing follows “{name.en or name.ru}” on the map",
            ),
            stage=stages[goals[-1]].key,
            record=stages[goals[-1]].key,
            fact=",".join(stage.key for stage in after),
        )


def _one_path_for_all(case: Case) -> Iterator[Hit]:
    """Groups that differ are known, and yet there is one map only."""
    if case.segments or case.journey.segment is not None:
        return
    for note in case.journey.segments:
        if note.differs and note.persons >= _MATERIAL_PERSONS and note.file is None:
            name, how = note.name, note.text
            yield Hit(
                text=Text(
                    ru=f"Группа «{name.ru or name.en}» идёт иначе, а карта одна: {how.ru or how.en}",
                    en=f"The group “{name.en or name.ru}” walks differently, but has no map: {how.en or how.ru}",
                ),
                record=note.key,
                fact=note.key,
            )


def _stages_after_departments(case: Case) -> Iterator[Hit]:
    for stage in case.journey.stages:
        named = [words for words in (stage.name.ru, stage.name.en) if words and _DEPARTMENTS.match(words.strip())]
        if named:
            yield Hit(
                text=Text(
                    ru=f"Этап назван как отдел: «{named[0]}»", en=f"A stage is named after a department: “{named[-1]}”"
                ),
                stage=stage.key,
                record=stage.key,
                fact=named[0],
            )


def _touchpoint_absent(case: Case) -> Iterator[Hit]:
    """Reviews speak of a touchpoint that no stage has."""
    journey = case.journey
    known = {one.key for stage in journey.stages for one in stage.touchpoints}
    for card in journey.cards_of(LaneKind.INSIGHT):
        key = card.key.partition("hidden.")[2]
        if key and key not in known:
            words = card.text.ru or card.text.en or key
            yield Hit(text=Text(ru=words, en=card.text.en or words), record=card.key, stage=card.stage, fact=key)


def _too_wide(case: Case) -> Iterator[Hit]:
    stages: tuple[Stage, ...] = case.journey.stages
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
