"""The heat row: where it hurts most, at a glance."""

from tropa.render.heat import Heat, heats_of
from tropa.render.page.markup import Markup, both, el, meter, word
from tropa.render.page.rails import word_rail
from tropa.render.sheet import Sheet

_WIDE = 150


def heat_lane(sheet: Sheet) -> Markup | None:
    """A tinted cell for each column with its degree in words; None where a map has no pain to show."""
    heats = heats_of(sheet)
    if not heats:
        return None
    cells = (_cell(one, sheet) for one in heats)
    return el("div", word_rail("heat"), *cells, class_="lane heat", role="row")


def _cell(one: Heat, sheet: Sheet) -> Markup:
    if one.degree is None:
        word_of, look, mark = word("few-data" if one.column.record.persons else "no-events"), "h-no", None
    else:
        word_of, look, mark = word(f"heat.{one.degree}"), f"h{one.degree}", meter(one.degree)
    lost = None
    if one.loss is not None and one.degree and sheet.column_width >= _WIDE:
        lost = el("span", both(one.loss.counts_in), class_="hl")
    inner = (mark, el("b", word_of), lost)
    return el("a", *inner, class_=f"ht {look}", role="gridcell", href=f"#{sheet.column_address(one.column)}")
