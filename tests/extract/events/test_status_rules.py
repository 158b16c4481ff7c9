"""Which named rule decides a status: the last two columns say what is found and why."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipeline.extract.events import status, status_nouns, status_tense, status_verbs
from pipeline.extract.events.rules import compile_rules
from pipeline.extract.events.status_rules import StatusRule, always
from pipeline.knowledge.events.files import load_event_type
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from tests.helpers.parses import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")
LEXICON = compile_rules(CLOSURE, load_event_words(models_folder())).status
TABLES: dict[str, Sequence[StatusRule[Any]]] = {
    name: table
    for module in (status, status_nouns, status_tense, status_verbs)
    for name, table in vars(module).items()
    if name.endswith("_RULES")
}


@pytest.mark.parametrize(
    ("text", "trigger", "expected", "rule"),
    [
        ("The county may possibly close the jail.", "close", "possible", "modal"),
        ("The mayor ordered all bars shut.", "shut", "planned", "governing word"),
        ("Cargo handling remains halted at the port.", "halted", "ongoing", "progressive passive"),
        ("Ministers failed to prevent the closure of the hospital.", "closure", "possible", "denial left open"),
        ("The bosses have shelved plans to shut the ward.", "shut", "denied", "plan denied"),
        ("The storm dropped a foot of snow, closing the highway.", "closing", "occurred", "past or present"),
        ("Brewer to close two pubs in Leeds", "close", "planned", "headline infinitive"),
        ("The old mill was re-opened.", "opened", "occurred", "past or present"),
    ],
)
def test_the_rule_that_decides_is_named(text: str, trigger: str, expected: str, rule: str, parses: Parses) -> None:
    doc = parses(plain_article(text))
    token = next(token for token in doc if token.text == trigger)
    assert status.status_of(token, LEXICON) == (expected, rule)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_ends_with_a_rule_that_applies_always_and_repeats_no_name(table: Sequence[StatusRule[Any]]) -> None:
    assert table[-1].applies is always
    assert len({rule.name for rule in table}) == len(table)
