"""Where people live: a street with a house, a house with a flat, a British postcode."""

import re

_STREET = (
    r"(?:ул(?:ица|ицы|ице|ицу|\.)?|просп(?:ект\w{0,2}|\.)|пр-(?:к?т\w?|д\w?)|пер(?:еул\w{1,4}|\.)|бульвар\w{0,2}|б-р\w?|шоссе|"
    r"наб(?:ережн\w{2,3}|\.)|проезд\w{0,2}|площад[ьи]|пл\.|мкр\.?|микрорайон\w?)"
)
_NAME = r"(?:\s?(?:\d{1,3}-\w{1,3}\s|[А-ЯЁ]\.\s?)?[А-ЯЁ][\w-]{1,30}(?:\s[А-ЯЁ][а-яё]{2,20})?)"
_HOUSE = r"(?:д(?:ом\w?)?\.?\s?)?\d{1,4}\s?(?:к\d{1,2}|[а-яА-Я](?!\w))?(?:\s?/\s?\d{1,3})?"
_PART = r"(?:к(?:орп\w*)?|стр(?:оение)?|лит\w*|кв(?:артир\w)?|подъезд\w?|эт(?:аж\w?)?|оф(?:ис\w?)?)"
_REST = rf"(?:[\s,]{{1,3}}{_PART}\.?\s?\d{{1,4}}\w?){{0,4}}"
_NO_HOUSE = r"(?!\w|[-:]\d|\s?(?:руб|мин|час|раз|дн|день|лет|год|км|метр|шт|человек|%))"
_RUSSIAN = re.compile(
    rf"(?<!\w)(?:{_STREET}{_NAME}|[А-ЯЁ][\w-]{{2,30}}\s(?:{_STREET}))[\s,]{{1,3}}{_HOUSE}{_NO_HOUSE}{_REST}"
    r"|(?<!\w)д(?:ом\w?)?\.?\s?\d{1,4}\w?[\s,]{1,3}(?:к(?:орп\w*)?\.?\s?\d{1,3}[\s,]{1,3})?"
    r"кв(?:артир\w)?\.?\s?\d{1,4}(?!\w)"
)
_ENGLISH = re.compile(
    r"(?<!\w)\d{1,5}[A-Za-z]?\s(?:[A-Z][\w'’-]{1,20}\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Crescent|Way|Terrace|Place|Gardens|Square|"
    r"Boulevard|Blvd)(?!\w)\.?(?:,?\s?(?:Apt|Apartment|Flat|Unit)\.?\s?\w{1,5})?"
    r"|(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)"
)
_LABEL = "[адрес]"


def addresses_masked(text: str) -> str:
    """The text with homes replaced; a street without a house is where many live, and stays."""
    if not any(letter.isdigit() for letter in text):
        return text
    return _ENGLISH.sub(_LABEL, _RUSSIAN.sub(_LABEL, text))
