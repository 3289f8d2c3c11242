"""What stands in the forms of costs and arguments until a person fills them in: an example of each kind of row."""

from collections.abc import Mapping, Sequence

from tropa.domain.text import Language

Rows = Sequence[Sequence[str]]

COST_FORM: Mapping[Language, Rows] = {
    Language.RU: (
        ("цена", "Подписка на 8 мест", "Мы", "", "172800", "172800", "172800", "", "Тарифы на сайте, дата"),
        ("внедрение", "Настройка и перенос данных", "Мы", "1", "60000", "90000", "150000", "Перенос занимает две недели", ""),
        ("обучение", "Обучение отдела", "Мы", "1", "20000", "30000", "40000", "", ""),
        ("использование", "Время администратора", "Мы", "", "50000", "70000", "100000", "2 часа в неделю", ""),
        ("ремонт", "Поддержка сверх тарифа", "Мы", "", "0", "10000", "30000", "", ""),
        ("выход", "Выгрузка данных при уходе", "Мы", "", "0", "10000", "30000", "", ""),
        ("эффект", "Меньше ручной работы", "Мы", "", "90000", "160000", "220000", "6 часов в неделю на менеджера", ""),
        ("цена", "Лицензия", "Альтернатива", "1", "380000", "380000", "380000", "", "Прайс, дата"),
        ("внедрение", "Интегратор", "Альтернатива", "1", "200000", "300000", "600000", "", ""),
        ("эффект", "Меньше ручной работы", "Альтернатива", "2+", "60000", "120000", "180000", "Первый год внедряем", ""),
        ("прочее", "Потерянные заявки", "Ничего не делать", "", "250000", "400000", "600000", "Теряется 11 заявок из 100", ""),
    ),
    Language.EN: (
        ("price", "Subscription, 8 seats", "Ours", "", "1900", "1900", "1900", "", "Price page, date"),
        ("introduction", "Set-up and moving data", "Ours", "1", "700", "1000", "1800", "Moving takes two weeks", ""),
        ("training", "Training the team", "Ours", "1", "300", "400", "500", "", ""),
        ("use", "An administrator's time", "Ours", "", "600", "800", "1200", "2 hours a week", ""),
        ("repair", "Support beyond the plan", "Ours", "", "0", "150", "400", "", ""),
        ("exit", "Taking the data out", "Ours", "", "0", "150", "400", "", ""),
        ("effect", "Less work by hand", "Ours", "", "1200", "2100", "2900", "6 hours a week for each person", ""),
        ("price", "Licence", "Alternative", "1", "4200", "4200", "4200", "", "Price list, date"),
        ("introduction", "Integrator", "Alternative", "1", "2500", "3500", "7000", "", ""),
        ("effect", "Less work by hand", "Alternative", "2+", "800", "1500", "2200", "The first year goes into the roll-out", ""),
        ("other", "Leads lost", "Doing nothing", "", "3000", "4800", "7000", "11 leads of 100 are lost", ""),
    ),
}
ARGUMENT_FORM: Mapping[Language, Rows] = {
    Language.RU: (
        ("выгода", "ЭП", "", "Отчёт по источникам", "Видно каждую продажу", "Бюджет идёт туда, откуда приходят деньги", "было 11 потерянных заявок из 100, стало 4", "", "Пилот, март"),
        ("выгода", "ТП", "", "Хранение в РФ, журнал доступа", "Не надо писать самим", "Проверка ИБ проходит с первого раза", "ответ на анкету за 2 дня", "", "Анкета ИБ"),
        ("выгода", "КЭ", "", "Карточка открывается из звонка", "Ничего не искать", "Меньше писанины после звонка", "", "«Через месяц заявки перестали теряться»", "Отзыв"),
        ("ответ", "ТП", "", "Где лежат данные?", "", "В двух дата-центрах в России", "", "", "Политика безопасности"),
        ("пилот", "", "", "", "", "Две недели на вашем отделе", "теряется не больше 5 заявок из 100", "", ""),
        ("отзыв из отрасли", "", "", "", "", "Производитель окон, 40 менеджеров", "", "«За квартал вернули вложенное»", "Кейс"),
        ("менеджер успеха", "", "", "", "", "Один человек ведёт вас первые три месяца", "ответ за час", "", ""),
        ("первый результат", "", "", "", "", "Все заявки в одном месте", "на 5-й день", "", ""),
    ),
    Language.EN: (
        ("benefit", "economic buyer", "", "Report by source", "Every sale is seen", "The budget goes where the money comes from", "lost leads: 11 of 100 before, 4 after", "", "Pilot, March"),
        ("benefit", "technical buyer", "", "EU hosting, access log", "Nothing to build yourselves", "The security check passes the first time", "questionnaire answered in 2 days", "", "Security pack"),
        ("benefit", "end user", "", "The card opens from the call", "Nothing to look for", "Less typing after a call", "", "“A month on, no lead goes missing”", "Review"),
        ("answer", "technical buyer", "", "Where do the data lie?", "", "In two data centres in the EU", "", "", "Security policy"),
        ("pilot", "", "", "", "", "Two weeks with your own team", "no more than 5 leads of 100 lost", "", ""),
        ("reference", "", "", "", "", "A window maker with 40 salespeople", "", "“It paid for itself in a quarter”", "Case"),
        ("success manager", "", "", "", "", "One person leads you for the first three months", "answers within an hour", "", ""),
        ("first result", "", "", "", "", "All leads in one place", "on day 5", "", ""),
    ),
}
