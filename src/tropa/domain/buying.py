"""The group that decides a purchase between companies."""

from dataclasses import dataclass

from tropa.domain.text import Text

ECONOMIC, TECHNICAL, USER = "economic_buyer", "technical_buyer", "end_user"
"""The three classes that every buying centre has; companies add their own."""

BUYING_CLASS = "buying_class"
"""The property of events that holds the class of whoever did it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyingClassSpec:
    """A class of people who take part in a purchase, and the words of job titles that tell it.

    A word may end in `*` (any ending); a phrase is told by all its words, in any order.
    """

    key: str
    name: Text | None = None
    titles: tuple[str, ...] = ()
