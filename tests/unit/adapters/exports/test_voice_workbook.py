from io import BytesIO
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from builders.said import TOUCHPOINTS, said
from tropa.adapters.exports.voice_report import write_voice_report
from tropa.adapters.exports.voice_workbook import voice_workbook
from tropa.domain.hearing import VoiceReport
from tropa.domain.text import Language
from tropa.domain.voice import VoiceLine
from tropa.texts.reporting import voice_report

LATE = ["доставка долгая", "ждали доставку неделю", "доставили медленно", "=cmd|' /C calc'!A0 доставка долгая"]


def report(lines: list[VoiceLine] | None = None) -> VoiceReport:
    told = [said(f"p{i}", text, "delivery", day=i, mark=2) for i, text in enumerate(LATE)] if lines is None else lines
    return voice_report(told, TOUCHPOINTS, model="light 1")


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_statements_touchpoints_themes_and_quotes_are_sheets() -> None:
    found = sheets(voice_workbook(report(), Language.RU))
    assert list(found) == ["Высказывания", "Точки контакта", "Темы", "Цитаты", "По месяцам", "Опросы", "Что прочитано"]
    assert len(found["Высказывания"]) == 5
    assert found["Точки контакта"][1][:4] == ["Доставка", "", 4, 4]
    assert found["Темы"][1][:5] == ["долгая доставка", "Что мешает", "Доставка", 4, 4]


def test_what_looks_like_a_formula_stays_words() -> None:
    with ZipFile(BytesIO(voice_workbook(report(), Language.EN))) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/"))
    assert "<f>" not in cells


def test_a_report_without_voices_has_its_heads() -> None:
    found = sheets(voice_workbook(report([]), Language.EN))
    assert found["Statements"][0][0] == "Feedback"
    assert len(found["Themes"]) == 1


def test_the_same_report_has_the_same_bytes() -> None:
    told = report()
    assert voice_workbook(told, Language.RU) == voice_workbook(told, Language.RU)


def test_the_ending_chooses_the_form(tmp_path) -> None:
    page = write_voice_report(report(), tmp_path / "voice.html", Language.RU)
    table = write_voice_report(report(), tmp_path / "voice.xlsx", Language.RU)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert table.read_bytes().startswith(b"PK")
