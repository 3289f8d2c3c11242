"""Ways through steps by trying every one of them, from the sentences of the docs alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

Event = Mapping[str, object]  # name, time, and properties
_MS = timedelta(milliseconds=1)


def fits(event, matches) -> bool:
    return any(
        event["name"] in one.event and all(event.get(key) in values for key, values in one.where.items())
        for one in matches
    )


def ways(events: Sequence[Event], query) -> Iterator[tuple[int, ...]]:
    """Every way through the required steps, as far as it goes; prefixes too."""
    required = query.required
    starts = [at for at, one in enumerate(events) if _fills(one, 0, query)]
    if query.semantics != "any_start":
        starts = starts[:1]

    def longer(way: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        yield way
        if len(way) < len(required):
            for at in range(way[-1] + 1, len(events)):
                if _may_follow(events, way, at, query):
                    yield from longer((*way, at))

    for start in starts:
        yield from longer((start,))


def best_way(events: Sequence[Event], query) -> tuple[int, ...]:
    """Furthest, then earliest end, then latest start, then latest events from the end backwards."""
    found = list(ways(events, query))
    return max(found, key=lambda way: (len(way), -way[-1], way[0], way[::-1]), default=())


def with_optional(events: Sequence[Event], way: tuple[int, ...], query) -> list[int]:
    """The event of every step of the query, −1 where none fills it."""
    filled = [-1] * len(query.steps)
    for number, at in zip(query.required, way, strict=False):
        filled[number] = at
    here = -1
    for number, step in enumerate(query.steps):
        if not step.optional:
            here = start = filled[number]
            if here < 0:
                break
            continue
        later = next((one for one in query.required if one > number), None)
        bound = filled[later] if later is not None and filled[later] >= 0 else len(events)
        for at in range(here + 1, bound):
            if bound == len(events):
                if query.window is not None and _between(events, way[0], at) > query.window / _MS:
                    break
                if later is not None and _broken(events, start, at, later, query):
                    break
            if _fills(events[at], number, query) and _same(events, way[0], at, query):
                filled[number] = here = at
                break
    return filled


def may_go_on(events: Sequence[Event], query, as_of: int) -> bool:
    """Some way can still get its next step in time."""
    required = query.required
    for way in ways(events, query):
        if len(way) == len(required):
            continue
        ends = []
        if query.window is not None:
            ends.append(events[way[0]]["time"] + query.window / _MS)
        if (within := query.steps[required[len(way)]].within) is not None:
            ends.append(events[way[-1]]["time"] + within / _MS)
        if ends and min(ends) > as_of and not _broken(events, way[-1], len(events), required[len(way)], query):
            return True
    return False


def _fills(event, number, query) -> bool:
    return fits(event, query.steps[number].any_of) and (query.hold is None or event.get(query.hold) is not None)


def _same(events, one, other, query) -> bool:
    return query.hold is None or events[one].get(query.hold) == events[other].get(query.hold)


def _between(events, one, other):
    return events[other]["time"] - events[one]["time"]


def _may_follow(events, way, at, query) -> bool:
    number = query.required[len(way)]
    step = query.steps[number]
    passed = _between(events, way[-1], at)
    return (
        _fills(events[at], number, query)
        and _same(events, way[-1], at, query)
        and (step.within is None or passed <= step.within / _MS)
        and (step.after is None or passed >= step.after / _MS)
        and (query.window is None or _between(events, way[0], at) <= query.window / _MS)
        and not _broken(events, way[-1], at, number, query)
    )


def _broken(events, start, end, number, query) -> bool:
    """A barrier that stands on the way to step `number` lies strictly between two events."""
    before = max(one for one in query.required if one < number)
    return any(
        fits(events[at], one.any_of)
        for one in query.barriers
        for low, high in [query.between(one)]
        if number > low and before < high
        for at in range(start + 1, end)
    )
