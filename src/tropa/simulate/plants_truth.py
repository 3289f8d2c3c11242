"""What is planted in the plants story, in the words of one telling."""

from tropa.simulate import data_plants as n
from tropa.simulate.business import Cured, Decoy, Happening, Planted, Truth
from tropa.simulate.data_plants import What
from tropa.simulate.plants_words import Head, PlantsWords
from tropa.simulate.story_facts import Delivery


def plants_truth(words: PlantsWords, *, seed: int, delivery: Delivery) -> Truth:
    """All planted problems and decoys."""
    return Truth(
        story="plants",
        language=words.language,
        seed=seed,
        same_property={
            words.header[Head.GOODS]: (words.orders.header[6],),
            words.header[Head.CARRIER]: (words.orders.header[7],),
        },
        planted=(_late_price(words), _climate(words), _saplings(words), _guests(words), _no_message(words)),
        decoys=() if delivery is Delivery.AFTER else _decoys(words),
        cures=_cures(words) if delivery is Delivery.AFTER else (),
    )


def _late_price(words: PlantsWords) -> Planted:
    checkout = (words.events[What.CHECKOUT], words.events[What.DELIVERY])
    return Planted(
        code="P1",
        kind=("drop_off", "segment_gap", "change"),
        stage=words.said["P1"].stage,
        at=Happening(event=checkout, to_event=(words.events[What.PAYMENT], *words.order_codes["created"])),
        segment={
            words.header[Head.REGION]: (words.regions[n.FAR_REGION],),
            words.header[Head.DEVICE]: (words.devices[n.MOBILE],),
        },
        since=n.PRICE_LATE_SINCE,
        unit="share",
        usual=n.TO_PAYMENT,
        harmed=n.TO_PAYMENT_LATE_PRICE,
        words=words.said["P1"].words,
    )


def _climate(words: PlantsWords) -> Planted:
    looking = (words.events[What.CARD], words.events[What.CATALOG])
    return Planted(
        code="P2",
        kind=("loop", "drop_off", "segment_gap"),
        stage=words.said["P2"].stage,
        at=Happening(event=looking, to_event=(*looking, words.events[What.TO_CART])),
        segment={words.header[Head.REGION]: tuple(words.regions[number] for number in n.COLD_REGIONS)},
        since=None,
        unit="share",
        usual=n.TO_CART,
        harmed=n.TO_CART_COLD,
        words=words.said["P2"].words,
    )


def _saplings(words: PlantsWords) -> Planted:
    return Planted(
        code="P3",
        kind=("slow",),
        stage=words.said["P3"].stage,
        at=Happening(
            event=(words.events[What.PAYMENT], *words.order_codes["created"]), to_event=words.order_codes["dispatched"]
        ),
        segment={words.header[Head.GOODS]: (words.goods[n.SAPLINGS],)},
        since=None,
        until=n.SAPLINGS_LAST,
        unit="days",
        usual=n.DAYS_TO_DISPATCH[0],
        harmed=n.DAYS_TO_DISPATCH_SAPLINGS[0],
        words=words.said["P3"].words,
    )


def _guests(words: PlantsWords) -> Planted:
    bought = (words.events[What.PAYMENT], *words.order_codes["created"], *words.order_codes["delivered"])
    care = (words.events[What.CARE_LETTER], words.events[What.CARE_PAGE])
    return Planted(
        code="P4",
        kind=("drop_off", "segment_gap", "missing_stage", "dead_end"),
        stage=words.said["P4"].stage,
        at=Happening(event=bought, to_event=(*bought, *care, words.events[What.REORDER])),
        segment={words.header[Head.ACCOUNT]: (words.accounts[n.GUEST],)},
        since=None,
        unit="share",
        usual=n.SECOND_ORDER[n.ACCOUNT],
        harmed=n.SECOND_ORDER[n.GUEST],
        words=words.said["P4"].words,
    )


def _no_message(words: PlantsWords) -> Planted:
    return Planted(
        code="P5",
        kind=("missing_stage", "drop_off", "segment_gap", "change", "pain", "handover"),
        stage=words.said["P5"].stage,
        at=Happening(
            event=(*words.order_codes["dispatched"], words.events[What.PAYMENT], *words.order_codes["created"]),
            to_event=(words.events[What.TRACK_SMS], words.events[What.CHAT]),
        ),
        segment={words.header[Head.CARRIER]: (words.carriers[n.SILENT_CARRIER],)},
        since=n.NO_SMS_SINCE,
        unit="share",
        usual=n.CHAT_WHILE_WAITING,
        harmed=n.CHAT_WITHOUT_SMS,
        words=words.said["P5"].words,
    )


def _cures(words: PlantsWords) -> tuple[Cured, ...]:
    paid = (words.events[What.PAYMENT], *words.order_codes["created"])
    pairs = (
        ("C1", (words.events[What.SITE_VISIT],), n.CURED_CONVERSION),
        ("C2", (words.events[What.TO_CART],), n.CURED_RETURNED_CARTS),
    )
    return tuple(
        Cured(
            code=code,
            property=words.assigned.head,
            cured=words.assigned.cured,
            usual=words.assigned.usual,
            of=of,
            to=paid,
            times=times,
            gain=None,
            words=words.said[code].words,
        )
        for code, of, times in pairs
    )


def _decoys(words: PlantsWords) -> tuple[Decoy, ...]:
    return (
        Decoy(code="D1", first=n.LOW_SEASON_FIRST, last=n.LOW_SEASON_LAST, words=words.said["D1"].words),
        Decoy(
            code="D2",
            first=n.PROMO_FIRST,
            last=n.PROMO_LAST,
            segment={words.header[Head.CHANNEL]: (words.channels[n.PROMOTED],)},
            words=words.said["D2"].words,
        ),
    )
