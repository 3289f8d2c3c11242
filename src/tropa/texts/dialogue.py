"""Who speaks in a conversation: the customer, the company's people, who asks the questions, a machine."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tropa.texts.shipped import shipped
from tropa.texts.words import folded

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?…\n]*[.!?…]+|[^.!?…\n]+")
_ORGANISATION = re.compile(r"\b(?:ооо|оао|зао|пао|ип|llc|ltd|inc|gmbh)\b|[«\"“]", re.IGNORECASE)
_LONGEST_QUESTION = 300  # code points of a question that are kept beside its answer
_ASKS = 0.5  # of the turns of who asks, as many are questions
_ANSWERS = 0.35  # of the turns of who answers, no more are questions
_FEWEST_TURNS = 2
_SCRIPT = 2  # phrases of the company's script that tell an employee beyond doubt


class Role(StrEnum):
    """On which side a speaker is; UNKNOWN where nothing tells."""

    CUSTOMER = "customer"
    EMPLOYEE = "employee"
    INTERVIEWER = "interviewer"
    BOT = "bot"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one speaker said before another began: `line` is its first line in the source, `time` as written there."""

    line: int
    speaker: str
    text: str
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn whose side is known; `question` is what a customer's turn answers, '' where nobody asked."""

    said: Said
    role: Role
    question: str = ""


def turns_of(conversation: Sequence[Said]) -> tuple[Turn, ...]:
    """The conversation with everyone's side, and beside each customer's turn the question that it answers."""
    roles = roles_in(conversation)
    turns: list[Turn] = []
    asked = ""
    for said in conversation:
        role = roles[said.speaker]
        turns.append(Turn(said=said, role=role, question=asked if role is Role.CUSTOMER else ""))
        if role is not Role.CUSTOMER:
            asked = question_in(said.text) or ("" if role is not Role.INTERVIEWER else _short(said.text))
    return tuple(turns)


def question_in(text: str) -> str:
    """The last sentence of a turn that asks, '' where none does."""
    asking = [one.group().strip() for one in _SENTENCE.finditer(text) if one.group().rstrip().endswith("?")]
    return _short(asking[-1]) if asking else ""


def roles_in(conversation: Sequence[Said]) -> Mapping[str, Role]:
    """The side of every speaker: by the label's words, by letters in pairs, else by what they do in the conversation.

    Where one side is known and one speaker is left, that is the other side. By behaviour, who says the company's script
    is an employee, who asks most of the time of one who answers at length is an interviewer.
    """
    speakers = list(dict.fromkeys(said.speaker for said in conversation))
    roles = {speaker: role_of_label(speaker) for speaker in speakers}
    roles |= _by_pairs([one for one in speakers if roles[one] is Role.UNKNOWN])
    manners = _manners(conversation)
    left = [one for one in speakers if roles[one] is Role.UNKNOWN]
    if left and len(left) < len(speakers):
        roles |= _beside_known(left, set(roles.values()), manners)
    elif left:
        roles |= _by_manner(left, manners)
    return roles


def role_of_label(label: str) -> Role:
    """What a label's own words say: «Оператор Анна» is an employee, «Марина» is UNKNOWN."""
    words = [folded(word) for word in _WORD.findall(label)]
    if _speaks(words, "overrules", Role.EMPLOYEE):
        return Role.EMPLOYEE
    for role in (Role.BOT, Role.INTERVIEWER, Role.CUSTOMER, Role.EMPLOYEE):
        if role.value == folded(label).strip() or _speaks(words, "labels", role):
            return role
    return Role.EMPLOYEE if _ORGANISATION.search(label) else Role.UNKNOWN


def _speaks(words: Sequence[str], table: str, role: Role) -> bool:
    whole, begun = _label_words(table, role)
    return any(word in whole or word.startswith(begun) for word in words)


@cache
def _label_words(table: str, role: Role) -> tuple[frozenset[str], tuple[str, ...]]:
    words = [folded(one) for one in str(shipped("speakers")[table][role.value]).split()]
    return (
        frozenset(one for one in words if not one.endswith("*")),
        tuple(one.rstrip("*") for one in words if one.endswith("*")),
    )


def _by_pairs(speakers: Sequence[str]) -> dict[str, Role]:
    """«В:» and «О:» mean something only together."""
    letters = {folded(speaker).strip(". "): speaker for speaker in speakers}
    for pair in shipped("speakers")["pairs"]:
        wanted = str(pair["letters"]).split()
        if set(letters) == set(wanted):
            return {letters[one]: Role(role) for one, role in zip(wanted, str(pair["roles"]).split(), strict=True)}
    return {}


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one speaker speaks: turns, the share of them that ask, words, phrases of the company and of customers."""

    turns: int
    asking: float
    words: int
    script: int
    own: int
    first: bool


def _manners(conversation: Sequence[Said]) -> Mapping[str, _Manner]:
    said: dict[str, list[str]] = defaultdict(list)
    for one in conversation:
        said[one.speaker].append(one.text)
    return {speaker: _manner(texts, first=speaker == conversation[0].speaker) for speaker, texts in said.items()}


def _manner(texts: Sequence[str], *, first: bool) -> _Manner:
    plain = [" ".join(folded(text).split()) for text in texts]
    return _Manner(
        turns=len(texts),
        asking=sum("?" in text for text in texts) / len(texts),
        words=sum(len(text.split()) for text in texts),
        script=sum(phrase in text for text in plain for phrase in _phrases("employee")),
        own=sum(phrase in text for text in plain for phrase in _phrases("customer")),
        first=first,
    )


@cache
def _phrases(side: str) -> tuple[str, ...]:
    return tuple(folded(str(one)) for one in shipped("speakers")["said"][side])


def _beside_known(left: Sequence[str], known: set[Role], manners: Mapping[str, _Manner]) -> dict[str, Role]:
    """Speakers without a label where others have one."""
    if Role.INTERVIEWER in known:
        return dict.fromkeys(left, Role.CUSTOMER)  # a focus group: whoever does not ask, answers
    if Role.EMPLOYEE in known and Role.CUSTOMER not in known:
        likely = [one for one in left if manners[one].script < _SCRIPT]
        return {one: Role.CUSTOMER if [one] == likely else _alone(manners[one]) for one in left}
    if Role.CUSTOMER in known:
        return {one: _opposite(manners[one]) for one in left}
    return _by_manner(left, manners)


def _opposite(manner: _Manner) -> Role:
    """Who speaks with a customer."""
    if manner.script or manner.asking < _ASKS:
        return Role.EMPLOYEE if manner.script else Role.UNKNOWN
    return Role.INTERVIEWER


def _alone(manner: _Manner) -> Role:
    """A speaker judged by their own words."""
    if manner.script >= _SCRIPT and manner.script > manner.own:
        return Role.EMPLOYEE
    return Role.CUSTOMER if manner.own >= _SCRIPT and manner.own > manner.script else Role.UNKNOWN


def _by_manner(speakers: Sequence[str], manners: Mapping[str, _Manner]) -> dict[str, Role]:
    """Speakers without any label."""
    if len(speakers) == 2:
        return _two(speakers, manners)
    return {one: _alone(manners[one]) for one in speakers}


def _two(speakers: Sequence[str], manners: Mapping[str, _Manner]) -> dict[str, Role]:
    """Two talk: one of the company with a customer, or one who asks with one who answers."""
    company = max(speakers, key=lambda one: manners[one].script - manners[one].own)
    other = next(one for one in speakers if one != company)
    here, there = manners[company], manners[other]
    lead = (here.script - here.own) - (there.script - there.own)
    if lead >= _SCRIPT or (lead > 0 and there.first):  # in support it is the customer who writes first
        return {company: Role.EMPLOYEE, other: Role.CUSTOMER}
    asker = max(speakers, key=lambda one: manners[one].asking)
    answerer = next(one for one in speakers if one != asker)
    asks, answers = manners[asker], manners[answerer]
    if (
        min(asks.turns, answers.turns) >= _FEWEST_TURNS
        and asks.asking >= _ASKS
        and answers.asking <= _ANSWERS
        and asks.script <= 1
        and (asks.first or answers.words > asks.words)
    ):
        return {asker: Role.INTERVIEWER, answerer: Role.CUSTOMER}
    return dict.fromkeys(speakers, Role.UNKNOWN)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST_QUESTION else "…" + plain[-_LONGEST_QUESTION:].lstrip()


def are_conversation(labels: Sequence[str], *, stamped: bool) -> bool:
    """Whether labels in front of lines are people who talk: they come again, few of them, and not one alone.

    `stamped`: times stand beside them, as in a messenger's export.
    """
    counts = Counter(labels)
    again = [label for label, count in counts.items() if count >= _FEWEST_TURNS]
    known = {role_of_label(label) for label in counts} - {Role.UNKNOWN}
    few = len(counts) <= max(4, len(labels) / 3)
    return len(counts) >= _FEWEST_TURNS and few and bool(known or len(again) >= (1 if stamped else _FEWEST_TURNS))
