"""Words of what is handed over to those who decide a purchase between companies, Russian and English, by key."""

from collections.abc import Mapping

BUYERS: Mapping[str, tuple[str, str]] = {
    "tco": ("Стоимость владения и окупаемость", "Cost of ownership and payback"),
    "tco.sub": (
        "На {years}, без дисконтирования: деньги последнего года равны деньгам первого.",
        "Over {years}, nothing is discounted.",
    ),
    "tco.costs": ("Во что обходится по годам", "What it costs, year by year"),
    "tco.compared": ("Что даёт и когда окупается", "What it gives and when it pays back"),
    "tco.rests": ("На чём это стоит", "What this rests on"),
    "tco.option": ("Вариант", "Option"),
    "tco.year": ("{year}-й год", "Year {year}"),
    "tco.onward": ("с {year}-го года", "from year {year} on"),
    "tco.total": ("Всего (TCO)", "Total (TCO)"),
    "tco.over": ("Дороже нашего на", "More than ours by"),
    "tco.effect": ("Эффект", "Effect"),
    "tco.gain": ("Выигрыш против «ничего не делать»", "Gain over doing nothing"),
    "tco.gain.alone": ("Эффект минус затраты", "Effect less cost"),
    "tco.roi": ("ROI", "ROI"),
    "tco.payback": ("Окупается", "Pays back"),
    "tco.per-year": (" в год", " a year"),
    "tco.months": ("за {likely} ({low}–{high})", "in {likely} ({low}–{high})"),
    "tco.month.likely": ("за {likely}", "in {likely}"),
    "tco.never": ("не за этот срок", "not within the term"),
    "tco.at-best": (
        "не раньше чем за {low}, а то и позже срока",
        "in {low} at the earliest, maybe not within the term",
    ),
    "tco.cheaper": ("дешевле на {amount}", "{amount} less"),
    "tco.item": ("Статья", "Item"),
    "tco.figures": ("Сколько", "How much"),
    "tco.assumption": ("Допущение", "Assumption"),
    "tco.source": ("Источник", "Source"),
    "tco.guess": ("предположение", "a guess"),
    "tco.lead": (
        "{name}: {cost} за {years}",
        "{name}: {cost} over {years}",
    ),
    "tco.lead.gain": (
        "Против «ничего не делать» выигрыш {gain} ({range}), окупается {payback}.",
        "Against doing nothing the gain is {gain} ({range}); it pays back {payback}.",
    ),
    "tco.lead.alone": (
        "Эффект минус затраты – {gain} ({range}), окупается {payback}.",
        "Effect less cost is {gain} ({range}); it pays back {payback}.",
    ),
    "tco.lead.loss": (
        "Против «ничего не делать» получается {gain} ({range}): на этих цифрах оно не окупается за срок.",
        "Against doing nothing it comes to {gain} ({range}): by these figures it does not pay back within the term.",
    ),
    "tco.lead.other": (
        "{name} обойдётся {over}.",
        "{name} costs {over}.",
    ),
    "tco.more": ("дороже на {amount}", "{amount} more"),
    "tco.method": (
        (
            "Вероятное – сумма вероятных строк, её можно проверить на калькуляторе. В скобках – от и до в восьми случаях из десяти: каждая строка меняется между «не меньше» и «не больше» "
            "(треугольное распределение, 4 000 проб), независимо от других. Цена, внедрение и обучение платятся в начале года, выход – в конце, остальное – поровну по месяцам. "
            "ROI – выигрыш, делённый на стоимость владения."
        ),
        (
            "The likely figure is the sum of likely lines, so a calculator can check it. In brackets: from and to in eight cases of ten, each line moving between its low and high figure "
            "(triangular distribution, 4,000 trials), independently of the others. Price, introduction and training are paid at the beginning of a year, exit at its end, the rest evenly by month. "
            "ROI is the gain divided by the cost of ownership."
        ),
    ),
    "tco.mind": ("Внимание.", "Mind this."),
    "tco.twice": (
        "Проверьте, что эффект и потери в «ничего не делать» – не одни и те же деньги: считайте их где-то в одном месте.",
        "Make sure that the effect and the losses of doing nothing are not the same money: count it in one place.",
    ),
    "tco.guesses": (
        "Без источника – {count} из {of} строк: это предположения, начните проверку с самых дорогих.",
        "{count} of {of} lines have no source: these are guesses; check the dearest first.",
    ),
    "proof.pilot": ("Пилот", "Pilot"),
    "proof.reference": ("Отзыв из вашей отрасли", "Reference from your industry"),
    "proof.manager": ("Менеджер успеха", "Success manager"),
    "proof.first_result": ("Первый результат", "First result"),
    "tco.lines": ("Строки", "Lines"),
    "tco.sum": ("Итог", "Summary"),
    "tco.kind": ("Вид", "Kind"),
    "tco.one": ("Год", "Year"),
    "tco.low": ("Не меньше", "Low"),
    "tco.likely": ("Вероятно", "Likely"),
    "tco.high": ("Не больше", "High"),
    "class-page.economic_buyer": (
        "Деньги: сколько стоит, что даёт, когда окупается",
        "Money: what it costs, what it gives, when it pays back",
    ),
    "class-page.technical_buyer": (
        "Надёжность: безопасность, стандарты, встраивание",
        "Reliability: security, standards, integration",
    ),
    "class-page.end_user": ("Работа: удобно ли с этим каждый день", "Work: how convenient it is every day"),
    "class-page.other": ("Для тех, кто решает вместе с остальными", "For those who decide along with the others"),
    "class-page.care": ("Что говорят люди на вашем месте", "What people in your place say"),
    "class-page.benefits": ("Что вы получите", "What you get"),
    "class-page.estimate": (
        "Наша оценка: проверим вместе на ваших цифрах",
        "Our estimate: let us check it with your figures",
    ),
    "class-page.economic_buyer.cares": (
        "Во что это обойдётся вместе с внедрением и уходом, что будет, если ничего не менять, и когда вернутся деньги.",
        "What it costs with roll-out and exit, what happens if nothing changes, and when the money comes back.",
    ),
    "class-page.technical_buyer.cares": (
        "Где лежат данные и кто их видит, с чем это работает и кто отвечает, если что-то сломалось.",
        "Where the data lie and who sees them, what it works with, and who answers when something breaks.",
    ),
    "class-page.end_user.cares": (
        "Что станет проще, сколько времени уйдёт на привыкание и можно ли настроить под себя.",
        "What gets easier, how long it takes to get used to, and whether it can be made to fit.",
    ),
    "class-page.other.cares": (
        "Что вам нужно знать, чтобы согласовать быстро.",
        "What you need to know to agree quickly.",
    ),
    "class-page.money": ("Стоимость и окупаемость", "Cost and payback"),
    "class-page.answers": ("Ответы на ваши вопросы", "Answers to your questions"),
    "class-page.proof": ("Как мы ведём к результату", "How we lead to the result"),
    "class-page.open": ("Что ещё не доказано: спросите нас об этом", "What is not proven yet: ask us about it"),
    "class-page.none": (
        "Здесь пока пусто: заполните таблицу выгод (`fab` в tropa.yaml) для этой роли.",
        "Nothing yet: fill in the table of benefits (`fab` of tropa.yaml) for this class.",
    ),
}
