"""What happens in each deal of the SaaS story, from the first search to the renewal."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tropa.simulate import data_saas as n
from tropa.simulate.calendar import DAY, HOUR
from tropa.simulate.chance import MINUTE, Chance
from tropa.simulate.diary import END, SPLIT, Entry, second_of
from tropa.simulate.saas_deals import ECONOMIC, TECHNICAL, USER, Deal
from tropa.simulate.story_facts import ASSIGNED, CURED, USUAL

STEPS = ("demo", "offer", "contract", "invoice", "paid")
ARRIVALS = {"search": "search", "ads": "ad", "social": "social", "partners": "partner", "advice": "advice"}


@dataclass(slots=True)
class Course:
    """One deal as it went: the dates of its card in the CRM, and why it was lost."""

    deal: Deal
    dates: dict[str, int] = field(default_factory=dict)
    lost: str | None = None


@dataclass(slots=True)
class Chronicle:
    """All deals, and everything their people did; `who` of an entry is a contact."""

    entries: list[Entry] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    deal_of: dict[int, int] = field(default_factory=dict)


def run_deals(chance: Chance, deals: list[Deal]) -> Chronicle:
    """All deals, one after another."""
    told = Chronicle()
    for deal in deals:
        course = Course(deal)
        told.courses.append(course)
        told.deal_of |= {deal.first_contact + place: deal.number for place in range(len(deal.people))}
        _one_deal(chance, course, told)
    return told


def _add(
    told: Chronicle, deal: Deal, step: str, at: int, person: str = "", about: Mapping[str, str] | None = None
) -> None:
    """An event of the deal's first contact of this class, or of whoever began it."""
    place = deal.people.index(person) if person in deal.people else 0
    if (SPLIT if deal.begun >= SPLIT else 0) <= at < END:
        told.entries.append(Entry(deal.first_contact + place, step, at, about or {}))


def _one_deal(chance: Chance, course: Course, told: Chronicle) -> None:
    deal = course.deal
    at = _awareness(chance, deal, told)
    course.dates["created"] = at
    at = _tariffs(chance, deal, at, told)
    if not deal.goes_on:
        course.lost = "price" if deal.confused else chance.one_of(("price", "silence", "other"), (0.3, 0.45, 0.25))
        course.dates["closed"] = at + chance.about(16 * DAY, 0.4)
        return
    at = _trial(chance, course, at, told)
    at = _sale(chance, course, at, told)
    if deal.won:
        _use(chance, deal, at, told)


def _awareness(chance: Chance, deal: Deal, told: Chronicle) -> int:
    at = deal.begun
    _add(told, deal, ARRIVALS[deal.traits["source"]], at, about={"source": deal.traits["source"]})
    for step, share in (("article", n.ARTICLE), ("video", n.VIDEO), ("webinar", n.WEBINAR)):
        if chance.happens(share):
            at = chance.at_hours(at + chance.between(0, 3) * DAY, 10, 22) if step == "webinar" else at + 6 * MINUTE
            at = max(at, deal.begun + MINUTE)
            _add(told, deal, step, at)
    return at + chance.about(8 * MINUTE)


def _tariffs(chance: Chance, deal: Deal, at: int, told: Chronicle) -> int:
    """Looks at the tariffs once to three times or comes back to them again and again, in the same days; then decides."""
    half = {} if deal.cured is None else {ASSIGNED: CURED if deal.cured else USUAL}
    decided = at + DAY + chance.about(*n.DAYS_OF_COMPARING)
    looks = 4 + chance.between(0, 4) if deal.confused else 1 + chance.between(0, 3)
    moments = [at, *sorted(chance.between(at + HOUR, decided - HOUR) for _ in range(looks - 1))]
    for place, moment in enumerate(moments):
        person = chance.any_of(deal.people)
        _add(told, deal, "tariffs", moment, person, half)
        if chance.happens(n.COMPARE):
            _add(told, deal, "compare", moment + chance.about(5 * MINUTE, 0.3), person)
        if place == 0 and chance.happens(n.CASES):
            _add(told, deal, "cases", moment + chance.about(18 * MINUTE, 0.2), person)
    if chance.happens(n.CALCULATOR_CURED if deal.cured else n.CALCULATOR):
        _add(told, deal, "calculator", decided - chance.between(10, 50) * MINUTE, ECONOMIC)
    return decided


def _trial(chance: Chance, course: Course, at: int, told: Chronicle) -> int:
    """The trial begins, a manager answers, the team tries it."""
    deal = course.deal
    at = (at // DAY + 1) * DAY + chance.one_of(range(24), _HOUR_SHARES) * HOUR + at % HOUR
    _add(told, deal, "trial", at)
    course.dates["requested"] = at
    course.dates["answered"] = _answer(chance, at)
    for step, share, days in (("import", 0.7, 1), ("pipeline", 0.62, 2), ("colleagues", 0.5, 4)):
        if chance.happens(share):
            _add(told, deal, step, at + chance.about(days * DAY, 0.4), USER)
    return course.dates["answered"]


_HOUR_SHARES = tuple(share / sum(n.HOURS) for share in n.HOURS)


def _answer(chance: Chance, at: int) -> int:
    if at < second_of(n.LATE_SINCE) or chance.happens(n.STILL_FAST):
        return at + chance.about(*n.FIRST_ANSWER)
    late = at + chance.about(*n.FIRST_ANSWER_LATE)
    if late % DAY >= 19 * HOUR or late % DAY < 9 * HOUR:
        evening = late % DAY >= 19 * HOUR
        return late // DAY * DAY + (DAY if evening else 0) + 9 * HOUR + chance.between(5, 100) * MINUTE
    return late


def _sale(chance: Chance, course: Course, at: int, told: Chronicle) -> int:
    deal = course.deal
    taken = STEPS if deal.won else _until_lost(chance, deal, late=course.dates["requested"] >= second_of(n.LATE_SINCE))
    for step in taken:
        at = _step(chance, course, step, at, told)
        course.dates[step] = at
    if deal.won:
        course.dates["closed"] = at
        return at
    large = deal.traits["size"] == "large"
    if taken and taken[-1] == "offer" and large:
        at = _security(chance, course, at, told)
    stuck = "security" if large and len(taken) == 2 else "silence" if not taken else "budget"
    course.lost = stuck if chance.happens(0.75) else chance.one_of(("other", "silence"), (0.5, 0.5))
    course.dates["closed"] = at + chance.about(12 * DAY, 0.4)
    return at


def _until_lost(chance: Chance, deal: Deal, *, late: bool) -> tuple[str, ...]:
    """How far a deal goes that is not won."""
    shares = n.GO_ON if deal.met else n.UNMET_GO_ON
    taken: list[str] = []
    for step in STEPS[:-1]:
        share = shares[step] * (n.LATE_DEMO if step == "demo" and late else 1)
        if not chance.happens(share):
            break
        taken.append(step)
    return tuple(taken)


def _step(chance: Chance, course: Course, step: str, at: int, told: Chronicle) -> int:
    deal = course.deal
    match step:
        case "demo":
            at = chance.at_hours(at + chance.about(2 * DAY, 0.5), 10, 18)
            _add(told, deal, "demo", at, chance.any_of(deal.people))
            return at
        case "offer":
            return chance.at_hours(at + chance.about(3 * DAY, 0.5), 10, 18)
        case "contract":
            if deal.traits["size"] == "large":
                at = _security(chance, course, at, told)
            return chance.at_hours(at + chance.about(5 * DAY, 0.5), 10, 18)
        case "invoice":
            return at + chance.about(DAY, 0.5)
        case _:
            slow = deal.traits["contract"] == "own"
            return chance.at_hours(at + chance.about(*(n.PAYMENT_OWN if slow else n.PAYMENT)), 10, 18)


def _security(chance: Chance, course: Course, at: int, told: Chronicle) -> int:
    """The questions of information security: short with somebody technical at hand, long without."""
    deal = course.deal
    course.dates["security"] = at + chance.about(DAY, 0.3)
    if deal.met:
        _add(told, deal, "papers", course.dates["security"] + chance.about(6 * HOUR), TECHNICAL)
    done = course.dates["security"] + chance.about(*(n.SECURITY_DAYS if deal.met else n.SECURITY_DAYS_UNMET))
    course.dates["cleared"] = done
    return done


def _use(chance: Chance, deal: Deal, at: int, told: Chronicle) -> None:
    """Letters, the two steps, the team at work or not, and in the third month the renewal."""
    paid = at
    for place in range(n.LETTERS):
        _add(told, deal, "letter", paid + (1 + place) * DAY + chance.between(0, 3) * HOUR, USER)
    if not chance.happens(n.STEP_ONE):
        return
    at = paid + (n.LETTERS + 1) * DAY + chance.about(DAY, 0.5)
    _add(told, deal, "step_one", at, USER)
    ledger = deal.traits["integrations"] in n.WITH_LEDGER
    if chance.happens(n.DOCS):
        _add(told, deal, "docs", at + chance.about(HOUR), USER)
    at += chance.about(3 * DAY, 0.4)
    _add(told, deal, "step_two", at, TECHNICAL if TECHNICAL in deal.people else USER)
    if chance.happens(n.TICKETS):
        _ticket(chance, deal, at + chance.about(5 * HOUR), told)
    active = chance.happens(n.ACTIVATED_LEDGER if ledger else n.ACTIVATED)
    if active:
        _add(told, deal, "active", at + chance.about(5 * DAY, 0.35), USER)
        if chance.happens(0.5):
            _add(told, deal, "success", paid + chance.about(35 * DAY, 0.2), ECONOMIC)
    if chance.happens(n.STAY if active else n.STAY_IDLE):
        _add(told, deal, "renewal", paid + chance.about(*n.TO_RENEWAL), ECONOMIC)


def _ticket(chance: Chance, deal: Deal, at: int, told: Chronicle) -> None:
    subject = {"subject": chance.one_of(("ledger", "calls", "rights", "other"), (0.45, 0.2, 0.15, 0.2))}
    if deal.traits["integrations"] not in n.WITH_LEDGER:
        subject = {"subject": chance.one_of(("calls", "rights", "other"), (0.4, 0.25, 0.35))}
    for step, pause in (("ticket", 0), ("ticket_answered", 4 * HOUR), ("ticket_solved", DAY)):
        at += chance.about(pause, 0.7) if pause else 0
        _add(told, deal, step, at, USER, subject)
