"""A document as DOCX: real headings, lists and tables, so that people can go on writing in it."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from tropa.adapters.exports.packing import packed_alike
from tropa.adapters.exports.pictures import png_of, raster_of
from tropa.domain.text import Language
from tropa.render.branding import Look
from tropa.render.takeaway.blocks import Break, Document, Heading, Listed, Part, Passage, Picture, Table, Tone
from tropa.render.words import fine

FONT, FALLBACK = "Golos Text", "Arial"
_UNDATED = date(2000, 1, 1)
_LANGUAGES = {Language.RU: "ru-RU", Language.EN: "en-GB"}
_FONTS = (
    f'<w:font xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:name="{FONT}">'
    f'<w:altName w:val="{FALLBACK}"/><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="CC"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
)


def docx_of(document: Document, look: Look, *, cover: str | None = None) -> bytes:
    """The DOCX of a document; `cover`: what stands on a cover of its own, below the title."""
    import docx  # noqa: PLC0415  only those who take a document away load it

    book = docx.Document()
    writer = _Writer(book, document, look)
    writer.settle()
    if cover is None:
        writer.head()
    else:
        writer.cover(cover)
    for part in document.parts:
        writer.write(part)
    memory = BytesIO()
    book.save(memory)
    return packed_alike(memory.getvalue())


class _Writer:
    """One document on its way into Word."""

    def __init__(self, book: Any, document: Document, look: Look) -> None:
        self.book = book
        self.document = document
        self.look = look
        self.paint = look.paint()
        self.size = 9.5 if document.compact else 10.5

    def settle(self) -> None:
        """Paper, letters, styles, foot and what the file says of itself."""
        self._paper()
        self._styles()
        self._foot()
        self._properties()

    def _paper(self) -> None:
        from docx.enum.section import WD_ORIENT  # noqa: PLC0415
        from docx.shared import Mm  # noqa: PLC0415

        page = self.book.sections[0]
        wide, tall = (Mm(297), Mm(210)) if self.document.landscape else (Mm(210), Mm(297))
        page.orientation = WD_ORIENT.LANDSCAPE if self.document.landscape else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = wide, tall
        page.left_margin = page.right_margin = Mm(17 if self.document.compact else 20)
        page.top_margin = page.bottom_margin = Mm(12 if self.document.compact else 18)
        page.footer_distance = Mm(7)
        self.room = wide - page.left_margin - page.right_margin

    def _styles(self) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        tight = self.document.compact
        self._style("Normal", self.size, "ink", after=3 if tight else 5)
        for name, size, ink, before in (
            ("Title", 16 if tight else 22, "ink", 0),
            ("Heading 1", 17, "ink", 18),
            ("Heading 2", 11 if tight else 13, "accent-text", 7 if tight else 13),
            ("Heading 3", self.size + 0.5, "ink", 8),
        ):
            self._style(name, size, ink, before=before, after=3, bold=True)
        self.book.styles["Normal"].paragraph_format.line_spacing = 1.0 if tight else 1.08
        for name in ("List Bullet", "List Number"):
            self.book.styles[name].paragraph_format.space_after = Pt(3)

    def _style(
        self, name: str, size: float, ink: str, *, before: float = 0, after: float = 0, bold: bool = False
    ) -> None:
        from docx.oxml.ns import qn  # noqa: PLC0415
        from docx.shared import Pt  # noqa: PLC0415

        style = self.book.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold or None
        style.font.color.rgb = self._rgb(ink)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        for line in style.element.findall(f".//{qn('w:pBdr')}"):
            line.getparent().remove(line)

    def _foot(self) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        told = " · ".join(part for part in (self.look.footer, self.document.title) if part)
        line = self.book.sections[0].footer.paragraphs[0]
        self._run(line, told, size=8, ink="ink-2")
        if self.document.compact:
            return
        self._run(line, " · ", size=8, ink="ink-2")
        number = self._run(line, "", size=8, ink="ink-2")
        for kind, text in (("begin", None), ("instrText", "PAGE"), ("separate", None), ("t", "1"), ("end", None)):
            piece = OxmlElement(f"w:{kind}" if text else "w:fldChar")
            if text is None:
                piece.set(qn("w:fldCharType"), kind)
            piece.text = text
            number._r.append(piece)  # noqa: SLF001  the library has no words for a page's number

    def _properties(self) -> None:
        made = datetime.combine(self.document.day or _UNDATED, time())
        core = self.book.core_properties
        core.title, core.author = self.document.title[:200], self.look.company or "tropa"
        core.created = core.modified = made
        core.last_modified_by, core.comments, core.revision = core.author, "", 1
        core.language = _LANGUAGES[self.document.language]
        for part in self.book.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = part.blob.replace(b"</w:fonts>", f"{_FONTS}</w:fonts>".encode())  # noqa: SLF001

    def head(self) -> None:
        """The title with what it is about, and a line in the company's colour."""
        from docx.shared import Mm  # noqa: PLC0415

        if self.look.logo is not None:
            mark = self.book.add_paragraph()
            mark.add_run().add_picture(
                BytesIO(raster_of(self.look.logo)), height=Mm(9 if self.document.compact else 12)
            )
        self.book.add_paragraph(fine(self.document.title), style="Title")
        under = self.book.add_paragraph()
        self._run(under, fine(self.document.subtitle), size=self.size - 1.5, ink="ink-2")
        self._line_below(under)

    def cover(self, answer: str) -> None:
        """A page of its own: mark, title, answer, origin."""
        from docx.shared import Mm, Pt  # noqa: PLC0415

        first = self.book.add_paragraph()
        first.paragraph_format.space_after = Pt(120)
        if self.look.logo is not None:
            first.add_run().add_picture(BytesIO(raster_of(self.look.logo)), height=Mm(18))
        else:
            self._run(first, self.look.company, size=13, ink="accent-text", bold=True)
        title = self.book.add_paragraph(fine(self.document.title), style="Title")
        title.runs[0].font.size = Pt(30)
        self._line_below(title)
        lead = self.book.add_paragraph()
        lead.paragraph_format.space_before = Pt(14)
        self._run(lead, fine(answer), size=15, ink="ink", bold=True)
        self._run(self.book.add_paragraph(), fine(self.document.subtitle), size=10, ink="ink-2")
        self.book.add_page_break()

    def write(self, part: Part) -> None:
        """One part after another."""
        match part:
            case Heading(text, level):
                self.book.add_heading(fine(text), level)
            case Passage():
                self._passage(part)
            case Listed(points, numbered):
                for number, point in enumerate(points, 1):
                    self._point(point, number if numbered else None)
            case Table():
                self._table(part)
            case Picture():
                self._picture(part)
            case Break():
                self.book.add_page_break()

    def _passage(self, part: Passage) -> None:
        line = self.book.add_paragraph()
        if part.strong:
            self._run(line, f"{fine(part.strong)} ", bold=True)
        match part.tone:
            case Tone.LEAD:
                self._run(line, fine(part.text), size=12 if self.document.compact else 14, bold=True)
            case Tone.SMALL:
                self._run(line, fine(part.text), size=self.size - 1, ink="ink-2")
            case _:
                self._run(line, fine(part.text))

    def _point(self, point: tuple[str, str, str], number: int | None) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        lead, text, rests = point
        line = self.book.add_paragraph()
        form = line.paragraph_format
        form.left_indent, form.first_line_indent = Pt(14), Pt(-14)
        form.tab_stops.add_tab_stop(Pt(14))
        self._run(line, f"{'•' if number is None else number}\t", ink="accent-text", bold=True)
        if lead:
            self._run(line, f"{fine(lead)}  ", bold=True)
        self._run(line, fine(text))
        for row in rests.split("\n") if rests else ():
            line.add_run().add_break()
            self._run(line, fine(row), size=self.size - 1.5, ink="ink-2")

    def _table(self, part: Table) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
        from docx.shared import Pt  # noqa: PLC0415

        table = self.book.add_table(rows=0, cols=len(part.heads))
        table.autofit = False
        for place, row in enumerate((part.heads, *part.rows)):
            cells = table.add_row().cells
            for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
                cell.width = int(self.room * part.widths[column])
                line = cell.paragraphs[0]
                line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(3)
                if column in part.numbers:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._rows(line, text, bold=place == 0)
                self._cell_look(cell, head=place == 0)
        for column, width in zip(table.columns, part.widths, strict=True):
            column.width = int(self.room * width)
        _repeat_head(table)
        self.book.add_paragraph().paragraph_format.space_after = Pt(2)

    def _rows(self, line: Any, text: str, *, bold: bool) -> None:
        for number, row in enumerate(text.split("\n")):
            if number:
                line.add_run().add_break()
            self._run(line, fine(row), size=8.5, bold=bold)

    def _cell_look(self, cell: Any, *, head: bool) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        look = cell._tc.get_or_add_tcPr()  # noqa: SLF001  the library has no words for borders
        lines = OxmlElement("w:tcBorders")
        below = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", self.paint("line")[1:])):
            below.set(qn(f"w:{key}"), value)
        lines.append(below)
        look.append(lines)
        if head:
            ground = OxmlElement("w:shd")
            for key, value in (("val", "clear"), ("color", "auto"), ("fill", self.paint("sunken")[1:])):
                ground.set(qn(f"w:{key}"), value)
            look.append(ground)

    def _picture(self, part: Picture) -> None:
        line = self.book.add_paragraph()
        line.paragraph_format.keep_together = True
        shown = line.add_run().add_picture(BytesIO(png_of(part.drawing, self.paint)), width=self.room)
        frame = shown._inline  # noqa: SLF001  the library has no words for the space around and for those who do not see
        frame.docPr.set("descr", part.told)
        for side in "TBLR":
            frame.set(f"dist{side}", "0")

    def _run(self, line: Any, text: str, *, size: float | None = None, ink: str = "ink", bold: bool = False) -> Any:
        from docx.shared import Pt  # noqa: PLC0415

        run = line.add_run(text)
        run.font.size = Pt(size) if size else None
        run.font.bold = bold or None
        run.font.color.rgb = self._rgb(ink)
        return run

    def _rgb(self, ink: str) -> Any:
        from docx.shared import RGBColor  # noqa: PLC0415

        return RGBColor.from_string(self.paint(ink)[1:])

    def _line_below(self, line: Any) -> None:
        from docx.oxml import OxmlElement  # noqa: PLC0415
        from docx.oxml.ns import qn  # noqa: PLC0415

        lines, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "10"), ("space", "4"), ("color", self.paint("accent")[1:])):
            below.set(qn(f"w:{key}"), value)
        lines.append(below)
        line._p.get_or_add_pPr().append(lines)  # noqa: SLF001  the library has no words for borders


def _repeat_head(table: Any) -> None:
    """The head stands again on each page, and no row is torn."""
    from docx.oxml import OxmlElement  # noqa: PLC0415

    for place, row in enumerate(table.rows):
        look = row._tr.get_or_add_trPr()  # noqa: SLF001
        look.append(OxmlElement("w:cantSplit"))
        if place == 0:
            look.append(OxmlElement("w:tblHeader"))
