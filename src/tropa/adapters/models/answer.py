"""What a language model answered: read strictly, and believed only where the text bears it out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from tropa.adapters.models.question import MOST_STATEMENTS
from tropa.domain.opinion import EMOTIONS, Opinion, Statement, StatementKind

MOST_SURE = 0.95  # a model's own certainty is no measurement
_BRACES_TRIED = 50  # places where an answer may begin among other words
_LONGEST_FAULT = 160
_Value = Annotated[int, msgspec.Meta(ge=-2, le=2)]
_Certainty = Annotated[float, msgspec.Meta(ge=0.5, le=1)]
_Emotion = Literal["anger", "disgust", "fear", "joy", "sadness", "surprise"]


class _Felt(msgspec.Struct):
    value: _Value
    certainty: _Certainty
    emotions: list[_Emotion]


class _Statement(_Felt):
    quote: Annotated[str, msgspec.Meta(min_length=1)]
    touchpoints: list[str]
    kind: StatementKind
    attributes: list[str] = []


class _Text(_Felt):
    id: int
    statements: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=MOST_STATEMENTS)]


class _Numbered(msgspec.Struct):
    id: int


class _Answer(msgspec.Struct):
    texts: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Checked:
    """What of an answer is true to its text, and what is wrong with the rest (in words for the model)."""

    opinion: Opinion | None = None
    statements: tuple[Statement, ...] = ()
    faults: tuple[str, ...] = ()


def split_answer(content: str, count: int) -> Mapping[int, bytes] | None:
    """The answer about each of `count` texts by its place from 0, as JSON; None where nothing of this form is found.

    Words around the JSON, code fences and thoughts before it are passed over.
    """
    answers = list(_answers_in(content))
    if not answers:
        return None
    found: dict[int, bytes] = {}
    for raw in answers[-1].texts:  # a model that thinks aloud may write drafts first
        try:
            number = msgspec.json.decode(raw, type=_Numbered).id
        except (msgspec.DecodeError, RecursionError):
            continue
        if 1 <= number <= count:
            found.setdefault(number - 1, bytes(raw))
    return found


def check(text: str, raw: bytes, keys: frozenset[str]) -> Checked:
    """What of the answer about a text can be believed."""
    try:
        answer = msgspec.json.decode(raw, type=_Text)
    except (msgspec.DecodeError, RecursionError) as error:
        return Checked(faults=(_short(f"the answer is not of the form asked for: {error}"),))
    statements: list[Statement] = []
    faults: list[str] = []
    for one in answer.statements:
        found = _checked(text, one, keys, statements)
        if isinstance(found, str):
            faults.append(_short(found))
        elif found not in statements:
            statements.append(found)
    ordered = sorted(statements, key=lambda one: (one.start, one.end))
    return Checked(_opinion(answer, None), tuple(ordered), tuple(faults))


def _answers_in(content: str) -> Iterator[_Answer]:
    """The objects of the right form among whatever else was written."""
    decoder = json.JSONDecoder()
    place, tried = content.find("{"), 0
    while place >= 0 and tried < _BRACES_TRIED:
        tried += 1
        try:
            _, end = decoder.raw_decode(content, place)
            yield msgspec.json.decode(content[place:end].encode(), type=_Answer)
        except (ValueError, RecursionError):  # also of msgspec, and of surrogates that no JSON holds
            end = place + 1
        place = content.find("{", end)


def _checked(text: str, raw: msgspec.Raw, keys: frozenset[str], before: Sequence[Statement]) -> Statement | str:
    """The statement, or what is wrong with it."""
    try:
        one = msgspec.json.decode(raw, type=_Statement)
    except (msgspec.DecodeError, RecursionError) as error:
        return f"a statement is not of the form asked for: {error}"
    quote = one.quote.strip()
    start = _place(text, quote, before)
    if not quote or start < 0:
        return f"this quote is not in the text: {json.dumps(one.quote[:80], ensure_ascii=False)}"
    unknown = [key for key in one.touchpoints if key not in keys]
    if unknown:
        return f"no such touchpoint: {json.dumps(unknown[0][:40], ensure_ascii=False)}"
    sure = min(one.certainty, MOST_SURE)
    return Statement(
        start=start,
        end=start + len(quote),
        touchpoints=tuple((key, sure) for key in dict.fromkeys(one.touchpoints)),
        opinion=_opinion(one, one.kind),
        kind=one.kind,
        attributes=tuple(dict.fromkeys(word for word in one.attributes if word.strip() and word in quote)),
    )


def _place(text: str, quote: str, before: Sequence[Statement]) -> int:
    """Where the quote stands: of several places the first that no earlier statement has taken."""
    taken = {(one.start, one.end) for one in before}
    place = first = text.find(quote)
    while place >= 0 and (place, place + len(quote)) in taken:
        place = text.find(quote, place + 1)
    return first if place < 0 else place


def _opinion(felt: _Felt, kind: StatementKind | None) -> Opinion:
    """The value gives the sentiment; what is left of the certainty goes to the other answers alike."""
    sure = min(felt.certainty, MOST_SURE)
    said = (felt.value > 0) - (felt.value < 0) + 1
    negative, neutral, positive = (sure if place == said else (1 - sure) / 2 for place in range(3))
    others = [one for one in StatementKind if one is not kind]
    kinds = {kind: sure} | {one: (1 - sure) / len(others) for one in others} if kind else {}
    return Opinion(
        probabilities=(negative, neutral, positive),
        value=float(felt.value),
        emotions={name: sure if name in felt.emotions else (1 - sure) / 2 for name in EMOTIONS},
        kinds=kinds,
    )


def _short(fault: str) -> str:
    return fault[:_LONGEST_FAULT]
