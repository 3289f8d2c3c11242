"""The key of an endpoint: from the environment into a header, and nowhere else."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlencode
from uuid import uuid4

from tropa.adapters.models.post import Answered, DroppedError, NoWayError, OversizeError, SlowError, Wire
from tropa.domain.language_model import KeyScheme, LanguageModelSpec
from tropa.errors import LanguageModelError, told

_BEFORE_ITS_END = 60.0  # seconds
_SHORTEST_LIFE = 600.0
_WAIT = 30.0


@dataclass(slots=True)
class Keys:
    """Gives the header that lets a request in."""

    spec: LanguageModelSpec
    environment: Mapping[str, str]
    wire: Wire
    now: Callable[[], float] = time.time
    _token: str = ""
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def headers(self) -> Mapping[str, str]:
        """The header `Authorization`; nothing where no key is set."""
        key = self.key()
        if key is None:
            return {}
        match self.spec.auth:
            case KeyScheme.BEARER:
                return {"Authorization": f"Bearer {key}"}
            case KeyScheme.API_KEY:
                return {"Authorization": f"Api-Key {key}"}
            case KeyScheme.GIGACHAT:
                return {"Authorization": f"Bearer {self._current(key)}"}

    def key(self) -> str | None:
        """The key as the variable holds it; LanguageModelError where the variable is empty or holds no key."""
        name = self.spec.key_env
        if name is None:
            return None
        key = self.environment.get(name, "").strip()
        if not key:
            raise LanguageModelError(
                told("The variable {name} is empty: it should hold the key of the language model.", name=name),
                told("Set it before you run tropa: export {name}=…", name=name),
            )
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise LanguageModelError(told("What the variable {name} holds is no key.", name=name))
        return key

    def forget(self) -> None:
        """Ask for a new token next time."""
        with self._lock:
            self._until = 0.0

    def redacted(self, words: str) -> str:
        """The words without the key or the token, should an endpoint repeat them."""
        for secret in (self.environment.get(self.spec.key_env or "", "").strip(), self._token):
            words = words.replace(secret, "…") if secret else words
        return words

    def _current(self, key: str) -> str:
        with self._lock:
            if self.now() >= self._until - _BEFORE_ITS_END:
                self._token, self._until = self._fresh(key)
            return self._token

    def _fresh(self, key: str) -> tuple[str, float]:
        """GigaChat changes a key for a token that lasts half an hour."""
        headers = {
            "Authorization": f"Basic {key if ':' not in key else base64.b64encode(key.encode()).decode()}",
            "RqUID": str(uuid4()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        form = urlencode({"scope": self.spec.scope}).encode()
        try:
            answer = self.wire.post(self.spec.token_url, form, headers, seconds=_WAIT)
        except (SlowError, DroppedError, OversizeError, NoWayError) as error:
            raise LanguageModelError(
                told("No token from {address}: {why}", address=self.spec.token_url, why=str(error) or "no answer"),
                "Check the network, and `ca_file` where the endpoint has certificates of its own.",
            ) from error
        return _token_in(answer, self.now())


def _token_in(answer: Answered, now: float) -> tuple[str, float]:
    try:
        content = json.loads(answer.body) if answer.status == 200 else {}
        token = content["access_token"]
        until = float(content.get("expires_at", 0)) / 1000
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LanguageModelError(
            told("No token was given for this key (answer {status}).", status=answer.status),
            "Check the key and `scope`: it says which kind of access was bought.",
        ) from error
    if not isinstance(token, str) or not (token.isascii() and token.isprintable()):
        raise LanguageModelError(
            told("No token was given for this key (answer {status}).", status=answer.status),
            "Check the key and `scope`: it says which kind of access was bought.",
        )
    return token, max(until, now + _SHORTEST_LIFE)
