"""A few hundred rows from the head, the middle and the end of a table of any length."""

from collections import deque
from collections.abc import Iterable
from itertools import islice

from tropa.adapters.sources.limits import LIMITS
from tropa.adapters.sources.reading import Reject, Row

_THIRD = 200


class Sample:
    """Keeps the first rows, the last rows, and rows evenly spread between; memory stays the same."""

    def __init__(self) -> None:
        self._head: list[Row] = []
        self._spread: list[Row] = []
        self._last: deque[Row] = deque(maxlen=_THIRD)
        self._peek: tuple[Row, ...] = ()
        self._step = 1
        self._seen = 0
        self.rejected = 0

    def take(self, rows: Iterable[Row | Reject], *, peek: tuple[Row, ...] | None = None) -> int | None:
        """How many rows there are, where all were looked at; a long table gives its middle and end by `peek`."""
        most = LIMITS.looked_through if peek is None else _THIRD
        seen = 0
        for row in islice(rows, most):
            seen += 1
            self._look_at(row)
        self._peek = peek or ()
        return seen if seen < most else None

    def _look_at(self, row: Row | Reject) -> None:
        if isinstance(row, Reject):
            self.rejected += 1
        elif len(self._head) < _THIRD:
            self._head.append(row)
        else:
            self._keep(row)

    def _keep(self, row: Row) -> None:
        self._last.append(row)
        if self._seen % self._step == 0:
            self._spread.append(row)
            if len(self._spread) == 2 * _THIRD:
                self._spread = self._spread[::2]
                self._step *= 2
        self._seen += 1

    def lines(self, width: int) -> tuple[tuple[str, ...], ...]:
        """The rows in order, each as wide as the table."""
        last = set(map(id, self._last))
        thin = [row for row in self._spread if id(row) not in last]
        middle = thin[:: max(1, -(-len(thin) // _THIRD))]
        return tuple(
            (*row.cells, *[""] * (width - len(row.cells))) for row in (*self._head, *middle, *self._last, *self._peek)
        )
