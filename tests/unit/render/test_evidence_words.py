from builders.pieces import a_duration, a_quote, a_share, voices
from tropa.domain.evidence import Unit
from tropa.domain.text import Language
from tropa.render.evidence_words import facts, figure, is_worse_when_higher, sentence

RU, EN = Language.RU, Language.EN


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_measurement_is_a_sentence_with_its_denominator_interval_and_window() -> None:
    share = a_share(
        "m", 3_989, 8_310, query={"analysis": "funnel", "window_seconds": 604_800, "semantics": "any_start"}
    )
    told = plain(sentence(share, RU))
    assert (
        told == "Из 8 310 клиентов 1 августа – 31 октября 2025 года 3 989 (48 %; 46,9–49,1) не пошли дальше за 7 дней"
    )
    assert "Of 8,310 customers" in plain(sentence(share, EN))


def test_a_small_measurement_has_no_per_cent_at_all() -> None:
    share = a_share("m", 7, 20)
    assert "%" not in sentence(share, RU)
    assert plain(figure(share, RU)) == "7 из 20"


def test_words_of_the_analysis_come_first_where_it_has_them() -> None:
    from builders.pieces import t

    assert plain(sentence(a_share("m", 70, 200, note=t("Семеро из двадцати", "Seven")), RU)) == "Семеро из двадцати"


def test_a_time_names_the_half_that_is_quicker() -> None:
    assert plain(sentence(a_duration("w", 360, 400, metric="wait"), RU)).startswith("Половина ждёт меньше, чем 6 мин (")


def test_a_metric_of_an_unexpected_unit_still_reads() -> None:
    import dataclasses

    odd = dataclasses.replace(a_duration("w", 360, 400), metric="conversion")
    assert "6 мин" in plain(sentence(odd, RU))


def test_voices_are_counted_of_all_who_spoke() -> None:
    assert plain(sentence(voices("q", 21, 1_912, a_quote("Долго")), RU)).startswith("Об этом 21 голос из 1 912")


def test_facts_name_sample_interval_period_baseline_and_source() -> None:
    names = [fact.name for fact in facts(a_share("m", 400, 1_000, was=(300, 900)), EN)]
    assert names == ["Sample", "Interval", "Period", "Baseline", "Source"]


def test_good_and_bad_follow_the_meaning_and_not_the_direction() -> None:
    assert is_worse_when_higher("drop_off", Unit.SHARE)
    assert is_worse_when_higher("anything", Unit.SECONDS)
    assert not is_worse_when_higher("conversion", Unit.SHARE)
    assert not is_worse_when_higher("process_share", Unit.SHARE)
