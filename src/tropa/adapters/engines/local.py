"""Folds on one machine: threads over buckets."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import reduce

from tropa.events.fold import Fold, Sum, spans
from tropa.events.log import EventLog

PIECES_A_THREAD = 4
WORTH_THREADS = 50_000


class LocalEngine:
    """Runs folds on threads; kernels let go of the interpreter, so threads are cores."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or _cores()

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log, the same whatever the number of threads."""
        threads = self.threads
        if threads == 1 or log.size < WORTH_THREADS:
            return self._one_by_one(fold, log)
        with ThreadPoolExecutor(threads) as pool:
            pieces = list(pool.map(lambda span: fold.step(span, fold.zero()), spans(log, threads * PIECES_A_THREAD)))
        return reduce(fold.merge, pieces, fold.zero())

    @staticmethod
    def _one_by_one(fold: Fold[Sum], log: EventLog) -> Sum:
        total = fold.zero()
        for span in spans(log, 1):
            total = fold.step(span, total)
        return total


def _cores() -> int:
    """The cores that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
