"""Attributions at a sentence's end cover it: "[The dyke has held so far, but storms could break it], Kern said".

The models often let the content begin in its middle, at the clause or complement right before the comma.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate, mask_of_cues
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tails import is_dash
from pipeline.extract.quotes.tenses import tense_of
from pipeline.extract.syntax import SUBJECTS

#: Words that begin a comparison with an earlier figure (a closed class), tokens in which "than" or "since" follows, and
#: those of a remark in brackets behind the source.
_COMPARING = frozenset({"up", "down", "compared", "versus", "against", "twice"})
_MAX_COMPARISON = 8
_MAX_BEHIND_SOURCE = 6
#: Words that open a clause that goes on with what is told, those of them that may open the newsroom's own, and the
#: one that opens a list. Closed classes. Tokens, at most, between such a word and its subject.
_JOINING = frozenset({"and", "but", "while", "whereas", "as"})
_ADDING = frozenset({"and", "but", "as"})
_RESERVATIONS = frozenset({"though", "although"})
_LISTING = "including"
_MAX_BEFORE_SUBJECT = 2
#: Relations of what may stand between a verb and the comma behind it: "went [on],", "said [quietly],".
_BESIDE_VERB = frozenset({"prt", "advmod"})
#: Marks behind which a sentence begins anew, and parts of speech that link it to the one before: "But", "Moreover".
_NEW_START = frozenset({":", ";"})
_LINKING = frozenset({"CCONJ", "ADV"})


def cover_sentence(para: ParsedParagraph, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; one whose content ends at the comma before ", NAME said" begins where its sentence does.

    Left alone are quotations, and a sentence whose first part is another attribution's own: "Kern said it had rained,
    but [the roof held], Brandt said".
    """
    return [_covering(para, candidate, candidates) for candidate in candidates]


def _covering(para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    candidate = _to_comma(para, candidate, candidates)
    front = _front(para, candidate)
    if not front or any(_parts(para, other, candidate, front) for other in candidates):
        return candidate
    return replace(candidate, content=candidate.content | front)


def _to_comma(para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The candidate with what stands between its content and the comma before ", NAME said" and is nobody else's."""
    cue, content, source = candidate.cue, candidate.content, candidate.source_mask
    low, _ = para.sentence_bounds(cue)
    act = min(cue, first_token(source)) if source else low
    end = content.bit_length()
    if not content or not low < end < act or para.word[act - 1] != "," or para.quotation_of[end - 1] >= 0:
        return candidate
    gap = para.mask_between(end, act)
    is_others = any(gap & (para.bit[other.cue] | other.source_mask) for other in candidates if other.cue != cue)
    if is_others or gap & para.quoted_mask or any(para.word[token] == ";" for token in range(end, act)):
        return candidate
    return replace(candidate, content=content | gap)


def with_adjacent_quotation(para: ParsedParagraph, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with words in quotation marks right behind the content: 'the end of the siege ["as agreed"]'."""
    held = 0
    for candidate in candidates:
        held |= candidate.content
    return [_with_adjacent(para, candidate, held) for candidate in candidates]


def _with_adjacent(para: ParsedParagraph, candidate: Candidate, held: int) -> Candidate:
    content, high = candidate.content, para.sentence_bounds(candidate.cue)[1]
    end = content.bit_length()
    if not content or first_token(content) < candidate.cue or end + 1 >= high or para.quotation_of[end - 1] >= 0:
        return candidate
    number = para.quotation_of[end + 1]
    mask = para.quotation_masks[number] if number >= 0 else 0
    is_next = first_token(mask) == end + 1 if mask else False
    if not is_next or mask & held or mask >> high or mask & candidate.source_mask:
        return candidate
    return replace(candidate, content=content | mask)


def add_continuations(
    para: ParsedParagraph, candidates: Sequence[Candidate], speaking: Collection[str]
) -> list[Candidate]:
    """The candidates, with what goes on behind ", NAME said," or ", according to NAME," and ends the sentence.

    That compares ("up from ten in May"), lists ("including three boats") or is a clause with a subject of its own ("but
    the dyke held", "though none was hurt"); what "but" joins to figures ("according to a tally, but") is added.
    ``speaking``: forms of verbs of speaking.
    """
    cues = mask_of_cues(para, candidates)
    return [_with_continuation(para, candidate, cues, speaking) for candidate in candidates]


def _with_continuation(para: ParsedParagraph, candidate: Candidate, cues: int, speaking: Collection[str]) -> Candidate:
    cue, content = candidate.cue, candidate.content
    act = max(cue, candidate.source_mask.bit_length() - 1)
    low, high = para.sentence_bounds(cue)
    start = _continuation_start(para, act, high)
    tail = para.mask_between(start, high)
    is_before = content and content.bit_length() <= cue and content >> low
    is_free = tail and not tail & (content | para.quoted_mask | cues)
    if not is_before or not is_free or (para.word[start] in _ADDING and para.word[cue] not in speaking):
        return candidate
    if not (_compares(para, start, high) or _goes_on(para, start, high)):
        return candidate
    if para.word[start] == _LISTING and candidate.source_mask >> start - 2 & 1:  # "praised by critics, including Lund"
        return candidate
    return replace(candidate, content=content | tail)


def _continuation_start(para: ParsedParagraph, act: int, high: int) -> int:
    """The token behind the first comma after the act of speaking, or the "though" there; ``high`` where neither is."""
    for token in range(act + 1, min(act + _MAX_BEHIND_SOURCE, high)):
        if para.word[token] == ",":
            return token + 1
        if para.word[token] in _RESERVATIONS:
            return token
    return high


def _goes_on(para: ParsedParagraph, start: int, high: int) -> bool:
    """Whether a list with "including" begins there or a clause with a subject of its own."""
    word = para.word[start]
    if word == _LISTING:
        return True
    if word not in _JOINING | _RESERVATIONS:
        return False
    subject = next((token for token in range(start + 1, high) if para.dep[token] in SUBJECTS), None)
    verb = para.head[subject] if subject is not None else start
    if subject is None or not subject < verb < high or para.left_edge[subject] > start + _MAX_BEFORE_SUBJECT:
        return False
    tense = tense_of(para, verb)
    return tense in ("present", "shifted") if word == "as" else tense != ""


def _compares(para: ParsedParagraph, start: int, high: int) -> bool:
    """Whether what begins there is a figure beside another: "up from", "twice as many as", "the most since"."""
    if para.word[start] in _COMPARING:
        return True
    phrase = para.word[start : start + _MAX_COMPARISON]
    if para.tag[start] in ("JJR", "RBR"):
        return "than" in phrase
    superlative = next((token for token in range(start, min(start + 3, high)) if para.tag[token] in ("JJS", "RBS")), -1)
    return superlative >= 0 and "since" in phrase


def join_parted(para: ParsedParagraph, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with the first part of a quotation that they part: '"My boat," he went on, "leaks."'."""
    held = 0
    for candidate in candidates:
        held |= candidate.content
    return [_joined(para, candidate, held) for candidate in candidates]


def _joined(para: ParsedParagraph, candidate: Candidate, held: int) -> Candidate:
    cue, content, source = candidate.cue, candidate.content, candidate.source_mask
    if not content or not source:
        return candidate
    low, high = para.sentence_bounds(cue)
    act, end = min(cue, first_token(source)), max(cue + 1, source.bit_length())
    while end < high and para.head[end] == cue and para.dep[end] in _BESIDE_VERB:
        end += 1
    before = para.mask_between(low, act)
    follows = end < high and para.word[end] == "," and first_token(content) in range(end, end + 3)
    is_quoted = before and not before & (~para.quoted_mask | held) and para.quotation_of[first_token(content)] >= 0
    return replace(candidate, content=content | before) if follows and is_quoted else candidate


def with_next_quotation(para: ParsedParagraph, kept: Sequence[Candidate], said: int, cue: int) -> int:
    """Quoted words that are ``said``, with those right behind the cue's sentence: '"It is shut," he said. "We tried."'.

    Unless one of the attributions ``kept`` whose cue stands in another sentence has these; 0 stays 0.
    """
    low, high = para.sentence_bounds(cue)
    others = [candidate for candidate in kept if not low <= candidate.cue < high]
    start = next((token for token in range(high, len(para)) if para.bit[token]), len(para))
    number = para.quotation_of[start] if start < len(para) else -1
    if not said or number < 0 or any(candidate.content & para.quotation_masks[number] for candidate in others):
        return said
    mask = para.quotation_masks[number]
    return said | mask if first_token(mask) == start else said


def _front(para: ParsedParagraph, candidate: Candidate) -> int:
    """The words of the sentence before the content; 0 where it isn't one of indirect speech before ", NAME said"."""
    cue, content, source = candidate.cue, candidate.content, candidate.source_mask
    low, _ = para.sentence_bounds(cue)
    act = min(cue, first_token(source)) if source else low
    last = content.bit_length() - 1
    is_before = low < act and para.word[act - 1] == "," and last == act - 2
    if not content or not is_before or content & ((1 << low) - 1) or content & para.quoted_mask:
        return 0
    first = first_token(content)
    starts = [token + 1 for token in range(low, first) if para.word[token] in _NEW_START or is_dash(para, token)]
    front = para.mask_between(max(starts, default=low), first)
    if front & para.quoted_mask or all(para.pos[token] in _LINKING for token in tokens_of(front)):
        return 0
    return front


def _parts(para: ParsedParagraph, other: Candidate, candidate: Candidate, front: int) -> bool:
    """Whether another attribution stands in the words before the content and ends there, with a comma."""
    first = first_token(candidate.content)
    stands_there = other.cue != candidate.cue and front >> other.cue & 1
    return bool(stands_there) and not other.content & candidate.content and "," in para.word[first - 2 : first]
