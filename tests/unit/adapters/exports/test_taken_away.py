"""Documents to take away open with the libraries of their kind, hold the figures, and are the same each time."""

import dataclasses
import re
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Pt
from python_calamine import CalamineWorkbook

from builders import maps
from tropa.adapters.exports.kinds import exporter_for
from tropa.domain.branding import Branding, BrandingSpec, Logo
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language, Text
from tropa.errors import ExportError
from tropa.render.branding import Look

RICH = maps.a_rich_map()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0A7D4F"/></svg>'
LOOK = Look(
    Branding(BrandingSpec(company="Росток", colour="#0A7D4F", cover=True, method=True, sources=True), Logo(SVG, "svg"))
)
FORMS = [("memo", "docx"), ("memo", "pdf"), ("plan", "xlsx"), ("plan", "pdf"), ("funnel", "xlsx"), ("pptx", "pptx"), ("docx", "docx"), ("docx", "pdf")]  # fmt: skip


def written(
    form: str, ending: str, folder: Path, journey: JourneyMap = RICH, language: Language = Language.RU, **more
) -> Path:
    (made,) = exporter_for(form, **more).export(journey, folder / f"{form}.{ending}", language)
    return made


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(("form", "ending"), FORMS)
def test_the_same_map_gives_the_same_bytes(form, ending, tmp_path):
    (tmp_path / "again").mkdir()
    first = written(form, ending, tmp_path, look=LOOK).read_bytes()
    assert first == written(form, ending, tmp_path / "again", look=LOOK).read_bytes()
    if ending != "pdf":
        days = {one.date_time[0] for one in zipfile.ZipFile(tmp_path / f"{form}.{ending}").infolist()}
        assert days == {1980}


@pytest.mark.parametrize(
    "journey", [maps.a_short_map(), maps.a_map_without_data(), maps.a_map_of_40_orders()], ids=lambda one: one.key
)
@pytest.mark.parametrize(("form", "ending"), FORMS)
def test_small_and_empty_maps_have_documents_too(form, ending, journey, tmp_path):
    assert written(form, ending, tmp_path, journey, Language.EN).stat().st_size > 1_000


def test_the_memo_holds_answer_facts_actions_and_a_picture(tmp_path):
    book = docx.Document(str(written("memo", "docx", tmp_path)))
    words = plain("\n".join(one.text for one in book.paragraphs))
    assert RICH.goal.answer.text.ru in words
    for finding in RICH.findings[:3]:
        assert plain(finding.text.ru) in words
        if finding.recommendation:
            assert plain(finding.recommendation.text.ru) in words
    assert "Ответственный:" in words
    assert len(book.inline_shapes) == 1
    assert book.core_properties.author == "tropa"


def test_the_document_has_headings_and_every_card_in_sight(tmp_path):
    book = docx.Document(str(written("docx", "docx", tmp_path)))
    heads = [one.text for one in book.paragraphs if one.style.name.startswith("Heading")]
    assert [plain(stage.name.ru) in " ".join(map(plain, heads)) for stage in RICH.stages] == [True] * len(RICH.stages)
    words = plain("\n".join(one.text for one in book.paragraphs))
    hidden = {lane.key for lane in RICH.lanes if lane.hidden}
    missing = [
        card.text.ru
        for card in RICH.cards
        if card.lane not in hidden and plain(card.text.ru) not in words and not card.reason
    ]
    assert missing == []


def test_slides_are_native_and_their_words_ten_points_or_more(tmp_path):
    deck = pptx.Presentation(str(written("pptx", "pptx", tmp_path, look=LOOK)))
    curves = 0
    for slide in deck.slides:
        assert slide.shapes.title.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            curves += "custGeom" in shape._element.xml
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells] if shape.has_table else [shape.text_frame] if shape.has_text_frame else []  # fmt: skip
            sizes = [run.font.size for frame in frames for line in frame.paragraphs for run in line.runs]
            assert all(size is not None and size >= Pt(10) for size in sizes)
    assert curves > 2
    words = plain(
        " ".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    )
    assert RICH.goal.answer.text.ru in words


def rows_of(file: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()


def test_the_plan_has_a_row_for_each_finding_with_its_effect_as_a_range(tmp_path):
    rows = [row for row in rows_of(written("plan", "xlsx", tmp_path)) if re.fullmatch(r"\d+ дней", str(row[0]))]
    assert {row[0].split()[0] for row in rows} <= {"30", "60", "90"}
    told = plain("\n".join(str(cell) for row in rows for cell in row))
    for finding in RICH.findings:
        if finding.recommendation:
            assert plain(finding.recommendation.text.ru) in told
    assert all(str(row[10]) for row in rows), "no effect is left unsaid"


def test_each_cell_of_the_funnel_is_told_from_data_or_called_a_suggestion(tmp_path):
    from tropa.render.takeaway.funnel import COLUMNS, funnel_rows

    rows = funnel_rows(RICH, Language.RU, (maps.a_segment_map(),))
    assert {row.place for row in rows} == set(range(len(RICH.stages)))
    for row in rows:
        assert len(row.cells) == len(COLUMNS)
        for one in row.cells:
            assert one.text
            assert not one.suggested or one.basis.startswith(("предложение", "предположение"))
    table = rows_of(written("funnel", "xlsx", tmp_path))
    assert len(table) >= len(rows)


def test_a_name_with_another_ending_is_told_the_endings_that_there_are(tmp_path):
    with pytest.raises(ExportError, match=r"\.pptx") as error:
        written("memo", "pptx", tmp_path)
    assert ".docx, .pdf" in error.value.hint


def test_words_like_formulas_stay_words(tmp_path):
    hypotheses = tuple(dataclasses.replace(one, text=Text(ru="=cmd|' /C calc'!A0")) for one in RICH.hypotheses[:1])
    journey = dataclasses.replace(RICH, hypotheses=hypotheses, findings=(), cards=())
    sheet = zipfile.ZipFile(written("plan", "xlsx", tmp_path, journey)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_a_companys_look_is_on_documents_slides_and_page(tmp_path):
    deck = pptx.Presentation(str(written("pptx", "pptx", tmp_path, look=LOOK)))
    assert any(shape.shape_type == 13 for shape in deck.slides[0].shapes), "the mark is on the cover"
    book = docx.Document(str(written("docx", "docx", tmp_path, look=LOOK)))
    assert book.core_properties.author == "Росток"
    assert len(book.inline_shapes) == 2
    page = written("html", "html", tmp_path, look=LOOK).read_text(encoding="utf-8")
    assert 'src="data:image/svg+xml;base64,' in page
    assert "--accent:#0A7D4F" in page
