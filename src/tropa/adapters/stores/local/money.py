"""Minor units of currencies."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_EXPONENTS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENT = {code: exponent for exponent, codes in _EXPONENTS.items() for code in codes.split()}
LARGEST = 10**17


def exponent_of(currency: str | None) -> int:
    """How many digits the minor unit has by ISO 4217; two where the currency is unknown."""
    return _EXPONENT.get(currency or "", 2)


def in_minor_units(amount: Decimal, exponent: int) -> int | None:
    """Kopecks of roubles, exactly; halves away from zero; None where no such sum can exist."""
    try:
        minor = int(amount.scaleb(exponent).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except InvalidOperation:
        return None
    return minor if abs(minor) <= LARGEST else None
