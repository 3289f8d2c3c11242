"""Small pieces that several charts share: lines of words at either side, bars, keys of colours."""

from collections.abc import Sequence

from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, TEXT, Block, Plate, Style, Words, flowing, paragraph
from tropa.render.theme import PERSON_COLOURS


def at_right(text: str, right: float, y: float, *, size: float = TEXT, ink: str = "ink", bold: bool = False) -> Words:
    """One line that ends at `right`."""
    return Words(x=right - text_width(text, size, bold=bold), y=y, text=text, size=size, ink=ink, bold=bold)


def centred(text: str, middle: float, y: float, *, size: float = TEXT, ink: str = "ink", bold: bool = False) -> Words:
    """One line around `middle`."""
    return Words(x=middle - text_width(text, size, bold=bold) / 2, y=y, text=text, size=size, ink=ink, bold=bold)


def series_role(number: int) -> str:
    """The colour role of a series, counted from 0; the hues repeat after four."""
    return f"p-{number % PERSON_COLOURS + 1}"


def colour_key(names: Sequence[tuple[str, str]], width: float) -> Block:
    """(Words, colour role) side by side, each with its swatch."""
    return flowing([_swatch(text, role) for text, role in names], width, across=18, down=4)


def _swatch(text: str, role: str) -> Block:
    said = paragraph(text, 320, Style(size=SMALL, ink="ink-2"))
    return Block(
        width=said.width + 16,
        height=said.height,
        parts=(Plate(y=3, width=10, height=10, fill=role, radius=3), said.at(16, 0)),
    )
