import numpy as np
import pytest

from builders.people import a_person, population
from tropa.adapters.engines.local import LocalEngine
from tropa.events.fold import ONE_BY_ONE, Span, readable, spans


class CountEvents:
    def zero(self):
        return np.zeros(1, np.int64)

    def on(self, log):
        return CountEventsOf(log)

    def merge(self, one, other):
        return one + other


class CountEventsOf:
    def __init__(self, log):
        self.log = log

    def add(self, span, total):
        return total + self.log.offsets[span.last] - self.log.offsets[span.first]


@pytest.fixture
def crowd():
    return population(*(a_person(f"p{i}").did(*["view"] * (i % 7 + 1)) for i in range(200)))


@pytest.mark.parametrize("pieces", [1, 2, 8, 64, 500])
def test_spans_cover_every_unit_once(crowd, pieces):
    cut = list(spans(crowd, pieces))

    assert len(cut) <= max(pieces, 1)
    assert [u for span in cut for u in range(span.first, span.last)] == list(range(crowd.units))


def test_an_empty_log_has_no_spans():
    assert list(spans(population(), 4)) == []


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_do_not_change_a_sum(crowd, threads, monkeypatch):
    monkeypatch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)

    assert LocalEngine(threads).run(CountEvents(), crowd) == ONE_BY_ONE.run(CountEvents(), crowd)


def test_what_kernels_read_cannot_be_written():
    array = readable(np.arange(6)[::2], np.int32)

    assert array.flags.c_contiguous
    assert array.dtype == np.int32
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1


def test_a_span_is_a_value():
    assert Span(0, 3) == Span(0, 3)
