"""Packs of touchpoints by industry: YAML files beside this module, made to be edited."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from tropa.domain.text import Text
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import KnownTouchpoint, known_touchpoints

COMMON = "common"
_NO_PACK = frozenset({COMMON, "questions"})


@cache
def pack_names() -> tuple[str, ...]:
    """The industries that have a pack, by the alphabet."""
    folder = files("tropa.texts").joinpath("data", "packs")
    stems = (one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml"))
    return tuple(sorted(stem for stem in stems if stem not in _NO_PACK))


@cache
def own_touchpoints(name: str) -> tuple[KnownTouchpoint, ...]:
    """The touchpoints that data/packs/NAME.yaml itself describes, in its order, with the words of `more` behind."""
    more = shipped("synonyms")["more"]
    return tuple(
        KnownTouchpoint(
            key=one["key"],
            name=Text(ru=one["name"]["ru"], en=one["name"]["en"]),
            channel=one["channel"],
            stage=one["stage"],
            events=(),
            words=(*map(str, one["words"]), *more.get(one["key"], ())),
        )
        for one in _content(name)["touchpoints"]
    )


@cache
def common_touchpoints() -> tuple[KnownTouchpoint, ...]:
    """Touchpoints of any business: the general dictionary and what packs/common.yaml adds to it."""
    return united((*known_touchpoints(), *own_touchpoints(COMMON)))


@cache
def pack(name: str) -> tuple[KnownTouchpoint, ...]:
    """What an industry's customers meet: its own touchpoints first, then those common ones that it uses."""
    used = set(_content(name).get("uses", ()))
    return united((*own_touchpoints(name), *(one for one in common_touchpoints() if one.key in used)))


@cache
def all_touchpoints() -> tuple[KnownTouchpoint, ...]:
    """Every touchpoint that ships; one that is called otherwise in some industry has its common name."""
    names = {one.key: one for one in common_touchpoints()}
    everywhere = united((*(one for name in pack_names() for one in own_touchpoints(name)), *common_touchpoints()))
    return tuple(replace(one, name=names[one.key].name) if one.key in names else one for one in everywhere)


def united(touchpoints: Iterable[KnownTouchpoint]) -> tuple[KnownTouchpoint, ...]:
    """One a key: the first, with the words of the others behind its own."""
    found: dict[str, KnownTouchpoint] = {}
    for one in touchpoints:
        before = found.get(one.key)
        if before is not None:
            words = before.words + tuple(word for word in one.words if word not in before.words)
            one = replace(before, words=words, events=before.events or one.events)  # noqa: PLW2901
        found[one.key] = one
    return tuple(found.values())


@cache
def _content(name: str) -> Mapping[str, Any]:
    text = files("tropa.texts").joinpath("data", "packs", f"{name}.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return content
