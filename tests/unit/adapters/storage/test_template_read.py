from importlib.resources import files
from pathlib import Path

import pytest

from tropa.adapters.storage.template_read import read_template, read_templates
from tropa.errors import ConfigError, InputError
from tropa.texts.templates import TEMPLATES, stages_to_listen, template

SHIPPED = files("tropa.texts").joinpath("data", "templates")
FLOWERS = """\
key: flowers
name: {ru: Цветы, en: Flowers}
pack: shop
stages:
  - key: choose
    name: {ru: Выбираю букет, en: Choosing a bouquet}
    kinds: [choice]
    touchpoints:
      - product_page
      - key: florist
        name: {ru: Флорист, en: Florist}
        words: [флорист, florist]
    barrier: {ru: Завянет, en: It will wilt}
    emotion: {value: 1, names: [interest]}
    advice: {urgency: key, play: booking-nearest}
"""


def a_file(folder: Path, text: str, name: str = "flowers.yaml") -> Path:
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize("key", TEMPLATES)
def test_what_ships_is_read_the_same_as_peoples_own(key: str, tmp_path: Path) -> None:
    copy = a_file(tmp_path, SHIPPED.joinpath(f"{key}.yaml").read_text(encoding="utf-8"))
    assert read_template(copy) == template(key)


def test_a_short_template_of_ones_own(tmp_path: Path) -> None:
    a_file(tmp_path, FLOWERS)
    (own,) = read_templates(tmp_path).values()
    (stage,) = stages_to_listen(own)
    assert [one.key for one in stage.touchpoints] == ["product_page", "florist"]
    assert stage.touchpoints[1].words == ("флорист", "florist")


@pytest.mark.parametrize(
    ("was", "now", "line", "column", "told"),
    [
        ("kinds: [choice]", "kinds: [chioce]", 7, 13, "chioce"),
        ("      - product_page\n", "      - produkt_page\n", 9, 9, "produkt_page"),
        ("names: [interest]", "names: [interst]", 14, 33, "interst"),
        ("value: 1", "value: 3", 14, 15, "between"),
        ("play: booking-nearest", "play: booking-neerest", 15, 28, "booking-neerest"),
        ("urgency: key", "urgency: soon", 15, 14, "soon"),
        ("pack: shop", "pack: flowers", 3, 1, "flowers"),
        ("    barrier:", "    barier:", 13, 5, "barier"),
        ("key: flowers", "key: My Flowers", 1, 1, "My Flowers"),
        ("      - key: florist", "      - key: product_page", 10, 9, "product_page"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_column(
    was: str, now: str, line: int, column: int, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        read_template(a_file(tmp_path, FLOWERS.replace(was, now, 1)))
    assert told in caught.value.message
    assert (caught.value.place.line, caught.value.place.column) == (line, column)


def test_two_templates_with_one_key_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no template"):
        read_templates(tmp_path)
    a_file(tmp_path, FLOWERS)
    a_file(tmp_path, FLOWERS, "again.yaml")
    with pytest.raises(ConfigError, match="Two templates"):
        read_templates(tmp_path)
