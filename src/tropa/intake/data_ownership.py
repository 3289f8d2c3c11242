"""Words of the tables of costs and arguments, Russian and English."""

from collections.abc import Mapping

from tropa.domain.argument import ArgumentKind
from tropa.domain.buying import ECONOMIC, TECHNICAL, USER
from tropa.domain.ownership import CostKind, Role
from tropa.domain.text import Language

COST_HEADS: Mapping[str, tuple[str, ...]] = {
    "kind": ("вид", "kind", "вид затрат", "тип", "type"),
    "item": ("статья", "item", "название", "name", "что"),
    "alternative": ("вариант", "option", "alternative", "решение", "альтернатива"),
    "year": ("год", "year"),
    "low": ("не меньше", "low", "минимум", "min", "мало", "от", "нижняя"),
    "likely": ("вероятно", "likely", "сумма", "amount", "вероятная"),
    "high": ("не больше", "high", "максимум", "max", "много", "до", "верхняя"),
    "assumption": ("допущение", "assumption", "предположение"),
    "source": ("источник", "source", "откуда"),
}
COST_KINDS: Mapping[CostKind, tuple[str, ...]] = {
    CostKind.PRICE: ("цена", "price", "лицензия", "подписка", "licence", "license", "subscription"),
    CostKind.INTRODUCTION: ("внедрение", "introduction", "implementation", "запуск", "установка", "setup"),
    CostKind.TRAINING: ("обучение", "training"),
    CostKind.USE: ("использование", "use", "эксплуатация", "работа", "running", "operation"),
    CostKind.REPAIR: ("ремонт", "repair", "поддержка", "сопровождение", "support", "maintenance"),
    CostKind.EXIT: ("выход", "exit", "уход", "переезд"),
    CostKind.OTHER: ("прочее", "other", "потери", "losses", "losing"),
    CostKind.EFFECT: ("эффект", "effect", "выгода", "benefit", "gain"),
}
ROLES: Mapping[Role, tuple[str, ...]] = {
    Role.OURS: ("мы", "ours", "наше решение", "наш вариант", "наше", "our solution", "us"),
    Role.NOTHING: ("ничего не делать", "doing nothing", "nothing", "do nothing", "как сейчас", "as is", "ничего"),
}

ARGUMENT_HEADS: Mapping[str, tuple[str, ...]] = {
    "kind": ("вид", "kind", "тип", "type"),
    "buyer": ("кому", "for whom", "роль", "класс", "class", "buyer", "role"),
    "stage": ("этап", "stage"),
    "feature": ("свойство", "feature", "вопрос", "question"),
    "advantage": ("преимущество", "advantage"),
    "benefit": ("выгода", "benefit", "ответ", "answer", "что обещаем", "promise"),
    "number": ("число", "number", "критерий", "criterion", "срок", "date"),
    "quote": ("цитата", "quote"),
    "source": ("источник", "source", "откуда"),
}
ARGUMENT_KINDS: Mapping[ArgumentKind, tuple[str, ...]] = {
    ArgumentKind.BENEFIT: ("выгода", "benefit", "пхв", "fab"),
    ArgumentKind.ANSWER: ("ответ", "answer", "вопрос", "question"),
    ArgumentKind.PILOT: ("пилот", "pilot"),
    ArgumentKind.REFERENCE: ("отзыв из отрасли", "reference", "кейс", "case", "референс"),
    ArgumentKind.MANAGER: ("менеджер успеха", "success manager", "manager", "куратор"),
    ArgumentKind.FIRST_RESULT: ("первый результат", "first result"),
}
BUYERS: Mapping[str, tuple[str, ...]] = {
    ECONOMIC: ("эп", "economic buyer", "экономический покупатель", "economic"),
    TECHNICAL: ("тп", "technical buyer", "технический покупатель", "technical"),
    USER: ("кэ", "end user", "конечный пользователь", "пользователь", "user", "конечный эксплуатант"),
    "purchasing": ("закупки", "purchasing"),
    "legal": ("юристы", "lawyers", "юрист"),
}
EVERYBODY = ("", "все", "всем", "all", "everybody", "everyone")


def kind_word(kind: CostKind, language: Language) -> str:
    """What a kind of cost is called."""
    return COST_KINDS[kind][0 if language is Language.RU else 1]
