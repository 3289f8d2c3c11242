"""A map answers a question."""

from collections.abc import Iterator

from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity


def _no_goal(case: Case) -> Iterator[Hit]:
    goal = case.journey.goal
    if goal is None or not any((words or "").strip() for words in (goal.text.ru, goal.text.en)):
        yield Hit(text=Text(ru="У карты нет цели", en="The map has no goal"))


RULES = (
    Rule(
        code="TR201",
        name="no-goal",
        severity=Severity.WARNING,
        why=Text(
            ru="Карта без вопроса не даёт ответа: по ней непонятно, что важно.",
            en="A map without a question gives no answer: nothing on it is more important than the rest.",
        ),
        first_step=Text(
            ru="Впишите вопрос в goal: например, «Почему посетители не становятся клиентами?»",
            en="Write the question under goal, such as “Why do visitors not become customers?”",
        ),
        check=_no_goal,
    ),
)
