"""The company's own changes beside a date: candidates, never causes."""

from datetime import date

from tropa.domain.project import Project
from tropa.domain.text import Text

NEAR_DAYS = 7


def near_change(project: Project, since: date | None) -> Text | None:
    """The change nearest to the day, if one lies within a week of it."""
    if since is None:
        return None
    near = sorted(project.changes, key=lambda change: abs((change.date - since).days))
    return near[0].name if near and abs((near[0].date - since).days) <= NEAR_DAYS else None
