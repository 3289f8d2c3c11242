"""Work in several threads at once that Ctrl+C ends at once."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import NoReturn, TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")
_GLANCE = 0.2  # seconds between looks for Ctrl+C, where waiting itself does not see it


def in_parallel(jobs: Sequence[Job], work: Callable[[Job], Done], *, workers: int) -> Iterator[Done]:
    """What becomes of each job, as they are done; the first error ends it all.

    Leaving early, by an error or by Ctrl+C, begins no other job and waits for none under way.
    """
    waiting: SimpleQueue[Job] = SimpleQueue()
    done: SimpleQueue[Callable[[], Done]] = SimpleQueue()
    stop = Event()
    for job in jobs:
        waiting.put(job)

    def run() -> None:
        while not stop.is_set():
            try:
                job = waiting.get_nowait()
            except Empty:
                return
            try:
                result = work(job)
            except BaseException as error:  # noqa: BLE001  raised again where the results are taken
                done.put(partial(_raised, error))
            else:
                done.put(partial(_given, result))

    for _ in range(min(workers, len(jobs))):
        Thread(target=run, daemon=True).start()
    try:
        for _ in jobs:
            yield _next(done)()
    finally:
        stop.set()


def _given(result: Done) -> Done:
    return result


def _raised(error: BaseException) -> NoReturn:
    raise error


def _next(done: SimpleQueue[Callable[[], Done]]) -> Callable[[], Done]:
    while True:
        try:
            return done.get(timeout=_GLANCE)
        except Empty:
            continue
