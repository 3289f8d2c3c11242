"""The playbook: what to do about a kind of problem, and which bet to place on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Protocol, TypeVar

from tropa.domain.finding import Finding, FindingKind
from tropa.domain.text import Text
from tropa.insight.advice_data import read_data
from tropa.insight.conditions import Condition, Place, Problem

CHAPTERS = ("choosing", "paying", "waiting", "caring", "returning", "serving", "growing")
_SPAN_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_TOLD_BEFORE = 4
"""Advice that has been given already must fit so much better to be given again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What to change; `text` may name {place}, {now}, {goal} and, where the condition is dated, {since}."""

    key: str
    when: Condition
    text: Text
    first_step: Text
    not_when: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bet:
    """A hypothesis to test: what is done (goes on from «Если …»), why it should help, and how easy it is (1–10)."""

    key: str
    when: Condition
    deed: Text
    reason: Text
    ease: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Recommendations and bets of a company's own, which are taken before ours where they fit."""

    entries: tuple[Entry, ...] = ()
    bets: tuple[Bet, ...] = ()


NO_SHELF = Shelf()


class _Conditional(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def when(self) -> Condition: ...


Advice = TypeVar("Advice", bound=_Conditional)


@cache
def playbook() -> tuple[Entry, ...]:
    """All entries as shipped."""
    return tuple(entry_of(one) for chapter in CHAPTERS for one in read_data("playbook", f"{chapter}.toml")["entry"])


@cache
def bets() -> tuple[Bet, ...]:
    """All bets as shipped."""
    return tuple(bet_of(one) for one in read_data("playbook", "bets.toml")["bet"])


def entry_of(one: Mapping[str, Any]) -> Entry:
    """An entry from its table; ours have both languages, a company's own may have one."""
    return Entry(
        key=one["key"],
        when=condition_of(one["when"]),
        text=_text(one, ""),
        first_step=_text(one, "step_"),
        not_when=_text(one, "not_"),
    )


def bet_of(one: Mapping[str, Any]) -> Bet:
    """A bet from its table."""
    return Bet(
        key=one["key"],
        when=condition_of(one["when"]),
        deed=_text(one, ""),
        reason=_text(one, "because_"),
        ease=one["ease"],
    )


def best_of(shelf: Sequence[Advice], finding: Finding, place: Place, *, told: Iterable[str] = ()) -> Advice | None:
    """What fits the facts most closely; `told` before, it gives way to what fits nearly as well."""
    before = set(told)
    fitting = [one for one in shelf if one.when.holds(finding, place)]
    return min(
        fitting, key=lambda one: (_TOLD_BEFORE * (one.key in before) - one.when.specificity, one.key), default=None
    )


def _text(one: Mapping[str, Any], part: str) -> Text:
    return Text(ru=one.get(f"{part}ru"), en=one.get(f"{part}en"))


def condition_of(given: Mapping[str, Any]) -> Condition:
    """Conditions as a file writes them; ValueError where a word or a span is unknown."""
    return Condition(**{key: _value(key, value) for key, value in given.items()})


def _value(key: str, value: Any) -> Any:
    """A condition as Condition holds it."""
    match value:
        case list() if key == "problems":
            return tuple(Problem(one) for one in value)
        case list() if key == "kinds":
            return tuple(FindingKind(one) for one in value)
        case list():
            return tuple(value)
        case str():
            return _span(value)
        case _:
            return value


def _span(words: str) -> timedelta:
    """«90m», «4h» or «14d»."""
    return timedelta(**{_SPAN_UNITS[words[-1]]: int(words[:-1])})
