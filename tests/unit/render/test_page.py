import dataclasses
import re

import pytest

from builders import maps
from builders.pieces import a_card, a_quote, t, voices
from tropa.domain.journeymap import JourneyMap, LaneKind
from tropa.domain.text import Language, Text
from tropa.render.page.document import render_page
from tropa.render.page.markup import Markup, el, joined, sheeted

MAPS = {
    "rich": maps.a_rich_map(),
    "wide": maps.a_map_with(steps=24),
    "long": maps.a_map_with(stages=5, steps=15, personas=5, long_words=True),
    "short": maps.a_short_map(),
    "guesses": maps.a_map_without_data(),
    "forty": maps.a_map_of_40_orders(),
    "b2b": maps.a_business_map(),
}


@pytest.fixture(scope="module", params=MAPS, ids=str)
def page(request: pytest.FixtureRequest) -> tuple[JourneyMap, str]:
    journey = MAPS[request.param]
    return journey, render_page([journey], language=Language.RU)


def test_every_card_opens_its_proof(page: tuple[JourneyMap, str]) -> None:
    journey, html = page
    proofs = set(re.findall(r"<section class=dr id=([\w.-]+)", html))
    links = set(re.findall(r'href="?#(d[\w.-]+)', html))
    assert {f"d0-{place}" for place in range(len(journey.cards))} <= proofs
    assert {f"d0-{place}" for place in range(len(journey.cards))} <= links
    assert links <= proofs


def test_the_page_asks_nothing_of_the_net(page: tuple[JourneyMap, str]) -> None:
    _, html = page
    assert not re.search(r'(?:src|href)="?(?:https?:)?//', html)
    assert "default-src 'none'" in html
    assert "unsafe" not in html[: html.index("<style>")]
    assert " style=" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL)


def test_ids_are_not_used_twice(page: tuple[JourneyMap, str]) -> None:
    _, html = page
    ids = re.findall(r'\sid="?([\w.-]+)', re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html, flags=re.DOTALL))
    assert len(ids) == len(set(ids))


def test_no_text_is_smaller_than_eleven_pixels(page: tuple[JourneyMap, str]) -> None:
    _, html = page
    sizes = [float(size) for size in re.findall(r'font(?:-size)?[:=]"?(?:\d+ )?([\d.]+)(?:px)?[/"; ]', html)]
    assert sizes
    assert min(sizes) >= 11


def test_data_cannot_become_markup_or_code() -> None:
    bad = '<img src=x onerror="alert(1)">\0</script><script>alert(2)</script>'
    rich = maps.a_rich_map()
    card = a_card(
        LaneKind.BARRIER,
        "try",
        bad,
        bad,
        step="cart",
        n=9,
        evidence=(voices("v", 6, 9, a_quote(bad, proof="alert(1)")),),
    )
    stages = tuple(dataclasses.replace(stage, name=t(bad, bad)) for stage in rich.stages)
    html = render_page(
        [dataclasses.replace(rich, title=t(bad, bad), cards=(*rich.cards, card), stages=stages)], language=Language.EN
    )
    assert "<img" not in html
    assert html.count("<script>") == 1
    assert "\0" not in html


def test_both_languages_are_there_and_one_is_shown() -> None:
    html = render_page([maps.a_rich_map()], language=Language.EN)
    assert '<html lang="en"' in html
    assert "Цена и\u00a0срок доставки видны только после адреса" in html
    assert "Delivery price and day show only after the address" in html


def test_a_text_in_one_language_stands_once() -> None:
    html = render_page(
        [dataclasses.replace(maps.a_short_map(), title=Text(ru="Только по-русски"))], language=Language.EN
    )
    assert "<h1>Только по-русски</h1>" in html


def test_the_same_map_gives_the_same_bytes() -> None:
    rich = [maps.a_rich_map(), maps.a_segment_map()]
    assert render_page(rich, language=Language.RU) == render_page(rich, language=Language.RU)


def test_the_page_of_a_demo_sized_map_with_four_segments_stays_within_two_megabytes() -> None:
    rich = maps.a_rich_map()
    small = dataclasses.replace(
        rich, cards=tuple(card for card in rich.cards if rich.lane(card.lane) and not rich.lane(card.lane).hidden)[:75]
    )  # type: ignore[union-attr]
    segments = [dataclasses.replace(small, key=f"s{place}", findings=()) for place in range(4)]
    assert len(render_page([small, *segments], language=Language.RU).encode()) < 2_000_000


def test_coverage_is_told_in_counts() -> None:
    html = render_page([maps.a_map_of_40_orders()], language=Language.RU)
    assert "3\u00a0из\u00a06" in html or "3 из\u00a06" in html


def test_a_map_of_guesses_draws_no_curve() -> None:
    html = render_page([maps.a_map_without_data()], language=Language.RU)
    assert 'class="lane emo"' not in html


def test_children_are_escaped_unless_they_are_markup() -> None:
    assert joined("<b>", Markup("<i>")) == "&lt;b&gt;<i>"
    assert el("a", "x", class_="k", href="#1", hidden=None) == "<a class=k href=#1>x</a>".replace("#1", "#1")


def test_styles_become_numbered_rules() -> None:
    body, rules = sheeted(el("div", el("i", style="--w:3"), el("i", style="--w:3"), el("i", style="left:2px")))
    assert body.count("data-s=0") == 2
    assert rules == "[data-s='0']{--w:3}[data-s='1']{left:2px}"
