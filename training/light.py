"""Training of the light model, a language at a time."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.data import ROOT, Clause, Felt, Sentence, goemotions, semeval
from training.fit import Head, Vocabulary, linear_of, logistic, matrix_of, vocabulary_of
from tropa.domain.opinion import EMOTIONS, StatementKind
from tropa.texts.features import Bag, Block, bag_of
from tropa.texts.light import VALUES, Linear

TARGET = ROOT / "src" / "tropa" / "texts" / "data" / "model"
LEAST_EXAMPLES = 6  # of a touchpoint, in one language
OWN_WEIGHT = 0.2  # of a sentence of the corpus among the emotions of other sets


def opinion_linear(sentences: Sequence[Sentence], felt: Sequence[Felt]) -> Linear:
    """Heads of sentiment, value, emotions and kinds."""
    clauses = [clause for sentence in sentences for clause in sentence.clauses]
    own = [_felt(sentence) for sentence in sentences]
    texts = [clause.text for clause in clauses] + [one.text for one in (*felt, *own)]
    bag = bag_of(texts)
    vocabulary = vocabulary_of(bag, least=2)
    matrix = matrix_of(bag, vocabulary)
    said = matrix[: len(clauses)]
    heads = [*_sentiment_heads(said, clauses), *_kind_heads(said, clauses)]
    weights = np.r_[np.ones(len(felt)), np.full(len(own), OWN_WEIGHT)].astype(np.float32)
    emotions = _emotion_heads(matrix[len(clauses) :], [*felt, *own], weights)
    count = 3 + len(VALUES)
    return linear_of(vocabulary, [*heads[:count], *emotions, *heads[count:]])


def _felt(sentence: Sentence) -> Felt:
    return Felt(
        sentence.text,
        tuple(any(place in clause.emotions for clause in sentence.clauses) for place in range(len(EMOTIONS))),
    )


def _sentiment_heads(matrix: Any, clauses: Sequence[Clause]) -> list[Head]:
    values = np.asarray([clause.value for clause in clauses])
    three = [logistic(matrix, np.sign(values) == sign, strength=4) for sign in (-1, 0, 1)]
    return [*three, *(logistic(matrix, values == value, strength=4) for value in VALUES)]


def _kind_heads(matrix: Any, clauses: Sequence[Clause]) -> list[Head]:
    return [
        logistic(matrix, np.asarray([clause.kind == kind.value for clause in clauses]), strength=4)
        for kind in StatementKind
    ]


def _emotion_heads(matrix: Any, felt: Sequence[Felt], weights: NDArray[np.float32]) -> list[Head]:
    heads = []
    for place in range(len(EMOTIONS)):
        asked = np.asarray([one.emotions[place] is not None for one in felt])
        said = np.asarray([bool(one.emotions[place]) for one in felt])
        heads.append(logistic(matrix[asked], said[asked], strength=4, importance=weights[asked]))
    return heads


def topic_linear(sentences: Sequence[Sentence]) -> tuple[tuple[str, ...], Linear]:
    """Touchpoints with enough examples, and their heads over words and stems."""
    clauses = [clause for sentence in sentences for clause in sentence.clauses]
    counted = Counter(key for clause in clauses for key in set(clause.touchpoints))
    keys = tuple(sorted(key for key, count in counted.items() if count >= LEAST_EXAMPLES))
    bag = bag_of([clause.text for clause in clauses])
    vocabulary = vocabulary_of(bag, least=2, blocks=(Block.WORDS, Block.STEMS))
    matrix = matrix_of(bag, vocabulary)
    heads = [
        logistic(matrix, np.asarray([key in clause.touchpoints for clause in clauses]), strength=8) for key in keys
    ]
    return keys, linear_of(vocabulary, heads)


def train(sentences: Sequence[Sentence], data: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The card's facts and the arrays of the model."""
    arrays: dict[str, NDArray[Any]] = {}
    topics: dict[str, list[str]] = {}
    for language in ("ru", "en"):
        own = [sentence for sentence in sentences if sentence.language == language]
        felt = [*semeval(data, language, "train"), *semeval(data, language, "dev")]
        if language == "en":
            felt.extend(goemotions(data, "train"))
        keys, topic = topic_linear(own)
        topics[language] = list(keys)
        arrays |= _named(f"{language}/opinion", opinion_linear(own, felt)) | _named(f"{language}/topic", topic)
    return {"topics": topics}, arrays


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
