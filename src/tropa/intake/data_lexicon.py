"""What business exports call their columns, in Russian and English; phrases of words, * = any ending."""

from collections.abc import Mapping

FILLER = frozenset((
    "id", "ид", "код", "номер", "number", "no", "utc", "msk", "мск", "the", "of", "a", "is", "values", "embedded",
    "в", "на", "с", "по", "из", "от", "и", "для", "дата", "date", "time", "raw", "value", "name", "наименование",
    "название", "field", "custom", "fields", "поле", "str", "string", "int", "uid", "key", "ключ", "properties",
    "event", "user", "ga", "ym", "last", "new", "context", "campaign", "manual", "collected", "initial",
    "attributes",
))  # fmt: skip

PERSON_ID = (
    "client id", "clientid", "client uniq id", "customer id", "customerid", "user id", "userid",
    "person id", "contact id", "contacts id", "buyer id",
    "buyer user id", "subscriber id", "student id", "patient id", "guest id", "member id", "requester id", "profile id",
    "from id", "chat id", "customer user id",
    "id клиент*", "клиент* id", "код клиент*", "номер клиент*", "ид клиент*", "id контакт*", "контакт* id", "id пользовател*",
    "пользовател* id", "id покупател*", "код покупател*", "id посетител*", "id ученик*", "id контрагент*",
    "код контрагент*", "id гост*", "id пациент*", "id подписчик*", "номер карт*", "карта клиент*", "карта лояльн*",
    "карта номер", "loyalty card", "card id", "person", "member",
    "account id", "лицевой счет", "реестровый номер клиента",
    "student number", "user name id", "mindbox id", "external customer id", "customer external id", "id abonent*", "id абонент*",
)  # fmt: skip
BROWSER_ID = (
    "visitor id",
    "distinct id",
    "user pseudo id",
    "anonymous id",
    "domain userid",
    "device id",
    "appmetrica device id",
    "cookie id",
    "cookie",
    "client ids",
    "ya client id",
    "ym client id",
    "google client id",
    "amplitude id",
    "ga client id",
    "client hash",
    "user hash",
    "fingerprint",
    "id устройства",
)
"""Ids of a browser or an app: one person may have several, so an id of the customer is better."""
PERSON_NAMED = (
    "клиент", "клиенты", "покупател*", "контрагент*", "заказчик", "пользовател*", "посетител*", "гость", "пациент*",
    "ученик", "студент", "слушател*", "абонент*", "плательщик", "контакт", "основной контакт",
    "main contact",
    "primary contact", "подписчик*", "участник",
    "customer", "client", "user", "visitor", "buyer", "patient", "student", "guest", "contact", "subscriber", "requester",
    "билл* контакт", "получатель", "держатель карт*", "заявител*", "респондент", "арендатор", "партнер клиент",
)  # fmt: skip
PHONE = ("телефон*", "phone", "phones", "phone number", "мобильн*", "msisdn", "caller number", "тел", "whatsapp", "номер абонент*",
         "звонивш*", "caller", "caller id", "номер звонящего")  # fmt: skip
EMAIL = (
    "email*",
    "e mail",
    "mail",
    "почта",
    "электронн* почт*",
    "эл почт*",
    "электронн* адрес*",
    "имейл",
    "адрес почты",
)
PERSON_NAME = (
    "фио", "полное имя", "full name", "customer name",
    "client name", "user name", "username", "nickname", "ник", "никнейм", "автор*", "author*", "reviewer", "reviewer nickname",
    "reviewer name", "имя клиент*", "клиент имя", "имя покупател*", "contact name", "shipping name", "billing name", "author name",
    "имя пользовател*", "login", "логин", "имя автор*", "имя гост*",
)  # fmt: skip
PERSONAL = (
    "имя", "фамил*", "отчество", "first name", "last name", "surname", *PHONE, *EMAIL, *PERSON_NAME, "ip", "ip address", "ip адрес", "адрес*", "address*", "паспорт*", "passport*", "снилс",
    "инн", "день рожден*", "дата рожден*", "др", "birth*", "birthday", "dob", "индекс", "postal code", "zip", "zipcode",
    "street", "улица", "дом", "квартира", "user agent", "latitude", "longitude", "широта", "долгота", "telegram", "vk id",
    "company name", "юр* адрес*", "card last", "last 4", "last4", "geo zipcode", "card number", "место рождения",
)  # fmt: skip
JOB_TITLE = ("должност*", "job title", "job position", "job role", "job function", "роль в компании", "роль в сделке", "role in deal",
             "contact title", "person title", "профессия", "occupation")  # fmt: skip
BARE_TITLE = ("title", "position", "job", "role", "позиция", "роль")
"""What lists of contacts call a job title, and other tables many other things."""
STAFF = (
    "ответственн*", "менеджер*", "manager*", "сотрудник*", "оператор*", "operator*", "assignee*", "assigned*", "staff*", "agent",
    "agent id", "owner name", "updater*", "created by", "кем", "кто", "автор изменен*", "исполнител*", "кассир*", "продавец",
    "мастер", "специалист*", "врач", "доктор", "куратор*", "преподавател*", "тренер*", "employee*", "responsible*", "group id",
    "staff id", "курьер", "резерв", "resource", "кем создан*", "создатель", "администратор", "автор ответа", "seller", "teacher",
    "department", "отдел", "подразделен*", "barista", "дизайнер", "стилист", "консультант*", "developer*", "vendor id",
)  # fmt: skip
NOT_PERSONAL = (
    "language*",
    "язык*",
    "country*",
    "стран*",
    "type",
    "тип",
    "segment*",
    "сегмент*",
    "status",
    "статус",
    "group",
    "city",
    "город*",
    "region*",
    "регион*",
    "source",
    "источник*",
    "channel",
)
SECTION = (
    "department*",
    "отдел",
    "отдел исполнител*",
    "подразделен*",
    "служба",
    "участок",
    "section",
    "team",
    "команда",
)
REPLY = ("ответ", "ответ компан*", "ответ магазин*", "ответ продавц*", "reply*", "response text", "developer reply*", "answer*",
         "developer response*", "официальн* ответ", "наш ответ", "ответ на отзыв", "business response")  # fmt: skip

CASE = (
    "case", "case id", "case concept name", "case number", "deal id", "deal", "lead id", "ticket id", "ticket", "issue id", "issue key",
    "application id", "opportunity id", "owner id", "entity id", "request id", "process id", "instance id", "trace id",
    "claim id", "id сделк*", "номер сделк*", "id лид*", "номер заявк*", "id заявк*", "номер обращен*", "id обращен*", "номер тикет*",
    "id тикет*", "заявка номер", "сделка id", "сделка", "заявка", "обращение", "тикет", "кейс", "номер дела", "договор",
    "номер договор*", "contract id", "conversation id", "dialog id", "id диалог*", "id процесс*", "incident id", "order id",
    "id заказ*", "номер заказ*", "loan id", "policy id", "case key",
)  # fmt: skip
KEY = (
    "event id", "message id", "uuid", "insert id", "id", "guid", "номер", "код", "order id", "tran id", "request id", "record id", "order number", "transaction id",
    "order", "name", "заказ", "номер заказ*", "id заказ*", "заказ номер", "transaction", "response id", "respondent id", "review id", "watch id", "visit id", "call id",
    "token", "ид", "id записи", "id визита", "id звонка", "id отзыва", "номер документа", "order name", "чек", "номер чека",
    "заказ id", "ref", "reference", "invoice id", "invoice number", "booking id", "booking number", "номер брони", "номер отправления",
    "srid", "id операц*", "payment id", "charge id", "id платеж*", "номер платеж*", "session id", "ticket number", "key",
    "insert id", "event uuid", "feedback id", "id ответа", "номер обращен*", "номер записи", "номер заявк*", "case number", "внешний код",
)  # fmt: skip
EVENT = (
    "event", "event name", "event type", "activity", "activity name", "action", "action name", "concept name", "событие", "название событ*",
    "тип событ*", "тип обращен*", "тип контакт*", "вид обращен*", "имя событ*", "действие", "тип действ*", "тип операц*", "активность", "event action",
    "interaction", "interaction type", "touchpoint", "verb", "activity type", "event label", "операция клиента",
)  # fmt: skip
EVENT_ALONE = ("type", "тип", "операция", "step", "шаг", "operation")
"""Names an event only where nothing else stands in the name: «Тип», not «Тип абонемента»."""
EVENT_WORDS = ("event*", "событ*", "action*", "действ*", "activity", "активност*")

TIME = (
    "timestamp", "time timestamp", "time", "event time", "event timestamp", "event datetime", "event date", "datetime", "date time", "date",
    "дата", "время", "дата время", "дата и время", "дата событ*", "время событ*", "occurred at", "occurred*", "happened at",
    "дата операц*", "ts", "original timestamp", "client event time", "start time", "derived tstamp", "created at", "moment",
    "created time", "дата создан*", "date utc", "time utc", "дата действ*", "event timestamp utc", "момент", "period",
    "action time", "complete time", "complete timestamp", "дата изменен*", "date created", "время создан*", "дата визит*", "дата звонк*",
    "creation date", "create date", "create date time", "когда", "purchase date", "transaction date", "дата покупк*", "дата продаж*",
)  # fmt: skip
TIME_WORDS = (
    "дат*", "врем*", "date*", "time*", "timestamp*", "datetime*", "at", "когда", "ts", "tstamp", "millis*", "epoch", "on", "created*",
    "updated*", "создан*", "изменен*", "закрыт*", "оплачен*", "отгружен*", "доставлен*", "отправлен*", "принят*", "завершен*",
    "день", "day", "срок", "начал*", "оконч*", "closed*", "paid*", "shipped*", "delivered*", "started*", "ended*", "подтвержден*", "отменен*",
    "last modified", "выдан*", "получен*", "возвращен*", "запланирован*", "поступил*", "решен*", "выполнен*", "вручен*", "моменt", "момент",
    "moment", "period", "cohort", "received", "completed*", "cancelled*", "canceled*", "refunded*", "регистрац*", "рожден*", "occurred", "собран*",
    "opened", "solved", "resolved", "signed*", "visited", "визит", "заезд*", "выезд*", "check", "checkin", "checkout", "arrival", "departure",
)  # fmt: skip
TIME_OF_SYSTEM = ("received at", "sent at", "etl*", "collector*", "loaded at", "inserted at", "ingested*", "upload*", "processed at",
                  "exported*", "выгруж*", "server upload time", "inserted*", "generated*", "synced*")  # fmt: skip
PLANNED = (
    "план*", "planned", "срок*", "due*", "дедлайн", "deadline", "ожидаем*", "предполагаем*", "предполож*", "expected", "estimated", "forecast", "прогноз*",
    "желаем*", "следующ*", "next*", "until", "till", "scheduled", "годен", "expir*", "рожден*", "birth*", "действ* до", "promised", "обещан*",
    "последн* покупк*",
    "последн* заказ*",
    "последн* визит*",
    "первой покупк*",
    "last purchase*",
    "last order*",
    "last visit*",
    "last seen*",
    "first purchase*",
    "first order*",
    "контрольн*", "first touch", "previous*", "trial end", "гарант*", "dob",
)  # fmt: skip

CHANNEL = (
    "channel", "канал", "source", "источник*", "utm source", "traffic source", "traffic source source", "last traffic source", "collected traffic source manual source",
    "acquisition channel", "source type", "via channel", "via", "канал продаж*", "sales channel", "источник сделк*", "источник заявк*",
    "рекламн* канал", "канал привлечен*", "источник трафик*", "маркетинг* источник", "source name", "lead source", "канал обращен*",
    "источник обращен*", "lasttraffic source", "referrer source", "media source", "канал связи", "источник клиент*", "первый источник",
    "marketing channel", "channel name", "канал записи", "источник записи", "откуда узнал*", "способ обращен*", "last utm source", "initial utm source",
)  # fmt: skip
NOT_CHANNEL = ("payment*", "оплат*", "card", "карт*", "data", "данных")
DEVICE = (
    "device", "device category", "device type", "устройств*", "тип устройств*", "os", "os name", "operating system", "device operating system",
    "операцион* систем*", "platform", "платформа", "device family", "context device type", "device os",
)  # fmt: skip
AMOUNT = (
    "amount", "сумма", "итого", "всего", "total", "grand total", "revenue", "выручка", "сумма заказ*", "сумма сделк*", "бюджет", "бюджет сделк*",
    "opportunity", "price", "цена", "стоимость", "стоимость заказ*", "order total", "order amount", "order value", "dollar value", "sales",
    "к оплате", "оплачено", "сумма покупк*", "сумма чек*", "сумма продаж*", "сумма платеж*", "purchase revenue", "transaction revenue", "чек", "gross", "payment amount",
    "purchase amount", "total price", "total amount", "amount paid", "ecommerce purchase revenue", "сумма документ*", "стоимость сделк*",
    "converted amount", "доход", "оборот", "total sum", "summ", "sum", "сумма с ндс", "цена продаж*", "к перечислению", "value", "заплатил*",
    "сумма оплат*", "оплата сумма", "total paid", "paid amount", "spent", "event revenue", "price total", "итоговая стоимость", "стоимость услуг*",
    "sale amount", "sale", "сумма к оплате", "цена со скидк*", "ваша стоимость", "оплачено покупател*", "total charge", "deal value", "order sum",
)  # fmt: skip
NOT_AMOUNT = (
    "discount*", "скидк*", "shipping", "доставк*", "cost", "себестоимост*", "комисс*", "fee", "fees", "tax*", "ндс", "vat", "бонус*", "предоплат*",
    "refund*", "возврат*", "tip", "баланс", "долг", "остаток", "minutes", "маржа", "прибыль", "profit", "баллы", "points", "duties", "закупк*",
    "lineitem*", "за единиц*", "за шт", "unit price", "план", "rate", "item*", "products*", "вознагражд*", "логист*", "штраф*", "chargeback*", "vote*", "weight", "вес",
)  # fmt: skip
CURRENCY = ("currency", "валюта", "currency code", "код валют*", "buyer currency", "converted currency", "currency id")
STATUS = (
    "status", "статус*", "stage", "этап*", "стадия", "state", "состояние", "этап сделк*", "financial status", "order status", "status name",
    "стадия сделк*", "статус заказ*", "stage id", "status id", "статус оплат*", "deal stage", "lead status", "статус лид*", "статус обращен*",
    "текущ* статус", "статус документ*", "fulfillment status", "payment status", "stage name", "статус записи", "статус сделк*",
    "новый статус", "статус визит*", "value after", "new status", "child events status",
)  # fmt: skip
LIFECYCLE = ("lifecycle transition", "lifecycle", "transition")

TEXT = (
    "review", "review text", "отзыв*", "текст отзыв*", "текст", "text", "comment", "comments", "комментари*", "body", "content", "content label", "feedback",
    "feedback text", "message", "сообщение", "текст сообщен*", "reviewbody", "review body", "мнение", "пожелан*", "отзыв покупател*", "comment text",
    "review content", "текст комментар*", "содержание", "впечатлен*", "что сказал*", "verbatim", "open answer", "отзыв клиент*", "текст обращен*",
)  # fmt: skip
TEXT_PARTS = ("достоинств*", "недостатк*", "advantages", "disadvantages", "pros", "cons", "плюсы", "минусы", "преимущества", "что понравилось",
              "что не понравилось", "likes", "dislikes")  # fmt: skip
TEXT_TITLE = ("title", "заголовок", "review title", "тема", "subject", "title label", "summary")
RATING = (
    "rating", "оценка", "star rating", "stars", "звезд*", "балл*", "score", "nps", "csat", "ces", "рейтинг", "im rating", "rate", "mark", "оценка товар*",
    "product valuation", "productvaluation", "оценка покупател*", "review rating", "rating label", "im rating label", "rating score", "количество звезд",
    "satisfaction", "оценка клиент*", "grade", "ratingvalue", "общая оценка", "stars count", "оценка nps", "оценка сервис*", "satisfaction score",
)  # fmt: skip
FEEDBACK_SOURCE = ("площадка", "источник*", "source", "platform", "платформа", "сайт", "site", "ресурс", "портал", "channel", "канал", "геосервис",
                   "сервис", "маркетплейс", "marketplace", "где оставлен")  # fmt: skip
OPEN_QUESTION = (
    "что", "чем", "чего", "почему", "зачем", "как", "расскажите", "опишите", "поделитесь", "напишите", "пожелан*", "предложен*",
    "what", "why", "how", "describe", "tell", "anything", "comment*", "please",
)  # fmt: skip
CLOSED_QUESTION = (
    "как часто", "как давно", "как долго", "как узнали", "сколько", "откуда", "где", "когда", "какой", "какая", "какие", "каким", "насколько",
    "что из", "how often", "how many", "how much", "how long", "how likely", "how did you hear", "how old", "which", "where", "when", "what is your age",
)  # fmt: skip
NPS = ("порекоменд*", "рекоменд*", "recommend*", "nps")
CES = ("легко", "легкост*", "усили*", "easy", "effort", "ces", "просто")
CSAT = (
    "удовлетвор*",
    "доволь*",
    "satisf*",
    "csat",
    "оцените",
    "rate",
    "понравил*",
    "how would",
    "насколько",
    "как вы оцени*",
    "оценил*",
)

PROPERTY = (
    "регион*", "region*", "город*", "city*", "country*", "страна", "страны", "област*", "тариф*", "plan", "категори*", "category*",
    "способ оплат*", "способ достав*", "способ получен*", "тип оплат*", "тип достав*", "тип клиент*", "payment method", "payment gateway", "payment type", "payment", "payment provider", "shipping method",
    "delivery method", "оплата", "доставка", "воронка", "pipeline*", "utm medium", "utm campaign", "medium", "campaign*", "кампан*", "segment", "сегмент", "browser", "браузер",
    "пол", "gender", "sex", "язык", "language", "locale", "бренд", "brand", "склад", "warehouse", "филиал", "branch", "магазин", "store", "shop", "служба достав*", "carrier", "тип товар*",
    "тип заказ*", "product kind", "product type", "direction", "направлен*", "курс", "course", "услуга", "услуги", "service", "priority", "приоритет", "тип лид*",
    "is new user", "новый клиент", "cohort", "lifecycle stage", "отрасль", "industry", "размер компан*", "company size", "membership", "is member", "plant kind", "kind", "вид", "вид товар*", "группа*",
    "причина*", "reason", "территори*", "territory", "площадк*", "тип звонк*", "call type", "user cohort", "user lifecycle", "точка продаж*", "схема", "scheme", "федеральн* округ*", "округ",
    "app version*", "version", "версия", "версия приложения", "os version", "vendor", "поставщик", "class", "класс", "level", "уровень", "experience", "опыт", "источник",
    "target call", "unique call", "целев*", "уникальн*", "successful", "успешн*", "is lost", "tier", "age group", "возраст*", "size", "формат", "format", "subscription type", "тип подписки", "предмет", "type", "тип", "paymentsystem", "deliverymethod",
    "region name", "geo city", "geo country", "reviewer language", "payment system", "платежная система", "статус клиент*", "пакет", "абонемент",
)  # fmt: skip
NOT_PROPERTY = (
    "название*", "наименован*", "title", "package name", "response type", "заголовок", "тема", "subject", "имя", "record", "category id", "product id", "id",
    "is main", "is deleted", "deleted", "spam", "url", "ссылк*", "link", "href", "referer", "referrer", "page", "страниц*", "path", "user agent", "session*", "сесси*", "токен", "token", "hash", "хеш",
    "комментари*", "comment*", "примечан*", "note*", "описани*", "description", "количеств*", "кол", "count*", "quantity", "qty", "шт", "duration", "длительн*", "ip",
    "подписано на", "index", "sort", "sku", "артикул", "баркод", "штрихкод", "barcode", "counter id", "счетчик", "version code", "google", "trx", "fingerprint", "elements chain",
    "bundle sequence", "team id", "stream id", "тег*", "tag*", "notes", "пакетный", "seq*", "step number", "номер", "watch*", "gclid", "yclid", "fbclid", "term",
    "price", "цена", "сумма", "стоимост*", "скидка", "discount*", "cost", "revenue", "выручка", "комисс*", "fee", "tax", "ндс", "library*", "write key", "api key", "mode", "currency", "валюта",
    "балл*", "оценк*", "parts", "вес", "объем", "площадь", "возраст дней", "hit*", "depth", "глубина", "views", "просмотр*", "ordinal", "row", "строка", "rank", "доля", "процент", "итого", "total*", "value",
    "livemode", "object", "schema", "файл", "file", "запись разговора", "recording*", "waiting*", "ожидан*", "talk*", "rebill*", "unread", "image", "фото", "photo*", "видео", "balance", "amount*",
)  # fmt: skip
AFTERTHOUGHT = (
    "причин* отказ*", "причин* потер*", "причин* проигрыш*", "причин* отмен*", "причин* закрыт*", "loss reason", "lost reason", "reason lost",
    "closed lost reason", "reason for loss", "reason for refusal", "refusal reason", "cancellation reason", "cancel reason",
)  # fmt: skip
"""What is filled in when all is over: whoever has such a value is lost already, so nobody is compared by it."""
COMPANY = (
    "компания",
    "company",
    "организация",
    "organization*",
    "organisation*",
    "юр* лицо",
    "company id",
    "companyname",
    "company name",
    "название компании",
    "account name",
    "инн",
    "холдинг",
)

NOUNS: Mapping[str, tuple[str, ...]] = {
    "order": ("заказ*", "order*", "продаж*", "реализац*", "sale", "sales", "покупк*", "purchase*", "отправлен*", "posting*", "srid", "чек", "чека", "checkout*"),
    "deal": ("сделк*", "deal*", "opportunit*", "воронк*", "pipeline*", "бюджет"),
    "lead": ("лид", "лида", "лидов", "лиды", "lead", "leads"),
    "ticket": ("обращен*", "тикет*", "ticket*", "issue*", "case*", "requester", "assignee", "поддержк*", "support", "subject", "helpdesk", "инцидент*", "incident*"),
    "request": ("заявк*", "request*", "application*", "заявл*", "запрос*"),
    "call": ("звон*", "call*", "caller*", "телефони*"),
    "visit": ("визит*", "посещен*", "visit*", "сеанс*"),
    "session": ("session*", "сесси*"),
    "page_view": ("watch id", "hit*", "pageview*", "is page view", "просмотр*"),
    "booking": ("запис*", "брон*", "booking*", "appointment*", "reservation*", "заезд*", "checkin", "check in"),
    "payment": ("платеж*", "payment*", "charge*", "transaction*", "invoice*", "счет", "счета", "оплаты", "транзакц*"),
    "subscription": ("подписк*", "subscription*", "абонемент*"),
    "chat": ("чат*", "диалог*", "chat*", "conversation*", "dialog*"),
    "lesson": ("урок*", "занят*", "lesson*", "trening*", "тренинг*", "вебинар*", "webinar*"),
    "registration": ("регистрац*", "registration*", "signup*", "sign up"),
    "delivery": ("доставки", "deliveries", "shipment*", "отгрузки"),
    "return": ("возврат*", "returns"),
    "contract": ("договор*", "contract*"),
    "project": ("проект*", "project*"),
}  # fmt: skip
PEOPLE_FILES = (
    "клиент*",
    "customer*",
    "client*",
    "user*",
    "пользовател*",
    "contact*",
    "контакт*",
    "member*",
    "покупател*",
    "подписчик*",
    "subscriber*",
    "people",
)
FILE_FILLER = frozenset(
    ("export", "all", "list", "page", "data", "база", "выгрузка", "amocrm", "bitrix", "экспорт", "список")
)
NOUN_WORDS: Mapping[str, tuple[str, str]] = {
    "order": ("заказ", "an order"),
    "deal": ("сделка", "a deal"),
    "lead": ("лид", "a lead"),
    "ticket": ("обращение", "a ticket"),
    "request": ("заявка", "a request"),
    "call": ("звонок", "a call"),
    "visit": ("визит", "a visit"),
    "session": ("сеанс", "a session"),
    "page_view": ("просмотр страницы", "a page view"),
    "booking": ("запись", "a booking"),
    "payment": ("платёж", "a payment"),
    "subscription": ("подписка", "a subscription"),
    "chat": ("чат", "a chat"),
    "lesson": ("занятие", "a lesson"),
    "registration": ("регистрация", "a registration"),
    "delivery": ("доставка", "a delivery"),
    "return": ("возврат", "a return"),
    "contract": ("договор", "a contract"),
    "project": ("проект", "a project"),
    "purchase": ("покупка", "a purchase"),
    "customer": ("клиент", "a customer"),
    "record": ("запись", "a record"),
}
CASE_NOUNS = frozenset({"deal", "lead", "ticket", "request", "contract", "project"})

VERBS: Mapping[str, tuple[str, ...]] = {
    "first_reply": ("перв* ответ*", "first reply*", "first response*", "initially replied*", "первая реакция"),
    "cancelled": ("отмен*", "cancel*", "аннулир*", "voided*"),
    "returned": ("возврат*", "возвращ*", "return*", "refund*"),
    "paid": ("оплат*", "оплач*", "paid*", "payment*", "платеж*", "captured*"),
    "confirmed": ("подтвержд*", "confirm*", "согласован*", "approved*", "одобр*"),
    "packed": ("собран*", "сборк*", "комплект*", "packed*", "упакован*"),
    "shipped": ("отгруж*", "отгрузк*", "отправл*", "отправк*", "dispatch*", "shipped*", "fulfil*", "передан* в доставк*", "передач* в доставк*", "передач* курьер*"),
    "arrived": ("прибыл*", "прибыт*", "arrived*", "поступлен* в пвз", "заезд*", "checkin*", "check in*", "arrival*"),
    "delivered": ("доставл*", "доставк*", "вруч*", "delivered*", "delivery*", "получен*", "выдан*", "выдач*"),
    "solved": ("решен*", "solved*", "resolved*"),
    "signed": ("подписан*", "signed*", "заключен*"),
    "converted": ("конверт*", "convert*"),
    "closed": ("закры*", "closed*", "close", "closedate", "closing*"),
    "completed": ("заверш*", "complet*", "выполн*", "исполн*", "done*", "finished*", "submit*"),
    "started": ("начал*", "начат*", "start*", "begin*"),
    "ended": ("оконч*", "конец", "end", "ended*", "finish*", "выезд*", "checkout*", "check out*"),
    "assigned": ("назначен*", "assigned*", "распредел*"),
    "visited": ("визит*", "visit*", "приход*", "посещен*"),
    "registered": ("регистр*", "registered*", "registration*", "signup*", "signed up"),
    "created": ("созда*", "creat*", "оформл*", "placed*", "заведен*", "открыт*", "opened*", "поступ*", "принят*", "added*", "добавл*", "purchase*", "order date", "заказа", "продаж*",
                "обращен*", "заявк*", "posted*", "дата заказ*", "записи"),
}  # fmt: skip
CHANGED = (
    "измен*",
    "обновл*",
    "updat*",
    "modif*",
    "редактир*",
    "смен*",
    "moved*",
    "edited*",
    "changed*",
    "статус*",
    "status*",
    "last activity*",
    "последн* активн*",
    "stage change*",
    "перехода",
)
CANCELLED = (
    "отмен*", "отказ*", "аннулир*", "cancel*", "закрыто и не реализ*", "не реализ*", "lose", "lost", "проигр*", "voided", "void", "failed", "declined", "rejected", "отклон*", "удален*", "не выкуп*", "невыкуп*",
    "deleted", "неусп*", "провал*", "спам", "дубль", "некачеств*", "junk", "не дозвон*", "слит*",
)  # fmt: skip
PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "Google Play": ("google play", "googleplay", "play google", "reviewer language", "play.google.com"),
    "App Store": ("app store", "appstore", "itunes", "apple"),
    "Яндекс Карты": ("yandex maps", "яндекс карт*", "yandex.ru/maps", "yandexmaps"),
    "2ГИС": ("2gis", "2гис", "2gis.ru"),
    "Otzovik": ("otzovik", "отзовик", "otzovik.com"),
    "iRecommend": ("irecommend", "айрекоменд", "irecommend.ru"),
    "Wildberries": ("wildberries", "вайлдберриз", "wb", "wildberries.ru"),
    "Ozon": ("ozon", "озон", "ozon.ru"),
    "Avito": ("avito", "авито", "avito.ru"),
    "Trustpilot": ("trustpilot", "trustpilot.com"),
}  # fmt: skip

CONSENT = (
    "согласие", "согласия", "согласен", "согласна", "согласие на рассылк*", "согласие на маркетинг", "согласие на рекламу", "согласие на коммуникац*",
    "подписка на рассылк*", "подписан на рассылк*", "подписка email", "подписка sms", "подписка смс", "рассылка", "можно писать", "разрешил* писать", "разрешение на рассылк*",
    "consent", "marketing consent", "email consent", "sms consent", "accepts marketing", "accepts email marketing", "opt in", "optin", "opted in", "marketing opt in",
    "email opt in", "sms opt in", "subscribed", "is subscribed", "newsletter", "newsletter subscribed", "marketing allowed", "can contact", "may contact", "gdpr consent", "email marketing", "marketing emails",
)  # fmt: skip
CONSENT_ALONE = ("подписка", "подписан", "подписана", "subscription status")
REFUSAL = (
    "отказ от рассылк*", "отписан*", "отписка", "отписался", "не писать", "не беспокоить", "opt out", "optout", "opted out", "marketing opt out", "email opt out", "unsubscribed", "unsubscribe",
    "is unsubscribed", "do not contact", "do not email", "do not call", "has opted out of email", "email opted out",
)  # fmt: skip
