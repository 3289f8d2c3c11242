"""tropa in a terminal, as a Russian reader meets it: what is asked, what is told while it works, what is wrong."""

import os
import re
import sys
import time

import pytest

from builders.kiosk_files import kiosk_files

pty = pytest.importorskip("pty", reason="needs a terminal of POSIX systems")
SIGNS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")


def typed(arguments, tmp_path, *, answers=(), language="ru"):
    """Run within a terminal of its own; each prompt (with its usual answer in brackets) gets the next answer. Code, all that was shown."""
    added = {"TROPA_LANG": language, "TROPA_KEY_FILE": str(tmp_path / "key"), "TROPA_INTERPRET": "1", "TERM": "xterm"}
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(sys.executable, [sys.executable, "-m", "tropa", *map(str, arguments)], os.environ | added)
    shown, left, until = b"", list(answers), time.monotonic() + 120
    while time.monotonic() < until:
        try:
            chunk = os.read(terminal, 1 << 16)
        except OSError:  # how Linux says that the other side has closed
            break
        if not chunk:
            break
        shown += chunk
        if shown.endswith(b"]: "):
            os.write(terminal, f"{left.pop(0) if left else ''}\n".encode())
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), SIGNS.sub("\n", shown.decode())


def latin_words(text):
    """Words of three letters and more that are neither data nor names."""
    known = r"«[^»]*»|\S*[/._-]\S*|tropa\S*|\b(visit|catalog|mobile|desktop|north|south|west|CSV|XLSX|JSON|Parquet|XES|UTC|init|demo|build|lint|help|event|time|device|region|review|rating|date|amount|yaml)\b"
    return re.findall(r"[A-Za-z]{3,}", re.sub(known, " ", text))


def test_init_asks_little_in_plain_words_and_shows_three_rows(tmp_path):
    folder = kiosk_files(tmp_path / "kiosk", people=40)
    code, shown = typed(["init", folder], tmp_path, answers=["2", "9", "1"])

    assert code == 0, shown
    questions = re.findall(r"^.+\?$", shown, flags=re.MULTILINE)
    assert 1 <= len([one for one in questions if not re.match(r"\s*\d\.", one)]) <= 7
    for file, row in (("events.csv", "время:"), ("orders.csv", "номер:"), ("reviews.csv", "текст:")):
        told = shown[shown.index(f"{file}:") :].splitlines()
        assert [row in line for line in told if line.strip()][1:4] == [True, True, True]
    assert latin_words(shown) == []
    text = (folder / "tropa.yaml").read_text(encoding="utf-8")
    assert "timezone: Europe/Moscow" in text, "the second answer was Moscow"


def test_a_build_tells_in_russian_what_it_does_and_what_came_out(tmp_path):
    folder = kiosk_files(tmp_path / "kiosk", people=60)
    code, shown = typed(["build", folder], tmp_path)

    assert code == 0, shown
    for words in ("Читаю файлы…", "Складываю события…", "Ищу потери…", "Сравниваю сегменты…", "Рисую карту…"):
        assert words in shown
    assert shown.index("Читаю файлы") < shown.index("Складываю события") < shown.index("Ищу потери")
    assert "Карта готова:" in shown
    assert latin_words(shown) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "nowhere"], ["Папки «nowhere» нет.", "Назовите папку"]),
        (["build", "--fsat", "."], ["Параметра --fsat нет.", "tropa build --help"]),
        (["buld", "."], ["Команды «buld» нет.", "build"]),
        (["build"], ["Не хватает: folder.", "tropa build --help"]),
        (["init", ".", "--lang", "de"], ["Языка «de» здесь нет.", "Можно: ru, en."]),
        (["lint", "none.cjm.json"], ["«none.cjm.json» не открывается: такого файла или папки нет."]),
        (["demo", "bees"], ["Истории «bees» нет.", "plants"]),
    ],
)
def test_what_is_wrong_is_said_in_russian_from_the_first_word_to_the_last(
    near, tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    answer = type(near)(near.environment | {"TROPA_LANG": "ru"}).tropa(*arguments)
    assert answer.code == 2
    for one in words:
        assert one in answer.err
    assert (
        latin_words(re.sub(r"none|bees|plants|school|travel|saas|dealer|buld|folder|de\b|ru, en|--\w+", "", answer.err))
        == []
    )


def test_a_broken_setting_is_said_in_russian_with_its_place(near, built_kiosk, tmp_path):
    import shutil

    folder = shutil.copytree(built_kiosk, tmp_path / "kiosk")
    place = folder / "tropa.yaml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("stages_from:", "stage_from:"), encoding="utf-8")
    answer = type(near)(near.environment | {"TROPA_LANG": "ru"}).tropa("build", folder)

    row = 1 + text[: text.index("stages_from:")].count("\n")
    assert f"tropa.yaml:{row}:1" in answer.err
    assert "Ключа «stage_from» здесь не бывает." in answer.err
    assert "Может быть, «stages_from»?" in answer.err
