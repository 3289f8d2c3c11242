"""Compiled loops over events: the one module that knows the compiler."""

import importlib
import os
import sys
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np
import platformdirs

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

INTERPRET = "TROPA_INTERPRET"
CACHE_DIR = "NUMBA_CACHE_DIR"
WORTH_LOADING = 2_000_000
_ARRAYS, _ALGEBRA = "numba.np.arraymath", "scipy.linalg"
_COMPILING = threading.RLock()


def is_worth_loading(events: int) -> bool:
    """Whether loops over so many events gain more than the half second that it takes to load the compiler."""
    return events >= WORTH_LOADING or (os.environ.get(INTERPRET, "") in {"", "0"} and "numba" in sys.modules)


def is_interpreted() -> bool:
    """Kernels run as plain Python: asked for in the environment, or no compiler on this platform."""
    return os.environ.get(INTERPRET, "") not in {"", "0"} or _compiler() is None


def load_meanwhile(events: int) -> None:
    """Load the compiler while something else is waited for, where loops over so many events will need it."""
    if is_worth_loading(events) and os.environ.get(INTERPRET, "") in {"", "0"}:
        threading.Thread(target=_compiler, daemon=True).start()


def _compiler() -> Any:
    try:
        import numba  # noqa: PLC0415  half a second that only a first analysis should pay
    except ImportError:
        return None
    if _ARRAYS not in sys.modules:
        with _COMPILING, _without(_ALGEBRA):
            importlib.import_module(_ARRAYS)
    return numba


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Keep a module from being loaded: the compiler looks for a library that no kernel needs, for a quarter second."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


def _cache_folder() -> Path | None:
    """A folder that the compiler can keep its work in; None where the machine offers none."""
    folder = Path(os.environ.get(CACHE_DIR) or Path(platformdirs.user_cache_dir("tropa")) / "kernels")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK | os.X_OK) else None


class Kernel(Generic[Arguments, Answer]):
    """A loop that compiles at its first call; without a compiler it runs as it is written."""

    def __init__(self, function: Callable[Arguments, Answer]) -> None:
        self.function = function
        self.__doc__ = function.__doc__
        self._compiled: Callable[..., Answer] | None = None

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        """Run the loop."""
        if is_interpreted():
            # Elements of a memoryview are plain integers: they do not overflow and are read thrice as fast.
            return self.function(*(memoryview(a) if isinstance(a, np.ndarray) else a for a in args), **kwargs)  # type: ignore[arg-type]
        return self.compiled()(*args, **kwargs)

    def compiled(self) -> Callable[..., Answer]:
        """The machine code (made once, kept on disk where the machine has room for it)."""
        if self._compiled is None:
            with _COMPILING:
                if self._compiled is None:
                    self._compiled = self._compile()
        return self._compiled

    def _compile(self) -> Callable[..., Answer]:
        numba = _compiler()
        folder = _cache_folder()
        if folder is not None:
            numba.config.CACHE_DIR = str(folder)
        function = _with_compiled_helpers(self.function)
        compiled: Callable[..., Answer] = numba.njit(nogil=True, cache=folder is not None, error_model="numpy")(
            function
        )
        return compiled


def _with_compiled_helpers(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """The same function, seeing machine code where it names other kernels."""
    seen = dict(function.__globals__)
    for name in function.__code__.co_names:
        if isinstance(helper := seen.get(name), Kernel):
            seen[name] = helper.compiled()
    copy = types.FunctionType(function.__code__, seen, function.__name__, function.__defaults__)
    copy.__module__ = function.__module__
    copy.__qualname__ = function.__qualname__
    return copy


def kernel(function: Callable[Arguments, Answer]) -> Kernel[Arguments, Answer]:
    """Mark a loop over arrays for compilation.

    It may use numbers, indexing, `len` and other kernels; arrays come in as arguments and results go out by writing
    into them, so that the same text runs compiled and interpreted.
    """
    return Kernel(function)
