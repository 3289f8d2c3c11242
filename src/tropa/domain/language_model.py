"""A language model that reads texts for us: where it is, how it is asked, what it costs, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class KeyScheme(StrEnum):
    """How an endpoint wants its key: as a bearer, as Yandex Cloud's Api-Key, or changed for GigaChat's token."""

    BEARER = "bearer"
    API_KEY = "api-key"
    GIGACHAT = "gigachat"


class AnswerFormat(StrEnum):
    """How an endpoint is told the form of its answer.

    `json_schema` as OpenAI does it; `schema` as GigaChat does it; `json_object`: any JSON; `text`: not at all.
    """

    JSON_SCHEMA = "json_schema"
    SCHEMA = "schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPrices:
    """What a million tokens cost, sent (`in`) and received (`out`); `currency` is for people's eyes."""

    sent: float = field(metadata={"key": "in"})
    received: float = field(metadata={"key": "out"})
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelSpec:
    """A language model behind an address that speaks like OpenAI's `/v1/chat/completions`.

    `endpoint`: the address up to `/v1`; `key_env`: the variable that holds the key (None = no key); `token_url` and
    `scope`: where and for what GigaChat gives tokens; `timeout`: for one request; `parallel`: requests at a time;
    `batch`: texts in a request; `tries`: of one request where the endpoint is busy or the connection drops;
    `temperature` None = not said; `max_tokens` of one answer, None = the endpoint's own.
    """

    endpoint: str
    model: str
    key_env: str | None = None
    auth: KeyScheme = KeyScheme.BEARER
    token_url: str = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"  # noqa: S105  an address
    scope: str = "GIGACHAT_API_PERS"
    headers: Mapping[str, str] = field(default_factory=dict)
    response_format: AnswerFormat = AnswerFormat.JSON_SCHEMA
    ca_file: str | None = None
    proxy: str | None = None
    timeout: timedelta = timedelta(seconds=120)
    parallel: int = 2
    batch: int = 8
    tries: int = 4
    temperature: float | None = 0.0
    max_tokens: int | None = None
    price_per_million_tokens: TokenPrices | None = None

    @property
    def short_name(self) -> str:
        """The model as results name it: of gpt://FOLDER/yandexgpt/latest the account's folder is left out."""
        _, scheme, path = self.model.partition("://")
        return path.partition("/")[2] or self.model if scheme else self.model


class StandIn(StrEnum):
    """Why a text was read by tropa's own model in place of the language model."""

    REFUSED = "refused"
    EMPTY = "empty"
    MALFORMED = "malformed"
    SLOW = "slow"
    FAILED = "failed"
    UNTRUE = "untrue"
    LONG = "long"
    UNMASKED = "unmasked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What is about to leave this machine.

    `texts` distinct ones to send, `kept` those whose answers are here already; tokens are about right, without second
    questions; `cost` in the currency of the prices, None where no price is known; `encrypted`: whether by https.
    """

    host: str
    model: str
    encrypted: bool
    texts: int
    kept: int
    requests: int
    tokens_sent: int
    tokens_received: int
    cost: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCounts:
    """What came of reading by a language model, in distinct texts.

    `read` by it (`kept` of them from earlier runs), `stood_in` by tropa's own model and why; `dropped` statements were
    not true to their texts; tokens as the endpoint counted them, 0 where it does not.
    """

    read: int = 0
    kept: int = 0
    stood_in: Mapping[StandIn, int] = field(default_factory=dict)
    dropped: int = 0
    requests: int = 0
    tokens_sent: int = 0
    tokens_received: int = 0
    cost: float | None = None
    currency: str | None = None
