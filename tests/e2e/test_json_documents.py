"""What `stages`, `funnel` and `lint` answer with `--json`, counted again in the plainest way."""

import pytest

from builders.command_line import read_json
from builders.naive_funnel import counts, paths_of_csv, paths_of_xes

SHOP = ("product_view", "add_to_cart", "cart", "purchase")
SEMANTICS = [
    ("any_start", "2h"),
    ("any_start", None),
    ("first_touch", "2h"),
    ("first_touch", "7d"),
    ("unwindowed", None),
]
SECONDS = {None: None, "2h": 7200, "7d": 604800}


def asked(terminal, folder, steps, *, semantics, window):
    more = ["--window", window] if window else []
    flags = [part for step in steps for part in ("--step", ", ".join(sorted(step)))]
    return terminal.tropa("funnel", folder, *flags, "--semantics", semantics, *more, "--json").document()


def compare(document, paths, steps, *, semantics, window):
    expected = counts(paths, steps, semantics=semantics, seconds=SECONDS[window])
    assert (document["semantics"], document["window_seconds"]) == (semantics, SECONDS[window])
    assert [one["persons"] for one in document["steps"]] == expected
    assert [one["name"] for one in document["steps"]] == [", ".join(sorted(step)) for step in steps]
    for one in document["steps"]:
        assert one["conversion"] == pytest.approx(one["persons"] / expected[0], abs=1e-6)


def test_stages_name_each_event_once(terminal, real):
    folder = real("helpdesk.xes.gz")
    document = terminal.tropa("stages", folder, "--json").document()

    assert list(document) == ["stages", "unassigned"]
    assert all(list(stage) == ["key", "name", "events"] for stage in document["stages"])
    told = [event for stage in document["stages"] for event in stage["events"]] + document["unassigned"]
    assert sorted(told) == sorted(
        {event for path in paths_of_xes(folder / "helpdesk.xes.gz").values() for _, event in path}
    )
    assert [stage["key"] for stage in document["stages"]] == [
        one["key"] for one in read_json(folder / "out" / "map.cjm.json")["stages"]
    ]


@pytest.mark.parametrize(("semantics", "window"), [("any_start", "2h"), ("first_touch", "2h"), ("unwindowed", None)])
def test_a_funnel_of_a_shop_equals_a_count_by_hand(terminal, real, semantics, window):
    folder = real("ecom.csv.gz")
    paths = paths_of_csv(folder / "ecom.csv.gz", person="user_id", event="event", time="timestamp")
    steps = [{one} for one in SHOP]
    compare(
        asked(terminal, folder, steps, semantics=semantics, window=window),
        paths,
        steps,
        semantics=semantics,
        window=window,
    )


@pytest.mark.full
@pytest.mark.parametrize(("semantics", "window"), SEMANTICS)
def test_funnels_of_several_events_a_step_equal_a_count_by_hand(terminal, real, semantics, window):
    folder = real("ecom.csv.gz")
    paths = paths_of_csv(folder / "ecom.csv.gz", person="user_id", event="event", time="timestamp")
    for steps in (
        [{"home", "catalog"}, {"product_view", "search"}, {"purchase"}],
        [{"cart"}, {"cart"}, {"payment_details"}],
    ):
        compare(
            asked(terminal, folder, steps, semantics=semantics, window=window),
            paths,
            steps,
            semantics=semantics,
            window=window,
        )


@pytest.mark.full
@pytest.mark.parametrize(("semantics", "window"), SEMANTICS)
@pytest.mark.parametrize(
    ("file", "steps"),
    [
        ("helpdesk.xes.gz", ("Take in charge ticket", "Resolve ticket", "Closed")),
        ("bpic2012.xes.gz", ("A_SUBMITTED", "A_ACCEPTED", "O_SENT", "A_APPROVED")),
    ],
)
def test_funnels_of_cases_equal_a_count_by_hand(terminal, real, file, steps, semantics, window):
    folder = real(file)
    sets = [{one} for one in steps]
    compare(
        asked(terminal, folder, sets, semantics=semantics, window=window),
        paths_of_xes(folder / file),
        sets,
        semantics=semantics,
        window=window,
    )


def test_lint_tells_the_same_in_both_languages_and_no_errors_of_a_fresh_map(quick, built_kiosk):
    answer = quick.tropa("lint", built_kiosk / "out" / "map.cjm.json", "--json")
    remarks = answer.document()["diagnostics"]

    assert remarks
    for one in remarks:
        assert set(one) == {"code", "severity", "record", "stage", "text", "why", "first_step", "fact", "dismissed"}
        assert one["severity"] in {"warning", "note"}
        assert all(one[part]["ru"] and one[part]["en"] for part in ("text", "why", "first_step"))


def test_words_for_people_stay_out_of_standard_output(quick, kiosk):
    for command in (("init", "--yes"), ("build",)):
        answer = quick.tropa(command[0], kiosk, *command[1:])
        assert (answer.code, answer.out) == (0, "")
        assert answer.err
