"""The truth of a story in the words of one telling: what is planted, what only looks like it, what the cure does."""

from collections.abc import Mapping

from tropa.simulate.business import Cured, Decoy, Happening, Planted, Truth
from tropa.simulate.story_exports import Told
from tropa.simulate.story_facts import ASSIGNED, CURED, USUAL, Cure, Delivery, Problem
from tropa.simulate.telling import Telling


def story_truth(told: Told, *, seed: int, delivery: Delivery) -> bytes:
    """The truth as a JSON document."""
    facts, telling = told.facts, told.telling
    after = delivery is Delivery.AFTER
    truth = Truth(
        story=facts.name,
        language=telling.language,
        seed=seed,
        same_property={},
        planted=tuple(_planted(telling, one) for one in facts.problems),
        decoys=tuple(
            Decoy(
                code=one.code,
                first=one.first,
                last=one.last,
                segment=_words(telling, one.group),
                words=telling.said[one.code][1],
            )
            for one in facts.decoys
            if not after
        ),
        cures=tuple(_cured(telling, one) for one in facts.cures if after),
    )
    return truth.as_json()


def _planted(telling: Telling, one: Problem) -> Planted:
    stage, words = telling.said[one.code]
    return Planted(
        code=one.code,
        kind=one.kinds,
        stage=stage,
        at=Happening(event=telling.names_of_all(*one.leaving), to_event=telling.names_of_all(*one.reaching)),
        segment=_words(telling, one.group),
        since=one.since,
        until=one.until,
        unit=one.unit,
        usual=one.usual,
        harmed=one.harmed,
        words=words,
    )


def _cured(telling: Telling, one: Cure) -> Cured:
    return Cured(
        code=one.code,
        property=telling.heads[ASSIGNED],
        cured=telling.values[ASSIGNED][CURED],
        usual=telling.values[ASSIGNED][USUAL],
        of=telling.names_of(one.of),
        to=telling.names_of(one.to),
        times=one.times,
        gain=one.gain,
        words=telling.said[one.code][1],
    )


def _words(telling: Telling, group: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        telling.heads[name]: tuple(telling.values[name][value] for value in values) for name, values in group.items()
    }
