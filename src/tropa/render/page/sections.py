"""The frame of a proof: its address, its head and its parts."""

from tropa.render.page.markup import Markup, el, icon, word


def section(address: str, head: Markup, *children: Markup | None) -> Markup:
    """A proof that a link with this address opens."""
    return el("section", head, *children, class_="dr", id_=address)


def section_head(kind: Markup, symbol: str, badge: Markup | None, title: Markup, place: Markup | None) -> Markup:
    """What is proved, of what kind, and where on the map."""
    return el(
        "header",
        el("div", el("span", icon(symbol, 15), kind, class_="kind"), badge, class_="dh"),
        el("h2", title),
        el("p", place, class_="plc") if place else None,
    )


class Shown:
    """The proofs that stand on the page already: a proof of many cards stands once, the others lead to it."""

    def __init__(self) -> None:
        self._places: dict[Markup, tuple[str, str]] = {}

    def once(self, proof: Markup, address: str) -> Markup:
        """The proof at its first card, and a link to it at every other one."""
        if proof in self._places:
            name, place = self._places[proof]
            return el("a", icon("link", 14), word("open-proof"), class_="ds lk same", href=f"#{place}", data_same=name)
        name = f"b{len(self._places)}"
        self._places[proof] = name, address
        return el("div", proof, class_="ds", id_=name)
