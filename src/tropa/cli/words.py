"""The command line's words, Russian and English, by key."""

import locale
import os

from tropa.cli.data_taken_away import TAKEN_AWAY
from tropa.domain.text import Language, Text
from tropa.errors import TropaError, in_russian
from tropa.texts.shipped import shipped


def language_of_terminal() -> Language:
    """TROPA_LANG, else the system's language; English for every other."""
    chosen = (
        os.environ.get("TROPA_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
    )
    spoken = (chosen or locale.getlocale()[0] or "").lower()
    return Language.RU if spoken.startswith("ru") else Language.EN


def worded(sentence: str, language: Language) -> str:
    """What an error says, in this language."""
    return in_russian(sentence, shipped("errors")) if language is Language.RU else str(sentence)


def error_lines(error: TropaError, language: Language) -> str:
    """What was wrong and where; on the next line what to do."""
    where, message = str(error.place), worded(error.message, language)
    lines = [f"{where}: {message}" if where else message, worded(error.hint, language)]
    return "\n".join(line for line in lines if line)


def say(key: str, language: Language, **values: object) -> str:
    """The words under this key with the values put in."""
    return WORDS[key].said_in(language).format(**values)


WORDS: dict[str, Text] = {
    "help.tropa": Text(
        ru="Карты пути клиента из ваших данных: каждое утверждение раскрывается до доказательства.",
        en="Customer journey maps from your own data: every claim opens down to its proof.",
    ),
    "help.init": Text(
        ru="Понять, что лежит в папке, и записать это в tropa.yaml.",
        en="Understand what a folder holds and write it to tropa.yaml.",
    ),
    "help.build": Text(ru="Построить карту из данных папки в out/.", en="Build the map of a folder's data into out/."),
    "help.stages": Text(ru="Показать этапы и события в них.", en="Show the stages and the events in them."),
    "help.lint": Text(ru="Проверить карту на ошибки метода.", en="Check a map against the method's rules."),
    "help.export": Text(
        ru="Выгрузить карту: svg, png, pdf, xlsx, md, mermaid, html, memo, plan, funnel, class-page, pptx, docx.",
        en="Export a map: svg, png, pdf, xlsx, md, mermaid, html, memo, plan, funnel, class-page, pptx, docx.",
    ),
    "help.import": Text(ru="Прочитать карту из таблицы XLSX.", en="Read a map from an XLSX table."),
    "help.demo": Text(
        ru="Построить карту на данных выдуманной компании.", en="Build a map of an invented company's data."
    ),
    "help.simulate": Text(
        ru="Выгрузки компании, описанной в сценарии, и отдельно правда о ней.",
        en="The exports of a business described in a scenario, and apart from them the truth.",
    ),
    "help.scenario": Text(ru="Файл сценария YAML.", en="The scenario, a YAML file."),
    "help.data_out": Text(ru="Папка для выгрузок.", en="The folder for the exports."),
    "help.truth": Text(
        ru="Файл правды (по умолчанию рядом с папкой: ПАПКА.truth.json).",
        en="The truth file (by default beside the folder: FOLDER.truth.json).",
    ),
    "help.words_lang": Text(ru="Язык сообщений: ru или en.", en="The language of the messages: ru or en."),
    "help.diff": Text(ru="Чем отличаются две карты.", en="How two maps differ."),
    "help.folder": Text(ru="Папка с данными.", en="The folder with data."),
    "help.yes": Text(ru="Не спрашивать: взять догадки tropa.", en="Ask nothing: take tropa's guesses."),
    "help.lang": Text(ru="Язык карты: ru или en.", en="The map's language: ru or en."),
    "help.out": Text(
        ru="Куда писать (по умолчанию out/ в папке).", en="Where to write (out/ in the folder by default)."
    ),
    "help.strict": Text(
        ru="Ошибки проверки карты завершают команду кодом 1.", en="Lint errors end the command with code 1."
    ),
    "help.json": Text(ru="Один документ JSON в стандартный вывод.", en="One JSON document on standard output."),
    "help.map": Text(ru="Файл карты *.cjm.json.", en="A map file *.cjm.json."),
    "help.to": Text(
        ru="Вид: svg, png, pdf, xlsx, md, mermaid, html, memo, plan, funnel, pptx, docx.",
        en="Form: svg, png, pdf, xlsx, md, mermaid, html, memo, plan, funnel, pptx, docx.",
    ),
    "help.paper": Text(ru="Лист для PDF: fit (одна страница), a3, a4.", en="Paper for PDF: fit (one page), a3, a4."),
    "help.table": Text(ru="Таблица XLSX.", en="An XLSX table."),
    "help.target": Text(ru="Имя файла, который получится.", en="Name of the file to write."),
    "help.story": Text(
        ru="История: plants, school, travel, saas или dealer.", en="The story: plants, school, travel, saas or dealer."
    ),
    "help.second": Text(
        ru="Добавить вторую выгрузку, после лечения, в папку after/ рядом с первой.",
        en="Add the second delivery, after the cure, in after/ beside the first.",
    ),
    "help.seed": Text(ru="Число, от которого зависят случайности.", en="The number that chance depends on."),
    "help.version": Text(ru="Показать версию.", en="Show the version."),
    "help.voice": Text(
        ru="Прочитать отзывы, ответы и сообщения: о чём они, что чувствуют люди и чего хотят.",
        en="Read reviews, answers and messages: what they are about, how people feel and what they want.",
    ),
    "help.voices": Text(
        ru="Файлы с текстами: CSV, XLSX, JSON, простой текст.", en="Files with texts: CSV, XLSX, JSON, plain text."
    ),
    "help.voice_out": Text(
        ru="Куда писать: ИМЯ.jsonl, ИМЯ.html (отчёт) или ИМЯ.xlsx.",
        en="Where to write: NAME.jsonl, NAME.html (a report) or NAME.xlsx.",
    ),
    "help.taxonomy": Text(ru="Ваш список точек контакта, файл YAML.", en="Your own list of touchpoints, a YAML file."),
    "help.labels": Text(
        ru="Таблица с вашими поправками: текст, точка контакта, отношение.",
        en="A table with your corrections: text, touchpoint, sentiment.",
    ),
    "help.learned": Text(
        ru="Чему вы научили tropa: файл от tropa voice-learn.", en="What you taught tropa: a file of tropa voice-learn."
    ),
    "help.industry": Text(
        ru="Отрасль (иначе tropa узнает её по текстам): shop, restaurant, bank…",
        en="The industry (otherwise told from the texts): shop, restaurant, bank…",
    ),
    "help.model": Text(ru="Модель: light, full или llm.", en="The model: light, full or llm."),
    "help.voice-learn": Text(
        ru="Научить tropa на ваших поправках или взять последний урок назад.",
        en="Teach tropa by your corrections, or take the last lesson back.",
    ),
    "help.learned_out": Text(
        ru="Куда записать выученное (по умолчанию learned.json).",
        en="Where lessons are kept (learned.json by default).",
    ),
    "help.undo": Text(ru="Взять последний урок назад.", en="Take the last lesson back."),
    "help.voice-evaluate": Text(
        ru="Насколько прочитанное совпадает с разметкой людей.",
        en="How well what was read agrees with people's labels.",
    ),
    "help.voices_read": Text(
        ru="Что прочитано (ИМЯ.jsonl от tropa voice) или сами тексты.",
        en="What was read (NAME.jsonl of tropa voice), or the texts themselves.",
    ),
    "help.labels_right": Text(
        ru="Таблица с разметкой людей (иначе она в самом файле).",
        en="A table with people's labels (else in the file itself).",
    ),
    "voice.learned": Text(ru="С поправками из {file}.", en="With the corrections of {file}."),
    "voice.taught": Text(
        ru="Урок {version}: поправок в силе {labels}. Записано: {file}",
        en="Lesson {version}: {labels} corrections in force. Written: {file}",
    ),
    "evaluate.touchpoints": Text(ru="Точки контакта, строк: {rows}", en="Touchpoints, {rows} rows"),
    "evaluate.sentiment": Text(ru="Тональность текста, строк: {rows}", en="Sentiment of the text, {rows} rows"),
    "evaluate.toward": Text(
        ru="Тональность к точке контакта, отметок: {rows}", en="Sentiment toward a touchpoint, {rows} labels"
    ),
    "evaluate.class": Text(
        ru="{name}: точность {precision}, полнота {recall}, F1 {f1} [{low}; {high}], в разметке {of}",
        en="{name}: precision {precision}, recall {recall}, F1 {f1} [{low}, {high}], {of} labelled",
    ),
    "evaluate.macro": Text(ru="среднее F1 {value} [{low}; {high}]", en="macro F1 {value} [{low}, {high}]"),
    "evaluate.micro": Text(ru="общее F1 {value} [{low}; {high}]", en="micro F1 {value} [{low}, {high}]"),
    "evaluate.unmatched": Text(
        ru="Отметок, для которых текста не нашлось: {labels}.", en="Labels for which there is no text: {labels}."
    ),
    "voice.reading": Text(ru="Читаю тексты", en="Reading texts"),
    "voice.continued": Text(
        ru="Прошлый запуск прервали: строки до {rows} уже были готовы.",
        en="The last run was stopped: {rows} rows were ready already.",
    ),
    "voice.read": Text(
        ru="Голосов: {voices} из строк: {rows}. Высказываний: {statements}.",
        en="{voices} voices in {rows} rows, {statements} statements.",
    ),
    "voice.left": Text(ru="Не в счёт: {reasons}.", en="Not counted: {reasons}."),
    "voice.same": Text(ru="повторы – {count}", en="repeats {count}"),
    "voice.near": Text(ru="почти повторы – {count}", en="near repeats {count}"),
    "voice.spam": Text(ru="спам – {count}", en="spam {count}"),
    "voice.empty": Text(ru="пустые – {count}", en="empty {count}"),
    "voice.reported": Text(ru="слова сотрудников – {count}", en="words of employees {count}"),
    "help.new": Text(
        ru="Начать карту без данных: бриф, предположения, план исследования.",
        en="Begin a map without data: a brief, guesses, a research plan.",
    ),
    "help.templates": Text(ru="Шаблоны карт по видам бизнеса.", en="Templates of maps by kind of business."),
    "help.new_folder": Text(ru="Папка, где начнётся карта.", en="The folder in which the map begins."),
    "help.new_industry": Text(
        ru="Шаблон: shop, clinic, saas… Все: tropa templates.",
        en="A template: shop, clinic, saas… See tropa templates.",
    ),
    "help.brief": Text(ru="Заполненный бриф, .md или .yaml.", en="A brief that was filled in, .md or .yaml."),
    "help.brief_form": Text(
        ru="Только положить в папку пустой бриф brief.md.", en="Only put an empty brief, brief.md, into the folder."
    ),
    "help.templates_folder": Text(ru="Папка ваших шаблонов *.yaml.", en="A folder of your own templates *.yaml."),
    "help.answer": Text(
        ru="Занести ответ на вопрос исследования: предположение становится доказательством.",
        en="Put in an answer to a research question: a guess turns into evidence.",
    ),
    "help.answer_folder": Text(ru="Папка, начатая командой tropa new.", en="A folder begun with tropa new."),
    "help.interviews": Text(
        ru="Записи интервью: .txt, .docx, таблицы.", en="Interviews written down: .txt, .docx, tables."
    ),
    "help.guess": Text(
        ru="Какое предположение: номер из плана или ключ карточки.",
        en="Which guess: its number in the plan, or its key.",
    ),
    "help.said": Text(ru="Что сказали, дословно.", en="What was said, word for word."),
    "help.by": Text(
        ru="Кто сказал: имя, чтобы одного человека не посчитать дважды; на карту оно не попадёт.",
        en="Who said it: a name, so that nobody counts twice; it does not get into the map.",
    ),
    "help.company": Text(ru="Из какой компании (для B2B).", en="From which company (for B2B)."),
    "help.staff": Text(
        ru="Это говорит сотрудник: «со слов сотрудников».", en="A member of staff says so: it is reported, no voice."
    ),
    "help.against": Text(ru="Ответ против предположения.", en="The answer contradicts the guess."),
    "help.on": Text(ru="Когда сказали: 2026-03-31.", en="When it was said: 2026-03-31."),
    "answer.guesses": Text(ru="Что проверить первым:", en="What to check first:"),
    "answer.which": Text(ru="Номер предположения (Enter – закончить)", en="Number of the guess (Enter to stop)"),
    "answer.no_such": Text(ru="Такого номера нет.", en="There is no such number."),
    "answer.words": Text(ru="Что сказали, дословно", en="What was said, word for word"),
    "answer.who": Text(ru="Кто сказал (имя останется у вас)", en="Who said it (the name stays with you)"),
    "answer.kind": Text(
        ru="1 – подтверждает, 2 – говорит обратное, 3 – сказал сотрудник",
        en="1: confirms, 2: says the opposite, 3: staff say so",
    ),
    "answer.decide": Text(ru="Предположение: {guess}\nСказано: {said}", en="The guess: {guess}\nSaid: {said}"),
    "answer.choose": Text(
        ru="1 – подтверждает, 2 – говорит обратное, 3 – не об этом",
        en="1: confirms, 2: says the opposite, 3: about something else",
    ),
    "answer.left": Text(
        ru="Похожих мест, о которых решать вам: {count}. Запустите команду в терминале, и tropa спросит о каждом.",
        en="Places like it that you must decide on: {count}. Run this at a terminal, and tropa asks about each.",
    ),
    "answer.coverage": Text(ru="{now} (было {was}).", en="{now} (was {was})."),
    "new.form": Text(
        ru="Пустой бриф: {file}. Заполните и запустите: tropa new {folder} --brief {file}",
        en="An empty brief: {file}. Fill it in and run: tropa new {folder} --brief {file}",
    ),
    "new.industry": Text(ru="Чем занимается компания?", en="What does the company do?"),
    "new.ask": Text(
        ru="Двенадцать вопросов, своими словами. Не знаете – просто Enter. Несколько мыслей разделяйте «;».",
        en="Twelve questions, in your own words. Press Enter if you do not know; divide several thoughts by “;”.",
    ),
    "new.example": Text(ru="например: {example}", en="e.g. {example}"),
    "new.done": Text(
        ru="Шаблон «{name}»: предположений {cards}. Карта: {folder}/map.html. Кого и о чём спросить: "
        "{folder}/research.md. Ответы заносите так: tropa answer {folder}",
        en="Template “{name}”: {cards} guesses. The map: {folder}/map.html. Whom and what to ask: "
        "{folder}/research.md. Put answers in with: tropa answer {folder}",
    ),
    "templates.next": Text(
        ru="Начать: tropa new ПАПКА --industry КЛЮЧ", en="To begin: tropa new FOLDER --industry KEY"
    ),
    "init.understood": Text(ru="Вот что я понял:", en="Here is what I understood:"),
    "init.skipped": Text(ru="не беру: {why}", en="left aside: {why}"),
    "init.unread": Text(ru="не читается: {why}", en="cannot be read: {why}"),
    "init.choose": Text(ru="Номер ответа", en="Number of the answer"),
    "init.own": Text(ru="Ваш вопрос к карте", en="Your question to the map"),
    "init.value": Text(
        ru="Сколько денег приносит один результат? Сумм в данных нет; 0 – не знаю",
        en="How much money does one result bring? The data hold no amounts; 0: I do not know",
    ),
    "init.goal": Text(ru="На какой вопрос должна ответить карта?", en="Which question should the map answer?"),
    "init.written": Text(
        ru="Записано в {file}. Дальше: tropa build {folder}", en="Written to {file}. Next: tropa build {folder}"
    ),
    "build.reading": Text(ru="Читаю файлы", en="Reading files"),
    "build.loading": Text(ru="Складываю события", en="Storing events"),
    "build.finding": Text(ru="Ищу потери", en="Looking for losses"),
    "build.drawing": Text(ru="Рисую карту", en="Drawing the map"),
    "build.segments": Text(ru="Сравниваю сегменты", en="Comparing segments"),
    "build.rate": Text(ru="{rows} строк в секунду", en="{rows} rows a second"),
    "build.left": Text(ru="осталось {time}", en="{time} left"),
    "build.done": Text(ru="Карта готова: {file}", en="The map is ready: {file}"),
    "build.read": Text(
        ru="Прочитано строк: {rows}; взято {accepted}, отложено {rejected}, повторов {duplicates}.",
        en="Rows read: {rows}; {accepted} taken, {rejected} set aside, {duplicates} duplicates.",
    ),
    "build.rejects": Text(ru="Отложенные строки с причинами: {folder}", en="Rows set aside, with reasons: {folder}"),
    "build.left_out": Text(
        ru="В папке появились файлы, которых нет в tropa.yaml: {files}. Взять и их: tropa init {folder}",
        en="Files have come that tropa.yaml does not name: {files}. To take them too: tropa init {folder}",
    ),
    "build.lint": Text(
        ru="Замечания к карте: {counts}. Целиком: tropa lint {file}",
        en="Remarks on the map: {counts}. In full: tropa lint {file}",
    ),
    "build.first": Text(
        ru="Файла tropa.yaml нет: понимаю папку сам.", en="There is no tropa.yaml: understanding the folder first."
    ),
    "demo.where": Text(ru="Откройте {file}", en="Open {file}"),
    "demo.findings": Text(ru="Три самые большие находки:", en="The three biggest findings:"),
    "simulate.done": Text(ru="В {folder} записано: {files}", en="Written to {folder}: {files}"),
    "simulate.truth": Text(ru="Правда о них: {file}", en="The truth about them: {file}"),
    "stages.unassigned": Text(ru="Вне этапов", en="In no stage"),
    "question.more": Text(ru="И ещё строк: {rows}. Целиком: --csv", en="{rows} more rows. In full: --csv"),
    "export.done": Text(ru="Записано: {file}", en="Written: {file}"),
    "lint.clean": Text(ru="Замечаний нет.", en="Nothing to remark."),
    "lint.error": Text(ru="ошибки — {count}", en="errors {count}"),
    "lint.warning": Text(ru="предупреждения — {count}", en="warnings {count}"),
    "lint.note": Text(ru="советы — {count}", en="notes {count}"),
    "lint.dismissed": Text(ru="отложено вами — {count}", en="set aside by you {count}"),
    "lint.all": Text(ru="Замечания к карте: {counts}.", en="Remarks on the map: {counts}."),
    "lint.one-error": Text(ru="ошибка", en="error"),
    "lint.one-warning": Text(ru="предупреждение", en="warning"),
    "lint.one-note": Text(ru="совет", en="note"),
    "lint.stage": Text(ru="этап", en="stage"),
    "lint.why": Text(ru="Чем вредит: {words}", en="Why it harms: {words}"),
    "lint.step": Text(ru="Первый шаг: {words}", en="First step: {words}"),
    "lint.page": Text(ru="Подробно и как отложить: {page}", en="More, and how to set it aside: {page}"),
    "help.before": Text(ru="Карта раньше.", en="The earlier map."),
    "help.after": Text(ru="Карта сейчас.", en="The later map."),
    "diff.none": Text(ru="Карты одинаковы.", en="The maps are the same."),
    "help.endpoint": Text(
        ru="Адрес языковой модели до /v1 (иначе language_model из tropa.yaml).",
        en="Address of a language model up to /v1 (otherwise language_model of tropa.yaml).",
    ),
    "help.llm": Text(ru="Как сервис называет модель.", en="What the service calls the model."),
    "help.key_env": Text(ru="Переменная, в которой ключ.", en="The variable that holds the key."),
    "help.settings": Text(
        ru="Файл tropa.yaml с разделом language_model.", en="The tropa.yaml with the section language_model."
    ),
    "help.yes_send": Text(ru="Не спрашивать согласия на отправку текстов.", en="Agree beforehand that texts are sent."),
    "llm.sending": Text(
        ru=(
            "Языковой модели {model} на {host} уйдут тексты: {texts}.\n"
            "Это около {sent} токенов туда и {received} обратно{cost}."
        ),
        en=(
            "Texts to be sent to the language model {model} at {host}: {texts}.\n"
            "That is about {sent} tokens there and {received} back{cost}."
        ),
    ),
    "llm.cost": Text(ru=", примерно {cost}", en=", about {cost}"),
    "llm.masked": Text(
        ru="Личные данные в них закрыты: [имя], [телефон], [почта] и так далее.",
        en="Personal data in them are masked: [имя], [телефон], [почта] and so on.",
    ),
    "llm.open": Text(ru="Связь с {host} не зашифрована.", en="The connection to {host} is not encrypted."),
    "llm.kept": Text(
        ru="Ответы, полученные раньше, взяты готовыми: {kept}.", en="Answers kept from earlier runs: {kept}."
    ),
    "llm.ask": Text(ru="Отправить?", en="Send them?"),
    "llm.read": Text(ru="Языковая модель прочла тексты: {read}.", en="Texts read by the language model: {read}."),
    "llm.stood_in": Text(
        ru="Вместо неё прочла модель самой tropa: {count} ({reasons}).",
        en="Read by tropa's own model in its place: {count} ({reasons}).",
    ),
    "llm.why.refused": Text(ru="отказ — {count}", en="refused {count}"),
    "llm.why.empty": Text(ru="ничего не найдено — {count}", en="nothing found {count}"),
    "llm.why.malformed": Text(ru="ответ не по форме — {count}", en="answer out of form {count}"),
    "llm.why.slow": Text(ru="ответа не дождались — {count}", en="no answer in time {count}"),
    "llm.why.failed": Text(ru="связь не удалась — {count}", en="connection failed {count}"),
    "llm.why.untrue": Text(ru="в тексте такого нет — {count}", en="not what the text says {count}"),
    "llm.why.long": Text(ru="слишком длинные — {count}", en="too long {count}"),
    "llm.why.unmasked": Text(ru="личные данные не закрыты — {count}", en="personal data not masked {count}"),
    "llm.dropped": Text(
        ru="Отброшены утверждения, которых в текстах нет: {dropped}.",
        en="Statements dropped because the texts do not hold them: {dropped}.",
    ),
    "llm.took": Text(
        ru="Запросы: {requests}; токены: {sent} туда и {received} обратно{cost}.",
        en="Requests: {requests}; tokens: {sent} there and {received} back{cost}.",
    ),
    "voice.sending": Text(ru="Спрашиваю языковую модель", en="Asking the language model"),
    "fault": Text(
        ru="Сбой в самой tropa: {what}. Это наша ошибка; пожалуйста, сообщите о ней, приложив вывод с TROPA_TRACE=1.",
        en="A fault of tropa itself: {what}. This is our mistake; please report it with the output of TROPA_TRACE=1.",
    ),
    "usage.option": Text(ru="Параметра {option} нет.", en="There is no option {option}."),
    "usage.command": Text(ru="Команды «{command}» нет.", en="There is no command “{command}”."),
    "usage.missing": Text(ru="Не хватает: {name}.", en="Missing: {name}."),
    "usage.value": Text(ru="{name}: такое значение не подходит.", en="{name} does not fit. {what}"),
    "usage.other": Text(ru="Команда набрана неверно: {what}", en="The command does not work like this: {what}"),
    "usage.near": Text(ru="Может быть, {names}?", en="Did you mean {names}?"),
    "usage.help": Text(ru="Как правильно: {command} --help", en="How it works: {command} --help"),
    "interrupted": Text(ru="Прервано. Что было раньше, цело.", en="Interrupted. What was there before is untouched."),
    **TAKEN_AWAY,
}
