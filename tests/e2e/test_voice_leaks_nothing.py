"""People that were put into texts are in no output: lines, page, workbook, map."""

import zipfile
from pathlib import Path

import pytest

from tropa.cli.app import run

PEOPLE = (
    ("Ждали курьера Пахомова Виталия Егоровича, тел. 8 (903) 555-17-29, два часа", ("Пахомов", "555-17-29")),
    ("Карта 5469 3800 1234 5674 списана дважды, пишите на lida.zueva88@yandex.ru", ("5469", "lida.zueva88")),
    ("Привезли на ул. Сиреневая, д. 14, кв. 77 мятую коробку, паспорт 4510 123456", ("Сиреневая", "123456")),
    ("My name is Gwendoline Tattersall, call +44 7700 900123, the parcel was late", ("Tattersall", "900123")),
    ("СНИЛС 112-233-445 95 просили зачем-то, поддержка грубая, @petrovich_live", ("112-233-445", "petrovich_live")),
)
SECRETS = [secret for _, several in PEOPLE for secret in several]


def reviews(folder: Path) -> Path:
    rows = [f'{n};2026-01-{n % 28 + 1:02};{n % 5 + 1};"{PEOPLE[n % len(PEOPLE)][0]}, случай {n}"' for n in range(40)]
    path = folder / "reviews.csv"
    path.write_text("\n".join(["id;Дата;Оценка;Отзыв", *rows]) + "\n", encoding="utf-8")
    return path


def everything_in(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


@pytest.mark.parametrize("ending", ["jsonl", "html", "xlsx"])
def test_no_output_of_voices_holds_a_person(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    assert run(["voice", str(reviews(tmp_path)), "--industry", "shop", "-o", str(out)]) == 0
    told = everything_in(out)
    assert "случай" in told
    assert [secret for secret in SECRETS if secret in told] == []
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["reviews.csv", out.name])


def test_no_map_holds_a_person(tmp_path: Path) -> None:
    reviews(tmp_path)
    events = [
        f"u{n},visit,2026-01-{n % 28 + 1:02} 10:00:00\nu{n},order,2026-01-{n % 28 + 1:02} 11:00:00" for n in range(60)
    ]
    (tmp_path / "events.csv").write_text("\n".join(["client_id,event,time", *events]) + "\n", encoding="utf-8")
    assert run(["init", str(tmp_path), "--yes"]) == 0
    assert run(["build", str(tmp_path)]) == 0
    made = [one for one in (tmp_path / "out").rglob("*") if one.is_file()]
    assert made
    assert [(one.name, secret) for one in made for secret in SECRETS if secret in everything_in(one)] == []


def test_a_stopped_report_goes_on_and_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tropa import voice_setup

    table = reviews(tmp_path)
    whole, out = tmp_path / "whole.html", tmp_path / "out.html"
    monkeypatch.setattr(voice_setup, "BATCH", 16)
    assert run(["voice", str(table), "-o", str(whole)]) == 0
    calls = []

    def stop(*args: object) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return read(*args)

    read = voice_setup.read_voice
    monkeypatch.setattr(voice_setup, "read_voice", stop)
    assert run(["voice", str(table), "-o", str(out)]) == 130
    assert not out.exists()
    monkeypatch.setattr(voice_setup, "read_voice", read)
    assert run(["voice", str(table), "-o", str(out)]) == 0
    assert out.read_bytes() == whole.read_bytes()
