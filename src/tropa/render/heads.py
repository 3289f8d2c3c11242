"""What the head of the map tells of stages and steps: people, time, losses, returns."""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.journeymap import Loop, Stage, Step
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.flow import gone_after
from tropa.render.sheet import Column, Sheet

LARGE_LOSS = 0.25
_SMALLEST_LOSS = 0.005


@dataclass(frozen=True, slots=True)
class Loss:
    """How many went no further, of how many whose time is over."""

    persons: int
    of: int

    @property
    def share(self) -> float:
        """The part that was lost."""
        return self.persons / self.of

    @property
    def is_large(self) -> bool:
        """A quarter or more, of enough people to say so."""
        return self.of >= FEW_PERSONS and self.share >= LARGE_LOSS

    def counts_in(self, language: Language) -> str:
        """The loss as so many of so many."""
        return f"{words.MINUS}{words.of_whole(self.persons, self.of, language)}"

    def said_in(self, language: Language) -> str:
        """The loss with its minus; counts, and no per cent below 30 people."""
        if self.of < FEW_PERSONS:
            return self.counts_in(language)
        return f"{words.MINUS}{words.percent(self.share, language, 0)}"


def loss_after(record: Step | Stage) -> Loss | None:
    """The loss worth a place in the head; None where nobody, or hardly anybody, is lost."""
    gone = gone_after(record)
    if gone is None or not gone[0]:
        return None
    loss = Loss(*gone)
    return None if loss.of >= FEW_PERSONS and loss.share < _SMALLEST_LOSS else loss


def again_at(column: Column) -> Loop | None:
    """Those who came back to this very column."""
    return next((loop for loop in column.record.loops if loop.to in {None, column.key}), None)


def people_and_time(stage: Stage, language: Language) -> str:
    """How many reach a stage and how long half of them take to the next one."""
    if stage.persons is None:
        return ""
    time = stage.median_seconds_to_next
    tail = "" if time is None else f" · {words.duration(time, language)}"
    return f"{words.whole(stage.persons, language)}{tail}"


def tells_of_steps(sheet: Sheet) -> bool:
    """Whether a row of steps says more than the band of stages above it."""
    return any(column.step is not None or column.stage.persons is not None for column in sheet.columns)
