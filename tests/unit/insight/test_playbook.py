import dataclasses
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from string import Formatter

import pytest

from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.journeymap import Match
from tropa.domain.period import Period
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.insight.advice_words import Path
from tropa.insight.conditions import STAGE_FAMILIES, Condition, Place, Problem, problem_of
from tropa.insight.group_kinds import groups_of, kinds_of_properties, kinds_of_values, values_of
from tropa.insight.playbook import Bet, Entry, best_of, bets, playbook
from tropa.insight.recommendations import recommend, short_advice
from tropa.insight.trades import trades
from tropa.texts.names import stage_kinds

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
PAYMENT = StageSpec(
    key="payment",
    name=Text(ru="Оплачиваю", en="Paying"),
    touchpoints=(
        TouchpointSpec(key="payment", name=Text(ru="Оплата", en="Payment"), match=Match(event=("pay_*",))),
        TouchpointSpec(key="receipt", name=Text(ru="Чек", en="Receipt"), match=Match(event=("receipt",))),
    ),
)
PATH = Path(stages=(PAYMENT,))
SAID = {Language.RU: "[а-яё]", Language.EN: "[a-z]"}
METRICS = {
    Problem.WAIT: "median_time",
    Problem.LOOP: "returns_per_person",
    Problem.RETURN: "repeat_share",
    Problem.MISSING: "presence",
    Problem.HELP: "contact_rate",
    Problem.ERROR: "contact_rate",
    Problem.CANCEL: "contact_rate",
}
BESIDE = {Problem.ERROR: "payment_error", Problem.CANCEL: "order_cancelled"}
KINDS = {
    Problem.LOSS: FindingKind.DROP_OFF,
    Problem.DEAD_END: FindingKind.DEAD_END,
    Problem.WAIT: FindingKind.SLOW,
    Problem.LOOP: FindingKind.LOOP,
    Problem.MISSING: FindingKind.MISSING_STAGE,
    Problem.HELP: FindingKind.SEGMENT_GAP,
    Problem.RETURN: FindingKind.SEGMENT_GAP,
    Problem.ERROR: FindingKind.SEGMENT_GAP,
    Problem.CANCEL: FindingKind.SEGMENT_GAP,
    Problem.PAIN: FindingKind.PAIN,
    Problem.HANDOVER: FindingKind.HANDOVER,
    Problem.OPPORTUNITY: FindingKind.OPPORTUNITY,
    Problem.UPSELL: FindingKind.UPSELL,
}
SHELVES: tuple[Entry | Bet, ...] = (*playbook(), *bets())


def a_finding(**changes: object) -> Finding:
    usual = Finding(
        code="drop_off.payment",
        kind=FindingKind.DROP_OFF,
        stage="payment",
        touchpoint="payment",
        at=FindingPlace(event="pay_start", to_event="receipt"),
        segment={"device": "mobile"},
        metric="conversion",
        unit=Unit.SHARE,
        value=0.43,
        baseline=0.69,
        of=2_000,
        persons_affected=520,
        period=YEAR,
        text=Text(ru="Находка", en="Finding"),
    )
    return dataclasses.replace(usual, **changes)


def a_finding_about(problem: Problem, **changes: object) -> Finding:
    waits = problem is Problem.WAIT
    unit = Unit.SECONDS if waits else Unit.RATIO if problem is Problem.LOOP else Unit.SHARE
    value, baseline = (3 * 86_400.0, 86_400.0) if waits else (2.4, 1.1) if problem is Problem.LOOP else (0.43, 0.69)
    finding = a_finding(
        kind=KINDS[problem],
        metric=METRICS.get(problem, "conversion"),
        unit=unit,
        value=value,
        baseline=baseline,
        at=FindingPlace(event="pay_start", to_event=BESIDE.get(problem, "receipt")),
    )
    return dataclasses.replace(finding, **changes)


def the_plainest(when: Condition, problem: Problem) -> tuple[Finding, Place]:
    """The finding and place that meet the conditions, and no more."""
    told_by = (*when.groups, *when.some_group[:1])
    value_words = " ".join(kinds_of_values()[one][0] for one in when.values) or "x"
    segment = {kinds_of_properties()[name][0]: value_words for name in told_by}
    if when.grouped and not segment:
        segment = {"colour": "red"}
    if when.pair:
        segment |= {"colour": "red", "shape": "round"}
    finding = a_finding_about(problem, segment=None if when.everybody else segment or None)
    if when.kinds:
        finding = dataclasses.replace(finding, kind=when.kinds[0])
        if problem in METRICS:
            finding = dataclasses.replace(finding, metric=METRICS[problem])
    if when.dated or when.began_within is not None:
        finding = dataclasses.replace(finding, since=YEAR.end - timedelta(days=20))
    stages = [kind for one in when.stages for kind in sorted(STAGE_FAMILIES.get(one, {one}))]
    place = Place(
        stage=stages[0] if stages else None,
        trade=when.industries[0] if when.industries else None,
        words=when.words[:1],
    )
    return _large_enough(finding, when), place


def _large_enough(finding: Finding, when: Condition) -> Finding:
    if when.value_below is not None:
        finding = dataclasses.replace(finding, value=0.05, baseline=0.6)
    if when.wait_from is not None:
        seconds = when.wait_from.total_seconds()
        finding = dataclasses.replace(
            finding, unit=Unit.SECONDS, metric="median_time", value=2 * seconds, baseline=seconds / 5
        )
    if when.wait_below is not None:
        finding = dataclasses.replace(finding, value=when.wait_below.total_seconds() / 2, baseline=60.0)
    if when.times_from is not None and finding.unit is not Unit.SHARE:
        finding = dataclasses.replace(finding, baseline=finding.value / (2 * when.times_from))
    elif when.times_from is not None:
        finding = dataclasses.replace(finding, value=0.9, baseline=0.9 / (2 * when.times_from))
    if when.people_from is not None:
        finding = dataclasses.replace(finding, persons_affected=when.people_from)
    return finding


def the_shortfalls(when: Condition, met: Finding, place: Place) -> Iterator[tuple[str, Finding, Place]]:
    """Each condition broken alone."""
    fall = dataclasses.replace
    if when.stages:
        yield "stage", met, fall(place, stage="elsewhere")
    if when.industries:
        yield "industry", met, fall(place, trade=None)
    if when.words:
        yield "words", met, fall(place, words=("zzz",))
    if when.groups or when.some_group or when.pair:
        yield "group", fall(met, segment={"zzz": "x"}), place
    if when.values:
        yield "values", fall(met, segment=dict.fromkeys(met.segment or {}, "zzz")), place
    if when.grouped:
        yield "grouped", fall(met, segment=None), place
    if when.everybody:
        yield "everybody", fall(met, segment={"zzz": "x"}), place
    if when.kinds:
        yield "kind", fall(met, kind=next(one for one in FindingKind if one not in when.kinds)), place
    if when.dated or when.began_within is not None:
        yield "date", fall(met, since=None), place
    if when.dated is False:
        yield "dated", fall(met, since=date(2025, 3, 1)), place
    if when.began_within is not None:
        yield "fresh", fall(met, since=YEAR.end - when.began_within - timedelta(days=1)), place
    if when.gap_from is not None:
        yield "gap", fall(met, baseline=met.value + when.gap_from - 0.001), place
    if when.times_from is not None:
        yield "times", fall(met, baseline=met.value / (when.times_from - 0.01)), place
    if when.value_below is not None:
        yield "value", fall(met, value=when.value_below), place
    if when.wait_from is not None:
        yield "wait", fall(met, value=when.wait_from.total_seconds() - 1, baseline=1.0), place
    if when.wait_below is not None:
        yield "wait below", fall(met, value=when.wait_below.total_seconds()), place
    if when.people_from is not None:
        yield "people", fall(met, persons_affected=when.people_from - 1), place


def words_of_shelf(one: Entry | Bet) -> tuple[Text, ...]:
    return (one.text, one.first_step, one.not_when) if isinstance(one, Entry) else (one.deed, one.reason)


def test_the_playbook_is_large_and_its_keys_are_unique() -> None:
    keys = [one.key for one in playbook()]
    assert len(keys) >= 150
    assert len(set(keys)) == len(keys)
    assert len({one.key for one in bets()}) == len(bets()) >= 60


def test_every_trade_and_every_family_of_stages_has_advice_of_its_own() -> None:
    assert {trade for one in playbook() for trade in one.when.industries} == set(trades())
    spoken = {kind for one in playbook() for stage in one.when.stages for kind in STAGE_FAMILIES.get(stage, {stage})}
    assert spoken == set(stage_kinds())


@pytest.mark.parametrize("one", SHELVES, ids=lambda one: one.key)
def test_every_piece_of_advice_can_be_reached_and_is_not_given_when_a_condition_fails(one: Entry | Bet) -> None:
    for problem in one.when.problems:
        finding, place = the_plainest(one.when, problem)
        assert one.when.holds(finding, place), problem
        for name, short, elsewhere in the_shortfalls(one.when, finding, place):
            assert not one.when.holds(short, elsewhere), name
    assert not one.when.holds(a_finding_about(next(p for p in Problem if p not in one.when.problems)), Place())


@pytest.mark.parametrize("one", SHELVES, ids=lambda one: one.key)
def test_every_piece_of_advice_speaks_both_languages_and_names_only_what_is_known(one: Entry | Bet) -> None:
    allowed = {"place", "now", "goal"} | ({"since"} if one.when.dated or one.when.began_within else set())
    for text in words_of_shelf(one):
        for language, letters in SAID.items():
            words = text.said_in(language)
            assert re.search(letters, words)
            assert {name for _, name, _, _ in Formatter().parse(words) if name} <= allowed
            assert not words.endswith(".")
        assert not re.search("[а-яё]", text.en or "", re.IGNORECASE)
        assert len(text.ru or "") <= 150


def test_every_recommendation_names_its_touchpoint_and_says_what_to_change() -> None:
    idle = re.compile(
        r"^(?:Сравни|Посмотри|Проверь|Изучи|Проанализируй|Разбери|Выясни|Узнай|Найди|Compare|Look|Check|Find out|Analy)"
    )
    for one in playbook():
        for language in Language:
            assert "{place}" in one.text.said_in(language), one.key
            assert not idle.match(one.text.said_in(language)), one.key


@pytest.mark.parametrize(
    ("words", "group"),
    [
        (r"эт\w+ устройств", "device"),
        (r"эт\w+ мест\w*(?! на|,)", "region"),
        (r"эт\w+ канал", "channel"),
        (r"эт\w+ служб", "delivery"),
        (r"эт\w+ товар", "product"),
        (r"эт\w+ способ\w* оплаты", "payment"),
        (r"эти часы", "time"),
        (r"эт\w+ филиал", "branch"),
        (r"эт\w+ возраст", "age"),
    ],
)
def test_who_is_spoken_of_is_among_the_conditions(words: str, group: str) -> None:
    speaking = [one for one in SHELVES if any(re.search(words, text.ru or "") for text in words_of_shelf(one)[:1])]
    assert speaking
    for one in speaking:
        assert group in {*one.when.groups, *one.when.some_group}, one.key


def test_a_group_is_spoken_of_only_where_there_is_one() -> None:
    for one in SHELVES:
        if any(
            re.search(r"групп|the group|this group", text.said_in(language))
            for text in words_of_shelf(one)
            for language in Language
        ):
            assert one.when.groups or one.when.some_group or one.when.pair or one.when.grouped, one.key


def test_no_two_pieces_of_advice_are_alike() -> None:
    for language in Language:
        told = [one.text.said_in(language) for one in playbook()] + [one.deed.said_in(language) for one in bets()]
        words = {said: frozenset(re.findall(r"\w{4,}", said.casefold())) for said in told}
        assert len(words) == len(told)
        for one, other in combinations(told, 2):
            assert len(words[one] & words[other]) <= 0.75 * len(words[one] | words[other]), (one, other)


@pytest.mark.parametrize("kind", list(FindingKind))
def test_a_finding_of_any_kind_gets_advice_whatever_else_is_known(kind: FindingKind) -> None:
    metric = {FindingKind.SLOW: "median_time", FindingKind.LOOP: "returns_per_person"}.get(kind, "conversion")
    finding = a_finding(kind=kind, metric=metric, stage="unknown", touchpoint=None, segment=None, baseline=None)
    (advised,) = recommend([finding], Path())
    assert advised.recommendation is not None
    assert "unknown" in (advised.recommendation.text.ru or "")


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ("payment_failed", Problem.ERROR),
        ("Ошибка оплаты", Problem.ERROR),
        ("order_cancelled", Problem.CANCEL),
        ("Возврат товара", Problem.CANCEL),
        ("chat_opened", Problem.HELP),
        (None, Problem.HELP),
    ],
)
def test_what_lies_beside_the_path_is_told_by_its_name(event: str | None, problem: Problem) -> None:
    beside = a_finding(kind=FindingKind.CHANGE, metric="contact_rate", at=FindingPlace(event="pay", to_event=event))
    assert problem_of(beside) is problem


def test_advice_asks_for_measured_facts() -> None:
    thresholds = [
        one
        for one in playbook()
        if any(
            getattr(one.when, name) is not None
            for name in (
                "gap_from",
                "times_from",
                "value_below",
                "wait_from",
                "wait_below",
                "people_from",
                "began_within",
                "dated",
            )
        )
    ]
    assert len(thresholds) >= 90


def test_a_larger_loss_gets_other_advice_than_a_small_one() -> None:
    place = Place(stage="payment")
    small = best_of(playbook(), a_finding(segment={"colour": "red"}, value=0.62), place)
    large = best_of(playbook(), a_finding(segment={"colour": "red"}, value=0.40), place)
    assert small is not None
    assert large is not None
    assert (small.key, large.key) == ("paying-general", "paying-large-gap")


def test_what_has_just_broken_is_mended_first() -> None:
    place = Place(stage="payment")
    fresh = a_finding(segment={"colour": "red"}, since=YEAR.end - timedelta(days=10))
    old = a_finding(segment={"colour": "red"}, since=YEAR.start)
    assert [one.key for one in (best_of(playbook(), of, place) for of in (fresh, old)) if one] == [
        "paying-just-broke",
        "paying-roll-back",
    ]


def test_the_words_of_the_touchpoint_choose_the_answer_to_a_pain() -> None:
    pain = a_finding_about(Problem.PAIN, segment=None)
    keys = [
        one.key
        for words in (("доставка",), ("упаковка",), ("nothing",))
        if (one := best_of(playbook(), pain, Place(words=words))) is not None
    ]
    assert keys == ["pain-delivery", "pain-packaging", "pain-many"]


def test_the_trade_chooses_among_answers_to_the_same_wait() -> None:
    wait = a_finding_about(Problem.WAIT, segment={"colour": "red"})
    keys = [
        one.key
        for trade in ("bank", "b2b", None)
        if (one := best_of(playbook(), wait, Place(stage="decision", trade=trade))) is not None
    ]
    assert keys == ["wait-decision", "wait-work-many-times", "wait-work-many-times"]


def test_a_rendered_recommendation_names_the_place_the_group_and_the_number() -> None:
    (advised,) = recommend([a_finding()], PATH)
    assert advised.recommendation is not None
    ru, en = (
        (advised.recommendation.text.said_in(language)).replace("\u00a0", " ")
        for language in (Language.RU, Language.EN)
    )
    assert "«Оплата»" in ru
    assert "Для кого: с телефона." in ru
    assert ru.endswith("Сейчас до шага «Чек» доходят 43 % (860 из 2 000), цель — 69 %.")
    assert "“Payment”" in en
    assert "For: on a phone." in en
    assert en.endswith("Now 43% (860 of 2,000) get to “Receipt”, aim 69%.")


@pytest.mark.parametrize(
    ("problem", "ru", "en"),
    [
        (Problem.WAIT, "обычно ждут 3 дня (2 000 клиентов), цель — 24 ч", "3 days (2,000 customers), the usual wait"),
        (Problem.LOOP, "возвращаются в среднем 2,4 раза", "2.4 times (2,000 customers)"),
        (Problem.RETURN, "возвращаются 43 %", "come back, aim 69%"),
        (Problem.MISSING, "этот шаг бывает у 43 %", "have this step, aim 69%"),
        (Problem.HELP, "обращаются 43 %", "ask for help, aim 69%"),
        (Problem.OPPORTUNITY, "Здесь 43 % (860 из 2 000), у остальных 69 %", "Here 43% (860 of 2,000), elsewhere 69%"),
    ],
)
def test_the_number_is_said_as_what_it_counts(problem: Problem, ru: str, en: str) -> None:
    (advised,) = recommend([a_finding_about(problem)], PATH)
    assert advised.recommendation is not None
    assert ru in (advised.recommendation.text.ru or "").replace("\u00a0", " ")
    assert en in (advised.recommendation.text.en or "").replace("\u00a0", " ")


def test_few_people_are_counted_and_not_put_into_per_cent() -> None:
    (advised,) = recommend([a_finding(of=20)], PATH)
    assert advised.recommendation is not None
    assert "доходят 9 из 20" in (advised.recommendation.text.ru or "").replace("\u00a0", " ")


def test_a_card_says_it_shorter_with_the_group_and_the_number() -> None:
    (advised,) = recommend([a_finding()], PATH)
    short = short_advice(advised, PATH)
    assert "шаг" in (short.ru or "")
    assert "«Оплата»" in (short.ru or "")
    assert (short.ru or "").replace("\u00a0", " ").endswith(". С телефона: 43 % → 69 %")
    assert (short.en or "").endswith(". On a phone: 43% → 69%")
    (few,) = recommend([a_finding(of=20, segment=None, baseline=None)], PATH)
    assert (short_advice(few, PATH).ru or "").replace("\u00a0", " ").endswith(". Сейчас 9 из 20")


def test_two_findings_of_a_kind_get_different_advice() -> None:
    advised = recommend([a_finding(), a_finding(code="other")], PATH)
    keys = [one.recommendation.key for one in advised if one.recommendation]
    assert len(set(keys)) == 2


def test_the_largest_loss_is_key_and_a_dated_one_that_concerns_many_is_urgent() -> None:
    dated = a_finding(code="dated", since=date(2025, 3, 12))
    small = a_finding(code="small", persons_affected=3)
    urgencies = [
        one.recommendation.urgency for one in recommend([a_finding(), dated, small], PATH) if one.recommendation
    ]
    assert urgencies == ["key", "urgent", "ordinary"]


def test_a_channel_that_does_worse_is_never_advised_to_grow() -> None:
    worse = a_finding(kind=FindingKind.CHANNEL_GAP, segment={"channel": "x"})
    (advised,) = recommend([worse], PATH)
    assert advised.recommendation is not None
    assert not advised.recommendation.key.startswith("growth")


@pytest.mark.parametrize(("metric", "problem"), [("repeat_share", Problem.RETURN), ("contact_rate", Problem.HELP)])
@pytest.mark.parametrize("segment", [{"device": "mobile"}, {"region": "x"}, None])
def test_who_comes_back_or_asks_for_help_is_not_answered_with_advice_about_passing_a_step(
    metric: str, problem: Problem, segment: dict[str, str] | None
) -> None:
    finding = a_finding(kind=FindingKind.SEGMENT_GAP, metric=metric, segment=segment)
    (advised,) = recommend([finding], PATH)
    assert problem_of(finding) is problem
    assert advised.recommendation is not None
    entry = next(one for one in playbook() if advised.recommendation and one.key == advised.recommendation.key)
    assert problem in entry.when.problems
    assert Problem.LOSS not in entry.when.problems


@pytest.mark.parametrize("name", ["diagnosis", "cost", "position", "capacity", "часть", "newsletter"])
def test_a_property_is_told_by_its_words_and_not_by_letters_inside_them(name: str) -> None:
    assert groups_of(a_finding(segment={name: "x"})) == frozenset()


def test_a_resource_is_no_source() -> None:
    assert groups_of(a_finding(segment={"resource_id": "x"})) == {"team"}


@pytest.mark.parametrize(
    ("value", "said"),
    [("mobile", "phone"), ("гость", "guest"), ("VK Ads", "ads"), ("Суббота", "weekend"), ("new", "newcomer")],
)
def test_values_say_what_they_mean(value: str, said: str) -> None:
    assert said in values_of(a_finding(segment={"x": value}))
    assert said in values_of(a_finding(segment={"x": ["zzz", value]}))
    assert said not in values_of(a_finding(segment={"x": "zzz"}))
