"""Cost of ownership: figures that a calculator gives, and ranges that hold them."""

import pytest

from tropa.analysis.ownership import ownership
from tropa.domain.ownership import CostKind, CostLine, CostTable, Owned, Role, Span

OURS, OTHER, NOTHING = "Мы", "Другая", "Ничего не делать"
ROLES = {OURS: Role.OURS, OTHER: Role.OTHER, NOTHING: Role.NOTHING}


def line(kind: CostKind, amount: float | Span, *, by: str = OURS, year: int | None = None, item: str = "") -> CostLine:
    figure = amount if isinstance(amount, Span) else Span(amount, amount, amount)
    return CostLine(kind=kind, item=item or kind.value, alternative=by, year=year, amount=figure)


def counted(*lines: CostLine, years: int = 3) -> dict[str, Owned]:
    named = {name: ROLES[name] for name in dict.fromkeys(one.alternative for one in lines)}
    table = CostTable(lines=lines, alternatives=named, years=years)
    return {one.name: one for one in ownership(table).alternatives}


def test_exact_lines_add_up_as_on_a_calculator() -> None:
    found = counted(
        line(CostKind.PRICE, 100),
        line(CostKind.INTRODUCTION, 60),
        line(CostKind.EXIT, 10),
        line(CostKind.EFFECT, 240),
        line(CostKind.OTHER, 120, by=NOTHING),
    )
    ours = found[OURS]
    assert [round(one.likely) for one in ours.years] == [160, 100, 110]
    assert ours.cost.likely == pytest.approx(370)
    assert ours.cost.is_exact
    # 3 × 240 of effect less 370, and 360 of doing nothing saved
    assert ours.gain is not None
    assert ours.gain.likely == pytest.approx(720 - 370 + 360)
    assert ours.roi is not None
    assert ours.roi.likely == pytest.approx(710 / 370)
    assert found[NOTHING].gain is None
    assert found[NOTHING].over_ours is not None
    assert found[NOTHING].over_ours.likely == pytest.approx(-10)


def test_payback_is_the_month_after_which_the_sum_stays_above_zero() -> None:
    # 160 at once, then 30 a month of effect and saved losses: five months make 150, six 180; 100 again in month 13
    found = counted(
        line(CostKind.PRICE, 100),
        line(CostKind.INTRODUCTION, 60),
        line(CostKind.EFFECT, 240),
        line(CostKind.OTHER, 120, by=NOTHING),
    )
    payback = found[OURS].payback
    assert payback is not None
    assert (payback.low, payback.likely, payback.high, payback.share) == (6, 6, 6, 1.0)


def test_what_never_pays_back_says_so() -> None:
    payback = counted(line(CostKind.PRICE, 1000), line(CostKind.EFFECT, 10))[OURS].payback
    assert payback is not None
    assert payback.likely is None
    assert payback.share == 0


def test_a_range_holds_the_likely_figure_and_stays_within_the_extremes() -> None:
    spread = Span(100, 110, 400)
    found = counted(line(CostKind.USE, spread), line(CostKind.USE, Span(0, 0, 90), item="second"))[OURS].cost
    assert found.likely == pytest.approx(330)
    assert 3 * 100 <= found.low <= found.likely <= found.high <= 3 * 490
    assert found.high > 3 * 150


def test_years_of_one_line_move_together() -> None:
    one = counted(line(CostKind.USE, Span(0, 100, 200)))[OURS]
    assert one.cost.high == pytest.approx(3 * one.years[0].high)


def test_the_same_table_gives_the_same_figures() -> None:
    lines = (line(CostKind.USE, Span(0, 100, 200)), line(CostKind.EFFECT, Span(10, 200, 900)))
    assert counted(*lines) == counted(*lines)


def test_without_effects_and_doing_nothing_there_is_no_return() -> None:
    found = counted(line(CostKind.PRICE, 100), line(CostKind.PRICE, 150, by=OTHER))
    assert found[OURS].gain is None
    assert found[OURS].payback is None
    assert found[OTHER].over_ours is not None
    assert found[OTHER].over_ours.likely == pytest.approx(150)
