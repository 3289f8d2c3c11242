import pytest

from tropa.render.theme import COLOURS, Colour, Scheme, contrast, css_paint, css_tokens, emotion_role, stage_role

TEXT_ON = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("page", "surface", "surface-2", "sunken")),
    *((f"{tone}-text", f"{tone}-soft") for tone in ("good", "warn", "bad", "violet", "accent")),
    *((f"stage-{place}-text", f"stage-{place}-{tone}") for place in range(1, 7) for tone in ("soft", "deep")),
    *(("ink-2", f"stage-{place}-{tone}") for place in range(1, 7) for tone in ("soft", "deep")),
    ("on-ink", "ink"),
]


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_is_readable_on_its_ground(ink: str, ground: str, scheme: Scheme) -> None:
    assert contrast(COLOURS[ink].on(scheme), COLOURS[ground].on(scheme)) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
def test_white_is_readable_on_every_stage_and_emotions_stand_out(scheme: Scheme) -> None:
    for place in range(1, 7):
        assert contrast("#FFFFFF", COLOURS[f"stage-{place}"].on(scheme)) >= 4.5
    for mood in range(1, 6):
        assert contrast(COLOURS[f"emo-{mood}"].on(scheme), COLOURS["surface"].on(scheme)) >= 3.0


def test_a_colour_that_is_no_hex_value_is_refused() -> None:
    with pytest.raises(ValueError, match="#RRGGBB"):
        Colour("red", "#000000")


def test_roles_are_names_that_the_tokens_know() -> None:
    assert css_paint(stage_role(7)) == "var(--stage-2)"
    assert [emotion_role(value) for value in (-3, -2, 0, 0.6, 2)] == ["emo-1", "emo-1", "emo-3", "emo-4", "emo-5"]
    assert css_tokens().count("--ink:") == 2
    with pytest.raises(KeyError):
        css_paint("pink")
