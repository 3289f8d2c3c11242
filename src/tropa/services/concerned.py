"""From a finding to the people it is about: their pseudonyms."""

from base64 import b32decode
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.assembly.build import prepared
from tropa.domain.evidence import Measurement
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.journeymap import JourneyMap
from tropa.domain.project import Project
from tropa.errors import InputError, InvalidQueryError, told
from tropa.events.log import EventLog
from tropa.insight.again import units_concerned
from tropa.insight.pains import complaints_of
from tropa.insight.trades import pack_of
from tropa.texts.document import Feedback
from tropa.texts.mentions import listen

_NAMED = 12
_ASKABLE = ("openings", "complaints")
GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What the store holds: the log with the pseudonyms of its units, and the feedback."""

    log: EventLog
    persons: NDArray[np.uint8]
    feedback: Sequence[Feedback]


def finding_named(journey: JourneyMap, wanted: str) -> Finding:
    """The finding with this code, this beginning of a code that no other has, or this number, counted from 1."""
    found = journey.findings
    if wanted.isdigit() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    fitting = [one for one in found if one.code == wanted] or [one for one in found if one.code.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    names = [f"{place}: {one.code}" for place, one in enumerate(found, 1)][:_NAMED]
    message = (
        told("Several findings begin with “{wanted}”.", wanted=wanted)
        if fitting
        else told("The map has no finding “{wanted}”.", wanted=wanted)
    )
    raise InputError(message, told("There are: {names}.", names=names or "0"))


def pseudonyms_concerned(
    project: Project, data: Data, finding: Finding, journey: JourneyMap | None = None
) -> frozenset[bytes]:
    """Who met the unwelcome side of the finding; of a growth point, who has not taken it yet.

    InputError where the finding rests on nothing that can be asked again.
    """
    measured = next(
        (one for one in finding.evidence if isinstance(one, Measurement) and _analysis(one) in _ASKABLE), None
    )
    if measured is None or measured.query is None:
        hint = "Take a finding that was measured along the path or in reviews."
        raise InputError(told("“{code}” does not say who it is about.", code=finding.code), hint)
    seen, definition = prepared(project, data.log, journey, listens=bool(data.feedback))
    if _analysis(measured) == "complaints":
        heard = listen(data.feedback, definition.stages, industry=pack_of(project, definition.stages))
        complaints = complaints_of(data.feedback, heard.mentions, measured.query)
        return frozenset(_read(one.person) for one in complaints if one.person is not None)
    usual = None if measured.baseline is None else measured.baseline.value
    try:
        units = units_concerned(seen, measured.query, usual)
    except (InvalidQueryError, KeyError, TypeError, ValueError) as error:
        message = told("The question behind “{code}” fits today's data no more.", code=finding.code)
        raise InputError(message, "Build the map anew and take a finding of it.") from error
    return frozenset(data.persons[unit].tobytes() for unit in units.tolist())


def _analysis(one: Measurement) -> object:
    return (one.query or {}).get("analysis")


def _read(written: str) -> bytes:
    """A pseudonym from its letters and digits."""
    return b32decode(written.upper() + "=" * (-len(written) % 8))
