"""Readings of the event engine that a parse alone gets wrong, and what words that name nothing stand for."""

import ast
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from pipeline.extract.dates import find_dates
from pipeline.extract.events import find_events
from pipeline.knowledge.dates import load_date_words
from pipeline.knowledge.events.files import load_event_type
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import DateMention, Event, Span, Status
from tests.helpers.parses import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")
WORDS = load_event_words(models_folder())
EXTRACT = Path(__file__).resolve().parents[3] / "pipeline" / "extract" / "events"


def _events(parses: Parses, text: str, *dates: str) -> list[Event]:
    spans = [(text.index(words), len(words)) for words in dates]
    mentions = [DateMention(start, start + length, "DATE", "", "day") for start, length in spans]
    article = plain_article(text, date(2024, 5, 6))
    return find_events(parses(article), article, [CLOSURE], WORDS, [], mentions)


def _text(text: str, span: Span | None) -> str:
    return "" if span is None else text[span[0] : span[1]]


@pytest.mark.parametrize(
    ("text", "trigger", "target"),
    [
        ("The brewer said it is ceasing operations.", "ceasing operations", "it"),
        ("The old mill was re-opened.", "re-opened", "The old mill"),
        ("The walkout could disrupt or close museums.", "close", "museums"),
        ("Contacts in the council, which were suspended, were useful for the ferry services.", "", ""),
        ("The utility shut down Unit Four.", "shut down", "Unit Four"),
        ("Guards sealed off the bridge.", "sealed off", "the bridge"),
        ("Peru pulled out of its consulate in Graz.", "pulled out", "its consulate in Graz"),
        ("Nurses fought the closure of the ward at the hospital.", "closure", "the ward at the hospital"),
        ("Hundreds of miles of motorway were closed.", "closed", "Hundreds of miles of motorway"),
        ("The clinic had been due to close in April.", "close", "The clinic"),
        ("The pit is heading for closure.", "closure", "The pit"),
        ("Flood forces closure of the quay.", "closure", "the quay"),
        ("Police reopened narrow First Avenue Monday afternoon.", "reopened", "narrow First Avenue"),
        ("The old pit No. 7 will close in May.", "close", "The old pit No. 7"),
        ("Crews hope to reopen W.Va. 9 on Friday.", "reopen", "W.Va. 9"),
        ("The bay A9X closed.", "", ""),
        (
            "Peru will close the consulate in St. Petersburg and expel diplomats.",
            "close",
            "the consulate in St. Petersburg",
        ),
        ("The foundation was led by Alder, who died in May.", "", ""),
        ("The town voted on the Alders Island jail. Nobody plans to close Alders.", "close", "Alders"),
        ("The town voted on Alders Island. Nobody plans to close Alders.", "", ""),
        (
            "The church of Saint Anne, the site where many pray, shut its doors as a precaution.",
            "shut its doors",
            "the site",
        ),
        ("The bridge closure will have an effect on trade in Larn.", "closure", "The bridge"),
        ("Diplomats vacated the properties.", "vacated", "the properties"),
        ("The suspension of three users surprised the flight club.", "", ""),
        ("The gallery pulled the picture from the site.", "", ""),
        ("They considered closing the bank account.", "", ""),
        ("The closure was a rehearsal for scrapping the line.", "closure", ""),
    ],
)
def test_target(text: str, trigger: str, target: str, parses: Parses) -> None:
    events = _events(parses, text)
    pairs = [(_text(text, event.trigger), _text(text, event.target)) for event in events]
    assert ((trigger, target) in pairs) if trigger else (pairs == [])


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("The chain closed five pubs in May, and another 32 will go.", ["five pubs", "another 32"]),
        ("The chain shut nine shops. Two more are to follow.", ["nine shops", "Two more"]),
        ("The chain opened nine shops. Two more are to follow.", []),
        ("The chain shut nine shops. They will go to court.", ["nine shops"]),
    ],
)
def test_a_number_of_others(text: str, targets: list[str], parses: Parses) -> None:
    assert [_text(text, event.target) for event in _events(parses, text)] == targets


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The firm said on Wednesday it would shut its mill.", "Wednesday", ""),
        ("The closure is not expected to happen until 2031.", "2031", "2031"),
        ("The road was closed until Friday.", "Friday", ""),
        ("The road was closed for the second time this week.", "this week", ""),
        ("Sales fell in May, when the mill was closed.", "May", "May"),
        ("Several libraries have been closed in recent years.", "recent years", "recent years"),
        ("The mill was closed because of last month's blast.", "last month", ""),
    ],
)
def test_date(text: str, words: str, expected: str, parses: Parses) -> None:
    (event,) = _events(parses, text, words)
    assert _text(text, event.date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pier was closed for an hour on Tuesday.", "Tuesday"),
        ("The pier will be closed for two months in June.", "June"),
        ("The pier was closed for two months.", ""),
        ("The pier shut a few years ago.", "a few years ago"),
        ("Many piers have been shut in recent years.", "recent years"),
        ("The pier was recently shut.", ""),
        ("The town closed piers, paths and bridges on Monday.", "Monday"),
        ("The firm will close two shops in four towns starting on Friday.", "Friday"),
        ("The pier could reopen as soon as Friday.", "Friday"),
        ("The pier will reopen no later than June 1.", "June 1"),
        ("Last week, the firm sold its boats and shut its yard.", "Last week"),
        ("They closed the school that was built on Monday.", ""),
    ],
)
def test_the_day_rather_than_the_length(text: str, expected: str, parses: Parses) -> None:
    article = plain_article(text, date(2024, 5, 6))
    doc = parses(article)
    mentions = find_dates(doc, article, load_date_words(models_folder()))
    (event,) = find_events(doc, article, [CLOSURE], WORDS, [], mentions)
    assert _text(text, event.date) == expected


def test_coordinated_dates_are_one(parses: Parses) -> None:
    text = "The refinery will close in July and August."
    (event,) = _events(parses, text, "July", "August")
    assert _text(text, event.date) == "July and August"


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("The firm will shut its mill, cutting 90 jobs, because of weak demand.", "weak demand"),
        ("A visitor fell from the wall, causing the closure of the castle.", "A visitor fell from the wall"),
        ("A fire at a mill in Hull, which shut down production, was put out.", "A fire at a mill in Hull"),
        ("The army closed the airport hours after it opened.", ""),
        ("The firm closed over 40 shops.", ""),
        ("They will found a trust to raise money, and hope to reopen the theatre.", ""),
    ],
)
def test_cause(text: str, cause: str, parses: Parses) -> None:
    assert _text(text, _events(parses, text)[0].cause) == cause


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The county may possibly close the jail.", "possible"),
        ("The old pit No. 7 will close in May.", "planned"),
        ("The county plans to cut hours, sell land and close a school.", "planned"),
        ("The mayor ordered all bars shut.", "planned"),
        ("Cargo handling remains halted at the port.", "ongoing"),
        ("Ministers failed to prevent the closure of the hospital.", "occurred"),
        ("The bosses have shelved plans to shut the ward.", "denied"),
        ("The storm dropped a foot of snow, closing the highway.", "occurred"),
        ("The ward will not reopen until May.", "denied"),
        ("The ward did not reopen until May.", "reversed"),
        ("The hospital would not consider reopening the ward before June.", "denied"),
    ],
)
def test_status(text: str, status: str, parses: Parses) -> None:
    assert [event.status for event in _events(parses, text)] == [status]


@pytest.mark.parametrize(
    ("text", "antecedent", "kind"),
    [
        ("The firm runs a mill in Hull. The mill will close.", "a mill in Hull", "plant or mine"),
        ("The mill in Hull and the mill in Leeds lose money. The old mill will close.", "", "plant or mine"),
        ("The firm runs mills in Hull. The mill in Leeds will close.", "", "plant or mine"),
        ("The firm has two mills in Hull. The two will close.", "two mills in Hull", "plant or mine"),
        ("The firm has ten mills in Hull. Four will close.", "", "plant or mine"),
        ("Small mines hurt the firm. They do not shut them down.", "", ""),
    ],
)
def test_what_a_target_stands_for(text: str, antecedent: str, kind: str, parses: Parses) -> None:
    events = _events(parses, text)
    assert [(_text(text, event.antecedent), event.target_kind) for event in events] == (
        [(antecedent, kind)] if kind else []
    )


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        ("The firm will close two mills. The closures will cost 90 jobs.", "two mills"),
        ("The firm will close a mill. The closures will cost 90 jobs.", ""),
        ("The firm will close a mill. The closure will cost 90 jobs.", "a mill"),
        ("The firm will close two mills. Prices rose. Rain fell. Wages fell. The closures hurt.", ""),
    ],
)
def test_what_a_bare_event_noun_takes_up(text: str, antecedent: str, parses: Parses) -> None:
    event = _events(parses, text)[-1]
    assert (event.target, _text(text, event.antecedent)) == (None, antecedent)


def test_a_number_has_the_places_of_the_event_with_as_many(parses: Parses) -> None:
    text = "Laos runs nine embassies. It will withdraw from Peru, Chile and Spain. They named the three set to close."
    event = _events(parses, text)[-1]
    assert [_text(text, span) for span in event.places] == ["Peru", "Chile", "Spain"]
    assert event.status == "planned"


def test_the_engine_holds_no_words_of_an_event_type() -> None:
    """What fires, what it happens to and what kind that is stand in the file, none of it in the engine's strings."""
    nouns = {noun for target in CLOSURE.targets for noun in target.nouns}
    kinds = {target.kind for target in CLOSURE.targets} - {"other"}
    fires = {word for trigger in CLOSURE.triggers for word in trigger.words if not trigger.tail}
    general = {"government", "compound", "activity"}  # a use of a name, a relation, a frame
    hard_coded = {
        f"{path.name}: {node.value}"
        for path in EXTRACT.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in (nouns | kinds | fires) - general
    }
    assert hard_coded == set()


def test_the_engine_holds_no_list_of_words() -> None:
    """Lists of words stand in models/event_words.toml; the engine lists tags, relations, labels and statuses."""
    words = {
        word
        for group in fields(WORDS)
        for kind in fields(getattr(WORDS, group.name))
        for word in getattr(getattr(WORDS, group.name), kind.name)
    } - set(get_args(Status))
    lists = {
        f"{path.name}: {ast.unparse(node)}"
        for path in EXTRACT.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple | ast.Set | ast.List)
        and sum(isinstance(item, ast.Constant) and item.value in words for item in node.elts) > 1
    }
    assert lists == set()
