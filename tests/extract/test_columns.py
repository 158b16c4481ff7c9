"""Attributes read as columns are those that each token has."""

from __future__ import annotations

from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.extract.columns import doc_text, indices_with, read_texts


def make_doc() -> Doc:
    words = ["Larn", "shut", "Its", "MILL"]
    return Doc(English().vocab, words, tags=["NNP", "VBD", "PRP$", "NN"], lemmas=["Larn", "shut", "its", "MILL"])


def test_texts_are_those_of_the_tokens() -> None:
    doc = make_doc()
    assert read_texts(doc, "LOWER") == [token.lower_ for token in doc]
    assert read_texts(doc, "TAG") == [token.tag_ for token in doc]
    assert read_texts(doc, "LEMMA", lower=True) == ["larn", "shut", "its", "mill"]
    assert read_texts(Doc(English().vocab), "TAG") == []


def test_indices_of_tokens_with_one_of_the_values() -> None:
    doc = make_doc()
    assert indices_with(doc, "TAG", ("NN", "NNP")) == [0, 3]
    assert indices_with(doc, "TAG", ("a tag that no text has",)) == []
    assert indices_with(Doc(English().vocab), "TAG", ("NN",)) == []


def test_each_doc_has_its_own_text() -> None:
    assert [doc_text(Doc(English().vocab, [word])) for word in ("one", "two")] == ["one ", "two "]
