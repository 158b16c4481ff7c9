"""Where the parser may begin a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from pipeline import nlp as nlp_module
from pipeline import read_articles
from pipeline.corpus import make_article
from pipeline.nlp import parse
from pipeline.records import Article

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp() -> Language:
    return nlp_module.load_nlp()


@pytest.mark.parametrize("name", ["2024-11-13_bottle_plant_wire.txt", "embassies-radio.txt"])
def test_headlines_of_the_examples_are_sentences(nlp: Language, name: str) -> None:
    (source,) = read_articles(ROOT / "corpus/examples" / name)
    assert isinstance(source, Article)
    ((article, doc),) = parse(nlp, [source])
    headlines = [block for block in article.blocks if block.role == "headline"]
    assert headlines
    for block in headlines:
        assert sum(block.start <= sentence.start_char < block.end for sentence in doc.sents) == 1


@pytest.mark.parametrize(
    ("headline", "sentences"),
    [
        ("Corran Foods to close frozen pea plant next April", ["Corran Foods to close frozen pea plant next April"]),
        ("Last post office in Tarn shuts, councillors say", ["Last post office in Tarn shuts, councillors say"]),
        ("Is the ferry over? Larn waits", ["Is the ferry over?", "Larn waits"]),
    ],
)
def test_a_headline_is_parted_at_punctuation_alone(nlp: Language, headline: str, sentences: list[str]) -> None:
    text = f"{headline}\n\nThe plant opened in 1962, the firm said. It has 40 workers.\n"
    ((article, doc),) = parse(nlp, [make_article(text, file="a.txt")])
    assert article.blocks[0].role == "headline"
    found = [sentence.text.strip() for sentence in doc.sents if sentence.text.strip()]
    assert found == [*sentences, "The plant opened in 1962, the firm said.", "It has 40 workers."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Sales fell to £41m. Chairman Ivo Lund resigned.", ["Sales fell to £41m.", "Chairman Ivo Lund resigned."]),
        ('Debt rose to €9m. "It is too much," he said.', ["Debt rose to €9m.", '"It is too much," he said.']),
        ("The firm paid £5m. in cash.", ["The firm paid £5m. in cash."]),
        ("He left Brun & Co. She stayed.", ["He left Brun & Co.", "She stayed."]),
        ("Brun Motor Co. Chairman Ivo Lund left.", ["Brun Motor Co. Chairman Ivo Lund left."]),
    ],
)
def test_abbreviations_that_end_a_sentence(nlp: Language, text: str, sentences: list[str]) -> None:
    ((_, doc),) = parse(nlp, [make_article(text, file="a.txt")])
    assert [sentence.text.strip() for sentence in doc.sents] == sentences


def test_the_end_of_a_firms_name_hangs_on_it(nlp: Language) -> None:
    text = '"It rains," said Ada Lund, a broker at Brun & Co. "It pours."'
    ((_, doc),) = parse(nlp, [make_article(text, file="a.txt")])
    firm = next(token for token in doc if token.text == "Co.")
    assert (firm.head.text, firm.dep_) == ("Brun", "conj")
