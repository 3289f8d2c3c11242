"""The plants story: a shop of seeds and saplings by post, before its cure."""

from collections.abc import Callable

import numpy as np

from tropa.domain.text import Language
from tropa.simulate import data_plants as n
from tropa.simulate import data_plants_en, data_plants_ru
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.data_plants import What
from tropa.simulate.eventtable import client_numbers, together
from tropa.simulate.plants_files import changes_file, events_file, orders_file
from tropa.simulate.plants_orders import draw_choices, draw_orders, waiting_events
from tropa.simulate.plants_people import People, draw_people, draw_people_after
from tropa.simulate.plants_reviews import draw_reviews, occasions, reviews_file
from tropa.simulate.plants_site import bots, reminders, site_events
from tropa.simulate.plants_truth import plants_truth
from tropa.simulate.plants_visits import all_visits
from tropa.simulate.plants_words import PlantsWords
from tropa.simulate.reviews import read_bank
from tropa.simulate.story_facts import Delivery
from tropa.simulate.telling import interviews


def words_in(language: Language) -> PlantsWords:
    """The telling of the story in this language."""
    match language:
        case Language.RU:
            return data_plants_ru.WORDS
        case Language.EN:
            return data_plants_en.WORDS


def plants(language: Language, *, seed: int, scale: float, delivery: Delivery) -> SimulatedBusiness:
    """One delivery of the business at this scale of its full size; each part has its own stream of chance."""
    words = words_in(language)
    after = delivery is Delivery.AFTER
    stream = _streams(seed, delivery)
    people = _people(stream(1), scale, after=after)
    visits = all_visits(stream(2), people)
    choices = draw_choices(stream(3), len(visits))
    site = site_events(stream(4), people, visits, choices).in_time()
    orders = draw_orders(stream(5), people, site.chosen(site.code == What.PAYMENT), prices=words.prices)
    events = together(
        (
            site,
            waiting_events(stream(6), people, orders),
            reminders(stream(7), people, visits),
            bots(stream(8), people),
        )
    ).in_time()
    clients = _clients(seed, scale, after=after)
    files = {
        "events.csv.gz": events_file(words, people, clients, events),
        words.orders.file: orders_file(words, people.calendar, clients, orders),
        words.changes_file: changes_file(words, words.changes_after if after else words.changes),
    }
    count = round((n.AFTER_REVIEWS if after else n.REVIEWS) * scale)
    bank = read_bank("plants", language.value)
    reviews = draw_reviews(stream(10), people.calendar, bank, occasions(people, visits, orders), count)
    files[words.reviews.file] = reviews_file(stream(11), people.calendar, words, clients, reviews)
    if not after:
        files |= interviews("plants", language)
    return SimulatedBusiness(files=files, truth=plants_truth(words, seed=seed, delivery=delivery).as_json())


def _streams(seed: int, delivery: Delivery) -> Callable[[int], np.random.Generator]:
    after = () if delivery is Delivery.BEFORE else (1,)
    return lambda number: np.random.default_rng((seed, number, *after))


def _people(rng: np.random.Generator, scale: float, *, after: bool) -> People:
    return draw_people_after(rng, round(n.AFTER_PEOPLE * scale)) if after else draw_people(rng, round(n.PEOPLE * scale))


def _clients(seed: int, scale: float, *, after: bool) -> list[str]:
    """The numbers of customers; those of the second delivery are others."""
    before = round(n.PEOPLE * scale) + n.BOTS
    if not after:
        return client_numbers(np.random.default_rng((seed, 9)), before)
    known = set(client_numbers(np.random.default_rng((seed, 9)), before))
    drawn = client_numbers(np.random.default_rng((seed, 9, 1)), round(n.AFTER_PEOPLE * scale) + n.BOTS + before)
    return [one for one in drawn if one not in known]
