"""What each normaliser keeps and drops; ids and keys in users' stores hang on these."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import normalize
from pipeline.text.identifiers import ID_LETTERS, hash_id, hash_pieces


@pytest.mark.parametrize(
    ("function", "text", "result"),
    [
        (normalize.collapse_whitespace, " a\u00a0b\u2028\tc\n", "a b c"),
        (normalize.blank_invalid, "a\x00b\x1b\tc\ud800\n", "a b \tc\ufffd\n"),
        (normalize.flatten_layout, "The govern-\nment  left\u200b.", "The government left."),
        (normalize.straighten_punctuation, "“It’s” – «so»‐", '"It\'s" - "so"‐'),
        (normalize.strip_accents, "Renée Łódź ﬁn", "Renee Łodz fin"),
        (normalize.mask_numbers, "Page 12 of 30", "Page 0 of 0"),
        (normalize.match_key, "“The Ferry”  closes.", '"the ferry" closes'),
        (normalize.match_key, "Cafe\u0301 ...", "café"),
        (normalize.word_key, "Straße 5: the mine’s gate", "strasse 5 the mine s gate"),
        (normalize.lowercase_word_key, "Straße 5: the mine’s gate", "straße 5 the mine s gate"),
        (normalize.alphanumeric_key, "Example-News_24", "examplenews24"),
    ],
)
def test_what_is_kept(function: Callable[[str], str], text: str, result: str) -> None:
    assert function(text) == result


def test_hyphens_are_straightened_where_asked_for() -> None:
    assert normalize.straighten_punctuation("long‑term", hyphens=True) == "long-term"


def test_offsets_survive_what_keeps_the_length() -> None:
    text = "“A\x00b” – c‑d\ud800"
    assert len(normalize.blank_invalid(text)) == len(text)
    assert len(normalize.straighten_punctuation(text, hyphens=True)) == len(text)


def test_ids_are_stable() -> None:
    assert hash_id("d", "The mine closed.") == "dqozwbh6q66gqbsm"
    assert len(hash_id("c", "\ud800")) == 1 + ID_LETTERS


@given(st.text("aB. -\u2010\u00ad\u200b\n\r\u2028\xa0\N{PENGUIN}", max_size=40), st.integers(1, 6))
def test_the_pieces_of_a_flattened_text_are_the_flattened_text(text: str, size: int) -> None:
    pieces = list(normalize.iter_flattened(text, size))
    assert "".join(pieces) == normalize.flatten_layout(text)
    assert hash_pieces("d", pieces) == hash_id("d", normalize.flatten_layout(text))
