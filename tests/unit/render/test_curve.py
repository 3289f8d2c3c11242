from hypothesis import given
from hypothesis import strategies as st

from tropa.render.curve import band, monotone, path, sampled, tangents

heights = st.lists(st.floats(-2, 2), min_size=2, max_size=12)


@given(heights)
def test_a_curve_never_leaves_the_range_of_its_two_neighbours(values: list[float]) -> None:
    points = [(float(place), value) for place, value in enumerate(values)]
    for piece in monotone(points):
        low, high = sorted((piece.start[1], piece.end[1]))
        assert all(low - 1e-9 <= y <= high + 1e-9 for _, y in sampled([piece], 30))


@given(heights)
def test_a_curve_passes_through_every_point(values: list[float]) -> None:
    points = [(float(place), value) for place, value in enumerate(values)]
    pieces = monotone(points)
    assert [piece.start for piece in pieces] + [pieces[-1].end] == points


def test_an_extreme_has_a_level_tangent() -> None:
    assert tangents([(0, 0), (1, 2), (2, 0)])[1] == 0


def test_a_single_point_draws_no_line() -> None:
    assert monotone([(1, 1)]) == ()
    assert path(()) == ""
    assert band([(0, 1)], [(0, 0)]) == ""


def test_a_turned_curve_swaps_the_axes() -> None:
    pieces = monotone([(0, 5), (10, 7)])
    assert path(pieces).startswith("M0 5")
    assert path(pieces, turned=True).startswith("M5 0")
