"""How a generated card is made: one door, so that each carries its base for the merge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tropa.domain.evidence import FEW_PERSONS, Evidence, Flag, Measurement
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.order import orders
from tropa.domain.text import Text


def a_card(
    kind: LaneKind,
    key: str,
    stage: str,
    text: Text,
    *,
    by: str,
    step: str | None = None,
    evidence: Sequence[Evidence] = (),
    fact: str | None = None,
    **more: Any,
) -> Card:
    """A card that tropa wrote. `key` is unique within its lane; `by` names what produced it."""
    severity = more.get("severity")
    return Card(
        key=f"{kind.value}.{key}",
        lane=kind.value,
        stage=stage,
        step=step,
        order="",
        text=text,
        evidence=tuple(evidence),
        flags=_flags(evidence),
        generated=Generated(
            by=by, text=text, stage=stage, step=step, lane=kind.value, severity=severity, fact=fact or by
        ),
        **more,
    )


def in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards with the order of each within its cell, as they come."""
    cells: dict[tuple[str, str, str | None], list[Card]] = defaultdict(list)
    for card in cards:
        cells[(card.lane, card.stage, card.step)].append(card)
    placed = []
    for cell in cells.values():
        for card, order in zip(cell, orders(len(cell)), strict=True):
            base = None if card.generated is None else replace(card.generated, order=order)
            placed.append(replace(card, order=order, generated=base))
    return tuple(placed)


def _flags(evidence: Sequence[Evidence]) -> tuple[Flag, ...]:
    measured = [one for one in evidence if isinstance(one, Measurement)]
    return (Flag.SMALL_SAMPLE,) if measured and all(one.of < FEW_PERSONS for one in measured) else ()
