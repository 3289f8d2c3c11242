"""The cube counts what a person would count."""

import numpy as np

from tropa.analysis.cube import count_cube


def test_every_face_equals_a_count_by_hand():
    rng = np.random.default_rng(1)
    size = 400
    groups = [rng.integers(-1, n, size=size).astype(np.int32) for n in (2, 3, 4)]
    bins, hits = rng.integers(0, 5, size=size), rng.random(size) < 0.4
    cube = count_cube(groups, [2, 3, 4], bins, hits, count=5)
    assert set(cube.faces) == {(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)}
    for b in range(5):
        for one in range(2):
            for two in range(4):
                who = (groups[0] == one) & (groups[2] == two) & (bins == b)
                assert cube.faces[0, 2].of[one, two, b] == who.sum()
                assert cube.faces[0, 2].hits[one, two, b] == (who & hits).sum()
            assert cube.faces[(0,)].of[one, b] == ((groups[0] == one) & (bins == b)).sum()


def test_a_property_with_one_value_has_no_face():
    codes = np.zeros(10, dtype=np.int32)
    assert not count_cube([codes], [1], np.zeros(10, dtype=np.int64), np.ones(10, dtype=bool), count=1).faces
