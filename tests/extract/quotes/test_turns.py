"""Which rule decides that a paragraph with a label and a colon is a turn of a transcript."""

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from pipeline.extract.quotes.draft import QuoteDraft
from pipeline.extract.quotes.turns import TURN_RULES, LabelledParagraph, Transcript, deciding_rule
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
) -> str | None:
    doc = Doc(Vocab(), words=[*item.label.split(), ":", "It", "is", "late", "."])
    if person:
        doc.set_ents([Span(doc, 0, len(item.label.split()), label="PERSON")])
    rule = deciding_rule(item, Transcript(doc, WORDS, [item, *others], drafts))
    return rule.name if rule is not None else None


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("Q", "a question that names nobody"),
        ("A", "an answer that names nobody"),
        ("WALKER", "a label in capitals"),
        ("Note", None),
        ("Peter Hale", None),
    ],
)
def test_a_label_alone_decides(label: str, rule: str | None) -> None:
    assert rule_for(paragraph(label)) == rule


def test_the_full_name_of_a_person_is_a_turn() -> None:
    assert rule_for(paragraph("Peter Hale"), person=True) == "a full name"


def test_a_label_that_comes_back_is_a_turn() -> None:
    assert rule_for(paragraph("Gazette"), paragraph("Gazette", block=2)) == "a label that comes back"


def test_in_a_headline_capitals_are_no_turn() -> None:
    assert rule_for(paragraph("WALKER", role="headline")) is None


def test_a_label_without_words_behind_it_is_no_turn() -> None:
    assert rule_for(paragraph("WALKER", content="")) == "nothing after the colon"


def test_what_has_that_source_already_is_no_turn() -> None:
    assert rule_for(paragraph("WALKER"), drafts=(draft(0, (0, 6)),)) == "the models found who speaks"


def test_an_answer_with_speakers_of_its_own_is_no_turn() -> None:
    assert rule_for(paragraph("A"), drafts=(draft(0, (3, 5)),)) == "an answer in which others speak"


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.name for rule in TURN_RULES}) == len(TURN_RULES)
