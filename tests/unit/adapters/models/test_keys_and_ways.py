"""Keys come from the environment alone, and requests take no way that nobody named."""

import json
import shutil
import ssl
import subprocess
import time
from urllib.parse import parse_qs

import pytest

from builders.language_model_reader import reader_of
from builders.language_model_server import Back, honest, language_model
from tropa.domain.language_model import KeyScheme
from tropa.errors import LanguageModelError

TEXT = "Курьер опоздал на два дня"
KEY = "sk-never-shown-42"


@pytest.mark.parametrize(
    ("auth", "header"),
    [(KeyScheme.BEARER, f"Bearer {KEY}"), (KeyScheme.API_KEY, f"Api-Key {KEY}")],
)
def test_a_key_goes_into_its_header_and_nowhere_else(tmp_path, auth, header):
    with language_model() as server:
        extra = {"x-data-logging-enabled": "false", "OpenAI-Project": "b1g000"}
        reader = reader_of(server, tmp_path, environment={"KEY": f" {KEY}\n"}, key_env="KEY", auth=auth, headers=extra)
        reader.read([TEXT])
    (asked,) = server.requests
    assert asked.headers["authorization"] == header
    assert (asked.headers["x-data-logging-enabled"], asked.headers["openai-project"]) == ("false", "b1g000")
    assert KEY.encode() not in asked.body
    assert all(KEY not in file.read_text(encoding="utf-8") for file in tmp_path.rglob("*") if file.is_file())


def test_without_a_key_no_header_is_sent(tmp_path):
    with language_model() as server:
        reader_of(server, tmp_path, environment={"KEY": KEY}).read([TEXT])
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "is empty"),
        ("  ", "is empty"),
        ("a b", "is no key"),
        ("a\r\nX-Evil: 1", "is no key"),
        ("ключ", "is no key"),
    ],
)
def test_a_variable_without_a_key_is_said_before_anybody_is_asked(tmp_path, value, message):
    asked = []
    with language_model() as server:
        reader = reader_of(
            server, tmp_path, environment={"KEY": value} if value else {}, key_env="KEY", consent=asked.append
        )
        with pytest.raises(LanguageModelError) as raised:
            reader.read([TEXT])
    assert message in raised.value.message
    assert "Evil" not in str(raised.value)
    assert (asked, server.requests) == ([], [])


class GigaChat:
    """Gives tokens for a key and takes the newest only."""

    def __init__(self, *, life=1800, refuses_first=0):
        self.given, self.life, self.refuses = 0, life, refuses_first

    def __call__(self, asked):
        if asked.path == "/oauth":
            self.given += 1
            until = int((time.time() + self.life) * 1000)
            return Back(body=json.dumps({"access_token": f"token-{self.given}", "expires_at": until}).encode())
        if self.refuses:
            self.refuses -= 1
            return Back(status=401, body=b'{"status":401,"message":"Token has expired"}')
        return honest(asked) if asked.headers["authorization"] == f"Bearer token-{self.given}" else Back(status=401)


def giga(server, tmp_path, **other):
    return reader_of(
        server,
        tmp_path,
        environment={"KEY": KEY},
        key_env="KEY",
        auth=KeyScheme.GIGACHAT,
        token_url=server.endpoint.replace("/v1", "/oauth"),
        scope="GIGACHAT_API_B2B",
        batch=1,
        **other,
    )


def test_gigachat_changes_the_key_for_a_token_once(tmp_path):
    with language_model(GigaChat()) as server:
        readings = giga(server, tmp_path, parallel=3).read([TEXT, f"{TEXT}!", f"{TEXT}?"])
    assert {one.model for one in readings} == {"llm:some-model"}
    (oauth,) = [one for one in server.requests if one.path == "/oauth"]
    assert oauth.headers["authorization"] == f"Basic {KEY}"
    assert len(oauth.headers["rquid"]) == 36
    assert parse_qs(oauth.body.decode()) == {"scope": ["GIGACHAT_API_B2B"]}
    assert {one.headers["authorization"] for one in server.chats} == {"Bearer token-1"}


def test_a_token_that_ran_out_is_changed_for_another(tmp_path):
    with language_model(GigaChat(refuses_first=1)) as server:
        assert giga(server, tmp_path).read([TEXT])[0].model == "llm:some-model"
    assert [one.path for one in server.requests] == ["/oauth", "/v1/chat/completions", "/oauth", "/v1/chat/completions"]


@pytest.mark.parametrize(
    "answer",
    [
        Back(status=401),
        Back(body=b"[]"),
        Back(body=b"{}"),
        Back(body=b'{"access_token": "a\\r\\nb"}'),
        Back(body=b"no"),
    ],
)
def test_no_token_is_said_in_words(tmp_path, answer):
    with language_model(answer) as server, pytest.raises(LanguageModelError) as raised:
        giga(server, tmp_path).read([TEXT])
    assert "No token was given" in raised.value.message
    assert server.chats == []


def test_proxies_of_the_environment_are_not_used(tmp_path, monkeypatch):
    with language_model() as other, language_model() as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, other.endpoint)
        reader_of(server, tmp_path).read([TEXT])
    assert (len(server.requests), len(other.requests)) == (1, 0)


def test_a_proxy_that_was_named_is_used(tmp_path):
    with language_model() as proxy:

        class Far:
            endpoint = "http://model.example.invalid/v1"

        reader_of(Far, tmp_path, proxy=proxy.endpoint.removesuffix("/v1")).read([TEXT])
    (asked,) = proxy.requests
    assert asked.path == "http://model.example.invalid/v1/chat/completions"
    assert asked.headers["host"] == "model.example.invalid"


@pytest.fixture
def certificate(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return tmp_path / "cert.pem", context


def test_certificates_are_checked_and_may_be_ones_own(tmp_path, certificate):
    file, context = certificate
    with language_model(tls=context) as server:
        assert server.endpoint.startswith("https://")
        with pytest.raises(LanguageModelError) as raised:
            reader_of(server, tmp_path).read([TEXT])
        assert "certificate" in raised.value.message.lower()
        assert server.requests == []
        assert reader_of(server, tmp_path, ca_file=str(file)).read([TEXT])[0].model == "llm:some-model"


def test_a_slow_server_behind_tls_costs_the_timeout_and_no_more(tmp_path, certificate):
    from datetime import timedelta

    file, context = certificate
    with language_model(Back(body=b"x" * 500, drip=0.05), tls=context) as server:
        began = time.monotonic()
        reader = reader_of(server, tmp_path, ca_file=str(file), timeout=timedelta(seconds=0.5))
        assert reader.read([TEXT])[0].model == "light"
    assert time.monotonic() - began < 15


def test_a_file_of_certificates_that_is_not_there_is_said(tmp_path):
    with language_model() as server, pytest.raises(LanguageModelError) as raised:
        reader_of(server, tmp_path, ca_file=str(tmp_path / "none.pem"))
    assert "none.pem" in raised.value.message
