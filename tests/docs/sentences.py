"""Every sentence that an error can say, read from the places that say it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src" / "tropa"
SAYERS = {"unreadable": (1, 2), "too_large": (1, 2), "Fault": (1, 2)}
"""Functions that make errors: which of their arguments are sentences."""
FAULTS = "tropa.adapters.sources.faults"
PASSED_ON = {"message", "hint", "error.message", "error.hint", "fault.message", "fault.hint", "reason_of(error)"}
FOR_DEVELOPERS = {"AttributeError", "TypeError", "KeyError", "ValueError", "Error", "BadParameter"}


def sentences_of_errors() -> Iterator[tuple[str, str | None]]:
    """Where it is said, and the template; None where it cannot be told from the text of the program."""
    for place in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(place.read_text(encoding="utf-8"))
        named = _named(tree)
        ours = any(isinstance(one, ast.ImportFrom) and one.module in {"tropa.errors", FAULTS} for one in tree.body)
        for node in ast.walk(tree) if ours else ():
            if isinstance(node, ast.Call | ast.FunctionDef):
                for said in _said_in(node) if isinstance(node, ast.Call) else _usual(node):
                    for template in _templates(said, named):
                        yield f"{place.relative_to(SOURCES).as_posix()}:{node.lineno}", template


def _said_in(call: ast.Call) -> Iterator[ast.expr]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name == "told":
        yield call
    elif name in SAYERS:
        yield from (call.args[n] for n in SAYERS[name] if n < len(call.args))
        yield from (one.value for one in call.keywords if one.arg == "hint")
    elif name.endswith("Error") and name not in FOR_DEVELOPERS:
        yield from call.args[:2]
        yield from (one.value for one in call.keywords if one.arg == "hint")


def _usual(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What is said where nothing else is given."""
    named = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    for one, usual in zip(named, function.args.defaults, strict=True):
        if one.arg == "hint":
            yield usual


def _named(tree: ast.AST) -> dict[str, list[ast.expr]]:
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    named.setdefault(target.id, []).append(node.value)
    return named


def _templates(said: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str | None]:
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Call(func=ast.Name(id="told"), args=[ast.Constant(value=str(text))]):
            yield text
        case ast.Call(func=ast.Name(id="_nearest")):
            return
        case ast.IfExp(body=one, orelse=other):
            yield from (*_templates(one, named), *_templates(other, named))
        case ast.BoolOp(values=values):
            for value in values:
                yield from _templates(value, named)
        case ast.Name(id=name) if name in named:
            for value in named[name]:
                yield from _templates(value, named)
        case _ if ast.unparse(said) in PASSED_ON:
            return
        case _:
            yield None
