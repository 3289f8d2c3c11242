from datetime import date

import pytest

from tropa.assembly.finding_stories import FEWEST, with_stories
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.journeymap import Match
from tropa.domain.period import Period
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import log_from_rows
from tropa.events.staged import stage_events

DAY, MINUTE = 86_400_000, 60_000
BEGAN = 1_735_689_600_000
DAYS = Period(date(2025, 1, 1), date(2025, 2, 1))
STAGES = (
    StageSpec(
        key="buy",
        name=Text(ru="Покупка"),
        touchpoints=(
            TouchpointSpec(key="pay", name=Text(ru="Оплата"), match=Match(event=("view", "cart", "payment"))),
        ),
    ),
)
QUERY = {
    "analysis": "openings",
    "version": 1,
    "metric": "conversion",
    "steps": [{"events": ["cart"]}, {"events": ["payment"]}],
    "semantics": "first_touch",
    "window_seconds": 3_600,
    "segment": None,
    "unit": "person",
    "period": {"from": None, "to": None},
}


def a_finding(query=QUERY):
    measured = Measurement(
        key="e1", metric="conversion", unit=Unit.SHARE, value=0.5, count=1, of=2, period=DAYS, query=query
    )
    return Finding(
        code="f", kind=FindingKind.DROP_OFF, stage="buy", metric="conversion", unit=Unit.SHARE, value=0.5, of=2,
        persons_affected=1, period=DAYS, evidence=(measured,), text=Text(ru="Не платят"),
    )  # fmt: skip


def a_log(lost: int):
    """`lost` people leave their cart, n of them after n + 1 views; five others pay after a view."""
    rows = []
    for number in range(lost):
        start = BEGAN + number * DAY
        rows += [(f"lost{number}", "view", start + view * MINUTE) for view in range(number + 1)]
        rows += [(f"lost{number}", "cart", start + 30 * MINUTE), (f"lost{number}", "letter", start + DAY)]
    for number in range(5):
        start = BEGAN + number * DAY
        rows += [(f"paid{number}", what, start + at * MINUTE) for at, what in enumerate(("view", "cart", "payment"))]
    return stage_events(log_from_rows(rows, as_of=BEGAN + 60 * DAY), STAGES)


def test_the_story_is_of_a_usual_length_and_marks_where_it_happened():
    (finding,) = with_stories([a_finding()], a_log(7), (), ())
    assert [(one.seconds, one.times) for one in finding.story] == [(0, 4), (1_800, 1), (86_400, 1)]
    assert [one.here for one in finding.story] == [False, True, False]


def test_of_so_few_people_no_story_is_told():
    (finding,) = with_stories([a_finding()], a_log(FEWEST - 1), (), ())
    assert finding.story == ()


@pytest.mark.parametrize(
    "query", [None, {"analysis": "other"}, QUERY | {"steps": [{"events": ["gone"]}, {"events": []}]}]
)
def test_what_cannot_be_asked_again_has_no_story(query):
    (finding,) = with_stories([a_finding(query)], a_log(7), (), ())
    assert finding.story == ()


def test_a_story_holds_no_date_and_no_id():
    (finding,) = with_stories([a_finding()], a_log(7), (), ())
    assert all(one.seconds < 40 * 86_400 for one in finding.story)
    assert "lost" not in repr(finding.story)
