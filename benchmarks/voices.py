"""Reviews of any number, no two alike: the same rows for the same numbers. `make bench-voices` measures the reading of them."""

import csv
import os
import platform
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.__main__ import ROOT, run, tropa

TARGET = ROOT / "docs" / "reference" / "voice-speed.md"
ROWS = 100_000
_RU = {
    "opening": ["", "", "", "Заказываю второй раз.", "Брала в подарок.", "Пишу спустя месяц.", "Коротко о главном.", "Покупал по совету друга.", "Долго выбирал."],
    "thing": ["доставка", "упаковка", "поддержка", "примерка", "оплата", "посылка", "скидка", "инструкция", "корзина", "гарантия", "музыка", "подача", "кухня", "уборка", "стрижка", "консультация", "диагностика", "рассрочка"],
    "good": ["быстрая", "удобная", "аккуратная", "вежливая", "понятная", "приятная", "выгодная", "отличная", "честная", "вкусная", "надёжная"],
    "bad": ["медленная", "мятая", "грубая", "дорогая", "ужасная", "непонятная", "холодная", "бесполезная", "навязчивая", "некачественная"],
    "turn": ["но", "зато", "а вот", "при этом", "хотя"],
    "who": ["курьер", "менеджер", "продавец", "мастер", "администратор", "врач", "официант", "оператор"],
    "did": ["опоздал на {n} минут", "перезвонил через {n} часов", "помог разобраться за {n} минут", "нагрубил и бросил трубку", "всё подробно объяснил", "привёз заказ {n} числа", "обещал вернуть {n} рублей и пропал"],
    "ending": ["", "", "Рекомендую.", "Больше не приду.", "Когда добавите оплату частями?", "Хотелось бы побыстрее.", "Спасибо {name}!", "Вернули только {n} рублей.", "Ждём ответа уже {n} дней."],
    "name": ["Марине", "Олегу", "всем ребятам", "Светлане", "команде"],
}  # fmt: skip
_EN = {
    "opening": ["", "", "Second order here.", "Bought it as a present.", "Writing a month later.", "A friend told me about them."],
    "thing": ["delivery", "packaging", "support", "checkout", "refund", "parcel", "discount", "manual", "basket", "warranty", "music", "kitchen", "room", "haircut", "advice"],
    "good": ["fast", "comfortable", "careful", "friendly", "clear", "lovely", "cheap", "excellent", "honest", "tasty", "reliable"],
    "bad": ["slow", "crushed", "rude", "expensive", "awful", "confusing", "cold", "useless", "pushy", "shoddy"],
    "turn": ["but", "although", "while", "and yet", "though"],
    "who": ["the courier", "the manager", "the assistant", "the doctor", "the waiter", "the operator"],
    "did": ["was {n} minutes late", "called back after {n} hours", "sorted it in {n} minutes", "was rude and hung up", "explained everything", "brought it on the {n}th", "promised {n} pounds back and vanished"],
    "ending": ["", "Recommended.", "Never again.", "When will you take cards?", "Could be quicker.", "Thanks, {name}!", "Got only {n} pounds back.", "Still waiting after {n} days."],
    "name": ["Mary", "Oliver", "everybody", "Susan", "the team"],
}  # fmt: skip


def reviews(count: int) -> Iterator[tuple[str, str, int, str]]:
    """(id, day, mark, text): a third English, each with one to four sentences and words of its own."""
    chance = random.Random(11)
    for number in range(count):
        words, russian = (_EN, False) if number % 3 == 2 else (_RU, True)
        pick = {key: chance.choice(several) for key, several in words.items()}
        thing, other = chance.sample(words["thing"], 2)
        was, of = ("была", "заказ") if russian else ("was", "order")
        middle = f"{thing.capitalize()} {was} {pick['good']}, {pick['turn']} {other} {pick['bad']}."
        deed = f"{pick['who'].capitalize()} {pick['did']}."
        text = " ".join(part for part in (pick["opening"], middle, deed, pick["ending"]) if part)
        text = text.format(n=chance.randrange(2, 90), name=pick["name"]) + f" ({of} {number})"
        yield f"r{number}", f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}", chance.randrange(1, 6), text


def write_reviews(path: Path, count: int) -> None:
    """A table of so many reviews."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "rating", "text"])
        writer.writerows(reviews(count))


def main() -> None:
    """Read all of them into lines, a page and a workbook: processor seconds, statements a second of them, peak memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rows = []
    statements = 0
    with tempfile.TemporaryDirectory() as place:
        table = Path(place) / "reviews.csv"
        write_reviews(table, count)
        for kind in ("jsonl", "html", "xlsx"):
            target = Path(place) / f"out.{kind}"
            before = os.times()
            seconds, peak = run(tropa("voice", str(table), "-o", str(target)), repeats=1)
            after = os.times()
            spent = after.children_user + after.children_system - before.children_user - before.children_system
            if kind == "jsonl":
                with target.open(encoding="utf-8") as file:
                    statements = sum(line.count('"start": ') for line in file)
            rows.append(f"| `-o out.{kind}` | {spent:.0f} | {seconds[0]:.0f} | {statements / spent:,.0f} | {peak} |")
    page = "\n".join([*_head(count, statements), *rows, ""])
    print(page)
    if count == ROWS:
        TARGET.write_text(page, encoding="utf-8")


def _head(count: int, statements: int) -> list[str]:
    return [
        "# Reading a hundred thousand reviews",
        "",
        f"Measured with `make bench-voices` on {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}:",
        f"whole commands, start and all, on {count:,} reviews of which",
        f"hardly two are alike (two thirds Russian, one third English; {statements:,} statements). One core is used; a stopped run goes on where it was.",
        "",
        "| `tropa voice reviews.csv …` | processor seconds | seconds | statements a second of processor time | peak MB |",
        "|---|---|---|---|---|",
    ]


if __name__ == "__main__":
    main()
