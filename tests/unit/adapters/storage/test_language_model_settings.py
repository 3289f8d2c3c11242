"""`language_model` of tropa.yaml: what may stand there, and that no secret does or comes out."""

from datetime import timedelta

import pytest

from tropa.adapters.storage.project_file import project_from_text, project_to_text
from tropa.bootstrap import language_model_settings
from tropa.domain.language_model import AnswerFormat, KeyScheme, LanguageModelSpec, TokenPrices
from tropa.errors import ConfigError, LanguageModelError

WHOLE = """\
project: shop
language_model:
  endpoint: https://ai.api.cloud.yandex.net/v1
  model: gpt://b1g000/yandexgpt/latest
  key_env: YANDEX_API_KEY
  auth: api-key
  headers: {OpenAI-Project: b1g000, x-data-logging-enabled: "false"}
  response_format: json_object
  ca_file: certs/own.pem
  proxy: http://proxy.example.com:3128
  timeout: 90s
  parallel: 4
  batch: 5
  tries: 2
  temperature: null
  max_tokens: 4000
  price_per_million_tokens: {in: 400, out: 1200.5, currency: RUB}
"""


def test_every_setting_is_read_and_written_back():
    project = project_from_text(WHOLE)
    assert project.language_model == LanguageModelSpec(
        endpoint="https://ai.api.cloud.yandex.net/v1",
        model="gpt://b1g000/yandexgpt/latest",
        key_env="YANDEX_API_KEY",
        auth=KeyScheme.API_KEY,
        headers={"OpenAI-Project": "b1g000", "x-data-logging-enabled": "false"},
        response_format=AnswerFormat.JSON_OBJECT,
        ca_file="certs/own.pem",
        proxy="http://proxy.example.com:3128",
        timeout=timedelta(seconds=90),
        parallel=4,
        batch=5,
        tries=2,
        temperature=None,
        max_tokens=4000,
        price_per_million_tokens=TokenPrices(sent=400, received=1200.5, currency="RUB"),
    )
    assert project_from_text(project_to_text(project)) == project
    assert project_from_text("project: shop\n").language_model is None
    assert "language_model" not in project_to_text(project_from_text("project: shop\n"))


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("qwen3:8b", "qwen3:8b"),
        ("Qwen/Qwen3-8B", "Qwen/Qwen3-8B"),
        ("gpt://b1g000/yandexgpt/latest", "yandexgpt/latest"),
        ("gpt://x", "gpt://x"),
    ],
)
def test_results_name_the_model_without_the_accounts_folder(model, name):
    assert LanguageModelSpec(endpoint="http://a/v1", model=model).short_name == name


@pytest.mark.parametrize(
    ("wrong", "instead_of", "line", "message", "hint"),
    [
        ("endpoints: x", "endpoint: https://ai.api.cloud.yandex.net/v1", 3, "There is no key “endpoints”", "“endpoint”"),
        ("endpoint: ai.example.com/v1", "endpoint: https://ai.api.cloud.yandex.net/v1", 3, "address of http", "localhost"),
        ("endpoint: https://me:sk-secret@ai.example.com/v1", "endpoint: https://ai.api.cloud.yandex.net/v1", 3, "without a user", ""),
        ("endpoint: https://ai.example.com/v1?key=sk-secret", "endpoint: https://ai.api.cloud.yandex.net/v1", 3, "address of http", ""),
        ('model: " "', "model: gpt://b1g000/yandexgpt/latest", 4, "which model", "qwen3"),
        ("key_env: sk-secret", "key_env: YANDEX_API_KEY", 5, "name of an environment variable", "LLM_KEY"),
        ("api_key: sk-secret", "key_env: YANDEX_API_KEY", 5, "There is no key “api_key”", ""),
        ("auth: basic", "auth: api-key", 6, "Expected one of bearer, api-key, gigachat", ""),
        ("headers: {Authorization: sk-secret}", 'headers: {OpenAI-Project: b1g000, x-data-logging-enabled: "false"}', 7, "may not stand in a file", "key_env"),
        ("headers: {X-Api-Key: sk-secret}", 'headers: {OpenAI-Project: b1g000, x-data-logging-enabled: "false"}', 7, "may not stand in a file", ""),
        ('headers: {A: "b\\nAuthorization: sk-secret"}', 'headers: {OpenAI-Project: b1g000, x-data-logging-enabled: "false"}', 7, "no header", ""),
        ("response_format: yaml", "response_format: json_object", 8, "Expected one of", ""),
        ("proxy: socks5://me:sk-secret@h", "proxy: http://proxy.example.com:3128", 10, "address of http", ""),
        ("timeout: 2h", "timeout: 90s", 11, "between 1 and 3600", ""),
        ("parallel: 0", "parallel: 4", 12, "between 1 and 64", ""),
        ("batch: 500", "batch: 5", 13, "between 1 and 50", ""),
        ("tries: 2.5", "tries: 2", 14, "a whole number", ""),
        ("temperature: 3", "temperature: null", 15, "between 0 and 2", ""),
        ("max_tokens: -4", "max_tokens: 4000", 16, "between 1 and", ""),
        ("price_per_million_tokens: {in: -1, out: 1}", "price_per_million_tokens: {in: 400, out: 1200.5, currency: RUB}", 17, "0 or more", ""),
        ("price_per_million_tokens: {in: 1}", "price_per_million_tokens: {in: 400, out: 1200.5, currency: RUB}", 17, "“out” is missing", ""),
        ("price_per_million_tokens: {in: 1, out: 1, currency: руб}", "price_per_million_tokens: {in: 400, out: 1200.5, currency: RUB}", 17, "no currency code", "ISO"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_line_and_no_secret_is_repeated(wrong, instead_of, line, message, hint):
    assert instead_of in WHOLE
    with pytest.raises(ConfigError) as raised:
        project_from_text(WHOLE.replace(instead_of, wrong))
    error = raised.value
    assert message in error.message
    assert hint in error.hint
    assert error.place.line == line
    assert "sk-secret" not in str(error)


def test_a_scheme_that_needs_a_key_says_so():
    with pytest.raises(ConfigError) as raised:
        project_from_text(WHOLE.replace("  key_env: YANDEX_API_KEY\n", ""))
    assert "With `auth: api-key` a key is needed" in raised.value.message


def test_without_settings_there_is_no_language_model(tmp_path):
    for written in (None, "project: shop\n"):
        if written:
            (tmp_path / "tropa.yaml").write_text(written, encoding="utf-8")
        with pytest.raises(LanguageModelError) as raised:
            language_model_settings(tmp_path / "tropa.yaml")
        assert "not said where the language model is" in raised.value.message


def test_flags_say_another_model_or_another_place_altogether(tmp_path):
    file = tmp_path / "tropa.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    other = language_model_settings(file, model="qwen3:8b")
    assert (other.model, other.auth, other.ca_file) == (
        "qwen3:8b",
        KeyScheme.API_KEY,
        str(tmp_path / "certs" / "own.pem"),
    )
    elsewhere = language_model_settings(file, endpoint="http://localhost:11434/v1", model="qwen3:8b")
    assert elsewhere == LanguageModelSpec(endpoint="http://localhost:11434/v1", model="qwen3:8b"), (
        "no key goes to another host"
    )


@pytest.mark.parametrize(
    "flags",
    [
        {"endpoint": "localhost:1"},
        {"endpoint": "http://h/v1"},
        {"endpoint": "http://h/v1", "model": "m", "key_env": "sk-1"},
    ],
)
def test_flags_are_checked_as_settings_are(tmp_path, flags):
    with pytest.raises(LanguageModelError) as raised:
        language_model_settings(tmp_path / "tropa.yaml", **flags)
    assert "sk-1" not in str(raised.value)
