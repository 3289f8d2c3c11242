"""Who decides: the answer in words and figures."""

import pytest

from tropa.domain.buying import BUYING_CLASS
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec, UnitKind
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

DAY = 86_400_000


def stage(key, *events, goal=False):
    points = tuple(TouchpointSpec(key=one, name=Text(ru=one, en=one), match=Match(event=(one,))) for one in events)
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=points)


STAGES = (stage("ask", "asks"), stage("trial", "tries"), stage("buy", "won", goal=True), stage("refusal", "deal_lost"))


def crm(deals=200, *, telling=True):
    """Half of the deals meet the technical buyer before the trial: of those 60 % are won, of the others 20 %."""
    rows, classes = [], []

    def did(deal, event, day, who=None):
        rows.append((f"d{deal}", event, day * DAY))
        classes.append(who)

    for deal in range(deals):
        did(deal, "asks", 0, "economic_buyer")
        meets = deal % 2 == 0
        if meets:
            did(deal, "looks", 2, "technical_buyer")
        did(deal, "tries", 5, "economic_buyer")
        won = (deal // 2) % 10 < (6 if meets and telling else 2)
        did(deal, "won" if won else "deal_lost", 9)
    log = log_from_rows(rows, properties={BUYING_CLASS: classes}, unit=UnitKind.CASE, as_of=400 * DAY)
    return Questions(Scope(project=Project(project="crm", unit=UnitKind.CASE), log=log, stages=lambda: STAGES))


def test_the_sentence_names_the_class_without_which_deals_are_lost():
    answer = crm().buying_centre()
    assert answer.sentence.said_in(Language.RU).replace("\u00a0", " ").replace("\u202f", " ") == (
        "Технический покупатель (ТП): участвует в 100 (50 %; 43,1–56,9) из 200 заявок. Среди дошедших до «trial» "
        "выигрывают 60 % (60 из 100), если он появился раньше, и 20 % (20 из 100), если нет. Это связь, а не причина."
    )
    technical = answer.document["classes"][1]
    assert technical["class"] == "technical_buyer"
    assert technical["entry_seconds"]["median"] == 2 * 86_400
    assert technical["at"][0]["unmet"]["of"] == 200  # at the first stage nobody has met it yet


def test_no_difference_is_said_where_there_is_none():
    assert "No difference in outcome is seen" in crm(telling=False).buying_centre().sentence.said_in(Language.EN)


def test_few_deals_are_told_in_counts():
    answer = crm(20).buying_centre()
    assert "%" not in answer.sentence.said_in(Language.RU)


def test_refusals_are_no_stage_of_the_comparison():
    stages = {at["stage"] for one in crm().buying_centre().document["classes"] for at in one["at"]}
    assert "refusal" not in stages


def test_without_titles_it_is_said_what_to_bring():
    questions = crm()
    with pytest.raises(InvalidQueryError, match="do not say who") as raised:
        questions.buying_centre(by="nothing")
    assert "contacts with job titles" in raised.value.hint
