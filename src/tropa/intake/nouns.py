"""What a row of a table is (an order, a deal, a visit) and what each of its dates says happened."""

import re
from collections.abc import Mapping, Sequence

from tropa.intake import data_lexicon as lexicon
from tropa.intake.columns import ReadColumn
from tropa.intake.table import FoundTable
from tropa.intake.words import fit, fits_any, words_of

_DATE_WORDS = ("дат*", "врем*", "date*", "time*", "datetime", "at", "utc", "мск", "day", "фактическ*")


def noun_of(table: FoundTable, columns: Sequence[ReadColumn], key: str | None = None) -> str | None:
    """The noun that the file's name, the sheet's and the columns' speak of most; None where none does."""
    stem = re.sub(r"\.[a-z0-9.]+$", "", (table.member or table.file).rsplit("/", 1)[-1], flags=re.IGNORECASE)
    said: dict[str, float] = dict.fromkeys(lexicon.NOUNS, 0.0)
    for noun, phrases in lexicon.NOUNS.items():
        said[noun] += 2.5 * fits_any(words_of(stem), phrases) + 1.5 * fits_any(words_of(table.sheet or ""), phrases)
        for place, column in enumerate(columns):
            if column.says(phrases):
                weight = 3.0 if column.name == key else 1.5 if place == 0 else 1.0
                weight *= 1.5 if column.words == ("case", "id") or len(column.words) == 1 else 1.0
                said[noun] += min(weight, 3.0) * (0.35 if column.says(lexicon.PROPERTY) else 1.0)
    winner = max(said, key=lambda noun: said[noun])
    if said[winner] < 1:
        return "customer" if _lists_people(stem) else None
    return winner


def _lists_people(stem: str) -> bool:
    words = tuple(word for word in words_of(stem) if not word.isdigit())
    return fit(words, lexicon.PEOPLE_FILES, filler=lexicon.FILE_FILLER) >= 0.95


def event_name_of(noun: str, column: ReadColumn) -> str:
    """What a date column says happened, as a code that reads as words: order_delivered."""
    verb = verb_of(column)
    if verb:
        return f"{noun}_{verb}"
    own = [word for word in column.words if not fits_any((word,), _DATE_WORDS)]
    return "_".join(own) or f"{noun}_created"


def verb_of(column: ReadColumn) -> str | None:
    """The verb of a date column, "created" for a bare date; None where its name says something of its own."""
    for verb, phrases in lexicon.VERBS.items():
        if column.says(phrases):
            return verb
    rest = [word for word in column.words if not fits_any((word,), _DATE_WORDS)]
    nouns = tuple(phrase for phrases in lexicon.NOUNS.values() for phrase in phrases)
    return "created" if all(fits_any((word,), nouns) for word in rest) else None


def noun_in_words(noun: str) -> tuple[str, str]:
    """The noun for people, in Russian and English."""
    words: Mapping[str, tuple[str, str]] = lexicon.NOUN_WORDS
    return words.get(noun, (noun, noun))
