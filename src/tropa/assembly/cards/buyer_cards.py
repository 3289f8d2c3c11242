"""What is told to those who decide: benefits and answers by class, cost and payback, proof of the result.

A company's own words, so a person's; what has a number, a quote or a source is reported by a document, the rest is a
guess until something proves it.
"""

import hashlib
from collections.abc import Iterator, Sequence

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.domain.argument import Argument, ArgumentKind
from tropa.domain.buying import ECONOMIC, TECHNICAL, USER
from tropa.domain.evidence import Report, ReportBy
from tropa.domain.journeymap import Author, Card, LaneKind
from tropa.domain.ownership import CostKind, CostLine, Owned, Ownership, Role
from tropa.domain.project import StageSpec
from tropa.domain.text import Language, Text
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.ownership import gain_said, line_said, total_said
from tropa.texts.names import kind_of_stage, stage_kinds

BUYER_LANES = {ECONOMIC: LaneKind.ECONOMIC_BUYER, TECHNICAL: LaneKind.TECHNICAL_BUYER, USER: LaneKind.END_USER}
_COSTS_AT = 0.55
_AT = {
    ArgumentKind.BENEFIT: 0.4,
    ArgumentKind.ANSWER: 0.4,
    ArgumentKind.PILOT: 0.45,
    ArgumentKind.REFERENCE: 0.4,
    ArgumentKind.MANAGER: 0.8,
    ArgumentKind.FIRST_RESULT: 0.8,
}


def buyer_cards(facts: Facts) -> Iterator[Card]:
    """The cards of a map, or of a class's own map."""
    stages = facts.figures.staged.stages
    if not stages:
        return
    for one in facts.arguments:
        if facts.buyer is None or one.buyer in {None, facts.buyer}:
            yield _argued(one, stages, facts.fab_file)
    if facts.owned is not None and facts.buyer in {None, ECONOMIC}:
        yield from _costs(facts.owned, stages, facts.tco_file)


def _argued(one: Argument, stages: Sequence[StageSpec], file: str) -> Card:
    key = f"{one.kind}.{one.buyer or 'all'}.{_print(one.feature, one.benefit)}"
    return a_card(
        _lane_of(one),
        key,
        _stage(one, stages),
        in_both(lambda language: _words(one, language)),
        by=f"argument:{key}",
        fact=f"argument:{key}:{_print(one.number, one.quote, one.source)}",
        evidence=_reported(one, key, file),
        author=Author.PERSON,
        reason=_way(one),
    )


def _lane_of(one: Argument) -> LaneKind:
    if one.kind.is_proof:
        return LaneKind.PROOF
    return BUYER_LANES.get(one.buyer or "", LaneKind.FAB)


def _words(one: Argument, language: Language) -> str:
    if not one.kind.is_proof:
        return one.benefit
    return f"{told(f'proof.{one.kind}', language)}: {one.benefit}" + (f" ({one.number})" if one.number else "")


def _way(one: Argument) -> Text | None:
    """What the benefit comes from: the feature and its advantage, or the question that is answered."""
    way = " → ".join(part for part in (one.feature, one.advantage) if part)
    return Text(ru=way, en=way) if way else None


def _reported(one: Argument, key: str, file: str) -> tuple[Report, ...]:
    """What stands behind it: a number or a quote; of an answer its source; a promise of ours proves nothing."""
    told_so = one.quote or (one.source if one.kind is not ArgumentKind.BENEFIT else "")
    if not (told_so or (one.number and not one.kind.is_proof)):
        return ()
    said = " · ".join(part for part in (one.number, one.quote) if part) or one.source
    return (Report(key=f"r.{key}", by=ReportBy.DOCUMENT, text=Text(ru=said, en=said), source=one.source or file),)


def _costs(owned: Ownership, stages: Sequence[StageSpec], file: str) -> Iterator[Card]:
    place = _nearest(stages, _COSTS_AT)
    for one in owned.alternatives:
        yield _total(LaneKind.TCO, one, owned, place, file)
    ours = owned.of(Role.OURS)
    if ours is None:
        return
    yield _total(LaneKind.ECONOMIC_BUYER, ours, owned, place, file)
    if ours.gain is not None:
        yield a_card(
            LaneKind.ECONOMIC_BUYER,
            "tco.gain",
            place,
            in_both(lambda language: gain_said(ours, owned, language)),
            by="tco:gain",
            evidence=_from_table("tco.gain", owned.table.lines, file),
        )
    effects = [one for one in owned.table.lines if one.kind is CostKind.EFFECT and one.alternative == ours.name]
    for line in {(one.item, one.assumption): one for one in effects}.values():
        key = f"effect.{_print(line.item, line.assumption)}"
        yield a_card(
            LaneKind.ECONOMIC_BUYER,
            key,
            place,
            in_both(lambda language, line=line: line_said(line, owned, language)),  # type: ignore[misc]
            by=f"tco:{key}",
            evidence=_from_table(key, (line,), file),
        )


def _total(lane: LaneKind, one: Owned, owned: Ownership, place: str, file: str) -> Card:
    key = f"tco.{_print(one.name)}"
    lines = [line for line in owned.table.lines if line.alternative == one.name and line.kind is not CostKind.EFFECT]
    return a_card(
        lane,
        key,
        place,
        in_both(lambda language: total_said(one, owned, language)),
        by=f"tco:{lane}:{key}",
        evidence=_from_table(f"{lane}.{key}", lines, file),
    )


def _from_table(key: str, lines: Sequence[CostLine], file: str) -> tuple[Report, ...]:
    """The table with its sources, where every line has one; a single assumption makes the sum a guess."""
    if not lines or not all(line.source for line in lines):
        return ()
    sources = "; ".join(dict.fromkeys(line.source for line in lines))
    return (Report(key=f"r.{key}", by=ReportBy.DOCUMENT, text=Text(ru=sources, en=sources), source=file),)


def _stage(one: Argument, stages: Sequence[StageSpec]) -> str:
    wanted = (one.stage or "").casefold()
    for stage in stages:
        names = (stage.key, stage.name.ru, stage.name.en)
        if wanted and wanted in {name.casefold() for name in names if name}:
            return stage.key
    return _nearest(stages, _AT[one.kind])


def _nearest(stages: Sequence[StageSpec], position: float) -> str:
    """The stage that usually stands nearest to this place of the path."""
    last = max(1, len(stages) - 1)

    def off(number: int) -> float:
        kind = kind_of_stage(stages[number])
        known = None if kind is None else stage_kinds().get(kind)
        usual = number / last if known is None else known.position
        return abs(usual - position)

    return stages[min(range(len(stages)), key=lambda number: (off(number), number))].key


def _print(*parts: str) -> str:
    return hashlib.sha256("|".join(" ".join(part.casefold().split()) for part in parts).encode()).hexdigest()[:10]
