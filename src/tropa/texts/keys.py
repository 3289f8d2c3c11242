"""Latin keys for names in any script."""

import re

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f h ts ch sh sch _ y _ e yu ya".replace("_", "").split(" "),
        strict=True,
    )
)
_OTHER = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def latin_key(name: str) -> str:
    """A key of small Latin letters, digits and underscores, at most 60 long; «Заявка принята» → zayavka_prinyata."""
    latin = "".join(_LATIN.get(letter, letter) for letter in name.lower())
    return _OTHER.sub("_", latin).strip("_")[:_LONGEST].strip("_") or "x"


def free_key(name: str, taken: frozenset[str] | set[str]) -> str:
    """The key of a name, numbered where it is taken."""
    key = latin_key(name)
    number = 2
    free = key
    while free in taken:
        free = f"{key}_{number}"
        number += 1
    return free
