"""What people taught tropa: a file of labels in versions, each of which can be taken back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tropa.adapters.storage.output import write_file
from tropa.domain.opinion import Sentiment, StatementKind
from tropa.errors import InputError, Place, told
from tropa.texts.labels import Label

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One run of `tropa voice-learn`: its number, its day, the file it read, the labels it added."""

    version: int
    made: date
    source: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class LearnedFile:
    """All lessons, the oldest first; the model is trained anew from them, so that a newer tropa loses nothing."""

    lessons: tuple[Lesson, ...] = ()

    @property
    def version(self) -> int:
        """The last lesson's number; 0 before the first."""
        return self.lessons[-1].version if self.lessons else 0

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels in force: what is said of a text later takes the place of what was said before."""
        latest: dict[str, list[Label]] = {}
        for lesson in self.lessons:
            said = {one.said for one in lesson.labels}
            latest = {text: labels for text, labels in latest.items() if text not in said}
            for one in lesson.labels:
                latest.setdefault(one.said, []).append(one)
        return tuple(one for labels in latest.values() for one in labels)

    def with_lesson(self, labels: Sequence[Label], *, source: str, made: date) -> "LearnedFile":
        """One lesson more."""
        lesson = Lesson(version=self.version + 1, made=made, source=source, labels=tuple(labels))
        return replace(self, lessons=(*self.lessons, lesson))

    def without_last(self) -> "LearnedFile":
        """The last lesson taken back."""
        return replace(self, lessons=self.lessons[:-1])


def read_learned(path: Path) -> LearnedFile:
    """The lessons of a file; none where there is no file."""
    if not path.exists():
        return LearnedFile()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            message = told("This tropa reads version 1, not {version}.", version=content["format"])
            raise InputError(message, "Install a newer tropa.", Place(file=path.name))
        return LearnedFile(tuple(_lesson(one) for one in content["lessons"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "Give a file that `tropa voice-learn` wrote."
        raise InputError(told("“{name}” cannot be read: {error}.", name=path.name, error=error), hint) from error


def write_learned(path: Path, learned: LearnedFile) -> None:
    """Write the file whole."""
    content = {"format": _FORMAT, "lessons": [_plain_lesson(one) for one in learned.lessons]}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass"))


def _plain_lesson(one: Lesson) -> dict[str, Any]:
    labels = [_plain_label(label) for label in one.labels]
    return {"version": one.version, "made": one.made.isoformat(), "source": one.source, "labels": labels}


def _plain_label(one: Label) -> dict[str, Any]:
    plain: dict[str, Any] = {"text": one.text}
    for name, value in (("clause", one.clause), ("sentiment", one.sentiment), ("kind", one.kind)):
        plain |= {name: str(value)} if value is not None else {}
    return plain | ({} if one.touchpoints is None else {"touchpoints": list(one.touchpoints)})


def _lesson(plain: Mapping[str, Any]) -> Lesson:
    return Lesson(
        version=int(plain["version"]),
        made=date.fromisoformat(plain["made"]),
        source=str(plain["source"]),
        labels=tuple(_label(one, number) for number, one in enumerate(plain["labels"], start=1)),
    )


def _label(plain: Mapping[str, Any], row: int) -> Label:
    touchpoints = plain.get("touchpoints")
    return Label(
        text=str(plain["text"]),
        row=row,
        clause=plain.get("clause"),
        touchpoints=None if touchpoints is None else tuple(map(str, touchpoints)),
        sentiment=Sentiment(plain["sentiment"]) if "sentiment" in plain else None,
        kind=StatementKind(plain["kind"]) if "kind" in plain else None,
    )
