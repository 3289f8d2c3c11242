"""One request over HTTP: no redirects, no proxy but the one that was named, never longer nor larger than agreed."""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Lock, Timer
from urllib.parse import SplitResult, urlsplit

LARGEST = 2 << 20  # bytes of an answer
_CONNECTING = 20.0  # seconds


class SlowError(Exception):
    """No answer in the time that was given."""


class DroppedError(Exception):
    """The connection broke before the answer was whole."""


class OversizeError(Exception):
    """The answer is larger than any answer can be."""


class NoWayError(Exception):
    """There is nobody at this address, or nobody to be trusted."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Wire:
    """Sends requests and can hang up on all of them at once, from another thread.

    `ca_file`: certificates to trust besides the system's.
    """

    proxy: str | None = None
    ca_file: Path | None = None
    hung_up: Event = field(default_factory=Event)
    _open: set[socket.socket] = field(default_factory=set)
    _trust: ssl.SSLContext | None = None
    _lock: Lock = field(default_factory=Lock)

    def post(self, url: str, content: bytes, headers: Mapping[str, str], *, seconds: float) -> Answered:
        """Send and wait for the answer; one of this module's errors where there is none."""
        place = urlsplit(url)
        try:
            connection, target = self._connection(place, url, min(seconds, _CONNECTING))
            connection.connect()
        except TimeoutError as error:
            raise SlowError from error
        except (OSError, http.client.HTTPException) as error:
            raise NoWayError(str(error)) from error
        try:
            with self._timed(connection.sock, seconds) as is_late:
                return _exchanged(connection, target, content, headers, is_late)
        finally:
            connection.close()

    def hang_up(self) -> None:
        """Break off every request under way and let no other begin to wait."""
        self.hung_up.set()
        with self._lock:
            for one in self._open:
                _shut(one)

    def _connection(self, place: SplitResult, url: str, seconds: float) -> tuple[http.client.HTTPConnection, str]:
        """A connection that is not opened yet, and how to name the address over it."""
        host = place.hostname or ""
        target = (place.path or "/") + (f"?{place.query}" if place.query else "")
        secure = place.scheme == "https"
        port = place.port or (443 if secure else 80)
        if self.proxy is None:
            return self._to(host, port, seconds, secure=secure), target
        way = urlsplit(self.proxy)
        connection = self._to(way.hostname or "", way.port or 8080, seconds, secure=secure)
        if not secure:
            return connection, url
        connection.set_tunnel(host, port)
        return connection, target

    def _to(self, host: str, port: int, seconds: float, *, secure: bool) -> http.client.HTTPConnection:
        if not secure:
            return http.client.HTTPConnection(host, port, timeout=seconds)
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=self._trusted())

    def _trusted(self) -> ssl.SSLContext:
        with self._lock:
            if self._trust is None:
                trust = ssl.create_default_context()
                if self.ca_file is not None:
                    trust.load_verify_locations(self.ca_file)
                self._trust = trust
            return self._trust

    @contextmanager
    def _timed(self, line: socket.socket, seconds: float) -> Iterator[Callable[[], bool]]:
        """Shut the line when the time is over, however slowly bytes drip; says whether that happened."""
        late = Event()
        line.settimeout(seconds)
        clock = Timer(seconds, partial(_give_up, line, late))
        clock.daemon = True
        with self._lock:
            self._open.add(line)
        clock.start()
        try:
            yield late.is_set
        finally:
            clock.cancel()
            with self._lock:
                self._open.discard(line)


def _exchanged(
    connection: http.client.HTTPConnection,
    target: str,
    content: bytes,
    headers: Mapping[str, str],
    is_late: Callable[[], bool],
) -> Answered:
    try:
        connection.request("POST", target, content, dict(headers))
        answer = connection.getresponse()
        body = answer.read(LARGEST + 1)
        whole = not answer.length and not is_late()
    except TimeoutError as error:
        raise SlowError from error
    except (OSError, ValueError, http.client.HTTPException) as error:  # ValueError: a line shut under TLS
        raise (SlowError if is_late() else DroppedError) from error
    if len(body) > LARGEST:
        raise OversizeError
    if not whole:
        raise SlowError if is_late() else DroppedError
    return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def _give_up(line: socket.socket, late: Event) -> None:
    late.set()
    _shut(line)


def _shut(line: socket.socket) -> None:
    try:
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # not TLS's own, which another thread may be in
    except OSError:
        return
