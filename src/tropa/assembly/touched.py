"""Which guesses a customer's words touch: by touchpoint, stage and words in common; a denial is told from a yes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tropa.assembly.definition import stages_of_map
from tropa.domain.journeymap import Card, JourneyMap, LaneKind
from tropa.domain.opinion import Sentiment
from tropa.domain.voice import VoiceLine
from tropa.texts.document import Feedback, Mention
from tropa.texts.mentions import Heard, listen
from tropa.texts.sentiment import is_negative
from tropa.texts.words import lemmas, words_of

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_SHORTEST = 4
_ENOUGH = 2
_HALF = 0.5
_WORDS = (LaneKind.BARRIER, LaneKind.GOAL, LaneKind.TRIGGER, LaneKind.EXPECTATION, LaneKind.ACTION)
_FELT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Words that speak of a guess; `sure` where both say the same beyond doubt, else a person decides."""

    card: Card
    feedback: Feedback
    span: tuple[int, int]
    against: bool = False
    sure: bool = False

    @property
    def words(self) -> str:
        """The part that speaks of it."""
        return self.feedback.text[slice(*self.span)].strip()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of a customer: where it stands, its lemmas, the stages and touchpoints it speaks of, its side."""

    feedback: Feedback
    span: tuple[int, int]
    lemmas: frozenset[str]
    stages: frozenset[str]
    touchpoints: frozenset[str]
    negative: bool | None


def touched(journey: JourneyMap, feedback: Sequence[Feedback], *, industry: str | None = None) -> tuple[Touch, ...]:
    """For each guess and text the sentence that speaks of it most; customers' words alone."""
    stages = stages_of_map(journey)
    heard = listen(feedback, stages, industry=industry)
    texts = {one.id: one for one in feedback}
    kinds = {lane.key: lane.kind for lane in journey.lanes}
    best: dict[tuple[str, str], tuple[float, Touch]] = {}
    for sentence in _sentences(heard, texts):
        for card in journey.cards:
            found = _touch(card, kinds.get(card.lane), sentence)
            key = (card.key, sentence.feedback.id)
            if found is not None and (key not in best or found[0] > best[key][0]):
                best[key] = found
    return tuple(touch for _, touch in best.values())


def _sentences(heard: Heard, texts: dict[str, Feedback]) -> Iterator[_Sentence]:
    for line in heard.lines:
        one = texts[line.id]
        mentions = [mention for mention in heard.everywhere if mention.feedback == line.id]
        for found in _SENTENCE.finditer(one.text):
            said = found.group()
            lead = len(said) - len(said.lstrip(" \t-–—"))
            span = (found.start() + lead, found.end())
            here = [mention for mention in mentions if _meets(mention, span)]
            yield _Sentence(
                feedback=one,
                span=span,
                lemmas=_telling(said),
                stages=frozenset(mention.stage for mention in here),
                touchpoints=frozenset(mention.touchpoint for mention in here),
                negative=_side(said, line, span),
            )


def _meets(mention: Mention, span: tuple[int, int]) -> bool:
    return mention.start < span[1] and span[0] < mention.end


def _side(said: str, line: VoiceLine, span: tuple[int, int]) -> bool | None:
    """Whether a sentence complains: by its words, else by what was read in its clauses; None where neither tells."""
    told = is_negative(said)
    if told is not None:
        return told
    read = {one.opinion.sentiment for one in line.statements if one.start < span[1] and span[0] < one.end}
    if Sentiment.NEGATIVE in read and Sentiment.POSITIVE not in read:
        return True
    return False if Sentiment.POSITIVE in read and Sentiment.NEGATIVE not in read else None


def _touch(card: Card, kind: LaneKind | None, sentence: _Sentence) -> tuple[float, Touch] | None:
    made = Touch(card=card, feedback=sentence.feedback, span=sentence.span)
    if kind is LaneKind.TOUCHPOINT:
        return (1.0, _surely(made)) if card.touchpoint in sentence.touchpoints else None
    if kind is LaneKind.EMOTION:
        return _felt(made, sentence)
    return _spoken(made, kind, sentence) if kind in _WORDS else None


def _felt(made: Touch, sentence: _Sentence) -> tuple[float, Touch] | None:
    """The same side of zero at the same stage."""
    value = made.card.value or 0.0
    if made.card.stage not in sentence.stages or sentence.negative is None or abs(value) < _FELT:
        return None
    return (1.0, _surely(made)) if (value < 0) is sentence.negative else None


def _spoken(made: Touch, kind: LaneKind | None, sentence: _Sentence) -> tuple[float, Touch] | None:
    """Words in common; a barrier is confirmed by a complaint and denied by praise."""
    shared = ((len(words & sentence.lemmas), len(words)) for words in _words_of(made.card))
    share, count = max((count / of, count) for count, of in shared)
    here = made.card.stage in sentence.stages
    is_barrier = kind is LaneKind.BARRIER
    if count < (1 if here and is_barrier else _ENOUGH):
        return None
    much = count >= _ENOUGH and (here or share >= _HALF)
    if is_barrier:
        against = sentence.negative is False
        sure = much and sentence.negative is not None
        return share, _made(made, against=against, sure=sure)
    return share, _made(made, against=False, sure=much and share >= _HALF)


def _words_of(card: Card) -> list[frozenset[str]]:
    found = [_telling(words) for words in (card.text.ru, card.text.en) if words]
    return [words for words in found if words] or [frozenset({""})]


def _telling(said: str) -> frozenset[str]:
    """Lemmas of the words that tell something: short ones hardly do."""
    return frozenset(lemma for word in words_of(said) if len(word.text) >= _SHORTEST for lemma in lemmas(word.text))


def _surely(made: Touch) -> Touch:
    return _made(made, against=False, sure=True)


def _made(made: Touch, *, against: bool, sure: bool) -> Touch:
    return Touch(card=made.card, feedback=made.feedback, span=made.span, against=against, sure=sure)
