"""In which time zone a company's clocks run: asked where times carry no zone."""

from collections.abc import Sequence

from tropa.domain.project import (
    EntitySource,
    EventSource,
    FeedbackSource,
    Precision,
    SourceSpec,
    TimeColumn,
)
from tropa.domain.text import Language, Text
from tropa.intake.questions import Choice, Decision, Questions
from tropa.intake.reading import Draft, TableReading
from tropa.intake.times import reads_zone

_ZONES = {
    Language.RU: (
        ("UTC", Text(ru="UTC (ничего не сдвигать)", en="UTC (shift nothing)")),
        ("Europe/Moscow", Text(ru="Москва", en="Moscow")),
        ("Europe/Samara", Text(ru="Самара", en="Samara")),
        ("Asia/Yekaterinburg", Text(ru="Екатеринбург", en="Yekaterinburg")),
        ("Asia/Novosibirsk", Text(ru="Новосибирск", en="Novosibirsk")),
        ("Asia/Vladivostok", Text(ru="Владивосток", en="Vladivostok")),
    ),
    Language.EN: (
        ("UTC", Text(ru="UTC (ничего не сдвигать)", en="UTC (shift nothing)")),
        ("Europe/London", Text(ru="Лондон", en="London")),
        ("Europe/Berlin", Text(ru="Берлин", en="Berlin")),
        ("America/New_York", Text(ru="Нью-Йорк", en="New York")),
        ("Europe/Moscow", Text(ru="Москва", en="Moscow")),
    ),
}


def ask_zone(drafts: Sequence[tuple[TableReading, Draft | None]], language: Language, questions: Questions) -> str:
    """The zone of times without a zone: UTC until a person says otherwise."""
    naive = [
        reading.id
        for reading, draft in drafts
        if draft is not None and any(_is_naive_clock(reading, one) for one in times_of(draft.source))
    ]
    if not naive:
        return "UTC"
    first = naive[0]
    return questions.ask(
        Decision(
            key="timezone",
            question=Text(ru="В каком часовом поясе записано время?", en="Which time zone are the times in?"),
            choices=tuple(Choice(key=zone, text=text) for zone, text in _ZONES[language]),
            default="UTC",
            why=Text(
                ru=f"В «{first}» время без пояса; пока считаю, что это UTC. От пояса зависят границы дней и недель.",
                en=f"Times in “{first}” carry no zone; taken as UTC. The zone moves the borders of days and weeks.",
            ),
        ),
        weight=0.3,
    )


def times_of(source: SourceSpec) -> tuple[TimeColumn, ...]:
    """All columns of times that a source uses."""
    match source:
        case EventSource():
            return (source.columns.time,)
        case EntitySource():
            return (*source.dates.values(), *((source.status_time,) if source.status_time else ()))
        case FeedbackSource():
            return (source.columns.time,) if source.columns.time else ()
        case _:  # days and months of the company's own books: no zone moves them
            return ()


def _is_naive_clock(reading: TableReading, time: TimeColumn) -> bool:
    guess = reading.column(time.column).time
    if reading.column(time.column).says(("utc", "gmt")):
        return False
    clock = time.precision is not Precision.DAY
    return clock and not reads_zone(time.format) and (guess is None or guess.naive)
