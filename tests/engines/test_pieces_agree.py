"""A fold that travels to pieces of the log, each with its own dictionaries, gives the answers of the whole."""

import pickle
from importlib import import_module
from pkgutil import iter_modules

import pytest

from builders.every_question import QUESTIONS, a_full_log, is_same, without_events
from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.adapters.engines.packing import packed, unpacked
from tropa.events.fold import Span

PACKAGES = ("tropa.analysis", "tropa.events")


@pytest.fixture(scope="module")
def log():
    return a_full_log()


@pytest.mark.parametrize("name", QUESTIONS)
def test_pieces_add_up_to_the_whole(name, log):
    assert is_same(QUESTIONS[name](log, Piecewise()), QUESTIONS[name](log, LocalEngine(1)))


class Travelling:
    """Runs a fold where it is, and packs what it came to."""

    def run(self, fold, log):
        return unpacked(packed(unpacked(packed(fold)).on(log).add(Span(0, log.units), fold.zero())))


@pytest.mark.parametrize("name", QUESTIONS)
def test_packed_sums_are_the_same_sums(name, log):
    assert is_same(QUESTIONS[name](log, Travelling()), QUESTIONS[name](log, LocalEngine(1)))


@pytest.mark.parametrize("name", [one for one in QUESTIONS if "very many" not in one])
def test_folds_hold_no_events(name, log):
    sizes = []

    class Weighing(LocalEngine):
        def run(self, fold, log):
            sizes.append(len(pickle.dumps(fold)))
            return super().run(fold, log)

    QUESTIONS[name](log, Weighing(1))

    assert max(sizes) < 40_000 + 10 * 4096


def test_every_fold_is_tried(log):
    """A new analysis belongs to tests/builders/every_question.py, so that every engine is asked it."""
    met = set()

    class Noting(LocalEngine):
        def run(self, fold, log):
            met.add(f"{type(fold).__module__}.{type(fold).__name__}")
            return super().run(fold, log)

    for question in QUESTIONS.values():
        question(log, Noting(1))
    modules = [
        import_module(f"{package}.{one.name}")
        for package in PACKAGES
        for one in iter_modules(import_module(package).__path__)
    ]
    folds = {
        f"{one.__module__}.{name}"
        for module in modules
        for name, one in vars(module).items()
        if name.endswith("Fold") and name != "Fold" and one.__module__ == module.__name__
    }
    assert folds - met == set()


@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_can_be_asked_everything(name, log):
    QUESTIONS[name](without_events(log), LocalEngine(1))
