"""The lines of voice that count, and whose they are."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from tropa.domain.voice import VoiceLine


def voices_of(lines: Iterable[VoiceLine]) -> tuple[VoiceLine, ...]:
    """The lines in which a customer speaks, once and in earnest."""
    return tuple(one for one in lines if one.counts)


def speaker_of(line: VoiceLine) -> str:
    """Who speaks: the person where known, else the survey sheet or conversation, else this line stands for one."""
    if line.person:
        return f"person:{line.person}"
    return f"answers:{line.answers}" if line.answers else f"feedback:{line.id}"


def day_of(line: VoiceLine) -> date | None:
    """When it was written."""
    return _same(line.written_at.date()) if line.written_at else None


@lru_cache(maxsize=20_000)
def _same(day: date) -> date:
    """One value for a day, however many wrote on it."""
    return day


def people(lines: Iterable[VoiceLine]) -> int:
    """Different people among them."""
    return len({speaker_of(one) for one in lines})
