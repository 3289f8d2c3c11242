"""Pictures through Typst, the one engine that sets them on paper and as dots, with the fonts that tropa ships."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from typing import Literal

from tropa.render.measure import has_glyphs

SHEETS = "sheets.typ"
_PIECES = "pieces.typ"
_UNDATED = date(2000, 1, 1)


def typeset(
    made: Mapping[str, object],
    *,
    form: Literal["pdf", "png"],
    day: date | None,
    dots: float = 96.0,
    template: str = SHEETS,
) -> bytes:
    """What a template makes of these values; `dots` an inch of a png, `day` is the date inside a pdf.

    Other alphabets than Golos Text has are set with whatever fonts the machine has.
    """
    import typst  # noqa: PLC0415  only those who draw load it

    source = b"".join(files("tropa.adapters.exports").joinpath(name).read_bytes() for name in (_PIECES, template))
    told = json.dumps(made, ensure_ascii=False)
    drawable = has_glyphs(told)
    with as_file(files("tropa.render") / "fonts") as fonts:
        pages = typst.compile(
            source,
            format=form,
            ppi=dots,
            font_paths=typst.Fonts(include_system_fonts=not drawable, include_embedded_fonts=False, font_paths=[fonts]),
            sys_inputs={"made": told},
            timestamp=datetime.combine(day or _UNDATED, time(), UTC),
        )
    return bytes(pages)
