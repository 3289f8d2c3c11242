from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tropa.assembly.merge import merge
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Author, BusinessModel, Card, JourneyMap, Lane, LaneKind, Removed, Stage
from tropa.domain.text import Language, Text
from tropa.mapfile.codec import map_from_text, map_to_text

KEYS = st.sampled_from(["a", "b", "c", "d", "e"])
WORDS = st.sampled_from(["раз", "два", "три", "4 из 5", "5 из 6"])
STAGES = ("first", "second", "third")


@st.composite
def generated_cards(draw: st.DrawFn) -> tuple[Card, ...]:
    cards = {}
    for key in draw(st.lists(KEYS, unique=True)):
        text, stage = Text(ru=draw(WORDS)), draw(st.sampled_from(STAGES))
        base = Generated(
            by=key, text=text, stage=stage, lane="note", order="a0", fact=draw(st.sampled_from(["x", "y"]))
        )
        cards[key] = Card(
            key=key, lane="note", stage=stage, order="a0", text=text, generated=base, value=draw(st.floats(0, 5))
        )
    return tuple(cards.values())


def a_map(cards: tuple[Card, ...]) -> JourneyMap:
    return JourneyMap(
        key="m",
        title=Text(ru="м"),
        goal=None,
        model=BusinessModel.B2C,
        language=Language.RU,
        segment=None,
        persons=10,
        provenance=None,
        stages=tuple(
            Stage(
                key=key,
                order=f"a{i}",
                name=Text(ru=key),
                generated=Generated(by=f"stage:{key}", text=Text(ru=key), order=f"a{i}"),
            )
            for i, key in enumerate(STAGES)
        ),
        lanes=(Lane(key="note", kind=LaneKind.NOTE, order="a0", name=Text(ru="Заметки")),),
        cards=cards,
    )


@st.composite
def edited_maps(draw: st.DrawFn) -> JourneyMap:
    journey = a_map(draw(generated_cards()))
    cards, removed = [], []
    for card in journey.cards:
        match draw(st.sampled_from(["leave", "reword", "move", "delete"])):
            case "reword":
                cards.append(replace(card, text=Text(ru=f"моё {card.key}"), author=Author.PERSON))
            case "move":
                cards.append(
                    replace(card, stage=draw(st.sampled_from(STAGES)), order=draw(st.sampled_from(["a0", "a4"])))
                )
            case "delete":
                removed.append(Removed(key=card.key, by=card.key, fact=card.generated.fact if card.generated else None))
            case _:
                cards.append(card)
    if draw(st.booleans()):
        cards.append(
            Card(key="own", lane="note", stage="first", order="a9", text=Text(ru="своё"), author=Author.PERSON)
        )
    return replace(journey, cards=tuple(cards), removed=tuple(removed))


@given(edited_maps(), generated_cards())
def test_no_word_and_no_place_that_a_person_chose_is_lost(edited: JourneyMap, fresh: tuple[Card, ...]) -> None:
    merged = {card.key: card for card in merge(edited, a_map(fresh)).cards}
    for card in edited.cards:
        base = card.generated
        if base is None or card.text != base.text:
            assert merged[card.key].text == card.text
        if base is not None and (card.stage, card.order) != (base.stage, base.order):
            moved = merged[card.key]
            assert card.stage == base.stage or moved.stage == card.stage
            assert card.order == base.order or moved.order == card.order


@given(edited_maps(), generated_cards())
def test_every_figure_is_the_fresh_one(edited: JourneyMap, fresh: tuple[Card, ...]) -> None:
    merged = {card.key: card for card in merge(edited, a_map(fresh)).cards}
    own = {card.key for card in edited.cards if card.generated is None}
    for card in fresh:
        if card.key in merged and card.key not in own:
            assert merged[card.key].value == card.value


@given(edited_maps(), generated_cards())
def test_what_was_deleted_stays_away_unless_its_fact_changed(edited: JourneyMap, fresh: tuple[Card, ...]) -> None:
    merged = merge(edited, a_map(fresh))
    facts = {card.key: card.generated.fact for card in fresh if card.generated}
    for one in edited.removed:
        there = any(card.key == one.key for card in merged.cards)
        assert there == (one.key in facts and facts[one.key] != one.fact)


@given(edited_maps(), generated_cards())
def test_merging_the_same_fresh_map_twice_changes_nothing_more(edited: JourneyMap, fresh: tuple[Card, ...]) -> None:
    once = merge(edited, a_map(fresh))
    assert merge(once, a_map(fresh)) == once


@given(edited_maps(), generated_cards())
def test_a_merged_map_survives_its_file(edited: JourneyMap, fresh: tuple[Card, ...]) -> None:
    text = map_to_text(merge(edited, a_map(fresh)))
    assert map_to_text(map_from_text(text)) == text
