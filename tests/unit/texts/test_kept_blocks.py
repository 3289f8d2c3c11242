from tropa.texts.kept_blocks import Block, fresh_text, refreshed_text

FIRST = (Block("intro", "Hello"), Block("guess:a", "A", returns=True), Block("whom", "Ask five"))


def refreshed(present: str, *blocks: Block) -> str:
    return refreshed_text(present, blocks, passing="guess:")


def test_untouched_blocks_are_written_anew() -> None:
    present = fresh_text(FIRST)
    assert refreshed(present, *FIRST) == present
    assert "Hi" in refreshed(present, Block("intro", "Hi"), *FIRST[1:])


def test_words_between_blocks_and_edited_blocks_stay() -> None:
    present = fresh_text(FIRST).replace("Hello", "Hello, team").replace("<!-- tropa whom", "Mine\n\n<!-- tropa whom")
    after = refreshed(present, Block("intro", "Hi"), FIRST[1], Block("whom", "Ask eight"))
    assert "Hello, team" in after
    assert "Mine" in after
    assert "Ask eight" in after
    assert "Hi\n" not in after


def test_a_checked_guess_goes_and_the_next_comes_in_its_place() -> None:
    after = refreshed(fresh_text(FIRST), FIRST[0], Block("guess:b", "B", returns=True), FIRST[2])
    assert "guess:a" not in after
    assert after.index("Hello") < after.index("guess:b") < after.index("Ask five")


def test_an_edited_guess_stays_after_it_was_checked() -> None:
    present = fresh_text(FIRST).replace("\nA\n", "\nA, and I asked Ann\n")
    assert "A, and I asked Ann" in refreshed(present, FIRST[0], FIRST[2])


def test_what_a_person_threw_out_stays_out() -> None:
    present = fresh_text((FIRST[0], FIRST[1]))
    assert "Ask five" not in refreshed(present, *FIRST)
    assert refreshed("All mine\n", *FIRST) == "All mine\n"
