"""Tables of named rules: how one is asked, and what holds of every table of extract/ and link/."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from pipeline import extract, link
from pipeline.rule_table import Rule, always, constant, first_rule

Table = tuple[Rule[Any, Any], ...]

SIZE_RULES: tuple[Rule[int, str], ...] = (
    Rule("none", lambda count: count == 0, constant("nothing")),
    Rule("few", lambda count: count < 5, lambda count: f"{count} things"),
    Rule("many", always, constant("a lot")),
)


@pytest.mark.parametrize(
    ("count", "name", "outcome"), [(0, "none", "nothing"), (3, "few", "3 things"), (9, "many", "a lot")]
)
def test_the_first_row_that_applies_decides(count: int, name: str, outcome: str) -> None:
    rule = first_rule(SIZE_RULES, count)
    assert (rule.name, rule.outcome(count)) == (name, outcome)


def test_a_table_that_catches_not_all_is_a_mistake_that_is_named() -> None:
    with pytest.raises(LookupError, match="no rule applies to 9"):
        first_rule(SIZE_RULES[:2], 9)


def _tables() -> Iterator[tuple[str, Table]]:
    """Every table of rules of the rooms that have some, with its module's name."""
    for package in (extract, link):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(info.name)).items():
                if name.endswith("_RULES"):
                    yield f"{info.name}.{name}", value


TABLES = dict(_tables())


def test_the_tables_are_found() -> None:
    assert {"pipeline.link.places.PLACE_RULES", "pipeline.extract.events.syntax._PASSIVE_RULES"} <= set(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_ends_with_what_always_applies_and_repeats_no_name(table: Table) -> None:
    assert all(isinstance(rule, Rule) for rule in table)
    assert [rule.applies is always for rule in table] == [False] * (len(table) - 1) + [True]
    assert len({rule.name for rule in table}) == len(table)
