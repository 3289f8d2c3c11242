"""Small lines beside figures, and the larger trend in a proof."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from tropa.domain.evidence import Measurement, TrendPoint, Unit
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.curve import monotone, number, path
from tropa.render.data_labels import CURRENCY_SIGNS
from tropa.render.page.markup import Markup, both, el, joined, twin, word
from tropa.render.spark import SIZE, TOLD_APART, draw_spark, has_spark, straight
from tropa.render.svg import line, tag
from tropa.render.svg import words as words_at
from tropa.render.theme import css_paint

_TREND = (352.0, 132.0)
_LEFT = 34.0
_TIME_UNITS = (
    (86_400 * 2, 86_400, "day"),
    (7_200, 3_600, "unit.hour"),
    (120, 60, "unit.minute"),
    (0, 1, "unit.second"),
)


def spark(measured: Measurement) -> Markup | None:
    """A line of the figure's history, without axes; none below four points."""
    if not has_spark(measured):
        return None
    wide, tall = SIZE
    drawn = draw_spark(measured, css_paint)
    return Markup(tag("svg", drawn, class_="spark", width=wide, height=tall, aria_hidden="true"))


def trend(measured: Measurement, since: date | None) -> Markup | None:
    """The figure's history with its interval, a line at the day of change, and round ticks."""
    history = measured.trend
    if not has_spark(measured):
        return None
    scale, unit = _scale_of(measured)
    chart = _Chart.of(history, scale)
    scale_words = el("span", unit, " · " if unit else None, word("proof.band"), class_="mut")
    caption = el("div", el("b", word(_pace(history))), scale_words, class_="cap")
    parts = (chart.grid(), chart.change(since), chart.line())
    drawing = Markup(tag("svg", *parts, class_="trend", viewBox=f"0 0 {_TREND[0]:g} {_TREND[1]:g}", aria_hidden="true"))
    first, last = history[0].start, history[-1].start
    dates = el("div", *(el("span", both(partial(words.day, day))) for day in (first, last)), class_="ends")
    note = None
    if since is not None:
        note = el("p", word("finding.since"), ": ", both(partial(words.day, since, short=False)), class_="chg")
    return el("figure", caption, drawing, dates, note, class_="tr")


def _pace(history: Sequence[TrendPoint]) -> str:
    """The label that says how far apart the points are."""
    gap = (history[-1].start - history[0].start).days / (len(history) - 1)
    return "proof.trend.day" if gap < 4 else "proof.trend" if gap < 20 else "proof.trend.month"


def _scale_of(measured: Measurement) -> tuple[float, Markup]:
    if measured.unit is Unit.SHARE:
        return 100.0, Markup("%")
    if measured.unit is Unit.SECONDS:
        top = max(point.value for point in measured.trend)
        _, size, key = next(row for row in _TIME_UNITS if top >= row[0])
        return 1 / size, _day_word() if key == "day" else word(key)
    if measured.unit is Unit.MONEY:
        return 0.01, joined(CURRENCY_SIGNS.get(measured.currency or "", measured.currency or ""))
    return 1.0, Markup("")


def _day_word() -> Markup:
    from_plural = (words.plural(5, "day", Language.RU), words.plural(5, "day", Language.EN))
    return twin(*from_plural)


class _Chart:
    """Points of a trend in the chart's pixels."""

    def __init__(self, history: Sequence[TrendPoint], scale: float) -> None:
        self.history = history
        self.scale = scale
        lows = [point.value if point.low is None else point.low for point in history]
        highs = [point.value if point.high is None else point.high for point in history]
        self.low, self.high = min(lows) * scale, max(highs) * scale
        pad = (self.high - self.low or 1) * 0.08
        self.low, self.high = self.low - pad, self.high + pad

    @classmethod
    def of(cls, history: Sequence[TrendPoint], scale: float) -> "_Chart":
        return cls(history, scale)

    def _y(self, value: float) -> float:
        return 8 + (self.high - value * self.scale) / (self.high - self.low) * (_TREND[1] - 16)

    def _x(self, place: int) -> float:
        return _LEFT + place * (_TREND[0] - _LEFT - 8) / (len(self.history) - 1)

    def _points(self, name: str) -> list[tuple[float, float]]:
        values = [getattr(point, name) for point in self.history]
        return [
            (self._x(place), self._y(point.value if value is None else value))
            for place, (point, value) in enumerate(zip(self.history, values, strict=True))
        ]

    def grid(self) -> str:
        """Round ticks with their numbers."""
        step = words.round_step(self.high - self.low)
        tick = -(-self.low // step) * step
        lines, names = [], []
        while tick <= self.high:
            y = self._y(tick / self.scale)
            lines.append(f"M{_LEFT:g} {number(y)}H{_TREND[0]:g}")
            names.append(words_at(f"{tick or 0.0:g}", x=_LEFT - 6, y=y + 4, class_="ty"))
            tick += step
        return tag("path", d="".join(lines), stroke="var(--hair)") + "".join(names)

    def line(self) -> str:
        """The interval and the line; points are marked while they are few enough to be told apart."""
        area = ""
        if all(point.low is not None and point.high is not None for point in self.history):
            there, back = self._points("high"), self._points("low")
            shape = straight([*there, *reversed(back)])
            area = tag("path", d=f"{shape}Z", fill="var(--band)", opacity=".15")
        points = self._points("value")
        if len(points) > TOLD_APART:
            return area + line(straight(points), "var(--ink)", 2.0, stroke_linejoin="round")
        marks = "".join(tag("circle", cx=x, cy=y, r=2.6) for x, y in points)
        dots = tag("g", marks, fill="var(--surface)", stroke="var(--ink)", stroke_width=1.6)
        return area + line(path(monotone(points)), "var(--ink)", 2.0) + dots

    def change(self, since: date | None) -> str:
        """A line at the day of change, with what came after tinted."""
        if since is None or not self.history[0].start < since <= self.history[-1].start:
            return ""
        span = (self.history[-1].start - self.history[0].start).days
        part = (since - self.history[0].start).days / span
        x = _LEFT + part * (_TREND[0] - _LEFT - 8)
        after = tag("rect", x=x, y=4.0, width=_TREND[0] - x, height=_TREND[1] - 8, fill="var(--bad-soft)")
        return after + tag("path", d=f"M{number(x)} 4V{number(_TREND[1] - 4)}", stroke="var(--bad)", stroke_width=1.5)
