"""Who takes part in deals, when, and how those end: deals made by hand."""

from datetime import timedelta

import pytest

from tropa.analysis.buying_centre import BuyingCentreQuery, buying_centre
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames, PropertyValues

HOUR, DAY = 3_600_000, 86_400_000
CLASSES = PropertyValues("class", ("pays", "checks"))
STAGES = EventNames((("asks",), ("tries",), ("signs",)))
QUERY = BuyingCentreQuery(CLASSES, STAGES, EventNames((("won",),)), EventNames((("no",),)), timedelta(days=30))


def deals(*paths, as_of=DAY * 400):
    """Each path: (event, hours since its beginning, class or None)."""
    rows = [(f"deal {n}", event, hours * HOUR) for n, path in enumerate(paths) for event, hours, _ in path]
    classes = [who for path in paths for _, _, who in path]
    return log_from_rows(rows, properties={"class": classes}, as_of=as_of)


def test_a_class_is_met_once_a_deal_and_deals_of_nobody_known_are_left_out():
    log = deals([("asks", 0, "pays"), ("tries", 5, "pays")], [("asks", 0, None)], [("asks", 0, "checks")])
    found = buying_centre(log, QUERY)
    assert found.deals == 2
    assert [(one.met.count, one.met.of) for one in found.classes] == [(1, 2), (1, 2)]


def test_entry_is_timed_from_the_deals_first_event_and_the_wait_from_its_stage():
    log = deals([("asks", 0, "pays"), ("tries", 10, "pays"), ("talk", 13, "checks")])
    checks = buying_centre(log, QUERY).classes[1]
    assert checks.entry.median_seconds == 13 * 3600
    assert checks.wait.median_seconds == 3 * 3600
    assert checks.entered == (0, 1, 0, 0)


def test_a_class_that_comes_before_any_stage_is_counted_apart():
    log = deals([("talk", 0, "checks"), ("asks", 2, "pays")])
    checks = buying_centre(log, QUERY).classes[1]
    assert checks.entered == (0, 0, 0, 1)
    assert checks.wait is None


def test_deals_are_compared_among_those_that_came_equally_far():
    early = [("asks", 0, "pays"), ("no", 1, None)]
    met = [("asks", 0, "pays"), ("talk", 1, "checks"), ("signs", 2, "pays"), ("won", 3, None)]
    too_late = [("asks", 0, "pays"), ("signs", 2, "pays"), ("talk", 3, "checks"), ("no", 4, None)]
    checks = buying_centre(deals(early, met, too_late), QUERY).classes[1]
    assert (checks.won_without.count, checks.won_without.of) == (0, 1)
    at_signing = checks.at[2]
    assert (at_signing.met.count, at_signing.met.of) == (1, 1)
    assert (at_signing.unmet.count, at_signing.unmet.of) == (0, 1)
    assert checks.at[1].met.of == checks.at[1].unmet.of == 0
    assert checks.at[1].q is None


def test_a_deal_that_is_quiet_for_less_than_the_term_is_not_decided():
    log = deals([("asks", 0, "pays")], [("asks", 24 * 380, "pays")], as_of=DAY * 400)
    found = buying_centre(log, QUERY)
    assert (found.deals, found.decided) == (2, 1)
    assert found.classes[0].won_with.of == 1


def test_a_deal_that_was_refused_and_then_won_is_won():
    log = deals([("asks", 0, "pays"), ("no", 1, None), ("asks", 9, "pays"), ("won", 10, None)])
    assert buying_centre(log, QUERY).classes[0].won_with.count == 1


def test_stages_after_the_sale_compare_nothing():
    log = deals([("asks", 0, "pays"), ("won", 1, None), ("tries", 2, "pays")])
    assert buying_centre(log, QUERY).classes[0].at[1].met.of == 0


def test_the_term_has_to_be_positive():
    with pytest.raises(InvalidQueryError, match="must be positive"):
        BuyingCentreQuery(CLASSES, STAGES, STAGES, STAGES, timedelta(0))
