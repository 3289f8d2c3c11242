import random
from collections.abc import Sequence

import pytest

from builders.said import TOUCHPOINTS, said, touchpoint
from tropa.domain.hearing import Theme, ThemeChoice, ThemeKind
from tropa.domain.opinion import StatementKind
from tropa.domain.text import Text
from tropa.domain.voice import VoiceLine
from tropa.texts.themes import apply_choices, find_themes


def named(lines: Sequence[VoiceLine], *, fewest: int = 3) -> list[tuple[str | None, int]]:
    return [(one.name.ru or one.name.en, one.voices) for one in find_themes(lines, TOUCHPOINTS, fewest=fewest)]


@pytest.mark.parametrize(
    ("key", "value", "texts", "name"),
    [
        ("packaging", -1, ["коробка вся мятая", "мятую коробку привезли", "Коробка была мятая"], "мятая коробка"),
        ("packaging", -1, ["коробки мятые", "пришли мятые коробки", "обе коробки были мятыми"], "мятые коробки"),
        ("delivery", -1, ["ждали доставку неделю", "доставка долгая", "доставили очень медленно"], "долгая доставка"),
        (
            "support",
            -1,
            ["поддержка не отвечает", "до поддержки не дозвониться", "поддержка молчит"],
            "поддержка не отвечает",
        ),
        ("waiter", -1, ["официант хамил", "официантка нагрубила", "официант огрызался"], "грубый официант"),
        ("app", -1, ["приложение глючит", "приложение зависает", "приложение вылетает"], "сбои приложения"),
        ("restaurant_kitchen", 1, ["вкусно!", "еда вкуснейшая", "все очень вкусно"], "вкусная еда"),
        ("delivery", 1, ["доставили быстро", "быстрая доставка", "привезли моментально"], "быстрая доставка"),
        ("delivery", -1, ["delivery was slow", "the delivery took ages", "slow delivery"], "slow delivery"),
        ("waiter", -1, ["the waiter was rude", "our waiter snapped at us", "rude waiter"], "rude waiter"),
        ("packaging", -1, ["the box was crushed", "a box came dented", "the box was damaged"], "damaged box"),
    ],
)
def test_a_theme_is_called_by_a_thing_and_what_is_wrong_with_it(
    key: str, value: float, texts: list[str], name: str
) -> None:
    lines = [said(f"p{place}", text, key, value=value) for place, text in enumerate(texts)]
    (theme,) = find_themes(lines, TOUCHPOINTS)
    assert name in {theme.name.ru, theme.name.en}
    assert theme.voices == 3


def test_a_listed_quality_of_a_touchpoint_is_named_in_both_languages() -> None:
    texts = ["delivery was slow", "доставка долгая", "доставили медленно"]
    (theme,) = find_themes([said(f"p{i}", text, "delivery") for i, text in enumerate(texts)], TOUCHPOINTS)
    assert theme.name == Text(ru="долгая доставка", en="slow delivery")


def test_a_denied_quality_is_its_opposite() -> None:
    texts = ["доставили не быстро", "доставка совсем не быстрая", "доставили вообще не быстро"]
    (theme,) = find_themes([said(f"p{i}", text, "delivery") for i, text in enumerate(texts)], TOUCHPOINTS)
    assert theme.key == "pain.delivery.slow"


def test_words_for_praise_in_a_complaint_name_nothing() -> None:
    lines = [said(f"p{i}", f"быстрая доставка, называется, {word}", "delivery") for i, word in enumerate("абв")]
    assert not find_themes(lines, TOUCHPOINTS)


def test_a_voice_is_a_person_however_often_they_speak() -> None:
    lines = [said("ann", f"доставка долгая, день {day}", "delivery") for day in range(9)]
    assert named(lines) == []
    assert named([*lines, said("bob", "долгая доставка", "delivery")], fewest=2) == [("долгая доставка", 2)]


def test_a_sentence_repeated_word_for_word_is_no_theme() -> None:
    assert named([said(f"p{i}", "доставка долгая", "delivery") for i in range(9)]) == []


def test_copies_spam_and_employees_are_no_voices() -> None:
    texts = ["доставка долгая", "долгая доставка", "доставили медленно"]
    lines = [said(f"p{i}", text, "delivery") for i, text in enumerate(texts)]
    staff = [said(f"e{i}", text, "delivery", reported=True) for i, text in enumerate(texts)]
    copied = [said(f"c{i}", text, "delivery", duplicate_of="r1") for i, text in enumerate(texts)]
    assert named([*lines, *staff, *copied]) == [("долгая доставка", 3)]


def test_a_quality_belongs_to_the_touchpoint_that_its_thing_is() -> None:
    texts = ["официант принёс, еда холодная", "холодная еда, официант пожал плечами", "и официант, и еда, холодная"]
    lines = [said(f"p{i}", text, "waiter", "restaurant_kitchen") for i, text in enumerate(texts)]
    assert {one.touchpoint for one in find_themes(lines, TOUCHPOINTS)} == {"restaurant_kitchen"}


def test_what_people_want_is_called_by_the_thing() -> None:
    texts = ["хочу тёмную тему", "добавьте тёмную тему", "сделайте тёмную тему", "нужна тёмная тема"]
    texts += ["когда тёмная тема?", "а тёмная тема будет?"]
    lines = [said(f"p{i}", one, "app", value=0, kind=StatementKind.NEED) for i, one in enumerate(texts)]
    (theme,) = find_themes(lines, TOUCHPOINTS)
    assert (theme.kind, theme.name.ru, theme.voices) == (ThemeKind.NEED, "тёмная тема", 6)


def crowd() -> list[VoiceLine]:
    texts = {
        "delivery": ["доставка долгая", "ждали доставку неделю", "доставили медленно", "привезли медленно"],
        "packaging": [
            "коробка мятая",
            "мятая коробка",
            "коробка была мятая",
            "пакет порван",
            "рваный пакет",
            "пакет рваный",
        ],
    }
    return [said(f"{key}{i}", one, key) for key, several in texts.items() for i, one in enumerate(several)]


def test_themes_do_not_depend_on_the_order_of_lines() -> None:
    lines = crowd()
    shuffled = lines[:]
    random.Random(5).shuffle(shuffled)
    assert find_themes(lines, TOUCHPOINTS) == find_themes(shuffled, TOUCHPOINTS)


def test_keys_stay_when_more_is_said() -> None:
    before = {one.key for one in find_themes(crowd(), TOUCHPOINTS)}
    more = [
        said(f"new{i}", text, "delivery") for i, text in enumerate(["курьер опоздал", "опоздали", "поздно привезли"])
    ]
    assert before < {one.key for one in find_themes([*crowd(), *more], TOUCHPOINTS)}


def by_key(themes: Sequence[Theme]) -> dict[str, Theme]:
    return {one.key: one for one in themes}


def test_a_persons_name_survives_a_refresh() -> None:
    choice = ThemeChoice(key="pain.delivery.slow", name=Text(ru="возят целую вечность"))
    later = [*crowd(), said("zoe", "доставка долго ехала", "delivery")]
    theme = by_key(apply_choices(find_themes(later, TOUCHPOINTS), [choice]))["pain.delivery.slow"]
    assert (theme.name.ru, theme.named_by_person, theme.voices) == ("возят целую вечность", True, 5)


def test_merged_themes_count_each_person_once() -> None:
    lines = [*crowd(), said("delivery0", "коробка совсем мятая", "packaging")]
    themes = find_themes(lines, TOUCHPOINTS)
    box = next(one for one in themes if one.touchpoint == "packaging")
    merged = by_key(apply_choices(themes, [ThemeChoice(key=box.key, merged_into="pain.delivery.slow")]))
    assert box.key not in merged
    assert merged["pain.delivery.slow"].voices == 4 + box.voices - 1


def test_a_part_that_stands_apart_is_a_theme_of_its_own() -> None:
    texts = [
        "официант грубый",
        "администратор грубил",
        "администратор хамил",
        "хостес нагрубила",
        "гардеробщик хам",
        "охранник грубый",
    ]
    themes = find_themes([said(f"p{i}", one, "waiter") for i, one in enumerate(texts)], TOUCHPOINTS, fewest=3)
    (whole,) = themes
    apart = next(one.key for one in whole.parts if "administrator" in one.key)
    split = by_key(apply_choices(themes, [ThemeChoice(key=whole.key, apart=(apart,))]))
    assert (split[apart].voices, split[whole.key].voices) == (2, whole.voices - 2)
    assert split[apart].name.ru == "грубый администратор"


def test_a_ring_of_merges_changes_nothing() -> None:
    themes = find_themes(crowd(), TOUCHPOINTS)
    one, other, *_ = (theme.key for theme in themes)
    ring = [ThemeChoice(key=one, merged_into=other), ThemeChoice(key=other, merged_into=one)]
    assert apply_choices(themes, ring) == themes


def test_choices_of_themes_that_nobody_speaks_of_wait() -> None:
    themes = find_themes(crowd(), TOUCHPOINTS)
    assert apply_choices(themes, [ThemeChoice(key="pain.app.failing", name=Text(ru="падает"))]) == themes


@pytest.mark.parametrize(
    ("texts", "key", "wanted"),
    [
        (["Даже верёвочка завязана бантиком", "даже верёвочка завязана бантиком!", "Верёвочка завязана бантиком"], "packaging", None),
        (["Привезли сушняк вместо роз", "сушняк вместо вишен", "вместо слив сушняк"], "delivery", "путаница: доставка"),
        (["Ждали целую вечность", "ждём ответа две недели", "тянули и тянули, ждать устали"], "waiting", "долгий ответ"),
        (["Курьер опоздал, обещал к обеду", "обещали к утру и не сдержали", "обещание не выполнили"], "courier", "невыполненные обещания"),
    ],
)  # fmt: skip
def test_a_name_says_what_can_be_mended_or_there_is_no_theme(texts: list[str], key: str, wanted: str | None) -> None:
    place = touchpoint(key, {"waiting": "Ожидание ответа"}.get(key, key), key)
    lines = [said(f"p{n}", one, key) for n, one in enumerate(texts)]
    names = [one.name.ru for one in find_themes(lines, (*TOUCHPOINTS, place)) if not one.plain]
    assert names == ([] if wanted is None else [wanted]) or (wanted in names)


def test_a_quality_that_cannot_be_said_of_a_place_names_no_theme_there() -> None:
    lines = [said(f"p{n}", f"Лежали {n} дней у вас, {w}", "packaging") for n, w in enumerate(("жаль", "увы", "эх"))]
    assert not [one for one in find_themes(lines, TOUCHPOINTS) if one.key.startswith("pain.packaging.failing")]
