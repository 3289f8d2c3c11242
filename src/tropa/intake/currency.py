"""In which currency a company counts: as its data say, else asked."""

from collections.abc import Sequence

from tropa.domain.project import AmountColumn, CostSource, EntitySource, EventSource
from tropa.domain.text import Language, Text
from tropa.intake.questions import Choice, Decision, Questions
from tropa.intake.reading import Draft, TableReading


def ask_currency(
    drafts: Sequence[tuple[TableReading, Draft | None]], language: Language, questions: Questions
) -> str | None:
    """The company's currency; None where nothing and nobody names one."""
    amounts = _amounts(drafts, EventSource, EntitySource) or _amounts(drafts, CostSource)
    if not amounts:
        return None
    named = [money.currency for _, money in amounts if money.currency]
    if named:
        return max(set(named), key=named.count)
    for reading, money in amounts:
        if money.currency_column:
            codes = [value.strip().upper() for value in reading.column(money.currency_column).values]
            return max(sorted(set(codes)), key=codes.count)
    if language is Language.RU:
        return "RUB"
    answer = questions.ask(
        Decision(
            key="currency",
            question=Text(ru="В какой валюте суммы?", en="Which currency are the amounts in?"),
            choices=(
                Choice(key="USD", text=Text(ru="доллары", en="US dollars")),
                Choice(key="EUR", text=Text(ru="евро", en="euros")),
                Choice(key="GBP", text=Text(ru="фунты", en="pounds")),
                Choice(key="RUB", text=Text(ru="рубли", en="roubles")),
                Choice(key="none", text=Text(ru="не указывать", en="leave it out")),
            ),
            default="none",
            why=Text(ru="Ни колонка, ни значения валюту не называют.", en="Neither the column nor its values name it."),
        ),
        weight=0.2,
    )
    return None if answer == "none" else answer


def _amounts(
    drafts: Sequence[tuple[TableReading, Draft | None]], *kinds: type[EventSource | EntitySource | CostSource]
) -> list[tuple[TableReading, AmountColumn]]:
    """Customers' money says what the company counts in; where there is none, what marketing cost."""
    found = []
    for reading, draft in drafts:
        source = draft.source if draft is not None else None
        if isinstance(source, EventSource | EntitySource | CostSource) and isinstance(source, kinds):
            found += [(reading, source.columns.amount)] if source.columns.amount else []
    return found
