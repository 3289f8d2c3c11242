from pathlib import Path

import pytest

from tropa.adapters.storage.brief_read import read_brief
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.text import Language
from tropa.errors import ConfigError
from tropa.texts.brief import brief_form, brief_questions


def a_file(folder: Path, name: str, text: str) -> Path:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


def fault(path: Path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read_brief(path, Language.EN)
    return caught.value


@pytest.mark.parametrize("language", Language)
def test_an_empty_form_reads_as_knowing_nothing(language: Language, tmp_path: Path) -> None:
    form = a_file(tmp_path, "brief.md", brief_form(language))
    assert read_brief(form, language) == Brief(language=language)
    assert len(brief_questions()) == 12


def test_answers_stand_under_their_headings_even_when_these_are_shortened(tmp_path: Path) -> None:
    text = brief_form(Language.RU).replace(
        "> Например: не угадает с размером", "Замёрзнет\n- не приживётся\n\n> Например: не угадает с размером"
    )
    text = text.replace("## 1. Что вы продаёте?", "## 1. Продаём\n\nрассаду")
    brief = read_brief(a_file(tmp_path, "brief.md", text), Language.RU)
    assert brief.said(BriefKey.FEARS) == ("Замёрзнет", "не приживётся")
    assert brief.said(BriefKey.SELLS) == ("рассаду",)
    assert set(brief.answers) == {BriefKey.FEARS, BriefKey.SELLS}


def test_yaml_takes_text_lists_and_a_language(tmp_path: Path) -> None:
    text = "language: ru\nindustry: clinic\nfears:\n  - боль\n  - счёт\nsells: приём врача; анализы\n"
    brief = read_brief(a_file(tmp_path, "brief.yaml", text), Language.EN)
    assert (brief.language, brief.industry) == (Language.RU, "clinic")
    assert brief.said(BriefKey.FEARS) == ("боль", "счёт")
    assert brief.said(BriefKey.SELLS) == ("приём врача", "анализы")


@pytest.mark.parametrize(
    ("name", "text", "line", "column", "told", "hint"),
    [
        ("b.yaml", "sells: tea\nfeers: pain\n", 2, 1, "feers", "fears"),
        ("b.yaml", "sells: {a: b}\n", 1, 1, "Expected text", ""),
        ("b.yaml", "sells: tea\n  fears: x\n", 2, 8, "not YAML", "spaces"),
        ("b.yaml", "- tea\n", 1, 1, "A brief holds", "--brief-form"),
        ("b.md", "# 1. Sells\n\ntea\n\n## Our mission\n\nx\n", 5, 1, "Our mission", "1 to 12"),
        ("b.md", "## fears\n\nx\n\n## 5. fears\n", 5, 1, "twice", "one of them"),
        ("b.md", "just words\n", 1, 1, "A brief holds", "--brief-form"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    name: str, text: str, line: int, column: int, told: str, hint: str, tmp_path: Path
) -> None:
    error = fault(a_file(tmp_path, name, text))
    assert (error.place.file, error.place.line, error.place.column) == (name, line, column)
    assert told in error.message
    assert hint in error.hint
