"""A question as data: canonical JSON, so that the same question has the same hash everywhere."""

import hashlib
import json
from collections.abc import Mapping


def canonical(query: Mapping[str, object]) -> str:
    """The question as one line of JSON with sorted keys."""
    return json.dumps(query, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def hash_of(query: Mapping[str, object]) -> str:
    """A short, stable name of the question."""
    return "sha256:" + hashlib.sha256(canonical(query).encode()).hexdigest()[:16]
