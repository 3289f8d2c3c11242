"""Event names made fewer: several put together under one, addresses of pages without ids, some left aside."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tropa.domain.project import Cleaning
from tropa.events.log import Column, EventLog
from tropa.events.staged import names_matching

_ADDRESS = re.compile(r"^(?:https?://[^/?#]*)?(/[^?#]*)?(?:[?#].*)?$")
_ID = re.compile(r"^(?:\d+|[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27}|(?=.*\d)(?=.*[a-z])[0-9a-z_-]{8,})$", re.IGNORECASE)


def cleaned(log: EventLog, rules: Cleaning) -> EventLog:
    """The log with its event names made fewer."""
    if rules.does_nothing:
        return log
    if rules.hide:
        hidden = names_matching(log.event.values, rules.hide)
        log = log.where(~hidden[log.event.codes])
    names = [clean_address(name) for name in log.event.values] if rules.pages else list(log.event.values)
    for name, patterns in rules.join.items():
        joined = names_matching(names, patterns).tolist()
        names = [name if hit else old for old, hit in zip(names, joined, strict=True)]
    return replace(log, event=_renamed(log.event, names))


def clean_address(name: str) -> str:
    """The path of a page without what is a visit's own; a name that is no address stays as it is."""
    found = _ADDRESS.match(name)
    if found is None or not name.startswith(("/", "http://", "https://")):
        return name
    parts = [part for part in (found[1] or "/").split("/") if part]
    return "/" + "/".join("*" if _ID.match(part) else part for part in parts)


def _renamed(column: Column, names: Sequence[str]) -> Column:
    used = np.unique(column.codes).tolist()
    values = tuple(sorted({names[code] for code in used}))
    number = {name: place for place, name in enumerate(values)}
    table = np.array([number.get(name, -1) for name in names], dtype=np.int32)
    return Column(table[column.codes] if len(table) else column.codes, values)
