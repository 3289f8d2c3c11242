"""«Кто решает»: when each class of buyers enters a deal, where it is waited for, how deals end without it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tropa.analysis.buying_centre import AtStage, BuyingCentreQuery, ClassMet
from tropa.analysis.buying_centre import buying_centre as count_buying_centre
from tropa.assembly.saying import count_with_share, in_both, of_units, share_of
from tropa.domain.buying import BUYING_CLASS
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.places import PropertyValues
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import won_of
from tropa.services.answering.journey_ends import lost_events, places_on_the_way
from tropa.services.answering.places import NamedPlaces
from tropa.services.answering.rates import FEW, INTERVAL, persons_column, share_cells, share_fields, timing_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import term_of
from tropa.stats.durations import Timing
from tropa.stats.proportions import Proportion
from tropa.texts.buying_centre import class_name, class_order

QUESTION = Text(ru="Кто решает", en="Who decides")
METHOD = Text(ru="Центр закупки по должностям участников", en="The buying centre, by job titles")
_SURE = 0.05
_MET = Text(ru="В скольких сделках участвует", en="In how many deals it takes part")
_WON = Text(ru="Выигрывают, если встретили раньше этапа, и если нет", en="Won when met before the stage, and when not")


@dataclass(frozen=True, slots=True)
class _Row:
    """A class with its words, and the comparison among deals that came equally far."""

    key: str
    name: Text
    one: ClassMet

    @property
    def telling(self) -> AtStage | None:
        """The surest difference among deals that came equally far, where both sides have enough; else the latest."""
        enough = [at for at in self.one.at if min(at.met.of, at.unmet.of) >= FEW_PERSONS]
        return min(reversed(enough), key=lambda at: 1.0 if at.q is None else at.q, default=None)


def buying_centre(
    scope: Scope,
    *,
    by: str | None = None,
    places: str = "stages",
    goal: str | None = None,
    lost: str | None = None,
    term: str = "90d",
) -> Answer:
    """Each class of buyers: its part in deals, when it enters, the share won with and without it.

    `by`: the property of events that holds the class, as a list of contacts with job titles makes it; `lost`: events
    that end a deal without a sale, with commas. Raises InvalidQueryError where no class is known.
    """
    name = by or BUYING_CLASS
    if name not in scope.log.properties:
        hint = "Put a table of contacts with job titles into the folder (columns: contact, deal, title), or use --by."
        raise InvalidQueryError("The data do not say who of a customer takes part.", hint)
    keys = class_order(scope.event_property(name).values, scope.project.buying_centre)
    aim, length, stages = won_of(scope, goal).rule, term_of(term), places_on_the_way(scope, places)
    query = BuyingCentreQuery(PropertyValues(name, keys), stages.rule, aim, lost_events(scope, lost), length)
    found = count_buying_centre(scope.log, query, scope.engine)
    rows = [
        _Row(key, class_name(key, scope.project.buying_centre), one)
        for key, one in zip(keys, found.classes, strict=True)
    ]
    said = stages.words(range(len(stages.keys)))
    return Answer(
        key="buying_centre",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, said, found.deals, scope.unit, language)),
        result=found,
        document={
            "by": name,
            "deals": found.deals,
            "decided": found.decided,
            "term_seconds": round(length.total_seconds()),
            "classes": [_fields(row, stages) for row in rows],
        },
        tables=(_classes_table(rows, said, scope.unit), _stages_table(rows, said)),
        chart=_chart(rows, said),
        notes=_notes(rows, found.deals - found.decided, length),
    )


def _sentence(rows: Sequence[_Row], said: Mapping[int, Text], deals: int, unit: str, language: Language) -> str:
    if not deals:
        return (
            "Ни в одной сделке не видно, кто участвует." if language is Language.RU else "No deal shows who takes part."
        )
    sure = [(at.q, row.key, row, at) for row in rows if (at := row.telling) is not None and at.q is not None]
    if not sure or min(sure, key=lambda one: one[:2])[0] > _SURE:
        return _who(rows, deals, unit, language)
    _, _, row, at = min(sure, key=lambda one: one[:2])
    name, stage = row.name.said_in(language), said[at.stage].said_in(language)
    met, unmet = share_of(at.met, language), share_of(at.unmet, language)
    took_part = count_with_share(row.one.met, language)
    of = of_units(deals, unit, language)
    if language is Language.RU:
        return (
            f"{name}: участвует в {took_part} {of}. Среди дошедших до «{stage}» выигрывают {met}, если он появился "
            f"раньше, и {unmet}, если нет. Это связь, а не причина."
        )
    return (
        f"{name}: takes part in {took_part} {of}. Of those that came to “{stage}”, {met} are won where it had appeared "
        f"by then, and {unmet} where it had not. This is association, not cause."
    )


def _who(rows: Sequence[_Row], deals: int, unit: str, language: Language) -> str:
    parts = "; ".join(f"{row.name.said_in(language)} – {count_with_share(row.one.met, language)}" for row in rows)
    if language is Language.RU:
        return f"Кто участвует {of_units(deals, unit, language)}: {parts}. Разницы в исходе не видно."
    return f"Who takes part, {of_units(deals, unit, language)}: {parts}. No difference in outcome is seen."


def _fields(row: _Row, stages: NamedPlaces) -> dict[str, object]:
    one = row.one
    return {
        "class": row.key,
        "met": {"deals": one.met.count, "of": one.met.of, **share_fields(one.met)},
        "entry_seconds": timing_fields(one.entry),
        "entered": dict(zip((*stages.keys, "before"), one.entered, strict=True)),
        "wait_seconds": timing_fields(one.wait),
        "won_with": _won(one.won_with),
        "won_without": _won(one.won_without),
        "at": [
            {"stage": stages.keys[at.stage], "met": _won(at.met), "unmet": _won(at.unmet), "q_value": _digits(at.q)}
            for at in one.at
            if at.met.of or at.unmet.of
        ],
    }


def _won(share: Proportion) -> dict[str, object]:
    return {"won": share.count, "of": share.of, **share_fields(share)}


def _digits(q: float | None) -> float | None:
    return None if q is None else float(f"{q:.3g}")


def _classes_table(rows: Sequence[_Row], said: Mapping[int, Text], unit: str) -> Table:
    columns = (
        Column(Text(ru="Кто", en="Who")),
        persons_column(unit),
        Column(Text(ru="Участвует", en="Takes part"), Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="Появляется: половина за", en="Enters: half within"), Unit.SECONDS),
        Column(Text(ru="Чаще всего на этапе", en="Most often at")),
        Column(Text(ru="До этого этап ждал", en="The stage had waited"), Unit.SECONDS),
        Column(Text(ru="Выиграно с ним", en="Won with it"), Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="Без него", en="Without it"), Unit.SHARE),
        *INTERVAL,
    )
    return Table("classes", QUESTION, columns, tuple(_class_cells(row, said) for row in rows))


def _class_cells(row: _Row, said: Mapping[int, Text]) -> tuple[Cell, ...]:
    one = row.one
    at = max(range(len(one.entered)), key=lambda place: one.entered[place])
    entry, wait = (_median(timing) for timing in (one.entry, one.wait))
    where = said[at] if at in said and one.entered[at] else None
    return (
        *(row.name, one.met.count, *share_cells(one.met), entry, where, wait),
        *(*share_cells(one.won_with), *share_cells(one.won_without)),
    )


def _median(timing: Timing | None) -> float | None:
    return timing.median_seconds if timing is not None and timing.of >= FEW_PERSONS else None


def _stages_table(rows: Sequence[_Row], said: Mapping[int, Text]) -> Table:
    columns = (
        Column(Text(ru="Кто", en="Who")),
        Column(Text(ru="Дошли до этапа", en="Came to")),
        Column(Text(ru="Встретили раньше", en="Had met it"), Unit.PERSONS),
        Column(Text(ru="Выиграно", en="Won"), Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="Не встретили", en="Had not"), Unit.PERSONS),
        Column(Text(ru="Выиграно", en="Won"), Unit.SHARE),
        *INTERVAL,
        Column(Text(ru="q", en="q")),
    )
    cells = tuple(
        (row.name, said[at.stage], at.met.of, *share_cells(at.met), at.unmet.of, *share_cells(at.unmet), at.q)
        for row in rows
        for at in row.one.at
        if at.met.of and at.unmet.of
    )
    return Table("stages", _WON, columns, cells)


def _chart(rows: Sequence[_Row], said: Mapping[int, Text]) -> Panels:
    panels = [Panel(_MET, ShareBars(tuple(ShareBar(row.name, row.one.met, _entry(row)) for row in rows)))]
    compared = [(row, at) for row in rows if (at := row.telling) is not None]
    if compared:
        bars = tuple(
            ShareBar(in_both(lambda language, r=row, m=has_met: _side(r.name, m, language)), share, said[at.stage])  # type: ignore[misc]
            for row, at in compared
            for has_met, share in ((True, at.met), (False, at.unmet))
        )
        panels.append(Panel(_WON, ShareBars(bars)))
    return Panels(None, tuple(panels))


def _side(name: Text, has_met: bool, language: Language) -> str:  # noqa: FBT001
    if language is Language.RU:
        return f"{name.said_in(language)}: {'есть' if has_met else 'нет'}"
    return f"{name.said_in(language)}: {'met' if has_met else 'not met'}"


def _entry(row: _Row) -> Text | None:
    timing = row.one.entry
    if timing is None or timing.of < FEW_PERSONS:
        return None
    return in_both(
        lambda language: (
            f"{'половина – за' if language is Language.RU else 'half within'} "
            f"{words.duration(timing.median_seconds, language)}"
        )
    )


def _notes(rows: Sequence[_Row], still_open: int, term: timedelta) -> tuple[Text, ...]:
    notes = [in_both(lambda language: _counted(still_open, term, language))]
    if any(row.one.won_without.of for row in rows):
        notes.append(
            Text(
                ru="Проигранные рано мало кого успевают встретить, поэтому «с ним» и «без него» по всем сделкам "
                "завышают разницу: смотрите на дошедших до одного этапа.",
                en="Deals lost early meet few people, so “with” and “without” over all deals overstate the difference: "
                "look at those that came equally far.",
            )
        )
    if any(min(one.won_with.of, one.won_without.of) < FEW_PERSONS for one in (row.one for row in rows)):
        notes.append(FEW)
    return tuple(notes)


def _counted(still_open: int, term: timedelta, language: Language) -> str:
    time, count = words.duration(term.total_seconds(), language), words.whole(still_open, language)
    if language is Language.RU:
        return (
            f"Сделка проиграна, если есть отказ или {time} нет ни одного события; ещё не решены: {count}, они только в "
            "«участвует». Класс – по должности; кого словарь не узнал, не посчитан. q – поправка на число сравнений."
        )
    return (
        f"A deal is lost when it was refused or nothing was heard of it for {time}; not decided yet: {count}, counted "
        "only under “takes part”. Classes are told from job titles; who is not recognised is not counted. q is "
        "corrected for the number of comparisons."
    )
