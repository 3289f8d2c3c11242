"""The frame of a proof: its address, its head and its parts."""

from tropa.render.page.markup import Markup, el, icon


def section(address: str, head: Markup, *children: Markup | None) -> Markup:
    """A proof that a link with this address opens."""
    return el("section", head, *children, class_="dr", id_=address, role="region", tabindex="-1")


def section_head(kind: Markup, symbol: str, badge: Markup | None, title: Markup, place: Markup | None) -> Markup:
    """What is proved, of what kind, and where on the map."""
    return el(
        "header",
        el("div", el("span", icon(symbol, 15), kind, class_="kind"), badge, class_="dh"),
        el("h2", title),
        el("p", place, class_="plc") if place else None,
    )
