"""Costs joined to people: what each channel's money brought, and what went on those who left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tropa.analysis.acquisition import Acquired, AcquisitionQuery, acquired
from tropa.assembly.purchases import goal_of_stages, place_of_stage, purchases
from tropa.domain.ledger import Ledger
from tropa.domain.project import Moment, StageSpec
from tropa.events.days import local_date, midnight_of
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import EVERYBODY, Crossed, GroupRule, UnitProperty
from tropa.events.log import EventLog
from tropa.events.places import PlaceRule
from tropa.events.staged import at_stages
from tropa.insight.spending import Spending, spending
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.texts.names import kind_of_stage

_LEADS = ("lead", "request", "application", "registration", "booking", "cart", "checkout")
_CHANNEL = "channel"
_CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """The money of some days and the people who came in them, by value of a property; `rest`: people of no value.

    `segments`: the same people by value and by segment, values first.
    """

    spending: Spending
    by: str
    values: tuple[str, ...]
    people: tuple[Acquired, ...]
    rest: Acquired
    segments: Mapping[str, tuple[Acquired, ...]]
    lead: StageSpec | None

    def per_person(self, value: str, people: Acquired) -> float:
        """Minor units that one person of a value cost; nobody's money is nobody's."""
        return self.spending.amounts.get(value, 0) / people.persons if people.persons else 0.0

    def left_at(self, stage: int) -> tuple[int, float]:
        """How many people of channels with costs left at a stage, and the money that was spent on them."""
        count, money = 0, 0.0
        for value, people in zip(self.values, self.people, strict=True):
            if self.spending.amounts.get(value):
                count += people.left[stage]
                money += people.left[stage] * self.per_person(value, people)
        return count, money


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How costs are joined: `by` which property, split by which `segment` (name and values)."""

    by: str | None = None
    segment: UnitProperty | None = None
    lead: PlaceRule | None = None
    goal: PlaceRule | None = None
    rest: timedelta = timedelta(days=30)


def acquire(
    log: EventLog, ledger: Ledger, stages: Sequence[StageSpec], asked: Asked, engine: Engine = ONE_BY_ONE
) -> Acquisition | None:
    """Join; None where there are no costs in the days of the data, no events or no stages."""
    if not (ledger.costs and log.size and stages):
        return None
    by = asked.by or _best_property(log, ledger)
    values = _values(log, by)
    first, last = local_date(int(log.time.min()), log.timezone), local_date(log.as_of, log.timezone)
    spent = spending(ledger, values, first=first, last=last, by_campaign=is_campaign(by))
    if spent is None:
        return None
    groups: GroupRule = UnitProperty(by, values, Moment.JOURNEY_START) if values else EVERYBODY
    lead = lead_stage(stages)
    goal = asked.goal or purchases(log, stages)
    query = AcquisitionQuery(
        groups=groups,
        stages=at_stages(stages),
        lead=asked.lead or (place_of_stage(lead) if lead else goal),
        goal=goal,
        since=midnight_of(spent.first, log.timezone),
        until=midnight_of(spent.last + timedelta(days=1), log.timezone),
        rest=asked.rest,
        scale=10 ** CURRENCY_DIGITS.get(log.currency or ledger.currency or "", 2),
    )
    *people, rest = acquired(log, query, engine)
    return Acquisition(
        spending=spent,
        by=by,
        values=values or ("",),
        people=tuple(people),
        rest=rest,
        segments=_by_segment(log, query, asked.segment, engine),
        lead=lead,
    )


def is_campaign(name: str) -> bool:
    """Whether a property holds campaigns rather than channels."""
    return _CAMPAIGN in name.casefold() or "кампан" in name.casefold()


def lead_stage(stages: Sequence[StageSpec]) -> StageSpec | None:
    """Where people make themselves known: a request, a registration, a basket; else the stage before the goal."""
    goal = goal_of_stages(stages)
    kinds = {kind_of_stage(one): one for one in reversed(stages[:goal])}
    found = next((kinds[kind] for kind in _LEADS if kind in kinds), None)
    return found or (stages[goal - 1] if goal else None)


def _best_property(log: EventLog, ledger: Ledger) -> str:
    """The channel; where costs know campaigns only, the events' campaign."""
    campaigns = [name for name in (*log.properties, *log.unit_properties) if is_campaign(name)]
    only_campaigns = all(one.channel is None for one in ledger.costs) and any(one.campaign for one in ledger.costs)
    return campaigns[0] if campaigns and only_campaigns else _CHANNEL


def _values(log: EventLog, by: str) -> tuple[str, ...]:
    column = log.properties.get(by) or log.unit_properties.get(by)
    return column.values if column is not None else ()


def _by_segment(
    log: EventLog, query: AcquisitionQuery, segment: UnitProperty | None, engine: Engine
) -> dict[str, tuple[Acquired, ...]]:
    if segment is None:
        return {}
    crossed = AcquisitionQuery(
        groups=Crossed(query.groups, segment),
        stages=query.stages,
        lead=query.lead,
        goal=query.goal,
        since=query.since,
        until=query.until,
        rest=query.rest,
        scale=query.scale,
    )
    cells = acquired(log, crossed, engine)[:-1]
    return {value: cells[place :: segment.count] for place, value in enumerate(segment.values)}
