"""The corpus keeps to its GUIDE."""

import re
from collections import Counter, defaultdict

import pytest
from training.data import CORPUS, corpus

from tropa.domain.opinion import StatementKind
from tropa.texts.words import words_of

INDUSTRIES = {"shop", "restaurant", "hotel", "bank", "telecom", "school", "clinic", "travel", "auto", "saas"}
REGISTERS = {"talk", "polite", "dry", "rage", "slang", "elder", "typo", "ticket", "interview", "survey"}
HARD = {
    *("-", "mixed", "implicit", "ironic", "fact", "negation", "comparison"),
    *("wish", "question", "condition", "idiom", "emoji"),
}


@pytest.fixture(scope="module")
def sentences():
    return corpus()


@pytest.fixture(scope="module")
def keys():
    listed = (CORPUS / "TOUCHPOINTS.txt").read_text(encoding="utf-8")
    return frozenset(re.sub(r"^#.*$|\([^()]*\)", " ", listed, flags=re.MULTILINE).split())


def test_every_label_is_of_the_guide(sentences, keys):
    for one in sentences:
        assert one.industry in INDUSTRIES, one.text
        assert one.register in REGISTERS, one.text
        assert one.hard in HARD, one.text
        for clause in one.clauses:
            assert clause.text, one.text
            assert -2 <= clause.value <= 2, one.text
            assert set(clause.touchpoints) <= keys, one.text
            assert clause.kind in set(StatementKind), one.text


def test_there_is_enough_of_all_kinds(sentences):
    languages = Counter(one.language for one in sentences)
    assert languages["ru"] >= 4_000
    assert languages["en"] >= 2_000
    assert {one.register for one in sentences} == REGISTERS
    assert sum(one.hard != "-" for one in sentences) >= 0.3 * len(sentences)


def test_sentences_are_written_one_by_one(sentences):
    runs = defaultdict(set)
    for place, one in enumerate(sentences):
        words = [word.text for word in words_of(one.text)]
        for start in range(len(words) - 4):
            runs[tuple(words[start : start + 5])].add(place)
    sharing = {place for places in runs.values() if len(places) > 1 for place in places}
    assert len(sharing) <= 0.05 * len(sentences)
    assert len({one.text for one in sentences}) == len(sentences)
