"""The dealer story: buyers of cars, of whom fifteen in a hundred come back for the first service."""

from collections.abc import Sequence

import numpy as np

from tropa.domain.text import Language
from tropa.simulate import data_dealer as n
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.chance import Chance
from tropa.simulate.dealer_files import dealer_files
from tropa.simulate.dealer_path import History, live
from tropa.simulate.dealer_people import Buyer, draw_buyers
from tropa.simulate.dealer_truth import dealer_truth
from tropa.simulate.diary import delivered, second_of
from tropa.simulate.diary_voices import Befallen, draw_reviews, reviews_of
from tropa.simulate.eventtable import client_numbers
from tropa.simulate.reviews import read_bank
from tropa.simulate.story_exports import diary_file
from tropa.simulate.story_facts import AFTER_FIRST, Delivery
from tropa.simulate.telling import interviews, read_telling

STORY = "dealer"


def dealer(language: Language, *, seed: int, scale: float, delivery: Delivery) -> SimulatedBusiness:
    """One delivery; both come from the same lives, each part of which has its own stream of chance."""
    telling = read_telling(STORY, language)
    buyers = draw_buyers(np.random.default_rng((seed, 1)), scale)
    history = live(Chance(np.random.default_rng((seed, 2))), buyers, price=telling.prices["service"])
    ids = client_numbers(np.random.default_rng((seed, 3)), len(buyers))
    files = dealer_files(telling, ids, buyers, history, delivery)
    after = delivery is Delivery.AFTER
    said = draw_reviews(
        np.random.default_rng((seed, 4, after)),
        read_bank(STORY, language.value),
        _befallen(buyers, history, delivery),
        n.SPOKEN,
        round((n.REVIEWS_AFTER if after else n.REVIEWS) * scale),
        delivery=delivery,
    )
    files[telling.tables["reviews"].file] = reviews_of(np.random.default_rng((seed, 5, after)), telling, said, ids)
    diary = [one for one in telling.changes if (one.on >= AFTER_FIRST) is after]
    files[telling.tables["changes"].file] = diary_file(telling, diary)
    if not after:
        files |= interviews(STORY, language)
    return SimulatedBusiness(files=files, truth=dealer_truth(telling, seed=seed, delivery=delivery))


def _befallen(buyers: Sequence[Buyer], history: History, delivery: Delivery) -> Befallen:
    visits = [one for one in history.visits if delivered(one.came, delivery)]
    unasked = [one for one in buyers if not one.invited and not one.returns and delivered(one.due, delivery)]
    late = second_of(n.UNANSWERED_SINCE)
    answered = {(one.who, one.at // 3600) for one in history.entries if one.step == "answered"}
    calls = [one for one in history.entries if one.step == "dialled" and delivered(one.at, delivery)]
    deaf = [one for one in calls if one.at >= late and one.about["hours"] == "9_10"]
    return {
        "P1": [(one.number, one.due) for one in unasked],
        "P2": [(one.who, one.came) for one in visits if one.slot in n.CROWDED],
        "P3": [(one.who, one.at) for one in deaf if (one.who, one.at // 3600) not in answered],
        "P4": [(one.who, one.returned) for one in visits if one.over],
        "P5": [(one.who, one.came) for one in visits if one.nth == 1],
        "": [
            *((one.who, one.handed) for one in history.sales if delivered(one.handed, delivery)),
            *((one.who, one.returned) for one in visits),
        ],
    }
