"""A reader of voices with a model that knows a handful of words: what is tested is what stands around the model."""

from collections.abc import Mapping, Sequence

from tropa.domain.opinion import EMOTIONS, Opinion, StatementKind
from tropa.domain.text import Text
from tropa.texts.sentiment import is_negative
from tropa.texts.statements import VoiceReader
from tropa.texts.taxonomy import Taxonomy, taxonomy_of
from tropa.texts.touchpoints import KnownTouchpoint


class WordModel:
    """Sentiment by the shipped word list; no topics unless they are given."""

    name = "words"
    version = "1"

    def __init__(self, topics: Mapping[str, Mapping[str, float]] | None = None) -> None:
        self._topics = topics or {}

    def opinions(self, texts: Sequence[str]) -> Sequence[Opinion]:
        return [self._opinion(is_negative(text)) for text in texts]

    def topics(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        return [self._topics.get(text, {}) for text in texts]

    @staticmethod
    def _opinion(negative: bool | None) -> Opinion:
        shares = (0.1, 0.8, 0.1) if negative is None else (0.8, 0.1, 0.1) if negative else (0.1, 0.1, 0.8)
        kinds = {StatementKind.PAIN: shares[0], StatementKind.FACT: shares[1], StatementKind.PRAISE: shares[2]}
        emotions = dict.fromkeys(EMOTIONS, 0.1)
        return Opinion(probabilities=shares, value=2 * (shares[2] - shares[0]), emotions=emotions, kinds=kinds)


def own(key: str, *words: str, ru: str | None = None) -> KnownTouchpoint:
    return KnownTouchpoint(key=key, name=Text(ru=ru, en=key), channel="", stage="", events=(), words=words)


def a_reader(*touchpoints: KnownTouchpoint, topics: Mapping[str, Mapping[str, float]] | None = None) -> VoiceReader:
    chosen = touchpoints or (own("delivery", "доставка", "курьер"), own("packaging", "упаковка", "коробка"))
    taxonomy: Taxonomy = taxonomy_of(chosen)
    return VoiceReader(model=WordModel(topics), taxonomy=taxonomy)
