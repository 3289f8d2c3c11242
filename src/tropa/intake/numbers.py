"""Numbers as people and programs write them: «1 234,50 ₽», "$1,234.50", "(12)", "1’234"."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
_SIGN = (
    r"₽|руб(?:\.|лей|ля|ль)?|р\.?|rub|rur|[A-Za-z]{0,3}\$|usd|€|eur|£|gbp|"
    r"₸|тг|kzt|₴|грн\.?|uah|br|byn|¥|zł|pln|₺|try|%|шт\.?"
)
_AROUND = re.compile(rf"^(?:{_SIGN})?(?P<body>[^A-Za-zА-Яа-яЁё₽$€£₸₴¥₺%]*)(?:{_SIGN})?$", re.IGNORECASE)
_BODY = re.compile(r"[+-]?\d[\d.,]*|[+-]?[.,]\d+")
_LONGEST = 60
_GLANCE = 40
"""So many cells show that a column holds no numbers at all."""
_GROUPED = {",": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+"), ".": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")}
_CURRENCY_SIGNS = (
    (re.compile(r"₽|\bруб|\bрубл|\bruble|\brub\b|\brur\b|\d\s*р\.?$|,\s*р\.?$", re.IGNORECASE), "RUB"),
    (re.compile(r"€|\beur\b|\beuro|\bевро\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bgbp\b", re.IGNORECASE), "GBP"),
    (re.compile(r"₸|\bтг\b|\bтенге\b|\bkzt\b", re.IGNORECASE), "KZT"),
    (re.compile(r"₴|\bгрн\b|\buah\b", re.IGNORECASE), "UAH"),
    (re.compile(r"\bbyn\b|\bбел\.?\s*руб", re.IGNORECASE), "BYN"),
    (re.compile(r"\$|\busd\b|\bdollar|\bдоллар", re.IGNORECASE), "USD"),
)


def number_body(text: str) -> str | None:
    """The digits and separators of a written number, its spaces and currency taken away; None where it is no number."""
    if len(text) > _LONGEST:
        return None
    plain = _SPACES.sub("", text.strip()).replace("−", "-").replace("–", "-")
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    around = _AROUND.match(plain)
    body = around["body"] if around else None
    return body if body and _BODY.fullmatch(body) else None


def parse_number(text: str, decimal: str = ".") -> Decimal | None:
    """The value of a written number, exactly; None where it is none, or where its separators contradict `decimal`."""
    body = number_body(text)
    if body is None:
        return None
    group = "," if decimal == "." else "."
    whole, _, fraction = body.rpartition(decimal) if decimal in body else (body, "", "")
    if group in fraction or decimal in whole or (group in whole and not _GROUPED[group].fullmatch(whole)):
        return None
    try:
        return Decimal(f"{whole.replace(group, '')}.{fraction or '0'}")
    except InvalidOperation:
        return None


def detect_decimal(values: Iterable[str]) -> str | None:
    """The decimal sign of a column, "." or ","; None where fewer than nine in ten of its cells are numbers."""
    cells = list(values)
    glance = cells[:_GLANCE]
    if sum(number_body(text) is not None for text in glance) < 0.5 * len(glance):
        return None
    written = [body for text in cells if (body := number_body(text)) is not None]
    if not written or len(written) < 0.9 * len(cells):
        return None
    sign = _decimal_of(written)
    readable = sum(parse_number(body, sign) is not None for body in written)
    return sign if readable >= 0.9 * len(cells) else None


def _decimal_of(written: Sequence[str]) -> str:
    commas = sum(_votes_for(",", body) for body in written)
    points = sum(_votes_for(".", body) for body in written)
    if commas != points:
        return "," if commas > points else "."
    dotted = [body for body in written if "." in body]
    return "," if len(dotted) >= 3 and all(_GROUPED["."].fullmatch(body) for body in dotted) else "."


def _votes_for(sign: str, body: str) -> bool:
    """Only a place that cannot be a thousands sign tells which sign is the decimal one."""
    if sign not in body:
        return False
    other = "." if sign == "," else ","
    if other in body:
        return body.rfind(sign) > body.rfind(other)
    return body.count(sign) == 1 and not (_GROUPED[sign].fullmatch(body) and not body.lstrip("+-").startswith("0"))


def currency_of(text: str) -> str | None:
    """The ISO 4217 code that a text names by a sign or a word, if it names one."""
    return next((code for sign, code in _CURRENCY_SIGNS if sign.search(text)), None)
