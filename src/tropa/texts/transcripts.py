"""Conversations written down as text: `Speaker:` lines, chats as messengers export them, subtitles of calls."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tropa.texts.dialogue import Role, Said, are_conversation, role_of_label
from tropa.texts.moments import MOMENT, Moments
from tropa.texts.shipped import word_set
from tropa.texts.words import folded

_LOOKED_AT = 240  # code points at a line's beginning in which a speaker is looked for
_LONGEST_LABEL = 60
_MOST_WORDS = 5
_LABEL = r"(?P<label>[^\W\d_]?[^\n:：;!?<>{}=]{0,59}?|\+?\d[\d\s()-]{6,20})"
_STAMPED = re.compile(
    rf"[\u200e\u200f\s]*\[?(?P<time>{MOMENT})\]?[\s\t,–—-]*(?:(?:From|От)\s+)?{_LABEL}"
    r"(?:\s+(?:to|для|кому)\s+[^:]{1,60})?\s*[:：](?:\s+|$)(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(
    rf"\s*(?:\*\*|[-–—•]\s+)?{_LABEL}\s*(?:[(\[](?P<time>{MOMENT})[)\]])?\s*(?:\*\*)?\s*[:：](?:\*\*)?(?:\s+|$)(?P<text>.*)",
    re.DOTALL,
)
_HEADS = (
    re.compile(rf"\s*{_LABEL},?\s*\[(?P<time>[^\]]{{0,40}}\d:\d\d[^\]]{{0,20}})\]:?\s*"),  # Telegram
    re.compile(rf"\s*{_LABEL}\s{{1,20}}\(?(?P<time>{MOMENT})\)?\s*"),  # meetings
)
_DASH = re.compile(r"\s*[-–—]\s+(?=\S)")
_FEWEST_DASHES = 3
_BREAK = re.compile(
    r"\s*(?:#+\s*)?(?:интервью|беседа|запись|звонок|диалог|чат|респондент|interview|call|chat|conversation|transcript)"
    r"(?:\s*[№#]?\s*\d+)?(?:[\s.,—–-].{0,80})?",
    re.IGNORECASE,
)
_CUE = re.compile(r"\s*(?:\d{1,3}:)?\d{1,3}:\d\d[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,3}:\d\d[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,60})?\s+(?P<label>[^>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,100}>|\{\\an?\d\}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the speaker at its beginning, if there is one."""

    number: int
    text: str
    speaker: str | None = None
    time: str = ""
    sure: bool = False  # a time or a layout says so, not the colon alone


def conversations(lines: Sequence[str]) -> tuple[tuple[Said, ...], ...]:
    """The conversations that the lines hold, in order; none where they are something else.

    What stands before the first speaker is the title. A line such as «Интервью 2» begins another conversation.
    """
    if any(_CUE.match(line[:80]) for line in lines[:200]):
        talk = tuple(_subtitles(lines))
        return (talk,) if talk else ()
    marked = _marked(lines)
    known = _known_labels(marked)
    if not known:
        return _dashed(lines)
    moments = Moments([line.time for line in marked if line.time])
    talks = (tuple(_gathered(part, known, moments)) for part in _parted(marked, known))
    return tuple(talk for talk in talks if talk)


def _marked(lines: Sequence[str]) -> list[_Line]:
    return [_line(number, line) for number, line in enumerate(lines, 1)]


def _line(number: int, line: str) -> _Line:
    head, rest = line[:_LOOKED_AT], line[_LOOKED_AT:]
    found = _STAMPED.fullmatch(head)
    if found and _may_speak(found["label"]):
        return _Line(number, found["text"] + rest, _clean(found["label"]), found["time"], sure=True)
    found = _PLAIN.fullmatch(head)
    if found and _may_speak(found["label"]):
        time = found["time"] or ""
        return _Line(number, found["text"] + rest, _clean(found["label"]), time, sure=bool(time))
    for form in _HEADS:
        alone = form.fullmatch(line) if not rest else None
        if alone and _may_speak(alone["label"]):
            return _Line(number, "", _clean(alone["label"]), alone["time"], sure=True)
    return _Line(number, line)


def _may_speak(label: str) -> bool:
    plain = _clean(label)
    words = plain.split()
    if (
        not plain
        or len(plain) > _LONGEST_LABEL
        or len(words) > _MOST_WORDS
        or folded(plain) in word_set("speakers", "fields")
    ):
        return False
    return "http" not in plain and "," not in plain.rstrip(",")[:-1].replace(", ", " ", 1)


def _clean(label: str) -> str:
    return " ".join(label.replace("\u200e", "").replace("\u200f", "").replace("\u202a", "").split()).strip(
        " *_,-–—~[]()"
    )


def _known_labels(lines: Sequence[_Line]) -> frozenset[str]:
    """Labels of people who talk; a word before a colon in somebody's speech is none."""
    counts = Counter(line.speaker for line in lines if line.speaker)
    sure = {line.speaker for line in lines if line.speaker and line.sure}
    labels = {
        label for label, times in counts.items() if times > 1 or label in sure or role_of_label(label) != Role.UNKNOWN
    }
    spoken = [line.speaker for line in lines if line.speaker in labels]
    filled = sum(bool(line.text.strip()) or line.speaker is not None for line in lines)
    if not are_conversation([one for one in spoken if one], stamped=bool(sure)) or len(spoken) < 0.1 * filled:
        return frozenset()
    return frozenset(one for one in labels if one)


def _parted(lines: Sequence[_Line], known: frozenset[str]) -> Iterator[list[_Line]]:
    part: list[_Line] = []
    spoken = False
    for line in lines:
        is_break = line.speaker not in known and len(line.text) <= _LOOKED_AT and _BREAK.fullmatch(line.text)
        if is_break and not line.text.rstrip().endswith(("?", "!")):
            if spoken:
                yield part
            part, spoken = [], False
            continue
        part.append(line)
        spoken = spoken or line.speaker in known
    yield part


def _gathered(lines: Sequence[_Line], known: frozenset[str], moments: Moments) -> Iterator[Said]:
    present: Said | None = None
    for line in lines:
        if line.speaker in known and line.speaker is not None:
            if present is not None and present.text.strip():
                yield replace(present, text=present.text.strip())
            time = moments.iso(line.time) or line.time
            present = Said(line=line.number, speaker=line.speaker, text=line.text, time=time)
        elif present is not None:
            written = line.text if line.speaker is None else f"{line.speaker}: {line.text}"
            present = replace(present, text=f"{present.text}\n{written}")
    if present is not None and present.text.strip():
        yield replace(present, text=present.text.strip())


def _dashed(lines: Sequence[str]) -> tuple[tuple[Said, ...], ...]:
    """Speech written with dashes, where one asks and the other answers."""
    spoken = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    begun = [(number, line) for number, line in spoken if _DASH.match(line[:_LOOKED_AT])]
    asking = [line.rstrip().endswith("?") for _, line in begun]
    if len(begun) < _FEWEST_DASHES or len(begun) < 0.6 * len(spoken) or sum(asking) < 0.3 * len(begun):
        return ()
    turn = sum(asking[0::2]) >= sum(asking[1::2])
    said: list[Said] = []
    for number, line in spoken:
        dash = _DASH.match(line[:_LOOKED_AT])
        if dash is not None:
            speaker = "interviewer" if turn == (len(said) % 2 == 0) else "respondent"
            said.append(Said(line=number, speaker=speaker, text=line[dash.end() :].strip()))
        elif said:
            said[-1] = replace(said[-1], text=f"{said[-1].text}\n{line.strip()}")
    return (tuple(said),)


def _subtitles(lines: Sequence[str]) -> Iterator[Said]:
    """Cues, those of one speaker in a row put together; a cue without a name goes on with the speaker before."""
    present: Said | None = None
    for number, time, text in _cues(lines):
        voice = _VOICE.search(text[:_LOOKED_AT])
        plain = " ".join(_TAG.sub("", text).split())
        label, said = (voice["label"], plain) if voice else _named(plain)
        if not said:
            continue
        if present is not None and label in {"", present.speaker}:
            present = replace(present, text=f"{present.text} {said}")
            continue
        if present is not None:
            yield present
        present = Said(line=number, speaker=label, text=said, time=time)
    if present is not None:
        yield present


def _named(text: str) -> tuple[str, str]:
    found = _PLAIN.fullmatch(text[:_LOOKED_AT])
    if found and _may_speak(found["label"]):
        return _clean(found["label"]), (found["text"] + text[_LOOKED_AT:]).strip()
    return "", text


def _cues(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Number of the first line, the time at which it is said, and the text."""
    place = 0
    while place < len(lines):
        if not _CUE.match(lines[place][:80]):
            place += 1
            continue
        time = lines[place].split("-->")[0].strip()
        begin = place = place + 1
        while place < len(lines) and lines[place].strip() and not _CUE.match(lines[place][:80]):
            place += 1
        text = lines[begin:place]
        if place < len(lines) and _CUE.match(lines[place][:80]) and text and text[-1].strip().isdigit():
            text = text[:-1]  # the next cue's number
        yield begin + 1, time, " ".join(text)
