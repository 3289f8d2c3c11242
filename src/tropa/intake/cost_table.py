"""Rows that a person filled in → a table of costs and effects."""

from collections.abc import Sequence
from decimal import Decimal

from tropa.domain.ownership import CostKind, CostLine, CostTable, Role, Span
from tropa.errors import InputError, told
from tropa.intake.data_ownership import COST_HEADS, COST_KINDS, ROLES
from tropa.intake.numbers import currency_of, detect_decimal, parse_number
from tropa.intake.placed_rows import PlacedRow, plain

NEEDED = ("kind", "alternative", "likely")
MOST_YEARS = 15
USUAL_YEARS = 3
MOST_OTHERS = 3
_FIGURES = ("low", "likely", "high")


def cost_table(rows: Sequence[PlacedRow], *, years: int | None = None, currency: str | None = None) -> CostTable:
    """The table over so many years, three or as many as it names; ConfigError says what cannot be used, and where."""
    cells = [row.get(name) for row in rows for name in _FIGURES if row.get(name)]
    decimal = detect_decimal(cells) or "."
    lines = tuple(_line(row, decimal) for row in rows)
    alternatives: dict[str, Role] = {}
    for row, line in zip(rows, lines, strict=True):
        alternatives.setdefault(line.alternative, role_of(line.alternative))
        if sum(role is Role.OTHER for role in alternatives.values()) > MOST_OTHERS:
            raise row.fault(
                "alternative",
                told("There are more than {most} alternatives beside ours and doing nothing.", most=MOST_OTHERS),
                told("Keep those that the customer really compares."),
            )
    if rows and Role.OURS not in alternatives.values():
        words = [ROLES[Role.OURS][0], ROLES[Role.OURS][1]]
        message = told("No line is ours: “{name}” or “{other}”.", name=words[0], other=words[1])
        raise rows[0].fault("alternative", message, told("Call our own option so."))
    named = max((line.year or 1 for line in lines), default=1)
    if years is not None and not named <= years <= MOST_YEARS:
        raise InputError(
            told("The table cannot be counted over {years} years.", years=years),
            told("Allowed: {low} to {high}.", low=named, high=MOST_YEARS),
        )
    found = next((sign for text in cells if (sign := currency_of(text))), None)
    return CostTable(
        lines=lines,
        alternatives=alternatives,
        years=years or max(USUAL_YEARS, named),
        currency=found or currency,
    )


def role_of(alternative: str) -> Role:
    """Whose an alternative is, by its name."""
    said = plain(alternative)
    return next((role for role, names in ROLES.items() if said in names), Role.OTHER)


def _line(row: PlacedRow, decimal: str) -> CostLine:
    for name in NEEDED:
        if not row.get(name):
            raise row.fault(name, told("“{name}” is empty.", name=COST_HEADS[name][0]), told("Fill it in."))
    year, onward = _year(row)
    return CostLine(
        kind=_kind(row),
        item=row.get("item") or row.get("kind"),
        alternative=row.get("alternative"),
        year=year,
        onward=onward,
        amount=_span(row, decimal),
        assumption=row.get("assumption"),
        source=row.get("source"),
    )


def _kind(row: PlacedRow) -> CostKind:
    said = plain(row.get("kind"))
    for kind, names in COST_KINDS.items():
        if said == kind.value or said in names:
            return kind
    allowed = told("Allowed: {names}.", names=[words[0] for words in COST_KINDS.values()])
    raise row.fault("kind", told("There is no kind “{kind}”.", kind=row.get("kind")), allowed)


def _year(row: PlacedRow) -> tuple[int | None, bool]:
    """The year, and whether the line goes on from there: 2+."""
    text = row.get("year")
    if not text:
        return None, False
    number = text.removesuffix("+")
    if not number.isdecimal() or not 1 <= int(number) <= MOST_YEARS:
        raise row.fault(
            "year",
            told("“{year}” is no year of use.", year=text),
            told("Years count from the start: 1 to {most}; 2+ is every year from the second on.", most=MOST_YEARS),
        )
    return int(number), text.endswith("+")


def _span(row: PlacedRow, decimal: str) -> Span:
    likely = _number(row, "likely", decimal)
    low, high = (_number(row, name, decimal) if row.get(name) else likely for name in ("low", "high"))
    if not low <= likely <= high:
        raise row.fault(
            "likely",
            told("The figures do not rise: {figures}.", figures=[row.get(one) for one in _FIGURES if row.get(one)]),
            told("The low one comes first, the high one last."),
        )
    return Span(float(low), float(likely), float(high))


def _number(row: PlacedRow, name: str, decimal: str) -> Decimal:
    value = parse_number(row.get(name), decimal)
    if value is None:
        raise row.fault(
            name, told("“{text}” is no number.", text=row.get(name)), told("Write a number such as 120000.")
        )
    if value < 0:
        hint = told("What saves money is an effect: give it the kind “effect”.")
        raise row.fault(name, told("“{text}” is below zero.", text=row.get(name)), hint)
    return value
