"""The lanes of a map: the nine it starts with, and those that have cards, one click away."""

from collections.abc import Sequence

from tropa.domain.generated import Generated
from tropa.domain.journeymap import Card, Lane, LaneKind
from tropa.domain.order import orders
from tropa.domain.text import Text

_NAMES: dict[LaneKind, tuple[Text, Text]] = {
    LaneKind.ACTION: (Text(ru="Действия", en="Actions"), Text(ru="что делает", en="what they do")),
    LaneKind.TOUCHPOINT: (Text(ru="Точки контакта", en="Touchpoints"), Text(ru="где встречаемся", en="where we meet")),
    LaneKind.GOAL: (Text(ru="Цели (JTBD)", en="Goals (JTBD)"), Text(ru="зачем", en="what for")),
    LaneKind.EMOTION: (Text(ru="Эмоции", en="Emotions"), Text(ru="по словам клиентов", en="in customers' words")),
    LaneKind.BARRIER: (Text(ru="Барьеры", en="Barriers"), Text(ru="что мешает", en="what stands in the way")),
    LaneKind.KPI: (Text(ru="Метрики", en="Metrics"), Text(ru="сколько", en="how much")),
    LaneKind.IMPORTANCE: (
        Text(ru="Важность", en="Importance"),
        Text(ru="что решает исход", en="what decides the outcome"),
    ),
    LaneKind.RECOMMENDATION: (Text(ru="Рекомендации", en="Recommendations"), Text(ru="что сделать", en="what to do")),
    LaneKind.HYPOTHESIS: (Text(ru="Гипотезы", en="Hypotheses"), Text(ru="что проверить", en="what to test")),
    LaneKind.TRIGGER: (Text(ru="Триггеры", en="Triggers"), Text(ru="что толкает дальше", en="what moves them on")),
    LaneKind.EXPECTATION: (Text(ru="Ожидания", en="Expectations"), Text(ru="чего ждёт", en="what they expect")),
    LaneKind.CHANNEL: (Text(ru="Каналы", en="Channels"), Text(ru="откуда приходят", en="where they come from")),
    LaneKind.DEVICE: (Text(ru="Устройства", en="Devices"), Text(ru="с чего заходят", en="what they use")),
    LaneKind.GAIN: (Text(ru="Радости", en="Gains"), Text(ru="что хвалят", en="what they praise")),
    LaneKind.WAIT: (Text(ru="Ожидание", en="Waiting"), Text(ru="сколько проходит времени", en="how much time passes")),
    LaneKind.QUOTE: (Text(ru="Цитаты", en="Quotes"), Text(ru="дословно", en="verbatim")),
    LaneKind.INSIGHT: (Text(ru="Наблюдения", en="Insights"), Text(ru="что ещё видно", en="what else shows")),
    LaneKind.OPPORTUNITY: (
        Text(ru="Возможности", en="Opportunities"),
        Text(ru="что можно вернуть", en="what can be won back"),
    ),
    LaneKind.PERSONALISATION: (
        Text(ru="Персонализация", en="Personalisation"),
        Text(ru="кому что показать", en="what to show to whom"),
    ),
    LaneKind.OWNER: (Text(ru="Ответственные", en="Owners"), Text(ru="кто отвечает", en="who is responsible")),
    LaneKind.ECONOMIC_BUYER: (
        Text(ru="Экономический покупатель", en="Economic buyer"),
        Text(ru="деньги: ROI, TCO", en="money: ROI, TCO"),
    ),
    LaneKind.TECHNICAL_BUYER: (
        Text(ru="Технический покупатель", en="Technical buyer"),
        Text(ru="надёжность и стандарты", en="reliability and standards"),
    ),
    LaneKind.END_USER: (Text(ru="Конечный пользователь", en="End user"), Text(ru="удобство", en="convenience")),
    LaneKind.FAB: (
        Text(ru="Выгоды (ПХВ)", en="Benefits (FAB)"),
        Text(ru="для остальных ролей", en="for other classes"),
    ),
    LaneKind.TCO: (Text(ru="Стоимость владения", en="Cost of ownership"), Text(ru="мы и другие", en="ours and others")),
    LaneKind.PROOF: (
        Text(ru="Ведём к результату", en="Leading to the result"),
        Text(ru="пилот, отзыв из отрасли, срок", en="pilot, reference, date"),
    ),
}
_ASKED_FOR = frozenset(
    (LaneKind.ECONOMIC_BUYER, LaneKind.TECHNICAL_BUYER, LaneKind.END_USER, LaneKind.FAB, LaneKind.PROOF)
)
"""Lanes that a company fills itself: what it wrote is shown."""


def lane_records(wanted: Sequence[str], cards: Sequence[Card]) -> tuple[Lane, ...]:
    """The wanted lanes in their order, then every other that has a card, hidden."""
    filled = {card.lane for card in cards}
    shown = [LaneKind(kind) for kind in wanted]
    shown += [kind for kind in _NAMES if kind in _ASKED_FOR and kind not in shown and kind.value in filled]
    hidden = [kind for kind in _NAMES if kind not in shown and kind.value in filled]
    kinds = [*shown, *hidden]
    return tuple(
        _lane(kind, order, hidden=kind in hidden) for kind, order in zip(kinds, orders(len(kinds)), strict=True)
    )


def _lane(kind: LaneKind, order: str, *, hidden: bool) -> Lane:
    name, meaning = _NAMES.get(kind, (Text(ru=kind.value, en=kind.value), Text()))
    return Lane(
        key=kind.value,
        kind=kind,
        order=order,
        name=name,
        meaning=None if meaning.is_empty else meaning,
        hidden=hidden,
        generated=Generated(by=f"lane:{kind.value}", text=name, order=order),
    )
