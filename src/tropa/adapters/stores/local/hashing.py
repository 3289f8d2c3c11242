"""SHA-256 (FIPS 180-4) of many short messages at once: what `hashlib` says of each, without a call for each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.cores import cores

LONGEST = 55  # bytes of a message that fit into a block with its end and its length
BLOCK = 64
_PART = 1 << 15  # messages that are worked on side by side
_LOW = 0xFFFFFFFF
Words = NDArray[np.uint32]


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % one for one in found):
            found.append(number)
        number += 1
    return found


def _cube_root(value: int) -> int:
    low, high = 0, 1 << 40
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**3 <= value else (low, middle - 1)
    return low


# The first 32 bits of the fractional parts of roots of the first primes: square roots begin, cube roots go on.
_BEGIN = np.array([isqrt(prime << 64) & _LOW for prime in _primes(8)], dtype=np.uint32)
_ROUNDS = np.array([_cube_root(prime << 96) & _LOW for prime in _primes(64)], dtype=np.uint32)


def state_after(block: bytes) -> Words:
    """What SHA-256 knows after a first block of 64 bytes; shape 8."""
    words = np.frombuffer(block, dtype=">u4").astype(np.uint32)
    return _compressed(_BEGIN, words[:, None])[:, 0].copy()


def digests(state: Words, messages: NDArray[np.uint8], lengths: NDArray[np.integer[Any]]) -> NDArray[np.uint8]:
    """The hashes of messages that go on after a first block, in the order of the messages; shape (n, 32).

    `messages` (n, 64): each from the left, then zeros. `lengths`: bytes, at most LONGEST.
    """
    count = len(messages)
    found = np.empty((count, 32), dtype=np.uint8)

    def work(first: int) -> None:
        blocks, size = messages[first : first + _PART].copy(), lengths[first : first + _PART]
        blocks[np.arange(len(blocks)), size] = 0x80
        words = np.ascontiguousarray(blocks.view(">u4").T, dtype=np.uint32)
        words[15] = (size.astype(np.uint32) + BLOCK) * 8
        ready = np.ascontiguousarray(_compressed(state, words).T, dtype=">u4")
        found[first : first + _PART] = ready.view(np.uint8)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(work, range(0, count, _PART)))
    return found


def padded(messages: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Messages of at most LONGEST bytes as `digests` takes them, with their lengths."""
    lengths = np.fromiter(map(len, messages), dtype=np.int64, count=len(messages))
    return np.array(messages, dtype=f"S{BLOCK}").view(np.uint8).reshape(-1, BLOCK), lengths


def spelt(prefix: bytes, values: NDArray[np.integer[Any]]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A short prefix and a whole number ≥ 0 in decimal digits, as `digests` takes messages, with their lengths."""
    messages, lengths = np.zeros((len(values), BLOCK), dtype=np.uint8), np.empty(len(values), dtype=np.int64)
    messages[:, : len(prefix)] = np.frombuffer(prefix, dtype=np.uint8)
    for digits in range(1, len(str(int(values.max(initial=0)))) + 1):
        low = 0 if digits == 1 else 10 ** (digits - 1)
        rows = np.flatnonzero((values >= low) & (values <= 10**digits - 1))
        rest = values[rows].astype(np.uint64)
        spelling = np.empty((len(rows), digits), dtype=np.uint8)
        for place in range(digits - 1, -1, -1):
            over = rest // 10
            spelling[:, place] = rest - over * 10 + ord("0")
            rest = over
        messages[rows, len(prefix) : len(prefix) + digits] = spelling
        lengths[rows] = len(prefix) + digits
    return messages, lengths


def _compressed(state: Words, words: Words) -> Words:
    """FIPS 180-4, 6.2.2, for each column of `words` (16, n); shape (8, n)."""
    w = list(words.copy())
    one, two, turned, spare = (np.empty(words.shape[1], dtype=np.uint32) for _ in range(4))
    a, b, c, d, e, f, g, h = (np.full(words.shape[1], one_word, dtype=np.uint32) for one_word in state)
    were_alike = b ^ c
    for t in range(64):
        now = w[t % 16]
        if t >= 16:
            now += w[(t - 7) % 16]
            now += _turned(w[(t - 15) % 16], 7, 18, -3, turned, spare)
            now += _turned(w[(t - 2) % 16], 17, 19, -10, turned, spare)
        np.bitwise_xor(f, g, out=one)
        one &= e
        one ^= g  # “choose”: f where e has ones, g elsewhere
        one += h
        one += _ROUNDS[t]
        one += now
        one += _turned(e, 6, 11, 25, turned, spare)
        d += one
        np.bitwise_xor(a, b, out=h)
        were_alike &= h
        np.bitwise_xor(were_alike, b, out=two)  # “majority” of a, b and c
        were_alike, h = h, were_alike
        np.add(one, two, out=h)
        h += _turned(a, 2, 13, 22, turned, spare)
        a, b, c, d, e, f, g, h = h, a, b, c, d, e, f, g
    return np.stack([begin + end for begin, end in zip(state, (a, b, c, d, e, f, g, h), strict=True)])


def _turned(word: Words, first: int, second: int, third: int, into: Words, spare: Words) -> Words:
    """The word turned right by two numbers of bits and by a third (shifted, where that is negative), added mod 2."""
    np.right_shift(word, first, out=into)
    for shift, turn in ((np.left_shift, 32 - first), (np.right_shift, second), (np.left_shift, 32 - second)):
        into ^= shift(word, turn, out=spare)
    into ^= np.right_shift(word, abs(third), out=spare)
    if third > 0:
        into ^= np.left_shift(word, 32 - third, out=spare)
    return into
