"""Which rule decides that a paragraph with a label and a colon is a turn of a transcript."""

from dataclasses import replace

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.quotes.turns import TURN_RULES, LabelledParagraph, Transcript, TurnCase, find_labelled, find_turns
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.reporting_words import load_reporting_words
from pipeline.rule_table import first_rule
from tests.helpers.parses import plain_article

WORDS = load_reporting_words(models_folder())


def paragraph(label: str, block: int = 0, role: str = "body", content: str = "It is late.") -> LabelledParagraph:
    colon = len(label)
    return LabelledParagraph(block, role, label, (0, colon), colon, colon + 2, (colon + 2, colon + 2 + len(content)))


def draft(block: int, source: tuple[int, int]) -> QuoteDraft:
    return QuoteDraft(block, (source,), (), [(9, 20)], ("say",), False, 0.9, "left", "")


def rule_for(
    item: LabelledParagraph, *others: LabelledParagraph, drafts: tuple[QuoteDraft, ...] = (), person: bool = False
) -> str:
    doc = Doc(Vocab(), words=[*item.label.split(), ":", "It", "is", "late", "."])
    if person:
        doc.set_ents([Span(doc, 0, len(item.label.split()), label="PERSON")])
    return first_rule(TURN_RULES, TurnCase(item, Transcript(doc, WORDS, [item, *others], drafts))).name


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("Q", "a question that names nobody"),
        ("A", "an answer that names nobody"),
        ("WALKER", "a label in capitals"),
        ("Note", "no other rule"),
        ("Peter Hale", "no other rule"),
    ],
)
def test_a_label_alone_decides(label: str, rule: str) -> None:
    assert rule_for(paragraph(label)) == rule


def test_the_full_name_of_a_person_is_a_turn() -> None:
    assert rule_for(paragraph("Peter Hale"), person=True) == "a full name"


def test_a_label_that_comes_back_is_a_turn() -> None:
    assert rule_for(paragraph("Gazette"), paragraph("Gazette", block=2)) == "a label that comes back"


def test_in_a_headline_capitals_are_no_turn() -> None:
    assert rule_for(paragraph("WALKER", role="headline")) == "no other rule"


def test_a_label_without_words_behind_it_is_no_turn() -> None:
    assert rule_for(paragraph("WALKER", content="")) == "nothing after the colon"


def test_what_has_that_source_already_is_no_turn() -> None:
    assert rule_for(paragraph("WALKER"), drafts=(draft(0, (0, 6)),)) == "the models found who speaks"


def test_an_answer_with_speakers_of_its_own_is_no_turn() -> None:
    assert rule_for(paragraph("A"), drafts=(draft(0, (3, 5)),)) == "an answer in which others speak"


def test_the_only_label_in_capitals_is_a_dateline_where_the_body_opens() -> None:
    opening = replace(paragraph("LARN"), opens_body=True)
    assert rule_for(opening) == "a dateline"
    assert rule_for(opening, paragraph("WALKER", block=2)) == "a label in capitals"
    assert rule_for(opening, replace(opening, block=2)) == "a label in capitals"


def test_a_heading_is_no_turn() -> None:
    heading = replace(paragraph("PICTURES"), ends_sentence=False)
    assert rule_for(heading) == "no sentence behind it"
    assert rule_for(heading, paragraph("PICTURES", block=2)) == "a label in capitals"


def test_a_figure_is_no_turn() -> None:
    assert rule_for(replace(paragraph("WALKER"), has_words=False)) == "a figure"


TURNS = [
    ("Mr. HOLT. I thank the chair.\n\nThe SPEAKER pro tempore. Time is up.", ["Mr. HOLT", "The SPEAKER"]),
    ("[00:01:12] KERN: It is late.\n\n1:20 HALE: It is.", ["KERN", "HALE"]),
    ("KERN [translated]: It is late.\n\nHALE (00:12): It is.", ["KERN", "HALE"]),
    ("Q. When was that?\n\nA. In May.", ["Q", "A"]),
    ("A. Holt came first.\n\nThe boats left in May.", []),
    ("The pier is old. It is closed.", []),
]


@pytest.mark.parametrize(("text", "labels"), TURNS)
def test_labels(text: str, labels: list[str]) -> None:
    assert [item.label for item in find_labelled(plain_article(text), WORDS)] == labels


SPOKEN = "KERN: It is late.\n\nThe boats left.\n\nHALE: They did.\n\nKERN: All."
LETTERS = "Q. When was that?\n\nA. In May.\n\nThe boats left.\n\nQ. And then?\n\nA. Nothing."


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (SPOKEN, ["It is late. The boats left.", "They did.", "All."]),
        (LETTERS, ["In May. The boats left.", "Nothing."]),
        ("KERN: It is late.\n\n(Applause)\n\nHALE: They did.\n\nKERN: All.", ["It is late.", "They did.", "All."]),
        ("KERN: It is late.\n\nThe boats left.\n\nHALE: All.", ["It is late.", "All."]),
    ],
)
def test_a_paragraph_without_label_goes_on_with_the_turn_of_a_transcript(text: str, contents: list[str]) -> None:
    article = plain_article(text)
    turns = find_turns(Doc(Vocab(), words=text.split()), article, [], WORDS)
    assert [" ".join(text[slice(*span)] for span in turn.content) for turn in turns] == contents
