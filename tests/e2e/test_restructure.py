"""A person renames, splits, merges and reorders stages and moves cards; new figures follow the person's stages."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from builders.command_line import files_of
from builders.edited_maps import assert_figures_are_of, cards, edit_map, map_of, touchpoints
from builders.growing_shop import april, may


@pytest.fixture(scope="module")
def first_build(near, tmp_path_factory):
    folder = april(tmp_path_factory.mktemp("restructure") / "shop")
    assert near.tropa("init", folder, "--yes").code == 0
    near.build(folder)
    return folder


@pytest.fixture
def shop(first_build, tmp_path):
    return Path(shutil.copytree(first_build, tmp_path / "shop"))


def refreshed(near, folder):
    may(folder)
    assert near.tropa("init", folder, "--yes").code == 0
    near.build(folder)
    return map_of(folder)


def homes(journey):
    return {one["key"]: stage["key"] for stage in journey["stages"] for one in stage["touchpoints"]}


def assert_settled(near, folder):
    """Nothing is wrong with the map, every card has a home, and building again changes no byte."""
    journey = map_of(folder)
    stages = {one["key"]: {step["key"] for step in one["steps"]} for one in journey["stages"]}
    for card in journey["cards"]:
        assert card["stage"] in stages, card["key"]
        assert card.get("step") is None or card["step"] in stages[card["stage"]], card["key"]
    assert near.tropa("lint", folder / "out" / "map.cjm.json").code == 0
    before = files_of(folder / "out")
    near.build(folder)
    assert files_of(folder / "out") == before


def split(journey, key):
    """The last touchpoint of a stage, with its step, becomes a stage of its own."""
    number = next(n for n, one in enumerate(journey["stages"]) if one["key"] == key)
    stage = journey["stages"][number]
    moved = stage["touchpoints"].pop()
    steps = [one for one in stage["steps"] if one["key"] == moved["key"]]
    stage["steps"] = [one for one in stage["steps"] if one not in steps]
    fresh = {"key": "my_stage", "order": f"{stage['order']}V", "name": {"ru": "Решаюсь", "en": "Making up my mind"}}
    journey["stages"].insert(number + 1, fresh | {"touchpoints": [moved], "steps": steps})
    return moved["key"]


def widest(journey):
    return max(journey["stages"], key=lambda one: len(one["touchpoints"]))["key"]


def test_a_split_stage_stays_split_and_counts_its_own_people(near, shop):
    told = {}

    def change(journey):
        told["moved"] = split(journey, widest(journey))

    edit_map(shop, change)
    journey = refreshed(near, shop)

    assert homes(journey)[told["moved"]] == "my_stage"
    mine = next(one for one in journey["stages"] if one["key"] == "my_stage")
    assert mine["name"] == {"ru": "Решаюсь", "en": "Making up my mind"}
    assert mine["persons"] > 0
    assert told["moved"] in [step["key"] for step in mine["steps"]]
    assert_figures_are_of(shop, journey)
    assert_settled(near, shop)


def test_merged_stages_stay_merged_and_their_cards_find_a_home(near, shop):
    told = {}

    def change(journey):
        first, second = journey["stages"][1], journey["stages"].pop(2)
        first["touchpoints"] += second["touchpoints"]
        told.update(kept=first["key"], gone=second["key"], moved=[one["key"] for one in second["touchpoints"]])
        own = next(card for card in journey["cards"] if card["stage"] == second["key"] and card["lane"] == "kpi")
        own["text"]["ru"] = "Моя цифра"
        told["own"] = own["key"]

    edit_map(shop, change)
    journey = refreshed(near, shop)

    assert told["gone"] not in [one["key"] for one in journey["stages"]]
    assert {homes(journey)[key] for key in told["moved"]} == {told["kept"]}
    assert next(card for card in journey["cards"] if card["key"] == told["own"])["text"]["ru"] == "Моя цифра"
    assert_figures_are_of(shop, journey)
    assert_settled(near, shop)


def test_reordered_and_renamed_stages_keep_order_and_names_and_lead_to_the_persons_next_stage(near, shop):
    def change(journey):
        orders = [one["order"] for one in journey["stages"]]
        for stage, order in zip(journey["stages"], reversed(orders), strict=True):
            stage["order"] = order
            stage["name"] = {"ru": f"{stage['name']['ru']} сам", "en": f"{stage['name']['en']} myself"}

    before = map_of(shop)
    edit_map(shop, change)
    journey = refreshed(near, shop)

    assert [one["key"] for one in journey["stages"]] == [one["key"] for one in before["stages"]][::-1]
    assert all(one["name"]["en"].endswith("myself") for one in journey["stages"])
    keys = [one["key"] for one in journey["stages"]]
    for number, one in enumerate(journey["stages"]):
        if one.get("conversion"):
            assert one["conversion"]["to"] in keys[number + 1 :]
    assert_figures_are_of(shop, journey)
    assert_settled(near, shop)


def test_moved_cards_and_touchpoints_stay_where_a_person_put_them(near, shop):
    told = {}

    def change(journey):
        card, target = cards(journey, "action")[0], journey["stages"][-1]
        card |= {"stage": target["key"], "step": None, "order": "z1"}
        wide = next(one for one in journey["stages"] if len(one["touchpoints"]) > 1)
        moved = wide["touchpoints"].pop(0)
        target["touchpoints"].append(moved)
        told.update(card=card["key"], target=target["key"], moved=moved["key"])

    edit_map(shop, change)
    journey = refreshed(near, shop)

    card = next(one for one in journey["cards"] if one["key"] == told["card"])
    assert (card["stage"], card["order"]) == (told["target"], "z1")
    assert homes(journey)[told["moved"]] == told["target"]
    assert set(touchpoints(journey)) >= set(touchpoints(map_of(shop)))
    assert_figures_are_of(shop, journey)
    assert_settled(near, shop)


def test_new_kinds_of_events_join_a_persons_stages_and_no_others(near, shop):
    edit_map(shop, lambda journey: split(journey, widest(journey)))
    mine = {one["key"] for one in map_of(shop)["stages"]}
    with (shop / "events.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"c{n:05},wish_list,2025-05-02 10:00:0{n % 10},mobile\n" for n in range(40))
    near.build(shop)

    journey = map_of(shop)
    assert {one["key"] for one in journey["stages"]} == mine
    assert "wish_list" in [name for one in touchpoints(journey).values() for name in one["match"]["event"]]
    assert_figures_are_of(shop, journey)
    assert_settled(near, shop)


def segment_file(folder, key):
    return folder / "out" / "segments" / f"{key}.cjm.json"


def drawn_once(folder, key):
    """As if an earlier build had drawn this segment, which no longer differs from the others."""
    journey = segment_file(folder, key)
    journey.parent.mkdir(exist_ok=True)
    shutil.copyfile(folder / "out" / "map.cjm.json", journey)
    note = folder / "out" / ".written.json"
    written = json.loads(note.read_text(encoding="utf-8"))
    written[key] = written["map"] | {"hash": hashlib.sha256(journey.read_bytes()).hexdigest()[:16]}
    note.write_text(json.dumps(written), encoding="utf-8")
    return journey


def test_a_segment_that_is_no_longer_drawn_keeps_a_persons_words(near, shop):
    untouched, edited = drawn_once(shop, "untouched"), drawn_once(shop, "edited")
    words = edited.read_text(encoding="utf-8").replace('"title": {', '"note": "ask Olga",\n  "title": {', 1)
    edited.write_text(words, encoding="utf-8")

    said = near.build(shop).err
    assert not untouched.exists()
    assert edited.read_text(encoding="utf-8") == words
    assert "segments/edited.cjm.json" in said
    assert_settled(near, shop)
    assert edited.read_text(encoding="utf-8") == words
