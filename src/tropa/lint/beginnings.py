"""A map without any data is a beginning: one friendly remark on what to do first stands for all others."""

from collections.abc import Iterator

from tropa.domain.journeymap import JourneyMap, LaneKind
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes

CODE = "TR304"
_FEWEST = 12
_ASKED = (LaneKind.BARRIER, LaneKind.GOAL)


def is_beginning(journey: JourneyMap) -> bool:
    """A filled map on which nothing rests on anything: no evidence, no files, nobody counted."""
    made = journey.provenance
    told = made is not None and (made.sources or made.feedback or made.interviews)
    return (
        len(journey.cards) >= _FEWEST
        and not told
        and not journey.findings
        and journey.persons is None
        and all(card.is_guess for card in journey.cards)
    )


def _nothing_checked_yet(case: Case) -> Iterator[Hit]:
    journey = case.journey
    if not is_beginning(journey):
        return
    count = len(journey.cards)
    first = _first(journey)
    yield Hit(
        text=Text(
            ru=f"Карта начата: предположений {count}, доказательств пока нет, и это нормально. "
            f"Спросите сначала {first.ru}",
            en=f"A map begun: {count} guesses and no evidence yet, which is fine. Ask first {first.en}",
        ),
        fact=str(count),
    )


def _first(journey: JourneyMap) -> Text:
    """The stage that decides most, by the map's own weights."""
    weights = {card.stage: card.value or 0.0 for card in journey.cards_of(LaneKind.IMPORTANCE)}
    stage = max(journey.stages, key=lambda one: (weights.get(one.key, 0.0), one.goal), default=None)
    name = in_quotes(stage.name if stage else None, journey.key)
    return Text(ru=f"про этап {name.ru}", en=f"about the stage {name.en}")


RULES = (
    Rule(
        code=CODE,
        name="nothing-checked-yet",
        severity=Severity.NOTE,
        why=Text(
            ru="Предположения полезны, пока помнишь, что это предположения: пять разговоров меняют карту сильнее, "
            "чем месяц споров.",
            en="Guesses are useful while everybody remembers that they are: five talks change a map more than a month "
            "of arguing.",
        ),
        first_step=Text(
            ru="Расспросите 5–8 человек по research.md и занесите ответы: tropa answer ПАПКА.",
            en="Ask 5–8 people by research.md, and put the answers in: tropa answer FOLDER.",
        ),
        check=_nothing_checked_yet,
    ),
)
