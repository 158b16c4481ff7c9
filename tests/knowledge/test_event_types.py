"""Every example of models/events runs as a test, and mistakes in such a file are named."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.errors import BadKnowledge
from pipeline.extract.events import find_events
from pipeline.extract.events.examples import describe_mismatch, example_sentences
from pipeline.knowledge import fingerprint
from pipeline.knowledge.events.files import load_event_type, load_event_types
from pipeline.knowledge.events.types import (
    CauseCues,
    Counter,
    Example,
    PermanenceCues,
    StatusCues,
    TargetClass,
    Trigger,
)
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from tests.helpers.parses import Parses, plain_article

FILES = [path for folder in ("events", "examples") for path in sorted((models_folder() / folder).glob("*.toml"))]
TYPES = {path.stem: load_event_type(path) for path in FILES}
WORDS = load_event_words(models_folder())
SENTENCES = [(name, text, example) for name, kind in TYPES.items() for text, example in example_sentences(kind)]


@pytest.mark.parametrize(("name", "text", "example"), SENTENCES, ids=[text for _, text, _ in SENTENCES])
def test_sentence_holds(name: str, text: str, example: Example | None, parses: Parses) -> None:
    article = plain_article(text)
    assert describe_mismatch(TYPES[name], WORDS, example, parses(article), article) == ""


@pytest.mark.parametrize(
    ("table", "record"),
    [
        ("[[target]]", TargetClass),
        ("[[trigger]]", Trigger),
        ("[counter]", Counter),
        ("[status]", StatusCues),
        ("[permanence]", PermanenceCues),
        ("[cause]", CauseCues),
        ("[[match]]", Example),
    ],
)
def test_the_guide_describes_every_key(table: str, record: type) -> None:
    guide = (models_folder() / "README.md").read_text(encoding="utf-8")
    rows = guide.partition("All keys of such a file")[2].partition("Whether an event lasts")[0].splitlines()
    first = next(number for number, row in enumerate(rows) if row.startswith(f"| `{table}` |"))
    until = next((number for number in range(first + 1, len(rows)) if rows[number].startswith("| `[")), len(rows))
    described = {key for row in rows[first:until] if "|" in row for key in re.findall(r"`(\w+)`", row.split("|")[2])}
    assert described == {field.name for field in fields(record)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_word_stands_twice_in_a_list(file: Path) -> None:
    event_type = tomllib.loads(file.read_text(encoding="utf-8"))
    for table in (*event_type["target"], *event_type["trigger"]):
        for key, words in table.items():
            assert not isinstance(words, list) or len(words) == len(set(words)), (table, key)


def test_there_are_enough_examples() -> None:
    assert len(list(example_sentences(TYPES["closure"]))) >= 150


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
    events = find_events(parses(article), article, [load_event_type(write(SMALL))], WORDS, [], [])
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
        ('words = ["picket"]', "words = []", 10, "the list is empty"),
        ('name = "strike"', 'name = "quote"', 1, "can't be named"),
        ('name = "strike"', 'name = "A, B"', 1, "can't be named"),
        ('targets = ["firm"]', 'frame = "preposition"', 11, "needs prepositions"),
        ('targets = ["firm"]', '[[match]]\ntext = "A firm."\ntrigger = "picket"', 13, "isn't in the sentence"),
        ('targets = ["firm"]', '[[match]]\ntext = "A"\ntrigger = "A"\nstatus = "done"', 14, "not one of occurred"),
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


def test_two_types_of_one_name_are_refused(write: Callable[[str], Path]) -> None:
    path = write(SMALL.replace('"strike"', '"closure"', 1))
    with pytest.raises(BadKnowledge, match=r"strike\.toml:1, name: .*closure\.toml has an event type 'closure'"):
        load_event_types([path])


@pytest.mark.parametrize("name", ["appointment", "appointment.toml", "strike"])
def test_a_shipped_example_is_found_by_its_name(name: str) -> None:
    assert [kind.name for kind in load_event_types([Path(name)])] == ["closure", name.removesuffix(".toml")]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledge, match=r"nothing\.toml: there is no such file") as caught:
        load_event_types([tmp_path / "nothing.toml"])
    assert "appointment, strike" in caught.value.hint


def test_what_is_wrong_with_an_example_is_said(write: Callable[[str], Path], parses: Parses) -> None:
    text = "Drivers picketed the firm on Thursday."
    kind, article = load_event_type(write(SMALL)), plain_article(text)

    def describe(wanted: Example | None) -> str:
        return describe_mismatch(kind, WORDS, wanted, parses(article), article)

    assert describe(Example(text, "picketed", target="the firm")) == ""
    assert describe(None) == "must not match, but 'picketed' (strike) does"
    assert describe(Example(text, "firm")) == "must match once with the trigger 'firm', does 0 times"
    assert describe(Example(text, "picketed", status="denied")) == "status must be 'denied', is 'occurred'"


def test_an_event_file_changes_the_fingerprint(write: Callable[[str], Path]) -> None:
    path = write(SMALL)
    before = fingerprint([path])
    write(SMALL.replace("picket", "parade"))
    assert len({fingerprint(), before, fingerprint([path])}) == 3
