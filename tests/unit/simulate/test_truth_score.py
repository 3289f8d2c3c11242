"""How the truth bench scores: cases made by hand."""

import pytest
from benchmarks.truth_score import score

TRUTH = {
    "path": ["visit", "product", "basket", "payment", "delivery"],
    "beside": {"order_sms": "payment", "chat": "basket"},
    "planted": [],
    "names": {"order_paid": "payment"},
}


def planted(kind="drop_off", at=("basket", "payment"), segment=None, since="2025-03-12", loses=0.0, dead_end=None):
    return {
        "kind": kind,
        "at": {"event": at[0], "to_event": at[1], "dead_end": dead_end},
        "segment": {"device": ["mobile"]} if segment is None else segment,
        "since": since,
        "loses": loses,
    }


def told(kind="drop_off", at=("basket", "payment"), segment=None, since="2025-03-12"):
    return {
        "kind": kind,
        "at": {"event": at[0], "to_event": at[1]},
        "segment": {"device": "mobile"} if segment is None else segment or None,
        "since": since,
    }


def outcome(problem, *findings):
    found = score(findings, {**TRUTH, "planted": [] if problem is None else [problem]})
    recalled = found.planted[0].right if found.planted else None
    return recalled, found.right, found.false


def test_the_same_kind_place_group_and_date_are_right():
    assert outcome(planted(), told()) == (True, 1, 0)


@pytest.mark.parametrize(("day", "right"), [("2025-03-09", True), ("2025-03-15", True), ("2025-03-16", False)])
def test_a_date_is_right_within_three_days(day, right):
    assert outcome(planted(), told(since=day))[0] is right


def test_a_dated_problem_told_without_a_date_is_missed_but_not_false():
    assert outcome(planted(), told(since=None)) == (False, 0, 0)


def test_a_problem_as_old_as_the_data_told_with_a_date_is_missed():
    assert outcome(planted(since=None), told())[0] is False


def test_a_loss_that_always_was_may_be_told_as_a_gap_of_the_segment():
    assert outcome(planted(since=None), told("segment_gap", since=None)) == (True, 1, 0)


def test_a_wait_is_no_loss():
    assert outcome(planted(), told("slow"))[0] is False


def test_a_wait_that_makes_people_leave_may_be_told_as_the_loss():
    assert outcome(planted("slow", loses=0.1), told("drop_off")) == (True, 1, 0)
    assert outcome(planted("slow", loses=0.0), told("drop_off"))[0] is False


def test_the_place_is_where_it_begins_or_where_it_ends():
    assert outcome(planted(), told(at=("basket", "delivery")))[0] is True
    assert outcome(planted(), told(at=("product", "payment")))[0] is True
    assert outcome(planted(), told(at=("visit", "product"))) == (False, 0, 1)


def test_another_group_is_not_right_and_without_common_people_false():
    assert outcome(planted(), told(segment={"device": "desktop"})) == (False, 0, 1)


def test_a_wider_or_narrower_group_is_loosely_right_and_not_false():
    narrow = told(segment={"device": "mobile", "region": "south"})
    found = score([narrow], {**TRUTH, "planted": [planted()]})
    assert (found.planted[0].right, found.planted[0].loose, found.false) == (False, True, 0)


def test_lists_of_values_are_sets():
    both = {"device": ["mobile", "tablet"]}
    assert outcome(planted(segment=both), told(segment={"appliance": ("tablet", "mobile")}))[0] is True


def test_the_same_people_later_on_the_path_are_a_consequence_and_earlier_are_false():
    later = told("slow", at=("payment", "delivery"))
    earlier = told("slow", at=("visit", "product"))
    assert outcome(planted(), told(), later) == (True, 1, 0)
    assert outcome(planted(), told(), earlier) == (True, 1, 1)


def test_a_consequence_is_not_dated_before_its_cause():
    assert outcome(planted(), told(), told(at=("payment", "delivery"), since="2025-02-01")) == (True, 1, 1)


def test_a_change_for_everybody_is_told_of_everybody():
    assert outcome(planted("change", segment={}), told("change", segment={})) == (True, 1, 0)
    assert outcome(planted("change", segment={}), told("drop_off")) == (False, 0, 1)


def test_a_loop_may_be_told_from_either_end():
    loop = planted("loop", at=("product", "basket"), since=None)
    assert outcome(loop, told("loop", at=("basket", "product"), since=None))[0] is True


def test_a_message_is_told_by_the_message():
    silent = planted("missing_stage", at=("payment", "order_sms"))
    assert outcome(silent, told("missing_stage", at=("payment", "order_sms")))[0] is True
    assert outcome(silent, told("missing_stage", at=("payment", "delivery")))[0] is False


def test_a_dead_end_may_be_told_by_where_it_leads():
    dead = planted("dead_end", dead_end="pay_error")
    assert outcome(dead, told("dead_end", at=("pay_error", None)))[0] is True


def test_names_of_the_project_for_dates_of_orders_are_known():
    assert outcome(planted(), told(at=("product", "order_paid")))[0] is True


def test_only_the_first_ten_findings_count():
    noise = [told("slow", at=("visit", "product"), segment={"city": str(number)}) for number in range(12)]
    assert outcome(planted(), *noise, told()) == (False, 0, 10)


def test_in_a_clean_business_every_finding_is_false():
    assert outcome(None, told(), told("slow")) == (None, 0, 2)
