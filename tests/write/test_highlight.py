"""Marked text: whatever spans overlap, nest or touch, the words stay the words and each has its roles."""

from __future__ import annotations

import html
import random
import re

import pytest

from pipeline.write.highlight import mark_spans


def show_marks(text: str, spans: dict[str, list[tuple[int, int]]], start: int = 0) -> str:
    """The marked text with each mark as {roles:words}."""
    return re.sub(r'<mark class="([^"]*)" title="[^"]*">(.*?)</mark>', r"{\1:\2}", str(mark_spans(text, spans, start)))


@pytest.mark.parametrize(
    ("text", "spans", "start", "shown"),
    [
        pytest.param("abcdef", {}, 0, "abcdef", id="nothing"),
        pytest.param("abcdef", {"cue": [(1, 3)]}, 0, "a{cue:bc}def", id="one"),
        pytest.param("abcdef", {"cue": [(0, 4)], "date": [(2, 6)]}, 0, "{cue:ab}{cue date:cd}{date:ef}", id="overlap"),
        pytest.param("abcdef", {"cue": [(0, 6)], "date": [(2, 4)]}, 0, "{cue:ab}{cue date:cd}{cue:ef}", id="nested"),
        pytest.param("abcdef", {"cue": [(0, 3)], "date": [(3, 6)]}, 0, "{cue:abc}{date:def}", id="touching"),
        pytest.param("abcdef", {"cue": [(0, 3), (3, 5)]}, 0, "{cue:abc}{cue:de}f", id="one role, touching"),
        pytest.param("abcdef", {"cue": [(0, 4), (2, 6)]}, 0, "{cue:ab}{cue:cd}{cue:ef}", id="one role, overlapping"),
        pytest.param("abcdef", {"b": [(1, 4)], "a": [(1, 4)]}, 0, "a{b a:bcd}ef", id="the same, in the order given"),
        pytest.param("abcdef", {"cue": [(3, 3)]}, 0, "abcdef", id="empty span"),
        pytest.param("👩‍🚒 said ⛴", {"cue": [(4, 8)], "date": [(9, 10)]}, 0, "👩‍🚒 {cue:said} {date:⛴}", id="emoji"),
        pytest.param("cdef", {"cue": [(0, 4)], "date": [(5, 9)]}, 2, "{cue:cd}e{date:f}", id="cut"),
        pytest.param("cd", {"cue": [(0, 2), (4, 9)]}, 2, "cd", id="outside"),
        pytest.param("a<b>&\"'", {"cue": [(1, 4)]}, 0, "a{cue:&lt;b&gt;}&amp;&#34;&#39;", id="escaped"),
        pytest.param("<b>", {"cue": [(0, 1)], "date": [(1, 3)]}, 0, "{cue:&lt;}{date:b&gt;}", id="a tag cut in two"),
    ],
)
def test_each_stretch_has_its_roles(text: str, spans: dict[str, list[tuple[int, int]]], start: int, shown: str) -> None:
    assert show_marks(text, spans, start) == shown


def test_the_title_names_the_roles() -> None:
    assert 'title="cue, content">b<' in mark_spans("abc", {"cue": [(0, 2)], "content": [(1, 3)]})


@pytest.mark.parametrize("role", ['x" onclick="', "", "two words"])
def test_what_is_no_role_is_refused(role: str) -> None:
    with pytest.raises(ValueError, match="a role must be"):
        mark_spans("text", {role: [(0, 1)]})


def test_any_spans_leave_the_words_as_they_are_and_mark_exactly_theirs() -> None:
    dice = random.Random(9)  # noqa: S311
    for _ in range(300):
        text = "".join(dice.choice("ab <>&\"'é👩🏽\n") for _ in range(dice.randrange(30)))
        start = dice.randrange(5)
        spans = {
            role: [(low := dice.randrange(40), low + dice.randrange(20)) for _ in range(dice.randrange(4))]
            for role in ("source", "cue", "content")
        }
        marked = str(mark_spans(text, spans, start))
        offset, roles = 0, set[str]()
        for piece in re.findall(r"<[^>]*>|[^<]+", marked):
            if piece.startswith("<"):
                roles = set(piece.split('"')[1].split()) if piece.startswith("<mark") else set()
                continue
            for character in html.unescape(piece):
                assert character == text[offset]
                inside = {role for role, parts in spans.items() if any(a <= start + offset < b for a, b in parts)}
                assert roles == inside
                offset += 1
        assert offset == len(text)
