import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.maps import a_rich_map
from golden.lint.lint_cases import a_clean_map
from tropa.errors import TropaError
from tropa.lint.check import lint
from tropa.mapfile.codec import map_from_data, map_to_data

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 40), st.floats(-3, 3), st.sampled_from([[], {}, "", " ", "48 %", "«", "«a", "a0", "stale"]),
    st.text(max_size=12), st.sampled_from(["все, кто", "18–65", "отдел", "и", "…", "n" * 300]),
)  # fmt: skip
FILES = {"rich": json.dumps(map_to_data(a_rich_map())), "clean": json.dumps(map_to_data(a_clean_map()))}


def the_places(data: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    inside = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [(data, key) for key, _ in inside] + [place for _, value in inside for place in the_places(value)]


@settings(max_examples=200)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_map_that_can_be_read_can_be_linted(name: str, data: st.DataObject) -> None:
    plain = json.loads(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        places = the_places(plain)
        inside, key = places[data.draw(st.integers(0, len(places) - 1))]
        if data.draw(st.booleans()):
            del inside[key]
        else:
            inside[key] = data.draw(ODD)
    try:
        journey = map_from_data(plain)
    except TropaError:
        return
    remarks = lint(journey, segments=(journey,))
    assert all(one.text.ru and one.text.en for one in remarks)


def test_some_mutated_maps_are_readable() -> None:
    plain = json.loads(FILES["rich"])
    del plain["cards"][0]["evidence"]
    plain["personas"] = []
    assert lint(map_from_data(plain))
