"""The SaaS story: a CRM for sales teams, whose deals fall through after the tariffs are compared."""

import numpy as np

from tropa.domain.text import Language
from tropa.simulate import data_saas as n
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.chance import Chance
from tropa.simulate.diary import SPLIT, delivered
from tropa.simulate.diary_voices import Befallen, draw_reviews, reviews_of, survey_of
from tropa.simulate.reviews import read_bank
from tropa.simulate.saas_deals import draw_deals
from tropa.simulate.saas_files import contact_id, saas_files
from tropa.simulate.saas_path import Chronicle, run_deals
from tropa.simulate.saas_truth import saas_truth
from tropa.simulate.story_exports import diary_file
from tropa.simulate.story_facts import AFTER_FIRST, Delivery
from tropa.simulate.telling import interviews, read_telling, told_besides

STORY = "saas"


def saas(language: Language, *, seed: int, scale: float, delivery: Delivery) -> SimulatedBusiness:
    """One delivery; both come from the same deals, each part of which has its own stream of chance."""
    telling, besides = read_telling(STORY, language), told_besides(STORY, language)
    deals = draw_deals(np.random.default_rng((seed, 1)), scale)
    told = run_deals(Chance(np.random.default_rng((seed, 2))), deals)
    after = delivery is Delivery.AFTER
    files = saas_files(telling, besides, told, delivery, np.random.default_rng((seed, 3, after)))
    bank, befallen = read_bank(STORY, language.value), _befallen(told, delivery)
    said = draw_reviews(
        np.random.default_rng((seed, 4, after)),
        bank,
        befallen,
        n.SPOKEN,
        round((n.REVIEWS_AFTER if after else n.REVIEWS) * scale),
        delivery=delivery,
    )
    ids = [contact_id(who) for who in range(len(told.deal_of))]
    files[telling.tables["reviews"].file] = reviews_of(np.random.default_rng((seed, 5, after)), telling, said, ids)
    files[telling.tables["survey"].file] = survey_of(
        np.random.default_rng((seed, 6, after)), telling, bank, befallen["used"], ids, count=round(n.SURVEYED * scale)
    )
    diary = [one for one in telling.changes if (one.on >= AFTER_FIRST) is after]
    files[telling.tables["changes"].file] = diary_file(telling, diary)
    if not after:
        files |= interviews(STORY, language)
    return SimulatedBusiness(files=files, truth=saas_truth(telling, seed=seed, delivery=delivery))


def _befallen(told: Chronicle, delivery: Delivery) -> Befallen:
    courses = [one for one in told.courses if (one.deal.begun < SPLIT) is (delivery is Delivery.BEFORE)]
    trying = [one for one in courses if "answered" in one.dates and delivered(one.dates["answered"], delivery)]
    own = [one for one in trying if one.deal.traits["contract"] == "own" and "invoice" in one.dates]
    ledger = [one for one in trying if one.deal.traits["ledger"] == "ours" and "paid" in one.dates]
    left = [one for one in courses if one.deal.confused and not one.deal.goes_on]
    stuck = [one for one in trying if not one.deal.met and "security" in one.dates]
    used = [one for one in trying if "paid" in one.dates]
    return {
        "P1": [(one.deal.first_contact, one.dates["created"]) for one in left],
        "P2": [(one.deal.first_contact, one.dates["answered"]) for one in trying if one.deal.late],
        "P3": [(one.deal.first_contact, one.dates["security"]) for one in stuck],
        "P4": [(one.deal.first_contact, one.dates["invoice"]) for one in own],
        "P5": [(one.deal.first_contact, one.dates["paid"]) for one in ledger],
        "used": [(one.deal.first_contact, one.dates["paid"]) for one in used],
        "": [(one.deal.first_contact, one.dates["answered"]) for one in trying],
    }
