"""A nested record → one row of text: dots for depth, commas for lists."""

from collections.abc import Iterator, Sequence

from tropa.adapters.sources.limits import LIMITS

_KEY_VALUE = frozenset({"key", "value"})
_SEPARATOR = ", "


class TooDeepError(ValueError):
    """A record is nested deeper than anybody's data."""


def flatten(record: dict[str, object]) -> dict[str, str]:
    """Columns of one record. Every number was left as text by the parser, so nothing is rounded."""
    return dict(_leaves("", record, 0))


def _leaves(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > LIMITS.depth:
        raise TooDeepError
    match value:
        case {"type": str(kind), **rest} if kind in rest and {*rest} <= {"id", kind}:
            yield from _typed(name, rest[kind], depth + 1)
        case dict():
            for key, inner in value.items():
                yield from _leaves(f"{name}.{key}" if name else str(key), inner, depth + 1)
        case list():
            yield from _list(name, value, depth)
        case _:
            yield name, scalar(value)


def scalar(value: object) -> str:
    """One value as text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value).encode("utf-8", "replace").decode() if not str(value).isascii() else str(value)


def _list(name: str, items: Sequence[object], depth: int) -> Iterator[tuple[str, str]]:
    """Scalars are joined; named values become columns of their own; other records are joined column by column."""
    records = [item for item in items if isinstance(item, dict)]
    if len(records) < len(items):
        if not any(isinstance(item, dict | list) for item in items):
            yield name, _SEPARATOR.join(map(scalar, items))
            return
        records = [{str(n): item} for n, item in enumerate(items)]
    joined: dict[str, list[str]] = {}
    for record in records:
        for column, text in _named(name, record, depth + 1):
            joined.setdefault(column, []).append(text)
    for column, texts in joined.items():
        yield column, _SEPARATOR.join(texts) if any(texts) else ""


def _typed(name: str, value: object, depth: int) -> Iterator[tuple[str, str]]:
    """{"id": "a", "type": "select", "select": {"id": "1", "name": "New"}} → “New”, as Notion writes its fields."""
    inner = [value] if isinstance(value, dict) else value
    if isinstance(inner, list):
        told = (one.get("plain_text", one.get("name")) if isinstance(one, dict) else one for one in inner)
        texts = [text for text in told if isinstance(text, str)]
        if len(texts) == len(inner):
            yield (
                name,
                ("" if any("plain_text" in one for one in inner if isinstance(one, dict)) else _SEPARATOR).join(texts),
            )
            return
    yield from _leaves(name, value, depth)


def _named(name: str, record: dict[str, object], depth: int) -> Iterator[tuple[str, str]]:
    """{"key": "page", "value": {"string_value": "/"}} → name.page = “/”, as GA4 and CRMs write their own fields."""
    label = record.get("key") if record.keys() == _KEY_VALUE else record.get("field_name")
    inner = record.get("value") if record.keys() == _KEY_VALUE else record.get("values")
    if not isinstance(label, str) or not label or inner is None:
        yield from _leaves(name, record, depth)
        return
    filled = [text for column, text in _leaves("", inner, depth + 1) if text and not column.endswith(("_id", "_code"))]
    yield f"{name}.{label}", _SEPARATOR.join(filled)
