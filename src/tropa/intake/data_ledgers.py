"""What the columns of tables of costs, search queries and changes are called, in Russian and English."""

SPEND = (
    "расход", "расходы", "расход руб*", "потрачено*", "потрачено всего*", "затраты", "затрачено", "списано*", "списания", "рекламн* расход*", "рекламн* бюджет*",
    "бюджет", "стоимость", "стоимость кликов", "израсходован*", "маркетинг*", "расход на рекламу", "расходы на рекламу", "сумма расход*", "сумма списан*",
    "spend", "spent", "cost", "costs", "amount spent", "ad spend", "ad cost", "total cost", "total spent", "marketing cost*", "marketing spend", "media cost",
    "marketing costs", "investment", "budget", "ads cost",
)  # fmt: skip
SPEND_WORDS = ("расход*", "потрач*", "затрат*", "затрач*", "списан*", "spend", "spent", "cost", "costs")
NOT_SPEND = (
    "cpc", "cpm", "cpa", "cpl", "cpo", "средн*", "average*", "avg*", "за клик", "per click", "per", "клика", "конверс*", "conversion*", "цели", "доля", "дрр",
    "себестоимость", "доставк*", "shipping", "лимит*", "limit", "остат*", "balance", "прибыл*", "выруч*", "revenue", "profit",
)  # fmt: skip
CLICKS = (
    "клики",
    "кликов",
    "переходы",
    "переходов",
    "clicks",
    "click",
    "link clicks",
    "визиты",
    "visits",
    "контакты",
    "сеансы",
    "sessions",
)
SHOWS = (
    "показы", "показов", "показы в месяц", "число показов", "impressions", "impr", "shows", "views", "просмотры", "частота", "частотность", "частотность запроса",
    "search volume", "volume", "показов в месяц", "охват", "количество показов", "searches", "avg monthly searches",
)  # fmt: skip
CAMPAIGN = (
    "кампания", "название кампании", "рекламная кампания", "имя кампании", "campaign", "campaign name", "utm campaign", "объявление", "название объявления",
    "рекламный план", "группа объявлений", "ad group", "ad set name",
)  # fmt: skip
CHANNEL = (
    "канал", "источник", "channel", "source", "utm source", "площадка", "система", "рекламная система", "рекламный канал", "источник трафика", "platform",
    "network", "medium", "канал привлечения", "рекламный источник", "сервис",
)  # fmt: skip
PERIOD = (
    "дата",
    "день",
    "месяц",
    "неделя",
    "период",
    "date",
    "day",
    "month",
    "week",
    "period",
    "начало",
    "start",
    "начало периода",
    "date start",
    "с",
    "from",
)
UNTIL = (
    "окончание",
    "конец",
    "по",
    "date stop",
    "date end",
    "end",
    "end date",
    "until",
    "to",
    "конец периода",
    "дата окончания",
    "date to",
    "последний день",
)
QUERY = (
    "запрос", "поисковый запрос", "поисковые запросы", "фраза", "ключевая фраза", "ключевое слово", "ключевые слова", "поисковая фраза", "запросы",
    "query", "search query", "search term", "search terms", "keyword", "top queries", "queries", "ключ", "key phrase", "условие показа",
)  # fmt: skip
COST_FILES = (
    "расход*", "затрат*", "cost*", "spend*", "реклам*", "директ*", "direct", "маркетинг*", "marketing", "бюджет*", "budget*", "roistat", "avito", "авито", "ads", "vk",
)  # fmt: skip
WHAT = (
    "что",
    "что сделали",
    "изменение",
    "описание",
    "событие",
    "what",
    "what we did",
    "change",
    "description",
    "название",
    "name",
    "title",
    "акция",
)
WHERE = (
    "где",
    "область",
    "раздел",
    "место",
    "where",
    "area",
    "section",
    "этап",
    "stage",
    "страница",
    "page",
    "отдел",
    "участок",
)
WHOM = (
    "для кого",
    "кому",
    "кого коснулось",
    "аудитория",
    "сегмент",
    "for whom",
    "for",
    "whom",
    "who",
    "audience",
    "segment",
    "группа",
)
PROMO = (
    "акци*", "скидк*", "распродаж*", "промо*", "промокод*", "черн* пятниц*", "sale", "sales", "promo*", "discount*", "black friday", "cyber monday", "coupon*",
    "купон*", "спецпредложен*", "киберпонедельник*",
)  # fmt: skip

PLATFORMS: dict[str, tuple[str, ...]] = {
    "yandex": ("yandex", "яндекс", "директ", "direct", "yandexdirect", "ya", "yd", "яндексдирект", "yadirect"),
    "vk": ("vk", "вк", "vkontakte", "вконтакте", "vkads", "вкреклама", "mytarget"),
    "avito": ("avito", "авито"),
    "google": ("google", "googleads", "adwords", "гугл"),
    "meta": ("facebook", "instagram", "meta", "fb", "ig", "facebookads"),
    "telegram": ("telegram", "телеграм", "телеграмм", "tg", "telegramads"),
    "tiktok": ("tiktok", "тикток"),
    "bing": ("bing", "microsoftads", "bingads"),
    "2gis": ("2gis", "2гис", "дубльгис"),
    "email": ("email", "mail", "рассылка", "newsletter", "почта"),
}
"""The names that one advertising platform goes by."""
PAID = (
    "cpc",
    "ppc",
    "ads",
    "ad",
    "реклама",
    "таргет",
    "paid",
    "контекст",
    "context",
    "cpm",
    "target",
    "search",
    "поиск",
)
"""Words that may stand beside a platform's name without making it another one."""
