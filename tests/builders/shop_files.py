"""The files of a simulated shop as a staged log, read in the plainest way."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import BUCKETS, NO_AMOUNT, Column, EventLog
from tropa.events.staged import StagedLog, stage_events

STAGES = {
    "search": ("site_visit", "article*", "guide*", "search*"),
    "choice": ("catalog*", "*card*", "*reviews*", "filter*", "kit*", "bundle*", "product*", "range*"),
    "checkout": (
        "add_to_*",
        "cart_view",
        "basket*",
        "checkout*",
        "delivery_choice",
        "delivery_option",
        "payment",
        "order_created",
    ),
    "wait": ("order_dispatched", "track_*", "chat*", "help*", "order_delivered"),
    "care": ("care_*",),
    "again": ("repeat_order", "reorder*", "cart_letter"),
}


def shop_log(files: Mapping[str, bytes]) -> StagedLog:
    """Site events and the order book on one path per client."""
    rows: list[tuple[str, str, int, int, dict[str, str]]] = []
    names: list[str] = []
    for name, content in files.items():
        if name.startswith(("events", "web")):
            names = _site(rows, gzip.decompress(content).decode())
        elif "order" in name or "заказ" in name:
            names += _orders(rows, content)
    return _staged(rows, names)


def _site(rows: list, text: str) -> list[str]:
    reader = csv.reader(io.StringIO(text))
    header = next(reader)
    for row in reader:
        at = int(datetime.fromisoformat(row[2]).replace(tzinfo=UTC).timestamp() * 1000)
        rows.append((row[0], row[1], at, NO_AMOUNT, dict(zip(header[3:], row[3:], strict=True))))
    return header[3:]


def _orders(rows: list, content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251")
    delimiter = ";" if text.split("\n", 1)[0].count(";") > 3 else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = next(reader)
    for row in reader:
        amount = round(float(row[5].replace(" ", "").replace("\xa0", "").replace(",", ".")) * 100)
        about = {header[6]: row[6], header[7]: row[7]}
        for column, event in ((2, "order_created"), (3, "order_dispatched"), (4, "order_delivered")):
            if row[column]:
                rows.append((row[1], event, _moment(row[column]), amount if column == 2 else NO_AMOUNT, about))
    return [header[6], header[7]]


def _moment(text: str) -> int:
    for form in ("%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M", "%Y-%m-%d"):
        try:
            return int(datetime.strptime(text, form).replace(tzinfo=UTC).timestamp() * 1000)
        except ValueError:
            continue
    raise ValueError(text)


def _staged(rows: list, names: Sequence[str]) -> StagedLog:
    who = {name: i for i, name in enumerate(dict.fromkeys(row[0] for row in rows))}
    number = np.array([who[row[0]] for row in rows])
    time = np.array([row[2] for row in rows], dtype=np.int64)
    order = np.lexsort((np.arange(len(rows)), time, number // BUCKETS, number % BUCKETS))
    placed = np.array(sorted(who.values(), key=lambda n: (n % BUCKETS, n // BUCKETS)))
    sizes = np.bincount(number, minlength=len(who))[placed]
    events = sorted({row[1] for row in rows})
    code = {name: i for i, name in enumerate(events)}
    log = EventLog(
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        buckets=np.searchsorted(placed % BUCKETS, np.arange(BUCKETS + 1)).astype(np.int64),
        event=Column(np.array([code[rows[i][1]] for i in order], dtype=np.int32), tuple(events)),
        time=time[order],
        sequence=order.astype(np.int32),
        properties={name: _column([rows[i][4].get(name) or None for i in order]) for name in names},
        amount=np.array([rows[i][3] for i in order], dtype=np.int64),
        currency="RUB",
        as_of=int(time.max()),
    )
    return stage_events(_with_constants(log), _stages(events))


def _with_constants(log: EventLog) -> EventLog:
    """Properties that never change within a unit become the unit's, as the store makes them."""
    from dataclasses import replace

    unit = log.unit_of_event()
    kept, of_units = {}, {}
    for name, column in log.properties.items():
        known = column.codes >= 0
        low = np.full(log.units, 10**6)
        high = np.full(log.units, -1)
        np.minimum.at(low, unit[known], column.codes[known])
        np.maximum.at(high, unit[known], column.codes[known])
        if ((low >= high) | (high < 0)).all():
            of_units[name] = Column(high.astype(np.int32), column.values)
        else:
            kept[name] = column
    return replace(log, properties=kept, unit_properties=of_units)


def _column(values: list) -> Column:
    known = sorted({value for value in values if value is not None})
    code = {value: i for i, value in enumerate(known)}
    return Column(np.array([code.get(value, -1) for value in values], dtype=np.int32), tuple(known))


def _stages(events: Sequence[str]) -> tuple[StageSpec, ...]:
    from tropa.events.staged import names_matching

    left = list(events)
    stages = []
    for key, patterns in STAGES.items():
        hits = [name for name, hit in zip(left, names_matching(left, patterns), strict=True) if hit]
        left = [name for name in left if name not in hits]
        touchpoints = tuple(
            TouchpointSpec(key=name, name=Text(ru=name, en=name), match=Match(event=(name,))) for name in hits
        )
        stages.append(StageSpec(key=key, name=Text(ru=key, en=key), goal=False, touchpoints=touchpoints))
    return tuple(stages)
