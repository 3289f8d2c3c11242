"""For each rule: maps that break it and maps that nearly do, as changes to one map that breaks none."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import date

from builders.pieces import OCTOBER, a_card, a_duration, a_quote, a_share, t, the_lanes, voices, went_on
from tropa.domain.evidence import Flag, Measurement, Report, ReportBy, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import (
    Author,
    BusinessModel,
    Card,
    Goal,
    JourneyMap,
    Lane,
    LaneKind,
    MapView,
    Minute,
    Persona,
    Provenance,
    SegmentNote,
    Severity,
    Stage,
    Statement,
    Step,
    Touchpoint,
    Verdict,
    VerdictState,
)
from tropa.domain.text import Language, Text

K = LaneKind
Change = Callable[[JourneyMap], JourneyMap]
SAID = "Упаковка мокрая, а поиск не понимает слово «помидор», ему подавай «томат»"
MARINA = "Марина, 34, бухгалтер, работает из дома, экономит время, боится промахнуться с выбором"
VASILY = (
    "Василий, 55, руководитель финансового отдела строительной компании, фанат Mitsubishi, меняет машину раз в 5 лет"
)


def a_clean_map() -> JourneyMap:
    """Three stages of a small shop; no rule has anything to say."""
    pain = a_card(
        K.BARRIER, "choose", "Не находят нужное", "Cannot find it", severity=Severity.MAJOR,
        evidence=(a_share("m1", 120, 400),),
    )  # fmt: skip
    return JourneyMap(
        key="clean",
        title=t("Хочу рассаду", "I want seedlings"),
        goal=Goal(text=t("Почему посетители не становятся клиентами?", "Why do visitors not become customers?")),
        model=BusinessModel.B2C,
        language=Language.RU,
        segment=None,
        persons=400,
        provenance=Provenance(as_of=date(2025, 10, 31), period=OCTOBER),
        personas=(Persona(key="marina", name=t(MARINA), draft=False),),
        stages=(
            a_stage("choose", 1, "Выбираю", "Choosing", touchpoints=(a_touchpoint("search", "Поиск", "Search"),)),
            a_stage("buy", 2, "Покупаю", "Buying", goal=True, touchpoints=(a_touchpoint("pay", "Оплата", "Payment"),)),
            a_stage("use", 3, "Выращиваю", "Growing", touchpoints=(a_touchpoint("manual", "Памятка", "Leaflet"),)),
        ),
        lanes=the_lanes(),
        cards=(
            pain,
            a_card(
                K.RECOMMENDATION, "choose", "Добавить синонимы", "Add synonyms", owner=t("Сайт", "Site"),
                evidence=pain.evidence,
            ),
            a_card(
                K.EMOTION, "choose", "Досада", "Annoyance", value=-1.0, voices=12,
                evidence=(voices("v1", 12, 90, a_quote(SAID, proof="Упаковка мокрая")),),
            ),
            a_card(K.QUOTE, "choose", f"«{SAID}»", f"“{SAID}”", evidence=(voices("v2", 1, 90, a_quote(SAID)),)),
            a_card(K.KPI, "buy", "Платят", "Pay", evidence=(a_share("k1", 200, 400, metric="conversion"),)),
            a_card(K.KPI, "use", "Возвращаются", "Return", evidence=(a_share("k2", 60, 200, metric="conversion"),)),
            a_card(K.HYPOTHESIS, "choose", "Если синонимы", "If synonyms", hypothesis="h1", evidence=pain.evidence),
        ),
        hypotheses=(
            Hypothesis(
                key="h1", stage="choose", text=t("Если синонимы", "If synonyms"), metric="conversion", unit=Unit.SHARE
            ),
        ),
    )  # fmt: skip


def a_stage(key: str, place: int, ru: str, en: str, **fields: object) -> Stage:
    return Stage(key=key, order=f"a{place}", name=t(ru, en), persons=400 // place, **fields)  # type: ignore[arg-type]


def a_touchpoint(key: str, ru: str, en: str, owner: Text | None = None) -> Touchpoint:
    return Touchpoint(key=key, name=t(ru, en), owner=owner)


def plus(*cards: Card) -> Change:
    return lambda m: dataclasses.replace(m, cards=(*m.cards, *cards))


def set_to(**fields: object) -> Change:
    return lambda m: dataclasses.replace(m, **fields)  # type: ignore[arg-type]


def on_stage(key: str, **fields: object) -> Change:
    return lambda m: dataclasses.replace(
        m,
        stages=tuple(dataclasses.replace(s, **fields) if s.key == key else s for s in m.stages),  # type: ignore[arg-type]
    )


def on_cards(kind: LaneKind, **fields: object) -> Change:
    return lambda m: dataclasses.replace(
        m,
        cards=tuple(dataclasses.replace(c, **fields) if c.lane == kind.value else c for c in m.cards),  # type: ignore[arg-type]
    )


def without(*kinds: LaneKind) -> Change:
    gone = {kind.value for kind in kinds}
    return lambda m: dataclasses.replace(m, cards=tuple(card for card in m.cards if card.lane not in gone))


def both(*changes: Change) -> Change:
    def change(journey: JourneyMap) -> JourneyMap:
        for one in changes:
            journey = one(journey)
        return journey

    return change


def up_to(last: str) -> Change:
    """The map ends with this stage."""

    def change(m: JourneyMap) -> JourneyMap:
        keys = [stage.key for stage in m.stages]
        kept = set(keys[: keys.index(last) + 1])
        return dataclasses.replace(
            m,
            stages=tuple(stage for stage in m.stages if stage.key in kept),
            cards=tuple(card for card in m.cards if card.stage in kept),
        )

    return change


def a_persona(ru: str | None = None, en: str | None = None, **fields: object) -> Change:
    return set_to(personas=(Persona(key="p", name=Text(ru=ru, en=en), **fields),))  # type: ignore[arg-type]


def said(ru: str, *, evidence: tuple[object, ...] = (), **fields: object) -> Change:
    return plus(a_card(K.GAIN, "use", ru, evidence=evidence, **fields))


def measured(**fields: object) -> Measurement:
    return dataclasses.replace(a_share("odd", 10, 100), **fields)  # type: ignore[arg-type]


def quoted(ru: str, **fields: object) -> Change:
    return on_cards(K.QUOTE, text=t(ru), **fields)


def a_group(persons: int = 900, **fields: object) -> SegmentNote:
    values = {
        "key": "ural", "segment": {"region": "Урал"}, "name": t("Урал", "The Urals"), "persons": persons,
        "text": t("Идут дальше 120 из 400, у остальных 300 из 500", "120 of 400 go on, against 300 of 500"),
        "differs": True,
    }  # fmt: skip
    return SegmentNote(**{**values, **fields})  # type: ignore[arg-type]


def a_gap(**fields: object) -> Finding:
    values = {
        "code": "gap", "kind": FindingKind.SEGMENT_GAP, "stage": "choose", "segment": {"region": "Урал"},
        "metric": "conversion", "unit": Unit.SHARE, "value": 0.3, "baseline": 0.5, "interval": (0.25, 0.35), "of": 400,
        "q_value": 0.001, "persons_affected": 80, "period": OCTOBER, "text": t("Урал: 120 из 400", "Urals: 120 of 400"),
    }  # fmt: skip
    return Finding(**{**values, **fields})  # type: ignore[arg-type]


def guesses(stage: str, count: int) -> Change:
    return plus(*(a_card(K.GOAL, stage, f"Хочу {n}", f"I want {n}", n=n) for n in range(count)))


def begun(count: int) -> Change:
    """So many guesses, and nothing that anybody knows."""
    return lambda m: guesses("use", count)(
        dataclasses.replace(m, cards=(), findings=(), persons=None, provenance=None, hypotheses=())
    )


def some_stages(count: int) -> Change:
    return lambda m: dataclasses.replace(
        m, stages=(*m.stages, *(a_stage(f"s{n}", 4 + n, f"Ещё {n}", f"More {n}") for n in range(count - 3)))
    )


def some_steps(count: int) -> Change:
    rows = tuple(Step(key=f"step{n}", order=f"a{n:02}", name=t(f"Шаг {n}", f"Step {n}")) for n in range(count))
    return on_stage("choose", steps=rows)


def told_to(**benefits: str) -> Change:
    """Cards that promise something to classes of buyers, by lane."""
    return both(*(_in_lane(a_card(K(lane), "choose", words, evidence=(REPORT,))) for lane, words in benefits.items()))


def answered(kind: LaneKind, words: str) -> Change:
    """An answer to a question of a class of buyers."""
    card = a_card(kind, "choose", words, evidence=(REPORT,))
    return _in_lane(dataclasses.replace(card, generated=Generated(by="argument:answer.x", text=card.text)))


def _in_lane(card: Card) -> Change:
    def change(journey: JourneyMap) -> JourneyMap:
        lane = Lane(key=card.lane, kind=K(card.lane), order="z1", name=t(card.lane, card.lane))
        known = {one.key for one in journey.lanes}
        lanes = journey.lanes if lane.key in known else (*journey.lanes, lane)
        cards = (*journey.cards, dataclasses.replace(card, key=f"{card.key}.{len(journey.cards)}"))
        return dataclasses.replace(journey, lanes=lanes, cards=cards)

    return change


def owners(**named: str | None) -> Change:
    """Who answers for each stage's touchpoint."""
    return both(
        *(
            on_stage(key, touchpoints=(a_touchpoint(f"t-{key}", "Место", "Place", t(name, name) if name else None),))
            for key, name in named.items()
        )
    )


BARE = Text(ru="Уходят 48 %", en="48% leave")
REPORT = Report(key="r", by=ReportBy.EMPLOYEE, text=t("Злятся", "They are angry"))
PAIN = {"severity": Severity.CRITICAL, "evidence": (a_share("p", 50, 400),), "key": "pain"}

BREAKING: Mapping[str, tuple[Change, ...]] = {
    "TR101": (
        said("Уходят 48 %"),
        said("Жалуются 48 процентов", evidence=(voices("v", 6, 90),)),
        on_cards(K.KPI, evidence=(measured(of=0, count=0),)),
        set_to(minute=Minute(loss=Statement(text=BARE, generated=Generated(by="x", text=BARE)))),
        on_stage("use", verdict=Verdict(state=VerdictState.FIX, text=BARE)),
    ),
    "TR102": (
        said("Ждут", evidence=(measured(count=None),)),
        said("Ждут долго", evidence=(dataclasses.replace(a_duration("d", 60, 10), of=0),)),
        said("Уходят", evidence=(measured(count=101),)),
        on_stage("use", conversion=dataclasses.replace(went_on("buy", 1, 2), of=0, count=0)),
    ),
    "TR103": (
        lambda m: dataclasses.replace(m, hypotheses=tuple(dataclasses.replace(h, metric="") for h in m.hypotheses)),
        lambda m: dataclasses.replace(m, hypotheses=tuple(dataclasses.replace(h, metric="  ") for h in m.hypotheses)),
        plus(a_card(K.HYPOTHESIS, "use", "Если памятка крупнее, то лучше", "If bigger, then better")),
        plus(a_card(K.HYPOTHESIS, "use", "Если памятка", "If a leaflet", hypothesis="nowhere")),
    ),
    "TR104": (
        quoted("«Упаковка была мокрая»"),
        quoted("«Поиск не понимает слово «томат»»"),
        on_cards(K.EMOTION, evidence=(voices("v", 9, 90, dataclasses.replace(a_quote(SAID), span=(0, 900))),)),
        on_cards(K.EMOTION, evidence=(voices("v", 9, 90, dataclasses.replace(a_quote(SAID), text=" ")),)),
        on_cards(K.QUOTE, evidence=()),
        quoted("«Упаковка … томат … поиск»"),
    ),
    "TR201": (set_to(goal=None), set_to(goal=Goal(text=Text())), set_to(goal=Goal(text=Text(ru="  ")))),
    "TR202": (
        a_persona("мужчины и женщины 25–45, ценят качество"),
        a_persona("все, кто хочет сэкономить"),
        a_persona("Женщины 25–40"),
        a_persona(en="Men and women 25-45 who value quality"),
        a_persona(en="Everyone who wants to save"),
        a_persona("18–65, доход выше среднего"),
        a_persona("Покупатели", portrait=t("Мужчины и женщины от 25 до 45 лет")),
        a_persona("Современные люди, ведут активный образ жизни"),
    ),
    "TR203": (
        guesses("use", 2),
        both(without(K.RECOMMENDATION, K.BARRIER, K.QUOTE),
             plus(a_card(K.RECOMMENDATION, "choose", "Сделать лучше", "Do better", owner=t("Сайт")))),
        both(guesses("choose", 9), guesses("buy", 3), guesses("use", 3)),
        plus(a_card(K.RECOMMENDATION, "buy", "Сделать скидку", "Give a discount", owner=t("Сайт"))),
    ),
    "TR204": (
        up_to("buy"),
        both(up_to("buy"), on_stage("buy", goal=False)),
        lambda m: dataclasses.replace(
            up_to("buy")(m), stages=(*up_to("buy")(m).stages, Stage(key="use", order="a3", name=t("Выращиваю")))
        ),
    ),
    "TR205": (
        set_to(segments=(a_group(),)),
        set_to(segments=(a_group(), a_group(key="desk", persons=200))),
        set_to(findings=(a_gap(),)),
    ),
    "TR206": (
        on_stage("use", name=t("Отдел продаж")),
        on_stage("use", name=Text(en="Marketing")),
        on_stage("use", name=t("Маркетинг и продажи")),
        on_stage("use", name=t("Техническая поддержка")),
        on_stage("use", name=Text(en="Sales department")),
    ),
    "TR207": (
        without(K.RECOMMENDATION, K.HYPOTHESIS),
        plus(a_card(K.BARRIER, "use", "Мокнет", "Gets wet", **PAIN)),
        plus(a_card(K.BARRIER, "buy", "Нет СБП", "No fast payment", evidence=(a_share("p", 50, 400),))),
    ),
    "TR208": (
        on_cards(K.RECOMMENDATION, owner=None),
        on_cards(K.RECOMMENDATION, owner=Text()),
        on_cards(K.RECOMMENDATION, owner=None, touchpoint="search"),
    ),
    "TR209": (
        on_cards(K.EMOTION, evidence=()),
        on_cards(K.EMOTION, evidence=(REPORT,)),
        on_cards(K.EMOTION, evidence=(voices("v", 0, 90),)),
    ),
    "TR210": (
        on_cards(K.KPI, flags=(Flag.STALE,)),
        on_cards(K.BARRIER, flags=(Flag.SMALL_SAMPLE, Flag.STALE)),
        set_to(provenance=Provenance(as_of=date(2025, 1, 1))),
    ),
    "TR211": (
        plus(a_card(K.INSIGHT, "use", "Говорят об упаковке", "They speak of the box", key="insight.hidden.box",
                    evidence=(voices("v", 9, 90),))),
        said("Хвалят коробку", touchpoint="box", evidence=(voices("v", 9, 90),)),
        plus(a_card(K.INSIGHT, "choose", "Говорят о чате", "They speak of the chat", key="insight.hidden.chat",
                    evidence=(voices("v", 5, 90),))),
    ),
    "TR212": (
        told_to(economic_buyer="Экономит время", end_user="Экономит время."),
        told_to(technical_buyer="экономит  время", fab="Экономит время"),
        both(told_to(end_user="Всё под рукой"), told_to(technical_buyer="Все под рукой")),
    ),
    "TR301": (some_stages(9), some_steps(17), both(some_stages(9), some_steps(20))),
    "TR302": (
        on_cards(K.KPI, flags=(Flag.SMALL_SAMPLE,)),
        on_cards(K.KPI, evidence=(a_share("k", 7, 20),)),
        said("Ждут", evidence=(a_duration("d", 60, 12),)),
    ),
    "TR303": (
        owners(choose="Сайт", buy="Продажи", use=None),
        owners(choose="Сайт", buy=None, use="Склад"),
        both(on_stage("choose", touchpoints=()), owners(buy="Продажи", use="Склад"), without(K.RECOMMENDATION)),
    ),
    "TR304": (
        begun(12),
        both(begun(40), set_to(goal=None)),
        both(begun(12), set_to(provenance=Provenance(as_of=date(2025, 10, 31)))),
    ),
}  # fmt: skip

HARMLESS: Mapping[str, tuple[Change, ...]] = {
    "TR101": (
        said("Уходят 48 % (48 из 100)"),
        said("Уходят 48 %", evidence=(a_share("m", 48, 100),)),
        said("Жалуются: «Скидка 20 % по купону»", evidence=(voices("v", 6, 90),)),
        quoted("«Скидка 50 % не сработала»", evidence=(voices("v", 1, 9, a_quote("Скидка 50 % не сработала")),)),
        said("Хочу скидку 10 %", author=Author.PERSON),
    ),
    "TR102": (
        said("Ждут", evidence=(a_duration("d", 60, 100),)),
        said("Никто", evidence=(a_share("m", 0, 100),)),
        said("События", evidence=(measured(unit=Unit.EVENTS, count=300, value=3.0),)),
        said("Злятся", evidence=(REPORT,)),
    ),
    "TR103": (
        set_to(hypotheses=(Hypothesis(key="h1", stage="choose", text=Text(), metric="nps", unit=Unit.SCORE),)),
        plus(a_card(K.HYPOTHESIS, "use", "Если памятка", "If a leaflet", evidence=(a_share("m", 9, 90),))),
        both(set_to(hypotheses=()), without(K.HYPOTHESIS)),
    ),
    "TR104": (
        quoted("«Упаковка мокрая … ему подавай»"),
        quoted("Упаковка  мокрая"),
        quoted("Марина: «поиск не понимает слово «помидор»»"),
        on_cards(K.QUOTE, text=t("«Упаковка мокрая»", "“The box is wet”")),
        both(without(K.QUOTE), plus(dataclasses.replace(a_card(K.QUOTE, "use", "«По памяти»"), generated=None))),
    ),
    "TR201": (
        set_to(goal=Goal(text=t("Как снизить отток?"))),
        set_to(goal=Goal(text=Text(en="Why do they leave?"))),
        set_to(goal=Goal(text=t("Почему?"), kpi=None, answer=None)),
    ),
    "TR202": (
        a_persona(MARINA),
        a_persona(VASILY),
        a_persona("Марина", portrait=t("Бухгалтер, работает из дома, ценит качество")),
        a_persona("Ирина, 40, директор, в подчинении 20–60 человек, ценит качество"),
        a_persona("Олег, 38", context=t("Каждый вечер, метро, все молчат")),
        a_persona("Мама двоих детей, живёт в Туле, ценит качество"),
        a_persona(en="Anna, 29, buys gifts for men and women"),
    ),
    "TR203": (
        guesses("use", 1),
        guesses("choose", 4),
        lambda m: dataclasses.replace(m, stages=(*m.stages, a_stage("empty", 4, "Советую", "Recommending"))),
        on_cards(K.RECOMMENDATION, evidence=()),
    ),
    "TR204": (
        on_stage("use", persons=None),
        both(on_stage("buy", goal=False), on_stage("use", goal=True, name=t("Возвращаюсь", "Coming back"))),
        both(up_to("buy"), on_stage("buy", name=t("Покупаю ещё", "Buying again"))),
    ),
    "TR205": (
        set_to(segments=(a_group(file="segments/ural.cjm.json"),)),
        set_to(segments=(a_group(persons=199),)),
        set_to(segments=(a_group(differs=False),)),
        set_to(findings=(a_gap(of=150), a_gap(value=0.47), a_gap(q_value=0.2), a_gap(segment=None))),
        set_to(segment={"region": "Урал"}, segments=(a_group(),)),
    ),
    "TR206": (
        on_stage("use", name=t("Звоню в отдел продаж", "Calling the sales department again")),
        on_stage("use", name=t("Отделка дома", "Department store visit")),
        on_stage("use", name=t("Поддерживаю сад", "Keeping the garden")),
    ),
    "TR207": (
        plus(a_card(K.BARRIER, "use", "Мокнет", "Gets wet", **{**PAIN, "severity": Severity.MINOR})),
        without(K.RECOMMENDATION),
        plus(a_card(K.BARRIER, "use", "Боюсь ошибиться", "Fear of mistakes")),
        both(plus(a_card(K.BARRIER, "use", "Мокнет", "Gets wet", **PAIN)), on_cards(K.RECOMMENDATION, spans=("use",))),
    ),
    "TR208": (
        without(K.RECOMMENDATION),
        both(on_cards(K.RECOMMENDATION, owner=None), plus(a_card(K.OWNER, "choose", "Сайт", evidence=(REPORT,)))),
        both(owners(choose="Сайт"), on_cards(K.RECOMMENDATION, owner=None, touchpoint="t-choose")),
        lambda m: dataclasses.replace(
            on_cards(K.RECOMMENDATION, owner=None, hypothesis="h1")(m),
            hypotheses=tuple(dataclasses.replace(h, owner=t("Сайт")) for h in m.hypotheses),
        ),
    ),
    "TR209": (
        on_cards(K.EMOTION, evidence=(), value=None),
        on_cards(K.EMOTION, evidence=(voices("v", 1, 90),)),
        on_cards(K.EMOTION, evidence=(measured(unit=Unit.SCORE, value=4.1, count=None),)),
        both(set_to(view=MapView.TO_BE), on_cards(K.EMOTION, evidence=())),
    ),
    "TR210": (
        on_cards(K.KPI, flags=(Flag.CONTRADICTED,)),
        set_to(provenance=Provenance(as_of=date(2025, 6, 1))),
        set_to(provenance=None),
    ),
    "TR211": (
        plus(a_card(K.INSIGHT, "use", "Поиск хвалят", "Search is praised", key="insight.hidden.search",
                    evidence=(voices("v", 9, 90),))),
        said("Хвалят памятку", touchpoint="manual", evidence=(voices("v", 9, 90),)),
        said("Заходят", touchpoint="box", evidence=(a_share("m", 9, 90),)),
    ),
    "TR212": (
        told_to(economic_buyer="Вложенное возвращается за квартал", end_user="Меньше писанины"),
        told_to(end_user="Экономит время"),
        both(
            answered(K.TECHNICAL_BUYER, "Данные лежат в России"), answered(K.END_USER, "Данные лежат в России")
        ),
    ),
    "TR301": (some_stages(8), some_steps(16), both(some_stages(8), some_steps(16))),
    "TR302": (
        on_cards(K.KPI, evidence=(a_share("k", 7, 30),)),
        on_cards(K.EMOTION, evidence=(voices("v", 2, 15),)),
        said("Ждут", evidence=(a_share("a", 7, 20), a_share("b", 70, 200))),
    ),
    "TR303": (
        owners(choose=None, buy=None, use=None),
        owners(choose="Сайт", buy="сайт ", use=None),
        owners(choose="Сайт", buy="Продажи", use="Склад"),
        both(owners(choose="Сайт", buy="Продажи", use=None), plus(a_card(K.OWNER, "use", "Склад", evidence=(REPORT,)))),
    ),
    "TR304": (
        begun(11),
        both(begun(12), plus(a_card(K.BARRIER, "use", "Вянет", "It wilts", evidence=(REPORT,)))),
        both(begun(12), set_to(provenance=Provenance(as_of=date(2025, 10, 31), feedback=3))),
        both(begun(12), set_to(persons=7)),
    ),
}  # fmt: skip
