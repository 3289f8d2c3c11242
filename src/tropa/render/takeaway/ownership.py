"""What owning costs and when it pays back, as a document."""

from tropa.domain.ownership import CostKind, CostLine, Owned, Ownership, Payback, Role, Span
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.render.takeaway.blocks import Document, Heading, Part, Passage, Table, Tone
from tropa.render.takeaway.data_words import told

_DIGITS = 3


def ownership_document(found: Ownership, language: Language) -> Document:
    """The whole calculation on a page or two."""
    return Document(
        title=told("tco", language),
        subtitle=told("tco.sub", language, years=years_said(found, language)),
        language=language,
        parts=tuple(_parts(found, language)),
        landscape=True,
    )


def _parts(found: Ownership, language: Language) -> list[Part]:
    made: list[Part] = [Passage(sentence, Tone.LEAD) for sentence in [" ".join(lead(found, language))] if sentence]
    made += [Heading(told("tco.costs", language), 2), costs_table(found, language)]
    if any(one.gain is not None for one in found.alternatives):
        made += [Heading(told("tco.compared", language), 2), compared_table(found, language)]
    made += [Passage(told("tco.twice", language), strong=told("tco.mind", language))] if _may_count_twice(found) else []
    made += [Heading(told("tco.rests", language), 2), *_rests(found, language)]
    made.append(Passage(told("tco.method", language), Tone.SMALL))
    return made


def lead(found: Ownership, language: Language) -> list[str]:
    """Ours in two sentences, and one about each alternative."""
    ours = found.of(Role.OURS)
    if ours is None:
        return []
    said = [f"{total_said(ours, found, language)}."]
    said += [gain_said(ours, found, language)] if ours.gain is not None else []
    for one in found.alternatives:
        if one.role is Role.OTHER and one.over_ours is not None:
            said.append(told("tco.lead.other", language, name=one.name, over=over_said(one, found, language)))
    return said


def total_said(one: Owned, found: Ownership, language: Language) -> str:
    """What an option costs over the years."""
    cost, around = money(one.cost.likely, found, language), span(one.cost, found, language)
    whole = cost if one.cost.is_exact else f"{cost} ({around})"
    return told("tco.lead", language, name=one.name, cost=whole, years=years_said(found, language))


def gain_said(one: Owned, found: Ownership, language: Language) -> str:
    """What an option gains, and when it pays back."""
    if one.gain is None or one.payback is None:
        return ""
    key = "tco.lead.gain" if found.of(Role.NOTHING) else "tco.lead.alone"
    key = "tco.lead.loss" if one.payback.likely is None else key
    gain, around = money(one.gain.likely, found, language), span(one.gain, found, language)
    return told(key, language, gain=gain, range=around, payback=payback_said(one.payback, language))


def line_said(line: CostLine, found: Ownership, language: Language) -> str:
    """A line of the table with what it assumes."""
    amount = both(line.amount, found, language).replace("\n", " ")
    per_year = told("tco.per-year", language) if line.year is None or line.onward else ""
    return f"{line.assumption or line.item}: {amount}{per_year}"


def costs_table(found: Ownership, language: Language) -> Table:
    """A row an alternative, a column a year, the total last."""
    years = range(found.table.years)
    heads = (
        told("tco.option", language),
        *(told("tco.year", language, year=year + 1) for year in years),
        told("tco.total", language),
    )
    rows = tuple(
        (one.name, *(both(figure, found, language) for figure in one.years), both(one.cost, found, language))
        for one in found.alternatives
    )
    rest = 0.78 / (len(years) + 1)
    return Table(heads, rows, (0.22, *[rest] * (len(years) + 1)), frozenset(range(1, len(years) + 2)))


def compared_table(found: Ownership, language: Language) -> Table:
    """Effect, gain, ROI and payback, a row an alternative; those beside ours against ours."""
    gain = "tco.gain" if found.of(Role.NOTHING) else "tco.gain.alone"
    keys = ("tco.option", "tco.effect", gain, "tco.roi", "tco.payback", "tco.over")
    rows = tuple(
        (
            one.name,
            both(one.effect, found, language),
            both(one.gain, found, language) if one.gain else "–",
            _roi(one.roi, language) if one.roi else "–",
            payback_said(one.payback, language) if one.payback else "–",
            both(one.over_ours, found, language) if one.over_ours else "–",
        )
        for one in found.alternatives
    )
    return Table(tuple(told(key, language) for key in keys), rows, (0.17, 0.17, 0.18, 0.16, 0.15, 0.17), frozenset())


def _rests(found: Ownership, language: Language) -> list[Part]:
    lines = found.table.lines
    guesses = sum(not line.source for line in lines)
    heads = ("tco.option", "tco.item", "tco.figures", "tco.assumption", "tco.source")
    rows = tuple(
        (
            line.alternative,
            line.item + (f" · {_year(line, language)}" if line.year else ""),
            both(line.amount, found, language),
            line.assumption or "–",
            line.source or told("tco.guess", language),
        )
        for line in lines
    )
    table = Table(tuple(told(key, language) for key in heads), rows, (0.16, 0.26, 0.2, 0.2, 0.18))
    note = Passage(told("tco.guesses", language, count=guesses, of=len(lines)))
    return [note, table] if guesses else [table]


def _year(line: CostLine, language: Language) -> str:
    return told("tco.onward" if line.onward else "tco.year", language, year=line.year)


def _may_count_twice(found: Ownership) -> bool:
    lines, nothing = found.table.lines, found.table.named(Role.NOTHING)
    gives = any(line.kind is CostKind.EFFECT for line in lines)
    return gives and any(line.alternative == nothing and line.kind is CostKind.OTHER for line in lines)


def years_said(found: Ownership, language: Language) -> str:
    """The term: 3 года, 3 years."""
    return words.counted(found.table.years, "year", language)


def money(value: float, found: Ownership, language: Language) -> str:
    """An amount of the table's money."""
    currency = found.table.currency
    return words.money(value * 10 ** CURRENCY_DIGITS.get(currency or "", 2), currency, language)


def span(figure: Span, found: Ownership, language: Language) -> str:
    """From and to, in three digits that count."""
    if figure.is_exact:
        return money(figure.likely, found, language)
    low, high = _rounded(figure.low), _rounded(figure.high)
    begin = words.money(low * 100, None, language) if language is Language.RU else money(low, found, language)
    return f"{begin} – {money(high, found, language)}"


def _rounded(value: float) -> float:
    digits = _DIGITS - len(str(abs(round(value))))
    return round(value, min(0, digits))


def both(figure: Span, found: Ownership, language: Language) -> str:
    """The likely figure, and from and to below where it is not exact."""
    likely = money(figure.likely, found, language)
    return likely if figure.is_exact else f"{likely}\n({span(figure, found, language)})"


def over_said(one: Owned, found: Ownership, language: Language) -> str:
    """How much dearer or cheaper than ours."""
    over = one.over_ours or Span(0, 0, 0)
    key = "tco.more" if over.likely >= 0 else "tco.cheaper"
    low, high = (over.low, over.high) if over.likely >= 0 else (-over.high, -over.low)
    amount = f"{money(abs(over.likely), found, language)} ({span(Span(low, low, high), found, language)})"
    return told(key, language, amount=amount)


def payback_said(one: Payback, language: Language) -> str:
    """In how many months, with from and to."""
    if one.low is None:
        return told("tco.never", language)
    if one.likely is None or one.high is None:
        return told("tco.at-best", language, low=words.counted(one.low, "month", language))
    likely = words.counted(one.likely, "month", language)
    if one.low == one.high:
        return told("tco.month.likely", language, likely=likely)
    return told("tco.months", language, likely=likely, low=one.low, high=one.high)


def _roi(figure: Span, language: Language) -> str:
    likely = words.percent(figure.likely, language, 0)
    low, high = (words.percent(end, language, 0) for end in (figure.low, figure.high))
    return likely if low == high else f"{likely}\n({low} – {high})"
