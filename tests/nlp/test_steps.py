"""Parser and recognizer without spaCy's steps: the same arcs and entities as with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline import nlp as nlp_module
from pipeline.corpus import make_article
from pipeline.nlp import dependencies
from pipeline.nlp.annotation import _read_scores, annotate
from pipeline.nlp.dependencies import parse_dependencies
from pipeline.nlp.entity_labels import label_entities
from pipeline.nlp.state_scores import StateScores

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "Larn council to shut baths in May\n\nThe council of Larn said on Tuesday that it would shut the Castle Baths.\n\n"
    "\"We have no money left,\" said Mary Dole, 52, who has led it since 2019. Nobody at Dole & Sons, of New Tarn,"
    " Ohio, could be reached.\n\n\n\nIt is the third pool to go\n\n- Tarn\n- Corran Bay\n\nMore soon .\n",
    "",
    "Shut!\n\n\"No.\"\n\nWhy\n\nSgt. Ann Lee of the Corran Bay Police Department said\n\n"
    "that 40 people from Spain left.\n",
    "One paragraph alone, in which Peter Marsh of Marsh Ferries tells the BBC what he paid in the first week of June.",
]  # fmt: skip

#: Paragraphs of several sentences: quotations that end within one, full stops that end none.
LONG = [
    'The ferry from Tarn has made its last trip. "We had no choice." "It was too old!" said Jane Orr of Orr Lines'
    " plc. Who pays for it? She would not say, but Mr. Lund of the U.S. Coast Service will tell the press on Friday.",
    'Yes. No. Perhaps! He left at 5 a.m. and came back . . . too late. "Why?" asked the judge. "Because." That was all',
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return nlp_module.load_nlp()


@pytest.fixture(params=[0.0, 4.0], ids=["as it is", "eager to start sentences"])
def parser(nlp: Language, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The parser; the second time it would rather start a sentence than do anything else, so that it often may."""
    component: Any = nlp.get_pipe("parser")
    upper = component.model.get_ref("upper")
    before = upper.get_param("b")
    changed = before.copy()
    changed[component.move_names.index("B-ROOT")] += request.param
    upper.set_param("b", changed)
    yield component
    upper.set_param("b", before)


def tokenized(nlp: Language, texts: list[str]) -> list[Doc]:
    """The Docs as parser and recognizer get them, with fixed starts of sentences."""
    segments = nlp_module._segment_docs(nlp, [make_article(text, file="a.txt") for text in texts])
    docs: list[Doc] = [doc for doc, _ in segments]
    component: Any = nlp.get_pipe("tok2vec")
    component.set_annotations(docs, component.predict(docs))
    return docs


def examples() -> list[str]:
    files = sorted((ROOT / "corpus/examples").glob("*.txt"))
    return [file.read_text(encoding="utf-8") for file in files]


def arcs_of(state: Any) -> list[tuple[int, int, int]]:
    return sorted((arc["child"], arc["head"], arc["label"]) for arc in state.arcs)


@pytest.mark.model
@pytest.mark.parametrize("texts", [TEXTS, TEXTS[1:2], examples()], ids=["own", "empty", "examples"])
def test_arcs_are_those_of_steps(nlp: Language, parser: Any, texts: list[str]) -> None:
    docs = tokenized(nlp, [text for text in texts if text] or ["."])
    docs.insert(1, nlp.make_doc(""))
    ours = parse_dependencies(parser, StateScores(parser.model, 100), docs)
    assert [arcs_of(state) for state in ours] == [arcs_of(state) for state in parser.predict(docs)]


def cut_everywhere(doc: Doc, marks: Any) -> list[int]:
    """Starts of stretches wherever the parser may start a sentence, most of them wrong."""
    return [token for token, mark in enumerate(marks.tolist()) if not token or mark >= 0]


@pytest.mark.model
@pytest.mark.parametrize("texts", [LONG, TEXTS, examples()], ids=["long", "own", "examples"])
def test_wrong_cuts_change_nothing(
    nlp: Language, parser: Any, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tokenized(nlp, [text for text in texts if text])
    monkeypatch.setattr(dependencies, "_find_starts", cut_everywhere)
    ours = parse_dependencies(parser, StateScores(parser.model, 100), docs)
    assert [arcs_of(state) for state in ours] == [arcs_of(state) for state in parser.predict(docs)]


@pytest.mark.model
def test_a_long_paragraph_is_cut_behind_its_sentences(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependencies, "_SHORTEST", 3)
    [doc] = tokenized(nlp, LONG[:1])
    starts = dependencies._find_starts(doc, doc.to_array(["SENT_START"]).astype(np.int64))
    # "said Jane" is a wrong one, as sentences may end with a quotation, too.
    found = [doc[start : start + 2].text for start in starts]
    assert found == ["The ferry", '"We', '"It', "said Jane", "Who pays", "She would"]


@pytest.mark.model
def test_a_parse_that_crosses_a_fixed_start_goes_on(nlp: Language, parser: Any) -> None:
    """Of the eager parser's parses a few do, or the test above shows nothing of it."""
    crossed = []

    class Noted(dependencies._Stretches):
        def parse_of(self, text: int, doc: Doc, offset: int) -> Any:
            crossed.append(self._last != list(range(len(self._last))))
            return super().parse_of(text, doc, offset)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dependencies, "_Stretches", Noted)
        parse_dependencies(parser, StateScores(parser.model, 100), tokenized(nlp, examples()))
    is_eager = parser.model.get_ref("upper").get_param("b")[-1] > 1
    assert any(crossed) or not is_eager


@pytest.mark.model
@pytest.mark.parametrize("is_parsed", [False, True])
@pytest.mark.parametrize("texts", [TEXTS, examples()], ids=["own", "examples"])
def test_entities_are_those_of_steps(nlp: Language, texts: list[str], is_parsed: bool) -> None:
    recognizer: Any = nlp.get_pipe("ner")
    docs = tokenized(nlp, [text for text in texts if text])
    docs.insert(1, nlp.make_doc(""))
    others = [doc.copy() for doc in docs]
    if is_parsed:
        for some in (docs, others):
            nlp.get_pipe("parser").set_annotations(some, nlp.get_pipe("parser").predict(some))  # type: ignore[attr-defined]
    recognizer.set_annotations(docs, label_entities(recognizer, StateScores(recognizer.model, 100), docs))
    recognizer.set_annotations(others, recognizer.predict(others))
    columns: list[int | str] = ["ENT_IOB", "ENT_TYPE"]
    assert any(doc.ents for doc in docs)
    for ours, theirs in zip(docs, others, strict=True):
        assert np.array_equal(ours.to_array(columns), theirs.to_array(columns))


@pytest.mark.model
def test_labels_from_before_are_kept(nlp: Language) -> None:
    recognizer: Any = nlp.get_pipe("ner")
    [doc] = tokenized(nlp, TEXTS[-1:])
    doc.set_ents([Span(doc, 0, 2, label="EVENT")], default="unmodified")
    recognizer.set_annotations([doc], label_entities(recognizer, StateScores(recognizer.model, 100), [doc]))
    assert doc.ents[0].label_ == "EVENT"
    assert doc.ents[0].text == "One paragraph"


@pytest.mark.parametrize(("factory", "is_known"), [("parser", True), ("beam_parser", False), ("ner", True)])
def test_only_greedy_components_are_known(factory: str, is_known: bool) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(factory).add_label("nsubj")  # type: ignore[attr-defined]
    nlp.initialize()
    assert bool(_read_scores(nlp, 100)) == is_known


def test_other_components_take_their_own_steps() -> None:
    @Language.component("count_tokens")
    def count_tokens(doc: Doc) -> Doc:
        doc.user_data["length"] = len(doc)
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("count_tokens")
    [doc] = annotate(nlp, [nlp.make_doc("It rains. It pours.")], batch_size=4, capacity=100)
    assert [sentence.text for sentence in doc.sents] == ["It rains.", "It pours."]
    assert doc.user_data["length"] == 6
