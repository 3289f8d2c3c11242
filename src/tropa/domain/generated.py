"""What tropa last wrote into a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tropa.domain.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What tropa last wrote into a record: the base of a merge, which travels in the file.

    `text` is the generated text or name; the other fields are where the record was put. A record whose words or place
    differ from these was edited by a person. `fact` is what the record is true of: a deleted record stays away until
    its fact changes.
    """

    by: str
    text: Text = field(default_factory=Text)
    stage: str | None = None
    step: str | None = None
    lane: str | None = None
    order: str | None = None
    severity: str | None = None
    fact: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
