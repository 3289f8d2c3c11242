"""What is followed along the path: people or cases; asked where the tables disagree."""

from collections.abc import Sequence

from tropa.domain.journeymap import BusinessModel
from tropa.domain.project import ContactSource, EntityColumns, EntitySource, EventColumns, EventSource, UnitKind
from tropa.domain.text import Text
from tropa.intake.questions import Choice, Decision, Questions
from tropa.intake.reading import Draft, TableReading

_CASE_LOGS = {"xes"}
"""Formats whose traces are cases by definition."""
_MANY_ROWS = 100_000
_NEARLY_ALL = 0.95

Told = tuple[TableReading, EventColumns | EntityColumns]


def choose_unit(
    drafts: Sequence[tuple[TableReading, Draft | None]], model: BusinessModel, questions: Questions
) -> UnitKind:
    """Cases where traces or business deals are all there is or contacts tell whose deals, people wherever they are
    known; else a question."""
    told: list[Told] = [
        (reading, draft.source.columns)
        for reading, draft in drafts
        if draft is not None and isinstance(draft.source, EventSource | EntitySource)
    ]
    if not told:
        return UnitKind.PERSON
    linked = any(_links_deals(draft) for _, draft in drafts)
    if model is BusinessModel.B2B and linked and any(columns.case is not None for _, columns in told):
        return UnitKind.CASE
    all_cases = all(columns.case is not None for _, columns in told)
    traces = all(reading.table.format.kind in _CASE_LOGS for reading, _ in told)
    if all_cases and (traces or model is BusinessModel.B2B or _lack_people(told)):
        return UnitKind.CASE
    if all(columns.person is not None for _, columns in told):
        return UnitKind.PERSON
    return UnitKind.CASE if all_cases else _asked(told, questions)


def _links_deals(draft: Draft | None) -> bool:
    """Contacts that say whose deals their events belong to."""
    source = None if draft is None else draft.source
    return isinstance(source, ContactSource) and (source.columns.case or source.columns.company) is not None


def _asked(told: Sequence[Told], questions: Questions) -> UnitKind:
    """Some tables know only people and some only cases: what is not chosen cannot be used."""
    people = sum(_rows(reading) for reading, columns in told if columns.person is not None)
    cases = sum(_rows(reading) for reading, columns in told if columns.case is not None)
    answer = questions.ask(
        Decision(
            key="unit",
            question=Text(ru="Чей путь строим: клиента или заявки?", en="Whose path is it: a customer’s or a case’s?"),
            choices=(
                Choice(key="person", text=Text(ru="клиента", en="a customer’s")),
                Choice(key="case", text=Text(ru="заявки, сделки, заказа", en="a request’s, deal’s or order’s")),
            ),
            default="person" if people >= cases else "case",
            why=Text(
                ru="В одних таблицах есть только клиент, в других только номер заявки: в один путь им не сойтись.",
                en="Some tables know only the customer, others only the case: they cannot share one path.",
            ),
        ),
        weight=0.95,
    )
    return UnitKind(answer)


def _lack_people(told: Sequence[Told]) -> bool:
    """Some rows name a case, but nobody."""
    return any(
        columns.person is not None
        and columns.case is not None
        and reading.column(columns.person).filled < _NEARLY_ALL <= reading.column(columns.case).filled
        for reading, columns in told
    )


def _rows(reading: TableReading) -> int:
    return reading.table.rows or _MANY_ROWS
