import pytest

from builders.hand_tables import KEY, HandTables, ingested
from tropa.adapters.stores.local.people import find_people
from tropa.domain.project import EntityColumns, EntitySource, EventColumns, EventSource, Project, TimeColumn, UnitKind

CLICKS = [
    {"who": who, "what": "view", "at": f"2025-01-0{1 + number % 9}T10:00:00"}
    for number, who in enumerate(("8 (912) 345-67-89", "Ann@Shop.ru", "ann@shop.ru", "7", "=cmd|1", "nobody"))
]


def clicks():
    columns = EventColumns(person="who", event="what", time=TimeColumn(column="at"))
    return EventSource(file="clicks.csv", columns=columns)


def clients(consent="consent"):
    columns = EntityColumns(key="id", person="phone", consent=consent)
    return EntitySource(file="clients.csv", columns=columns, dates={"joined": TimeColumn(column="joined")})


def found(tables, project, names):
    wanted = {KEY.pseudonym("person", name) for name in names}
    return find_people(project, HandTables(tables), KEY, wanted)


def test_ids_come_back_as_the_files_spell_them_and_nobody_else_does():
    project = Project(project="shop", sources=(clicks(),))
    people = found({"clicks.csv": CLICKS}, project, ["79123456789", "ann@shop.ru", "long gone"])
    assert people.ids == ("8 (912) 345-67-89", "Ann@Shop.ru")
    assert people.unfound == 1
    assert not people.asks_consent


def test_pseudonyms_of_the_store_lead_back_to_everybody(tmp_path):
    project = Project(project="shop", sources=(clicks(),))
    store, _ = ingested(tmp_path, project, {"clicks.csv": CLICKS})
    wanted = {one.tobytes() for one in store.persons()}
    people = find_people(project, HandTables({"clicks.csv": CLICKS}), KEY, wanted)
    assert people.ids == ("7", "8 (912) 345-67-89", "=cmd|1", "Ann@Shop.ru", "nobody")


def answers(*rows):
    return [{"id": str(n), "phone": phone, "joined": day, "consent": said} for n, (phone, day, said) in enumerate(rows)]


def test_who_said_no_is_counted_and_left_out_and_silence_is_told():
    rows = answers(
        ("1", "2025-01-01", "да"), ("2", "2025-01-01", "Нет"), ("3", "2025-01-01", ""), ("4", "2025-01-01", "нет")
    )
    people = found({"clients.csv": rows}, Project(project="shop", sources=(clients(),)), ["1", "2", "3"])
    assert people.ids == ("1", "3")
    assert (people.refused, people.unsaid, people.unfound) == (1, 1, 0)


@pytest.mark.parametrize(
    ("rows", "stays"),
    [
        ([("1", "2025-01-01", "нет"), ("1", "2025-03-01", "да")], True),
        ([("1", "2025-01-01", "да"), ("1", "2025-03-01", "нет")], False),
        ([("1", "2025-03-01", "нет"), ("1", "2025-01-01", "да")], False),
        ([("1", "2025-01-01", "да"), ("1", "2025-01-01", "нет")], False),
        ([("1", "2025-01-01", "нет"), ("1", "2025-03-01", "")], False),
        ([("1", "", "да"), ("1", "", "нет")], False),
    ],
)
def test_the_last_word_counts_and_of_words_of_one_day_the_no(rows, stays):
    people = found({"clients.csv": answers(*rows)}, Project(project="shop", sources=(clients(),)), ["1"])
    assert people.ids == (("1",) if stays else ())


def test_a_column_of_refusals_is_read_the_other_way_round():
    rows = [
        {"id": "1", "phone": "1", "joined": "2025-01-01", "opt_out": "yes"},
        {"id": "2", "phone": "2", "joined": "2025-01-01", "opt_out": "no"},
    ]
    people = found({"clients.csv": rows}, Project(project="shop", sources=(clients("opt_out"),)), ["1", "2"])
    assert people.ids == ("2",)


def test_where_deals_are_followed_deals_are_listed():
    rows = answers(("ann", "2025-01-01", "нет"), ("bob", "2025-01-01", "да"))
    project = Project(project="shop", sources=(clients(),), unit=UnitKind.CASE)
    wanted = {KEY.pseudonym("case", "0"), KEY.pseudonym("case", "1")}
    assert find_people(project, HandTables({"clients.csv": rows}), KEY, wanted).ids == ("1",)
