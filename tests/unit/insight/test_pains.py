"""Pains in small piles of reviews made by hand."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tropa.assembly.questions import Said, ask_again
from tropa.domain.evidence import Measurement, Quotes, Rating
from tropa.domain.finding import FindingKind
from tropa.domain.journeymap import Match
from tropa.domain.project import ChangeSpec, Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import log_from_rows
from tropa.events.staged import stage_events
from tropa.insight.findings import find
from tropa.texts.document import Feedback
from tropa.texts.mentions import find_mentions

FIRST = datetime(2025, 3, 3, tzinfo=UTC)
PROJECT = Project(project="shop")


def _touchpoint(key: str, *words: str) -> TouchpointSpec:
    return TouchpointSpec(key=key, name=Text(ru=key, en=key), match=Match(event=(key,)), words=words)


STAGES = (
    StageSpec(key="buy", name=Text(ru="Покупка", en="Buying"), touchpoints=(_touchpoint("till", "till", "cashier"),)),
    StageSpec(key="get", name=Text(ru="Получение", en="Getting"), touchpoints=(_touchpoint("van", "van", "driver"),)),
)
LOG = log_from_rows([(f"p{n}", event, n * 60_000) for n in range(40) for event in ("till", "van")])
STAGED = stage_events(LOG, STAGES)


def _review(number: int, day: int, words: str, mark: int) -> Feedback:
    return Feedback(
        id=f"r{number}",
        text=f"{words}, order {number}",
        person=f"p{number}",
        rating=Rating(value=mark, scale=(1, 5)),
        written_at=FIRST + timedelta(days=day, hours=9),
    )


def _reviews(*, unhappy_with_van, days: int = 120, a_day: int = 4) -> tuple[Feedback, ...]:
    """Each day people praise the till and the van, some scold; `unhappy_with_van(day)` is the share that scolds it."""
    rng = np.random.default_rng(4)
    found = []
    for number in range(days * a_day):
        day = number // a_day
        if rng.random() < 0.5:
            bad = rng.random() < 0.1
            found.append(
                _review(number, day, "The cashier was rude" if bad else "The cashier was kind", 1 if bad else 5)
            )
        else:
            bad = rng.random() < unhappy_with_van(day)
            found.append(_review(number, day, "The driver was late" if bad else "The driver was kind", 1 if bad else 5))
    return tuple(found)


def _pains(reviews, project=PROJECT):
    return find(STAGED, project, reviews, find_mentions(reviews, STAGES))


def test_what_is_scolded_more_than_the_rest_is_a_pain_with_its_voices_and_words():
    (pain,) = _pains(_reviews(unhappy_with_van=lambda _: 0.5))
    assert (pain.kind, pain.stage, pain.touchpoint, pain.since) == (FindingKind.PAIN, "get", "van", None)
    assert pain.value == pytest.approx(0.5, abs=0.1)
    assert pain.baseline == pytest.approx(0.1, abs=0.06)
    figure, quotes = pain.evidence
    assert isinstance(quotes, Quotes)
    assert quotes.voices == figure.count
    assert all("late" in one.text for one in quotes.examples)
    assert pain.text.en.startswith("Of those who write of “van”")


def test_a_pain_that_began_on_a_day_has_its_date_its_earlier_share_and_the_company_s_change():
    near = ChangeSpec(date=(FIRST + timedelta(days=59)).date(), name=Text(ru="Новая доставка", en="New carrier"))
    reviews = _reviews(unhappy_with_van=lambda day: 0.8 if day >= 60 else 0.05, a_day=8)
    (pain,) = _pains(reviews, Project(project="shop", changes=(near,)))
    assert pain.since is not None
    assert abs((pain.since - (FIRST + timedelta(days=60)).date()).days) <= 3
    assert pain.value > 5 * pain.baseline
    assert pain.near_change == near.name
    assert pain.persons_affected == round((pain.value - pain.baseline) * pain.of)


def test_equal_grumbling_is_no_pain_and_few_voices_are_none():
    assert _pains(_reviews(unhappy_with_van=lambda _: 0.1)) == ()
    assert _pains(_reviews(unhappy_with_van=lambda _: 0.9)[:20]) == ()


@pytest.mark.parametrize("share", [lambda _: 0.5, lambda day: 0.8 if day >= 60 else 0.05])
def test_a_pain_asked_again_of_the_same_words_is_the_same(share):
    reviews = _reviews(unhappy_with_van=share, a_day=8)
    (pain,) = _pains(reviews)
    figure = pain.evidence[0]
    assert isinstance(figure, Measurement)
    assert ask_again(LOG, figure, said=Said(reviews, STAGES)) == figure
    assert ask_again(LOG, figure) is None
