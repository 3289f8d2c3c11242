"""A folder that tropa sees for the first time: what is in it, and what that makes of tropa.yaml."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from tropa.assembly.build import prepared
from tropa.assembly.figures import ASIDE
from tropa.assembly.goal import fitting_goal
from tropa.domain.project import FeedbackSource, Project, StageSpec
from tropa.domain.text import Language, Text
from tropa.errors import InputError, NothingToReadError, in_both, told
from tropa.events.log import EventLog
from tropa.intake.goals import with_goal
from tropa.intake.table import FoundTable
from tropa.intake.understanding import Understanding, UnderstoodTable, understand
from tropa.texts.keys import latin_key
from tropa.texts.names import kind_of_stage, stage_kinds
from tropa.texts.words import folded, readings

_FEWEST_FOR_TITLE = 3
_FEWEST_SPOKEN = 2
_FIRST_PERSON = ("у", "ю", "усь", "юсь")
_VERB = "VERB"
_OF_REVIEWS = Text(ru="Что говорят клиенты", en="What customers say")
_MOST_REASONS = 5


class Unread(Protocol):
    """A file that could not be read, and why."""

    @property
    def file(self) -> str:
        """Its name, relative to the folder."""
        ...

    @property
    def error(self) -> InputError:
        """What was wrong with it."""
        ...


class Found(Protocol):
    """What a folder holds."""

    @property
    def tables(self) -> Sequence[FoundTable]:
        """The tables that can be read."""
        ...

    @property
    def unread(self) -> Sequence[Unread]:
        """The files that cannot."""
        ...


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What was understood, and what could not be read."""

    understanding: Understanding
    unread: tuple[Unread, ...]


def look_at(folder: Path, found: Found, *, language: Language | None = None) -> FirstLook:
    """Understand a folder's tables; a folder with nothing to read is an error that says what to put there."""
    if not found.tables:
        raise _nothing(folder, found.unread, ())
    understanding = understand(found.tables, project_key=project_key(folder), language=language)
    if not understanding.project.sources:
        raise _nothing(folder, found.unread, understanding.tables)
    return FirstLook(understanding, tuple(found.unread))


def project_key(folder: Path) -> str:
    """A latin key from the folder's name; the key of pseudonyms is kept under it."""
    return re.sub(r"_+", "-", latin_key(folder.resolve().name)).strip("-") or "project"


def with_stages(project: Project, log: EventLog) -> Project:
    """The project with its stages written out, so that people can rename and rearrange them, and a goal that fits."""
    listens = any(isinstance(one, FeedbackSource) for one in project.sources)
    if project.stages or not log.size:
        words_only = listens and not log.size and not _has_title(project)
        return _with_goal(replace(project, title=_OF_REVIEWS) if words_only else project, log)
    stages = prepared(project, log, listens=listens)[1].stages
    return _with_goal(replace(project, stages=stages, title=title_of_path(project, stages)), log)


def _with_goal(project: Project, log: EventLog) -> Project:
    """The question that fits the business, where nobody has asked one."""
    return project if project.goal is not None else with_goal(project, fitting_goal(log, project.stages))


def title_of_path(project: Project, stages: Sequence[StageSpec]) -> Text:
    """The path in the customer's words, «Захожу, выбираю и плачу», where nobody has given the map a title."""
    if _has_title(project):
        return project.title
    last = next((number for number, stage in enumerate(stages) if stage.goal and number), len(stages) - 1)
    ahead = [stage for stage in stages if kind_of_stage(stage) not in ASIDE]
    to_goal = [stage for stage in stages[: last + 1] if stage in ahead]
    path = next((one for one in (to_goal, ahead) if len(one) >= _FEWEST_SPOKEN), stages)
    spoken = [stage.name for stage in path if _is_first_person(stage.name) and not _usually_after(stage, path[-1])]
    if len(spoken) < _FEWEST_SPOKEN and len(stages) < _FEWEST_FOR_TITLE:
        return project.title
    if len(spoken) < _FEWEST_SPOKEN:
        start, end = path[0].name, path[-1].name
        return Text(
            ru=f"От «{start.said_in(Language.RU)}» до «{end.said_in(Language.RU)}»",
            en=f"From “{start.said_in(Language.EN)}” to “{end.said_in(Language.EN)}”",
        )
    told = _first_middle_last(spoken)
    return Text(
        ru=_joined([name.said_in(Language.RU) for name in told], "и"),
        en=_joined([name.said_in(Language.EN) for name in told], "and"),
    )


def _has_title(project: Project) -> bool:
    """Somebody gave it one: the folder's name is none."""
    named = [words for words in (project.title.ru, project.title.en) if words]
    return any(latin_key(words) != latin_key(project.project) for words in named)


def _usually_after(stage: StageSpec, end: StageSpec) -> bool:
    """What is usually done after the path's end tells nothing of the way there: «Жду заказ» before «Оформляю заказ»."""
    kinds = stage_kinds()
    here, there = kinds.get(kind_of_stage(stage) or ""), kinds.get(kind_of_stage(end) or "")
    return here is not None and there is not None and here.position > there.position


def _is_first_person(name: Text) -> bool:
    """«Захожу», «Жду заказ»: what a customer says of themselves; «Закрыто» is what a system says."""
    first = folded(name.said_in(Language.RU).split()[0].strip(","))
    return first.endswith(_FIRST_PERSON) and readings(first)[0].part == _VERB


def _first_middle_last(names: Sequence[Text]) -> Sequence[Text]:
    """Three of many; a middle that begins as the first one does is left out."""
    if len(names) < _FEWEST_FOR_TITLE:
        return names
    first, middle, last = names[0], names[len(names) // 2], names[-1]
    begun = [name.said_in(Language.RU).split()[0] for name in (first, middle, last)]
    return [first, last] if begun[0] == begun[1] != begun[2] else [first, middle, last]


def _joined(names: Sequence[str], last: str) -> str:
    """One sentence; a word that all begin with is said once."""
    if len({name.split()[0] for name in names}) == 1:
        names = [names[0], *(name.partition(" ")[2] for name in names[1:])]
    first, *rest = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    if f" {last} " in rest[-1]:
        return ", ".join([first, *rest])
    return ", ".join([first, *rest[:-1]]) + f" {last} {rest[-1]}"


def _nothing(folder: Path, unread: Sequence[Unread], tables: Sequence[UnderstoodTable]) -> NothingToReadError:
    hint = (
        "Put exports there: events, orders, deals, tickets or reviews as CSV, XLSX, JSON, Parquet or XES; "
        "then run `tropa init` again. To see an example first: `tropa demo`."
    )
    reasons = [told("{file}: {why}", file=one.file, why=one.error.message) for one in unread]
    reasons += [
        told("{file}: {why}", file=one.table.file, why=in_both(ru=one.skipped.ru or "", en=one.skipped.en or ""))
        for one in tables
        if one.skipped is not None
    ]
    if reasons:
        message = told("Nothing in “{folder}” makes a path. {reasons}", folder=folder, reasons=reasons[:_MOST_REASONS])
        return NothingToReadError(message, hint)
    return NothingToReadError(told("There is no table of data in “{folder}”.", folder=folder), hint)
