"""What stands beside the path, put where the map looks for it."""

from dataclasses import replace

from tropa.domain.ledger import Ledger
from tropa.domain.project import Project


def with_changes(project: Project, ledger: Ledger) -> Project:
    """The project with the changes that its sources list beside those that tropa.yaml names."""
    known = {(one.date, one.name) for one in project.changes}
    fresh = tuple(one for one in ledger.changes if (one.date, one.name) not in known)
    return replace(project, changes=(*project.changes, *fresh))
