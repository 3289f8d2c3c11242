"""One telling of a story: the words of a company in one country and language, read from the package's data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from typing import Any

from tropa.domain.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How this company's systems write text files: encoding, delimiter, and moments."""

    encoding: str = "utf-8"
    delimiter: str = ","
    day: str = "%Y-%m-%d"
    moment: str = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """A table's file, its heads by the keys of its columns, and the names of statuses by the step reached last."""

    file: str
    heads: Mapping[str, str]
    number: str = "{}"
    statuses: Mapping[str, str] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedChange:
    """One line of the company's own diary."""

    on: date
    what: str
    where: str
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointWords:
    """A touchpoint by its name here: the steps that meet it, and which known touchpoint it is.

    `where`: of these steps only those with one of these values of a property; `words`: what customers call it.
    """

    name: str
    events: tuple[str, ...] = ()
    known: str | None = None
    key: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """The number that the company watches: of those at one stage or touchpoint, how many come to another."""

    name: str
    start: str
    end: str
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """A stage in the customers' words, and its touchpoints."""

    key: str
    name: str
    goal: bool
    touchpoints: tuple[TouchpointWords, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Names of events, properties and values, files and heads, the diary, and what is planted in a sentence each.

    `events`: step → name in the log; `dates`: step → names that a date of a table may get as an event; `heads`:
    property → column; `values`: property → value → word; `prices`: step → median sum of money. What the company says of
    its own map: `title`, `stages`, `segments` (properties to compare people by), `roles` of those who speak in interviews,
    the `number` it watches, the events it would `ignore`.
    """

    language: Language
    goal: str
    shape: Shape
    log: TableWords
    events: Mapping[str, str]
    dates: Mapping[str, tuple[str, ...]]
    heads: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    prices: Mapping[str, float]
    tables: Mapping[str, TableWords]
    sources: Mapping[str, float]
    changes: tuple[DatedChange, ...]
    said: Mapping[str, tuple[str, str]]
    title: str | None
    segments: tuple[str, ...]
    roles: Mapping[str, str]
    stages: tuple[StageWords, ...]
    number: NumberWords | None = None
    ignore: tuple[str, ...] = ()

    def names_of(self, step: str) -> tuple[str, ...]:
        """What a step may be called as an event: in the log, or as a date of a table."""
        return (*((self.events[step],) if step in self.events else ()), *self.dates.get(step, ()))

    def names_of_all(self, *steps: str) -> tuple[str, ...]:
        """The names of several steps, one after another."""
        return tuple(name for step in steps for name in self.names_of(step))


def read_telling(story: str, language: Language) -> Telling:
    """The telling that ships with the package."""
    found, diary = (_data(story, language, name) for name in ("telling.toml", "changes.toml"))
    return Telling(
        language=language,
        goal=found["goal"],
        shape=Shape(**found.get("shape", {})),
        log=_table(found["log"]),
        events=found["events"],
        dates={step: tuple(names) for step, names in found.get("dates", {}).items()},
        heads=found["heads"],
        values=found["values"],
        prices=found.get("prices", {}),
        tables={key: _table(one) for key, one in found["tables"].items()},
        sources=found["sources"],
        changes=tuple(_change(one) for one in diary["changes"]),
        said={code: (one["stage"], one["words"]) for code, one in found["said"].items()},
        title=found.get("title"),
        segments=tuple(found.get("segments", ())),
        roles=found.get("roles", {}),
        stages=tuple(_stage(one) for one in found.get("stages", ())),
        number=NumberWords(**found["number"]) if "number" in found else None,
        ignore=tuple(found.get("ignore", ())),
    )


def told_besides(story: str, language: Language) -> Mapping[str, Any]:
    """Everything that a telling's file says, also what only its own story reads."""
    return _data(story, language, "telling.toml")


def interviews(story: str, language: Language) -> dict[str, bytes]:
    """Talks with customers, as they were written down."""
    folder = resources.files("tropa.simulate").joinpath("data", story, language.value)
    names = sorted(one.name for one in folder.iterdir() if one.name.startswith("interview_"))
    return {name: folder.joinpath(name).read_bytes() for name in names}


def _data(story: str, language: Language, name: str) -> Mapping[str, Any]:
    path = resources.files("tropa.simulate").joinpath("data", story, language.value, name)
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _stage(found: Mapping[str, Any]) -> StageWords:
    touchpoints = tuple(
        TouchpointWords(
            name=one["name"],
            events=tuple(one.get("events", ())),
            known=one.get("known"),
            key=one.get("key"),
            where={name: tuple(values) for name, values in one.get("where", {}).items()},
            words=tuple(one.get("words", ())),
        )
        for one in found["touchpoints"]
    )
    return StageWords(key=found["key"], name=found["name"], goal=found.get("goal", False), touchpoints=touchpoints)


def _change(found: Mapping[str, Any]) -> DatedChange:
    return DatedChange(on=found["date"], what=found["what"], where=found["where"], whom=found["whom"])


def _table(found: Mapping[str, Any]) -> TableWords:
    return TableWords(**{**found, "subjects": tuple(found.get("subjects", ()))})
