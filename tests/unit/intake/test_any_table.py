"""Whatever a table holds, understanding it ends in a project, never in an error of ours."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.intake.table import FoundFormat, FoundTable
from tropa.intake.understanding import decided, understand

NAMES = st.sampled_from(
    [
        "id", "user_id", "client id", "Телефон", "E-mail", "event", "Тип", "timestamp", "Дата", "Дата оплаты", "created_at", "updated_at",
        "Статус", "Сумма", "price", "currency", "Канал", "device", "Отзыв", "Оценка", "Что улучшить?", "case:concept:name", "№", "", "😀", "url",
    ]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        [
            "", " ", "1", "0", "-5", "1 234,50 ₽", "NaN", "inf", "10.01.2026", "01/02/2026 10:00", "2026-01-10T10:00:00Z", "1768039200", "45678.5",
            "9" * 25, "+79160000001", "a@b.ru", "[1,2]", "https://x.ru/1", "Очень понравилось, спасибо!", "Отменён", "=cmd|' /C calc'!A0", "\x00",
            "31.02.2026", "99.99.9999", "0000-00-00", "12 марта 2025", "да", "view", "\u202e", "٣٤٥", "²", "1.1.1.1", "10:61", "2026-13-45",
        ]
    ),
    st.text(max_size=30),
)  # fmt: skip


@st.composite
def tables(draw: st.DrawFn) -> FoundTable:
    columns = tuple(draw(st.lists(NAMES, min_size=1, max_size=7, unique=True)))
    rows = draw(st.lists(st.lists(CELLS, min_size=0, max_size=9).map(tuple), max_size=25))
    file = draw(st.sampled_from(["a.csv", "отзывы.csv", "изменения.csv", "orders.xlsx", "log.xes"]))
    return FoundTable(file=file, columns=columns, sample=tuple(rows), format=FoundFormat(kind="csv"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(tables(), max_size=2, unique_by=lambda table: table.file))
def test_any_table_is_understood_or_left_out_with_a_reason(found: list[FoundTable]) -> None:
    result = understand(found, project_key="x")
    assert len(result.tables) == len(found)
    assert len(result.decisions) <= 7
    for one in result.tables:
        assert one.said.ru
        assert one.said.en
    answers = {decision.key: decision.choices[-1].key for decision in result.decisions}
    again = decided(result, answers)
    assert len(again.tables) == len(found)
