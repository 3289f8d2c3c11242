"""How rules speak: a record's words in quotation marks, and many equal remarks as one per stage."""

from collections.abc import Iterable, Iterator, Sequence

from tropa.domain.journeymap import Card, Stage
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit

_LONGEST = 90  # signs of a quoted text: a remark is a line or two
_INNER_RU = str.maketrans("«»", "„“")
_INNER_EN = str.maketrans("“”", "‘’")


def in_quotes(text: Text | None, otherwise: str) -> Text:
    """The words in each language's quotation marks, inner marks turned; the key where there are no words."""
    ru, en = (text.ru, text.en) if text is not None else (None, None)
    return Text(
        ru=f"«{_short(ru or en or otherwise).translate(_INNER_RU)}»",
        en=f"“{_short(en or ru or otherwise).translate(_INNER_EN)}”",
    )


def stage_called(case: Case, key: str) -> Text:
    """A stage's name in quotation marks."""
    stage = case.journey.stage(key)
    return in_quotes(stage.name if stage else None, key)


def on_card(card: Card, said: Text, fact: object) -> Hit:
    """What is wrong with a card, and the card's words."""
    words = in_quotes(card.text, card.key)
    return Hit(
        text=Text(ru=f"{said.ru}: {words.ru}", en=f"{said.en}: {words.en}"),
        record=card.key,
        stage=card.stage,
        fact=str(fact),
    )


def per_stage(case: Case, found: Sequence[tuple[Card, object]], *, one: Text, many: Text) -> Iterator[Hit]:
    """A remark on the card where a stage has a single one, else one remark on the stage that counts them."""
    grouped: dict[str, list[tuple[Card, object]]] = {}
    for card, fact in found:
        grouped.setdefault(card.stage, []).append((card, fact))
    for stage, cards in grouped.items():
        first, fact = cards[0]
        if len(cards) == 1:
            yield on_card(first, one, fact)
            continue
        where, what = stage_called(case, stage), in_quotes(first.text, first.key)
        yield Hit(
            text=Text(
                ru=f"{many.ru} на этапе {where.ru}: {len(cards)}, первая — {what.ru}",
                en=f"{many.en} at the stage {where.en}: {len(cards)}, the first is {what.en}",
            ),
            record=stage,
            stage=stage,
            fact=seen((card.key, fact) for card, fact in cards),
        )


def in_order(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages as a reader meets them."""
    return tuple(sorted(stages, key=lambda one: (one.order, one.key)))


def seen(parts: Iterable[object]) -> str:
    """What a rule saw, in an order that does not depend on the file's."""
    return ";".join(sorted(str(part) for part in parts))


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"
