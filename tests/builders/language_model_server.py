"""A language model on the loopback that behaves as it is told, and remembers what it was sent."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def texts(self) -> list[str]:
        """The texts that were asked about."""
        return [one["text"] for one in self.items]

    @property
    def items(self) -> list[dict]:
        return json.loads(self.json["messages"][1]["content"])["texts"]

    @property
    def form(self):
        return self.json.get("response_format", {}).get("type")


@dataclass
class Back:
    """An answer: `after` seconds; `drip` sends it byte by byte; `cut` closes the line instead of the last bytes."""

    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    after: float = 0.0
    drip: float = 0.0
    cut: bool = False


def said(content, *, finish="stop", refusal=None) -> Back:
    """A chat's answer with this content; a dict or list is written as JSON."""
    words = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    message = {"role": "assistant", "content": words} | ({"refusal": refusal} if refusal else {})
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}
    whole = {"choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}
    return Back(body=json.dumps(whole).encode())


def statement(quote, **other):
    plain = {
        "touchpoints": ["delivery"],
        "value": -1,
        "certainty": 0.9,
        "emotions": ["anger"],
        "kind": "pain",
        "attributes": [],
    }
    return {"quote": quote} | plain | other


def item(number, *statements, **other):
    return {"id": number, "value": -1, "certainty": 0.8, "emotions": [], "statements": list(statements)} | other


def honest(asked: Asked) -> Back:
    """One statement that quotes the whole of each text."""
    return said({"texts": [item(one["id"], statement(one["text"].strip())) for one in asked.items]})


Behaviour = Callable[[Asked], Back]


def in_turn(*behaviours: Behaviour | Back) -> Behaviour:
    """One after the other; the last for ever."""
    left = list(behaviours)
    lock = Lock()

    def answer(asked: Asked) -> Back:
        with lock:
            one = left.pop(0) if len(left) > 1 else left[0]
        return one if isinstance(one, Back) else one(asked)

    return answer


@dataclass
class Server:
    endpoint: str
    requests: list[Asked]

    @property
    def chats(self) -> list[Asked]:
        return [one for one in self.requests if one.path.endswith("/chat/completions")]

    @property
    def sent(self) -> str:
        """Everything that reached the server: bodies and headers."""
        return "\n".join(
            f"{one.headers}\n{one.body.decode()}\n{json.dumps(_plain(one.body), ensure_ascii=False)}"
            for one in self.requests
        )


def _plain(body: bytes):
    try:
        return json.loads(body)
    except ValueError:
        return None


@contextmanager
def language_model(behaviour: Behaviour | Back = honest, *, tls=None) -> Iterator[Server]:
    """A server on a free port of the loopback, for the time of the block."""
    answer = in_turn(behaviour) if isinstance(behaviour, Back) else behaviour
    seen: list[Asked] = []
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, content)
            with lock:
                seen.append(asked)
            back = answer(asked)
            time.sleep(back.after)
            try:
                self._send(back)
            except OSError:
                self.close_connection = True

        def _send(self, back):
            if back.cut and not back.body:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(back.status)
            self.send_header("Content-Length", str(len(back.body)))
            for name, value in back.headers.items():
                self.send_header(name, value)
            self.end_headers()
            body = back.body[:-20] if back.cut else back.body
            if not back.drip:
                self.wfile.write(body)
            for byte in body if back.drip else b"":
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(back.drip)
            self.close_connection = back.cut

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.handle_error = lambda *_: None
    server.daemon_threads = True
    server.block_on_close = False
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield Server(f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}/v1", seen)
    finally:
        server.shutdown()
        server.server_close()
