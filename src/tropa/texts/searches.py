"""Search queries grouped by what people are after and by what they speak of: their own words before they came."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tropa.domain.ledger import Query
from tropa.texts.data_search_words import BUY, COMPARE, EMPTY, HOW, WHY
from tropa.texts.words import lemma, words_of

_FEWEST_SHOWS = 0.01
"""A group with a smaller part of all shows is no card."""


class Intent(StrEnum):
    """What a query is after, in the order of the path."""

    WHY = "why"
    HOW = "how"
    COMPARE = "compare"
    BUY = "buy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Queries of one intent that speak of one thing, the most shown first; `weight`: their shows or clicks."""

    intent: Intent
    about: str
    queries: tuple[Query, ...]
    weight: int

    @property
    def clicks(self) -> int:
        """All clicks."""
        return sum(one.clicks for one in self.queries)


@dataclass(frozen=True, slots=True)
class Searches:
    """Groups by intent, the heaviest first; `total` is the weight of all queries, `in_shows` what it is made of."""

    groups: tuple[SearchGroup, ...]
    total: int
    in_shows: bool


def group_searches(queries: Sequence[Query]) -> Searches:
    """Each query in one group: of its words the one that most searches share says what it is about."""
    in_shows = any(one.shows for one in queries)
    weights = [one.shows if in_shows else max(one.clicks, 1) for one in queries]
    read = [_read(one.text) for one in queries]
    heavy: dict[str, int] = defaultdict(int)
    for (_, about), weight in zip(read, weights, strict=True):
        for word in about:
            heavy[word] += weight
    cells: dict[tuple[Intent, str], list[tuple[int, Query]]] = defaultdict(list)
    for (intent, about), weight, query in zip(read, weights, queries, strict=True):
        head = max(about, key=lambda word: (heavy[word], word), default="")
        cells[intent, head].append((weight, query))
    total = sum(weights)
    groups = [_group(intent, head, own) for (intent, head), own in cells.items()]
    told = [one for one in groups if total and one.weight >= _FEWEST_SHOWS * total]
    order = list(Intent)
    told.sort(key=lambda one: (order.index(one.intent), -one.weight, one.about))
    return Searches(tuple(told), total, in_shows)


def _group(intent: Intent, about: str, own: Sequence[tuple[int, Query]]) -> SearchGroup:
    ordered = sorted(own, key=lambda pair: (-pair[0], pair[1].text.casefold()))
    return SearchGroup(intent, about, tuple(query for _, query in ordered), sum(weight for weight, _ in own))


def _read(text: str) -> tuple[Intent, frozenset[str]]:
    words = [word.text for word in words_of(text)]
    forms = {form for word in words for form in (word, lemma(word))}
    about = frozenset(lemma(word) for word in words) - EMPTY - WHY - HOW - COMPARE - BUY
    for intent, signs in ((Intent.WHY, WHY), (Intent.BUY, BUY), (Intent.COMPARE, COMPARE), (Intent.HOW, HOW)):
        if forms & signs:
            return intent, about
    return Intent.OTHER, about
