"""A scenario from its YAML file; errors point at the line."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tropa.adapters.storage.project_read import text_of
from tropa.adapters.storage.yaml_text import placed_data
from tropa.domain.lengths import read_duration
from tropa.errors import ConfigError, Place, RecordError, told
from tropa.mapfile.records import decode
from tropa.simulate.scenario import Scenario
from tropa.simulate.scenario_faults import scenario_faults


def read_scenario(path: Path) -> Scenario:
    """The scenario of a file; ConfigError says file, line, column, what is wrong and what is allowed."""
    return scenario_from_text(text_of(path), file=path.name)


def scenario_from_text(text: str, *, file: str = "scenario.yaml") -> Scenario:
    """The scenario that a text in YAML holds."""
    placed = placed_data(text, file=file)
    if not isinstance(placed.data, Mapping):
        raise ConfigError("A scenario holds keys with values.", "E.g. `scenario: bakery`.", Place(file, 1, 1))
    hooks = {timedelta: read_duration, float: _read_number, str: _read_name}
    try:
        scenario = decode(Scenario, dict(placed.data), hooks=hooks)
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(error.path, file)) from error
    for fault in scenario_faults(scenario):
        raise ConfigError(fault.message, fault.hint, placed.place_of(fault.path, file))
    return scenario


def _read_number(value: object) -> float:
    """A number; «45%» is 0.45."""
    if isinstance(value, str) and value.strip().endswith("%"):
        value = _number(value.strip()[:-1].replace(",", ".")) / 100
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    message = told("Expected a number or a percentage, got “{value}”.", value=value)
    raise ValueError(message)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        message = told("Expected a number or a percentage, got “{text}%”.", text=text)
        raise ValueError(message) from error


def _read_name(value: object) -> str:
    """Text; names written as bare numbers are text too."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    message = "Expected text, got nothing." if value is None else "Expected text."
    raise ValueError(message)
