"""The sample map that is made by hand: every card a guess, and as good as a built one in every form."""

from pathlib import Path

import pytest

from tropa.adapters.exports.reading_xlsx import read_map
from tropa.bootstrap import export_map, open_map
from tropa.domain.journeymap import Author, LaneKind, Urgency
from tropa.domain.text import Language
from tropa.lint.check import lint
from tropa.mapfile.codec import map_to_text

DEMO = Path(__file__).parents[4] / "examples" / "saas-demo.cjm.json"
BEGINS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "xlsx": b"PK", "html": b"<!doctype html>"}


def test_every_card_is_a_guess_of_a_person_in_both_languages() -> None:
    journey = open_map(DEMO)
    assert len(journey.stages) == 4
    assert all(card.is_guess and card.author is Author.PERSON for card in journey.cards)
    assert [card.key for card in journey.cards if not card.text.ru or not card.text.en] == []
    for stage in journey.stages:
        (emotion,) = journey.cards_of(LaneKind.EMOTION, stage.key)
        (weight,) = journey.cards_of(LaneKind.IMPORTANCE, stage.key)
        assert len(emotion.names) == 2
        assert weight.reason is not None
        assert weight.reason.ru
        assert weight.reason.en
    urgencies = {card.urgency for card in journey.cards_of(LaneKind.RECOMMENDATION)}
    assert urgencies == set(Urgency)


def test_its_file_is_written_as_tropa_writes_and_lint_has_one_word_for_it() -> None:
    journey = open_map(DEMO)
    assert map_to_text(journey) == DEMO.read_text(encoding="utf-8")
    assert [one.code for one in lint(journey)] == ["TR304"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("to", ["svg", "png", "pdf", "xlsx", "md", "mermaid", "html"])
def test_it_goes_into_every_form(to: str, language: Language, tmp_path: Path) -> None:
    (written,) = export_map(DEMO, to=to, target=tmp_path / f"map.{to}", language=language, paper="fit")
    content = written.read_bytes()
    assert content.lower().startswith(BEGINS.get(to, b"").lower()) or to == "svg"
    if to in {"md", "html", "svg"}:
        said = "Раздражение, нерешительность" if language is Language.RU else "Irritation, hesitation"
        assert said in content.decode()


def test_a_workbook_of_it_reads_back_without_loss(tmp_path: Path) -> None:
    (written,) = export_map(DEMO, to="xlsx", target=tmp_path / "map.xlsx", language=Language.RU, paper="fit")
    assert read_map(written) == open_map(DEMO)
