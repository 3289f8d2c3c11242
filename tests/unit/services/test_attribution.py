"""What is said of channels: a range over models, with what it cannot tell."""

from datetime import timedelta

import pytest

from builders.people import MONDAY
from tropa.analysis.attribution import Model
from tropa.domain.project import Project
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

HOUR = 3_600_000
START = int(MONDAY.timestamp() * 1000)


def shop() -> Questions:
    """40 come by ads, then by mail and buy; 20 come by ads and never buy; 5 buy out of nowhere."""
    rows, channels, amounts = [], [], []
    for n in range(65):
        if n < 60:
            rows.append((f"p{n}", "visit", START))
            channels.append("ads")
            amounts.append(None)
        if n < 40:
            rows.append((f"p{n}", "visit", START + 24 * HOUR))
            channels.append("mail")
            amounts.append(None)
        if n < 40 or n >= 60:
            rows.append((f"p{n}", "buy", START + 25 * HOUR))
            channels.append(None)
            amounts.append(10_000)
    as_of = START + int(timedelta(days=90).total_seconds() * 1000)
    log = log_from_rows(rows, properties={"channel": channels}, amounts=amounts, currency="RUB", as_of=as_of)
    return Questions(Scope(project=Project(project="shop"), log=log, stages=tuple))


def test_a_channel_is_told_with_the_range_of_models_and_no_cause():
    answer = shop().attribution(goal="buy", costs={"ads": 4_000})

    assert answer.document["results"] == 45
    assert answer.document["without_touch"] == 5
    ads = next(one for one in answer.document["channels"] if one["name"] == "ads")
    assert (ads["credit"]["first"], ads["credit"]["last"], ads["credit"]["linear"]) == (40.0, 0.0, 20.0)
    assert (ads["ways"], ads["led_to_goal"]) == (60, 40)
    assert ads["value"]["first"] == 400_000
    assert ads["cost_per_result"] == {"low": 10_000, "high": None}
    assert "не причина" in (answer.sentence.ru or "")
    assert "not cause" in (answer.sentence.en or "")


def test_both_channels_are_needed_by_all_so_markov_shares_evenly():
    shares = {one["name"]: one["credit"]["markov"] for one in shop().attribution(goal="buy").document["channels"]}

    assert shares["ads"] == pytest.approx(20)
    assert shares["mail"] == pytest.approx(20)


def test_models_add_up_to_the_results_that_have_a_touch():
    channels = shop().attribution(goal="buy").document["channels"]

    for model in Model:
        assert sum(one["credit"][model.value] for one in channels) == pytest.approx(40)


def test_what_the_data_do_not_have_is_named():
    with pytest.raises(InvalidQueryError, match="no channel “radio”"):
        shop().attribution(goal="buy", costs={"radio": 1})
    with pytest.raises(InvalidQueryError, match="no event “pay”"):
        shop().attribution(goal="pay")
    with pytest.raises(InvalidQueryError, match="no property “source”"):
        shop().attribution(goal="buy", by="source")
    with pytest.raises(InvalidQueryError, match="no stages"):
        shop().attribution()
