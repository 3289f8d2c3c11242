import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.domain.branding import Branding, BrandingSpec
from tropa.render.branding import PLAIN_LOOK, Look, readable
from tropa.render.theme import COLOURS, Scheme, contrast

PARTS = st.integers(0, 255)


@given(PARTS, PARTS, PARTS)
def test_any_colour_can_be_read_on_white_and_at_night(red, green, blue):
    colour = f"#{red:02X}{green:02X}{blue:02X}"
    look = Look(Branding(BrandingSpec(colour=colour, stages=(colour,))))
    paper, night = look.paint(), look.paint(Scheme.DARK)
    for role in ("accent", "accent-text", "stage-1", "stage-1-text"):
        assert contrast(paper(role), "#FFFFFF") >= 4.5
        ground = COLOURS["on-color"].dark if role == "stage-1" else COLOURS["surface"].dark
        assert contrast(night(role), ground) >= 4.5


@pytest.mark.parametrize(("colour", "kept"), [("#0A7D4F", True), ("#FFD600", False), ("#FFFFFF", False)])
def test_a_colour_that_can_be_read_is_kept_and_another_is_told(colour, kept):
    look = Look(Branding(BrandingSpec(colour=colour)))
    assert (look.paint()("accent") == colour) is kept
    assert (not look.notes) is kept


def test_a_darkened_colour_keeps_its_hue():
    assert readable("#FFD600", "#FFFFFF") == "#8A7400"


def test_a_plain_look_paints_as_tropa_does():
    assert PLAIN_LOOK.paint()("accent") == COLOURS["accent"].light
    assert PLAIN_LOOK.roles == {}
