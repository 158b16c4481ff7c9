"""Decisions as tables of named rules: a tuple of ``Rule`` rows, tried in order; the first that applies decides.

A table reads from top to bottom like a list of exceptions that ends in what holds otherwise. To add a rule, add a row
where it must come before the rows it overrules, and a test sentence that only this row decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Case, Outcome]):
    """One row of a table: when it applies to a case, and what is then decided."""

    #: What it is called in explanations: a few plain words, unique in its table.
    name: str
    #: Whether it decides on this case; the rows above it did not.
    applies: Callable[[Case], bool]
    #: What it decides, from the case; only called when it applies. For what doesn't depend on the case: ``constant``.
    outcome: Callable[[Case], Outcome]


def first_rule(rules: Sequence[Rule[Case, Outcome]], case: Case) -> Rule[Case, Outcome]:
    """The first row that applies to ``case``. Raises LookupError for a table whose last row doesn't catch the rest."""
    for rule in rules:
        if rule.applies(case):
            return rule
    raise LookupError(f"no rule applies to {case!r}")


def always(_case: object) -> bool:
    """The test of a table's last row: what holds where no row above it applied."""
    return True


def constant(value: Outcome) -> Callable[[object], Outcome]:
    """The outcome of a row that decides the same on every case: ``Rule("no", _is_denied, constant("denied"))``."""
    return lambda _case: value
