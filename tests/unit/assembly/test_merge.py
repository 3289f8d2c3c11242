from dataclasses import replace
from datetime import date

from tropa.assembly.deletions import generated_records, with_deletions_noted
from tropa.assembly.merge import has_own_structure, merge
from tropa.domain.evidence import Flag, Measurement, Unit
from tropa.domain.generated import Generated
from tropa.domain.journeymap import (
    Author,
    BusinessModel,
    Card,
    Goal,
    JourneyMap,
    Lane,
    LaneKind,
    Match,
    Removed,
    Severity,
    Stage,
    Statement,
    Touchpoint,
)
from tropa.domain.period import Period
from tropa.domain.text import Language, Text

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def a_figure(count: int, *, query_hash: str | None = None) -> Measurement:
    return Measurement(
        key="e1",
        metric="conversion",
        unit=Unit.SHARE,
        value=count / 100,
        count=count,
        of=100,
        period=MARCH,
        query_hash=query_hash,
    )


def a_card(key: str = "barrier.cart", words: str = "Уходят на доставке", *, count: int = 40, fact: str = "f1") -> Card:
    text = Text(ru=words, en=f"en {words}")
    base = Generated(by=f"finding:{key}", text=text, stage="cart", lane="barrier", order="a0", fact=fact)
    return Card(
        key=key, lane="barrier", stage="cart", order="a0", text=text, generated=base, evidence=(a_figure(count),)
    )


def a_touchpoint(key: str, stage: str) -> Touchpoint:
    name = Text(ru=key)
    base = Generated(by=f"touchpoint:{key}", text=name, stage=stage, order="a0")
    return Touchpoint(key=key, name=name, match=Match(event=(key,)), persons=10, generated=base)


def a_stage(key: str, order: str, persons: int = 100) -> Stage:
    name = Text(ru=key)
    return Stage(
        key=key,
        order=order,
        name=name,
        persons=persons,
        touchpoints=(a_touchpoint(f"{key}_page", key),),
        generated=Generated(by=f"stage:{key}", text=name, order=order),
    )


def a_map(*cards: Card, persons: int = 100) -> JourneyMap:
    title = Text(ru="Путь")
    return JourneyMap(
        key="shop",
        title=title,
        generated=Generated(by="title", text=title),
        goal=Goal(text=Text(ru="Больше заказов")),
        model=BusinessModel.B2C,
        language=Language.RU,
        segment=None,
        persons=persons,
        provenance=None,
        stages=(a_stage("choice", "a0", persons), a_stage("cart", "a1", persons)),
        lanes=(Lane(key="barrier", kind=LaneKind.BARRIER, order="a0", name=Text(ru="Барьеры")),),
        cards=cards,
    )


def test_an_untouched_map_becomes_the_fresh_one() -> None:
    fresh = a_map(a_card(words="Другие слова", count=50), persons=200)
    assert merge(a_map(a_card()), fresh) == fresh


def test_a_persons_words_stay_and_figures_are_replaced() -> None:
    mine = replace(a_card(), text=Text(ru="Доставка видна поздно"), author=Author.PERSON)
    merged = merge(a_map(mine), a_map(a_card(count=50)))
    (card,) = merged.cards
    assert card.text == Text(ru="Доставка видна поздно")
    assert card.author is Author.PERSON
    assert card.evidence[0] == a_figure(50)
    assert card.generated == a_card().generated
    assert merged.proposals == ()


def test_a_changed_suggestion_over_edited_words_becomes_a_proposal_once() -> None:
    mine = replace(a_card(), text=Text(ru="Доставка видна поздно"))
    fresh = a_map(a_card(words="Уходят на оплате"))
    merged = merge(a_map(mine), fresh)
    (proposal,) = merged.proposals
    assert (proposal.record, proposal.field) == ("barrier.cart", "text")
    assert proposal.new == {"ru": "Уходят на оплате", "en": "en Уходят на оплате"}
    assert merge(merged, fresh).proposals == merged.proposals


def test_new_figures_in_the_words_are_no_new_suggestion() -> None:
    mine = replace(a_card(words="Уходят 40,1 % на доставке"), text=Text(ru="Моё"))
    assert merge(a_map(mine), a_map(a_card(words="Уходят 52 % на доставке"))).proposals == ()


def test_a_missing_language_counts_as_edited() -> None:
    mine = replace(a_card(), text=Text(ru="Уходят на доставке"))
    assert merge(a_map(mine), a_map(a_card())).cards[0].text == Text(ru="Уходят на доставке")


def test_a_deleted_card_stays_away_until_its_fact_changes() -> None:
    gone = replace(a_map(), removed=(Removed(key="barrier.cart", by="finding:barrier.cart"),))
    once = merge(gone, a_map(a_card()))
    assert once.cards == ()
    assert once.removed[0].fact == "f1"
    assert merge(once, a_map(a_card(count=70))).cards == ()
    back = merge(once, a_map(a_card(fact="f2")))
    assert [card.key for card in back.cards] == ["barrier.cart"]
    assert back.removed == ()


def test_a_card_deleted_by_hand_in_the_file_is_noticed() -> None:
    written = generated_records(a_map(a_card()))
    merged = merge(with_deletions_noted(a_map(), written), a_map(a_card()))
    assert merged.cards == ()
    assert merged.removed == (Removed(key="barrier.cart", by="finding:barrier.cart", fact="f1"),)


def test_a_moved_card_stays_where_a_person_put_it() -> None:
    mine = replace(a_card(), stage="choice", order="a5")
    merged = merge(merge(a_map(mine), a_map(a_card())), a_map(a_card()))
    assert (merged.cards[0].stage, merged.cards[0].order) == ("choice", "a5")


def test_a_severity_that_a_person_set_stays() -> None:
    base = replace(a_card().generated or Generated(by=""), severity="minor")
    generated = replace(a_card(), severity=Severity.MINOR, generated=base)
    mine = replace(generated, severity=Severity.CRITICAL)
    assert merge(a_map(mine), a_map(generated)).cards[0].severity is Severity.CRITICAL
    assert merge(a_map(generated), a_map(generated)).cards[0].severity is Severity.MINOR


def test_a_persons_own_card_stays_and_its_pinned_figure_is_asked_again() -> None:
    mine = Card(
        key="mine",
        lane="barrier",
        stage="cart",
        order="a9",
        text=Text(ru="Моё"),
        author=Author.PERSON,
        evidence=(a_figure(10, query_hash="q"),),
    )
    again = merge(a_map(mine), a_map(), remeasured={"q": a_figure(20, query_hash="q")})
    assert again.cards[0].evidence == (a_figure(20, query_hash="q"),)
    unreadable = merge(a_map(mine), a_map(), remeasured={"q": None})
    assert unreadable.cards[0].flags == (Flag.STALE,)
    assert unreadable.cards[0].evidence == (a_figure(10, query_hash="q"),)


def test_an_edited_card_whose_fact_is_gone_stays_as_stale_and_an_untouched_one_goes() -> None:
    mine = replace(a_card("barrier.mine"), text=Text(ru="Моё"))
    merged = merge(a_map(mine, a_card("barrier.other")), a_map())
    assert [card.key for card in merged.cards] == ["barrier.mine"]
    assert merged.cards[0].flags == (Flag.STALE,)


def test_names_and_order_of_stages_that_a_person_changed_stay() -> None:
    current = a_map()
    choice, cart = current.stages
    edited = replace(current, stages=(replace(choice, name=Text(ru="Выбираю"), order="a7"), cart))
    assert has_own_structure(edited)
    assert not has_own_structure(current)
    fresh_as_edited = a_map()
    renamed = replace(fresh_as_edited.stages[0], name=Text(ru="Выбираю"), order="a7")
    fresh = replace(
        fresh_as_edited,
        stages=(cart, replace(renamed, generated=Generated(by="stage:choice", text=Text(ru="Выбираю"), order="a7"))),
    )
    merged = merge(edited, fresh)
    assert merged.stage("choice") is not None
    stage = merged.stage("choice")
    assert stage is not None
    assert (stage.name, stage.order) == (Text(ru="Выбираю"), "a7")
    assert has_own_structure(merged), "the next build has to see that a person did it"


def test_a_touchpoint_in_another_stage_stays_there() -> None:
    current = a_map()
    choice, cart = current.stages
    moved = replace(
        current,
        stages=(replace(choice, touchpoints=()), replace(cart, touchpoints=(*cart.touchpoints, *choice.touchpoints))),
    )
    assert has_own_structure(moved)
    base = replace(choice.touchpoints[0].generated or Generated(by=""), stage="cart")
    fresh = replace(
        moved,
        stages=(
            replace(choice, touchpoints=()),
            replace(cart, touchpoints=(*cart.touchpoints, replace(choice.touchpoints[0], persons=77, generated=base))),
        ),
    )
    merged = merge(moved, fresh)
    homes = {one.key: (stage.key, one.persons) for stage in merged.stages for one in stage.touchpoints}
    assert homes["choice_page"] == ("cart", 77)
    assert has_own_structure(merged)


def test_a_card_of_a_stage_that_was_merged_away_finds_a_home() -> None:
    mine = replace(a_card(), text=Text(ru="Моё"), touchpoint="cart_page")
    choice, cart = a_map().stages
    one_stage = (replace(choice, touchpoints=(*choice.touchpoints, *cart.touchpoints)),)
    merged = merge(replace(a_map(mine), stages=one_stage), replace(a_map(), stages=one_stage))
    assert merged.cards[0].stage == "choice"


def test_an_edited_answer_keeps_its_words_and_takes_new_figures() -> None:
    def answered(words: str, count: int) -> JourneyMap:
        text = Text(ru=words)
        answer = Statement(text=text, evidence=(a_figure(count),), generated=Generated(by="answer", text=text))
        return replace(a_map(), goal=Goal(text=Text(ru="Больше заказов"), answer=answer))

    current = answered("Сорок из ста", 40)
    assert current.goal is not None
    assert current.goal.answer is not None
    mine = replace(current.goal.answer, text=Text(ru="Мои слова"))
    merged = merge(replace(current, goal=replace(current.goal, answer=mine)), answered("Пятьдесят из ста", 50))
    assert merged.goal is not None
    assert merged.goal.answer is not None
    assert merged.goal.answer.text == Text(ru="Мои слова")
    assert merged.goal.answer.evidence == (a_figure(50),)


def test_dismissals_titles_and_hidden_lanes_are_peoples() -> None:
    current = replace(a_map(), title=Text(ru="Моё имя"), lanes=(replace(a_map().lanes[0], hidden=True),))
    merged = merge(current, a_map())
    assert merged.title == Text(ru="Моё имя")
    assert merged.lanes[0].hidden
