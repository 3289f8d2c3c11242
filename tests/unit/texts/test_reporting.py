from builders.said import TOUCHPOINTS, said, silent_line

from tropa.domain.hearing import ThemeChoice, VoiceReport
from tropa.domain.opinion import Sentiment
from tropa.domain.text import Text
from tropa.domain.voice import Noise, VoiceLine
from tropa.texts.reporting import discovered_subjects, voice_report

LATE = ["доставка долгая", "ждали доставку неделю", "доставили медленно", "привезли медленно"]


def report(lines: list[VoiceLine], *choices: ThemeChoice) -> VoiceReport:
    return voice_report(lines, TOUCHPOINTS, model="light 1", choices=choices)


def test_people_are_counted_once_and_noise_not_at_all() -> None:
    lines = [said(f"p{i}", text, "delivery") for i, text in enumerate(LATE)]
    lines += [said("p0", "коробка мятая", "packaging"), said("p9", "вкусно", "restaurant_kitchen", value=1)]
    lines += [said("x", "купите часы", "delivery", noise=Noise.SPAM), said("e", LATE[0], "delivery", reported=True)]
    told = report(lines)
    assert (told.people, told.counts.voices, told.counts.spam, told.counts.reported) == (5, 6, 1, 1)
    assert (told.unhappy.count, told.unhappy.of, told.pleased.count) == (4, 5, 1)
    by_key = {one.key: one for one in told.touchpoints}
    assert (by_key["delivery"].people, by_key["delivery"].negative.count) == (4, 4)
    assert by_key["packaging"].people == 1


def test_one_who_praises_and_complains_is_in_both_columns() -> None:
    told = report([said("ann", "долго", "delivery"), said("ann", "но аккуратно", "delivery", value=1)])
    (one,) = told.touchpoints
    assert (one.people, one.negative.count, one.positive.count, one.value) == (1, 1, 1, 0)


def test_a_mean_has_an_interval_from_five_people_on() -> None:
    lines = [said(f"p{i}", text, "delivery", value=-1) for i, text in enumerate(LATE)]
    assert report(lines).touchpoints[0].low is None
    (one,) = report([*lines, said("p9", "быстро", "delivery", value=1)]).touchpoints
    assert one.low is not None
    assert one.high is not None
    assert one.low < -0.6 < one.high


def test_strong_anger_is_called_anger_and_weak_irritation() -> None:
    lines = [said("ann", "ужас", "delivery", value=-2), said("bob", "ужас как", "delivery", value=-2)]
    (one,) = report(lines).touchpoints
    assert one.emotions == {"anger": 2}


def test_choices_of_people_name_the_themes_of_the_report() -> None:
    lines = [said(f"p{i}", text, "delivery") for i, text in enumerate(LATE)]
    (theme,) = report(lines, ThemeChoice(key="pain.delivery.slow", name=Text(ru="едет вечность"))).themes
    assert theme.theme.name.ru == "едет вечность"
    assert {one.text for one in theme.quotes} <= set(LATE)
    assert {one.themes for one in report(lines).said} == {("pain.delivery.slow",)}


def test_a_frequent_subject_that_no_touchpoint_takes_is_discovered() -> None:
    texts = ["у входа спит собака", "собака лает", "собака пугает", "злая собака у двери", "зачем вам собака"]
    (subject,) = discovered_subjects([said(f"p{i}", text) for i, text in enumerate(texts)])
    assert (subject.name.ru, subject.people, subject.of, subject.negative) == ("собака", 5, 5, 5)


def test_nothing_said_is_a_report_too() -> None:
    told = report([silent_line("ann")])
    assert (told.people, told.themes, told.touchpoints, told.drivers, told.surveys) == (1, (), (), (), ())
    assert told.mood.months == ()
    assert report([]).people == 0


def test_rows_hold_every_statement_with_its_side() -> None:
    (row,) = report([said("ann", "доставка долгая", "delivery", mark=2)]).said
    assert (row.text, row.sentiment, row.touchpoints) == ("доставка долгая", Sentiment.NEGATIVE, ("delivery",))
