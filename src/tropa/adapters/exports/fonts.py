"""The fonts that tropa ships."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.resources import as_file, files
from pathlib import Path

_FILES = ("GolosText-Regular.ttf", "GolosText-SemiBold.ttf")


@contextmanager
def font_files() -> Iterator[Sequence[Path]]:
    """The weights that pictures use, as files."""
    with ExitStack() as stack:
        yield [stack.enter_context(as_file(files("tropa.render") / "fonts" / name)) for name in _FILES]
