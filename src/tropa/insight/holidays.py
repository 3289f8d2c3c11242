"""Days off of a country and the large sales of the year: what else may stand beside a date.

Computed from the rules of each country's law, so that nothing has to be downloaded: Russia (Labour Code, article 112,
without the days that the government moves each year), the United Kingdom (bank holidays of England and Wales), Germany
(nationwide), the United States (federal). Easter by the Gregorian algorithm of Meeus, Jones and Butcher (Meeus 1991).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tropa.domain.project import Project
from tropa.domain.text import Text

_ZONES = {
    "RU": (
        "Europe/Moscow", "Europe/Kaliningrad", "Europe/Samara", "Europe/Volgograd", "Europe/Saratov",
        "Europe/Ulyanovsk", "Europe/Astrakhan", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk", "Asia/Barnaul",
        "Asia/Tomsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan",
        "Asia/Kamchatka",
    ),
    "GB": ("Europe/London",),
    "DE": ("Europe/Berlin", "Europe/Busingen"),
    "US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"),
}  # fmt: skip
_CURRENCIES = {"RUB": "RU", "GBP": "GB", "USD": "US"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named stretch of days, both ends included."""

    start: date
    end: date
    name: Text


def country_of(project: Project) -> str | None:
    """As tropa.yaml says, else by the time zone, else by the currency; None where nothing tells."""
    if project.country is not None:
        return project.country
    by_zone = next((country for country, zones in _ZONES.items() if project.timezone in zones), None)
    return by_zone or _CURRENCIES.get(project.currency or "")


def holidays_between(country: str | None, first: date, last: date) -> tuple[Holiday, ...]:
    """The holidays that touch these days, in their order."""
    named = _RULES.get(country or "")
    if named is None:
        return ()
    years = range(first.year - 1, last.year + 2)
    found = [one for year in years for one in named(year) if one.start <= last and one.end >= first]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _day(day: date, ru: str, en: str, *, days: int = 1) -> Holiday:
    return Holiday(day, day + timedelta(days=days - 1), Text(ru=ru, en=en))


def _easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    """The number-th weekday (Monday = 0) of a month; −1 is the last."""
    if number < 0:
        last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _black_friday(year: int) -> Holiday:
    return _day(_nth(year, 11, 3, 4) + timedelta(days=1), "Чёрная пятница", "Black Friday", days=4)


def _russia(year: int) -> Iterator[Holiday]:
    yield _day(date(year, 1, 1), "Новогодние каникулы", "New Year holidays", days=8)
    yield _day(date(year, 2, 14), "День влюблённых", "Valentine's Day")
    yield _day(date(year, 2, 23), "23 Февраля", "Defender of the Fatherland Day")
    yield _day(date(year, 3, 8), "8 Марта", "International Women's Day")
    yield _day(date(year, 5, 1), "Майские праздники", "May holidays", days=9)
    yield _day(date(year, 6, 12), "День России", "Russia Day")
    yield _day(date(year, 9, 1), "День знаний", "Knowledge Day")
    yield _day(date(year, 11, 4), "День народного единства", "Unity Day")
    yield _day(date(year, 11, 11), "Распродажи 11.11", "Singles' Day sales")
    yield _black_friday(year)


def _britain(year: int) -> Iterator[Holiday]:
    easter = _easter(year)
    yield _day(date(year, 1, 1), "Новый год", "New Year's Day")
    yield _day(easter - timedelta(days=2), "Пасхальные выходные", "Easter weekend", days=4)
    yield _day(_nth(year, 5, 0, 1), "Майский выходной", "Early May bank holiday")
    yield _day(_nth(year, 5, 0, -1), "Весенний выходной", "Spring bank holiday")
    yield _day(_nth(year, 8, 0, -1), "Летний выходной", "Summer bank holiday")
    yield _black_friday(year)
    yield _day(date(year, 12, 25), "Рождество", "Christmas and Boxing Day", days=2)


def _germany(year: int) -> Iterator[Holiday]:
    easter = _easter(year)
    yield _day(date(year, 1, 1), "Новый год", "New Year's Day")
    yield _day(easter - timedelta(days=2), "Пасхальные выходные", "Easter weekend", days=4)
    yield _day(date(year, 5, 1), "День труда", "Labour Day")
    yield _day(easter + timedelta(days=39), "Вознесение", "Ascension Day")
    yield _day(easter + timedelta(days=50), "Духов день", "Whit Monday")
    yield _day(date(year, 10, 3), "День германского единства", "German Unity Day")
    yield _black_friday(year)
    yield _day(date(year, 12, 25), "Рождество", "Christmas", days=2)


def _america(year: int) -> Iterator[Holiday]:
    yield _day(date(year, 1, 1), "Новый год", "New Year's Day")
    yield _day(_nth(year, 1, 0, 3), "День Мартина Лютера Кинга", "Martin Luther King Jr. Day")
    yield _day(_nth(year, 2, 0, 3), "Президентский день", "Presidents' Day")
    yield _day(_nth(year, 5, 0, -1), "День поминовения", "Memorial Day")
    yield _day(date(year, 6, 19), "Джунтинт", "Juneteenth")
    yield _day(date(year, 7, 4), "День независимости США", "Independence Day")
    yield _day(_nth(year, 9, 0, 1), "День труда", "Labor Day")
    yield _day(_nth(year, 10, 0, 2), "День Колумба", "Columbus Day")
    yield _day(date(year, 11, 11), "День ветеранов", "Veterans Day")
    yield _day(_nth(year, 11, 3, 4), "День благодарения", "Thanksgiving")
    yield _black_friday(year)
    yield _day(date(year, 12, 25), "Рождество", "Christmas Day")


_RULES: Mapping[str, Callable[[int], Iterator[Holiday]]] = {
    "RU": _russia,
    "GB": _britain,
    "DE": _germany,
    "US": _america,
}
COUNTRIES = tuple(_RULES)
