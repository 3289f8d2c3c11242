"""Job titles as people write them, labelled before the dictionary was read; mended by one half, judged by the other."""

import hashlib
from pathlib import Path

import pytest

from tropa.domain.buying import BuyingClassSpec
from tropa.texts.buying_centre import buying_class

LABELLED = Path(__file__).with_name("job_titles.tsv")


def titles(half: str) -> list[tuple[str, str | None]]:
    """The titles of one half by their own hash, with the labelled class (None: tells none)."""
    lines = [line.split("\t") for line in LABELLED.read_text("utf-8").splitlines() if not line.startswith("#")]
    wanted = ["mending", "judging"].index(half)
    return [
        (title, None if label == "none" else label)
        for title, label in lines
        if hashlib.sha256(title.encode()).digest()[0] % 2 == wanted
    ]


@pytest.mark.parametrize(("half", "least"), [("mending", 0.99), ("judging", 0.95)])
def test_a_job_title_tells_its_class(half: str, least: float, capsys: pytest.CaptureFixture[str]) -> None:
    labelled = titles(half)
    right = sum(buying_class(title) == label for title, label in labelled)
    with capsys.disabled():
        print(f"\n{half}: {right} of {len(labelled)}")
    assert len(labelled) >= 200
    assert right / len(labelled) >= least


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Рук. юр. отдела", "legal"),
        ("деректор", "economic_buyer"),
        ("старший мененджер", "end_user"),
        ("Chief Exec. Officer", "economic_buyer"),
        ("Sr. Dev", "technical_buyer"),
    ],
)
def test_shortened_and_misspelt_words_are_read_as_they_are_meant(title: str, key: str) -> None:
    assert buying_class(title) == key


def test_a_company_s_own_words_come_first() -> None:
    own = (BuyingClassSpec(key="security", titles=("безопасност*",)),)
    assert buying_class("Начальник службы безопасности", own) == "security"
