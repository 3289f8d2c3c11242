"""The weights that come with tropa, made by `make train`."""

import io
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.texts.light import LightModel, Linear, Reader

LANGUAGES = ("ru", "en")


@cache
def shipped_model() -> LightModel:
    """The light model of data/model; read once."""
    folder = files("tropa.texts").joinpath("data", "model")
    card = json.loads(folder.joinpath("light.json").read_text(encoding="utf-8"))
    with np.load(io.BytesIO(folder.joinpath("light.npz").read_bytes())) as arrays:
        return model_of(card, dict(arrays))


def model_of(card: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> LightModel:
    """A model of the arrays that training wrote, by names like `ru/opinion/weights`."""
    readers = {
        language: Reader(
            _linear(arrays, f"{language}/opinion"),
            _linear(arrays, f"{language}/topic"),
            tuple(card["topics"][language]),
        )
        for language in LANGUAGES
    }
    return LightModel(str(card["version"]), readers)


def _linear(arrays: Mapping[str, NDArray[Any]], name: str) -> Linear:
    def floats(part: str) -> NDArray[np.float32]:
        return arrays[f"{name}/{part}"].astype(np.float32)

    return Linear(
        vocabulary=arrays[f"{name}/vocabulary"].astype(np.uint32),
        idf=floats("idf"),
        weights=arrays[f"{name}/weights"].astype(np.int8),
        scales=floats("scales"),
        signs=floats("signs"),
        bias=floats("bias"),
    )
