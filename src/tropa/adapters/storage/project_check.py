"""What a project may hold beyond the types of its fields: known zones, keys, numbers, formats."""

import codecs
import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from tropa.adapters.storage.branding_read import branding_faults
from tropa.adapters.storage.yaml_text import Path
from tropa.domain.language_model import KeyScheme, LanguageModelSpec
from tropa.domain.project import (
    ContactSource,
    EntitySource,
    EventSource,
    FeedbackSource,
    KpiMetric,
    Project,
    RatingColumn,
    SourceSpec,
    StoreKind,
    StoreSpec,
    TableFormat,
    TimeColumn,
)
from tropa.errors import told
from tropa.intake.times import is_time_format
from tropa.texts.dialogue import Role
from tropa.texts.packs import pack_names

_KEY = re.compile(r"[a-z0-9_.-]{1,80}")
_SHARES = {KpiMetric.CONVERSION, KpiMetric.SHARE, KpiMetric.REPEAT_SHARE}
_ADDRESS = re.compile(r"https?://[^/?#@\s]+(?:/[^?#@\s]*)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,79}")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,80}")
_SECRET = re.compile(r"auth|cookie|key|token|secret|password", re.IGNORECASE)
_WEEK_STARTS = ("monday", "sunday", "saturday")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that is not allowed: where it is, what is wrong, what to do."""

    path: Path
    message: str
    hint: str = ""


def faults_of(project: Project) -> Iterator[Fault]:
    """Everything in the project that cannot be used, from the top down."""
    yield from _settings(project)
    yield from _keys(project)
    yield from _kpis(project)
    for place, source in enumerate(project.sources):
        yield from _source(source, ("sources", place))
    yield from _findings(project)
    yield from _store(project.store)
    if project.branding is not None:
        for key, message, hint in branding_faults(project.branding):
            yield Fault(("branding", key), message, hint)
    if project.language_model is not None:
        for fault in language_model_faults(project.language_model):
            yield Fault(("language_model", *fault.path), fault.message, fault.hint)


def language_model_faults(spec: LanguageModelSpec) -> Iterator[Fault]:
    """What cannot be used of these settings; keys and passwords are never repeated."""
    example = "E.g. http://localhost:11434/v1 or https://ai.api.cloud.yandex.net/v1."
    if not _is_address(spec.endpoint):
        yield Fault(("endpoint",), "The endpoint has to be an address of http or https, without a user.", example)
    if not spec.model.strip() or not spec.model.isprintable():
        yield Fault(("model",), "It is not said which model to ask.", "E.g. qwen3:8b.")
    if spec.key_env is not None and not _VARIABLE.fullmatch(spec.key_env):
        hint = "Put the key into a variable and write the variable's name here, e.g. LLM_KEY."
        yield Fault(("key_env",), "`key_env` is the name of an environment variable, not the key.", hint)
    if spec.key_env is None and spec.auth is not KeyScheme.BEARER:
        yield Fault(("key_env",), told("With `auth: {auth}` a key is needed.", auth=spec.auth.value))
    for name, value in spec.headers.items():
        if not _HEADER.fullmatch(name) or not (value.isascii() and value.isprintable()):
            yield Fault(("headers", name), told("“{name}” is no header of HTTP.", name=name))
        elif _SECRET.search(name):
            hint = "Keys come from the variable that `key_env` names."
            yield Fault(("headers", name), told("The header {name} may not stand in a file.", name=name), hint)
    for field, address in (("proxy", spec.proxy), ("token_url", spec.token_url)):
        if address is not None and not _is_address(address):
            yield Fault((field,), "This has to be an address of http or https, without a user.")
    yield from _language_model_numbers(spec)


def _language_model_numbers(spec: LanguageModelSpec) -> Iterator[Fault]:
    for field, value, low, high in (
        ("timeout", spec.timeout.total_seconds(), 1, 3600),
        ("parallel", spec.parallel, 1, 64),
        ("batch", spec.batch, 1, 50),
        ("tries", spec.tries, 1, 10),
        ("temperature", spec.temperature or 0, 0, 2),
        ("max_tokens", spec.max_tokens or 1, 1, 1_000_000),
    ):
        if not low <= value <= high:
            yield Fault((field,), told("This lies between {low} and {high}.", low=low, high=high))
    prices = spec.price_per_million_tokens
    if prices is not None and not (0 <= prices.sent < 1e9 and 0 <= prices.received < 1e9):
        yield Fault(("price_per_million_tokens",), "A price is 0 or more.")
    if prices is not None and prices.currency is not None and not _CURRENCY.fullmatch(prices.currency):
        yield Fault(
            ("price_per_million_tokens", "currency"),
            told("“{currency}” is no currency code.", currency=prices.currency),
            "Use ISO 4217: RUB, EUR, USD …",
        )


def _is_address(address: str) -> bool:
    return _ADDRESS.fullmatch(address) is not None and address.isprintable()


def _store(store: StoreSpec) -> Iterator[Fault]:
    if store.kind is not StoreKind.CLICKHOUSE:
        return
    example = "E.g. table: shop.events, columns: {person: user_id, event: name, time: happened_at}."
    if not store.table:
        yield Fault(("store",), "It is not said which table holds the events.", example)
    if store.columns is None:
        yield Fault(("store",), "It is not said what the columns of the table are.", example)
    elif not (store.columns.person or store.columns.case):
        yield Fault(("store", "columns"), "It is not said whose events these are.", example)
    if store.url is not None and not re.match(r"https?://[^/@]+", store.url):
        hint = "Write http://host:8123/database or https://host:8443/database; the user goes into `user`."
        yield Fault(("store", "url"), told("“{url}” is no address of ClickHouse.", url=store.url), hint)


def _settings(project: Project) -> Iterator[Fault]:
    if project.version != 1:
        yield Fault(
            ("version",),
            told("This tropa reads version 1, not {version}.", version=project.version),
            "Install a newer tropa.",
        )
    if not _KEY.fullmatch(project.project):
        yield Fault(
            ("project",),
            told("“{project}” cannot be a key.", project=project.project),
            "Use a–z, 0–9, “_”, “.” and “-”, 80 at most.",
        )
    if project.industry is not None and project.industry not in pack_names():
        packs = told("Allowed: {names}.", names=pack_names())
        yield Fault(("industry",), told("There is no pack “{name}”.", name=project.industry), packs)
    if not _is_zone(project.timezone):
        near = difflib.get_close_matches(project.timezone, sorted(available_timezones()), n=1)
        hint = (
            told("Did you mean “{near}”?", near=near[0])
            if near
            else "Allowed: IANA names such as Europe/Moscow, or UTC."
        )
        yield Fault(("timezone",), told("There is no time zone “{timezone}”.", timezone=project.timezone), hint)
    if project.week_starts not in _WEEK_STARTS:
        yield Fault(
            ("week_starts",),
            told("A week cannot start on “{week_starts}”.", week_starts=project.week_starts),
            told("Allowed: {names}.", names=_WEEK_STARTS),
        )
    if project.currency is not None and not _CURRENCY.fullmatch(project.currency):
        yield Fault(
            ("currency",),
            told("“{currency}” is no currency code.", currency=project.currency),
            "Use ISO 4217: RUB, EUR, USD …",
        )
    if not re.fullmatch(r"discovered|written|template:[a-z0-9_-]+", project.stages_from):
        origins = "Allowed: discovered, written, template:NAME."
        yield Fault(
            ("stages_from",), told("“{stages_from}” is no origin of stages.", stages_from=project.stages_from), origins
        )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _keys(project: Project) -> Iterator[Fault]:
    stages = [stage.key for stage in project.stages]
    yield from _each_key(stages, "stages")
    yield from _each_key([kpi.key for kpi in project.kpis], "kpis")
    yield from _each_key([persona.key for persona in project.personas], "personas")
    yield from _each_key([one.key for one in project.buying_centre], "buying_centre")
    seen: set[str] = set()
    for place, stage in enumerate(project.stages):
        for inner, touchpoint in enumerate(stage.touchpoints):
            path: Path = ("stages", place, "touchpoints", inner, "key")
            if not _KEY.fullmatch(touchpoint.key):
                yield Fault(
                    path, told("“{key}” cannot be a key.", key=touchpoint.key), "Use a–z, 0–9, “_”, “.” and “-”."
                )
            if touchpoint.key in seen:
                yield Fault(
                    path,
                    told("Two touchpoints have the key “{key}”.", key=touchpoint.key),
                    "Give one of them another key.",
                )
            seen.add(touchpoint.key)


def _each_key(keys: Sequence[str], group: str) -> Iterator[Fault]:
    for place, key in enumerate(keys):
        if not _KEY.fullmatch(key):
            yield Fault(
                (group, place, "key"), told("“{key}” cannot be a key.", key=key), "Use a–z, 0–9, “_”, “.” and “-”."
            )
        if key in keys[:place]:
            yield Fault(
                (group, place, "key"),
                told("Two of “{group}” have the key “{key}”.", group=group, key=key),
                "Give one of them another key.",
            )


def _kpis(project: Project) -> Iterator[Fault]:
    stages = [stage.key for stage in project.stages]
    touchpoints = [one.key for stage in project.stages for one in stage.touchpoints]
    for place, kpi in enumerate(project.kpis):
        for name, stage in (("from", kpi.start), ("to", kpi.end)):
            if stage is not None and stages and stage not in (*stages, *touchpoints):
                near = difflib.get_close_matches(stage, stages, n=1)
                hint = told("Did you mean “{near}”?", near=near[0]) if near else told("Stages: {names}.", names=stages)
                yield Fault(("kpis", place, name), told("There is no stage “{stage}”.", stage=stage), hint)
        if kpi.target is not None and kpi.metric in _SHARES and not 0 <= kpi.target <= 1:
            written = (
                told("Write {percent:g}% or {share:g}.", percent=kpi.target, share=kpi.target / 100)
                if 1 < kpi.target <= 100
                else ""
            )
            yield Fault(
                ("kpis", place, "target"),
                told("A share lies between 0 and 1, got {target:g}.", target=kpi.target),
                written,
            )
    keys = [kpi.key for kpi in project.kpis]
    if project.goal and project.goal.kpi is not None and project.goal.kpi not in keys:
        near = difflib.get_close_matches(project.goal.kpi, keys, n=1)
        hint = (
            told("Did you mean “{near}”?", near=near[0]) if near else told("KPIs: {names}.", names=keys or "none yet")
        )
        yield Fault(("goal", "kpi"), told("There is no KPI “{kpi}”.", kpi=project.goal.kpi), hint)


def _source(source: SourceSpec, path: Path) -> Iterator[Fault]:
    yield from _format(source.format, (*path, "format"))
    for where, time in _times(source):
        if not is_time_format(time.format):
            allowed = "Allowed: iso, epoch_s, epoch_ms, epoch_us, epoch_ns, excel, or a pattern such as %d.%m.%Y %H:%M."
            yield Fault(
                (*path, *where, "format"), told("“{format}” is no format of time.", format=time.format), allowed
            )
    if isinstance(source, EntitySource) and not source.dates and source.status_time is None:
        yield Fault((*path, "dates"), "A table of orders or deals needs a date.", "Name at least one: event: column.")
    if isinstance(source, EventSource | EntitySource) and not (
        source.columns.person or source.columns.case or _keyed(source)
    ):
        hint = "Name the column that tells people (person) or orders and tickets (case) apart."
        yield Fault((*path, "columns"), "It is not said whose events these are.", hint)
    if source.file.startswith(("/", "\\")) or ".." in source.file.replace("\\", "/").split("/"):
        yield Fault(
            (*path, "file"), "A source has to lie inside this folder.", "Write the path from here: data/orders.csv."
        )
    if isinstance(source, FeedbackSource):
        yield from _feedback(source, path)
    if isinstance(source, ContactSource) and not (
        source.columns.title or source.columns.case or source.columns.company
    ):
        hint = "Name the column of the job title (title), of the deal (case) or of the company (company)."
        yield Fault((*path, "columns"), "A list of contacts tells neither titles nor deals.", hint)


def _feedback(source: FeedbackSource, path: Path) -> Iterator[Fault]:
    columns = source.columns
    marks: list[tuple[Path, RatingColumn]] = [(("rating",), columns.rating)] if columns.rating else []
    marks += [(("marks", place), mark) for place, mark in enumerate(columns.marks)]
    for where, mark in marks:
        if mark.scale[0] >= mark.scale[1]:
            at = (*path, "columns", *where, "scale")
            yield Fault(at, "A scale goes from the lowest to the highest mark.", "E.g. [1, 5].")
    if not (columns.text or columns.questions or marks):
        hint = "Name one under `text`."
        yield Fault((*path, "columns"), "A source of feedback names no column of text.", hint)
    sides = [one.value for one in Role]
    for name, side in source.roles.items():
        if side not in sides:
            allowed = told("Allowed: {names}.", names=sides)
            yield Fault((*path, "roles", name), told("“{side}” is no side of a conversation.", side=side), allowed)


def _keyed(source: SourceSpec) -> bool:
    return isinstance(source, EntitySource) and source.columns.key is not None


def _times(source: SourceSpec) -> Iterator[tuple[Path, TimeColumn]]:
    if isinstance(source, EntitySource):
        for name, time in source.dates.items():
            yield ("dates", name), time
        if source.status_time:
            yield ("status_time",), source.status_time
    elif isinstance(source, EventSource | FeedbackSource) and source.columns.time:
        yield ("columns", "time"), source.columns.time


def _format(form: TableFormat, path: Path) -> Iterator[Fault]:
    if form.encoding is not None:
        try:
            codecs.lookup(form.encoding)
        except (LookupError, ValueError):
            yield Fault(
                (*path, "encoding"),
                told("There is no encoding “{encoding}”.", encoding=form.encoding),
                "E.g. utf-8, cp1251, utf-16.",
            )
    if form.delimiter is not None and len(form.delimiter) != 1 and form.delimiter not in {"whitespace", "\\t"}:
        yield Fault((*path, "delimiter"), "A delimiter is one character.", 'E.g. ",", ";" or "\\t".')
    if form.decimal not in {None, ".", ","}:
        yield Fault(
            (*path, "decimal"), told("“{decimal}” is no decimal sign.", decimal=form.decimal), 'Allowed: "." and ",".'
        )
    if form.header_row is not None and form.header_row < 0:
        yield Fault((*path, "header_row"), "Rows are counted from 1; 0 = there is no header.")


def _findings(project: Project) -> Iterator[Fault]:
    if project.findings.min_persons < 1:
        yield Fault(("findings", "min_persons"), "At least one person is needed.")
    if not 0 < project.findings.false_discovery_rate < 1:
        yield Fault(("findings", "false_discovery_rate"), "This share lies between 0 and 1.", "Usual: 0.05.")
