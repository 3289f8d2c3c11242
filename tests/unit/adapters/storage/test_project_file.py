import errno
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tropa.adapters.storage.project_file import project_from_text, project_to_text, read_project, write_project
from tropa.domain.evidence import MarkKind
from tropa.domain.project import (
    ChangeSpec,
    Cleaning,
    EventColumns,
    EventSource,
    FeedbackSource,
    FixedValue,
    KpiMetric,
    KpiSpec,
    Project,
    RatingColumn,
    StageSpec,
    TimeColumn,
    TouchpointSpec,
)
from tropa.domain.text import Language, Text
from tropa.errors import ConfigError, DiskFullError

EXAMPLE = Path(__file__).parents[5] / "shared" / "design" / "tropa.example.yaml"

SMALL = """\
version: 1
project: shop
timezone: Europe/Moscow
kpis:
  - key: buy
    name: {ru: "Купили"}
    metric: conversion
    from: cart
    to: order
    window: 7d 12h
    target: 45%
sources:
  - file: events.csv
    kind: events
    columns:
      person: client_id
      event: event
      time: {column: ts, format: iso, precision: ms}
stages:
  - key: cart
    name: {ru: "Корзина"}
    touchpoints:
      - key: cart_page
        name: Корзина
        match: {event: cart, where: {kind: seeds}}
  - key: order
    name: {ru: "Заказ"}
"""


def source(file: str) -> EventSource:
    return EventSource(file=file, columns=EventColumns(person="id", event="event", time=TimeColumn(column="ts")))


def test_short_forms_are_read() -> None:
    project = project_from_text(SMALL)
    kpi = project.kpis[0]
    assert (kpi.window, kpi.target, kpi.start) == (timedelta(days=7, hours=12), 0.45, "cart")
    touchpoint = project.stages[0].touchpoints[0]
    assert touchpoint.name == Text(ru="Корзина", en="Корзина")
    assert touchpoint.match is not None
    assert touchpoint.match.event == ("cart",)
    assert touchpoint.match.where == {"kind": ("seeds",)}


def test_every_key_of_the_design_example_is_read_and_written_back() -> None:
    if not EXAMPLE.exists():
        pytest.skip("the design folder ../shared is not here")
    project = read_project(EXAMPLE)
    assert len(project.sources) == 3
    assert project_from_text(project_to_text(project)) == project


@pytest.mark.parametrize(
    ("wrong", "right", "line", "column", "message", "hint"),
    [
        ("timezone: Europe/Moskow", "timezone: Europe/Moscow", 3, 1, "time zone", "Did you mean “Europe/Moscow”"),
        ("time_zone: Europe/Moscow", "timezone: Europe/Moscow", 3, 1, "no key “time_zone”", "Did you mean “timezone”"),
        ("from: crat", "from: cart", 8, 5, "no stage “crat”", "Did you mean “cart”"),
        ("window: 7 дней", "window: 7d 12h", 10, 5, "no duration", ""),
        ("target: 45", "target: 45%", 11, 5, "between 0 and 1", "45%"),
        ("kind: event", "kind: events", 14, 5, "events, entities, feedback", ""),
        ("precision: hour", "precision: ms", 18, 39, "us, ms, second, minute, day", ""),
        ("format: dd.mm.yyyy", "format: iso", 18, 26, "no format of time", "%d.%m.%Y"),
        ("metric: conversoin", "metric: conversion", 7, 5, "Expected one of", "conversion"),
        ("file: ../events.csv", "file: events.csv", 13, 5, "inside this folder", ""),
        ("project: Мой магазин", "project: shop", 2, 1, "cannot be a key", "a–z"),
        ("version: 2", "version: 1", 1, 1, "reads version 1", ""),
        ("project: shop\nproject: two", "project: shop", 3, 1, "stands twice", ""),
        ("project: [shop", "project: shop", 3, 9, "not YAML", "tabs"),
        ("key: cart\n", "key: order\n", 26, 5, "Two of “stages”", "another key"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_with_its_line_and_what_is_allowed(
    wrong: str, right: str, line: int, column: int, message: str, hint: str
) -> None:
    assert right in SMALL
    head, _, tail = SMALL.rpartition(right) if right == "key: order\n" else SMALL.partition(right)
    with pytest.raises(ConfigError) as raised:
        project_from_text(head + wrong + tail)
    error = raised.value
    assert message in error.message
    assert hint in error.hint
    assert (error.place.file, error.place.line, error.place.column) == ("tropa.yaml", line, column)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n",
        "project: &a {x: *a}\n",
        "a: &a [1]\nproject: *a\n",
        "project: " + "[" * 3000,
        "project: shop\nsources: events.csv\n",
        "project: null\n",
        "project: shop\nstages: [1, 2]\n",
        "project: shop\nfindings: {min_persons: 0}\n",
        "project: shop\nfindings: {false_discovery_rate: 5}\n",
        "\x00\x01",
        "project: shop\nas_of: 31.12.2026\n",
        "project: shop\ngoal: {text: {ru: x}, kpi: nothing}\n",
    ],
)
def test_hostile_or_misshapen_files_end_in_a_clear_error(text: str) -> None:
    with pytest.raises(ConfigError) as raised:
        project_from_text(text)
    assert raised.value.message


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read") as raised:
        read_project(tmp_path / "tropa.yaml")
    assert "tropa init" in raised.value.hint


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tropa.yaml").write_bytes("title: Магазин".encode("cp1251"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read_project(tmp_path / "tropa.yaml")


@pytest.mark.parametrize("language", list(Language))
def test_a_new_file_explains_itself_and_reads_back_equal(tmp_path: Path, language: Language) -> None:
    project = Project(
        project="shop",
        language=language,
        currency="RUB",
        as_of=date(2026, 3, 1),
        sources=(source("a: b.csv"), source("данные/события 1.csv")),
        kpis=(KpiSpec(key="k", name=Text(en="K"), metric=KpiMetric.MEDIAN_TIME, window=timedelta(hours=36)),),
        stages=(
            StageSpec(
                key="s",
                name=Text(ru="Да: «нет» # не комментарий"),
                touchpoints=(TouchpointSpec(key="t", name=Text(en="yes")),),
            ),
        ),
        changes=(ChangeSpec(date=date(2026, 1, 5), name=Text(ru="Новая форма")),),
    )
    path = tmp_path / "tropa.yaml"
    write_project(path, project)
    text = path.read_text(encoding="utf-8")
    assert read_project(path) == project
    assert text.count("#") > 10
    assert ("файл ваш" in text.lower()) == (language is Language.RU)
    assert [one.name for one in tmp_path.iterdir()] == ["tropa.yaml"]


def test_a_second_init_keeps_words_comments_and_order(tmp_path: Path) -> None:
    path = tmp_path / "tropa.yaml"
    path.write_text(
        "# мой комментарий\n" + SMALL.replace("person: client_id", "person: phone   # решили по телефону"),
        encoding="utf-8",
    )
    before = path.read_text(encoding="utf-8")
    fresh = replace(project_from_text(SMALL), sources=(source("events.csv"), source("orders.csv")), timezone="UTC")
    write_project(path, fresh)
    after = path.read_text(encoding="utf-8")
    project = read_project(path)
    assert [one.file for one in project.sources] == ["events.csv", "orders.csv"]
    assert project.sources[0].columns.person == "phone"
    assert project.timezone == "Europe/Moscow"
    assert "# мой комментарий" in after
    assert "# решили по телефону" in after
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


def test_a_second_init_with_nothing_new_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "tropa.yaml"
    write_project(path, replace(project_from_text(SMALL), sources=(source("a.csv"),)))
    before = path.read_bytes()
    write_project(path, read_project(path))
    assert path.read_bytes() == before


def test_a_pattern_in_the_file_covers_the_files_it_names(tmp_path: Path) -> None:
    path = tmp_path / "tropa.yaml"
    path.write_text(SMALL.replace("file: events.csv", 'file: "data/*.csv"'), encoding="utf-8")
    write_project(path, replace(project_from_text(SMALL), sources=(source("data/new.csv"),)))
    assert [one.file for one in read_project(path).sources] == ["data/*.csv"]


def test_bare_numbers_and_leading_zeros_stay_text() -> None:
    text = SMALL.replace("person: client_id", "person: 007").replace("kind: seeds", "kind: [1, true]")
    project = project_from_text(text)
    assert project.sources[0].columns.person == "007"
    match = project.stages[0].touchpoints[0].match
    assert match is not None
    assert match.where == {"kind": ("1", "true")}


def test_a_place_where_nothing_can_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        write_project(tmp_path / "missing" / "tropa.yaml", project_from_text(SMALL))


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tropa.yaml"
    path.write_text(SMALL, encoding="utf-8")

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(DiskFullError):
        write_project(path, replace(project_from_text(SMALL), sources=(source("new.csv"),)))
    assert path.read_text(encoding="utf-8") == SMALL
    assert [one.name for one in tmp_path.iterdir()] == ["tropa.yaml"]


CONVERSATIONS = """\
project: shop
sources:
  - file: talk.txt
    kind: feedback
    columns: {text: text, role: role, speaker: speaker, question: question}
    roles: {Марина: customer}
  - file: nps.csv
    kind: feedback
    columns:
      text: [Что понравилось?]
      questions: Почему
      rating: {column: NPS, scale: [0, 10]}
      marks:
        - {column: Лёгкость, scale: [1, 7], kind: ces}
      role: {value: customer}
"""


def test_conversations_and_surveys_are_read_and_written() -> None:
    project = project_from_text(CONVERSATIONS)
    talk, survey = project.sources
    assert isinstance(talk, FeedbackSource)
    assert isinstance(survey, FeedbackSource)
    assert (talk.columns.speaker, talk.roles) == ("speaker", {"Марина": "customer"})
    assert survey.columns.questions == ("Почему",)
    assert survey.columns.marks == (RatingColumn(column="Лёгкость", scale=(1, 7), kind=MarkKind.CES),)
    assert survey.columns.role == FixedValue(value="customer")
    text = project_to_text(project)
    assert "- {column: Лёгкость, scale: [1, 7], kind: ces}" in text
    assert project_from_text(text).sources == project.sources


@pytest.mark.parametrize(
    ("wrong", "right", "place", "hint"),
    [
        ("customer}", "buyer}", (6, 13), "customer"),
        ("[1, 7]", "[7, 1]", (14, 30), "E.g."),
        ("kind: ces", "kind: cas", (14, 45), "ces"),
        ("speaker: speaker", "speakers: speaker", (5, 39), "speaker"),
    ],
)
def test_what_is_wrong_with_a_conversation_is_said_where_it_stands(
    wrong: str, right: str, place: tuple[int, int], hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        project_from_text(CONVERSATIONS.replace(wrong, right, 1))
    assert (caught.value.place.line, caught.value.place.column) == place
    assert hint in str(caught.value.hint)


def test_a_source_of_feedback_has_something_to_read() -> None:
    with pytest.raises(ConfigError, match="names no column of text"):
        project_from_text("project: shop\nsources: [{file: a.csv, kind: feedback, columns: {person: id}}]\n")


def test_rules_for_event_names_are_read_and_written_back() -> None:
    cleaning = "cleaning: {hide: banner_*, pages: true, join: {checkout: [checkout_*, pay]}}\n"
    project = project_from_text(SMALL + cleaning, file="tropa.yaml")

    assert project.cleaning == Cleaning(hide=("banner_*",), pages=True, join={"checkout": ("checkout_*", "pay")})
    assert project_from_text(project_to_text(project), file="tropa.yaml") == project


def test_a_template_that_does_not_ship_needs_a_folder_of_own_ones() -> None:
    with pytest.raises(ConfigError) as caught:
        project_from_text("project: a\nstages_from: template:spaceport\n")
    assert (caught.value.place.line, caught.value.place.column) == (2, 1)
    assert "clinic" in caught.value.hint
    own = project_from_text("project: a\nstages_from: template:spaceport\ntemplates: mine\n")
    assert own.templates == "mine"
