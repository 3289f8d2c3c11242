"""What columns of reviews, surveys and conversations are called, beside what data_lexicon knows; * = any ending."""

from tropa.intake.data_lexicon import TEXT_PARTS

QUESTION_WORDS = (
    "что",
    "чем",
    "чего",
    "почему",
    "зачем",
    "расскажите",
    "опишите",
    "поделитесь",
    "what",
    "why",
    "describe",
    "tell",
)
"""Names that begin so are open questions, however short: «Что понравилось»."""
ONE_SIDED = (*TEXT_PARTS, "понравил*", "нравит*", "не хвата*", "улучш*", "измен*", "исправ*", "раздража*", "огорч*", "расстро*", "разочаров*",
             "improve*", "change*", "missing", "like*", "dislike*", "enjoy*", "best", "worst", "hate*", "frustrat*", "disappoint*")  # fmt: skip
"""Questions for what is good or what is bad only."""
NONE_OF_IT = frozenset((
    "нет", "нету", "не", "нашел", "нашла", "обнаружил", "обнаружила", "обнаружено", "выявлено", "отсутствуют", "пока", "никаких", "ничего", "заметил", "заметила",
    "none", "no", "nothing", "nope", "not", "found",
))  # fmt: skip
"""Words of a cell that says there are none: «Недостатки: не обнаружил»."""
ROLE = (
    "role", "роль", "author type", "sender type", "from type", "author role", "user type", "тип автора", "тип отправител*", "кто пишет", "кто написал", "кто говорит",
    "отправитель", "sender", "автор сообщения", "author", "автор", "direction", "сторона", "speaker", "спикер", "from", "от кого", "participant type", "sent by", "created by type",
)  # fmt: skip
CUSTOMERS = ("клиент*", "покупател*", "респондент*", "гость", "пациент*", "пользовател*", "абонент*", "заявител*",
             "customer*", "client*", "user*", "end user", "visitor*", "guest*", "respondent*", "requester*", "contact")  # fmt: skip
OTHERS_WHO_SPEAK = (
    "оператор*", "агент*", "менеджер*", "сотрудник*", "поддержк*", "администратор*", "интервьюер*", "модератор*", "бот", "робот", "система", "компания", "магазин", "специалист*", "консультант*",
    "operator*", "agent*", "manager*", "employee*", "support*", "admin*", "interviewer*", "moderator*", "bot", "system", "company", "staff", "rep", "assistant",
)  # fmt: skip
OBSERVATION_FILES = (
    "тайн* покупател*",
    "тайный покупатель",
    "наблюден*",
    "mystery*",
    "secret shopper*",
    "observation*",
    "field notes",
    "аудит точек",
    "дневник визит*",
    "визит тайн*",
)
"""What the company's own people saw and wrote down."""
LIKED = ("csat", "satisf*", "удовлетвор*", "доволь*")
"""Satisfaction by any name; other words of CSAT may be a review's stars, where nobody asks."""
SUBJECT = ("тема", "subject", "тема обращен*", "тема письма", "ticket subject")
"""A ticket's subject is the beginning of what was written; a review's title is not."""
WORD_MARKS = {
    5: "отлично, превосходно, великолепно, замечательно, прекрасно, супер, очень хорошо, отличная, отличный, очень доволен, очень довольна, "
    "полностью доволен, полностью довольна, очень удовлетворен, очень удовлетворена, полностью удовлетворен, полностью удовлетворена, "
    "полностью согласен, полностью согласна, абсолютно согласен, очень легко, очень просто, точно да, определенно да, "
    "excellent, outstanding, great, very good, very satisfied, extremely satisfied, completely satisfied, very happy, strongly agree, very easy, "
    "definitely, extremely likely, very likely",
    4: "хорошо, хорошая, хороший, неплохо, доволен, довольна, удовлетворен, удовлетворена, скорее доволен, скорее довольна, скорее удовлетворен, "
    "скорее удовлетворена, согласен, согласна, скорее согласен, скорее согласна, легко, просто, скорее легко, скорее да, скорее хорошо, "
    "good, satisfied, happy, somewhat satisfied, fairly satisfied, agree, somewhat agree, easy, somewhat easy, likely, probably",
    3: "нормально, средне, удовлетворительно, нейтрально, так себе, ни то ни се, приемлемо, ни доволен ни недоволен, ни да ни нет, "
    "average, neutral, ok, okay, fair, neither, so so, neither satisfied nor dissatisfied, neither agree nor disagree, neither easy nor difficult",
    2: "плохо, плохая, плохой, неудовлетворительно, недоволен, недовольна, не доволен, не довольна, не удовлетворен, не удовлетворена, "
    "скорее недоволен, скорее недовольна, скорее не удовлетворен, скорее не удовлетворена, не согласен, не согласна, скорее не согласен, "
    "скорее не согласна, сложно, трудно, скорее сложно, скорее трудно, скорее нет, скорее плохо, "
    "poor, bad, dissatisfied, unsatisfied, unhappy, not satisfied, somewhat dissatisfied, fairly dissatisfied, disagree, somewhat disagree, "
    "difficult, hard, somewhat difficult, unlikely",
    1: "ужасно, очень плохо, отвратительно, кошмар, ужас, очень недоволен, очень недовольна, совсем недоволен, совсем не доволен, "
    "крайне недоволен, крайне недовольна, полностью не удовлетворен, совсем не удовлетворен, полностью не согласен, совершенно не согласен, "
    "очень сложно, очень трудно, точно нет, определенно нет, "
    "terrible, awful, horrible, very poor, very bad, very dissatisfied, extremely dissatisfied, completely dissatisfied, very unhappy, "
    "strongly disagree, very difficult, very hard, extremely unlikely, very unlikely, definitely not",
}  # fmt: skip
"""What people say for a mark, by its step of 1–5."""
