"""The company's own changes and the country's holidays beside a date: candidates, never causes."""

from dataclasses import dataclass
from datetime import date, timedelta

from tropa.domain.project import ChangeSpec, Project
from tropa.domain.text import Language, Text
from tropa.insight.holidays import country_of, holidays_between
from tropa.intake.data_ledgers import PROMO
from tropa.intake.words import fits_any, words_of

NEAR_DAYS = 7
_MOST = 3
_HOLIDAY_DAYS = 3
_PROMO_TAIL = timedelta(days=2)
_LONGEST_PROMO = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Promo:
    """A sale of the company, first and last day."""

    start: date
    end: date
    name: Text


def near_change(project: Project, since: date | None) -> Text | None:
    """The changes within a week of the day, nearest first, then a holiday within three days; None: none."""
    if since is None:
        return None
    near = [one for one in project.changes if abs((one.date - since).days) <= NEAR_DAYS]
    near.sort(key=lambda one: (abs((one.date - since).days), one.date))
    told = [_told(one) for one in near[:_MOST]]
    around = timedelta(days=_HOLIDAY_DAYS)
    told += [one.name for one in holidays_between(country_of(project), since - around, since + around)][:1]
    return _joined(told) if told else None


def promos_of(project: Project) -> tuple[Promo, ...]:
    """Changes that ended, or that call themselves a sale: their days explain their own spikes."""
    found = []
    for one in project.changes:
        said = any(fits_any(words_of(words), PROMO) for words in (one.name.ru or "", one.name.en or ""))
        end = one.until or (one.date if said else None)
        if end is not None and (said or end - one.date <= _LONGEST_PROMO):
            found.append(Promo(one.date, end, one.name))
    return tuple(found)


def promo_on(project: Project, day: date) -> Promo | None:
    """The sale on whose days, or on the two days after which, something began."""
    return next((one for one in promos_of(project) if one.start <= day <= one.end + _PROMO_TAIL), None)


def _told(change: ChangeSpec) -> Text:
    """The change with where and for whom, in the languages that the owner told it in."""
    beside = ", ".join(one for one in (change.place, change.whom) if one)

    def said(name: str | None) -> str | None:
        return f"{name} ({beside})" if name and beside else name

    return Text(ru=said(change.name.ru), en=said(change.name.en))


def _joined(told: list[Text]) -> Text:
    """One after another; in a language in which none of them is told, nothing."""
    ru = "; ".join(one.said_in(Language.RU) for one in told) if any(one.ru for one in told) else None
    en = "; ".join(one.said_in(Language.EN) for one in told) if any(one.en for one in told) else None
    return Text(ru=ru, en=en)
