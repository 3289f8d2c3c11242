"""The lists of a workbook: evidence, findings and hypotheses, a record a row, figures as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

from tropa.domain.evidence import Evidence, Experiment, Measurement, Quotes, Report
from tropa.domain.journeymap import Card, JourneyMap
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import basis_label, sentence
from tropa.render.sheet import Sheet

Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with its columns (name, width in signs); rows may be made as they are written."""

    name: str
    heads: tuple[tuple[str, int], ...]
    rows: Iterable[tuple[Value, ...]]


def _listing(
    name: str, heads: tuple[tuple[str, int], ...], rows: list[tuple[Value, ...]], language: Language
) -> Listing:
    named = tuple((words.label(key, language), width) for key, width in heads)
    return Listing(words.label(name, language), named, tuple(rows))


def evidence_list(journey: JourneyMap, language: Language) -> Listing:
    """Every piece of evidence of every card; a card without any is a row that says so."""
    sheet = Sheet(journey, 0)
    heads = (
        ("table.stage", 22),
        ("table.step", 22),
        ("table.lane", 18),
        ("table.card", 42),
        ("table.basis", 18),
        ("proof.question", 60),
        ("table.figure", 12),
        ("xlsx.count", 12),
        ("table.of", 12),
        ("xlsx.low", 12),
        ("xlsx.high", 12),
        ("xlsx.from", 12),
        ("xlsx.to", 12),
        ("table.flags", 18),
        ("proof.quotes", 60),
    )
    rows: list[tuple[Value, ...]] = []
    for card in sheet.cards:
        place = _place(card, sheet, language)
        flags = ", ".join(words.label(f"flag.{flag}", language) for flag in card.flags)
        for one in card.evidence or (None,):
            told = sentence(one, language, journey.counted) if one else words.label("proof.none", language)
            rows.append((*place, told, *_figures(one), flags, _quotes(one)))
    return _listing("proof", heads, rows, language)


def _place(card: Card, sheet: Sheet, language: Language) -> tuple[Value, ...]:
    stage = next(one for one in sheet.stages if one.key == card.stage)
    step = next((one.name.said_in(language) for one in stage.steps if one.key == card.step), None)
    lane = next(one for one in sheet.lanes if one.key == card.lane)
    basis = words.label(basis_label(card, b2b=sheet.journey.is_b2b), language)
    return stage.name.said_in(language), step, lane.name.said_in(language), card.text.said_in(language), basis


def _figures(one: Evidence | None) -> tuple[Value, ...]:
    """Value, count, of, low, high, first and last day; shares as parts of one, times in seconds."""
    match one:
        case Measurement():
            days = (one.period.start.isoformat(), one.period.end.isoformat())
            return one.value, one.count, one.of, one.low, one.high, *days
        case Quotes():
            period = one.period
            ends = (period.start.isoformat(), period.end.isoformat()) if period else (None, None)
            return None, one.voices, one.of, None, None, *ends
        case Experiment():
            return one.effect, None, one.of, one.low, one.high, one.period.start.isoformat(), one.period.end.isoformat()
        case Report() | None:
            return None, None, None, None, None, None, None


def _quotes(one: Evidence | None) -> str | None:
    return "\n".join(f"«{example.text}»" for example in one.examples) if isinstance(one, Quotes) else None


def finding_list(journey: JourneyMap, language: Language) -> Listing:
    """The findings with what to do about them."""
    names = {stage.key: stage.name.said_in(language) for stage in journey.stages}
    heads = (
        ("view.findings", 60),
        ("table.stage", 22),
        ("finding.whom", 24),
        ("finding.since", 14),
        ("table.figure", 12),
        ("proof.baseline", 12),
        ("table.of", 12),
        ("xlsx.affected", 14),
        ("finding.cost", 18),
        ("advice", 60),
        ("advice.first", 50),
    )
    rows: list[tuple[Value, ...]] = [
        (
            one.text.said_in(language),
            names.get(one.stage),
            words.group(one.segment, language),
            one.since.isoformat() if one.since else None,
            one.value,
            one.baseline,
            one.of,
            one.persons_affected,
            words.money(one.money.amount, one.money.currency, language) if one.money else None,
            one.recommendation.text.said_in(language) if one.recommendation else None,
            one.recommendation.first_step.said_in(language) if one.recommendation else None,
        )
        for one in journey.findings
    ]
    return _listing("view.findings", heads, rows, language)


def hypothesis_list(journey: JourneyMap, language: Language) -> Listing:
    """The hypotheses with what a test of them could show."""
    names = {stage.key: stage.name.said_in(language) for stage in journey.stages}
    heads = (
        ("hypothesis", 60),
        ("table.stage", 22),
        ("xlsx.status", 16),
        ("advice.metric", 24),
        ("hypothesis.now", 12),
        ("table.of", 12),
        ("hypothesis.detectable", 40),
    )
    rows: list[tuple[Value, ...]] = []
    for one in journey.hypotheses:
        effects = [
            f"{words.counted(row.weeks, 'week', language)}: {words.amount(row.effect, one.unit, language)}"
            for row in one.detectable
        ]
        cannot = one.instead.said_in(language) if one.instead else words.label("hypothesis.cannot", language)
        rows.append(
            (
                one.text.said_in(language),
                names.get(one.stage),
                words.label(f"status.{one.status}", language),
                one.metric,
                one.value_now,
                one.of,
                "; ".join(effects) if one.testable else cannot,
            )
        )
    return _listing("xlsx.hypotheses", heads, rows, language)
