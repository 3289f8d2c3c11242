"""What people said, as evidence."""

from tropa.assembly.facts import Facts
from tropa.domain.evidence import Quote, Quotes
from tropa.domain.period import Period
from tropa.texts.voices import TouchpointPain

_SHOWN_QUOTES = 5
_CRITICAL_SHARE = 0.5
_MANY = 10


def quotes_of(facts: Facts, voices: int, of: int, examples: tuple[Quote, ...]) -> Quotes:
    """So many voices of so many, a few of them verbatim."""
    days = sorted(one.written_at.date() for one in facts.feedback if one.written_at is not None)
    return Quotes(
        key="e1",
        voices=voices,
        of=of,
        period=Period(days[0], days[-1]) if days else None,
        examples=examples[:_SHOWN_QUOTES],
    )


def is_often_scolded(pain: TouchpointPain) -> bool:
    """By many people, and by at least half of those who speak of it."""
    return pain.negative >= _MANY and pain.negative >= _CRITICAL_SHARE * pain.of
