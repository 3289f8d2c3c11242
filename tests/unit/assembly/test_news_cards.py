"""What is new, what behaviour contradicts, what the marks go with: each is told where it is so, and nowhere else."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from tropa.assembly.cards.news_cards import news_cards
from tropa.domain.evidence import Flag, Measurement, Rating, Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.journeymap import Match
from tropa.domain.period import Period
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.texts.document import Feedback
from tropa.texts.map_themes import stage_themes
from tropa.texts.mentions import listen

FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)
COURIER = TouchpointSpec(
    key="courier", name=Text(ru="Курьер", en="Courier"), match=Match(event=("courier",)), words=("курьер",)
)
STAGES = (StageSpec(key="delivery", name=Text(ru="Жду заказ", en="Waiting"), touchpoints=(COURIER,)),)


def feedback(texts, *, mark=None, first=0, start=0):
    return tuple(
        Feedback(
            id=f"f{first + n}",
            text=text,
            person=f"w{first + n}",
            rating=None if mark is None else Rating(value=mark, scale=(1, 5)),
            written_at=FIRST + timedelta(days=start + n % 25),
        )
        for n, text in enumerate(texts)
    )


def told(said, findings=()):
    heard = listen(said, STAGES)
    facts = SimpleNamespace(
        feedback=said,
        heard=heard,
        themes=stage_themes(heard),
        stage_keys=("delivery",),
        findings=findings,
        segment=None,
        figures=SimpleNamespace(staged=SimpleNamespace(touchpoints=(COURIER,)), period=None),
    )
    return {one.key.split(".")[1]: one for one in news_cards(facts)}


LATE = [
    f"Курьер опоздал на {n} часа, {why}, ужасно"
    for n in range(2, 7)
    for why in ("мёрзли у подъезда", "отпросились с работы зря")
]
KIND = [f"Курьер вежливый, {what}" for what in ("поднял на этаж", "позвонил заранее", "улыбался", "помог распаковать")]


def test_what_nobody_wrote_of_before_is_told_as_new_with_its_month():
    old = feedback(KIND * 15, start=0)
    fresh = feedback(LATE, first=100, start=62)
    card = told((*old, *fresh))["new"]
    assert "марта" in card.text.ru
    assert "nobody wrote of it before" in card.text.en
    assert card.evidence[0].voices == len(LATE)


def test_what_was_always_said_is_no_news():
    said = (*feedback(LATE, start=0), *feedback(KIND * 15, first=50), *feedback(LATE, first=200, start=62))
    assert "new" not in told(said)


def slow(touchpoint="courier", kind=FindingKind.SLOW):
    period = Period(date(2026, 1, 1), date(2026, 3, 1))
    measured = Measurement(
        key="e1", metric="median_time", unit=Unit.SECONDS, value=9, of=100, period=period, low=8, high=10
    )
    return Finding(
        code=f"slow.delivery.{touchpoint}",
        kind=kind,
        stage="delivery",
        touchpoint=touchpoint,
        at=FindingPlace(event="courier"),
        metric="median_time",
        unit=Unit.SECONDS,
        value=9,
        of=100,
        persons_affected=50,
        period=period,
        evidence=(measured,),
        text=Text(ru="Ждут дольше прежнего", en="They wait longer than before"),
    )


def test_praise_where_behaviour_got_worse_is_a_contradiction_with_both_proofs():
    card = told(feedback(KIND * 3), findings=(slow(),))["contradiction"]
    assert Flag.CONTRADICTED in card.flags
    assert [type(one).__name__ for one in card.evidence] == ["Measurement", "Quotes"]
    assert "ждут дольше прежнего" in card.text.ru


@pytest.mark.parametrize("finding", [slow("cart"), slow(kind=FindingKind.UPSELL)])
def test_praise_elsewhere_or_beside_good_news_contradicts_nothing(finding):
    assert "contradiction" not in told(feedback(KIND * 3), findings=(finding,))


def test_the_complaint_that_goes_with_the_worst_marks_is_told_as_an_association():
    unhappy = feedback(LATE * 2, mark=1)
    happy = feedback(KIND * 8, mark=5, first=100)
    card = told((*unhappy, *happy))["driver"]
    assert "не причина" in card.text.ru
    assert card.evidence[0].value < -3
    assert card.evidence[0].high < 0


def test_marks_that_do_not_differ_make_no_driver():
    said = (*feedback(LATE * 2, mark=3), *feedback(KIND * 8, mark=3, first=100))
    assert "driver" not in told(said)
