"""Cards of search queries: what people wanted and asked before they came, in their own words."""

from collections.abc import Iterator

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render.words import in_quotes, of_whole, whole
from tropa.stats.proportions import proportion
from tropa.texts.names import kind_of_stage
from tropa.texts.searches import Intent, Searches, SearchGroup, group_searches

_FIRST = ("awareness",)
_NEXT = ("interest", "search", "evaluation", "choice", "lead")
_MOST, _NAMED = 2, 4
_LANES = {
    Intent.WHY: (LaneKind.TRIGGER, _FIRST),
    Intent.HOW: (LaneKind.GOAL, _FIRST),
    Intent.COMPARE: (LaneKind.GOAL, _NEXT),
    Intent.BUY: (LaneKind.EXPECTATION, _NEXT),
    Intent.OTHER: (LaneKind.GOAL, _FIRST),
}
_MEANS = {
    Intent.WHY: Text(ru="что-то пошло не так", en="something went wrong"),
    Intent.HOW: Text(ru="хотят разобраться", en="want to understand"),
    Intent.COMPARE: Text(ru="сравнивают", en="compare"),
    Intent.BUY: Text(ru="готовы покупать", en="ready to buy"),
    Intent.OTHER: Text(ru="ищут", en="search"),
}


def search_cards(facts: Facts) -> Iterator[Card]:
    """Two groups an intent at most: triggers and goals where the need appears, comparing and buying a stage later.

    Queries that tell no intent are told only where there are no others.
    """
    if not facts.queries or not facts.stage_keys:
        return
    found = group_searches(facts.queries)
    told: dict[Intent, int] = {}
    telling = [one for one in found.groups if one.intent is not Intent.OTHER] or found.groups
    for group in telling:
        told[group.intent] = told.get(group.intent, 0) + 1
        if told[group.intent] > _MOST:
            continue
        lane, kinds = _LANES[group.intent]
        stage = _stage(facts, kinds)
        yield a_card(
            lane,
            f"search.{group.intent}.{told[group.intent]}",
            stage,
            _text(group),
            by=f"search:{group.intent}:{group.about}",
            evidence=[_measured(facts, group, found)],
            fact=f"search:{group.intent}:{group.about}",
        )


def _stage(facts: Facts, kinds: tuple[str, ...]) -> str:
    """The first stage of these kinds; else the first of the map, or for later ones the second."""
    stages = facts.figures.staged.stages
    named = next((one.key for kind in kinds for one in stages if kind_of_stage(one) == kind), None)
    return named or facts.stage_keys[min(len(facts.stage_keys) - 1, int(kinds is _NEXT))]


def _text(group: SearchGroup) -> Text:
    words = in_quotes(group.queries[0].text)
    return Text(ru=f"Ищут {words}", en=f"Search for {words}")


def _measured(facts: Facts, group: SearchGroup, found: Searches) -> Measurement:
    share = proportion(group.weight, found.total)
    return Measurement(
        key="e1",
        metric="search_shows",
        unit=Unit.SHARE,
        value=share.value,
        low=share.low,
        high=share.high,
        count=share.count,
        of=share.of,
        period=facts.figures.period or Period(facts.figures.as_of, facts.figures.as_of),
        sources=facts.query_files,
        note=in_both(lambda language: _told(group, found, language)),
    )


def _told(group: SearchGroup, found: Searches, language: Language) -> str:
    """How often, and what else is searched for in other words."""
    russian = language is Language.RU
    counts = of_whole(group.weight, found.total, language)
    unit = ("показов" if russian else "shows") if found.in_shows else ("переходов" if russian else "clicks")
    others = ", ".join(in_quotes(one.text) for one in group.queries[1 : _NAMED + 1])
    clicked = ""
    if found.in_shows and group.clicks:
        clicks = whole(group.clicks, language)
        clicked = f", переходов {clicks}" if russian else f", {clicks} clicks"
    means = _MEANS[group.intent].said_in(language)
    beside = f". {'И так же' if russian else 'Also'}: {others}" if others else ""
    said = f"{unit.capitalize()} {counts}" if russian else f"{counts} {unit}"
    return f"{said} ({means}){clicked}{beside}"
