"""What those who decide are told: each class of buyers has a benefit of its own."""

from collections.abc import Iterator

from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes, seen

_LANES = (LaneKind.ECONOMIC_BUYER, LaneKind.TECHNICAL_BUYER, LaneKind.END_USER, LaneKind.FAB)
_ANSWER = "argument:answer"


def _same_benefit(case: Case) -> Iterator[Hit]:
    """One remark a benefit, on the card of the class that comes second."""
    first: dict[str, tuple[LaneKind, Card]] = {}
    for kind in _LANES:
        for card in case.journey.cards_of(kind):
            said = _plain(card)
            if not said or (card.generated is not None and card.generated.by.startswith(_ANSWER)):
                continue
            lane, other = first.setdefault(said, (kind, card))
            if lane is not kind:
                yield _hit(case, other, card)


def _hit(case: Case, one: Card, other: Card) -> Hit:
    words, whom, too = in_quotes(one.text, one.key), _lane(case, one), _lane(case, other)
    return Hit(
        text=Text(
            ru=f"Одна и та же выгода для двух ролей ({whom.ru}, {too.ru}): {words.ru}",
            en=f"The same benefit for two classes of buyers ({whom.en}, {too.en}): {words.en}",
        ),
        record=other.key,
        stage=other.stage,
        fact=seen([one.key, other.key]),
    )


def _lane(case: Case, card: Card) -> Text:
    lane = case.journey.lane(card.lane)
    return in_quotes(None if lane is None else lane.name, card.lane)


def _plain(card: Card) -> str:
    """A benefit as it is compared: the signs and capitals of a sentence do not make it another."""
    words = card.text.ru or card.text.en or ""
    return " ".join(words.casefold().replace("ё", "е").rstrip(".!; ").split())


RULES = (
    Rule(
        code="TR212",
        name="same-benefit",
        severity=Severity.WARNING,
        why=Text(
            ru="Тому, кто платит, и тому, кто работает, важно разное: общая выгода не убеждает никого.",
            en="Who pays and who works with it care for different things: a benefit for everybody convinces nobody.",
        ),
        first_step=Text(
            ru="Скажите одной из ролей, что именно она получит: деньги, надёжность или удобство.",
            en="Tell one of the classes what it gets itself: money, reliability or convenience.",
        ),
        check=_same_benefit,
    ),
)
