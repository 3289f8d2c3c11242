"""SentiRuEval-2015, used to measure only: its terms allow research, not weights that ship."""

import gzip
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tropa.texts.clauses import Span, clauses, sentences

KEYS = {
    "restaurant": {
        "Food": "restaurant_kitchen menu portions drinks freshness breakfast hotel_restaurant product_quality",
        "Service": "waiter kitchen_speed staff reception_desk waiting booking manager banquet support order queue",
        "Interior": "interior atmosphere cleanliness noise view kids_area room",
        "Price": "price bill price_tag fees charges",
        "Whole": "company location repeat_order recommendation visit",
    },
    "car": {
        "Driveability": "car_driveability test_drive",
        "Comfort": "car_comfort noise interior",
        "Reliability": "car_reliability repair_quality product_quality stability",
        "Costs": "car_costs price spare_parts service_maintenance fees",
        "Appearance": "car_appearance",
        "Safety": "car_safety",
        "Whole": "company recommendation",
    },
}


@dataclass(frozen=True, slots=True)
class Aspect:
    """A term under a span of the review: its category and the sentiment toward it."""

    span: Span
    category: str
    sentiment: str


@dataclass(frozen=True, slots=True)
class Review:
    """A review and its terms that are relevant (mark Rel)."""

    text: str
    aspects: tuple[Aspect, ...]

    def said(self) -> list[tuple[str, tuple[Aspect, ...]]]:
        """Sentences with the aspects that begin in them."""
        return [
            (span.of(self.text), tuple(one for one in self.aspects if span.start <= one.span.start < span.end))
            for span in sentences(self.text)
        ]

    def clause_of(self, aspect: Aspect) -> str:
        """The clause that a term begins in, else the term."""
        for span in clauses(self.text):
            if span.start <= aspect.span.start < span.end:
                return span.of(self.text)
        return aspect.span.of(self.text)


def reviews(folder: Path, kind: str) -> list[Review]:
    """The training part of `restaurant` or `car`; nothing where it does not lie in the folder."""
    path = folder / f"sentirueval_{kind}_train.xml.gz"
    if not path.is_file():
        return []
    with gzip.open(path) as opened:
        root = ET.parse(opened).getroot()  # noqa: S314 - a file that the person put there
    return [
        Review(
            one.findtext("text") or "",
            tuple(
                Aspect(
                    Span(int(aspect.attrib["from"]), int(aspect.attrib["to"])),
                    aspect.attrib["category"],
                    aspect.attrib["sentiment"],
                )
                for aspect in one.iter("aspect")
                if aspect.get("mark") == "Rel"
            ),
        )
        for one in root.iter("review")
    ]


def sentiment_of(aspects: tuple[Aspect, ...]) -> int | None:
    """0 negative, 1 neutral (or no aspect), 2 positive; None where both are said."""
    said = {one.sentiment for one in aspects}
    if "both" in said or {"positive", "negative"} <= said:
        return None
    return 2 if "positive" in said else 0 if "negative" in said else 1
