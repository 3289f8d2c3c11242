"""Results are shared among channels as by hand, whatever the journeys and wherever the fold runs."""

from collections import defaultdict
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.attribution import AttributionQuery, Model, attribute, removal_effects
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames, PropertyValues

CHANNELS = ("ads", "mail", "search")
EVENTS = st.tuples(st.integers(0, 60), st.sampled_from([*CHANNELS, None]), st.booleans(), st.integers(1, 9))
JOURNEYS = st.lists(st.lists(EVENTS, max_size=9), min_size=1, max_size=6)
LOOKBACK, HALF_LIFE, GAP, AS_OF = 30, 7, 5, 65


def naive(journeys):
    """Ways: (channels, ms before the result, amount), amount None where it led nowhere."""
    ways, without, open_ways = [], 0, 0
    for journey in journeys:
        touches, before, since, done = [], None, None, False
        for time, channel, bought, amount in journey:
            done = done and time - since <= GAP
            if channel is not None:
                if channel != before or time - since > GAP:
                    touches.append((channel, time))
                before = channel
            since = time
            if bought and not done:
                done = True
                late = [(c, time - t) for c, t in touches if time - t <= LOOKBACK]
                without += not late
                if late:
                    ways.append((late, amount))
                touches, before = [], None
        if touches and touches[-1][1] + LOOKBACK > AS_OF:
            open_ways += 1
        elif touches:
            ways.append(([(c, 0) for c, _ in touches], None))
    return ways, without, open_ways


def weights(model, way):
    channels, ages = [c for c, _ in way], [age for _, age in way]
    n = len(way)
    match model:
        case Model.FIRST:
            return [float(k == 0) for k in range(n)]
        case Model.LAST:
            return [float(k == n - 1) for k in range(n)]
        case Model.LINEAR:
            return [1 / n] * n
        case Model.POSITION:
            return [1 / n] * n if n < 3 else [0.4, *[0.2 / (n - 2)] * (n - 2), 0.4]
        case Model.TIME_DECAY:
            raw = [0.5 ** (age / HALF_LIFE) for age in ages]
            return [one / sum(raw) for one in raw]
        case Model.SHAPLEY:
            return [(channels.index(c) == k) / len(set(channels)) for k, c in enumerate(channels)]


def log_and_rows(journeys):
    ordered = [sorted(journey, key=lambda one: one[0]) for journey in journeys]
    flat = [(f"p{n}", *one) for n, journey in enumerate(ordered) for one in journey]
    rows = [(who, "buy" if bought else "look", time) for who, time, _, bought, _ in flat]
    log = log_from_rows(
        rows,
        properties={"channel": [channel for _, _, channel, _, _ in flat]},
        amounts=[amount * 100 for *_, amount in flat],
        currency="RUB",
        as_of=AS_OF,
    )
    return log, ordered


QUERY = AttributionQuery(
    PropertyValues("channel", CHANNELS),
    EventNames((("buy",),)),
    lookback=timedelta(milliseconds=LOOKBACK),
    half_life=timedelta(milliseconds=HALF_LIFE),
    visit_gap=timedelta(milliseconds=GAP),
)


@pytest.mark.parametrize("interpreted", ["0", "1"])
@pytest.mark.parametrize("engine", [LocalEngine(2), Piecewise()])
def test_credit_is_shared_as_by_hand(engine, interpreted, monkeypatch):
    monkeypatch.setenv("TROPA_INTERPRET", interpreted)
    monkeypatch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)

    @given(JOURNEYS)
    def tried(journeys):
        log, ordered = log_and_rows(journeys)
        ways, without, open_ways = naive(ordered)
        bought = [(way, amount) for way, amount in ways if amount is not None]

        found = attribute(log, QUERY, engine)

        assert (found.attributed, found.without_touch, found.open_ways) == (len(bought), without, open_ways)
        for model in Model:
            if model is Model.MARKOV:
                continue
            credit = defaultdict(float)
            money = defaultdict(float)
            for way, amount in bought:
                for (channel, _), weight in zip(way, weights(model, way), strict=True):
                    credit[channel] += weight
                    money[channel] += weight * amount * 100
            for channel, one in zip(CHANNELS, found.channels, strict=True):
                assert one.credit[model] == pytest.approx(credit[channel], abs=1e-4)
                if one.value is not None:
                    assert one.value[model] == pytest.approx(money[channel], abs=len(bought) * 10)
            assert sum(one.credit[model] for one in found.channels) == pytest.approx(len(bought), abs=1e-9)
        for channel, one in zip(CHANNELS, found.channels, strict=True):
            met = [amount is not None for way, amount in ways if channel in {c for c, _ in way}]
            assert (one.met.count, one.met.of) == (sum(met), len(met))
            assert one.touches == sum(c == channel for way, _ in bought for c, _ in way)
        credited = sum(one.credit[Model.MARKOV] for one in found.channels)
        assert credited == pytest.approx(len(bought) if bought else 0)

    tried()


def test_markov_equals_a_walk_worked_out_by_hand():
    """Start → a always; a → goal half, a → b half; b → goal half, b → nowhere half: a alone carries .75, b .25."""
    moves = np.array([[4, 0, 0, 0], [0, 2, 2, 0], [0, 0, 1, 1]])

    effects = removal_effects(moves)

    assert effects == pytest.approx([0.75 / (0.75 + 0.25), 0.25 / (0.75 + 0.25)])


def test_markov_equals_counting_walks_without_each_channel():
    """The removal effect is the share of simulated walks that need the channel (fixed seed, 0.5 points)."""
    moves = np.array([[30, 50, 20, 0, 0], [0, 20, 10, 30, 40], [15, 0, 25, 35, 25], [10, 30, 0, 20, 40]])
    rng = np.random.default_rng(5)
    shares = moves / moves.sum(axis=1, keepdims=True)
    needed, reached = np.zeros(3), 0
    for _ in range(40_000):
        state, met = 0, set()
        while state not in {4, 5}:
            step = int(rng.choice(5, p=shares[state]))
            state = step + 1
            if step < 3:
                met.add(step)
        if state == 4:
            reached += 1
            needed[list(met)] += 1

    wanted = needed / needed.sum()

    assert removal_effects(moves) == pytest.approx(wanted, abs=0.01)


def test_terms_that_make_no_sense_are_refused():
    with pytest.raises(InvalidQueryError, match="positive"):
        AttributionQuery(QUERY.channels, QUERY.goal, lookback=timedelta(0))
    with pytest.raises(InvalidQueryError, match="between 0 and"):
        AttributionQuery(QUERY.channels, QUERY.goal, ends=0.7)
