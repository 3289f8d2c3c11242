"""Marks of surveys at the stages of a map: NPS, CSAT and CES of all, and of the stage that a question names."""

from collections.abc import Iterator, Sequence

from tropa.domain.evidence import MarkKind
from tropa.domain.hearing import SurveyKind, SurveyScore
from tropa.domain.project import StageSpec
from tropa.texts.document import Feedback, Voice
from tropa.texts.mentions import touchpoint_lexicon
from tropa.texts.surveys import STAGE, SurveyAnswer, survey_scores
from tropa.texts.touchpoints import NOTHING
from tropa.texts.voices import speaker
from tropa.texts.words import words_of

_KINDS = {MarkKind.NPS: SurveyKind.NPS, MarkKind.CSAT: SurveyKind.CSAT, MarkKind.CES: SurveyKind.CES}


def stage_scores(feedback: Sequence[Feedback], stages: Sequence[StageSpec]) -> tuple[SurveyScore, ...]:
    """The scores of all answers, and of each stage whose touchpoint a question names («оцените доставку»)."""
    homes = {touchpoint.key: stage.key for stage in reversed(stages) for touchpoint in stage.touchpoints}
    lexicon = touchpoint_lexicon(stages)
    asked: dict[str, str | None] = {}
    answers: list[SurveyAnswer] = []
    for one in feedback:
        for mark in one.marks:
            if mark.kind not in _KINDS or one.voice is not Voice.CUSTOMER:
                continue
            if mark.question not in asked:
                owners = [hit.entry.owner for hit in lexicon.find(tuple(words_of(mark.question)))]
                asked[mark.question] = next((homes[key] for key in owners if key != NOTHING), None)
            stage = asked[mark.question]
            answers.append(
                SurveyAnswer(
                    kind=_KINDS[mark.kind],
                    speaker=speaker(one),
                    value=mark.rating.value,
                    scale=mark.rating.scale,
                    day=one.written_at.date() if one.written_at else None,
                    groups=((STAGE, stage),) if stage is not None else (),
                )
            )
    return tuple(_wanted(survey_scores(answers)))


def _wanted(scores: Sequence[SurveyScore]) -> Iterator[SurveyScore]:
    for one in scores:
        if one.group is None or one.group[0] == STAGE:
            yield one
