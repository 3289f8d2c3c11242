"""Persona drafts: only what the data hold; who they are as people stays an open question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.assembly.answer import goal_stage
from tropa.assembly.facts import Facts
from tropa.assembly.measures import share
from tropa.assembly.saying import in_both
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Persona
from tropa.domain.order import orders
from tropa.domain.project import PersonaSpec
from tropa.domain.text import Language, Text
from tropa.events.groups import unit_column
from tropa.events.meetings import units_at
from tropa.insight.finding_words import property_words
from tropa.render.words import percent
from tropa.stats.proportions import proportion
from tropa.texts.document import Feedback

_FEWEST = 30
_TOP = 2
_SHOWN_STEPS = 5
_COMMON = 0.25
_READABLE = (30, 200)  # signs
EVERYBODY = Text(ru="Наш клиент", en="Our customer")
OPEN_QUESTIONS = (
    Text(
        ru="Кто это: возраст, работа, семья? Спросите: «Расскажите о себе»",
        en="Who are they: age, work, family? Ask: “Tell me about yourself”",
    ),
    Text(
        ru="Чего хотят добиться? Спросите: «Что вы хотели решить в тот день?»",
        en="What are they after? Ask: “What did you want to get done that day?”",
    ),
    Text(
        ru="Чего боятся? Спросите: «Что чуть не остановило вас?»",
        en="What do they fear? Ask: “What almost stopped you?”",
    ),
)


@dataclass(frozen=True, slots=True)
class _Behaviour:
    """A group told apart by what it did."""

    key: str
    name: Text
    members: NDArray[np.bool_]


def persona_records(facts: Facts) -> tuple[Persona, ...]:
    """The personas of tropa.yaml, then a draft for each behaviour of 30 people or more.

    Where there is neither, one draft of everybody: too few to part, and all the more to ask.
    """
    written = [_written(spec, order) for spec, order in zip(facts.project.personas, orders(99), strict=False)]
    drafts = [_draft(facts, one) for one in _behaviours(facts) if np.count_nonzero(one.members) >= _FEWEST]
    if not written and not drafts:
        drafts = [_draft_of_all(facts)]
    places = orders(len(written) + len(drafts))[len(written) :]
    return (*written, *(_placed(one, order) for one, order in zip(drafts, places, strict=True)))


def _placed(draft: Persona, order: str) -> Persona:
    base = Generated(by=f"persona:{draft.key}", text=draft.name, order=order)
    return replace(draft, order=order, generated=base)


def _written(spec: PersonaSpec, order: str) -> Persona:
    return Persona(
        key=spec.key,
        order=order,
        name=spec.name,
        segment=spec.segment,
        quote=spec.quote,
        draft=spec.draft,
        questions=OPEN_QUESTIONS if spec.draft else (),
        generated=Generated(by=f"persona:{spec.key}", text=spec.name, order=order),
    )


def _behaviours(facts: Facts) -> Iterator[_Behaviour]:
    """Those who reached the goal again and again, once, and never."""
    staged = facts.figures.staged
    if not facts.figures.persons:
        return
    at_goal = staged.stage == goal_stage(facts)
    log = staged.log
    days = np.unique(log.unit_of_event()[at_goal].astype(np.int64) * 100_000 + log.time[at_goal] // 86_400_000)
    times = np.bincount(days // 100_000, minlength=log.units)
    active = np.diff(log.offsets) > 0
    goal = staged.stages[goal_stage(facts)].name
    yield _Behaviour("regular", Text(ru="Возвращается снова", en="Comes back again"), times >= 2)
    yield _Behaviour("once", Text(ru="Дошёл один раз", en="Got there once"), times == 1)
    never = Text(ru=f"Не дошёл до «{goal.ru or goal.en}»", en=f"Never got to “{goal.en or goal.ru}”")
    yield _Behaviour("looker", never, active & (times == 0))


def _draft(facts: Facts, group: _Behaviour) -> Persona:
    persons, of = int(np.count_nonzero(group.members)), facts.figures.persons
    quotes = _quotes_of(facts, group.members)
    counted = proportion(persons, of)
    return Persona(
        key=group.key,
        name=group.name,
        persons=persons,
        of=of,
        portrait=_portrait(facts, group.members),
        channels=_values(facts, group.members, "channel"),
        quote=Text(ru=quotes[0].text, en=quotes[0].text) if quotes else None,
        path=_path(facts, group.members),
        questions=OPEN_QUESTIONS,
        evidence=(share("share", counted, figures=facts.figures, asked=None, sources=facts.event_files),),
    )


def _draft_of_all(facts: Facts) -> Persona:
    """Everybody as one: how many they are, what one of them said, and what to ask."""
    persons = facts.figures.persons
    said = next((one.text for one in facts.feedback if _READABLE[0] <= len(one.text) <= _READABLE[1]), None)
    counted = share("share", proportion(persons, persons), figures=facts.figures, asked=None, sources=facts.event_files)
    return Persona(
        key="everybody",
        name=EVERYBODY,
        persons=persons or None,
        of=persons or None,
        quote=Text(ru=said, en=said) if said else None,
        questions=OPEN_QUESTIONS,
        evidence=(counted,) if persons else (),
    )


def _portrait(facts: Facts, members: NDArray[np.bool_]) -> Text | None:
    """Where the group differs by its commonest values: «device: mobile 71 % · region: Урал 34 %»."""
    parts = []
    for spec in facts.project.segments:
        column = unit_column(facts.figures.staged.log, spec.property, spec.at)
        if column is None or not len(column.values):
            continue
        counts = np.bincount(column.codes[members & (column.codes >= 0)], minlength=len(column.values))
        if counts.sum() >= _FEWEST:
            code = int(counts.argmax())
            parts.append((spec.property, column.values[code], counts[code] / counts.sum()))
    if not parts:
        return None

    def say(language: Language) -> str:
        return " · ".join(
            f"{property_words(name, language)}: {value}, {percent(part, language, 0)}" for name, value, part in parts
        )

    return in_both(say)


def _values(facts: Facts, members: NDArray[np.bool_], name: str) -> tuple[str, ...]:
    column = unit_column(facts.figures.staged.log, name)
    if column is None:
        return ()
    counts = np.bincount(column.codes[members & (column.codes >= 0)], minlength=len(column.values))
    return tuple(column.values[code] for code in np.argsort(-counts, kind="stable")[:_TOP] if counts[code])


def _path(facts: Facts, members: NDArray[np.bool_]) -> tuple[str, ...]:
    """The steps that at least a quarter of the group takes, in the path's order."""
    plan, log = facts.figures.plan, facts.figures.staged.log
    own = np.where(np.repeat(members, np.diff(log.offsets)), plan.codes, -1)
    met = units_at(log, own, len(plan.steps))
    usual = [number for number in range(len(plan.steps)) if met[number] >= _COMMON * np.count_nonzero(members)]
    kept = sorted(sorted(usual, key=lambda number: -met[number])[:_SHOWN_STEPS])
    return tuple(plan.steps[number].spec.key for number in kept)


def _quotes_of(facts: Facts, members: NDArray[np.bool_]) -> Sequence[Feedback]:
    """What people of the group wrote, where it is known who wrote."""
    told = [
        one
        for one in facts.feedback
        if one.unit is not None and members[one.unit] and _READABLE[0] <= len(one.text) <= _READABLE[1]
    ]
    return told[:_TOP]
