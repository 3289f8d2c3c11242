"""Fractional order: short text keys that sort as text and always leave room between two neighbours."""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)


def orders(count: int) -> tuple[str, ...]:
    """So many keys in ascending order: a0, a1, … az, b00, b01 and on."""
    return tuple(_order(number) for number in range(count))


def order_between(low: str | None, high: str | None) -> str:
    """A key after `low` and before `high`; None stands for the very start or end.

    >>> order_between("a0", "a1")
    'a0V'
    >>> order_between(None, "a0") < "a0" < order_between("a0", None)
    True
    """
    if low is not None and high is not None and low >= high:
        message = f"There is no room between {low} and {high}."
        raise ValueError(message)
    key, place = "", 0
    while True:
        first = DIGITS.index(low[place]) if low is not None and place < len(low) else 0
        last = DIGITS.index(high[place]) if high is not None and place < len(high) else _BASE
        if last - first > 1:
            return key + DIGITS[(first + last) // 2]
        key += DIGITS[first]
        if first < last:
            high = None
        place += 1


def _order(number: int) -> str:
    length, room = 1, _BASE
    while number >= room:
        number -= room
        length += 1
        room = _BASE**length
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, _BASE)
        digits = DIGITS[digit] + digits
    return chr(ord("a") + length - 1) + digits
