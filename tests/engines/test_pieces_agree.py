"""A fold that travels to pieces of the log, each with its own dictionaries, gives the answers of the whole."""

import pickle

import pytest

from builders.every_question import QUESTIONS, a_full_log, is_same, without_events
from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.adapters.engines.packing import packed, unpacked
from tropa.events.fold import Span


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


@pytest.mark.parametrize("name", QUESTIONS)
def test_nobody_can_be_asked_everything(name, log):
    QUESTIONS[name](without_events(log), LocalEngine(1))
