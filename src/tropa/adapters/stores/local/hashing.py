"""SHA-256 (FIPS 180-4) of many short messages at once: what `hashlib` says of each, without a call for each."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.cores import cores
from tropa.events.fold import readable
from tropa.events.kernel import kernel

LONGEST = 55  # bytes of a message that fit into a block with its end and its length
BLOCK = 64
_LANES = 16  # messages that are worked on side by side
_PART = 1 << 14
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
    return _compressed(_BEGIN, np.repeat(words[:, None], _LANES, axis=1))[:, 0].copy()


def digests(state: Words, messages: NDArray[np.uint8], lengths: NDArray[np.integer[Any]]) -> NDArray[np.uint8]:
    """The hashes of messages that go on after a first block, in the order of the messages; shape (n, 32).

    `messages` (n, 64): each from the left, then zeros. `lengths`: bytes, at most LONGEST.
    """
    count = len(messages)
    found = np.empty((count, 32), dtype=np.uint8)

    def work(first: int) -> None:
        part, size = messages[first : first + _PART], lengths[first : first + _PART]
        blocks = np.zeros((-(-len(part) // _LANES) * _LANES, BLOCK), dtype=np.uint8)
        blocks[: len(part)] = part
        blocks[np.arange(len(part)), size] = 0x80
        words = np.ascontiguousarray(blocks.view(">u4").T, dtype=np.uint32)
        words[15, : len(part)] = (size.astype(np.uint32) + BLOCK) * 8
        ready = np.ascontiguousarray(_compressed(state, words).T[: len(part)], dtype=">u4")
        found[first : first + _PART] = ready.view(np.uint8)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(work, range(0, count, _PART)))
    return found


def padded(messages: Sequence[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Messages of at most LONGEST bytes as `digests` takes them, with their lengths."""
    lengths = np.fromiter(map(len, messages), dtype=np.int64, count=len(messages))
    return np.array(messages, dtype=f"S{BLOCK}").view(np.uint8).reshape(-1, BLOCK), lengths


def spelt(prefix: bytes, values: NDArray[np.int64]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """A short prefix and a whole number in decimal digits, as `digests` takes messages, with their lengths."""
    messages, lengths = np.zeros((len(values), BLOCK), dtype=np.uint8), np.empty(len(values), dtype=np.int64)
    messages[:, : len(prefix)] = np.frombuffer(prefix, dtype=np.uint8)
    _spell(readable(values, np.int64), len(prefix), messages, lengths)
    return messages, lengths


@kernel
def _spell(values: NDArray[np.int64], start: int, messages: NDArray[np.uint8], lengths: NDArray[np.int64]) -> None:
    for i in range(len(values)):
        value, at = values[i], start
        if value < 0:
            messages[i, at] = 45
            at += 1
        digits, rest = 1, abs(value) // 10
        while rest > 0:
            digits, rest = digits + 1, rest // 10
        lengths[i], rest = at + digits, abs(value)
        for place in range(digits):
            messages[i, at + digits - 1 - place] = 48 + rest % 10
            rest //= 10


def _compressed(state: Words, words: Words) -> Words:
    found = np.empty((8, words.shape[1]), dtype=np.uint32)
    schedule, turning = np.empty((64, _LANES), dtype=np.uint32), np.empty((8, _LANES), dtype=np.uint32)
    _compress(readable(state, np.uint32), readable(words, np.uint32), readable(_ROUNDS, np.uint32), schedule, turning, found)
    return found


@kernel
def _compress(begin: Words, words: Words, rounds: Words, w: Words, s: Words, found: Words) -> None:
    """FIPS 180-4, 6.2.2, for the columns of `words` (16, n); n is a multiple of _LANES. a…h turn round in `s`."""
    for first in range(0, words.shape[1], _LANES):
        for t in range(16):
            for lane in range(_LANES):
                w[t, lane] = words[t, first + lane]
        for t in range(16, 64):
            for lane in range(_LANES):
                x, y = w[t - 15, lane], w[t - 2, lane]
                x = ((x >> 7) | (x << 25)) ^ ((x >> 18) | (x << 14)) ^ (x >> 3)
                y = ((y >> 17) | (y << 15)) ^ ((y >> 19) | (y << 13)) ^ (y >> 10)
                w[t, lane] = (w[t - 16, lane] + x + w[t - 7, lane] + y) & _LOW
        for k in range(8):
            for lane in range(_LANES):
                s[k, lane] = begin[k]
        for t in range(64):
            a, b, c, d = (64 - t) & 7, (65 - t) & 7, (66 - t) & 7, (67 - t) & 7
            e, f, g, h = (68 - t) & 7, (69 - t) & 7, (70 - t) & 7, (71 - t) & 7
            for lane in range(_LANES):
                x, y = s[a, lane], s[e, lane]
                sum_e = ((y >> 6) | (y << 26)) ^ ((y >> 11) | (y << 21)) ^ ((y >> 25) | (y << 7))
                sum_a = ((x >> 2) | (x << 30)) ^ ((x >> 13) | (x << 19)) ^ ((x >> 22) | (x << 10))
                one = s[h, lane] + sum_e + (s[g, lane] ^ (y & (s[f, lane] ^ s[g, lane]))) + rounds[t] + w[t, lane]
                two = sum_a + ((x & s[b, lane]) | (s[c, lane] & (x | s[b, lane])))
                s[d, lane] = (s[d, lane] + one) & _LOW
                s[h, lane] = (one + two) & _LOW
        for k in range(8):
            for lane in range(_LANES):
                found[k, first + lane] = (begin[k] + s[k, lane]) & _LOW
