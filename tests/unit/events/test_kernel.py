import numpy as np
import pytest

from tropa.events import kernel as compiling
from tropa.events.kernel import kernel

FACTOR = 3


@kernel
def tripled(value):
    return value * FACTOR


@kernel
def add_tripled(values, total):
    for i in range(len(values)):
        total[0] += tripled(values[i])


def summed():
    total = np.zeros(1, dtype=np.int64)
    add_tripled(np.arange(5, dtype=np.int64), total)
    return int(total[0])


def test_a_kernel_gives_the_same_compiled_and_interpreted(monkeypatch):
    monkeypatch.delenv("TROPA_INTERPRET", raising=False)
    compiled = summed()
    monkeypatch.setenv("TROPA_INTERPRET", "1")

    assert summed() == compiled == 30


def test_without_a_compiler_a_kernel_runs_as_written(monkeypatch):
    monkeypatch.delenv("TROPA_INTERPRET", raising=False)
    monkeypatch.setattr(compiling, "_compiler", lambda: None)

    assert summed() == 30


def test_without_a_folder_to_keep_it_in_a_kernel_compiles_for_this_run(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(blocked / "kernels"))
    monkeypatch.delenv("TROPA_INTERPRET", raising=False)

    @kernel
    def fresh(value):
        return value + 1

    assert fresh(1) == 2


def test_compiled_work_is_kept_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    monkeypatch.delenv("TROPA_INTERPRET", raising=False)

    assert kernel(tripled.function)(2) == 6
    if not compiling.is_interpreted():
        assert list((tmp_path / "kernels").rglob("*.nbi"))


@pytest.mark.parametrize(("said", "interpreted"), [("1", True), ("0", None), ("", None)])
def test_the_environment_can_ask_for_interpretation(monkeypatch, said, interpreted):
    monkeypatch.setenv("TROPA_INTERPRET", said)

    assert compiling.is_interpreted() is (interpreted or compiling._compiler() is None)
