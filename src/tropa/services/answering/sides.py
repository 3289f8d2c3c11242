"""Two sides as people write them: `device=mobile`, `channel=ads|mail`, `2026-01-01..2026-03-31`."""

from dataclasses import dataclass
from datetime import date

from tropa.assembly.saying import in_both
from tropa.domain.period import Period
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, told
from tropa.events.sides import BeganIn, HasValue, Side
from tropa.events.staged import names_matching
from tropa.render import words
from tropa.services.answering.scope import Scope

REST = Text(ru="Остальные", en="The rest")
_HOW = "Write a side as property=value, or as days: 2026-01-01..2026-03-31."


@dataclass(frozen=True, slots=True)
class NamedSide:
    """Who belongs, what people call them, and by which property they are told apart (None: by days)."""

    side: Side
    name: Text
    by: str | None


def read_side(scope: Scope, text: str) -> NamedSide:
    """A side in words."""
    if ".." in text and "=" not in text:
        return _days(text)
    name, equals, values = text.partition("=")
    if not equals or not values.strip():
        raise InvalidQueryError(told("“{side}” is no side of a comparison.", side=text), _HOW)
    return _having(scope, name.strip(), tuple(one.strip() for one in values.split("|")))


def _days(text: str) -> NamedSide:
    first, _, last = text.partition("..")
    try:
        period = Period(date.fromisoformat(first.strip()), date.fromisoformat(last.strip()))
    except ValueError as error:
        raise InvalidQueryError(told("“{side}” is no side of a comparison.", side=text), _HOW) from error
    return NamedSide(BeganIn(period), in_both(lambda language: words.period(period, language)), None)


def _having(scope: Scope, name: str, wanted: tuple[str, ...]) -> NamedSide:
    known = scope.property(name).values
    hit = names_matching(known, wanted)
    values = tuple(value for value, fits in zip(known, hit, strict=True) if fits)
    if not values:
        raise InvalidQueryError(
            told("Nobody has {name} = {names}.", name=name, names=wanted),
            told("There are: {known}.", known=known[:20]),
        )
    shown = "/".join(wanted)
    said = scope.property_words(name)
    label = Text(ru=f"{said.ru}: {shown}", en=f"{said.en}: {shown}")
    return NamedSide(HasValue(name, values, scope.moment(name)), label, name)
