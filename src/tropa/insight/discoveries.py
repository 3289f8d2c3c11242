"""Discoveries: differences that survive doubt — large enough, lasting, and not explained by another property."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.excess import common_excess, excess_at_par
from tropa.events.log import DAY_MS, Codes, EventLog
from tropa.insight.groups import Group, Property, without_hindsight
from tropa.insight.questions import Asked, Trials
from tropa.insight.search import Always, Difference, Field, Scene, clumping, is_spell, search
from tropa.stats.changes import ChangeDay, level_score, likeliest_day

Flags = NDArray[np.bool_]
SURE = 4e-6
ROUNDS = 6
SMALLEST_SHARE = 0.03
SMALLEST_RATIO = 0.12
STILL_THERE = 0.5
FEW_AFTER = 20
LEAST_INFORMATION = 5
LONGER = 1.4
SLOW_SECONDS = 600
DATED_FROM = 0.8
STILL_SURE = 3.5
NEIGHBOURHOOD_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days of the log in its time zone; day 0 is the first event's day."""

    first: date
    days: int
    shift_ms: int

    @classmethod
    def of(cls, log: EventLog) -> "Calendar":
        """The calendar of a log."""
        begin, end = int(log.time.min(initial=log.as_of)), max(log.as_of, int(log.time.max(initial=log.as_of)))
        middle = datetime.fromtimestamp((begin + end) / 2000, tz=UTC).astimezone(ZoneInfo(log.timezone))
        offset = middle.utcoffset()
        shift = int(offset.total_seconds() * 1000) if offset else 0
        first = (begin + shift) // DAY_MS
        return cls(first=_date(first), days=(end + shift) // DAY_MS - first + 1, shift_ms=shift)

    def day_of(self, time: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day of each time."""
        days: NDArray[np.int64] = (time + self.shift_ms) // DAY_MS - self.first.toordinal() + _EPOCH
        return days

    def date_of(self, day: int) -> date:
        """The date of a day."""
        return date.fromordinal(self.first.toordinal() + day)


_EPOCH = date(1970, 1, 1).toordinal()


def _date(day: int) -> date:
    return date.fromordinal(_EPOCH + day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """A group that gets the unwelcome answer more often; masks have one entry a trial.

    `member` of the group at any time, `inside` it and `beside` it (known not to be in it) while the difference lasts;
    `since` the day it began (None = as old as the data), `until` the day after it ended (None = still so). `rate` is
    the share of unwelcome answers inside, `usual` what it would be without the difference.
    """

    trials: Trials
    days: NDArray[np.int64]
    group: Group
    member: Flags
    inside: Flags
    beside: Flags
    since: ChangeDay | None
    until: int | None
    score: float
    chance: float
    rate: float
    usual: float

    @property
    def before(self) -> Flags:
        """The group's trials before the difference began."""
        return self.member & (self.days < (self.since.day if self.since else 0))

    @property
    def later(self) -> Flags:
        """The group's trials after the difference ended."""
        return self.member & (self.days >= self.until) if self.until is not None else np.zeros_like(self.member)


def discover(
    log: EventLog, trials: Trials, properties: Sequence[Property], calendar: Calendar, *, least: int
) -> Iterator[Discovery]:
    """Everything that stands out in the answers to one question: first what changed, then what always was."""
    if min(np.count_nonzero(trials.hit), np.count_nonzero(~trials.hit)) < SMALLEST_SHARE * least:
        return
    codes = [without_hindsight(one.at(trials.position, trials.unit), trials.hit) for one in properties]
    days = calendar.day_of(log.time[trials.position])
    field = Field(
        groups=codes,
        sizes=[one.size for one in properties],
        day=days,
        hit=trials.hit,
        days=calendar.days,
        clumping=clumping(trials.unit, trials.hit),
        least=least,
    )
    alive = np.ones(len(trials), dtype=bool)
    scene = Scene.of(field)
    for changed in (True, False):
        refuted: set[tuple[Group, bool]] = set()
        for _ in range(ROUNDS):
            found = search(scene, changed=changed, refuted=refuted)
            if found is None or found.chance > SURE:
                break
            made = _doubted(field, trials, found, alive)
            if made is not None:
                yield made
                alive &= ~made.inside
                scene = Scene.of(field.without(~alive))
            else:
                refuted.add((found.group, is_spell(found.when)))


@dataclass(frozen=True, slots=True)
class _Time:
    """While a difference lasts (`during`), and the time to compare it with (`other`); masks over trials."""

    since: ChangeDay | None
    until: int | None
    during: Flags
    other: Flags


def _time_of(field: Field, inside: Flags, found: Difference) -> _Time:
    if isinstance(found.when, Always):
        every = np.ones(len(field.day), dtype=bool)
        return _Time(None, None, every, ~every)
    since = _dated(field, inside, found.when.start)
    until = None if found.when.end is None else found.when.end * field.width
    if until is not None and not _ended(field, inside, since.day, until):
        until = None
    during = field.day >= since.day
    if until is not None:
        during &= field.day < until
    return _Time(since, until, during, ~during)


def _is_nearly_all(field: Field, group: Group, inside: Flags, beside: Flags) -> bool:
    """Most values of a property and most people: then it is the few others who are unlike."""
    most = any(len(values) > (field.sizes[number] - 1) / 2 for number, values in group.parts)
    return most and bool(inside.sum() > beside.sum())


def _ended(field: Field, inside: Flags, start: int, until: int) -> bool:
    """Whether enough trials came after the spell, and they fare clearly better than those in it."""
    after = inside & (field.day >= until)
    before, during = (
        _share(field, inside & mask) for mask in (field.day < start, (field.day >= start) & (field.day < until))
    )
    return int(after.sum()) >= FEW_AFTER and _share(field, after) < before + STILL_THERE * (during - before)


def _doubted(field: Field, trials: Trials, found: Difference, alive: Flags) -> Discovery | None:
    """The difference as a discovery, if it is material, lasting and its own."""
    belongs = found.group.holds(field.groups)
    inside, beside = belongs & alive, found.group.known(field.groups) & ~belongs & alive
    time = _time_of(field, inside, found)
    if (inside & time.during).sum() < field.least or _is_nearly_all(field, found.group, inside, beside):
        return None
    usual = _usual(field, inside, beside, time)
    rate = _share(field, inside & time.during)
    if not _is_material(trials, inside & time.during, beside & time.during, rate, usual):
        return None
    made = Discovery(
        trials=trials,
        days=field.day,
        group=found.group,
        member=inside,
        inside=inside & time.during,
        beside=beside & time.during,
        since=time.since,
        until=time.until,
        score=found.score,
        chance=found.chance,
        rate=rate,
        usual=usual,
    )
    if time.since is not None and not (
        _lasts(made) and _got_worse(field, inside & time.other, made) and _is_abrupt(field, inside, beside, made)
    ):
        return None
    return None if _explained(field, made, inside & time.other) else made


def _dated(field: Field, inside: Flags, start: int) -> ChangeDay:
    of = np.bincount(field.day[inside], minlength=field.days).astype(np.float64)
    hits = np.bincount(field.day[inside & field.hit], minlength=field.days).astype(np.float64)
    return likeliest_day(hits, of, start * field.width, max(21, 4 * field.width))


def _share(field: Field, mask: Flags) -> float:
    return float(field.hit[mask].mean()) if mask.any() else float("nan")


def _usual(field: Field, inside: Flags, beside: Flags, time: _Time) -> float:
    """What the group's rate would be: its own of other times, moved as the others moved; or that of the others.

    The others' move is taken in odds, in shares of those hit and of those spared, and the harshest one counts: a season
    that strikes all alike on one of these scales is no change.
    """
    if time.since is None:
        return _matched(field, inside, beside)
    own = _share(field, inside & time.other)
    if not ((beside & time.other).any() and (beside & time.during).any()):
        return own
    now, then = (min(max(_share(field, beside & mask), 1e-4), 1 - 1e-4) for mask in (time.during, time.other))
    by_odds = _expit(_logit(own) + _logit(now) - _logit(then))
    return max(by_odds, min(own * now / then, 1.0), 1 - min((1 - own) * (1 - now) / (1 - then), 1.0))


def _matched(field: Field, inside: Flags, beside: Flags) -> float:
    """The rate of the others, weighed by when the group was there."""
    width = 14
    bins = field.day // width
    count = int(bins.max(initial=0)) + 1
    own = np.bincount(bins[inside], minlength=count)
    of = np.bincount(bins[beside], minlength=count)
    hits = np.bincount(bins[beside & field.hit], minlength=count)
    both = (own > 0) & (of > 0)
    if not both.any():
        return _share(field, beside)
    return float((own[both] * hits[both] / of[both]).sum() / own[both].sum())


def _logit(share: float) -> float:
    share = min(max(share, 1e-4), 1 - 1e-4)
    return float(np.log(share / (1 - share)))


def _expit(value: float) -> float:
    return float(1 / (1 + np.exp(-value)))


def _is_material(trials: Trials, inside: Flags, beside: Flags, rate: float, usual: float) -> bool:
    """Enough points, enough in proportion to what is left to lose; and for times, clearly longer ones."""
    gap = rate - usual
    if gap < SMALLEST_SHARE or gap < SMALLEST_RATIO * min(max(1 - usual, usual), max(usual, 0.25)):
        return False
    if trials.question.asked is Asked.WAITS and beside.any():
        own, others = (_median(trials, mask) for mask in (inside, beside))
        return own >= max(LONGER * others, SLOW_SECONDS)
    return True


def _median(trials: Trials, mask: Flags) -> float:
    """The median of the first trial of each unit."""
    chosen = np.flatnonzero(mask)
    _, first = np.unique(trials.unit[chosen], return_index=True)
    return float(np.median(trials.value[chosen[first]]))


def _lasts(made: Discovery) -> bool:
    """Both halves and the last fifth of the time since keep at least half of the difference."""
    assert made.since is not None
    order = np.flatnonzero(made.inside)
    order = order[np.argsort(made.days[order], kind="stable")]
    need = made.usual + STILL_THERE * (made.rate - made.usual)
    pieces = [order[: len(order) // 2], order[len(order) // 2 :], order[-max(len(order) // 5, 20) :]]
    return all(
        made.trials.hit[piece].mean() >= need - 1.6 * np.sqrt(made.rate * (1 - made.rate) / max(len(piece), 1))
        for piece in pieces
    )


def _got_worse(field: Field, other: Flags, made: Discovery) -> bool:
    """The group itself is worse than at other times (not only the others better)."""
    return made.rate - _share(field, other) >= STILL_THERE * (made.rate - made.usual)


def _is_abrupt(field: Field, inside: Flags, beside: Flags, made: Discovery) -> bool:
    """Within four weeks on either side of its day, most of the change is there: seasons come slowly."""
    assert made.since is not None
    start = made.since.day
    just_before = (field.day >= start - NEIGHBOURHOOD_DAYS) & (field.day < start)
    just_after = (field.day >= start) & (field.day < start + NEIGHBOURHOOD_DAYS)
    if min((inside & just_before).sum(), (inside & just_after).sum()) < FEW_AFTER:
        return True
    step = _share(field, inside & just_after) - _share(field, inside & just_before)
    if min((beside & just_before).sum(), (beside & just_after).sum()) >= FEW_AFTER:
        step -= _share(field, beside & just_after) - _share(field, beside & just_before)
    counts = [int((inside & part).sum()) for part in (just_before, just_after)]
    noise = np.sqrt(made.rate * (1 - made.rate) * sum(1 / count for count in counts))
    return bool(step >= STILL_THERE * (made.rate - made.usual) - noise)


def _explained(field: Field, made: Discovery, own_other: Flags) -> bool:
    """Whether within the values of some other property less than half of the difference is left (Simpson 1951)."""
    always = made.since is None
    against = made.beside if always else own_other
    period = field.day // 30 if always else np.zeros_like(field.day)
    others = [codes for number, codes in enumerate(field.groups) if number not in made.group.properties]
    for codes in [*others, _visit(made.trials)]:
        left = _left(field, made.inside, against, codes, period)
        whole = _left(field, made.inside, against, np.where(codes >= 0, 0, -1), period)
        if left is None or whole is None:
            continue
        if left.log_odds < STILL_THERE * whole.log_odds or left.score < min(STILL_SURE, 0.7 * whole.score):
            return True
    return False


def _visit(trials: Trials) -> Codes:
    """Whether a trial is its unit's first: those who come again fare unlike those who come new."""
    again = np.zeros(len(trials), dtype=np.int32)
    again[1:] = trials.unit[1:] == trials.unit[:-1]
    return again


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a difference within strata."""

    log_odds: float
    score: float


def _left(field: Field, one: Flags, other: Flags, codes: Codes, period: NDArray[np.int64]) -> _Left | None:
    """Compare two sets of trials within strata of codes and periods; None where nothing can be compared."""
    stratum = (codes.astype(np.int64) + 1) * (int(period.max(initial=0)) + 1) + period
    known = codes >= 0
    count = int(stratum.max(initial=0)) + 1

    def counted(mask: Flags) -> NDArray[np.float64]:
        return np.bincount(stratum[mask & known], minlength=count).astype(np.float64)

    of, hits = counted(one), counted(one & field.hit)
    all_of, all_hits = of + counted(other), hits + counted(other & field.hit)
    table = (hits[None], of[None], all_hits[None], all_of[None])
    found, par = common_excess(*table), excess_at_par(*table)
    if found.variance.sum() <= LEAST_INFORMATION:
        return None
    return _Left(float(found.log_odds[0]), float(level_score(par.excess, par.variance)[0]))
