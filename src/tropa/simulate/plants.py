"""The plants story: a shop of seeds and saplings by post, before its cure."""

from importlib import resources

import numpy as np

from tropa.domain.text import Language
from tropa.simulate import data_plants as n
from tropa.simulate import data_plants_en, data_plants_ru
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.data_plants import What
from tropa.simulate.eventtable import client_numbers, together
from tropa.simulate.plants_files import changes_file, events_file, orders_file
from tropa.simulate.plants_orders import draw_choices, draw_orders, waiting_events
from tropa.simulate.plants_people import draw_people
from tropa.simulate.plants_reviews import draw_reviews, occasions, reviews_file
from tropa.simulate.plants_site import bots, reminders, site_events
from tropa.simulate.plants_truth import plants_truth
from tropa.simulate.plants_visits import all_visits
from tropa.simulate.plants_words import PlantsWords
from tropa.simulate.reviews import read_bank


def words_in(language: Language) -> PlantsWords:
    """The telling of the story in this language."""
    match language:
        case Language.RU:
            return data_plants_ru.WORDS
        case Language.EN:
            return data_plants_en.WORDS


def interviews(language: Language) -> dict[str, bytes]:
    """Six talks with customers, as they were written down."""
    folder = resources.files("tropa.simulate").joinpath("data", "plants", language.value)
    names = [f"interview_{number}.txt" for number in range(1, n.INTERVIEWS + 1)]
    return {name: folder.joinpath(name).read_bytes() for name in names}


def plants(language: Language, *, seed: int, scale: float) -> SimulatedBusiness:
    """The whole business at `scale` × 28,000 people; each part has its own stream of chance."""
    words = words_in(language)
    people = draw_people(np.random.default_rng((seed, 1)), round(n.PEOPLE * scale))
    visits = all_visits(np.random.default_rng((seed, 2)), people)
    choices = draw_choices(np.random.default_rng((seed, 3)), len(visits))
    site = site_events(np.random.default_rng((seed, 4)), people, visits, choices).in_time()
    payments = site.chosen(site.code == What.PAYMENT)
    orders = draw_orders(np.random.default_rng((seed, 5)), people, payments, prices=words.prices)
    events = together(
        (
            site,
            waiting_events(np.random.default_rng((seed, 6)), people, orders),
            reminders(np.random.default_rng((seed, 7)), visits),
            bots(np.random.default_rng((seed, 8)), len(people)),
        )
    ).in_time()
    clients = client_numbers(np.random.default_rng((seed, 9)), len(people) + n.BOTS)
    files = {
        "events.csv.gz": events_file(words, people, clients, events),
        words.orders.file: orders_file(words, clients, orders),
        words.changes_file: changes_file(words),
    }
    reviews = draw_reviews(
        np.random.default_rng((seed, 10)),
        read_bank("plants", language.value),
        occasions(people, visits, orders),
        round(n.REVIEWS * scale),
    )
    files[words.reviews.file] = reviews_file(np.random.default_rng((seed, 11)), words, clients, reviews)
    files |= interviews(language)
    return SimulatedBusiness(files=files, truth=plants_truth(words, seed=seed).as_json())
