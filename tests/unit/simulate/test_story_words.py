"""The words of every told story: enough of them, in the right script, and not one sentence turned over and over."""

import re
import tomllib
from collections import Counter
from datetime import date
from importlib import resources

import numpy as np
import pytest

from tropa.simulate.reviews import ReviewWriter, read_bank

DATA = resources.files("tropa.simulate").joinpath("data")
FIRST, LAST = date(2024, 10, 1), date(2026, 10, 31)
# The days from which a planted problem stands in the data; its cause is in the diary at most three days before.
SINCE = {
    "school": date(2025, 9, 15),
    "travel": date(2025, 11, 3),
    "saas": date(2025, 10, 6),
    "dealer": date(2025, 5, 19),
}
TOLD = [(story, language) for story in SINCE for language in ("ru", "en")]
FRAME = {f"{part}_{tone}" for part in ("openers", "closers", "glyphs") for tone in ("good", "bad", "any")}


@pytest.fixture(scope="module", params=TOLD, ids="-".join)
def told(request):
    return request.param


@pytest.fixture(scope="module")
def bank(told):
    return read_bank(*told)


def sentences(bank) -> list[str]:
    return [*bank.clauses, *(text for texts in bank.whole.values() for text in texts)]


def interviews(told) -> list[str]:
    folder = DATA.joinpath(*told)
    return [folder.joinpath(f"interview_{number}.txt").read_text(encoding="utf-8") for number in range(1, 7)]


def changes(told) -> list[dict]:
    return tomllib.loads(DATA.joinpath(*told, "changes.toml").read_text(encoding="utf-8"))["changes"]


def test_at_least_300_different_sentences_were_written(bank):
    assert len({text.casefold() for text in sentences(bank)}) >= 300


def test_hardly_any_sentence_shares_five_words_in_a_row_with_another(bank):
    runs = [_runs(text) for text in sentences(bank)]
    seen = Counter(run for found in runs for run in found)
    sharing = [found for found in runs if any(seen[run] > 1 for run in found)]
    assert len(sharing) / len(runs) <= 0.05


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_all_five_planted_problems_have_words_and_so_has_all_the_rest(bank):
    planted = {topic.planted for topic in bank.topics.values()} - {None}
    assert planted == {"P1", "P2", "P3", "P4", "P5"}
    other = [topic for topic in bank.topics.values() if topic.planted is None]
    assert {topic.tone for topic in other} == {"good", "bad", "any"}
    assert {"irony", "offtopic", "neutral"} <= set(bank.topics)


def test_a_writer_finds_all_it_reaches_for(bank):
    assert FRAME | {"joints_but", "joints_and"} == set(bank.frame)
    assert {"names", "signatures", "phones", "mails"} == set(bank.people)
    assert set(bank.whole) <= set(bank.topics)
    assert all(len(forms) == 2 for forms in bank.genders.values())


def test_every_slot_is_filled_and_every_list_used(bank):
    writer = ReviewWriter(bank, np.random.default_rng(1))
    texts = [writer.write(key).text for key in bank.topics for _ in range(40)]
    assert not any(mark in text for text in texts for mark in "{}")
    written = " ".join([*sentences(bank), *(text for texts in bank.frame.values() for text in texts)])
    assert {*bank.slots, *bank.genders} == set(re.findall(r"{(\w+)}", written))


def test_two_tellings_of_a_story_speak_of_the_same_topics(told):
    story, _ = told
    russian, english = read_bank(story, "ru"), read_bank(story, "en")
    kinds = [
        [(one.key, one.planted, one.tone, one.touchpoint) for one in bank.topics.values()]
        for bank in (russian, english)
    ]
    assert sorted(map(str, kinds[0])) == sorted(map(str, kinds[1]))


def test_russian_is_in_cyrillic_and_english_in_latin(told, bank):
    _, language = told
    texts = [*sentences(bank), *interviews(told), *(text for one in changes(told) for text in _said(one))]
    letters = re.findall(r"[^\W\d_]", re.sub(r"{\w+}", "", " ".join(texts)))
    cyrillic = sum("а" <= letter.casefold() <= "ё" for letter in letters) / len(letters)
    assert cyrillic > 0.97 if language == "ru" else cyrillic == 0


def _said(change: dict) -> tuple[str, str, str]:
    return change["what"], change["where"], change["whom"]


def test_six_people_speak_each_in_turn_with_the_interviewer(told):
    _, language = told
    turn = "— " if language == "ru" else ""
    for text in interviews(told):
        title, *lines = [line for line in text.splitlines() if line]
        assert title.startswith(("Интервью ", "Interview "))
        assert len(lines) >= 14
        assert all(line.startswith(turn) if turn else re.match(r"[A-Z]: ", line) for line in lines)
        assert not re.search(r"[{}]|TODO|XXX", text)
    assert len({line for text in interviews(told) for line in text.splitlines() if len(line) > 40}) > 40


def test_the_diary_is_dated_and_holds_the_cause_of_what_began_one_day(told):
    story, _ = told
    found = changes(told)
    days = [one["date"] for one in found]
    assert 8 <= len(found) <= 12
    assert all(set(one) == {"date", "what", "where", "whom"} and all(_said(one)) for one in found)
    assert days == sorted(set(days))
    assert min(days) >= FIRST
    assert max(days) <= LAST
    assert any(0 <= (SINCE[story] - day).days <= 3 for day in days)
