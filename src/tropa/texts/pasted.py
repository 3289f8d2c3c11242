"""Reviews pasted into a text file, whatever parts them: lines, blank lines, dashes, numbers, stars, dates and names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tropa.texts.moments import CLOCK, DATE, Moments

_RULE = re.compile(r"\s*(?:[-–—_=*#~•·+]\s?){3,200}\s*")
_NUMBERED = re.compile(
    r"\s{0,8}(?:[№#]\s?|(?:отзыв|review|комментарий|comment|ответ|answer)\s*[№#]?\s*)?(\d{1,5})(?:[.):]|\s*[-–—])?(?:\s+|$)(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER_SIGN = re.compile(
    r"\s{0,8}(?:[№#]|(?:отзыв|review|комментарий|comment|ответ|answer)\b|\d{1,5}(?:[.)]|\s*$))", re.IGNORECASE
)
_BULLET = re.compile(r"\s{0,8}(?:[-–—•·‣▪●○*+>]|\u2013)\s{1,4}(?=\S)")
_STARS = re.compile(r"[★⭐🌟✭✮]\ufe0f?")
_EMPTY_STARS = re.compile(r"[☆✩]")
_OF = re.compile(
    r"(?:(?:моя\s+)?(?:общая\s+)?(?:оценка|рейтинг|rating|score|stars?|rated)\s*[:=–—-]?\s*)?"
    r"(\d{1,2}(?:[.,]\d)?)\s*(?:/|из|out of|of)\s*(5|10)(?!\d)"
    r"(?:\s*(?:зв[её]зд\w*|stars?|балл\w*))?",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?:(?:моя\s+)?(?:общая\s+)?(?:оценка|рейтинг|rating|score)\s*[:=–—-]?\s*([1-5])(?![\d/.,])"
    r"|([1-5])\s*(?:зв[её]зд\w*|stars?\b))",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b{DATE}(?:[,\s]+(?:в\s+)?{CLOCK})?", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:(?:\d{1,2}|a|an|один|одну)?\s*(?:минут\w*|час\w*|дн\w+|день|недел\w+|месяц\w*|год\w*|лет"
    r"|minutes?|hours?|days?|weeks?|months?|years?)\s+(?:назад|ago)|вчера|сегодня|yesterday|today)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][^\W_'’-]*(?:['’.-][^\W\d_]*)*|[A-Za-z]\w+|\w+\d+)")
_LABELLED_NAME = re.compile(r"\s*(?:автор|имя|пользователь|author|name|by|от)\s*[:–—-]\s*.{1,60}", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:отзыв(?:\s+полезен)?|полезн\w*|ответить|пожаловаться|подписчик\w*|знаток\w*|местный эксперт"
    r"|helpful|report|reply"
    r"|verified purchase|куплен\w*|показать (?:полностью|ещ[её])|читать (?:полностью|дальше)|read more)"
    r"(?:[\s:?·•—–-]*(?:\d+|да|нет|yes|no))*[\s.?!…]*",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?:local guide\b|знаток\s|местный эксперт).{0,60}"
    r"|\d{1,6}\s+(?:отзыв\w*|оцен\w+|reviews?|ratings?|photos?)(?:\W.{0,40})?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:#+\s*)?(?:отзывы|комментарии|reviews|comments|feedback)\b[^.!?…]{0,80}:?", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*(?P<name>достоинства|недостатки|плюсы|минусы|преимущества|комментарий|отзыв|pros|cons|advantages|disadvantages|comment)\s*[:—–-]",
    re.IGNORECASE,
)
_HEAD_LENGTH = 90  # code points of a line that may hold stars, a date and a name
_NAME_WORDS = 3
_TERMINAL = re.compile(r"[.!?…:;)\]»\"”*)]\s*$")
_WRAPPED = 0.6
_FEWEST = 2
_MANY = 8  # lines without a blank one between them: more than one review has


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review: `line` is its first line; `rating` on 1…`best`; `time` in ISO, '' where no date stands beside it."""

    line: int
    text: str
    rating: str = ""
    best: int = 5
    time: str = ""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a line that is no words of the review says about it."""

    rating: str = ""
    best: int = 5
    date: str = ""
    rest: str = ""  # what could be a name

    @property
    def begins(self) -> bool:
        return bool(self.rating or self.date)


@dataclass(slots=True)
class _Block:
    first: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    heads: list[_Head] = field(default_factory=list)


def reviews_in(lines: Sequence[str]) -> tuple[Review, ...]:
    """Every review with its mark and date, in order; a text without parts is one review.

    Reviews are parted by the first of these that the text has: lines of dashes, numbers that count on, bullets, lines
    with stars or dates, blank lines, ends of lines. Names beside them are left out: they are personal data.
    """
    numbered = [(number, line.replace("\ufeff", "")) for number, line in enumerate(lines, 1)]
    filled = [(number, line) for number, line in numbered if line.strip()]
    if not filled:
        return ()
    if len(filled) > _FEWEST and _TITLE.fullmatch(filled[0][1].strip()[:120]):
        numbered = numbered[filled[0][0] :]
    blocks = next(filter(None, (way(numbered) for way in _WAYS)), None) or [filled]
    signed = _signed(blocks)
    found = [_block(block, names=signed) for block in blocks]
    moments = Moments([head.date for block in found for head in block.heads if head.date])
    return tuple(review for block in found for review in _review(block, moments))


Numbered = Sequence[tuple[int, str]]
Blocks = list[Numbered]


def _by_rules(lines: Numbered) -> Blocks | None:
    cuts = [place for place, (_, line) in enumerate(lines) if _RULE.fullmatch(line[:400])]
    return _cut(lines, cuts, keep=False) if cuts and len(_filled(lines)) > len(cuts) else None


def _by_numbers(lines: Numbered) -> Blocks | None:
    """1. … 2. … 3. …: numbers that count on, and most of the text behind them."""
    places: list[int] = []
    following = None
    for place, (_, line) in enumerate(lines):
        found = _NUMBERED.fullmatch(line[:400]) if _NUMBER_SIGN.match(line[:60]) else None
        if found and (following is None or int(found[1]) == following):
            places.append(place)
            following = int(found[1]) + 1
    if len(places) < _FEWEST or places[0] > len(lines) / 3:
        return None
    plain = [(n, _unnumbered(line) if place in set(places) else line) for place, (n, line) in enumerate(lines)]
    return _cut(plain, places, keep=True)


def _unnumbered(line: str) -> str:
    found = _NUMBERED.fullmatch(line[:400])
    return line if found is None else found["text"] + line[400:]


def _by_bullets(lines: Numbered) -> Blocks | None:
    places = [place for place, (_, line) in enumerate(lines) if _BULLET.match(line[:20])]
    firsts = [place for place, (_, line) in enumerate(lines) if line.strip()]
    if len(places) < _FEWEST or len(places) < 0.5 * len(firsts) or places[0] > firsts[min(2, len(firsts) - 1)]:
        return None
    bare = set(places)
    plain = [(n, _BULLET.sub("", line, count=1) if place in bare else line) for place, (n, line) in enumerate(lines)]
    return _cut(plain, places, keep=True)


def _by_heads(lines: Numbered) -> Blocks | None:
    """A line with stars or a date, names and other heads beside it, begins each review; or ends it."""
    heads = [place for place, (_, line) in enumerate(lines) if (head := _head(line)) and head.begins]
    if len(heads) < _FEWEST:
        return None
    filled = [place for place, (_, line) in enumerate(lines) if line.strip()]
    if filled[-1] == heads[-1] and not _is_head(lines[filled[0]][1]) and not _is_name(lines[filled[0]][1]):
        # heads stand under their reviews
        return _cut(lines, [0, *(place + 1 for place in heads)], keep=True)
    starts: list[int] = []
    for place in heads:
        start = place
        while start > 0 and _is_about(lines[start - 1][1]):
            start -= 1
        if not starts or start > starts[-1]:
            starts.append(start)
    starts = [s for n, s in enumerate(starts) if n == 0 or any(_says(line) for _, line in lines[starts[n - 1] : s])]
    return _cut(lines, starts, keep=True) if len(starts) >= _FEWEST else None


def _by_fields(lines: Numbered) -> Blocks | None:
    """«Достоинства: … Недостатки: …»: the field that comes first begins each review."""
    named = [
        (place, found["name"].lower()) for place, (_, line) in enumerate(lines) if (found := _FIELD.match(line[:60]))
    ]
    places = [place for place, name in named if name == named[0][1]]
    return _cut(lines, places, keep=True) if len(places) >= _FEWEST else None


def _by_blanks(lines: Numbered) -> Blocks | None:
    blocks: Blocks = []
    present: list[tuple[int, str]] = []
    for one in lines:
        if one[1].strip():
            present.append(one)
        elif present:
            blocks.append(present)
            present = []
    if present:
        blocks.append(present)
    if len(blocks) < _FEWEST:
        return None
    return [part for block in blocks for part in (_by_lines(block) if len(block) >= _MANY else None) or [block]]


def _by_lines(lines: Numbered) -> Blocks | None:
    """One review a line, unless the lines are one text that was broken to fit a page."""
    filled = _filled(lines)
    going_on = sum(
        not _TERMINAL.search(above[-40:]) and below.lstrip()[:1].islower()
        for (_, above), (_, below) in pairwise(filled)
    )
    if len(filled) < _FEWEST or going_on > _WRAPPED * (len(filled) - 1):
        return None
    return [[one] for one in filled]


_WAYS = (_by_rules, _by_numbers, _by_bullets, _by_heads, _by_fields, _by_blanks, _by_lines)


def _filled(lines: Numbered) -> list[tuple[int, str]]:
    return [one for one in lines if one[1].strip()]


def _cut(lines: Numbered, places: Sequence[int], *, keep: bool) -> Blocks:
    """The lines cut at these places; the cutting line itself is kept or not. What stands before the first is kept."""
    edges = [0, *places, len(lines)]
    parts = [
        lines[start + (0 if keep or number == 0 else 1) : end] for number, (start, end) in enumerate(pairwise(edges))
    ]
    return [filled for part in parts if (filled := _filled(part))]


def _signed(blocks: Blocks) -> bool:
    """Most blocks of several lines begin with a line that could be a name."""
    longer = [block for block in blocks if len(block) > 1]
    return len(longer) >= _FEWEST and sum(_is_name(block[0][1]) for block in longer) >= 0.8 * len(longer)


def _block(lines: Numbered, *, names: bool) -> _Block:
    block = _Block(lines[0][0])
    for place, (number, line) in enumerate(lines):
        head = _head(line)
        near = place == 0 or not block.lines
        if head is not None and (head.begins or near):
            block.heads.append(head)
        elif (
            near and len(lines) > place + 1 and (names or block.heads or _follows_head(lines, place)) and _is_name(line)
        ):
            block.heads.append(_Head())
        elif not _is_furniture(line):
            head, rest = _leading(line)
            if head is not None:
                block.heads.append(head)
            block.lines.append((number, rest))
    return block


def _follows_head(lines: Numbered, place: int) -> bool:
    return place + 1 < len(lines) and _is_head(lines[place + 1][1])


def _review(block: _Block, moments: Moments) -> Iterator[Review]:
    text = "\n".join(line.strip() for _, line in block.lines).strip()
    rated = next((head for head in block.heads if head.rating), _Head())
    date = next((head.date for head in block.heads if head.date), "")
    if not text:  # «★★★★★ Супер»: the one word is no name then
        text = next((head.rest for head in block.heads if head.rest), "")
    if text or rated.rating:
        line = block.lines[0][0] if block.lines else block.first
        yield Review(line=line, text=text, rating=rated.rating, best=rated.best, time=moments.iso(date) or "")


def _says(line: str) -> bool:
    return bool(line.strip()) and not _is_about(line)


def _is_about(line: str) -> bool:
    """A line beside a review that holds no words of it."""
    return _is_head(line) or _is_name(line) or _is_furniture(line)


def _is_furniture(line: str) -> bool:
    """What a site writes around reviews: «Полезно? Да 3», “Local Guide · 34 reviews”."""
    plain = line.strip()[:100]
    return bool(plain) and (_FURNITURE.fullmatch(plain) or _PROFILE.fullmatch(plain)) is not None


def _is_head(line: str) -> bool:
    return _head(line) is not None


def _head(line: str) -> _Head | None:
    """What a line says, if it holds nothing but a mark, a date and a name."""
    if len(line) > _HEAD_LENGTH or not line.strip():
        return None
    if _LABELLED_NAME.fullmatch(line):
        return _Head()
    rest, head = _marked(line)
    left = [word for word in re.split(r"[\s,;|/·•—–()\[\]:-]+", rest) if word]
    if not (head.rating or head.date or rest != line):
        return None
    if left and not (_is_name(" ".join(left)) and len(left) <= _NAME_WORDS):
        return None
    return _Head(head.rating, head.best, head.date, " ".join(left))


def _marked(line: str) -> tuple[str, _Head]:
    """The line without mark and date, and these."""
    rating, best, date = "", 5, ""
    if stars := _STARS.findall(line):
        rest = _EMPTY_STARS.sub(" ", _STARS.sub(" ", line))
        rating = str(len(stars)) if len(stars) <= best else ""
        rest = rest.replace("\ufe0f", "")
    elif found := (_OF.search(line) or _MARK.search(line)):
        rating = (found[1] or found[2]).replace(",", ".")
        best = int(found[2]) if found.re is _OF else 5
        rest = line[: found.start()] + " " + line[found.end() :]
    else:
        rest = line
    rest = re.sub(r"\b(?:оценка|рейтинг|rating|дата|date)\s*[:=]", " ", rest, flags=re.IGNORECASE)
    if found := _DATE.search(rest):
        date = found.group()
        rest = rest[: found.start()] + " " + rest[found.end() :]
    elif found := _AGO.search(rest):
        rest = rest[: found.start()] + " " + rest[found.end() :]
    return rest, _Head(rating, best, date)


def _leading(line: str) -> tuple[_Head | None, str]:
    """Stars or a date at the beginning or the end of the review's own line: «★★★☆☆ Долго везли»."""
    found = re.match(r"\s*((?:[★⭐🌟✭✮☆✩]\ufe0f?\s?){1,10}|[1-5]\s?/\s?5\b)[\s—–:.-]*", line[:60])
    if found is None:
        ended = re.search(r"\s((?:[★⭐🌟✭✮☆✩]\ufe0f?\s?){2,10})\s*$", line[-40:])
        if ended is None:
            return None, line
        return _marked(ended[1])[1], line[: len(line) - len(ended.group())].rstrip()
    return _marked(found[1])[1], line[found.end() :]


def _is_name(line: str) -> bool:
    """«Марина К.», «user123»: up to three capitalised words and no sentence."""
    plain = line.strip(" \t*_—–-,")
    words = plain.split()
    if not words or len(words) > _NAME_WORDS or len(plain) > 40 or plain[-1:] in "!?…":
        return False
    if plain.endswith(".") and not re.search(r"\b[^\W\d_]\.$", plain):
        return False
    return all(_NAME.fullmatch(word) and (word[:1].isupper() or any(map(str.isdigit, word))) for word in words)


def paragraphs(lines: Sequence[str]) -> tuple[Review, ...]:
    """The paragraphs of a note or a letter: parted by blank lines, else by ends of lines; bullets are taken away."""
    numbered = [(number, _BULLET.sub("", line, count=1)) for number, line in enumerate(lines, 1)]
    blocks = _by_blanks(numbered) or _by_lines(numbered) or [_filled(numbered)]
    parts = [part for block in blocks for part in (_by_lines(block) or [block])]
    return tuple(Review(line=part[0][0], text="\n".join(line.strip() for _, line in part)) for part in parts if part)
