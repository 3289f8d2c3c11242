"""Design tokens as checked data: colours by role, light and dark."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

_HEX = re.compile(r"#[0-9A-F]{6}")

STAGE_COLOURS = 6
PERSON_COLOURS = 4


class Scheme(StrEnum):
    """Paper or night."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colour:
    """One role on paper and at night, as #RRGGBB."""

    light: str
    dark: str

    def __post_init__(self) -> None:
        for value in (self.light, self.dark):
            if not _HEX.fullmatch(value):
                message = f"A colour is #RRGGBB in capitals, not {value}."
                raise ValueError(message)

    def on(self, scheme: Scheme) -> str:
        """The value in this scheme."""
        return self.light if scheme is Scheme.LIGHT else self.dark


COLOURS: dict[str, Colour] = {
    "page": Colour("#F6F6F3", "#14161B"),
    "surface": Colour("#FFFFFF", "#1C1F26"),
    "surface-2": Colour("#FBFBF9", "#181B21"),
    "sunken": Colour("#EFEFEB", "#101216"),
    "line": Colour("#E0E1E4", "#333844"),
    "hair": Colour("#ECEDEF", "#282C35"),
    "ink": Colour("#1F2430", "#EDEFF3"),
    "ink-2": Colour("#4B5261", "#BEC4CF"),
    "ink-3": Colour("#666D7B", "#959CAA"),
    "ink-4": Colour("#A3A8B3", "#636A78"),
    "on-ink": Colour("#FFFFFF", "#14161B"),
    "on-color": Colour("#FFFFFF", "#14161B"),
    "accent": Colour("#2C5AD6", "#6E93F7"),
    "accent-text": Colour("#2350C4", "#94B0FA"),
    "accent-soft": Colour("#EBF1FE", "#1F2A46"),
    "accent-line": Colour("#B7CAF7", "#3A5190"),
    "good": Colour("#1A8251", "#3FB67E"),
    "good-text": Colour("#17734A", "#6CCB9B"),
    "good-soft": Colour("#E9F5EE", "#16302A"),
    "good-line": Colour("#B5DDC7", "#2B5C49"),
    "warn": Colour("#C07A12", "#DB9A3C"),
    "warn-text": Colour("#8A5206", "#E6B368"),
    "warn-soft": Colour("#FFF5E3", "#33291A"),
    "warn-line": Colour("#EFD3A1", "#67502A"),
    "bad": Colour("#C8372D", "#E8655B"),
    "bad-text": Colour("#B22B22", "#F28E86"),
    "bad-soft": Colour("#FDEEEC", "#3A2022"),
    "bad-line": Colour("#EDB3AD", "#77393A"),
    "violet": Colour("#6B4FC0", "#9B82E8"),
    "violet-text": Colour("#5C40B2", "#B9A7F2"),
    "violet-soft": Colour("#F4F1FE", "#292440"),
    "violet-line": Colour("#D4C9F5", "#4E437E"),
    "emo-1": Colour("#C8372D", "#E8655B"),
    "emo-2": Colour("#DD7A38", "#E79455"),
    "emo-3": Colour("#868EA0", "#9AA3B5"),
    "emo-4": Colour("#4A9D6C", "#67BA89"),
    "emo-5": Colour("#1E8E5A", "#3FB67E"),
    "band": Colour("#6B7A99", "#8FA0C4"),
    "p-1": Colour("#2C5AD6", "#6E93F7"),
    "p-2": Colour("#B4490F", "#EE8E58"),
    "p-3": Colour("#0F7C70", "#45B8AA"),
    "p-4": Colour("#9A3C8F", "#D585CC"),
    "stage-1": Colour("#2B6BA6", "#265B8D"),
    "stage-1-soft": Colour("#EEF5FE", "#1B242D"),
    "stage-1-text": Colour("#2367A6", "#7FB6EE"),
    "stage-1-deep": Colour("#DAECFF", "#1E2E3F"),
    "stage-2": Colour("#6A59A3", "#5A4C8B"),
    "stage-2-soft": Colour("#F4F3FF", "#23212D"),
    "stage-2-text": Colour("#6756A3", "#B2A6EC"),
    "stage-2-deep": Colour("#E9E6FE", "#2D293E"),
    "stage-3": Colour("#914B7E", "#7B406B"),
    "stage-3-soft": Colour("#FCF1F8", "#2A1F27"),
    "stage-3-text": Colour("#8F467C", "#DB98C7"),
    "stage-3-deep": Colour("#FAE1F2", "#392533"),
    "stage-4": Colour("#9E4D33", "#86412C"),
    "stage-4-soft": Colour("#FFF1ED", "#2C1F1B"),
    "stage-4-text": Colour("#9D482D", "#E89B83"),
    "stage-4-deep": Colour("#FEE3DA", "#3D261F"),
    "stage-5": Colour("#895E01", "#755000"),
    "stage-5-soft": Colour("#FBF3E9", "#292217"),
    "stage-5-text": Colour("#855C04", "#D4A965"),
    "stage-5-deep": Colour("#F6E7D1", "#372A16"),
    "stage-6": Colour("#127B4D", "#136842"),
    "stage-6-soft": Colour("#ECF8F0", "#1A261F"),
    "stage-6-text": Colour("#00784A", "#77C599"),
    "stage-6-deep": Colour("#D8F1E1", "#1B3225"),
}
BLUE_ORANGE = ("#B4490F", "#E08A4C", "#868EA0", "#5C8FD6", "#2558B8")

Paint = Callable[[str], str]
"""How a role becomes a colour in a drawing: a CSS variable on a page, a hex value in a picture."""


def css_paint(role: str) -> str:
    """The role as a CSS variable, which follows the reader's scheme."""
    if role not in COLOURS:
        raise KeyError(role)
    return f"var(--{role})"


def hex_paint(scheme: Scheme) -> Paint:
    """A paint that gives hex values of one scheme."""
    values = {role: colour.on(scheme) for role, colour in COLOURS.items()}
    return values.__getitem__


def stage_role(place: int) -> str:
    """The colour role of the stage at this place, counted from 0; hues repeat after six."""
    return f"stage-{place % STAGE_COLOURS + 1}"


def emotion_role(value: float) -> str:
    """The colour role of an emotion from −2 to +2."""
    return f"emo-{round(max(-2.0, min(2.0, value))) + 3}"


def css_tokens(own: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> str:
    """The colour tokens as CSS rules for both schemes and the blue and orange palette.

    `own`: roles that a company paints in its colours, on paper and at night.
    """

    def rule(selector: str, scheme: Scheme) -> str:
        values = {
            role: own[role][scheme is Scheme.DARK] if role in own else COLOURS[role].on(scheme) for role in COLOURS
        }
        rows = "".join(f"--{role}:{value};" for role, value in values.items())
        return f"{selector}{{color-scheme:{scheme};{rows}}}"

    swapped = "".join(f"--emo-{index}:{value};" for index, value in enumerate(BLUE_ORANGE, 1))
    return "\n".join(
        (
            rule(":root", Scheme.LIGHT),
            rule("[data-theme=dark]", Scheme.DARK),
            f"[data-palette=blue-orange]{{{swapped}}}",
        )
    )


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two #RRGGBB colours (WCAG 2.2, relative luminance)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
