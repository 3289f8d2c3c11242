"""Parts of event names that tell help, complaints and returns from the path itself."""

from typing import Final

from tropa.domain.text import Language

ASIDE_WORDS: Final = (
    "chat",
    "support",
    "help",
    "complain",
    "ticket",
    "call",
    "refund",
    "return",
    "cancel",
    "error",
    "fail",
    "unsubscribe",
    "contact",
    "claim",
    "dispute",
    "reject",
    "decline",
    "чат",
    "поддержк",
    "помощ",
    "жалоб",
    "претенз",
    "обращен",
    "звонок",
    "звонк",
    "возврат",
    "отмен",
    "ошибк",
    "отказ",
    "отпис",
    "рекламац",
)

CHANNEL_PROPERTIES: Final = (
    "channel",
    "source",
    "utm",
    "medium",
    "campaign",
    "referr",
    "канал",
    "источник",
    "реклам",
    "кампани",
)
# Properties whose values speak for themselves however short they are.
PLAIN_PROPERTIES: Final = frozenset({"region", "регион", "город", "city", "country", "страна", "device", "устройство"})
GROUP_WORDS: Final[dict[str, dict[Language, str]]] = {
    "mobile": {Language.RU: "с телефона", Language.EN: "on a phone"},
    "phone": {Language.RU: "с телефона", Language.EN: "on a phone"},
    "desktop": {Language.RU: "с компьютера", Language.EN: "on a computer"},
    "tablet": {Language.RU: "с планшета", Language.EN: "on a tablet"},
    "guest": {Language.RU: "гости", Language.EN: "guests"},
    "гость": {Language.RU: "гости", Language.EN: "guests"},
    "new": {Language.RU: "новые", Language.EN: "new customers"},
    "android": {Language.RU: "с Android", Language.EN: "on Android"},
    "ios": {Language.RU: "с iOS", Language.EN: "on iOS"},
}
DEPARTMENT_PROPERTIES: Final = (
    "department",
    "workgroup",
    "team",
    "resource",
    "org:",
    "отдел",
    "подраздел",
    "служба",
    "команда",
    "ответственн",
)
