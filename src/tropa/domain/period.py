"""Stretches of days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tropa.errors import told


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    start: date = field(metadata={"key": "from"})
    end: date = field(metadata={"key": "to"})
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.end < self.start:
            message = told("A period ends before it starts: {start} … {end}.", start=self.start, end=self.end)
            raise ValueError(message)

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1
