"""Why a row could not be used, in words."""

from tropa.domain.text import Text

REASONS = {
    "no_person": Text(ru="Не указано, чьё это событие.", en="It is not said whose event this is."),
    "no_event": Text(ru="Не указано, что произошло.", en="It is not said what happened."),
    "no_time": Text(ru="Не указано, когда это было.", en="It is not said when this was."),
    "bad_time": Text(ru="Время не читается.", en="The time cannot be read."),
    "impossible_time": Text(
        ru="Такого времени быть не может: оно раньше 1971 или позже 2099 года.",
        en="This time cannot be: it is before 1971 or after 2099.",
    ),
    "no_text": Text(ru="Нет ни текста, ни оценки.", en="There is neither a text nor a mark."),
    "no_amount": Text(ru="Не указано, сколько потрачено.", en="It is not said how much was spent."),
    "bad_amount": Text(ru="Сумма не читается.", en="The amount cannot be read."),
    "negative_amount": Text(
        ru="Расход меньше нуля: возвраты учтите в том месяце, к которому они относятся.",
        en="The cost is below zero: put refunds into the month that they belong to.",
    ),
    "no_query": Text(ru="Нет самого запроса.", en="There is no query in the row."),
    "no_change": Text(ru="Не указано, что изменилось.", en="It is not said what was changed."),
    "repeated_header": Text(ru="Это шапка таблицы ещё раз.", en="This is the table’s header once more."),
    "too_few_cells": Text(ru="В строке меньше ячеек, чем колонок.", en="The row has fewer cells than columns."),
    "too_many_cells": Text(ru="В строке больше ячеек, чем колонок.", en="The row has more cells than columns."),
    "cell_too_long": Text(ru="Ячейка слишком длинная.", en="A cell is too long."),
    "line_too_long": Text(ru="Строка слишком длинная.", en="The line is too long."),
    "broken_quotes": Text(ru="Кавычки в строке не закрыты.", en="The line’s quotes are not closed."),
    "null_bytes": Text(ru="В строке нулевые байты: файл повреждён.", en="The line has null bytes: the file is broken."),
    "undecodable": Text(ru="Буквы строки не читаются: другая кодировка.", en="The line is in another encoding."),
    "bad_json": Text(ru="Строка — не JSON.", en="The line is not JSON."),
    "too_deep": Text(ru="Слишком много вложенных уровней.", en="It is nested too deeply."),
    "not_an_object": Text(ru="Это не запись с полями.", en="This is not a record with fields."),
}
UNREADABLE = Text(ru="Строка не читается.", en="The row cannot be read.")
HEAD = {
    "row": Text(ru="строка", en="row"),
    "reason": Text(ru="код", en="code"),
    "explanation": Text(ru="что не так", en="what is wrong"),
    "raw": Text(ru="как было", en="as it was"),
}
