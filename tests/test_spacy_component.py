"""The component "newsclaims" in spaCy pipelines of other people's making."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import DocBin

from pipeline import extract_text

MILL = "The Larn mill will close next month, Ada Brandt said."

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("newsclaims")  # found by its entry point
    return nlp


def test_claims_are_spans_and_user_data_that_a_docbin_keeps(nlp: Language) -> None:
    doc = nlp(MILL)
    spans = {(span.label_, span.text) for span in doc.spans["claims"]}
    assert {
        ("quote", "The Larn mill will close next month"),
        ("source", "Ada Brandt"),
        ("closure", "close"),
    } <= spans
    bin_ = DocBin(store_user_data=True, docs=[doc])
    (kept,) = DocBin().from_bytes(bin_.to_bytes()).get_docs(nlp.vocab)
    assert [claim["speaker"] for claim in kept.user_data["claims"]] == ["Ada Brandt", "Ada Brandt"]
    assert {(span.label_, span.text) for span in kept.spans["claims"]} == spans
    assert "quote" in displacy.render(doc, style="span", options={"spans_key": "claims"}, jupyter=False)


def test_claims_are_those_of_extract_text_in_a_stream_too(nlp: Language) -> None:
    docs = [nlp.make_doc(MILL), nlp.make_doc("It is late, Bo Eik said.")]
    docs[0].user_data["published"] = "2025-03-04"
    first, second = nlp.pipe(docs)
    expected = extract_text(MILL, published="2025-03-04").claims
    assert [claim["claim_id"] for claim in first.user_data["claims"]] == [claim.claim_id for claim in expected]
    assert "2025-04-01" in {claim["date_start"] for claim in first.user_data["claims"]}
    assert [claim["speaker"] for claim in second.user_data["claims"]] == ["Bo Eik"]


def test_a_pipeline_with_it_is_saved_and_loaded(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    assert [claim["speaker"] for claim in spacy.load(tmp_path)(MILL).user_data["claims"]] == [
        "Ada Brandt",
        "Ada Brandt",
    ]
