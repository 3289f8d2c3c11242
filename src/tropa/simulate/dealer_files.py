"""The dealer story as files: what its site and CRM, telephony, sales and service would export."""

from collections.abc import Sequence

from tropa.simulate.dealer_path import History
from tropa.simulate.dealer_people import Buyer
from tropa.simulate.diary import delivered, log_of, moment_of, table_of
from tropa.simulate.story_facts import Delivery
from tropa.simulate.telling import Telling

CALLS = ("dialled", "answered", "missed")
KNOWN_AT_SALE = ("model", "condition", "payment", "distance", "mileage", "age")
KINDS = ("first", "second", "third")
FIRST_SALE, FIRST_ORDER, NEXT_DELIVERY = 41_207, 10_518, 20_000


def dealer_files(
    telling: Telling, ids: Sequence[str], buyers: Sequence[Buyer], history: History, delivery: Delivery
) -> dict[str, bytes]:
    """The tables of one delivery."""
    entries = [one for one in history.entries if delivered(one.at, delivery)]
    log, calls = telling.log, telling.tables["calls"]
    return {
        log.file: log_of(
            telling,
            log,
            (one for one in entries if one.step not in CALLS),
            lambda who: {log.heads["person"]: ids[who]},
        ),
        calls.file: log_of(
            telling,
            calls,
            (one for one in entries if one.step in CALLS),
            lambda who: {calls.heads["person"]: ids[who]},
        ),
        telling.tables["sales"].file: _sales(telling, ids, buyers, history, delivery),
        telling.tables["services"].file: _services(telling, ids, history, delivery),
    }


def _numbers(telling: Telling, key: str, first: int, count: int, delivery: Delivery) -> list[str]:
    first += NEXT_DELIVERY if delivery is Delivery.AFTER else 0
    return [telling.tables[key].number.format(number) for number in range(first, first + count)]


def _sales(
    telling: Telling, ids: Sequence[str], buyers: Sequence[Buyer], history: History, delivery: Delivery
) -> bytes:
    sold = sorted((one for one in history.sales if delivered(one.agreed, delivery)), key=lambda one: one.agreed)
    traits = {name: [telling.values[name][buyers[one.who].traits[name]] for one in sold] for name in KNOWN_AT_SALE}
    prices = [telling.prices[buyers[one.who].traits["condition"]] for one in sold]
    return table_of(
        telling,
        "sales",
        {
            "key": _numbers(telling, "sales", FIRST_SALE, len(sold), delivery),
            "person": [ids[one.who] for one in sold],
            "agreed": [moment_of(one.agreed) for one in sold],
            "handed": [moment_of(one.handed) if delivered(one.handed, delivery) else None for one in sold],
            "amount": [
                round(price * (0.75 + one.who * 37 % 100 / 200), -3) for one, price in zip(sold, prices, strict=True)
            ],
            **traits,
        },
    )


def _services(telling: Telling, ids: Sequence[str], history: History, delivery: Delivery) -> bytes:
    made = sorted((one for one in history.visits if delivered(one.came, delivery)), key=lambda one: one.came)
    return table_of(
        telling,
        "services",
        {
            "key": _numbers(telling, "services", FIRST_ORDER, len(made), delivery),
            "person": [ids[one.who] for one in made],
            "came": [moment_of(one.came) for one in made],
            "received": [moment_of(one.received) for one in made],
            "returned": [moment_of(one.returned) for one in made],
            "estimate": [float(one.estimate) for one in made],
            "bill": [float(one.bill) for one in made],
            "kind": [telling.values["kind"][KINDS[one.nth - 1]] for one in made],
            "slot": [telling.values["slot"][one.slot] for one in made],
            "over": [telling.values["over"]["yes" if one.over else "no"] for one in made],
        },
    )
