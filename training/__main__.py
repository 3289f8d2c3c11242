"""`make train`: the weights that ship with tropa, from the corpus and the open sets of emotions."""

import argparse
from pathlib import Path

from training.data import corpus
from training.full import fitted_full, write_full
from training.light import arrays_of, card_of, train, write
from tropa.adapters.models.full import embedder


def main() -> None:
    """Train, and write data/model."""
    asked = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="folder of SemEval-2025 Task 11 and GoEmotions")
    sentences = corpus()
    trained = train(sentences, asked.parse_args().data)
    write(card_of(trained), arrays_of(trained))
    write_full(fitted_full([one for one in sentences if one.language == "ru"], embedder()))


if __name__ == "__main__":
    main()
