"""Lists of good and bad sides: «Плюсы: … Минусы: …», «+ быстро; − дорого»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tropa.domain.opinion import Opinion, Sentiment
from tropa.texts.clauses import Span
from tropa.texts.words import folded, words_of

_GOOD = (
    r"(?:(?:из )?(?:плюсов|достоинств|преимуществ)|плюсы|достоинства|преимущества|понравилось|"
    r"pros|likes|advantages|the good)"
)
_BAD = r"(?:(?:из )?(?:минусов|недостатков)|минусы|недостатки|не понравилось|cons|dislikes|disadvantages|the bad)"
_HEAD = re.compile(rf"\W*(?:(?P<bad>{_BAD})|(?P<good>{_GOOD}))\s*(?:[:—–-]|(?<=в)$)", re.IGNORECASE)
_ITEM = re.compile(r"(?:(?P<good>[+➕✅])|(?P<bad>[-−–—➖❌]))\s*\w")
_END = re.compile(r"[.!?…]\W*$")
_NONE = frozenset(
    {"нет", "не", "ни", "обнаружил", "обнаружила", "нашел", "нашла", "нашли", "пока", "none", "no", "nothing"}
)
_SURE = 0.6


def sides_of(text: str, clauses: Sequence[Span]) -> Iterator[Sentiment | None]:
    """For each clause the side of a list on which it stands; None outside lists.

    A heading holds to the end of its sentence. A dash is a bad side only where a plus stands in the text too.
    """
    signs = {("good" if found["good"] else "bad") for one in clauses if (found := _ITEM.match(one.of(text)))}
    heading: Sentiment | None = None
    ended = False
    for one in clauses:
        said = one.of(text)
        head = _HEAD.match(said)
        item = _ITEM.match(said) if "good" in signs else None
        if head is not None:
            heading, ended = Sentiment.NEGATIVE if head["bad"] else Sentiment.POSITIVE, False
        elif ended or "\n\n" in text[max(0, one.start - 3) : one.start]:
            heading = None
        if item is not None:
            yield Sentiment.POSITIVE if item["good"] else Sentiment.NEGATIVE
        else:
            yield heading
        ended = ended or bool(_END.search(said))


def is_nothing(said: str) -> bool:
    """«Минусы: нет»: a heading with nothing under it."""
    head = _HEAD.match(said)
    words = [word.text for word in words_of(folded(said[head.end() :] if head else said))]
    return head is not None and bool(words) and set(words) <= _NONE


def on_side(opinion: Opinion, side: Sentiment) -> Opinion:
    """The opinion as its side of the list has it."""
    if opinion.sentiment is side:
        return opinion
    rest = (1 - _SURE) / 2
    shares = [_SURE if one is side else rest for one in Sentiment]
    strength = max(1.0, abs(opinion.value))
    value = strength if side is Sentiment.POSITIVE else -strength
    return replace(opinion, probabilities=(shares[0], shares[1], shares[2]), value=value)
