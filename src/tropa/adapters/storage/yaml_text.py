"""YAML as plain data that remembers where each value stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tropa.errors import ConfigError, Place, told

Path = tuple[str | int, ...]
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class PlacedData:
    """Plain data and the line and column (from 1) of every key and value in it."""

    data: Any
    places: Mapping[Path, tuple[int, int]]

    def place_of(self, path: Path, file: str) -> Place:
        """Where this value stands, or the nearest one around it."""
        field_name = ".".join(str(part) for part in path) or None
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                line, column = self.places[path[:length]]
                return Place(file=file, line=line, column=column, field=field_name)
        return Place(file=file, field=field_name)


@dataclass(slots=True)
class _Walk:
    file: str
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)


def placed_data(text: str, *, file: str) -> PlacedData:
    """Read YAML 1.2; ConfigError says where it is broken."""
    try:
        root = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file=file, line=mark.line + 1, column=mark.column + 1) if mark else Place(file=file)
        raise ConfigError(
            told("This is not YAML: {problem}.", problem=error.problem or error.context), _YAML_HINT, place
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ConfigError("This is not YAML.", _YAML_HINT, Place(file=file)) from error
    walk = _Walk(file)
    return PlacedData({} if root is None else _plain(root, walk, ()), walk.places)


_YAML_HINT = "Look at the quotes, the colons and the spaces in front of that line; tabs are not allowed."


def _plain(node: Node, walk: _Walk, path: Path) -> Any:
    here = (node.start_mark.line + 1, node.start_mark.column + 1)
    walk.places.setdefault(path, here)
    if id(node) in walk.seen or len(path) > _DEEPEST:
        place = Place(file=walk.file, line=here[0], column=here[1])
        raise ConfigError("Aliases (*name) and very deep nesting are not read.", "Write the value out.", place)
    walk.seen.add(id(node))
    match node:
        case MappingNode():
            return _mapping(node, walk, path)
        case SequenceNode():
            return [_plain(one, walk, (*path, place)) for place, one in enumerate(node.value)]
        case ScalarNode():
            return _scalar(node)
    return None


def _mapping(node: MappingNode, walk: _Walk, path: Path) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        key = str(key_node.value)
        if key in plain:
            place = Place(file=walk.file, line=line, column=column, field=".".join(str(one) for one in (*path, key)))
            raise ConfigError(told("The key “{key}” stands twice here.", key=key), "Leave one of them.", place)
        walk.places[(*path, key)] = (line, column)
        plain[key] = _plain(value_node, walk, (*path, key))
    return plain


def _scalar(node: ScalarNode) -> Any:
    raw = str(node.value)
    if node.style in {"'", '"', "|", ">"}:
        return raw
    match str(node.tag).rsplit(":", 1)[-1]:
        case "null":
            return None
        case "bool":
            return raw.lower() == "true"
        case "int" if re.fullmatch(r"-?(0|[1-9]\d{0,17})", raw):
            return int(raw)
        case "float" if re.fullmatch(r"-?\d+\.\d+", raw):
            return float(raw)
    return raw
