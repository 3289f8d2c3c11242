"""«Что со сделками»: which stand longer than won ones did, why others were lost, how soon the first answer comes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tropa.analysis.deals import DealsQuery, DealsResult, StageAge
from tropa.analysis.deals import deals as count_deals
from tropa.assembly.saying import in_both, share_of
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.deals import DealRules
from tropa.events.places import EventNames, PropertyValues
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import won_of
from tropa.services.answering.journey_ends import lost_events, places_on_the_way
from tropa.services.answering.places import NamedPlaces
from tropa.services.answering.rates import (
    FEW,
    INTERVAL,
    SHARE,
    persons_column,
    share_cells,
    share_fields,
    timing_fields,
)
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import term_of
from tropa.stats.durations import Timing
from tropa.stats.proportions import Proportion, proportion
from tropa.texts.touchpoints import known_for_event

QUESTION = Text(ru="Что со сделками", en="How deals stand")
METHOD = Text(
    ru="Возраст на этапе, причины потерь, скорость первого ответа", en="Age in stage, reasons of losses, first answers"
)
BANDS = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=3))
_ANSWERED = re.compile(
    r"(?:first|перв\w*)[ _-]*(?:answer|reply|respon|contact|call|ответ|контакт|звон)"
    r"|(?:manager|sales)[ _-]*(?:called|repl|answer)"
    r"|(?:ответ|звонок|позвонил)\w*[ _-]*менеджер|менеджер\w*[ _-]*(?:ответ|позвон)",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"причин\w* (?:отказ|проигр|потер|закры)|(?:loss|lost|close|reject\w*|refus\w*)[ _-]*reason", re.IGNORECASE
)
_CREATED = re.compile(r"(?:deal|lead|сделк\w*|заявк\w*|лид)[ _-]*(?:created|создан)", re.IGNORECASE)
_ASKING = frozenset({"lead", "request", "application", "trial"})
_NO_REASON = Text(ru="не указана", en="not said")
_SPEED = Text(ru="Выиграно, если первый ответ пришёл", en="Won, when the first answer came")
_WHY = Text(ru="Почему проигрывают", en="Why deals are lost")
_STAND = Text(ru="Стоят дольше, чем 9 из 10 выигранных", en="Stand longer than 9 of 10 won ones did")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, in words too."""

    stages: NamedPlaces
    said: Mapping[int, Text]
    reasons: tuple[str, ...]
    has_answer: bool
    unit: str


def deals(
    scope: Scope,
    *,
    goal: str | None = None,
    lost: str | None = None,
    answer: str | None = None,
    request: str | None = None,
    reason: str | None = None,
    term: str = "90d",
) -> Answer:
    """Ages of open deals against won ones, reasons of losses by stage, the share won by the speed of the first answer.

    `answer`: events that are the first answer, `request`: what they answer, both with commas; `reason`: the property
    that says why a deal was lost.
    Raises InvalidQueryError where the data hold no such event or property.
    """
    stages, length = places_on_the_way(scope, "stages"), term_of(term)
    answers, (name, reasons) = _answers(scope, answer), _reasons(scope, reason)
    requests = _requests(scope) if request is None else _named(scope, request)
    marks = EventNames((answers, *((one,) for one in requests)))
    rules = DealRules(marks, stages.rule, won_of(scope, goal).rule, lost_events(scope, lost), length)
    found = count_deals(scope.log, DealsQuery(rules, PropertyValues(name, reasons), BANDS), scope.engine)
    asked = _Asked(stages, stages.words(range(len(stages.keys))), reasons, bool(answers), scope.unit)
    return Answer(
        key="deals",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(found, asked, language)),
        result=found,
        document=_document(found, asked, length),
        tables=_tables(found, asked),
        chart=_chart(found, asked),
        notes=_notes(found, asked, length),
    )


def _answers(scope: Scope, names: str | None) -> tuple[str, ...]:
    if names is not None:
        return _named(scope, names)
    return tuple(name for name in scope.log.event.values if _ANSWERED.search(name))


def _named(scope: Scope, names: str) -> tuple[str, ...]:
    """Events written with commas; each has to be in the data."""
    wanted = tuple(part.strip() for part in names.split(",") if part.strip())
    unknown = [name for name in wanted if name not in scope.log.event.values]
    if unknown:
        hint = told("There are: {names}.", names=scope.log.event.values[:20])
        raise InvalidQueryError(told("There is no “{name}” among them.", name=unknown[0]), hint)
    return wanted


def _requests(scope: Scope) -> tuple[str, ...]:
    """Events by which a customer asks for an answer."""
    known = {name: known_for_event(name) for name in scope.log.event.values}
    return tuple(
        name for name, one in known.items() if _CREATED.search(name) or (one is not None and one.stage in _ASKING)
    )


def _reasons(scope: Scope, name: str | None) -> tuple[str, tuple[str, ...]]:
    columns = {**scope.log.properties, **scope.log.unit_properties}
    if name is None:
        name = next((one for one in sorted(columns) if _REASONS.search(one)), "")
        return name, columns[name].values if name else ()
    return name, columns[name].values if name in columns else scope.property(name).values


def _sentence(found: DealsResult, asked: _Asked, language: Language) -> str:
    decided = proportion(found.won, found.won + found.lost)
    russian = language is Language.RU
    said = f"Выиграно {share_of(decided, language)} решённых" if russian else f"Won: {share_of(decided, language)}"
    if found.open:
        still = words.units(found.open, asked.unit, language)
        said += f"; ещё открыто: {still}" if russian else f"; open: {still}"
    stage = max(range(len(found.stages)), key=lambda place: found.stages[place].older, default=None)
    if stage is None or not found.stages[stage].older:
        return f"{said}."
    one, name = found.stages[stage], asked.said[stage].said_in(language)
    of = 0 if one.open is None else one.open.of
    limit = "" if one.won is None else words.duration(one.won.p90_seconds, language)
    if russian:
        return (
            f"{said}. На этапе «{name}» {one.older} из {of} стоят дольше {limit}: столько хватило 9 из 10 выигранных."
        )
    return f"{said}. At “{name}” {one.older} of {of} stand longer than {limit}, which was enough for 9 of 10 won ones."


def _document(found: DealsResult, asked: _Asked, term: timedelta) -> dict[str, object]:
    return {
        "term_seconds": round(term.total_seconds()),
        "won": found.won,
        "lost": found.lost,
        "open": found.open,
        "stages": [
            {
                "stage": key,
                "won_seconds": timing_fields(one.won),
                "open_seconds": timing_fields(one.open),
                "older": one.older,
                "lost": _by_reason(one.lost, asked.reasons),
            }
            for key, one in zip(asked.stages.keys, found.stages, strict=True)
        ],
        "reasons": _by_reason(found.reasons, asked.reasons),
        "answered": [
            {"within_seconds": _bound(band), "won": share.count, "of": share.of, **share_fields(share)}
            for band, share in enumerate(found.answered)
        ]
        if asked.has_answer
        else [],
        "answer_seconds": timing_fields(found.answer),
    }


def _bound(band: int) -> int | None:
    return round(BANDS[band].total_seconds()) if band < len(BANDS) else None


def _by_reason(counts: Sequence[int], reasons: Sequence[str]) -> dict[str, int]:
    return {name: count for name, count in zip((*reasons, ""), counts, strict=True) if count}


def _tables(found: DealsResult, asked: _Asked) -> tuple[Table, ...]:
    stages = Table(
        "stages",
        QUESTION,
        (
            Column(Text(ru="Этап", en="Stage")),
            Column(Text(ru="Выигранные прошли: половина за", en="Won ones passed: half within"), Unit.SECONDS),
            Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
            Column(Text(ru="Открыто", en="Open"), Unit.PERSONS),
            Column(Text(ru="Половина стоит дольше", en="Half stand longer than"), Unit.SECONDS),
            Column(_STAND, Unit.PERSONS),
            Column(Text(ru="Проиграно здесь", en="Lost here"), Unit.PERSONS),
            Column(Text(ru="Чаще всего почему", en="Most often because")),
        ),
        tuple(_stage_cells(asked.said[place], one, asked) for place, one in enumerate(found.stages)),
    )
    tables = [stages]
    if asked.reasons:
        tables.append(_reasons_table(found, asked))
    if asked.has_answer:
        columns = (Column(Text(ru="Первый ответ", en="First answer")), persons_column(asked.unit), SHARE, *INTERVAL)
        rows = tuple((_band(band), share.of, *share_cells(share)) for band, share in enumerate(found.answered))
        tables.append(Table("answered", _SPEED, columns, rows))
    return tuple(tables)


def _stage_cells(name: Text, one: StageAge, asked: _Asked) -> tuple[Cell, ...]:
    known = [(count, reason) for count, reason in zip(one.lost, asked.reasons, strict=False) if count]
    why = max(known, key=lambda pair: (pair[0], pair[1]))[1] if known else None
    return (
        name,
        _seconds(one.won, "median_seconds"),
        _seconds(one.won, "p90_seconds"),
        0 if one.open is None else one.open.of,
        _seconds(one.open, "median_seconds"),
        one.older,
        sum(one.lost),
        why,
    )


def _seconds(timing: Timing | None, name: str) -> float | None:
    return None if timing is None else float(getattr(timing, name))


def _reasons_table(found: DealsResult, asked: _Asked) -> Table:
    columns = (Column(Text(ru="Причина", en="Reason")), persons_column(asked.unit), SHARE, *INTERVAL)
    rows = tuple((name, share.count, *share_cells(share)) for name, share in _shares(found, asked))
    return Table("reasons", _WHY, columns, rows)


def _shares(found: DealsResult, asked: _Asked) -> list[tuple[Text, Proportion]]:
    """Reasons, the commonest first; those that nobody named last."""
    total = sum(found.reasons)
    named = [
        (Text(ru=reason, en=reason), proportion(count, total))
        for reason, count in zip(asked.reasons, found.reasons, strict=False)
        if count
    ]
    named.sort(key=lambda pair: (-pair[1].count, pair[0].ru or ""))
    unsaid = found.reasons[-1]
    return [*named, (_NO_REASON, proportion(unsaid, total))] if unsaid else named


def _band(band: int) -> Text:
    if band < len(BANDS):
        return in_both(lambda language: _within(BANDS[band], language))
    if band == len(BANDS):
        return in_both(lambda language: _later(BANDS[-1], language))
    return Text(ru="ответа не было", en="no answer")


def _within(bound: timedelta, language: Language) -> str:
    time = words.duration(bound.total_seconds(), language)
    return f"за {time}" if language is Language.RU else f"within {time}"


def _later(bound: timedelta, language: Language) -> str:
    time = words.duration(bound.total_seconds(), language)
    return f"позже чем через {time}" if language is Language.RU else f"later than {time}"


def _chart(found: DealsResult, asked: _Asked) -> Panels:
    panels = []
    standing = tuple(
        ShareBar(asked.said[place], proportion(one.older, one.open.of), _limit(one.won))
        for place, one in enumerate(found.stages)
        if one.open is not None and one.won is not None
    )
    if standing:
        panels.append(Panel(_STAND, ShareBars(standing)))
    if asked.has_answer:
        bars = tuple(ShareBar(_band(band), share) for band, share in enumerate(found.answered) if share.of)
        panels.append(Panel(_SPEED, ShareBars(bars)))
    if asked.reasons and sum(found.reasons):
        panels.append(
            Panel(_WHY, ShareBars(tuple(ShareBar(name, share) for name, share in _shares(found, asked)[:12])))
        )
    return Panels(None, tuple(panels))


def _limit(timing: Timing | None) -> Text | None:
    if timing is None:
        return None
    return in_both(
        lambda language: (
            f"{'дольше' if language is Language.RU else 'longer than'} {words.duration(timing.p90_seconds, language)}"
        )
    )


def _notes(found: DealsResult, asked: _Asked, term: timedelta) -> tuple[Text, ...]:
    notes = [in_both(lambda language: _counted(term, language))]
    if not asked.has_answer:
        notes.append(
            Text(
                ru="Первого ответа в данных не видно: назовите его события в --answer.",
                en="The data show no first answer: name its events with --answer.",
            )
        )
    if not asked.reasons:
        notes.append(
            Text(
                ru="Причин потерь в данных не видно: назовите свойство в --reason.",
                en="The data show no reasons of losses: name the property with --reason.",
            )
        )
    if asked.has_answer and any(0 < share.of < FEW_PERSONS for share in found.answered):
        notes.append(FEW)
    return tuple(notes)


def _counted(term: timedelta, language: Language) -> str:
    time = words.duration(term.total_seconds(), language)
    if language is Language.RU:
        return (
            f"Сделка проиграна, если есть отказ или {time} нет ни одного события. Возраст на этапе – с первого события "
            "на нём. Скорость ответа и исход связаны, но это не причина: на горячие заявки отвечают охотнее."
        )
    return (
        f"A deal is lost when it was refused or nothing was heard of it for {time}. The age at a stage is since the "
        "first event there. Speed and outcome go together, which is no cause: promising leads are answered sooner."
    )
