"""Reviews of a story told as a diary: written by those whom something befell, some days later."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from tropa.simulate.calendar import DAY
from tropa.simulate.diary import END, SPLIT, moment_of, table_of
from tropa.simulate.reviews import ANY, BAD, GOOD, ReviewBank, ReviewWriter
from tropa.simulate.story_facts import Delivery
from tropa.simulate.story_voices import EXPLAINS, GIVES_NUMBER, NO_RATING, TWO_MATTERS, Said, matters
from tropa.simulate.telling import Telling

Befallen = Mapping[str, Sequence[tuple[int, int]]]
"""For each planted code whom it befell and when; under the empty code everybody else who may write."""
DAYS_LATER = (3.0, 0.9)
WITH_GLYPHS = "utf-8-sig"
SURVEY_AFTER = 30 * DAY
MARKS = (0.02, 0.01, 0.02, 0.03, 0.04, 0.07, 0.08, 0.14, 0.20, 0.20, 0.19)


def draw_reviews(
    rng: np.random.Generator,
    bank: ReviewBank,
    befallen: Befallen,
    shares: Mapping[str, float],
    count: int,
    *,
    delivery: Delivery,
) -> list[Said]:
    """So many reviews by day: what is planted in these shares, the rest of other matters."""
    writer = ReviewWriter(bank, rng)
    topics = matters(bank, shares)
    names = list(topics)
    beside = [name for name in names if bank.topics[name].planted is None and bank.topics[name].tone != ANY]
    last = (SPLIT if delivery is Delivery.BEFORE else END) // DAY - 1
    said = []
    for place in rng.choice(len(names), size=count, p=list(topics.values())).tolist():
        topic = bank.topics[names[place]]
        people = befallen.get(topic.planted or "") or befallen[""]
        if not people:
            continue
        who, at = people[int(rng.integers(len(people)))]
        lag = max(1, round(DAYS_LATER[0] * float(np.exp(DAYS_LATER[1] * rng.standard_normal()))))
        other = beside[int(rng.integers(len(beside)))] if beside and rng.random() < TWO_MATTERS else None
        words = writer.write(topic.key, other if other != topic.key else None)
        said.append(Said(written=words, day=min(at // DAY + lag, last), person=who))
    return sorted(said, key=lambda one: one.day)


def reviews_of(
    rng: np.random.Generator, telling: Telling, said: Sequence[Said], ids: Sequence[str], *, key: str = "reviews"
) -> bytes:
    """The table of reviews: not every one has a mark, and fewer than half say who wrote it."""
    places = telling.sources
    return table_of(
        telling,
        key,
        {
            "text": [one.written.text for one in said],
            "rating": ["" if rng.random() < NO_RATING else str(one.written.rating) for one in said],
            "day": [moment_of(one.day * DAY).strftime(telling.shape.day) for one in said],
            "source": [list(places)[int(rng.choice(len(places), p=list(places.values())))] for _ in said],
            "person": [ids[one.person] if rng.random() < GIVES_NUMBER else "" for one in said],
        },
        encoding=WITH_GLYPHS,
    )


def survey_of(
    rng: np.random.Generator,
    telling: Telling,
    bank: ReviewBank,
    people: Sequence[tuple[int, int]],
    ids: Sequence[str],
    *,
    count: int,
) -> bytes:
    """Answers to “would you recommend us”, 0 to 10, some weeks after; a third say why."""
    writer = ReviewWriter(replace(bank, whole={}), rng)
    chosen = sorted((people[int(place)] for place in rng.permutation(len(people))[:count]), key=lambda one: one[1])
    marks = [int(rng.choice(11, p=MARKS)) for _ in chosen]
    return table_of(
        telling,
        "survey",
        {
            "day": [moment_of(at + SURVEY_AFTER).strftime(telling.shape.day) for _, at in chosen],
            "person": [ids[who] for who, _ in chosen],
            "mark": [str(mark) for mark in marks],
            "why": [_reason(rng, writer, bank, mark) for mark in marks],
        },
        encoding=WITH_GLYPHS,
    )


def _reason(rng: np.random.Generator, writer: ReviewWriter, bank: ReviewBank, mark: int) -> str:
    tone = GOOD if mark >= 8 else BAD
    topics = [one.key for one in bank.topics.values() if one.tone == tone and one.planted is None]
    if not topics or rng.random() > EXPLAINS:
        return ""
    return writer.write(topics[int(rng.integers(len(topics)))]).text
