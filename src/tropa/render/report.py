"""A map as a readable Markdown report."""

import re

from tropa.domain.evidence import Measurement, Quotes
from tropa.domain.finding import Finding
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, MapView, Minute, Stage
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.data_labels import UNIT_NOUNS
from tropa.render.evidence_words import basis_words, denominator, figure, sentence, strongest_of
from tropa.render.sheet import Sheet

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_MOST_QUOTES = 2


def report_of(journey: JourneyMap, language: Language) -> str:
    """Goal's answer, the minute, the path stage by stage, findings, hypotheses and sources."""
    sheet = Sheet(journey, 0)
    blocks = [
        f"# {_said(journey.title, language)}",
        _provenance(journey, language),
        *_goal(journey, language),
        *_minute(journey, language),
        _path(sheet, language),
        *(_stage(stage, sheet, language) for stage in sheet.stages),
        *_findings(journey, language),
        *_hypotheses(journey, language),
        *_sources(journey, language),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escaped(text: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    line = " ".join(part for part in re.split(r"[ \t\r\n\f\v]+", text) if part)
    return _START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line))


def _said(text: Text | None, language: Language) -> str:
    return escaped(words.fine(text.said_in(language))) if text else ""


def _provenance(journey: JourneyMap, language: Language) -> str:
    view = words.label(journey.view, language) if journey.view is MapView.TO_BE else ""
    group = words.group(journey.segment, language) if journey.segment else ""
    people = words.units(journey.persons, journey.counted, language) if journey.persons is not None else ""
    made = journey.provenance
    parts = [view, group, people]
    if made is not None:
        parts += [
            words.period(made.period, language) if made.period else "",
            words.counted(made.feedback, "review", language) if made.feedback else "",
            f"{words.label('as-of', language)} {words.day(made.as_of, language, year=True)}",
        ]
    told = " · ".join(part for part in parts if part)
    return escaped(told or words.label("guess-map", language))


def _goal(journey: JourneyMap, language: Language) -> list[str]:
    goal = journey.goal
    if goal is None:
        return [f"> {escaped(words.label('goal.none', language))}"]
    answer = f"\n>\n> **{_said(goal.answer.text, language)}**" if goal.answer else ""
    return [f"> {words.label('goal', language)}: {_said(goal.text, language)}{answer}"]


def _minute(journey: JourneyMap, language: Language) -> list[str]:
    minute = journey.minute or Minute()
    told = (("want", minute.want), ("loss", minute.loss), ("action", minute.action))
    rows = [
        f"- **{words.label(f'minute.{key}', language)}.** {_said(one.text, language)}"
        for key, one in told
        if one is not None
    ]
    return ["\n".join(rows)] if rows else []


def _path(sheet: Sheet, language: Language) -> str:
    """The path as a table: stage, people, how many go on, time to the next."""
    heads = [
        words.label("stage", language),
        words.plural(5, UNIT_NOUNS.get(sheet.journey.counted, "person"), language).capitalize(),
        words.label("went-on", language).capitalize(),
        words.label("wait-next", language).capitalize(),
        words.label("lane.verdict", language),
    ]
    rows = []
    for stage in sheet.stages:
        one = stage.conversion
        rows.append(
            (
                f"**{_said(stage.name, language)}**",
                "" if stage.persons is None else words.whole(stage.persons, language),
                "" if one is None else words.share(one.count, one.of, language),
                "" if stage.median_seconds_to_next is None else words.duration(stage.median_seconds_to_next, language),
                _said(stage.verdict.text, language) if stage.verdict else "",
            )
        )
    lines = (heads, ("---", "--:", "--:", "--:", "---"), *rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _stage(stage: Stage, sheet: Sheet, language: Language) -> str:
    star = f" ({words.label('moment', language)})" if stage.moment_of_truth else ""
    parts = [f"## {_said(stage.name, language)}{star}"]
    if stage.steps:
        names = " → ".join(
            _said(one.name, language) for one in sorted(stage.steps, key=lambda one: (one.order, one.key))
        )
        parts.append(f"{words.label('lane.steps', language)}: {names}")
    for lane in sheet.lanes:
        cards = [card for card in sheet.in_lane(lane) if card.stage == stage.key]
        if cards and not lane.hidden:
            rows = "\n".join(_card(card, sheet, language) for card in cards)
            parts.append(f"**{_said(lane.name, language)}**\n\n{rows}")
    return "\n\n".join(parts)


def _card(card: Card, sheet: Sheet, language: Language) -> str:
    """A card with its basis and denominators."""
    b2b = sheet.journey.is_b2b
    rests = [basis_words(card.basis(b2b=b2b), card.flags, language)]
    strongest = strongest_of(card)
    kind = sheet.kind_of(card)
    lead = ""
    match strongest:
        case None:
            pass
        case Quotes():
            rests.append(words.of_whole(strongest.voices, strongest.of, language))
        case Measurement():
            rests.append(denominator(strongest, language))
            lead = f": {figure(strongest, language)}" if kind in {LaneKind.KPI, LaneKind.WAIT} else ""
        case _:
            rests.append(sentence(strongest, language, sheet.journey.counted))
    if kind is LaneKind.EMOTION and card.value is not None:
        sign = "+" if card.value > 0 else ""
        lead = f": {sign}{words.decimal(card.value, language)}"
    if kind is LaneKind.IMPORTANCE and card.value is not None:
        lead = f": {round(card.value)} {words.label('importance.of', language)}"
    line = f"- {_said(card.text, language)}{lead} *({escaped(words.fine(' · '.join(rests)))})*"
    return "\n".join([line, *_quotes(card)])


def _quotes(card: Card) -> list[str]:
    examples = [one for evidence in card.evidence if isinstance(evidence, Quotes) for one in evidence.examples]
    return [f"  > «{escaped(one.text)}»" for one in examples[:_MOST_QUOTES]]


def _findings(journey: JourneyMap, language: Language) -> list[str]:
    if not journey.findings:
        return []
    return [f"## {words.label('view.findings', language)}", *(_finding(one, language) for one in journey.findings)]


def _finding(one: Finding, language: Language) -> str:
    rows = [f"### {_said(one.text, language)}"]
    facts = [f"{words.label(f'finding.{one.kind}', language)}"]
    if one.segment:
        facts.append(escaped(words.group(one.segment, language)))
    if one.since:
        facts.append(f"{words.label('finding.since', language)}: {words.day(one.since, language, year=True)}")
    if one.money:
        facts.append(words.money(one.money.amount, one.money.currency, language))
    rows.append(" · ".join(facts))
    rows += [f"- {escaped(sentence(evidence, language))}" for evidence in one.evidence]
    advice = one.recommendation
    if advice is not None:
        rows.append(f"**{words.label('advice', language)}.** {_said(advice.text, language)}")
        rows.append(f"**{words.label('advice.first', language)}.** {_said(advice.first_step, language)}")
    return "\n\n".join(rows)


def _hypotheses(journey: JourneyMap, language: Language) -> list[str]:
    if not journey.hypotheses:
        return []
    rows = [_hypothesis(one, language) for one in journey.hypotheses]
    return [f"## {words.label('xlsx.hypotheses', language)}", "\n".join(rows)]


def _hypothesis(one: Hypothesis, language: Language) -> str:
    tail = [words.label(f"status.{one.status}", language)]
    if one.value_now is not None:
        of = "" if one.of is None else f" {words.label('of', language)} {words.whole(one.of, language)}"
        tail.append(f"{words.label('hypothesis.now', language)} {words.amount(one.value_now, one.unit, language)}{of}")
    if not one.testable:
        tail.append(words.label("hypothesis.cannot", language))
    return f"- {_said(one.text, language)} *({escaped(words.fine(' · '.join(tail)))})*"


def _sources(journey: JourneyMap, language: Language) -> list[str]:
    made = journey.provenance
    if made is None or not made.sources:
        return []
    rows = [f"- {escaped(one.file)} — {words.counted(one.rows, 'row', language)}" for one in made.sources]
    return [f"## {words.label('sources', language)}", "\n".join(rows)]
