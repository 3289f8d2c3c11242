"""The numbers of the SaaS story: deals of a CRM for sales teams, and what is planted in them."""

from datetime import date
from typing import Final

from tropa.simulate.calendar import DAY, HOUR, Calendar
from tropa.simulate.chance import MINUTE
from tropa.simulate.story_facts import AFTER_FIRST, AFTER_LAST

DEALS: Final = 3_200
DEALS_AFTER: Final = 2_400
CONTACTS: Final = 7_900
CONTACTS_A_DEAL: Final = CONTACTS / DEALS
VISITORS: Final = 22_000
"""People on the site in the first delivery; who never leaves a contact is only counted, by month and source."""

# D1: quiet weeks in January, a rush at the end of each quarter.
_MONTHS: Final = (0.55, 0.95, 1.3, 0.9, 0.85, 1.2, 0.8, 0.8, 1.25, 1.0, 1.0, 1.25)
_WEEK: Final = (1.2, 1.25, 1.2, 1.15, 1.0, 0.3, 0.25)
HOURS: Final = (1, 0, 0, 0, 0, 0, 1, 3, 8, 14, 17, 17, 14, 15, 16, 15, 13, 12, 16, 18, 16, 11, 6, 3)
BEGINNING: Final = Calendar(
    first=date(2024, 10, 1), last=date(2026, 1, 31), months=_MONTHS, weekdays=_WEEK, hours=HOURS
)
BEGINNING_AFTER: Final = Calendar(first=AFTER_FIRST, last=AFTER_LAST, months=_MONTHS, weekdays=_WEEK, hours=HOURS)
LULL_FIRST, LULL_LAST = date(2025, 1, 1), date(2025, 1, 31)

# Who they are, in keys and shares.
SIZE: Final = {"small": 0.30, "middle": 0.35, "large": 0.35}
INDUSTRY: Final = {"trade": 0.29, "services": 0.24, "building": 0.17, "production": 0.18, "education": 0.12}
SOURCE: Final = {"search": 0.34, "ads": 0.22, "social": 0.13, "partners": 0.14, "advice": 0.17}
INTEGRATIONS: Final = {"none": 0.25, "telephony": 0.26, "ledger": 0.26, "both": 0.23}
WITH_LEDGER: Final = ("ledger", "both")
SEATS: Final = {"small": (3, 10), "middle": (11, 32), "large": (35, 120)}
CONTACTS_OF: Final = {"small": 1, "middle": 2, "large": 3}

# D2: the manager who wins least has the largest deals.
MANAGERS: Final = ("first", "second", "third", "fourth", "kirill")
LARGE_TO_ONE: Final = date(2025, 8, 11)
OWN_LARGE: Final = (0.09, 0.08, 0.09, 0.08, 0.66)
OWN_OTHERS: Final = (0.24, 0.25, 0.24, 0.24, 0.03)

# Stage 1: how they hear of it and find out.
ARTICLE, VIDEO, WEBINAR = 0.42, 0.27, 0.31

# P1: who comes back to the tariffs three times or more leaves.
CONFUSED: Final = {"none": 0.16, "ledger": 0.16, "telephony": 0.97, "both": 0.97}
"""Who needs telephony meets the most asterisks; in all it is every second deal."""
WITH_TELEPHONY: Final = ("telephony", "both")
LEAVE_CONFUSED: Final = 0.62
LEAVE: Final = 0.22
DAYS_OF_COMPARING: Final = (5 * DAY, 0.5)
COMPARE, CASES, CALCULATOR = 0.42, 0.38, 0.05
CURED_TIMES: Final = 1.18
CALCULATOR_CURED: Final = 0.52

# P2: since this day the first answer takes six hours; who writes in the evening waits for the morning.
LATE_SINCE: Final = date(2025, 10, 6)
FIRST_ANSWER: Final = (45 * MINUTE, 0.5)
FIRST_ANSWER_LATE: Final = (round(3.7 * HOUR), 0.4)
STILL_FAST: Final = 0.12
WON: Final = 0.24
WON_LATE: Final = 0.13
LATE_ODDS: Final = WON_LATE / WON
LATE_DEMO: Final = 0.47

# P3: in large companies nobody technical was met before the contract.
UNMET: Final = 310
UNMET_WON: Final = 34
MET_WON: Final = 0.33
MET: Final = 0.45
DECIDED_IF_BEGUN_BEFORE: Final = date(2025, 11, 1)
OTHERS_WON: Final = 0.26
SECURITY_DAYS: Final = (9 * DAY, 0.4)
SECURITY_DAYS_UNMET: Final = (41 * DAY, 0.35)
GO_ON: Final = {"demo": 0.76, "offer": 0.80, "contract": 0.50, "invoice": 0.93, "paid": 0.88}
"""Of the deals not won, how many still take each step."""
UNMET_GO_ON: Final = {"demo": 0.80, "offer": 0.86, "contract": 0.10, "invoice": 0.93, "paid": 0.88}

# P4: a contract that is not the standard one is paid late.
OWN_CONTRACT: Final = {"small": 0.12, "middle": 0.30, "large": 0.55}
PAYMENT: Final = (3 * DAY, 0.4)
PAYMENT_OWN: Final = (12 * DAY, 0.35)

# P5: the second step, the integration with the ledger, fails.
ACTIVATED: Final = 0.71
ACTIVATED_LEDGER: Final = 0.38
STEP_ONE: Final = 0.98
STAY: Final = 0.86
STAY_IDLE: Final = 0.04
TO_RENEWAL: Final = (57 * DAY, 0.03)
LETTERS: Final = 3

CALL_SHARE: Final = 0.6
TICKETS: Final = 0.4
DOCS: Final = 0.5
REVIEWS: Final = 900
REVIEWS_AFTER: Final = 450
SPOKEN: Final = {"P1": 0.19, "P2": 0.13, "P3": 0.10, "P4": 0.09, "P5": 0.12}
SURVEYED: Final = 620
