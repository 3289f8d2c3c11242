"""Answers kept in a file, so that what was answered once is not paid for again."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tropa.adapters.disk import as_our_error
from tropa.domain.language_model import StandIn

ANSWERS = "answers.jsonl"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back about one text: JSON as the model wrote it, or why there is none."""

    raw: bytes | None = None
    why: StandIn | None = None


@dataclass(slots=True)
class KeptAnswers:
    """Answers by a hash of text, rules, touchpoints and model; a line of the file each, written when it comes.

    The file holds no texts, but answers quote them (masked). Of two answers to one question the later holds; a line
    that was cut off by a kill is passed over.
    """

    folder: Path
    about: str
    _answers: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            lines = (self.folder / ANSWERS).read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        except OSError as error:
            raise as_our_error(error, self.folder / ANSWERS) from error
        for line in lines:
            self._take(line)

    def get(self, text: str) -> Answer | None:
        """The answer about this text, if there is one."""
        return self._answers.get(self._key(text))

    def keep(self, answers: dict[str, Answer]) -> None:
        """Keep answers by text, in the file too."""
        lines = []
        for text, answer in answers.items():
            key = self._key(text)
            self._answers[key] = answer
            what = {"answer": answer.raw.decode()} if answer.raw is not None else {"why": answer.why}
            lines.append(json.dumps({"key": key} | what, ensure_ascii=False))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / ANSWERS).open("ab") as file:
                file.write("".join(f"\n{line}" for line in lines).encode())
        except OSError as error:
            raise as_our_error(error, self.folder / ANSWERS) from error

    def _key(self, text: str) -> str:
        return sha256(json.dumps([self.about, text]).encode()).hexdigest()

    def _take(self, line: bytes) -> None:
        try:
            content = json.loads(line)
            key, raw, why = str(content["key"]), content.get("answer"), content.get("why")
            self._answers[key] = Answer(raw=raw.encode()) if isinstance(raw, str) else Answer(why=StandIn(why))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return
