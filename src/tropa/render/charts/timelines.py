"""People's ways as lists of moments: how long since the start, at which stage, what was done."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, column, paragraph

_TIME, _DOT, _STAGES = 92.0, 10.0, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What happened, how long after the start, and the number of its stage (None: at none)."""

    since: Text
    what: Text
    stage: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """One story: its head, and its moments in order."""

    head: Text
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Timelines:
    """Stories side by side where there is room, else one under another."""

    stories: tuple[Timeline, ...]

    def block(self, width: float, language: Language) -> Block:
        """A column a story."""
        across = min(len(self.stories), 3) if width >= 760 else 1
        each = (width - 24 * (across - 1)) / max(across, 1)
        blocks = [_story(one, each, language) for one in self.stories]
        if across <= 1:
            return column(blocks, gap=22)
        placed = tuple(block.at(number * (each + 24), 0) for number, block in enumerate(blocks))
        return Block(width=width, height=max((one.height for one in blocks), default=0.0), parts=placed)


def _story(story: Timeline, width: float, language: Language) -> Block:
    head = paragraph(story.head.said_in(language), width, Style(size=13, bold=True))
    return column([head, column([_moment(one, width, language) for one in story.moments], gap=5)], gap=10)


def _moment(moment: Moment, width: float, language: Language) -> Block:
    since = paragraph(moment.since.said_in(language), _TIME - 12, Style(size=SMALL, ink="ink-3"))
    what = paragraph(moment.what.said_in(language), width - _TIME - 20, Style(size=12))
    fill = "ink-4" if moment.stage is None else f"stage-{moment.stage % _STAGES + 1}"
    dot = Plate(x=_TIME, y=3, width=_DOT, height=_DOT, radius=_DOT / 2, fill=fill)
    parts = (since.at(0, 1), dot, what.at(_TIME + 18, 0))
    return Block(width=width, height=max(since.height + 1, what.height), parts=parts)
