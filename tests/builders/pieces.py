"""Small pieces from which maps for tests are put together by hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import sqrt

from tropa.domain.evidence import Baseline, Measurement, Quote, Quotes, Rating, SegmentFigure, TrendPoint, Unit
from tropa.domain.journeymap import Card, Conversion, Generated, Lane, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Text

OCTOBER = Period(date(2025, 10, 1), date(2025, 10, 31))
QUARTER = Period(date(2025, 8, 1), date(2025, 10, 31))
SPRING = Period(date(2025, 2, 1), date(2025, 4, 30))
SOURCES = ("data/события.csv.gz", "data/заказы.xlsx")


def t(ru: str, en: str | None = None) -> Text:
    return Text(ru=ru, en=en)


def wilson(count: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The score interval of a share, for fixtures that look like real figures."""
    share = count / of
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, centre - half), min(1.0, centre + half)


def a_trend(*values: float, of: int = 240, start: date = QUARTER.start, spread: float = 0.06) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(
            start=start + timedelta(days=7 * week),
            value=float(value),
            of=of,
            low=value * (1 - spread),
            high=value * (1 + spread),
        )
        for week, value in enumerate(values)
    )


def a_share(
    key: str,
    count: int,
    of: int,
    *,
    metric: str = "drop_off",
    was: tuple[int, int] | None = None,
    trend: tuple[TrendPoint, ...] = (),
    segments: tuple[SegmentFigure, ...] = (),
    query: Mapping[str, object] | None = None,
    note: Text | None = None,
) -> Measurement:
    low, high = wilson(count, of)
    return Measurement(
        key=key,
        metric=metric,
        unit=Unit.SHARE,
        value=count / of,
        low=low,
        high=high,
        count=count,
        of=of,
        period=QUARTER,
        baseline=Baseline(value=was[0] / was[1], of=was[1], period=SPRING) if was else None,
        query=query or {"analysis": "funnel", "version": 1, "steps": [{"events": ["a"]}, {"events": ["b"]}]},
        query_hash="sha256:fde76c9e4812d693",
        trend=trend,
        segments=segments,
        sources=SOURCES,
        note=note,
    )


def a_duration(
    key: str, seconds: float, of: int, *, metric: str = "median_time", was: float | None = None
) -> Measurement:
    return Measurement(
        key=key,
        metric=metric,
        unit=Unit.SECONDS,
        value=float(seconds),
        low=seconds * 0.92,
        high=seconds * 1.09,
        of=of,
        period=QUARTER,
        baseline=Baseline(value=float(was), of=of, period=SPRING) if was else None,
        trend=a_trend(*(seconds * k for k in (0.8, 0.82, 0.9, 0.97, 1, 1.02)), of=of),
        sources=SOURCES,
    )


def some_money(key: str, minor: float, of: int, *, currency: str = "RUB") -> Measurement:
    return Measurement(
        key=key,
        metric="median_amount",
        unit=Unit.MONEY,
        value=float(minor),
        low=float(minor) * 0.96,
        high=minor * 1.05,
        of=of,
        period=QUARTER,
        currency=currency,
        trend=a_trend(*(minor * k for k in (0.97, 0.98, 1, 1.01)), of=of),
        sources=SOURCES,
    )


def voices(key: str, count: int, of: int, *examples: Quote) -> Quotes:
    return Quotes(key=key, voices=count, of=of, period=QUARTER, examples=examples)


def a_quote(text: str, *, proof: str | None = None, stars: int | None = None, source: str = "Яндекс Карты") -> Quote:
    span = None
    if proof is not None:
        start = text.index(proof)
        span = (start, start + len(proof))
    rating = None if stars is None else Rating(value=float(stars), scale=(1.0, 5.0))
    return Quote(feedback=f"f-{len(text)}", text=text, span=span, source=source, date=date(2025, 10, 14), rating=rating)


def went_on(to: str, count: int, of: int, *, days: int = 7) -> Conversion:
    low, high = wilson(count, of)
    return Conversion(
        to=to,
        value=count / of,
        low=low,
        high=high,
        count=count,
        of=of,
        semantics="any_start",
        window_seconds=days * 86_400,
        censored=of // 50,
    )


LANES: tuple[tuple[LaneKind, str, str, str, str], ...] = (
    (LaneKind.ACTION, "Действия", "Actions", "что делает", "what they do"),
    (LaneKind.TOUCHPOINT, "Точки контакта", "Touchpoints", "где встречаемся", "where we meet"),
    (LaneKind.GOAL, "Цели (JTBD)", "Goals (JTBD)", "зачем", "what for"),
    (LaneKind.EMOTION, "Эмоции", "Emotions", "что чувствует", "what they feel"),
    (LaneKind.BARRIER, "Барьеры", "Barriers", "что мешает, скольким", "what hinders, how many"),
    (LaneKind.KPI, "Метрики", "Metrics", "август — октябрь", "August to October"),
    (LaneKind.IMPORTANCE, "Важность", "Importance", "вес для цели", "weight for the goal"),
    (LaneKind.RECOMMENDATION, "Рекомендации", "Recommendations", "что сделать", "what to do"),
    (LaneKind.HYPOTHESIS, "Гипотезы", "Hypotheses", "что проверяем", "what we test"),
)
HIDDEN_LANES: tuple[tuple[LaneKind, str, str, str, str], ...] = (
    (LaneKind.TRIGGER, "Триггеры", "Triggers", "что подтолкнуло", "what set them off"),
    (LaneKind.EXPECTATION, "Ожидания", "Expectations", "чего ждёт", "what they expect"),
    (LaneKind.GAIN, "Что радует", "Gains", "что хорошо", "what works"),
    (LaneKind.INSIGHT, "Инсайты", "Insights", "что поняли", "what we learned"),
    (LaneKind.OPPORTUNITY, "Возможности", "Opportunities", "где вырасти", "where to grow"),
    (LaneKind.WAIT, "Сколько ждут", "Waits", "до следующего шага", "to the next step"),
    (LaneKind.QUOTE, "Цитаты", "Quotes", "их словами", "in their words"),
    (LaneKind.DEVICE, "Устройства", "Devices", "с чего заходят", "what they use"),
    (LaneKind.OWNER, "Ответственные", "Owners", "кто отвечает", "who answers"),
)


def the_lanes(*, hidden: bool = True) -> tuple[Lane, ...]:
    shown = [(row, False) for row in LANES] + ([(row, True) for row in HIDDEN_LANES] if hidden else [])
    return tuple(
        Lane(key=kind.value, kind=kind, order=f"a{index:02}", name=t(ru, en), meaning=t(ru2, en2), hidden=is_hidden)
        for index, ((kind, ru, en, ru2, en2), is_hidden) in enumerate(shown)
    )


def a_card(
    kind: LaneKind, stage: str, ru: str, en: str | None = None, *, step: str | None = None, **fields: object
) -> Card:
    key = str(fields.pop("key", f"{kind.value}.{stage}.{step or 'all'}.{fields.pop('n', 1)}"))
    words = t(ru, en)
    made = Generated(by=f"test:{key}", text=words)
    return Card(key=key, lane=kind.value, stage=stage, step=step, order="a1", text=words, generated=made, **fields)  # type: ignore[arg-type]
