"""Scores of surveys: NPS, CSAT and CES, of all and by stage, segment and month."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.hearing import FEW_ANSWERS, SurveyKind, SurveyScore
from tropa.domain.voice import Noise, VoiceLine
from tropa.stats.proportions import normal_quantile, proportion
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.trends import month_of

NPS_SCALE = (0.0, 10.0)
STAGE, SOURCE = "stage", "source"  # kinds of groups
_KINDS = {MarkKind.NPS: SurveyKind.NPS, MarkKind.CSAT: SurveyKind.CSAT, MarkKind.CES: SurveyKind.CES}
_PROMOTER, _DETRACTOR = 9, 6
# Three answers that are added before the interval is made: the adjusted Wald interval of Rocks (2016)
_PSEUDO = (0.75, 1.5, 0.75)
_SATISFIED = 0.75  # of the scale: 4 and 5 of 1–5, 6 and 7 of 1–7, 8–10 of 0–10
_UNSATISFIED = 0.25
_EASY = 4 / 6  # 5, 6 and 7 of 1–7
_HARD = 2 / 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer:
    """One person's mark on one question; `groups` are (kind, value): a stage, segments."""

    kind: SurveyKind
    speaker: str
    value: float
    scale: tuple[float, float]
    day: date | None = None
    groups: tuple[tuple[str, str], ...] = ()


def answers_in(
    lines: Sequence[VoiceLine], stage_of: Callable[[str], str | None] = lambda _: None
) -> tuple[SurveyAnswer, ...]:
    """The marks of surveys, also those without words; stars are no survey.

    Where no line has such marks, a rating on 0–10 is an answer to the question of recommendation. `stage_of` tells the
    stage that a question names. Groups are stage and, where there are several, source.
    """
    heard = [one for one in lines if not one.reported and one.noise is not Noise.SPAM]
    several = len({one.source for one in heard if one.source}) > 1
    asked: dict[str, str | None] = {}
    found: list[SurveyAnswer] = []
    for one in heard:
        for mark in one.marks:
            if mark.kind in _KINDS:
                if mark.question not in asked:
                    asked[mark.question] = stage_of(mark.question)
                found.append(_answer(one, _KINDS[mark.kind], mark.rating, asked[mark.question], several=several))
    if found:
        return tuple(found)
    rated = ((one, one.rating) for one in heard if one.noise is None and one.rating is not None)
    return tuple(
        _answer(one, SurveyKind.NPS, rating, None, several=several) for one, rating in rated if _is_nps(rating)
    )


def _is_nps(rating: Rating) -> bool:
    return rating.scale == NPS_SCALE and 0 <= rating.value <= 10


def _answer(line: VoiceLine, kind: SurveyKind, rating: Rating, stage: str | None, *, several: bool) -> SurveyAnswer:
    groups = [(STAGE, stage)] if stage is not None else []
    if several and line.source:
        groups.append((SOURCE, line.source))
    return SurveyAnswer(
        kind=kind,
        speaker=speaker_of(line),
        value=rating.value,
        scale=rating.scale,
        day=day_of(line),
        groups=tuple(groups),
    )


def survey_scores(answers: Sequence[SurveyAnswer]) -> tuple[SurveyScore, ...]:
    """The score of each question: of all, then of each group in the order of their names, months last.

    One answer a person, question and group: the newest. Below 30 answers there are counts only.
    """
    found: list[SurveyScore] = []
    for kind in SurveyKind:
        own = [one for one in answers if one.kind is kind]
        if not own:
            continue
        found.append(_score(kind, None, own))
        groups: dict[tuple[str, str], list[SurveyAnswer]] = defaultdict(list)
        for one in own:
            for group in one.groups:
                groups[group].append(one)
            if one.day is not None:
                groups["month", month_of(one.day).isoformat()[:7]].append(one)
        order = sorted(groups, key=lambda group: (group[0] == "month", group))
        found += [_score(kind, group, groups[group]) for group in order]
    return tuple(found)


def _score(kind: SurveyKind, group: tuple[str, str] | None, answers: Sequence[SurveyAnswer]) -> SurveyScore:
    last: dict[str, SurveyAnswer] = {}
    for one in sorted(answers, key=lambda one: (one.day or date.min, one.value)):
        last[one.speaker] = one
    own = list(last.values())
    low_marks = sum(_side(one) < 0 for one in own)
    high_marks = sum(_side(one) > 0 for one in own)
    value = low = high = None
    if len(own) >= FEW_ANSWERS:
        told = nps(low_marks, len(own), high_marks) if kind is SurveyKind.NPS else _top(high_marks, len(own))
        value, low, high = told
    return SurveyScore(
        kind=kind,
        group=group,
        answers=len(own),
        low_marks=low_marks,
        middle=len(own) - low_marks - high_marks,
        high_marks=high_marks,
        value=value,
        low=low,
        high=high,
        mean=sum(one.value for one in own) / len(own),
        scale=own[0].scale,
    )


def nps(detractors: int, of: int, promoters: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """NPS in points with its interval (score, low, high); `of` answers in all, at least one.

    The score is promoters minus detractors, in per cent (Reichheld 2003). Its variance is that of −1, 0, 1; the
    interval is the adjusted Wald interval: ¾, 1½ and ¾ answers are added to detractors, passives and promoters before
    it is made (Rocks 2016, The American Statistician 70(4):365–372, who finds that it covers better than Wald's).
    """
    low, middle, high = _PSEUDO
    total = of + low + middle + high
    up, down = (promoters + high) / total, (detractors + low) / total
    centre = up - down
    half = normal_quantile(confidence) * sqrt((up + down - centre * centre) / total)
    score = (promoters - detractors) / of
    return 100 * score, 100 * max(-1.0, centre - half), 100 * min(1.0, centre + half)


def _top(count: int, of: int) -> tuple[float, float, float]:
    told = proportion(count, of)
    return told.value, told.low, told.high


def _side(one: SurveyAnswer) -> int:
    """−1 for a detractor or an unhappy one, 1 for a promoter or a happy one."""
    if one.kind is SurveyKind.NPS:
        return (one.value >= _PROMOTER) - (one.value <= _DETRACTOR)
    low, high = one.scale
    part = (one.value - low) / (high - low)
    top, bottom = (_SATISFIED, _UNSATISFIED) if one.kind is SurveyKind.CSAT else (_EASY, _HARD)
    return (part >= top - 1e-9) - (part <= bottom + 1e-9)
