import dataclasses
import re
from html import unescape
from importlib.resources import files
from struct import unpack_from

import pytest

from builders import maps
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language, Text
from tropa.render.data_advances import ADVANCES
from tropa.render.data_labels import LABELS
from tropa.render.picture.picture import picture_of

MAPS = [
    maps.a_rich_map(),
    maps.a_map_with(long_words=True, personas=5),
    maps.a_map_of_40_orders(),
    maps.a_map_without_data(),
    maps.a_business_map(),
]


def glyphs_of(name: str) -> set[int]:
    """The code points of a font's cmap, format 4."""
    data = files("tropa.render").joinpath("fonts", name).read_bytes()
    tables = {data[at : at + 4]: unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * data[5], 16)}
    cmap = tables[b"cmap"]
    count = unpack_from(">H", data, cmap + 2)[0]
    starts = [cmap + unpack_from(">I", data, cmap + 8 + 8 * at)[0] for at in range(count)]
    table = next(start for start in starts if unpack_from(">H", data, start)[0] == 4)
    segments = unpack_from(">H", data, table + 6)[0] // 2
    ends = unpack_from(f">{segments}H", data, table + 14)
    begins = unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
    return {code for begin, end in zip(begins, ends, strict=True) for code in range(begin, end + 1) if code != 0xFFFF}


def signs_in(picture: str) -> set[str]:
    return set(unescape("".join(re.findall(r">([^<]+)</t(?:ext|span)>", picture))))


@pytest.mark.parametrize("name", ["GolosText-Regular.ttf", "GolosText-SemiBold.ttf"])
def test_the_measured_signs_are_those_of_the_font(name: str) -> None:
    assert set(ADVANCES) <= glyphs_of(name)


@pytest.mark.parametrize("journey", MAPS, ids=lambda one: one.key)
@pytest.mark.parametrize("language", Language)
def test_a_picture_uses_only_signs_that_its_font_has(journey: JourneyMap, language: Language) -> None:
    signs = signs_in(picture_of(journey, language))
    assert len(signs) > 20
    assert {sign for sign in signs if ord(sign) not in ADVANCES} == set()


def test_words_of_the_interface_have_all_their_signs() -> None:
    assert {sign for told in LABELS.values() for words in told for sign in words if ord(sign) not in ADVANCES} == set()


def test_arrows_that_people_write_become_signs_of_the_font() -> None:

    rich = maps.a_rich_map()
    cards = tuple(dataclasses.replace(card, text=Text(ru="Каталог → корзина ≈ 5")) for card in rich.cards)
    signs = signs_in(picture_of(dataclasses.replace(rich, cards=cards), Language.RU))
    assert "›" in signs
    assert {"→", "≈"}.isdisjoint(signs)
