"""Voice JSONL: a line of JSON a text, in the order of the input."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import Any

from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.opinion import Job, Opinion, Sentiment, Statement, StatementKind
from tropa.domain.voice import Copy, Mark, Noise, VoiceLine
from tropa.errors import InputError, Place, told

_DIGITS = 4


def line_to_json(line: VoiceLine, *, stages: Mapping[str, str]) -> str:
    """One line without its end; `stages` is the stage of each touchpoint by key."""
    content: dict[str, Any] = {"id": line.id, "text": line.text, "lang": line.language}
    if line.duplicate_of is not None:
        content["duplicate_of"] = line.duplicate_of
        content["copy"] = (line.copy or Copy.SAME).value
    if line.noise is not None:
        content["noise"] = line.noise.value
    if line.reported:
        content["reported"] = True
    if line.question is not None:
        content["question"] = line.question
    if line.marks:
        content["marks"] = [_mark(one) for one in line.marks]
    content["sentiment"] = line.sentiment and line.sentiment.value
    content["value"] = None if line.opinion is None else _short(line.opinion.value)
    content["emotions"] = {} if line.opinion is None else _shares(line.opinion.emotions)
    content["statements"] = [_statement(one, line.text, stages) for one in line.statements]
    return json.dumps(content | {"model": line.model, "version": line.version}, ensure_ascii=False, allow_nan=False)


def line_from_json(text: str, *, file: str, number: int) -> VoiceLine:
    """A line as a value. What JSONL leaves out (the rating, the other two probabilities) is filled in evenly."""
    try:
        content = json.loads(text)
        return _line(content)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "Give a file that `tropa voice` wrote."
        raise InputError(
            told("This is no line of Voice JSONL ({why}).", why=f"{type(error).__name__}: {error}"),
            hint,
            Place(file=file, line=number),
        ) from error


def _statement(one: Statement, text: str, stages: Mapping[str, str]) -> dict[str, Any]:
    touchpoints = [
        {"key": key, "probability": _short(value)} | ({"stage": stages[key]} if stages.get(key) else {})
        for key, value in one.touchpoints
    ]
    content: dict[str, Any] = {
        "text": text[one.start : one.end],
        "start": one.start,
        "end": one.end,
        "touchpoints": touchpoints,
        "sentiment": one.opinion.sentiment.value,
        "value": _short(one.opinion.value),
        "probability": _short(one.opinion.probability),
        "emotions": _shares(one.opinion.emotions),
        "kind": one.kind.value,
    }
    if one.attributes:
        content["attributes"] = list(one.attributes)
    if one.job is not None:
        parts = {"when": one.job.when, "want": one.job.want, "so_that": one.job.so_that}
        content["job"] = {name: None if part is None else text[part[0] : part[1]] for name, part in parts.items()}
    return content


def _mark(one: Mark) -> dict[str, Any]:
    low, high = one.rating.scale
    value = one.rating.value
    return {"kind": one.kind.value, "question": one.question, "value": value, "scale": [low, high]}


def _marks(told: Sequence[Mapping[str, Any]]) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            kind=MarkKind(one["kind"]),
            question=one["question"],
            rating=Rating(value=float(one["value"]), scale=(float(one["scale"][0]), float(one["scale"][1]))),
        )
        for one in told
    )


def _line(content: Mapping[str, Any]) -> VoiceLine:
    text = content["text"]
    said = content.get("sentiment")
    return VoiceLine(
        id=content["id"],
        text=text,
        language=content.get("lang"),
        reported=bool(content.get("reported")),
        duplicate_of=content.get("duplicate_of"),
        copy=Copy(content.get("copy", Copy.SAME)) if content.get("duplicate_of") is not None else None,
        question=content.get("question"),
        marks=_marks(content.get("marks", ())),
        noise=Noise(content["noise"]) if "noise" in content else None,
        opinion=None if said is None else _opinion(content, 1.0),
        statements=tuple(_said(one, text) for one in content["statements"]),
        model=intern(content.get("model", "")),
        version=intern(content.get("version", "")),
    )


def _said(one: Mapping[str, Any], text: str) -> Statement:
    if text[one["start"] : one["end"]] != one["text"]:
        message = "the span is not where the words are"
        raise ValueError(message)
    kind = StatementKind(one["kind"])
    return Statement(
        start=one["start"],
        end=one["end"],
        touchpoints=tuple(_shared(intern(t["key"]), float(t["probability"])) for t in one["touchpoints"]),
        opinion=_opinion(one, float(one["probability"])),
        kind=kind,
        attributes=tuple(map(intern, one.get("attributes", ()))),
        job=_job(one["job"], text) if one.get("job") else None,
    )


def _job(parts: Mapping[str, str | None], text: str) -> Job:
    found = {name: (at, at + len(part)) for name, part in parts.items() if part and (at := text.find(part)) >= 0}
    return Job(when=found.get("when"), want=found["want"], so_that=found.get("so_that"))


def _opinion(content: Mapping[str, Any], probability: float) -> Opinion:
    said = Sentiment(content["sentiment"])
    emotions = {name: float(share) for name, share in content["emotions"].items()}
    return Opinion(probabilities=_evenly(said, probability), value=float(content["value"]), emotions=emotions, kinds={})


@lru_cache(maxsize=50_000)
def _evenly(said: Sentiment, probability: float) -> tuple[float, float, float]:
    rest = (1 - probability) / 2
    negative, neutral, positive = (probability if one is said else rest for one in Sentiment)
    return negative, neutral, positive


@lru_cache(maxsize=200_000)
def _shared(key: str, probability: float) -> tuple[str, float]:
    """One pair for all lines that say the same: there may be a million of them."""
    return key, probability


def _shares(shares: Mapping[str, float]) -> dict[str, float]:
    return {name: _short(share) for name, share in sorted(shares.items())}


def _short(number: float) -> float:
    return round(float(number), _DIGITS) + 0.0  # no minus zero
