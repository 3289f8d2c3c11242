"""Fitting: sparse matrices of tropa's own features, linear heads, weights in eight bits."""

import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from tropa.texts.features import Bag, Block, bag_of, block_of
from tropa.texts.light import Linear, weighed

Floats = NDArray[np.float32]
SIGN_SCALE = 1.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Features worth a weight, sorted by hash, and their inverse document frequencies."""

    hashes: NDArray[np.uint32]
    idf: Floats


def vocabulary_of(bag: Bag, *, least: int, blocks: Sequence[Block] = tuple(Block)) -> Vocabulary:
    """Features that stand in `least` texts or more; idf = ln((1 + n) / (1 + df)) + 1, in half precision."""
    hashes, texts = np.unique(bag.hashes, return_counts=True)
    kept = (texts >= least) & np.isin(block_of(hashes), blocks)
    idf = np.log((1 + bag.texts) / (1 + texts[kept])) + 1
    return Vocabulary(hashes[kept], idf.astype(np.float16).astype(np.float32))


def matrix_of(bag: Bag, vocabulary: Vocabulary) -> csr_matrix:
    """Texts by features, the signs in the last columns."""
    entries = weighed(bag, vocabulary.hashes, vocabulary.idf)
    sparse = csr_matrix(
        (entries.values, (entries.rows, entries.columns)), shape=(bag.texts, len(vocabulary.hashes)), dtype=np.float32
    )
    return hstack([sparse, csr_matrix(bag.signs * SIGN_SCALE)], format="csr")


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of one class: features first, then the signs; and a bias."""

    weights: NDArray[np.float64]
    bias: float


def logistic(matrix: csr_matrix, said: NDArray[np.bool_], *, strength: float, importance: Floats | None = None) -> Head:
    """One class against the rest, rare ones weighed up by the root of their rarity."""
    share = float(said.mean())
    balance = {True: (1 - share) ** 0.5 / max(share, 1e-6) ** 0.5, False: 1.0}
    model = LogisticRegression(
        C=strength, solver="liblinear", dual=True, class_weight=balance, random_state=0, max_iter=300
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, said, sample_weight=importance)
    return Head(model.coef_[0], float(model.intercept_[0]))


def linear_of(vocabulary: Vocabulary, heads: Sequence[Head]) -> Linear:
    """The heads as one matrix of eight-bit weights; features that weigh nothing in any are left out."""
    size = len(vocabulary.hashes)
    weights = np.stack([head.weights[:size] for head in heads], axis=1)
    signs = np.stack([head.weights[size:] for head in heads], axis=1) * SIGN_SCALE
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    rounded = np.rint(weights / scales).astype(np.int8)
    kept = np.abs(rounded).max(axis=1) > 0
    return Linear(
        vocabulary=vocabulary.hashes[kept],
        idf=vocabulary.idf[kept],
        weights=rounded[kept],
        scales=scales.astype(np.float32),
        signs=signs.astype(np.float32),
        bias=np.asarray([head.bias for head in heads], dtype=np.float32),
    )
