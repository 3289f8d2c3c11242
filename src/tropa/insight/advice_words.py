"""The words of advice: the place, the group, and the number that should move, with its value now."""

from collections.abc import Mapping
from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS, Measurement, Unit
from tropa.domain.finding import Finding
from tropa.domain.project import StageSpec
from tropa.domain.text import Language, Text
from tropa.events.staged import names_matching
from tropa.insight.advice_data import words_of
from tropa.insight.conditions import GROWTH, Place, Problem, problem_of
from tropa.insight.finding_words import group_words
from tropa.insight.playbook import NO_SHELF, Shelf
from tropa.render.words import NBSP, amount, day, decimal, of_whole, percent, plural, units
from tropa.texts.names import kind_of_stage

_COMES_TO = frozenset({Problem.LOSS, Problem.DEAD_END, Problem.ERROR, Problem.CANCEL})
_DOES: Mapping[Problem, tuple[str, str]] = {
    Problem.LOSS: ("идут дальше ", " go on"),
    Problem.DEAD_END: ("идут дальше ", " go on"),
    Problem.WAIT: ("обычно ждут ", ", the usual wait"),
    Problem.LOOP: ("возвращаются в среднем ", ", the returns on average"),
    Problem.RETURN: ("возвращаются ", " come back"),
    Problem.MISSING: ("этот шаг бывает у ", " have this step"),
    Problem.HELP: ("обращаются ", " ask for help"),
    Problem.ERROR: ("сталкиваются с ошибкой ", " run into an error"),
    Problem.CANCEL: ("отказываются ", " back out"),
    Problem.PAIN: ("недовольны ", " are unhappy"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The path that advice is about: its stages, the trade, what is followed (person or case), advice of one's own."""

    stages: tuple[StageSpec, ...] = ()
    trade: str | None = None
    unit: str = "person"
    own: Shelf = NO_SHELF

    def place_of(self, finding: Finding) -> Place:
        """Where a finding stands, as conditions see it."""
        stage = next((one for one in self.stages if one.key == finding.stage), None)
        here = [one for one in (stage.touchpoints if stage else ()) if one.key == finding.touchpoint]
        said = [*(said for one in here for said in (one.name.ru, one.name.en)), finding.touchpoint]
        return Place(
            stage=kind_of_stage(stage) if stage else None,
            trade=self.trade,
            words=tuple(words_of(one for one in said if one)),
        )

    def name_of(self, finding: Finding) -> Text:
        """The touchpoint's name, else the stage's."""
        touchpoints = {one.key: one.name for stage in self.stages for one in stage.touchpoints}
        names = {stage.key: stage.name for stage in self.stages}
        return touchpoints.get(finding.touchpoint or "") or names.get(finding.stage) or Text(ru=finding.stage)

    def met_by(self, event: str | None) -> Text | None:
        """The touchpoint that an event meets."""
        touchpoints = [one for stage in self.stages for one in stage.touchpoints if one.match is not None]
        if event is None:
            return None
        return next(
            (one.name for one in touchpoints if one.match and names_matching([event], one.match.event)[0]), None
        )


def filled(words: Text, finding: Finding, path: Path, language: Language) -> str:
    """Words of the playbook with the finding's own place and figures."""
    since = "" if finding.since is None else day(finding.since, language, year=True, short=False)
    return words.said_in(language).format(
        place=path.name_of(finding).said_in(language),
        now=amount(finding.value, finding.unit, language),
        goal="" if finding.baseline is None else amount(finding.baseline, finding.unit, language),
        since=since,
    )


def group_of(finding: Finding, language: Language) -> str:
    """For whom it is, as it stands within a sentence; nothing where it is for everybody."""
    said = group_words(finding.segment, language) if finding.segment else ""
    given = (finding.segment or {}).values()
    names = [one for value in given for one in ([value] if isinstance(value, str) else value)]
    return said if any(said.startswith(name) for name in names) else said[:1].lower() + said[1:]


def value_now(finding: Finding, path: Path, language: Language) -> str:
    """The value with the people it is counted of; counts alone where they are few."""
    if finding.unit is Unit.SHARE:
        counts = of_whole(round(finding.value * finding.of), finding.of, language)
        return counts if finding.of < FEW_PERSONS else f"{percent(finding.value, language)} ({counts})"
    return f"{_plain(finding, finding.value, language)} ({units(finding.of, path.unit, language)})"


def usual(finding: Finding, language: Language) -> str:
    """What it is compared with, in the metric's unit."""
    return _plain(finding, finding.baseline or 0.0, language)


def is_own_before(finding: Finding) -> bool:
    """The baseline is the group's own earlier figure, which has a period; that of the others has none."""
    head = next((one for one in finding.evidence if isinstance(one, Measurement)), None)
    return head is not None and head.baseline is not None and head.baseline.period is not None


def target(finding: Finding, path: Path, language: Language) -> str:
    """Which number should move, from where to where."""
    ru = language is Language.RU
    now = value_now(finding, path, language)
    done = _done(finding, path, language)
    if finding.baseline is None:
        return f"Сейчас {done}{now}" if ru else f"Now {now}{done}"
    goal = usual(finding, language)
    if problem_of(finding) in GROWTH:
        return f"Здесь {now}, у остальных {goal}" if ru else f"Here {now}, elsewhere {goal}"
    return f"Сейчас {done}{now}, цель — {goal}" if ru else f"Now {now}{done}, aim {goal}"


def short_target(finding: Finding, language: Language) -> str:
    """The number now → where it should get, for a card whose evidence stands below it."""
    counted = finding.unit is Unit.SHARE and (finding.of < FEW_PERSONS or finding.baseline is None)
    counts = of_whole(round(finding.value * finding.of), finding.of, language)
    now = counts if counted else _plain(finding, finding.value, language)
    if finding.baseline is None or problem_of(finding) in GROWTH:
        return f"сейчас {now}" if language is Language.RU else f"now {now}"
    return f"{now} → {usual(finding, language)}"


def end_of(finding: Finding, path: Path, language: Language) -> str | None:
    """The name of the place that people go on to; None where it is the place itself."""
    end = path.met_by(finding.at.to_event)
    name = end.said_in(language) if end is not None else None
    return None if name == path.name_of(finding).said_in(language) else name


def _done(finding: Finding, path: Path, language: Language) -> str:
    """What these people do or meet: before the figure in Russian, after it in English."""
    ru, problem = language is Language.RU, problem_of(finding)
    end, start = end_of(finding, path, language), path.met_by(finding.at.event)
    if problem in _COMES_TO and end is not None:
        return f"до шага «{end}» доходят " if ru else f" get to “{end}”"
    if problem is Problem.WAIT and start is not None:
        name = start.said_in(language)
        return f"от шага «{name}» обычно ждут " if ru else f", the usual wait from “{name}”"
    goes_on = problem is Problem.RETURN and finding.metric != "repeat_share"
    return _DOES.get(Problem.LOSS if goes_on else problem, ("", ""))[0 if ru else 1]


def _plain(finding: Finding, value: float, language: Language) -> str:
    if finding.unit is Unit.RATIO:
        return f"{decimal(value, language)}{NBSP}{plural(round(value, 1), 'time', language)}"
    return amount(value, finding.unit, language)
