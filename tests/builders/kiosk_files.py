"""The exports of a small business with a site: visits, orders, reviews; the same bytes for the same seed."""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

BEGAN = datetime(2025, 3, 3, 9, 0)
PATH = ("visit", "catalog", "product_view", "add_to_cart", "checkout", "payment")
REVIEWS = (
    ("Курьер опоздал на два часа и не позвонил", 2),
    ("Доставка быстрая, курьер вежливый", 5),
    ("Оплата не прошла с первого раза, деньги зависли", 1),
    ("Коробка пришла мятая, внутри всё цело", 3),
    ("Корзина сбросилась, пришлось собирать заново", 2),
    ("Каталог удобный, нашла сразу", 5),
    ("Всё отлично, спасибо", 5),
)


def kiosk_files(folder: Path, *, people: int = 240, seed: int = 1, days: int = 60) -> Path:
    """events.csv, orders.csv and reviews.csv."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    events, orders = _paths(rng, people, days)
    _write(folder / "events.csv", ("client_id", "event", "time", "device", "region"), events)
    _write(folder / "orders.csv", ("order_id", "client_id", "created_at", "delivered_at", "amount"), orders)
    _write(folder / "reviews.csv", ("date", "rating", "review"), _reviews(rng, people // 4, days))
    return folder


def _paths(rng: random.Random, people: int, days: int) -> tuple[list[Sequence[object]], list[Sequence[object]]]:
    events: list[Sequence[object]] = []
    orders: list[Sequence[object]] = []
    for number in range(people):
        who, at = f"c{number:05}", BEGAN + timedelta(minutes=rng.randrange(days * 24 * 60))
        device, region = rng.choice(("mobile", "desktop")), rng.choice(("north", "south", "west"))
        for step in PATH:
            for _ in range(1 + (rng.random() < 0.2)):
                events.append((who, step, at.isoformat(sep=" "), device, region))
                at += timedelta(seconds=rng.randrange(20, 900))
            if rng.random() < (0.5 if step == "add_to_cart" and device == "mobile" else 0.15):
                break
        else:
            arrived = at + timedelta(days=rng.randrange(2, 9))
            orders.append((f"K-{number}", who, _minute(at), _minute(arrived), rng.randrange(300, 4000)))
    return events, orders


def _reviews(rng: random.Random, count: int, days: int) -> Iterable[Sequence[object]]:
    for number in range(count):
        words, rating = rng.choice(REVIEWS)
        written = BEGAN + timedelta(days=rng.randrange(days))
        yield written.date().isoformat(), rating, f"{words} ({number})"


def _minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _write(place: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
