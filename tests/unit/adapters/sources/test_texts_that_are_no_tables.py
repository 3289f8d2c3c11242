"""Files of running text, subtitles and Word documents become tables with a row a turn, a review or a paragraph."""

import gzip
from pathlib import Path

import duckdb
import pytest

from builders.word import document, docx, packed, paragraph
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.sources.limits import Limits
from tropa.domain.project import FeedbackColumns, FeedbackSource
from tropa.errors import InputError, TooLargeError
from tropa.intake.table import FoundTable

TALK = "Интервьюер: Долго ждали?\nМарина: Да, долго.\nИнтервьюер: А курьер?\nМарина: Вежливый."
REVIEWS = "★★★★☆ 12 марта 2024\nХорошо, вернусь.\n★☆☆☆☆ 3 апреля 2024\nДолго везли.\n"


def found(folder: Path, name: str, content: bytes | str) -> FoundTable:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    files = FolderSource(folder).find()
    assert not files.unread
    (table,) = files.tables
    return table


def column(table: FoundTable, name: str) -> list[str]:
    place = table.columns.index(name)
    return [row[place] for row in table.sample]


def test_a_conversation_has_a_row_a_turn(tmp_path):
    table = found(tmp_path, "интервью 1.txt", TALK)
    assert table.format.kind == "dialogue"
    assert table.columns == ("document", "turn", "time", "speaker", "role", "question", "text")
    assert column(table, "role") == ["interviewer", "customer", "interviewer", "customer"]
    assert column(table, "question") == ["", "Долго ждали?", "", "А курьер?"]
    assert column(table, "text") == ["Долго ждали?", "Да, долго.", "А курьер?", "Вежливый."]
    assert set(column(table, "document")) == {"интервью 1"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_encodings_are_told(tmp_path, encoding):
    long = TALK + "\nИнтервьюер: Расскажите ещё.\nМарина: Коробка была мятая, горшок разбит, земля высыпалась."
    assert column(found(tmp_path, "a.txt", long.encode(encoding)), "text")[1] == "Да, долго."


def test_a_packed_file_is_read_too(tmp_path):
    assert column(found(tmp_path, "a.txt.gz", gzip.compress(TALK.encode())), "text")[1] == "Да, долго."


def test_subtitles_are_conversations(tmp_path):
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Оператор>Слушаю вас</v>\n\n00:03.000 --> 00:04.000\n<v Ирина>Где мой заказ?</v>\n"
    table = found(tmp_path, "call.vtt", text)
    assert column(table, "role") == ["employee", "customer"]


def test_pasted_reviews_keep_their_marks_and_dates(tmp_path):
    table = found(tmp_path, "paste.txt", REVIEWS)
    assert table.format.kind == "reviews"
    assert table.columns == ("time", "rating", "text")
    assert table.sample == (("2024-03-12", "4", "Хорошо, вернусь."), ("2024-04-03", "1", "Долго везли."))


def test_marks_out_of_ten_have_a_column_of_their_own(tmp_path):
    table = found(tmp_path, "отзывы.txt", "7/10\nХорошо\n5/5\nОтлично")
    assert table.columns == ("time", "rating", "rating (1-10)", "text")
    assert table.sample == (("", "", "7", "Хорошо"), ("", "5", "", "Отлично"))


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("отзывы.txt", "Рассада пришла\nГоршок треснул\nЗаказали снова", "reviews"),
        ("paste.txt", "Ужасно долго везли\nОтличная рассада, спасибо\nВсё плохо", "reviews"),
        ("тайный покупатель.txt", "Касса закрыта\nЖдал десять минут", "notes"),
        ("визит.txt", "Протокол визита, 12 мая\n\nКасса закрыта.", "notes"),
        ("письмо.txt", "Направляем вам договор.\nПросим подписать до пятницы.", "prose"),
        ("log.txt", "user;event;time\n1;view;2024-01-01\n2;cart;2024-01-02", "csv"),
        ("log2.txt", "user\tevent\n1\tview\n2\tcart", "csv"),
        ("list.txt", "user,event,time\n1,view,2024-01-01\n2,cart,2024-01-02", "csv"),
        ("cdnow.txt", " 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00003 19970112  5   77.00", "csv"),
        ("отзыв.txt", "отзыв\nХорошо\nПлохо, не советую", "csv"),
        ("reviews.csv", "text\nХорошо, спасибо\nПлохо, не советую", "csv"),
    ],
)
def test_what_a_text_file_holds_is_told(tmp_path, name, text, kind):
    assert found(tmp_path, name, text).format.kind == kind


def test_paragraphs_of_a_word_document_are_turns(tmp_path):
    table = found(tmp_path, "интервью.docx", docx("Интервью с Мариной", *TALK.split("\n")))
    assert column(table, "text") == ["Долго ждали?", "Да, долго.", "А курьер?", "Вежливый."]


def test_a_list_in_a_word_document_is_a_review_an_item(tmp_path):
    table = found(tmp_path, "отзывы.docx", docx("Хорошо.", "Долго везли, но довезли.", listed=True))
    assert column(table, "text") == ["Хорошо.", "Долго везли, но довезли."]


def test_a_table_in_which_people_talk_is_a_conversation(tmp_path):
    rows = [["Оператор", "Добрый день"], ["Клиент", "Где заказ?\nЖду"], ["Оператор", "Едет"]]
    table = found(tmp_path, "звонок.docx", docx("Звонок", rows))
    assert column(table, "role") == ["employee", "customer", "employee"]
    assert column(table, "text")[1] == "Где заказ?\nЖду"


def test_other_tables_of_a_word_document_are_tables(tmp_path):
    rows = [["Дата", "Отзыв"], ["12.03.2024", "Долго везли"], ["13.03.2024", "Хорошо"]]
    table = found(tmp_path, "выгрузка.docx", docx(rows))
    assert (table.sheet, table.columns) == ("table 1", ("Дата", "Отзыв"))
    spec = FeedbackSource(file="выгрузка.docx", sheet="table 1", columns=FeedbackColumns(text="Отзыв"))
    connection = duckdb.connect()
    FolderSource(tmp_path).load(connection, spec, "raw")
    assert connection.execute('SELECT "Отзыв" FROM raw').fetchall() == [("Долго везли",), ("Хорошо",)]


def test_deleted_text_and_copies_for_old_programs_are_left_out(tmp_path):
    content = (
        paragraph("Хорошо, советую")
        + "<w:p><w:del><w:r><w:t>удалено</w:t></w:r></w:del><w:r><w:t>Долго</w:t></w:r></w:p>"
        + '<w:p><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:r><w:t>раз</w:t></w:r></mc:Choice>'
        + "<mc:Fallback><w:r><w:t>раз</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert column(found(tmp_path, "отзывы.docx", packed(document(content))), "text") == [
        "Хорошо, советую",
        "Долго",
        "раз",
    ]


def test_every_line_is_a_row_or_a_reject(tmp_path):
    lines = [
        b"\xd0\xa5\xd0\xbe\xd1\x80\xd0\xbe\xd1\x88\xd0\xbe",
        b"a\x00b",
        b"\xd0\x9f\xd0\xbb\xd0\xbe\xd1\x85\xd0\xbe",
        b"\xff\xfe\xff",
        b"x" * (1 << 20) + b"y",
    ]
    raw = b"\n".join([*lines, *["Долго везли, но довезли".encode()] * 20])
    (tmp_path / "отзывы.txt").write_bytes(raw)
    connection = duckdb.connect()
    loaded = FolderSource(tmp_path).load(
        connection, FeedbackSource(file="отзывы.txt", columns=FeedbackColumns(text="text")), "raw"
    )
    bad = connection.execute("SELECT _row, reason FROM raw__rejected ORDER BY _row").fetchall()
    assert bad == [(2, "null_bytes"), (4, "undecodable"), (5, "cell_too_long")]
    assert [(one.rows, one.rejected) for one in loaded.files] == [(25, 3)]


def test_a_text_too_large_to_hold_is_refused(tmp_path):
    (tmp_path / "отзывы.txt").write_text("Долго везли, но довезли.\n" * 100_000)
    spec = FeedbackSource(file="отзывы.txt", columns=FeedbackColumns(text="text"))
    with pytest.raises(TooLargeError, match="more than 1 MB"):
        FolderSource(tmp_path, limits=Limits(prose=1 << 20)).load(duckdb.connect(), spec, "raw")


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.doc", "Old Word documents"), ("b.docx", "locked with a password")],
)
def test_documents_of_old_office_are_named_for_what_they_are(tmp_path, name, words):
    from tropa.adapters.sources.documents import read_document
    from tropa.adapters.sources.reading import Wishes
    from tropa.adapters.sources.unpacking import Blob

    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000)
    blob = Blob(file=name, path=tmp_path / name, name=name, room=tmp_path)
    with pytest.raises(InputError, match=words):
        list(read_document(blob, Wishes()))
