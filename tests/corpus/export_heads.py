"""Heads of real exports (rows invented) with the roles that a person would give their columns."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tropa.domain.project import ContactSource, EntitySource, EventSource, FeedbackSource, FixedValue, PathSource
from tropa.intake.table import FoundFormat, FoundTable
from tropa.intake.understanding import Understanding, understand

HEADS = Path(__file__).parent / "heads"
SINGLE = ("person", "case", "key", "event", "time", "channel", "device", "amount", "currency", "status", "status_time",
          "lifecycle", "rating", "source")  # fmt: skip
MANY = ("dates", "text", "properties")


@dataclass(frozen=True)
class Head:
    name: str
    table: FoundTable
    expected: dict[str, list[str]]
    also: set[tuple[str, str]]


@dataclass
class Score:
    outcomes: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, head: Head, role: str, outcome: str, detail: str = "") -> None:
        self.outcomes[outcome] += 1
        if outcome != "right":
            self.notes.append(f"{outcome}: {head.name} {role} {detail}")

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())

    def share(self, outcome: str) -> float:
        return self.outcomes[outcome] / self.total


def heads(part: str) -> list[Head]:
    return [read_head(path) for path in sorted((HEADS / part).glob("*.txt"))]


def read_head(path: Path) -> Head:
    front, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    expected: dict[str, list[str]] = {}
    also: set[tuple[str, str]] = set()
    for line in front.splitlines():
        name, _, value = line.partition(": ")
        if name == "also":
            also |= {tuple(part.strip().split("=", 1)) for part in value.split(" | ")}
        else:
            expected[name] = [part.strip() for part in value.split(" | ")]
    delimiter = expected.pop("delimiter")[0].replace("\\t", "\t")
    rows = list(csv.reader(io.StringIO(body), delimiter=delimiter))
    columns = tuple(rows[0])
    sample = tuple(tuple((row + [""] * len(columns))[: len(columns)]) for row in rows[1:] if row)
    table = FoundTable(
        file=expected.pop("file")[0],
        columns=columns,
        sample=sample,
        rows=len(sample),
        format=FoundFormat(kind="csv", encoding=expected.pop("encoding", ["utf-8"])[0], delimiter=delimiter),
    )
    return Head(path.stem, table, expected, also)


def score(part: str) -> Score:
    total = Score()
    for head in heads(part):
        judge(head, understand([head.table], project_key="corpus"), total)
    return total


def judge(head: Head, understood: Understanding, total: Score) -> None:
    got = roles_of(understood.tables[0].source)
    asked = {decision.key.split(":", 1)[0] for decision in understood.decisions}
    kind = got["kind"][0]
    total.add(head, "kind", _outcome("kind", kind, head, asked), kind)
    for role in SINGLE:
        _judge_one(head, role, got.get(role, [None])[0], asked, total)
    if "scale" in head.expected and got.get("scale") != head.expected["scale"]:
        total.add(head, "scale", "wrong", str(got.get("scale")))
    placed = {column: role for role, columns in got.items() for column in columns if role not in {"kind", "scale"}}
    for role in MANY:
        for column in head.expected.get(role, ()):
            now = placed.get(column)
            fine = now == role or (now, column) in head.also or (now is None and (role, column) in head.also)
            total.add(head, role, "right" if fine else "missing" if now is None else "wrong", f"{column} → {now}")
        for column in got.get(role, ()):
            unwanted = (
                role != "properties" and column not in head.expected.get(role, ()) and (role, column) not in head.also
            )
            if unwanted:
                total.add(head, role, "wrong", f"unwanted {column}")
    for column in head.expected.get("never", ()):
        now = placed.get(column)
        fine = now is None or (now, column) in head.also
        total.add(head, "never", "right" if fine else "wrong", f"{column} → {now}")


def _judge_one(head: Head, role: str, now: str | None, asked: set[str], total: Score) -> None:
    if role in head.expected:
        total.add(head, role, _outcome(role, now, head, asked), f"{head.expected[role][0]} → {now}")
    elif now is not None and (role, now) not in head.also and now not in head.expected.get("properties", ()):
        total.add(head, role, "wrong", f"nothing → {now}")


def _outcome(role: str, now: str | None, head: Head, asked: set[str]) -> str:
    fits = now in head.expected[role] or (role, now) in head.also
    if role in asked:
        return "asked"
    if now is None:
        return "missing"
    return "right" if fits else "wrong"


def roles_of(source: PathSource | None) -> dict[str, list[str]]:
    if source is None:
        return {"kind": ["nothing"]}
    columns = source.columns
    found: dict[str, list[str]] = {
        "kind": [
            {EventSource: "events", EntitySource: "entities", ContactSource: "contacts"}.get(type(source), "feedback")
        ]
    }
    for role in ("person", "case", "key", "status", "channel", "device", "source", "lifecycle", "event"):
        value = getattr(columns, role, None)
        if value is not None:
            found[role] = [f"={value.value}" if isinstance(value, FixedValue) else value]
    if getattr(columns, "time", None):
        found["time"] = [columns.time.column]
    if getattr(columns, "amount", None):
        found["amount"] = [columns.amount.column]
        if columns.amount.currency_column:
            found["currency"] = [columns.amount.currency_column]
    if getattr(columns, "rating", None):
        found["rating"] = [columns.rating.column]
        found["scale"] = [" ".join(f"{one:g}" for one in columns.rating.scale)]
    if isinstance(source, FeedbackSource):
        found["text"] = [columns.text] if isinstance(columns.text, str) else list(columns.text)
    if isinstance(source, EntitySource):
        found["dates"] = [time.column for time in source.dates.values()]
        found |= {"status_time": [source.status_time.column]} if source.status_time else {}
    found["properties"] = [*getattr(columns, "properties", ()), *getattr(columns, "case_properties", ())]
    return found
