import pytest

from builders.hand_tables import KEY, ingested
from tropa.adapters.stores.local.keys import written
from tropa.domain.evidence import Rating
from tropa.domain.project import (
    EventColumns,
    EventSource,
    FeedbackColumns,
    FeedbackSource,
    FixedValue,
    Project,
    RatingColumn,
    TimeColumn,
    UnitKind,
)


def reviews(**columns):
    given = {
        "text": "text",
        "rating": RatingColumn(column="mark", scale=(1, 5)),
        "time": TimeColumn(column="date", format="%d.%m.%Y"),
        "person": "who",
        "source": FixedValue(value="Карты"),
        **columns,
    }
    return FeedbackSource(file="reviews.csv", columns=FeedbackColumns(**given))


def a_review(text, mark="5", who="", date="12.03.2025", **more):
    return {"text": text, "mark": mark, "who": who, "date": date, **more}


def read(folder, rows, source=None, **settings):
    project = Project(project="shop", sources=(source or reviews(),), **settings)
    return ingested(folder, project, {"reviews.csv": rows})


def test_what_was_said_is_kept_with_its_mark_day_and_source(tmp_path):
    store, report = read(tmp_path, [a_review("Довезли быстро", "4,5")])
    (one,) = store.feedback()
    assert (one.text, one.rating, one.source, one.language) == (
        "Довезли быстро",
        Rating(value=4.5, scale=(1, 5)),
        "Карты",
        "ru",
    )
    assert one.written_at.isoformat() == "2025-03-12T00:00:00+00:00"
    assert (report.feedback, report.events, report.persons, report.first) == (1, 0, 0, report.last)


def test_texts_are_masked_before_they_are_stored(tmp_path):
    store, _ = read(tmp_path, [a_review("Звоните +7 916 123-45-67 или ivan@example.com")])
    assert store.feedback()[0].text == "Звоните [телефон] или [почта]"
    stored = b"".join(one.read_bytes() for one in (tmp_path / ".tropa").rglob("*") if one.is_file())
    assert b"example.com" not in stored


def test_a_mark_without_words_counts_and_silence_does_not(tmp_path):
    store, report = read(tmp_path, [a_review("", "2"), a_review("-", ""), a_review("Хорошо", "")])
    assert [one.rating and one.rating.value for one in store.feedback()] == [2, None]
    assert (report.feedback, report.rejected) == (2, 1)


def test_marks_outside_the_scale_are_said_and_not_counted(tmp_path):
    store, report = read(tmp_path, [a_review("Хорошо", "10")])
    assert store.feedback()[0].rating is None
    assert "«mark»" in report.warnings[0].ru


def test_a_voice_without_a_readable_date_is_kept(tmp_path):
    store, report = read(tmp_path, [a_review("Хорошо", date="на днях")])
    assert store.feedback()[0].written_at is None
    assert report.rejected == 0
    assert report.warnings


@pytest.mark.parametrize("unit", [UnitKind.PERSON, UnitKind.CASE])
def test_voices_meet_paths(tmp_path, unit):
    columns = EventColumns(person="who", case="deal", event="what", time=TimeColumn(column="time"))
    visits = EventSource(file="events.csv", columns=columns)
    rows = [
        {"who": "bob@example.com", "deal": "d1", "what": "view", "time": "2025-01-01"},
        {"who": "ann", "deal": "d2", "what": "view", "time": "2025-01-02"},
    ]
    said = [a_review("Первое", who="ann"), a_review("Второе", who="BOB@example.com"), a_review("Третье", who="eve")]
    project = Project(project="shop", sources=(visits, reviews()), unit=unit)
    store, _ = ingested(tmp_path, project, {"events.csv": rows, "reviews.csv": said})
    voices = store.feedback()
    assert [one.unit for one in voices] == [1, 0, None]
    assert voices[0].person == written(KEY.pseudonym("person", "ann"))
    assert voices[2].person is not None


def test_ids_are_the_sources_own_or_stay_the_same_in_the_next_export(tmp_path):
    one, other = a_review("Хорошо"), a_review("Плохо")
    first, _ = read(tmp_path, [one, other])
    ids = {voice.text: voice.id for voice in first.feedback()}
    second, _ = read(tmp_path, [a_review("Новое"), other, one, one])
    voices = second.feedback()
    assert {voice.text: voice.id for voice in voices[:3]} | {"Новое": ""} == ids | {"Новое": ""}
    assert voices[3].id == f"{ids['Хорошо']}-2"
    keyed, _ = read(tmp_path, [a_review("Хорошо", number="r-17")], reviews(key="number"))
    assert keyed.feedback()[0].id == "r-17"


def test_answers_to_several_questions_are_one_text(tmp_path):
    rows = [a_review("Понравилось", more="Долго ждали")]
    store, _ = read(tmp_path, rows, reviews(text=("text", "more")))
    assert store.feedback()[0].text == "Понравилось\nДолго ждали"


def test_a_changed_review_is_its_newest_version(tmp_path):
    rows = [
        a_review("Плохо", number="1", updated_at="2025-03-12"),
        a_review("Исправили!", number="1", updated_at="2025-03-15"),
    ]
    store, report = read(tmp_path, rows[::-1], reviews(key="number"))
    assert [one.text for one in store.feedback()] == ["Исправили!"]
    assert report.duplicates == 1
