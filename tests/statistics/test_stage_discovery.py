"""Stages that were planted, or named by hand, are found."""

from datetime import timedelta

import numpy as np
import pytest

from builders.businesses import CLINIC, DEVELOPED_ON, FURNITURE, HELD_OUT, MEALS, journeys
from builders.people import a_person, population
from builders.real_logs import process_log, shop_log, stage_labels
from builders.staged_paths import a_site, an_office
from tropa.analysis.stages import discover_stages
from tropa.events.log import log_from_rows
from tropa.stats.clustering import adjusted_rand_index
from tropa.texts.kinship import telling_words


def agreement_with(truth, log, found):
    """Adjusted Rand index over the events that have a stage in truth; one in none is alone."""
    home = {code: number for number, group in enumerate(found.groups) for code in group}
    codes = [log.event.code_of(name) for name in truth]
    numbers = np.unique([str(one) for one in truth.values()], return_inverse=True)[1]
    return adjusted_rand_index(numbers, np.array([home.get(code, 1000 + code) for code in codes]))


def kin_of(log):
    return [telling_words(name) for name in log.event.values]


def in_words(log, found):
    return [{log.event.values[code] for code in group} for group in found.groups]


def share_in_stages(log, found):
    inside = [code for group in found.groups for code in group]
    return np.isin(log.event.codes, inside).mean()


@pytest.mark.parametrize("stages", [4, 5, 6, 7])
@pytest.mark.parametrize(("kind", "least"), [(a_site, 0.75), (an_office, 0.8)])
def test_planted_stages_are_found(kind, least, stages):
    truths = [kind(seed, stages=stages) for seed in (1, 2)]
    found = [discover_stages(truth.log) for truth in truths]

    assert np.mean([agreement_with(t.stage_of, t.log, f) for t, f in zip(truths, found, strict=True)]) >= least
    for truth, one in zip(truths, found, strict=True):
        assert 4 <= len(one.groups) <= 8
        assert share_in_stages(truth.log, one) >= 0.95
        assert one.agreement >= 0.8


@pytest.mark.parametrize(
    ("businesses", "least"), [(DEVELOPED_ON, 0.75), (HELD_OUT, 0.7)], ids=["developed on", "held out"]
)
def test_stages_of_invented_companies_are_those_that_a_person_sees(businesses, least, capsys):
    scores, stable = {}, []
    for business in businesses:
        log = journeys(business, people=400)
        found = discover_stages(log, kin=kin_of(log))
        scores[business.key] = round(agreement_with(known_labels(business, log), log, found), 2)
        stable.append(found.stability)
        assert 4 <= len(found.groups) <= 8
        assert share_in_stages(log, found) >= 0.95
        assert found.agreement >= 0.8
    with capsys.disabled():
        print(f"\ninvented companies, 400 people each: {scores}, mean {np.mean(list(scores.values())):.2f}")
    assert np.mean(list(scores.values())) >= least
    assert min(stable) >= 0.6


def known_labels(business, log):
    return {name: stage for name, stage in business.labels.items() if name in log.event.values}


@pytest.mark.parametrize("business", [MEALS, CLINIC, FURNITURE])
def test_forty_people_are_enough_for_a_first_sketch(business):
    log = journeys(business, people=40)
    found = discover_stages(log, kin=kin_of(log))

    assert 4 <= len(found.groups) <= 8
    assert share_in_stages(log, found) >= 0.95
    assert found.agreement >= 0.8
    assert agreement_with(known_labels(business, log), log, found) >= 0.4


def test_the_order_of_people_and_of_names_says_nothing():
    log = journeys(FURNITURE, people=150)
    units = log.unit_of_event()
    rows = [
        (str(unit), log.event.values[code], int(time))
        for unit, code, time in zip(units, log.event.codes, log.time, strict=True)
    ]
    place = np.random.default_rng(5).permutation(log.units)
    shuffled = log_from_rows(
        sorted(((f"p{place[int(who)]:03}", name, at) for who, name, at in rows), key=lambda r: r[0])
    )
    one, other = discover_stages(log, kin=kin_of(log)), discover_stages(shuffled, kin=kin_of(shuffled))

    assert in_words(log, one) == in_words(shuffled, other)
    assert (one.agreement, one.stability) == (other.agreement, other.stability)


def test_names_that_share_a_telling_word_are_drawn_together():
    rng = np.random.default_rng(4)
    steps = ["ask_a", "ask_b", "fit_a", "fit_b", "pay_a", "pay_b", "use_a", "use_b"]
    people = [
        a_person(f"p{i}").did(*(steps[k] for k in range(8) if rng.random() < 0.9), *(["use_a"] * 2)) for i in range(60)
    ]
    log = population(*people)
    found = discover_stages(log, kin=[frozenset({name[:3]}) for name in log.event.values])

    assert agreement_with({name: name[:3] for name in steps}, log, found) >= 0.9


@pytest.mark.full
def test_the_refinement_of_large_logs_is_kept_only_where_it_helps(capsys):
    kept = {}
    for business in (MEALS, FURNITURE, CLINIC):
        log = journeys(business, people=3_000)
        plain = discover_stages(log, kin=kin_of(log), refined=False)
        found = discover_stages(log, kin=kin_of(log))
        labels = known_labels(business, log)
        scores = [round(agreement_with(labels, log, one), 2) for one in (plain, found)]
        kept[business.key] = (plain.groups != found.groups, *scores)
        assert scores[1] >= scores[0] - 0.05
    with capsys.disabled():
        print(f"\nhidden-Markov refinement (kept, before, after): {kept}")


@pytest.mark.full
def test_stages_of_real_logs_are_those_that_people_named(capsys):
    logs = {"ecom": shop_log(), "bpic2012": process_log("bpic2012.xes.gz")}
    found = {name: discover_stages(log, kin=kin_of(log)) for name, log in logs.items()}
    scores = {name: agreement_with(stage_labels(f"{name}.stages.csv"), log, found[name]) for name, log in logs.items()}
    with capsys.disabled():
        stable = {name: round(one.stability, 2) for name, one in found.items()}
        print(f"\nstages against hand labels, adjusted Rand index: {scores}, stability: {stable}")

    assert np.mean(list(scores.values())) >= 0.5
    for name, log in logs.items():
        assert 4 <= len(found[name].groups) <= 8
        assert share_in_stages(log, found[name]) >= 0.95
        assert found[name].agreement >= 0.8


def test_tickets_go_from_intake_to_closing():
    log = process_log("helpdesk.xes.gz")
    found = discover_stages(log)
    names = [{log.event.values[code] for code in group} for group in found.groups]

    assert "Assign seriousness" in names[0]
    assert "Closed" in names[-1]
    assert found.agreement >= 0.95


def test_few_event_names_are_stages_themselves():
    log = population(*(a_person(f"p{i}").did("view", "cart", "buy") for i in range(30)))
    found = discover_stages(log)

    assert [[log.event.values[code] for code in group] for group in found.groups] == [["view"], ["cart"], ["buy"]]
    assert found.agreement == 1.0


def test_steps_in_a_row_keep_their_order():
    steps = ["lead", "call", "offer", "meeting", "contract", "invoice", "paid", "started"]
    log = population(*(a_person(f"p{i}").did(*steps[: 3 + i % 6]) for i in range(90)))
    found = discover_stages(log)

    assert [[log.event.values[code] for code in group] for group in found.groups] == [[step] for step in steps]


def test_what_people_do_again_and_again_does_not_split_into_statuses():
    rng = np.random.default_rng(1)
    people = []
    for i in range(300):
        one = a_person(f"p{i}").did(*["view"] * int(rng.integers(2, 9)), "basket")
        if i % 3:
            one.did("checkout", *["payment failed"] * (i % 2), "checkout", "payment", "thanks")
        people.append(one.did(*["view"] * int(rng.integers(1, 4)), after=timedelta(days=3)))
    log = population(*people)
    found = [{log.event.values[code] for code in group} for group in discover_stages(log).groups]

    assert len(log.event.values) == 6
    assert len(found) < 6
    assert found[0] == {"view"}


def test_an_event_that_occurs_anywhere_is_left_out_where_it_is_rare():
    rng = np.random.default_rng(3)
    people = []
    for i in range(800):
        path = [name for k in range(5) for name in rng.choice([f"s{k}_a", f"s{k}_b", f"s{k}_c"], 4)]
        if i % 2:
            path.insert(int(rng.integers(0, len(path))), "error")
        people.append(a_person(f"p{i}").did(*path))
    log = population(*people)
    found = discover_stages(log)

    assert found.unassigned == (log.event.code_of("error"),)
    assert [{log.event.values[c][:2] for c in group} for group in found.groups] == [{f"s{k}"} for k in range(5)]


def test_hundreds_of_event_names_make_a_handful_of_stages():
    rng = np.random.default_rng(2)
    people = [
        a_person(f"p{i}").did(*(f"s{k}_{rng.zipf(1.5) % 120:03d}" for k in range(5) for _ in range(6)))
        for i in range(600)
    ]
    log = population(*people)
    found = discover_stages(log)
    truth = {name: name[:2] for name in log.event.values}

    assert len(log.event.values) > 300
    assert 4 <= len(found.groups) <= 8
    assert agreement_with(truth, log, found) >= 0.7


@pytest.mark.parametrize("people", [[], [a_person("one").did("view")], [a_person("one").did(*"abcdefghij")]])
def test_next_to_no_data_is_no_error(people):
    log = population(*people)
    found = discover_stages(log)

    assert sorted([c for group in found.groups for c in group] + list(found.unassigned)) == list(
        range(len(log.event.values))
    )


def test_fewer_stages_can_be_asked_for():
    truth = an_office(4, stages=6)

    assert len(discover_stages(truth.log, max_stages=4).groups) <= 4


def test_the_same_data_give_the_same_stages():
    truth = a_site(8, stages=5, people=200)

    assert discover_stages(truth.log) == discover_stages(truth.log)
