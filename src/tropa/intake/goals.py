"""The goal asked as a question in the owner's words: a map without one answers nothing."""

from dataclasses import dataclass, replace

from tropa.domain.project import GoalSpec, Project
from tropa.domain.text import Text, text_in

OWN_WORDS = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalQuestion:
    """A question that a map may answer."""

    key: str
    text: Text


GOAL_QUESTIONS: tuple[GoalQuestion, ...] = (
    GoalQuestion(
        key="visitors_to_clients",
        text=Text(ru="Почему посетители не становятся клиентами?", en="Why do visitors not become customers?"),
    ),
    GoalQuestion(
        key="leave_after_purchase",
        text=Text(
            ru="Почему после покупки уходят и не возвращаются?",
            en="Why do people leave after a purchase and not come back?",
        ),
    ),
    GoalQuestion(
        key="when_to_offer",
        text=Text(
            ru="На каком этапе предлагать дополнительные услуги?",
            en="At which stage should we offer additional services?",
        ),
    ),
    GoalQuestion(key="cut_churn", text=Text(ru="Как сократить отток?", en="How do we cut churn?")),
    GoalQuestion(key="raise_conversion", text=Text(ru="Как поднять конверсию?", en="How do we raise conversion?")),
    GoalQuestion(
        key="repeat_purchases",
        text=Text(ru="Как получить больше повторных покупок?", en="How do we get more repeat purchases?"),
    ),
    GoalQuestion(
        key="solve_quickly",
        text=Text(ru="Почему обращения решаются не сразу?", en="Why are requests not solved right away?"),
    ),
    GoalQuestion(
        key="get_granted",
        text=Text(ru="Почему не все заявки доходят до одобрения?", en="Why do applications not get approved?"),
    ),
    GoalQuestion(
        key="stay_after_trial",
        text=Text(ru="Почему после пробного периода не остаются?", en="Why do people not stay after the trial?"),
    ),
    GoalQuestion(key="win_deals", text=Text(ru="Почему сделки срываются?", en="Why do we lose deals?")),
    GoalQuestion(key=OWN_WORDS, text=Text(ru="Своими словами", en="In your own words")),
)


def with_goal(project: Project, key: str, *, words: str = "") -> Project:
    """The project with this goal; `words` are the owner's, for the answer “own”."""
    if key == OWN_WORDS:
        return (
            replace(project, goal=GoalSpec(text=text_in(project.language, words.strip()))) if words.strip() else project
        )
    chosen = next((one for one in GOAL_QUESTIONS if one.key == key), None)
    return replace(project, goal=GoalSpec(text=chosen.text)) if chosen else project
