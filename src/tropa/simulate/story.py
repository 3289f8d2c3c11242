"""Simulated businesses: what a company could export, with problems planted in it and known."""

from typing import Final

from tropa.domain.text import Language
from tropa.errors import InvalidQueryError, told
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.plants import plants

STORIES: Final = ("plants",)


def simulate(story: str, *, language: Language, seed: int, scale: float = 1.0) -> SimulatedBusiness:
    """A business of this story; the same seed and scale give the same bytes. `scale` 1 is its full size."""
    if not 0 < scale <= 10:
        raise InvalidQueryError(told("A scale is above 0 and at most 10, got {scale}.", scale=scale))
    match story:
        case "plants":
            return plants(language, seed=seed, scale=scale)
        case _:
            raise InvalidQueryError(
                told("There is no story “{story}”.", story=story), told("Stories: {names}.", names=list(STORIES))
            )
