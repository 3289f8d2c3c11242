"""Money and properties of rows: what events and entities have in common."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.money import exponent_of
from tropa.adapters.stores.local.rawtable import RawTable
from tropa.adapters.stores.local.rows import Warnings, constant, plain, recoded
from tropa.domain.project import AmountColumn, EntityColumns, EventColumns, FixedValue
from tropa.events.log import NO_AMOUNT, Column
from tropa.intake.numbers import currency_of, parse_number
from tropa.intake.words import words_of
from tropa.texts.masking import mask

MOST_VALUES = 500
_IDS = (("id",), ("ids",), ("uuid",), ("ид",), ("номер",), ("number",), ("код",), ("code",))
_PERSONAL = re.compile(r"@|\d(?:[\s().–-]?\d){9}")
_CODE = re.compile(r"[A-Z]{3}")


@dataclass(slots=True)
class Purse:
    """The one currency of the map: configured, else that of the first amounts."""

    warnings: Warnings
    currency: str | None = None

    def amounts(self, table: RawTable, column: AmountColumn | None) -> NDArray[np.int64] | None:
        """Minor units a row, NO_AMOUNT where there are none or in another currency."""
        if column is None:
            return None
        codes = recoded(table.coded(column.currency_column), _currency) if column.currency_column else None
        if self.currency is None:
            self.currency = column.currency or _most_frequent(codes)
        minor, unread = table.amounts(column, exponent_of(self.currency))
        if unread:
            self.warnings.say(
                f"В колонке «{column.column}» не прочитано сумм: {unread}.",
                f"Amounts not read in column “{column.column}”: {unread}.",
            )
        foreign = self._foreign(column, codes, table.size)
        if (lost := int((minor[foreign] != NO_AMOUNT).sum())) > 0:
            minor[foreign] = NO_AMOUNT
            self.warnings.say(
                f"Сумм не в валюте карты ({self.currency}): {lost}. Они не посчитаны.",
                f"Amounts in another currency than the map’s ({self.currency}): {lost}. They are not counted.",
            )
        return minor

    def _foreign(self, column: AmountColumn, codes: Column | None, size: int) -> NDArray[np.bool_]:
        if codes is not None:
            own = codes.code_of(self.currency or "")
            foreign: NDArray[np.bool_] = (codes.codes >= 0) & (codes.codes != own)
            return foreign
        return np.full(size, column.currency is not None and column.currency != self.currency)


def _most_frequent(codes: Column | None) -> str | None:
    if codes is None or not codes.values:
        return None
    counts = Counter(dict(enumerate(np.bincount(codes.codes[codes.codes >= 0], minlength=len(codes.values)).tolist())))
    return codes.values[counts.most_common(1)[0][0]]


def _currency(text: str) -> str | None:
    code = text.strip().upper()
    if _CODE.fullmatch(code):
        return "RUB" if code == "RUR" else code
    return currency_of(text)


def properties_of(table: RawTable, columns: EventColumns | EntityColumns, warnings: Warnings) -> dict[str, Column]:
    """Channel, device, lifecycle and the source's own properties, by name."""
    found: dict[str, Column] = {}
    for name, given in (("channel", columns.channel), ("device", columns.device)):
        if isinstance(given, FixedValue):
            found[name] = constant(given.value, table.size)
        elif given is not None and (column := _property(table, given, warnings)) is not None:
            found[name] = column
    if isinstance(columns, EventColumns) and columns.lifecycle is not None:
        found["lifecycle"] = recoded(table.coded(columns.lifecycle), lambda value: (plain(value) or "").upper() or None)
    for name in _named(columns):
        if name not in found and (column := _property(table, name, warnings)) is not None:
            found[name] = column
    return found


def _named(columns: EventColumns | EntityColumns) -> Sequence[str]:
    return (*columns.properties, *(columns.case_properties if isinstance(columns, EventColumns) else ()))


def _property(table: RawTable, name: str, warnings: Warnings) -> Column | None:
    column = table.coded_if_few(name, MOST_VALUES) or _rounded(name, table)
    if column is None:
        warnings.say(
            f"У свойства «{name}» больше {MOST_VALUES} разных значений: оно не хранится.",
            f"The property “{name}” has more than {MOST_VALUES} values: it is not stored.",
        )
        return None
    return recoded(column, without_personal_data)


def _rounded(name: str, table: RawTable) -> Column | None:
    """A measure of many values with as many digits as few values leave it; None of ids and of what is no number."""
    if words_of(name)[-1:] in _IDS:
        return None
    column = table.coded(name)
    numbers = {value: parse_number(value) for value in column.values if plain(value) is not None}
    if not numbers or None in numbers.values():
        return None
    for digits in (3, 2):
        short = {value: f"{float(f'{number:.{digits}g}'):g}" for value, number in numbers.items() if number is not None}
        if len(set(short.values())) <= MOST_VALUES:
            return recoded(column, short.get)
    return None


def without_personal_data(value: str) -> str | None:
    """A property's value or an event's name; an e-mail or a phone in it is masked."""
    text = plain(value)
    return mask(text) if text is not None and _PERSONAL.search(text) else text
