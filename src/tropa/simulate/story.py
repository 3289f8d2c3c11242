"""Simulated businesses: what a company could export, with problems planted in it and known."""

from typing import Final

from tropa.domain.text import Language
from tropa.errors import InvalidQueryError, told
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.dealer import dealer
from tropa.simulate.plants import plants
from tropa.simulate.saas import saas
from tropa.simulate.school import SCHOOL
from tropa.simulate.story_business import told_business
from tropa.simulate.story_facts import Delivery, StoryFacts
from tropa.simulate.travel import TRAVEL

_TOLD: Final[dict[str, StoryFacts]] = {one.name: one for one in (SCHOOL, TRAVEL)}
_LIVED: Final = {"saas": saas, "dealer": dealer}
STORIES: Final = ("plants", *_TOLD, *_LIVED)


def simulate(
    story: str, *, language: Language, seed: int, scale: float = 1.0, delivery: Delivery = Delivery.BEFORE
) -> SimulatedBusiness:
    """A delivery of a business of this story; the same seed and scale give the same bytes. `scale` 1 is its full size."""
    if not 0 < scale <= 10:
        raise InvalidQueryError(told("A scale is above 0 and at most 10, got {scale}.", scale=scale))
    if story == "plants":
        return plants(language, seed=seed, scale=scale, delivery=delivery)
    if story in _TOLD:
        return told_business(_TOLD[story], language, seed=seed, scale=scale, delivery=delivery)
    if story in _LIVED:
        return _LIVED[story](language, seed=seed, scale=scale, delivery=delivery)
    raise InvalidQueryError(
        told("There is no story “{story}”.", story=story), told("Stories: {names}.", names=list(STORIES))
    )
