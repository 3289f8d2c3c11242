"""What is said of costs: money, of how many people, and what could not be joined."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tropa.assembly.acquiring import Acquisition
from tropa.assembly.saying import in_both, of_units
from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.insight.spending import Spending
from tropa.render import words
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.services.answering.scope import Scope
from tropa.stats.proportions import Interval

if TYPE_CHECKING:
    from tropa.services.answering.costs import CostRow

_COINS_BELOW = 100
_FEW = Text(
    ru="Где пришло меньше 30 человек, цену результата не считаем: только сколько их и сколько потрачено.",
    en="Where fewer than 30 people came, no cost of a result is worked out: only how many came and what was spent.",
)
_NOT_CAUSAL = Text(
    ru="Человек отнесён к каналу, с которого начал путь. Сколько из этих людей пришло бы и без рекламы, "
    "расходы не говорят: это покажет только опыт с выключенным каналом.",
    en="A person belongs to the channel that their path began with. How many of them would have come without "
    "advertising costs do not tell: only an experiment with the channel switched off does.",
)
_YOUNG = Text(
    ru="Пришедшие недавно ещё могут купить: цена покупки к концу периода завышена.",
    en="Those who came lately may still buy: towards the end of the period a purchase looks dearer than it is.",
)
_TWICE = Text(
    ru="В папке есть и расходы без канала, и расходы по каналам. Если это одни и те же деньги, оставьте одну таблицу: "
    "в итоге они посчитаны дважды.",
    en="The folder has costs without a channel and costs by channel. If they are the same money, keep one table: "
    "the total counts them twice.",
)
_INTERVAL = Text(
    ru="Интервал 95 % – от того, что число покупок случайно: расход известен точно.",
    en="The 95% interval comes from chance in the number of purchases: the money spent is known exactly.",
)
_SHARED = Text(
    ru="Деньги канала поделены между сегментами по числу пришедших из него людей: по сегментам их никто не вёл.",
    en="A channel's money is shared among segments by how many people came from it: nobody kept it by segment.",
)
_NAMES = Text(
    ru="Если это тот же канал под другим именем, напишите его в `names` источника в tropa.yaml.",
    en="If this is the same channel under another name, write it into `names` of the source in tropa.yaml.",
)


def sentence(whole: "CostRow", rows: Sequence["CostRow"], spent: Spending, scope: Scope, language: Language) -> str:
    """What was spent in which days, and what one first purchase came to."""
    currency = scope.log.currency or scope.ledger.currency
    ru = language is Language.RU
    money = words.money(spent.total, currency, language)
    days = words.period(Period(spent.first, spent.last), language)
    head = f"За {days} на привлечение ушло {money}" if ru else f"{days}: {money} went on marketing"
    paid = [one for one in rows if one.spent]
    per = whole.per(whole.people.first)
    if per is None:
        return f"{head}. {_too_few(whole, scope, language)}"
    counts = f"{words.whole(whole.people.first.count, language)} {of_units(whole.people.persons, scope.unit, language)}"
    each = cost_range(per.value, per, currency, language)
    tail = (
        f"первая покупка стоила {each}: купили {counts}, считая и тех, за кого не платили"
        if ru
        else f"a first purchase cost {each}: {counts} bought, those who cost nothing counted too"
    )
    return f"{head}; {tail}.{_spread(paid, currency, language)}"


def _too_few(whole: "CostRow", scope: Scope, language: Language) -> str:
    counts = f"{words.whole(whole.people.first.count, language)} {of_units(whole.people.persons, scope.unit, language)}"
    return f"Купили {counts}." if language is Language.RU else f"{counts} bought."


def _spread(paid: Sequence["CostRow"], currency: str | None, language: Language) -> str:
    """The cheapest and the dearest channel, where chance does not explain the difference."""
    priced = [(per, one) for one in paid if (per := one.per(one.people.first)) is not None]
    if len(priced) < 2:
        return ""
    priced.sort(key=lambda pair: pair[0].value)
    (low, cheap), (high, dear) = priced[0], priced[-1]
    if low.high >= high.low:
        return (
            " Между каналами надёжной разницы нет."
            if language is Language.RU
            else " Channels do not differ beyond chance."
        )
    one, other = (price(per.value, currency, language) for per in (low, high))
    first, last = cheap.name.said_in(language), dear.name.said_in(language)
    if language is Language.RU:
        return f" Дешевле всего – «{first}» ({one}), дороже всего – «{last}» ({other})."
    return f" Cheapest is “{first}” ({one}), dearest “{last}” ({other})."


def cost_range(value: float, ends: Interval | None, currency: str | None, language: Language) -> str:
    """«1 480 ₽ (1 390 – 1 570 ₽)»."""
    said = price(value, currency, language)
    if ends is None:
        return said
    return f"{said} ({price(ends.low, currency, language)} – {price(ends.high, currency, language)})"


def price(minor: float, currency: str | None, language: Language) -> str:
    """Money of one thing: below a hundred with its smaller coins, so that 2.40 is not 2."""
    digits = CURRENCY_DIGITS.get(currency or "", 2)
    major = minor / 10**digits
    if not digits or abs(major) >= _COINS_BELOW:
        return words.money(minor, currency, language)
    whole = words.money(round(major) * 10**digits, currency, language)
    return whole.replace(words.whole(round(major), language), words.decimal(major, language, 2))


def below_cost(count: int, unit: str, language: Language, *, of: int | None = None) -> str:
    """How many people a figure is of."""
    if of is None:
        return words.units(count, unit, language)
    counts = f"{words.whole(count, language)} {of_units(of, unit, language)}"
    return f"купили {counts}" if language is Language.RU else f"{counts} bought"


def notes_on(found: Acquisition, rows: Sequence["CostRow"], scope: Scope) -> tuple[Text, ...]:
    """What was assumed, what did not meet, and what is too small."""
    spent, currency = found.spending, scope.log.currency or scope.ledger.currency
    notes = [_NOT_CAUSAL, _INTERVAL]
    if found.segments:
        notes.append(_SHARED)
    if found.people and any(one.still_open for one in found.people):
        notes.append(_YOUNG)
    if found.lead is not None:
        lead = found.lead.name
        notes.append(
            Text(
                ru=f"Обращение – этап «{lead.said_in(Language.RU)}» или сразу покупка.",
                en=f"A lead is the stage “{lead.said_in(Language.EN)}”, or a purchase at once.",
            )
        )
    notes += _unmatched(spent, currency)
    notes += _gaps(spent, currency)
    notes += _strangers(found)
    if any(0 < one.people.persons < FEW_PERSONS for one in rows):
        notes.append(_FEW)
    return tuple(notes)


def _unmatched(spent: Spending, currency: str | None) -> list[Text]:
    notes = []
    if spent.unmatched:
        names = list(spent.unmatched)[:5]
        total = sum(spent.unmatched.values())
        notes.append(
            Text(
                ru=f"Расходы есть, а людей с таким каналом в данных нет: {', '.join(names)} "
                f"({words.money(total, currency, Language.RU)}). В общий итог они вошли. {_NAMES.ru}",
                en=f"There are costs, but nobody with such a channel in the data: {', '.join(names)} "
                f"({words.money(total, currency, Language.EN)}). They are in the total. {_NAMES.en}",
            )
        )
    if spent.shared:
        notes += [_TWICE] if spent.amounts else []
        notes.append(
            in_both(
                lambda language: (
                    f"Не сказано, на какой канал ушло {words.money(spent.shared, currency, language)}: "
                    "это только в общем итоге."
                    if language is Language.RU
                    else f"It is not said on which channel {words.money(spent.shared, currency, language)} went: "
                    "only the total has it."
                )
            )
        )
    return notes


def _gaps(spent: Spending, currency: str | None) -> list[Text]:
    notes = []
    if spent.outside:
        money = (words.money(spent.outside, currency, language) for language in (Language.RU, Language.EN))
        ru, en = money
        notes.append(
            Text(
                ru=f"{ru} приходится на дни, за которые нет данных о людях: они не посчитаны, месяц взят по дням.",
                en=f"{en} fall on days without data of people: they are not counted, a month is taken by its days.",
            )
        )
    for value, days in list(spent.days_missing.items())[:3]:
        notes.append(
            Text(
                ru=f"«{value}»: за {days} из {spent.days} дней строк расхода нет, они считаны как ноль.",
                en=f"“{value}”: {days} of {spent.days} days have no line of costs and count as nothing.",
            )
        )
    if spent.undated:
        notes.append(
            Text(
                ru="В части расходов дней нет: они отнесены ко всему периоду данных.",
                en="Some costs name no days: they are taken for the whole period of the data.",
            )
        )
    return notes


def _strangers(found: Acquisition) -> list[Text]:
    """People of channels that look paid and have no costs."""
    free = [
        (value, people.persons)
        for value, people in zip(found.values, found.people, strict=True)
        if value and people.persons and not found.spending.amounts.get(value)
    ]
    if not free:
        return []
    free.sort(key=lambda one: (-one[1], one[0]))
    told = ", ".join(value for value, _ in free[:6])
    return [
        Text(
            ru=f"Расходов нет у каналов: {told}. Если они платные, добавьте их расходы: иначе они кажутся даром.",
            en=f"No costs for: {told}. If they are paid for, add their costs: otherwise they look free.",
        )
    ]
