"""Jobs to be done: «когда … хочу … чтобы …», only from what was said."""

import re

from tropa.domain.opinion import Job
from tropa.texts.clauses import Span

_PURPOSE = r"(?:для того,? чтобы|чтобы|чтоб|so that|so (?:i|we) can|in order to)"
_MOMENT = r"(?:каждый раз,? когда|всякий раз,? когда|когда|если|every time|whenever|when|if)"
_WANTING = (
    r"(?:хочу|хотим|хотел[аи]?(?: бы)?|хотелось(?: бы)?|хочется|нужн[аоы]?|нужен(?: был)?|надо(?: было)?|"
    r"ищу|ищем|искал[аи]?|выбирал[аи]?|wanted|want|needed|need|looking for|would like|searching for)"
)
_STOP = rf"(?!\b(?:{_PURPOSE}|{_MOMENT}|{_WANTING})\b)[^.;!?…\n]"
_WHEN = re.compile(rf"\b{_MOMENT}\s+(?P<part>(?:(?!,){_STOP})+)", re.IGNORECASE)
_WANT = re.compile(rf"\b{_WANTING}\s+(?P<part>(?:{_STOP})+)", re.IGNORECASE)
_SO_THAT = re.compile(rf"\b{_PURPOSE}\s+(?P<part>(?:{_STOP})+)", re.IGNORECASE)
_LEAST = 3  # letters that a part must have
_EDGE = " ,:–—-«»\"()"


def job_in(text: str, sentence: Span) -> Job | None:
    """The job that a sentence tells; None unless it says what is wanted and when or what for.

    Parts are code points of the text. An unsaid part stays None: it is a question for an interview, not a guess.
    """
    want = _part(_WANT, text, sentence)
    if want is None:
        return None
    when, so_that = _part(_WHEN, text, sentence), _part(_SO_THAT, text, sentence)
    return None if when is None and so_that is None else Job(when=when, want=want, so_that=so_that)


def _part(pattern: re.Pattern[str], text: str, sentence: Span) -> tuple[int, int] | None:
    found = pattern.search(text, sentence.start, sentence.end)
    if found is None:
        return None
    start, end = found.span("part")
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return (start, end) if sum(letter.isalpha() for letter in text[start:end]) >= _LEAST else None
