"""Discoveries: differences that survive doubt: what changed for a group or for all, and what always was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tropa.events.log import Codes, EventLog
from tropa.insight.calendar import Calendar
from tropa.insight.discovery import Discovery, Flags
from tropa.insight.doubts import (
    SMALLEST_SHARE,
    got_worse,
    has_ended,
    is_abrupt,
    is_explained,
    is_material,
    is_nearly_all,
    lasts,
    share_of,
)
from tropa.insight.groups import Group, Property, is_by_channel, without_hindsight
from tropa.insight.onsets import onset_of
from tropa.insight.questions import Trials
from tropa.insight.search import (
    LASTING_DAYS,
    Always,
    Difference,
    Field,
    From,
    Scene,
    clumping,
    is_spell,
    look_at,
    search,
)
from tropa.stats.breaks import strongest_break
from tropa.stats.changes import ChangeDay, likeliest_day
from tropa.stats.odds import expit, logit

SURE = 1e-3
ROUNDS = 6
SMALL_GROUP = 0.5
FAR_BETTER = 1.2
SAME_DAYS = 7


def discover(
    log: EventLog, trials: Trials, properties: Sequence[Property], calendar: Calendar, *, least: int
) -> tuple[Discovery, ...]:
    """Everything that stands out in the answers to one question; what changed for everybody is told once for all."""
    if min(np.count_nonzero(trials.hit), np.count_nonzero(~trials.hit)) < SMALLEST_SHARE * least:
        return ()
    field = _field_of(log, trials, properties, calendar, least=least)
    found = tuple(_among_groups(field, trials, properties))
    alive = np.ones(len(trials), dtype=bool)
    for one in found:
        alive &= ~one.inside
    common = _for_everybody(field, trials, alive)
    if common is None:
        return found
    own = tuple(one for one in found if not _is_part_of(one, common))
    for one in found:
        alive |= one.inside & (one not in own)
    return (*own, _for_everybody(field, trials, alive) or common)


def _among_groups(field: Field, trials: Trials, properties: Sequence[Property]) -> Iterator[Discovery]:
    """First what changed against the rest, then what always was unlike it, or seemed so."""
    alive = np.ones(len(trials), dtype=bool)
    scene = Scene.of(field)
    for changed in (True, False):
        refuted: set[tuple[Group, bool]] = set()
        for _ in range(ROUNDS):
            found = search(scene, changed=changed, refuted=refuted)
            if found is None or found.chance > SURE:
                break
            made = _doubted(field, trials, found, alive)
            if made is not None and not is_by_channel(found.group, properties):
                made = _weighed_as_a_whole(scene, found, made) if made.since else _dated_late(field, found, made, alive)
            if made is not None:
                yield made
                alive &= ~made.inside
                scene = Scene.of(field.without(~alive))
            else:
                refuted.add((found.group, is_spell(found.when)))


def _dated_late(field: Field, found: Difference, made: Discovery, alive: Flags) -> Discovery:
    """The same group since a day, where its difference is not as old as the data after all."""
    start = onset_of(field, made.inside & alive, made.beside & alive)
    begun = None if start is None else _doubted(field, made.trials, replace(found, when=From(start)), alive)
    return begun or made


def _weighed_as_a_whole(scene: Scene, found: Difference, made: Discovery) -> Discovery:
    """A change is no fluke either where the group, all its days together, is too unlike the others for one."""
    whole = look_at(scene, [(found.group, found.group.properties[-1])], Always())
    return replace(made, chance=min([made.chance, *(one.chance for one in whole)]))


def _for_everybody(field: Field, trials: Trials, alive: Flags) -> Discovery | None:
    """A day from which all fare worse, beyond what seasons, trends and the mix of people explain."""
    days, hit = field.day[alive], field.hit[alive]
    of = np.bincount(days, minlength=field.days).astype(np.float64)
    hits = np.bincount(days[hit], minlength=field.days).astype(np.float64)
    found = strongest_break(hits, of, margin=LASTING_DAYS, clumping=field.clumping)
    if found is None or found.chance > SURE:
        return None
    during = field.day >= found.day
    inside, before = alive & during, alive & ~during
    rate = share_of(field, inside)
    usual = expit(logit(rate) - found.log_odds)
    if min(inside.sum(), before.sum()) < field.least or not is_material(trials, inside, before, rate, usual):
        return None
    made = Discovery(
        trials=trials,
        days=field.day,
        group=Group(),
        member=alive,
        inside=inside,
        beside=np.zeros_like(alive),
        since=ChangeDay(found.day, found.near),
        until=None,
        score=found.score,
        chance=found.chance,
        rate=rate,
        usual=usual,
    )
    if not (lasts(made) and is_abrupt(field, alive, made.beside, made)):
        return None
    return None if is_explained(field, made, before) else made


def _is_part_of(one: Discovery, common: Discovery) -> bool:
    """A group that seems to have changed more, on a day on which everybody did."""
    assert common.since is not None
    return one.since is not None and abs(one.since.day - common.since.day) <= SAME_DAYS


def discover_growth(
    log: EventLog, trials: Trials, properties: Sequence[Property], calendar: Calendar, *, least: int
) -> Iterator[Discovery]:
    """The smaller group, if there is one, that fares far better than the others."""
    mirrored = replace(trials, hit=~trials.hit)
    field = _field_of(log, mirrored, properties, calendar, least=least)
    found = search(Scene.of(field), changed=False)
    if found is None or found.chance > SURE:
        return
    made = _doubted(field, mirrored, found, np.ones(len(trials), dtype=bool))
    if made is None or made.rate < FAR_BETTER * made.usual:
        return
    if made.inside.sum() <= SMALL_GROUP * (made.inside.sum() + made.beside.sum()):
        yield replace(made, trials=trials, better=True)


def _field_of(
    log: EventLog, trials: Trials, properties: Sequence[Property], calendar: Calendar, *, least: int
) -> Field:
    """Where to search: what was known of each trial's unit when it began."""
    return Field(
        groups=[_known_before(one, trials) for one in properties],
        sizes=[one.size for one in properties],
        day=calendar.day_of(log.time[trials.position]),
        hit=trials.hit,
        days=calendar.days,
        clumping=clumping(trials.unit, trials.hit),
        least=least,
    )


def _known_before(one: Property, trials: Trials) -> Codes:
    return without_hindsight(one.at(trials.position, trials.unit), trials.hit, trials.unit)


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
    if until is not None and not has_ended(field, inside, since.day, until):
        until = None
    during = field.day >= since.day
    if until is not None:
        during &= field.day < until
    return _Time(since, until, during, ~during)


def _doubted(field: Field, trials: Trials, found: Difference, alive: Flags) -> Discovery | None:
    """The difference as a discovery, if it is material, lasting and its own."""
    belongs = found.group.holds(field.groups)
    inside, beside = belongs & alive, found.group.known(field.groups) & ~belongs & alive
    time = _time_of(field, inside, found)
    if (inside & time.during).sum() < field.least or is_nearly_all(field, found.group, inside, beside):
        return None
    if time.since is not None and not LASTING_DAYS <= time.since.day <= field.days - LASTING_DAYS:
        return None
    usual = _usual(field, inside, beside, time)
    rate = share_of(field, inside & time.during)
    if not is_material(trials, inside & time.during, beside & time.during, rate, usual):
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
        lasts(made) and got_worse(field, inside & time.other, made) and is_abrupt(field, inside, beside, made)
    ):
        return None
    if is_explained(field, made, inside & time.other):
        return None
    return replace(made, member=belongs, inside=belongs & time.during)


def _dated(field: Field, inside: Flags, start: int) -> ChangeDay:
    of = np.bincount(field.day[inside], minlength=field.days).astype(np.float64)
    hits = np.bincount(field.day[inside & field.hit], minlength=field.days).astype(np.float64)
    return likeliest_day(hits, of, start * field.width, max(21, 4 * field.width))


def _usual(field: Field, inside: Flags, beside: Flags, time: _Time) -> float:
    """What the group's rate would be: its own of other times, moved as the others moved; or that of the others.

    The others' move is taken in odds, in shares of those hit and of those spared, and the harshest one counts: a season
    that strikes all alike on one of these scales is no change.
    """
    if time.since is None:
        return _matched(field, inside, beside)
    own = share_of(field, inside & time.other)
    if not ((beside & time.other).any() and (beside & time.during).any()):
        return own
    now, then = (min(max(share_of(field, beside & mask), 1e-4), 1 - 1e-4) for mask in (time.during, time.other))
    by_odds = expit(logit(own) + logit(now) - logit(then))
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
        return share_of(field, beside)
    return float((own[both] * hits[both] / of[both]).sum() / own[both].sum())
