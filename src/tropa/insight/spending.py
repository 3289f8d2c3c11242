"""Money of the ledger put beside people: which line belongs to which value of a property, and what fits none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tropa.domain.ledger import Cost, Ledger
from tropa.intake.data_ledgers import PAID, PLATFORMS
from tropa.intake.words import words_of

NO_CHANNEL = ""
"""Money that no line puts to a channel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Minor units by value of a property within the days that both costs and data have.

    `unmatched`: what the costs call a channel and the data do not know, with its money. `shared`: money of no channel.
    `outside`: money of days without data. `days_missing`: days between the first and the last cost of a table by days
    for which a value has none. `undated`: money whose days nobody named, taken as of the whole period.
    """

    first: date
    last: date
    amounts: Mapping[str, int]
    clicks: Mapping[str, int] = field(default_factory=dict)
    unmatched: Mapping[str, int] = field(default_factory=dict)
    shared: int = 0
    outside: int = 0
    undated: int = 0
    days_missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All money of these days, whether its people are known or not."""
        return sum(self.amounts.values()) + sum(self.unmatched.values()) + self.shared

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return (self.last - self.first).days + 1


def spending(
    ledger: Ledger, values: Sequence[str], *, first: date, last: date, by_campaign: bool = False
) -> Spending | None:
    """The money of the days from `first` to `last`; None where the ledger has no cost in them.

    A line of several days gives the part of its money that falls into the period.
    """
    dated = [one for one in ledger.costs if one.start is not None and one.end is not None]
    undated = [one for one in ledger.costs if one.start is None]
    if dated:
        first = max(first, min(one.start for one in dated if one.start))
        last = min(last, max(one.end for one in dated if one.end))
    parts = [(one, _within(one, first, last)) for one in ledger.costs] if first <= last else []
    if not any(amount for _, amount in parts):
        return None
    known = _Known(values)
    amounts: dict[str, int] = {}
    clicks: dict[str, int] = {}
    unmatched: dict[str, int] = {}
    shared = 0
    for one, amount in parts:
        written = one.campaign if by_campaign else one.channel
        if written is None:
            shared += amount
        elif (value := known.value_of(written)) is None:
            unmatched[written] = unmatched.get(written, 0) + amount
        else:
            amounts[value] = amounts.get(value, 0) + amount
            clicks[value] = clicks.get(value, 0) + (one.clicks or 0)
    return Spending(
        first=first,
        last=last,
        amounts=dict(sorted(amounts.items())),
        clicks={name: count for name, count in sorted(clicks.items()) if count},
        unmatched=dict(sorted(unmatched.items(), key=lambda one: (-one[1], one[0]))),
        shared=shared,
        outside=sum(one.amount - amount for one, amount in parts),
        undated=sum(one.amount for one in undated),
        days_missing=_missing(dated, known, first, last, by_campaign=by_campaign),
    )


def _within(one: Cost, first: date, last: date) -> int:
    """The part of a line's money that falls into the days; whole where no days are named."""
    if one.start is None or one.end is None or one.days is None:
        return one.amount
    overlap = (min(one.end, last) - max(one.start, first)).days + 1
    return round(one.amount * max(0, overlap) / one.days)


def _missing(dated: Sequence[Cost], known: "_Known", first: date, last: date, *, by_campaign: bool) -> dict[str, int]:
    """Days without a line where a value is told day by day."""
    days: dict[str, set[date]] = {}
    by_day: set[str] = set()
    for one in dated:
        written = one.campaign if by_campaign else one.channel
        value = None if written is None else known.value_of(written)
        if value is None or one.start is None or one.end is None:
            continue
        by_day |= {value} if one.days == 1 else set()
        span = range((min(one.end, last) - max(one.start, first)).days + 1)
        days.setdefault(value, set()).update(max(one.start, first) + timedelta(days=n) for n in span)
    missing = {value: (last - first).days + 1 - len(told) for value, told in days.items() if value in by_day}
    return {value: count for value, count in sorted(missing.items()) if count > 0}


class _Known:
    """The values that the data have, found under the names that advertising cabinets give them."""

    def __init__(self, values: Sequence[str]) -> None:
        self._exact = {value.casefold().strip(): value for value in values}
        self._bare: dict[tuple[str, ...], list[str]] = {}
        self._platforms: dict[str, list[str]] = {}
        self._found: dict[str, str | None] = {}
        for value in values:
            self._bare.setdefault(_bare_words(value), []).append(value)
            platform = platform_of(value)
            if platform is not None:
                self._platforms.setdefault(platform, []).append(value)

    def value_of(self, written: str) -> str | None:
        """The data's own value: the same words (“ads” and the like apart), else the only one of the same platform."""
        if written not in self._found:
            self._found[written] = self._look(written)
        return self._found[written]

    def _look(self, written: str) -> str | None:
        exact = self._exact.get(written.casefold().strip())
        if exact is not None:
            return exact
        platform = platform_of(written)
        found = self._bare.get(_bare_words(written), []) or self._platforms.get(platform or "", [])
        paid = [one for one in found if any(word in PAID for word in words_of(one))]
        if len(found) == 1:
            return found[0]
        return paid[0] if len(paid) == 1 else None


def platform_of(name: str) -> str | None:
    """The platform that a channel's name names and nothing else: yandex / cpc, «Яндекс.Директ», vk_ads."""
    words = _bare_words(name)
    for platform, names in PLATFORMS.items():
        if words and all(word in names for word in words):
            return platform
    return None


def _bare_words(name: str) -> tuple[str, ...]:
    words = words_of(name)
    return tuple(word for word in words if word not in PAID) or words
