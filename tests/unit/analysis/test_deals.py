"""Ages at stages, reasons of losses, speed of the first answer: deals made by hand."""

from datetime import timedelta

from tropa.analysis.deals import DealsQuery, deals
from tropa.events.deals import DealRules
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames, PropertyValues

HOUR, DAY = 3_600_000, 86_400_000
ANSWER = EventNames((("answers",),))
STAGES = EventNames((("asks",), ("tries",)))
STAGES_AND_ENDS = (STAGES, EventNames((("won",),)), EventNames((("no",),)), timedelta(days=90))
RULES = DealRules(ANSWER, *STAGES_AND_ENDS)
QUERY = DealsQuery(
    RULES, PropertyValues("why", ("dear", "rival")), (timedelta(hours=1), timedelta(hours=4), timedelta(days=1))
)


def asked(*paths, as_of=100 * DAY):
    """Each path: (event, days since 1970, reason or None)."""
    rows = [(f"d{n}", event, int(day * DAY)) for n, path in enumerate(paths) for event, day, _ in path]
    log = log_from_rows(rows, properties={"why": [why for path in paths for _, _, why in path]}, as_of=as_of)
    return deals(log, QUERY)


def won_in(days, start=0.0):
    return [("asks", start, None), ("tries", start + days, None), ("won", start + days + 1, None)]


def test_open_deals_are_older_than_nine_in_ten_of_the_won_at_their_stage():
    open_deals = [[("asks", 100 - age, None)] for age in (2, 30, 50)]
    found = asked(*(won_in(days) for days in range(1, 11)), *open_deals)
    asking = found.stages[0]
    assert asking.won.median_seconds == 5.5 * 86_400
    assert (asking.open.of, asking.older) == (3, 2)
    assert (found.won, found.lost, found.open) == (10, 0, 3)


def test_reasons_are_counted_at_the_stage_where_the_deal_ended():
    found = asked(
        [("asks", 0, None), ("no", 1, "dear")],
        [("asks", 0, None), ("tries", 1, None), ("no", 2, "rival")],
        [("asks", 0, None), ("no", 2, None)],
        won_in(2),
    )
    assert found.stages[0].lost == (1, 0, 1)
    assert found.stages[1].lost == (0, 1, 0)
    assert found.reasons == (1, 1, 1)


def test_the_share_won_is_told_by_how_soon_the_first_answer_came():
    def deal(hours, end):
        return [("asks", 0, None), ("answers", hours / 24, None), (end, 9, None)]

    found = asked(
        deal(0.5, "won"),
        deal(1, "no"),
        deal(3, "won"),
        deal(20, "no"),
        deal(40, "no"),
        [("asks", 0, None), ("no", 1, None)],
    )
    assert [(one.count, one.of) for one in found.answered] == [(1, 2), (1, 1), (0, 1), (0, 1), (0, 1)]
    assert (found.answer.of, found.answer.median_seconds) == (5, 3 * 3600)


def test_nobody_is_counted_nowhere():
    found = asked()
    assert (found.won, found.lost, found.open, found.answer) == (0, 0, 0, None)


def test_the_first_answer_is_timed_from_the_last_request_before_it():
    rules = DealRules(EventNames((("answers",), ("asks",), ("tries",))), *STAGES_AND_ENDS)
    rows = [("d", "visits", 0), ("d", "asks", DAY), ("d", "tries", 5 * DAY), ("d", "answers", 5 * DAY + HOUR)]
    rows += [("d", "won", 9 * DAY), ("e", "visits", 0), ("e", "answers", 2 * HOUR)]
    found = deals(log_from_rows(rows, as_of=10 * DAY), DealsQuery(rules, QUERY.reasons, QUERY.bands))
    assert (found.answer.of, found.answer.median_seconds) == (2, 1.5 * 3600)
    assert [one.of for one in found.answered] == [1, 0, 0, 0, 0]
