"""Invented companies whose events a person has put into stages: for judging how well stages are found.

Half of them (`HELD_OUT`) had no part in making the method. Paths are noisy as real ones are: steps are skipped, done
twice or in another order, people fall back, come again later, give up; some events occur anywhere and have no label.
"""

from dataclasses import dataclass

import numpy as np

from tropa.events.log import DAY_MS, EventLog, log_from_rows

MINUTE_MS = 60_000
HALF = 0.5


@dataclass(frozen=True)
class Part:
    """A stage: its events with weights (`event*2`), how many are met at once, and where people go from it.

    `steps`: events come one after the other, each with its weight for a chance; else people wander among them.
    `on`, `back`: the chances to go on and to fall back; `skip`: to leave the next stage out; the rest leave.
    `pause`: days before the next stage, on average.
    """

    name: str
    events: str
    steps: bool = False
    wander: float = 3.0
    on: float = 0.75
    back: float = 0.1
    skip: float = 0.0
    pause: float = 0.0

    @property
    def weighted(self) -> list[tuple[str, float]]:
        told = [one.strip().partition("*") for one in self.events.split(";")]
        return [(name, float(weight or 1)) for name, _, weight in told]


@dataclass(frozen=True)
class Business:
    """Its stages, events that occur anywhere (with the chance after each event), and how often people start over.

    `stray`: the chance of an event of another stage instead, half the time of the one before or after.
    """

    key: str
    parts: tuple[Part, ...]
    anywhere: str = ""
    noise: float = 0.0
    again: float = 0.0
    stray: float = 0.0

    @property
    def labels(self) -> dict[str, str]:
        """Event → stage; an event of two stages belongs to the first one that names it."""
        return {name: part.name for part in reversed(self.parts) for name, _ in part.weighted}


def journeys(of: Business, *, people: int, seed: int = 1) -> EventLog:
    """A log of so many people."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, int]] = []
    for number in range(people):
        rows += _one_journey(of, f"{of.key}{number}", rng)
    return log_from_rows(rows)


def _one_journey(of: Business, person: str, rng: np.random.Generator) -> list[tuple[str, str, int]]:
    rows: list[tuple[str, str, int]] = []
    time, stage = int(rng.integers(0, 120 * DAY_MS)), 0
    noise = [one.strip() for one in of.anywhere.split(";") if one.strip()]
    while stage < len(of.parts) and len(rows) < 150:
        part = of.parts[stage]
        for met in _met(part, rng):
            name = _strayed(of, stage, rng) if rng.random() < of.stray else met
            rows.append((person, name, time))
            time += 1 + int(rng.exponential(2 * MINUTE_MS))
            if noise and rng.random() < of.noise:
                rows.append((person, str(rng.choice(noise)), time))
                time += 1 + int(rng.exponential(2 * MINUTE_MS))
        draw = rng.random()
        time += int(rng.exponential(part.pause * DAY_MS)) if part.pause else 0
        if draw < part.on:
            stage += 1
        elif draw < part.on + part.skip:
            stage += 2
        elif draw < part.on + part.skip + part.back:
            stage = max(0, stage - 1 - int(rng.random() < 0.3))
        elif rng.random() < of.again:
            stage = 0
            time += int(rng.exponential(6 * DAY_MS)) + 60 * MINUTE_MS
        else:
            break
        if stage >= len(of.parts) and rng.random() < of.again:
            stage = 0
            time += int(rng.exponential(20 * DAY_MS)) + 60 * MINUTE_MS
    return rows


def _strayed(of: Business, stage: int, rng: np.random.Generator) -> str:
    near = [place for place in (stage - 1, stage + 1) if 0 <= place < len(of.parts)]
    place = int(rng.choice(near if rng.random() < HALF else range(len(of.parts))))
    return _drawn(of.parts[place], 1, rng)[0]


def _met(part: Part, rng: np.random.Generator) -> list[str]:
    if part.steps:
        done = [name for name, weight in part.weighted if rng.random() < weight]
        if len(done) > 1 and rng.random() < 0.15:
            place = int(rng.integers(0, len(done) - 1))
            done[place], done[place + 1] = done[place + 1], done[place]
        return [name for name in done for _ in range(1 + int(rng.random() < 0.07))]
    return _drawn(part, int(rng.geometric(1 / part.wander)), rng)


def _drawn(part: Part, size: int, rng: np.random.Generator) -> list[str]:
    names, weights = zip(*part.weighted, strict=True)
    return [str(one) for one in rng.choice(names, size=size, p=np.array(weights) / sum(weights))]


SOFTWARE_TRIAL = Business(
    "software",
    (
        Part("look", "landing_view*3; pricing_view*2; blog_article_read; customer_stories_view*.7", on=0.6, back=0),
        Part("sign up", "signup_form_opened; signup_submitted*.95; email_verified*.85", steps=True, on=0.85),
        Part(
            "set up",
            "workspace_created; data_imported*.6; teammate_invited*.45; integration_connected*.3",
            steps=True,
            on=0.75,
            pause=0.5,
        ),
        Part(
            "use",
            "report_created*3; dashboard_viewed*5; report_exported; comment_added*1.5; alert_configured*.6",
            wander=9,
            on=0.55,
            back=0.1,
            pause=3,
        ),
        Part(
            "subscribe",
            "upgrade_clicked; pricing_view*.5; plan_selected*.9; card_added*.85; subscription_started*.8",
            steps=True,
            on=0.7,
            back=0.15,
            pause=10,
        ),
        Part("stay", "invoice_paid*3; seats_added; plan_upgraded*.5; annual_renewal*.7", wander=4, on=0, back=0.3),
    ),
    anywhere="help_opened; notification_clicked",
    noise=0.04,
    stray=0.05,
)

CLINIC = Business(
    "clinic",
    (
        Part("find", "Открыл сайт клиники*3; Смотрел врачей*2; Читал цены; Смотрел отзывы о враче", on=0.65, back=0),
        Part(
            "book",
            "Звонок в регистратуру*.5; Выбрал врача*.9; Выбрал время*.9; Запись создана; Напоминание о приёме*.8",
            steps=True,
            on=0.8,
            back=0.1,
            pause=3,
        ),
        Part(
            "visit", "Пришёл в клинику; Заполнил анкету*.6; Приём врача; Назначены анализы*.5", steps=True, pause=0.02
        ),
        Part("pay", "Выставлен счёт; Оплата картой*.7; Оплата наличными*.3", steps=True, on=0.6, back=0.02, pause=2),
        Part(
            "tests",
            "Сдал анализы; Результаты анализов готовы*.95; Результаты отправлены*.9",
            steps=True,
            on=0.7,
            back=0.03,
            pause=4,
        ),
        Part(
            "again",
            "Повторный приём; План лечения*.7; Справка выдана*.3; Отзыв после приёма*.3",
            steps=True,
            on=0,
            back=0.15,
        ),
    ),
    anywhere="Чат с администратором",
    noise=0.03,
)

LOAN = Business(
    "loan",
    (
        Part(
            "application",
            "APPL_CREATED; APPL_DRAFT_SAVED*.4; APPL_DOCS_UPLOADED*.7; APPL_SUBMITTED*.95",
            steps=True,
            on=0.9,
            back=0,
        ),
        Part(
            "check",
            "SCORING_STARTED; SCORING_BUREAU_REPLY*.9; SCORING_DONE*.95; W_Call missing documents*.4",
            steps=True,
            on=0.7,
            back=0.12,
            pause=1,
        ),
        Part("offer", "OFFER_CREATED; OFFER_SENT; W_Call about offer*.6; OFFER_VIEWED*.8", steps=True, on=0.7, pause=4),
        Part("contract", "CONTRACT_PREPARED; CONTRACT_SIGNED*.9; IDENTITY_CHECKED*.9", steps=True, on=0.9, pause=2),
        Part("money", "LOAN_DISBURSED; CARD_ISSUED*.5", steps=True, on=0.8, back=0, pause=28),
        Part(
            "repay",
            "INSTALMENT_PAID*6; INSTALMENT_REMINDER*2; INSTALMENT_OVERDUE; LOAN_CLOSED*.7",
            wander=6,
            on=0,
            back=0,
        ),
    ),
    anywhere="W_Assess fraud",
    noise=0.01,
)

MEALS = Business(
    "meals",
    (
        Part("open", "app_open*4; banner_tap; address_confirm*1.5", wander=2, on=0.8, back=0),
        Part("menu", "menu_scroll*4; dish_open*5; dish_photo_zoom; category_pizza*1.2; category_sushi", wander=6),
        Part("basket", "basket_add*4; basket_open*2; basket_remove; promo_code_enter*.6", wander=3, back=0.25, on=0.65),
        Part(
            "order",
            "checkout_open; time_slot_choose*.6; tip_choose*.3; payment_start*.95; payment_ok*.9; order_accepted*.9",
            steps=True,
            on=0.88,
        ),
        Part(
            "wait",
            "courier_assigned; courier_map_view*.6; courier_map_view*.5; courier_call*.2; order_delivered*.98",
            steps=True,
            on=0.6,
            back=0,
        ),
        Part("after", "rate_order; rate_courier*.6; review_text*.2; repeat_order_tap*.3", steps=True, on=0, back=0),
    ),
    anywhere="support_chat; push_open",
    noise=0.03,
    again=0.55,
    stray=0.12,
)

MACHINES = Business(
    "machines",
    (
        Part(
            "ask",
            "Заявка с сайта*.6; Входящий звонок*.4; Менеджер назначен; Квалификация лида*.8",
            steps=True,
            on=0.7,
            back=0,
            pause=2,
        ),
        Part(
            "requirements",
            "Встреча с технологом; Опросный лист получен*.7; Техническое задание согласовано*.8",
            steps=True,
            on=0.75,
            back=0.08,
            pause=10,
        ),
        Part(
            "offer",
            "КП подготовлено; КП отправлено; Правки к КП*.5; КП отправлено*.4",
            steps=True,
            on=0.6,
            back=0.15,
            pause=14,
        ),
        Part(
            "approve",
            "Согласование с директором; Проверка службы безопасности*.7; Договор на согласовании*.9; Договор подписан*.85",
            steps=True,
            on=0.85,
            back=0.08,
            pause=7,
        ),
        Part("pay", "Счёт выставлен; Аванс оплачен*.95; Счёт оплачен*.8", steps=True, on=0.95, back=0, pause=20),
        Part(
            "deliver",
            "Оборудование отгружено; Монтаж начат*.9; Пусконаладка*.9; Акт подписан*.9; Обучение операторов*.6",
            steps=True,
            on=0,
            back=0,
        ),
    ),
    anywhere="Исходящий звонок; Письмо клиенту",
    noise=0.12,
)

HELP_LINE = Business(
    "helpline",
    (
        Part(
            "ask",
            "Ticket created; Auto reply sent*.9; Attachment added*.3; Category chosen*.8",
            steps=True,
            on=0.95,
            back=0,
        ),
        Part(
            "sort out",
            "Assigned to first line; Priority set*.9; Details requested*.4; Customer replied*.4",
            steps=True,
            on=0.55,
            skip=0.3,
            pause=0.2,
        ),
        Part(
            "experts",
            "Escalated to second line; Reproduced*.7; Developer assigned*.5; Workaround sent*.4",
            steps=True,
            on=0.8,
            pause=1,
        ),
        Part("fix", "Fix prepared*.7; Solution sent; Solution confirmed*.7", steps=True, on=0.85, back=0.1, pause=1),
        Part("close", "Ticket closed; Survey sent*.8; Survey answered*.3", steps=True, on=0, back=0.05),
    ),
    anywhere="Internal note",
    noise=0.1,
)

SCHOOL = Business(
    "school",
    (
        Part(
            "find", "Переход из рекламы*2; Страница курса*3; Тест уровня; Страница преподавателей*1.3", on=0.5, back=0
        ),
        Part(
            "trial",
            "Заявка на пробный урок; Звонок менеджера*.8; Пробный урок назначен*.85; Пробный урок начат*.7; Пробный урок завершён*.55",
            steps=True,
            on=0.6,
            back=0.08,
            pause=2,
        ),
        Part(
            "pay",
            "Предложение отправлено*.9; Выбор тарифа*.9; Оплата начата*.85; Оплата прошла*.85; Рассрочка оформлена*.2",
            steps=True,
            on=0.85,
            pause=2,
        ),
        Part(
            "learn",
            "Урок посещён*6; Домашнее задание отправлено*4; Домашнее задание проверено*3.5; Вопрос преподавателю*.8; Урок пропущен",
            wander=14,
            on=0.6,
            back=0.02,
            pause=20,
        ),
        Part("finish", "Итоговый тест; Сертификат выдан*.8; Отзыв о курсе*.4", steps=True, on=0.5, back=0, pause=10),
        Part(
            "go on",
            "Продление предложено; Продление оплачено*.6; Друг приглашён*.25",
            steps=True,
            on=0,
            back=0,
        ),
    ),
    anywhere="Письмо открыто; Сообщение в поддержку",
    noise=0.05,
)

HOTELS = Business(
    "hotels",
    (
        Part("search", "/search*3; /search/map; /search/filters*1.5; /deals*.8", wander=4, on=0.65, back=0),
        Part("choose", "/hotel/view*4; /hotel/photos*2; /hotel/reviews*1.5; /hotel/compare*.5", wander=5, back=0.3),
        Part(
            "book",
            "/booking/room; /booking/guest-details*.85; /booking/payment*.75; /booking/payment-failed*.1; /booking/confirmed*.7",
            steps=True,
            on=0.7,
            back=0.2,
            pause=12,
        ),
        Part("prepare", "/trip/details*2; /trip/voucher; /trip/transfer*.5; /trip/change-dates*.3", wander=2, pause=6),
        Part("stay", "checkin_scanned; room_service*.3; extra_night*.1; checkout_done*.95", steps=True, on=0.5, back=0),
        Part("tell", "review_request_opened; review_sent*.5; loyalty_points_viewed*.4", steps=True, on=0, back=0),
    ),
    anywhere="/login; /faq",
    noise=0.05,
    again=0.4,
    stray=0.12,
)

CLAIMS = Business(
    "claims",
    (
        Part(
            "report",
            "FNOL_CALL*.6; FNOL_WEB*.4; CLAIM_REGISTERED; POLICY_CHECKED*.95",
            steps=True,
            on=0.93,
            back=0,
            pause=1,
        ),
        Part(
            "inspect",
            "ASSESSOR_ASSIGNED; PHOTOS_RECEIVED*.6; INSPECTION_DONE*.8; DAMAGE_ESTIMATED*.9",
            steps=True,
            on=0.8,
            back=0.1,
            pause=4,
        ),
        Part(
            "decide",
            "DECISION_DRAFTED; DECISION_REVIEWED*.8; DECISION_APPROVED*.75; DECISION_LETTER_SENT*.95",
            steps=True,
            on=0.75,
            back=0.05,
            pause=3,
        ),
        Part("repair", "GARAGE_CHOSEN; REPAIR_STARTED*.9; REPAIR_FINISHED*.9", steps=True, on=0.9, back=0.03, pause=8),
        Part("pay", "PAYMENT_ORDERED; PAYMENT_SENT; PAYMENT_RECEIVED*.9", steps=True, on=0.3, back=0, pause=5),
        Part("after", "CLAIM_CLOSED; SATISFACTION_CALL*.4", steps=True, on=0, back=0.02),
    ),
    anywhere="CUSTOMER_CALL; STATUS_VIEWED",
    noise=0.06,
)

FITNESS = Business(
    "fitness",
    (
        Part("install", "AppInstalled; OnboardingStarted*.9; GoalChosen*.8; OnboardingFinished*.7", steps=True, on=0.7),
        Part(
            "first workouts",
            "WorkoutPreviewed*2; WorkoutStarted*3; WorkoutFinished*2.2; TimerPaused",
            wander=5,
            on=0.55,
            back=0.02,
            pause=3,
        ),
        Part(
            "paywall",
            "PaywallShown; TariffCompared*.5; PromoApplied*.2; PaymentSheetOpened*.6; SubscriptionBought*.5",
            steps=True,
            on=0.6,
            back=0.2,
            pause=1,
        ),
        Part(
            "habit",
            "PlanOpened*3; PlanDayDone*4; StreakReached*.8; WeightLogged*1.5; CoachMessageSent*.6",
            wander=14,
            on=0.5,
            back=0,
            pause=20,
        ),
        Part("share", "ProgressShared; FriendInvited*.5; AppRated*.4", steps=True, on=0.6, back=0.2, pause=10),
        Part("renew", "RenewalReminderShown; SubscriptionRenewed*.7; SubscriptionPaused*.15", steps=True, on=0, back=0),
    ),
    anywhere="SettingsOpened; PushOpened",
    noise=0.05,
    stray=0.08,
)

FURNITURE = Business(
    "furniture",
    (
        Part("come", "homepage*4; newsletter_landing; sale_banner", wander=1.5, on=0.7, back=0, skip=0.15),
        Part("browse", "category_list*4; site_search*2; sort_applied; room_ideas*.8", wander=3, on=0.72, back=0.12),
        Part(
            "look closer",
            "item_page*5; item_photos*2; item_reviews; dimensions_opened; fabric_samples*.4; add_favourite*.7",
            wander=4,
            on=0.4,
            back=0.4,
        ),
        Part("bag", "bag_add*3; bag_view*2.5; bag_remove*.8; coupon_entered*.5", wander=2, on=0.5, back=0.35),
        Part(
            "order",
            "guest_or_login; address_form; delivery_slot*1.2; pay_form; pay_declined*.3",
            wander=5,
            on=0.6,
            back=0.2,
        ),
        Part("bought", "order_placed; receipt_page*.9; assembly_service_added*.2", steps=True, on=0, back=0.1),
    ),
    anywhere="store_locator; chat_opened; page_not_found",
    noise=0.06,
    again=0.35,
    stray=0.15,
)

BOOKS = Business(
    "books",
    (
        Part("enter", "Главная*3; Подборка недели*1.5; Письмо: переход", wander=1.5, on=0.75, back=0, skip=0.1),
        Part("search", "Поиск книги*3; Раздел каталога*3; Фильтр по автору; Фильтр по жанру", wander=3, back=0.1),
        Part(
            "choose",
            "Карточка книги*5; Читать фрагмент*1.2; Отзывы читателей*1.4; Отложил книгу; Похожие книги*1.3",
            wander=4,
            on=0.4,
            back=0.4,
        ),
        Part("basket", "В корзину*3; Корзина*2.5; Удалил из корзины*.6", wander=2, on=0.5, back=0.35),
        Part(
            "checkout",
            "Оформление: контакты; Оформление: пункт выдачи; Оформление: оплата; Ошибка оплаты*.2; Применил промокод*.5",
            wander=4,
            on=0.6,
            back=0.2,
        ),
        Part("bought", "Заказ оплачен; Чек отправлен*.9", steps=True, on=0.9, back=0.05, pause=2),
        Part("receive", "Заказ собран*.9; Заказ в пункте выдачи; Заказ получен*.95", steps=True, on=0, back=0),
    ),
    anywhere="Личный кабинет; Вопрос в чате",
    noise=0.06,
    again=0.3,
    stray=0.15,
)

DEVELOPED_ON = (SOFTWARE_TRIAL, CLINIC, LOAN, MEALS, MACHINES, FURNITURE)
HELD_OUT = (HELP_LINE, SCHOOL, HOTELS, CLAIMS, FITNESS, BOOKS)
