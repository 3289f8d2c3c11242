import pytest

from builders.readers import own
from tropa.texts.industry import industry_of
from tropa.texts.packs import all_touchpoints, pack, pack_names
from tropa.texts.taxonomy import decided, taxonomy_for, taxonomy_of
from tropa.texts.words import words_of


def found(taxonomy, text, topics=None):
    return [key for key, _ in decided(taxonomy.probabilities(tuple(words_of(text)), topics or {}))]


def test_ten_packs_ship_with_words_in_both_languages():
    assert len(pack_names()) == 10
    for name in pack_names():
        for one in pack(name):
            assert one.key
            assert one.name.ru
            assert one.name.en
            assert one.stage
            assert one.words
    assert len({one.key for one in all_touchpoints()}) > 150


@pytest.mark.parametrize(
    ("key", "topics"),
    [
        ("Food", {"restaurant_kitchen", "menu", "portions", "drinks"}),
        ("Service", {"waiter", "staff", "kitchen_speed"}),
        ("Interior", {"interior", "atmosphere"}),
        ("Price", {"price", "bill"}),
        ("Whole", {"company"}),
        ("Driveability", {"car_driveability"}),
        ("Comfort", {"car_comfort"}),
        ("Reliability", {"car_reliability"}),
        ("Costs", {"car_costs"}),
        ("Appearance", {"car_appearance"}),
        ("Safety", {"car_safety"}),
        ("waiter", {"waiter"}),
    ],
)
def test_a_bare_name_stands_for_the_shipped_touchpoints_it_means(key: str, topics: set[str]):
    assert topics <= set(taxonomy_of([own(key)]).topics[key])


def test_a_shipped_touchpoint_belongs_to_one_of_peoples_own():
    taxonomy = taxonomy_of([own("Food"), own("menu")])
    assert taxonomy.topics["menu"] == ("menu",)
    assert "menu" not in taxonomy.topics["Food"]


def test_words_speak_for_peoples_own_names_without_training():
    taxonomy = taxonomy_of(
        [own("Food"), own("Service"), own("Price"), own("Курилка", "покурить")], industry="restaurant"
    )
    assert found(taxonomy, "официантка нахамила") == ["Service"]
    assert found(taxonomy, "суп был холодный") == ["Food"]
    assert found(taxonomy, "выходили покурить на мороз") == ["Курилка"]


def test_a_topic_of_the_model_is_enough_and_a_faint_one_is_not():
    taxonomy = taxonomy_for("restaurant")
    assert found(taxonomy, "ням-ням", {"restaurant_kitchen": 0.95}) == ["restaurant_kitchen"]
    assert found(taxonomy, "ням-ням", {"restaurant_kitchen": 0.2}) == []


def test_an_industry_is_told_by_the_words_that_only_it_has():
    restaurant = ["Официантка нахамила", "Суп холодный", "Столик у окна", "Шашлык сухой"]
    assert industry_of(restaurant) == industry_of(reversed(restaurant)) == "restaurant"
    assert industry_of(["Всё хорошо", "Спасибо"]) is None
    assert industry_of([]) is None
