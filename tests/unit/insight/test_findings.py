"""Findings on small businesses made by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from builders.random_business import FIRST, a_business
from tropa.assembly.questions import ask_again
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.finding import FindingKind
from tropa.domain.journeymap import Match
from tropa.domain.project import ChangeSpec, FindingSettings, Project, StageSpec, TouchpointSpec
from tropa.domain.query import hash_of
from tropa.domain.text import Text
from tropa.events.log import Column, EventLog, log_from_rows
from tropa.events.staged import StagedLog, stage_events
from tropa.insight.findings import find

DAY = 86_400_000
PROJECT = Project(project="kiosk", findings=FindingSettings(min_persons=100))
CHANGE_DAY = 60


def _stages(*names: str) -> tuple[StageSpec, ...]:
    return tuple(
        StageSpec(
            key=f"s_{name}",
            name=Text(ru=f"Этап {name}", en=f"Stage {name}"),
            goal=name == names[-1],
            touchpoints=(
                TouchpointSpec(key=name, name=Text(ru=f"Шаг {name}", en=f"Step {name}"), match=Match(event=(name,))),
            ),
        )
        for name in names
    )


def _kiosk(
    *, people: int = 4_000, harmed: float = 0.4, usual: float = 0.8, since: int | None = None, until: int = 999
) -> StagedLog:
    """People look, then buy; in the north they buy less, always or since a day, perhaps only until another."""
    rng = np.random.default_rng(2)
    rows, amounts = [], []
    place = {}
    for number in range(people):
        who, day = f"p{number}", int(rng.integers(120))
        place[who] = "north" if rng.random() < 0.4 else "south"
        bad = place[who] == "north" and (since is None or since <= day < until)
        at = 1_700_000_000_000 + day * DAY + int(rng.integers(DAY // 2))
        rows.append((who, "look", at))
        amounts.append(None)
        if rng.random() < (harmed if bad else usual):
            rows.append((who, "buy", at + 60_000))
            amounts.append(50_000)
    log = log_from_rows(
        rows, unit_properties={"region": place}, amounts=amounts, currency="RUB", as_of=1_700_000_000_000 + 125 * DAY
    )
    return stage_events(log, _stages("look", "buy"))


def _first_day(log: EventLog) -> date:
    return date(1970, 1, 1) + timedelta(days=int(log.time.min()) // DAY)


def test_nothing_is_found_in_an_empty_log():
    empty = EventLog(
        offsets=np.zeros(1, dtype=np.int64),
        buckets=np.zeros(65, dtype=np.int64),
        event=Column(np.zeros(0, dtype=np.int32), ()),
        time=np.zeros(0, dtype=np.int64),
        sequence=np.zeros(0, dtype=np.int32),
    )
    assert find(stage_events(empty, ()), PROJECT) == ()


def test_a_group_that_always_buys_less_is_a_gap_with_its_people_and_money():
    (gap,) = find(_kiosk(), PROJECT)
    assert (gap.kind, gap.stage, gap.touchpoint) == (FindingKind.SEGMENT_GAP, "s_look", "look")
    assert (gap.at.event, gap.at.to_event, gap.segment, gap.since) == ("look", "buy", {"region": "north"}, None)
    assert gap.value == pytest.approx(0.4, abs=0.04)
    assert gap.baseline == pytest.approx(0.8, abs=0.03)
    assert gap.persons_affected == round(abs(gap.baseline - gap.value) * gap.of)
    assert gap.money is not None
    assert gap.money.amount == pytest.approx(gap.persons_affected * 50_000, rel=0.02)
    assert gap.money.low <= gap.money.amount <= gap.money.high


def test_the_figures_equal_a_count_by_hand():
    staged = _kiosk()
    (gap,) = find(staged, PROJECT)
    log = staged.log
    north = log.unit_properties["region"].codes == log.unit_properties["region"].code_of("north")
    bought = np.array([log.offsets[u + 1] - log.offsets[u] == 2 for u in range(log.units)])
    measured = gap.evidence[0]
    assert isinstance(measured, Measurement)
    assert (measured.of, measured.count) == (int(north.sum()), int((north & bought).sum()))
    assert measured.baseline.of == int((~north).sum())
    assert sum(point.of for point in measured.trend) <= measured.of


def test_a_change_has_its_date_its_earlier_figure_and_the_company_s_own_change_as_a_candidate():
    staged = _kiosk(since=CHANGE_DAY)
    day = _first_day(staged.log) + timedelta(days=CHANGE_DAY)
    near = ChangeSpec(date=day - timedelta(days=2), name=Text(ru="Новая касса", en="New till"))
    far = ChangeSpec(date=day - timedelta(days=40), name=Text(ru="Ремонт", en="Repairs"))
    (drop,) = find(staged, replace(PROJECT, changes=(far, near)))
    assert drop.kind is FindingKind.DROP_OFF
    assert drop.since is not None
    assert abs((drop.since - day).days) <= 3
    assert drop.near_change == near.name
    assert drop.baseline == pytest.approx(0.8, abs=0.06)
    assert drop.period.start == drop.since


def test_a_spell_that_begins_and_ends_with_a_sale_is_the_sale_s_own():
    staged = _kiosk(since=CHANGE_DAY, until=CHANGE_DAY + 20, harmed=0.2)
    day = _first_day(staged.log) + timedelta(days=CHANGE_DAY)
    sale = ChangeSpec(date=day, until=day + timedelta(days=19), name=Text(ru="Распродажа", en="Sale"))
    short = replace(sale, until=day + timedelta(days=2))

    assert find(staged, PROJECT)
    assert find(staged, replace(PROJECT, changes=(sale,))) == ()
    assert find(staged, replace(PROJECT, changes=(short,)))


def test_equal_groups_are_no_finding():
    assert find(_kiosk(harmed=0.8), PROJECT) == ()


def test_a_group_below_the_least_number_of_people_is_passed_over_in_silence():
    small = _kiosk(people=230, harmed=0.1)
    assert find(small, replace(PROJECT, findings=FindingSettings(min_persons=200))) == ()


def test_people_whose_window_is_open_are_not_lost():
    """The last day's visitors have not bought yet: without censoring they would look like a drop."""
    staged = _kiosk(harmed=0.8)
    log = staged.log
    late = replace(log, as_of=int(log.time.max()))
    assert find(replace(staged, log=late), PROJECT) == ()


def test_a_query_holds_all_that_is_needed_to_ask_again():
    (gap,) = find(_kiosk(), PROJECT)
    query = gap.evidence[0].query
    assert (query["analysis"], query["metric"]) == ("openings", "conversion")
    assert gap.evidence[0].query_hash == hash_of(query)
    assert query["steps"] == [{"events": ["look"]}, {"events": ["buy"]}]
    assert query["segment"] == {"region": "north"}
    assert query["window_seconds"] > 0
    assert set(query["period"]) == {"from", "to"}


@pytest.mark.parametrize(
    ("seed", "plant"), [(1, "drop"), (2, "drop_since"), (3, "slow_since"), (10, "loop"), (11, "missing_since")]
)
def test_asked_again_of_the_same_data_every_figure_is_the_same(seed, plant):
    staged = a_business(seed, plant=plant).staged
    for one in find(staged, Project(project="x")):
        for figure in one.evidence:
            again = ask_again(staged.log, figure)
            assert again == figure


def test_asked_again_a_year_later_a_figure_tells_of_today_and_without_its_event_nothing():
    (gap,) = find(_kiosk(), PROJECT)
    better = ask_again(_kiosk(harmed=0.8).log, gap.evidence[0])
    assert better is not None
    assert better.value == pytest.approx(0.8, abs=0.04)
    assert better.of > 1_000
    other = log_from_rows([("ann", "sleep", 0), ("ann", "eat", 1)])
    assert ask_again(other, gap.evidence[0]) is None


def test_the_sentence_names_the_group_both_steps_and_the_denominator_in_both_languages():
    (gap,) = find(_kiosk(), PROJECT)
    for words, step in ((gap.text.ru, "Шаг look"), (gap.text.en, "Step look")):
        assert step in words
        assert "orth" in words
        assert f"{gap.evidence[0].count}" in words.replace("\u00a0", "").replace(",", "").replace(" ", "")


def test_the_order_is_money_then_people_then_code():
    findings = find(a_business(3, plant="slow_since").staged, Project(project="x"))
    keys = [(-(one.money.amount if one.money else 0), -one.persons_affected, one.code) for one in findings]
    assert keys == sorted(keys)


def test_the_same_log_gives_the_same_findings():
    staged = _kiosk()
    assert find(staged, PROJECT) == find(staged, PROJECT)


def test_a_wait_is_told_in_seconds_and_stands_where_it_ends():
    business = a_business(3, plant="slow_since")
    (slow,) = (one for one in find(business.staged, Project(project="x")) if one.kind is FindingKind.SLOW)
    assert slow.unit is Unit.SECONDS
    assert slow.value > slow.baseline
    assert slow.money is None
    assert slow.touchpoint == business.planted.end
    assert slow.period.start >= FIRST
