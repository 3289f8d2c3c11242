"""«Истории»: one person's way, pseudonymous; at a stage a typical, a happy and a lost one, chosen by rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tropa.analysis.stories import Stories, StoryQuery, choose_stories
from tropa.assembly.saying import in_both
from tropa.domain.evidence import Unit
from tropa.domain.project import StageSpec
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.staged import StagedLog, at_stages
from tropa.render import words
from tropa.render.charts.timelines import Moment, Timeline, Timelines
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.scope import Scope

QUESTION = Text(ru="Истории", en="Stories")
METHOD = Text(ru="Пути отдельных людей, выбранные по правилу", en="Single people's ways, chosen by rule")
MOST_MOMENTS = 16
ROLES = {
    "typical": Text(ru="Типичная", en="Typical"),
    "happy": Text(ru="Счастливая", en="Happy"),
    "lost": Text(ru="Потерянная", en="Lost"),
}
_RULE = Text(
    ru="Типичная – из самого частого порядка этапов, ближе всех к его обычной длине. Счастливая – из дошедших до цели, "
    "на границе самой быстрой десятой. Потерянная – из тех, чей путь здесь кончился до цели, самого частого порядка.",
    en="Typical: of the commonest order of stages, nearest to its usual length. Happy: of those who came to the goal, "
    "at the edge of the quickest tenth. Lost: of those whose way ended here before the goal, of the commonest order.",
)
_PSEUDONYMS = Text(
    ru="Номер – место человека в этих данных, а не имя: по нему историю можно открыть снова, узнать человека нельзя.",
    en="The number is a person's place in these data, not a name: it opens the story again and tells nobody who it is.",
)


def stories(scope: Scope, *, stage: str | None = None, person: int | None = None) -> Answer:
    """Three stories at a stage (none named: where most ways end before the goal), or the way of one person's number."""
    staged = scope.staged()
    if not staged.stages:
        raise InvalidQueryError("The map has no stages, so it has no stories.", "Build the map first.")
    if person is not None:
        return _answer(scope, staged, [_story(scope, staged, "", _unit(scope, person))], None, None)
    goal = next((number for number, one in enumerate(staged.stages) if one.goal), len(staged.stages) - 1)
    rule = at_stages(staged.stages)
    chosen = {
        number: choose_stories(scope.log, StoryQuery(rule, number, goal))
        for number in ([_find(staged.stages, stage)] if stage else range(len(staged.stages)))
    }
    at = next(iter(chosen)) if stage else _where_ways_end(staged, goal, chosen)
    found = chosen[at]
    picked = [
        _story(scope, staged, role, unit)
        for role, unit in (("typical", found.typical), ("happy", found.happy), ("lost", found.lost))
        if unit is not None
    ]
    return _answer(scope, staged, picked, at, found)


@dataclass(frozen=True, slots=True)
class _Step:
    since: float
    stage: int | None
    what: Text
    times: int


@dataclass(frozen=True, slots=True)
class _Story:
    role: str
    unit: int
    steps: tuple[_Step, ...]


def _unit(scope: Scope, person: int) -> int:
    if not 1 <= person <= scope.log.units:
        raise InvalidQueryError(told("There is no person {person} of {count}.", person=person, count=scope.log.units))
    return person - 1


def _find(stages: Sequence[StageSpec], wanted: str) -> int:
    for number, one in enumerate(stages):
        if wanted in {one.key, one.name.ru, one.name.en}:
            return number
    names = [one.key for one in stages]
    raise InvalidQueryError(
        told("There is no stage “{wanted}”.", wanted=wanted), told("There are: {names}.", names=names)
    )


def _where_ways_end(staged: StagedLog, goal: int, chosen: dict[int, Stories]) -> int:
    """The first stage before the goal that has all three stories; else the first that anybody met."""
    whole = [n for n, one in chosen.items() if n < goal and None not in (one.typical, one.happy, one.lost)]
    return max(whole, key=lambda n: (chosen[n].met, -n)) if whole else min(len(staged.stages) - 1, goal)


def _story(scope: Scope, staged: StagedLog, role: str, unit: int) -> _Story:
    log = scope.log
    first, last = int(log.offsets[unit]), int(log.offsets[unit + 1])
    names = log.event.values
    said = scope.words_for(sorted({names[code] for code in log.event.codes[first:last].tolist()}))
    steps: list[_Step] = []
    moments = range(first, last)
    for code, run in groupby(moments, key=lambda i: int(log.event.codes[i])):
        here = list(run)
        since = (int(log.time[here[0]]) - int(log.time[first])) / 1000
        stage = int(staged.stage[here[0]])
        steps.append(_Step(since, stage if stage >= 0 else None, said[names[code]], len(here)))
    return _Story(role, unit, tuple(steps))


def _answer(scope: Scope, staged: StagedLog, picked: Sequence[_Story], at: int | None, found: Stories | None) -> Answer:
    return Answer(
        key="stories",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(scope, staged, picked, at, found, language)),
        result=found,
        document=_document(staged, picked, at, found),
        tables=tuple(_table(staged, one) for one in picked),
        chart=Timelines(tuple(_timeline(one) for one in picked)),
        notes=(*(() if at is None else (_RULE,)), _PSEUDONYMS),
    )


def _sentence(
    scope: Scope,
    staged: StagedLog,
    picked: Sequence[_Story],
    at: int | None,
    found: Stories | None,
    language: Language,
) -> str:
    if at is None or found is None:
        one = picked[0]
        steps = words.counted(len(one.steps), "step", language)
        return f"№ {one.unit + 1}: {steps}." if language is Language.RU else f"No. {one.unit + 1}: {steps}."
    name = staged.stages[at].name.said_in(language)
    who = words.units(found.met, scope.unit, language)
    if language is Language.RU:
        return f"На этапе «{name}» были {who}; вот их истории: {_roles(picked, language)}."
    return f"{who} were at “{name}”; here are stories of theirs: {_roles(picked, language)}."


def _roles(picked: Sequence[_Story], language: Language) -> str:
    return ", ".join(ROLES[one.role].said_in(language).lower() for one in picked) or "–"


def _head(one: _Story, language: Language) -> str:
    number = f"№ {one.unit + 1}" if language is Language.RU else f"No. {one.unit + 1}"
    took = words.duration(one.steps[-1].since if one.steps else 0.0, language)
    role = ROLES[one.role].said_in(language) if one.role else ""
    return " · ".join(part for part in (role, number, took) if part)


def _what(step: _Step, language: Language) -> str:
    name = step.what.said_in(language)
    return name if step.times == 1 else f"{name} ×{step.times}"


def _timeline(one: _Story) -> Timeline:
    steps = list(one.steps)
    left_out = len(steps) - MOST_MOMENTS
    shown = steps if left_out <= 0 else [*steps[: MOST_MOMENTS // 2], *steps[-MOST_MOMENTS // 2 :]]
    moments = [_moment(step) for step in shown]
    if left_out > 0:
        gap = in_both(lambda language: f"… {words.counted(left_out, 'step', language)}")
        moments.insert(MOST_MOMENTS // 2, Moment(since=Text(ru="", en=""), what=gap, stage=None))
    return Timeline(head=in_both(lambda language: _head(one, language)), moments=tuple(moments))


def _moment(step: _Step) -> Moment:
    return Moment(
        since=in_both(lambda language: f"+{words.duration(step.since, language)}"),
        what=in_both(lambda language: _what(step, language)),
        stage=step.stage,
    )


def _table(staged: StagedLog, one: _Story) -> Table:
    columns = (
        Column(Text(ru="От начала", en="Since the start"), Unit.SECONDS),
        Column(Text(ru="Этап", en="Stage")),
        Column(Text(ru="Что", en="What")),
    )
    rows = tuple(_cells(staged, step) for step in one.steps)
    return Table(one.role or "story", in_both(lambda language: _head(one, language)), columns, rows)


def _cells(staged: StagedLog, step: _Step) -> tuple[Cell, ...]:
    stage = None if step.stage is None else staged.stages[step.stage].name
    return (step.since, stage, in_both(lambda language: _what(step, language)))


def _document(staged: StagedLog, picked: Sequence[_Story], at: int | None, found: Stories | None) -> dict[str, object]:
    return {
        "stage": None if at is None else staged.stages[at].key,
        "met": None if found is None else found.met,
        "stories": [
            {
                "role": one.role or None,
                "person": one.unit + 1,
                "steps": [
                    {
                        "seconds": round(step.since, 3),
                        "stage": None if step.stage is None else staged.stages[step.stage].key,
                        "what": {"ru": step.what.ru, "en": step.what.en},
                        "times": step.times,
                    }
                    for step in one.steps
                ],
            }
            for one in picked
        ],
    }
