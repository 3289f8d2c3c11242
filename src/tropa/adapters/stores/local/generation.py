"""One generation of the store: columns as .npy files, a dictionary, a manifest with hashes."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.disk import flush_folder, write_flushed
from tropa.adapters.stores.local.disk import save_flushed
from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.ledger import NO_LEDGER, Ledger
from tropa.domain.project import UnitKind
from tropa.domain.voice import Mark
from tropa.events.log import Column, EventLog
from tropa.events.report import IngestReport
from tropa.mapfile.records import decode, encode
from tropa.texts.document import Feedback, Voice

FORMAT = 2
MANIFEST = "manifest.json"
DICTIONARY = "dictionary.json"
FEEDBACK = "feedback.jsonl"
LEDGER = "ledger.json"
REPORT = "report.json"
PERSONS = "persons"
REJECTS = "rejects"
_WRITERS = 8  # files wait for the disk, not for a core
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a generation holds; `pseudonyms`: 16 bytes a unit, in the order of the log."""

    log: EventLog
    pseudonyms: NDArray[np.uint8]
    feedback: tuple[Feedback, ...]
    report: IngestReport
    ledger: Ledger = NO_LEDGER


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from, and the hash of what is in it."""

    inputs: str
    data: str


def write_generation(place: Path, stored: Stored, *, inputs: str) -> Manifest:
    """Write everything through to the disk; the manifest comes last."""
    log = stored.log
    arrays = _arrays(log)
    whole = {**arrays, PERSONS: stored.pseudonyms}
    with ThreadPoolExecutor(_WRITERS) as pool:
        written = {name: pool.submit(save_flushed, place / f"{name}.npy", array) for name, array in whole.items()}
        summed = {name: pool.submit(_sum, array) for name, array in arrays.items()}
        for one in written.values():
            one.result()
        hashes = {name: one.result() for name, one in summed.items()}
    dictionary = _json(_dictionary(log))
    write_flushed(place / DICTIONARY, dictionary)
    write_flushed(place / FEEDBACK, b"".join(_lines(stored.feedback)))
    ledger = _json(encode(stored.ledger))
    write_flushed(place / LEDGER, ledger)
    write_flushed(place / REPORT, stored.report.to_json())
    manifest = Manifest(inputs=inputs, data=_data_hash(hashes, dictionary + ledger, stored.feedback))
    listed = {"version": FORMAT, "inputs": manifest.inputs, "data": manifest.data, "columns": hashes}
    write_flushed(place / MANIFEST, _json(listed))
    flush_folder(place)
    return manifest


def _sum(array: NDArray[Any]) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()


def _arrays(log: EventLog) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "offsets": log.offsets,
        "buckets": log.buckets,
        "event": log.event.codes,
        "time": log.time,
        "sequence": log.sequence,
    }
    if log.amount is not None:
        arrays["amount"] = log.amount
    arrays |= {f"property_{n}": log.properties[name].codes for n, name in enumerate(log.properties)}
    return arrays | {
        f"unit_property_{n}": log.unit_properties[name].codes for n, name in enumerate(log.unit_properties)
    }


def _dictionary(log: EventLog) -> dict[str, object]:
    return {
        "unit": log.unit.value,
        "currency": log.currency,
        "timezone": log.timezone,
        "as_of": log.as_of,
        "event": log.event.values,
        "properties": [{"name": name, "values": column.values} for name, column in log.properties.items()],
        "unit_properties": [{"name": name, "values": column.values} for name, column in log.unit_properties.items()],
    }


def _data_hash(hashes: Mapping[str, str], dictionary: bytes, feedback: Sequence[Feedback]) -> str:
    """The data without pseudonyms: they depend on the key."""
    digest = hashlib.sha256(_json(hashes))
    digest.update(dictionary)
    for one in feedback:
        digest.update(_json(_record(one, pseudonym=False)))
    return digest.hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _lines(feedback: Sequence[Feedback]) -> Iterator[bytes]:
    return (_json(_record(one)) + b"\n" for one in feedback)


def _record(one: Feedback, *, pseudonym: bool = True) -> dict[str, object]:
    return {
        "id": one.id,
        "text": one.text,
        "person": one.person if pseudonym else None,
        "unit": one.unit,
        "rating": None if one.rating is None else [one.rating.value, *one.rating.scale],
        "source": one.source,
        "written_at": None if one.written_at is None else (one.written_at - _EPOCH) // timedelta(milliseconds=1),
        "language": one.language,
        "voice": one.voice.value,
        "file": one.file,
        "question": one.question,
        "answers": one.answers,
        **({"buyer": one.buyer} if one.buyer else {}),
        "marks": [[mark.kind.value, mark.rating.value, *mark.rating.scale, mark.question] for mark in one.marks],
    }


def read_manifest(place: Path) -> Manifest:
    """The manifest of a generation."""
    whole = json.loads((place / MANIFEST).read_bytes())
    if whole["version"] != FORMAT:
        return Manifest("", whole["data"])
    return Manifest(whole["inputs"], whole["data"])


def read_log(place: Path) -> EventLog:
    """The log; its columns stay on the disk until they are looked at."""
    known = json.loads((place / DICTIONARY).read_bytes())
    return EventLog(
        unit=UnitKind(known["unit"]),
        offsets=_mapped(place, "offsets"),
        buckets=_mapped(place, "buckets"),
        event=Column(_mapped(place, "event"), tuple(known["event"])),
        time=_mapped(place, "time"),
        sequence=_mapped(place, "sequence"),
        properties=_columns(place, "property", known["properties"]),
        unit_properties=_columns(place, "unit_property", known["unit_properties"]),
        amount=_mapped(place, "amount") if (place / "amount.npy").exists() else None,
        currency=known["currency"],
        timezone=known["timezone"],
        as_of=known["as_of"],
    )


def read_persons(place: Path) -> NDArray[np.uint8]:
    """The pseudonyms, 16 bytes a unit, in the order of the log."""
    return _mapped(place, PERSONS)


def _columns(place: Path, kind: str, named: Sequence[Mapping[str, Any]]) -> dict[str, Column]:
    return {one["name"]: Column(_mapped(place, f"{kind}_{n}"), tuple(one["values"])) for n, one in enumerate(named)}


def _mapped(place: Path, name: str) -> NDArray[Any]:
    """A column without reading it (nothing can be mapped of an empty one)."""
    array: NDArray[Any] = np.load(place / f"{name}.npy", mmap_mode="r")
    return np.array(array) if not array.size else array.view(np.ndarray)


def read_feedback(place: Path) -> tuple[Feedback, ...]:
    """All voices."""
    with (place / FEEDBACK).open(encoding="utf-8", newline="\n") as lines:
        return tuple(_feedback(json.loads(line)) for line in lines)


def read_ledger(place: Path) -> Ledger:
    """What stands beside the path."""
    return decode(Ledger, json.loads((place / LEDGER).read_bytes()))


def _feedback(record: Mapping[str, Any]) -> Feedback:
    mark, written = record["rating"], record["written_at"]
    return Feedback(
        id=record["id"],
        text=record["text"],
        person=record["person"],
        unit=record["unit"],
        buyer=record.get("buyer"),
        rating=None if mark is None else Rating(value=mark[0], scale=(mark[1], mark[2])),
        source=record["source"],
        written_at=None if written is None else _EPOCH + timedelta(milliseconds=written),
        language=record["language"],
        voice=Voice(record["voice"]),
        file=record["file"],
        question=record["question"],
        answers=record["answers"],
        marks=tuple(
            Mark(kind=MarkKind(kind), rating=Rating(value=value, scale=(low, high)), question=question)
            for kind, value, low, high, question in record["marks"]
        ),
    )
