"""Words in the languages people read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """The languages of the interface and of generated words."""

    RU = "ru"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one or both languages; what is missing is None, never an empty string."""

    ru: str | None = None
    en: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def said_in(self, language: Language) -> str:
        """The words in this language, else in the other, else nothing."""
        first, second = (self.ru, self.en) if language is Language.RU else (self.en, self.ru)
        return first or second or ""

    @property
    def is_empty(self) -> bool:
        """No words in any language."""
        return not (self.ru or self.en)


def text_in(language: Language, words: str) -> Text:
    """A text known in one language only."""
    return Text(ru=words) if language is Language.RU else Text(en=words)
