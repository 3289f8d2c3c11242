import json
from pathlib import Path

import pytest

from tropa.errors import MapFileError
from tropa.mapfile.codec import map_from_data, map_from_text, map_to_data, map_to_text
from tropa.mapfile.schema import map_schema

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden" / "mapfile" / "v1" / "map.cjm.json"


def test_the_golden_file_of_version_1_opens_and_comes_back_to_the_letter() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert map_to_text(map_from_text(text)) == text


def test_unknown_fields_survive_at_every_depth() -> None:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    data["colour"] = "teal"
    data["cards"][0]["x_review"] = {"by": ["ann"]}
    data["cards"][0]["text"]["kk"] = "Жеткізу"
    data["stages"][0]["conversion"]["p_value"] = 0.01
    data["stages"][0]["touchpoints"][0]["photo"] = "a.png"
    data["cards"][0]["evidence"][1]["examples"][0]["rating"]["stars"] = True
    assert map_to_data(map_from_data(data)) == data


def test_records_are_sorted_by_order_then_key() -> None:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    data["lanes"].reverse()
    assert map_to_text(map_from_data(data)) == GOLDEN.read_text(encoding="utf-8")


def test_figures_have_six_significant_digits() -> None:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    data["cards"][0]["evidence"][0]["value"] = 0.123456789
    assert map_to_data(map_from_data(data))["cards"][0]["evidence"][0]["value"] == 0.123457


def test_the_basis_is_computed_not_believed() -> None:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    data["cards"][0]["state"] = "proven"
    data["cards"][0]["evidence"] = []
    assert map_to_data(map_from_data(data))["cards"][0]["state"] == "guess"


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (lambda d: d["cards"][0].update(author="persn"), "cards.0.author", "Did you mean “person”"),
        (lambda d: d["cards"][0].pop("stage"), "cards.0", "“stage” is missing"),
        (lambda d: d["stages"][0].update(persons="many"), "stages.0.persons", "a whole number"),
        (lambda d: d.update(version=99), "version", "Update tropa"),
        (lambda d: d.pop("version"), "version", "does not say its version"),
        (lambda d: d["lanes"].append(d["lanes"][0]), None, "have the key"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(change, field, said) -> None:
    data = json.loads(GOLDEN.read_text(encoding="utf-8"))
    change(data)
    with pytest.raises(MapFileError) as error:
        map_from_data(data, file="m.cjm.json")
    assert said in str(error.value)
    assert error.value.place.field == field
    assert error.value.place.file == "m.cjm.json"


@pytest.mark.parametrize("text", ['{"version": 1,', '{"a": NaN}', '{"a": 1, "a": 2}', "[]", "", "[" * 100_000])
def test_a_broken_file_is_an_error_for_people(text: str) -> None:
    with pytest.raises(MapFileError):
        map_from_text(text)


def test_the_schema_in_the_docs_is_the_one_the_code_makes() -> None:
    committed = (ROOT / "docs" / "reference" / "cjm.schema.json").read_text(encoding="utf-8")
    assert json.loads(committed) == map_schema()
