"""All questions that can be asked of a folder's data, as methods: `tropa.ask("my-shop").funnel([...])`."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Concatenate, Generic, ParamSpec

from tropa.domain.project import Cleaning
from tropa.services.answering import attribution as attributions
from tropa.services.answering import buying_centre as buying
from tropa.services.answering import comparison as comparisons
from tropa.services.answering import costs as spendings
from tropa.services.answering import dead_ends as ends
from tropa.services.answering import deals as dealings
from tropa.services.answering import flow as flows
from tropa.services.answering import funnel as funnels
from tropa.services.answering import handovers as passing
from tropa.services.answering import hesitation as signs
from tropa.services.answering import importance as importances
from tropa.services.answering import loops as circles
from tropa.services.answering import manners as ways_of_going
from tropa.services.answering import next_taken as nexts
from tropa.services.answering import paths as ways
from tropa.services.answering import retention as retentions
from tropa.services.answering import stories as telling
from tropa.services.answering import value as values
from tropa.services.answering import visits as visiting
from tropa.services.answering import waiting as waits
from tropa.services.answering import whatif as whatifs
from tropa.services.answering import works as working
from tropa.services.answering.answer import Answer
from tropa.services.answering.scope import Scope

Options = ParamSpec("Options")


class Question(Generic[Options]):
    """Makes a method of a function that answers within a scope."""

    def __init__(self, function: Callable[Concatenate[Scope, Options], Answer]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, of: "Questions", owner: type["Questions"]) -> Callable[Options, Answer]:
        """The question, asked of this scope."""
        return partial(self.function, of.scope)


class Questions:
    """Questions to one scope; each method returns an Answer."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def only(self, **properties: str | Sequence[str]) -> "Questions":
        """The same questions about people with these values of their properties."""
        return Questions(self.scope.narrowed(properties))

    def cleaned(
        self,
        *,
        join: Mapping[str, str | Sequence[str]] | None = None,
        pages: bool = False,
        hide: str | Sequence[str] = (),
    ) -> "Questions":
        """The same with fewer event names: some hidden, addresses without ids, `join={"checkout": "checkout_*"}`."""
        joined = {name: _several(patterns) for name, patterns in (join or {}).items()}
        return Questions(self.scope.cleaned(Cleaning(hide=_several(hide), pages=pages, join=joined)))

    funnel = Question(funnels.funnel)
    flow = Question(flows.flow)
    paths = Question(ways.paths)
    visits = Question(visiting.visits)
    attribution = Question(attributions.attribution)
    costs = Question(spendings.costs)
    effect = Question(working.effect)
    whatif = Question(whatifs.whatif)
    next = Question(nexts.next_taken)
    compare = Question(comparisons.comparison)
    stories = Question(telling.stories)
    segments = Question(ways_of_going.segments)
    importance = Question(importances.importance)
    retention = Question(retentions.returns)
    waiting = Question(waits.waiting)
    loops = Question(circles.loops)
    deadends = Question(ends.dead_ends)
    hesitation = Question(signs.hesitation)
    handovers = Question(passing.handovers)
    value = Question(values.value)
    buying_centre = Question(buying.buying_centre)
    deals = Question(dealings.deals)


def _several(patterns: str | Sequence[str]) -> tuple[str, ...]:
    return (patterns,) if isinstance(patterns, str) else tuple(patterns)
