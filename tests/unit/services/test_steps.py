from datetime import timedelta

import pytest

from tropa.domain.journeymap import Match
from tropa.errors import InvalidQueryError
from tropa.events.chains import Barrier
from tropa.events.log import log_from_rows
from tropa.services.answering.steps import read_barrier, read_step

NAMES = ("cart", "order", "call", "paid, in full", "what? [x]", "/page/1", "/page/2")
LOG = log_from_rows(
    [("a", name, at) for at, name in enumerate(NAMES)],
    properties={"channel": ["web"] * 7, "city": ["Omsk"] * 7},
)


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("cart", [Match(event=("cart",))]),
        ("cart, order", [Match(event=("cart",)), Match(event=("order",))]),
        ("order[channel=web]", [Match(event=("order",), where={"channel": ("web",)})]),
        (
            "order[channel=web|app, city=Omsk],call",
            [
                Match(event=("order",), where={"channel": ("web", "app"), "city": ("Omsk",)}),
                Match(event=("call",)),
            ],
        ),
        ("/page/*", [Match(event=("/page/*",))]),
        ("paid, in full", [Match(event=("paid, in full",))]),
        ('"paid, in full", cart', [Match(event=("paid, in full",)), Match(event=("cart",))]),
        ('order[channel="a|b"]', [Match(event=("order",), where={"channel": ("a|b",)})]),
        (["paid, in full", "cart"], [Match(event=("paid, in full",)), Match(event=("cart",))]),
        ("what? [x]", [Match(event=("what? [x]",))]),
    ],
)
def test_a_step_is_read_as_it_is_written(text, matches):
    assert list(read_step(LOG, text).step.any_of) == matches


def test_what_follows_the_semicolons_is_the_steps_own():
    step = read_step(LOG, "order[channel=web]; within 2d 12h; after 5m").step
    assert (step.within, step.after) == (timedelta(days=2, hours=12), timedelta(minutes=5))
    assert read_step(LOG, "cart; optional").step.optional
    assert read_step(LOG, "cart, order ; optional").name == "cart, order"


def test_a_barrier_stands_between_two_steps_or_anywhere():
    assert read_barrier(LOG, "call") == Barrier(any_of=(Match(event=("call",)),))
    assert read_barrier(LOG, "2-3: call") == Barrier(any_of=(Match(event=("call",)),), start=1, end=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kart", "no event “kart”"),
        ("order[colour=red]", "no property “colour”"),
        ("order[channel]", "says nothing of a property"),
        ("order[channel=web", "not closed"),
        ('order[channel="web]', "quotes"),
        ("cart,,order", "empty part"),
        ("cart; soon", "says nothing of a step"),
        ("cart; within tomorrow", "no duration"),
        ("", "empty part"),
    ],
)
def test_a_step_that_cannot_be_read_says_why(text, said):
    with pytest.raises(InvalidQueryError, match=said):
        read_step(LOG, text)
