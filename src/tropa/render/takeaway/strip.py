"""The journey in one small picture: stages, how many come through, and how it feels."""

from dataclasses import dataclass, replace
from functools import cached_property

from tropa.domain.journeymap import JourneyMap, LaneKind
from tropa.domain.text import Language
from tropa.render.picture.heads import stage_band
from tropa.render.picture.lanes import emotion_block, flow_block
from tropa.render.picture.pieces import Block, Plate, column
from tropa.render.sheet import Sheet

_WIDTH = 700
_NARROWEST = 84


@dataclass(frozen=True)
class StripSheet(Sheet):
    """A map read by stages, as wide as a page of text."""

    @cached_property
    def column_width(self) -> int:
        """The width of a stage: all of them side by side where they can be read so."""
        return max(_NARROWEST, _WIDTH // max(1, len(self.columns)))


def strip(journey: JourneyMap, language: Language) -> Block | None:
    """The picture; None where the map has no stages."""
    sheet = StripSheet(_plain(journey), 0, by_stage=True)
    if not sheet.stages:
        return None
    feels = any(card.value is not None for card in journey.cards_of(LaneKind.EMOTION))
    rows = [stage_band(sheet, language), flow_block(sheet, language), emotion_block(sheet, language) if feels else None]
    inner = column([row for row in rows if row is not None])
    wide = float(sheet.width)
    ground = Plate(width=wide, height=inner.height, fill="surface")
    return Block(width=wide, height=inner.height, parts=(ground, inner))


def _plain(journey: JourneyMap) -> JourneyMap:
    """The map without times and returns, for which a small picture has no room."""
    stages = tuple(replace(stage, loops=(), median_seconds_to_next=None) for stage in journey.stages)
    return replace(journey, stages=stages, links=())
