"""How findings compare with the truth of a simulated business."""

import json
from collections.abc import Sequence
from datetime import date

from tropa.domain.finding import Finding

AMONG_FIRST = 7
DATE_WITHIN_DAYS = 3


def _values(segment) -> frozenset[str]:
    found: set[str] = set()
    for value in (segment or {}).values():
        found |= {value} if isinstance(value, str) else set(value)
    return frozenset(found)


def problems_found(findings: Sequence[Finding], truth: bytes) -> dict[str, bool]:
    """For each planted problem, whether it is among the first seven with its place, group and date."""
    return {
        planted["code"]: any(_tells(one, planted) for one in findings[:AMONG_FIRST])
        for planted in json.loads(truth)["planted"]
    }


def _tells(one: Finding, planted) -> bool:
    right_place = one.at.event in planted["at"]["event"] and one.at.to_event in planted["at"]["to_event"]
    right_group = _values(one.segment) == _values(planted["segment"])
    right_kind = one.kind.value in planted["kind"]
    return right_place and right_group and right_kind and _right_date(one, planted)


def _right_date(one: Finding, planted) -> bool:
    if planted["since"] is None:
        return one.since is None
    return one.since is not None and abs((one.since - date.fromisoformat(planted["since"])).days) <= DATE_WITHIN_DAYS


def decoys_reported(findings: Sequence[Finding], truth: bytes) -> list[str]:
    """Decoys told as findings among the first ten: their group, or a change begun in their days for everybody."""
    told = []
    for decoy in json.loads(truth)["decoys"]:
        first, last = date.fromisoformat(decoy["first"]), date.fromisoformat(decoy["last"])
        for one in findings[:10]:
            same_group = bool(decoy["segment"]) and bool(_values(one.segment) & _values(decoy["segment"]))
            same_days = one.since is not None and not one.segment and first <= one.since <= last
            if same_group or same_days:
                told.append(decoy["code"])
    return told
