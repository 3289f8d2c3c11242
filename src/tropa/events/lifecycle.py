"""Work that is scheduled, started and completed: only what is completed is a step of the path."""

from tropa.events.log import EventLog

LIFECYCLE = "lifecycle"
START = "START"
COMPLETE = "COMPLETE"


def steps_only(log: EventLog) -> EventLog:
    """The log of COMPLETE events where it has one, else all of it; events without a lifecycle are steps."""
    column = log.properties.get(LIFECYCLE)
    if column is None or (code := column.code_of(COMPLETE)) < 0 or not (column.codes == code).any():
        return log
    keep = (column.codes == code) | (column.codes < 0)
    return log if keep.all() else log.where(keep)
