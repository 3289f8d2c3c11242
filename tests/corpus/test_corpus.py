"""How many columns of real exports' heads are understood without asking; a wrong role is worse than a question."""

import pytest

from corpus.export_heads import heads, score


@pytest.mark.parametrize("part", ["known", "heldout", "unseen"])
def test_roles_are_right_without_asking(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    total = score(part)
    with capsys.disabled():
        asked, missing = total.outcomes["asked"], total.outcomes["missing"]
        print(
            f"\n{part}: {len(heads(part))} heads, {total.total} roles: {total.share('right'):.3f} right without asking, "
            f"{total.share('wrong'):.3f} wrong, {asked} asked, {missing} missing"
        )
    assert total.share("right") >= 0.9, "\n".join(total.notes)
    assert total.share("wrong") <= 0.03, "\n".join(total.notes)


def test_the_corpus_is_wide_enough() -> None:
    assert len(heads("known")) + len(heads("heldout")) >= 40
    assert len(heads("heldout")) * 2.6 >= len(heads("known"))
