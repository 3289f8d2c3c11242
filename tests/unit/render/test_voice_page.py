import random
import re
from html.parser import HTMLParser

import pytest
from builders.said import TOUCHPOINTS, said, silent_line

from tropa.domain.hearing import VoiceReport
from tropa.domain.text import Language
from tropa.domain.voice import VoiceLine
from tropa.render.data_voice import VOICE_WORDS
from tropa.render.voice.document import render_voice
from tropa.texts.reporting import voice_report

PAINS = ["доставка долгая", "ждали доставку неделю", "доставили медленно", "привезли медленно", "посылка едет долго"]
GAINS = ["еда вкусная", "вкуснейшая еда", "очень вкусно", "вкусно кормят"]


def shop(count: int = 120) -> list[VoiceLine]:
    rnd = random.Random(3)
    lines = []
    for number in range(count):
        day = rnd.randrange(170)
        if rnd.random() < 0.5:
            lines.append(
                said(f"p{number}", rnd.choice(PAINS), "delivery", value=-1, day=day, mark=rnd.choice([1, 2, 3]))
            )
        else:
            text = rnd.choice(GAINS)
            lines.append(said(f"p{number}", text, "restaurant_kitchen", value=1, day=day, mark=rnd.choice([4, 5])))
    return lines


def report(lines: list[VoiceLine]) -> VoiceReport:
    return voice_report(lines, TOUCHPOINTS, model="light 1")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append(value or "")
            if name == "id":
                self.ids.add(value or "")


def read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


@pytest.mark.parametrize("language", list(Language))
def test_the_page_loads_nothing(language: Language) -> None:
    html = render_voice(report(shop()), language=language)
    page = read(html)
    assert all(one.startswith("#") for one in page.links)
    assert {one[1:] for one in page.links} <= page.ids
    assert "http" not in re.sub(r"http-equiv", "", html.split("<body>")[1])
    assert "default-src 'none'" in html


def test_the_answer_names_what_hurts_with_its_denominator() -> None:
    html = render_voice(report(shop()), language=Language.RU)
    lead = re.search(r"class=lead>(.*?)</p>", html)
    assert lead is not None
    said_in = lead[1].replace("\u00a0", " ")
    delivery = sum(one.statements[0].touchpoints[0][0] == "delivery" for one in shop())
    assert "Доставка" in said_in
    assert f"{delivery} из {delivery}" in said_in
    assert "долгая доставка" in said_in


def test_below_30_people_there_are_no_per_cent_in_the_matrix() -> None:
    lines = [said(f"p{i}", text, "delivery") for i, text in enumerate(PAINS)]
    html = render_voice(report(lines), language=Language.RU).replace("\u00a0", " ")
    matrix = html.split("id=matrix")[1].split("</section>")[0].split("<tbody>")[1]
    assert "5 из 5" in matrix
    assert "%" not in matrix


def test_what_customers_write_never_becomes_markup() -> None:
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)>" onload="x'
    lines = [said(f"p{i}", f"{evil} доставка {word} долгая", "delivery", source=evil) for i, word in enumerate("абвгд")]
    page = read(render_voice(report(lines), language=Language.RU))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags


def test_a_thousand_reviews_weigh_at_most_a_megabyte_and_a_half() -> None:
    html = render_voice(report(shop(1_000)), language=Language.RU)
    assert len(html.encode()) <= 1_500_000


@pytest.mark.parametrize("language", list(Language))
def test_an_empty_report_says_so_and_stands(language: Language) -> None:
    html = render_voice(report([silent_line("ann")]), language=language)
    assert VOICE_WORDS["news.undated"][0] in html.replace("\u00a0", " ")
    assert VOICE_WORDS["drivers.none"][1] in html.replace("\u00a0", " ")


def test_drivers_speak_of_association_not_cause() -> None:
    html = render_voice(report(shop()), language=Language.EN).replace("\u00a0", " ")
    drivers = html.split("id=drivers")[1].split("</section>")[0]
    assert "an association, not a cause" in drivers
    assert "because" not in drivers


def test_the_same_report_is_the_same_page() -> None:
    lines = shop(40)
    assert render_voice(report(lines), language=Language.RU) == render_voice(report(lines), language=Language.RU)


def test_every_word_has_both_languages() -> None:
    assert all(ru and en for ru, en in VOICE_WORDS.values())
