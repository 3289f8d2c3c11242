"""One record that people edit and tropa refreshes: whose is which field.

`generated` is what tropa last wrote. A field that differs from it was edited by a person and stays; everything else
follows the fresh data. Records without `generated` were made by a person: their words and places stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from tropa.domain.generated import Generated
from tropa.domain.journeymap import Proposal
from tropa.domain.text import Text


class Record(Protocol):
    """What a mergeable record has."""

    key: str
    generated: Generated | None


R = TypeVar("R", bound=Any)
_FIGURE = re.compile(r"[−+]?\d[\d\s\u00a0\u202f.,–]*")


@dataclass(frozen=True, slots=True)
class Ownership:
    """The fields of one kind of record.

    `words` holds its text; `based` are fields with a base in `generated`; `own` are fields that are a person's as soon
    as they hold something.
    """

    words: str
    based: Sequence[str] = ("order",)
    own: Sequence[str] = ()


def is_edited(record: Any, ownership: Ownership) -> bool:
    """A person changed the words or the place of a generated record."""
    base: Generated | None = record.generated
    if base is None:
        return True
    return getattr(record, ownership.words) != base.text or any(_moved(record, base, name) for name in ownership.based)


def merged_record(current: R, fresh: R, ownership: Ownership) -> tuple[R, Proposal | None]:
    """The fresh figures with the person's words; a changed suggestion over edited words becomes a proposal."""
    base: Generated | None = current.generated
    kept: dict[str, Any] = {name: getattr(current, name) for name in ownership.own if getattr(current, name)}
    if base is None:
        words = {name: getattr(current, name) for name in (ownership.words, *ownership.based)}
        return replace(fresh, **kept, **words, generated=None, extra=current.extra), None
    update: dict[str, Any] = {}
    fresh_base: Generated = fresh.generated or base
    for name in ownership.based:
        if _moved(current, base, name):
            kept[name] = getattr(current, name)
            update[name] = _base_of(base, fresh_base, name, kept[name])
    words_now, proposal = getattr(current, ownership.words), None
    if words_now != base.text:
        kept[ownership.words] = words_now
        update["text"] = fresh_base.text if fresh_base.text != words_now else base.text
        proposal = _proposal(current.key, ownership.words, base.text, fresh_base.text, words_now)
    author = {"author": current.author} if hasattr(current, "author") else {}
    return replace(fresh, **kept, **author, generated=replace(fresh_base, **update), extra=current.extra), proposal


def wording(text: Text) -> tuple[str | None, str | None]:
    """The words without their figures: new figures alone are no new suggestion."""
    return (_without_figures(text.ru), _without_figures(text.en))


def _without_figures(words: str | None) -> str | None:
    return None if words is None else _FIGURE.sub("#", words)


def _moved(record: Any, base: Generated, name: str) -> bool:
    was = getattr(base, name)
    return was is not None and getattr(record, name) != was


def _base_of(base: Generated, fresh: Generated, name: str, kept: object) -> object:
    return getattr(fresh, name) if getattr(fresh, name) not in {None, kept} else getattr(base, name)


def _proposal(key: str, name: str, base: Text, fresh: Text, now: Text) -> Proposal | None:
    if wording(fresh) in {wording(base), wording(now)}:
        return None
    return Proposal(key=f"{key}.{name}", record=key, field=name, old=_plain(base), new=_plain(fresh))


def _plain(text: Text) -> dict[str, str]:
    return {language: words for language, words in (("ru", text.ru), ("en", text.en)) if words is not None}
