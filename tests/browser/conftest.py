"""One browser for all tests of the page; every page must ask for nothing and complain of nothing."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders import maps
from tropa.adapters.exports.html import write_page
from tropa.domain.journeymap import JourneyMap, LaneKind, MapView
from tropa.domain.text import Language

CHROMIUM = Path("/usr/bin/chromium")


def to_be(journey: JourneyMap) -> JourneyMap:
    """The same map with better emotions: how it should be."""
    lanes = {lane.key for lane in journey.lanes if lane.kind is LaneKind.EMOTION}
    cards = tuple(
        dataclasses.replace(card, value=min(2.0, card.value + 1))
        if card.lane in lanes and card.value is not None
        else card
        for card in journey.cards
    )
    return dataclasses.replace(
        journey, key=f"{journey.key}.to-be", view=MapView.TO_BE, cards=cards, segments=(), findings=()
    )


PAGES = {
    "rich": [maps.a_rich_map(), maps.a_segment_map("phone"), maps.a_segment_map("desk")],
    "wide": [maps.a_map_with(steps=24)],
    "long": [maps.a_map_with(stages=5, steps=15, personas=5, long_words=True)],
    "guesses": [maps.a_map_without_data()],
    "forty": [maps.a_map_of_40_orders()],
    "wanted": [maps.a_rich_map(), to_be(maps.a_rich_map())],
    "business": [dataclasses.replace(maps.a_business_map(), unit="case")],
}


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not CHROMIUM.exists():
        pytest.skip("needs /usr/bin/chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {name: write_page(journeys, folder / f"{name}.html", Language.RU) for name, journeys in PAGES.items()}


@pytest.fixture
def visit(browser, files: dict[str, Path]) -> Iterator[Callable[..., object]]:
    """Open a page; afterwards it must have asked for nothing and complained of nothing."""
    contexts, asked, complaints = [], [], []

    def go(name: str, width: int = 1440, height: int = 900, **options: object) -> object:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else asked.append(sent.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(files[name].as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert asked == []
    assert complaints == []
