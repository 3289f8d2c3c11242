"""Findings: where customers are lost, wait or go round, for whom, since when, and what it costs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from tropa.domain.evidence import Measurement
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.project import Project
from tropa.domain.text import Text
from tropa.events.log import EventLog
from tropa.events.staged import StagedLog
from tropa.insight.calendar import Calendar
from tropa.insight.causes import Cause, causes_of, growth_of
from tropa.insight.discoveries import discover, discover_growth
from tropa.insight.discovery import Discovery
from tropa.insight.figures import Facts, bears_out, facts_of, measurement_of, unit_of_question
from tropa.insight.finding_words import Told, told
from tropa.insight.groups import Property, find_properties, is_by_channel, segment_of
from tropa.insight.kinds import kind_of
from tropa.insight.near_changes import NEAR_DAYS, near_change, promo_on, promos_of
from tropa.insight.pains import find_pains
from tropa.insight.places import Places, find_places
from tropa.insight.questions import Asked, Question, ask
from tropa.stats.multiple import benjamini_hochberg
from tropa.texts.document import Feedback, Mention

FEWEST = 30
DATED_FROM = 0.6
SURELY_DATED = 0.9
VAGUE = 0.02
MISSING_BELOW = 0.55
CHANNEL_FAR_WORSE = 0.5
CHANNEL_FAR_BETTER = 1.5
FAR_OFTENER = 1.5
LITTLE_LEFT = 0.34
MOST_GROWTH = 2
SAME_WEEK = 7
WAYS_TO_LOOK = 4
"""A group always, since a day or for a spell; everybody since a day."""


def find(
    staged: StagedLog, project: Project, feedback: Sequence[Feedback] = (), mentions: Sequence[Mention] = ()
) -> tuple[Finding, ...]:
    """Everything worth telling, in the order of money, then people, then code.

    Groups are compared with the rest at the same time, so a season is no finding; a group explained by another property
    (a change of mix) is none either; what is seen at several steps is told once. Complaints come from the feedback.
    """
    pains = find_pains(staged, project, feedback, mentions)
    walked = _find_on_the_path(staged, project) if staged.log.size and staged.log.units else ()
    return tuple(sorted((*walked, *pains), key=_order))


def _find_on_the_path(staged: StagedLog, project: Project) -> tuple[Finding, ...]:
    """What the events show."""
    log = staged.log
    places, properties, calendar = find_places(staged), find_properties(log), Calendar.of(log)
    least, rate = max(FEWEST, project.findings.min_persons), project.findings.false_discovery_rate
    found: list[Discovery] = []
    looks = 0
    for trials in ask(log, places, at_least=least):
        if trials.question.asked is not Asked.TAKES:
            found += discover(log, trials, properties, calendar, least=least)
        if trials.question.asked in {Asked.GOES_ON, Asked.RETURNS, Asked.TAKES}:
            found += discover_growth(log, trials, properties, calendar, least=least)
        looks += WAYS_TO_LOOK
    telling = [one for one in found if _is_worth_telling(one, properties) and not _is_of_a_sale(one, calendar, project)]
    sure = [(one, q) for one, q in _surviving(telling, looks=looks, rate=rate) if _is_sure(one, q, rate, properties)]
    causes = causes_of([pair for pair in sure if not pair[0].better], places)
    growth = growth_of([pair for pair in sure if pair[0].better], causes, places)
    study = _Study(log, places, properties, calendar, project)
    told = [study.tell(cause) for cause in [*causes, *growth[:MOST_GROWTH]]]
    return tuple(one for one in told if one is not None)


def _surviving(found: Sequence[Discovery], *, looks: int, rate: float) -> list[tuple[Discovery, float]]:
    """Those that are still unlikely to be flukes among so many looks, with their q-values (Benjamini & Hochberg)."""
    q_values = benjamini_hochberg([*(one.chance for one in found), *[1.0] * max(0, looks - len(found))])[: len(found)]
    return [(one, float(q)) for one, q in zip(found, q_values, strict=True) if q <= rate]


def _is_dated(one: Discovery) -> bool:
    """A change whose day is known to three days, and that is no busy season's."""
    return one.since is not None and one.since.near >= DATED_FROM and not one.comes_with_load


def _is_sure(one: Discovery, q_value: float, rate: float, properties: Sequence[Property]) -> bool:
    """A change on no certain day looks like a drift, one of a channel like another campaign: more proof is asked."""
    doubtful = one.since is not None and (not _is_dated(one) or is_by_channel(one.group, properties))
    return q_value <= (rate * VAGUE if doubtful else rate)


def _is_of_a_sale(one: Discovery, calendar: Calendar, project: Project) -> bool:
    """A spell that begins on the days of a sale and ends with it, or a difference that only days of sales make."""
    if one.since is None:
        return _only_in_sales(one, calendar, project)
    promo = promo_on(project, calendar.date_of(one.since.day))
    if promo is None:
        return False
    end = calendar.date_of(one.until if one.until is not None else calendar.days - 1)
    return (end - promo.end).days <= NEAR_DAYS


def _only_in_sales(one: Discovery, calendar: Calendar, project: Project) -> bool:
    """Without the days of sales little of the difference is left."""
    ordinary = np.ones(len(one.days), dtype=bool)
    for promo in promos_of(project):
        first, last = ((day - calendar.first).days for day in (promo.start, promo.end))
        ordinary &= (one.days < first) | (one.days > last + NEAR_DAYS)
    if ordinary.all() or not (one.inside & ordinary).any() or not (one.beside & ordinary).any():
        return False
    hit = one.trials.hit
    whole = abs(float(hit[one.inside].mean()) - float(hit[one.beside].mean()))
    rest = abs(float(hit[one.inside & ordinary].mean()) - float(hit[one.beside & ordinary].mean()))
    return rest < LITTLE_LEFT * whole


def _order(one: Finding) -> tuple[int, int, str]:
    return (-(one.money.amount if one.money else 0), -one.persons_affected, one.code)


def _is_worth_telling(one: Discovery, properties: Sequence[Property]) -> bool:
    """Not a step that is merely optional, nor the usual unlikeness of acquisition channels or of those who ask."""
    asked = one.trials.question.asked
    if asked is Asked.MEETS:
        return 1 - one.rate <= MISSING_BELOW * (1 - one.usual)
    if one.since is not None:
        only_if_dated = asked is Asked.NEEDS_HELP or is_by_channel(one.group, properties)
        return _is_dated(one) or not only_if_dated
    if asked is Asked.NEEDS_HELP:
        return one.rate >= FAR_OFTENER * one.usual
    if is_by_channel(one.group, properties) and one.better:
        return one.rate >= CHANNEL_FAR_BETTER * one.usual
    if is_by_channel(one.group, properties):
        return asked is Asked.GOES_ON and 1 - one.rate <= CHANNEL_FAR_WORSE * (1 - one.usual)
    return True


class _Study:
    """What every finding of one log is told from."""

    def __init__(
        self, log: EventLog, places: Places, properties: Sequence[Property], calendar: Calendar, project: Project
    ) -> None:
        self._log, self._places, self._properties, self._calendar = log, places, properties, calendar
        self._project = project

    def tell(self, cause: Cause) -> Finding | None:
        """A cause as a finding, its other signs further evidence; None where people counted once do not bear it out."""
        one = cause.head
        question = one.trials.question
        facts = facts_of(self._log, one, self._places, self._calendar)
        if not bears_out(facts, one):
            return None
        kind = kind_of(one, self._log, self._places, self._properties)
        segment = segment_of(one.group, self._properties)
        place = _place_of(question)
        stage, touchpoint = self._places.stage_of(place), self._places.touchpoint_of(place)
        since = self._since(cause)
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
            near_change=near_change(self._project, since),
            evidence=self._evidence(cause, facts),
            text=told(
                Told(
                    question=question,
                    segment=segment,
                    start=self._name(question.start),
                    end=self._name(question.end),
                    facts=facts,
                    since=since if one.until is None else None,
                    dated=one.since is not None,
                    unit=self._log.unit.value,
                )
            ),
        )

    def _since(self, cause: Cause) -> date | None:
        """The day the head began, if known well enough; better the same week's day of a sign that knows it surely."""
        since = cause.head.since
        if since is None or cause.head.comes_with_load:
            return None
        signs = (one.since for one in cause.signs if one.group == cause.head.group)
        surer = [one for one in signs if one and one.near >= SURELY_DATED and abs(one.day - since.day) <= SAME_WEEK]
        best = max([since, *surer], key=lambda one: one.near)
        return self._calendar.date_of(best.day) if best.near >= DATED_FROM else None

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
    return question.end if question.asked in {Asked.WAITS, Asked.MEETS, Asked.TAKES} else question.start


def _code(kind: FindingKind, stage: str, touchpoint: str | None, segment: object) -> str:
    mark = hashlib.sha256(json.dumps(segment, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:6]
    parts = [kind.value, stage[:24], *([touchpoint[:28]] if touchpoint else []), mark]
    return ".".join(parts)
