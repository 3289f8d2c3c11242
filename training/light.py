"""Training of the light model, a language at a time, and how it is written."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data import LANGUAGES, ROOT, Felt, Sentence, goemotions, semeval
from training.opinion import EMOTION_COLUMNS, Fitted, examples_of, fitted
from training.scores import mean_f1, one_hot
from training.topics import FittedTopics, fitted_topics
from tropa.domain.opinion import EMOTIONS
from tropa.texts.light import KINDS, Linear

TARGET = ROOT / "src" / "tropa" / "texts" / "data" / "model"
EVERY = 3  # of GoEmotions this one is taken: with all of it training takes long and gains little


LEARNED_FROM = (
    "corpus/ of tropa (CC0 1.0)",
    "polarity.txt, packs and touchpoints of tropa (Apache-2.0)",
    "SemEval-2025 Task 11, track A, rus and eng, train and dev (CC BY 4.0)",
    "GoEmotions, Ekman's classes, every third text of train (Apache-2.0)",
)


@dataclass(frozen=True, slots=True)
class Trained:
    """One language."""

    opinion: Fitted
    topics: FittedTopics


def train(sentences: Sequence[Sentence], data: Path) -> dict[str, Trained]:
    """Both languages; the four parts know nothing of one another and run side by side."""
    with ProcessPoolExecutor(4) as pool:
        opinions = {language: pool.submit(_opinion, sentences, data, language) for language in LANGUAGES}
        topics = {language: pool.submit(fitted_topics, _of(sentences, language), language) for language in LANGUAGES}
        return {language: Trained(opinions[language].result(), topics[language].result()) for language in LANGUAGES}


def _opinion(sentences: Sequence[Sentence], data: Path, language: str) -> Fitted:
    felt = [*semeval(data, language, "train"), *semeval(data, language, "dev")]
    extra: list[Felt] = goemotions(data, "train")[::EVERY] if language == "en" else []
    return fitted(examples_of(_of(sentences, language), felt, extra, language))


def _of(sentences: Sequence[Sentence], language: str) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.language == language]


def card_of(trained: Mapping[str, Trained]) -> dict[str, Any]:
    """What the model needs beside its arrays."""
    return {
        "learned_from": LEARNED_FROM,
        "macro_f1_of_folds": {language: _figures(one) for language, one in trained.items()},
        "emotion_shifts": {
            language: dict(zip(EMOTIONS, one.opinion.emotions.shifts.round(3).tolist(), strict=True))
            for language, one in trained.items()
        },
        "rivalry": {language: one.opinion.emotions.rivalry for language, one in trained.items()},
        "topics": {language: list(one.topics.keys) for language, one in trained.items()},
    }


def _figures(one: Trained) -> dict[str, float]:
    fitted, topics = one.opinion, one.topics
    examples, margins = fitted.examples, fitted.margins
    open_sets = ~examples.is_own & (examples.fold >= 0)
    asked = np.flatnonzero((examples.emotions[open_sets] >= 0).any(axis=0))
    own = examples.is_own & (examples.kind >= 0)
    signs = np.sign(examples.value[own]).astype(np.int64) + 1
    figures = {
        "emotions": mean_f1(
            examples.emotions[open_sets][:, asked] == 1, margins[open_sets][:, EMOTION_COLUMNS][:, asked] > 0
        ),
        "sentiment in unseen trades": mean_f1(one_hot(signs, 3), one_hot(margins[own, :3].argmax(axis=1), 3)),
        "kinds in unseen trades": mean_f1(
            one_hot(examples.kind[own], len(KINDS)),
            one_hot(margins[own, EMOTION_COLUMNS.stop :].argmax(axis=1), len(KINDS)),
        ),
        "touchpoints": mean_f1(topics.said, topics.margins > 0),
    }
    return {name: round(mean.value, 3) for name, mean in figures.items()}


def arrays_of(trained: Mapping[str, Trained]) -> dict[str, NDArray[Any]]:
    """What the model is read from, by name."""
    arrays: dict[str, NDArray[Any]] = {}
    for language, one in trained.items():
        arrays |= _named(f"{language}/opinion", one.opinion.linear)
        arrays[f"{language}/emotions/slopes"] = one.opinion.emotions.slopes
        arrays[f"{language}/emotions/shifts"] = one.opinion.emotions.shifts
        arrays |= _named(f"{language}/topic", one.topics.linear)
    return arrays


def _named(name: str, linear: Linear) -> dict[str, NDArray[Any]]:
    return {
        f"{name}/vocabulary": linear.vocabulary,
        f"{name}/idf": linear.idf.astype(np.float16),
        f"{name}/weights": linear.weights,
        f"{name}/scales": linear.scales,
        f"{name}/signs": linear.signs,
        f"{name}/bias": linear.bias,
    }


def packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz without times: the same arrays give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            part = io.BytesIO()
            np.save(part, arrays[name], allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), part.getvalue(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def write(card: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], target: Path = TARGET) -> None:
    """light.npz and light.json, with the hash of the first in the second."""
    weights = packed(arrays)
    digest = hashlib.sha256(weights).hexdigest()
    target.mkdir(parents=True, exist_ok=True)
    (target / "light.npz").write_bytes(weights)
    full = {"name": "light", "version": digest[:12], "sha256": digest, **card}
    (target / "light.json").write_text(json.dumps(full, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
