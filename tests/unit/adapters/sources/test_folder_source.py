import datetime as dt
import gzip
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.adapters.sources.folder import FolderSource, LoadedTable
from tropa.adapters.sources.limits import Limits
from tropa.domain.project import EventColumns, EventSource, TableFormat, TimeColumn
from tropa.errors import InputError, SourceMissingError
from tropa.intake.table import FoundTable

SHARED = Path(__file__).parents[5] / "shared"
CREATED = dt.datetime.fromisoformat("2026-01-10 13:45")
NEXT_DAY = dt.datetime.fromisoformat("2026-01-11")
COLUMNS = EventColumns(event="event", time=TimeColumn(column="time"))


def found(folder: Path) -> FoundTable:
    files = FolderSource(folder).find()
    assert not files.unread
    (table,) = files.tables
    return table


def load(
    folder: Path, file: str, *, sheet: str | None = None, how: TableFormat | None = None, limits: Limits | None = None
) -> tuple[LoadedTable, list[tuple[object, ...]], list[tuple[object, ...]]]:
    connection = duckdb.connect()
    spec = EventSource(file=file, sheet=sheet, format=how or TableFormat(), columns=COLUMNS)
    loaded = FolderSource(folder, limits=limits or Limits()).load(connection, spec, "raw")
    rows = connection.execute("SELECT * EXCLUDE (_file) FROM raw ORDER BY _file, _row").fetchall()
    bad = connection.execute("SELECT _row, reason FROM raw__rejected ORDER BY _file, _row").fetchall()
    return loaded, rows, bad


def test_semicolons_cp1251_and_decimal_commas_are_read_as_they_stand(tmp_path: Path) -> None:
    (tmp_path / "отзывы.csv").write_bytes(
        "Дата;Сумма;Отзыв\n10.01.2026;4990,50;Ждал; долго\n".replace("Ждал; долго", '"Ждал; долго"').encode("cp1251")
    )
    table = found(tmp_path)
    assert (table.format.encoding, table.format.delimiter) == ("cp1251", ";")
    assert table.columns == ("Дата", "Сумма", "Отзыв")
    assert table.sample == (("10.01.2026", "4990,50", "Ждал; долго"),)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
def test_russian_text_is_read_in_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    lines = ["Клиент;Событие;Дата", *(f"Анна {n};Оформила заказ и ждёт доставку;2026-01-{n:02}" for n in range(1, 29))]
    (tmp_path / "x.csv").write_bytes("\r\n".join(lines).encode(encoding))
    table = found(tmp_path)
    assert table.columns == ("Клиент", "Событие", "Дата")
    assert table.sample[0] == ("Анна 1", "Оформила заказ и ждёт доставку", "2026-01-01")
    assert table.rows == 28


def test_long_numbers_survive_as_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,t\n1700000000123456789,2026-01-10\n0007,2026-01-11\n")
    (tmp_path / "b.json").write_text('[{"id": 1700000000123456789, "price": 4990.50}]')
    tables = FolderSource(tmp_path).find().tables
    assert [row[0] for row in tables[0].sample] == ["1700000000123456789", "0007"]
    assert tables[1].sample == (("1700000000123456789", "4990.50"),)


def test_titles_above_blank_lines_and_totals_below_are_no_rows(tmp_path: Path) -> None:
    text = (
        "Отчёт по заказам за январь 2026\n\nДата;Клиент;Сумма\n10.01.2026;Анна;100\n11.01.2026;Борис;200\n"
        "\n12.01.2026;Вера;300\nИтого;;600\n\nСформировано автоматически;;\n"
    )
    (tmp_path / "x.csv").write_text(text)
    loaded, rows, bad = load(tmp_path, "x.csv")
    assert rows == [
        (4, "10.01.2026", "Анна", "100"),
        (5, "11.01.2026", "Борис", "200"),
        (7, "12.01.2026", "Вера", "300"),
    ]
    assert bad == []
    assert loaded.files[0].rows == 3
    table = found(tmp_path)
    assert table.format.header_row == 3
    assert "bottom_rows:2" in table.notes


def test_a_review_that_says_total_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("text,rating,date\nok fine,5,2026-01-10\nTotal disaster,1,x\n")
    assert len(load(tmp_path, "x.csv")[1]) == 2


def test_two_header_rows_become_one_name(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "ID,Дата,Оцените сервис,,Совет\n,,Доставка,Поддержка,Open-Ended Response\n1,2026-01-10,4,5,нет\n"
    )
    table = found(tmp_path)
    assert table.columns == ("ID", "Дата", "Оцените сервис: Доставка", "Оцените сервис: Поддержка", "Совет")
    assert table.sample == (("1", "2026-01-10", "4", "5", "нет"),)


def test_a_table_without_a_header_keeps_its_first_row(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("ann\tview\t2026-01-10 10:00:00\nbob\tcart\t2026-01-10 10:05:00\n")
    table = found(tmp_path)
    assert table.columns == ("column_1", "column_2", "column_3")
    assert (table.rows, table.format.header_row) == (2, 0)


def test_columns_of_one_name_are_told_apart_whatever_their_case(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Дата,Дата,date,DATE,_row\n1,2,3,4,5\n")
    assert found(tmp_path).columns == ("Дата", "Дата (2)", "date", "DATE (2)", "_row (2)")


def test_row_numbers_are_line_numbers_also_after_quoted_line_ends(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('a,b\n1,"two\nlines"\n3,x\n4\n5,y\n')
    _, rows, bad = load(tmp_path, "x.csv")
    assert [row[0] for row in rows] == [2, 4, 6]
    assert bad == [(5, "too_few_cells")]


def test_what_a_person_wrote_about_the_format_wins(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("junk|junk\nимя|b\n1|2\n".encode("cp1251"))
    how = TableFormat(encoding="cp1251", delimiter="|", header_row=2)
    loaded, rows, _ = load(tmp_path, "x.csv", how=how)
    assert loaded.columns == ("имя", "b")
    assert rows == [(3, "1", "2")]


def test_a_pattern_reads_all_its_files_and_unites_columns_by_name(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "jan.csv").write_text("person,event\nann,view\n")
    with gzip.open(tmp_path / "data" / "feb.csv.gz", "wt") as stream:
        stream.write("event,Person,city\ncart,bob,Омск\n")
    loaded, rows, _ = load(tmp_path, "data/*")
    assert [(one.file, one.rows) for one in loaded.files] == [("data/feb.csv.gz", 1), ("data/jan.csv", 1)]
    assert loaded.columns == ("event", "Person", "city")
    assert rows == [(2, "cart", "bob", "Омск"), (2, "view", "ann", "")]


def test_a_file_inside_a_zip_is_named_behind_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("in/a.csv", "person,event\nann,view\n")
        archive.writestr("b.csv", "x,y\n1,2\n3,4\n")
        archive.writestr("readme.md", "no data")
    tables = {table.file: table for table in FolderSource(tmp_path).find().tables}
    assert set(tables) >= {"export.zip/in/a.csv", "export.zip/b.csv"}
    assert tables["export.zip/b.csv"].member == "b.csv"
    loaded, rows, _ = load(tmp_path, "export.zip/b.csv")
    assert loaded.files[0].file == "export.zip/b.csv"
    assert rows == [(2, "1", "2"), (3, "3", "4")]


def test_a_workbook_gives_a_table_for_each_sheet_with_iso_dates_and_plain_numbers(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx", {"default_date_format": "dd.mm.yyyy hh:mm"})
    orders, empty, people = book.add_worksheet("Заказы"), book.add_worksheet("Пусто"), book.add_worksheet("Люди")
    orders.merge_range(0, 0, 0, 3, "Выгрузка заказов")
    for number, row in enumerate([["№", "Создан", "Сумма", "Товар"], [5.0, CREATED, 4990.5, "Фикус"]]):
        for column, value in enumerate(row):
            orders.write(number + 1, column, value)
    orders.merge_range(3, 0, 4, 0, 6)
    orders.write_row(3, 1, [NEXT_DAY, 100, "Горшок"])
    orders.write_row(4, 1, [NEXT_DAY, 200, "Грунт"])
    people.write_row(0, 0, ["id", "имя"])
    people.write_row(1, 0, ["7", True])
    book.close()
    del empty
    tables = FolderSource(tmp_path).find().tables
    assert [(table.sheet, table.columns) for table in tables] == [
        ("Заказы", ("№", "Создан", "Сумма", "Товар")),
        ("Люди", ("id", "имя")),
    ]
    assert tables[0].sample == (
        ("5", "2026-01-10 13:45:00", "4990.5", "Фикус"),
        ("6", "2026-01-11", "100", "Горшок"),
        ("6", "2026-01-11", "200", "Грунт"),
    )
    assert load(tmp_path, "x.xlsx", sheet="Люди")[1] == [(2, "7", "true")]
    with pytest.raises(SourceMissingError, match="Нет"):
        load(tmp_path, "x.xlsx", sheet="Нет")


def test_an_html_table_under_an_excel_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "deals.xls").write_text(
        "<meta charset=utf-8><table><tr><th>ID<th>Сделка<th>Сумма</tr><tr><td>1</td><td>Фикус<br>в горшке</td><td>4 990</td></tr></table>"
    )
    table = found(tmp_path)
    assert (table.columns, table.sample) == (("ID", "Сделка", "Сумма"), (("1", "Фикус\nв горшке", "4 990"),))


def test_nested_json_becomes_dotted_columns(tmp_path: Path) -> None:
    document = {
        "_embedded": {
            "leads": [
                {"id": 1, "tags": ["a", "b"], "fields": [{"field_name": "Источник", "values": [{"value": "Сайт"}]}]},
                {"id": 2, "params": [{"key": "page", "value": {"string_value": "/"}}], "paid": True, "note": None},
            ]
        }
    }
    (tmp_path / "x.json").write_text(json.dumps(document))
    table = found(tmp_path)
    assert table.columns == ("id", "tags", "fields.Источник", "params.page", "paid", "note")
    assert table.sample == (("1", "a, b", "Сайт", "", "", ""), ("2", "", "", "/", "true", ""))


def test_json_lists_side_by_side_are_tables_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"result": {"deals": [{"id": 1}], "stages": [{"name": "new"}]}}')
    tables = FolderSource(tmp_path).find().tables
    assert [table.sheet for table in tables] == ["result.deals", "result.stages"]
    assert load(tmp_path, "x.json", sheet="result.stages")[1] == [(1, "new")]


def test_xes_gives_events_with_their_case(tmp_path: Path) -> None:
    (tmp_path / "x.xes").write_text(
        '<log><trace><string key="concept:name" value="c1"/><float key="amount" value="5"/>'
        '<event><string key="concept:name" value="open"/><date key="time:timestamp" value="2026-01-10T10:00:00Z"/>'
        '<string key="org:resource" value="Ann"><string key="nested" value="no"/></string></event></trace>'
        '<trace><event><string key="concept:name" value="close"/></event></trace></log>'
    )
    table = found(tmp_path)
    assert table.columns == ("case:concept:name", "concept:name", "time:timestamp", "case:amount", "org:resource")
    assert table.sample == (
        ("c1", "open", "2026-01-10T10:00:00Z", "5", "Ann"),
        ("trace-2", "close", "", "", ""),
    )


def test_parquet_is_text_with_structs_flattened(tmp_path: Path) -> None:
    duckdb.connect().execute(
        f"COPY (SELECT 1700000000123456789 AS id, TIMESTAMP '2026-01-10 10:00:00' AS t, {{'city': 'Омск'}} AS place, "
        f"[1, 2] AS tags, NULL::VARCHAR AS nothing) TO '{tmp_path}/x.parquet' (FORMAT parquet)"
    ).fetchall()
    table = found(tmp_path)
    assert table.columns == ("id", "t", "place.city", "tags", "nothing")
    assert table.sample == (("1700000000123456789", "2026-01-10 10:00:00", "Омск", "1, 2", ""),)


def test_own_hidden_and_foreign_files_are_passed_over(tmp_path: Path) -> None:
    for name in (
        "out/map.csv",
        "rejects/x.csv",
        ".tropa/x.csv",
        ".hidden.csv",
        "notes.md",
        "a.cjm.json",
        "tropa.yaml",
        "pic.png",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("a,b\n1,2\n")
    files = FolderSource(tmp_path).find()
    assert (files.tables, files.unread) == ((), ())


def test_a_sample_holds_rows_of_the_head_the_middle_and_the_end(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("n,m\n" + "".join(f"{n},x\n" for n in range(50_000)))
    numbers = [int(row[0]) for row in found(tmp_path).sample]
    assert len(numbers) <= 600
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 0
    assert numbers[-1] == 49_999
    assert sum(10_000 < n < 40_000 for n in numbers) > 50


def test_a_long_table_is_sampled_without_reading_it_all(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("n,m\n" + "".join(f"{n},x\n" for n in range(50_000)))
    (table,) = FolderSource(tmp_path, limits=Limits(long_text=1000)).find().tables
    numbers = [int(row[0]) for row in table.sample]
    assert (numbers[0], numbers[-1], table.rows) == (0, 49_999, None)
    assert len(numbers) <= 600


def test_a_missing_file_says_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("a,b\n1,2\n")
    with pytest.raises(SourceMissingError) as caught:
        load(tmp_path, "order.csv")
    assert "orders.csv" in caught.value.hint


cells = st.text(st.sampled_from('ab,"\n\r ;é1'), max_size=4)
raw_lines = st.lists(st.one_of(cells, st.lists(cells, min_size=1, max_size=4).map(",".join)), max_size=12)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw_lines, st.sampled_from(["\n", "\r\n"]))
def test_the_way_in_bulk_gives_what_the_careful_way_gives(tmp_path: Path, lines: list[str], end: str) -> None:
    text = end.join(["person,event,time", "ann,view,1", "bob,cart,2", "cyd,pay,3", *lines, "eve,view,4"]) + end
    (tmp_path / "x.csv").write_bytes(text.encode())
    outcomes = []
    for long_text in (1 << 30, 1):
        try:
            outcomes.append(load(tmp_path, "x.csv", limits=Limits(long_text=long_text)))
        except InputError as error:
            outcomes.append(error.message)
    assert outcomes[0] == outcomes[1]


def test_bulk_numbers_rows_after_refused_lines_and_drops_the_total(tmp_path: Path) -> None:
    lines = [f"p{n},view,2026-01-10" for n in range(20_000)]
    lines[5], lines[6], lines[10_000], lines[15_000] = (
        "short,row",
        "too,many,cells,here",
        'q,"a"b,2026',
        "person,event,time",
    )
    (tmp_path / "x.csv").write_text("\n".join(["person,event,time", *lines, "Итого,20000,"]))
    careful = load(tmp_path, "x.csv", limits=Limits(long_text=1 << 30))
    bulk = load(tmp_path, "x.csv", limits=Limits(long_text=1))
    assert bulk == careful
    assert bulk[2] == [(7, "too_few_cells"), (8, "too_many_cells"), (15_002, "repeated_header")]
    assert bulk[0].files[0].rows == 20_000
    assert bulk[1][-1][0] == 20_001


@pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/data: real logs are not part of the project")
@pytest.mark.parametrize(
    ("file", "rows", "width"), [("ecom.csv.gz", 31_106, 8), ("cdnow.txt", 69_659, 4), ("helpdesk.xes.gz", 21_348, 13)]
)
def test_real_logs_are_read_whole(file: str, rows: int, width: int) -> None:
    loaded, _, bad = load(SHARED / "data" / "events", file)
    assert (loaded.files[0].rows, len(loaded.columns), bad) == (rows, width, [])
