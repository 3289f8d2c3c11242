"""Words of the commands that give something to take away, by key."""

from tropa.domain.text import Text

TAKEN_AWAY: dict[str, Text] = {
    "help.people": Text(
        ru="Кого касается находка: список с их собственными номерами.",
        en="Whom a finding is about: a list by their own ids.",
    ),
    "help.class": Text(
        ru="Для какой роли покупателей (с --to class-page): technical_buyer или ТП.",
        en="For which class of buyers (with --to class-page): technical_buyer.",
    ),
    "help.tco": Text(
        ru="Стоимость владения и окупаемость: мы, альтернативы и «ничего не делать».",
        en="Cost of ownership and payback: ours, alternatives, and doing nothing.",
    ),
    "help.tco-table": Text(ru="Таблица затрат: CSV, XLSX или YAML.", en="The table of costs: CSV, XLSX or YAML."),
    "help.tco-form": Text(
        ru="Записать таблицу для заполнения: .xlsx, .csv или .yaml.",
        en="Write a table to fill in: .xlsx, .csv or .yaml.",
    ),
    "help.fab-form": Text(
        ru="Записать таблицу выгод по ролям для заполнения.", en="Write a table of benefits by class to fill in."
    ),
    "help.years": Text(ru="На сколько лет считать (обычно 3).", en="How many years to count (3 unless told)."),
    "help.currency": Text(ru="Валюта, если в таблице её нет: RUB.", en="The currency where the table names none: EUR."),
    "help.finding": Text(
        ru="Находка: её код, начало кода или номер по порядку.",
        en="The finding: its code, its beginning or its number.",
    ),
    "help.department": Text(ru="Только то, за что отвечает этот отдел.", en="Only what this department answers for."),
    "help.branding": Text(
        ru="Файл с фирменным видом (иначе branding из tropa.yaml).",
        en="A file with your company's look (otherwise branding of tropa.yaml).",
    ),
    "help.place": Text(
        ru="Папка с данными или карта в её out/; без неё – текущая.",
        en="The folder with the data, or a map in its out/; left out, the current one.",
    ),
    "help.people-to": Text(ru="Вид списка: csv.", en="Form of the list: csv."),
    "people.rule": Text(
        ru="В списке {people}: у каждого в последний раз вышло так, как говорит находка.",
        en="On the list: {people}, each of whom met it the last time.",
    ),
    "people.growth": Text(
        ru="В списке {people}: те, кому это ещё можно предложить.",
        en="On the list: {people} who have not taken it yet.",
    ),
    "people.refused": Text(
        ru="Отказались от писем, поэтому не в списке: {people}.", en="Said no, so left out: {people}."
    ),
    "people.unsaid": Text(
        ru="О согласии ничего не сказано у {people}: спросите, прежде чем писать.",
        en="Nothing is said of consent by {people}: ask before you write.",
    ),
    "people.unfound": Text(
        ru="В файлах больше не нашлось: {people}.", en="No longer to be found in the files: {people}."
    ),
    "people.unasked": Text(
        ru="Колонки согласия в данных нет: назовите её в tropa.yaml (columns: consent), и отказавшиеся в список не попадут.",
        en="The data have no column of consent: name it in tropa.yaml (columns: consent) to leave out those who said no.",
    ),
    "people.care": Text(
        ru="Это личные данные: файл открывается только вам, выгрузка отмечена в .tropa/people-lists.jsonl.",
        en="These are personal data: the file opens for you alone, and the taking is noted in .tropa/people-lists.jsonl.",
    ),
    "diff.before": Text(ru="Было", en="Before"),
    "diff.after": Text(ru="Стало", en="After"),
    "diff.overlap": Text(
        ru="Карты стоят отчасти на одних и тех же днях: разница между ними судится осторожнее, чем есть.",
        en="The maps rest partly on the same days, so differences are judged more cautiously than need be.",
    ),
    "diff.beyond_noise": Text(ru="изменилось больше, чем может случай", en="changed by more than chance"),
    "diff.within_noise": Text(ru="в пределах случайного разброса", en="within chance"),
    "diff.few_data": Text(ru="мало данных, судить рано", en="few data, too early to judge"),
    "diff.not_judged": Text(ru="другие числа (без интервала не судим)", en="other numbers (no interval, not judged)"),
    "diff.added": Text(ru="появилось", en="added"),
    "diff.gone": Text(ru="исчезло", en="gone"),
    "diff.moved": Text(ru="переехало", en="moved"),
    "diff.reworded": Text(ru="сказано иначе", en="said otherwise"),
    "diff.more": Text(ru="… и ещё {count}, целиком в --json", en="… and {count} more, all of them in --json"),
    "diff.better": Text(ru="лучше", en="better"),
    "diff.worse": Text(ru="хуже", en="worse"),
    "diff.record.goal": Text(ru="цель", en="goal"),
    "diff.record.stage": Text(ru="этап", en="stage"),
    "diff.record.step": Text(ru="шаг", en="step"),
    "diff.record.finding": Text(ru="находка", en="finding"),
    "diff.record.card": Text(ru="карточка", en="card"),
    "diff.record.hypothesis": Text(ru="гипотеза", en="hypothesis"),
    "diff.record.persona": Text(ru="персона", en="persona"),
    "diff.what.persons": Text(ru="клиентов", en="customers"),
    "diff.what.conversion": Text(ru="идут дальше", en="go on"),
    "diff.what.median_time": Text(ru="до следующего", en="to the next"),
    "diff.what.value": Text(ru="оценка", en="value"),
}
