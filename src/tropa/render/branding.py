"""A company's colours on our documents: kept where they can be read, darkened or lightened where they cannot."""

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from functools import cached_property

from tropa.domain.branding import PLAIN, Branding, Logo
from tropa.domain.text import Text
from tropa.render.theme import COLOURS, STAGE_COLOURS, Paint, Scheme, contrast

READABLE = 4.5
_STEPS = 100
_SOFT = 0.93
_LINE = 0.82
_DEEP = 0.88


@dataclass(frozen=True)
class Look:
    """How documents are painted; plain ones as tropa does it."""

    branding: Branding = PLAIN

    @property
    def company(self) -> str:
        """The company's name, empty where it is not told."""
        return self.branding.spec.company or ""

    @property
    def footer(self) -> str:
        """What stands at the foot of each page: the company's words, else its name."""
        return self.branding.spec.footer or self.company

    @property
    def logo(self) -> Logo | None:
        """The company's mark."""
        return self.branding.logo

    @property
    def is_plain(self) -> bool:
        """Nothing of a company's own."""
        return self.branding == PLAIN

    @cached_property
    def roles(self) -> Mapping[str, tuple[str, str]]:
        """The colour roles that are the company's, on paper and at night."""
        made: dict[str, tuple[str, str]] = {}
        colour = self.branding.spec.colour
        if colour is not None:
            made |= {role: _both(colour) for role in ("accent", "accent-text")}
            made["accent-soft"] = _mixed(colour, _SOFT), COLOURS["accent-soft"].dark
            made["accent-line"] = _mixed(colour, _LINE), COLOURS["accent-line"].dark
        given = self.branding.spec.stages
        for place in range(STAGE_COLOURS if given else 0):
            own = given[place % len(given)]
            name = f"stage-{place + 1}"
            made[name] = readable(own, "#FFFFFF"), readable(own, COLOURS["on-color"].dark, darker=False)
            made[f"{name}-text"] = _both(own)
            made[f"{name}-soft"] = _mixed(own, _SOFT), COLOURS[f"{name}-soft"].dark
            made[f"{name}-deep"] = _mixed(own, _DEEP), COLOURS[f"{name}-deep"].dark
        return made

    def paint(self, scheme: Scheme = Scheme.LIGHT) -> Paint:
        """A paint that gives hex values, the company's first."""
        own = {role: pair[scheme is Scheme.DARK] for role, pair in self.roles.items()}
        values = {role: colour.on(scheme) for role, colour in COLOURS.items()} | own
        return values.__getitem__

    @property
    def notes(self) -> tuple[Text, ...]:
        """What became of colours that could not be read as they were."""
        spec = self.branding.spec
        given = [one for one in (spec.colour, *spec.stages) if one is not None]
        changed = [(one, readable(one, "#FFFFFF")) for one in dict.fromkeys(given)]
        return tuple(
            Text(
                ru=f"Цвет {one} на белом не прочесть: взят {dark}, того же тона.",
                en=f"{one} cannot be read on white: {dark} of the same hue stands in its place.",
            )
            for one, dark in changed
            if one.upper() != dark
        )


PLAIN_LOOK = Look()


def _both(colour: str) -> tuple[str, str]:
    return readable(colour, "#FFFFFF"), readable(colour, COLOURS["surface"].dark, darker=False)


def readable(colour: str, ground: str, *, darker: bool = True, least: float = READABLE) -> str:
    """The colour, or the nearest darker (lighter) one of its hue that can be read on the ground.

    >>> readable("#1F5FBF", "#FFFFFF"), readable("#FFD600", "#FFFFFF")
    ('#1F5FBF', '#8A7400')
    """
    colour = colour.upper()
    if contrast(colour, ground) >= least:
        return colour
    hue, light, rich = rgb_to_hls(*_parts(colour))
    end = 0.0 if darker else 1.0
    shades = (_hex(*hls_to_rgb(hue, light + (end - light) * step / _STEPS, rich)) for step in range(1, _STEPS + 1))
    return next(one for one in shades if contrast(one, ground) >= least)


def _mixed(colour: str, white: float) -> str:
    """The colour with so much white in it."""
    return _hex(*(part + (1 - part) * white for part in _parts(colour)))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(red: float, green: float, blue: float) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in (red, green, blue))
