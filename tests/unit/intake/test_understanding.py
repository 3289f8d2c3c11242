"""Small tables made by hand: what they are taken for, what is asked, what is never done."""

from collections.abc import Sequence
from datetime import date

import pytest

from tropa.domain.journeymap import BusinessModel
from tropa.domain.project import EntitySource, EventSource, FeedbackSource, FixedValue, Precision, UnitKind
from tropa.domain.text import Language
from tropa.intake.goals import GOAL_QUESTIONS, with_goal
from tropa.intake.table import FoundFormat, FoundTable
from tropa.intake.understanding import Understanding, decided, understand


def a_table(file: str, header: str, rows: Sequence[str], *, sheet: str | None = None, kind: str = "csv") -> FoundTable:
    return FoundTable(
        file=file,
        sheet=sheet,
        columns=tuple(header.split(";")),
        sample=tuple(tuple(row.split(";")) for row in rows),
        rows=len(rows),
        format=FoundFormat(kind=kind, encoding="utf-8", delimiter=";"),
    )


def clicks(people: int = 30, file: str = "events.csv") -> FoundTable:
    rows = [
        f"u{person:04};{event};2026-01-{1 + person % 28:02}T10:0{place}:00Z;{'ios' if person % 3 else 'android'};Мир {person % 4}"
        for person in range(people)
        for place, event in enumerate(["view", "cart", "buy"][: 1 + person % 3])
    ]
    return a_table(file, "user_id;event;timestamp;os;регион", rows)


def understood(*tables: FoundTable, language: Language | None = None) -> Understanding:
    return understand(tables, project_key="my-shop", language=language)


def test_a_clickstream_is_understood_without_a_question() -> None:
    result = understood(clicks())
    source = result.tables[0].source
    assert isinstance(source, EventSource)
    assert (source.columns.person, source.columns.event, source.columns.time.column) == (
        "user_id",
        "event",
        "timestamp",
    )
    assert source.columns.device == "os"
    assert source.columns.properties == ("регион",)
    assert result.decisions == ()
    assert result.project.sources == (source,)
    assert {one.property for one in result.project.segments} == {"device", "регион"}


def test_purchases_without_an_event_name_are_purchases() -> None:
    rows = [f"{1000 + i % 40};1997{1 + i % 12:02}{1 + i % 28:02};{1 + i % 3};{i}.{i % 90 + 10}" for i in range(80)]
    source = understood(a_table("cdnow.txt", "customer_id;date;number_of_cds;dollar_value", rows)).tables[0].source
    assert isinstance(source, EventSource)
    assert source.columns.event == FixedValue(value="purchase")
    assert source.columns.time.format == "%Y%m%d"
    assert source.columns.time.precision is Precision.DAY
    assert source.columns.amount is not None
    assert (source.columns.amount.column, source.columns.amount.currency) == ("dollar_value", "USD")


def test_each_date_of_an_order_becomes_an_event_and_its_status_is_known() -> None:
    rows = [
        "A-1;Ким;10.01.2026 10:00;11.01.2026;12.01.2026;1 290,50;Доставлен",
        "A-2;Лев;10.01.2026 11:00;;;990,00;Отменён",
        "A-3;Ким;11.01.2026 12:30;12.01.2026;;2 500,00;В пути",
    ]
    table = a_table("заказы.csv", "Номер заказа;Клиент;Создан;Отправлен;Доставлен;Сумма, ₽;Статус", rows)
    result = understood(table)
    source = result.tables[0].source
    assert isinstance(source, EntitySource)
    assert {name: time.column for name, time in source.dates.items()} == {
        "order_created": "Создан",
        "order_shipped": "Отправлен",
        "order_delivered": "Доставлен",
    }
    assert source.columns.key == "Номер заказа"
    assert source.columns.amount is not None
    assert source.columns.amount.decimal == ","
    assert source.columns.status == "Статус"
    assert result.project.currency == "RUB"
    assert "Строка — заказ" in (result.tables[0].said.ru or "")


def test_planned_dates_and_birthdays_are_no_events() -> None:
    header = "Номер;Клиент;Дата рождения;Дата создания;План. дата доставки;Сумма"
    rows = ["1001;Ким;01.02.1990;10.01.2026;20.01.2026;100", "1002;Лев;03.04.1985;11.01.2026;21.01.2026;200"]
    source = understood(a_table("заказы.csv", header, rows)).tables[0].source
    assert isinstance(source, EntitySource)
    assert [time.column for time in source.dates.values()] == ["Дата создания"]


def test_other_dates_of_an_event_table_make_no_events() -> None:
    rows = [
        f"c{i % 7};{'open' if i % 2 else 'close'};2026-01-0{1 + i % 9}T10:00:00Z;2025-12-0{1 + i % 9}"
        for i in range(30)
    ]
    source = understood(a_table("log.csv", "client_id;event;time;registered_on", rows)).tables[0].source
    assert isinstance(source, EventSource)
    assert source.columns.time.column == "time"


def test_a_history_of_statuses_is_events_and_a_state_is_not() -> None:
    history = a_table(
        "h.csv",
        "deal_id;status;changed_at",
        ["1001;new;2026-01-01", "1001;won;2026-01-05", "1002;new;2026-01-02", "1002;lost;2026-01-09"],
    )
    source = understood(history).tables[0].source
    assert isinstance(source, EventSource)
    assert (source.columns.case, source.columns.event) == ("deal_id", "status")
    assert understood(history).project.unit is UnitKind.CASE
    state = a_table("d.csv", "deal_id;status;created_at;client", ["1001;won;2026-01-01;Ann", "1002;new;2026-01-02;Bob"])
    assert isinstance(understood(state).tables[0].source, EntitySource)


def test_reviews_keep_their_scale_platform_and_person() -> None:
    rows = [
        "10.01.2026;Яндекс Карты;2;Ждал сорок минут, курьер так и не позвонил;u0001",
        "11.01.2026;2ГИС;5;Всё отлично, спасибо;",
        "12.01.2026;Яндекс Карты;4;Хорошо упаковали, но привезли на день позже;u0002",
    ]
    source = understood(a_table("отзывы.csv", "Дата;Площадка;Оценка;Текст;Клиент", rows)).tables[0].source
    assert isinstance(source, FeedbackSource)
    assert source.columns.text == "Текст"
    assert source.columns.rating is not None
    assert source.columns.rating.scale == (1.0, 5.0)
    assert source.columns.source == "Площадка"
    assert source.columns.person == "Клиент"


def test_a_survey_takes_all_its_open_questions_and_the_recommendation_scale() -> None:
    header = (
        "Отметка времени;Почта;Насколько вероятно, что вы нас порекомендуете?;Что нам улучшить?;Что вам понравилось?"
    )
    rows = [
        "10.01.2026 10:00:00;a@example.ru;9;Отвечать быстрее;Упаковка и цены",
        "10.01.2026 11:30:00;b@example.ru;3;Вернуть старую корзину;Ничего",
        "11.01.2026 09:15:00;c@example.ru;10;Всё хорошо, так держать;Курьер",
    ]
    source = understood(a_table("анкета.csv", header, rows)).tables[0].source
    assert isinstance(source, FeedbackSource)
    assert source.columns.text == ("Что нам улучшить?", "Что вам понравилось?")
    assert source.columns.rating is not None
    assert source.columns.rating.scale == (0.0, 10.0)
    assert source.columns.person == "Почта"


@pytest.mark.parametrize(
    ("file", "header", "rows"),
    [
        ("прайс.csv", "Артикул;Название;Цена", ["A1;Фикус;100", "A2;Грунт;200"]),
        ("расходы.csv", "Дата;Кампания;Показы;Клики", ["10.01.2026;brand;100;5", "11.01.2026;brand;120;7"]),
        ("empty.csv", "user_id;event;time", []),
    ],
)
def test_a_table_that_tells_no_path_is_left_out_with_a_reason(file: str, header: str, rows: list[str]) -> None:
    result = understood(a_table(file, header, rows))
    assert result.tables[0].source is None
    assert result.tables[0].skipped is not None
    assert result.tables[0].skipped.ru
    assert result.tables[0].skipped.en
    assert result.project.sources == ()


def test_an_interview_is_no_review() -> None:
    lines = [
        "— Что для вас важно?",
        "— Чтобы довезли целым, и чтобы предупредили.",
        "— А ещё?",
        "— Чтобы было кому позвонить.",
    ]
    assert understood(a_table("interview_1.txt", "Интервью 1. Марина, бухгалтер", lines)).tables[0].source is None


def test_dated_changes_of_the_company_are_kept_beside() -> None:
    table = a_table(
        "изменения.csv", "Дата;Что сделали", ["12.03.2025;Новая форма заказа", "01.02.2025;Новый баннер на главной"]
    )
    project = understood(table).project
    assert [(one.date, one.name.ru) for one in project.changes] == [
        (date(2025, 2, 1), "Новый баннер на главной"),
        (date(2025, 3, 12), "Новая форма заказа"),
    ]


def test_an_ambiguous_date_is_asked_and_the_answer_is_taken() -> None:
    rows = [f"u{i};buy;0{1 + i % 9}/0{1 + (i * 7) % 9}/2026;5{i}" for i in range(20)]
    result = understood(a_table("e.csv", "user_id;event;date;price", rows))
    asked = next(one for one in result.decisions if one.key == "date_order:e.csv")
    assert asked.default == "day"
    after = decided(result, {"date_order:e.csv": "month"}).tables[0].source
    assert isinstance(after, EventSource)
    assert after.columns.time.format == "%m/%d/%Y"


def test_the_person_may_be_chosen_and_an_answer_out_of_range_keeps_the_guess() -> None:
    rows = [f"c{i};m{i};view;2026-01-01T10:00:0{i}Z" for i in range(9)]
    result = understood(a_table("e.csv", "customer_id;member_id;event;time", rows))
    assert [one.key for one in result.decisions] == ["person:e.csv"]
    chosen = decided(result, {"person:e.csv": "member_id"})
    assert chosen.tables[0].source is not None
    assert chosen.tables[0].source.columns.person == "member_id"
    assert decided(result, {"person:e.csv": "nobody"}).tables[0].source == result.tables[0].source
    assert decided(chosen, {}).project == chosen.project


def test_a_table_of_two_natures_is_asked_about_and_may_be_left_out() -> None:
    rows = [
        "1001;10.01.2026;12.01.2026;+79160000041;990;Доставлен;Спасибо, всё дошло целым и вовремя",
        "1002;10.01.2026;13.01.2026;+79160000042;450;Доставлен;Коробка мятая, но внутри всё хорошо",
        "1003;11.01.2026;;+79160000043;120;Отменён;Передумала, слишком долго ждать доставку",
    ]
    table = a_table("данные.csv", "Номер заказа;Создан;Доставлен;Телефон;Сумма;Статус;Отзыв покупателя", rows)
    result = understood(table)
    kinds = [one for one in result.decisions if one.key == "kind:данные.csv"]
    assert len(kinds) == 1
    assert {choice.key for choice in kinds[0].choices} == {"entities", "feedback", "nothing"}
    assert decided(result, {"kind:данные.csv": "nothing"}).project.sources == ()
    taken = decided(result, {"kind:данные.csv": "feedback"}).tables[0].source
    assert isinstance(taken, FeedbackSource)


def test_never_more_than_seven_questions() -> None:
    tables = [
        a_table(
            f"t{i}.csv",
            "customer_id;member_id;event;date",
            [f"c{j};m{j};x;0{1 + (j * 5) % 8}/0{2 + (j * 3) % 7}/2026" for j in range(8)],
        )
        for i in range(6)
    ]
    decisions = understood(*tables).decisions
    assert len(decisions) == 7
    assert all(one.default in {choice.key for choice in one.choices} for one in decisions)
    assert all(
        text.ru and text.en for one in decisions for text in (one.question, one.why, *(c.text for c in one.choices))
    )


def test_the_column_that_other_tables_know_too_is_the_person() -> None:
    orders = a_table(
        "orders.csv",
        "Order ID;Phone;Loyalty;Created;Total",
        [f"100{i};+7916000{i:04};u{i:04};2026-02-0{1 + i % 9} 10:00;{i}50.00" for i in range(20)],
    )
    reviews = a_table(
        "reviews.csv",
        "Review;Stars;Client;Phone",
        [f"Very good service number {i}, thank you;5;u{i:04};" for i in range(8)],
    )
    alone, together = understood(orders), understood(clicks(), orders, reviews)
    assert alone.tables[0].source is not None
    assert alone.tables[0].source.columns.person == "Phone"
    assert [one.source.columns.person for one in together.tables if one.source] == ["user_id", "Phone", "Client"]
    named = a_table("orders.csv", "Order ID;Phone;Client;Created;Total", [";".join(row) for row in orders.sample])
    linked = understood(clicks(), named).tables[1].source
    assert linked is not None
    assert linked.columns.person == "Client"


def test_personal_data_never_become_properties_and_are_half_hidden_in_examples() -> None:
    rows = [
        f"{1000 + i};+7916000{i:04};u{i}@example.ru;Анна {i % 3};Москва;10.01.2026 10:0{i % 9};{100 + i}"
        for i in range(40)
    ]
    result = understood(a_table("заказы.csv", "Номер;Телефон;E-mail;Имя;Город;Создан;Сумма", rows))
    source = result.tables[0].source
    assert isinstance(source, EntitySource)
    assert source.columns.person == "Телефон"
    assert not {"E-mail", "Имя", "Телефон"} & set(source.columns.properties)
    assert all("+79160000000" not in (one.ru or "") for one in result.tables[0].examples)
    assert len(result.tables[0].examples) == 3


def test_constant_free_and_exploding_columns_are_no_properties() -> None:
    rows = [
        f"u{i % 20};open;2026-01-01T10:00:{i % 60:02}Z;RU;item-{i};пишу вам уже третий раз про заказ {i};{'a' if i % 2 else 'b'}"
        for i in range(120)
    ]
    source = understood(a_table("e.csv", "user_id;event;time;country;item;note text;plan", rows)).tables[0].source
    assert isinstance(source, EventSource)
    assert source.columns.properties == ("plan",)


def test_business_deals_with_companies_are_counted_by_deal() -> None:
    rows = [
        f"{7000 + i};Contact {i % 5};ООО Луч {i};{'Новая' if i % 2 else 'Выиграна'};2026-01-{1 + i % 28:02} 10:00;5000"
        for i in range(30)
    ]
    project = understood(
        a_table("сделки.csv", "ID сделки;Контакт;Компания;Этап сделки;Дата создания;Бюджет", rows)
    ).project
    assert project.model is BusinessModel.B2B
    assert project.unit is UnitKind.CASE


def test_xes_traces_are_cases_even_where_a_customer_is_named() -> None:
    rows = [f"Case {i // 3};Step {i % 3};2026-01-01T10:00:{i % 60:02}+01:00;COMPLETE;Value {i % 9}" for i in range(60)]
    result = understood(
        a_table(
            "log.xes", "case:concept:name;concept:name;time:timestamp;lifecycle:transition;customer", rows, kind="xes"
        )
    )
    source = result.tables[0].source
    assert isinstance(source, EventSource)
    assert (source.columns.case, source.columns.lifecycle) == ("case:concept:name", "lifecycle:transition")
    assert result.project.unit is UnitKind.CASE


def test_tables_that_know_only_people_and_only_cases_raise_the_question_whose_path_it_is() -> None:
    log = a_table(
        "log.csv",
        "case id;activity;time",
        [f"K-{1000 + i // 3};Step {i % 3};2026-01-01T10:00:{i % 60:02}Z" for i in range(30)],
    )
    result = understood(clicks(), log)
    asked = next(one for one in result.decisions if one.key == "unit")
    assert result.project.unit is UnitKind.PERSON
    assert asked.default == "person"
    assert decided(result, {"unit": "case"}).project.unit is UnitKind.CASE
    assert understood(log).project.unit is UnitKind.CASE
    assert understood(clicks()).project.unit is UnitKind.PERSON


def test_the_language_follows_the_data_unless_it_is_given() -> None:
    assert (
        understood(a_table("заказы.csv", "Номер;Клиент;Создан;Сумма", ["1001;Ким;10.01.2026;5"])).project.language
        is Language.RU
    )
    assert (
        understood(a_table("orders.csv", "Number;Client;Created;Total", ["1001;Kim;2026-01-10;5"])).project.language
        is Language.EN
    )
    assert understood(clicks(), language=Language.EN).project.language is Language.EN


def test_times_without_a_zone_are_utc_and_it_is_said() -> None:
    table = a_table("e.csv", "user_id;event;time", [f"u{i};x;2026-01-01 10:00:{i:02}" for i in range(20)])
    result = understood(table)
    asked = next(one for one in result.decisions if one.key == "timezone")
    assert result.project.timezone == asked.default == "UTC"
    assert decided(result, {"timezone": "Europe/Berlin"}).project.timezone == "Europe/Berlin"
    zoned = a_table("e.csv", "user_id;event;time", ["u1;x;2026-01-01T10:00:00+03:00", "u2;x;2026-01-01T10:00:00+03:00"])
    assert understood(zoned).decisions == ()


def test_the_project_key_is_made_safe() -> None:
    assert understand([clicks()], project_key="Мой Магазин 2!").project.project == "2"
    assert understand([clicks()], project_key="Магазин").project.project == "project"


def test_sheets_of_one_workbook_are_asked_about_apart() -> None:
    sheets = [
        a_table("book.xlsx", "customer_id;member_id;event;time", ["c1;m1;x;2026-01-01T10:00:00Z"], sheet=name)
        for name in ("A", "B")
    ]
    assert {one.key for one in understood(*sheets).decisions} == {"person:book.xlsx:A", "person:book.xlsx:B"}


def test_an_empty_folder_gives_a_project_without_sources() -> None:
    result = understood()
    assert result.tables == ()
    assert result.project.sources == ()


def test_the_goal_is_one_of_the_questions_or_own_words() -> None:
    project = understood(clicks(), language=Language.RU).project
    assert project.goal is None
    assert with_goal(project, "cut_churn").goal is not None
    own = with_goal(project, "own", words=" Почему не берут саженцы? ").goal
    assert own is not None
    assert own.text.ru == "Почему не берут саженцы?"
    assert with_goal(project, "own").goal is None
    assert len({one.text.ru for one in GOAL_QUESTIONS}) == len(GOAL_QUESTIONS) == 11
    assert all(one.text.ru and one.text.en for one in GOAL_QUESTIONS)


def test_cells_of_ten_megabytes_and_short_rows_do_no_harm() -> None:
    table = FoundTable(
        file="e.csv",
        columns=("user_id", "event", "time", "note"),
        sample=(("u1", "view", "2026-01-01T10:00:00Z", "x" * 10_000_000), ("u2",), ("", "", "", "")),
        format=FoundFormat(kind="csv"),
    )
    result = understood(table)
    assert isinstance(result.tables[0].source, EventSource)
    assert all(len(one.ru or "") < 1000 for one in result.tables[0].examples)


def test_a_list_of_people_with_one_date_is_named_by_what_the_date_says() -> None:
    rows = [f"{1000 + i};2026-01-{1 + i % 28:02}T10:00:00Z;{'pro' if i % 3 else 'free'}" for i in range(40)]
    source = understood(a_table("t.csv", "user_id;registered_at;plan", rows)).tables[0].source
    assert isinstance(source, EventSource)
    assert source.columns.event == FixedValue(value="registered")


def test_a_summary_by_customer_is_no_path() -> None:
    rows = [f"Клиент {i};10.01.2026;{i};{i}000" for i in range(30)]
    table = a_table("rfm.csv", "Клиент;Дата последней покупки;Количество покупок;Сумма покупок", rows)
    assert understood(table).tables[0].source is None


def test_deals_between_companies_are_worth_telling_from_fifty_on_and_not_by_why_they_were_lost() -> None:
    rows = [
        f"{1000 + i};Firm {i};2026-01-{1 + i % 27:02d};2026-02-{1 + i % 27:02d};{'lost' if i % 3 else 'won'};{5000 + i};"
        f"{('small', 'large')[i % 2]};{('price', 'silence', '')[i % 3]}"
        for i in range(60)
    ]
    head = "Deal ID;Company;Created date;Close date;Deal stage;Amount;Company size;Lost reason"
    project = understood(a_table("deals.csv", head, rows)).project
    assert project.findings.min_persons == 50
    assert [one.property for one in project.segments] == ["Company size"]
