"""Whether a run of digits is the number of a card, a taxpayer or an insured person."""

_SNILS_DIGITS = 11
_INN_WEIGHTS_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_WEIGHTS_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_WEIGHTS_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def is_card(digits: str) -> bool:
    """13 to 19 digits whose last one follows from the others (Luhn, ISO/IEC 7812-1)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_snils(digits: str) -> bool:
    """Eleven digits of the Russian insurance number: the last two follow from the first nine."""
    if len(digits) != _SNILS_DIGITS:
        return False
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:])


def is_inn(digits: str) -> bool:
    """Ten digits (company) or twelve (person) of the Russian taxpayer number, with their check digits."""
    match len(digits):
        case 10:
            return _check(digits, _INN_WEIGHTS_10) == digits[9]
        case 12:
            return _check(digits, _INN_WEIGHTS_11) == digits[10] and _check(digits, _INN_WEIGHTS_12) == digits[11]
        case _:
            return False


def _check(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10)
