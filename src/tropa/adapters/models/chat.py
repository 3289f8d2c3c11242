"""A question put to an endpoint until it is answered: again where it is busy, in another form where one is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any

import msgspec

from tropa.adapters.models.keys import Keys
from tropa.adapters.models.post import Answered, DroppedError, NoWayError, OversizeError, Wire
from tropa.domain.language_model import AnswerFormat, KeyScheme, LanguageModelSpec
from tropa.errors import LanguageModelError, told

_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_NO_ENTRY = frozenset({401, 403})
_LONGEST_PAUSE = 60.0
_LONGEST_WORDS = 200
_FORMS = {
    AnswerFormat.JSON_SCHEMA: (AnswerFormat.JSON_SCHEMA, AnswerFormat.JSON_OBJECT, AnswerFormat.TEXT),
    AnswerFormat.SCHEMA: (AnswerFormat.SCHEMA, AnswerFormat.TEXT),
    AnswerFormat.JSON_OBJECT: (AnswerFormat.JSON_OBJECT, AnswerFormat.TEXT),
    AnswerFormat.TEXT: (AnswerFormat.TEXT,),
}
_REFUSALS = frozenset({"content_filter", "blacklist"})
Body = Callable[[AnswerFormat], Mapping[str, Any]]
Pause = Callable[[float], object]


@dataclass(slots=True)
class NotTakenError(Exception):
    """The endpoint does not take this question; `words` are its own."""

    words: str = ""


class RefusedError(Exception):
    """The model will not answer this question."""


class BrokenError(Exception):
    """What came back is no answer of a chat."""


@dataclass(slots=True)
class FailedError(Exception):
    """The endpoint stayed busy, or the connection kept dropping; `words` are its own."""

    words: str = ""


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote, and the tokens that the endpoint counted."""

    content: str
    tokens_sent: int
    tokens_received: int


@dataclass(slots=True)
class Chat:
    """Asks one endpoint; many threads may ask at once."""

    spec: LanguageModelSpec
    keys: Keys
    wire: Wire
    pause: Pause
    _known: int | None = None  # the form that has been taken
    _lock: Lock = field(default_factory=Lock)

    def ask(self, body: Body) -> Reply:
        """The reply; LanguageModelError where no question will be answered, else an error of this module or SlowError.

        An answer 400 or 422 tries the next form of response_format; the one that is taken is kept.
        """
        forms = _FORMS[self.spec.response_format]
        first = self._known or 0
        for place in range(first, len(forms) if self._known is None else first + 1):
            answer = self._let_in(body(forms[place]))
            if answer.status == 200:
                with self._lock:
                    self._known = place
                return _reply(answer)
        raise NotTakenError(words=self._words_of(answer))

    def _let_in(self, body: Mapping[str, Any]) -> Answered:
        """An answer 200, 400, 413 or 422; every other is an error."""
        content = json.dumps(body).encode()
        answer = self._patiently(content)
        if answer.status == 401 and self.spec.auth is KeyScheme.GIGACHAT:  # the token may have run out meanwhile
            self.keys.forget()
            answer = self._patiently(content)
        if answer.status in _NO_ENTRY:
            raise LanguageModelError(
                told(
                    "The language model does not let this key in (answer {status}): {words}",
                    status=answer.status,
                    words=self._words_of(answer),
                ),
                "Check the variable that `key_env` names, and `auth`.",
            )
        if answer.status in {200, 400, 413, 422}:
            return answer
        raise LanguageModelError(
            told(
                "{address} is no chat of a language model (answer {status}): {words}",
                address=self._address,
                status=answer.status,
                words=self._words_of(answer),
            ),
            "Check `endpoint` (up to /v1) and `model`.",
        )

    def _patiently(self, content: bytes) -> Answered:
        """Try again, with growing pauses, where the endpoint is busy or the connection drops."""
        for number in range(self.spec.tries):
            wait = min(2.0**number, _LONGEST_PAUSE)
            try:
                answer = self._once(content)
            except DroppedError:
                answer = None
            if answer is not None and answer.status not in _BUSY:
                return answer
            if number < self.spec.tries - 1 and not self.wire.hung_up.is_set():
                self.pause(wait if answer is None else max(wait, _asked_pause(answer)))
        raise FailedError(words="the connection dropped" if answer is None else self._words_of(answer))

    def _once(self, content: bytes) -> Answered:
        if self.wire.hung_up.is_set():
            raise FailedError
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers |= {**self.spec.headers, **self.keys.headers()}
        try:
            return self.wire.post(self._address, content, headers, seconds=self.spec.timeout.total_seconds())
        except NoWayError as error:
            raise LanguageModelError(
                told("Nobody answers at {address}: {why}", address=self._address, why=_printable(str(error))),
                "Check `endpoint`, the network, and whether the server is running; see also `ca_file` and `proxy`.",
            ) from error
        except OversizeError as error:
            raise BrokenError from error

    @property
    def _address(self) -> str:
        return f"{self.spec.endpoint.rstrip('/')}/chat/completions"

    def _words_of(self, answer: Answered) -> str:
        """What an endpoint says of an error, without its key and without anything that steers a terminal."""
        words = answer.body[: 4 * _LONGEST_WORDS].decode(errors="replace")
        try:
            said = json.loads(answer.body)["error"]
            words = str(said["message"] if isinstance(said, dict) else said)
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        return _printable(self.keys.redacted(words)) or "–"


def _reply(answer: Answered) -> Reply:
    try:
        whole = msgspec.json.decode(answer.body, type=_Completion)
        choice = whole.choices[0]
    except (msgspec.DecodeError, IndexError, RecursionError) as error:
        raise BrokenError from error
    if choice.message.refusal or choice.finish_reason in _REFUSALS:
        raise RefusedError
    used = whole.usage or _Usage()
    return Reply(choice.message.content or "", used.prompt_tokens or 0, used.completion_tokens or 0)


def _asked_pause(answer: Answered) -> float:
    """Seconds that the endpoint asks for by Retry-After, a number or a date; a minute at most."""
    asked = answer.headers.get("retry-after", "").strip()
    try:
        return min(max(float(asked), 0.0), _LONGEST_PAUSE)
    except ValueError:
        pass
    try:
        until, sent = parsedate_to_datetime(asked), parsedate_to_datetime(answer.headers["date"])
        return min(max((until - sent).total_seconds(), 0.0), _LONGEST_PAUSE)
    except (ValueError, KeyError, TypeError):
        return 0.0


def _printable(words: str) -> str:
    seen = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(seen.split())[:_LONGEST_WORDS]
