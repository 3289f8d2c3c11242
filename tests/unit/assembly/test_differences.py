import dataclasses
from datetime import date

from builders.maps import a_rich_map
from tropa.assembly.differences import Weight, differences
from tropa.cli.differing import difference_document, difference_lines
from tropa.domain.diff import ChangeKind
from tropa.domain.journeymap import Conversion, JourneyMap
from tropa.domain.period import Period
from tropa.domain.text import Language
from tropa.stats.proportions import proportion


def with_conversion(count: int, of: int, *, period: Period | None = None) -> JourneyMap:
    journey = a_rich_map()
    share = proportion(count, of)
    went = Conversion(
        to="next", value=share.value, low=share.low, high=share.high, count=count, of=of, semantics="any_start"
    )
    stage = dataclasses.replace(journey.stages[0], conversion=went)
    made = dataclasses.replace(journey.provenance, period=period) if period else journey.provenance
    return dataclasses.replace(journey, stages=(stage, *journey.stages[1:]), provenance=made)


def figure_of(before: JourneyMap, after: JourneyMap):
    (one,) = [one for one in differences(before, after).changes if one.change.kind is ChangeKind.FIGURE]
    return one


def test_a_large_difference_exceeds_chance_and_a_small_one_does_not() -> None:
    # 40 % and 44 % of 2,000: z = 2.56, p = .010; 40 % and 41 %: z = .64, p = .52
    far = figure_of(with_conversion(800, 2_000), with_conversion(880, 2_000))
    assert far.weight is Weight.BEYOND
    assert far.apart is not None
    assert abs(far.apart.value - 0.04) < 1e-9
    assert abs(far.q_value - 0.0104) < 0.001
    near = figure_of(with_conversion(800, 2_000), with_conversion(820, 2_000))
    assert near.weight is Weight.WITHIN
    assert abs(near.q_value - 0.519) < 0.01


def test_of_few_people_nothing_is_said() -> None:
    assert figure_of(with_conversion(2, 20), with_conversion(18, 20)).weight is Weight.FEW


def test_looks_are_corrected_together() -> None:
    before, after = with_conversion(800, 2_000), with_conversion(868, 2_000)
    alone = figure_of(before, after)
    assert alone.weight is Weight.BEYOND  # p = .030
    cards = [
        (place, card) for place, card in enumerate(before.cards) if card.value is not None and card.low is not None
    ]
    changed = list(after.cards)
    for place, card in cards:
        changed[place] = dataclasses.replace(card, value=card.value + 0.01)
    many = differences(before, dataclasses.replace(after, cards=tuple(changed)))
    told = next(one for one in many.changes if one.change.record == "stage" and one.change.kind is ChangeKind.FIGURE)
    assert len(cards) > 1
    assert told.q_value > alone.q_value
    assert told.weight is Weight.WITHIN


def test_maps_of_the_same_days_are_said_to_overlap() -> None:
    spring, autumn = Period(date(2025, 3, 1), date(2025, 5, 31)), Period(date(2025, 9, 1), date(2025, 11, 30))
    before = with_conversion(800, 2_000, period=spring)
    assert differences(before, with_conversion(880, 2_000, period=spring)).overlap
    assert not differences(before, with_conversion(880, 2_000, period=autumn)).overlap


def test_the_difference_is_told_in_words_and_for_programs() -> None:
    before, after = with_conversion(800, 2_000), with_conversion(880, 2_000)
    found = differences(before, after)
    lines = "\n".join(difference_lines(before, after, found, Language.RU)).replace("\u00a0", " ")
    assert "идут дальше 40 % (800 из 2 000; 37,9–42,2) → 44 % (880 из 2 000; 41,8–46,2) · +4 п.п." in lines
    assert "лучше" in lines
    (row,) = difference_document(before, after, found)["changes"]
    assert (row["verdict"], row["before"]["count"], row["after"]["count"]) == ("beyond_noise", 800, 880)
    assert row["difference"]["low"] < 0.04 < row["difference"]["high"]
