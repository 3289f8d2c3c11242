"""The SaaS story as files: the CRM's deals and contacts, site and trial, calls, tickets, the survey, the visitors."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from tropa.simulate import data_saas as n
from tropa.simulate.chance import Chance
from tropa.simulate.diary import END, SPLIT, delivered, log_of, moment_of, table_of
from tropa.simulate.saas_path import Chronicle, Course
from tropa.simulate.story_facts import Delivery
from tropa.simulate.telling import TableWords, Telling
from tropa.simulate.workbook import Cell

CALLS = ("demo",)
TICKETS = ("ticket", "ticket_answered", "ticket_solved")
ELSEWHERE = (*CALLS, *TICKETS)
DATES = ("created", "answered", "offer", "security", "contract", "invoice", "paid", "closed")
KNOWN = ("source", "size", "industry", "integrations", "manager")
FIRST_DEAL, FIRST_CONTACT = 30_411, 70_203


def saas_files(
    telling: Telling, besides: Mapping[str, Any], told: Chronicle, delivery: Delivery, rng: np.random.Generator
) -> dict[str, bytes]:
    """The tables of one delivery: of the deals begun in its months."""
    chosen = [one for one in told.courses if (one.deal.begun < SPLIT) is (delivery is Delivery.BEFORE)]
    mine = {one.deal.number for one in chosen}
    entries = [one for one in told.entries if told.deal_of[one.who] in mine and delivered(one.at, delivery)]

    def log(words: TableWords, steps: Callable[[str], bool]) -> bytes:
        person, deal = words.heads["person"], words.heads["deal"]
        who = {one.who: {person: contact_id(one.who), deal: deal_id(told.deal_of[one.who])} for one in entries}
        return log_of(telling, words, (one for one in entries if steps(one.step)), who.__getitem__)

    return {
        telling.tables["deals"].file: _deals(telling, besides, chosen, delivery, rng),
        telling.tables["contacts"].file: _contacts(telling, besides, chosen, rng),
        telling.log.file: log(telling.log, lambda step: step not in ELSEWHERE),
        telling.tables["calls"].file: log(telling.tables["calls"], CALLS.__contains__),
        telling.tables["tickets"].file: log(telling.tables["tickets"], TICKETS.__contains__),
        telling.tables["visitors"].file: _visitors(telling, chosen, rng),
    }


def deal_id(number: int) -> str:
    """The CRM's number of a deal."""
    return str(FIRST_DEAL + number)


def contact_id(number: int) -> str:
    """The CRM's number of a contact."""
    return f"C{FIRST_CONTACT + number}"


def _deals(
    telling: Telling,
    besides: Mapping[str, Any],
    courses: Sequence[Course],
    delivery: Delivery,
    rng: np.random.Generator,
) -> bytes:
    end = SPLIT if delivery is Delivery.BEFORE else END
    companies = _companies(besides, len(courses), rng)
    columns: dict[str, Sequence[Cell]] = {
        "key": [deal_id(one.deal.number) for one in courses],
        "company": companies,
        "status": [_status(telling, one, end) for one in courses],
        "amount": [float(one.deal.seats * round(telling.prices["seat"])) for one in courses],
    }
    for step in DATES:
        columns[step] = [_date(one.dates.get(step), end) for one in courses]
    for name in KNOWN:
        columns[name] = [telling.values[name][one.deal.traits[name]] for one in courses]
    columns["contract_kind"] = [
        telling.values["contract_kind"][one.deal.traits["contract"]] if "contract" in one.dates else ""
        for one in courses
    ]
    columns["reason"] = [
        telling.values["reason"][one.lost] if one.lost and one.dates["closed"] < end else "" for one in courses
    ]
    return table_of(telling, "deals", columns)


def _date(at: int | None, end: int) -> Cell:
    return moment_of(at) if at is not None and at < end else None


def _status(telling: Telling, course: Course, end: int) -> str:
    names = telling.tables["deals"].statuses
    known = [step for step in DATES if step in course.dates and course.dates[step] < end]
    if "closed" in known:
        return names["lost" if course.lost else "paid"]
    return names[known[-1]] if known else names["created"]


def _companies(besides: Mapping[str, Any], count: int, rng: np.random.Generator) -> list[str]:
    forms, first, second = (besides["companies"][part] for part in ("forms", "first", "second"))
    picks = rng.integers(0, 10_000, size=(count, 3))
    return [forms[a % len(forms)].format(first[b % len(first)] + second[c % len(second)]) for a, b, c in picks.tolist()]


def _contacts(
    telling: Telling, besides: Mapping[str, Any], courses: Sequence[Course], rng: np.random.Generator
) -> bytes:
    chance = Chance(rng)
    people = [(one.deal, place) for one in courses for place in range(len(one.deal.people))]
    titles = besides["titles"]
    return table_of(
        telling,
        "contacts",
        {
            "key": [contact_id(deal.first_contact + place) for deal, place in people],
            "deal": [deal_id(deal.number) for deal, _ in people],
            "name": [_name(chance, besides["people"]) for _ in people],
            "title": [chance.any_of(titles[deal.people[place]]) for deal, place in people],
        },
    )


def _name(chance: Chance, people: Mapping[str, Sequence[str]]) -> str:
    half = chance.any_of(("women", "men"))
    return f"{chance.any_of(people[half])} {chance.any_of(people[f'{half}_last'])}"


def _visitors(telling: Telling, courses: Sequence[Course], rng: np.random.Generator) -> bytes:
    """How many came to the site by month and source, whoever they were: counted, not followed."""
    months: dict[tuple[str, str], int] = {}
    for one in courses:
        key = (f"{moment_of(one.deal.begun):%Y-%m}", one.deal.traits["source"])
        months[key] = months.get(key, 0) + 1
    ratio = n.VISITORS / n.DEALS
    keys = sorted(months)
    return table_of(
        telling,
        "visitors",
        {
            "month": [month for month, _ in keys],
            "source": [telling.values["source"][source] for _, source in keys],
            "visitors": [str(round(months[key] * ratio * (0.9 + 0.2 * rng.random()))) for key in keys],
        },
    )
