"""Whole maps for tests: rich, wide, short, small and empty ones."""

import dataclasses

from builders.coffee import a_rich_map
from builders.pieces import a_card, a_quote, a_share, t, the_lanes, voices, went_on
from tropa.domain.evidence import Flag
from tropa.domain.journeymap import (
    BusinessModel,
    Card,
    Goal,
    JourneyMap,
    LaneKind,
    Persona,
    Stage,
    Step,
    Verdict,
    VerdictState,
)
from tropa.domain.text import Language

__all__ = [
    "a_business_map",
    "a_map_of_40_orders",
    "a_map_with",
    "a_map_without_data",
    "a_rich_map",
    "a_segment_map",
    "a_short_map",
]

K = LaneKind
LONG_WORDS = (
    "Высокотехнологичное переосвидетельствование",
    "Достопримечательности и водогрязеторфопарафинолечение",
    "Частнопредпринимательское перераспределение",
    "Субстанционализирование взаимоотношений",
)


def a_map_with(
    *,
    stages: int = 8,
    steps: int = 24,
    personas: int = 1,
    long_words: bool = False,
    empty: frozenset[LaneKind] = frozenset(),
) -> JourneyMap:
    """A map of so many stages and steps; lanes named in `empty` hold no card."""
    per_stage = [steps // stages + (1 if index < steps % stages else 0) for index in range(stages)]
    people, made, cards = 40_000, [], []
    for place, count in enumerate(per_stage):
        stage = f"s{place + 1}"
        rows = []
        for index in range(count):
            key = f"{stage}-{index + 1}"
            name = LONG_WORDS[(place + index) % len(LONG_WORDS)] if long_words else f"Шаг {place + 1}.{index + 1}"
            rows.append(
                Step(
                    key=key,
                    order=f"a{index + 1}",
                    name=t(name, f"Step {place + 1}.{index + 1}"),
                    persons=people,
                    events=people * 2,
                    conversion=went_on("next", int(people * 0.8), people),
                    median_seconds_to_next=3_600 * (index + 1),
                )
            )
            cards += _cards_of(stage, key, people, place + index, long_words=long_words)
            people = max(60, int(people * 0.8))
        name = LONG_WORDS[place % len(LONG_WORDS)] if long_words else f"Этап {place + 1}"
        made.append(
            Stage(
                key=stage,
                order=f"a{place + 1}",
                name=t(name, f"Stage {place + 1}"),
                persons=rows[0].persons,
                steps=tuple(rows),
                median_seconds_to_next=86_400,
                verdict=Verdict(
                    state=list(VerdictState)[place % 4],
                    text=t("Внимание: уходят 8 000 из 40 000", "Watch: 8,000 of 40,000 leave"),
                ),
            )
        )
    rich = a_rich_map()
    return dataclasses.replace(
        rich,
        key=f"wide-{steps}",
        title=t(LONG_WORDS[0] if long_words else f"Карта на {steps} шагов", f"A map of {steps} steps"),
        stages=tuple(made),
        links=(),
        segments=(),
        findings=(),
        hypotheses=(),
        goal=None,
        minute=None,
        cards=tuple(card for card in cards if LaneKind(card.lane) not in empty),
        personas=tuple(
            Persona(
                key=f"p{n}",
                order=f"a{n}",
                name=t(f"Персона {n + 1}: {LONG_WORDS[n % 4] if long_words else 'кто-то'}", f"Persona {n + 1}"),
                persons=1_000 * (n + 1),
                of=40_000,
            )
            for n in range(personas)
        ),
    )


def _cards_of(stage: str, step: str, people: int, turn: int, *, long_words: bool) -> list[Card]:
    word = LONG_WORDS[turn % len(LONG_WORDS)] if long_words else "Долго ищет нужное"
    mood = (0.9, -1.4, 0.3, 1.5, -0.6)[turn % 5]
    quote = a_quote(f"{word}, и это всё, что могу сказать", stars=3)
    return [
        a_card(K.ACTION, stage, word, "Does something", step=step),
        a_card(
            K.TOUCHPOINT,
            stage,
            word,
            "Site",
            step=step,
            evidence=(a_share(f"t-{step}", people // 2, people, metric="share"),),
        ),
        a_card(
            K.EMOTION,
            stage,
            "Интерес",
            "Interest",
            step=step,
            value=mood,
            low=max(-2, mood - 0.3),
            high=min(2, mood + 0.3),
            voices=30,
            names=("интерес",),
            points=(4, 6, 8, 7, 5),
            evidence=(voices(f"v-{step}", 30, 600, quote),),
        ),
        a_card(K.BARRIER, stage, word, "A hindrance", step=step, evidence=(a_share(f"b-{step}", people // 5, people),)),
        a_card(K.BARRIER, stage, "Ещё один барьер", "One more", step=step, n=2),
        a_card(
            K.KPI,
            stage,
            "Идут дальше",
            "Go on",
            step=step,
            evidence=(a_share(f"k-{step}", int(people * 0.8), people, metric="conversion"),),
        ),
        a_card(
            K.IMPORTANCE,
            stage,
            "Важность",
            "Importance",
            step=step,
            value=1.0 + turn % 5,
            reason=t("Доля потерь", "Share of losses"),
        ),
        a_card(K.RECOMMENDATION, stage, word, "Do this", step=step),
    ]


def a_short_map() -> JourneyMap:
    """Two stages, four steps, no segments."""
    return dataclasses.replace(a_map_with(stages=2, steps=4), key="short", title=t("Короткий путь", "A short path"))


def a_map_without_data() -> JourneyMap:
    """A to-be map of a new business: every card is a guess."""
    stages = tuple(
        Stage(key=key, order=f"a{n}", name=t(ru, en), steps=())
        for n, (key, ru, en) in enumerate(
            (
                ("need", "Понимаю задачу", "Seeing the need"),
                ("search", "Ищу и сравниваю", "Comparing"),
                ("buy", "Покупаю", "Buying"),
                ("use", "Пользуюсь", "Using"),
            ),
            1,
        )
    )
    cards = tuple(
        a_card(kind, stage.key, f"Предполагаем: {stage.name.ru}", f"We suppose: {stage.name.en}")
        for stage in stages
        for kind in (K.ACTION, K.GOAL, K.BARRIER, K.EMOTION, K.RECOMMENDATION)
    )
    return JourneyMap(
        key="new",
        title=t("Новый сервис: как должно быть", "A new service: as it should be"),
        goal=Goal(text=t("Почему посетители не становятся клиентами?", "Why do visitors not become clients?")),
        model=BusinessModel.B2C,
        language=Language.RU,
        segment=None,
        persons=None,
        provenance=None,
        stages=stages,
        lanes=the_lanes(hidden=False),
        cards=cards,
    )


def a_map_of_40_orders() -> JourneyMap:
    """Forty orders and fifteen reviews: purchases only, little data, and honest about it."""
    stages = (
        Stage(
            key="first",
            order="a1",
            name=t("Первая покупка", "First purchase"),
            persons=28,
            conversion=went_on("second", 9, 26, days=90),
            verdict=Verdict(state=VerdictState.FEW_DATA, text=t("Мало данных: 28 человек", "Few data: 28 people")),
            steps=(Step(key="first-buy", order="a1", name=t("Покупает впервые", "Buys first"), persons=28, events=28),),
        ),
        Stage(
            key="second",
            order="a2",
            name=t("Вторая покупка", "Second purchase"),
            persons=9,
            conversion=went_on("later", 2, 7, days=90),
            verdict=Verdict(state=VerdictState.FEW_DATA, text=t("Мало данных: 9 человек", "Few data: 9 people")),
        ),
        Stage(key="later", order="a3", name=t("Покупает ещё", "Buys again"), persons=3, goal=True),
    )
    few = (Flag.SMALL_SAMPLE,)
    cards = (
        a_card(
            K.KPI,
            "first",
            "Купили снова",
            "Bought again",
            evidence=(a_share("k1", 9, 26, metric="conversion"),),
            flags=few,
        ),
        a_card(
            K.BARRIER,
            "first",
            "Долго ждали ответа",
            "Waited long for an answer",
            evidence=(voices("q1", 2, 15, a_quote("Ответили через день", stars=3)),),
            flags=few,
        ),
        a_card(
            K.BARRIER,
            "second",
            "Не нашли прежний товар",
            "Could not find the same thing",
            evidence=(a_share("b2", 7, 20),),
            flags=few,
        ),
        a_card(
            K.EMOTION,
            "first",
            "Доверие",
            "Trust",
            value=0.8,
            low=0.1,
            high=1.5,
            voices=7,
            names=("доверие",),
            points=(0, 1, 1, 3, 2),
            evidence=(voices("e1", 7, 15, a_quote("Всё пришло целым, спасибо", stars=5)),),
            flags=few,
        ),
        a_card(
            K.IMPORTANCE,
            "first",
            "Важность 4 из 5",
            "Importance 4 of 5",
            value=4.0,
            reason=t("Большая часть не возвращается: 17 из 26", "Most do not come back: 17 of 26"),
        ),
        a_card(
            K.RECOMMENDATION,
            "first",
            "Спросите трёх покупателей, почему не вернулись",
            "Ask three buyers why they did not return",
        ),
    )
    return dataclasses.replace(
        a_rich_map(),
        key="forty",
        title=t("Сорок заказов мастерской", "Forty orders of a workshop"),
        persons=28,
        stages=stages,
        links=(),
        segments=(),
        findings=(),
        hypotheses=(),
        personas=(),
        minute=None,
        goal=Goal(text=t("Почему не возвращаются?", "Why do they not return?")),
        cards=cards,
    )


def a_segment_map(key: str = "phone") -> JourneyMap:
    """The rich map for one segment."""
    rich = a_rich_map()
    note = next(one for one in rich.segments if one.key == key)
    return dataclasses.replace(
        rich, key=f"{rich.key}.{key}", segment=note.segment, persons=note.persons, segments=(), findings=()
    )


def a_business_map() -> JourneyMap:
    """A B2B map with the lanes of the buying centre."""
    return dataclasses.replace(a_short_map(), model=BusinessModel.B2B, language=Language.RU)
