"""The plants story as files: what this shop's site, order system and diary would export."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tropa.simulate.calendar import Calendar
from tropa.simulate.data_plants import Trait, What
from tropa.simulate.eventtable import Column, Events, csv_lines, gzipped, words_of
from tropa.simulate.plants_orders import NEVER, Orders
from tropa.simulate.plants_people import People
from tropa.simulate.plants_words import DatedChange, OrderBook, PlantsWords

SENT_BY_SHOP = (What.TRACK_SMS, What.CARE_LETTER, What.CART_LETTER)


def events_file(words: PlantsWords, people: People, clients: Sequence[str], events: Events) -> bytes:
    """The site's log: a row per event, by time, under gzip."""
    known = np.where(events.person < len(people), events.person, -1)
    shop = np.isin(events.code, SENT_BY_SHOP)
    codes = [words.events[what] for what in What]
    columns: tuple[list[str], ...] = (
        words_of(clients, events.person),
        words_of(codes, events.code),
        _iso(people.calendar.moments(events.at)),
        words_of(words.channels, events.traits[Trait.CHANNEL]),
        words_of(words.devices, np.where(shop, -1, _of(people.device, known))),
        words_of(words.regions, _of(people.region, known)),
        words_of(words.goods, events.traits[Trait.GOODS]),
        words_of(words.accounts, _of(people.account, known)),
        words_of(words.experience, _of(people.novice, known)),
        words_of(words.carriers, events.traits[Trait.CARRIER]),
        words_of(words.methods, events.traits[Trait.METHOD]),
    )
    header = words.header
    if people.cured is not None:
        header = (*header, words.assigned.head)
        halves = (words.assigned.usual, words.assigned.cured)
        columns = (*columns, words_of(halves, _of(people.cured.astype(np.int64), known)))
    return gzipped(csv_lines(header, columns))


def _of(values: Column, person: Column) -> Column:
    """Each person's value; −1 where nobody is known."""
    return np.where(person >= 0, values[person], -1)


def _iso(moments: NDArray[np.datetime64]) -> list[str]:
    text: list[str] = np.char.replace(np.datetime_as_string(moments, unit="s"), "T", " ").tolist()
    return text


def orders_file(words: PlantsWords, calendar: Calendar, clients: Sequence[str], orders: Orders) -> bytes:
    """The order system's table: a row per order, with its dates as that system writes them."""
    book = words.orders
    columns = (
        [book.number.format(number) for number in range(10_001, 10_001 + len(orders))],
        words_of(clients, orders.person),
        _dates(calendar, orders.created, book.moment),
        _dates(calendar, orders.dispatched, book.moment),
        _dates(calendar, orders.delivered, book.day),
        [_money(amount, book) for amount in orders.amount.tolist()],
        words_of(words.goods, orders.goods),
        words_of(words.carriers, orders.carrier),
        _statuses(orders, book),
    )
    return csv_lines(book.header, columns, delimiter=book.delimiter).encode(book.encoding)


def _dates(calendar: Calendar, at: Column, pattern: str) -> list[str]:
    moments = calendar.moments(at).astype("datetime64[s]").tolist()
    return ["" if seconds == NEVER else moment.strftime(pattern) for seconds, moment in zip(at, moments, strict=True)]


def _money(minor: int, book: OrderBook) -> str:
    """Minor units as this country writes amounts."""
    whole, rest = divmod(minor, 100)
    return f"{whole:,}".replace(",", book.thousands) + f"{book.decimal}{rest:02d}"


def _statuses(orders: Orders, book: OrderBook) -> list[str]:
    names = (book.in_work, book.under_way, book.delivered, book.returned, book.cancelled)
    reached = (orders.dispatched != NEVER).astype(np.int64) + (orders.delivered != NEVER)
    status = np.where(orders.cancelled, 4, np.where(orders.returned & (reached == 2), 3, reached))
    return words_of(names, status)


def changes_file(words: PlantsWords, changes: Sequence[DatedChange]) -> bytes:
    """The company's diary: its own dated changes, without their effects."""
    rows = [(change.on.strftime(words.reviews.day), change.text, change.area, change.whom) for change in changes]
    book = words.orders
    quoted = [tuple(f'"{cell}"' if "," in cell or book.delimiter in cell else cell for cell in row) for row in rows]
    columns = tuple(zip(*quoted, strict=True))
    return csv_lines(words.changes_header, columns, delimiter=book.delimiter).encode(book.encoding)
