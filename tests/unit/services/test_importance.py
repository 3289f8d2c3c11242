"""What goes together with the goal: a planted touchpoint is told; one that only comes with the stage is not."""

from datetime import timedelta

import numpy as np

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.presence import PresenceQuery, presence
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.groups import UnitProperty
from tropa.events.log import DAY_MS, log_from_rows
from tropa.events.places import EventNames
from tropa.events.staged import StagedPlaces
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope


def stage(key, *names, goal=False):
    points = tuple(TouchpointSpec(key=n, name=Text(ru=n, en=n), match=Match(event=(n,))) for n in names)
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=points)


STAGES = (stage("look", "page", "banner", "reviews"), stage("cart", "cart"), stage("order", "buy", goal=True))


def shop(helps, people=3_000, seed=2):
    """Ads bring people who see banners and buy less; reviews raise the chance of buying by `helps`."""
    rng = np.random.default_rng(seed)
    rows, channel = [], {}
    for number in range(people):
        who, ads = f"p{number}", rng.random() < 0.5
        channel[who] = "ads" if ads else "mail"
        names, reads = ["page"], rng.random() < 0.4
        names += ["banner"] if rng.random() < (0.8 if ads else 0.2) else []
        names += ["reviews"] if reads else []
        names += ["cart"]
        names += ["buy"] if rng.random() < (0.2 if ads else 0.5) + helps * reads else []
        rows += [(who, name, number * 1000 + step) for step, name in enumerate(names)]
    return log_from_rows(rows, unit_properties={"channel": channel}, as_of=100 * DAY_MS)


def answer_of(log, **options):
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: STAGES)).importance(
        within="1d", **options
    )


def of(answer, key):
    return next(one for one in answer.document["touchpoints"] if one["touchpoint"] == key)


def test_what_helps_is_told_and_what_only_comes_with_the_channel_is_not():
    answer = answer_of(shop(0.25))

    reviews, banner = of(answer, "reviews"), of(answer, "banner")
    assert reviews["difference"]["low"] < 0.25 < reviews["difference"]["high"]
    assert reviews["q_value"] < 0.001
    assert banner["difference"]["low"] <= 0 <= banner["difference"]["high"]
    assert "“reviews” is most related to" in answer.sentence.en
    assert "не причина" in answer.sentence.ru
    unlike = of(answer_of(shop(0.25), by="nothing"), "banner")
    assert unlike["difference"]["high"] < 0


def test_where_nothing_goes_with_the_goal_it_is_said():
    assert "beyond noise" in answer_of(shop(0.0)).sentence.en


def test_counts_are_as_by_hand_on_threads_and_in_pieces():
    log = shop(0.3, people=200)
    query = PresenceQuery(
        touchpoints=StagedPlaces(STAGES),
        stage_of=(0, 0, 0, 1, 2),
        stages=3,
        goal=EventNames((("buy",),)),
        mix=UnitProperty("channel", ("ads", "mail")),
        within=timedelta(days=1),
    )
    sets = []
    for unit in range(log.units):
        codes = log.event.codes[log.offsets[unit] : log.offsets[unit + 1]]
        sets.append({log.event.values[code] for code in codes})
    for engine in (LocalEngine(2), Piecewise()):
        reviews = presence(log, query, engine)[2]
        for shares, has in ((reviews.met, True), (reviews.without, False)):
            mine = [one for one in sets if ("reviews" in one) is has]
            assert sum(one.of for one in shares) == len(mine)
            assert sum(one.count for one in shares) == sum("buy" in one for one in mine)
