"""Trades that random scenarios are set in: their paths, what lies beside, what is known of people; Russian and English."""

from dataclasses import dataclass
from typing import Final

Names = tuple[str, str]
"""English and Russian."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A trade: steps in order (`goal` brings the money), messages, calls for help and extras, each after some step."""

    key: str
    steps: tuple[Names, ...]
    goal: int
    amount: float
    hours: tuple[float, float]
    messages: tuple[tuple[Names, int], ...]
    helps: tuple[tuple[Names, int], ...]
    extras: tuple[tuple[Names, int], ...]
    noise: tuple[Names, ...]
    departments: tuple[Names, ...]
    properties: tuple[str, ...]
    dead_end: Names
    repeats: bool = True


TRADES: Final = (
    Trade(
        key="shop",
        steps=(
            ("visit", "визит"), ("catalog view", "просмотр каталога"), ("product view", "карточка товара"),
            ("add to cart", "добавил в корзину"), ("checkout", "оформление заказа"), ("delivery choice", "выбор доставки"),
            ("payment", "оплата"), ("order received", "заказ получен"), ("review page", "страница отзыва"),
        ),
        goal=6, amount=2_900, hours=(0.02, 30),
        messages=((("order confirmation email", "письмо о заказе"), 6), (("tracking sms", "смс с треком"), 6), (("cart reminder", "напоминание о корзине"), 3)),
        helps=((("support chat", "чат поддержки"), 4), (("complaint", "жалоба"), 7)),
        extras=((("gift wrap added", "добавил подарочную упаковку"), 3), (("warranty bought", "купил гарантию"), 6)),
        noise=(("search", "поиск"), ("favourite", "избранное"), ("filter", "фильтр"), ("promo page", "страница акции")),
        departments=(("Sales", "Продажи"), ("Warehouse", "Склад"), ("Delivery", "Доставка")),
        properties=("device", "region", "channel", "payment", "account", "category", "carrier", "age"),
        dead_end=("payment error", "ошибка оплаты"),
    ),
    Trade(
        key="clinic",
        steps=(
            ("site visit", "заход на сайт"), ("doctor page", "страница врача"), ("slot search", "поиск времени"),
            ("appointment booked", "запись на приём"), ("visit confirmed", "визит подтверждён"), ("arrived", "пришёл в клинику"),
            ("consultation", "консультация"), ("bill paid", "счёт оплачен"), ("results opened", "открыл результаты"),
        ),
        goal=7, amount=4_200, hours=(0.1, 60),
        messages=((("visit reminder", "напоминание о визите"), 3), (("preparation note", "памятка о подготовке"), 3), (("results sms", "смс о результатах"), 7)),
        helps=((("registry call", "звонок в регистратуру"), 3), (("complaint to chief doctor", "жалоба главврачу"), 6)),
        extras=((("tests ordered", "заказал анализы"), 6), (("checkup package", "пакет обследования"), 7)),
        noise=(("price list", "прайс"), ("map opened", "открыл схему проезда"), ("faq", "частые вопросы")),
        departments=(("Registry", "Регистратура"), ("Doctors", "Врачи"), ("Cashier", "Касса")),
        properties=("branch", "age", "gender", "channel", "insurance", "speciality", "device", "visit_kind"),
        dead_end=("no free slots", "нет свободного времени"),
    ),
    Trade(
        key="courses",
        steps=(
            ("landing", "лендинг"), ("signup", "регистрация"), ("level test", "тест уровня"), ("trial booked", "записался на пробный"),
            ("trial lesson", "пробный урок"), ("plan page", "страница тарифов"), ("subscription paid", "оплатил подписку"),
            ("first homework", "первое домашнее"), ("month finished", "закончил месяц"),
        ),
        goal=6, amount=6_500, hours=(0.2, 70),
        messages=((("lesson link", "ссылка на урок"), 3), (("welcome letter", "приветственное письмо"), 1), (("homework reminder", "напоминание о домашнем"), 6)),
        helps=((("curator contacted", "обращение к куратору"), 4), (("help request", "просьба о помощи"), 2)),
        extras=((("speaking club", "разговорный клуб"), 6), (("textbook bought", "купил учебник"), 6)),
        noise=(("blog read", "читал блог"), ("video watched", "смотрел видео"), ("timetable", "расписание")),
        departments=(("Marketing", "Маркетинг"), ("Curators", "Кураторы"), ("Teachers", "Преподаватели")),
        properties=("level", "goal", "age", "os", "channel", "language", "teacher", "payment"),
        dead_end=("microphone failed", "микрофон не работает"),
    ),
    Trade(
        key="loans",
        steps=(
            ("calculator", "калькулятор"), ("application started", "начал заявку"), ("documents uploaded", "загрузил документы"),
            ("scoring", "скоринг"), ("approved", "одобрено"), ("offer opened", "открыл предложение"),
            ("contract signed", "подписал договор"), ("money issued", "деньги выданы"), ("first instalment", "первый платёж"),
        ),
        goal=7, amount=310_000, hours=(0.3, 90),
        messages=((("decision sms", "смс с решением"), 3), (("document checklist", "список документов"), 1), (("instalment reminder", "напоминание о платеже"), 7)),
        helps=((("call to contact centre", "звонок в контакт-центр"), 2), (("claim", "претензия"), 7)),
        extras=((("insurance taken", "взял страховку"), 6), (("card opened", "открыл карту"), 7)),
        noise=(("rates page", "страница ставок"), ("branch map", "карта отделений"), ("login", "вход в кабинет")),
        departments=(("Front office", "Фронт-офис"), ("Underwriting", "Андеррайтинг"), ("Legal", "Юристы"), ("Back office", "Бэк-офис")),
        properties=("product", "region", "employment", "channel", "device", "branch", "age", "client_kind"),
        dead_end=("upload failed", "файл не загрузился"), repeats=False,
    ),
    Trade(
        key="hotel",
        steps=(
            ("search stays", "поиск жилья"), ("hotel page", "страница отеля"), ("room chosen", "выбрал номер"),
            ("guest details", "данные гостей"), ("booking paid", "бронь оплачена"), ("check-in", "заселение"),
            ("breakfast", "завтрак"), ("check-out", "выезд"), ("survey answered", "ответил на опрос"),
        ),
        goal=4, amount=14_500, hours=(0.05, 140),
        messages=((("voucher", "ваучер"), 4), (("arrival instructions", "инструкция по приезду"), 4)),
        helps=((("call to reception", "звонок на ресепшн"), 5), (("refund request", "запрос возврата"), 4)),
        extras=((("transfer ordered", "заказал трансфер"), 4), (("spa visit", "посетил спа"), 5)),
        noise=(("photos", "фотографии"), ("map", "карта"), ("reviews read", "читал отзывы")),
        departments=(("Reservations", "Бронирование"), ("Reception", "Ресепшн"), ("Housekeeping", "Хозслужба")),
        properties=("country", "party", "device", "channel", "tariff", "loyalty", "payment", "city"),
        dead_end=("room sold out", "номер распродан"),
    ),
    Trade(
        key="food",
        steps=(
            ("app open", "открыл приложение"), ("restaurant page", "страница ресторана"), ("dish added", "добавил блюдо"),
            ("basket", "корзина"), ("address confirmed", "адрес подтверждён"), ("order paid", "заказ оплачен"),
            ("courier assigned", "курьер назначен"), ("delivered", "доставлено"), ("rated", "поставил оценку"),
        ),
        goal=5, amount=1_150, hours=(0.01, 0.7),
        messages=((("courier push", "пуш о курьере"), 6), (("receipt", "чек"), 5)),
        helps=((("support dialog", "диалог с поддержкой"), 6), (("order cancel", "отмена заказа"), 5)),
        extras=((("dessert added", "добавил десерт"), 3), (("tip left", "оставил чаевые"), 7)),
        noise=(("search dish", "поиск блюда"), ("promo banner", "баннер"), ("history", "история заказов")),
        departments=(("Kitchen", "Кухня"), ("Couriers", "Курьеры"), ("Support desk", "Служба заботы")),
        properties=("os", "city", "app_version", "payment", "channel", "subscription", "daypart", "courier_kind"),
        dead_end=("address not served", "адрес вне зоны"),
    ),
    Trade(
        key="saas",
        steps=(
            ("lead created", "создан лид"), ("qualified", "квалифицирован"), ("demo held", "демо проведено"),
            ("trial started", "триал начат"), ("proposal sent", "КП отправлено"), ("security review", "проверка ИБ"),
            ("contract agreed", "договор согласован"), ("invoice paid", "счёт оплачен"), ("onboarding done", "внедрение завершено"),
        ),
        goal=7, amount=180_000, hours=(10, 200),
        messages=((("case study sent", "отправлен кейс"), 2), (("onboarding letter", "письмо о внедрении"), 7)),
        helps=((("ticket", "тикет"), 3), (("escalation call", "звонок руководителю"), 6)),
        extras=((("training sold", "продано обучение"), 7), (("integration bought", "куплена интеграция"), 7)),
        noise=(("webinar", "вебинар"), ("pricing page", "страница цен"), ("docs read", "читал документацию")),
        departments=(("Marketing", "Маркетинг"), ("Sales", "Продажи"), ("Legal", "Юристы"), ("Implementation", "Внедрение")),
        properties=("company_size", "industry", "channel", "manager", "region", "product", "telephony", "client_kind"),
        dead_end=("1c sync error", "ошибка обмена с 1С"), repeats=False,
    ),
    Trade(
        key="insurance",
        steps=(
            ("claim opened", "заявлен случай"), ("photos sent", "фото отправлены"), ("documents checked", "документы проверены"),
            ("inspection", "осмотр"), ("estimate ready", "смета готова"), ("decision made", "решение принято"),
            ("payout", "выплата"), ("policy renewed", "полис продлён"),
        ),
        goal=7, amount=23_000, hours=(5, 180),
        messages=((("status sms", "смс о статусе"), 2), (("renewal letter", "письмо о продлении"), 6)),
        helps=((("hotline", "горячая линия: звонок"), 1), (("dispute", "спор по смете: претензия"), 4)),
        extras=((("home cover added", "добавил защиту дома"), 7), (("car service chosen", "выбрал сервис"), 4)),
        noise=(("cabinet login", "вход в кабинет"), ("terms opened", "открыл правила")),
        departments=(("Front desk", "Приём"), ("Experts", "Эксперты"), ("Finance", "Финансы")),
        properties=("region", "policy", "channel", "damage", "age", "branch", "loyalty", "device"),
        dead_end=("photo rejected twice", "фото не принято"),
    ),
    Trade(
        key="gym",
        steps=(
            ("page opened", "открыл страницу"), ("club chosen", "выбрал клуб"), ("guest visit booked", "записался на гостевой"),
            ("guest visit", "гостевой визит"), ("contract offered", "предложен договор"), ("membership paid", "карта оплачена"),
            ("first training", "первая тренировка"), ("tenth visit", "десятый визит"),
        ),
        goal=5, amount=27_000, hours=(0.5, 110),
        messages=((("training plan", "план тренировок"), 5), (("guest pass sms", "смс с пропуском"), 2)),
        helps=((("freeze request", "просьба о заморозке: обращение"), 6), (("manager call", "звонок менеджера"), 3)),
        extras=((("personal trainer", "персональный тренер"), 6), (("sauna pass", "абонемент в сауну"), 5)),
        noise=(("schedule", "расписание"), ("photo tour", "фототур"), ("news", "новости")),
        departments=(("Sales", "Отдел продаж"), ("Trainers", "Тренеры"), ("Reception", "Ресепшн")),
        properties=("club", "age", "gender", "channel", "goal", "tariff", "daypart", "os"),
        dead_end=("turnstile refused", "турникет не пустил"),
    ),
    Trade(
        key="property",
        steps=(
            ("ad seen", "увидел объявление"), ("flat page", "страница квартиры"), ("mortgage calculator", "ипотечный калькулятор"),
            ("request sent", "оставил заявку"), ("manager answered", "менеджер ответил"), ("viewing", "показ"),
            ("reservation paid", "бронь оплачена"), ("mortgage approved", "ипотека одобрена"), ("deal signed", "сделка подписана"),
        ),
        goal=6, amount=50_000, hours=(2, 170),
        messages=((("selection of flats", "подборка квартир"), 4), (("viewing reminder", "напоминание о показе"), 4)),
        helps=((("call back asked", "просьба: обратный звонок"), 3), (("complaint to developer", "жалоба застройщику"), 6)),
        extras=((("parking bought", "купил парковку"), 6), (("finishing package", "пакет отделки"), 6)),
        noise=(("floor plan", "планировка"), ("panorama", "панорама"), ("district guide", "о районе")),
        departments=(("Call centre", "Колл-центр"), ("Sales office", "Офис продаж"), ("Mortgage broker", "Ипотечный брокер")),
        properties=("project", "rooms", "channel", "purpose", "device", "region", "manager", "payment"),
        dead_end=("flat already taken", "квартира уже занята"), repeats=False,
    ),
    Trade(
        key="carservice",
        steps=(
            ("invitation opened", "открыл приглашение"), ("service page", "страница сервиса"), ("time chosen", "выбрал время"),
            ("car accepted", "машина принята"), ("diagnosis", "диагностика"), ("work agreed", "работы согласованы"),
            ("work finished", "работы закончены"), ("bill settled", "заказ-наряд оплачен"), ("recommended", "порекомендовал"),
        ),
        goal=7, amount=15_400, hours=(0.5, 50),
        messages=((("ready sms", "смс о готовности"), 6), (("mileage reminder", "напоминание о ТО"), 7)),
        helps=((("call to foreman", "звонок мастеру"), 4), (("bill dispute", "спор о счёте: претензия"), 7)),
        extras=((("tyres bought", "купил шины"), 5), (("car wash", "мойка"), 6)),
        noise=(("parts prices", "цены на запчасти"), ("route", "как доехать")),
        departments=(("Reception", "Приёмка"), ("Workshop", "Цех"), ("Parts", "Склад запчастей"), ("Cashier", "Касса")),
        properties=("car", "mileage", "branch", "channel", "age", "weekday_kind", "loyalty", "payment"),
        dead_end=("part out of stock", "запчасти нет"),
    ),
    Trade(
        key="streaming",
        steps=(
            ("install", "установка"), ("profile created", "профиль создан"), ("genres picked", "выбрал жанры"),
            ("trailer", "трейлер"), ("film started", "начал фильм"), ("film finished", "досмотрел фильм"),
            ("trial activated", "пробный период"), ("subscribed", "оформил подписку"), ("second month", "второй месяц"),
        ),
        goal=7, amount=499, hours=(0.02, 90),
        messages=((("new episodes push", "пуш о новых сериях"), 5), (("trial ending letter", "письмо о конце пробного"), 6)),
        helps=((("playback ticket", "обращение о сбое"), 4), (("unsubscribe request", "просьба отписать"), 7)),
        extras=((("kids profile", "детский профиль"), 7), (("sport package", "пакет спорт"), 7)),
        noise=(("search title", "поиск названия"), ("rating", "рейтинг"), ("watchlist", "буду смотреть")),
        departments=(("Product", "Продукт"), ("Billing", "Биллинг")),
        properties=("platform", "country", "age", "channel", "app_version", "payment", "tariff", "language"),
        dead_end=("playback error", "ошибка воспроизведения"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A property that companies know of people, with its values; `late` is known only where it is chosen."""

    name: Names
    values: tuple[Names, ...]
    late: bool = False
    visit: bool = False


def _same(*values: str) -> tuple[Names, ...]:
    return tuple((one, one) for one in values)


KNOWN: Final = {
    "device": Known(name=("device", "устройство"), values=(("mobile", "телефон"), ("desktop", "компьютер"), ("tablet", "планшет"))),
    "os": Known(name=("os", "операционная система"), values=_same("Android", "iOS", "HarmonyOS")),
    "platform": Known(name=("platform", "платформа"), values=(("Smart TV", "телевизор"), ("Android", "Android"), ("iOS", "iOS"), ("web", "браузер"))),
    "app_version": Known(name=("app_version", "версия приложения"), values=_same("4.11", "4.12", "5.0", "5.1")),
    "region": Known(name=("region", "регион"), values=(("North", "Север"), ("South", "Юг"), ("Centre", "Центр"), ("East", "Урал"), ("Far East", "Сибирь"), ("West", "Поволжье"))),
    "city": Known(name=("city", "город"), values=(("Leeds", "Казань"), ("Bristol", "Самара"), ("York", "Пермь"), ("Bath", "Тула"), ("Derby", "Омск"), ("Hull", "Томск"), ("Ely", "Псков"))),
    "country": Known(name=("country", "страна"), values=(("Germany", "Россия"), ("France", "Казахстан"), ("Spain", "Беларусь"), ("Italy", "Армения"), ("Poland", "Сербия"))),
    "channel": Known(name=("utm_source", "источник"), values=(("organic", "поиск"), ("ads", "реклама"), ("social", "соцсети"), ("email", "рассылка"), ("partners", "партнёры"), ("referral", "рекомендации")), visit=True),
    "payment": Known(name=("payment_method", "способ оплаты"), values=(("card", "карта"), ("instant transfer", "СБП"), ("cash", "наличные"), ("instalments", "рассрочка")), late=True),
    "account": Known(name=("account", "кабинет"), values=(("guest", "гость"), ("member", "с кабинетом"))),
    "category": Known(name=("category", "категория"), values=(("garden", "сад"), ("kitchen", "кухня"), ("tools", "инструменты"), ("toys", "игрушки"), ("books", "книги"))),
    "carrier": Known(name=("carrier", "перевозчик"), values=(("PostNow", "Почта"), ("Swift", "СДЭК"), ("Locker", "Боксберри")), late=True),
    "age": Known(name=("age_group", "возраст"), values=_same("18-24", "25-34", "35-44", "45-54", "55+")),
    "gender": Known(name=("sex", "пол"), values=(("f", "ж"), ("m", "м"))),
    "branch": Known(name=("branch", "филиал"), values=(("Park", "Парковый"), ("River", "Речной"), ("Station", "Вокзальный"), ("Hill", "Нагорный"), ("Old Town", "Старый город"))),
    "club": Known(name=("club", "клуб"), values=(("Arena", "Арена"), ("Loft", "Лофт"), ("Harbour", "Гавань"), ("Tower", "Башня"))),
    "insurance": Known(name=("insurance", "страхование"), values=(("private", "ДМС"), ("state", "ОМС"), ("none", "платно"))),
    "speciality": Known(name=("speciality", "специальность"), values=(("dentist", "стоматолог"), ("therapist", "терапевт"), ("eye doctor", "окулист"), ("orthopaedist", "ортопед"))),
    "visit_kind": Known(name=("visit_kind", "вид визита"), values=(("first", "первичный"), ("repeat", "повторный"))),
    "level": Known(name=("level", "уровень"), values=(("zero", "ноль"), ("A1-A2", "A1-A2"), ("B1+", "B1+"))),
    "goal": Known(name=("purpose", "цель"), values=(("work", "работа"), ("exam", "экзамен"), ("travel", "путешествия"), ("health", "здоровье"))),
    "language": Known(name=("language", "язык"), values=(("English", "английский"), ("German", "немецкий"), ("Chinese", "китайский"))),
    "teacher": Known(name=("teacher", "преподаватель"), values=(("Anna", "Анна"), ("Boris", "Борис"), ("Clara", "Клара"), ("David", "Давид"), ("Eva", "Ева"))),
    "product": Known(name=("product", "продукт"), values=(("basic", "базовый"), ("plus", "плюс"), ("premium", "премиум"))),
    "employment": Known(name=("employment", "занятость"), values=(("employee", "в штате"), ("self-employed", "самозанятый"), ("owner", "ИП"), ("pensioner", "пенсионер"))),
    "client_kind": Known(name=("client_kind", "вид клиента"), values=(("new", "новый"), ("known", "действующий"))),
    "party": Known(name=("party", "состав"), values=(("solo", "один"), ("couple", "пара"), ("family", "семья"), ("group", "группа"))),
    "tariff": Known(name=("tariff", "тариф"), values=(("flexible", "гибкий"), ("non-refundable", "невозвратный"), ("all inclusive", "всё включено"))),
    "loyalty": Known(name=("loyalty", "уровень лояльности"), values=(("none", "без карты"), ("silver", "серебро"), ("gold", "золото"))),
    "subscription": Known(name=("subscription", "подписка"), values=(("no", "нет"), ("yes", "есть"))),
    "daypart": Known(name=("daypart", "время дня"), values=(("morning", "утро"), ("day", "день"), ("evening", "вечер")), visit=True),
    "courier_kind": Known(name=("courier_kind", "вид курьера"), values=(("bike", "вело"), ("car", "авто"), ("foot", "пеший")), late=True),
    "company_size": Known(name=("company_size", "размер компании"), values=_same("1-10", "11-50", "51-250", "251+")),
    "industry": Known(name=("industry", "отрасль"), values=(("retail", "розница"), ("logistics", "логистика"), ("building", "стройка"), ("it", "ИТ"))),
    "manager": Known(name=("manager", "менеджер"), values=(("Kate", "Екатерина"), ("Leo", "Леонид"), ("Mary", "Мария"), ("Nick", "Николай"))),
    "telephony": Known(name=("telephony", "телефония"), values=(("own", "своя"), ("cloud", "облачная"), ("no telephony", "без телефонии"))),
    "policy": Known(name=("policy", "полис"), values=(("car full", "каско"), ("car basic", "осаго"), ("home", "дом"), ("trip", "поездка"))),
    "damage": Known(name=("damage", "ущерб"), values=(("small", "малый"), ("medium", "средний"), ("large", "крупный"))),
    "project": Known(name=("project", "комплекс"), values=(("Garden Court", "Сады"), ("Lake View", "Озёрный"), ("Mill", "Мельница"), ("Sky", "Небо"))),
    "rooms": Known(name=("rooms", "комнат"), values=(("studio", "студия"), ("one", "однушка"), ("two", "двушка"), ("three", "трёшка"))),
    "purpose": Known(name=("buyer_purpose", "зачем покупает"), values=(("to live", "жить"), ("to invest", "вложить"))),
    "car": Known(name=("car_make", "марка"), values=(("Astra", "Лада"), ("Corvo", "Хавал"), ("Dune", "Чери"), ("Elk", "Джили"))),
    "mileage": Known(name=("mileage_group", "пробег"), values=_same("0-15k", "15-60k", "60k+")),
    "weekday_kind": Known(name=("day_kind", "вид дня"), values=(("weekday", "будни"), ("weekend", "выходные")), visit=True),
}  # fmt: skip

GOOD: Final = (
    ("All quick and easy, thank you!", "Всё быстро и понятно, спасибо!"),
    ("Polite people, I will come again", "Вежливые люди, приду ещё"),
    ("Exactly what I was looking for", "Нашёл ровно то, что искал"),
    ("Recommended to my sister already", "Уже посоветовала сестре"),
    ("Third time here and no trouble at all", "Третий раз обращаюсь, всё отлично"),
    ("A fair price and a good attitude", "Честная цена и хорошее отношение"),
)
BAD: Final = (
    ("Nothing special, I expected more", "Ничего особенного, ожидала большего"),
    ("A bit expensive for what it is", "Дороговато за такое"),
    ("The font on the site is tiny", "Шрифт на сайте мелкий"),
    ("They could be friendlier", "Могли бы быть приветливее"),
    ("Too many letters in my mailbox", "Слишком много писем на почту"),
)
PAINS: Final = (
    (
        "“{step}”: it does not work, I tried three times and gave up",
        "«{step}»: не работает, пробовала три раза и бросила",
    ),
    ("The worst is {step}. Nobody helps, everything hangs", "Хуже всего {step}. Никто не помогает, всё виснет"),
    ("I was stuck at {step} for an hour, awful", "Застрял на этапе «{step}» на час, ужас"),
    ("{step} is a nightmare, errors all the time, very angry", "{step} — кошмар, всё время ошибки, очень зла"),
)
CHANGES: Final = (
    ("new look of the main page", "новый вид главной страницы"), ("prices raised", "подняли цены"),
    ("new supplier", "сменили поставщика"), ("moved to another telephony", "перешли на другую телефонию"),
    ("new questionnaire", "ввели новую анкету"), ("letters are sent by another service", "письма шлёт другой сервис"),
)  # fmt: skip
INSTEAD: Final = (
    ("from the app", "в приложении"),
    ("by phone order", "по телефону"),
    ("at the desk", "на месте"),
    ("via messenger", "в мессенджере"),
)
CASES: Final = {
    "saas": ("deal_id", "opportunity_id", "номер сделки", "ID сделки"),
    "loans": ("application_id", "номер заявки"),
    "insurance": ("claim_id", "номер дела"),
    "property": ("deal_id", "номер сделки"),
}
RARE: Final = (
    ("other kind", "прочее"),
    ("not stated", "не указано"),
    ("pilot", "пилот"),
    ("partner staff", "сотрудники партнёра"),
    ("old format", "старый формат"),
)
COLUMNS: Final = {
    "person": ("client_id", "user_id", "customer_id", "visitor_id", "id клиента", "код клиента", "клиент"),
    "event": ("event", "event_name", "action", "событие", "действие"),
    "time": ("time", "timestamp", "event_time", "date_time", "время", "дата и время"),
    "amount": ("amount", "revenue", "сумма", "total"),
}
