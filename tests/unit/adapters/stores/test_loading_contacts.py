"""Contacts with job titles: whose deals their events belong to, and what class they are."""

from builders.hand_tables import ingested
from tropa.domain.buying import BUYING_CLASS, BuyingClassSpec
from tropa.domain.project import (
    ContactColumns,
    ContactSource,
    EntityColumns,
    EntitySource,
    EventColumns,
    EventSource,
    FeedbackColumns,
    FeedbackSource,
    Project,
    TimeColumn,
    UnitKind,
)

DEALS = EntitySource(
    file="deals.csv",
    columns=EntityColumns(key="deal", company="firm"),
    dates={"created": TimeColumn(column="created")},
)
CONTACTS = ContactSource(
    file="people.csv", columns=ContactColumns(person="who", case="deal", company="firm", title="title")
)
VISITS = EventSource(
    file="visits.csv", columns=EventColumns(person="who", event="what", time=TimeColumn(column="when"))
)


def a_project(**more):
    return Project(project="crm", unit=UnitKind.CASE, sources=(DEALS, CONTACTS, VISITS), **more)


def a_deal(deal, created, firm=""):
    return {"deal": deal, "created": created, "firm": firm}


def a_contact(who, deal="", firm="", title=""):
    return {"who": who, "deal": deal, "firm": firm, "title": title}


def a_visit(who, what, when):
    return {"who": who, "what": what, "when": when}


def loaded(tmp_path, deals, contacts, visits, **more):
    files = {"deals.csv": deals, "people.csv": contacts, "visits.csv": visits}
    store, report = ingested(tmp_path, a_project(**more), files)
    log = store.load()
    column = log.properties.get(BUYING_CLASS)
    events = sorted(
        (
            unit,
            log.event.values[log.event.codes[i]],
            None if column is None or column.codes[i] < 0 else column.values[column.codes[i]],
        )
        for unit in range(log.units)
        for i in range(log.offsets[unit], log.offsets[unit + 1])
    )
    paths = {}
    for unit, event, who in events:
        paths.setdefault(unit, []).append((event, who))
    return sorted(sorted(path, key=str) for path in paths.values()), report


def test_events_of_contacts_stand_on_the_path_of_their_deal(tmp_path):
    paths, report = loaded(
        tmp_path,
        [a_deal("1", "2025-01-01"), a_deal("2", "2025-01-01")],
        [a_contact("ann", "1", title="Генеральный директор"), a_contact("bob", "1", title="ИТ-директор")],
        [a_visit("ann", "page", "2025-01-02"), a_visit("bob", "trial", "2025-01-03")],
    )
    assert paths == [
        [("created", None)],
        [("created", None), ("page", "economic_buyer"), ("trial", "technical_buyer")],
    ]
    assert (report.rejected, report.persons) == (0, 2)


def test_of_several_deals_it_is_the_one_begun_last_before_the_event(tmp_path):
    paths, _ = loaded(
        tmp_path,
        [a_deal("1", "2025-01-01"), a_deal("2", "2025-03-01")],
        [a_contact("ann", "1", title="CEO"), a_contact("ann", "2", title="CEO")],
        [
            a_visit("ann", "early", "2025-02-01"),
            a_visit("ann", "late", "2025-04-01"),
            a_visit("ann", "before", "2024-12-01"),
        ],
    )
    economic = "economic_buyer"
    assert paths == [
        [("before", economic), ("created", None), ("early", economic)],
        [("created", None), ("late", economic)],
    ]


def test_a_company_links_contacts_and_deals_however_it_is_written(tmp_path):
    paths, _ = loaded(
        tmp_path,
        [a_deal("1", "2025-01-01", "ООО «Окна»")],
        [a_contact("ann", firm="окна ООО", title="Менеджер по продажам")],
        [a_visit("ann", "page", "2025-01-02")],
    )
    assert paths == [[("created", None), ("page", "end_user")]]


def test_visitors_who_belong_to_no_deal_keep_a_path_of_their_own(tmp_path):
    paths, report = loaded(
        tmp_path,
        [a_deal("1", "2025-01-01")],
        [a_contact("ann", "1", title="CTO")],
        [a_visit("stranger", "page", "2025-01-02")],
    )
    assert paths == [[("created", None)], [("page", None)]]
    assert report.persons == 2


def test_own_words_come_before_those_that_ship(tmp_path):
    security = BuyingClassSpec(key="security", titles=("безопасн*",))
    paths, _ = loaded(
        tmp_path,
        [a_deal("1", "2025-01-01")],
        [a_contact("ann", "1", title="Директор по безопасности")],
        [a_visit("ann", "page", "2025-01-02")],
        buying_centre=(security,),
    )
    assert paths == [[("created", None), ("page", "security")]]


def test_a_contact_without_an_id_is_set_aside_with_a_reason(tmp_path):
    _, report = loaded(
        tmp_path, [a_deal("1", "2025-01-01")], [a_contact("", "1", title="CTO")], [a_visit("x", "page", "2025-01-02")]
    )
    assert report.rejected == 1


def test_a_review_that_names_its_contact_has_the_contact_s_class(tmp_path):
    reviews = FeedbackSource(file="said.csv", columns=FeedbackColumns(text="text", person="who"))
    project = Project(project="crm", unit=UnitKind.CASE, sources=(DEALS, CONTACTS, VISITS, reviews))
    files = {
        "deals.csv": [a_deal("1", "2025-01-01")],
        "people.csv": [a_contact("ann", deal="1", title="CFO"), a_contact("bob", deal="1", title="student")],
        "visits.csv": [a_visit("ann", "price", "2025-01-02")],
        "said.csv": [{"who": one, "text": f"{one} says it is dear"} for one in ("ann", "bob", "zed", "")],
    }
    store, _ = ingested(tmp_path, project, files)
    assert [one.buyer for one in store.feedback()] == ["economic_buyer", None, None, None]
    assert store.feedback()[0].unit == 0
