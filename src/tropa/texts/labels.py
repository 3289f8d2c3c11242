"""People's labels: what a text or a clause speaks of and how it feels, as they say it in a table."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tropa.domain.opinion import Sentiment, StatementKind
from tropa.errors import InputError, Place, told
from tropa.texts.masking import mask
from tropa.texts.taxonomy import Taxonomy
from tropa.texts.words import folded

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "ид", "row_id", "review_id", "feedback"),
    "text": ("text", "sentence", "review", "comment", "текст", "предложение", "отзыв", "комментарий", "фраза"),
    "clause": ("clause", "statement", "part", "span_text", "часть", "высказывание"),
    "touchpoint": (
        *("touchpoint", "touchpoints", "aspect", "aspects", "category", "categories", "topic", "topics", "label"),
        *("labels", "key", "keys", "точка", "точки", "точка контакта", "точки контакта", "аспект", "аспекты"),
        *("категория", "категории", "тема", "темы"),
    ),
    "sentiment": ("sentiment", "polarity", "tone", "тональность", "отношение", "настроение", "оценка"),
    "kind": ("kind", "вид"),
}
_SENTIMENTS: Mapping[Sentiment, tuple[str, ...]] = {
    Sentiment.NEGATIVE: ("negative", "neg", "-1", "-2", "-", "−", "bad", "отрицательная", "отрицательно", "негативная",
                         "негативно", "негатив", "отрицательный", "негативный", "плохо"),
    Sentiment.NEUTRAL: ("neutral", "neu", "0", "нейтральная", "нейтрально", "нейтральный", "нейтрал", "conflict",
                        "both", "mixed"),
    Sentiment.POSITIVE: ("positive", "pos", "1", "2", "+1", "+2", "+", "good", "положительная", "положительно",
                         "позитивная", "позитивно", "позитив", "положительный", "позитивный", "хорошо"),
}  # fmt: skip
_BETWEEN = re.compile(r"\s*[;,|\n]\s*")
_NOTHING = frozenset({"", "-", "–", "—", "none", "нет", "null", "nan", "[]"})
_DRESS = re.compile(r"[\[\]{}()'\"«»]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One row of labels.

    `text` is masked as stored texts are; `clause` the part of it that is meant, if one. `touchpoints` None = nothing is
    said of them, () = it speaks of none. `row` is its line in the file.
    """

    text: str
    row: int
    id: str | None = None
    clause: str | None = None
    touchpoints: tuple[str, ...] | None = None
    sentiment: Sentiment | None = None
    kind: StatementKind | None = None

    @property
    def said(self) -> str:
        """The words that the label is about."""
        return self.clause or self.text


def read_labels(
    columns: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    *,
    file: str,
    taxonomy: Taxonomy,
    texts: Mapping[str, str] | None = None,
) -> tuple[Label, ...]:
    """The labels of a table; `texts` gives the text of an id where the table has none.

    InputError says the line, the column and the nearest allowed name where a touchpoint, sentiment or kind is unknown.
    """
    places = _places(columns, file)
    keys = _keys(taxonomy)
    made = []
    for number, cells in rows:
        value = {role: cells[place].strip() for role, place in places.items() if place < len(cells)}
        label = _label(value, number, keys=keys, places=_Places(file, number, columns, places), texts=texts or {})
        if label is not None:
            made.append(label)
    if not made:
        raise InputError("There is no label in the table.", _HINT, Place(file=file))
    return tuple(made)


def by_text(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Labels of the same words as one, their touchpoints together where they agree in sentiment or have none."""
    found: dict[tuple[str, Sentiment | None], Label] = {}
    for one in labels:
        key = (folded(one.said), one.sentiment)
        before = found.get(key)
        if before is not None and before.touchpoints is not None and one.touchpoints is not None:
            found[key] = replace(before, touchpoints=tuple(dict.fromkeys((*before.touchpoints, *one.touchpoints))))
        elif before is None or before.touchpoints is None:
            found[key] = one
    return tuple(found.values())


_HINT = "Columns: text (or id and clause), touchpoint, sentiment; several touchpoints in a cell stand with “;” between."


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a cell stands, for people."""

    file: str
    row: int
    columns: Sequence[str]
    places: Mapping[str, int]

    def of(self, role: str) -> Place:
        column = self.places.get(role)
        name = None if column is None else self.columns[column]
        return Place(file=self.file, line=self.row, column=None if column is None else column + 1, field=name)


def _places(columns: Sequence[str], file: str) -> dict[str, int]:
    spelt = [folded(name).strip() for name in columns]
    found = {
        role: next(spelt.index(name) for name in names if name in spelt)
        for role, names in COLUMNS.items()
        if any(name in spelt for name in names)
    }
    if not {"text", "clause", "id"} & set(found) or not {"touchpoint", "sentiment", "kind"} & set(found):
        message = told("These columns are no labels: {names}.", names=list(columns[:12]))
        raise InputError(message, _HINT, Place(file=file, line=1))
    return found


def _keys(taxonomy: Taxonomy) -> dict[str, str]:
    """Keys by all their spellings: the key itself, its names, letter case aside."""
    keys: dict[str, str] = {}
    for one in taxonomy.touchpoints:
        for name in (one.name.ru, one.name.en):
            if name:
                keys.setdefault(folded(name), one.key)
    return keys | {folded(one.key): one.key for one in taxonomy.touchpoints}


def _label(
    value: Mapping[str, str], row: int, *, keys: Mapping[str, str], places: _Places, texts: Mapping[str, str]
) -> Label | None:
    text = value.get("text") or texts.get(value.get("id", ""), "") or value.get("clause", "")
    if not text:
        return None
    clause = value.get("clause") or None
    return Label(
        text=mask(text),
        row=row,
        id=value.get("id") or None,
        clause=None if clause is None else mask(clause),
        touchpoints=_touchpoints(value["touchpoint"], keys, places) if "touchpoint" in value else None,
        sentiment=_sentiment(value.get("sentiment", ""), places),
        kind=_kind(value.get("kind", ""), places),
    )


def _touchpoints(cell: str, keys: Mapping[str, str], places: _Places) -> tuple[str, ...]:
    found: list[str] = []
    for name in _BETWEEN.split(_DRESS.sub("", cell)):
        if folded(name) in _NOTHING:
            continue
        key = keys.get(folded(name))
        if key is None:
            near = difflib.get_close_matches(folded(name), list(keys), 1, 0.6)
            allowed = sorted(set(keys.values()))
            hint = told("Did you mean “{near}”?", near=keys[near[0]]) if near else told("Allowed: {names}.", names=allowed)
            raise InputError(told("There is no touchpoint “{name}”.", name=name), hint, places.of("touchpoint"))
        found.append(key)
    return tuple(dict.fromkeys(found))


def _sentiment(cell: str, places: _Places) -> Sentiment | None:
    said = folded(cell)
    if said in {"", "none", "null", "nan"}:
        return None
    for sentiment, names in _SENTIMENTS.items():
        if said in names or said.removesuffix(".0") in names:
            return sentiment
    hint = told("Allowed: {names}.", names=list(Sentiment))
    raise InputError(told("There is no sentiment “{name}”.", name=cell), hint, places.of("sentiment"))


def _kind(cell: str, places: _Places) -> StatementKind | None:
    if folded(cell) in _NOTHING:
        return None
    if folded(cell) in set(StatementKind):
        return StatementKind(folded(cell))
    hint = told("Allowed: {names}.", names=list(StatementKind))
    raise InputError(told("There is no kind of statement “{name}”.", name=cell), hint, places.of("kind"))
