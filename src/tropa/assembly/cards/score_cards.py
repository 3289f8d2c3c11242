"""Cards of surveys' scores: NPS, CSAT and CES at the stage that the question names, of all at the last stage."""

from collections.abc import Iterator
from functools import partial

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.hearing import SurveyKind, SurveyScore
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render.words import of_whole, signed, whole
from tropa.texts.stage_scores import stage_scores

_NAMES = {
    SurveyKind.NPS: Text(ru="NPS", en="NPS"),
    SurveyKind.CSAT: Text(ru="Довольны (CSAT)", en="Satisfied (CSAT)"),
    SurveyKind.CES: Text(ru="Легко (CES)", en="Easy (CES)"),
}


def score_cards(facts: Facts) -> Iterator[Card]:
    """One card a question and stage; below 30 answers counts alone."""
    days = sorted(one.written_at.date() for one in facts.feedback if one.written_at is not None)
    period = Period(days[0], days[-1]) if days else facts.figures.period
    if period is None:
        return
    for one in stage_scores(facts.feedback, facts.figures.staged.stages):
        stage = facts.stage_keys[-1] if one.group is None else one.group[1]
        if stage in facts.stage_keys:
            yield a_card(
                LaneKind.KPI,
                f"survey.{one.kind}.{stage if one.group else 'all'}",
                stage,
                _NAMES[one.kind],
                by=f"survey:{one.kind}:{stage if one.group else ''}",
                evidence=[_measured(one, period)],
            )


def _measured(one: SurveyScore, period: Period) -> Measurement:
    is_share = one.kind is not SurveyKind.NPS
    raw = one.high_marks / one.answers if is_share else 100 * (one.high_marks - one.low_marks) / one.answers
    return Measurement(
        key="e1",
        metric=f"survey_{one.kind}",
        unit=Unit.SHARE if is_share else Unit.SCORE,
        value=raw if one.value is None else one.value,
        low=one.low,
        high=one.high,
        count=one.high_marks if is_share else None,
        of=one.answers,
        period=period,
        note=in_both(partial(_told, one)),
    )


def _told(one: SurveyScore, language: Language) -> str:
    russian = language is Language.RU
    answers = whole(one.answers, language)
    if one.kind is not SurveyKind.NPS:
        good = of_whole(one.high_marks, one.answers, language)
        return f"Высоко оценили {good} ответивших" if russian else f"High marks from {good} who answered"
    fans, critics = whole(one.high_marks, language), whole(one.low_marks, language)
    score = "" if one.value is None else signed(round(one.value), language)
    if russian:
        head = f"NPS {score}: " if score else "Мало ответов для NPS: "
        return f"{head}сторонников {fans}, критиков {critics}, ответов {answers}"
    head = f"NPS {score}: " if score else "Too few answers for NPS: "
    return f"{head}{fans} promoters, {critics} detractors, {answers} answers"
