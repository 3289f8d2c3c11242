"""A map for each class of those who decide: the same path with what that class does, says and waits for."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tropa.assembly.facts import Facts
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.buying import BUYING_CLASS
from tropa.domain.finding import Finding
from tropa.domain.journeymap import BusinessModel, SegmentNote
from tropa.domain.text import Language
from tropa.events.groups import only_units
from tropa.events.log import Column, EventLog
from tropa.stats.proportions import proportion
from tropa.texts.buying_centre import class_name, class_order
from tropa.texts.document import Feedback
from tropa.texts.keys import latin_key

Group = Callable[[Facts, EventLog, tuple[Feedback, ...], tuple[Finding, ...]], Facts]
"""What is known of a group: its events, voices and findings."""


def buyer_maps(facts: Facts, of_group: Group) -> Iterator[tuple[SegmentNote, Facts]]:
    """Each class that takes part in a deal, in the order that people read them."""
    log = facts.figures.staged.log
    column = log.properties.get(BUYING_CLASS)
    if facts.project.model is not BusinessModel.B2B or column is None or not facts.figures.persons:
        return
    for key in class_order(column.values, facts.project.buying_centre):
        members = _deals_with(log, column, column.code_of(key))
        deals = int(np.count_nonzero(members))
        if not deals:
            continue
        spoken = tuple(one for one in facts.feedback if one.buyer == key)
        own = of_group(facts, _seen_by(log, column, key, members), spoken, _concerning(facts.findings, key))
        arguments = tuple(one for one in facts.arguments if one.buyer in {None, key})
        told = replace(own, segment={BUYING_CLASS: key}, buyer=key, owned=facts.owned, arguments=arguments)
        yield _note(facts, key, deals), told


def _deals_with(log: EventLog, column: Column, code: int) -> NDArray[np.bool_]:
    """Deals in which the class did anything; shape U."""
    met = np.zeros(log.units, dtype=bool)
    met[log.unit_of_event()[column.codes == code]] = True
    return met


def _seen_by(log: EventLog, column: Column, key: str, members: NDArray[np.bool_]) -> EventLog:
    """The class's deals without what other classes did; what the company itself notes stays: it is the deal's path."""
    code = column.code_of(key)
    mine = only_units(log, members)
    codes = mine.properties[BUYING_CLASS].codes
    return mine.where((codes == code) | (codes < 0))


def _concerning(findings: tuple[Finding, ...], key: str) -> tuple[Finding, ...]:
    """Findings of everybody and of this class; those of other groups stay on the deal's map."""
    return tuple(one for one in findings if one.segment is None or key in _values(one.segment.get(BUYING_CLASS, ())))


def _values(wanted: object) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else tuple(wanted) if isinstance(wanted, list | tuple) else ()


def _note(facts: Facts, key: str, deals: int) -> SegmentNote:
    name = f"{latin_key(BUYING_CLASS)}-{latin_key(key)}"
    of = facts.figures.persons

    def say(language: Language) -> str:
        took_part = count_with_share(proportion(deals, of), language)
        whole = of_units(of, facts.counted, language)
        return f"участвует в {took_part} {whole}" if language is Language.RU else f"takes part in {took_part} {whole}"

    return SegmentNote(
        key=name,
        segment={BUYING_CLASS: key},
        name=class_name(key, facts.project.buying_centre),
        persons=deals,
        text=in_both(say),
        differs=False,
        file=f"segments/{name}.cjm.json",
    )
