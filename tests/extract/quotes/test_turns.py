"""Which rule decides that a paragraph with a label and a colon is a turn of a transcript."""

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.quotes.turns import TURN_RULES, LabelledParagraph, Transcript, TurnCase
from pipeline.extract.rule_table import first_rule
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.reporting_words import load_reporting_words

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
