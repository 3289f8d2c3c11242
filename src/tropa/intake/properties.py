"""Which columns are worth comparing people by, and which never may be."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from tropa.intake import data_lexicon as lexicon
from tropa.intake import roles
from tropa.intake.columns import SMALL, ReadColumn, ValueKind
from tropa.intake.table import FoundTable

MOST = 12
MOST_PLAIN = 12
MOST_STAFF = 15
OFTEN = 0.8
FEW_CHOICES = 8
MANY_ROWS = 200
_CATEGORY_KINDS = {ValueKind.WORDS, ValueKind.CODE, ValueKind.NUMBER, ValueKind.FLAG}


def find_properties(columns: Sequence[ReadColumn], *, taken: Collection[str]) -> tuple[str, ...]:
    """Columns with few values that repeat, named like a category; in the table's order, at most twelve."""
    scored = [(worth(column), column) for column in columns if column.name not in taken]
    chosen = sorted([pair for pair in scored if pair[0] >= 0.5], key=lambda pair: -pair[0])[:MOST]
    names = {column.name for _, column in chosen}
    return tuple(column.name for column in columns if column.name in names)


def worth(column: ReadColumn) -> float:
    """How much a column looks like a property of a person or of a step."""
    return 0.5 if _is_measure_of_case(column) else _worth_of_category(column)


def _worth_of_category(column: ReadColumn) -> float:
    if column.kind not in _CATEGORY_KINDS or column.is_constant or (column.filled < 0.05 and len(column.values) < 4):
        return 0.0
    if roles.is_personal(column) or column.says(lexicon.REPLY) or (_is_of_staff(column) and not _is_by_name(column)):
        return 0.0
    named = column.says(lexicon.PROPERTY) or column.says(lexicon.SECTION)
    if column.says(lexicon.NOT_PROPERTY) and not named and not _is_plain_choice(column):
        return 0.0
    is_measure = column.decimal and not column.is_whole and not (named and column.distinct <= MOST_PLAIN)
    if is_measure or column.words[-1:] in {("id",), ("ids",), ("uuid",), ("ид",)}:
        return 0.0
    if len(column.values) < SMALL:
        return _worth_of_few(column, named=named)
    most = 100 if named else 40
    if column.distinct > most or column.distinct > 0.5 * len(column.values) or column.distinct < 2:
        return 0.0
    if column.kind is ValueKind.NUMBER and not named and column.distinct > MOST_PLAIN:
        return 0.0
    return 1.0 if named else 0.6


def _is_plain_choice(column: ReadColumn) -> bool:
    """A handful of single words over many rows is a choice of one of them, whatever the name says."""
    is_short = all(len(value.split()) == 1 and value.isalpha() for value in column.values)
    return (
        column.kind is ValueKind.WORDS
        and is_short
        and 2 <= column.distinct <= FEW_CHOICES
        and len(column.values) >= MANY_ROWS
    )


def _is_of_staff(column: ReadColumn) -> bool:
    return column.says(lexicon.STAFF) and not column.says(lexicon.SECTION)


def _is_by_name(column: ReadColumn) -> bool:
    """A few short names that come again and again tell whose customers they are; full names are personal data."""
    is_short = all(len(value.split()) == 1 for value in column.values)
    return column.kind is ValueKind.WORDS and is_short and column.distinct <= MOST_STAFF and column.repeats >= OFTEN


def _is_measure_of_case(column: ReadColumn) -> bool:
    """A whole number that a log says of each case (a loan's sum): cases can be told apart by its ranges."""
    is_number = column.kind is ValueKind.NUMBER and column.is_whole
    return is_number and column.name.startswith("case:") and column.distinct > MOST_PLAIN and column.repeats >= 0.2


def stable_in(table: FoundTable, names: Sequence[str], unit: str | None) -> frozenset[str]:
    """Those of the columns that have one value in every unit, told from units with several rows in the sample."""
    if unit is None:
        return frozenset()
    place = table.columns.index(unit)
    rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in table.sample:
        if row[place]:
            rows[row[place]].append(row)
    several = [group for group in rows.values() if len(group) > 1]
    if len(several) < SMALL:
        return frozenset()
    places = {name: table.columns.index(name) for name in names}
    return frozenset(
        name for name, where in places.items() if all(len({row[where] for row in group}) == 1 for group in several)
    )


def _worth_of_few(column: ReadColumn, *, named: bool) -> float:
    short = all(len(value.split()) <= 4 and len(value) <= 40 for value in column.values)
    if named:
        return 0.9 if short else 0.0
    wordy = column.kind in {ValueKind.WORDS, ValueKind.FLAG}
    return 0.55 if short and wordy and len(column.values) >= 4 and column.repeats >= 0.4 else 0.0
