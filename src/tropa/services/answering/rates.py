"""Shares in answers: their columns, cells and fields, the same in every question."""

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Text
from tropa.services.answering.answer import Cell, Column
from tropa.stats.durations import Timing
from tropa.stats.proportions import Proportion

_UNITS = {
    "person": Text(ru="Клиенты", en="Customers"),
    "case": Text(ru="Заявки", en="Cases"),
    "deal": Text(ru="Сделки", en="Deals"),
}


def persons_column(unit: str) -> Column:
    """How many of what is followed: people or cases."""
    return Column(_UNITS.get(unit, _UNITS["person"]), Unit.PERSONS)


PERSONS = persons_column("person")
SHARE = Column(Text(ru="Доля", en="Share"), Unit.SHARE)
INTERVAL = (
    Column(Text(ru="От", en="Low"), Unit.SHARE, bound=True),
    Column(Text(ru="До", en="High"), Unit.SHARE, bound=True),
)
FEW = Text(
    ru="Где меньше 30, долю не показываем: только число.",
    en="Where there are fewer than 30, no share is shown: only the count.",
)


def share_cells(share: Proportion) -> tuple[Cell, Cell, Cell]:
    """A share with its interval, for SHARE and INTERVAL; nothing where too few people are behind it."""
    return (None, None, None) if share.of < FEW_PERSONS else (share.value, share.low, share.high)


def share_fields(share: Proportion) -> dict[str, object]:
    """A share as fields of a document: `conversion`, `low`, `high`, six digits."""
    return {"conversion": round(share.value, 6), "low": round(share.low, 6), "high": round(share.high, 6)}


def timing_fields(timing: Timing | None) -> dict[str, object] | None:
    """A time as fields of a document: `of` how many, `median` with `low` and `high`, `p90`, all in seconds."""
    if timing is None:
        return None
    return {
        "of": timing.of,
        "median": round(timing.median_seconds, 3),
        "low": round(timing.low_seconds, 3),
        "high": round(timing.high_seconds, 3),
        "p90": round(timing.p90_seconds, 3),
    }
