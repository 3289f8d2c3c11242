"""Evidence in words: one sentence first, then figure, sample, interval, period and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

from tropa.domain.evidence import (
    FEW_PERSONS,
    Basis,
    Evidence,
    Experiment,
    Flag,
    Measurement,
    Quotes,
    Report,
    ReportBy,
    Unit,
)
from tropa.domain.journeymap import Card
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.data_metrics import DEEDS, WORSE_WHEN_HIGHER

_GENITIVES = {"заяв": ("заявки", "заявок"), "сдел": ("сделки", "сделок")}
_DATIVES = {"case": ("заявке", "заявкам"), "deal": ("сделке", "сделкам")}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a proof: what it is, and its value."""

    name: str
    value: str


def sentence(evidence: Evidence, language: Language, unit: str = "person") -> str:
    """What the evidence says, as a sentence that carries its own denominator."""
    match evidence:
        case Measurement():
            return words.fine(_measured(evidence, language, unit))
        case Quotes():
            return words.fine(_quoted(evidence, language))
        case Experiment():
            return words.fine(_experimented(evidence, language, unit))
        case Report():
            return words.fine(
                f"{words.label(f'report.{evidence.by}', language).capitalize()}: {evidence.text.said_in(language)}"
            )


def figure(measurement: Measurement, language: Language) -> str:
    """The value as a headline: counts instead of per cent below 30 people."""
    if measurement.unit is Unit.SHARE and measurement.of < FEW_PERSONS and measurement.count is not None:
        return words.of_whole(measurement.count, measurement.of, language)
    return words.amount(measurement.value, measurement.unit, language, measurement.currency)


def denominator(measurement: Measurement, language: Language) -> str:
    """What the figure is taken of: 2 094 из 5 236; of a mean or a median how many were measured."""
    if measurement.count is not None:
        return words.of_whole(measurement.count, measurement.of, language)
    told = words.whole(measurement.of, language)
    return f"замеров:{words.NBSP}{told}" if language is Language.RU else f"on{words.NBSP}{told}"


def facts(evidence: Evidence, language: Language, unit: str = "person") -> tuple[Fact, ...]:
    """Sample, interval, period, meaning, baseline and source, those that are known."""
    match evidence:
        case Measurement():
            return _measured_facts(evidence, language, unit)
        case Quotes():
            return tuple(_quoted_facts(evidence, language))
        case Experiment():
            return (
                Fact(words.label("proof.interval", language), _effect_interval(evidence, language)),
                Fact(words.label("proof.sample", language), words.units(evidence.of, unit, language)),
                Fact(words.label("proof.period", language), words.period(evidence.period, language)),
            )
        case Report():
            when = words.day(evidence.date, language, year=True) if evidence.date else ""
            source = ", ".join(part for part in (evidence.source, when) if part)
            return (Fact(words.label("proof.source", language), source),) if source else ()


def footer(card: Card, language: Language, *, b2b: bool = False) -> str:
    """The short line under a card: «2 094 из 5 236», «по отзывам · 41», «предположение»."""
    name = words.label(basis_label(card, b2b=b2b), language)
    strongest = strongest_of(card)
    match strongest:
        case Measurement():
            return (
                denominator(strongest, language)
                if strongest.count is not None
                else f"{name} · {denominator(strongest, language)}"
            )
        case Quotes():
            return f"{name} · {words.of_whole(strongest.voices, strongest.of, language)}"
        case Experiment():
            return f"{name} · {_effect(strongest, language)}"
        case _:
            return name


def basis_label(card: Card, *, b2b: bool) -> str:
    """The label of a card's basis; what only documents say is not said by employees."""
    basis = card.basis(b2b=b2b)
    papers = all(isinstance(one, Report) and one.by is ReportBy.DOCUMENT for one in card.evidence)
    return "basis.document" if basis is Basis.REPORTED and papers else f"basis.{basis}"


def strongest_of(card: Card) -> Evidence | None:
    """The first evidence of the strongest kind."""
    order = (Experiment, Measurement, Quotes, Report)
    return next((one for kind in order for one in card.evidence if isinstance(one, kind)), None)


def basis_words(basis: Basis, flags: tuple[Flag, ...], language: Language) -> str:
    """The basis and its flags, joined."""
    names = [words.label(f"basis.{basis}", language), *(words.label(f"flag.{flag}", language) for flag in flags)]
    return " · ".join(names)


def is_worse_when_higher(metric: str, unit: Unit) -> bool:
    """Whether a rise of this metric is bad news; times are, money and shares only when their name says so."""
    return unit is Unit.SECONDS or not WORSE_WHEN_HIGHER.isdisjoint(metric.split("_"))


def _measured(one: Measurement, language: Language, unit: str) -> str:
    if one.note is not None and not one.note.is_empty:
        return one.note.said_in(language)
    people = words.units(one.of, unit, language)
    when = words.period(one.period, language, short=False)
    deed = _deed(one, language)
    if one.unit is Unit.SHARE:
        return _share_sentence(one, language, deed=deed, people=people, when=when)
    value = words.amount(one.value, one.unit, language, one.currency)
    bracket = (
        ""
        if one.low is None or one.high is None
        else f" ({words.interval(one.low, one.high, one.unit, language, one.currency)})"
    )
    told = deed.format(value=f"{value}{bracket}")
    if language is Language.RU:
        return f"{told}: считали по {words.whole(one.of, language)} {_dative(one.of, unit)}, {when}"
    return f"{told}: over {people}, {when}"


def _share_sentence(one: Measurement, language: Language, *, deed: str, people: str, when: str) -> str:
    count = round(one.value * one.of) if one.count is None else one.count
    number = words.whole(count, language)
    if one.of >= FEW_PERSONS:
        ends = (
            "" if one.low is None or one.high is None else f"; {words.span_of(one.low * 100, one.high * 100, language)}"
        )
        number = f"{number} ({words.percent(one.value, language)}{ends})"
    within = _within(one.query, language)
    if language is Language.RU:
        whose = genitive(one.of, unit_noun(people))
        return f"Из {words.whole(one.of, language)} {whose} {when} года {number} {deed}{within}"
    return f"Of {people}, {when}, {number} {deed}{within}"


def unit_noun(people: str) -> str:
    """The counted word at the end of «5 236 клиентов»."""
    return people.rsplit(words.NBSP, 1)[-1]


def genitive(of: int, noun: str) -> str:
    """«клиент», «заявка» or «сделка» after «из» and «до» with this number."""
    one = of % 10 == 1 and of % 100 != 11
    for beginning, (single, several) in _GENITIVES.items():
        if noun.startswith(beginning):
            return single if one else several
    return "клиента" if one else "клиентов"


def _dative(of: int, unit: str) -> str:
    one = of % 10 == 1 and of % 100 != 11
    single, several = _DATIVES.get(unit, ("клиенту", "клиентам"))
    return single if one else several


def _deed(one: Measurement, language: Language) -> str:
    known = DEEDS.get(one.metric)
    if known is None or ("{value}" in known[0]) is (one.unit is Unit.SHARE):
        known = DEEDS[f"unit.{one.unit}"]
    return known[0 if language is Language.RU else 1]


def _within(query: Mapping[str, object] | None, language: Language) -> str:
    seconds = (query or {}).get("window_seconds")
    if not isinstance(seconds, int | float) or seconds <= 0:
        return ""
    return f" {'за' if language is Language.RU else 'within'} {words.duration(seconds, language)}"


def _quoted(one: Quotes, language: Language) -> str:
    voices = words.counted(one.voices, "voice", language)
    when = "" if one.period is None else f", {words.period(one.period, language, short=False)}"
    if language is Language.RU:
        return f"Об этом {voices} из {words.whole(one.of, language)}{when}"
    return f"{voices} of {words.whole(one.of, language)} say so{when}"


def _quoted_facts(one: Quotes, language: Language) -> list[Fact]:
    made = [Fact(words.label("proof.sample", language), words.of_whole(one.voices, one.of, language))]
    if one.companies is not None:
        made.append(Fact(words.plural(2, "company", language).capitalize(), words.whole(one.companies, language)))
    if one.period is not None:
        made.append(Fact(words.label("proof.period", language), words.period(one.period, language)))
    return made


def _experimented(one: Experiment, language: Language, unit: str) -> str:
    name = one.name.said_in(language)
    people = words.units(one.of, unit, language)
    if language is Language.RU:
        return f"Опыт «{name}»: {_effect(one, language)} ({_effect_interval(one, language)}), {people}"
    return f"Experiment “{name}”: {_effect(one, language)} ({_effect_interval(one, language)}), {people}"


def _effect(one: Experiment, language: Language) -> str:
    if one.unit is Unit.SHARE:
        return words.points(one.effect, language)
    sign = "+" if one.effect > 0 else ""
    return sign + words.amount(one.effect, one.unit, language)


def _effect_interval(one: Experiment, language: Language) -> str:
    if one.unit is Unit.SHARE:
        return f"{words.decimal(one.low * 100, language)} … {words.points(one.high, language)}"
    return words.interval(one.low, one.high, one.unit, language)


def _measured_facts(one: Measurement, language: Language, unit: str) -> tuple[Fact, ...]:
    sample = words.units(one.of, unit, language) if one.count is None else denominator(one, language)
    made = [Fact(words.label("proof.sample", language), sample)]
    if one.low is not None and one.high is not None:
        level = words.percent(one.confidence, language, 0)
        ends = words.interval(one.low, one.high, one.unit, language, one.currency)
        made.append(
            Fact(words.label("proof.interval", language), f"{ends}, {words.label('confidence', language)} {level}")
        )
    made.append(Fact(words.label("proof.period", language), words.period(one.period, language)))
    meaning = _meaning(one.query, language)
    if meaning:
        made.append(Fact(words.label("proof.semantics", language), meaning))
    if one.baseline is not None:
        made.append(Fact(words.label("proof.baseline", language), baseline_words(one, language)))
    if one.sources:
        made.append(Fact(words.label("proof.source", language), ", ".join(one.sources)))
    return tuple(made)


def baseline_words(one: Measurement, language: Language) -> str:
    """What the figure is compared with: value, of how many, when or who."""
    base = one.baseline
    if base is None:
        return ""
    value = words.amount(base.value, one.unit, language, one.currency)
    if one.unit is Unit.SHARE and base.of < FEW_PERSONS:
        value = words.of_whole(round(base.value * base.of), base.of, language)
    parts = [
        f"{value} {words.label('of', language)}{words.NBSP}{words.whole(base.of, language)}"
        if base.of >= FEW_PERSONS or one.unit is not Unit.SHARE
        else value
    ]
    if base.segment:
        parts.append(words.group(base.segment, language))
    if base.period is not None:
        parts.append(words.period(base.period, language))
    return ", ".join(parts)


def _meaning(query: Mapping[str, object] | None, language: Language) -> str:
    if not query:
        return ""
    parts = []
    semantics = query.get("semantics")
    if isinstance(semantics, str) and semantics in {"any_start", "first_touch", "unwindowed"}:
        parts.append(words.label(f"semantics.{semantics}", language))
    seconds = query.get("window_seconds")
    if isinstance(seconds, int | float) and seconds > 0:
        window = words.duration(seconds, language)
        parts.append(f"окно {window}" if language is Language.RU else f"a window of {window}")
    return ", ".join(parts)
