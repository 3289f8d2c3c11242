"""Which encoding a text is written in: marks first, then UTF-8 by its rules, then Russian letters by their habits."""

import codecs
from itertools import pairwise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RUSSIAN = ("cp1251", "koi8-r", "cp866")
_PER_MILLE = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (
            110,
            85,
            80,
            74,
            67,
            63,
            55,
            47,
            45,
            44,
            35,
            32,
            30,
            28,
            26,
            20,
            19,
            17,
            17,
            16,
            16,
            14,
            12,
            10,
            9,
            7,
            6,
            5,
            4,
            3,
            3,
            1,
            1,
        ),
        strict=True,
    )
)  # how often each letter is met in Russian prose
_MARKS_OF_PRINT = frozenset("«»—–№ …“”„₽•’©")
_LIKE_RUSSIAN = 20
_BROKEN_SHARE = 0.02


def detect_encoding(sample: bytes) -> str | None:
    """The name of the codec, or None when the bytes are no text; the sample may end in the middle of a letter."""
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if (wide := _wide(sample)) is not None:
        return wide
    if _is_binary(sample):
        return None
    if _is_utf8(sample):
        return "utf-8"
    return _single_byte(sample)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0 (Latin) or 4 (Cyrillic)."""
    even, odd = sample[0:4096:2], sample[1:4096:2]
    if len(odd) < 2 or b"\x00" not in sample[:4096]:
        return None
    if _share_of_high_bytes(odd) > 0.8 and even.count(0) < len(even) * 0.2:
        return "utf-16-le"
    if _share_of_high_bytes(even) > 0.8 and odd.count(0) < len(odd) * 0.2:
        return "utf-16-be"
    return None


def _share_of_high_bytes(half: bytes) -> float:
    return (half.count(0) + half.count(4)) / len(half)


def _is_binary(sample: bytes) -> bool:
    control = sum(sample.count(code) for code in range(32) if code not in b"\t\n\r\x0b\x0c\x1a\x1e\x1f\x01")
    return control > max(16, len(sample) * 0.02)


def _is_utf8(sample: bytes) -> bool:
    """Valid, or broken in a few places only while most letters beyond ASCII are whole."""
    text = sample.decode("utf-8", "replace")
    broken = text[:-4].count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f" and letter != "\ufffd")
    return broken == 0 or broken < whole * _BROKEN_SHARE


def _single_byte(sample: bytes) -> str:
    scores = {name: _russian_score(sample.decode(name, "replace")) for name in _RUSSIAN}
    best = max(_RUSSIAN, key=lambda name: scores[name])
    return best if scores[best] > _LIKE_RUSSIAN else "cp1252"


def _russian_score(text: str) -> float:
    """How much the letters beyond ASCII look like Russian: common letters, few capitals after small ones."""
    foreign = [letter for letter in text if letter > "\x7f"]
    known = sum(_PER_MILLE.get(letter.lower(), -60) for letter in foreign if letter not in _MARKS_OF_PRINT)
    swapped = sum(1 for a, b in pairwise(text) if a > "\x7f" and a.islower() and b > "\x7f" and b.isupper())
    lonely = sum(
        1 for a, b, c in zip(text, text[1:], text[2:], strict=False) if _is_latin(a) and b > "\x7f" and _is_latin(c)
    )
    return (known - 60 * swapped - 90 * lonely) / max(1, len(foreign))


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
