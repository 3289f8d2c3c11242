import numpy as np
import pytest

from tropa.stats.hidden_markov import ROW, Rows, likelihood, refined_labels


def two_stages(people: int, seed: int) -> Rows:
    """Names 0–2, then names 3–5; each person stays a while in each."""
    rng = np.random.default_rng(seed)
    code, unit = [], []
    for person in range(people):
        path = [*rng.integers(0, 3, rng.integers(4, 9)), *rng.integers(3, 6, rng.integers(4, 9))]
        code += path
        unit += [person] * len(path)
    return Rows.of(np.array(code), np.array(unit), 6)


def test_a_name_in_the_wrong_stage_is_moved_to_where_it_is_met() -> None:
    rows = two_stages(200, 1)
    assert refined_labels(rows, np.array([0, 0, 1, 1, 1, 1]), rounds=8).tolist() == [0, 0, 0, 1, 1, 1]


def test_the_right_stages_make_other_peoples_journeys_likelier() -> None:
    old, new = two_stages(200, 1), two_stages(200, 2)
    right, wrong = (
        likelihood(new, np.array(labels), learned_from=old) for labels in ([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1])
    )
    assert right > wrong


def test_the_likelihood_is_that_of_a_plain_count() -> None:
    rows = Rows.of(np.array([0, 1, 1, 0]), np.array([0, 0, 0, 1]), 2)
    start, move = np.log(3 / 4), np.log(np.array([[1 / 3, 2 / 3], [1 / 3, 2 / 3]]))  # one more of each than seen
    assert likelihood(rows, np.array([0, 1]), learned_from=rows) == pytest.approx(
        (2 * start + move[0, 1] + move[1, 1]) / 4
    )


def test_long_rows_are_cut_and_nothing_is_lost() -> None:
    rows = Rows.of(np.arange(ROW + 10) % 5, np.zeros(ROW + 10, dtype=np.int64), 5)
    assert rows.codes.shape == (2, ROW)
    assert (rows.codes >= 0).sum() == ROW + 10
