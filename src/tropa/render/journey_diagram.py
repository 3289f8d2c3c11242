"""A map as a Mermaid user journey: sections are stages, tasks are steps with a mood from 1 to 5."""

import re

from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.sheet import Column, Sheet

# signs that end or open something in Mermaid's grammar, and what looks like them to a reader
_SIGNS = str.maketrans({":": "∶", ";": ",", "#": "№", "<": "‹", ">": "›", '"': "”", "{": "(", "}": ")"})
_SPACES = re.compile(r"\s+")
_NO_MOOD = 3
_KEYWORDS = ("journey", "title", "section", "acctitle", "accdescr")


def diagram_of(journey: JourneyMap, language: Language) -> str:
    """The text of the diagram: title, a section for each stage, a task for each step."""
    sheet = Sheet(journey, 0)
    who = words.label("persona", language)
    if journey.personas:
        who = _plain(min(journey.personas, key=lambda one: (one.order, one.key)).name, language).replace(",", " ")
    lines = ["journey", f"  title {_plain(journey.title, language) or '…'}"]
    for stage in sheet.stages:
        lines.append(f"  section {_plain(stage.name, language) or '…'}")
        lines += [_task(one, sheet, _SPACES.sub(" ", who).strip(), language) for one in sheet.columns_of(stage)]
    return "\n".join(lines) + "\n"


def mood_of(value: float) -> int:
    """An emotion from −2 to +2 as Mermaid's score from 1 to 5."""
    return max(1, min(5, round(value) + 3))


def _task(one: Column, sheet: Sheet, who: str, language: Language) -> str:
    card = sheet.emotion_card(one)
    mood = _NO_MOOD if card is None or card.value is None else mood_of(card.value)
    name = _plain((one.step or one.stage).name, language) or "…"
    return f"    {name}: {mood}: {who}"


def _plain(text: Text, language: Language) -> str:
    """Words on one line without signs of the grammar."""
    said = "".join(sign for sign in text.said_in(language).translate(_SIGNS) if sign.isprintable() or sign.isspace())
    line = _SPACES.sub(" ", said).strip().replace("%%", "% %")
    return f"“{line}”" if line.casefold().startswith(_KEYWORDS) else line
