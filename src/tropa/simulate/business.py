"""A simulated business: the files its shop would export, and apart from them the truth about it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from tropa.domain.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """The events between which a problem happens; any of the codes may stand for the event."""

    event: tuple[str, ...]
    to_event: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One problem put into the data on purpose.

    `usual` and `harmed` are the same measure outside and inside the harmed group; `unit` names it. `since` is None for a
    problem as old as the data; `until` closes a problem of a season.
    """

    code: str
    kind: tuple[str, ...]
    stage: str
    at: Happening
    segment: Mapping[str, tuple[str, ...]]
    since: date | None
    until: date | None = None
    unit: str
    usual: float
    harmed: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """Something that looks like a problem and is none."""

    code: str
    first: date
    last: date
    segment: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cured:
    """What the cure does in the second delivery: of those at `of`, `times` as many of the cured reach `to` afterwards.

    The random half is told by `property`: its value is `cured` for those with the cure, `usual` for the others. A
    `gain` is one of NPS, from the wave of the first delivery to that of the second.
    """

    code: str
    property: str
    cured: str
    usual: str
    of: tuple[str, ...]
    to: tuple[str, ...]
    times: float | None
    gain: float | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is true of a simulated business and must not lie in its folder.

    `same_property` gives for a property of the site's log the names of the same thing in other files.
    """

    story: str
    language: Language
    seed: int
    same_property: Mapping[str, tuple[str, ...]]
    planted: tuple[Planted, ...]
    decoys: tuple[Decoy, ...]
    cures: tuple[Cured, ...] = ()

    def as_json(self) -> bytes:
        """The truth as an indented JSON document, dates in ISO 8601."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)
        return f"{text}\n".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedBusiness:
    """What a company could export (file name → bytes), and the truth, which belongs outside that folder."""

    files: Mapping[str, bytes]
    truth: bytes
