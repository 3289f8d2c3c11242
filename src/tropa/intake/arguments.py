"""Rows that a person filled in → benefits by class of buyers, answers, and proof of the result."""

from collections.abc import Sequence

from tropa.domain.argument import Argument, ArgumentKind
from tropa.domain.buying import BuyingClassSpec
from tropa.errors import told
from tropa.intake.data_ownership import ARGUMENT_KINDS, BUYERS, EVERYBODY
from tropa.intake.placed_rows import PlacedRow, plain

NEEDED = ("benefit",)


def arguments(rows: Sequence[PlacedRow], own: Sequence[BuyingClassSpec] = ()) -> tuple[Argument, ...]:
    """The arguments; ConfigError says line and column of what cannot be used."""
    return tuple(_argument(row, own) for row in rows)


def _argument(row: PlacedRow, own: Sequence[BuyingClassSpec]) -> Argument:
    kind, buyer = _kind(row), _buyer(row, own)
    if not row.get("benefit"):
        raise row.fault("benefit", told("The benefit is empty."), told("Say what the buyer gets of it."))
    if kind is ArgumentKind.BENEFIT and buyer is None:
        raise row.fault(
            "buyer",
            told("A benefit is for one class of buyers."),
            told("Say for whom: each class has a benefit of its own."),
        )
    return Argument(
        kind=kind,
        buyer=buyer,
        stage=row.get("stage") or None,
        feature=row.get("feature"),
        advantage=row.get("advantage"),
        benefit=row.get("benefit"),
        number=row.get("number"),
        quote=row.get("quote"),
        source=row.get("source"),
    )


def _kind(row: PlacedRow) -> ArgumentKind:
    said = plain(row.get("kind"))
    if not said:
        return ArgumentKind.BENEFIT
    for kind, names in ARGUMENT_KINDS.items():
        if said == plain(kind.value) or said in names:
            return kind
    allowed = told("Allowed: {names}.", names=[words[0] for words in ARGUMENT_KINDS.values()])
    raise row.fault("kind", told("There is no kind “{kind}”.", kind=row.get("kind")), allowed)


def _buyer(row: PlacedRow, own: Sequence[BuyingClassSpec]) -> str | None:
    said = plain(row.get("buyer"))
    if said in EVERYBODY:
        return None
    for one in own:
        names = [] if one.name is None else [plain(name) for name in (one.name.ru, one.name.en) if name]
        if said in {plain(one.key), *names}:
            return one.key
    for key, words in BUYERS.items():
        if said == plain(key) or said in words:
            return key
    names = [*(words[0] for words in BUYERS.values()), *(one.key for one in own)]
    raise row.fault(
        "buyer", told("There is no class “{name}”.", name=row.get("buyer")), told("Allowed: {names}.", names=names)
    )
