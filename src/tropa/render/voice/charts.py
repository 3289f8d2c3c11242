"""Charts of the report: small monthly lines, the months of the mood, bars of differences."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.hearing import MonthShare, Trend
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.curve import monotone, number, path
from tropa.render.page.markup import Markup, both, el
from tropa.render.spark import straight
from tropa.render.svg import line, tag
from tropa.render.voice.phrases import short_month

_SPARK = (84.0, 20.0)
_WIDE, _TALL, _LEFT, _FOOT = 760.0, 210.0, 46.0, 8.0
_FEWEST_MONTHS = 4
_MOST_NAMES = 8


def spark(trend: Trend) -> Markup | None:
    """A line of monthly shares without axes; None where fewer than four months have 30 people or more."""
    told = [one for one in trend.months if not one.share.is_small]
    if len(told) < _FEWEST_MONTHS:
        return None
    wide, tall = _SPARK
    top = max(one.share.value for one in told) or 1.0
    points = [
        (3 + place * (wide - 6) / (len(told) - 1), tall - 3 - one.share.value / top * (tall - 6))
        for place, one in enumerate(told)
    ]
    x, y = points[-1]
    drawn = line(straight(points), "var(--ink-3)", 1.5) + tag("circle", cx=x, cy=y, r=2.4, fill="var(--ink)")
    return Markup(tag("svg", drawn, class_="spk", viewBox=f"0 0 {wide:g} {tall:g}", aria_hidden="true"))


def month_chart(months: Sequence[MonthShare]) -> Markup:
    """Shares of the months in per cent with their band; months of few people are hollow and in no line."""
    chart = _Months(months)
    drawn = (chart.grid(), *chart.runs(), chart.hollow())
    picture = tag("svg", *drawn, class_="mch", viewBox=f"0 0 {_WIDE:g} {_TALL:g}", aria_hidden="true")
    every = max(1, -(-len(months) // _MOST_NAMES))
    names = [
        el("span", both(partial(short_month, one.month)), style=f"left:{chart.x(place) / _WIDE * 100:.2f}%")
        for place, one in enumerate(months)
        if place % every == 0
    ]
    ticks = [
        el(
            "span",
            both(partial(words.percent, one / 100, digits=0)),
            style=f"top:{chart.y(one / 100) / _TALL * 100:.2f}%",
        )
        for one in chart.ticks
    ]
    frame = el("div", Markup(picture), *ticks, class_="mfr")
    return el("div", frame, el("div", *names, class_="mnm"), class_="mbox")


class _Months:
    def __init__(self, months: Sequence[MonthShare]) -> None:
        self.months = months
        told = [one for one in months if not one.share.is_small]
        self.top = max(0.1, min(1.0, max((one.share.high for one in told), default=1.0) * 1.08))

    @property
    def ticks(self) -> list[float]:
        """Round per cents from zero up."""
        step = words.round_step(self.top * 100)
        return [step * place for place in range(int(self.top * 100 / step) + 1)]

    def x(self, place: int) -> float:
        if len(self.months) == 1:
            return (_LEFT + _WIDE) / 2
        return _LEFT + 12 + place * (_WIDE - _LEFT - 28) / (len(self.months) - 1)

    def y(self, share: float) -> float:
        return _TALL - _FOOT - min(share, self.top) / self.top * (_TALL - _FOOT - 12)

    def grid(self) -> str:
        lines = "".join(f"M{_LEFT:g} {number(self.y(one / 100))}H{_WIDE:g}" for one in self.ticks)
        return tag("path", d=lines, stroke="var(--hair)")

    def runs(self) -> list[str]:
        """A band and a line for every run of months with enough people."""
        runs: list[list[int]] = [[]]
        for place, one in enumerate(self.months):
            if one.share.is_small:
                runs.append([])
            else:
                runs[-1].append(place)
        return [self._run(run) for run in runs if run]

    def _run(self, places: Sequence[int]) -> str:
        points = [(self.x(place), self.y(self.months[place].share.value)) for place in places]
        marks = "".join(tag("circle", cx=x, cy=y, r=3.2) for x, y in points)
        dots = tag("g", marks, fill="var(--surface)", stroke="var(--bad)", stroke_width=2.0)
        if len(places) == 1:
            return self._whisker(places[0]) + dots
        there = [(self.x(place), self.y(self.months[place].share.high)) for place in places]
        back = [(self.x(place), self.y(self.months[place].share.low)) for place in reversed(places)]
        band = tag("path", d=f"{straight([*there, *back])}Z", fill="var(--band)", opacity=".16")
        return band + line(path(monotone(points)), "var(--bad)", 2.2) + dots

    def _whisker(self, place: int) -> str:
        share = self.months[place].share
        return line(
            f"M{number(self.x(place))} {number(self.y(share.low))}V{number(self.y(share.high))}", "var(--band)", 2.0
        )

    def hollow(self) -> str:
        marks = "".join(
            tag("circle", cx=self.x(place), cy=self.y(one.share.value), r=3.0)
            for place, one in enumerate(self.months)
            if one.share.is_small and one.share.of
        )
        return tag("g", marks, fill="none", stroke="var(--ink-4)", stroke_width=1.4)


def difference_bar(value: float, low: float, high: float, reach: float, *, sure: bool) -> Markup:
    """A bar from zero with its interval; `reach` is the scale's end on either side."""
    wide, tall = 300.0, 26.0

    def x(at: float) -> float:
        return wide / 2 + max(-reach, min(reach, at)) / reach * (wide / 2 - 6)

    ink = ("var(--bad)" if value < 0 else "var(--good)") if sure else "var(--ink-4)"
    left, right = sorted((x(0), x(value)))
    drawn = (
        tag("path", d=f"M{wide / 2:g} 0V{tall:g}", stroke="var(--ink-4)"),
        tag("rect", x=left, y=8.0, width=max(right - left, 0.5), height=10.0, rx=2.0, fill=ink, opacity=".28"),
        line(f"M{number(x(low))} 13H{number(x(high))}", ink, 2.0),
        tag("circle", cx=x(value), cy=13.0, r=4.2, fill=ink),
    )
    return Markup(tag("svg", *drawn, class_="dbar", viewBox=f"0 0 {wide:g} {tall:g}", aria_hidden="true"))


def value_bar(value: float, low: float | None, high: float | None) -> Markup:
    """A mean of −2…+2 with its interval on a short axis."""
    wide, tall = 88.0, 16.0

    def x(at: float) -> float:
        return wide / 2 + at / 2 * (wide / 2 - 5)

    ink = f"var(--emo-{round(max(-2.0, min(2.0, value))) + 3})"
    whisker = (
        ""
        if low is None or high is None
        else line(f"M{number(x(low))} 8H{number(x(high))}", "var(--band)", 3.0, opacity=".45")
    )
    drawn = (
        tag("path", d=f"M4 8H{wide - 4:g}M{wide / 2:g} 3V13", stroke="var(--line)"),
        whisker,
        tag("circle", cx=x(value), cy=8.0, r=4.4, fill=ink),
    )
    return Markup(tag("svg", *drawn, class_="vbar", viewBox=f"0 0 {wide:g} {tall:g}", aria_hidden="true"))


def bar(share: float, tone: str) -> Markup:
    """A bar of a share."""
    return el("i", el("i", style=f"width:{min(1.0, share) * 100:.1f}%"), class_=f"bar {tone}", aria_hidden="true")


def points_in(value: float, language: Language) -> str:
    """A difference of shares in percentage points."""
    return words.points(value, language)
