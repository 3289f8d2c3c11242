import re
from datetime import datetime

import numpy as np
import pytest

from tropa.domain.text import Language
from tropa.simulate import data_plants as n
from tropa.simulate.data_plants import What
from tropa.simulate.reviews import ReviewWriter, read_bank
from tropa.texts.lexicon import lexicon_of
from tropa.texts.touchpoints import known_touchpoints
from tropa.texts.words import words_of


@pytest.fixture(scope="module", params=list(Language))
def bank(request):
    return read_bank("plants", request.param.value)


def test_at_least_250_different_clauses_were_written(bank):
    assert len(set(bank.clauses)) >= 250


def test_most_clauses_on_a_touchpoint_avoid_the_words_of_the_shipped_dictionary(bank):
    lexicon = lexicon_of([(one.key, one.words) for one in known_touchpoints()])
    said = [clause for topic in bank.topics.values() if topic.touchpoint for clause in topic.clauses]
    plain = [clause for clause in said if lexicon.find(tuple(words_of(clause)))]
    assert 0.1 < len(plain) / len(said) <= 0.3


def test_every_slot_and_gender_of_every_clause_is_filled(bank):
    writer = ReviewWriter(bank, np.random.default_rng(1))
    texts = [writer.write(key).text for key in bank.topics for _ in range(60)]
    assert not any("{" in text or "}" in text for text in texts)
    for clause in bank.clauses:
        assert set(re.findall(r"{(\w+)}", clause)) <= {*bank.slots, *bank.genders}


def test_a_review_in_one_gender_does_not_change_it():
    writer = ReviewWriter(read_bank("plants", "ru"), np.random.default_rng(3))
    texts = [writer.write("dry_roots", "people_good").text for _ in range(200)]
    assert not any(re.search(r"\bждал\b", text) and re.search(r"\bждала\b", text) for text in texts)


def test_ninety_five_in_a_hundred_reviews_are_distinct(shop):
    texts = [review[0] for review in shop.reviews]
    assert len(texts) == pytest.approx(n.REVIEWS, rel=0.01)
    assert len(set(texts)) / len(texts) >= 0.95


def test_a_third_or_more_speaks_of_nothing_planted(shop):
    bank = read_bank("plants", shop.words.language.value)
    planted = sum(share for topic, share in n.REVIEW_TOPICS.items() if bank.topics[topic].planted)
    assert 0.30 <= 1 - planted / sum(n.REVIEW_TOPICS.values()) <= 0.40


def test_three_in_a_hundred_hold_a_name_with_a_telephone_or_an_address(shop):
    private = re.compile(r"@example\.|\+7|\+44|\b8 \(9|\b89\d{9}|\b0[17]\d{3} \d{6}")
    found = [review for review in shop.reviews if private.search(review[0])]
    assert 0.008 <= len(found) / len(shop.reviews) <= 0.05


def test_complaints_of_the_late_price_come_after_it_and_from_those_concerned(shop):
    bank = read_bank("plants", shop.words.language.value)
    unslotted = [re.split(r"{\w+}", clause) for clause in bank.topics["late_price"].clauses]
    telling = [max(parts, key=len).strip() for parts in unslotted]
    telling = [part for part in telling if len(part) > 18]
    groups = {row[0]: (row[5], row[4]) for row in shop.rows if row[1] == shop.event(What.CHECKOUT)}
    found = [review for review in shop.reviews if any(part in review[0] for part in telling)]
    assert len(found) > 40
    pattern = shop.words.reviews.day
    days = [datetime.strptime(review[2], pattern).date() for review in found]
    assert min(days) >= n.PRICE_LATE_SINCE
    signed = {groups[review[4]] for review in found if review[4]}
    assert signed == {(shop.words.regions[n.FAR_REGION], shop.words.devices[n.MOBILE])}


def test_marks_agree_with_words_more_often_than_not(bank):
    writer = ReviewWriter(bank, np.random.default_rng(5))
    praise = np.mean([writer.write("packing_good").rating for _ in range(300)])
    blame = np.mean([writer.write("dry_roots").rating for _ in range(300)])
    mixed = np.mean([writer.write("dry_roots", "packing_good").rating for _ in range(300)])
    assert praise > 4.4
    assert blame < 2.3
    assert blame < mixed < praise


def test_sources_marks_and_customers_are_missing_now_and_then(shop):
    marks = [review[1] for review in shop.reviews]
    clients = [review[4] for review in shop.reviews]
    assert set(marks) == {"", "1", "2", "3", "4", "5"}
    assert 0.01 < marks.count("") / len(marks) < 0.06
    assert 0.45 < clients.count("") / len(clients) < 0.65
    assert {review[3] for review in shop.reviews} == set(shop.words.reviews.sources)
