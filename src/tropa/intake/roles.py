"""How well a column fits a role, from its name and its values together; 0 = not at all, 1 = surely."""

from collections.abc import Callable, Collection, Sequence

from tropa.intake import data_lexicon as lexicon
from tropa.intake import data_voices as voices
from tropa.intake.columns import SMALL, ReadColumn, ValueKind
from tropa.intake.consent import is_said
from tropa.intake.word_marks import word_mark
from tropa.intake.words import fit, words_of

Score = Callable[[ReadColumn], float]

_CODES = {ValueKind.CODE, ValueKind.NUMBER}
_NO_ID = {ValueKind.EMPTY, ValueKind.TIME, ValueKind.LIST, ValueKind.TEXT, ValueKind.FLAG, ValueKind.URL}
_MOST_STEPS = 7  # of a scale in words


def ranked(
    columns: Sequence[ReadColumn], score: Score, *, without: Collection[str] = ()
) -> list[tuple[float, ReadColumn]]:
    """The columns that fit at all, the best first; of equals, the one further to the left."""
    scored = [(score(column), column) for column in columns if column.name not in without]
    return sorted([pair for pair in scored if pair[0] > 0], key=lambda pair: -pair[0])


def best(
    columns: Sequence[ReadColumn], score: Score, *, least: float = 0.5, without: Collection[str] = ()
) -> ReadColumn | None:
    """The best column for a role, if it fits well enough."""
    found = ranked(columns, score, without=without)
    return found[0][1] if found and found[0][0] >= least else None


def person(column: ReadColumn) -> float:
    """An identifier or name of the customer; ids before phones, phones before names."""
    if column.kind in _NO_ID or column.is_constant or column.says(lexicon.STAFF) or column.says(lexicon.REPLY):
        return 0.0
    if column.decimal and not column.is_whole and not is_id(column):
        return 0.0
    by_name = max(
        _fit(column, lexicon.PERSON_ID),
        0.88 * _fit(column, lexicon.BROWSER_ID),
        (0.92 if column.kind in _CODES else 0.7) * _fit(column, lexicon.PERSON_NAMED),
        0.8 * _fit(column, lexicon.PHONE),
        0.78 * _fit(column, lexicon.EMAIL),
        0.62 * _fit(column, lexicon.PERSON_NAME),
    )
    by_value = 0.62 if column.kind in {ValueKind.PHONE, ValueKind.EMAIL} else 0.0
    contact_in_numbers = column.says(lexicon.PERSON_NAMED) and column.says(("количеств*", "count*", "сумма", "amount"))
    if contact_in_numbers:
        return 0.0
    alone = 0.3 if column.distinct == 1 and len(column.values) >= 5 else 1.0
    return alone * max(by_name, by_value) * (0.35 + 0.65 * column.filled)


def case(column: ReadColumn) -> float:
    """The id of a deal, ticket or application that several events share."""
    if column.kind in _NO_ID or (column.decimal and not column.is_whole) or not _holds_digits(column):
        return 0.0
    return _fit(column, lexicon.CASE) * (0.35 + 0.65 * column.filled)


def key(column: ReadColumn) -> float:
    """An id of the row itself: never repeats."""
    if column.kind in _NO_ID or (column.decimal and not column.is_whole) or column.says(lexicon.STAFF):
        return 0.0
    one_value = len(column.values) > 1 and column.distinct == 1
    if one_value or (len(column.values) >= SMALL and column.repeats > 0.7) or not _holds_digits(column):
        return 0.0
    worth = 0.6 if _counts_rows(column) else 1.0
    return worth * _fit(column, lexicon.KEY) * (0.35 + 0.65 * column.filled)


def event(column: ReadColumn) -> float:
    """The name of what happened: few names, in words or codes."""
    if column.kind in {*_NO_ID, ValueKind.EMAIL, ValueKind.PHONE} or column.says(lexicon.STAFF):
        return 0.0
    if len(column.values) >= SMALL and column.distinct > 0.5 * len(column.values):
        return 0.0
    score = _fit(column, lexicon.EVENT)
    if column.says(lexicon.EVENT_WORDS) and column.words[-1] not in {
        "id",
        "value",
        "category",
        "label",
        "date",
        "time",
    }:
        score = max(score, 0.75)
    score = max(score, 0.8 if _fit(column, lexicon.EVENT_ALONE) >= 0.95 else 0.0)
    if column.kind is ValueKind.NUMBER:
        score *= 0.5
    return score * (0.5 + 0.5 * column.filled)


def time(column: ReadColumn) -> float:
    """When it happened; a clock beats a calendar, the thing's own time beats the system's."""
    if column.time is None:
        return 0.0
    score = 0.55 + 0.45 * _fit(column, lexicon.TIME)
    if column.time.precision.value != "day":
        score += 0.12
    if column.says(lexicon.TIME_OF_SYSTEM):
        score -= 0.3
    if column.says(lexicon.CHANGED):
        score -= 0.15
    if column.says(lexicon.PLANNED):
        score -= 0.5
    return max(score, 0.0) * column.time.share * (0.3 + 0.7 * column.filled)


def channel(column: ReadColumn) -> float:
    """Where the person came from or through what they met the company."""
    if not _is_category(column) or column.says(lexicon.NOT_CHANNEL):
        return 0.0
    named_only = column.words[-1:] == ("name",) and column.words[-2:] not in {("source", "name"), ("channel", "name")}
    return _fit(column, lexicon.CHANNEL) * (0.8 if named_only or column.words[-2:] == ("source", "name") else 1.0)


def device(column: ReadColumn) -> float:
    """The person's device."""
    known = {
        "mobile",
        "desktop",
        "tablet",
        "android",
        "ios",
        "web",
        "телефон",
        "компьютер",
        "планшет",
        "смартфон",
        "windows",
        "пк",
    }
    values = {value.strip().lower() for value in column.values}
    if not _is_category(column) or column.words[-1:] == ("id",):
        return 0.0
    score = _fit(column, lexicon.DEVICE)
    if column.says(("platform", "платформа")) and not values & known:
        return 0.3 * score
    if column.says(("platform", "платформа", "os", "operating", "операцион*")):
        score *= 0.85
    return max(score, 0.75 if values and len(values & known) >= 0.6 * len(values) else 0.0)


def amount(column: ReadColumn) -> float:
    """Money that came with the row."""
    if column.decimal is None or column.kind is ValueKind.PHONE or column.says(lexicon.NOT_AMOUNT):
        return 0.0
    score = _fit(column, lexicon.AMOUNT)
    if column.says(("price", "цена", "value", "стоимость", "оплачено", "paid", "заплатил*")):
        score *= 0.85
    return score * (0.6 + 0.4 * column.filled)


def currency(column: ReadColumn) -> float:
    """Codes of currencies."""
    codes = all(value.strip().isalpha() and len(value.strip()) == 3 for value in column.values)
    return _fit(column, lexicon.CURRENCY) if codes else 0.0


def status(column: ReadColumn) -> float:
    """What state an order, deal or ticket is in."""
    if not _is_category(column, most=60) or column.kind is ValueKind.FLAG:
        return 0.0
    score = _fit(column, lexicon.STATUS)
    return score * (0.6 if column.kind is ValueKind.NUMBER else 1.0) * (0.4 + 0.6 * column.filled)


def lifecycle(column: ReadColumn) -> float:
    """XES transitions: start, complete."""
    known = {"start", "complete", "schedule", "assign", "suspend", "resume", "withdraw"}
    return _fit(column, lexicon.LIFECYCLE) if {value.strip().lower() for value in column.values} & known else 0.0


def consent(column: ReadColumn) -> float:
    """Whether the person agreed to be written to: cells that can be read as yes or no under a head that says so."""
    if not column.values or sum(is_said(value) for value in column.values) < 0.8 * len(column.values):
        return 0.0
    alone = 0.9 * _fit(column, lexicon.CONSENT_ALONE) if column.kind is ValueKind.FLAG else 0.0
    return max(_fit(column, (*lexicon.CONSENT, *lexicon.REFUSAL)), alone)


def text(column: ReadColumn) -> float:
    """What a customer said in words."""
    if column.kind not in {ValueKind.TEXT, ValueKind.WORDS} or column.says(lexicon.REPLY) or not _could_be_said(column):
        return 0.0
    score = max(
        _fit(column, lexicon.TEXT), 0.9 * _fit(column, lexicon.TEXT_PARTS), 0.6 * _fit(column, lexicon.TEXT_TITLE)
    )
    if is_question(column):
        is_open = column.says(lexicon.OPEN_QUESTION) and not column.says(lexicon.CLOSED_QUESTION)
        score = max(score, 0.85 if column.kind is ValueKind.TEXT or (is_open and column.repeats < 0.5) else 0.3)
    return score * (1.0 if column.kind is ValueKind.TEXT else 0.85)


def is_id(column: ReadColumn) -> bool:
    """Whether the name says that it is an id of people, not a name or a contact."""
    return _fit(column, (*lexicon.PERSON_ID, *lexicon.BROWSER_ID)) >= 0.9


def is_question(column: ReadColumn) -> bool:
    """Survey columns are whole sentences."""
    return asks(column.name)


def asks(name: str) -> bool:
    """Whether a column's name is a question: what stands in such a column answers it."""
    return "?" in name or len(name.split()) >= 5 or fit(words_of(name)[:1], voices.QUESTION_WORDS) > 0


def rating(column: ReadColumn) -> float:
    """A mark on some scale."""
    numbers = rating_values(column)
    if numbers is None or not numbers or min(numbers) < 0 or max(numbers) > 100:
        return 0.0
    score = _fit(column, lexicon.RATING)
    if is_question(column) or column.says(lexicon.NPS):
        asked = column.says(lexicon.NPS) or column.says(lexicon.CES) or column.says(lexicon.CSAT)
        score = max(score, 0.9 if asked else 0.6)
    return score if max(numbers) <= 10 or score >= 0.9 else 0.6 * score


def rating_values(column: ReadColumn) -> list[float] | None:
    """The marks as numbers, «хорошо» as 4; None where they are none."""
    if column.kind is ValueKind.WORDS and 1 < column.distinct <= _MOST_STEPS:
        said = [word_mark(value) for value in column.values]
        marks = [one for one in said if one is not None]
        return marks if len(marks) == len(said) and len(set(marks)) > 1 else None
    if column.kind not in {ValueKind.NUMBER, ValueKind.FLAG}:
        return None
    try:
        return [float(value.strip().replace(",", ".")) for value in column.values]
    except ValueError:
        return None


def feedback_source(column: ReadColumn) -> float:
    """Where a review was written."""
    return _fit(column, lexicon.FEEDBACK_SOURCE) if _is_category(column) else 0.0


def job_title(column: ReadColumn) -> float:
    """What a contact does in their company."""
    if column.kind not in {ValueKind.WORDS, ValueKind.TEXT} or column.words[-1:] == ("id",):
        return 0.0
    named = max(_fit(column, lexicon.JOB_TITLE), 0.7 * _fit(column, lexicon.BARE_TITLE))
    return named * (0.5 + 0.5 * column.filled)


def is_personal(column: ReadColumn) -> bool:
    """Data of people: may tell who it is, never becomes a property."""
    if column.kind in {ValueKind.EMAIL, ValueKind.PHONE}:
        return True
    return column.says(lexicon.PERSONAL) and not column.says(lexicon.NOT_PERSONAL)


def _fit(column: ReadColumn, phrases: tuple[str, ...]) -> float:
    return fit(column.words, phrases, filler=lexicon.FILLER)


def _is_category(column: ReadColumn, *, most: int = 200) -> bool:
    kinds = {ValueKind.WORDS, ValueKind.CODE, ValueKind.NUMBER, ValueKind.FLAG}
    if column.kind not in kinds or (column.decimal and not column.is_whole):
        return False
    many = len(column.values) >= SMALL and column.distinct > max(0.5 * len(column.values), 12)
    return column.distinct <= most and not many


def _could_be_said(column: ReadColumn) -> bool:
    if column.says(lexicon.TEXT_PARTS):
        return True
    if len(column.values) < 5 and _fit(column, lexicon.TEXT) >= 0.95:
        return True
    several = sum(len(value.split()) >= 2 for value in column.values)
    return several >= 0.2 * len(column.values) or is_question(column)


def _holds_digits(column: ReadColumn) -> bool:
    with_digit = sum(any(sign.isdigit() for sign in value) for value in column.values)
    return with_digit >= 0.8 * len(column.values)


def _counts_rows(column: ReadColumn) -> bool:
    """1, 2, 3 … numbers the rows of this export only."""
    return list(column.values[:3]) == [str(place) for place in range(1, len(column.values[:3]) + 1)]
