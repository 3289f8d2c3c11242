"""Tables beside the path are known by their heads: cabinets of advertising, lists of queries, lists of changes."""

from datetime import date

import pytest

from tropa.domain.project import ChangeSource, CostSource, EntitySource, EventSource, FixedValue, QuerySource
from tropa.intake.periods import detect_period, read_period
from tropa.intake.table import FoundFormat, FoundTable
from tropa.intake.understanding import understand


def a_table(file: str, *lines: str) -> FoundTable:
    head, *rows = (tuple(line.split(";")) for line in lines)
    return FoundTable(file=file, columns=head, sample=tuple(rows), format=FoundFormat(kind="csv", delimiter=";"))


VISITS = a_table(
    "events.csv",
    "client_id;event;time;utm_source",
    *(f"c{n % 7:04};{'visit' if n % 3 else 'order'};2025-01-{1 + n % 28:02}T10:00:00Z;vk" for n in range(40)),
)


def source_of(table: FoundTable) -> object:
    known = {one.file: one for one in understand([VISITS, table], project_key="shop").project.sources}
    return known.get(table.file)


COSTS = {
    "Yandex Direct": (
        "direct.csv",
        "Дата;Название кампании;№ Кампании;Показы;Клики;CTR (%);Расход (руб.)",
        "01.01.2025;Весна;700011;1 000;20;2,00;1 200,50",
        "02.01.2025;Весна;700011;900;18;2,00;1 100,00",
    ),
    "VK Ads": ("vk_ads.csv", "Дата;Кампания;Показы;Клики;Потрачено всего, ₽", "2025-01-01;brand;5000;60;1500,00"),
    "Avito": (
        "avito.csv",
        "Дата;Номер объявления;Название объявления;Просмотры;Контакты;Расходы на объявление",
        "01.01.2025;123456789;Рассада;100;4;350",
        "13.01.2025;123456789;Рассада;90;3;350",
    ),
    "Roistat": (
        "roistat.csv",
        "Канал;Визиты;Заявки;Продажи;Выручка;Расходы;ROI",
        "Яндекс.Директ;2000;100;30;90000;25000;260",
        "VK;1000;20;3;9000;12000;-25",
    ),
    "a month and a sum": ("marketing.csv", "Месяц;Расход", "январь 2025;120000", "февраль 2025;90000"),
    "a month and a sum in English": ("budget.csv", "month;cost", "2025-01;1000", "2025-02;1100"),
    "weeks": ("weeks.csv", "Неделя;Канал;Затраты", "30.12.2024 - 05.01.2025;vk;100", "06.01.2025 - 12.01.2025;vk;9"),
    "Google": (
        "ga.csv",
        "date;source;medium;campaign;impressions;clicks;cost;currency",
        "2025-01-01;google;cpc;brand;100;5;12.50;EUR",
    ),
    "Meta": ("meta.csv", "Day;Campaign name;Impressions;Link clicks;Amount spent (USD)", "2025-01-01;c1;100;4;12.3"),
    "from and to": ("ads.csv", "Начало;Окончание;Источник;Бюджет", "01.01.2025;31.01.2025;vk;5000"),
}


@pytest.mark.parametrize("name", COSTS)
def test_costs_are_known_whatever_the_cabinet(name):
    source = source_of(a_table(*COSTS[name]))

    assert isinstance(source, CostSource)
    assert any(
        word in source.columns.amount.column.lower()
        for word in ("расход", "потрач", "cost", "затрат", "spent", "бюджет")
    )
    assert (source.columns.time is None) == (name == "Roistat")


def test_a_file_named_after_one_platform_is_all_of_it():
    source = source_of(a_table(*COSTS["VK Ads"]))

    assert isinstance(source, CostSource)
    assert source.columns.channel == FixedValue(value="vk")
    assert (source.columns.campaign, source.columns.clicks, source.columns.shows) == ("Кампания", "Клики", "Показы")


QUERIES = {
    "Direct": ("q.csv", "Поисковый запрос;Показы;Клики;Расход", "купить семена;1200;80;2400", "когда сажать;5400;12;9"),
    "Wordstat": ("w.csv", "Запрос;Частота", "купить семена;1200", "когда сажать;5400"),
    "Search Console": ("g.csv", "Top queries;Clicks;Impressions;CTR;Position", "seeds;10;100;10%;4.2"),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries_are_known_with_their_shows(name):
    source = source_of(a_table(*QUERIES[name]))

    assert isinstance(source, QuerySource)
    assert source.columns.shows is not None


@pytest.mark.parametrize(
    ("file", "head", "row"),
    [
        ("изменения.csv", "Дата;Что сделали;Где;Для кого", "12.03.2025;Новая форма;Сайт;Все"),
        ("что-делали.csv", "Дата;Что;Где;Для кого", "12.03.2025;Новая форма;Сайт;Половина клиентов, случайно"),
        ("changes.csv", "date;until;what;where;for whom", "2025-03-13;2025-03-20;20% off;Site;all"),
    ],
)
def test_changes_are_known_with_where_and_for_whom(file, head, row):
    source = source_of(a_table(file, head, row))

    assert isinstance(source, ChangeSource)
    assert source.columns.place is not None
    assert source.columns.whom is not None
    assert (source.columns.until is not None) == ("until" in head)


@pytest.mark.parametrize(
    ("file", "lines", "kind"),
    [
        (
            "orders.csv",
            (
                "order_id;client_id;created_at;delivery cost;total cost",
                *(f"{n};c{n % 7:04};2025-01-{1 + n % 28:02} 10:00;{n};9{n}" for n in range(20)),
            ),
            EntitySource,
        ),
        (
            "payments.csv",
            (
                "client_id;event;date;channel;cost",
                *(f"c{n % 7:04};paid;2025-01-{1 + n % 28:02};vk;9{n}" for n in range(30)),
            ),
            EventSource,
        ),
    ],
)
def test_what_customers_paid_is_no_cost(file, lines, kind):
    assert isinstance(source_of(a_table(file, *lines)), kind)


def test_costs_alone_make_no_map():
    assert understand([a_table(*COSTS["VK Ads"])], project_key="shop").project.sources == ()


@pytest.mark.parametrize(
    ("cells", "first", "last"),
    [
        (["2024-02"], date(2024, 2, 1), date(2024, 2, 29)),
        (["12.2024"], date(2024, 12, 1), date(2024, 12, 31)),
        (["март 2025", "апрель 2025"], date(2025, 3, 1), date(2025, 3, 31)),
        (["Mar 2025"], date(2025, 3, 1), date(2025, 3, 31)),
        (["30.12.2024 – 05.01.2025"], date(2024, 12, 30), date(2025, 1, 5)),
        (["2025-01-07"], date(2025, 1, 7), date(2025, 1, 7)),
    ],
)
def test_a_cell_of_days_is_a_first_and_a_last_day(cells, first, last):
    column = detect_period(cells)

    assert column is not None
    assert read_period(cells[0], column) == (first, last)
    assert read_period("Итого", column) is None
