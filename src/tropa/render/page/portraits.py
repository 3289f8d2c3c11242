"""Portraits drawn by hand from a few shapes; the same persona always looks the same."""

from hashlib import blake2s

from tropa.domain.journeymap import Persona
from tropa.render.page.markup import Markup

_GROUNDS = ("#DCEBE0", "#E3E6F5", "#F5E6DC", "#EFE3F0", "#E2EEF2")
_CLOTHES = ("#2F7A5B", "#3B5BA9", "#B4592B", "#8A4A8A", "#2C7481")
_HAIR = (("#6B3F2A", "#7B4A31"), ("#2F2A28", "#3D3634"), ("#A9743A", "#BC8547"), ("#77706B", "#8B847E"))
_LONG = (
    "M11 21c-2-10 3-15 9-15s11 4 9.500 14c-.4 3 .8 5 1.500 7-3 1.500-5 1-6.500 0h-9C13 28 11 28 9.500 27c1-2 1.800-4 1.500-6z",
    "M13 18c0-6 3-8.500 7.500-8.500S27 12 27 18c-1.500-1-3-3-3.500-5-2.500 2.500-7 3-9 2.800-.8.700-1.200 1.300-1.500 2.200z",
)
_SHORT = (
    "M12.500 19c-1.500-8 2.500-12 7.500-12s9 4 7.500 12z",
    "M13 17.500c-.5-5.500 2.500-8.500 7-8.500s7.500 3 7 8.500c-1.200-1-2-2.600-2.400-4.200-2.800 1.400-6.400 1.400-9.200 0-.4 1.600-1.200 3.200-2.400 4.200z",
)


def portrait(persona: Persona, size: int, place: int = 0) -> Markup:
    """A face for a persona; drafts get a dashed ring."""
    seed = blake2s(persona.key.encode(), digest_size=4).digest()
    ground, cloth = _GROUNDS[(place or seed[0]) % 5], _CLOTHES[(place or seed[0]) % 5]
    dark, light = _HAIR[seed[1] % 4]
    back, front = _LONG if seed[2] % 2 else _SHORT
    ring = (
        '<circle cx="20" cy="20" r="19" fill="none" stroke="#666D7B" stroke-width="1.4" stroke-dasharray="3 3"/>'
        if persona.draft
        else ""
    )
    return Markup(
        f'<svg class="pt" width="{size}" height="{size}" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="20" fill="{ground}"/>'
        f'<path d="M6 40c1-9 7-12.500 14-12.500S33 31 34 40z" fill="{cloth}"/><path d="{back}" fill="{dark}"/>'
        '<path d="M17 24h6v5c-1 2.200-5 2.200-6 0z" fill="#EBB896"/><ellipse cx="20" cy="18.500" rx="6.600" ry="8" fill="#F6CDAE"/>'
        f'<path d="{front}" fill="{light}"/><circle cx="17.400" cy="19" r=".9" fill="#3B2A22"/><circle cx="22.600" cy="19" r=".9" fill="#3B2A22"/>'
        f'<path d="M17.800 22.600q2.200 1.600 4.400 0" fill="none" stroke="#B4584A" stroke-width="1.100" stroke-linecap="round"/>{ring}</svg>'
    )
