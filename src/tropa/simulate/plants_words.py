"""What a telling of the plants story has to name: a shop in one country and language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from tropa.domain.text import Language
from tropa.simulate.data_plants import What


class Head(IntEnum):
    """Places of the columns in the head of the site's log."""

    CLIENT = 0
    EVENT = 1
    TIME = 2
    CHANNEL = 3
    DEVICE = 4
    REGION = 5
    GOODS = 6
    ACCOUNT = 7
    EXPERIENCE = 8
    CARRIER = 9
    METHOD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBook:
    """How this shop's system exports its orders."""

    file: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]  # number, client, created, dispatched, delivered, amount, goods, carrier, status
    day: str
    moment: str
    decimal: str
    thousands: str
    number: str
    delivered: str
    under_way: str
    in_work: str
    cancelled: str
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBook:
    """How reviews were collected into one table."""

    file: str
    header: tuple[str, ...]  # text, rating, date, source, client
    day: str
    encoding: str
    sources: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """One line of the company's own diary."""

    on: date
    area: str
    text: str
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How the truth names a planted problem or a decoy: the stage, and the problem in a sentence."""

    stage: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Halves:
    """How the second delivery names the random half: the column, and its two values."""

    head: str
    cured: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantsWords:
    """One telling of the story: names of events, properties and their values, files, and the company's diary."""

    language: Language
    events: Mapping[What, str]
    header: tuple[str, ...]  # in the order of Head
    channels: tuple[str, ...]
    devices: tuple[str, ...]
    regions: tuple[str, ...]
    goods: tuple[str, ...]
    accounts: tuple[str, ...]
    experience: tuple[str, ...]
    carriers: tuple[str, ...]
    methods: tuple[str, ...]
    prices: tuple[int, int]  # median amounts for seeds and saplings, minor units
    orders: OrderBook
    order_codes: Mapping[str, tuple[str, ...]]  # what dates of the order book may be called as events
    reviews: ReviewBook
    changes_file: str
    changes_header: tuple[str, ...]
    changes: tuple[DatedChange, ...]
    changes_after: tuple[DatedChange, ...]
    assigned: Halves
    said: Mapping[str, Said]
