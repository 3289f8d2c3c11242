"""How wide words are in Golos Text, and how they break into lines."""

from collections.abc import Sequence
from functools import lru_cache

from tropa.render.data_advances import ADVANCES
from tropa.render.hyphens import SHY, hyphenated

_UNKNOWN = (620, 640)
_REGULAR = {chr(code): widths[0] for code, widths in ADVANCES.items()}
_SEMIBOLD = {chr(code): widths[1] for code, widths in ADVANCES.items()}
NBSP = "\u00a0"


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """The width of one line in the unit of `size`, without kerning."""
    known = _SEMIBOLD if bold else _REGULAR
    try:
        return sum(map(known.__getitem__, words)) * size / 1000
    except KeyError:
        return sum(known.get(sign, _UNKNOWN[bold]) for sign in words) * size / 1000


def has_glyphs(words: str) -> bool:
    """Whether Golos Text has a shape for every sign."""
    return _REGULAR.keys() >= set(words) - {"\n"}


def lines_of(words: str, width: float, *, size: float, bold: bool = False, most: int | None = None) -> tuple[str, ...]:
    """The words in lines no wider than `width`, broken at U+0020 only, or inside a word that is wider than a line.

    More than `most` lines end with an ellipsis.
    """
    return tuple(line for line, _ in measured_lines(words, width, size=size, bold=bold, most=most))


@lru_cache(maxsize=4_096)
def measured_lines(
    words: str, width: float, *, size: float, bold: bool = False, most: int | None = None
) -> tuple[tuple[str, float], ...]:
    """The lines of `lines_of`, each with its own width."""
    made: list[tuple[str, float]] = []
    gap = text_width(" ", size, bold=bold)
    for word in words.split(" "):
        wide = text_width(word, size, bold=bold)
        if made and made[-1][1] + gap + wide <= width:
            line, taken = made[-1]
            made[-1] = f"{line} {word}", taken + gap + wide
        elif wide <= width:
            made.append((word, wide))
        else:
            pieces = _broken(word, width, size=size, bold=bold)
            made += [(piece, text_width(piece, size, bold=bold)) for piece in pieces]
    if most is None or len(made) <= most:
        return tuple(made)
    last = _shortened(made[most - 1][0], width, size=size, bold=bold)
    return (*made[: most - 1], (last, text_width(last, size, bold=bold)))


def _broken(word: str, width: float, *, size: float, bold: bool) -> list[str]:
    """A word that is wider than a line: at no-break spaces first, then by syllables, then anywhere."""
    made: list[str] = []
    for piece in _breakable(word):
        joined = f"{made[-1].removesuffix('-')}{piece}" if made else piece
        if made and text_width(joined.removesuffix(NBSP), size, bold=bold) <= width:
            made[-1] = joined
        else:
            made += _cut(piece, width, size=size, bold=bold)
    return [piece.removesuffix(NBSP) for piece in made]


def _breakable(word: str) -> list[str]:
    parts = [f"{part}{NBSP}" for part in word.split(NBSP)]
    parts[-1] = parts[-1].removesuffix(NBSP)
    return [
        f"{syllable}-" if at < last and syllable[-1:].isalpha() else syllable
        for part in parts
        for syllables in [hyphenated(part, 0).split(SHY)]
        for last in [len(syllables) - 1]
        for at, syllable in enumerate(syllables)
    ]


def _cut(word: str, width: float, *, size: float, bold: bool) -> Sequence[str]:
    if text_width(word, size, bold=bold) <= width or len(word) < 4:
        return [word]
    hyphen = text_width("-", size, bold=bold)
    pieces, rest = [], word
    while text_width(rest, size, bold=bold) > width and len(rest) > 3:
        cut = 2
        while cut < len(rest) - 2 and text_width(rest[: cut + 1], size, bold=bold) + hyphen <= width:
            cut += 1
        pieces.append(rest[:cut] + "-")
        rest = rest[cut:]
    return [*pieces, rest]


def _shortened(line: str, width: float, *, size: float, bold: bool) -> str:
    kept = line.rstrip(" ,.;:-—")
    while " " in kept and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept.rsplit(" ", 1)[0].rstrip(" ,.;:-—")
    while len(kept) > 1 and text_width(f"{kept}…", size, bold=bold) > width:
        kept = kept[:-1]
    return f"{kept}…"
