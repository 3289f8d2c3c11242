"""Findings: where customers are lost, wait or go round, for whom, since when, and what it costs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tropa.domain.evidence import Measurement
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.project import Project
from tropa.domain.text import Text
from tropa.events.log import EventLog
from tropa.events.staged import StagedLog
from tropa.insight.causes import Cause, causes_of, surviving
from tropa.insight.data_words import CHANNEL_PROPERTIES
from tropa.insight.discoveries import DATED_FROM, Calendar, Discovery, discover
from tropa.insight.figures import Facts, facts_of, measurement_of, unit_of_question
from tropa.insight.finding_words import Told, told
from tropa.insight.groups import Property, find_properties, segment_of
from tropa.insight.places import Places, find_places
from tropa.insight.questions import Asked, Question, ask

FEWEST = 30
MISSING_BELOW = 0.35
CHANNEL_FAR_WORSE = 0.5
NEAR_DAYS = 7


def find(staged: StagedLog, project: Project) -> tuple[Finding, ...]:
    """Everything worth telling, in the order of money, then people, then code.

    Groups are compared with the rest at the same time, so a season is no finding; a group explained by another property
    (a change of mix) is none either; what is seen at several steps is told once.
    """
    log = staged.log
    if not log.size or not log.units:
        return ()
    places, properties, calendar = find_places(staged), find_properties(log), Calendar.of(log)
    least = max(FEWEST, project.findings.min_persons)
    found: list[Discovery] = []
    looks = 0
    for trials in ask(log, places, at_least=least):
        fresh = [
            one
            for one in discover(log, trials, properties, calendar, least=least)
            if _is_worth_telling(one, properties)
        ]
        found += fresh
        looks += _looks(properties)
    sure = surviving(found, looks=looks, rate=project.findings.false_discovery_rate, properties=properties)
    study = _Study(log, places, properties, calendar, project)
    findings = (study.tell(cause) for cause in causes_of(sure, places))
    return tuple(sorted((one for one in findings if _is_worse(one)), key=_order))


def _looks(properties: Sequence[Property]) -> int:
    """How many groups each question is put to, three ways each."""
    sizes = [len(one.values) for one in properties]
    return 3 * (sum(sizes) + (sum(sizes) ** 2 - sum(size * size for size in sizes)) // 2)


def _is_worse(one: Finding) -> bool:
    """People's own figure lies on the wrong side of the baseline: what is left to tell is a loss, not its mirror."""
    assert one.baseline is not None
    less_is_worse = one.metric in {Asked.GOES_ON, Asked.RETURNS, Asked.MEETS}
    return one.value < one.baseline if less_is_worse else one.value > one.baseline


def _order(one: Finding) -> tuple[int, int, str]:
    return (-(one.money.amount if one.money else 0), -one.persons_affected, one.code)


def _is_worth_telling(one: Discovery, properties: Sequence[Property]) -> bool:
    """Not a step that is merely optional, nor the usual unlikeness of acquisition channels."""
    asked = one.trials.question.asked
    if asked is Asked.MEETS and 1 - one.rate > MISSING_BELOW * (1 - one.usual):
        return False
    if one.since is None and _is_channel(one, properties) and asked is not Asked.NEEDS_HELP:
        return 1 - one.rate <= CHANNEL_FAR_WORSE * (1 - one.usual) and asked is Asked.GOES_ON
    return True


def _is_channel(one: Discovery, properties: Sequence[Property]) -> bool:
    names = [properties[number].name.casefold() for number in one.group.properties]
    return any(word in name for name in names for word in CHANNEL_PROPERTIES)


class _Study:
    """What every finding of one log is told from."""

    def __init__(
        self, log: EventLog, places: Places, properties: Sequence[Property], calendar: Calendar, project: Project
    ) -> None:
        self._log, self._places, self._properties, self._calendar = log, places, properties, calendar
        self._project = project

    def tell(self, cause: Cause) -> Finding:
        """A cause as a finding; its other signs are further evidence."""
        one = cause.head
        question = one.trials.question
        facts = facts_of(self._log, one, self._places, self._calendar)
        kind = self._kind(one)
        segment = segment_of(one.group, self._properties)
        place = _place_of(question)
        stage, touchpoint = self._places.stage_of(place), self._places.touchpoint_of(place)
        since = self._since(one)
        code = _code(kind, stage.key if stage else "path", touchpoint.key if touchpoint else None, segment)
        return Finding(
            code=code,
            kind=kind,
            stage=stage.key if stage else "",
            touchpoint=touchpoint.key if touchpoint else None,
            at=FindingPlace(event=self._places.names[question.start][0], to_event=self._places.names[question.end][0]),
            segment=segment or None,
            since=since,
            metric=question.asked.value,
            unit=unit_of_question(question.asked),
            value=facts.figure.value,
            baseline=facts.baseline.value,
            interval=(facts.figure.low, facts.figure.high),
            of=facts.figure.of,
            q_value=cause.q_value,
            persons_affected=facts.persons_affected,
            period=facts.period,
            money=facts.money,
            near_change=self._near_change(since),
            evidence=self._evidence(cause, facts),
            text=told(
                Told(
                    question=question,
                    segment=segment,
                    start=self._name(question.start),
                    end=self._name(question.end),
                    facts=facts,
                    since=since,
                    dated=one.since is not None,
                    unit=self._log.unit.value,
                )
            ),
        )

    def _kind(self, one: Discovery) -> FindingKind:
        match one.trials.question.asked:
            case Asked.WAITS:
                return FindingKind.SLOW
            case Asked.CIRCLES:
                return FindingKind.LOOP
            case Asked.MEETS:
                return FindingKind.MISSING_STAGE
            case Asked.NEEDS_HELP if one.since is not None:
                return FindingKind.CHANGE
            case Asked.GOES_ON | Asked.RETURNS if one.since is not None:
                return FindingKind.DROP_OFF
            case _:
                return FindingKind.CHANNEL_GAP if _is_channel(one, self._properties) else FindingKind.SEGMENT_GAP

    def _since(self, one: Discovery) -> date | None:
        if one.since is None or one.until is not None:
            return None
        return self._calendar.date_of(one.since.day) if one.since.near >= DATED_FROM else None

    def _near_change(self, since: date | None) -> Text | None:
        """The company's own change nearest to the date: a candidate, never the cause."""
        if since is None:
            return None
        near = sorted(self._project.changes, key=lambda change: abs((change.date - since).days))
        return near[0].name if near and abs((near[0].date - since).days) <= NEAR_DAYS else None

    def _name(self, place: int) -> Text:
        touchpoint = self._places.touchpoint_of(place)
        name = self._places.names[place][0]
        return touchpoint.name if touchpoint is not None else Text(ru=name, en=name)

    def _evidence(self, cause: Cause, facts: Facts) -> tuple[Measurement, ...]:
        """The head's figure, and one of each other kind of sign."""
        measured = [self._measured(cause.head, facts)]
        asked = {cause.head.trials.question.asked}
        for sign in cause.signs:
            if sign.trials.question.asked not in asked:
                asked.add(sign.trials.question.asked)
                measured.append(self._measured(sign, facts_of(self._log, sign, self._places, self._calendar)))
        return tuple(replace(one, key=f"e{number}") for number, one in enumerate(measured, start=1))

    def _measured(self, one: Discovery, facts: Facts) -> Measurement:
        return measurement_of(one, facts, self._places, self._properties, self._calendar, self._log.unit.value)


def _place_of(question: Question) -> int:
    """Where on the map a finding stands: a wait and a missing message where they end, all else where it begins."""
    return question.end if question.asked in {Asked.WAITS, Asked.MEETS} else question.start


def _code(kind: FindingKind, stage: str, touchpoint: str | None, segment: object) -> str:
    mark = hashlib.sha256(json.dumps(segment, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:6]
    parts = [kind.value, stage[:24], *([touchpoint[:28]] if touchpoint else []), mark]
    return ".".join(parts)
