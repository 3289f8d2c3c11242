"""A shop's clickstream of any size, written as CSV: the same bytes for the same numbers."""

from pathlib import Path

import duckdb

REVIEWS = (
    "Доставка быстрая, но упаковка мятая",
    "Курьер опоздал на два часа и не позвонил",
    "Оплата не проходит с телефона, корзина сбрасывается",
    "Каталог удобный, всё нашёл за минуту",
    "Поддержка отвечает долго, вопрос так и не решили",
    "Всё отлично, буду заказывать ещё",
)


def write_shop(folder: Path, *, events: int, reviews: int) -> None:
    """About `events` rows of events (9 names, ~25 a person, 90 days) and `reviews` texts.

    On a phone two payments of three do not happen, so that there are findings to tell and groups to draw maps of.
    """
    folder.mkdir(parents=True, exist_ok=True)
    people = max(1, events // 25)
    connection = duckdb.connect()
    connection.execute("set preserve_insertion_order = false")
    connection.execute(
        f"""
        copy (
            with moves as (
                select hash(i) as h, hash(i * 7 + 1) as g, i % {people} as person, i // {people} as turn from range({events}) t(i)
            )
            select 'u' || person as client_id,
                case when turn = 0 then 'visit'
                     when h % 8 = 6 and person % 3 = 0 and g % 3 > 0 then 'product'
                     else list_extract(['catalog', 'search', 'product', 'product', 'add_to_cart', 'checkout', 'payment', 'support'],
                                       1 + (h % 8)::int) end as event,
                strftime(timestamp '2026-01-01' + to_seconds((person * 37) % 5000000 + turn * 1800 + h % 1700), '%Y-%m-%d %H:%M:%S') as time,
                list_extract(['mobile', 'desktop', 'tablet'], 1 + (person % 3)::int) as device,
                list_extract(['ads', 'email', 'organic', 'social'], 1 + ((person // 3) % 4)::int) as utm_source,
                list_extract(['Москва', 'Урал', 'Сибирь', 'Юг'], 1 + ((person // 12) % 4)::int) as region
            from moves order by time, person, turn
        ) to '{folder}/events.csv' (header, delimiter ',')
        """
    )
    rows = [
        f"{i};u{i * 3 % people};{1 + i * 7 % 5};2026-02-{1 + i % 28:02d};{REVIEWS[i % len(REVIEWS)]} {i}"
        for i in range(reviews)
    ]
    (folder / "reviews.csv").write_text("\n".join(["id;client_id;rating;date;text", *rows]) + "\n", encoding="utf-8")
