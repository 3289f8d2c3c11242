import csv
import gzip
import io
import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from tropa.domain.text import Language
from tropa.simulate.business import SimulatedBusiness
from tropa.simulate.plants import words_in
from tropa.simulate.plants_words import PlantsWords
from tropa.simulate.story import simulate


@dataclass(slots=True)
class Visit:
    """One visit as read back from the log."""

    person: str
    at: str
    channel: str
    device: str
    region: str
    account: str
    counts: Counter = field(default_factory=Counter)


@dataclass(slots=True)
class Shop:
    """The files of a simulated shop, read back by the plainest means."""

    business: SimulatedBusiness
    words: PlantsWords
    rows: list
    visits: list[Visit]
    orders: list[dict]
    reviews: list[list[str]]
    truth: dict

    def event(self, what) -> str:
        return self.words.events[what]

    def moment(self, order: dict, place: int) -> datetime | None:
        book = self.words.orders
        cell = order[book.header[place]]
        pattern = book.day if place == 4 else book.moment
        return datetime.strptime(cell, pattern) if cell else None

    def placed(self) -> list[dict]:
        book = self.words.orders
        return [order for order in self.orders if order[book.header[8]] != book.cancelled]


def read_shop(language: Language, seed: int) -> Shop:
    business = simulate("plants", language=language, seed=seed)
    words = words_in(language)
    log = gzip.decompress(business.files["events.csv.gz"]).decode()
    rows = list(csv.reader(io.StringIO(log)))
    book = words.orders
    orders = csv.DictReader(io.StringIO(business.files[book.file].decode(book.encoding)), delimiter=book.delimiter)
    reviews = csv.reader(
        io.StringIO(business.files[words.reviews.file].decode(words.reviews.encoding)), delimiter=book.delimiter
    )
    return Shop(
        business=business,
        words=words,
        rows=rows[1:],
        visits=_visits(rows[1:], words),
        orders=list(orders),
        reviews=list(reviews)[1:],
        truth=json.loads(business.truth),
    )


def _visits(rows, words) -> list[Visit]:
    opening = next(iter(words.events.values()))
    current: dict[str, Visit] = {}
    visits = []
    for person, event, at, channel, device, region, _, account, *_ in rows:
        if event == opening:
            current[person] = Visit(person, at, channel, device, region, account)
            visits.append(current[person])
        elif channel and person in current:
            current[person].counts[event] += 1
    return visits


SHOPS = [
    pytest.param((Language.RU, 1), id="ru-1"),
    pytest.param((Language.EN, 2), id="en-2", marks=pytest.mark.full),
    pytest.param((Language.RU, 11), id="ru-11", marks=pytest.mark.full),
    pytest.param((Language.EN, 20), id="en-20", marks=pytest.mark.full),
]


@pytest.fixture(scope="session", params=SHOPS)
def shop(request) -> Shop:
    language, seed = request.param
    return read_shop(language, seed)
