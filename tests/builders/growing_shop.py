"""A shop's exports as they are in April and as they are in May, and the plainest possible count of them."""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

BEGAN = datetime(2025, 4, 1, 9, 0)
SITE = ("visit", "catalog", "product_view", "add_to_cart", "checkout", "payment")
EVENTS = ("client_id", "event", "time", "device")
ORDERS = ("order_id", "client_id", "created_at", "status", "status_changed_at", "amount")
DEALS = ("deal_id", "client_id", "stage", "stage_changed_at")
Row = Sequence[object]


def april(folder: Path) -> Path:
    """events.csv, orders.csv, deals.csv."""
    folder.mkdir(parents=True)
    events, orders, deals = _people(range(160), BEGAN)
    _write(folder / "events.csv", EVENTS, events)
    _write(folder / "orders.csv", ORDERS, orders)
    _write(folder / "deals.csv", DEALS, deals)
    return folder


def may(folder: Path) -> None:
    """What a month later arrives: the old rows again, new ones, late ones; orders returned and cancelled, deals moved."""
    _, events = _read(folder / "events.csv")
    late = [("c00003", "visit", _text(BEGAN - timedelta(days=20)), "mobile")]
    more, orders_more, deals_more = _people(range(160, 230), BEGAN + timedelta(days=30))
    again = events[len(events) // 2 :]
    _write(folder / "events may.csv", EVENTS, [*again, *more, *late, more[0]])
    _write(folder / "events may (copy).csv", EVENTS, [*again, *more, *late, more[0]])
    head, orders = _read(folder / "orders.csv")
    changed = [_changed(row, number) for number, row in enumerate(orders)]
    _write(folder / "orders may.csv", head, [*changed, *orders_more])
    head, deals = _read(folder / "deals.csv")
    moved = [
        (*row[:2], "won", _text(BEGAN + timedelta(days=45, hours=int(number)))) for number, row in enumerate(deals)
    ]
    _write(folder / "deals may.csv", head, [*moved, *deals_more])


def _changed(row: Row, number: int) -> Row:
    later = _text(BEGAN + timedelta(days=40, hours=number))
    if number % 5 == 0:
        return (*row[:3], "returned", later, row[5])
    return (*row[:3], "cancelled", later, row[5]) if number % 5 == 1 else row


def _people(numbers: Iterable[int], began: datetime) -> tuple[list[Row], list[Row], list[Row]]:
    rng = random.Random(min(numbers := list(numbers)))
    events: list[Row] = []
    orders: list[Row] = []
    deals: list[Row] = []
    for number in numbers:
        who, at = f"c{number:05}", began + timedelta(minutes=rng.randrange(25 * 24 * 60))
        device = rng.choice(("mobile", "desktop"))
        for step in SITE:
            events += [(who, step, _text(at), device)] * (1 + (rng.random() < 0.1))
            at += timedelta(seconds=rng.randrange(20, 900))
            if rng.random() < (0.4 if step == "add_to_cart" else 0.12):
                break
        else:
            orders.append(
                (f"K-{number}", who, _text(at), "paid", _text(at + timedelta(hours=1)), rng.randrange(300, 4000))
            )
        if rng.random() < 0.2:
            deals.append((f"D-{number}", who, "call", _text(at + timedelta(hours=2))))
    return sorted(events, key=lambda row: str(row[2])), orders, deals


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _write(place: Path, head: Row, rows: Iterable[Row]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _read(place: Path) -> tuple[Row, list[Row]]:
    with place.open(encoding="utf-8", newline="") as file:
        head, *rows = [tuple(row) for row in csv.reader(file)]
    return head, rows


@dataclass
class Recount:
    """Who did what when, from the raw files alone."""

    paths: Mapping[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def persons(self) -> int:
        return len(self.paths)

    @property
    def events(self) -> int:
        return sum(map(len, self.paths.values()))

    def met(self, names: Iterable[str]) -> tuple[int, int]:
        """People who did any of these, and how often all of them were done."""
        wanted = set(names)
        done = [sum(name in wanted for _, name in path) for path in self.paths.values()]
        return sum(one > 0 for one in done), sum(done)


def recount(folder: Path) -> Recount:
    """Equal rows as often as in the file with most of them; of an order or a deal the newest version."""
    most: Counter[Row] = Counter()
    for place in folder.glob("events*.csv"):
        most |= Counter(_read(place)[1])
    whole = Recount()
    for (who, event, at, _), times in most.items():
        whole.paths[who] += [(at, event)] * times
    for row in _newest(folder, "orders*.csv", version=4):
        if row[3] != "cancelled":
            whole.paths[row[1]].append((row[2], "order_created"))
        whole.paths[row[1]].append((row[4], row[3]))
    for row in _newest(folder, "deals*.csv", version=3):
        whole.paths[row[1]].append((row[3], row[2]))
    return whole


def _newest(folder: Path, pattern: str, *, version: int) -> Iterable[Row]:
    rows: dict[object, Row] = {}
    for place in sorted(folder.glob(pattern)):
        for row in _read(place)[1]:
            if row[0] not in rows or str(row[version]) >= str(rows[row[0]][version]):
                rows[row[0]] = row
    return rows.values()
