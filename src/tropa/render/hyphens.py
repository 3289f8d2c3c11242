"""Soft hyphens for long words, so that narrow columns never cut or overflow."""

import re

SHY = "\u00ad"
_TOKEN = re.compile(r"[^ \u00a0]+")
_WORD = re.compile(r"[^\W\d_]{7,}")
FITS = 10
_VOWEL = "аеёиоуыэюяaeiouy"
_RUSSIAN = "бвгджзйклмнпрстфхцчшщьъ"
_CONSONANT = _RUSSIAN + "bcdfghjklmnpqrstvwxz"
_BREAKS = (
    re.compile(rf"([йьъ])(?=[{_VOWEL}{_CONSONANT}]{{2}})", re.IGNORECASE),
    re.compile(rf"([{_VOWEL}][{_CONSONANT}])(?=[{_CONSONANT}][{_VOWEL}])", re.IGNORECASE),
    re.compile(rf"([{_VOWEL}])(?=[{_CONSONANT}][{_VOWEL}])", re.IGNORECASE),
    re.compile(rf"([{_VOWEL}][{_CONSONANT}])(?=[{_CONSONANT}]{{2,}}[{_VOWEL}])", re.IGNORECASE),
)


def hyphenated(words: str, fits: int = FITS) -> str:
    """The words with soft hyphens by syllables in what has more signs than fit into a narrow column."""

    def cut(token: re.Match[str]) -> str:
        whole = token.group()
        return whole if len(whole) <= fits else _WORD.sub(lambda word: _cut(word.group()), whole)

    return _TOKEN.sub(cut, words)


def _cut(word: str) -> str:
    middle = word[1:-2]
    for pattern in _BREAKS:
        middle = pattern.sub(rf"\1{SHY}", middle)
    return f"{word[0]}{middle}{word[-2:]}".replace(SHY + SHY, SHY)
