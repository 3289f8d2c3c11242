import dataclasses
import re
from pathlib import Path

import pytest

from builders import maps
from tropa.adapters.exports.kinds import exporter_for
from tropa.adapters.exports.reading_xlsx import read_map
from tropa.bootstrap import export_map
from tropa.domain.journeymap import JourneyMap, LaneKind, MapView
from tropa.domain.text import Language, Text
from tropa.errors import ExportError, UnreadableFileError
from tropa.mapfile.codec import map_to_text
from tropa.render.journey_diagram import diagram_of
from tropa.render.measure import text_width
from tropa.render.picture.layout import lay_out
from tropa.render.picture.pieces import Block, Words

MAPS = [maps.a_rich_map(), maps.a_map_with(long_words=True, personas=5), maps.a_short_map(), maps.a_map_without_data()]


@pytest.mark.parametrize("journey", MAPS, ids=lambda one: one.key)
@pytest.mark.parametrize("language", Language)
def test_a_workbook_reads_back_without_loss(journey: JourneyMap, language: Language, tmp_path: Path) -> None:
    target = tmp_path / "map.xlsx"
    exporter_for("xlsx").export(journey, target, language)
    assert map_to_text(read_map(target)) == map_to_text(journey)


def test_words_like_formulas_and_unknown_fields_survive_a_workbook(tmp_path: Path) -> None:
    rich = maps.a_rich_map()
    nasty = [Text(ru=words) for words in ('=1+1|_x0041_"', "+7", "@cmd", "-2\nдва")]
    cards = tuple(
        dataclasses.replace(card, text=nasty[place % 4], extra={"ours": {"_x0041_": " a "}})
        for place, card in enumerate(rich.cards)
    )
    journey = dataclasses.replace(rich, cards=cards)
    target = tmp_path / "map.xlsx"
    exporter_for("xlsx").export(journey, target, Language.RU)
    assert map_to_text(read_map(target)) == map_to_text(journey)


@pytest.mark.parametrize("journey", MAPS, ids=lambda one: one.key)
@pytest.mark.parametrize("language", Language)
def test_no_line_of_a_picture_is_wider_than_its_card(journey: JourneyMap, language: Language) -> None:
    def check(block: Block, room: float | None) -> None:
        own = block.width if block.role in {"card", "pill", "plain", "kpi", "step"} else room
        for part in block.parts:
            if isinstance(part, Block):
                check(part, None if own is None else own - part.x)
            elif isinstance(part, Words) and own is not None:
                assert part.x + text_width(part.text, part.size, bold=part.bold) <= own + 1, part.text

    check(lay_out(journey, language), None)


@pytest.mark.parametrize("journey", MAPS, ids=lambda one: one.key)
def test_a_diagram_keeps_to_the_grammar(journey: JourneyMap) -> None:
    head, *lines = diagram_of(journey, Language.RU).splitlines()
    assert head == "journey"
    assert all(re.fullmatch(r"  (title|section) [^#:;]+|    [^#:;]+: [1-5]: [^#:;,]+", line) for line in lines)


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg"), ("md", b"# ")])
def test_each_form_is_written(form: str, start: bytes, tmp_path: Path) -> None:
    (written,) = exporter_for(form).export(maps.a_short_map(), tmp_path / "map", Language.EN)
    assert written.read_bytes().startswith(start)
    assert list(tmp_path.iterdir()) == [written]


@pytest.mark.parametrize("form", ["svg", "html"])
def test_the_map_of_how_it_should_be_stands_beside(form: str, tmp_path: Path) -> None:
    rich = maps.a_rich_map()
    wanted = dataclasses.replace(rich, view=MapView.TO_BE)
    (alone,) = exporter_for(form).export(rich, tmp_path / "alone", Language.RU)
    (beside,) = exporter_for(form, to_be=wanted).export(rich, tmp_path / "beside", Language.RU)
    line = 'stroke-dasharray="5 4"'
    assert line not in alone.read_text(encoding="utf-8")
    assert line in beside.read_text(encoding="utf-8")


def test_a_map_beside_its_file_is_found_by_its_name(tmp_path: Path) -> None:
    rich = maps.a_rich_map()
    (tmp_path / "map.cjm.json").write_text(map_to_text(rich), encoding="utf-8")
    wanted = dataclasses.replace(rich, view=MapView.TO_BE)
    (tmp_path / "map.to-be.cjm.json").write_text(map_to_text(wanted), encoding="utf-8")
    (drawn,) = export_map(tmp_path / "map.cjm.json", to="svg", target=None, language=None, paper="fit")
    assert "как надо" in drawn.read_text(encoding="utf-8")


def test_an_unknown_form_or_paper_is_refused() -> None:
    with pytest.raises(ExportError, match="svg, png, pdf, xlsx, md, mermaid, html"):
        exporter_for("doc")
    with pytest.raises(ExportError, match="a3"):
        exporter_for("pdf", paper="a9")


def test_a_hand_made_table_is_a_map_of_guesses(tmp_path: Path) -> None:
    import xlsxwriter

    target = tmp_path / "hand.xlsx"
    with xlsxwriter.Workbook(str(target)) as book:
        page = book.add_worksheet()
        for row, cells in enumerate(
            (("", "Ищу", "Покупаю"), ("Эмоции клиента", "1", "-2"), ("Боли", "- долго\n- дорого", ""))
        ):
            page.write_row(row, 0, cells)
    journey = read_map(target)
    assert [stage.name.ru for stage in journey.stages] == ["Ищу", "Покупаю"]
    assert [card.text.ru for card in journey.cards_of(LaneKind.BARRIER)] == ["долго", "дорого"]
    assert [card.value for card in journey.cards_of(LaneKind.EMOTION)] == [1, -2]
    assert all(card.is_guess for card in journey.cards)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(UnreadableFileError):
        read_map(tmp_path / "a.xlsx")
