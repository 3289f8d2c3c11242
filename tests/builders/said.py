"""Lines of voice made by hand: `said("ann", "Доставка долгая", delivery=-1)`."""

from datetime import datetime, timedelta
from itertools import count

from tropa.domain.evidence import Rating
from tropa.domain.opinion import EMOTIONS, Opinion, Sentiment, Statement, StatementKind
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.touchpoints import KnownTouchpoint

FIRST_DAY = datetime(2026, 1, 1, 12)
_KINDS = {
    Sentiment.NEGATIVE: StatementKind.PAIN,
    Sentiment.NEUTRAL: StatementKind.FACT,
    Sentiment.POSITIVE: StatementKind.PRAISE,
}
_numbers = count(1)


def opinion(value: float, **emotions: float) -> Opinion:
    """An opinion that is sure of its side."""
    side = 0 if value < 0 else 2 if value > 0 else 1
    shares = tuple(0.9 if place == side else 0.05 for place in range(3))
    return Opinion(
        probabilities=(shares[0], shares[1], shares[2]),
        value=value,
        emotions={name: emotions.get(name, 0.0) for name in EMOTIONS},
        kinds={StatementKind.FACT: 1.0},
    )


def statement(start: int, end: int, value: float, *keys: str, kind: StatementKind | None = None) -> Statement:
    """A statement about touchpoints, the first the likeliest."""
    told = opinion(value, anger=0.9 if value <= -2 else 0.0)
    probable = tuple((key, 0.9 - place / 10) for place, key in enumerate(keys))
    return Statement(start=start, end=end, touchpoints=probable, opinion=told, kind=kind or _KINDS[told.sentiment])


def said(
    person: str | None,
    text: str,
    *keys: str,
    value: float = -1,
    day: int | None = None,
    mark: float | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
    kind: StatementKind | None = None,
    **more: object,
) -> VoiceLine:
    """A text that is one statement."""
    return VoiceLine(
        id=f"r{next(_numbers)}",
        text=text,
        person=person,
        written_at=None if day is None else FIRST_DAY + timedelta(days=day),
        rating=None if mark is None else Rating(value=mark, scale=scale),
        opinion=opinion(value),
        statements=(statement(0, len(text), value, *keys, kind=kind),),
        **more,  # type: ignore[arg-type]
    )


def silent_line(person: str, *, day: int | None = None, mark: float | None = None) -> VoiceLine:
    """A text that speaks of nothing on the list."""
    return VoiceLine(
        id=f"r{next(_numbers)}",
        text="Был у вас",
        person=person,
        written_at=None if day is None else FIRST_DAY + timedelta(days=day),
        rating=None if mark is None else Rating(value=mark, scale=(1.0, 5.0)),
        opinion=opinion(0),
    )


def touchpoint(key: str, ru: str, en: str, *words: str) -> KnownTouchpoint:
    """A touchpoint of the list."""
    return KnownTouchpoint(key=key, name=Text(ru=ru, en=en), channel="", stage="wait", events=(), words=words)


TOUCHPOINTS = (
    touchpoint("delivery", "Доставка", "Delivery", "доставка", "delivery"),
    touchpoint("packaging", "Упаковка", "Packaging", "упаковка", "packaging"),
    touchpoint("waiter", "Обслуживание и официант", "Waiter and service", "официант", "waiter"),
    touchpoint("restaurant_kitchen", "Кухня", "Kitchen", "кухня", "food"),
    touchpoint("support", "Поддержка", "Support", "поддержка", "support"),
    touchpoint("app", "Приложение", "App", "приложение", "app"),
)
