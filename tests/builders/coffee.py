"""A rich map of an invented coffee roaster: every lane, every basis and flag, loops, losses, findings, hypotheses."""

from datetime import date

from builders.pieces import (
    QUARTER,
    SPRING,
    a_card,
    a_duration,
    a_quote,
    a_share,
    a_trend,
    some_money,
    t,
    the_lanes,
    voices,
    went_on,
    wilson,
)
from tropa.domain.evidence import Evidence, Experiment, Flag, Quote, Report, ReportBy, SegmentFigure, Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace, Money, Recommendation
from tropa.domain.hypothesis import DetectableEffect, Hypothesis, HypothesisStatus
from tropa.domain.journeymap import (
    Author,
    BusinessModel,
    Card,
    Goal,
    JourneyMap,
    LaneKind,
    Link,
    Loop,
    LostTo,
    Minute,
    Persona,
    Provenance,
    SegmentNote,
    Severity,
    SourceFile,
    Stage,
    Statement,
    Step,
    Touchpoint,
    Urgency,
    Verdict,
    VerdictState,
)
from tropa.domain.text import Language

K = LaneKind

DELIVERY_TREND = a_trend(0.38, 0.39, 0.37, 0.40, 0.39, 0.41, 0.54, 0.58, 0.56, 0.59, 0.57, 0.58, 0.58)
DELIVERY_LOSS = a_share(
    "m-delivery",
    2_094,
    5_236,
    was=(1_204, 4_310),
    trend=DELIVERY_TREND,
    segments=tuple(
        SegmentFigure(
            segment={"device": device},
            value=count / of,
            low=wilson(count, of)[0],
            high=wilson(count, of)[1],
            count=count,
            of=of,
        )
        for device, count, of in (("телефон", 1_702, 3_410), ("компьютер", 392, 1_826))
    ),
    note=t(
        "Из 5 236 выбиравших доставку 1 августа — 31 октября 2 094 (40,0 %; 38,7–41,3) не заплатили за 7 дней",
        "Of 5,236 who chose a delivery between 1 August and 31 October, 2,094 (40.0%; 38.7–41.3) did not pay within 7 days",
    ),
)
SLOW_ANSWER = a_duration("m-answer", 4_980, 486, was=1_500)
LATE_QUOTES = (
    a_quote(
        "Выбрала помол, обжарку, а про 390 рублей за доставку узнала в самом конце. Закрыла.",
        proof="про 390 рублей за доставку узнала в самом конце",
        stars=2,
    ),
    a_quote(
        "Срок доставки показали только после телефона и адреса", proof="только после телефона и адреса", source="Чат"
    ),
    a_quote("Пока вводил адрес с телефона, корзина обнулилась, и я плюнул", proof="корзина обнулилась", stars=1),
)


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(
            key="notice",
            order="a1",
            name=t("Узнаю о кофе", "Hearing about it"),
            persons=38_420,
            conversion=went_on("choose", 21_940, 38_420),
            median_seconds_to_next=2 * 86_400,
            p90_seconds_to_next=9 * 86_400,
            lost_to=(LostTo(to=None, persons=15_102), LostTo(to="renew", persons=1_378)),
            verdict=Verdict(
                state=VerdictState.OK,
                text=t(
                    "В порядке: к выбору переходят 57 %, 21 940 из 38 420",
                    "Fine: 57%, 21,940 of 38,420, go on to choosing",
                ),
            ),
            steps=(
                Step(
                    key="ad",
                    order="a1",
                    name=t("Видит рекламу", "Sees the ad"),
                    touchpoints=("ads",),
                    persons=38_420,
                    events=61_340,
                    conversion=went_on("article", 26_310, 38_420),
                    median_seconds_to_next=5_400,
                ),
                Step(
                    key="article",
                    order="a2",
                    name=t("Читает статью о вкусе", "Reads about taste"),
                    touchpoints=("blog",),
                    persons=26_310,
                    events=40_112,
                    conversion=went_on("catalog", 21_940, 26_310),
                    median_seconds_to_next=172_800,
                ),
            ),
            touchpoints=(
                Touchpoint(key="ads", name=t("Реклама VK", "VK ads"), channel="social", persons=38_420, events=61_340),
                Touchpoint(key="blog", name=t("Блог", "Blog"), channel="site", persons=26_310, events=40_112),
            ),
        ),
        Stage(
            key="choose",
            order="a2",
            name=t("Выбираю зерно", "Choosing beans"),
            persons=21_940,
            conversion=went_on("try", 7_480, 21_940),
            median_seconds_to_next=345_600,
            p90_seconds_to_next=1_900_000,
            lost_to=(LostTo(to=None, persons=12_044), LostTo(to="notice", persons=2_416)),
            loops=(Loop(to="choose", persons=9_120, events=23_410, of=21_940),),
            verdict=Verdict(
                state=VerdictState.ATTENTION,
                text=t(
                    "Внимание: 9 120 из 21 940 возвращаются от описания к каталогу",
                    "Watch: 9,120 of 21,940 go back from a card to the catalogue",
                ),
            ),
            steps=(
                Step(
                    key="catalog",
                    order="a1",
                    name=t("Листает каталог", "Browses the catalogue"),
                    touchpoints=("catalog",),
                    persons=21_940,
                    events=58_004,
                    conversion=went_on("card", 15_870, 21_940),
                    median_seconds_to_next=372,
                ),
                Step(
                    key="card",
                    order="a2",
                    name=t("Читает описание", "Reads a card"),
                    touchpoints=("card",),
                    persons=15_870,
                    events=44_872,
                    conversion=went_on("quiz", 8_904, 15_870),
                    median_seconds_to_next=240,
                    loops=(Loop(to="catalog", persons=9_120, events=23_410, of=15_870),),
                ),
                Step(
                    key="quiz",
                    order="a3",
                    name=t("Проходит подбор вкуса", "Takes the taste quiz"),
                    touchpoints=("quiz", "chat"),
                    persons=8_904,
                    events=9_671,
                    conversion=went_on("cart", 7_480, 8_904),
                    median_seconds_to_next=86_400,
                    loops=(Loop(to=None, persons=767, events=767, of=8_904),),
                ),
            ),
            touchpoints=(
                Touchpoint(
                    key="catalog", name=t("Каталог", "Catalogue"), channel="site", persons=21_940, events=58_004
                ),
                Touchpoint(
                    key="card", name=t("Карточка", "Product card"), channel="site", persons=15_870, events=44_872
                ),
                Touchpoint(
                    key="quiz", name=t("Подбор вкуса", "Taste quiz"), channel="site", persons=8_904, events=9_671
                ),
                Touchpoint(
                    key="chat", name=t("Чат с бариста", "Barista chat"), channel="messenger", persons=486, mentions=61
                ),
            ),
        ),
        Stage(
            key="try",
            order="a3",
            name=t("Покупаю пробный набор", "Buying a trial kit"),
            persons=7_480,
            conversion=went_on("receive", 3_142, 7_480),
            median_seconds_to_next=32_400,
            p90_seconds_to_next=260_000,
            moment_of_truth=True,
            lost_to=(LostTo(to=None, persons=3_290), LostTo(to="choose", persons=1_048)),
            verdict=Verdict(
                state=VerdictState.FIX,
                text=t(
                    "Чинить: на выборе доставки теряем 2 094 из 5 236",
                    "Fix: 2,094 of 5,236 are lost at the delivery choice",
                ),
            ),
            steps=(
                Step(
                    key="cart",
                    order="a1",
                    name=t("Кладёт набор в корзину", "Adds a kit to the cart"),
                    touchpoints=("cart",),
                    persons=7_480,
                    events=9_003,
                    conversion=went_on("delivery", 5_236, 7_480),
                    median_seconds_to_next=360,
                ),
                Step(
                    key="delivery",
                    order="a2",
                    name=t("Выбирает доставку", "Chooses a delivery"),
                    touchpoints=("delivery", "address"),
                    persons=5_236,
                    events=7_710,
                    conversion=went_on("pay", 3_142, 5_236),
                    median_seconds_to_next=540,
                    moment_of_truth=True,
                ),
                Step(
                    key="pay",
                    order="a3",
                    name=t("Платит", "Pays"),
                    touchpoints=("pay",),
                    persons=3_142,
                    events=3_320,
                    conversion=went_on("wait", 3_142, 3_142),
                    median_seconds_to_next=86_400,
                ),
            ),
            touchpoints=(
                Touchpoint(key="cart", name=t("Корзина", "Cart"), channel="site", persons=7_480, events=9_003),
                Touchpoint(
                    key="delivery",
                    name=t("Условия доставки", "Delivery terms"),
                    channel="site",
                    persons=5_236,
                    events=7_710,
                    mentions=143,
                ),
                Touchpoint(key="address", name=t("Форма адреса", "Address form"), channel="site", mentions=44),
                Touchpoint(key="pay", name=t("Оплата СБП", "Payment"), channel="app", persons=3_142, events=3_320),
            ),
        ),
        Stage(
            key="receive",
            order="a4",
            name=t("Жду и получаю", "Waiting for it"),
            persons=3_142,
            conversion=went_on("brew", 2_968, 3_142, days=30),
            median_seconds_to_next=449_280,
            p90_seconds_to_next=900_000,
            lost_to=(LostTo(to=None, persons=174),),
            verdict=Verdict(
                state=VerdictState.ATTENTION,
                text=t(
                    "Внимание: 1 011 из 3 142 ждут дольше обещанного", "Watch: 1,011 of 3,142 wait longer than promised"
                ),
            ),
            steps=(
                Step(
                    key="wait",
                    order="a1",
                    name=t("Ждёт посылку", "Waits for the parcel"),
                    touchpoints=("sms",),
                    persons=3_142,
                    events=3_142,
                    conversion=went_on("pickup", 2_968, 3_142),
                    median_seconds_to_next=449_280,
                ),
                Step(
                    key="pickup",
                    order="a2",
                    name=t("Забирает набор", "Picks it up"),
                    touchpoints=("point", "box"),
                    persons=2_968,
                    events=2_968,
                ),
            ),
            touchpoints=(
                Touchpoint(key="sms", name=t("SMS о пути", "Tracking SMS"), channel="messenger", mentions=58),
                Touchpoint(
                    key="point", name=t("Пункт выдачи", "Pick-up point"), channel="offline", persons=2_968, mentions=72
                ),
                Touchpoint(key="box", name=t("Коробка", "The box"), channel="offline", mentions=37),
            ),
        ),
        Stage(
            key="brew",
            order="a5",
            name=t("Завариваю дома", "Brewing at home"),
            persons=2_968,
            verdict=Verdict(
                state=VerdictState.FEW_DATA,
                text=t("Мало данных: 24 голоса, событий нет", "Few data: 24 voices, no events"),
            ),
            steps=(
                Step(
                    key="first_cup",
                    order="a1",
                    name=t("Варит первую чашку", "Brews the first cup"),
                    touchpoints=("leaflet",),
                ),
                Step(
                    key="ask",
                    order="a2",
                    name=t("Спрашивает бариста", "Asks the barista"),
                    touchpoints=("chat_after",),
                    persons=486,
                    events=733,
                    median_seconds_to_next=1_814_400,
                ),
            ),
            touchpoints=(
                Touchpoint(key="leaflet", name=t("Памятка", "Leaflet"), channel="offline", mentions=19),
                Touchpoint(key="chat_after", name=t("Чат", "Chat"), channel="messenger", persons=486, mentions=33),
            ),
        ),
        Stage(
            key="renew",
            order="a6",
            name=t("Остаюсь на подписке", "Staying subscribed"),
            persons=1_034,
            goal=True,
            verdict=Verdict(
                state=VerdictState.FIX,
                text=t(
                    "Чинить: подписались 1 034 из 2 811, у кого прошло 30 дней",
                    "Fix: 1,034 of the 2,811 whose 30 days have passed subscribed",
                ),
            ),
            steps=(
                Step(
                    key="subscribe",
                    order="a1",
                    name=t("Оформляет подписку", "Subscribes"),
                    touchpoints=("letter", "account"),
                    persons=1_034,
                    events=1_088,
                    conversion=went_on("recommend", 212, 1_034, days=90),
                    median_seconds_to_next=3_542_400,
                ),
                Step(
                    key="recommend",
                    order="a2",
                    name=t("Советует друзьям", "Tells friends"),
                    touchpoints=("promo",),
                    persons=212,
                    events=297,
                ),
            ),
            touchpoints=(
                Touchpoint(key="letter", name=t("Письмо", "E-mail"), channel="email", persons=1_034),
                Touchpoint(key="account", name=t("Личный кабинет", "Account"), channel="site", persons=870),
                Touchpoint(
                    key="promo", name=t("Промокод другу", "A code for a friend"), channel="messenger", persons=212
                ),
            ),
        ),
    )


def _emotion(
    stage: str, step: str, value: float | None, points: tuple[int, ...], names: tuple[str, ...], *quotes: Quote
) -> Card:
    count = sum(points)
    half = None if value is None else 1.1 / max(1, count) ** 0.5
    evidence: tuple[Evidence, ...] = (voices(f"q-{step}", count, 1_912, *quotes),) if count else ()
    return a_card(
        K.EMOTION,
        stage,
        (names[0].capitalize() if names else "Нет отзывов"),
        None,
        step=step,
        value=value,
        low=None if value is None or half is None else max(-2.0, value - half),
        high=None if value is None or half is None else min(2.0, value + half),
        voices=count or None,
        names=names,
        points=points,
        evidence=evidence,
    )


def _emotions() -> tuple[Card, ...]:
    return (
        _emotion("notice", "ad", 0.9, (2, 5, 12, 30, 14), ("интерес",)),
        _emotion("notice", "article", 0.2, (4, 9, 21, 12, 5), ("спокойствие",)),
        _emotion("choose", "catalog", 0.6, (3, 6, 14, 22, 9), ("предвкушение", "нерешительность")),
        _emotion(
            "choose",
            "card",
            1.1,
            (1, 2, 8, 26, 19),
            ("уверенность",),
            a_quote("Наконец понял, чем Эфиопия отличается от Кении", stars=5),
        ),
        _emotion("choose", "quiz", 0.8, (1, 3, 7, 15, 8), ("удивление",)),
        _emotion("try", "cart", 0.4, (3, 6, 12, 11, 4), ("предвкушение",)),
        _emotion("try", "delivery", -1.6, (88, 41, 9, 4, 1), ("раздражение", "недоверие"), *LATE_QUOTES),
        _emotion("try", "pay", -0.3, (9, 12, 18, 8, 3), ("тревога",), a_quote("Заплатил, но осадок остался", stars=3)),
        _emotion(
            "receive",
            "wait",
            -1.1,
            (31, 22, 11, 5, 2),
            ("тревога", "усталость"),
            a_quote("Пять дней ни слова, а кофе свежей обжарки стареет", proof="Пять дней ни слова", stars=2),
        ),
        _emotion(
            "receive",
            "pickup",
            1.4,
            (0, 2, 5, 17, 41),
            ("восторг",),
            a_quote("Коробка пахнет на всю квартиру!", stars=5),
        ),
        _emotion("brew", "first_cup", None, (), ()),
        _emotion(
            "brew",
            "ask",
            -0.8,
            (4, 3, 1, 1, 0),
            ("растерянность",),
            a_quote("Памятка мелкая, помол для турки так и не нашёл", stars=3),
        ),
        _emotion("renew", "subscribe", 1.2, (1, 2, 6, 15, 18), ("доверие",)),
        _emotion(
            "renew",
            "recommend",
            1.7,
            (0, 0, 2, 6, 21),
            ("восторг",),
            a_quote("Подарил код трём коллегам, теперь пьём одно и то же", stars=5),
        ),
    )


def _barriers() -> tuple[Card, ...]:
    return (
        a_card(
            K.BARRIER,
            "notice",
            "В статье нет ссылки на набор",
            "The article does not link to the kit",
            step="article",
            severity=Severity.MINOR,
            evidence=(a_share("m-article", 4_370, 26_310),),
        ),
        a_card(
            K.BARRIER,
            "choose",
            "Не видно, какой кофе подойдёт для турки",
            "No way to see what suits a cezve",
            step="catalog",
            evidence=(voices("q-filter", 3, 214, a_quote("Где фильтр по турке?", stars=3)),),
        ),
        a_card(
            K.BARRIER,
            "choose",
            "Ходят по кругу: описание → каталог",
            "Going round: card → catalogue",
            step="card",
            severity=Severity.MAJOR,
            evidence=(a_share("m-loop", 9_120, 15_870, metric="loop_share", was=(4_010, 12_640)),),
            finding="loop.choose.card",
        ),
        a_card(
            K.BARRIER,
            "choose",
            "Бариста отвечает 83 минуты",
            "The barista answers in 83 minutes",
            step="quiz",
            severity=Severity.MAJOR,
            evidence=(SLOW_ANSWER,),
            flags=(),
        ),
        a_card(
            K.BARRIER,
            "try",
            "С телефона корзина обнуляется",
            "The cart empties on phones",
            step="cart",
            severity=Severity.MAJOR,
            evidence=(a_share("m-cart", 731, 1_106), voices("q-cart", 12, 1_912, LATE_QUOTES[2])),
        ),
        a_card(
            K.BARRIER,
            "try",
            "Цена и срок доставки видны только после адреса",
            "Delivery price and day show only after the address",
            step="delivery",
            severity=Severity.CRITICAL,
            evidence=(DELIVERY_LOSS, voices("q-delivery", 143, 1_912, *LATE_QUOTES)),
            finding="drop_off.try.delivery",
            touchpoint="delivery",
            author=Author.PERSON,
        ),
        a_card(K.BARRIER, "try", "Боится платить, не зная дня", "Fears paying without knowing the day", step="pay"),
        a_card(
            K.BARRIER,
            "receive",
            "Пять дней без вестей о посылке",
            "Five days with no news of the parcel",
            step="wait",
            severity=Severity.CRITICAL,
            evidence=(a_share("m-late", 1_011, 3_142, metric="late_share", was=(402, 2_876)),),
            finding="slow.receive.wait",
        ),
        a_card(
            K.BARRIER,
            "receive",
            "Пункт закрыт в выходные",
            "The pick-up point is closed at weekends",
            step="pickup",
            severity=Severity.MINOR,
            evidence=(voices("q-point", 12, 72, a_quote("Приехал в субботу — закрыто", stars=2)),),
            flags=(Flag.CONTRADICTED,),
        ),
        a_card(
            K.BARRIER,
            "brew",
            "Мелкий шрифт в памятке",
            "Small print in the leaflet",
            step="first_cup",
            evidence=(voices("q-leaflet", 4, 19, a_quote("Без лупы не прочтёшь", stars=3)),),
            flags=(Flag.SMALL_SAMPLE,),
        ),
        a_card(
            K.BARRIER,
            "brew",
            "Не знает, какой помол заказать в следующий раз",
            "Does not know which grind to order next",
            step="ask",
            evidence=(
                Report(
                    key="r-grind",
                    by=ReportBy.EMPLOYEE,
                    text=t(
                        "Каждый третий вопрос в чате — про помол", "Every third question in the chat is about the grind"
                    ),
                    date=date(2025, 9, 8),
                    source="старший бариста",
                ),
            ),
        ),
        a_card(
            K.BARRIER,
            "renew",
            "Скидка первого месяца не применяется",
            "The first month's discount is not applied",
            step="subscribe",
            severity=Severity.MAJOR,
            evidence=(a_share("m-discount", 88, 412),),
            flags=(Flag.STALE,),
        ),
    )


def _kpis() -> tuple[Card, ...]:
    rising, falling = (0.50, 0.51, 0.53, 0.52, 0.55, 0.57), (0.41, 0.40, 0.38, 0.37, 0.36, 0.368)

    def kpi(stage: str, step: str | None, ru: str, en: str, evidence: Evidence) -> Card:
        return a_card(K.KPI, stage, ru, en, step=step, evidence=(evidence,))

    return (
        kpi(
            "notice",
            "ad",
            "Читают статью",
            "Read the article",
            a_share(
                "k-ad",
                26_310,
                38_420,
                metric="conversion",
                was=(24_100, 38_000),
                trend=a_trend(0.62, 0.63, 0.65, 0.66, 0.67, 0.685),
            ),
        ),
        kpi(
            "notice",
            "article",
            "Идут в каталог",
            "Go to the catalogue",
            a_share(
                "k-article",
                21_940,
                26_310,
                metric="conversion",
                was=(21_990, 26_020),
                trend=a_trend(0.85, 0.85, 0.84, 0.84, 0.83, 0.834),
            ),
        ),
        kpi(
            "choose",
            "catalog",
            "Открыли карточку",
            "Opened a card",
            a_share("k-catalog", 15_870, 21_940, metric="conversion", was=(14_300, 20_400), trend=a_trend(*rising)),
        ),
        kpi("choose", "quiz", "Ответ бариста", "Barista answers", SLOW_ANSWER),
        kpi(
            "try",
            "cart",
            "До доставки",
            "Reached delivery",
            a_share(
                "k-cart",
                5_236,
                7_480,
                metric="conversion",
                was=(4_310, 6_012),
                trend=a_trend(0.72, 0.71, 0.71, 0.70, 0.70, 0.70),
            ),
        ),
        kpi("try", "delivery", "Ушли с доставки", "Left at delivery", DELIVERY_LOSS),
        kpi("try", "pay", "Средний чек", "Median order", some_money("k-money", 148_000, 3_142)),
        kpi(
            "receive",
            "wait",
            "Ждут дольше срока",
            "Wait too long",
            a_share(
                "k-wait",
                1_011,
                3_142,
                metric="late_share",
                was=(402, 2_876),
                trend=a_trend(0.14, 0.17, 0.22, 0.28, 0.31, 0.322),
            ),
        ),
        kpi(
            "receive",
            "pickup",
            "Забрали",
            "Picked up",
            a_share(
                "k-pickup",
                2_968,
                3_142,
                metric="conversion",
                was=(2_700, 2_876),
                trend=a_trend(0.93, 0.94, 0.94, 0.945),
            ),
        ),
        kpi("brew", "ask", "Решили с первого раза", "Solved at once", a_share("k-ask", 14, 24, metric="conversion")),
        kpi(
            "renew",
            "subscribe",
            "Подписались за 30 дней",
            "Subscribed in 30 days",
            a_share("k-sub", 1_034, 2_811, metric="conversion", was=(1_102, 2_640), trend=a_trend(*falling)),
        ),
        kpi(
            "renew",
            "recommend",
            "Позвали друга",
            "Brought a friend",
            a_share(
                "k-friend",
                212,
                1_034,
                metric="conversion",
                was=(150, 900),
                trend=a_trend(0.16, 0.17, 0.18, 0.19, 0.205),
            ),
        ),
    )


def _plain_lanes() -> tuple[Card, ...]:
    actions = (
        ("notice", "ad", "Листает ленту, сохраняет пост о свежей обжарке", "Scrolls, saves a post on fresh roast"),
        ("notice", "article", "Читает, чем кислинка отличается от горечи", "Reads how acidity differs from bitterness"),
        ("choose", "catalog", "Открывает 4–5 сортов, сравнивает", "Opens 4–5 kinds and compares"),
        ("choose", "card", "Читает отзывы и обжарку", "Reads reviews and the roast"),
        ("choose", "quiz", "Отвечает на семь вопросов", "Answers seven questions"),
        ("try", "cart", "Добавляет набор на три пачки", "Adds a kit of three packs"),
        ("try", "delivery", "Вводит адрес, меняет способ", "Types the address, changes the way"),
        ("try", "pay", "Платит по СБП с телефона", "Pays from the phone"),
        ("receive", "wait", "Проверяет статус дважды в день", "Checks the status twice a day"),
        ("receive", "pickup", "Забирает по дороге домой", "Picks it up on the way home"),
        ("brew", "first_cup", "Сверяется с памяткой", "Follows the leaflet"),
        ("brew", "ask", "Пишет в чат про помол", "Asks about the grind"),
        ("renew", "subscribe", "Выбирает день недели и объём", "Picks a weekday and a volume"),
        ("renew", "recommend", "Отправляет промокод в рабочий чат", "Sends a code to colleagues"),
    )
    measured = {
        "cart": a_share("a-cart", 6_104, 7_480, metric="share"),
        "pay": a_share("a-pay", 2_011, 3_142, metric="share"),
    }
    goals = (
        (
            "notice",
            "Понять, стоит ли пробовать что-то новее магазинного",
            "See whether anything beats the shop's coffee",
        ),
        (
            "choose",
            "Выбрать то, что точно понравится и подойдёт под турку или кофеварку",
            "Pick what is sure to please and suits the cezve or machine",
        ),
        ("try", "Знать цену и день доставки до того, как плачу", "Know price and day before I pay"),
        ("receive", "Не волноваться, что зерно выдохнется", "Not to worry that the beans go stale"),
        ("brew", "Сварить как в кофейне", "Brew as in a coffee house"),
        ("renew", "Больше не думать, когда кончится кофе", "Never think again when coffee runs out"),
    )
    touchpoints = tuple(
        a_card(
            K.TOUCHPOINT,
            stage.key,
            place.name.ru or "",
            place.name.en,
            step=step.key,
            n=n,
            touchpoint=place.key,
            evidence=(a_share(f"t-{place.key}", place.persons, max(place.persons, stage.persons or 1), metric="share"),)
            if place.persons
            else (voices(f"v-{place.key}", place.mentions or 5, 1_912),),
        )
        for stage in _stages()
        for step in stage.steps
        for n, place in enumerate((p for p in stage.touchpoints if p.key in step.touchpoints), 1)
    )
    return (
        *(
            a_card(
                K.ACTION,
                stage,
                ru,
                en,
                step=step,
                evidence=(measured[step],)
                if step in measured
                else (
                    Report(
                        key=f"r-{step}",
                        by=ReportBy.OBSERVATION,
                        text=t("Наблюдали за шестью клиентами", "Six customers observed"),
                    ),
                ),
            )
            for stage, step, ru, en in actions
        ),
        *(
            a_card(K.GOAL, stage, ru, en, evidence=() if stage in {"brew", "renew"} else (voices(f"g-{stage}", 9, 14),))
            for stage, ru, en in goals
        ),
        *touchpoints,
    )


def _importance() -> tuple[Card, ...]:
    weights = {
        "ad": 2,
        "article": 2,
        "catalog": 3,
        "card": 3,
        "quiz": 3,
        "cart": 4,
        "delivery": 5,
        "pay": 4,
        "wait": 4,
        "pickup": 3,
        "ask": 3,
        "subscribe": 5,
        "recommend": 2,
    }
    homes = {step.key: stage.key for stage in _stages() for step in stage.steps}
    why = t(
        "На шаг приходится 38 % потерь цели сверх обычного уровня: 890 из 2 342",
        "The step holds 38% of the goal's losses above baseline: 890 of 2,342",
    )
    return tuple(
        a_card(
            K.IMPORTANCE,
            homes[step],
            f"Важность {value} из 5",
            f"Importance {value} of 5",
            step=step,
            value=float(value),
            reason=why,
            evidence=(a_share(f"i-{step}", 890, 2_342, metric="loss_share"),),
        )
        for step, value in weights.items()
    )


def _ideas() -> tuple[Card, ...]:
    proof = Experiment(
        key="x-sms",
        name=t("SMS каждые сутки", "A daily SMS"),
        metric="late_share",
        unit=Unit.SHARE,
        effect=-0.041,
        low=-0.062,
        high=-0.019,
        of=1_480,
        period=SPRING,
    )
    return (
        a_card(
            K.RECOMMENDATION,
            "choose",
            "Поставить подбор вкуса над каталогом для новых",
            "Put the taste quiz above the catalogue",
            step="card",
            urgency=Urgency.ORDINARY,
            evidence=(a_share("m-loop2", 9_120, 15_870, metric="loop_share"),),
            finding="loop.choose.card",
        ),
        a_card(
            K.RECOMMENDATION,
            "try",
            "Показать цену и день доставки по городу ещё в корзине, до адреса",
            "Show price and day by city in the cart, before the address",
            step="delivery",
            spans=("pay",),
            urgency=Urgency.KEY,
            evidence=(DELIVERY_LOSS,),
            finding="drop_off.try.delivery",
            owner=t("Логистика", "Logistics"),
            hypothesis="h-delivery",
        ),
        a_card(
            K.RECOMMENDATION,
            "receive",
            "Слать SMS каждые сутки пути",
            "Send an SMS every day of the way",
            step="wait",
            urgency=Urgency.URGENT,
            evidence=(proof,),
            finding="slow.receive.wait",
        ),
        a_card(
            K.RECOMMENDATION,
            "renew",
            "Предложить подписку на пятый день после первой чашки",
            "Offer the subscription on the fifth day",
            step="subscribe",
        ),
        a_card(
            K.HYPOTHESIS,
            "choose",
            "Если показать фильтр «для турки», в корзину пойдёт больше",
            "If a cezve filter is shown, more will add to the cart",
            step="catalog",
            hypothesis="h-filter",
        ),
        a_card(
            K.HYPOTHESIS,
            "try",
            "Если показать цену доставки в корзине, заплатят на 6 п.п. больше",
            "If the price shows in the cart, 6 pp more will pay",
            step="delivery",
            spans=("pay",),
            hypothesis="h-delivery",
            evidence=(DELIVERY_LOSS,),
        ),
        a_card(
            K.HYPOTHESIS,
            "receive",
            "SMS каждые сутки: опоздавших на 4,1 п.п. меньше",
            "A daily SMS: 4.1 pp fewer wait too long",
            step="wait",
            hypothesis="h-sms",
            evidence=(proof,),
        ),
        a_card(
            K.GAIN,
            "receive",
            "Коробка пахнет кофе",
            "The box smells of coffee",
            step="pickup",
            evidence=(voices("q-box", 37, 1_912, a_quote("Коробка пахнет на всю квартиру!", stars=5)),),
        ),
        a_card(
            K.GAIN,
            "choose",
            "Понятные описания вкуса",
            "Clear taste notes",
            step="card",
            evidence=(voices("q-notes", 26, 1_912),),
        ),
        a_card(
            K.INSIGHT,
            "brew",
            "После доставки с клиентом никто не говорит",
            "Nobody speaks to the customer after delivery",
        ),
        a_card(
            K.OPPORTUNITY,
            "renew",
            "Кто спросил бариста, подписывается чаще: 241 из 486",
            "Those who asked the barista subscribe more: 241 of 486",
            step="subscribe",
            evidence=(a_share("o-ask", 241, 486, metric="conversion", was=(793, 2_325)),),
        ),
        a_card(
            K.WAIT,
            "receive",
            "От оплаты до выдачи",
            "From payment to pick-up",
            step="wait",
            evidence=(a_duration("w-wait", 449_280, 2_968, metric="wait"),),
        ),
        a_card(
            K.WAIT,
            "try",
            "От корзины до оплаты",
            "From cart to payment",
            evidence=(a_duration("w-try", 32_400, 3_142, metric="wait"),),
        ),
        a_card(
            K.QUOTE,
            "try",
            "Закрыла",
            "I closed it",
            step="delivery",
            evidence=(voices("q-one", 1, 1_912, LATE_QUOTES[0]),),
        ),
        a_card(
            K.TRIGGER,
            "notice",
            "Кончился кофе, в магазине — старый",
            "Out of coffee; the shop's is stale",
            evidence=(voices("q-trigger", 6, 14),),
        ),
        a_card(
            K.EXPECTATION,
            "receive",
            "Обжарено не раньше чем неделю назад",
            "Roasted a week ago at most",
            evidence=(voices("q-fresh", 11, 14),),
        ),
        a_card(
            K.DEVICE,
            "try",
            "Телефон",
            "Phone",
            step="delivery",
            evidence=(a_share("d-phone", 3_410, 5_236, metric="share"),),
        ),
    )


def _findings() -> tuple[Finding, ...]:
    money = Money(amount=126_000_000, low=112_000_000, high=141_000_000, currency="RUB")
    advice = Recommendation(
        key="delivery-price-early",
        metric="conversion",
        urgency="key",
        text=t(
            "Покажите цену и день доставки по городу в корзине, до адреса: ждём, что из 5 236 уйдёт меньше 2 094",
            "Show price and day in the cart, before the address",
        ),
        first_step=t(
            "Сегодня: добавьте в корзину строку «доставка от 190 ₽, 2–5 дней»",
            "Today: add a line “delivery from 190 ₽, 2–5 days” to the cart",
        ),
        not_when=t("Не нужно, если цена доставки одна для всех", "Not when delivery costs the same for all"),
    )
    return (
        Finding(
            code="drop_off.try.delivery",
            kind=FindingKind.DROP_OFF,
            stage="try",
            touchpoint="delivery",
            at=FindingPlace(event="delivery", to_event="pay"),
            segment={"device": "телефон"},
            since=date(2025, 9, 12),
            metric="drop_off",
            unit=Unit.SHARE,
            value=1_702 / 3_410,
            baseline=0.279,
            interval=wilson(1_702, 3_410),
            of=3_410,
            q_value=0.0004,
            persons_affected=854,
            period=QUARTER,
            money=money,
            near_change=t("новая форма доставки, 12 сентября", "a new delivery form, 12 September"),
            evidence=(DELIVERY_LOSS, voices("q-delivery", 143, 1_912, *LATE_QUOTES)),
            recommendation=advice,
            hypothesis="h-delivery",
            text=t(
                "С телефона уходят с выбора доставки: 1 702 из 3 410 вместо каждого четвёртого",
                "Phone buyers leave at the delivery choice: 1,702 of 3,410 instead of one in four",
            ),
        ),
        Finding(
            code="slow.receive.wait",
            kind=FindingKind.SLOW,
            stage="receive",
            since=date(2025, 9, 1),
            metric="late_share",
            unit=Unit.SHARE,
            value=1_011 / 3_142,
            baseline=402 / 2_876,
            interval=wilson(1_011, 3_142),
            of=3_142,
            persons_affected=572,
            period=QUARTER,
            money=Money(amount=61_000_000, low=44_000_000, high=78_000_000, currency="RUB"),
            evidence=(a_share("m-late", 1_011, 3_142, metric="late_share", was=(402, 2_876)),),
            text=t(
                "Посылку ждут дольше обещанного: 1 011 из 3 142, раньше 402 из 2 876",
                "Parcels come later than promised: 1,011 of 3,142, earlier 402 of 2,876",
            ),
        ),
        Finding(
            code="loop.choose.card",
            kind=FindingKind.LOOP,
            stage="choose",
            metric="loop_share",
            unit=Unit.SHARE,
            value=9_120 / 15_870,
            baseline=4_010 / 12_640,
            interval=wilson(9_120, 15_870),
            of=15_870,
            persons_affected=4_085,
            period=QUARTER,
            evidence=(a_share("m-loop", 9_120, 15_870, metric="loop_share", was=(4_010, 12_640)),),
            text=t(
                "Ходят по кругу между описанием и каталогом: 9 120 из 15 870",
                "Going round between card and catalogue: 9,120 of 15,870",
            ),
        ),
        Finding(
            code="opportunity.renew.ask",
            kind=FindingKind.OPPORTUNITY,
            stage="renew",
            segment={"asked_barista": ["да"]},
            metric="conversion",
            unit=Unit.SHARE,
            value=241 / 486,
            baseline=793 / 2_325,
            interval=wilson(241, 486),
            of=486,
            persons_affected=75,
            period=QUARTER,
            evidence=(a_share("o-ask", 241, 486, metric="conversion", was=(793, 2_325)),),
            text=t(
                "Кто спросил бариста, подписывается чаще: 241 из 486",
                "Those who asked the barista subscribe more often: 241 of 486",
            ),
        ),
    )


def _hypotheses() -> tuple[Hypothesis, ...]:
    return (
        Hypothesis(
            key="h-delivery",
            stage="try",
            text=t(
                "Если показать цену и день доставки в корзине, то заплатят чаще, потому что уходят на адресе",
                "If price and day show in the cart, then more will pay, because people leave at the address",
            ),
            metric="conversion",
            unit=Unit.SHARE,
            value_now=3_142 / 5_236,
            of=5_236,
            detectable=(
                DetectableEffect(weeks=2, effect=0.061),
                DetectableEffect(weeks=4, effect=0.043),
                DetectableEffect(weeks=8, effect=0.030),
            ),
            finding="drop_off.try.delivery",
            status=HypothesisStatus.PLANNED,
            impact=9,
            confidence=8,
            ease=8,
        ),
        Hypothesis(
            key="h-sms",
            stage="receive",
            text=t(
                "Если слать SMS каждые сутки, то тревоги станет меньше, потому что молчание пугает",
                "If an SMS comes daily, then people worry less, because silence frightens",
            ),
            metric="late_share",
            unit=Unit.SHARE,
            value_now=1_011 / 3_142,
            of=3_142,
            status=HypothesisStatus.PROVED,
        ),
        Hypothesis(
            key="h-filter",
            stage="choose",
            text=t(
                "Если показать фильтр «для турки», то выбирать станут быстрее, потому что ищут именно его",
                "If there is a cezve filter, then choosing gets faster, because that is what people look for",
            ),
            metric="conversion",
            unit=Unit.SHARE,
            value_now=0.341,
            of=21_940,
            testable=False,
            instead=t(
                "Проверить A/B не получится: о фильтре говорят трое. Спросите пятерых покупателей с туркой",
                "An A/B test cannot show it: three people speak of it. Ask five buyers with a cezve",
            ),
        ),
    )


def _personas() -> tuple[Persona, ...]:
    return (
        Persona(
            key="oleg",
            name=t("Олег, 38, варит в турке", "Oleg, 38, brews in a cezve"),
            segment={"device": "телефон"},
            persons=24_310,
            of=38_420,
            portrait=t(
                "Заказывает с телефона по дороге домой, читает описания до конца",
                "Orders from the phone on the way home, reads cards to the end",
            ),
            goals=(t("Пить дома кофе не хуже кофейни", "Drink coffee-house coffee at home"),),
            fears=(t("Взять не тот помол и выбросить пачку", "To get the wrong grind and waste a pack"),),
            context=t("Вечер, метро, пять минут", "Evening, metro, five minutes"),
            channels=("social", "site"),
            quote=t("Хочу один раз выбрать и больше не думать", "I want to choose once and stop thinking"),
            questions=(t("Кто ещё пьёт кофе дома?", "Who else drinks coffee at home?"),),
            draft=False,
        ),
        Persona(
            key="desk",
            order="a1",
            name=t("«Сравниваю с компьютера»", "“I compare at the desk”"),
            segment={"device": "компьютер"},
            persons=14_110,
            of=38_420,
            questions=(t("Кем работает?", "What is their job?"), t("Чего боится?", "What do they fear?")),
        ),
    )


def _goal() -> Goal:
    return Goal(
        text=t("Почему пробный набор не доходит до подписки?", "Why does a trial kit not become a subscription?"),
        kpi="trial_to_subscription",
        target=0.45,
        until=date(2026, 6, 30),
        answer=Statement(
            text=t(
                "Из 2 811 клиентов, у кого прошло 30 дней после набора, подписались 1 034 (36,8 %; 35,0–38,6). Главная потеря раньше: на выборе доставки уходят 2 094 из 5 236.",
                "Of 2,811 customers whose 30 days after the kit have passed, 1,034 subscribed (36.8%; 35.0–38.6). The main loss comes earlier: 2,094 of 5,236 leave at the delivery choice.",
            ),
            evidence=(a_share("goal", 1_034, 2_811, metric="conversion", was=(1_102, 2_640)),),
        ),
    )


def a_rich_map() -> JourneyMap:
    """Six stages, fourteen steps, all lanes, all kinds of evidence and flags."""
    return JourneyMap(
        key="warm-roast",
        title=t(
            "Хочу вкусный кофе дома: от первой рекламы до подписки",
            "Good coffee at home: from the first ad to a subscription",
        ),
        goal=_goal(),
        model=BusinessModel.B2C,
        language=Language.RU,
        segment=None,
        persons=38_420,
        currency="RUB",
        provenance=Provenance(
            as_of=date(2025, 10, 31),
            period=QUARTER,
            timezone="Europe/Moscow",
            data="sha256:9c1f0b7a52d3e684",
            config="sha256:51b2d0c7aa907e13",
            engine="tropa 0.1.0",
            sources=(
                SourceFile(file="data/события.csv.gz", rows=281_940),
                SourceFile(file="data/отзывы.csv", rows=1_912, kind="feedback"),
            ),
            feedback=1_912,
            interviews=14,
        ),
        minute=Minute(
            want=Statement(
                text=t(
                    "Хотят один раз выбрать кофе по вкусу и знать день доставки до оплаты: об этом 143 голоса из 1 912.",
                    "They want to choose once and know the day before paying: 143 voices of 1,912 say so.",
                ),
                evidence=(voices("q-delivery", 143, 1_912, *LATE_QUOTES),),
            ),
            loss=Statement(
                text=t(
                    "Больше всего теряем на выборе доставки: 2 094 из 5 236, с телефона — каждого второго.",
                    "Most are lost at the delivery choice: 2,094 of 5,236; on phones every second.",
                ),
                evidence=(DELIVERY_LOSS,),
                card="barrier.try.delivery.1",
            ),
            action=Statement(
                text=t(
                    "Начните с корзины: покажите в ней цену и день доставки по городу, до адреса.",
                    "Start with the cart: show price and day by city there, before the address.",
                ),
                card="recommendation.try.delivery.1",
            ),
        ),
        segments=_segment_notes(),
        personas=_personas(),
        stages=_stages(),
        links=(
            Link(source="card", target="catalog", persons=9_120, events=23_410),
            Link(source="delivery", target="catalog", persons=1_048, events=1_310),
            Link(source="article", target="subscribe", persons=118, events=118),
        ),
        lanes=the_lanes(),
        cards=(*_plain_lanes(), *_emotions(), *_barriers(), *_kpis(), *_importance(), *_ideas()),
        findings=_findings(),
        hypotheses=_hypotheses(),
    )


def _segment_notes() -> tuple[SegmentNote, ...]:
    return (
        SegmentNote(
            key="phone",
            segment={"device": "телефон"},
            name=t("Телефон", "Phone"),
            persons=24_310,
            differs=True,
            file="segments/phone.cjm.json",
            text=t(
                "С телефона на доставке уходят 1 702 из 3 410 (49,9 %), с компьютера — 392 из 1 826 (21,5 %).",
                "On phones 1,702 of 3,410 (49.9%) leave at delivery, at desks 392 of 1,826 (21.5%).",
            ),
            evidence=(DELIVERY_LOSS,),
        ),
        SegmentNote(
            key="desk",
            segment={"device": "компьютер"},
            name=t("Компьютер", "Desktop"),
            persons=14_110,
            differs=False,
            file="segments/desk.cjm.json",
            text=t("Заметных отличий от всех клиентов нет.", "No notable difference from all customers."),
        ),
    )
