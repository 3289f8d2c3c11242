"""A connection to ClickHouse that tries again when it drops, and errors in words."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from tropa.adapters.stores.clickhouse.asking import Question
from tropa.domain.project import StoreSpec
from tropa.errors import DatabaseError

TRIES = 4
PATIENCE_SECONDS = 0.5
INSTALL = "Install it with: pip install 'tropa[clickhouse]'."
_REFUSED = ("AUTHENTICATION_FAILED", "REQUIRED_PASSWORD", "UNKNOWN_USER", "WRONG_PASSWORD", "Code: 516", "Code: 194")
_FORBIDDEN = ("ACCESS_DENIED", "Code: 497")
Answer = TypeVar("Answer")
Connect = Callable[[], Any]


@dataclass(slots=True)
class Client:
    """Asks, and asks again over a new connection where one drops; each wait is twice the one before."""

    connect: Connect
    wait: Callable[[float], None] = time.sleep
    _connection: Any = None

    def rows(self, question: Question) -> list[tuple[Any, ...]]:
        """A few rows."""
        return self._asked(lambda one: [tuple(row) for row in one.query(question.text, question.values).result_rows])

    def table(self, question: Question) -> Any:
        """A table of Arrow."""
        return self._asked(lambda one: one.query_arrow(question.text, question.values, use_strings=True))

    def _asked(self, ask: Callable[[Any], Answer]) -> Answer:
        for number in range(TRIES):
            try:
                if self._connection is None:
                    self._connection = self.connect()
                return ask(self._connection)
            except Exception as error:
                if not _may_pass(error):
                    raise _in_words(error) from error
                self._connection = None
                if number == TRIES - 1:
                    raise DatabaseError(
                        f"The connection to ClickHouse dropped {TRIES} times: {_first_line(error)}",
                        "Run the same command again: what has been read is kept, and reading goes on from there.",
                    ) from error
                self.wait(PATIENCE_SECONDS * 2**number)
        raise AssertionError


def connector(spec: StoreSpec) -> Connect:
    """How to reach the database of tropa.yaml; the password comes from the environment alone."""

    def connect() -> Any:
        try:
            import clickhouse_connect  # noqa: PLC0415  in the extra alone
        except ImportError as error:
            raise DatabaseError(f"The client of ClickHouse is not installed: {error}.", INSTALL) from error
        place = urlsplit(spec.url or "")
        return clickhouse_connect.get_client(
            host=place.hostname or "localhost",
            port=place.port or (8443 if place.scheme == "https" else 8123),
            secure=place.scheme == "https",
            username=spec.user or "default",
            password=os.environ.get(spec.password_from, ""),
            database=place.path.strip("/") or "__default__",
            connect_timeout=15,
            query_retries=0,
        )

    return connect


def _may_pass(error: Exception) -> bool:
    """A dropped connection or a busy server, not an answer of the database."""
    if isinstance(error, DatabaseError | TypeError | AttributeError | KeyError):
        return False
    return "DB::Exception" not in str(error)


def _in_words(error: Exception) -> Exception:
    if isinstance(error, DatabaseError) or not str(error):
        return error
    said = str(error)
    if any(sign in said for sign in _REFUSED):
        return DatabaseError(
            "ClickHouse does not let this user in.",
            "Check `store: user:` in tropa.yaml and the password in the variable that `password_from` names.",
        )
    if any(sign in said for sign in _FORBIDDEN):
        return DatabaseError("This user may not read the table.", f"ClickHouse says: {_first_line(error)}")
    return DatabaseError(f"ClickHouse did not answer the question: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
