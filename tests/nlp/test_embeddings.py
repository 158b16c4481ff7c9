"""Vectors of words that are looked up: those of the model, and the same in any company."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

import pipeline.nlp
from pipeline.nlp import embeddings
from pipeline.nlp.embeddings import remember_embeddings

pytestmark = pytest.mark.model
TEXTS = ["The ferry can't sail.", "Nobody  can say when the ferry's pier opens.", "", "cannot"]


@pytest.fixture
def nlp() -> Language:
    return pipeline.nlp.load_nlp()


def memory_layer(nlp: Language, component: str) -> Model[list[Doc], list[embeddings.Floats]]:
    """The component's layer that remembers words, with nothing remembered yet."""
    model = nlp.get_pipe(component).model  # type: ignore[attr-defined]
    layer: Model[list[Doc], list[embeddings.Floats]] = next(
        node for node in model.walk() if node.name == "remembered_embeddings"
    )
    layer.attrs["memory"] = embeddings._Memory(layer.layers[0])
    return layer


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_vectors_are_those_of_the_model(nlp: Language, component: str) -> None:
    layer = memory_layer(nlp, component)
    docs = [nlp.make_doc(text) for text in TEXTS]
    for _ in range(2):  # computed, then looked up
        for ours, theirs in zip(layer.predict(docs), layer.layers[0].predict(docs), strict=True):
            assert len(ours) == len(theirs)
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)


@pytest.mark.parametrize("component", ["tok2vec", "ner"])
def test_a_vector_does_not_depend_on_what_came_before(nlp: Language, component: str) -> None:
    many = nlp.make_doc(" ".join(f"{word} {number}" for number, word in enumerate(TEXTS[1].split() * 40)))
    few = nlp.make_doc(TEXTS[1])
    alone = memory_layer(nlp, component).predict([few])[0]
    in_company = memory_layer(nlp, component)
    in_company.predict([many])
    assert np.array_equal(in_company.predict([few])[0], alone)


def test_when_there_are_too_many_words_all_are_forgotten(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings, "MOST_WORDS", 8)
    layer = memory_layer(nlp, "ner")
    docs = [nlp.make_doc(text) for text in (TEXTS[0], TEXTS[1], TEXTS[0])]
    for doc in docs:
        [vectors] = layer.predict([doc])
        np.testing.assert_allclose(vectors, layer.layers[0].predict([doc])[0], rtol=0, atol=1e-5)
        assert len(layer.attrs["memory"]._rows) <= len(docs[1])


def test_time_that_runs_out_in_between_leaves_no_wrong_vector(nlp: Language) -> None:
    class Broken(dict[int, int]):
        def update(self, *_: object) -> None:
            raise TimeoutError

    layer = memory_layer(nlp, "ner")
    memory = layer.attrs["memory"]
    memory._rows = Broken()
    with pytest.raises(TimeoutError):
        layer.predict([nlp.make_doc(TEXTS[0])])
    memory._rows = {}
    doc = nlp.make_doc(TEXTS[1])
    np.testing.assert_allclose(layer.predict([doc])[0], layer.layers[0].predict([doc])[0], rtol=0, atol=1e-5)


@pytest.mark.parametrize("is_sum", [True, False])
def test_features_are_summed_without_vectors_too(is_sum: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 32, "attrs": ["LOWER", "SHAPE", "SPACY"],
        "rows": [100, 50, 10], "include_static_vectors": False,
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 32, "window_size": 1, "maxout_pieces": 2, "depth": 1,
    }  # fmt: skip
    nlp.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}})
    nlp.initialize()
    if not is_sum:  # as with layers that this module doesn't know
        monkeypatch.setattr(embeddings, "_read_sum", lambda _: None)
    assert remember_embeddings(nlp) == 1
    layer = memory_layer(nlp, "tok2vec")
    docs = [nlp.make_doc(text) for text in TEXTS]
    for ours, theirs in zip(layer.predict(docs), layer.layers[0].predict(docs), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)


def test_other_layers_stay_as_they_are() -> None:
    nlp = spacy.blank("en")
    by_letters = {
        "@architectures": "spacy.CharacterEmbed.v2", "width": 96, "rows": 100, "nM": 8, "nC": 4,
        "include_static_vectors": False, "feature": "LOWER",
    }  # fmt: skip
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "window_size": 1, "maxout_pieces": 3, "depth": 2,
    }  # fmt: skip
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": by_letters, "encode": encode}
    nlp.add_pipe("tok2vec", config={"model": model})
    assert remember_embeddings(nlp) == 0
