"""All rules by code."""

from collections.abc import Mapping

from tropa.lint import acting, beginnings, buyers, evidence, figures, goals, paths, personas, quoting
from tropa.lint.rule import Rule

_FAMILIES = (figures, quoting, goals, personas, evidence, paths, acting, buyers, beginnings)

RULES: Mapping[str, Rule] = {rule.code: rule for family in _FAMILIES for rule in family.RULES}
