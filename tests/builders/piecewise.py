"""An engine as a cluster is: the fold travels to pieces of the log that have dictionaries of their own, and back."""

import pickle
from dataclasses import replace

import numpy as np

from tropa.events.fold import Span, spans
from tropa.events.log import BUCKETS, Column, EventLog


class Piecewise:
    def run(self, fold, log: EventLog):
        total = fold.zero()
        for number, span in enumerate(spans(log, BUCKETS)):
            piece = with_own_dictionaries(log.piece(span.first, span.last), shift=number)
            there = pickle.loads(pickle.dumps(fold))
            found = there.on(piece).add(Span(0, piece.units), there.zero())
            total = fold.merge(total, pickle.loads(pickle.dumps(found)))
        return total


def with_own_dictionaries(log: EventLog, *, shift: int) -> EventLog:
    """The same log with only the names that occur, in another order."""
    return replace(
        log,
        event=_renamed(log.event, shift),
        properties={name: _renamed(column, shift) for name, column in log.properties.items()},
        unit_properties={name: _renamed(column, shift) for name, column in log.unit_properties.items()},
    )


def _renamed(column: Column, shift: int) -> Column:
    used = np.unique(column.codes[column.codes >= 0])
    order = np.roll(used[::-1], shift)
    table = np.full(len(column.values) + 1, -1, dtype=np.int32)
    table[order] = np.arange(len(order))
    return Column(table[column.codes], tuple(column.values[code] for code in order))
