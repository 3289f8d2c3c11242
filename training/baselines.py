"""What the figures stand beside: the most frequent class, TF-IDF with logistic regression, VADER."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from training.fit import logistic, threshold_of
from tropa.texts.words import lemma, words_of

Bools = NDArray[np.bool_]


def _lemmas(text: str) -> list[str]:
    return [lemma(word.text) for word in words_of(text)]


def tfidf(texts: Sequence[str]) -> csr_matrix:
    """Lemmas and their pairs, and runs of 2–5 letters within words."""
    words = TfidfVectorizer(tokenizer=_lemmas, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True)
    return hstack([words.fit_transform(texts), letters.fit_transform(texts)], format="csr")


def tfidf_margins(texts: Sequence[str], said: Bools, fold: NDArray[np.int64]) -> NDArray[np.float64]:
    """Margins of logistic regressions, one a class, by folds that had not seen the rows."""
    matrix = tfidf(texts)
    margins = np.zeros(said.shape)
    for number in np.unique(fold):
        held = fold == number
        for place in range(said.shape[1]):
            margins[held, place] = logistic(matrix[~held], said[~held, place], strength=4).scores(matrix[held])
    return margins


def best_cut(margins: NDArray[np.float64], said: Bools) -> Bools:
    """Yes from each class's best threshold on."""
    cuts = [threshold_of(margins[:, place], said[:, place])[0] for place in range(said.shape[1])]
    made: Bools = margins > np.asarray(cuts)
    return made


def vader(texts: Sequence[str]) -> NDArray[np.int64]:
    """0 negative, 1 neutral, 2 positive by VADER's compound with its usual bounds ±.05 (English)."""
    compounds = np.asarray([_analyzer().polarity_scores(text)["compound"] for text in texts])
    return np.where(compounds >= 0.05, 2, np.where(compounds <= -0.05, 0, 1))


@cache
def _analyzer() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - a package of this group

    return SentimentIntensityAnalyzer()
