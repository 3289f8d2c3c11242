"""Tables in which a row is a contact of a customer's company: who it is, of which deal or company, with what title."""

from tropa.domain.project import ContactColumns, ContactSource
from tropa.intake import data_lexicon as lexicon
from tropa.intake import roles
from tropa.intake.reading import Draft, TableReading, name_of


def contact_person(reading: TableReading) -> str | None:
    """The column that tells contacts apart: the one other tables know, else an id, else a contact or a name."""
    if reading.linked_person is not None:
        return reading.linked_person
    found = roles.best(reading.columns, roles.person, least=0.3) or roles.best(reading.columns, roles.key, least=0.5)
    return name_of(found)


def read_contacts(reading: TableReading) -> Draft | None:
    """The table as contacts; None where nobody can be told apart or nothing links them to deals or titles."""
    person = contact_person(reading)
    if person is None:
        return None
    title = roles.best(reading.columns, roles.job_title, least=0.5, without=[person])
    case = roles.best(reading.columns, roles.case, least=0.6, without=[person])
    companies = [
        one for one in reading.columns if one.name != person and one.says(lexicon.COMPANY) and one.filled >= 0.3
    ]
    columns = ContactColumns(
        person=person, case=name_of(case), company=companies[0].name if companies else None, title=name_of(title)
    )
    table = reading.table
    source = ContactSource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns)
    return Draft(source=source, noun="contact", confidence=0.85)
