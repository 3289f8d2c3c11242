"""The numbers of the plants story: how its customers behave, and what is planted in that behaviour."""

from dataclasses import replace
from datetime import date
from enum import IntEnum
from typing import Final

from tropa.simulate.calendar import Calendar
from tropa.simulate.story_facts import AFTER_FIRST, AFTER_LAST

PEOPLE: Final = 28_000
REVIEWS: Final = 1_800
INTERVIEWS: Final = 6

CALENDAR: Final = Calendar(
    first=date(2024, 10, 1),
    last=date(2026, 1, 31),
    months=(0.75, 1.7, 3.4, 2.5, 1.25, 0.5, 0.35, 0.45, 0.6, 0.6, 0.45, 0.4),
    weekdays=(1.0, 0.96, 0.97, 0.98, 0.92, 1.12, 1.22),
    hours=(6, 3, 2, 1, 1, 2, 5, 9, 14, 18, 20, 21, 22, 22, 20, 19, 19, 20, 24, 29, 33, 34, 27, 15),
)


# The second delivery: the same year again, and a random half with picks by region and care, and with reminders.
AFTER_PEOPLE: Final = 18_900
AFTER_REVIEWS: Final = 1_100
AFTER: Final = replace(CALENDAR, first=AFTER_FIRST, last=AFTER_LAST)
CART_RETURNS: Final = 0.12
CURED_CART_RETURNS: Final = 1.66  # as people come back by themselves too, 1.41 times as many come back in all
CURED_RETURNED_CARTS: Final = 1.41
CURED_TO_CART: Final = 1.4
CURED_CONVERSION: Final = 1.26
DAYS_TO_CART_RETURN: Final = (2.5, 0.6)


class What(IntEnum):
    """The events of the shop: on the site, in letters and messages, and in the order book."""

    SITE_VISIT = 0
    ARTICLE = 1
    SEARCH = 2
    CATALOG = 3
    CARD = 4
    REVIEWS = 5
    REGION_FILTER = 6
    KIT = 7
    TO_CART = 8
    CART = 9
    CHECKOUT = 10
    DELIVERY = 11
    PAYMENT = 12
    TRACK_SMS = 13
    CHAT = 14
    CARE_LETTER = 15
    CARE_PAGE = 16
    REORDER = 17
    CART_LETTER = 18
    SUBSCRIBED = 19
    BANNER_CLOSED = 20


class Trait(IntEnum):
    """Rows of an event's own properties."""

    CHANNEL = 0
    GOODS = 1
    CARRIER = 2
    METHOD = 3


# Who they are. Regions go from warm to cold; the last two are the cold ones, the last is also the far one.
REGION_SHARES: Final = (0.19, 0.32, 0.17, 0.32)
COLD_REGIONS: Final = (2, 3)
FAR_REGION: Final = 3
MOBILE_SHARE: Final = 0.74
GUEST_SHARE: Final = 0.56
NOVICE_SHARE: Final = 0.47
SAPLINGS_SHARE: Final = 0.36
SEEDS, SAPLINGS = 0, 1
MOBILE, DESKTOP = 0, 1
GUEST, ACCOUNT = 0, 1

# How they come. The second channel is the one that is promoted for a week.
CHANNEL_SHARES: Final = (0.38, 0.05, 0.14, 0.18, 0.14, 0.11)
PROMOTED: Final = 1
PROMOTED_TO_CART: Final = 0.62
PROMO_FIRST: Final = date(2025, 3, 5)
PROMO_LAST: Final = date(2025, 3, 10)
PROMO_SHARE: Final = 0.06

# How they choose. Some browse cards; some know what they want and take it from search and ready kits.
LIST_SHARE: Final = 0.45
VISITS_AFTER_FIRST: Final = 2.2
DAYS_BETWEEN_VISITS: Final = (4.0, 1.0)
TO_CART_BY_LIST: Final = 0.50
TO_CART: Final = 0.17
RETURNS: Final = 0.9
TO_CHECKOUT: Final = 0.84
TO_PAYMENT: Final = 0.69
LOOKS_AFTER_LEAVING: Final = 0.3

# P1: since this day the price of delivery shows only at the last step.
PRICE_LATE_SINCE: Final = date(2025, 3, 12)
TO_PAYMENT_LATE_PRICE: Final = 0.43
# P2: no sorting by climate: cold regions go round between card and catalogue, and take less.
TO_CART_COLD: Final = 0.09
RETURNS_COLD: Final = 2.4 * RETURNS
# P3: saplings wait in April and May.
SAPLINGS_MONTHS: Final = (4, 5)
SAPLINGS_FIRST: Final = date(2025, 4, 1)
SAPLINGS_LAST: Final = date(2025, 5, 31)
DAYS_TO_DISPATCH: Final = (2.0, 0.40)
DAYS_TO_DISPATCH_SAPLINGS: Final = (9.0, 0.32)
# P4: guests get no letter on care, and seldom come back.
SECOND_ORDER: Final = {GUEST: 0.11, ACCOUNT: 0.27}
DAYS_TO_NEXT_ORDER: Final = (68.0, 0.55)
NEXT_ORDER_WITHIN: Final = 180
# P5: since this day one carrier's customers get no message with the tracking number.
NO_SMS_SINCE: Final = date(2025, 4, 20)
SILENT_CARRIER: Final = 1
CHAT_WHILE_WAITING: Final = 0.07
CHAT_WITHOUT_SMS: Final = 0.21

# What follows an order.
CARRIER_SHARES: Final = (0.54, 0.46)
METHOD_SHARES: Final = (0.43, 0.45, 0.12)
DAYS_ON_THE_WAY: Final = (5.0, 0.38)
REGION_ON_THE_WAY: Final = (0.97, 0.95, 1.0, 1.06)
SMS_SENT: Final = 0.97
CANCELLED: Final = 0.03
RETURNED: Final = 0.015
CARE_LETTER_SENT: Final = 0.96
CARE_PAGE_OPENED: Final = 0.52
CARE_PAGE_FOUND: Final = 0.06
CART_LETTER_SENT: Final = 0.3
BOTS: Final = 5
BOT_EVENTS: Final = 420
LOW_SEASON_FIRST: Final = date(2025, 6, 1)
LOW_SEASON_LAST: Final = date(2026, 1, 31)

# What reviews speak of, as shares. The first five complain of what is planted: 63 in 100.
REVIEW_TOPICS: Final = {
    "late_price": 0.13,
    "climate": 0.17,
    "dry_roots": 0.14,
    "no_care": 0.07,
    "no_track": 0.12,
    "packing_good": 0.045,
    "germination_good": 0.065,
    "germination_bad": 0.03,
    "wrong_sort": 0.02,
    "range_good": 0.035,
    "price_good": 0.02,
    "price_bad": 0.02,
    "fast_good": 0.03,
    "people_good": 0.025,
    "site_good": 0.025,
    "site_bad": 0.015,
    "irony": 0.015,
    "offtopic": 0.02,
    "neutral": 0.015,
    "promo": 0.01,
}
