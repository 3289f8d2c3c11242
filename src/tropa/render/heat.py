"""Where it hurts most, at a glance: pain × importance × people of each column, in five degrees.

A reading aid, no measurement: what goes into it stands beside it, and each part has its own proof.
"""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.journeymap import LaneKind
from tropa.render.flow import lost_share
from tropa.render.heads import Loss, loss_after
from tropa.render.sheet import Column, Sheet

DEGREES = 5
_FROM = (0.0, 0.1, 0.3, 0.55, 0.8)
# of the largest product there can be: below it even the worst column of a map is calm
_CALM = 0.02
# how much of the red each degree lays over its cell
TINTS = (0.0, 0.07, 0.15, 0.27, 0.42)


@dataclass(frozen=True, slots=True)
class Heat:
    """One column's degree from 0 to 4, None where too few were counted, and what it is made of."""

    column: Column
    degree: int | None
    pain: float
    importance: float | None
    loss: Loss | None


def heats_of(sheet: Sheet) -> tuple[Heat, ...]:
    """The heat of every column; nothing at all where a map has no pain to show."""
    most = max((one.record.persons or 0 for one in sheet.columns), default=0)
    if not most:
        return ()
    pains = {one.key: _pain(one, sheet) for one in sheet.columns}
    weights = {one.key: _importance(one, sheet) for one in sheet.columns}
    known = {
        one.key: pains[one.key] * (weights[one.key] or 1.0) * one.record.persons / most
        for one in sheet.columns
        if one.record.persons is not None and one.record.persons >= FEW_PERSONS
    }
    hottest = max(known.values(), default=0.0)
    if not hottest:
        return ()
    return tuple(
        Heat(
            column=one,
            degree=_degree(known[one.key] / max(hottest, _CALM)) if one.key in known else None,
            pain=pains[one.key],
            importance=weights[one.key],
            loss=loss_after(one.record),
        )
        for one in sheet.columns
    )


def _degree(part: float) -> int:
    return sum(part >= start for start in _FROM) - 1


def _pain(column: Column, sheet: Sheet) -> float:
    """From 0 to 1: the share that is lost or how unhappy people are, whichever is worse."""
    emotion = sheet.emotion_card(column)
    unhappy = 0.0 if emotion is None or emotion.is_guess else max(0.0, -(emotion.value or 0.0)) / 2
    return max(lost_share(column.record), unhappy)


def _importance(column: Column, sheet: Sheet) -> float | None:
    """The importance of the step, or of its stage, as a part of the most there can be."""
    cards = [card for card in sheet.cards_of(LaneKind.IMPORTANCE, column.stage) if card.value is not None]
    own = (card for card in cards if column.step is None or card.step == column.step.key)
    whole = (card for card in cards if card.step is None)
    return next(((card.value or 0) / DEGREES for card in (*own, *whole)), None)
