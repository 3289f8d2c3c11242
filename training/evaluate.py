"""`make bench-voice`: how well the light model reads, into docs/reference/voice-figures.md."""

import argparse
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.baselines import best_cut, tfidf_margins, vader
from training.data import ROOT, corpus
from training.light import Trained, arrays_of, card_of, train
from training.opinion import EMOTION_COLUMNS, Fitted
from training.scores import Mean, Score, mean_f1, one_hot, scores
from training.sentirueval import KEYS, Review, reviews, sentiment_of
from tropa.domain.opinion import DECISION, EMOTIONS, Sentiment
from tropa.ports import TextModel
from tropa.texts.light import KINDS
from tropa.texts.shipped_model import model_of

TARGET = ROOT / "docs" / "reference" / "voice-figures.md"
LANGUAGE_NAMES = {"ru": "Russian", "en": "English"}
SENTIMENTS = tuple(one.value for one in Sentiment)


@dataclass(frozen=True, slots=True)
class Table:
    """One measurement: what it is, each class, the mean, and what others get on the same rows."""

    title: str
    note: str
    classes: Sequence[Score]
    means: Mapping[str, Mean]

    def lines(self) -> Iterator[str]:
        """Markdown."""
        yield from (f"### {self.title}", "", self.note, "", "| class | rows | precision | recall | F1 |")
        yield "|---|---|---|---|---|"
        for one in self.classes:
            yield f"| {one.name} | {one.support} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} |"
        yield from ("", "| | mean F1 (95 % interval) |", "|---|---|")
        yield from (f"| {name} | {mean} |" for name, mean in self.means.items())
        yield ""


def emotions(fitted: Fitted, language: str) -> Table:
    """Emotions of SemEval-2025 by cross-validation."""
    examples = fitted.examples
    rows = ~examples.is_own & (examples.fold >= 0) & (examples.emotions >= 0).any(axis=1)
    asked = np.flatnonzero((examples.emotions[rows] >= 0).any(axis=0))
    said = examples.emotions[rows][:, asked] == 1
    found = fitted.margins[rows][:, EMOTION_COLUMNS][:, asked] > 0
    texts = [examples.texts[row] for row in np.flatnonzero(rows)]
    other = best_cut(tfidf_margins(texts, said, examples.fold[rows]), said)
    return Table(
        f"Emotions, {LANGUAGE_NAMES[language]}",
        f"SemEval-2025 Task 11, train and dev, {len(texts)} texts, 5 folds. Thresholds were chosen on the same folds, "
        "for TF-IDF too, which flatters both a little.",
        scores([EMOTIONS[place] for place in asked], said, found),
        {
            "light": mean_f1(said, found),
            "TF-IDF + logistic regression": mean_f1(said, other),
            "all yes": mean_f1(said, np.ones_like(said)),
        },
    )


def held_trades(fitted: Fitted, language: str) -> Table:
    """Sentiment of clauses of industries that the folds had not seen."""
    examples = fitted.examples
    rows = np.flatnonzero(examples.is_own & (examples.kind >= 0))
    classes = np.sign(examples.value[rows]).astype(np.int64) + 1
    said = one_hot(classes, 3)
    found = one_hot(fitted.margins[rows, :3].argmax(axis=1), 3)
    texts = [examples.texts[row] for row in rows]
    other = tfidf_margins(texts, said, examples.fold[rows]).argmax(axis=1)
    means = {"light": mean_f1(said, found), "TF-IDF + logistic regression": mean_f1(said, one_hot(other, 3))}
    if language == "en":
        means["VADER"] = mean_f1(said, one_hot(vader(texts), 3))
    means["always the most frequent"] = mean_f1(said, one_hot(np.full(len(rows), np.bincount(classes).argmax()), 3))
    return Table(
        f"Sentiment in trades not trained on, {LANGUAGE_NAMES[language]}",
        f"Our corpus, {len(rows)} clauses, half of them hard by design; two of ten industries are held out at a time.",
        scores(SENTIMENTS, said, found),
        means,
    )


def kinds(fitted: Fitted, language: str) -> Table:
    """Kinds of statements in trades that the folds had not seen."""
    examples = fitted.examples
    rows = np.flatnonzero(examples.is_own & (examples.kind >= 0))
    said = one_hot(examples.kind[rows], len(KINDS))
    found = one_hot(fitted.margins[rows, EMOTION_COLUMNS.stop :].argmax(axis=1), len(KINDS))
    return Table(
        f"Kinds, {LANGUAGE_NAMES[language]}",
        f"Our corpus, {len(rows)} clauses, two of ten industries held out at a time.",
        scores([kind.value for kind in KINDS], said, found),
        {"light": mean_f1(said, found)},
    )


def own_emotions(fitted: Fitted, language: str) -> Table:
    """Emotions of the corpus's sentences in trades that the folds had not seen."""
    examples = fitted.examples
    rows = np.flatnonzero(examples.is_own & (examples.kind < 0))
    said = examples.emotions[rows] == 1
    found = fitted.margins[rows][:, EMOTION_COLUMNS] > 0
    return Table(
        f"Emotions of customers, {LANGUAGE_NAMES[language]}",
        f"Our corpus, {len(rows)} sentences, two of ten industries held out at a time; thresholds are SemEval's.",
        scores(EMOTIONS, said, found),
        {"light": mean_f1(said, found)},
    )


def topics(trained: Trained, language: str) -> Table:
    """Touchpoints by cross-validation over sentences, the twelve most frequent one by one."""
    one = trained.topics
    found = one.margins > 0
    order = np.argsort(-one.said.sum(axis=0), kind="stable")
    each = scores([one.keys[place] for place in order], one.said[:, order], found[:, order])
    flat = mean_f1(one.said.reshape(-1, 1), found.reshape(-1, 1))
    return Table(
        f"Touchpoints, {LANGUAGE_NAMES[language]}",
        f"Our corpus, {len(one.keys)} keys with 6 examples or more, 3 folds over sentences. The model by itself, "
        "without the words of the packs that `tropa voice` adds.",
        each[:12],
        {"macro, light": mean_f1(one.said, found), "micro, light": flat},
    )


def sentence_sentiment(model: TextModel, read: Sequence[Review], kind: str) -> list[Table]:
    """Sentences of SentiRuEval, without training on it."""
    said = [(text, sentiment_of(aspects), bool(aspects)) for review in read for text, aspects in review.said()]
    rows = [(text, label, has) for text, label, has in said if label is not None]
    found = np.asarray([one.probabilities for one in model.opinions([text for text, _, _ in rows])]).argmax(axis=1)
    labels = np.asarray([label for _, label, _ in rows])
    judged = np.asarray([has for _, _, has in rows])
    every = np.ones(len(rows), dtype=bool)
    return [
        _sentences(labels[kept], found[kept], f"Sentences of {kind} reviews, Russian: {name}", note)
        for kept, name, note in (
            (
                judged,
                "with an aspect",
                "Sentences in which annotators marked an aspect; both praise and blame left out.",
            ),
            (every, "all", "All sentences; those without a marked aspect count as neutral, though many of them judge."),
        )
    ]


def _sentences(labels: NDArray[np.int64], found: NDArray[np.int64], title: str, note: str) -> Table:
    said, given = one_hot(labels, 3), one_hot(found, 3)
    usual = one_hot(np.full(len(labels), np.bincount(labels).argmax()), 3)
    return Table(
        title,
        f"SentiRuEval-2015, nothing trained on it. {note}",
        scores(SENTIMENTS, said, given),
        {
            "three classes, light": mean_f1(said, given),
            "negative and positive, light": mean_f1(said[:, ::2], given[:, ::2]),
            "three classes, always the most frequent": mean_f1(said, usual),
        },
    )


def aspect_polarity(model: TextModel, read: Sequence[Review], kind: str) -> Table:
    """Polarity toward a given term: the clause that it begins in."""
    pairs = [
        (review.clause_of(aspect), SENTIMENTS.index(aspect.sentiment))
        for review in read
        for aspect in review.aspects
        if aspect.sentiment in SENTIMENTS
    ]
    labels = np.asarray([label for _, label in pairs])
    found = np.asarray([one.probabilities for one in model.opinions([text for text, _ in pairs])]).argmax(axis=1)
    return _sentences(labels, found, f"Polarity toward a given term, {kind} reviews, Russian", "The term's clause.")


def touchpoints(model: TextModel, read: Sequence[Review], kind: str) -> Table:
    """Categories of SentiRuEval from our keys, by sentence, without training on it."""
    said = [(text, {one.category for one in aspects}) for review in read for text, aspects in review.said() if aspects]
    names = tuple(KEYS[kind])
    labels = np.asarray([[name in categories for name in names] for _, categories in said])
    keys = [frozenset(KEYS[kind][name].split()) for name in names]
    found = np.asarray(
        [
            [max((chance for key, chance in given.items() if key in part), default=0.0) >= DECISION for part in keys]
            for given in model.topics([text for text, _ in said])
        ]
    )
    return Table(
        f"Touchpoints of {kind} reviews, Russian",
        "SentiRuEval-2015, nothing trained on it; its categories are mapped from our keys. The model by itself, "
        "without the words of the packs that `tropa voice` adds.",
        scores(names, labels, found),
        {"light": mean_f1(labels, found), "all yes": mean_f1(labels, np.ones_like(labels))},
    )


def speed(model: TextModel, texts: Sequence[str]) -> str:
    """Statements a second with what words give already remembered."""
    model.opinions(texts)
    began = time.perf_counter()
    model.opinions(texts)
    model.topics(texts)
    return f"{len(texts) / (time.perf_counter() - began):,.0f}"


def tables(trained: Mapping[str, Trained], model: TextModel, data: Path) -> Iterator[Table]:
    """All measurements."""
    for language, one in trained.items():
        yield emotions(one.opinion, language)
        yield own_emotions(one.opinion, language)
        yield held_trades(one.opinion, language)
        yield kinds(one.opinion, language)
        yield topics(one, language)
    for kind in KEYS:
        if read := reviews(data, kind):
            yield from sentence_sentiment(model, read, kind)
            yield aspect_polarity(model, read, kind)
            yield touchpoints(model, read, kind)


def page(made: Iterable[Table], rate: str) -> str:
    """The page of figures."""
    lines = [
        "# How well the voice of the customer is read",
        "",
        "Written by `make bench-voice`. Means have 95 % bootstrap intervals over rows. What the model is and what it",
        "learned from is in the [model card](model-card.md).",
        "",
        f"Speed: {rate} statements a second on one core (sentiment, emotions, kinds and touchpoints; words known).",
        "",
    ]
    for one in made:
        lines.extend(one.lines())
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Train again with folds, measure, write the page."""
    asked = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="folder of the sets of emotions and of SentiRuEval")
    data = asked.parse_args().data
    trained = train(corpus(), data)
    report(trained, data)


def report(trained: Mapping[str, Trained], data: Path, target: Path = TARGET) -> None:
    """Measure what was trained."""
    model = model_of({"version": "measured", **card_of(trained)}, arrays_of(trained))
    texts = [text for text in trained["ru"].opinion.examples.texts if len(text) > 20][:4000]
    target.write_text(page(tables(trained, model, data), speed(model, texts)), encoding="utf-8")


if __name__ == "__main__":
    main()
