"""Questions about what things bring: `tropa attribution` and what follows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from tropa.cli.question import Asking
from tropa.errors import InvalidQueryError, told

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_attribution(ask)
    _add_costs(ask)
    _add_effect(ask)
    _add_whatif(ask)
    _add_next(ask)


def _add_attribution(ask: Asking) -> None:
    @ask("attribution", ru="Что привело: результат по каналам.", en="What brought them: results by channel.")
    def attribution(
        questions: "Questions",
        *,
        by: Annotated[
            str, ask.option("--by", ru="Свойство событий, между значениями которого делят.", en="The events' property.")
        ] = "channel",
        goal: Annotated[
            str | None,
            ask.option("--goal", ru="События-результат через запятую.", en="Events that are the result, with commas."),
        ] = None,
        lookback: Annotated[
            str, ask.option("--lookback", ru="За сколько до результата: 30d.", en="How long before the result: 30d.")
        ] = "30d",
        cost: Annotated[
            list[str] | None,
            ask.option("--cost", ru="Расход канала: канал=сумма.", en="A channel's cost: channel=sum."),
        ] = None,
    ) -> "Answer":
        return questions.attribution(by=by, goal=names_in(goal), lookback=lookback, costs=_costs(cost or []))


def _add_costs(ask: Asking) -> None:
    @ask("costs", ru="Во что обходится: расходы по каналам.", en="What it costs: marketing money by channel.")
    def costs(
        questions: "Questions",
        *,
        by: Annotated[
            str | None,
            ask.option(
                "--by",
                ru="Свойство, по которому делить: канал, если не сказано.",
                en="The property to tell apart by, the channel unless told.",
            ),
        ] = None,
        segment: Annotated[
            str | None, ask.option("--segment", ru="Ещё и по свойству клиента.", en="Also by a property of people.")
        ] = None,
        lead: Annotated[
            str | None,
            ask.option("--lead", ru="События-обращения через запятую.", en="Events that are a lead, with commas."),
        ] = None,
        goal: Annotated[
            str | None,
            ask.option("--goal", ru="События-покупки через запятую.", en="Events that are a purchase, with commas."),
        ] = None,
    ) -> "Answer":
        return questions.costs(by=by, segment=segment, lead=names_in(lead), goal=names_in(goal))


def _add_effect(ask: Asking) -> None:
    @ask("effect", ru="Работает ли карта: до и после каждого изменения.", en="Does the map work: before and after.")
    def effect(
        questions: "Questions",
        *,
        around: Annotated[
            str, ask.option("--around", ru="Сколько смотреть до и после: 8w.", en="How long before and after: 8w.")
        ] = "8w",
        within: Annotated[
            str, ask.option("--within", ru="Срок, за который доходят: 30d.", en="Time to come to the goal: 30d.")
        ] = "30d",
        again: Annotated[
            str, ask.option("--again", ru="Срок, за который возвращаются: 90d.", en="Time to come back: 90d.")
        ] = "90d",
        start: Annotated[
            str | None, ask.option("--from", ru="События, от которых считать.", en="Events to count from.")
        ] = None,
        end: Annotated[
            str | None, ask.option("--to", ru="События, до которых считать.", en="Events to count to.")
        ] = None,
    ) -> "Answer":
        return questions.effect(around=around, within=within, again=again, start=names_in(start), end=names_in(end))


def _add_whatif(ask: Asking) -> None:
    @ask("whatif", ru="Что если исправить: сколько это даст.", en="What if it were mended: what it would bring.")
    def whatif(
        questions: "Questions",
        *,
        steps: Annotated[
            str | None,
            ask.option(
                "--steps", ru="События через запятую; иначе этапы карты.", en="Events with commas, or the map's stages."
            ),
        ] = None,
        step: Annotated[
            list[str] | None, ask.option("--step", ru="Один шаг; повторяйте.", en="One step; repeat it.")
        ] = None,
        raised: Annotated[
            list[str] | None,
            ask.option("--raise", ru="Шаг=доля, напр. payment=45%.", en="step=share, such as payment=45%."),
        ] = None,
        window: Annotated[
            str | None, ask.option("--window", ru="Срок на весь путь: 7d.", en="Time for the whole way: 7d.")
        ] = None,
    ) -> "Answer":
        asked = [*names_in(steps), *(step or [])]
        return questions.whatif(asked, raised=_targets(raised or []), window=window)


def _add_next(ask: Asking) -> None:
    @ask("next", ru="Что берут дальше, после чего-то одного.", en="What is taken next, after one thing.")
    def next_taken(
        questions: "Questions",
        *,
        after: Annotated[str, ask.option("--after", ru="После какого события.", en="After which event.")],
        of: Annotated[
            str | None,
            ask.option("--of", ru="Свойство: его значения, а не события.", en="A property: its values, not events."),
        ] = None,
        within: Annotated[str, ask.option("--within", ru="Срок: 30d.", en="The term: 30d.")] = "30d",
        offer: Annotated[
            str | None, ask.option("--offer", ru="События-предложения.", en="Events that are offers.")
        ] = None,
        taken: Annotated[
            str | None,
            ask.option("--taken", ru="События, которыми предложение берут.", en="Events that take an offer up."),
        ] = None,
        top: Annotated[int, ask.option("--top", ru="Сколько показать.", en="How many to show.")] = 10,
    ) -> "Answer":
        return questions.next(after, of=of, within=within, offer=offer, taken=taken, top=top)


def _targets(asked: Sequence[str]) -> dict[str | int, float]:
    targets: dict[str | int, float] = {}
    for one in asked:
        name, _, share = one.rpartition("=")
        text = share.strip().replace(",", ".")
        try:
            targets[name.strip()] = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            name = ""
        if not name:
            raise InvalidQueryError(told("“{one}” is no target.", one=one), "Write step=share, such as payment=45%.")
    return targets


def names_in(asked: str | None) -> tuple[str, ...]:
    """Event names separated by commas."""
    return tuple(one.strip() for one in asked.split(",") if one.strip()) if asked else ()


def _costs(asked: Sequence[str]) -> dict[str, float]:
    costs = {}
    for one in asked:
        name, _, amount = one.rpartition("=")
        try:
            costs[name.strip()] = float(amount.replace(" ", "").replace(",", "."))
        except ValueError:
            name = ""
        if not name:
            raise InvalidQueryError(told("“{one}” is no cost.", one=one), "Write channel=sum, such as ads=120000.")
    return costs
