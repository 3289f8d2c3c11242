"""Reviews put together from hand-written clauses: openers, one matter or two, closers, and the slips of real people."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np

BAD, GOOD, ANY = "bad", "good", "any"
RATINGS = {
    "bad": ((1, 2, 3, 4), (0.44, 0.33, 0.18, 0.05)),
    "good": ((5, 4, 3), (0.79, 0.18, 0.03)),
    "any": ((5, 4, 3, 2), (0.25, 0.35, 0.30, 0.10)),
    "mixed": ((2, 3, 4), (0.35, 0.45, 0.20)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Clauses on one matter; `planted` names the planted problem that they complain of."""

    key: str
    tone: str
    touchpoint: str
    clauses: tuple[str, ...]
    planted: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBank:
    """All that the reviews of one telling are made of."""

    topics: Mapping[str, Topic]
    whole: Mapping[str, tuple[str, ...]]
    frame: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, tuple[str, ...]]
    genders: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]]

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every hand-written clause of every topic."""
        return tuple(clause for topic in self.topics.values() for clause in topic.clauses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A finished review: what it says, its mark, and the topics that it is made of."""

    text: str
    rating: int
    topics: tuple[str, ...]


def read_bank(*folder: str) -> ReviewBank:
    """The bank that ships in this folder of the package's data."""
    path = resources.files("tropa.simulate").joinpath("data", *folder, "reviews.toml")
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return ReviewBank(
        topics={one["key"]: _topic(one) for one in found["topics"]},
        whole=_lists(found["whole"]),
        frame=_lists(found["frame"]),
        slots=_lists(found["slots"]),
        genders=_lists(found["genders"]),
        people=_lists(found["people"]),
    )


def _topic(found: Mapping[str, Any]) -> Topic:
    return Topic(
        key=found["key"],
        tone=found["tone"],
        touchpoint=found["touchpoint"],
        clauses=tuple(found["clauses"]),
        planted=found.get("planted"),
    )


def _lists(found: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in found.items()}


class ReviewWriter:
    """Writes review after review from one bank and one stream of chance."""

    def __init__(self, bank: ReviewBank, rng: np.random.Generator) -> None:
        self._bank = bank
        self._rng = rng
        self._unsaid = {key: list(texts) for key, texts in bank.whole.items()}

    def write(self, key: str, other: str | None = None) -> Written:
        """A review on one matter, or on two; a finished text of the bank is used once, as it stands."""
        topic = self._bank.topics[key]
        second = self._bank.topics[other] if other else None
        mark = "mixed" if second and {topic.tone, second.tone} == {BAD, GOOD} else topic.tone
        values, chances = RATINGS[mark]
        rating = int(self._rng.choice(values, p=chances))
        if self._unsaid.get(key):
            return Written(text=self._unsaid[key].pop(0), rating=rating, topics=(key,))
        text = self._surface(self._filled(self._sentences(topic, second)), tone=(second or topic).tone)
        return Written(text=self._signed(text), rating=rating, topics=(key, other) if other else (key,))

    def _happens(self, chance: float) -> bool:
        return bool(self._rng.random() < chance)

    def _one(self, options: Sequence[str]) -> str:
        return options[int(self._rng.integers(len(options)))]

    def _framed(self, part: str, tone: str) -> str:
        """An opener or a closer that suits the tone."""
        frame = self._bank.frame
        own = tone if tone != ANY and self._happens(0.7) else ANY
        return self._one(frame[f"{part}_{own}"])

    def _sentences(self, topic: Topic, second: Topic | None) -> list[str]:
        said = [self._framed("openers", topic.tone)] if self._happens(0.5) else []
        number = min(len(topic.clauses), 1 + int(self._happens(0.42)))
        chosen = [topic.clauses[place] for place in self._rng.choice(len(topic.clauses), size=number, replace=False)]
        if number == 2 and self._happens(0.4):
            chosen = [", ".join(chosen)]
        said += [self._ended(clause) for clause in chosen]
        if second:
            clause = self._one(second.clauses)
            joint = self._one(self._bank.frame["joints_but" if second.tone != topic.tone else "joints_and"])
            said.append(self._ended(f"{joint} {clause}" if self._happens(0.6) else clause))
        if self._happens(0.42):
            said.append(self._framed("closers", (second or topic).tone))
        return said

    def _ended(self, clause: str) -> str:
        mark = "?" if clause.endswith("?") else self._one((".", ".", ".", ".", ".", ".", "!", "…", "..."))
        return clause.rstrip("?") + mark

    def _filled(self, sentences: Sequence[str]) -> list[str]:
        """Slots filled, one gender for the whole review, each sentence with a capital."""
        man = int(self._happens(0.3))
        words = {key: self._one(options) for key, options in self._bank.slots.items()}
        words |= {key: options[man] for key, options in self._bank.genders.items()}
        filled = (sentence.format_map(words) for sentence in sentences)
        return [sentence[0].upper() + sentence[1:] for sentence in filled]

    def _surface(self, sentences: Sequence[str], *, tone: str) -> str:
        """How it looks: neat, hurried, with a slip of the finger, with a glyph."""
        text = ("\n" if self._happens(0.02) else " ").join(sentences)
        if self._happens(0.24):
            text = text.lower().rstrip(".…")
        if self._happens(0.08):
            text = text.replace(",", "")
        if self._happens(0.16):
            text = self._slipped(text)
        if self._happens(0.07):
            text = f"{text} {self._one(self._bank.frame[f'glyphs_{tone}'])}"
        return text

    def _slipped(self, text: str) -> str:
        """One long word with two letters swapped, one lost, or one doubled."""
        words = text.split(" ")
        long = [place for place, word in enumerate(words) if len(word) > 5 and word.isalpha()]
        if not long:
            return text
        place = long[int(self._rng.integers(len(long)))]
        word = words[place]
        at = int(self._rng.integers(1, len(word) - 2))
        match int(self._rng.integers(3)):
            case 0:
                words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            case 1:
                words[place] = word[:at] + word[at + 1 :]
            case _:
                words[place] = word[: at + 1] + word[at:]
        return " ".join(words)

    def _signed(self, text: str) -> str:
        """Three in a hundred leave a name, a telephone or an address: there for masking to find."""
        if not self._happens(0.03):
            return text
        people = self._bank.people
        digits = {"two": f"{self._rng.integers(10, 100)}", "three": f"{self._rng.integers(100, 1000)}"}
        signature = self._one(people["signatures"]).format(
            name=self._one(people["names"]),
            phone=self._one(people["phones"]).format_map(digits),
            mail=self._one(people["mails"]).format_map(digits),
        )
        return f"{text} {signature}"
