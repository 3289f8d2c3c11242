"""`make train`: the weights that ship with tropa, from the corpus and the open sets of emotions."""

import argparse
from pathlib import Path

from training.data import corpus
from training.light import train, write


def main() -> None:
    """Train, and write data/model."""
    asked = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="folder of SemEval-2025 Task 11 and GoEmotions")
    card, arrays = train(corpus(), asked.parse_args().data)
    write(card, arrays)


if __name__ == "__main__":
    main()
