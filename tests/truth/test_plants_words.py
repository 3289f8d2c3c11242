"""The simulated shop's reviews: what people complain of most are the planted problems, also those that only words show."""

from collections import Counter

import numpy as np
import pytest

from tropa.domain.evidence import Rating
from tropa.simulate import data_plants as n
from tropa.simulate.reviews import ReviewWriter, read_bank
from tropa.texts.document import Feedback
from tropa.texts.map_themes import stage_themes
from tropa.texts.mentions import listen
from tropa.texts.templates import stages_to_listen, template
from tropa.texts.voices import stage_voices, touchpoint_pains

PLANTED = {
    "late_price": "delivery_terms",
    "climate": "suitability",
    "dry_roots": "plants_condition",
    "no_track": "tracking",
}
REVIEWS = 1_200


def written(language: str, seed: int) -> tuple[tuple[Feedback, ...], dict[str, str]]:
    """Reviews in the story's shares, and the matter of each."""
    rng = np.random.default_rng(seed)
    writer = ReviewWriter(read_bank("plants", language), rng)
    names, shares = list(n.REVIEW_TOPICS), np.array(list(n.REVIEW_TOPICS.values()))
    feedback, matters = [], {}
    for number in range(REVIEWS):
        matter = names[int(rng.choice(len(names), p=shares / shares.sum()))]
        review = writer.write(matter)
        mark = Rating(value=review.rating, scale=(1, 5))
        feedback.append(Feedback(id=f"f{number}", text=review.text, rating=mark, language=language))
        matters[f"f{number}"] = matter
    return tuple(feedback), matters


@pytest.mark.parametrize(
    ("language", "seed"),
    [
        pytest.param(language, seed, marks=[pytest.mark.full] if seed > 1 else [])
        for language in ("ru", "en")
        for seed in range(1, 6)
    ],
)
def test_the_planted_problems_lead_among_the_pains_that_words_show(language: str, seed: int) -> None:
    feedback, matters = written(language, seed)
    stages = stages_to_listen(template("shop"))
    heard = listen(feedback, stages, industry="shop")
    pains = touchpoint_pains(feedback, heard.everywhere)
    assert {one.touchpoint for one in pains[:5]} >= set(PLANTED.values())
    for matter, touchpoint in PLANTED.items():
        unhappy = Counter(
            matters[one.feedback] for one in heard.everywhere if one.touchpoint == touchpoint and one.negative is True
        )
        assert unhappy.most_common(1)[0][0] == matter
        assert unhappy[matter] >= 0.6 * unhappy.total()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_curve_falls_where_problems_are_planted_and_proves_it_with_quotes(language: str) -> None:
    feedback, _ = written(language, 1)
    stages = stages_to_listen(template("shop"))
    heard = listen(feedback, stages, industry="shop")
    voices = {one.stage: one for one in stage_voices(feedback, heard.everywhere, stages)}
    homes = {heard.homes[touchpoint] for touchpoint in PLANTED.values()}
    assert len(homes) >= 3
    for stage in homes:
        one = voices[stage]
        assert one.value is not None
        assert one.high is not None
        assert one.high < 0
        assert one.negative_quotes
    assert any(one.stage in homes for one in stage_themes(heard))
