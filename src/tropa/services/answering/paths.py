"""«Типичные пути»: the chains that most people take, and how many of each come to the goal."""

from functools import partial

from tropa.analysis.beginnings import Beginning, BeginningsQuery, BeginningsResult, beginnings
from tropa.analysis.variants import VariantQuery, variants
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.groups import Reached
from tropa.events.stretches import LONGEST, Stretch
from tropa.render import words
from tropa.render.charts.path_chains import PathChain, PathChains
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.goals import Place, goal_of
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.rates import FEW, INTERVAL, SHARE, persons_column, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.stats.proportions import proportion

QUESTION = Text(ru="Типичные пути", en="Typical paths")
METHOD = Text(ru="Варианты путей", en="Variants")
NO_GOAL = Text(
    ru="Цель не названа, поэтому доли дошедших нет: назовите её в --goal.",
    en="No goal is named, so nobody's coming is counted: name it with --goal.",
)
ENDED = Text(ru="конец", en="the end")
_COMES = Text(ru="Дошли до цели", en="Came to the goal")
_DRAWN = 12
_LONGEST_DRAWN = 14
_LONGEST_SAID = 6
_TYPICAL = 0.02


def paths(
    scope: Scope,
    *,
    places: str = "events",
    length: int = 5,
    whole: bool = False,
    goal: str | None = None,
    top: int = 20,
) -> Answer:
    """The `top` most common paths: the first `length` places of each journey, or whole journeys.

    A place that repeats in a row counts once. `goal`: an event as a step is written, else the map's goal; for
    beginnings, of those who took each, how many came to it at any time.
    """
    if not whole and not 2 <= length <= LONGEST:
        raise InvalidQueryError(
            told("A beginning has 2 to {longest} steps, got {length}.", longest=LONGEST, length=length),
            "For whole journeys: --whole.",
        )
    named = named_places(scope, places)
    aim = goal_of(scope, goal) if goal or scope.stages() else None
    result = _whole(scope, named, top) if whole else _beginnings(scope, named, aim, length, top)
    shows_goal = aim is not None and not whole
    return Answer(
        key="paths",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(result, named, aim if shows_goal else None, scope, language)),
        result=result,
        document=_document(result, named, aim if shows_goal else None, None if whole else length),
        tables=(_table(result, named, scope.unit, shows_goal=shows_goal),),
        chart=_chart(result, named, None if whole else length, shows_goal=shows_goal),
        notes=_notes(result, length=length, whole=whole, has_goal=aim is not None),
    )


def _beginnings(scope: Scope, named: NamedPlaces, aim: Place | None, length: int, top: int) -> BeginningsResult:
    stretch = Stretch(places=named.rule, after=length - 1)
    goal = Reached(aim.rule) if aim is not None else Reached(named.rule, frozenset())
    return beginnings(scope.log, BeginningsQuery(stretch, goal, top), scope.engine)


def _whole(scope: Scope, named: NamedPlaces, top: int) -> BeginningsResult:
    """Whole journeys: their end is part of them, so a share of coming to a goal would say nothing new."""
    found = variants(scope.log, VariantQuery(named.rule, top), scope.engine)
    return BeginningsResult(
        tuple(
            Beginning(one.path, proportion(one.persons, found.of), proportion(0, one.persons)) for one in found.variants
        ),
        found.different,
        proportion(0, found.of),
    )


def _sentence(result: BeginningsResult, named: NamedPlaces, aim: Place | None, scope: Scope, language: Language) -> str:
    if not result.paths:
        return "Путей нет." if language is Language.RU else "There are no paths."
    first = result.paths[0]
    way = _in_short(first, named, language)
    share = count_with_share(first.share, language)
    of = of_units(first.share.of, scope.unit, language)
    covered = _covered(result, language)
    if language is Language.RU:
        said = f"Чаще всего: {way}. Так идут {share} {of}; {covered}."
    else:
        said = f"Most often: {way}. {share} {of} go this way; {covered}."
    return said if aim is None else f"{said} {_best(result, named, aim, language)}".rstrip()


def _covered(result: BeginningsResult, language: Language) -> str:
    count = sum(one.share.count for one in result.paths)
    share = words.share(count, result.paths[0].share.of, language)
    shown, every = words.whole(len(result.paths), language), words.whole(result.different, language)
    if language is Language.RU:
        return f"в {shown} самых частых путях из {every} – {share}"
    return f"the {shown} most common of {every} paths hold {share}"


def _best(result: BeginningsResult, named: NamedPlaces, aim: Place, language: Language) -> str:
    """The path that comes to the goal most, where it surely does so more than all together."""
    large = [one for one in result.paths if one.came.of >= FEW_PERSONS and one.came.low > result.came.value]
    if not large:
        return ""
    best = max(large, key=lambda one: (one.came.value, one.came.of))
    way, goal = _in_short(best, named, language), aim.name.said_in(language)
    share, all_of_them = (words.share(one.count, one.of, language) for one in (best.came, result.came))
    if language is Language.RU:
        return f"До цели «{goal}» чаще всех доходят с пути {way}: {share}; в среднем {all_of_them}."
    return f"The path that comes to “{goal}” most: {way}, {share}; on average {all_of_them}."


def _said(one: Beginning, named: NamedPlaces, language: Language) -> str:
    said = named.words(one.path)
    return " › ".join(said[place].said_in(language) for place in one.path)


def _in_short(one: Beginning, named: NamedPlaces, language: Language) -> str:
    """A path in a sentence: no longer than six places."""
    said = named.words(one.path[:_LONGEST_SAID])
    more = len(one.path) - _LONGEST_SAID
    way = " › ".join(said[place].said_in(language) for place in one.path[:_LONGEST_SAID])
    return way if more <= 0 else f"{way} › … (+{more})"


def _document(result: BeginningsResult, named: NamedPlaces, aim: Place | None, length: int | None) -> dict[str, object]:
    rows = []
    for one in result.paths:
        row: dict[str, object] = {
            "path": [named.keys[place] for place in one.path],
            "persons": one.share.count,
            "share": round(one.share.value, 6),
        }
        if aim is not None:
            row |= {"came": one.came.count, **share_fields(one.came)}
        rows.append(row)
    return {
        "length": length,
        "goal": None if aim is None else {"ru": aim.name.ru, "en": aim.name.en},
        "of": result.came.of,
        "different": result.different,
        "everybody": None if aim is None else {"came": result.came.count, **share_fields(result.came)},
        "paths": rows,
    }


def _table(result: BeginningsResult, named: NamedPlaces, unit: str, *, shows_goal: bool) -> Table:
    comes = (Column(_COMES, Unit.SHARE), *INTERVAL) if shows_goal else ()
    columns = (Column(Text(ru="Путь", en="Path")), persons_column(unit), SHARE, *comes)
    rows = []
    for one in result.paths:
        way = in_both(partial(_said, one, named))
        came = share_cells(one.came) if shows_goal else ()
        rows.append((way, one.share.count, share_cells(one.share)[0], *came))
    return Table("paths", QUESTION, columns, tuple(rows))


def _chart(result: BeginningsResult, named: NamedPlaces, length: int | None, *, shows_goal: bool) -> PathChains | None:
    chains: list[tuple[Text | None, PathChain]] = []
    for one in result.paths[:_DRAWN]:
        said = named.words(one.path)
        cut = len(one.path) > _LONGEST_DRAWN
        texts = [said[place] for place in one.path[:_LONGEST_DRAWN]]
        ended = not cut and (length is None or len(one.path) < length)
        tail = (Text(ru="…", en="…"),) if cut else (ENDED,) if ended else ()
        chains.append(
            (
                None,
                PathChain(
                    places=(*texts, *tail),
                    share=one.share,
                    ended=bool(tail),
                    fact=_came(one) if shows_goal else None,
                    role="accent",
                ),
            )
        )
    return PathChains(tuple(chains)) if chains else None


def _came(one: Beginning) -> Text:
    def said(language: Language) -> str:
        figure = (
            words.of_whole(one.came.count, one.came.of, language)
            if one.came.of < FEW_PERSONS
            else words.percent(one.came.value, language)
        )
        return f"до цели {figure}" if language is Language.RU else f"to the goal {figure}"

    return in_both(said)


def _notes(result: BeginningsResult, *, length: int, whole: bool, has_goal: bool) -> tuple[Text, ...]:
    notes = [
        Text(ru="Пути целиком, от первого шага до последнего.", en="Whole paths, from the first step to the last.")
        if whole
        else in_both(lambda language: _length(length, language)),
        Text(ru="Повтор шага подряд считается один раз.", en="A step repeated in a row counts once."),
    ]
    if result.paths and result.paths[0].share.value < _TYPICAL:
        notes.append(
            Text(
                ru="Почти у каждого свой путь: типичного нет. Короче или по этапам: --length, --places stages.",
                en="Nearly everybody goes their own way. Shorter paths, or by stages: --length, --places stages.",
            )
        )
    if not has_goal:
        notes.append(NO_GOAL)
    elif not whole:
        notes.append(
            Text(
                ru="Дошедшие с разных путей – разные люди: путь не назван причиной.",
                en="Those who take different paths are different people: a path is not named a cause.",
            )
        )
    if any(one.share.count < FEW_PERSONS for one in result.paths):
        notes.append(FEW)
    return tuple(notes)


def _length(length: int, language: Language) -> str:
    steps = words.counted(length, "step", language)
    return f"Начало пути: первые {steps}." if language is Language.RU else f"How paths begin: the first {steps}."
