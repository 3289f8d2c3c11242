"""Which question a map answers when its owner has not asked one yet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from tropa.domain.project import StageSpec, UnitKind
from tropa.events.log import EventLog
from tropa.events.ordinal import ORDINAL
from tropa.texts.touchpoints import known_for_event

_DEFAULT = "visitors_to_clients"
_REPEAT = "repeat_purchases"
_AFTERWARDS = "leave_after_purchase"
_DEALS = "win_deals"
_KINDS = {
    "solve_quickly": frozenset({"request", "triage", "work", "resolution"}),
    "get_granted": frozenset({"application", "first_answer", "details", "validation", "decision", "offer", "contract"}),
    "stay_after_trial": frozenset({"trial", "onboarding", "renewal"}),
    _DEALS: frozenset({"lead", "negotiation", "offer", "contract"}),
}
_OF_CASES = frozenset({"solve_quickly", "get_granted", _DEALS})
_TELLING = 0.33  # of the event names whose kind is known
_WON, _LOST = "deal_won", "deal_lost"
_NOT_DEALS = frozenset({"application", "cart", "checkout", "dispatch", "delivery"})
_OF_ORDERS = frozenset({"cart", "checkout", "payment", "purchase", "delivery"})


def fitting_goal(log: EventLog, stages: Sequence[StageSpec]) -> str:
    """The key of the question that fits the business: tickets are solved, applications granted, software kept.

    Purchases that are all there is ask for the next one; reviews that are all there is are written afterwards.
    """
    if any(one.match and ORDINAL in one.match.where for stage in stages for one in stage.touchpoints):
        return _REPEAT
    if not log.size:
        return _AFTERWARDS
    names = [log.event.values[code] for code in np.unique(log.event.codes)]
    known = [touchpoint for name in names if (touchpoint := known_for_event(name)) is not None]
    if log.unit is UnitKind.CASE and _is_of_deals({one.key for one in known}):
        return _DEALS
    shares = _shares(Counter(one.stage for one in known))
    possible = {key: share for key, share in shares.items() if log.unit is not UnitKind.CASE or key in _OF_CASES}
    best = max(possible, key=lambda key: (possible[key], key))
    kinds = [one.stage for one in known]
    orders = sum(kind in _OF_ORDERS for kind in kinds) / max(len(kinds), 1)
    enough = possible[best] > orders if log.unit is UnitKind.CASE else possible[best] >= _TELLING
    return best if enough else _DEFAULT


def _is_of_deals(touchpoints: AbstractSet[str]) -> bool:
    """Deals are won or lost; a refusal after an application is a decision, and one after an order a cancellation."""
    return _WON in touchpoints or (_LOST in touchpoints and _NOT_DEALS.isdisjoint(touchpoints))


def _shares(kinds: Mapping[str, int]) -> Mapping[str, float]:
    total = max(sum(kinds.values()), 1)
    return {key: sum(kinds.get(kind, 0) for kind in telling) / total for key, telling in _KINDS.items()}
