"""The window encoder computed here: thinc's numbers, the same in any company; other encoders are left alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

from pipeline import nlp as nlp_module
from pipeline import read_articles
from pipeline.nlp import encoder, parse
from pipeline.nlp.encoder import compute_encoders
from pipeline.records import Article

ROOT = Path(__file__).resolve().parents[2]

#: Lengths in tokens: nothing, a word, and around the length of a block.
LENGTHS = [0, 1, 5, 0, encoder._BLOCK - 10, encoder._BLOCK + 3, 2]


def encoders(nlp: Language) -> list[Model[list[encoder.Floats], list[encoder.Floats]]]:
    models = [component.model for _, component in nlp.pipeline if hasattr(component, "model")]
    return [node for model in models for node in model.walk() if node.name == "computed_encoder"]


@pytest.mark.model
def test_the_numbers_are_those_of_thinc() -> None:
    generator = np.random.default_rng(7)
    computed = encoders(nlp_module.load_nlp())
    assert len(computed) == 2  # that of tagger and parser, and that of the entities
    for layer in computed:
        texts = [generator.normal(size=(length, 96)).astype(np.float32) for length in LENGTHS]
        assert layer.predict([]) == []
        for some in (texts, texts[1:2], texts[2:4]):
            ours, theirs = layer.predict(some), layer.layers[0].predict(some)
            assert [text.shape for text in ours] == [text.shape for text in theirs]
            for mine, other in zip(ours, theirs, strict=True):
                np.testing.assert_allclose(mine, other, rtol=0, atol=1e-5)


@pytest.mark.model
def test_the_numbers_of_a_text_are_the_same_in_any_company() -> None:
    generator = np.random.default_rng(8)
    layer = encoders(nlp_module.load_nlp())[0]
    text = generator.normal(size=(encoder._BLOCK + 40, 96)).astype(np.float32)
    [alone] = layer.predict([text])
    for length in range(40):
        before, after = (generator.normal(size=(length, 96)).astype(np.float32) for _ in range(2))
        assert np.array_equal(layer.predict([before, text, after])[1], alone)


@pytest.mark.model
def test_the_vectors_of_an_article_are_the_same_in_any_company() -> None:
    files = sorted((ROOT / "corpus/examples").glob("*.txt"))
    articles = [article for article in read_articles(ROOT / "corpus/examples") if isinstance(article, Article)]
    assert len(articles) >= len(files) > 1
    together = {article.doc_id: doc.tensor for article, doc in parse(nlp_module.load_nlp(), articles)}
    nlp = nlp_module.load_nlp()
    for article in reversed(articles):
        [(_, doc)] = parse(nlp, [article])
        assert np.array_equal(doc.tensor, together[article.doc_id])


def tok2vec_of(**encode: object) -> Language:
    nlp = spacy.blank("en")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2", "width": 32, "attrs": ["NORM"], "rows": [100],
        "include_static_vectors": False,
    }  # fmt: skip
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": {"width": 32, "depth": 2, **encode}}
    nlp.add_pipe("tok2vec", config={"model": model})
    return nlp


@pytest.mark.parametrize(("pieces", "depth"), [(1, 1), (2, 1), (3, 4)])
def test_other_sizes_are_computed_too(pieces: int, depth: int) -> None:
    nlp = tok2vec_of(
        **{"@architectures": "spacy.MaxoutWindowEncoder.v2", "window_size": 1, "maxout_pieces": pieces, "depth": depth}
    )
    nlp.initialize()
    docs: list[Doc] = [nlp.make_doc(text) for text in ("The pier is shut.", "Nobody knows why.")]
    component = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    before = component.predict(docs)
    assert compute_encoders(nlp) == 1
    for ours, theirs in zip(component.predict(docs), before, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)


def test_encoders_of_other_kinds_stay_as_they_are() -> None:
    wide = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "window_size": 2, "maxout_pieces": 3}
    mish = {"@architectures": "spacy.MishWindowEncoder.v2", "window_size": 1}
    for encode in (wide, mish):
        nlp = tok2vec_of(**encode)
        nlp.initialize()
        assert compute_encoders(nlp) == 0
    assert compute_encoders(spacy.blank("en")) == 0
