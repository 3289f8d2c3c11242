"""A document as PDF: text that can be selected, our own letters inside."""

from tropa.adapters.exports.typesetting import typeset
from tropa.domain.text import Language
from tropa.render.branding import Look
from tropa.render.picture.drawing import draw_picture
from tropa.render.takeaway.blocks import Break, Document, Heading, Listed, Part, Passage, Picture, Table
from tropa.render.takeaway.data_words import TAKEN
from tropa.render.theme import Paint
from tropa.render.words import drawable, fine

TEMPLATE = "document.typ"


def pdf_of(document: Document, look: Look, *, cover: str | None = None) -> bytes:
    """The PDF of a document; `cover`: what stands on a cover of its own, below the title."""
    made = {
        "title": _set(document.title),
        "lang": str(document.language),
        "page": TAKEN["page"][0 if document.language is Language.RU else 1],
        "landscape": document.landscape,
        "compact": document.compact,
        "look": look_of(look, document, cover=cover),
        "parts": [part_of(one, look.paint()) for one in document.parts],
    }
    return typeset(made, form="pdf", day=document.day, template=TEMPLATE)


def look_of(look: Look, document: Document, *, cover: str | None) -> dict[str, object]:
    """Colours, mark, words at the foot and on the cover, as the templates take them."""
    paint, logo = look.paint(), look.logo
    return {
        "subtitle": _set(document.subtitle),
        "company": look.company,
        "footer": " · ".join(part for part in (look.footer, _set(document.title)) if part),
        "logo": None if logo is None else list(logo.content),
        "logo-kind": "jpg" if logo is None else logo.kind,
        "cover": None if cover is None else _set(cover),
        "ink": paint("ink"),
        "soft": paint("ink-2"),
        "line": paint("line"),
        "ground": paint("sunken"),
        "accent": paint("accent"),
    }


def _set(text: str) -> str:
    """Words as they are set: no foreign signs, no line that ends where it must not."""
    return drawable(fine(text))


def part_of(one: Part, paint: Paint) -> dict[str, object]:
    """A part of a document as the templates take it."""
    match one:
        case Heading(text, level):
            return {"kind": "heading", "text": _set(text), "level": level}
        case Passage(text, tone, strong):
            return {"kind": "passage", "text": _set(text), "tone": str(tone), "strong": _set(strong)}
        case Listed(points, numbered):
            rows = [{"lead": _set(lead), "text": _set(text), "rests": _set(rests)} for lead, text, rests in points]
            return {"kind": "listed", "points": rows, "numbered": numbered}
        case Table(heads, rows, widths, numbers):
            cells = [list(map(_set, row)) for row in rows]
            named = list(map(_set, heads))
            return {"kind": "table", "heads": named, "rows": cells, "widths": widths, "numbers": sorted(numbers)}
        case Picture(drawing, told):
            return {"kind": "picture", "svg": draw_picture(drawing, paint), "told": told}
        case Break():
            return {"kind": "break"}
