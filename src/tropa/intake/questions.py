"""What tropa asks where it is unsure: few questions, each with a guess already taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tropa.domain.text import Text

MOST_DECISIONS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a person may give."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A question with its answers, the guess (`default`, a choice's key) and why it is a guess."""

    key: str
    question: Text
    choices: tuple[Choice, ...]
    default: str
    why: Text


@dataclass(slots=True)
class Questions:
    """Collects the questions of one understanding, and answers each at once: as a person did, else by its guess."""

    answers: Mapping[str, str]
    asked: list[tuple[float, Decision]] = field(default_factory=list)

    def ask(self, decision: Decision, *, weight: float) -> str:
        """The choice taken; `weight` orders the questions, the most consequential first."""
        if all(one.key != decision.key for _, one in self.asked):
            self.asked.append((weight, decision))
        answer = self.answers.get(decision.key, decision.default)
        return answer if any(choice.key == answer for choice in decision.choices) else decision.default

    def most_consequential(self) -> tuple[Decision, ...]:
        """At most seven; the rest keep their guesses."""
        ordered = sorted(self.asked, key=lambda pair: -pair[0])
        return tuple(decision for _, decision in ordered[:MOST_DECISIONS])


def column_choices(names: tuple[str, ...]) -> tuple[Choice, ...]:
    """Choices between columns, each by its name."""
    return tuple(Choice(key=name, text=Text(ru=f"«{name}»", en=f"“{name}”")) for name in names)
