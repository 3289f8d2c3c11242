"""From events, texts and a project to maps: everybody's, and one for each group that walks differently."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from tropa.assembly.acquiring import Asked, acquire
from tropa.assembly.answer import answered_goal
from tropa.assembly.buyers import buyer_maps
from tropa.assembly.cards.buyer_cards import buyer_cards
from tropa.assembly.cards.card import in_order
from tropa.assembly.cards.cost_cards import cost_cards
from tropa.assembly.cards.finding_cards import finding_cards
from tropa.assembly.cards.flow_cards import flow_cards
from tropa.assembly.cards.guess_cards import guess_cards
from tropa.assembly.cards.personal_cards import personal_cards
from tropa.assembly.cards.search_cards import search_cards
from tropa.assembly.cards.trial_cards import trial_cards, with_results
from tropa.assembly.cards.voice_cards import voice_cards
from tropa.assembly.definition import Definition, define_stages, seen_by_map
from tropa.assembly.facts import Facts
from tropa.assembly.figures import PathFigures, count_path
from tropa.assembly.finding_stories import with_stories
from tropa.assembly.lanes import lane_records
from tropa.assembly.merge import merge
from tropa.assembly.minute import minute_of
from tropa.assembly.personas import persona_records
from tropa.assembly.questions import Said, ask_again
from tropa.assembly.segment_words import no_difference, segment_note
from tropa.assembly.segments import SegmentGap, differing_segments
from tropa.assembly.stage_problems import with_stage_advice
from tropa.assembly.stage_records import link_records, stage_records
from tropa.assembly.trials import judge_trials
from tropa.domain.argument import Argument
from tropa.domain.evidence import FEW_PERSONS, Measurement
from tropa.domain.finding import Finding
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import JourneyMap, Provenance, SegmentNote, SourceFile, counted
from tropa.domain.ledger import NO_LEDGER, Ledger
from tropa.domain.ownership import Ownership
from tropa.domain.project import Project
from tropa.domain.text import Text
from tropa.events.days import local_date
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import only_units
from tropa.events.log import NO_AMOUNT, EventLog
from tropa.events.staged import StagedLog, stage_events
from tropa.insight.advice_words import Path
from tropa.insight.findings import find
from tropa.insight.hypotheses import hypothesise
from tropa.insight.importance import importance_of, verdicts_of
from tropa.insight.playbook import NO_SHELF, Shelf
from tropa.insight.recommendations import recommend
from tropa.insight.trades import pack_of, trade_of
from tropa.lint.check import with_facts
from tropa.ports import Progress, Report, silent
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.texts.document import Feedback, Mention
from tropa.texts.hidden import hidden_touchpoints
from tropa.texts.map_themes import stage_themes
from tropa.texts.mentions import Heard, listen
from tropa.texts.voices import StageVoice, stage_voices, touchpoint_pains

MAIN = "map"
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """What a build is made of. `current`: the maps as people left them, by name (`map` and segment keys).

    `own`: a company's own recommendations; `owned` and `arguments`: what it tells those who decide.
    """

    project: Project
    log: EventLog
    feedback: tuple[Feedback, ...] = ()
    ledger: Ledger = NO_LEDGER
    current: Mapping[str, JourneyMap] = field(default_factory=dict)
    sources: tuple[SourceFile, ...] = ()
    data: str = ""
    config: str = ""
    engine: str = ""
    own: Shelf = NO_SHELF
    owned: Ownership | None = None
    arguments: tuple[Argument, ...] = ()

    def files(self, *kinds: str) -> tuple[str, ...]:
        """The files of these kinds."""
        return tuple(one.file for one in self.sources if one.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The maps: everybody's and the segments' by key, with all findings."""

    journey: JourneyMap
    segments: Mapping[str, JourneyMap]
    findings: tuple[Finding, ...]
    staged: StagedLog


def build(of: Ingredients, *, engine: Engine = ONE_BY_ONE, report: Report = silent) -> Built:
    """Put the maps together and merge each into what people made of it."""
    report(Progress(work="build.drawing"))
    log, definition = prepared(of.project, of.log, of.current.get(MAIN), listens=bool(of.feedback))
    figures = count_path(stage_events(log, definition.stages), engine=engine)
    report(Progress(work="build.finding"))
    heard = listen(of.feedback, definition.stages, industry=pack_of(of.project, definition.stages))
    facts = _facts(of, figures, heard, engine)
    report(Progress(work="build.segments"))
    gaps = differing_segments(figures, of.project.segments, of.project.findings, engine) if figures.persons else ()
    segments = {}
    notes = []
    for gap in gaps:
        note = segment_note(gap, figures, sources=facts.event_files)
        notes.append(note)
        fresh = _journey(of, _facts_of_segment(facts, gap, engine), note=note)
        segments[note.key] = with_facts(_merged(of, note.key, fresh, engine, heard.mentions))
    for note, mine in buyer_maps(facts, partial(_facts_of_group, engine=engine)):
        notes.append(note)
        segments[note.key] = with_facts(_merged(of, note.key, _journey(of, mine, note=note), engine, heard.mentions))
    fresh = replace(
        _journey(of, facts),
        segments=tuple(notes),
        segments_note=None if gaps or not figures.persons else no_difference(of.project, figures),
    )
    journey = with_facts(_merged(of, MAIN, fresh, engine, heard.mentions), segments=tuple(segments.values()))
    return Built(journey=journey, segments=segments, findings=facts.findings, staged=figures.staged)


def prepared(
    project: Project, log: EventLog, current: JourneyMap | None = None, *, listens: bool
) -> tuple[EventLog, Definition]:
    """The log as the map sees it (completed steps, nothing ignored), and its stages; `listens`: there is feedback."""
    seen = seen_by_map(project, log)
    return seen, define_stages(seen, project, current, listens=listens)


def _facts(of: Ingredients, figures: PathFigures, heard: Heard, engine: Engine) -> Facts:
    staged, mentions = figures.staged, heard.mentions
    voices = {one.stage: one for one in stage_voices(of.feedback, heard.everywhere, staged.stages)}
    current = of.current.get(MAIN)
    what = counted(of.project.unit.value, of.project.model)
    trade = trade_of(of.project, staged.stages)
    path = Path(stages=staged.stages, trade=trade, unit=what, own=of.own)
    findings, hypotheses = (
        _advised(find(_valued(staged, of.project), of.project, of.feedback, mentions), path, figures)
        if figures.persons
        else ((), ())
    )
    findings = with_stories(findings, staged, of.feedback, mentions)
    importance = importance_of(figures.stages, findings, staged.stages, spoken=_spoken(voices))
    trials = judge_trials(staged.log, of.project, staged.stages, of.feedback, engine)
    facts = Facts(
        project=of.project,
        figures=figures,
        findings=findings,
        path=path,
        hypotheses=hypotheses,
        importance=importance,
        verdicts=verdicts_of(figures.stages, findings, staged.stages, unit=what),
        feedback=of.feedback,
        voices=voices,
        pains=touchpoint_pains(of.feedback, mentions),
        pains_beside=touchpoint_pains(of.feedback, heard.beside),
        mentions=_mentioned(mentions),
        hidden=hidden_touchpoints(of.feedback, mentions, staged.stages),
        heard=heard,
        themes=stage_themes(heard, current.themes if current is not None else ()),
        acquisition=acquire(staged.log, of.ledger, staged.stages, Asked(), engine),
        queries=of.ledger.queries,
        trials=trials,
        event_files=of.files("events", "entities"),
        feedback_files=of.files("feedback"),
        cost_files=of.files("costs"),
        query_files=of.files("queries"),
        owned=of.owned,
        arguments=of.arguments,
        tco_file=of.project.tco or "",
        fab_file=of.project.fab or "",
    )
    advised = with_stage_advice(facts)
    return replace(advised, hypotheses=with_results(advised.hypotheses, trials))


def _valued(staged: StagedLog, project: Project) -> StagedLog:
    """Where the data hold no money, what the owner says that one result is worth stands at the goal."""
    worth = project.goal.value if project.goal else None
    if worth is None or staged.log.amount is not None:
        return staged
    goals = [number for number, one in enumerate(staged.stages) if one.goal]
    minor = round(worth * 10 ** CURRENCY_DIGITS.get(project.currency or "", 2))
    amount = np.where(np.isin(staged.stage, goals), minor, NO_AMOUNT)
    return replace(staged, log=replace(staged.log, amount=amount, currency=project.currency or "RUB"))


def _advised(
    findings: tuple[Finding, ...], path: Path, figures: PathFigures
) -> tuple[tuple[Finding, ...], tuple[Hypothesis, ...]]:
    """What to do about the findings, and which bets to test."""
    advised = recommend(findings, path)
    if figures.period is None:
        return advised, ()
    weeks = max(1.0, figures.period.days / _WEEK_DAYS)
    per_week = {
        stage.key: place.persons / weeks for stage, place in zip(figures.staged.stages, figures.stages, strict=True)
    }
    return hypothesise(advised, path, units_per_week=per_week)


def _facts_of_segment(facts: Facts, gap: SegmentGap, engine: Engine) -> Facts:
    """The same stages and columns for one group; its own voices, and the findings that concern it."""
    log = only_units(facts.figures.staged.log, gap.members)
    feedback = tuple(one for one in facts.feedback if one.unit is not None and gap.members[one.unit])
    findings = tuple(one for one in facts.findings if _concerns(one, gap))
    return replace(_facts_of_group(facts, log, feedback, findings, engine), segment={gap.name: gap.value})


def _facts_of_group(
    facts: Facts, log: EventLog, feedback: tuple[Feedback, ...], findings: tuple[Finding, ...], engine: Engine
) -> Facts:
    staged = stage_events(log, facts.figures.staged.stages)
    heard = facts.heard.of({one.id for one in feedback})
    figures = count_path(staged, plan=facts.figures.plan, engine=engine)
    voices = {one.stage: one for one in stage_voices(feedback, heard.everywhere, staged.stages)}
    return replace(
        facts,
        figures=figures,
        findings=findings,
        problems=(),
        hypotheses=(),
        importance=importance_of(figures.stages, findings, staged.stages, spoken=_spoken(voices)),
        verdicts=verdicts_of(figures.stages, findings, staged.stages, unit=facts.counted),
        feedback=feedback,
        voices=voices,
        pains=touchpoint_pains(feedback, heard.mentions),
        pains_beside=(),
        mentions=_mentioned(heard.mentions),
        hidden=(),
        heard=heard,
        themes=(),
        acquisition=None,
        queries=(),
        trials=(),
        owned=None,
        arguments=(),
    )


def _mentioned(mentions: Sequence[Mention]) -> dict[str, int]:
    """How many texts speak of each touchpoint."""
    return dict(Counter(touchpoint for touchpoint, _ in {(one.touchpoint, one.feedback) for one in mentions}))


def _spoken(voices: Mapping[str, StageVoice]) -> dict[str, float]:
    """Each stage's share of all unhappy voices; nothing where too few complain to weigh them."""
    unhappy = {stage: voice.negative for stage, voice in voices.items()}
    total = sum(unhappy.values())
    return {stage: count / total for stage, count in unhappy.items()} if total >= FEW_PERSONS else {}


def _concerns(finding: Finding, gap: SegmentGap) -> bool:
    """A finding of everybody, or of a group that is told by the same property and holds this value."""
    if finding.segment is None:
        return True
    wanted = finding.segment.get(gap.name, ())
    return gap.value in ([wanted] if isinstance(wanted, str) else list(wanted))


def _journey(of: Ingredients, facts: Facts, note: SegmentNote | None = None) -> JourneyMap:
    made = (
        *(flow_cards, cost_cards, trial_cards, search_cards, voice_cards, finding_cards),
        *(personal_cards, guess_cards, buyer_cards),
    )
    cards = in_order([card for cards_of in made for card in cards_of(facts)])
    title = _title(of.project, note)
    key = of.project.project if note is None else f"{of.project.project}.{note.key}"
    return JourneyMap(
        key=key,
        title=title,
        generated=Generated(by="title", text=title),
        goal=answered_goal(facts),
        model=of.project.model,
        language=of.project.language,
        segment=facts.segment,
        persons=facts.figures.persons or None,
        unit=facts.unit,
        currency=facts.figures.staged.log.currency or of.project.currency,
        provenance=_provenance(of, facts),
        minute=minute_of(facts),
        personas=persona_records(facts) if note is None else (),
        stages=stage_records(facts, _moments(facts)),
        links=link_records(facts),
        lanes=lane_records(of.project.lanes, cards),
        cards=cards,
        findings=facts.findings,
        hypotheses=facts.hypotheses,
    )


def _moments(facts: Facts) -> Mapping[int, bool]:
    """The moments of truth: where most of the goal is decided."""
    return {number: one.value == 5 for number, one in enumerate(facts.importance)}


def _title(project: Project, note: SegmentNote | None) -> Text:
    title = project.title if not project.title.is_empty else Text(ru=project.project, en=project.project)
    if note is None:
        return title
    return Text(
        ru=f"{title.ru or title.en} · {note.name.ru}" if title.ru or title.en else note.name.ru,
        en=f"{title.en or title.ru} · {note.name.en}" if title.en or title.ru else note.name.en,
    )


def _provenance(of: Ingredients, facts: Facts) -> Provenance:
    log = facts.figures.staged.log
    dates = [one.written_at.date() for one in of.feedback if one.written_at is not None]
    as_of = of.project.as_of or (
        local_date(log.as_of, log.timezone) if log.size else max(dates, default=facts.figures.as_of)
    )
    return Provenance(
        as_of=as_of,
        period=facts.figures.period,
        timezone=of.project.timezone,
        data=of.data,
        config=of.config,
        engine=of.engine,
        sources=of.sources,
        feedback=len(facts.feedback),
    )


def _merged(of: Ingredients, name: str, fresh: JourneyMap, engine: Engine, mentions: Sequence[Mention]) -> JourneyMap:
    current = of.current.get(name)
    if current is None:
        return fresh
    log, definition = prepared(of.project, of.log, of.current.get(MAIN), listens=bool(of.feedback))
    said = Said(of.feedback, definition.stages, mentions)
    pinned = {
        one.query_hash: ask_again(log, one, engine, said)
        for card in current.cards
        for one in card.evidence
        if isinstance(one, Measurement) and one.query_hash is not None and _is_pinned(card.key, fresh)
    }
    return merge(current, fresh, remeasured=pinned)


def _is_pinned(key: str, fresh: JourneyMap) -> bool:
    return all(card.key != key for card in fresh.cards)
