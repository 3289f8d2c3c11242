"""Which of the two languages a text is written in, or that it is another one."""

import re
from functools import cache
from typing import Literal

from tropa.texts.shipped import shipped

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-zA-Z\u00c0-\u024f]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u03ff\u0530-\u074f\u0900-\u1cff\u2d00-\u2d2f\u3040-\uabff\uac00-\ud7af]")
_PLACEHOLDER = re.compile(r"\[[а-яё]+\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_FOREIGN_CYRILLIC = re.compile(r"[^\W\d_а-яёa-z]")
_FOREIGN_LATIN = re.compile(r"[\u00df-\u024f]")
_LOOKED_AT = 2_000  # code points that are enough to tell
_SURE = 2  # a foreign letter in a plain word, or two foreign words, in a text of more than one
_FOREIGN = 0.15  # of the words hold a letter or are a word that only another language has


def language_of(text: str) -> Literal["ru", "en"] | None:
    """The language by its letters (right for .998 of one-line texts); None where there are none, or another language.

    Ukrainian, Belarusian, Kazakh and others in Cyrillic, German, French, Turkish and others in Latin letters are told
    by letters that Russian and English do not have and by their commonest words. What masking wrote is not counted.
    """
    said = _PLACEHOLDER.sub(" ", text[:_LOOKED_AT])
    cyrillic, latin = len(_CYRILLIC.findall(said)), len(_LATIN.findall(said))
    if cyrillic + latin <= len(_OTHER_SCRIPT.findall(said)):
        return None
    if cyrillic * 2 >= latin:
        return None if _is_another(said, "cyrillic", _FOREIGN_CYRILLIC) else "ru"
    return None if _is_another(said, "latin", _FOREIGN_LATIN) else "en"


def _is_another(text: str, script: str, letters: re.Pattern[str]) -> bool:
    """Enough words hold a foreign letter or are foreign, and more of them than are surely our own."""
    ours, theirs = _common(script)
    words = [word for word in _WORD.findall(text) if (_CYRILLIC.search(word) is not None) == (script == "cyrillic")]
    own = sum(word.lower() in ours for word in words)
    foreign = sum(_weight(word, theirs, letters) for word in words)
    return foreign > own and foreign >= max(_FOREIGN * len(words), min(_SURE, len(words)))


def _weight(word: str, theirs: frozenset[str], letters: re.Pattern[str]) -> int:
    """How much a word speaks for another language; a name («Їжа») less than a plain word («швидкіше»)."""
    if letters.search(word.lower()):
        return _SURE if word[0].islower() else 1
    return int(word.lower() in theirs)


@cache
def _common(script: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words of our language and of the others in its script; what both have tells nothing."""
    words = shipped("languages")[script]
    ours = frozenset(str(words["ours"]).split())
    return ours, frozenset(word for name in words["others"] for word in str(words["others"][name]).split()) - ours
