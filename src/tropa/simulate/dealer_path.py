"""What each buyer of the dealer story does, from the first look at advertisements to the next car."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tropa.simulate import data_dealer as n
from tropa.simulate.calendar import DAY, HOUR
from tropa.simulate.chance import MINUTE, Chance
from tropa.simulate.dealer_people import Buyer
from tropa.simulate.diary import END, SPLIT, Entry, second_of
from tropa.simulate.story_facts import ASSIGNED, CURED, USUAL

PER_CENT_OVER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A sold car: agreed on, handed over."""

    who: int
    agreed: int
    handed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit for the service: when the buyer came, was received and got the car back; sums in whole units."""

    who: int
    nth: int
    slot: str
    came: int
    received: int
    returned: int
    estimate: int
    bill: int
    over: bool


@dataclass(slots=True)
class History:
    """Everything that happened, and the sales and service visits apart."""

    entries: list[Entry] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)


def live(chance: Chance, buyers: list[Buyer], *, price: float) -> History:
    """All buyers, one after another; `price` is a usual bill of the service."""
    history = History()
    for buyer in buyers:
        _before_buying(chance, buyer, history)
        handed = _buying(chance, buyer, history)
        _first_months(chance, buyer, handed, history)
        _tyres(chance, buyer, handed, history)
        _service(chance, buyer, history, price=price)
    return history


def _add(history: History, buyer: Buyer, step: str, at: int, about: Mapping[str, str] | None = None) -> None:
    if (SPLIT if buyer.bought >= SPLIT else 0) <= at < END:
        history.entries.append(Entry(buyer.number, step, at, about or {}))


def _before_buying(chance: Chance, buyer: Buyer, history: History) -> None:
    about = {"channel": buyer.channel}
    at = buyer.bought - min(chance.about(*n.LEAD_DAYS), 150 * DAY)
    for step, at in _looking(chance, at, buyer.bought - 6 * HOUR):
        _add(history, buyer, step, at, about)
    day = buyer.bought // DAY * DAY
    first_visit = day - chance.between(1, 9) * DAY + chance.between(10 * HOUR, 19 * HOUR)
    if chance.happens(n.SHOWROOM_CALL):
        _add(history, buyer, "showroom_call", first_visit - chance.between(3, 40) * HOUR, about)
    _add(history, buyer, "showroom", first_visit)
    _add(history, buyer, "salesman", first_visit + chance.about(6 * MINUTE))
    if chance.happens(n.TEST_DRIVE):
        _add(history, buyer, "test_drive", first_visit + chance.about(40 * MINUTE, 0.3))
    if chance.happens(n.TRADE_IN):
        _add(history, buyer, "trade_in", first_visit + chance.about(95 * MINUTE, 0.3))


def _looking(chance: Chance, at: int, until: int) -> Iterator[tuple[str, int]]:
    """Advertisements, the price of one's own car, the dealer's site: at leisure, and in this order mostly."""
    steps = ["own_price"] if chance.happens(n.OWN_PRICE) else []
    steps += ["classifieds"] * (chance.between(1, 4) if chance.happens(n.ADS) else 0)
    steps += ["site"] if chance.happens(n.SITE) else []
    steps += ["model"] * (chance.between(1, 4) if chance.happens(n.MODEL_PAGE) else 0)
    steps += ["calculator"] if chance.happens(n.CALCULATOR) else []
    pace = max(until - at - 9 * DAY, DAY) // (len(steps) + 1)
    for step in steps:
        at += chance.about(max(pace, HOUR), 0.5)
        if at < until - 9 * DAY:
            yield step, chance.at_hours(at, 9, 23)


def _buying(chance: Chance, buyer: Buyer, history: History) -> int:
    handed = chance.at_hours(buyer.bought + DAY + chance.about(*n.HANDOVER_DAYS), 10, 20)
    history.sales.append(Sale(who=buyer.number, agreed=buyer.bought, handed=handed))
    return handed


def _first_months(chance: Chance, buyer: Buyer, handed: int, history: History) -> None:
    if chance.happens(n.CARE_CALL):
        _add(history, buyer, "care_call", chance.at_hours(handed + chance.about(7 * DAY, 0.2), 11, 18))
    if chance.happens(n.SERVICE_BOOK):
        _add(history, buyer, "service_book", chance.at_hours(handed + DAY + chance.about(3 * DAY, 0.5), 9, 23))
    if chance.happens(n.TRADES_AGAIN):
        _add(history, buyer, "trade_again", chance.at_hours(handed + chance.about(270 * DAY, 0.25), 10, 20))


def _tyres(chance: Chance, buyer: Buyer, handed: int, history: History) -> None:
    for first in map(second_of, n.TYRES):
        if handed < first and not buyer.remote and chance.happens(n.TYRES_HERE):
            at = chance.at_hours(first + chance.between(0, n.TYRE_DAYS) * DAY, 9, 19)
            if chance.happens(n.CALLS_FOR_TYRES):
                _calls(chance, buyer, at - chance.between(2, 8) * DAY, history)
            _add(history, buyer, "tyres", at)


def _service(chance: Chance, buyer: Buyer, history: History, *, price: float) -> None:
    invited = {"invited": "sent" if buyer.invited else "none"}
    if buyer.invited:
        _add(history, buyer, "invitation", chance.at_hours(buyer.due - chance.between(2, 8) * DAY, 10, 18), invited)
    due = buyer.due // DAY * DAY + 8 * HOUR
    half = {} if buyer.cured is None else {ASSIGNED: CURED if buyer.cured else USUAL}
    _add(history, buyer, "due", due, invited | half)
    if not buyer.returns:
        if chance.happens(n.CALLS_AND_STAYS_AWAY):
            _calls(chance, buyer, due + chance.between(1, 30) * DAY, history)
        return
    came = due + min(DAY + chance.about(*n.DAYS_TO_COME), n.MOST_DAYS_TO_COME)
    for nth in (1, 2, 3):
        visit = _visit(chance, buyer, came, nth, history, price=price)
        if not chance.happens(_comes_again(visit)):
            break
        came = visit.returned + chance.about(*(n.DAYS_TO_SECOND if nth == 1 else n.DAYS_TO_THIRD))


def _comes_again(visit: Visit) -> float:
    if visit.nth == 1:
        return n.SECOND_VISIT_CROWDED if visit.slot in n.CROWDED else n.SECOND_VISIT
    return n.THIRD_VISIT_OVER if visit.over else n.THIRD_VISIT


def _visit(chance: Chance, buyer: Buyer, day: int, nth: int, history: History, *, price: float) -> Visit:
    booked = day - chance.between(20, 60) * HOUR
    if chance.happens(n.CALLS_TO_COME):
        booked = _calls(chance, buyer, booked, history)
    else:
        _add(history, buyer, "online_booking", booked - MINUTE)
    booked += chance.about(3 * MINUTE, 0.3)
    _add(history, buyer, "booked", booked)
    slot = chance.one_of(list(n.SLOT), list(n.SLOT.values()))
    came = _in_slot(chance, max(day, booked + 4 * HOUR), slot)
    received = came + chance.about(*(n.WAIT_CROWDED if slot in n.CROWDED else n.WAIT))
    estimate = round(chance.about(price, 0.3), -2)
    over = chance.happens(n.OVER_ESTIMATE)
    bill = round(estimate * (chance.between(128, 146) / PER_CENT_OVER if over else 1))
    visit = Visit(
        who=buyer.number,
        nth=nth,
        slot=slot,
        came=came,
        received=received,
        returned=received + chance.about(*n.WORK),
        estimate=estimate,
        bill=bill,
        over=over,
    )
    history.visits.append(visit)
    return visit


def _in_slot(chance: Chance, day: int, slot: str) -> int:
    """The next moment of this kind: on a working day by daylight or after 17:00, or on a Saturday."""
    day = day // DAY + 1
    weekday = (day + 1) % 7  # the first day of all is a Tuesday
    if slot == "saturday":
        return (day + (5 - weekday) % 7) * DAY + chance.between(9 * HOUR, 15 * HOUR)
    day += max(0, 7 - weekday) if weekday > 4 else 0
    hours = (17, 19) if slot == "evening" else (9, 16)
    return day * DAY + chance.between(hours[0] * HOUR, hours[1] * HOUR)


def _calls(chance: Chance, buyer: Buyer, at: int, history: History) -> int:
    """Calls to the service until somebody answers or the buyer has had enough: the moment of the last one."""
    while True:
        hours = chance.one_of(list(n.CALL_HOURS), list(n.CALL_HOURS.values()))
        first, last = n.HOURS_OF[hours]
        at = at // DAY * DAY + chance.between(first * HOUR, last * HOUR - 10 * MINUTE)
        _add(history, buyer, "dialled", at, {"hours": hours})
        late = at >= second_of(n.UNANSWERED_SINCE) and hours == "9_10"
        missed = chance.happens(n.UNANSWERED_MORNING if late else n.UNANSWERED)
        _add(history, buyer, "missed" if missed else "answered", at + chance.about(2 * MINUTE, 0.3), {"hours": hours})
        if not missed or not chance.happens(n.CALLS_AGAIN):
            return at
        at += chance.between(2, 4) * DAY
