"""Names of columns: for people unlike one another, for SQL in quotes."""

from collections.abc import Sequence

_LENGTH = 200


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


class Names:
    """Gives each title a name that no other has, letter case aside, as DuckDB needs: “Дата”, “Дата (2)”."""

    def __init__(self) -> None:
        self._taken = {"_file", "_row"}

    def give(self, title: str, otherwise: str) -> str:
        """The title in one line, or `otherwise` where it is empty, made unlike the names before."""
        readable = title.encode("utf-8", "replace").decode()
        plain = " ".join(readable.replace("\x00", "").replace("\ufeff", "").split())[:_LENGTH] or otherwise
        name, again = plain, 1
        while name.casefold() in self._taken:
            again += 1
            name = f"{plain} ({again})"
        self._taken.add(name.casefold())
        return name


def column_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Names for titles in order; a column without a title is named by its place."""
    names = Names()
    return tuple(names.give(title, f"column_{n}") for n, title in enumerate(titles, 1))
