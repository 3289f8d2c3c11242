"""The words that explain tropa.yaml to the person who owns it."""

from collections.abc import Mapping

TOP: Mapping[str, str] = {
    "ru": (
        "# tropa.yaml — что tropa поняла о ваших данных. Файл ваш: меняйте слова, имена и правила,\n"
        "# затем `tropa build .`. Чего здесь нет, то tropa решит сама и скажет об этом в отчёте.\n"
    ),
    "en": (
        "# tropa.yaml: what tropa understood about your data. The file is yours: change words, names and rules,\n"
        "# then run `tropa build .`. What is not here tropa decides itself, and says so in the report.\n"
    ),
}

BEFORE_DATA: Mapping[str, str] = {
    "ru": (
        "# tropa.yaml — карта до данных. Файл ваш: меняйте слова и правила. Появятся данные (заказы, события,\n"
        "# отзывы) – положите файлы в эту папку и запустите `tropa build .`: остальное допишется само.\n"
    ),
    "en": (
        "# tropa.yaml: a map before data. The file is yours: change words and rules. When data come (orders, events,\n"
        "# reviews), put the files into this folder and run `tropa build .`: the rest is added by itself.\n"
    ),
}

NOTES: Mapping[str, Mapping[str, str]] = {
    "project": {
        "ru": "латинский ключ; по нему же хранится ключ псевдонимов",
        "en": "a key in Latin letters; the key of pseudonyms is kept under it",
    },
    "language": {"ru": "на каком языке показывать карту: ru | en", "en": "the language of the map: ru | en"},
    "model": {"ru": "b2c | b2b", "en": "b2c | b2b"},
    "unit": {
        "ru": "что считаем: person (клиент) | case (заявка, сделка, обращение)",
        "en": "what is counted: person (a customer) | case (a request, deal or ticket)",
    },
    "timezone": {
        "ru": "пояс для времени без пояса; по нему же границы дней, недель, месяцев",
        "en": "the zone of times without a zone, and of the borders of days, weeks and months",
    },
    "currency": {"ru": "если валюта не указана в данных", "en": "where the data name no currency"},
    "as_of": {
        "ru": "«сегодня» карты; auto = последнее событие (поэтому сборка повторима)",
        "en": "the map's “today”; auto = the last event (so that a build can be repeated)",
    },
    "stages_from": {
        "ru": "откуда этапы: discovered | template:shop | written; ваши правки важнее",
        "en": "where stages come from: discovered | template:shop | written; your edits win",
    },
    "templates": {"ru": "папка ваших шаблонов", "en": "the folder of your own templates"},
}

HEADS: Mapping[str, Mapping[str, str]] = {
    "goal": {"ru": "без цели карта бесполезна", "en": "without a goal a map is of no use"},
    "kpis": {"ru": "числа, за которыми вы следите", "en": "the numbers that you watch"},
    "sources": {
        "ru": (
            "файлы; kind: events (строка = событие) | entities (строка = заказ, каждая дата = событие) | feedback;\n"
            "рядом с путём: costs (расходы) | queries (поисковые запросы) | changes (что вы меняли)\n"
            "путь — от этой папки, можно data/*.csv; номера читаются как текст"
        ),
        "en": (
            "files; kind: events (a row = an event) | entities (a row = an order, each date = an event) | feedback;\n"
            "beside the path: costs | queries | changes (what you changed)\n"
            "paths start at this folder, data/*.csv will do; numbers of people and orders are read as text"
        ),
    },
    "cleaning": {
        "ru": "меньше названий событий; hide — не смотреть, pages — адреса без номеров, join — несколько под одним",
        "en": "event names made fewer; hide: look through, pages: addresses without ids, join: several under one name",
    },
    "stages": {
        "ru": (
            "сверху вниз; событие берёт первый подошедший touchpoint; * — любое окончание;\n"
            "words — по этим словам, в любой форме, сюда попадают отзывы"
        ),
        "en": (
            "from the top down; an event takes the first touchpoint that matches; * is any ending;\n"
            "words, in any form, bring reviews here"
        ),
    },
    "ignore": {"ru": "читаем, но в путь не ставим", "en": "read, but not put into the path"},
    "segments": {
        "ru": "кого сравниваем; at: journey_start | last | most_frequent — в какой миг смотреть на свойство",
        "en": "whom we compare; at: journey_start | last | most_frequent says when the property is looked at",
    },
    "personas": {
        "ru": "черновики из данных: проверьте и снимите отметку draft",
        "en": "drafts made from data: check them and take the mark `draft` away",
    },
    "lanes": {"ru": "дорожки новой карты", "en": "the lanes of a new map"},
    "changes": {
        "ru": "что и когда вы меняли: станет рядом с датой находки, но не назовётся причиной",
        "en": "what you changed and when: shown beside the date of a finding, never called its cause",
    },
    "findings": {
        "ru": "о какой разнице стоит говорить: сколько людей, какая доля ложных находок допустима",
        "en": "which difference is worth telling: how many people, what share of false findings is allowed",
    },
}
