"""The numbers of the dealer story: who buys, who comes back for the service, and what is planted in that."""

from datetime import date, timedelta
from typing import Final

from tropa.simulate.calendar import DAY, HOUR, Calendar
from tropa.simulate.chance import MINUTE
from tropa.simulate.story_facts import AFTER_FIRST, AFTER_LAST

BUYERS: Final = 9_800
BUYERS_AFTER: Final = 5_200
DUE: Final = 6_412
RETURNED: Final = 962
LAST_DUE: Final = date(2025, 11, 30)
"""The last day on which a term of the first delivery comes: all of these had sixty days to return."""

_OPEN: Final = (0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 8, 10, 11, 10, 11, 12, 13, 13, 10, 6, 0, 0, 0, 0)
_WEEK: Final = (0.8, 0.85, 0.9, 0.9, 1.0, 1.5, 1.3)
_YEAR: Final = (0.75, 0.8, 0.95, 0.9, 0.85, 0.9, 0.85, 0.9, 1.0, 1.15, 1.1, 1.25)


def _sales(first: date, last: date) -> Calendar:
    return Calendar(first=first, last=last, months=_YEAR, weekdays=_WEEK, hours=_OPEN)


RUSH: Final = _sales(date(2024, 10, 10), date(2025, 3, 31))
"""Half a year in which more than half of the cars were sold, before prices rose."""
RUSH_SHARE: Final = 0.56
QUIET: Final = _sales(date(2025, 4, 1), date(2026, 1, 25))
BUYING_AFTER: Final = _sales(AFTER_FIRST, AFTER_LAST)

# Who they are, in keys and shares.
CONDITION: Final = {"new": 0.61, "used": 0.39}
MILEAGE: Final = {"low": 0.27, "middle": 0.44, "high": 0.29}
DISTANCE: Final = {"near": 0.42, "middle": 0.36, "far": 0.22}
PAYMENT: Final = {"credit": 0.57, "cash": 0.43}
AGE: Final = {"under_35": 0.24, "35_54": 0.49, "55_over": 0.27}
MODELS: Final = {"suv": 0.38, "crossover": 0.34, "pickup": 0.12, "sedan": 0.16}
DAYS_TO_TERM: Final = {"low": 190.0, "middle": 165.0, "high": 145.0}
"""Ten thousand kilometres or half a year, whichever is first, before a common factor makes the number due exact."""

# D2: in these weeks every fourth buyer lived beyond 300 km and could never come; they are 3 in 100 of those due.
REMOTE_FIRST: Final = date(2025, 3, 10)
REMOTE_LAST: Final = date(2025, 4, 6)
REMOTE_IN_WEEKS: Final = 0.25
REMOTE: Final = 0.012

# Before the purchase: how many do it.
LEAD_DAYS: Final = (26 * DAY, 0.55)
ADS, OWN_PRICE, SITE, MODEL_PAGE, CALCULATOR = 0.76, 0.46, 0.92, 0.86, 0.38
SHOWROOM_CALL, TEST_DRIVE, TRADE_IN = 0.58, 0.73, 0.41
CHANNELS: Final = {"classifieds": 0.34, "search": 0.24, "ads": 0.13, "maps": 0.11, "advice": 0.10, "direct": 0.08}
HANDOVER_DAYS: Final = (6 * DAY, 0.5)
CARE_CALL, SERVICE_BOOK = 0.52, 0.985

# D1: tyres are changed in two weeks of April and of October, by those who never come for the service too.
TYRES: Final = (date(2025, 4, 7), date(2025, 10, 13), date(2026, 4, 6), date(2026, 10, 12))
TYRE_DAYS: Final = 16
TYRES_HERE: Final = 0.16

# P1: the invitation goes by the calendar only, and reaches 22 in 100.
INVITED: Final = 0.22
RETURN_INVITED: Final = 0.41
RETURN_NOT_INVITED: Final = 0.08
INVITED_CURED: Final = 0.42
"""With the cure, by mileage too: 22 in 100 come back instead of 15."""
DAYS_TO_COME: Final = (13 * DAY, 0.55)
MOST_DAYS_TO_COME: Final = 44 * DAY

# P2: on Saturdays and after 17:00 people wait at the reception, and seldom come a second time.
SLOT: Final = {"weekday": 0.58, "evening": 0.23, "saturday": 0.19}
CROWDED: Final = ("evening", "saturday")
WAIT: Final = (15 * MINUTE, 0.45)
WAIT_CROWDED: Final = (70 * MINUTE, 0.35)
SECOND_VISIT: Final = 0.61
SECOND_VISIT_CROWDED: Final = 0.28
DAYS_TO_SECOND: Final = (84 * DAY, 0.22)

# P3: since this day 34 in 100 calls between nine and ten are not answered.
UNANSWERED_SINCE: Final = date(2025, 5, 19)
UNANSWERED: Final = 0.06
UNANSWERED_MORNING: Final = 0.34
MORNING: Final = 0.33
CALL_HOURS: Final = {"9_10": MORNING, "10_13": 0.31, "13_17": 0.23, "17_20": 0.13}
HOURS_OF: Final = {"9_10": (9, 10), "10_13": (10, 13), "13_17": (13, 17), "17_20": (17, 20)}
CALLS_AGAIN: Final = 0.3
CALLS_TO_COME: Final = 0.74
CALLS_AND_STAYS_AWAY: Final = 0.26
CALLS_FOR_TYRES: Final = 0.7

# P4: every fourth bill is a third above the estimate, and nobody comes after such a second one.
OVER_ESTIMATE: Final = 0.26
BILL_OVER: Final = (1.28, 1.45)
THIRD_VISIT: Final = 0.62
THIRD_VISIT_OVER: Final = 0.05
DAYS_TO_THIRD: Final = (80 * DAY, 0.2)
WORK: Final = (3 * HOUR, 0.4)

TRADES_AGAIN: Final = 0.05
REVIEWS: Final = 1_500
REVIEWS_AFTER: Final = 650

# What reviews speak of: 63 in 100 of what is planted.
SPOKEN: Final = {"P1": 0.10, "P2": 0.18, "P3": 0.13, "P4": 0.13, "P5": 0.09}
CURED_TIMES: Final = (INVITED_CURED * RETURN_INVITED + (1 - INVITED_CURED) * RETURN_NOT_INVITED) / (
    INVITED * RETURN_INVITED + (1 - INVITED) * RETURN_NOT_INVITED
)


def tyres_end(first: date) -> date:
    """The last day of the weeks in which tyres are changed."""
    return first + timedelta(days=TYRE_DAYS)
