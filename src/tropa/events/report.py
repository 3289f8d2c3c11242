"""What reading a folder came to: the counts behind every figure of the map (report.json)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tropa.domain.project import UnitKind
from tropa.domain.text import Text

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """One file: accepted + rejected + duplicates = rows."""

    file: str
    rows: int
    accepted: int
    rejected: int
    duplicates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnassignedEvent:
    """An event name that is in no stage."""

    event: str
    events: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """Counts over all sources. Times are UTC ms, None where there is nothing.

    `repeats`: accepted rows equal to another row of their file, without an id that would tell them apart.
    `late`: events more than a day older than one above them, in files that are otherwise in the order of time.
    `future`: events after `as_of`.
    """

    unit: UnitKind
    events: int = 0
    persons: int = 0
    feedback: int = 0
    rejected: int = 0
    duplicates: int = 0
    repeats: int = 0
    sources: tuple[SourceCount, ...] = ()
    first: int | None = None
    last: int | None = None
    as_of: int | None = None
    unassigned: tuple[UnassignedEvent, ...] = ()
    late: int = 0
    future: int = 0
    warnings: tuple[Text, ...] = ()

    def with_unassigned(self, unassigned: Sequence[UnassignedEvent], warnings: Sequence[Text] = ()) -> "IngestReport":
        """The same, with what the stages left out."""
        return replace(self, unassigned=tuple(unassigned), warnings=(*self.warnings, *warnings))

    def to_json(self) -> bytes:
        """report.json, the same bytes for the same counts."""
        document = {
            "version": VERSION,
            "unit": self.unit.value,
            "events": self.events,
            "persons": self.persons,
            "feedback": self.feedback,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "repeats": self.repeats,
            "sources": [
                {
                    "file": one.file,
                    "rows": one.rows,
                    "accepted": one.accepted,
                    "rejected": one.rejected,
                    "duplicates": one.duplicates,
                }
                for one in self.sources
            ],
            "first": _written(self.first),
            "last": _written(self.last),
            "as_of": _written(self.as_of),
            "unassigned": [
                {"event": one.event, "events": one.events, "share": float(f"{one.share:.6g}")}
                for one in self.unassigned
            ],
            "late": self.late,
            "future": self.future,
            "warnings": [
                {code: words for code, words in (("ru", one.ru), ("en", one.en)) if words} for one in self.warnings
            ],
        }
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def report_from_json(content: bytes) -> IngestReport:
    """Read what `to_json` wrote."""
    document = json.loads(content)
    counts = {key: document[key] for key in ("events", "persons", "feedback", "rejected", "duplicates", "repeats")}
    return IngestReport(
        unit=UnitKind(document["unit"]),
        **counts,
        late=document["late"],
        future=document["future"],
        sources=tuple(SourceCount(**one) for one in document["sources"]),
        first=_moment(document["first"]),
        last=_moment(document["last"]),
        as_of=_moment(document["as_of"]),
        unassigned=tuple(UnassignedEvent(**one) for one in document["unassigned"]),
        warnings=tuple(Text(ru=one.get("ru"), en=one.get("en")) for one in document["warnings"]),
    )


def _written(moment: int | None) -> str | None:
    if moment is None:
        return None
    text = datetime.fromtimestamp(moment // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{moment % 1000:03d}Z" if moment % 1000 else f"{text}Z"


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return int(moment.replace(microsecond=0).timestamp()) * 1000 + moment.microsecond // 1000
