"""The lines of a service blueprint: above what customers meet, what they do not see, and what runs beneath."""

from collections.abc import Sequence

from tropa.domain.journeymap import Lane, LaneKind

_LINES = {
    LaneKind.FRONTSTAGE: "line.interaction",
    LaneKind.BACKSTAGE: "line.visibility",
    LaneKind.SYSTEM: "line.internal",
}


def line_above(lane: Lane, shown: Sequence[Lane]) -> str | None:
    """The label of the line that the first lane of its kind has above it."""
    first = next((one for one in shown if one.kind is lane.kind), None)
    return _LINES.get(lane.kind) if first is not None and first.key == lane.key else None
