"""All questions that can be asked of a folder's data, as methods: `tropa.ask("my-shop").funnel([...])`."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Concatenate, Generic, ParamSpec

from tropa.domain.project import Cleaning
from tropa.services.answering.answer import Answer
from tropa.services.answering.scope import Scope

Options = ParamSpec("Options")


class _Later:
    """A module of this package that is loaded when it is first looked into."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        """What the module calls so."""
        return getattr(import_module(f"tropa.services.answering.{self._name}"), name)


if TYPE_CHECKING:
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
else:  # one question should not wait for all the others to be loaded
    attributions = _Later("attribution")
    buying = _Later("buying_centre")
    comparisons = _Later("comparison")
    spendings = _Later("costs")
    ends = _Later("dead_ends")
    dealings = _Later("deals")
    flows = _Later("flow")
    funnels = _Later("funnel")
    passing = _Later("handovers")
    signs = _Later("hesitation")
    importances = _Later("importance")
    circles = _Later("loops")
    ways_of_going = _Later("manners")
    nexts = _Later("next_taken")
    ways = _Later("paths")
    retentions = _Later("retention")
    telling = _Later("stories")
    values = _Later("value")
    visiting = _Later("visits")
    waits = _Later("waiting")
    whatifs = _Later("whatif")
    working = _Later("works")


class Question(Generic[Options]):
    """Makes a method of a function that answers within a scope; `find` tells the function."""

    def __init__(self, find: Callable[[], Callable[Concatenate[Scope, Options], Answer]]) -> None:
        self.find = find

    def __get__(self, of: "Questions", owner: type["Questions"]) -> Callable[Options, Answer]:
        """The question, asked of this scope."""
        return partial(self.find(), of.scope)


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

    funnel = Question(lambda: funnels.funnel)
    flow = Question(lambda: flows.flow)
    paths = Question(lambda: ways.paths)
    visits = Question(lambda: visiting.visits)
    attribution = Question(lambda: attributions.attribution)
    costs = Question(lambda: spendings.costs)
    effect = Question(lambda: working.effect)
    whatif = Question(lambda: whatifs.whatif)
    next = Question(lambda: nexts.next_taken)
    compare = Question(lambda: comparisons.comparison)
    stories = Question(lambda: telling.stories)
    segments = Question(lambda: ways_of_going.segments)
    importance = Question(lambda: importances.importance)
    retention = Question(lambda: retentions.returns)
    waiting = Question(lambda: waits.waiting)
    loops = Question(lambda: circles.loops)
    deadends = Question(lambda: ends.dead_ends)
    hesitation = Question(lambda: signs.hesitation)
    handovers = Question(lambda: passing.handovers)
    value = Question(lambda: values.value)
    buying_centre = Question(lambda: buying.buying_centre)
    deals = Question(lambda: dealings.deals)


def _several(patterns: str | Sequence[str]) -> tuple[str, ...]:
    return (patterns,) if isinstance(patterns, str) else tuple(patterns)
