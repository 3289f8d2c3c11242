"""Quotes that prove a theme: verbatim, dated, from different people, no two alike."""

from collections.abc import Iterable, Mapping, Sequence

from tropa.domain.evidence import Quote
from tropa.domain.hearing import ThemeClause
from tropa.domain.voice import VoiceLine
from tropa.texts.clauses import sentences
from tropa.texts.words import lemma, words_of

_ALIKE = 0.5  # two quotes that share so much of their words say the same
_GOOD = (25, 180)  # code points of a sentence that is read to its end


def diverse_quotes(
    clauses: Sequence[ThemeClause], lines: Mapping[str, VoiceLine], *, at_most: int = 5
) -> tuple[Quote, ...]:
    """At most so many quotes, one a person: readable ones first, each unlike those before, newest first among equals.

    `text` is the stored text, `span` the clause; a quote that repeats another's words is left out
    (Jaccard's index of lemmas from .5 on).
    """
    ranked = sorted(clauses, key=lambda one: _dullness(one, lines[one.feedback]))
    chosen: list[tuple[ThemeClause, frozenset[str]]] = []
    speakers: set[str] = set()
    for one in ranked:
        if len(chosen) == at_most:
            break
        said = telling_lemmas(lines[one.feedback].text[one.start : one.end])
        if one.speaker in speakers or any(alike(said, other) for _, other in chosen):
            continue
        speakers.add(one.speaker)
        chosen.append((one, said))
    return tuple(_quote(one, lines[one.feedback]) for one, _ in chosen)


def _quote(clause: ThemeClause, line: VoiceLine) -> Quote:
    return Quote(
        feedback=line.id,
        text=line.text,
        span=(clause.start, clause.end),
        source=line.source,
        date=line.written_at.date() if line.written_at else None,
        rating=line.rating,
    )


def sentence_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The whole sentences that hold the span: code points of the text."""
    held = [one for one in sentences(text) if one.start < span[1] and span[0] < one.end]
    if not held:
        return span
    return min(span[0], held[0].start), max(span[1], held[-1].end)


def _dullness(clause: ThemeClause, line: VoiceLine) -> tuple[float, float, str, int]:
    start, end = sentence_around(line.text, (clause.start, clause.end))
    length = min(end - start, 2 * (clause.end - clause.start) + 40)
    shortest, longest = _GOOD
    wrong = max(0.0, shortest - length) / shortest + max(0.0, length - longest) / longest
    written = line.written_at.timestamp() if line.written_at else 0.0
    return round(wrong, 1), -written, line.id, clause.start


def telling_lemmas(text: str) -> frozenset[str]:
    """The lemmas of all words but the shortest."""
    return frozenset(lemma(word.text) for word in words_of(text) if len(word.text) > 2)


def unlike_ways(texts: Iterable[str], enough: int) -> int:
    """In how many ways that share less than half of their words a thing is said; counted up to `enough`."""
    said: list[frozenset[str]] = []
    for text in sorted(set(texts)):
        words = telling_lemmas(text)
        if not any(alike(words, other) for other in said):
            said.append(words)
        if len(said) == enough:
            break
    return len(said)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two quotes say the same: Jaccard's index of their lemmas is .5 or more."""
    together = len(one | other)
    return together > 0 and len(one & other) / together >= _ALIKE
