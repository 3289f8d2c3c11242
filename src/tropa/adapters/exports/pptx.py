"""The map as slides: every shape, curve and table is PowerPoint's own, so that people can change it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from tropa.adapters.exports.packing import packed_alike
from tropa.adapters.exports.pictures import raster_of
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.slides.deck import deck
from tropa.render.slides.shapes import EDGE, HEIGHT, WIDTH, Box, Form, Grid, Item, Mark, Row, Slide, Stroke, as_set

FONT = "Golos Text"
_UNDATED = date(2000, 1, 1)
_LANGUAGES = {Language.RU: "ru-RU", Language.EN: "en-GB"}
_EMU = 12_700
_TITLE_SIZE = 22.0
_FOOT_SIZE = 10.0
_CORNER = 6.0
_SLIDE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


class PptxExporter:
    """Writes a deck that PowerPoint, Keynote and LibreOffice open."""

    suffix = "pptx"

    def __init__(self, look: Look = PLAIN_LOOK) -> None:
        self.look = look

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one PPTX file."""
        day = journey.provenance.as_of if journey.provenance else None
        slides = deck(journey, language, self.look)
        title = journey.title.said_in(language)
        return (write_whole(target, pptx_of(slides, self.look, title=title, day=day, language=language)),)


def pptx_of(slides: Sequence[Slide], look: Look, *, title: str, day: date | None, language: Language) -> bytes:
    """The bytes of a deck; the same slides give the same bytes."""
    import pptx  # noqa: PLC0415  only those who take slides away load it
    from pptx.util import Emu  # noqa: PLC0415

    book = pptx.Presentation()
    book.slide_width, book.slide_height = (Emu(round(side * _EMU)) for side in (WIDTH, HEIGHT))
    made = datetime.combine(day or _UNDATED, time())
    core = book.core_properties
    core.title, core.author, core.last_modified_by = title[:200], look.company or "tropa", look.company or "tropa"
    core.created = core.modified = made
    core.language, core.revision = _LANGUAGES[language], 1
    _own_letters(book)
    pen = _Pen(look, language, foot=" · ".join(part for part in (look.footer, title) if part))
    for slide in slides:
        pen.draw(book, slide)
    memory = BytesIO()
    book.save(memory)
    return packed_alike(memory.getvalue())


def _own_letters(book: Any) -> None:
    """Our letters in the theme; where they are not installed, a plain face without serifs stands in."""
    face = f'<a:latin typeface="{FONT}" panose="020B0604020202020204"/>'.encode()
    for part in book.part.package.iter_parts():
        if "/theme/theme" in str(part.partname):
            part._blob = part.blob.replace(b'<a:latin typeface="Calibri"/>', face)  # noqa: SLF001


class _Pen:
    """Draws slides one after another."""

    def __init__(self, look: Look, language: Language, *, foot: str) -> None:
        self.look = look
        self.paint = look.paint()
        self.language = _LANGUAGES[language]
        self.foot = foot
        self.number = 0

    def draw(self, book: Any, slide: Slide) -> None:
        """One slide: the title that outlines read, the items, the foot."""
        self.number += 1
        page = book.slides.add_slide(book.slide_layouts[5])  # the layout with a title alone
        for item in slide.items:
            self._item(page, item)
        self._title(page, slide)
        if not slide.cover:
            self._foot(page)

    def _title(self, page: Any, slide: Slide) -> None:
        holder = page.shapes.title
        if slide.cover:
            # the cover's title stands among its items; outlines still need one
            holder.left, holder.top, holder.width, holder.height = (_emu(one) for one in (EDGE, HEIGHT - 30, 300, 20))
            self._write(holder.text_frame, (Row(text=slide.title, size=_FOOT_SIZE, ink="ink-2"),), pad=5)
            return
        self._place(holder, EDGE, 22, WIDTH - 2 * EDGE, 34)
        self._write(holder.text_frame, (Row(text=slide.title, size=_TITLE_SIZE, bold=True),), pad=0, middle=True)

    def _foot(self, page: Any) -> None:
        across = WIDTH - 2 * EDGE
        self._item(
            page,
            Box(x=EDGE, y=HEIGHT - 26, width=across - 60, height=18, rows=(Row(text=self.foot, ink="ink-2"),), pad=2),
        )
        number = Row(text=str(self.number), ink="ink-2")
        self._item(page, Box(x=WIDTH - EDGE - 50, y=HEIGHT - 26, width=50, height=18, rows=(number,), pad=2))

    def _item(self, page: Any, item: Item) -> None:
        match item:
            case Box():
                self._box(page, item)
            case Stroke():
                self._stroke(page, item)
            case Grid():
                self._grid(page, item)
            case Mark():
                self._mark(page, item)

    def _box(self, page: Any, box: Box) -> None:
        from pptx.enum.dml import MSO_LINE_DASH_STYLE  # noqa: PLC0415
        from pptx.enum.shapes import MSO_SHAPE  # noqa: PLC0415
        from pptx.util import Pt  # noqa: PLC0415

        forms = {
            Form.PLAIN: MSO_SHAPE.RECTANGLE,
            Form.ROUND: MSO_SHAPE.ROUNDED_RECTANGLE,
            Form.PILL: MSO_SHAPE.ROUNDED_RECTANGLE,
            Form.CHEVRON: MSO_SHAPE.PENTAGON,
        }
        shape = page.shapes.add_shape(forms[box.form], *map(_emu, (box.x, box.y, box.width, box.height)))
        shape.name = f"{box.role} {shape.shape_id}"
        _plain(shape)
        if box.form in {Form.ROUND, Form.PILL}:
            shape.adjustments[0] = 0.5 if box.form is Form.PILL else min(0.5, _CORNER / min(box.width, box.height))
        if box.form is Form.CHEVRON:
            shape.adjustments[0] = min(0.5, 9 / box.height)
        if box.fill is None:
            shape.fill.background()
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = self._rgb(box.fill)
        if box.line is None:
            shape.line.fill.background()
        else:
            shape.line.color.rgb, shape.line.width = self._rgb(box.line), Pt(box.thick)
            if box.dashed:
                shape.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        # round corners push the words inwards by themselves
        pad = max(0.0, box.pad - _CORNER * (1 - 0.5**0.5)) if box.form is Form.ROUND else box.pad
        self._write(shape.text_frame, box.rows, pad=pad, middle=box.middle, centred=box.centred)

    def _write(
        self, frame: Any, rows: Sequence[Row], *, pad: float, middle: bool = False, centred: bool = False
    ) -> None:
        from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN  # noqa: PLC0415
        from pptx.util import Pt  # noqa: PLC0415

        frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = _emu(pad)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        for place, row in enumerate(rows):
            line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            line.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
            if row.after:
                line.space_after = Pt(row.after)
            self._run(line, row)

    def _run(self, line: Any, row: Row) -> None:
        from pptx.util import Pt  # noqa: PLC0415

        run = line.add_run()
        run.text = as_set(row.text)
        run.font.size, run.font.bold = Pt(row.size), row.bold
        run.font.color.rgb = self._rgb(row.ink)
        run._r.get_or_add_rPr().set("lang", self.language)  # noqa: SLF001  the library has no words for it

    def _stroke(self, page: Any, stroke: Stroke) -> None:
        from lxml import etree  # noqa: PLC0415
        from pptx.enum.dml import MSO_LINE_DASH_STYLE  # noqa: PLC0415
        from pptx.enum.shapes import MSO_SHAPE  # noqa: PLC0415
        from pptx.util import Pt  # noqa: PLC0415

        points = [point for one in stroke.pieces for point in (one.start, one.first, one.second, one.end)]
        left, top = (min(point[axis] for point in points) for axis in (0, 1))
        wide, tall = (max(point[axis] for point in points) - low for axis, low in ((0, left), (1, top)))
        frame = tuple(map(_emu, (left, top, max(wide, 0.01), max(tall, 0.01))))
        shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *frame)
        shape.name = f"curve {shape.shape_id}"
        _plain(shape)
        look = shape._element.spPr  # noqa: SLF001  the library draws straight lines only
        ready = look.find(f"{{{_DRAWING}}}prstGeom")
        ready.addnext(etree.fromstring(_curve(stroke, left, top, frame[2], frame[3])))
        look.remove(ready)
        shape.fill.background()
        shape.line.color.rgb, shape.line.width = self._rgb(stroke.ink), Pt(stroke.width)
        if stroke.dashed:
            shape.line.dash_style = MSO_LINE_DASH_STYLE.ROUND_DOT

    def _grid(self, page: Any, grid: Grid) -> None:

        size = (sum(grid.widths), sum(grid.heights))
        frame = page.shapes.add_table(len(grid.rows) + 1, len(grid.heads), *map(_emu, (grid.x, grid.y, *size)))
        table = frame.table
        table.horz_banding = False
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = _emu(width)
        for place, (row, height) in enumerate(zip((grid.heads, *grid.rows), grid.heights, strict=True)):
            table.rows[place].height = _emu(height)
            for cell, text in zip(table.rows[place].cells, row, strict=True):
                cell.fill.solid()
                cell.fill.fore_color.rgb = self._rgb("accent" if place == 0 else "surface")
                ink = "on-color" if place == 0 else "ink"
                rows = [Row(text=line, size=10.5, ink=ink, bold=place == 0) for line in text.split("\n")]
                self._write(cell.text_frame, rows, pad=0)
                cell.margin_left = cell.margin_right = cell.margin_top = cell.margin_bottom = _emu(5)
                _line_below(cell, self.paint("line")[1:])

    def _mark(self, page: Any, mark: Mark) -> None:
        if self.look.logo is None:
            return
        shown = page.shapes.add_picture(BytesIO(raster_of(self.look.logo)), 0, 0)
        scale = min(_emu(mark.width) / shown.width, _emu(mark.height) / shown.height)
        shown.width, shown.height = int(shown.width * scale), int(shown.height * scale)
        shown.left = _emu(mark.x) + (_emu(mark.width) - shown.width) // 2
        shown.top = _emu(mark.y) + (_emu(mark.height) - shown.height) // 2

    def _rgb(self, role: str) -> Any:
        from pptx.dml.color import RGBColor  # noqa: PLC0415

        colour: Any = RGBColor
        return colour.from_string(self.paint(role)[1:])

    def _place(self, shape: Any, x: float, y: float, width: float, height: float) -> None:
        shape.left, shape.top, shape.width, shape.height = map(_emu, (x, y, width, height))


def _plain(shape: Any) -> None:
    """Without the theme's shadows and outlines."""
    style = shape._element.find(f"{{{_SLIDE}}}style")  # noqa: SLF001  the library has no words for it
    if style is not None:
        shape._element.remove(style)  # noqa: SLF001


def _emu(points: float) -> int:
    return round(points * _EMU)


def _curve(stroke: Stroke, left: float, top: float, wide: int, tall: int) -> str:
    """The Béziers as a geometry of PowerPoint's own, in a frame that begins at the curve's corner."""

    def spot(point: tuple[float, float]) -> str:
        return f'<a:pt x="{_emu(point[0] - left)}" y="{_emu(point[1] - top)}"/>'

    parts = [f"<a:moveTo>{spot(stroke.pieces[0].start)}</a:moveTo>"]
    parts += [
        f"<a:cubicBezTo>{spot(one.first)}{spot(one.second)}{spot(one.end)}</a:cubicBezTo>" for one in stroke.pieces
    ]
    return (
        f'<a:custGeom xmlns:a="{_DRAWING}"><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
        '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{tall}" fill="none">{"".join(parts)}</a:path></a:pathLst></a:custGeom>'
    )


def _line_below(cell: Any, colour: str) -> None:
    from lxml import etree  # noqa: PLC0415

    look = cell._tc.get_or_add_tcPr()  # noqa: SLF001  the library has no words for borders
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    line = etree.fromstring(f'<a:lnB xmlns:a="{_DRAWING}" w="6350">{fill}</a:lnB>')
    look.insert(0, line)
