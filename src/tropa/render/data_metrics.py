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
    "median_time": ("половина проходит быстрее, чем за", "half are quicker than"),
    "wait": ("половина ждёт меньше, чем", "half wait less than"),
    "median_amount": ("половина платит меньше, чем", "half pay less than"),
    "amount": ("в среднем на клиента", "on average per customer"),
    "nps": ("NPS", "NPS"),
    "csat": ("CSAT", "CSAT"),
    "ces": ("CES", "CES"),
    "unit.share": ("относятся сюда", "are concerned"),
    "unit.seconds": ("половина проходит быстрее, чем за", "half are quicker than"),
    "unit.persons": ("клиентов", "customers"),
    "unit.events": ("событий", "events"),
    "unit.money": ("сумма", "amount"),
    "unit.score": ("оценка", "score"),
    "unit.ratio": ("отношение", "ratio"),
}
WORSE_WHEN_HIGHER = frozenset(
    "drop loss lost churn wait late time loop complaint complaints refund contact negative slow abandoned".split()
)
