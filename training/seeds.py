"""The words of the shipped lists of touchpoints, as examples of what speaks of each."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files

from ruamel.yaml import YAML

from tropa.texts.shipped import shipped
from tropa.texts.words import folded, is_russian


def seeds(language: str) -> dict[str, frozenset[str]]:
    """Words and phrases of a language, and the keys in whose lists they stand."""
    keys: dict[str, set[str]] = defaultdict(set)
    for key, word in _listed():
        if is_russian(folded(word)) == (language == "ru"):
            keys[word.strip("=").replace("…", " ")].add(key)
    return {word: frozenset(of) for word, of in sorted(keys.items())}


def _listed() -> Iterator[tuple[str, str]]:
    for one in shipped("touchpoints")["touchpoint"]:
        yield from ((one["key"], str(word)) for word in one.get("words", ()))
    packs = files("tropa.texts").joinpath("data", "packs")
    for path in sorted(packs.iterdir(), key=lambda path: path.name):
        for one in YAML(typ="safe").load(path.read_text(encoding="utf-8")).get("touchpoints", ()):
            yield from ((one["key"], str(word)) for word in one.get("words", ()))
