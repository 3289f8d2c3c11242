"""The lexicon's verdicts against SentiRuEval-2015 (evaluated only): real reviews of restaurants and cars."""

import gzip
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tropa.texts.clauses import clauses
from tropa.texts.sentiment import is_negative

VOICE = Path(__file__).parents[4] / "shared" / "data" / "voice"
pytestmark = pytest.mark.skipif(not VOICE.is_dir(), reason="needs ../shared/data/voice")


def verdicts(domain: str) -> list[tuple[str, bool | None]]:
    """(marked polarity of an aspect, what its clause seems to say), for aspects that praise or blame."""
    root = ET.fromstring(gzip.decompress((VOICE / f"sentirueval_{domain}_train.xml.gz").read_bytes()))
    found = []
    for review in root.findall("review"):
        text = review.findtext("text") or ""
        spans = clauses(text)
        said = {span: is_negative(span.of(text)) for span in spans}
        for aspect in review.iter("aspect"):
            start = int(aspect.get("from", -1))
            around = next((span for span in spans if span.start <= start < span.end), None)
            if around and aspect.get("sentiment") in {"positive", "negative"}:
                found.append((aspect.get("sentiment", ""), said[around]))
    return found


@pytest.mark.parametrize(("domain", "complaints", "praise"), [("restaurant", 0.78, 0.95), ("car", 0.86, 0.9)])
def test_what_is_called_a_complaint_or_praise_mostly_is(
    domain: str, complaints: float, praise: float, capsys: pytest.CaptureFixture[str]
) -> None:
    found = verdicts(domain)
    negative = [mark == "negative" for mark, said in found if said is True]
    positive = [mark == "positive" for mark, said in found if said is False]
    right = sum(negative) / len(negative), sum(positive) / len(positive)
    heard = (len(negative) + len(positive)) / len(found)
    with capsys.disabled():
        print(f"\n{domain}: complaints right {right[0]:.2f}, praise right {right[1]:.2f}, decided {heard:.2f}")
    assert right[0] >= complaints
    assert right[1] >= praise
    assert heard >= 0.5
