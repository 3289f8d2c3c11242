"""Drawn icons, faces and evidence marks as SVG fragments that any drawing can take in."""

from tropa.domain.evidence import Basis, Flag
from tropa.domain.journeymap import LaneKind, Urgency, VerdictState
from tropa.render.data_icons import SHAPES
from tropa.render.theme import Paint, emotion_role

LANE_ICONS: dict[LaneKind, str] = {
    LaneKind.BARRIER: "barrier",
    LaneKind.GAIN: "heart",
    LaneKind.INSIGHT: "eye",
    LaneKind.OPPORTUNITY: "sparkle",
    LaneKind.RECOMMENDATION: "bulb",
    LaneKind.HYPOTHESIS: "flask",
    LaneKind.QUOTE: "quote",
    LaneKind.KPI: "gauge",
    LaneKind.WAIT: "hourglass",
    LaneKind.EMOTION: "heart",
    LaneKind.GOAL: "target",
    LaneKind.TOUCHPOINT: "pin",
    LaneKind.CHANNEL: "megaphone",
    LaneKind.DEVICE: "phone",
    LaneKind.OWNER: "people",
    LaneKind.IMPORTANCE: "star",
    LaneKind.ACTION: "route",
    LaneKind.TRIGGER: "siren",
    LaneKind.EXPECTATION: "clock",
    LaneKind.THOUGHT: "chat",
    LaneKind.PROOF: "check",
}
URGENCY_ICONS = {Urgency.ORDINARY: "bulb", Urgency.URGENT: "siren", Urgency.KEY: "star"}
VERDICT_ICONS = {
    VerdictState.OK: "check",
    VerdictState.ATTENTION: "eye",
    VerdictState.FIX: "barrier",
    VerdictState.FEW_DATA: "question",
}
CHANNEL_ICONS = {
    "site": "monitor",
    "web": "monitor",
    "app": "phone",
    "phone": "phone",
    "mobile": "phone",
    "email": "mail",
    "e-mail": "mail",
    "social": "megaphone",
    "ads": "megaphone",
    "messenger": "chat",
    "chat": "chat",
    "offline": "store",
    "store": "store",
    "delivery": "truck",
    "search": "search",
}


def lane_icon(kind: LaneKind) -> str:
    """The icon of a lane's cards."""
    return LANE_ICONS.get(kind, "layers")


def channel_icon(channel: str | None) -> str:
    """The icon of a channel, a pin for those that have none."""
    return CHANNEL_ICONS.get((channel or "").casefold(), "pin")


def shape(name: str) -> str:
    """An icon's inner shapes on a 24 × 24 grid, to be stroked with the current colour."""
    return SHAPES[name]


_MOUTHS = {
    -2: "M-4 4.6Q0 .6 4 4.6M-5-4.6L-2-3.4M5-4.6L2-3.4",
    -1: "M-3.6 4Q0 2 3.6 4",
    0: "M-3.4 3.2H3.4",
    1: "M-3.6 2.4Q0 5 3.6 2.4",
    2: "M-4.2 1.6Q0 7 4.2 1.6Z",
}


def face(value: float, paint: Paint) -> str:
    """A face of radius 10 around the origin; mouth and brows tell the emotion without colour."""
    mood = round(max(-2.0, min(2.0, value)))
    ink = paint(emotion_role(value))
    fill = ink if mood == 2 else "none"
    eyes = "".join(f'<circle cx="{x}" cy="-1.6" r="1.25" fill="{ink}"/>' for x in ("-3.2", "3.2"))
    return (
        f'<circle r="10" fill="{paint("surface")}" stroke="{ink}" stroke-width="2.2"/>{eyes}'
        f'<path d="{_MOUTHS[mood]}" fill="{fill}" stroke="{ink}" stroke-width="1.6" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def unknown_face(paint: Paint) -> str:
    """The mark of an emotion that nobody told: a dashed ring with a question mark drawn in it."""
    ink = paint("ink-3")
    return (
        f'<circle r="9" fill="{paint("surface")}" stroke="{ink}" stroke-width="1.5" stroke-dasharray="3 3"/>'
        f'<path d="M-2.4-1.8a2.5 2.5 0 1 1 3.6 2.2C.2 1 0 1.500 0 2.300M0 5v.01" fill="none" stroke="{ink}" '
        'stroke-width="1.6" stroke-linecap="round"/>'
    )


def meter(degree: int, paint: Paint) -> str:
    """Four rising bars on a 14 × 11 ground, as many filled as there are degrees."""
    bars = (
        f'<rect x="{at * 3.6:g}" y="{8 - at * 2.4:g}" width="2.6" height="{3 + at * 2.4:g}" rx=".8" '
        f'fill="{paint("bad-text" if at < degree else "ink-4")}" opacity="{1 if at < degree else 0.45:g}"/>'
        for at in range(4)
    )
    return "".join(bars)


def mark_of(basis: Basis, flags: tuple[Flag, ...] = ()) -> str:
    """The name of the evidence mark: its shape differs for each state, colour only repeats it."""
    if Flag.CONTRADICTED in flags:
        return "contradicted"
    if Flag.STALE in flags:
        return "stale"
    if basis is Basis.GUESS:
        return "guess"
    return "part" if basis in {Basis.ANECDOTAL, Basis.REPORTED} else "solid"


def mark(name: str, paint: Paint) -> str:
    """An evidence mark of radius 4.5 around the origin."""
    match name:
        case "solid":
            return f'<circle r="4.5" fill="{paint("good")}"/>'
        case "part":
            ink = paint("warn")
            return (
                f'<circle r="3.8" fill="none" stroke="{ink}" stroke-width="1.4"/>'
                f'<path d="M0-4.500A4.500 4.500 0 0 0 0 4.500Z" fill="{ink}"/>'
            )
        case "stale":
            ink = paint("ink-3")
            return (
                f'<rect x="-4" y="-4" width="8" height="8" rx="1.5" fill="none" stroke="{ink}" stroke-width="1.2"/>'
                f'<path d="M-4 1L1-4M-2.500 4L4-2.500" stroke="{ink}" stroke-width="1.2"/>'
            )
        case "contradicted":
            return f'<path d="M0-5L5 0L0 5Z" fill="{paint("good")}"/><path d="M0-5L-5 0L0 5Z" fill="{paint("bad")}"/>'
        case _:
            ink = paint("ink-3")
            return f'<circle r="4" fill="none" stroke="{ink}" stroke-width="1.5" stroke-dasharray="2.1 1.500"/>'
