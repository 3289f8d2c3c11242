"""Deals of the SaaS story: whose they are, who takes part in them, and how each will end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tropa.simulate import data_saas as n
from tropa.simulate.calendar import DAY, Calendar
from tropa.simulate.chance import Chance
from tropa.simulate.diary import second_of

ECONOMIC, TECHNICAL, USER = "economic", "technical", "user"
OTHERS = ("purchasing", "legal", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A deal: its company, when it begins, and its fate up to the invoice paid.

    `people`: classes of its contacts, numbered on from `first_contact`. `confused`: comes back to the tariffs again and
    again. `goes_on`: takes up a trial. `met`: somebody technical takes part before the contract. `cured`: None before.
    """

    number: int
    traits: Mapping[str, str]
    seats: int
    begun: int
    people: tuple[str, ...] = ()
    first_contact: int = 0
    confused: bool
    goes_on: bool
    met: bool
    won: bool = False
    cured: bool | None

    @property
    def late(self) -> bool:
        """Begun when first answers had become slow (the deal reaches them some two weeks later)."""
        return self.begun >= second_of(n.LATE_SINCE) - 14 * DAY


def draw_deals(rng: np.random.Generator, scale: float) -> list[Deal]:
    """The deals of the first delivery, then those begun after it."""
    chance = Chance(rng)
    count, later = round(n.DEALS * scale), round(n.DEALS_AFTER * scale)
    begun = [_begun(rng, n.BEGINNING, count), _begun(rng, n.BEGINNING_AFTER, later)]
    deals = [_deal(chance, number, at, cured=None) for number, at in enumerate(begun[0])]
    deals = _with_people(rng, chance, _with_fates(rng, deals, scale), first=0)
    others = [
        _open(rng, _deal(chance, count + number, at, cured=chance.happens(0.5))) for number, at in enumerate(begun[1])
    ]
    return deals + _with_people(rng, chance, others, first=sum(len(deal.people) for deal in deals))


def _begun(rng: np.random.Generator, calendar: Calendar, count: int) -> list[int]:
    days = np.sort(calendar.draw_days(rng, count))
    at = second_of(calendar.first) + days * DAY + calendar.draw_seconds(rng, count)
    return [int(one) for one in at]


def _deal(chance: Chance, number: int, begun: int, *, cured: bool | None) -> Deal:
    drawn = {"size": n.SIZE, "industry": n.INDUSTRY, "source": n.SOURCE, "integrations": n.INTEGRATIONS}
    traits = {key: chance.one_of(list(of), list(of.values())) for key, of in drawn.items()}
    traits["contract"] = "own" if chance.happens(n.OWN_CONTRACT[traits["size"]]) else "standard"
    traits["manager"] = chance.one_of(n.MANAGERS, n.OWN_LARGE if traits["size"] == "large" else n.OWN_OTHERS)
    confused = chance.happens(n.CONFUSED[traits["integrations"]])
    stays = 1 - (n.LEAVE_CONFUSED if confused else n.LEAVE)
    return Deal(
        number=number,
        traits=traits,
        seats=chance.between(*n.SEATS[traits["size"]]),
        begun=begun,
        confused=confused,
        goes_on=chance.happens(stays * (n.CURED_TIMES if cured else 1)),
        met=True,
        cured=cured,
    )


def _with_fates(rng: np.random.Generator, deals: list[Deal], scale: float) -> list[Deal]:
    """Who never met anybody technical, and who wins: of these exactly as many as planted."""
    trying = [deal for deal in deals if deal.goes_on and deal.begun < second_of(n.DECIDED_IF_BEGUN_BEFORE)]
    large = [deal.number for deal in trying if deal.traits["size"] == "large"]
    unmet = set(rng.permutation(large)[: round(n.UNMET * scale)].tolist())
    met = [number for number in large if number not in unmet]
    others = [deal.number for deal in trying if deal.traits["size"] != "large"]
    won = _winners(rng, deals, sorted(unmet), round(n.UNMET_WON * scale))
    won |= _winners(rng, deals, met, round(n.MET_WON * len(met)))
    won |= _winners(rng, deals, others, round(n.OTHERS_WON * len(others)))
    mature = {*unmet, *met, *others}
    return [
        replace(deal, met=deal.number not in unmet, won=deal.number in won)
        if deal.number in mature
        else _open(rng, deal)
        for deal in deals
    ]


def _open(rng: np.random.Generator, deal: Deal) -> Deal:
    """A deal too young to be decided when the first delivery ends, or one that never took up a trial."""
    met = deal.traits["size"] != "large" or bool(rng.random() < n.MET)
    usual = n.OTHERS_WON if deal.traits["size"] != "large" else n.MET_WON if met else n.UNMET_WON / n.UNMET
    return replace(deal, met=met, won=deal.goes_on and bool(rng.random() < usual * n.LATE_ODDS))


def _winners(rng: np.random.Generator, deals: Sequence[Deal], among: Sequence[int], count: int) -> set[int]:
    """So many of these, the late ones with their lower chance."""
    if not among:
        return set()
    weights = np.array([n.LATE_ODDS if deals[number].late else 1.0 for number in among])
    return set(rng.choice(among, size=min(count, len(among)), replace=False, p=weights / weights.sum()).tolist())


def _with_people(rng: np.random.Generator, chance: Chance, deals: list[Deal], first: int) -> list[Deal]:
    """Everybody's contacts, numbered on from `first`; in all as many as there should be."""
    least = [n.CONTACTS_OF[deal.traits["size"]] for deal in deals]
    missing = max(0, round(n.CONTACTS_A_DEAL * len(deals)) - sum(least))
    more = np.bincount(rng.integers(len(deals), size=missing), minlength=len(deals)).tolist()
    done = []
    for deal, few, others in zip(deals, least, more, strict=True):
        done.append(replace(deal, people=_people(chance, deal, few + others), first_contact=first))
        first += few + others
    return done


def _people(chance: Chance, deal: Deal, count: int) -> tuple[str, ...]:
    """Who begins the search is a user or the owner; large companies bring others in."""
    people = [chance.one_of((USER, ECONOMIC), (0.55, 0.45) if deal.traits["size"] == "small" else (0.72, 0.28))]
    technical = deal.met and (deal.traits["size"] == "large" or chance.happens(0.3))
    people += [TECHNICAL] if technical and count > 1 else []
    while len(people) < count:
        people.append(chance.one_of((USER, ECONOMIC, *OTHERS), (0.44, 0.30, 0.08, 0.07, 0.11)))
    return tuple(people)
