"""What a clause does: praises, complains, asks, wishes; and where its words mean the opposite of what they say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from tropa.domain.opinion import Job, Opinion, Sentiment, StatementKind
from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.shipped import shipped
from tropa.texts.words import Word

_TURNS = ("wishes", "leaving", "others", "others_first", "irony")
_RHETORICAL = re.compile(r"\?[!?]|!\?")
_ASKS = re.compile(
    r"^\W*(?:а\s+|и\s+|подскажите|скажите|можно ли|есть ли|будет ли|когда|где|как|сколько|почему|зачем|какой|какая|какие|"
    r"кто|что|does|do|is|are|can|could|how|when|where|what|which|why|who|will|would)\b",
    re.IGNORECASE,
)
_SURE = 0.6
_LIKELY = 0.3
_SCARE_QUOTES = re.compile(r"[«\"“](?:сервис|забот\w+|качеств\w+|профессионал\w*|service|quality|care)[»\"”]", re.IGNORECASE)


def kind_of(text: str, words: Sequence[Word], opinion: Opinion, *, job: Job | None) -> StatementKind:
    """What a clause does, by its words where they are plain, else by the model, in accord with the feeling."""
    by_model = opinion.kinds
    negative, _, positive = opinion.probabilities
    turns = turns_in(words)
    if "leaving" in turns and positive < _SURE:
        return StatementKind.CHURN
    if text.rstrip(" )»\"”'").endswith("?") and not _RHETORICAL.search(text) and negative < _SURE:
        return StatementKind.QUESTION
    if job is not None and negative < _SURE and by_model.get(StatementKind.PRAISE, 0.0) < _SURE:
        return StatementKind.JTBD
    if "wishes" in turns and positive < _SURE and by_model.get(StatementKind.PAIN, 0.0) < _SURE:
        return StatementKind.NEED
    if "others" in turns and by_model.get(StatementKind.COMPARISON, 0.0) >= _LIKELY:
        return StatementKind.COMPARISON
    return _in_accord(by_model, opinion.sentiment, asks=bool(_ASKS.match(text)) and "?" in text)


def turned(text: str, words: Sequence[Word], opinion: Opinion) -> Opinion:
    """The opinion, turned round where kind words are ironic or praise somebody else."""
    if opinion.sentiment is not Sentiment.POSITIVE:
        return opinion
    turns = turns_in(words)
    if "irony" in turns or "others_first" in turns or _SCARE_QUOTES.search(text):
        negative, neutral, positive = opinion.probabilities
        kinds = dict(opinion.kinds)
        kinds[StatementKind.PRAISE] = 0.0
        return replace(
            opinion, probabilities=(positive, neutral, negative), value=-abs(opinion.value), kinds=kinds
        )
    return opinion


def turns_in(words: Sequence[Word]) -> frozenset[str]:
    """Which turns of speech a clause has: wishes, leaving, others, others_first, irony."""
    if not _turns().knows_any(words):
        return frozenset()
    found = {hit.entry.owner for hit in _turns().find(words)}
    return frozenset(found | {"others"}) if "others_first" in found else frozenset(found)


def _in_accord(
    kinds: Mapping[StatementKind, float], sentiment: Sentiment, *, asks: bool
) -> StatementKind:
    """The likeliest kind that the feeling allows."""
    ruled_out = {
        Sentiment.POSITIVE: {StatementKind.PAIN, StatementKind.BARRIER},
        Sentiment.NEGATIVE: {StatementKind.PRAISE, StatementKind.FACT},
        Sentiment.NEUTRAL: {StatementKind.PRAISE, StatementKind.PAIN},
    }[sentiment]
    allowed = {kind: share for kind, share in kinds.items() if kind not in ruled_out}
    if not asks:
        allowed.pop(StatementKind.QUESTION, None)
    usual = {
        Sentiment.POSITIVE: StatementKind.PRAISE,
        Sentiment.NEGATIVE: StatementKind.PAIN,
        Sentiment.NEUTRAL: StatementKind.FACT,
    }[sentiment]
    best = max(allowed, key=lambda kind: (allowed[kind], kind.value), default=usual)
    return best if allowed.get(best, 0.0) >= _LIKELY else usual


@cache
def _turns() -> Lexicon:
    return lexicon_of([(name, shipped("statements")[name]) for name in reversed(_TURNS)])
