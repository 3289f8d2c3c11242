"""The minute strip: what customers speak of, where most are lost, what to do first."""

from tropa.assembly.answer import goal_stage, main_loss
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS, Evidence
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Minute, Statement
from tropa.domain.text import Language, Text
from tropa.render.words import of_whole

_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}
_FEWEST = 3
_URGENCY = {"key": 0, "urgent": 1, "ordinary": 2}


def minute_of(facts: Facts) -> Minute:
    """Three sentences from facts; one that nothing supports stays away."""
    return Minute(want=_want(facts), loss=_loss(facts), action=_action(facts))


def _want(facts: Facts) -> Statement | None:
    """What customers themselves speak of most."""
    touchpoint, count = max(facts.mentions.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    name = next((one.name for one in facts.figures.staged.touchpoints if one.key == touchpoint), None)
    if name is None or count < _FEWEST:
        return None
    total = len(facts.feedback)

    def say(language: Language) -> str:
        of = of_whole(count, total, language)
        if language is Language.RU:
            said = f"«{name.said_in(language)}» – {of} {_reviews(total)}"
            return f"Прямо не сказано; чаще всего пишут о шаге {said}"
        return f"Not said outright; most write of “{name.said_in(language)}”: {of} reviews"

    return _statement("want", in_both(say), ())


def _reviews(total: int) -> str:
    """«из 21 отзыва», «из 1 800 отзывов»."""
    return "отзыва" if total % 10 == 1 and total % 100 != 11 else "отзывов"


def _loss(facts: Facts) -> Statement | None:
    found = _first_loss(facts)
    if found is not None:
        return _statement("loss", found.text, found.evidence, card=f"barrier.{found.code}")
    said = main_loss(facts) or _ask_next(facts)
    return None if said is None else _statement("loss", said, ())


def _ask_next(facts: Facts) -> Text | None:
    """Too few people to speak of losses: where to ask them instead, which is where they speak of most."""
    if not 0 < facts.figures.persons < FEW_PERSONS:
        return None
    told = max(facts.mentions.items(), key=lambda one: (one[1], one[0]), default=("", 0))[0]
    stages = facts.figures.staged.stages
    here = next((stage for stage in stages if any(one.key == told for one in stage.touchpoints)), None)
    stage = here or stages[goal_stage(facts)]

    def say(language: Language) -> str:
        name = stage.name.said_in(language)
        if language is Language.RU:
            return f"О потерях говорить рано: людей меньше {FEW_PERSONS}. Расспросите пятерых про этап «{name}»"
        return f"Too early to speak of losses with fewer than {FEW_PERSONS} people. Ask five of them about “{name}”"

    return in_both(say)


def _action(facts: Facts) -> Statement | None:
    advised = [one for one in (*facts.findings, *facts.problems) if one.recommendation is not None]
    first = min(
        advised, key=lambda one: _URGENCY.get(one.recommendation.urgency if one.recommendation else "", 3), default=None
    )
    if first is None or first.recommendation is None:
        return None
    return _statement("action", first.recommendation.text, first.evidence, card=f"recommendation.{first.code}")


def _first_loss(facts: Facts) -> Finding | None:
    return next((one for one in facts.findings if one.kind not in _GROWTH), None)


def _statement(key: str, text: Text, evidence: tuple[Evidence, ...], card: str | None = None) -> Statement:
    return Statement(text=text, evidence=evidence, card=card, generated=Generated(by=f"minute:{key}", text=text))
