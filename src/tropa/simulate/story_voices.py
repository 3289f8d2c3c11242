"""What a story's customers say: reviews by occasion, answers of a survey, requests to support."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.simulate.calendar import DAY, HOUR, lognormal
from tropa.simulate.eventtable import Column, words_of
from tropa.simulate.reviews import ANY, BAD, GOOD, ReviewBank, ReviewWriter, Topic, Written
from tropa.simulate.scenario import event_names, values_of
from tropa.simulate.scenario_paths import NEVER
from tropa.simulate.scenario_people import day_number, members
from tropa.simulate.story_exports import Told, dated, written
from tropa.simulate.story_facts import ASSIGNED, CURED, Occasion, Survey
from tropa.simulate.workbook import Cell

GIVES_NUMBER = 0.45
NO_RATING = 0.03
TWO_MATTERS = 0.28
ORDINARY_LAG = (4.0, 1.1)
OTHER_TONES: Mapping[str, float] = {GOOD: 0.66, BAD: 0.2, ANY: 0.14}
EXPLAINS = 0.35
OF_THE_WEB = "utf-8"  # what people write has glyphs that old encodings lack
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One review with its day (from the first) and its author."""

    written: Written
    day: int
    person: int


def befallen(told: Told, one: Occasion) -> tuple[Column, Column]:
    """Whom it befell, and when: attempts and seconds."""
    place = told.scenario.step_number(one.at) or 0
    at = np.concatenate([wave.at for wave in told.ways.waves], axis=1)
    struck = (at[place] != NEVER) & (at[place] < told.scenario.days * DAY)
    struck &= members(told.scenario, told.ways.attempts.traits, values_of(one.group))
    if one.since is not None:
        struck &= at[place] >= day_number(told.scenario, one.since) * DAY
    if one.until is not None:
        struck &= at[place] < day_number(told.scenario, one.until) * DAY
    if one.left and place + 1 < len(at):
        struck &= at[place + 1] == NEVER
    return np.flatnonzero(struck), at[place][struck]


def draw_reviews(rng: np.random.Generator, told: Told, bank: ReviewBank, count: int) -> tuple[Said, ...]:
    """So many reviews by day: their matters in the story's shares, their authors among those befallen."""
    writer = ReviewWriter(bank, rng)
    spoken = told.facts.spoken
    shares = matters(bank, {code: one.share for code, one in spoken.items()})
    names = list(shares)
    beside = [name for name in names if _code(bank.topics[name], spoken) is None and bank.topics[name].tone != ANY]
    everyone = befallen(told, Occasion(at=told.facts.ordinary, share=1.0))
    groups = {code: befallen(told, one) for code, one in spoken.items()}
    said = []
    for place in rng.choice(len(names), size=count, p=list(shares.values())).tolist():
        topic = bank.topics[names[place]]
        code = _code(topic, spoken)
        rows, at = groups[code] if code else everyone
        if not len(rows):
            continue
        chosen = int(rng.integers(len(rows)))
        lag = max(1, round(float(lognormal(rng, spoken[code].days if code else ORDINARY_LAG, 1)[0])))
        other = beside[int(rng.integers(len(beside)))] if rng.random() < TWO_MATTERS else None
        words = writer.write(topic.key, other if other != topic.key else None)
        day = min(int(at[chosen]) // DAY + lag, told.scenario.days - 1)
        said.append(Said(written=words, day=day, person=int(told.ways.attempts.person[rows[chosen]])))
    return tuple(sorted(said, key=lambda one: one.day))


def _code(topic: Topic, spoken: Mapping[str, Occasion]) -> str | None:
    """What the story says of the topic: by the problem that it complains of, else by its own key."""
    return next((one for one in (topic.planted, topic.key) if one in spoken), None)


def matters(bank: ReviewBank, spoken: Mapping[str, float]) -> dict[str, float]:
    """The share of each topic: what the story says, the rest by tone; complaints of what it does not plant are left out."""
    shares: dict[str, float] = {}
    rest = 1 - sum(spoken.values())
    free = [one for one in bank.topics.values() if one.planted is None and one.key not in spoken]
    for topic in bank.topics.values():
        if topic.key in spoken:
            shares[topic.key] = spoken[topic.key]
        elif topic.planted in spoken:
            alike = [one for one in bank.topics.values() if one.planted == topic.planted]
            shares[topic.key] = spoken[topic.planted] / len(alike)
        elif topic.planted is None:
            shares[topic.key] = rest * OTHER_TONES[topic.tone] / sum(one.tone == topic.tone for one in free)
    total = sum(shares.values())
    return {key: share / total for key, share in shares.items()}


def reviews_file(rng: np.random.Generator, told: Told, said: Sequence[Said]) -> bytes:
    """The table of reviews: not every one has a mark, and fewer than half have the client's number."""
    words, places = told.telling.tables["reviews"], told.telling.sources
    marks, sources, people = [], [], []
    for one in said:
        marks.append("" if rng.random() < NO_RATING else str(one.written.rating))
        sources.append(list(places)[int(rng.choice(len(places), p=list(places.values())))])
        people.append(told.ids[one.person] if rng.random() < GIVES_NUMBER else "")
    columns: dict[str, Sequence[Cell]] = {
        words.heads["text"]: [one.written.text for one in said],
        words.heads["rating"]: marks,
        words.heads["day"]: _days(told, [one.day for one in said]),
        words.heads["source"]: sources,
        words.heads["person"]: people,
    }
    return written(words.file, columns, replace(told.telling.shape, encoding=OF_THE_WEB))


def _days(told: Told, days: Sequence[int]) -> list[str]:
    start = np.datetime64(told.scenario.first, "D")
    return [day.strftime(told.telling.shape.day) for day in (start + np.array(days, dtype="timedelta64[D]")).tolist()]


def survey_file(rng: np.random.Generator, told: Told, survey: Survey, bank: ReviewBank) -> bytes:
    """Answers by day. The NPS of each group comes out as planted, to the last answer."""
    rows, at = befallen(told, Occasion(at=survey.at, share=1.0))
    chosen = np.sort(rng.choice(len(rows), size=min(survey.answers, len(rows)), replace=False))
    rows, at = rows[chosen], at[chosen]
    marks = np.zeros(len(rows), dtype=np.int64)
    for group, nps in _by_group(told, survey, rows):
        marks[group] = _marks(rng, int(group.sum()), nps)
    lag = np.maximum(1, lognormal(rng, survey.days, len(rows))).astype(np.int64)
    days = np.minimum(at // DAY + lag, told.scenario.days - 1)
    order = np.argsort(days, kind="stable")
    words = told.telling.tables["survey"]
    columns: dict[str, Sequence[Cell]] = {
        words.heads["day"]: _days(told, days[order].tolist()),
        words.heads["person"]: words_of(told.ids, told.ways.attempts.person[rows[order]]),
        words.heads["mark"]: [str(mark) for mark in marks[order].tolist()],
        words.heads["why"]: _reasons(rng, told, bank, marks[order]),
    }
    return written(words.file, columns, replace(told.telling.shape, encoding=OF_THE_WEB))


def _by_group(told: Told, survey: Survey, rows: Column) -> Iterator[tuple[Flags, float]]:
    """Those who answer, by how happy they are: the lower group and the others, the cured and the others."""
    traits = told.ways.attempts.traits[:, rows]
    lower = (
        members(told.scenario, traits, values_of(survey.lower[0])) if survey.lower else np.zeros(len(rows), np.bool_)
    )
    cured = np.zeros(len(rows), dtype=np.bool_)
    if any(one.name == ASSIGNED for one in told.scenario.properties):
        cured = members(told.scenario, traits, {ASSIGNED: (CURED,)})
    share = max(float(cured.mean()), 0.01)
    for is_lower in (True, False):
        nps = survey.lower[1] if is_lower and survey.lower else survey.nps
        for is_cured in (True, False):
            yield (lower == is_lower) & (cured == is_cured), nps + (survey.gain / share if is_cured else 0.0)


def _marks(rng: np.random.Generator, count: int, nps: float) -> Column:
    """Marks from 0 to 10 in such numbers that the NPS comes out."""
    critics = round(count * max(0.08, (62 - nps) / 200))
    fans = min(count - critics, critics + round(count * nps / 100))
    marks = np.concatenate(
        [
            rng.choice((9, 10), size=fans, p=(0.45, 0.55)),
            rng.choice((7, 8), size=count - fans - critics, p=(0.4, 0.6)),
            rng.choice(7, size=critics, p=(0.06, 0.05, 0.07, 0.12, 0.16, 0.28, 0.26)),
        ]
    )
    rng.shuffle(marks)
    return marks.astype(np.int64)


def _reasons(rng: np.random.Generator, told: Told, bank: ReviewBank, marks: Column) -> list[str]:
    """Some say why: those who praise, of what is good, those who do not, of what is planted for all times."""
    writer = ReviewWriter(replace(bank, whole={}), rng)
    good = [one.key for one in bank.topics.values() if one.tone == GOOD]
    lasting = {code for code, one in told.facts.spoken.items() if one.since is None}
    bad = [one.key for one in bank.topics.values() if one.tone == BAD and (one.planted or "") in {*lasting, ""}]
    reasons = []
    for mark in marks.tolist():
        topics = good if mark >= 9 else bad
        say = bool(topics) and rng.random() < EXPLAINS
        reasons.append(writer.write(topics[int(rng.integers(len(topics)))]).text if say else "")
    return reasons


def tickets_file(rng: np.random.Generator, told: Told) -> bytes:
    """Requests to support by time: whose, when opened and closed, on what."""
    names = event_names(told.scenario)
    words = told.telling.tables["tickets"]
    rows = np.flatnonzero(np.isin(told.ways.code, [names.index(one) for one in told.facts.tickets]))
    at = told.ways.at[rows]
    closed = at + (lognormal(rng, (5.0, 0.9), len(rows)) * HOUR).astype(np.int64)
    closed = np.where(closed < told.scenario.days * DAY, closed, NEVER)
    subjects = list(words.subjects)
    columns: dict[str, Sequence[Cell]] = {
        words.heads["key"]: [words.number.format(number) for number in range(1, len(rows) + 1)],
        words.heads["person"]: words_of(told.ids, told.ways.person[rows]),
        words.heads["opened"]: dated(told.scenario, at),
        words.heads["closed"]: dated(told.scenario, closed),
        words.heads["subject"]: [subjects[int(n)] for n in rng.integers(len(subjects), size=len(rows))],
    }
    return written(words.file, columns, told.telling.shape)
