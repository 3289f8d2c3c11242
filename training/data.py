"""What the models learn from: the project's own corpus, and two open sets of emotions."""

import csv
import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tropa.domain.opinion import EMOTIONS

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
LANGUAGES = ("ru", "en")
_CLAUSE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_LETTERS = {"a": 0, "d": 1, "f": 2, "j": 3, "s": 4, "u": 5}


@dataclass(frozen=True, slots=True)
class Clause:
    """A labelled part of a sentence of the corpus; `emotions` are places in EMOTIONS."""

    text: str
    touchpoints: tuple[str, ...]
    value: int
    emotions: frozenset[int]
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the corpus."""

    language: str
    industry: str
    register: str
    hard: str
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return " ".join(clause.text for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Felt:
    """A text and its emotions; None where the set does not ask about one."""

    text: str
    emotions: tuple[bool | None, ...]


def corpus(folder: Path = CORPUS) -> list[Sentence]:
    """All lines of the corpus, files in the order of their names; a line that breaks the GUIDE stops training."""
    found = [
        _sentence(line, language, f"{path.name}:{number}")
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not found:
        raise SystemExit(f"No corpus in {folder}: it is part of the repository.")
    return found


def _sentence(line: str, language: str, where: str) -> Sentence:
    try:
        industry, register, hard, rest = (part.strip() for part in line.split("|", 3))
        clauses = tuple(_clause(text, labels) for text, labels in _CLAUSE.findall(rest))
        if not clauses:
            raise ValueError("no labels")
    except ValueError as error:
        raise SystemExit(f"{language}/{where}: {error}: {line}") from error
    return Sentence(language, industry, register, hard, clauses)


def _clause(text: str, labels: str) -> Clause:
    touchpoints, value, emotions, kind = (part.strip() for part in labels.split(";"))
    return Clause(
        text.strip(),
        tuple(key.strip() for key in touchpoints.split(",") if key.strip() not in {"", "-"}),
        int(value),
        frozenset(_LETTERS[letter] for letter in emotions if letter in _LETTERS),
        kind,
    )


def semeval(folder: Path, language: str, part: str) -> list[Felt]:
    """SemEval-2025 Task 11, track A (CC BY 4.0): `part` is train or dev. English has no disgust."""
    path = _present(folder / f"{'rus' if language == 'ru' else 'eng'}_{part}.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Felt(row["text"], tuple(row[name] == "1" if name in row else None for name in EMOTIONS))
            for row in csv.DictReader(rows)
        ]


def goemotions(folder: Path, part: str) -> list[Felt]:
    """GoEmotions in Ekman's classes (Apache-2.0): `part` is train or dev."""
    names = _present(folder / "goemotions_ekman_labels.txt").read_text(encoding="utf-8").split()
    return list(_goemotions(_present(folder / f"goemotions_ekman_{part}.tsv.gz"), names))


def _goemotions(path: Path, names: list[str]) -> Iterator[Felt]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            text, labels, _ = line.rstrip("\n").split("\t")
            said = {names[int(label)] for label in labels.split(",")}
            yield Felt(text, tuple(name in said for name in EMOTIONS))


def _present(path: Path) -> Path:
    if not path.is_file():
        raise SystemExit(
            f"{path} is not there. Training needs SemEval-2025 Task 11 (track A) and GoEmotions; "
            "say where they lie: make train DATA=folder"
        )
    return path
