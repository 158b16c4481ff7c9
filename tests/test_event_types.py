"""Every example of models/events runs as a test, and mistakes in such a file are named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.extract.events import find_events
from pipeline.knowledge.event_types import Example, load_event_type
from pipeline.knowledge.files import models_folder
from pipeline.records import Event, Span
from tests.harness import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")


def _events(parses: Parses, text: str) -> list[Event]:
    article = plain_article(text)
    return find_events(parses(article), article, [CLOSURE], [], [])


@pytest.mark.parametrize("example", CLOSURE.matches, ids=lambda example: example.text)
def test_sentence_matches(example: Example, parses: Parses) -> None:
    def text(span: Span | None) -> str:
        return "" if span is None else example.text[span[0] : span[1]]

    events = [event for event in _events(parses, example.text) if text(event.trigger) == example.trigger]
    assert len(events) == 1, f"no event with the trigger {example.trigger!r}"
    event = events[0]
    found = {
        "target": text(event.target),
        "actor": text(event.actor),
        "place": text(event.places[0] if event.places else None),
        "cause": text(event.cause),
        "status": event.status,
        "permanence": event.permanence,
    }
    wanted = {key: getattr(example, key) for key in found if getattr(example, key)}
    assert {key: found[key] for key in wanted} == wanted


@pytest.mark.parametrize("sentence", CLOSURE.non_matches)
def test_sentence_does_not_match(sentence: str, parses: Parses) -> None:
    assert [sentence[e.trigger[0] : e.trigger[1]] for e in _events(parses, sentence)] == []


def test_there_are_enough_examples() -> None:
    assert len(CLOSURE.matches) + len(CLOSURE.non_matches) >= 60


SMALL = """\
name = "strike"

[[target]]
kind = "firm"
nouns = ["firm"]

[[trigger]]
rule = "strike"
form = "verb"
words = ["picket"]
targets = ["firm"]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def inner(text: str) -> Path:
        path = tmp_path / "strike.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return inner


def test_another_type_needs_only_a_file(write: Callable[[str], Path], parses: Parses) -> None:
    article = plain_article("Drivers picketed the firm on Thursday.")
    events = find_events(parses(article), article, [load_event_type(write(SMALL))], [], [])
    assert [(event.type, event.target_kind, event.rule) for event in events] == [("strike", "firm", "strike")]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('name = "strike"', 'nmae = "strike"', 1, "unknown key 'nmae'"),
        ('name = "strike"', "name = 3", 1, "3 is not a text"),
        ('words = ["picket"]', 'words = "picket"', 10, "not a list of texts"),
        ('words = ["picket"]', 'word = ["picket"]', 10, "unknown key 'word'"),
        ('form = "verb"', 'form = "adverb"', 9, "not one of verb, noun, adjective"),
        ('targets = ["firm"]', 'targets = ["farm"]', 11, "no target class 'farm'"),
        ('rule = "strike"\n', "", 7, "key is missing"),
        ('targets = ["firm"]', "confidence = 7", 11, "not a number from 0 to 1"),
        ('nouns = ["firm"]', "nouns = [1]", 5, "not a list of texts"),
        ("[[target]]", "[target]", 3, "[[target]]"),
    ],
)
def test_mistake_is_named_with_its_line(
    old: str, new: str, line: int, words: str, write: Callable[[str], Path]
) -> None:
    with pytest.raises(BadKnowledge) as caught:
        load_event_type(write(SMALL.replace(old, new, 1)))
    assert f"strike.toml:{line}" in caught.value.message
    assert words in caught.value.message


def test_broken_toml_is_named_with_its_line(write: Callable[[str], Path]) -> None:
    with pytest.raises(BadKnowledge, match=r"strike\.toml.*line 1"):
        load_event_type(write("name = strike"))
