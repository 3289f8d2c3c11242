"""«Как идут на самом деле»: from where to where people go, how long it takes, and how it looks step by step."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tropa.analysis.step_flow import StepFlow, step_flow
from tropa.analysis.transitions import TransitionQuery, TransitionResult, transitions, transitions_by
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.groups import UnitProperty
from tropa.events.stretches import Anchor, Stretch
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.path_chains import PathChain, PathChains
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.flow_charts import matrix_of, sankey_of, step_names
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.rates import SHARE, persons_column, share_cells
from tropa.services.answering.scope import Scope
from tropa.stats.proportions import Proportion, proportion

QUESTION = Text(ru="Как идут на самом деле", en="How people really go")
METHOD = Text(ru="Переходы, матрица шагов и диаграмма Сэнки", en="Transitions, step matrix and Sankey diagram")
_STEPS = 5
_AROUND = 3
_MOVES_DRAWN = 10
_MOVES_COMPARED = 15
_MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A move between two places: how often, by how many of all people, and its share of all moves from the source."""

    source: int
    target: int
    events: int
    persons: Proportion
    of_moves: float
    median_seconds: float | None
    p90_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Moves, most people first; people who start and end at each place; the steps around the anchor.

    `hidden`: (pairs, moves) that fewer people made than the noise threshold asks for.
    """

    persons: int
    moves: tuple[Move, ...]
    hidden: tuple[int, int]
    starts: tuple[tuple[int, int], ...]
    ends: tuple[tuple[int, int], ...]
    steps: StepFlow
    groups: Mapping[str, tuple[Move, ...]]


def flow(
    scope: Scope,
    *,
    places: str = "events",
    anchor: str = "start",
    before: int | None = None,
    after: int | None = None,
    noise: float = 0.01,
    by: str | None = None,
) -> Answer:
    """Moves between places, and the steps around an anchor: start, end, or a place's name (its first time).

    `before` and `after` say how many steps around the anchor (5 from the start or the end, 3 on either side of a
    place). Moves that less than `noise` of people make are left out. `by`: the same moves in groups of people.
    """
    if not 0 <= noise < 1:
        raise InvalidQueryError(
            told("A noise threshold is a share below 1, got {noise}.", noise=noise), "0.01 is usual."
        )
    named = named_places(scope, places)
    stretch = _stretch(named, anchor, before, after)
    query = TransitionQuery(named.rule)
    found = transitions(scope.log, query, scope.engine)
    persons = int(found.starts.sum())
    moves = _moves(found, persons)
    shown = tuple(one for one in moves if one.persons.count >= noise * persons)
    left = moves[len(shown) :]
    result = Flow(
        persons=persons,
        moves=shown,
        hidden=(len(left), sum(one.events for one in left)),
        starts=_largest(found.starts),
        ends=_largest(found.ends),
        steps=step_flow(scope.log, stretch, scope.engine),
        groups={} if by is None else _groups(scope, query, by),
    )
    return _answer(scope, named, stretch, result, by)


def _stretch(named: NamedPlaces, anchor: str, before: int | None, after: int | None) -> Stretch:
    match anchor:
        case "start":
            return Stretch(places=named.rule, after=_STEPS if after is None else after)
        case "end":
            return Stretch(places=named.rule, anchor=Anchor.END, before=_STEPS if before is None else before)
        case _:
            return Stretch(
                places=named.rule,
                anchor=Anchor.PLACE,
                at=named.find(anchor),
                before=_AROUND if before is None else before,
                after=_AROUND if after is None else after,
            )


def _moves(found: TransitionResult, persons: int) -> tuple[Move, ...]:
    """Most people first, then most moves."""
    leaving = found.ends.astype(np.int64)
    np.add.at(leaving, found.source, found.events)
    order = np.lexsort((found.target, found.source, -found.events, -found.persons)).tolist()
    seconds = found.median_seconds.tolist(), found.p90_seconds.tolist()
    return tuple(
        Move(
            source=int(found.source[i]),
            target=int(found.target[i]),
            events=int(found.events[i]),
            persons=proportion(int(found.persons[i]), persons),
            of_moves=int(found.events[i]) / int(leaving[found.source[i]]),
            median_seconds=_known(seconds[0][i]),
            p90_seconds=_known(seconds[1][i]),
        )
        for i in order
    )


def _known(seconds: float) -> float | None:
    return None if np.isnan(seconds) else seconds


def _largest(persons: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[tuple[int, int], ...]:
    order = np.argsort(-persons, kind="stable").tolist()
    return tuple((place, int(persons[place])) for place in order if persons[place])


def _groups(scope: Scope, query: TransitionQuery, by: str) -> Mapping[str, tuple[Move, ...]]:
    column = scope.property(by)
    rule = UnitProperty(by, column.values, scope.moment(by))
    results = transitions_by(scope.log, query, rule, scope.engine)
    found = {value: _moves(one, int(one.starts.sum())) for value, one in zip(column.values, results, strict=True)}
    return {value: moves for value, moves in found.items() if moves}


def _answer(scope: Scope, named: NamedPlaces, stretch: Stretch, result: Flow, by: str | None) -> Answer:
    shown = _Shown(scope, named, result)
    panels = [
        Panel(
            Text(ru="Шаг за шагом, доля всех", en="Step by step, share of all"),
            matrix_of(result.steps, named, stretch.anchor),
        )
    ]
    if result.moves:
        panels.append(Panel(Text(ru="Главные переходы", en="The main moves"), shown.chains()))
    return Answer(
        key="flow",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(shown.sentence),
        result=result,
        document=shown.document(stretch, by),
        tables=(shown.moves_table(), shown.edges_table(), shown.steps_table(stretch.anchor), *shown.groups_table(by)),
        chart=Panels(sankey_of(result.steps, named, stretch.anchor), tuple(panels)),
        notes=shown.notes(stretch),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A flow as words, tables and fields."""

    scope: Scope
    named: NamedPlaces
    flow: Flow

    def sentence(self, language: Language) -> str:
        if not self.flow.persons:
            return "Событий нет." if language is Language.RU else "There are no events."
        (start, started), (end, ended) = self.flow.starts[0], self.flow.ends[0]
        names = self.named.words([start, end])
        of = of_units(self.flow.persons, self.scope.unit, language)
        begun, over = (count_with_share(proportion(one, self.flow.persons), language) for one in (started, ended))
        first, last = (names[place].said_in(language) for place in (start, end))
        if language is Language.RU:
            said = f"Чаще всего начинают с «{first}»: {begun} {of}; последним бывает «{last}»: {over}."
        else:
            said = f"Most often people start with “{first}”: {begun} {of}; most often the last is “{last}”: {over}."
        return f"{said} {self._main_move(language)}".rstrip()

    def _main_move(self, language: Language) -> str:
        move = next((one for one in self.flow.moves if one.source != one.target), None)
        if move is None:
            return ""
        names = self.named.words([move.source, move.target])
        source, target = (names[place].said_in(language) for place in (move.source, move.target))
        count = f"{count_with_share(move.persons, language)} {of_units(move.persons.of, self.scope.unit, language)}"
        half = None if move.median_seconds is None else words.duration(move.median_seconds, language)
        if language is Language.RU:
            time = "" if half is None else f", половина – за {half}"
            return f"Главный переход: «{source}» › «{target}»: {count}{time}."
        time = "" if half is None else f", half of them within {half}"
        return f"The main move: “{source}” › “{target}”: {count}{time}."

    def document(self, stretch: Stretch, by: str | None) -> dict[str, object]:
        keys = self.named.keys
        steps = self.flow.steps
        return {
            "persons": self.flow.persons,
            "moves": [self._fields(one) for one in self.flow.moves],
            "hidden": {"pairs": self.flow.hidden[0], "moves": self.flow.hidden[1]},
            "starts": [{"place": keys[place], "persons": persons} for place, persons in self.flow.starts],
            "ends": [{"place": keys[place], "persons": persons} for place, persons in self.flow.ends],
            "anchor": stretch.anchor.value if stretch.anchor is not Anchor.PLACE else keys[stretch.at],
            "anchored": steps.of,
            "steps": [
                {
                    "step": steps.first + number,
                    "at": [{"place": keys[place], "persons": persons} for place, persons in at],
                }
                for number, at in enumerate(steps.at)
            ],
            "links": [
                {
                    "step": one.step,
                    "from": None if one.source is None else keys[one.source],
                    "to": None if one.target is None else keys[one.target],
                    "persons": one.persons,
                }
                for one in steps.links
            ],
            "by": None
            if by is None
            else {
                "property": by,
                "groups": [
                    {"value": value, "persons": moves[0].persons.of, "moves": [self._fields(one) for one in moves]}
                    for value, moves in self.flow.groups.items()
                ],
            },
        }

    def _fields(self, move: Move) -> dict[str, object]:
        return {
            "from": self.named.keys[move.source],
            "to": self.named.keys[move.target],
            "events": move.events,
            "persons": move.persons.count,
            "share": round(move.persons.value, 6),
            "share_of_moves": round(move.of_moves, 6),
            "median_seconds": None if move.median_seconds is None else round(move.median_seconds, 3),
            "p90_seconds": None if move.p90_seconds is None else round(move.p90_seconds, 3),
        }

    def moves_table(self) -> Table:
        columns = (
            Column(Text(ru="Откуда", en="From")),
            Column(Text(ru="Куда", en="To")),
            persons_column(self.scope.unit),
            Column(Text(ru="Из всех", en="Of all"), Unit.SHARE),
            Column(Text(ru="Раз", en="Times"), Unit.EVENTS),
            Column(Text(ru="Из всех уходов", en="Of all leaving"), Unit.SHARE),
            Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
            Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
        )
        moves = self.flow.moves[:_MOST_ROWS]
        said = self.named.words(sorted({place for one in moves for place in (one.source, one.target)}))
        rows = tuple(
            (
                said[one.source],
                said[one.target],
                one.persons.count,
                share_cells(one.persons)[0],
                one.events,
                one.of_moves,
                one.median_seconds,
                one.p90_seconds,
            )
            for one in moves
        )
        return Table("moves", Text(ru="Переходы", en="Moves"), columns, rows)

    def edges_table(self) -> Table:
        """Where journeys begin and end."""
        starts, ends = dict(self.flow.starts), dict(self.flow.ends)
        order = sorted({*starts, *ends}, key=lambda place: (-starts.get(place, 0) - ends.get(place, 0), place))
        order = order[:_MOST_ROWS]
        said, of = self.named.words(order), max(self.flow.persons, 1)
        columns = (
            Column(Text(ru="Место", en="Place")),
            Column(Text(ru="Начали здесь", en="Started here"), Unit.PERSONS),
            SHARE,
            Column(Text(ru="Закончили здесь", en="Ended here"), Unit.PERSONS),
            SHARE,
        )
        rows = tuple(
            (said[place], starts.get(place, 0), starts.get(place, 0) / of, ends.get(place, 0), ends.get(place, 0) / of)
            for place in order
        )
        return Table("edges", Text(ru="Где начинают и заканчивают", en="Where people start and end"), columns, rows)

    def steps_table(self, anchor: Anchor) -> Table:
        """The step matrix."""
        steps = self.flow.steps
        total: dict[int, int] = {}
        for at in steps.at:
            for place, persons in at:
                total[place] = max(total.get(place, 0), persons)
        order = sorted(total, key=lambda place: (-total[place], place))[:_MOST_ROWS]
        said = self.named.words(order)
        columns = (
            Column(Text(ru="Место", en="Place")),
            *(Column(name, Unit.SHARE) for name in step_names(steps, anchor)),
        )
        shares = [dict(at) for at in steps.at]
        rows: list[tuple[Cell, ...]] = [
            (said[place], *(at.get(place, 0) / max(steps.of, 1) for at in shares)) for place in order
        ]
        return Table("steps", Text(ru="Матрица шагов", en="Step matrix"), columns, tuple(rows))

    def groups_table(self, by: str | None) -> tuple[Table, ...]:
        """The main moves in each group."""
        if by is None:
            return ()
        name = self.scope.property_words(by)
        moves = self.flow.moves[:_MOVES_COMPARED]
        said = self.named.words(sorted({place for one in moves for place in (one.source, one.target)}))
        groups = {value: {(m.source, m.target): m for m in found} for value, found in self.flow.groups.items()}
        columns = (
            Column(Text(ru="Откуда", en="From")),
            Column(Text(ru="Куда", en="To")),
            Column(name),
            persons_column(self.scope.unit),
            Column(Text(ru="Из группы", en="Of the group"), Unit.SHARE),
            Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        )
        rows = []
        for move in moves:
            for value, found in groups.items():
                of = next(iter(found.values())).persons.of
                one = found.get((move.source, move.target))
                share = proportion(0, of) if one is None else one.persons
                half = None if one is None else one.median_seconds
                rows.append((said[move.source], said[move.target], value, share.count, share_cells(share)[0], half))
        title = Text(ru=f"Главные переходы: {name.ru}", en=f"The main moves: {name.en}")
        return (Table("groups", title, columns, tuple(rows)),)

    def chains(self) -> PathChains:
        moves = [one for one in self.flow.moves if one.source != one.target][:_MOVES_DRAWN]
        said = self.named.words(sorted({place for one in moves for place in (one.source, one.target)}))
        return PathChains(
            tuple(
                (
                    None,
                    PathChain(
                        places=(said[one.source], said[one.target]),
                        share=one.persons,
                        fact=None if one.median_seconds is None else _half(one.median_seconds),
                        role="accent",
                    ),
                )
                for one in moves
            )
        )

    def notes(self, stretch: Stretch) -> tuple[Text, ...]:
        notes = []
        pairs, moves = self.flow.hidden
        if pairs:
            notes.append(in_both(lambda language: _hidden(pairs, moves, language)))
        if stretch.anchor is Anchor.PLACE:
            name = self.named.words([stretch.at])[stretch.at]
            count = self.flow.steps.of
            notes.append(in_both(lambda language: self._anchored(name, count, language)))
        notes.append(
            Text(
                ru="По шагам место, повторённое подряд, считается один раз.",
                en="Step by step, a place repeated in a row counts once.",
            )
        )
        return tuple(notes)

    def _anchored(self, name: Text, count: int, language: Language) -> str:
        share = words.share(count, max(self.flow.persons, 1), language)
        if language is Language.RU:
            return f"Шаги – вокруг первого раза «{name.said_in(language)}»; он был у {share}."
        return f"Steps are around the first time of “{name.said_in(language)}”, which {share} had."


def _half(seconds: float) -> Text:
    def said(language: Language) -> str:
        time = words.duration(seconds, language)
        return f"половина за {time}" if language is Language.RU else f"half within {time}"

    return in_both(said)


def _hidden(pairs: int, moves: int, language: Language) -> str:
    many, times = words.whole(pairs, language), words.whole(moves, language)
    if language is Language.RU:
        return f"Редкие переходы скрыты: {many} пар, {times} раз (порог --noise)."
    return f"Rare moves are hidden: {many} pairs, {times} times (the threshold is --noise)."
