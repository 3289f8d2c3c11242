"""Pseudonyms: who a person is stays with the company; the store knows a keyed code."""

import hashlib
import hmac
import os
import re
import secrets
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tropa.errors import InputError, StoreError, told

KEY_FILE = "TROPA_KEY_FILE"
KEY_BYTES = 32
_BLOCK = 64  # bytes that SHA-256 works on at a time
PSEUDONYM_BYTES = 16

_PHONE = re.compile(r"[+\d][\d\s().–-]{8,24}")
_NO_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True, repr=False)
class PseudonymKey:
    """The secret of one project's pseudonyms."""

    secret: bytes
    place: Path | None = None

    def __post_init__(self) -> None:
        if len(self.secret) < KEY_BYTES // 2:
            raise InputError(
                "The key file is too short.", told("It holds at least {limit} random bytes.", limit=KEY_BYTES // 2)
            )

    def pseudonym(self, namespace: str, name: str) -> bytes:
        """The keyed code of a normalised identifier: the first 128 bits of HMAC-SHA256."""
        return self.pseudonyms([(namespace, name)])

    def pseudonyms(self, names: Iterable[tuple[str, str]]) -> bytes:
        """The codes of many (namespace, identifier) one after another; the key is worked in once (RFC 2104, 2)."""
        inside, outside = (hashlib.sha256(block) for block in self._padded())
        codes = bytearray()
        for namespace, name in names:
            inner, outer = inside.copy(), outside.copy()
            inner.update(f"{namespace}\x1f{name}".encode("utf-8", "surrogatepass"))
            outer.update(inner.digest())
            codes += outer.digest()[:PSEUDONYM_BYTES]
        return bytes(codes)

    def _padded(self) -> tuple[bytes, bytes]:
        """The key as both passes begin with it."""
        secret = self.secret if len(self.secret) <= _BLOCK else hashlib.sha256(self.secret).digest()
        padded = secret.ljust(_BLOCK, b"\0")
        return bytes(one ^ 0x36 for one in padded), bytes(one ^ 0x5C for one in padded)

    @property
    def fingerprint(self) -> str:
        """Tells one key from another without giving it away."""
        return hmac.digest(self.secret, b"fingerprint", "sha256")[:8].hex()


def written(pseudonym: bytes) -> str:
    """A pseudonym as text: 26 letters and digits."""
    return b32encode(pseudonym).decode().rstrip("=").lower()


def pseudonym_key(
    project: str, *, folder: Path | None = None, environment: Mapping[str, str] = os.environ
) -> PseudonymKey:
    """The project's key: of TROPA_KEY_FILE, else from the user's data directory; created when missing.

    It may not lie in the project's `folder`: who gets the folder could undo the pseudonyms.
    """
    named = environment.get(KEY_FILE)
    home = Path(platformdirs.user_data_dir("tropa", appauthor=False)) / "keys"
    place = Path(named) if named else home / f"{project}.key"
    if folder is not None and place.resolve().is_relative_to(folder.resolve()):
        hint = told("Name a place outside in {key_file}.", key_file=KEY_FILE)
        raise InputError("The key of pseudonyms may not lie in the folder of the data.", hint)
    try:
        return PseudonymKey(_read_or_create(place), place)
    except OSError as error:
        hint = told("Name another in {key_file}.", key_file=KEY_FILE)
        raise StoreError(
            told("The key “{place}” cannot be used: {why}.", place=place, why=error.strerror), hint
        ) from error


def _read_or_create(place: Path) -> bytes:
    if place.exists():
        return place.read_bytes()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        _link_once(beside, place)
    finally:
        beside.unlink(missing_ok=True)
    return place.read_bytes()


def _link_once(beside: Path, place: Path) -> None:
    """Two builds that start at once end up with one key."""
    try:
        os.link(beside, place)
    except FileExistsError:
        return
    except OSError:  # a disk without hard links
        if not place.exists():
            beside.replace(place)


def normalised(name: str) -> str:
    """One spelling for one identifier: e-mails in lower case, phones as digits with the country's 7."""
    name = name.strip()
    if "@" in name:
        return name.lower()
    if name[:1] in "+78(9" and _PHONE.fullmatch(name):
        return _phone(name)
    return name


def _phone(name: str) -> str:
    digits = _NO_DIGIT.sub("", name)
    if len(digits) == 11 and digits[0] in "78" and digits[1] in "3489":
        return f"7{digits[1:]}"
    if len(digits) == 10 and digits[0] == "9":
        return f"7{digits}"
    return digits if name.startswith("+") else name
