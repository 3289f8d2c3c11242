"""A discovery: a group that stands out in the answers to one question."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.insight.groups import Group
from tropa.insight.questions import Trials
from tropa.stats.changes import ChangeDay

Flags = NDArray[np.bool_]
MUCH_BUSIER = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """A group that gets the unwelcome answer more often; masks have one entry a trial.

    `member` of the group at any time, `inside` it and `beside` it (known not to be in it) while the difference lasts;
    `since` the day it began (None = as old as the data), `until` the day after it ended (None = still so). `rate` is
    the share of unwelcome answers inside, `usual` what it would be without the difference; of a growth point
    (`better`) both are shares of welcome answers.
    """

    trials: Trials
    days: NDArray[np.int64]
    group: Group
    member: Flags
    inside: Flags
    beside: Flags
    since: ChangeDay | None
    until: int | None
    score: float
    chance: float
    rate: float
    usual: float
    better: bool = False

    @property
    def before(self) -> Flags:
        """The group's trials before the difference began."""
        return self.member & (self.days < (self.since.day if self.since else 0))

    @property
    def later(self) -> Flags:
        """The group's trials after the difference ended."""
        return self.member & (self.days >= self.until) if self.until is not None else np.zeros_like(self.member)

    @property
    def comes_with_load(self) -> bool:
        """Whether the difference came and went with the number of people: a busy season's queue, begun by no event."""
        if self.since is None or self.until is None:
            return False
        during = self.member & (self.days >= self.since.day) & (self.days < self.until)
        length, whole = self.until - self.since.day, int(self.days.max()) + 1
        inside, outside = int(during.sum()), int(self.member.sum() - during.sum())
        return inside / length > MUCH_BUSIER * outside / max(whole - length, 1)
