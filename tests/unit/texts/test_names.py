import csv
import gzip
import re
from pathlib import Path

import pytest

from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.texts.keys import free_key, latin_key
from tropa.texts.names import NamedEvents, event_names, event_words, kind_of_stage, name_stage, name_stages, stage_kinds
from tropa.texts.touchpoints import event_touchpoint, known_for_event, known_touchpoints, touchpoints_of

EVENTS = Path(__file__).parents[4] / "shared" / "data" / "events"
NEEDS_EVENTS = pytest.mark.skipif(not EVENTS.is_dir(), reason="needs ../shared/data/events")


@pytest.mark.parametrize(
    ("name", "ru", "en"),
    [
        ("add_to_cart", "Кладёт в корзину", "Adds to cart"),
        ("AddToCart", "Кладёт в корзину", "Adds to cart"),
        ("order_created", "Заказ создан", "Order created"),
        ("deal.won", "Сделка состоялась", "Deal won"),
        ("invoice_paid", "Счёт оплачен", "Invoice paid"),
        ("subscription_renewed", "Подписка продлена", "Subscription renewed"),
        ("payment_confirmed", "Оплата подтверждена", "Payment confirmed"),
        ("documents_uploaded", "Документы загружены", "Documents uploaded"),
        ("application_rejected", "Заявка отклонена", "Application rejected"),
        ("open_menu", "Открывает меню", "Opens menu"),
        ("start_lesson", "Начинает урок", "Starts lesson"),
        ("Заявка принята", "Заявка принята", "Заявка принята"),
        ("новый_лид", "Новый лид", "Новый лид"),
        ("W_Completeren aanvraag", "Дополняют заявку", "Application completed"),
        ("W_Bellen klant", "Bellen klant", "Bellen klant"),
        ("lead_status_changed", "Заявка сменила статус", "Lead status changed"),
        ("payment_made", "Оплачено", "Paid"),
        ("A_SUBMITTED", "Подано", "Submitted"),
        ("widget_view", "Смотрит: widget", "Views widget"),
        ("https://shop.example/", "Заходит на главную", "Comes to the home page"),
        ("/catalog?page=2", "Смотрит каталог", "Views the catalogue"),
        ("$pageview", "Смотрит страницу", "Views a page"),
        ("heartbeat_ping", "Heartbeat ping", "Heartbeat ping"),
        ("checkout_step_2", "Оформление: шаг 2", "Checkout step 2"),
    ],
)
def test_events_are_put_into_words(name: str, ru: str, en: str) -> None:
    assert event_words(name) == Text(ru=ru, en=en)


def names_in_logs() -> set[str]:
    names = set()
    for log in ("bpic2012", "helpdesk"):
        text = gzip.decompress((EVENTS / f"{log}.xes.gz").read_bytes()).decode()
        names |= set(re.findall(r'<event>.*?concept:name" value="([^"]*)"', text, re.DOTALL))
    with gzip.open(EVENTS / "ecom.csv.gz", "rt", encoding="utf-8") as file:
        names |= {row["event"] for row in csv.DictReader(file)}
    return names


@NEEDS_EVENTS
def test_every_event_of_real_logs_gets_readable_and_distinct_words() -> None:
    names = names_in_logs()
    assert len(names) > 50
    said = event_names(sorted(names))
    for name in names:
        text = said[name]
        for words in (text.ru, text.en):
            assert words
            assert "_" not in words
            assert not re.search(r"[A-Z]{4,}", words), words
            assert words[0].isupper()
    assert len({text.ru for text in said.values()}) == len(names)


def test_names_that_read_alike_are_told_apart() -> None:
    said = event_names(["A_ACCEPTED", "O_ACCEPTED", "cart"])
    assert said["A_ACCEPTED"].ru == "Принято (A)"
    assert said["O_ACCEPTED"].en == "Accepted (O)"
    assert said["cart"].ru == "Открывает корзину"


@pytest.mark.parametrize(
    ("events", "position", "key"),
    [
        (["home", "promo_page"], 0.0, "entry"),
        (["catalog", "search", "filter_results"], 0.2, "search"),
        (["add_to_cart", "cart"], 0.5, "cart"),
        (["begin_checkout", "shipping_details"], 0.6, "checkout"),
        (["purchase"], 0.8, "purchase"),
        (["dispatched", "delivered"], 0.9, "delivery"),
        (["offer_sent", "offer_created"], 0.5, "offer"),
        (["Insert ticket"], 0.0, "request"),
        (["Новая заявка"], 0.0, "lead"),
    ],
)
def test_a_stage_is_named_after_what_customers_do_there(events: list[str], position: float, key: str) -> None:
    found, name = name_stage([(event, 100) for event in events], position, set())
    assert found == key
    assert name == stage_kinds()[key].name


LOAN = (
    (("A_SUBMITTED", 130), ("A_PARTLYSUBMITTED", 130)),
    (("A_PREACCEPTED", 74), ("A_DECLINED", 76)),
    (("W_Completeren aanvraag", 230), ("W_Afhandelen leads", 50)),
    (("O_SELECTED", 70), ("A_FINALIZED", 50), ("O_CREATED", 70), ("O_SENT", 70)),
    (("W_Nabellen offertes", 220), ("O_SENT_BACK", 35), ("O_CANCELLED", 37), ("A_CANCELLED", 28)),
    (("W_Valideren aanvraag", 70), ("O_DECLINED", 8)),
    (("A_APPROVED", 22), ("O_ACCEPTED", 22), ("A_REGISTERED", 22), ("A_ACTIVATED", 22)),
)


def test_a_loan_goes_from_applying_over_the_offer_to_the_decision() -> None:
    named = name_stages([NamedEvents(events, place / 6) for place, events in enumerate(LOAN)])
    assert [key for key, _ in named] == [
        "application", "first_answer", "details", "offer", "negotiation", "validation", "decision",
    ]  # fmt: skip


def test_refusals_that_are_few_do_not_name_a_stage() -> None:
    mostly_calls = NamedEvents([("zzz_call_round", 90), ("order_cancelled", 9), ("declined", 9)], 0.9)
    mostly_refusals = NamedEvents([("zzz_round", 9), ("order_cancelled", 90)], 0.9)
    assert name_stages([mostly_calls])[0][0] != "refusal"
    assert name_stages([mostly_refusals])[0][0] == "refusal"


def test_two_stages_never_share_a_key() -> None:
    taken: set[str] = set()
    for _ in range(4):
        key, name = name_stage([("delivered", 10), ("dispatched", 9)], 0.9, taken)
        assert key not in taken
        assert not name.is_empty
        taken.add(key)


def test_a_stage_of_unknown_events_is_named_by_the_commonest() -> None:
    assert name_stage([("zzz_foo", 3), ("zzz_bar", 9)], 0.5, set()) == ("zzz_bar", Text(ru="Zzz bar", en="Zzz bar"))


def test_events_of_one_touchpoint_stand_together() -> None:
    made = touchpoints_of(["cart", "add_to_cart", "heartbeat"])
    assert [(one.key, one.match.event if one.match else ()) for one in made] == [
        ("cart", ("cart", "add_to_cart")),
        ("heartbeat", ("heartbeat",)),
    ]
    assert "корзина" in made[0].words


def test_an_event_brings_the_words_of_its_touchpoint() -> None:
    one = event_touchpoint("order_delivered")
    assert one.key == "delivery"
    assert one.channel == "courier"
    assert "доставка" in one.words


def test_the_kind_of_a_stage_is_told_by_its_touchpoints() -> None:
    spec = TouchpointSpec(key="parcel", name=Text(ru="Курьер"))
    assert kind_of_stage(StageSpec(key="mine", name=Text(ru="Моё"), touchpoints=(spec,))) == "delivery"
    assert kind_of_stage(StageSpec(key="cart", name=Text(ru="x"))) == "cart"
    assert kind_of_stage(StageSpec(key="mine", name=Text(ru="Нечто"))) is None


def test_the_dictionary_is_whole() -> None:
    known = known_touchpoints()
    assert len(known) >= 60
    assert len({one.key for one in known}) == len(known)
    for one in known:
        assert one.stage in stage_kinds()
        assert re.fullmatch(r"[a-z0-9_]{1,40}", one.key)
        assert one.name.ru
        assert one.name.en
        assert any(re.search("[а-я]", word) for word in one.words)
        assert any(re.search("[a-z]", word) for word in one.words)


def test_a_touchpoint_is_met_by_its_own_event_patterns() -> None:
    missed = [(one.key, words) for one in known_touchpoints() for words in one.events if known_for_event(words) is None]
    assert missed == []


def test_keys_are_latin_and_free() -> None:
    assert latin_key("Заявка принята!") == "zayavka_prinyata"
    assert latin_key("…") == "x"
    assert free_key("cart", {"cart", "cart_2"}) == "cart_3"


def test_statuses_of_pipelines_are_read_as_what_they_mean() -> None:
    said = {name: event_words(name).en for name in ("142", "143", "32392162", "C1:LOSE", "FINAL_INVOICE")}
    assert said == {
        "142": "Deal won",
        "143": "Deal lost",
        "32392162": "Step 32392162",
        "C1:LOSE": "Deal lost",
        "FINAL_INVOICE": "Final invoice",
    }


def test_statuses_of_two_pipelines_are_told_apart_by_the_pipeline() -> None:
    said = event_names(["C1:NEW", "C2:NEW"])
    assert [said[name].ru for name in ("C1:NEW", "C2:NEW")] == ["Новая заявка (воронка 1)", "Новая заявка (воронка 2)"]


def test_the_stage_that_speaks_most_of_a_kind_is_called_by_it() -> None:
    first = NamedEvents([("product_view", 90), ("delivery_terms_page", 5)], 0.2)
    last = NamedEvents([("order_dispatched", 40), ("order_delivered", 38), ("parcel_tracked", 20)], 0.9)
    assert [key for key, _ in name_stages([first, last])] == ["choice", "delivery"]


def test_no_two_stages_have_the_same_name() -> None:
    stages = [NamedEvents([(name, 10)], place) for name, place in (("paid", 0.3), ("payment", 0.5), ("a_paid", 0.7))]
    named = name_stages(stages)
    assert len({key for key, _ in named}) == len({text.ru for _, text in named}) == 3


def test_a_russian_status_has_english_words() -> None:
    said = event_words("Отменён")
    assert (said.ru, said.en) == ("Отменён", "Cancelled")
    assert event_words("Оплачена").en == "Paid"
    assert event_words("Дарит соседке").en == "Дарит соседке"
