"""All rules by code."""

from collections.abc import Mapping

from tropa.lint import acting, buyers, evidence, figures, goals, paths, personas, quoting
from tropa.lint.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.code: rule
    for family in (figures, quoting, goals, personas, evidence, paths, acting, buyers)
    for rule in family.RULES
}
