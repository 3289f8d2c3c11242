import tempfile
from pathlib import Path

import duckdb
import pytest

from hostile.hostile_files import CASES, GOOD, HEADER, Case, circular_xls
from tropa.adapters.sources.compound_guard import links_are_sound
from tropa.adapters.sources.folder import FolderSource
from tropa.domain.project import EventColumns, EventSource, TimeColumn
from tropa.errors import InputError

COLUMNS = EventColumns(event="event", time=TimeColumn(column="time"))


def test_there_are_sixty_hostile_files_and_more() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_an_old_workbook_whose_links_end_is_not_suspected(tmp_path: Path) -> None:
    (tmp_path / "x.xls").write_bytes(circular_xls(0xFFFFFFFE, 0xFFFFFFFE))
    assert links_are_sound(tmp_path / "x.xls")


def everything_under(place: Path) -> set[str]:
    return {str(path) for path in place.rglob("*") if path.name != "room"}


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, with temporary files going where the test can see them."""
    (tmp_path / "room").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "room"))
    folder = tmp_path / "company"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_file_is_refused_in_words_or_its_bad_rows_are_counted(case: Case, company: Path) -> None:
    case.make(company)
    (company / "neighbour.csv").write_text(HEADER + GOOD)
    before = everything_under(company.parent)
    source = FolderSource(company)

    found = source.find()

    errors = [one.error for one in found.unread]
    assert [t.file for t in found.tables if t.file == "neighbour.csv"] == ["neighbour.csv"], (
        "one bad file spoils no other"
    )
    for error in errors:
        assert error.message, error
        assert error.hint, error
        assert error.place.file, error
    accepted, reasons, loading = 0, [], []
    for table in found.tables:
        if table.file == "neighbour.csv":
            continue
        connection = duckdb.connect()
        try:
            loaded = source.load(connection, EventSource(file=table.file, sheet=table.sheet, columns=COLUMNS), "raw")
        except InputError as error:
            loading.append(error)
            continue
        good = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
        bad = [reason for (reason,) in connection.execute("SELECT reason FROM raw__rejected").fetchall()]
        assert sum(one.rows for one in loaded.files) == good + len(bad)
        assert connection.execute("SELECT coalesce(max(length(raw)), 0) FROM raw__rejected").fetchall()[0][0] <= 2000
        accepted += good
        reasons += bad
    if case.error is not None:
        assert [type(error) for error in (*errors, *loading)] == [case.error]
    else:
        assert errors == loading == []
        assert (accepted, tuple(sorted(reasons))) == (case.rows, tuple(sorted(case.rejects)))
    assert everything_under(company.parent) == before, "nothing is written and left"
    assert not list((company.parent / "room").iterdir())


@pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "*/../../secret.csv", "nothing.csv"])
def test_a_source_outside_the_folder_is_not_there(file: str, company: Path) -> None:
    (company.parent / "secret.csv").write_text(HEADER + GOOD)
    with pytest.raises(InputError, match="There is no file"):
        FolderSource(company).load(duckdb.connect(), EventSource(file=file, columns=COLUMNS), "raw")


def test_a_file_without_rights_is_named(company: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (company / "x.csv").write_text(HEADER + GOOD)
    usual = Path.open

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self.name == "x.csv":
            raise PermissionError(13, "Permission denied")
        return usual(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    (unread,) = FolderSource(company).find().unread
    assert unread.file == "x.csv"
    assert "Permission denied" in unread.error.message
