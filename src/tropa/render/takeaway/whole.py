"""The map as a document: the answer, the stages with their cards, findings, evidence in sentences, sources."""

from tropa.domain.evidence import Quotes
from tropa.domain.finding import Finding
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.branding import Look
from tropa.render.cells import first_figure, importance_words
from tropa.render.data_labels import UNIT_NOUNS
from tropa.render.evidence_words import basis_words, figure, sentence
from tropa.render.headline import minute_rows, provenance
from tropa.render.heads import loss_after
from tropa.render.page.findings import certainty
from tropa.render.sheet import Sheet
from tropa.render.takeaway.advice import people_in_genitive
from tropa.render.takeaway.blocks import Document, Heading, Listed, Part, Passage, Picture, Table, Tone
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.department import departments, stretches
from tropa.render.takeaway.strip import strip

_MOST_QUOTES = 2
METHODS = tuple(f"method.{number}" for number in range(1, 7))
_FIGURES = frozenset({LaneKind.KPI, LaneKind.WAIT, LaneKind.FLOW})


def whole(journey: JourneyMap, language: Language, *, method: bool = True, sources: bool = True) -> Document:
    """Everything that the map holds in sight; `method` and `sources` add their pages at the end."""
    made = _answer(journey, language)
    picture = strip(journey, language)
    if picture is not None:
        made += [Picture(picture, told("picture.told", language))]
    sheet = Sheet(journey, 0)
    made += [Heading(told("whole.path", language)), *_path(sheet, language)]
    for stage in sheet.stages:
        made += _stage(stage, sheet, language)
    made += [*_findings(journey, language), *_hypotheses(journey, language), *department_parts(journey, language)]
    made += method_parts(journey, language) if method else []
    made += source_parts(journey, language) if sources else []
    day = journey.provenance.as_of if journey.provenance else None
    return Document(
        title=journey.title.said_in(language),
        subtitle=provenance(journey, language),
        language=language,
        parts=tuple(made),
        day=day,
    )


def _answer(journey: JourneyMap, language: Language) -> list[Part]:
    goal = journey.goal
    made: list[Part] = []
    if goal is not None:
        made.append(Passage(goal.text.said_in(language), Tone.SMALL))
        if goal.answer is not None:
            made.append(Passage(goal.answer.text.said_in(language), Tone.LEAD))
    rows = minute_rows(journey)
    points = tuple(
        (words.label(f"minute.{name}", language), one.text.said_in(language), "") for name, _, _, one in rows
    )
    return [*made, Listed(points)] if points else made


def _path(sheet: Sheet, language: Language) -> list[Part]:
    if not sheet.stages:
        return []
    noun = words.plural(5, UNIT_NOUNS.get(sheet.journey.counted, "person"), language).capitalize()
    heads = (
        words.label("stage", language),
        noun,
        words.label("went-on", language).capitalize(),
        words.label("wait-next", language).capitalize(),
        words.label("lane.verdict", language),
    )
    rows = tuple(_path_row(stage, language) for stage in sheet.stages)
    return [Table(heads, rows, (0.2, 0.12, 0.24, 0.14, 0.3), frozenset({1}))]


def _path_row(stage: Stage, language: Language) -> tuple[str, ...]:
    went = stage.conversion
    seconds = stage.median_seconds_to_next
    return (
        stage.name.said_in(language),
        "" if stage.persons is None else words.whole(stage.persons, language),
        "" if went is None else words.share(went.count, went.of, language),
        "" if seconds is None else words.duration(seconds, language),
        stage.verdict.text.said_in(language) if stage.verdict else "",
    )


def _stage(stage: Stage, sheet: Sheet, language: Language) -> list[Part]:
    star = f" ({words.label('moment', language)})" if stage.moment_of_truth else ""
    made: list[Part] = [Heading(f"{stage.name.said_in(language)}{star}", 2)]
    if stage.steps:
        names = " › ".join(column.record.name.said_in(language) for column in sheet.columns_of(stage))
        made.append(Passage(names, Tone.SMALL, f"{words.label('lane.steps', language)}:"))
    for lane in sheet.lanes:
        cards = [card for card in sheet.in_lane(lane) if card.stage == stage.key]
        if cards and not lane.hidden:
            made.append(Heading(lane.name.said_in(language), 3))
            made.append(Listed(tuple(_card(card, sheet, language) for card in cards)))
    return made


def _card(card: Card, sheet: Sheet, language: Language) -> tuple[str, str, str]:
    """A card: its figure, its words, and in a sentence what it rests on."""
    rests = [basis_words(card.basis(b2b=sheet.journey.is_b2b), card.flags, language)]
    rests += [sentence(one, language, sheet.journey.counted) for one in card.evidence[:1]]
    examples = [one for proof in card.evidence if isinstance(proof, Quotes) for one in proof.examples]
    rows = [". ".join(rests), *(words.in_quotes(one.text) for one in examples[:_MOST_QUOTES])]
    text = (card.reason or card.text) if sheet.kind_of(card) is LaneKind.IMPORTANCE else card.text
    lead, said = _lead(card, sheet, language), text.said_in(language)
    return lead if lead != said else "", said, "\n".join(rows)


def _lead(card: Card, sheet: Sheet, language: Language) -> str:
    kind = sheet.kind_of(card)
    measured = first_figure(card)
    if kind in _FIGURES and measured is not None:
        return figure(measured, language)
    if kind is LaneKind.EMOTION and card.value is not None:
        return words.signed(card.value, language)
    return importance_words(card.value, language)[1] if kind is LaneKind.IMPORTANCE and card.value is not None else ""


def _findings(journey: JourneyMap, language: Language) -> list[Part]:
    if not journey.findings:
        return []
    made: list[Part] = [Heading(told("whole.findings", language))]
    for one in journey.findings:
        made += _finding(one, journey, language)
    return made


def _finding(one: Finding, journey: JourneyMap, language: Language) -> list[Part]:
    sure = f"{words.label('finding.sure', language)}: {words.label(f'certainty.{certainty(one)}', language)}"
    cost = [sure, f"{told('affects', language)} {people_in_genitive(one.persons_affected, journey.counted, language)}"]
    if one.money is not None:
        low, high = (words.money(end, one.money.currency, language) for end in (one.money.low, one.money.high))
        cost.append(f"{words.money(one.money.amount, one.money.currency, language)} ({low} – {high})")
    made: list[Part] = [Heading(one.text.said_in(language), 3), Passage(" · ".join(cost), Tone.SMALL)]
    made += [Passage(sentence(proof, language, journey.counted), Tone.SMALL) for proof in one.evidence[:2]]
    if one.near_change is not None:
        made.append(Passage(one.near_change.said_in(language), Tone.SMALL, f"{words.label('finding.near', language)}:"))
    if one.recommendation is not None:
        advice = one.recommendation
        made.append(Passage(advice.text.said_in(language), Tone.BODY, f"{words.label('advice', language)}."))
        made.append(
            Passage(advice.first_step.said_in(language), Tone.BODY, f"{words.label('advice.first', language)}.")
        )
    return made


def _hypotheses(journey: JourneyMap, language: Language) -> list[Part]:
    if not journey.hypotheses:
        return []
    points = tuple(_hypothesis(one, language) for one in journey.hypotheses)
    return [Heading(told("whole.hypotheses", language)), Listed(points)]


def _hypothesis(one: Hypothesis, language: Language) -> tuple[str, str, str]:
    status = words.label(f"status.{one.status}", language)
    owner = f" · {told('owner', language)}: {one.owner.said_in(language)}" if one.owner else ""
    return "", one.text.said_in(language), f"{status}{owner}"


def department_parts(journey: JourneyMap, language: Language) -> list[Part]:
    """Who answers for which stretch, its loss and wait; nothing where nobody is named."""
    if not departments(journey):
        return []
    heads = ("department", "department.stretch", "department.people", "department.loss", "department.wait")
    rows = []
    for one in stretches(journey):
        loss = loss_after(one.record)
        seconds = one.record.median_seconds_to_next
        place = one.stage.name.said_in(language)
        step = "" if one.record is one.stage else f" › {one.record.name.said_in(language)}"
        rows.append(
            (
                one.department.said_in(language) if one.department else told("department.nobody", language),
                f"{place}{step}",
                "" if one.record.persons is None else words.whole(one.record.persons, language),
                "" if loss is None else loss.counts_in(language),
                "" if seconds is None else words.duration(seconds, language),
            )
        )
    rows.sort(key=lambda row: row[0] == told("department.nobody", language))
    table = Table(
        tuple(told(key, language) for key in heads), tuple(rows), (0.22, 0.36, 0.12, 0.16, 0.14), frozenset({2})
    )
    return [Heading(told("whole.departments", language)), table]


def method_parts(journey: JourneyMap, language: Language) -> list[Part]:
    """How the figures are counted, for those who will ask."""
    points = tuple(("", told(key, language), "") for key in METHODS)
    parts: list[Part] = [Heading(told("whole.method", language)), Listed(points)]
    made = journey.provenance
    if made is not None and made.data:
        values = {"data": made.data[:12], "config": made.config, "engine": made.engine, "zone": made.timezone}
        parts.append(Passage(told("method.made", language, **values), Tone.SMALL))
    return parts


def source_parts(journey: JourneyMap, language: Language) -> list[Part]:
    """The files that the map rests on."""
    made = journey.provenance
    if made is None or not made.sources:
        return []
    heads = tuple(told(f"source.{key}", language) for key in ("file", "kind", "rows"))
    kinds = {"events", "entities", "feedback"}
    rows = tuple(
        (
            one.file,
            told(f"source.{one.kind}", language) if one.kind in kinds else one.kind,
            words.whole(one.rows, language),
        )
        for one in made.sources
    )
    return [Heading(told("whole.sources", language)), Table(heads, rows, (0.5, 0.32, 0.18), frozenset({2}))]


def _kind(kind: str, language: Language) -> str:
    return told(f"source.{kind}", language) if kind in {"events", "entities", "feedback"} else kind


def cover_of(journey: JourneyMap, language: Language, look: Look) -> str | None:
    """What stands on the cover; None where there is none, as in a document without a company's look."""
    wanted = not look.is_plain if look.branding.spec.cover is None else look.branding.spec.cover
    if not wanted:
        return None
    answer = journey.goal.answer if journey.goal else None
    return answer.text.said_in(language) if answer else ""
