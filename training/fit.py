"""Fitting: sparse matrices of tropa's own features, linear heads, weights in eight bits."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from tropa.texts.features import Bag, Block, block_of
from tropa.texts.light import Linear, weighed

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


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
    return hstack([sparse, csr_matrix(bag.signs)], format="csr")


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of one class: features first, then the signs; and a bias."""

    weights: NDArray[np.float64]
    bias: float

    def scores(self, matrix: csr_matrix) -> NDArray[np.float64]:
        """Margins of the rows."""
        made: NDArray[np.float64] = matrix @ self.weights + self.bias
        return made

    def moved(self, slope: float, shift: float = 0.0) -> "Head":
        """The head whose margins are slope · (margin − shift)."""
        return Head(self.weights * slope, (self.bias - shift) * slope)


def logistic(matrix: csr_matrix, said: Bools, *, strength: float, importance: Floats | None = None) -> Head:
    """One class against the rest, a rare one weighed up by the root of its rarity."""
    share = float(np.clip(np.average(said, weights=importance), 1e-6, 1 - 1e-6))
    model = LogisticRegression(
        C=strength,
        solver="liblinear",
        dual=True,
        class_weight={True: ((1 - share) / share) ** 0.5, False: 1.0},
        random_state=0,
        tol=0.05,
        max_iter=300,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(matrix, said, sample_weight=importance)
    return Head(model.coef_[0], float(model.intercept_[0]))


def threshold_of(margins: NDArray[np.float64], said: Bools) -> tuple[float, float]:
    """The margin from which a yes gives the best F1 (the mean of all that come within .005 of it), and that F1."""
    tried = np.linspace(-6, 3, 181)
    yes = margins[:, None] > tried
    right = (yes & said[:, None]).sum(axis=0)
    f1 = 2 * right / np.maximum(1, yes.sum(axis=0) + said.sum())
    return float(tried[f1 >= f1.max() - 0.005].mean()), float(f1.max())


def slope_of(margins: NDArray[np.float64], said: Bools) -> float:
    """What margins are to be multiplied with for the best log loss of their logistic."""
    sign = np.where(said, 1.0, -1.0)

    def loss(slope: float) -> float:
        return float(np.logaddexp(0, -sign * slope * margins).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x)


def sharpness_of(margins: NDArray[np.float64], classes: NDArray[np.int64]) -> float:
    """The same for several classes of which one is true: the inverse of a softmax's temperature."""

    def loss(slope: float) -> float:
        scaled = margins * slope
        top = scaled.max(axis=1)
        sums = np.log(np.exp(scaled - top[:, None]).sum(axis=1)) + top
        return float((sums - scaled[np.arange(len(classes)), classes]).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5), method="bounded").x)


def linear_of(vocabulary: Vocabulary, heads: Sequence[Head]) -> Linear:
    """The heads as one matrix of eight-bit weights; features that weigh nothing in any are left out."""
    size = len(vocabulary.hashes)
    weights = np.stack([head.weights[:size] for head in heads], axis=1)
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    rounded = np.rint(weights / scales).astype(np.int8)
    kept = np.abs(rounded).max(axis=1) > 0
    return Linear(
        vocabulary=vocabulary.hashes[kept],
        idf=vocabulary.idf[kept],
        weights=rounded[kept],
        scales=scales.astype(np.float32),
        signs=np.stack([head.weights[size:] for head in heads], axis=1).astype(np.float32),
        bias=np.asarray([head.bias for head in heads], dtype=np.float32),
    )
