import numpy as np
import pytest

from tropa.stats.multiple import benjamini_hochberg, holm


def test_q_values_stand_in_the_order_of_the_questions():
    assert benjamini_hochberg([0.04, 0.01, 0.03, 0.5]) == pytest.approx([0.04 * 4 / 3, 0.04, 0.04 * 4 / 3, 0.5])


def test_a_smaller_p_never_gets_a_larger_q():
    p = np.random.default_rng(5).random(200)

    q = benjamini_hochberg(p)

    assert (np.diff(q[np.argsort(p)]) >= 0).all()
    assert (q >= p).all()


def test_holm_multiplies_by_what_is_left():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


@pytest.mark.parametrize("adjust", [benjamini_hochberg, holm])
def test_no_questions_give_no_answers(adjust):
    assert len(adjust([])) == 0
