import pytest

from tropa.stats.student import student_quantile


@pytest.mark.parametrize(("freedom", "table"), [(4, 2.776), (9, 2.262), (29, 2.045), (120, 1.980)])
def test_quantiles_are_those_of_the_tables(freedom: int, table: float) -> None:
    assert student_quantile(freedom) == pytest.approx(table, abs=0.007)
