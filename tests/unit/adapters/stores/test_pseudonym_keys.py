import hashlib
import hmac
import stat
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.adapters.stores.local import keys
from tropa.adapters.stores.local.keys import PseudonymKey, normalised, pseudonym_key, written
from tropa.errors import InputError


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    place = tmp_path / "keys" / "shop.key"
    first = pseudonym_key("shop", environment={"TROPA_KEY_FILE": str(place)})
    again = pseudonym_key("shop", environment={"TROPA_KEY_FILE": str(place)})
    assert first.secret == again.secret
    assert len(first.secret) == 32
    if sys.platform != "win32":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [one.name for one in place.parent.iterdir()] == ["shop.key"]


def test_without_a_name_the_key_lies_in_the_users_own_data(tmp_path, monkeypatch):
    monkeypatch.setattr(keys.platformdirs, "user_data_dir", lambda *_names, **_settings: str(tmp_path))
    pseudonym_key("shop", environment={})
    assert (tmp_path / "keys" / "shop.key").exists()


def test_a_key_in_the_folder_of_the_data_is_refused(tmp_path):
    with pytest.raises(InputError, match="may not lie"):
        pseudonym_key("shop", folder=tmp_path, environment={"TROPA_KEY_FILE": str(tmp_path / "k")})
    assert not (tmp_path / "k").exists()


def test_an_empty_key_is_no_key(tmp_path):
    (tmp_path / "k").write_bytes(b"")
    with pytest.raises(InputError, match="too short"):
        pseudonym_key("shop", environment={"TROPA_KEY_FILE": str(tmp_path / "k")})


def test_pseudonyms_differ_by_key_and_namespace_and_are_not_shown():
    one, other = PseudonymKey(b"1" * 32), PseudonymKey(b"2" * 32)
    codes = {one.pseudonym("person", "7"), one.pseudonym("case", "7"), other.pseudonym("person", "7")}
    assert len(codes) == 3
    assert {len(written(code)) for code in codes} == {26}
    assert "1111" not in repr(one)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("8 (916) 123-45-67", "79161234567"),
        ("+44 20 7946 0958", "442079460958"),
        ("9161234567", "79161234567"),
        (" Ivan@Mail.RU", "ivan@mail.ru"),
        ("8800", "8800"),
        ("81234567890123456789", "81234567890123456789"),
        ("A-17", "A-17"),
        ("2025-01-01", "2025-01-01"),
    ],
)
def test_identifiers_have_one_spelling(given, meant):
    assert normalised(given) == meant


@pytest.mark.parametrize("secret", [b"k" * 20, b"k" * 32, b"k" * 100])
def test_pseudonyms_are_hmac_sha256(secret):
    wanted = hmac.new(secret, "person\x1fАнна".encode(), hashlib.sha256).digest()[:16]
    assert PseudonymKey(secret).pseudonym("person", "Анна") == wanted
    assert PseudonymKey(secret).pseudonyms([("person", "Анна")] * 2) == wanted * 2


SECRETS = st.sampled_from([b"k" * 16, bytes(range(64)), b"long" * 20])


def by_rfc_2104(key, namespace, name):
    return hmac.digest(key.secret, f"{namespace}\x1f{name}".encode("utf-8", "surrogatepass"), "sha256")[:16]


@given(SECRETS, st.lists(st.text(max_size=70), min_size=1, max_size=40))
def test_many_names_get_the_codes_of_each(secret, names):
    key = PseudonymKey(secret)

    codes = key.pseudonyms(("person", name) for name in names)

    assert codes == b"".join(by_rfc_2104(key, "person", name) for name in names)
