"""Portraits drawn by hand from a few shapes; the same persona always looks the same."""

from hashlib import blake2s

from tropa.domain.journeymap import Persona
from tropa.render.svg import line, tag

_GROUNDS = ("#DCEBE0", "#E3E6F5", "#F5E6DC", "#EFE3F0", "#E2EEF2")
_CLOTHES = ("#2F7A5B", "#3B5BA9", "#B4592B", "#8A4A8A", "#2C7481")
_HAIR = (("#6B3F2A", "#7B4A31"), ("#2F2A28", "#3D3634"), ("#A9743A", "#BC8547"), ("#77706B", "#8B847E"))
_LONG = (
    "M11 21c-2-10 3-15 9-15s11 4 9.5 14c-.4 3 .8 5 1.5 7-3 1.5-5 1-6.5 0h-9C13 28 11 28 9.5 27c1-2 1.8-4 1.5-6z",
    "M13 18c0-6 3-8.5 7.5-8.5S27 12 27 18c-1.5-1-3-3-3.5-5-2.5 2.5-7 3-9 2.8-.8.7-1.2 1.3-1.5 2.2z",
)
_SHORT = (
    "M12.5 19c-1.5-8 2.5-12 7.5-12s9 4 7.5 12z",
    "M13 17.5c-.5-5.5 2.5-8.5 7-8.5s7.5 3 7 8.5c-1.2-1-2-2.6-2.4-4.2-2.8 1.4-6.4 1.4-9.2 0-.4 1.6-1.2 3.2-2.4 4.2z",
)


def portrait(persona: Persona, size: int, place: int = 0) -> str:
    """A face for a persona; drafts get a dashed ring."""
    seed = blake2s(persona.key.encode(), digest_size=4).digest()
    ground, cloth = _GROUNDS[(place or seed[0]) % 5], _CLOTHES[(place or seed[0]) % 5]
    dark, light = _HAIR[seed[1] % 4]
    back, front = _LONG if _has_long_hair(persona, seed[2]) else _SHORT
    ring = tag(
        "circle", cx=20.0, cy=20.0, r=19.0, fill="none", stroke="#666D7B", stroke_width=1.4, stroke_dasharray="3 3"
    )
    parts = (
        tag("rect", width=40.0, height=40.0, rx=20.0, fill=ground),
        tag("path", d="M6 40c1-9 7-12.5 14-12.5S33 31 34 40z", fill=cloth),
        tag("path", d=back, fill=dark),
        tag("path", d="M17 24h6v5c-1 2.2-5 2.2-6 0z", fill="#EBB896"),
        tag("ellipse", cx=20.0, cy=18.5, rx=6.6, ry=8.0, fill="#F6CDAE"),
        tag("path", d=front, fill=light),
        *(tag("circle", cx=x, cy=19.0, r=0.9, fill="#3B2A22") for x in (17.4, 22.6)),
        line("M17.8 22.6q2.2 1.6 4.4 0", "#B4584A", 1.1),
        ring if persona.draft else "",
    )
    return tag(
        "svg", *parts, class_="pt", width=float(size), height=float(size), viewBox="0 0 40 40", aria_hidden="true"
    )


def _has_long_hair(persona: Persona, chance: int) -> bool:
    """First names that end like women's get long hair; a nickname is no name, and gets either."""
    name = (persona.name.ru or persona.name.en or "").split(",")[0].split(" ")[0]
    return name[-1:] in {"а", "я", "a"} if name.isalpha() and name.istitle() else bool(chance % 2)
