"""A month later: new data arrive over a map that a person edited; words stay, figures are those of the raw files."""

import shutil
from pathlib import Path

import pytest

from builders.command_line import files_of, read_json
from builders.edited_maps import assert_figures_are_of, cards, edit_map, map_of, touchpoints
from builders.growing_shop import april, may, recount


@pytest.fixture(scope="module")
def first_build(near, tmp_path_factory):
    folder = april(tmp_path_factory.mktemp("refresh") / "shop")
    assert near.tropa("init", folder, "--yes").code == 0
    near.build(folder)
    return folder


@pytest.fixture(scope="module")
def second_month(near, first_build, tmp_path_factory):
    """The same folder a month later; nobody has edited the map."""
    folder = Path(shutil.copytree(first_build, tmp_path_factory.mktemp("later") / "shop"))
    refreshed(near, folder)
    return folder


@pytest.fixture
def shop(first_build, tmp_path):
    return Path(shutil.copytree(first_build, tmp_path / "shop"))


def refreshed(near, folder):
    """New exports come, are taken up, and the map is built again."""
    may(folder)
    assert near.tropa("init", folder, "--yes").code == 0
    near.build(folder)
    return map_of(folder)


def test_figures_of_the_first_and_the_second_month_equal_a_count_of_the_raw_files(first_build, second_month):
    assert_figures_are_of(first_build, map_of(first_build))
    assert_figures_are_of(second_month, map_of(second_month))


def test_new_exports_are_accounted_for_row_by_row(second_month):
    report = read_json(second_month / "out" / "report.json")
    sources = {one["file"]: one for one in report["sources"]}

    for one in sources.values():
        assert one["accepted"] + one["rejected"] + one["duplicates"] == one["rows"]
    twins = [sources["events may.csv"], sources["events may (copy).csv"]]
    assert 0 in [one["accepted"] for one in twins], "the same file twice changes nothing"
    assert sources["orders.csv"]["accepted"] == sources["deals.csv"]["accepted"] == 0, "newer versions won"
    assert report["late"] >= 1


def test_a_deal_that_moved_on_has_one_status_and_a_returned_order_both_the_purchase_and_the_return(near, second_month):
    shop = second_month
    events = {name for one in near.tropa("stages", shop, "--json").document()["stages"] for name in one["events"]}

    assert {"won", "call", "returned", "cancelled", "order_created"} <= events
    assert "stage_changed" not in events, "the status names what the date is of"
    journey = map_of(shop)
    met = {name: one for one in touchpoints(journey).values() for name in one["match"]["event"]}
    raw = recount(shop)
    for name in ("order_created", "returned", "cancelled", "won", "call"):
        assert met[name]["persons"] == raw.met(met[name]["match"]["event"])[0]


def test_an_export_replaced_in_place_needs_no_second_init(near, shop):
    may(shop)
    for name in ("events", "orders", "deals"):
        (shop / f"{name} may.csv").replace(shop / f"{name}.csv")
    (shop / "events may (copy).csv").unlink()
    answer = near.build(shop)

    assert_figures_are_of(shop, map_of(shop))
    assert "cancelled" in answer.err, "a status that undoes purchases is told, though init has never seen it"


def test_files_that_tropa_yaml_does_not_name_are_told(near, shop):
    assert "events may.csv" not in near.build(shop).err
    may(shop)
    told = near.build(shop).err
    assert "events may.csv" in told
    assert "tropa init" in told


def test_names_orders_owners_and_words_that_a_person_chose_stay(near, shop):
    def change(journey):
        first, second = journey["stages"][0], journey["stages"][1]
        first["name"] = {"ru": "Узнаю о магазине", "en": "Hearing of the shop"}
        first["order"], second["order"] = second["order"], first["order"]
        next(iter(touchpoints(journey).values()))["owner"] = {"ru": "Отдел сайта", "en": "Site team"}
        cards(journey, "kpi")[0]["text"]["ru"] = "Моими словами"
        cards(journey, "barrier")[0] |= {"owner": {"ru": "Ольга", "en": "Olga"}, "severity": "minor"}
        journey["title"]["en"] = "My own title"
        journey["goal"]["text"]["ru"] = "Мой вопрос"
        journey["cards"].append(
            {
                "key": "mine",
                "lane": "barrier",
                "stage": second["key"],
                "order": "z5",
                "text": {"ru": "Моё"},
                "author": "person",
            }
        )

    before = map_of(shop)
    mine = edit_map(shop, change)
    journey = refreshed(near, shop)

    assert [one["key"] for one in journey["stages"][:2]] == [one["key"] for one in before["stages"][:2]][::-1]
    assert {"ru": "Узнаю о магазине", "en": "Hearing of the shop"} in [one["name"] for one in journey["stages"]]
    owned = next(iter(touchpoints(mine)))
    assert touchpoints(journey)[owned]["owner"] == {"ru": "Отдел сайта", "en": "Site team"}
    now = {card["key"]: card for card in journey["cards"]}
    worded = cards(before, "kpi")[0]
    assert now[worded["key"]]["text"] == {"ru": "Моими словами", "en": worded["text"]["en"]}
    assert now[worded["key"]]["evidence"] != worded["evidence"], "the figures are of May"
    assert (now[cards(mine, "barrier")[0]["key"]]["owner"]["ru"], now["mine"]["text"]["ru"]) == ("Ольга", "Моё")
    assert now[cards(mine, "barrier")[0]["key"]]["severity"] == "minor"
    assert (journey["title"]["en"], journey["goal"]["text"]["ru"]) == ("My own title", "Мой вопрос")
    assert_figures_are_of(shop, journey)


def test_deleted_cards_lanes_steps_touchpoints_and_stages_stay_away(near, shop):
    def change(journey):
        journey["cards"].remove(cards(journey, "action")[0])
        journey["lanes"] = [one for one in journey["lanes"] if one["key"] != "importance"]
        journey["personas"] = journey["personas"][1:]
        gone = journey["stages"].pop(0)
        wide = next(one for one in journey["stages"] if len(one["touchpoints"]) > 2)
        wide["touchpoints"].pop(0)
        wide["steps"].pop(1)
        journey["cards"] = [card for card in journey["cards"] if card["stage"] != gone["key"]]

    before = map_of(shop)
    mine = edit_map(shop, change)
    journey = refreshed(near, shop)

    def names(one):
        steps = {step["key"] for stage in one["stages"] for step in stage["steps"]}
        keys = {group: {record["key"] for record in one[group]} for group in ("lanes", "personas", "stages", "cards")}
        return keys | {"touchpoints": set(touchpoints(one)), "steps": steps}

    was, kept, now = names(before), names(mine), names(journey)
    for group, keys in was.items():
        assert keys - kept[group]
        assert now[group] & (keys - kept[group]) == set(), group
    assert cards(journey, "importance") == []
    assert_figures_are_of(shop, journey)
    page = (shop / "out" / "map.html").read_text(encoding="utf-8")
    assert page.count("<html") == 1


def test_a_deleted_record_that_a_person_puts_back_is_there_again(near, shop):
    whole = map_of(shop)
    edit_map(shop, lambda journey: journey["lanes"].pop(0))
    near.build(shop)
    lane = whole["lanes"][0]
    assert lane["key"] not in [one["key"] for one in map_of(shop)["lanes"]]

    edit_map(shop, lambda journey: journey["lanes"].append(lane))
    near.build(shop)
    assert map_of(shop) == whole


def test_words_in_one_language_are_kept_and_a_changed_suggestion_waits_beside_them(near, shop):
    worded = {}

    def change(journey):
        card = cards(journey, "action")[0]
        worded["key"] = card["key"]
        card["text"]["en"] = "They walk in"
        card["generated"]["text"] = {"ru": "Как tropa говорила раньше", "en": "What tropa said before"}
        card["text"]["ru"] = "Как tropa говорила раньше"

    suggested = cards(map_of(shop), "action")[0]["text"]
    edit_map(shop, change)
    journey = refreshed(near, shop)

    card = next(one for one in journey["cards"] if one["key"] == worded["key"])
    assert card["text"] == {"ru": "Как tropa говорила раньше", "en": "They walk in"}
    (proposal,) = [one for one in journey["proposals"] if one["record"] == worded["key"]]
    assert proposal["new"] == suggested
    before = files_of(shop / "out")
    near.build(shop)
    assert files_of(shop / "out") == before


def test_a_build_after_edits_and_new_data_changes_no_byte_the_second_time(near, shop):
    def change(journey):
        journey["stages"][1]["name"]["ru"] = "Присматриваюсь"
        journey["cards"] = journey["cards"][3:]
        journey["lanes"].pop()
        journey["own_field"] = {"kept": True}

    edit_map(shop, change)
    assert refreshed(near, shop)["own_field"] == {"kept": True}
    before = files_of(shop / "out")
    near.build(shop)
    assert files_of(shop / "out") == before
