import gzip

import pytest

from tropa.domain.text import Language
from tropa.errors import InvalidQueryError
from tropa.simulate.story import STORIES, simulate


@pytest.fixture(scope="module", params=list(Language))
def small(request):
    return simulate("plants", language=request.param, seed=7, scale=0.02)


def test_the_same_seed_gives_the_same_bytes(small):
    language = Language.RU if "заказы.csv" in small.files else Language.EN
    again = simulate("plants", language=language, seed=7, scale=0.02)
    assert dict(again.files) == dict(small.files)
    assert again.truth == small.truth


def test_another_seed_gives_other_customers(small):
    language = Language.RU if "заказы.csv" in small.files else Language.EN
    other = simulate("plants", language=language, seed=8, scale=0.02)
    assert other.files["events.csv.gz"] != small.files["events.csv.gz"]


def test_the_truth_is_not_among_the_files(small):
    assert not any("truth" in name for name in small.files)
    codes = (b'"P1"', b"planted", b"decoy")
    texts = [gzip.decompress(data) if name.endswith(".gz") else data for name, data in small.files.items()]
    assert not any(code in text for text in texts for code in codes)


def test_the_diary_names_dates_and_never_a_cause(small):
    name = next(name for name in small.files if name in {"изменения.csv", "changes.csv"})
    diary = small.files[name].decode("cp1251" if name == "изменения.csv" else "utf-8")
    assert len(diary.splitlines()) >= 10
    assert not any(word in diary.lower() for word in ("последн", "смс", "памятк", "климат", "last step", "surcharge"))
    assert "%Y" not in diary


def test_six_interviews_are_dialogues_of_fifteen_lines_or_more(small):
    talks = [data.decode() for name, data in small.files.items() if name.startswith("interview_")]
    assert len(talks) == 6
    assert all(15 <= len([line for line in talk.splitlines() if line.strip()]) <= 30 for talk in talks)
    assert len(set(talks)) == 6


def test_a_customer_of_the_order_book_is_known_to_the_site(small):
    log = gzip.decompress(small.files["events.csv.gz"]).decode()
    people = {line.split(",", 1)[0] for line in log.splitlines()[1:]}
    name, encoding, delimiter = (
        ("заказы.csv", "cp1251", ";") if "заказы.csv" in small.files else ("orders.csv", "utf-8", ",")
    )
    book = small.files[name].decode(encoding).splitlines()
    assert book[1:]
    assert {line.split(delimiter)[1] for line in book[1:]} <= people


def test_an_unknown_story_is_named_with_those_there_are():
    with pytest.raises(InvalidQueryError, match="plants"):
        simulate("dragons", language=Language.EN, seed=1)
    assert STORIES[0] == "plants"


@pytest.mark.parametrize("scale", [0, -1, 11, float("nan")])
def test_a_scale_must_be_sensible(scale):
    with pytest.raises(InvalidQueryError, match="scale"):
        simulate("plants", language=Language.EN, seed=1, scale=scale)
