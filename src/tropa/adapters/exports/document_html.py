"""A document as one HTML page that loads nothing."""

from tropa.render.branding import Look
from tropa.render.page.markup import Markup, el, joined
from tropa.render.picture.drawing import draw_picture
from tropa.render.takeaway.blocks import Break, Document, Heading, Listed, Part, Passage, Picture, Table, Tone
from tropa.render.theme import Paint

_STYLE = """
body{margin:32px auto;max-width:1080px;padding:0 24px;font:15px/1.45 "Golos Text",Inter,Arial,sans-serif}
body{color:INK;background:CARD}
h1{font-size:26px;margin:0 0 4px}h2{font-size:18px;margin:26px 0 8px}p{margin:6px 0}
.sub,.small,.rests{color:SOFT;font-size:13px}.lead{font-size:17px}
.quote{border-left:3px solid LINE;padding-left:10px}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th{text-align:left;color:SOFT;font-weight:600}.n{text-align:right}
th,td{padding:7px 10px;border-bottom:1px solid LINE;vertical-align:top;white-space:pre-line}
@media(max-width:700px){table{display:block;overflow-x:auto}}
"""
_INKS = {"INK": "ink", "CARD": "surface", "SOFT": "ink-2", "LINE": "line"}


def html_of(document: Document, look: Look) -> bytes:
    """The page's bytes."""
    paint = look.paint()
    style = _STYLE
    for name, role in _INKS.items():
        style = style.replace(name, paint(role))
    body = joined(
        el("h1", document.title),
        el("p", document.subtitle, class_="sub"),
        *(_part(one, paint) for one in document.parts),
    )
    head = joined(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        el("title", document.title),
        Markup(f"<style>{style}</style>"),
    )
    return f'<!doctype html>\n<html lang="{document.language}"><head>{head}</head><body>{body}</body></html>\n'.encode()


def _part(one: Part, paint: Paint) -> Markup:
    match one:
        case Heading(text, level):
            return el(f"h{level}" if level > 1 else "h2", text)
        case Passage(text, tone, strong):
            return el("p", el("b", strong) if strong else None, " " if strong else None, text, class_=_class(tone))
        case Listed(points, numbered):
            rows = [
                el(
                    "li",
                    el("b", f"{head} ") if head else None,
                    text,
                    el("div", rests, class_="rests") if rests else None,
                )
                for head, text, rests in points
            ]
            return el("ol" if numbered else "ul", *rows)
        case Table():
            return _table(one)
        case Picture(drawing, _):
            return Markup(draw_picture(drawing, paint))
        case Break():
            return Markup("<hr>")


def _class(tone: Tone) -> str | None:
    return None if tone is Tone.BODY else str(tone)


def _table(one: Table) -> Markup:
    def cell(name: str, column: int, text: str) -> Markup:
        return el(name, text, class_="n" if column in one.numbers else None)

    heads = el("tr", *(cell("th", column, text) for column, text in enumerate(one.heads)))
    rows = (el("tr", *(cell("td", column, text) for column, text in enumerate(row))) for row in one.rows)
    return el("table", el("thead", heads), el("tbody", *rows))
