"""What a question is asked of: the events that count, the people who count, and the words for both."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from tropa.domain.journeymap import counted
from tropa.domain.ledger import NO_LEDGER, Ledger
from tropa.domain.project import Cleaning, Moment, Project, StageSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, told
from tropa.events.cleaning import cleaned
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import only_units, unit_column
from tropa.events.log import Column, EventLog
from tropa.events.staged import StagedLog, names_matching, stage_events
from tropa.texts.document import Feedback
from tropa.texts.names import event_names, event_words

PROPERTIES = {
    "channel": Text(ru="канал", en="channel"),
    "device": Text(ru="устройство", en="device"),
    "lifecycle": Text(ru="состояние", en="lifecycle"),
    "nth": Text(ru="какой по счёту", en="the how-manieth"),
    "region": Text(ru="регион", en="region"),
    "city": Text(ru="город", en="city"),
    "country": Text(ru="страна", en="country"),
    "platform": Text(ru="платформа", en="platform"),
    "payment_method": Text(ru="способ оплаты", en="payment method"),
    "plan": Text(ru="тариф", en="plan"),
    "product": Text(ru="товар", en="product"),
    "category": Text(ru="категория", en="category"),
}
_TOLD_APART = 2_000
_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The events as the map sees them; `only` says by which properties people were left out.

    `stages` tells the map's stages when they are asked for: finding them costs time. `work`: the same units with what
    was only scheduled or started, too. `ledger` stands beside the path; `feedback` is read when a question needs it.
    """

    project: Project
    log: EventLog
    stages: Callable[[], tuple[StageSpec, ...]]
    engine: Engine = ONE_BY_ONE
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    work: EventLog | None = None
    ledger: Ledger = NO_LEDGER
    feedback: Callable[[], tuple[Feedback, ...]] = tuple

    @property
    def unit(self) -> str:
        """What is followed, as people call it: person, case, or deal between companies."""
        return counted(self.log.unit.value, self.project.model)

    def staged(self) -> StagedLog:
        """The events put into the map's stages."""
        return stage_events(self.log, self.stages())

    def cleaned(self, rules: Cleaning) -> "Scope":
        """The same with fewer event names."""
        return replace(self, log=cleaned(self.log, rules), work=self.work and cleaned(self.work, rules))

    def narrowed(self, only: Mapping[str, str | Sequence[str]]) -> "Scope":
        """The same for people with these values of their properties; `*` is the wildcard."""
        narrow = self
        for name, wanted in only.items():
            values = (wanted,) if isinstance(wanted, str) else tuple(wanted)
            narrow = narrow._narrowed_by(name, values)
        return narrow

    def _narrowed_by(self, name: str, values: tuple[str, ...]) -> "Scope":
        column = self.property(name)
        hit = np.append(names_matching(column.values, values), False)
        if not hit.any():
            raise InvalidQueryError(
                told("Nobody has {name} = {names}.", name=name, names=list(values)),
                told("There are: {names}.", names=column.values[:_NAMED]),
            )
        keep = hit[column.codes]
        log = only_units(self.log, keep)
        return replace(
            self,
            log=log,
            work=log if self.work is self.log else self.work and only_units(self.work, keep),
            only={**self.only, name: values},
        )

    def property(self, name: str) -> Column:
        """A property's value for each person (−1 unknown), at the moment that tropa.yaml states."""
        column = unit_column(self.log, name, self.moment(name))
        if column is None:
            raise self._no_property(name)
        return column

    def event_property(self, name: str) -> Column:
        """A property that events have: what an event says of itself."""
        column = self.log.properties.get(name)
        if column is None:
            raise self._no_property(name)
        return column

    def moment(self, name: str) -> Moment:
        """When a property is looked at to tell people apart."""
        return next((one.at for one in self.project.segments if one.property == name), Moment.JOURNEY_START)

    def _no_property(self, name: str) -> InvalidQueryError:
        known = ", ".join(sorted({*self.log.properties, *self.log.unit_properties}))
        return InvalidQueryError(
            told("There is no property “{name}” in the data.", name=name), told("There are: {known}.", known=known)
        )

    def property_words(self, name: str) -> Text:
        """A property's name in words."""
        return PROPERTIES.get(name.casefold()) or Text(ru=name, en=name)

    def words_for(self, names: Sequence[str]) -> Mapping[str, Text]:
        """Words for event names, told apart from one another."""
        every = self.log.event.values
        if len(every) > _TOLD_APART:
            return {name: event_words(name) for name in names}
        said = event_names(every)
        return {name: said.get(name) or event_words(name) for name in names}
