"""A company's reply inside a review's cell: where it begins, the customer's words end."""

import re

_RU_WHO = (
    r"(?:магазин|продавц|компани|представител|организаци|владел|администраци|ресторан|кафе|отел|гостиниц|клиник|банк|"
    r"производител|поставщик|бренд|разработчик|служб|поддержк|менеджер|оператор|заведени|салон|школ|автосалон|дилер)\w*"
)
_EN_WHO = (
    r"(?:owner|seller|store|shop|business|company|management|manager|host|hotel|restaurant|developer|merchant|vendor|"
    r"support|team|dealer|property|brand)"
)
# a name or a day may stand before the colon, no verb: «Ответ продавца пришёл через день: …» is a customer's
_NAMED = r"(?-i:\s+(?:от\s+|on\s+)?[«\"(\dA-ZА-ЯЁ](?:[^\n:!?.]|\.(?=\d)){0,60})?"
_END = r"\s*[:\]\n]"
_REPLY = re.compile(
    r"(?:^|[\n\r]|(?<=[.!?…)»\"]))[\s\-–—•*|>\[(]*(?:"
    rf"(?:официальный\s+)?(?:ответ|комментарий)\s+(?:от\s+)?(?:\w+\s+)?{_RU_WHO}(?:\s+{_RU_WHO})?{_NAMED}{_END}"
    rf"|официальный\s+ответ{_END}"
    rf"|(?:response|reply|answer)\s+from\s+(?:the\s+)?(?-i:(?:[A-Z][\w'’&.]*,?\s+){{0,4}}){_EN_WHO}\b{_NAMED}{_END}"
    rf"|(?:the\s+)?{_EN_WHO}(?:['’]s)?\s+(?:response|reply)\b{_NAMED}{_END})",
    re.IGNORECASE,
)
_MARKS = (":", "\n", "]")


def customers_words(text: str) -> str:
    """The text up to the company's reply: spans in it are spans of the text.

    A reply stands behind a customer's words: a text that is all reply is a customer who quotes one.
    """
    found = _REPLY.search(text) if any(mark in text for mark in _MARKS) else None
    if found is None or not any(letter.isalpha() for letter in text[: found.start()]):
        return text
    return text[: found.start()]
