import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline import nlp as nlp_module
from pipeline.errors import BadModel
from pipeline.nlp import loading, model_folder, parse, parser_text
from pipeline.records import Article, Block
from tests.helpers.parses import plain_article


def article(text: str, *blocks: Block) -> Article:
    return Article("d", "k", "f", text, blocks)


def test_the_parser_text_has_the_same_length_and_only_what_is_read() -> None:
    text = "Menu | Home\n\n“Yes,”\u00a0she said.\nIt’s over.\n\n© 2024"
    source = article(text, Block(0, 11, "navigation"), Block(13, 42, "body"), Block(44, 50, "footer"))
    assert parser_text(source) == " " * 13 + '"Yes," she said. It\'s over.'.ljust(len(text) - 13)


def test_an_unknown_model_is_refused_with_advice() -> None:
    with pytest.raises(BadModel) as caught:
        model_folder("no_such_model")
    assert "spacy.io/models" in caught.value.hint  # not pip: strangers hold names of models on the index


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadModel):
        model_folder(str(tmp_path))


@pytest.mark.parametrize(("component", "is_there"), [("attribute_ruler", False), ("entity_ruler", True)])
def test_words_that_no_component_needs_are_not_loaded(tmp_path: Path, component: str, *, is_there: bool) -> None:
    saved = spacy.blank("en")
    saved.add_pipe(component)
    saved.vocab.strings.add("zyzzyva")
    saved.to_disk(tmp_path)
    nlp = spacy.load(tmp_path, exclude=["strings"])
    loading._load_strings(nlp, tmp_path)
    assert ("zyzzyva" in nlp.vocab.strings) is is_there


@pytest.fixture(scope="module")
def nlp() -> Language:
    return nlp_module.load_nlp()


@pytest.mark.model
def test_no_sentence_runs_across_a_block_and_offsets_are_those_of_the_text(nlp: Language) -> None:
    text = "The mill in the valley\n\nThe council met\nyesterday. It closed nothing."
    source = article(text, Block(0, 22, "headline"), Block(24, len(text), "body"))
    _, doc = next(iter(parse(nlp, [source])))
    sentences = [s.text.strip() for s in doc.sents if s.text.strip()]
    assert sentences == ["The mill in the valley", "The council met yesterday.", "It closed nothing."]
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc if not t.is_space)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("She is closing the mines.", ["she", "be", "close", "the", "mine", "."]),
        ("They were said to have left.", ["they", "be", "say", "to", "have", "leave", "."]),
    ],
)
def test_lemmas(nlp: Language, text: str, lemmas: list[str]) -> None:
    _, doc = next(iter(parse(nlp, [plain_article(text)])))
    assert [t.lemma_ for t in doc] == lemmas


@pytest.mark.model
@pytest.mark.parametrize("text", ["word " * 200, "x" * 500, "The mine closed. " * 30])
def test_a_long_text_is_parsed_in_parts_and_joined(nlp: Language, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp_module, "SEGMENT_CHARS", 400)
    source = article(text, Block(0, len(text.rstrip()), "body"))
    _, doc = next(iter(parse(nlp, [source])))
    assert len(text) > nlp_module.SEGMENT_CHARS
    assert doc.text == parser_text(source)


@pytest.mark.model
def test_articles_come_out_in_order_one_doc_each(nlp: Language) -> None:
    articles = [plain_article(f"Mine {number} closed.") for number in range(40)]
    assert [(a.text, doc.text) for a, doc in parse(nlp, articles)] == [(a.text, a.text) for a in articles]


@pytest.mark.model
@pytest.mark.parametrize("title", ["Sgt.", "Capt.", "Supt.", "Coun.", "Asst."])
def test_no_sentence_ends_after_a_rank(title: str, nlp: Language) -> None:
    text = f"The pier was shut. Police said {title} Oren Blake left it at noon."
    _, doc = next(iter(parse(nlp, [plain_article(text)])))
    assert not [sentence.text for sentence in doc.sents if sentence.text.strip().endswith(title)]
    assert title in [token.text for token in doc]


ADDRESS = "https://larnhaven.example/news/2025/03/04/" + "the-ferry-terminal-closes-" * 30
LONG_RUNS = ["[", "=", "a", '"', "(a)-", "https://x.example/", "\N{PENGUIN}"]


@pytest.mark.parametrize("run", LONG_RUNS)
def test_runs_without_a_blank_are_cut(run: str) -> None:
    text = f"It is late, {run * 2_000}, she said."
    parsed = parser_text(plain_article(text))
    assert len(parsed) == len(text)
    assert max(map(len, parsed.split())) < 100
    assert parsed.startswith("It is late, ")
    assert parsed.endswith(" she said.")
    assert all(ours in (theirs, " ") for ours, theirs in zip(parsed, text, strict=True))


def test_words_and_addresses_are_not_cut() -> None:
    assert 500 < len(ADDRESS) < nlp_module.LONGEST_RUN
    text = f"It is late, see {ADDRESS} she said, -------- and {'-' * 200} left."
    assert parser_text(plain_article(text)) == text


@pytest.mark.model
@pytest.mark.parametrize("run", LONG_RUNS)
def test_no_run_without_a_blank_takes_long(nlp: Language, run: str) -> None:
    parsed = parser_text(plain_article((run * 20_000)[:20_000]))
    started = time.process_time()
    doc = nlp.make_doc(parsed)
    assert time.process_time() - started < 5  # without the cuts up to a minute
    assert doc.text == parsed


def sentence_starts(text: str, *blocks: Block) -> dict[str, bool | None]:
    """By token what the parser is told: a sentence starts here, none does, or nothing."""
    nlp = spacy.blank("en")
    nlp.tokenizer.add_special_case("Capt.", [{"ORTH": "Capt."}])  # type: ignore[union-attr]
    source = article(text, *blocks)
    [(doc, _)] = nlp_module._segment_docs(nlp, [source])
    return {token.text: token.is_sent_start for token in doc}


def test_a_sentence_starts_with_each_block_and_none_after_a_rank_or_within_a_headline() -> None:
    text = "Headline here\nCapt. Blake left\nMenu | Home\nOthers stayed"
    starts = sentence_starts(text, Block(0, 13, "headline"), Block(14, 30, "body"), Block(43, 56, "body"))
    told = {word: value for word, value in starts.items() if value is not None}
    blanks = [word for word in starts if not word.strip()]
    assert blanks == [" " * 12]  # what is not read, as a sentence of its own
    assert told == {
        "Headline": True, "here": False, "Capt.": True, "Blake": False, blanks[0]: True, "Others": True,
    }  # fmt: skip


def test_a_text_of_nothing_has_no_sentence() -> None:
    assert sentence_starts("") == {}


def test_batches_are_bounded_in_number_and_in_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp_module, "BATCH_TOKENS", 10)
    monkeypatch.setattr(nlp_module, "BATCH_SIZE", 3)
    made = plain_article("x")
    vocab = Vocab()
    segments = [(Doc(vocab, ["a"] * length), (made, True)) for length in (4, 4, 4, 12, 1, 1, 1, 1)]
    batches = [[len(doc) for doc, _ in batch] for batch in nlp_module._batch_segments(segments)]
    assert batches == [[4, 4], [4], [12], [1, 1, 1], [1]]
