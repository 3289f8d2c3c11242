"""What people take away: the memo, the plan, the funnel, the map as a document; the file's ending says which form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tropa.adapters.exports.document_docx import docx_of
from tropa.adapters.exports.document_pdf import pdf_of
from tropa.adapters.exports.plan_xlsx import funnel_workbook, plan_workbook
from tropa.adapters.exports.writing import write_whole
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.errors import ExportError, told
from tropa.intake.data_ownership import BUYERS
from tropa.intake.placed_rows import plain
from tropa.render.branding import Look
from tropa.render.takeaway.blocks import Document
from tropa.render.takeaway.class_page import buyers_of, class_page
from tropa.render.takeaway.memo import memo
from tropa.render.takeaway.plan import plan
from tropa.render.takeaway.whole import cover_of, whole

_NOBODY = "It is not said for whom the page is: --class."
Writer = Callable[[JourneyMap, Language], bytes]


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Writes in the first of its forms unless the file is named otherwise."""

    name: str
    forms: Mapping[str, Writer]

    @property
    def suffix(self) -> str:
        """The ending of the first form."""
        return f"{self.name}.{next(iter(self.forms))}"

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write one file; ExportError where its ending is of no form."""
        write = self.forms.get(target.suffix.casefold().removeprefix("."))
        if write is None:
            endings = [f".{one}" for one in self.forms]
            message = told("A {name} is not written as “{ending}”.", name=self.name, ending=target.suffix)
            raise ExportError(message, told("Name a file that ends with: {names}.", names=endings))
        return (write_whole(target, write(journey, language)),)


def memo_exporter(look: Look) -> TakeAway:
    """One page for a boss: DOCX, or PDF."""
    return TakeAway(
        "memo",
        {
            "docx": lambda journey, language: docx_of(memo(journey, language), look),
            "pdf": lambda journey, language: pdf_of(memo(journey, language), look),
        },
    )


def plan_exporter(look: Look) -> TakeAway:
    """30, 60 and 90 days: XLSX, or PDF."""
    return TakeAway(
        "plan",
        {
            "xlsx": lambda journey, language: plan_workbook(journey, language, look),
            "pdf": lambda journey, language: pdf_of(plan(journey, language), look),
        },
    )


def funnel_exporter(look: Look, segments: Sequence[JourneyMap]) -> TakeAway:
    """The funnel of communications: XLSX."""
    return TakeAway("funnel", {"xlsx": lambda journey, language: funnel_workbook(journey, language, look, segments)})


def class_page_exporter(look: Look, segments: Sequence[JourneyMap], buyer: str | None) -> TakeAway:
    """One page for a class of buyers: PDF, or DOCX."""

    def written(write: Callable[..., bytes]) -> Writer:
        def page(journey: JourneyMap, language: Language) -> bytes:
            return write(class_page(journey, _known(buyer, journey, segments), language, segments=segments), look)

        return page

    return TakeAway("class-page", {"pdf": written(pdf_of), "docx": written(docx_of)})


def _known(buyer: str | None, journey: JourneyMap, segments: Sequence[JourneyMap]) -> str:
    """The class as the map knows it: by its key or its name."""
    known = buyers_of(journey, segments)
    wanted = plain(buyer or "")
    found = next((key for key in known if wanted in {plain(key), *BUYERS.get(key, ())}), None)
    if found is None:
        message = told("The map has no class of buyers “{name}”.", name=buyer) if buyer else _NOBODY
        hint = told("Classes: {names}.", names=list(known)) if known else "Name a table of benefits under `fab`."
        raise ExportError(message, hint)
    return found


def document_exporter(look: Look) -> TakeAway:
    """The map as a document: DOCX, or PDF."""

    def written(write: Callable[..., bytes]) -> Writer:
        return lambda journey, language: write(
            _whole(journey, language, look), look, cover=cover_of(journey, language, look)
        )

    return TakeAway("document", {"docx": written(docx_of), "pdf": written(pdf_of)})


def _whole(journey: JourneyMap, language: Language, look: Look) -> Document:
    spec = look.branding.spec
    return whole(journey, language, method=spec.method is not False, sources=spec.sources is not False)
