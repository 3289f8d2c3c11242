"""The same input gives the same bytes in out/, whatever the key, the seed of hashes, the threads or the compiler."""

import shutil

import pytest

from builders.command_line import files_of


@pytest.mark.parametrize(
    "differently",
    [
        {"TROPA_KEY_FILE": "other-key", "PYTHONHASHSEED": "7"},
        {"TROPA_INTERPRET": "0", "NUMBA_NUM_THREADS": "1"},
    ],
)
def test_a_map_built_from_scratch_elsewhere_is_the_same(quick, kiosk, tmp_path, differently):
    before = files_of(kiosk / "out")
    for made in ("out", ".tropa"):
        shutil.rmtree(kiosk / made)
    (kiosk / "tropa.yaml").unlink()
    added = {name: str(tmp_path / one) if name == "TROPA_KEY_FILE" else one for name, one in differently.items()}
    quick.with_environment(**added).build(kiosk)

    after = files_of(kiosk / "out")
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == []


def test_building_again_changes_no_byte(quick, kiosk):
    before = files_of(kiosk / "out")
    quick.build(kiosk)
    assert files_of(kiosk / "out") == before
