"""Which trade a business is in, told from the words of its own path."""

from collections.abc import Iterable, Sequence
from functools import cache

from tropa.domain.journeymap import BusinessModel
from tropa.domain.project import Project, StageSpec
from tropa.insight.advice_data import begins_with, read_data, words_of
from tropa.texts.packs import pack_names
from tropa.texts.templates import template_of

_ENOUGH_SIGNS = 2
_PACKS = {"food": "restaurant"}


@cache
def trades() -> dict[str, tuple[str, ...]]:
    """The signs of each trade: beginnings of words that its events, touchpoints and stages have."""
    return {one["key"]: tuple(one["signs"]) for one in read_data("industries.toml")["industry"]}


def trade_of(project: Project, stages: Sequence[StageSpec]) -> str | None:
    """The trade whose signs the path has most of; None where its words do not tell.

    A template that a person has chosen tells it outright; a map of deals without other signs is of business customers.
    """
    chosen = template_of(project)
    if chosen is not None and chosen.trade in trades():
        return chosen.trade
    words = _words(stages)
    found = {trade: sum(_is_met(sign, words) for sign in signs) for trade, signs in trades().items()}
    first, second = sorted(found.values(), reverse=True)[:2]
    if first >= _ENOUGH_SIGNS and first > second:
        return max(found, key=lambda trade: found[trade])
    return "b2b" if project.model is BusinessModel.B2B else None


def pack_of(project: Project, stages: Sequence[StageSpec]) -> str | None:
    """The pack of touchpoints that the trade has; None for the common ones."""
    chosen = template_of(project)
    if chosen is not None and chosen.pack is not None:
        return chosen.pack
    trade = trade_of(project, stages)
    pack = _PACKS.get(trade or "", trade)
    return pack if pack in pack_names() else None


def _words(stages: Sequence[StageSpec]) -> tuple[str, ...]:
    return tuple(words_of(said for stage in stages for said in _said(stage)))


def _said(stage: StageSpec) -> Iterable[str]:
    yield from (stage.name.ru or "", stage.name.en or "")
    for one in stage.touchpoints:
        yield from (one.name.ru or "", one.name.en or "", *(one.match.event if one.match else ()))


def _is_met(sign: str, words: Sequence[str]) -> bool:
    """A sign of several words is met where they stand one after the other."""
    parts = sign.split()
    return any(
        all(begins_with(word, (part,)) for word, part in zip(words[place:], parts, strict=False))
        for place in range(len(words) - len(parts) + 1)
    )
