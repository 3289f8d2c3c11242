"""What a company tells those who decide: benefits by class of buyers, answers, proof that it leads to the result."""

from dataclasses import dataclass
from enum import StrEnum


class ArgumentKind(StrEnum):
    """What a row of the table is: a benefit, an answer to a question, or one of four proofs of the result."""

    BENEFIT = "benefit"
    ANSWER = "answer"
    PILOT = "pilot"
    REFERENCE = "reference"
    MANAGER = "manager"
    FIRST_RESULT = "first_result"

    @property
    def is_proof(self) -> bool:
        """It shows that the company leads to the result."""
        return self not in {ArgumentKind.BENEFIT, ArgumentKind.ANSWER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """Feature → advantage → benefit, for one class of buyers (None: for all of them).

    `number` and `quote` are what the benefit rests on; `stage` is a key or a name of the map's.
    """

    kind: ArgumentKind = ArgumentKind.BENEFIT
    buyer: str | None = None
    stage: str | None = None
    feature: str = ""
    advantage: str = ""
    benefit: str
    number: str = ""
    quote: str = ""
    source: str = ""

    @property
    def is_guess(self) -> bool:
        """Nothing but words stands behind it."""
        return not (self.number or self.quote)
