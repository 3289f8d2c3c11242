"""What a finding's group is told by (a device, a city, a way of paying), and what its values say."""

from collections.abc import Mapping
from functools import cache

from tropa.domain.finding import Finding
from tropa.insight.advice_data import begins_with, read_data, words_of


@cache
def kinds_of_properties() -> Mapping[str, tuple[str, ...]]:
    """Beginnings of words in a property's name."""
    return {kind: tuple(words) for kind, words in read_data("groups.toml")["properties"].items()}


@cache
def kinds_of_values() -> Mapping[str, tuple[str, ...]]:
    """Beginnings of words in a property's value."""
    return {kind: tuple(words) for kind, words in read_data("groups.toml")["values"].items()}


def groups_of(finding: Finding) -> frozenset[str]:
    """What the finding's group is told by: device, region and so on."""
    return _kinds(kinds_of_properties(), frozenset(words_of(finding.segment or {})))


def kinds_of_property(name: str) -> frozenset[str]:
    """What a property tells people by, from its name: region, device, age and so on."""
    return _kinds(kinds_of_properties(), frozenset(words_of([name])))


def values_of(finding: Finding) -> frozenset[str]:
    """What the values of the finding's group say: a phone, a guest, an advertisement and so on."""
    given = (finding.segment or {}).values()
    return _kinds(
        kinds_of_values(),
        frozenset(words_of(one for value in given for one in ([value] if isinstance(value, str) else value))),
    )


def _kinds(known: Mapping[str, tuple[str, ...]], words: frozenset[str]) -> frozenset[str]:
    return frozenset(kind for kind, parts in known.items() if any(begins_with(word, parts) for word in words))
