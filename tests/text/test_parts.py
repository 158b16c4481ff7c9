"""Long texts in parts: where they are cut, and that every part leads back to the whole."""

from __future__ import annotations

import pytest

from pipeline.corpus import make_article
from pipeline.records import Article, Block
from pipeline.text import parts
from pipeline.text.parts import count_parts, cut_text, reflow_parts
from pipeline.text.reflow import reflow

TEXT = "The ferry\nleft late. Nobody   saw it.\n\nThe mine is clo-\nsed. \N{PENGUIN} It rained.\n\nNobody knows why."


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_CHARS", 24)


@pytest.mark.parametrize(
    ("text", "block_starts", "pieces"),
    [
        ("aaaa bbbb", [0], ["aaaa bbbb"]),
        ("aaaa bb. cccc dddd", [0, 5], ["aaaa ", "bb. ", "cccc dddd"]),
        ("Aa bb. Cc dd ee", [0], ["Aa bb. ", "Cc dd ee"]),
        ('Aa "bb." Cc dd ee', [], ['Aa "bb." ', "Cc dd ee"]),
        ("Aa bb.\nCc dd ee", [], ["Aa bb.\n", "Cc dd ee"]),
        ("aaaaaaaaaaaaaaaaaaaaa", [0], ["aaaaaaaaaa", "aaaaaaaaaa", "a"]),
        (" aaaaaaaaaaaa", [], [" aaaaaaaaa", "aaa"]),
        ("", [], [""]),
    ],
)
def test_cuts(text: str, block_starts: list[int], pieces: list[str]) -> None:
    assert [text[start:end] for start, end in cut_text(text, block_starts, 10)] == pieces


def test_an_article_of_ordinary_length_is_one_part() -> None:
    article = make_article("The ferry left late. " * 4_000, file="")
    (part,) = reflow_parts(article)
    assert part == reflow(article)
    assert count_parts(article) == 1


@pytest.mark.usefixtures("short_parts")
def test_every_part_leads_back_to_the_whole() -> None:
    blocks = (Block(0, 37, "body"), Block(39, 73, "body"), Block(75, len(TEXT), "body"))
    article = Article("d", "k", "a.txt", TEXT, blocks, title="Ferry")
    pieces = list(reflow_parts(article))
    assert len(pieces) == count_parts(article) == 5
    assert [piece.article.text.strip() for piece in pieces] == [
        "The ferry left late.", "Nobody saw it.", "The mine is closed.", "\N{PENGUIN} It rained.", "Nobody knows why.",
    ]  # fmt: skip
    for piece in pieces:
        assert piece.original is article
        assert piece.article.title == "Ferry"
        for place, character in enumerate(piece.article.text):
            (start, end) = piece.to_source((place, place + 1))
            assert article.text[start:end].replace("\n", " ") == character.replace("\n", " ")
            assert piece.from_source((start, end)) == (place, place + 1)


@pytest.mark.usefixtures("short_parts")
def test_pieces_of_a_block_have_its_role_and_no_blanks_at_their_ends() -> None:
    text = "Menu | Home\n\nA ferry that left late. Nobody saw it at all, they say.   \n\n(c)"
    article = Article("d", "k", "f", text, (
        Block(0, 11, "navigation"), Block(13, 68, "body"), Block(73, 76, "footer", repeated=True),
    ))  # fmt: skip
    blocks = [
        (block.role, block.repeated, part.article.text[block.start : block.end])
        for part in reflow_parts(article)
        for block in part.article.blocks
    ]
    assert blocks == [
        ("navigation", False, "Menu | Home"),
        ("body", False, "A ferry that left late."),
        ("body", False, "Nobody saw it at all,"),
        ("body", False, "they say."),
        ("footer", True, "(c)"),
    ]
