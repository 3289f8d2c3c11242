"""Folds on one machine: threads over buckets."""

from concurrent.futures import ThreadPoolExecutor
from functools import reduce

from tropa.adapters.cores import cores
from tropa.events.fold import ONE_BY_ONE, Fold, Sum, spans
from tropa.events.log import EventLog

PIECES_A_THREAD = 4
WORTH_THREADS = 50_000


class LocalEngine:
    """Runs folds on threads; kernels let go of the interpreter, so threads are cores."""

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or cores()

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log, the same whatever the number of threads."""
        threads = self.threads
        if threads == 1 or log.size < WORTH_THREADS:
            return ONE_BY_ONE.run(fold, log)
        step = fold.on(log)
        with ThreadPoolExecutor(threads) as pool:
            pieces = list(pool.map(lambda span: step.add(span, fold.zero()), spans(log, threads * PIECES_A_THREAD)))
        return reduce(fold.merge, pieces, fold.zero())
