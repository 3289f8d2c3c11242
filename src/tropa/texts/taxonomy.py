"""Which touchpoints a clause speaks of: people's list or a shipped pack, by words and by a model's topics together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from math import exp, log

from tropa.domain.opinion import DECISION
from tropa.texts.lexicon import Found, Lexicon, lexicon_of
from tropa.texts.packs import all_touchpoints, pack
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import NOTHING, KnownTouchpoint, idioms
from tropa.texts.words import Word, folded, words_of

_UNSEEN = 0.02  # a topic that the model leaves out
_MOST = 0.98
_DOUBT = 2.0
_SURE_RANK = 8  # the first words of a list are the most telling
_BY_WORD = 4.2  # what a word of the list adds to the log-odds, and what makes it more
_BY_TELLING_WORD = 0.5
_BY_PHRASE = 1.0
_BY_SECOND_WORD = 1.0


@dataclass(frozen=True, kw_only=True)
class Taxonomy:
    """The touchpoints that are looked for.

    `topics` says for each touchpoint which of the model's topics speak of it; `industry` whose pack it is, if one.
    """

    touchpoints: tuple[KnownTouchpoint, ...]
    topics: Mapping[str, tuple[str, ...]]
    lexicon: Lexicon
    industry: str | None = None

    @cached_property
    def stages(self) -> Mapping[str, str]:
        """The kind of stage where each touchpoint usually stands, by key."""
        return {one.key: one.stage for one in self.touchpoints}

    def stage_named(self, question: str) -> str | None:
        """The stage of the first touchpoint that a survey's question names («оцените доставку»)."""
        stages = self.stages
        owners = (hit.entry.owner for hit in self.lexicon.find(tuple(words_of(question))))
        return next((stages[one] for one in owners if stages.get(one)), None)

    def probabilities(self, words: Sequence[Word], topics: Mapping[str, float]) -> dict[str, float]:
        """How likely a clause of these words speaks of each touchpoint; those that nothing speaks for are left out.

        The log-odds of the model (of its topics the touchpoint's likeliest) and of the words found are added.
        """
        by_words = _evidence(self.lexicon.find(words))
        said: dict[str, float] = {}
        for topic, chance in topics.items():
            for key in self._spoken_of.get(topic, ()):
                said[key] = max(chance, said.get(key, 0.0))
        spoken = [key for key in {**said, **by_words} if said.get(key) or key in by_words]
        return {
            key: _sigmoid(_doubted(said.get(key, 0.0)) + by_words.get(key, 0.0))
            for key in sorted(spoken, key=self._places.__getitem__)
        }

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {one.key: place for place, one in enumerate(self.touchpoints)}

    @cached_property
    def _spoken_of(self) -> Mapping[str, tuple[str, ...]]:
        """The touchpoints of each of the model's topics."""
        found: dict[str, list[str]] = {}
        for one in self.touchpoints:
            for topic in self.topics[one.key]:
                found.setdefault(topic, []).append(one.key)
        return {topic: tuple(keys) for topic, keys in found.items()}


def taxonomy_for(industry: str | None) -> Taxonomy:
    """What ships for an industry; None = everything that ships."""
    touchpoints = all_touchpoints() if industry is None else pack(industry)
    topics = {one.key: (one.key,) for one in touchpoints}
    return Taxonomy(touchpoints=touchpoints, topics=topics, lexicon=_lexicon(touchpoints), industry=industry)


def taxonomy_of(
    own: Sequence[KnownTouchpoint], *, beside: Sequence[KnownTouchpoint] = (), industry: str | None = None
) -> Taxonomy:
    """People's own touchpoints, with shipped ones beside: an own one also knows the words of what its name stands for.

    A shipped touchpoint belongs to the one that has its key or its very name, else to the first whose name means it.
    Stage and channel that nobody wrote are those of the first shipped touchpoint meant.
    """
    known = {one.key: one for one in (all_touchpoints() if industry is None else pack(industry))}
    known |= {one.key: one for one in all_touchpoints() if one.key not in known and one.key in {o.key for o in own}}
    exact = {one.key: _same(one, known) for one in own}
    taken = {one.key for one in beside} | {topic for several in exact.values() for topic in several}
    topics: dict[str, tuple[str, ...]] = {}
    for one in own:
        meant = tuple(topic for topic in _meant(one, known) if topic not in taken)
        topics[one.key] = (*exact[one.key], *meant)
        taken.update(meant)
    widened = [_widened(one, [known[topic] for topic in topics[one.key] if topic in known]) for one in own]
    touchpoints = (*widened, *beside)
    topics |= {one.key: (one.key,) for one in beside}
    return Taxonomy(touchpoints=touchpoints, topics=topics, lexicon=_lexicon(touchpoints), industry=industry)


def decided(probabilities: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The touchpoints from DECISION on, the likeliest first."""
    likely = [(key, round(value, 4)) for key, value in probabilities.items() if value >= DECISION]
    return tuple(sorted(likely, key=lambda one: (-one[1], one[0])))


def _lexicon(touchpoints: Sequence[KnownTouchpoint]) -> Lexicon:
    return lexicon_of([(NOTHING, idioms()), *((one.key, one.words) for one in touchpoints)])


def _evidence(found: Sequence[Found]) -> dict[str, float]:
    """What the words found add to the log-odds of each touchpoint."""
    best: dict[str, float] = {}
    for hit in found:
        owner = hit.entry.owner
        if owner == NOTHING:
            continue
        told = _BY_WORD + (_BY_TELLING_WORD if hit.entry.rank < _SURE_RANK else 0.0)
        told += _BY_PHRASE if len(hit.places) > 1 else 0.0
        best[owner] = max(best[owner], told) + _BY_SECOND_WORD if owner in best else told
    return best


def _same(one: KnownTouchpoint, known: Mapping[str, KnownTouchpoint]) -> tuple[str, ...]:
    """The shipped touchpoint with this key or name."""
    if one.key in known:
        return (one.key,)
    names = _names(one)
    return tuple(key for key, other in known.items() if names & (_names(other) | {key.replace("_", " ")}))[:1]


def _meant(one: KnownTouchpoint, known: Mapping[str, KnownTouchpoint]) -> tuple[str, ...]:
    """What a name stands for: by the list of synonyms, else by the words of the shipped touchpoints."""
    said = [tuple(words_of(name)) for name in sorted(_names(one))]
    topics: list[str] = []
    for words in said:
        for hit in _synonyms().find(words):
            topics += _synonym_topics()[int(hit.entry.owner)]
    if not topics:
        topics = [hit.entry.owner for words in said for hit in _every().find(words) if hit.entry.owner != NOTHING]
    return tuple(topic for topic in dict.fromkeys(topics) if topic in known) or tuple(dict.fromkeys(topics))


def _names(one: KnownTouchpoint) -> frozenset[str]:
    spelt = one.key.replace("_", " ").replace(".", " ").replace("-", " ")
    return frozenset(folded(name) for name in (spelt, one.name.ru, one.name.en) if name)


def _widened(one: KnownTouchpoint, meant: Sequence[KnownTouchpoint]) -> KnownTouchpoint:
    """The touchpoint with the words of what it stands for behind its own; a name is a word where there are none."""
    own = one.words or tuple(name for name in (one.name.ru, one.name.en) if name)
    words = tuple(dict.fromkeys((*own, *(word for other in meant for word in other.words))))
    first = meant[0] if meant else None
    stage = one.stage or (first.stage if first else "")
    channel = one.channel or (first.channel if first else "")
    return replace(one, words=words, stage=stage, channel=channel)


@cache
def _synonyms() -> Lexicon:
    return lexicon_of([(str(n), one["names"]) for n, one in enumerate(shipped("synonyms")["synonym"])])


@cache
def _synonym_topics() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(one["topics"]) for one in shipped("synonyms")["synonym"])


@cache
def _every() -> Lexicon:
    return _lexicon(all_touchpoints())


def _doubted(topic: float) -> float:
    """The log-odds of a topic, less the doubt: on texts unlike its own the model is too sure (alone, .88 is a yes)."""
    return max(_log_odds(topic) - _DOUBT, _log_odds(_UNSEEN)) if topic else _log_odds(_UNSEEN)


def _log_odds(probability: float) -> float:
    held = min(probability, _MOST)
    return log(held / (1 - held))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-odds))
