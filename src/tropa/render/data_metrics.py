"""What people did, by metric: the predicate of «из 5 236 клиентов 2 094 …», or the name of a time or an amount."""

DEEDS: dict[str, tuple[str, str]] = {
    "conversion": ("прошли дальше", "went on"),
    "drop_off": ("не пошли дальше", "did not go on"),
    "loss_share": ("пришлись сюда", "fell here"),
    "loop_share": ("возвращались назад", "went back"),
    "late_share": ("ждали дольше обычного", "waited longer than usual"),
    "repeat_share": ("вернулись", "came back"),
    "return_share": ("вернулись", "came back"),
    "share": ("делали так", "did so"),
    "median_time": ("Половина проходит быстрее, чем за {value}", "Half are quicker than {value}"),
    "wait": ("Половина ждёт меньше, чем {value}", "Half wait less than {value}"),
    "median_amount": ("Половина платит меньше, чем {value}", "Half pay less than {value}"),
    "amount": ("В среднем на клиента {value}", "{value} per customer on average"),
    "nps": ("NPS {value}", "NPS {value}"),
    "csat": ("CSAT {value}", "CSAT {value}"),
    "ces": ("CES {value}", "CES {value}"),
    "unit.share": ("относятся сюда", "are concerned"),
    "unit.seconds": ("Половина проходит быстрее, чем за {value}", "Half are quicker than {value}"),
    "unit.persons": ("Клиентов — {value}", "{value} customers"),
    "unit.events": ("Событий — {value}", "{value} events"),
    "unit.money": ("Сумма — {value}", "The amount is {value}"),
    "unit.score": ("Средняя оценка — {value}", "The average score is {value}"),
    "unit.ratio": ("В среднем {value} на клиента", "{value} per customer on average"),
}
WORSE_WHEN_HIGHER = frozenset(
    "drop loss lost churn wait late time loop complaint complaints refund contact negative slow abandoned".split()
)
