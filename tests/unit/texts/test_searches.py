"""Search queries by what they are after and about."""

import pytest

from tropa.domain.ledger import Query
from tropa.texts.searches import Intent, group_searches


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("почему желтеет рассада", Intent.WHY),
        ("когда сажать томаты", Intent.HOW),
        ("лучшие сорта томатов отзывы", Intent.COMPARE),
        ("купить семена томатов почтой", Intent.BUY),
        ("семена томатов цены", Intent.BUY),
        ("рассада в квартире", Intent.OTHER),
        ("how to sow tomatoes", Intent.HOW),
        ("why are my leaves yellow", Intent.WHY),
        ("best tomato seeds", Intent.COMPARE),
        ("buy tomato seeds online", Intent.BUY),
    ],
)
def test_a_query_tells_what_it_is_after(text, intent):
    assert [one.intent for one in group_searches([Query(text=text, shows=10)]).groups] == [intent]


def test_queries_of_one_thing_stand_together_in_any_form_the_most_shown_first():
    found = group_searches(
        [
            Query(text="как сажать томаты", shows=100, clicks=5),
            Query(text="когда сажать томат на рассаду", shows=300, clicks=1),
            Query(text="как ухаживать за розами", shows=50),
            Query(text="редкое", shows=1),
        ]
    )

    assert found.total == 451
    first, second = found.groups
    assert [one.text for one in first.queries] == ["когда сажать томат на рассаду", "как сажать томаты"]
    assert (first.weight, first.clicks, second.weight) == (400, 6, 50)


def test_without_shows_clicks_weigh():
    found = group_searches([Query(text="семена", clicks=7), Query(text="розы", clicks=3)])

    assert (found.in_shows, found.total) == (False, 10)
