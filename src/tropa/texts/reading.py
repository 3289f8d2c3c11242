"""Reading whole texts clause by clause, by a model of opinions."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.domain.opinion import TextReading
from tropa.texts.replies import customers_words
from tropa.texts.statements import VoiceReader, statements_of


@dataclass(frozen=True, slots=True)
class ClauseReader:
    """Fulfils StatementReader."""

    voice: VoiceReader

    @property
    def name(self) -> str:
        """That of the model."""
        return self.voice.model.name

    @property
    def version(self) -> str:
        """That of the model."""
        return self.voice.model.version

    def read(self, texts: Sequence[str]) -> Sequence[TextReading]:
        """The statements of each text, and what the model reads in the whole."""
        statements = statements_of(texts, self.voice)
        opinions = self.voice.model.opinions([customers_words(text) for text in texts])
        return tuple(
            TextReading(opinion=opinion, statements=said, model=self.name, version=self.version)
            for said, opinion in zip(statements, opinions, strict=True)
        )
