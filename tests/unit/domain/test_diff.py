import dataclasses

from builders.maps import a_rich_map
from tropa.domain.diff import ChangeKind, diff
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Text


def with_card(journey: JourneyMap, number: int, **changes: object) -> JourneyMap:
    cards = list(journey.cards)
    cards[number] = dataclasses.replace(cards[number], **changes)
    return dataclasses.replace(journey, cards=tuple(cards))


def test_a_map_does_not_differ_from_itself() -> None:
    assert diff(a_rich_map(), a_rich_map()) == ()


def test_reworded_moved_added_and_gone_cards_are_told_apart() -> None:
    before = a_rich_map()
    key = before.cards[0].key
    (change,) = diff(before, with_card(before, 0, text=Text(ru="Иначе")))
    assert (change.kind, change.key, change.after) == (ChangeKind.REWORDED, key, Text(ru="Иначе"))
    (change,) = diff(before, with_card(before, 0, stage=before.stages[-1].key, step=None))
    assert change.kind is ChangeKind.MOVED
    shorter = dataclasses.replace(before, cards=before.cards[1:])
    assert [one.kind for one in diff(before, shorter)] == [ChangeKind.GONE]
    assert [one.kind for one in diff(shorter, before)] == [ChangeKind.ADDED]


def test_new_figures_are_shown_before_and_after() -> None:
    before = a_rich_map()
    stage = dataclasses.replace(before.stages[0], persons=7)
    after = dataclasses.replace(before, stages=(stage, *before.stages[1:]))
    (change,) = diff(before, after)
    assert change.kind is ChangeKind.FIGURE
    assert change.before != change.after
