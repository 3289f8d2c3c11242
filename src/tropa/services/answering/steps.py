"""Steps as people write them: `order[channel=web|app], phone_order; within 2d`.

A step is one event or several with commas between. Square brackets hold what must be true of an event:
`property=value`, several values with `|`, several properties with commas. `*` is the wildcard. After semicolons stand
`within 2d`, `after 5m`, `optional`. A name that has such signs itself stands in double quotes; a text that is an
event's whole name is that event.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tropa.assembly.saying import in_both, lower_first
from tropa.domain.journeymap import Match
from tropa.domain.lengths import read_duration
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, reason_of, told
from tropa.events.chains import Barrier, ChainStep
from tropa.events.log import EventLog
from tropa.events.staged import names_matching
from tropa.services.answering.scope import Scope

_BETWEEN = re.compile(r"^(\d+)\s*-\s*(\d+)\s*:\s*")
_HOW = "Write a step as event, or event[property=value]; within 2d."
_NAMED = 20
_OR = Text(ru=" или ", en=" or ")


@dataclass(frozen=True, slots=True)
class WrittenStep:
    """A step, the words by which it was asked for, and its event names (without what must be true of them)."""

    name: str
    events: tuple[str, ...]
    step: ChainStep


def read_step(log: EventLog, text: str | Sequence[str]) -> WrittenStep:
    """One step; a list of names is any of these events, taken as they are."""
    if not isinstance(text, str):
        matches = tuple(_known(log, Match(event=(name,))) for name in text)
        return WrittenStep(", ".join(text), tuple(text), ChainStep(any_of=matches))
    if text.strip() in log.event.values:
        return WrittenStep(text.strip(), (text.strip(),), ChainStep(any_of=(Match(event=(text.strip(),)),)))
    first, *rest = _split(text, ";")
    matches = _matches(log, first)
    return WrittenStep(first, tuple(name for one in matches for name in one.event), _modified(matches, rest))


def step_words(scope: Scope, written: WrittenStep) -> Text:
    """The step in words: what happens, and in brackets what must be true of it."""
    said = scope.words_for([name for name in written.events if "*" not in name])
    told = [(said.get(name) or Text(ru=name, en=name)) for name in written.events]
    where = [
        f" ({'; '.join('/'.join(values) for values in match.where.values())})" if match.where else ""
        for match in written.step.any_of
    ]

    def spoken(language: Language) -> str:
        parts = [f"{one.said_in(language)}{more}" for one, more in zip(told, where, strict=True)]
        return _OR.said_in(language).join([parts[0], *map(lower_first, parts[1:])])

    return in_both(spoken)


def read_barrier(log: EventLog, text: str) -> Barrier:
    """What may not happen on the way: an event, or `2-3: event` between the second step and the third."""
    found = _BETWEEN.match(text)
    if text.strip() in log.event.values or found is None:
        return Barrier(any_of=_matches(log, text))
    start, end = (int(one) - 1 for one in found.groups())
    return Barrier(any_of=_matches(log, text[found.end() :]), start=start, end=end)


def read_length(text: str | None) -> timedelta | None:
    """A length of time such as 7d; None for none."""
    try:
        return None if text is None else read_duration(text)
    except ValueError as error:
        raise InvalidQueryError(reason_of(error), "Write a length of time as 30m, 12h or 7d.") from error


def term_of(text: str) -> timedelta:
    """A length of time that has to be named."""
    length = read_length(text)
    if length is None:
        raise InvalidQueryError("A term is needed.", "Write it as 30d.")
    return length


def _matches(log: EventLog, text: str) -> tuple[Match, ...]:
    return tuple(_known(log, _match(one)) for one in _split(text, ","))


def _match(text: str) -> Match:
    name, bracket, inside = _cut(text, "[")
    if not bracket:
        return Match(event=(_unquoted(name),))
    if not inside.endswith("]"):
        raise InvalidQueryError(told("The bracket of “{text}” is not closed.", text=text), _HOW)
    where: dict[str, tuple[str, ...]] = {}
    for one in _split(inside[:-1], ","):
        key, equals, values = _cut(one, "=")
        if not equals or not values:
            raise InvalidQueryError(told("“{one}” says nothing of a property.", one=one), _HOW)
        where[_unquoted(key)] = tuple(_unquoted(value) for value in _split(values, "|"))
    return Match(event=(_unquoted(name),), where=where)


def _modified(matches: tuple[Match, ...], modifiers: Sequence[str]) -> ChainStep:
    optional, lengths = False, dict[str, timedelta | None]()
    for one in modifiers:
        key, _, length = one.partition(" ")
        match key.lower():
            case "optional":
                optional = True
            case "within" | "after":
                lengths[key.lower()] = read_length(length)
            case _:
                raise InvalidQueryError(
                    told("“{one}” says nothing of a step.", one=one), "Allowed: within 2d, after 5m, optional."
                )
    return ChainStep(any_of=matches, optional=optional, within=lengths.get("within"), after=lengths.get("after"))


def _known(log: EventLog, match: Match) -> Match:
    if not names_matching(log.event.values, match.event).any():
        raise InvalidQueryError(
            told("There is no event “{event}” in the data.", event=match.event[0]),
            told("There are: {names}.", names=log.event.values[:_NAMED]),
        )
    known = {*log.properties, *log.unit_properties}
    for name in match.where:
        if name not in known:
            raise InvalidQueryError(
                told("There is no property “{name}” in the data.", name=name),
                told("There are: {names}.", names=sorted(known)),
            )
    return match


def _split(text: str, mark: str) -> list[str]:
    """Parts between the marks that stand outside quotes and brackets."""
    edges = [at for at, sign in _plain_signs(text) if sign == mark]
    parts = [text[start + 1 : end].strip() for start, end in zip([-1, *edges], [*edges, len(text)], strict=True)]
    if not all(parts):
        raise InvalidQueryError(told("There is an empty part in “{text}”.", text=text), _HOW)
    return parts


def _cut(text: str, mark: str) -> tuple[str, str, str]:
    """What stands before the first mark outside quotes, the mark, and what stands after it."""
    at = next((at for at, sign in _plain_signs(text) if sign == mark), None)
    return (text.strip(), "", "") if at is None else (text[:at].strip(), mark, text[at + 1 :].strip())


def _plain_signs(text: str) -> Iterator[tuple[int, str]]:
    quoted, depth = False, 0
    for at, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            if depth == 0:
                yield at, sign
            depth += (sign == "[") - (sign == "]")
    if quoted:
        raise InvalidQueryError(told("The quotes of {text} are not closed.", text=text), _HOW)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
