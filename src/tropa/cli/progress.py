"""Progress for people: the stage of work, the rate, the time left; silent where nobody watches."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tropa.cli.words import WORDS, say
from tropa.domain.text import Language
from tropa.ports import Progress, Report, silent
from tropa.render.words import duration, whole

_OFTEN = 0.1
_LONG_ENOUGH = 1.0


@contextmanager
def shown(language: Language) -> Iterator[Report]:
    """A reporter that keeps one line on standard error up to date."""
    if not sys.stderr.isatty():
        yield silent
        return
    line = _Line(language)
    try:
        yield line.report
    finally:
        line.clear()


class _Line:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._work = ""
        self._began = self._drawn = 0.0

    def report(self, progress: Progress) -> None:
        now = time.monotonic()
        if progress.work != self._work:
            self._work, self._began, self._drawn = progress.work, now, 0.0
        if now - self._drawn >= _OFTEN:
            self._drawn = now
            sys.stderr.write(f"\r\x1b[2K{self._words(progress, now - self._began)}")
            sys.stderr.flush()

    def clear(self) -> None:
        sys.stderr.write("\r\x1b[2K")
        sys.stderr.flush()

    def _words(self, progress: Progress, passed: float) -> str:
        name = say(progress.work, self._language) if progress.work in WORDS else progress.work
        if not progress.done or not progress.total:
            return f"{name}…"
        parts = [f"{name}… {whole(progress.done, self._language)} / {whole(progress.total, self._language)}"]
        if passed > _LONG_ENOUGH:
            if progress.rows:
                parts.append(say("build.rate", self._language, rows=whole(progress.rows / passed, self._language)))
            left = passed * (progress.total - progress.done) / progress.done
            parts.append(say("build.left", self._language, time=duration(left, self._language)))
        return ", ".join(parts)
