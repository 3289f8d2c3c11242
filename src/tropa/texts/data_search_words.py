"""Words that tell what a search query is after, as lemmas (Russian) and stems (English)."""

WHY = frozenset(("почему", "зачем", "отчего", "проблема", "ошибка", "why", "problem", "error", "fix", "wrong"))
"""Something has gone wrong: what sets people looking."""
HOW = frozenset(
    (
        *(
            "как",
            "когда",
            "что",
            "сколько",
            "можно",
            "нужно",
            "делать",
            "сделать",
            "самостоятельно",
            "инструкция",
            "способ",
        ),
        *("how", "when", "what", "guide", "tutorial", "should", "can", "diy", "tip"),
    )
)
COMPARE = frozenset(
    (
        *(
            "хороший",
            "лучший",
            "рейтинг",
            "топ",
            "сравнение",
            "сравнить",
            "отзыв",
            "обзор",
            "аналог",
            "или",
            "какой",
            "выбрать",
        ),
        *(
            "best",
            "top",
            "review",
            "reviews",
            "compare",
            "comparison",
            "vs",
            "versus",
            "alternative",
            "rating",
            "which",
            "or",
        ),
    )
)
BUY = frozenset(
    (
        *(
            "купить",
            "цена",
            "стоимость",
            "заказать",
            "заказ",
            "доставка",
            "недорого",
            "дёшево",
            "дешевый",
            "магазин",
            "акция",
        ),
        *("скидка", "интернет-магазин", "прайс", "тариф", "стоить", "рядом", "каталог"),
        *(
            "buy",
            "price",
            "cost",
            "order",
            "delivery",
            "cheap",
            "shop",
            "store",
            "near",
            "discount",
            "deal",
            "pric",
            "pricing",
        ),
    )
)
EMPTY = frozenset(
    (
        *("в", "на", "с", "со", "и", "для", "по", "из", "от", "до", "к", "у", "о", "за", "не", "ли", "бы", "я", "мы", "свой", "это", "там"),
        *("the", "a", "an", "in", "on", "for", "to", "of", "and", "with", "is", "are", "do", "i", "my", "me", "at", "from", "it"),
    )
)  # fmt: skip
