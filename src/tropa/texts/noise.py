"""Texts that say nothing about the company: empty ones and spam."""

import re

from tropa.domain.voice import Noise
from tropa.texts.shipped import shipped
from tropa.texts.words import folded, words_of

_LETTER = re.compile(r"[^\W\d_]")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf❤]|[)(]{2,}|[:;]-?[)(]")
_MASKED = re.compile(r"\[(?:ссылка|почта|телефон|ник|имя|номер|карта)\]")
_LINK = re.compile(r"\[ссылка\]|https?://|www\.|\bt\.me/|\b[\w-]{2,40}\.(?:ru|com|net|org|info|shop|site|online|biz)\b")
_REPEATED = re.compile(r"(.)\1{7,}|(\w{2,6})(?:\s*\2){5,}")
_VOWEL = re.compile(r"[aeiouyаеиоуыэюя]")
_LONG_WORD = 7
_ROW_OF_KEYS = ("йцукен", "фыва", "ячсм", "qwerty", "asdf", "zxcv")


def noise_of(text: str) -> Noise | None:
    """Why a text is no voice; None where it is one.

    Empty: no letter and no sign of a mood. Spam: a link or contact together with words of advertising, two links or
    more in few words, or letters that make no words (one sign or syllable again and again, rows of the keyboard).
    """
    said = _MASKED.sub(" ", text)
    if not _LETTER.search(said):
        return None if _EMOJI.search(said) else (Noise.SPAM if _MASKED.search(text) else Noise.EMPTY)
    return Noise.SPAM if _is_spam(folded(text), folded(said)) else None


def _is_spam(text: str, said: str) -> bool:
    words = [word.text for word in words_of(said)]
    links = len(_LINK.findall(text))
    contacts = links + len(_MASKED.findall(text))
    adverts = sum(sign in said for sign in shipped("spam")["adverts"])
    if (contacts and adverts) or adverts >= 2 or (links >= 2 and len(words) < 6 * links):
        return True
    return _is_gibberish(said, words)


def _is_gibberish(said: str, words: list[str]) -> bool:
    repeated = sum(len(found.group()) for found in _REPEATED.finditer(said))
    if repeated * 2 > len(said):
        return True
    odd = sum(
        len(word) >= _LONG_WORD and not _VOWEL.search(word) or any(row in word for row in _ROW_OF_KEYS)
        for word in words
    )
    return bool(words) and odd * 2 >= len(words)
