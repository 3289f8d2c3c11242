"""The questions of the brief in words, and the empty form to fill in."""

from dataclasses import dataclass
from functools import cache

from tropa.domain.brief import BriefKey
from tropa.domain.text import Language, Text
from tropa.texts.shipped import shipped

_TOP = Text(
    ru=(
        "Бриф для карты без данных. Отвечайте своими словами, как рассказали бы другу.\n"
        "Не знаете – оставьте пустым: это тоже ответ. Несколько мыслей пишите с новой строки."
    ),
    en=(
        "A brief for a map without data. Answer in your own words, as you would tell a friend.\n"
        "If you do not know, leave it empty: that is an answer too. Put each thought on a line of its own."
    ),
)
_NEXT = Text(
    ru="Готово? Дальше: tropa new ПАПКА --brief этот-файл", en="Done? Next: tropa new FOLDER --brief this-file"
)
_INDUSTRY = Text(ru="Чем занимаетесь? Ключ из `tropa templates`", en="Which trade? A key of `tropa templates`")
_TITLE = Text(ru="Как назвать карту?", en="What is the map called?")
HEADINGS = {"industry": _INDUSTRY, "title": _TITLE}


@dataclass(frozen=True, slots=True)
class BriefQuestion:
    """One question, and how an answer may look."""

    key: BriefKey
    text: Text
    example: Text


@cache
def brief_questions() -> tuple[BriefQuestion, ...]:
    """The questions in their order."""
    return tuple(
        BriefQuestion(
            key=BriefKey(one["key"]),
            text=Text(ru=one["ru"], en=one["en"]),
            example=Text(ru=one["example_ru"], en=one["example_en"]),
        )
        for one in shipped("brief")["question"]
    )


def brief_form(language: Language) -> str:
    """The empty form, in Markdown: a heading for each question."""
    lines = [*_TOP.said_in(language).split("\n"), _NEXT.said_in(language), ""]
    for said in HEADINGS.values():
        lines += [f"## {said.said_in(language)}", "", ""]
    for number, one in enumerate(brief_questions(), start=1):
        lines += [f"## {number}. {one.text.said_in(language)}", "", f"> {_for_instance(one, language)}", "", ""]
    return "\n".join(lines[:-1]) + "\n"


def _for_instance(one: BriefQuestion, language: Language) -> str:
    example = one.example.said_in(language)
    return f"Например: {example}" if language is Language.RU else f"E.g. {example}"
