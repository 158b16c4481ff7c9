"""What opens the sentence before the speaker and is told, too: "[If it rains], Kern says, [the pier will close]".

Most of what stands there is of the act of speaking ("On Monday, Kern said", "Asked about the rain, she said"); a
condition is not, nor is how far ahead something lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate, mask_of_cues
from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.quotes.tenses import tense_of

#: Words that open a condition with a verb; those that open one where its verb and the cue stand in the present; those
#: before a noun. Closed classes.
_CONDITIONS = frozenset({"if", "unless", "once"})
_PRESENT_CONDITIONS = frozenset({"when", "until"})
_BEFORE_NOUN = frozenset({"without"})
#: How far ahead: "in the long run".
_DISTANCES = frozenset({"long", "longer", "short", "shorter", "medium", "near"})
_SPANS = frozenset({"run", "term"})
#: Words that link a sentence to the one before.
_LINKING = frozenset({"but", "and", "so", "yet"})
#: Entity type of days and years.
_DATE = "DATE"
#: Tags of the present tense, of finite verbs and modals, and of words that begin no noun phrase.
_PRESENT = frozenset({"VBZ", "VBP"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_VERBAL_TAGS = frozenset({"VBG", "VBN", "VBD", "VB", "IN"})
#: Relations of objects.
_OBJECTS = frozenset({"dobj", "pobj", "prep"})
_ACCORDING = "according"


def with_opening_condition(para: ParsedParagraph, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each with the condition that opens its sentence before the comma and the speaker.

    Behind "According to NAME," the content begins at once, with whatever tells when or where.
    """
    cues = mask_of_cues(para, candidates)
    return [_with_condition(para, candidate, cues) for candidate in candidates]


def _with_condition(para: ParsedParagraph, candidate: Candidate, cues: int) -> Candidate:
    cue, content, source = candidate.cue, candidate.content, candidate.source_mask
    low, high = para.sentence_bounds(cue)
    if not content or not source or first_token(content) < cue or first_token(content) >= high:
        return candidate
    if para.word[cue] == _ACCORDING:
        start, end = source.bit_length(), first_token(content)
        is_first = cue <= low + 1 and para.word[start : start + 1] == [","] and _opens_clause(para, candidate, end)
    else:
        start, end = low, first_token(source)
        while start < end and para.word[start] in _LINKING:
            start += 1
        # Before an apposition: "If it rains, the harbour master, Ada Kern, says"
        end = next((token + 1 for token in range(start, end) if _ends_constituent(para, start, token)), end)
        is_first = (
            start < end - 1
            and first_token(source) <= cue
            and para.word[end - 1] == ","
            and _is_condition(para, candidate, start, end)
        )
    opening = para.mask_between(start, end)
    is_free = opening and not opening & (cues | para.quoted_mask | content)
    return replace(candidate, content=content | opening) if is_first and is_free else candidate


def _is_past_day(para: ParsedParagraph, cue: int, start: int, end: int) -> bool:
    """Whether the tokens tell when something was that somebody tells in the present: "In 2003, she says, it burnt"."""
    clause = next((child for child in para.children[cue] if para.dep[child] == "ccomp"), None)
    days = [token for token in range(start, end) if para.bit[token]]
    is_day = all(para.ent_type[token] == _DATE for token in days[1:]) and len(days) > 1
    opens = para.pos[days[0]] == "ADP" or para.ent_type[days[0]] == _DATE
    return is_day and opens and clause is not None and tense_of(para, clause) == "past"


def _opens_clause(para: ParsedParagraph, candidate: Candidate, end: int) -> bool:
    """Whether what stands between "According to NAME," and the content's first token ``end`` is none of the source's.

    Not so in "According to the study, published in May, rents will double".
    """
    source = candidate.source
    before = para.mask_between(candidate.source_mask.bit_length(), end)
    is_described = source is not None and para.subtree[source] & before
    return not is_described and para.word[end - 1] != "," and para.tag[end] not in _FINITE


def _tells_clause(para: ParsedParagraph, content: int) -> bool:
    """Whether what is told is a clause or an infinitive, which may hang on a condition."""
    head = content_head(para, content)
    return head is not None and (para.dep[head] not in _OBJECTS or para.pos[head] in VERBAL)


def _ends_constituent(para: ParsedParagraph, start: int, comma: int) -> bool:
    """Whether the tokens from ``start`` to a comma are one constituent, with all that hangs on its head."""
    if para.word[comma] != ",":
        return False
    return any(para.left_edge[head] == start and para.right_edge[head] == comma - 1 for head in range(start, comma))


def _is_condition(para: ParsedParagraph, candidate: Candidate, start: int, end: int) -> bool:
    """Whether the tokens [start, end) are a condition of what is told, or say how far ahead it lies."""
    cue = candidate.cue
    word, first = para.word[start], para.word[start + 1]
    if word == "even":
        return first == "with" or _is_condition(para, candidate, start + 1, end)
    if para.tag[cue] in _PRESENT and _is_past_day(para, cue, start, end):
        return True
    if word in _BEFORE_NOUN:
        return para.tag[start + 1] not in _VERBAL_TAGS and first != "that"
    if word == "in" and first == "the":
        return para.word[start + 2] in _DISTANCES and para.word[start + 3] in _SPANS
    verb = next((token for token in range(start, end) if para.left_edge[token] == start and token > start), start)
    if tense_of(para, verb) != "present" or not _tells_clause(para, candidate.content):
        return False
    return word in _CONDITIONS or (word in _PRESENT_CONDITIONS and para.tag[cue] in _PRESENT)
