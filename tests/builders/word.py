"""Word documents made by hand."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Block = str | Sequence[Sequence[str]]


def paragraph(text: str, *, listed: bool = False) -> str:
    properties = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    properties += '<w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>' if listed else "</w:pPr>"
    half = len(text) // 2  # Word cuts words into runs wherever it likes
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:]) if part
    )
    return f"<w:p>{properties}{runs}</w:p>"


def body(blocks: Sequence[Block], *, listed: bool = False) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(paragraph(block, listed=listed))
        else:
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in block
            )
            parts.append(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>")
    return "".join(parts)


def document(content: str, *, head: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'.encode()


def packed(part: bytes, **more: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", part)
        for name, content in more.items():
            archive.writestr(name, content)
    return sink.getvalue()


def docx(*blocks: Block, listed: bool = False) -> bytes:
    return packed(document(body(blocks, listed=listed)))
