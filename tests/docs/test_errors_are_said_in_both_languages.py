"""Each sentence of an error has a Russian line with the same values; nothing is said that only the program knows."""

import re
import string

import pytest

from docs.sentences import sentences_of_errors
from tropa.errors import Said, in_both, in_russian, told
from tropa.texts.shipped import shipped

SAID = list(sentences_of_errors())


def holes(template):
    if not re.search(r"\{\w", template):
        return []
    return sorted({(name, form) for _, name, form, _ in string.Formatter().parse(template) if name is not None})


def test_every_error_is_a_template_with_a_russian_line():
    assert len(SAID) > 200
    lines = shipped("errors")
    assert [where for where, template in SAID if template is None] == [], "the sentence is put together out of sight"
    assert [(where, template) for where, template in SAID if template and template not in lines] == []


def test_russian_lines_have_the_values_of_the_english_ones_and_are_russian():
    for english, russian in shipped("errors").items():
        assert holes(english) == holes(russian), english
        assert "“" not in russian, russian
        bare = re.sub(r"\{.*?\}", "", russian)
        bilingual = {"true or false", "{file}: {why}", "{what} ({error})."}
        assert english in bilingual or any("а" <= letter <= "я" for letter in bare.lower()), russian


def test_no_russian_line_is_left_over():
    said = {template for _, template in SAID}
    sentences = [line for line in shipped("errors") if line.endswith((".", "?")) or "{" in line]
    assert [line for line in sentences if line not in said] == []


@pytest.mark.parametrize(
    ("sentence", "russian"),
    [
        (told("“{key}” cannot be a key.", key="Ё"), "«Ё» не может быть ключом."),
        (
            told("Expected {wanted}, got {given}.", wanted="a number", given="a list"),
            "Здесь нужно: число; стоит: список.",
        ),
        (told("The columns are: {names}.", names=("a", "b")), "Есть столбцы: a, b."),
        ("The file is empty.", "Файл пуст."),
        (in_both(ru="да", en="yes"), "да"),
        ("never said before", "never said before"),
    ],
)
def test_sentences_are_said_in_russian_with_their_values(sentence, russian):
    assert in_russian(sentence, shipped("errors")) == russian


def test_reasons_inside_a_sentence_are_said_in_its_language():
    inner = told("{file}: {why}", file="a.csv", why="The file is empty.")
    outer = told("Nothing in “{folder}” makes a path. {reasons}", folder="x", reasons=[inner, inner])
    assert str(outer).count("a.csv: The file is empty.") == 2
    assert in_russian(outer, shipped("errors")).count("a.csv: Файл пуст.") == 2
    assert isinstance(outer, Said)


def test_every_reason_of_a_rejected_row_is_worded():
    from docs.sentences import SOURCES
    from tropa.adapters.stores.local.data_reasons import REASONS
    from tropa.adapters.stores.local.rows import Verdict

    code = "\n".join(place.read_text(encoding="utf-8") for place in (SOURCES / "adapters" / "sources").glob("*.py"))
    codes = set(re.findall(r'Reject\([^()]*?, "([a-z_]+)"', code))
    codes |= {one.name.lower() for one in Verdict if one not in {Verdict.ACCEPTED, Verdict.DUPLICATE}}
    assert len(codes) > 10
    assert codes - set(REASONS) == set()
    assert all(words.ru and words.en for words in REASONS.values())
