import pytest

from builders.people import a_person, population
from tropa.analysis import variants as module
from tropa.analysis.variants import VariantQuery, variants
from tropa.errors import InvalidQueryError
from tropa.events.places import EventNames, every_event_name


def asked(log, top=20, *, collapse=True):
    result = variants(log, VariantQuery(every_event_name(log), top, collapse))
    return [("".join(log.event.values[c] for c in one.path), one.persons) for one in result.variants], result


def test_equal_paths_are_counted_together_most_common_first():
    log = population(a_person("1").did("b"), a_person("2").did("a", "b"), a_person("3").did("a", "a", "b"))
    paths, result = asked(log)

    assert paths == [("ab", 2), ("b", 1)]
    assert (result.different, result.of) == (2, 3)
    assert asked(log, collapse=False)[0][0] == ("b", 1)


def test_only_the_most_common_are_told():
    log = population(*(a_person(str(i)).did(*"ab"[: 1 + i % 2]) for i in range(5)), a_person("x").did("b"))

    assert asked(log, top=1)[0] == [("a", 3)]


def test_a_collision_of_hashes_does_not_merge_paths(monkeypatch):
    monkeypatch.setattr(module, "_hash_of", module.kernel(everyone_alike))
    monkeypatch.setenv("TROPA_INTERPRET", "1")
    log = population(*(a_person(f"{p}{i}").did(*p) for p in ("ab", "ba", "abc", "a") for i in range(len(p))))
    paths, result = asked(log)

    assert dict(paths) == {"ab": 2, "ba": 2, "abc": 3, "a": 1}
    assert result.different == 4


def everyone_alike(_first, _last, _codes, _table, _collapse):
    return 7


def test_units_that_meet_no_place_have_no_path():
    log = population(a_person("1").did("a"), a_person("2").did("noise"))
    result = variants(log, VariantQuery(EventNames((("a",),))))

    assert (result.of, len(result.variants)) == (1, 1)


def test_nobody_takes_no_path():
    assert asked(population())[0] == []


def test_no_paths_cannot_be_asked_for():
    with pytest.raises(InvalidQueryError, match="At least one path"):
        VariantQuery(EventNames(()), top=0)
