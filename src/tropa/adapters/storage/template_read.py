"""Templates of people's own: YAML files of a folder, in the format of those that ship."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tropa.adapters.disk import as_our_error
from tropa.adapters.storage.project_read import text_of
from tropa.adapters.storage.yaml_text import Path as At
from tropa.adapters.storage.yaml_text import PlacedData, placed_data
from tropa.domain.template import OwnTouchpoint, Suggestion, Template, TemplateStage
from tropa.errors import ConfigError, InputError, Place, RecordError, told
from tropa.insight.playbook import playbook
from tropa.insight.trades import trades
from tropa.mapfile.records import decode
from tropa.texts.names import stage_kinds
from tropa.texts.packs import pack_names
from tropa.texts.templates import SEVERAL, every_touchpoint, with_lists
from tropa.texts.voices import emotion_names

_KEY = re.compile(r"[a-z0-9_-]{1,80}")
_ENDINGS = (".yaml", ".yml")
_ONE_TO_THREE = range(1, 4)


def read_templates(folder: Path) -> Mapping[str, Template]:
    """The templates of a folder by key, by the alphabet of their files; an empty folder is an error."""
    if not folder.is_dir():
        raise InputError(told("There is no folder “{folder}”.", folder=folder), "Give a folder of templates *.yaml.")
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix in _ENDINGS and not one.name.startswith("."))
    except OSError as error:
        raise as_our_error(error, folder) from error
    if not files:
        raise InputError(told("“{folder}” holds no template.", folder=folder), "Give a folder of templates *.yaml.")
    found: dict[str, Template] = {}
    for file in files:
        one = read_template(file)
        if one.key in found:
            hint = "Give one of them another key."
            raise ConfigError(told("Two templates have the key “{key}”.", key=one.key), hint, Place(file=file.name))
        found[one.key] = one
    return found


def read_template(path: Path) -> Template:
    """One template; ConfigError says file, line, column, what is wrong and what is allowed."""
    file = path.name
    placed = placed_data(text_of(path), file=file)
    try:
        read = decode(Template, with_lists(placed.data))
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(_in_file(placed, error.path), file)) from error
    for at, message, hint in _faults(read):
        raise ConfigError(message, hint, placed.place_of(_in_file(placed, at), file))
    return read


def _in_file(placed: PlacedData, path: At) -> At:
    """A single guess that was read as a list of one has no number in the file."""
    if path in placed.places:
        return path
    return tuple(part for number, part in enumerate(path) if part != 0 or path[number - 1] not in SEVERAL)


def _faults(of: Template) -> Iterator[tuple[At, str, str]]:
    """What is wrong, from the top down: where, what, what to do."""
    if not _KEY.fullmatch(of.key):
        yield ("key",), told("“{key}” cannot be a key.", key=of.key), told("Use a–z, 0–9, “_” and “-”.")
    if of.pack is not None and of.pack not in pack_names():
        yield ("pack",), told("There is no pack “{name}”.", name=of.pack), _nearest(of.pack, pack_names())
    if of.trade is not None and of.trade not in trades():
        yield ("trade",), told("There is no trade “{name}”.", name=of.trade), _nearest(of.trade, tuple(trades()))
    if not of.stages:
        yield (
            ("stages",),
            told("A template needs one stage at least."),
            told("Look at those that ship: `tropa templates`."),
        )
    keys: set[str] = set()
    touchpoints: set[str] = set()
    for number, stage in enumerate(of.stages):
        at: At = ("stages", number)
        if not _KEY.fullmatch(stage.key):
            yield (*at, "key"), told("“{key}” cannot be a key.", key=stage.key), told("Use a–z, 0–9, “_” and “-”.")
        if stage.key in keys:
            hint = told("Give one of them another key.")
            yield (*at, "key"), told("Two stages have the key “{key}”.", key=stage.key), hint
        keys.add(stage.key)
        yield from _faults_of_stage(stage, at, touchpoints)


def _faults_of_stage(stage: TemplateStage, at: At, seen: set[str]) -> Iterator[tuple[At, str, str]]:
    for number, kind in enumerate(stage.kinds):
        if kind not in stage_kinds():
            message = told("There is no kind of stage “{stage}”.", stage=kind)
            yield (*at, "kinds", number), message, _nearest(kind, tuple(stage_kinds()))
    known = every_touchpoint()
    for number, one in enumerate(stage.touchpoints):
        key = one.key if isinstance(one, OwnTouchpoint) else one
        if not isinstance(one, OwnTouchpoint) and key not in known:
            message = told("There is no touchpoint “{name}”.", name=key)
            hint = _nearest(key, tuple(known), told("Write it out with key, name and words."))
            yield (*at, "touchpoints", number), message, hint
        if key in seen:
            message = told("Two touchpoints have the key “{key}”.", key=key)
            yield (*at, "touchpoints", number), message, told("Leave one of them.")
        seen.add(key)
    if stage.emotion is not None:
        yield from _faults_of_emotion(stage, (*at, "emotion"))
    if stage.importance is not None and stage.importance.value not in range(1, 6):
        yield (*at, "importance", "value"), told("This lies between {low} and {high}.", low=1, high=5), ""
    for number, advice in enumerate(stage.advice):
        yield from _faults_of_advice(advice, (*at, "advice", number))


def _faults_of_emotion(stage: TemplateStage, at: At) -> Iterator[tuple[At, str, str]]:
    feeling = stage.emotion
    if feeling is None:
        return
    if not -2 <= feeling.value <= 2:
        yield (*at, "value"), told("This lies between {low} and {high}.", low=-2, high=2), ""
    if len(feeling.names) not in _ONE_TO_THREE:
        yield (*at, "names"), told("An emotion has one to three names."), told("E.g. names: [interest, distrust].")
    for number, name in enumerate(feeling.names):
        if name not in emotion_names():
            yield (
                (*at, "names", number),
                told("There is no emotion “{name}”.", name=name),
                _nearest(name, tuple(emotion_names())),
            )


def _faults_of_advice(advice: Suggestion, at: At) -> Iterator[tuple[At, str, str]]:
    keys = tuple(one.key for one in playbook())
    if (advice.text is None) == (advice.play is None):
        yield at, told("Advice has either its own text or the key of the playbook."), told("E.g. text: with ru and en.")
    elif advice.play is not None and advice.play not in keys:
        hint = _nearest(advice.play, keys, told("The keys are in src/tropa/insight/data/playbook."))
        yield (*at, "play"), told("There is no entry “{name}” in the playbook.", name=advice.play), hint


def _nearest(name: str, known: Sequence[str], otherwise: str = "") -> str:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    if near:
        return told("Did you mean “{near}”?", near=near[0])
    return otherwise or told("Allowed: {names}.", names=list(known))
