"""A small shop with a second delivery: a random half got a cure, and some changes did nothing but fall into spring."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tropa.domain.evidence import Rating
from tropa.domain.journeymap import Match
from tropa.domain.project import ChangeSpec, MarkKind, Project, SegmentSpec, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import EventLog, log_from_rows
from tropa.texts.document import Feedback, Mark

FIRST, CURED_FROM, LAST = date(2024, 1, 1), date(2025, 7, 1), date(2025, 12, 31)
CURE = ChangeSpec(
    date=CURED_FROM,
    name=Text(ru="Письма по интересам", en="Letters by interest"),
    place="Корзина",
    whom="случайная половина",
)
SPRING = ChangeSpec(date=date(2025, 3, 1), name=Text(ru="Новый баннер", en="A new banner"))
NORTH = ChangeSpec(date=date(2025, 5, 1), name=Text(ru="Доставка на север", en="Delivery north"), whom="север")
DAY_MS = 86_400_000


@dataclass(frozen=True)
class CuredShop:
    log: EventLog
    project: Project
    stages: tuple[StageSpec, ...]
    feedback: tuple[Feedback, ...]


def stages() -> tuple[StageSpec, ...]:
    def stage(key: str, ru: str, *events: str, goal: bool = False) -> StageSpec:
        points = tuple(TouchpointSpec(key=e, name=Text(ru=e, en=e), match=Match(event=(e,))) for e in events)
        return StageSpec(key=key, name=Text(ru=ru, en=key), goal=goal, touchpoints=points)

    return (
        stage("entry", "Захожу", "visit", "tips"),
        stage("cart", "Корзина", "basket"),
        stage("checkout", "Покупаю", "buy", goal=True),
    )


def cured_shop(*, growth: float = 0.57, again: float = 1.1, people: int = 9_000, seed: int = 3) -> CuredShop:
    """Baskets become purchases at 30 %, in spring half as often again; `growth` is what the cure adds, `again` to repeats.

    From May 2025 the north buys 40 % more often. NPS is 41 in both waves.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, int]] = []
    letters: dict[str, str] = {}
    regions: dict[str, str] = {}
    days = (LAST - FIRST).days
    for n in range(people):
        who, began = f"p{n}", FIRST + timedelta(days=int(rng.integers(0, days)))
        late, half = began >= CURED_FROM, bool(rng.random() < 0.5)
        regions[who] = str(rng.choice(["север", "юг"]))
        letters |= {who: "по интересам" if half else "общие"} if late else {}
        cured = late and half
        at = int(datetime(began.year, began.month, began.day, 9, tzinfo=UTC).timestamp() * 1000)
        rows.append((who, "visit", at))
        if rng.random() < (0.6 if regions[who] == "юг" else 0.2):
            rows.append((who, "tips", at + 1_000))
        rows.append((who, "basket", at + 60_000))
        rate = 0.3 * (1.5 if began.month in {3, 4} else 1.0) * (1 + growth * cured)
        rate *= 1.4 if regions[who] == "север" and began >= NORTH.date else 1.0
        if rng.random() < min(rate, 0.98):
            rows.append((who, "buy", at + 120_000))
            if rng.random() < 0.12 * (1 + again * cured):
                rows.append((who, "buy", at + int(rng.integers(2, 60)) * DAY_MS))
    log = log_from_rows(
        rows,
        unit_properties={"letters": letters, "region": regions},
        as_of=int(datetime(2025, 12, 31, 23, tzinfo=UTC).timestamp() * 1000),
    )
    project = Project(
        project="shop",
        changes=(SPRING, NORTH, CURE),
        segments=(SegmentSpec(property="region"),),
        stages=stages(),
        stages_from="written",
    )
    return CuredShop(log, project, stages(), _answers(rng))


def _answers(rng: np.random.Generator) -> tuple[Feedback, ...]:
    """900 answers before the new banner and 900 after it, the second wave 2.7 points happier by chance alone."""
    made = []
    for wave, shift in enumerate((-30, 10)):
        promoters = 545 + 12 * wave
        marks = [10.0] * promoters + [8.0] * 120 + [3.0] * (900 - promoters - 120)
        for n, value in enumerate(rng.permutation(marks).tolist()):
            day = SPRING.date + timedelta(days=shift + n % 20)
            rating = Rating(value=value, scale=(0, 10))
            made.append(
                Feedback(
                    id=f"w{wave}-{n}",
                    text="",
                    written_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
                    marks=(Mark(kind=MarkKind.NPS, rating=rating, question="Порекомендуете?"),),
                )
            )
    return tuple(made)
