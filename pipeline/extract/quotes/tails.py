"""What the newsroom adds behind what somebody said: "The guild wants to move – [after ten years in Larn]"."""

from __future__ import annotations

from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token

#: Dashes with blanks around them, and words of the shortest addition: "– which looks unlikely now" has four.
_DASHES = frozenset({"-", "–", "—", "--"})
_FEWEST_WORDS = 4
#: Words that open an addition behind a dash, and those behind a number there ("four months after"). Closed classes.
_QUALIFYING = frozenset({"until", "despite", "while", "whereas", "though", "although", "after", "before", "so"})
_SEQUENCE = frozenset({"after", "before"})
#: Relations of an object, and tags of words that open a relative clause.
_OBJECTS = frozenset({"dobj", "pobj"})
_RELATIVE = frozenset({"WDT", "WP", "WRB", "WP$"})


def added_tail(para: ParsedParagraph, cue: int, content: int) -> int:
    """The mask of what is added to indirect speech behind its cue; 0 where nothing is.

    That is a clause behind the only dash of the sentence, up to its end, which qualifies the rest, and the relative
    clause behind a comma after what is praised or wanted: "praised the club's plan, which has cost a million".
    """
    if not content or first_token(content) < cue or content & para.quoted_mask:
        return 0
    return _behind_dash(para, cue, content) or _relative_clause(para, content)


def _behind_dash(para: ParsedParagraph, cue: int, content: int) -> int:
    low, high = para.sentence_bounds(cue)
    if content >> high or para.mask_between(content.bit_length(), high):
        return 0
    dashes = [token for token in range(low + 1, high - 1) if _is_dash(para, token)]
    if len(dashes) != 1 or dashes[0] < first_token(content):
        return 0
    tail = content & para.mask_between(dashes[0], high)
    return tail if tail.bit_count() >= _FEWEST_WORDS and _opens_aside(para, first_token(tail)) else 0


def _opens_aside(para: ParsedParagraph, token: int) -> bool:
    """Whether a clause begins that qualifies what somebody said: "which", "until", "four months after"."""
    if para.tag[token] in _RELATIVE or para.word[token] in _QUALIFYING:
        return True
    return para.pos[token] == "NUM" and not _SEQUENCE.isdisjoint(para.word[token + 1 : token + 3])


def _is_dash(para: ParsedParagraph, token: int) -> bool:
    return para.word[token] in _DASHES and para.char_end[token - 1] < para.char_start[token]


def _relative_clause(para: ParsedParagraph, content: int) -> int:
    noun = content_head(para, content)
    if noun is None or para.dep[noun] not in _OBJECTS:
        return 0
    for token in range(noun, content.bit_length()):
        opens = para.left_edge[token]
        ends = para.subtree[token].bit_length() == content.bit_length()
        if para.dep[token] == "relcl" and ends and para.word[opens - 1] == "," and para.tag[opens] in _RELATIVE:
            return content & para.subtree[token]
    return 0
