"""What "According to the study, published in May, ice melts" tells of the source: no part of what it says."""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People

#: The cue that such a source follows.
_ACCORDING = "according"
#: Articles of who acts in the clause, tags of what he did, and parts of speech of the phrase: "a passing motorist".
_INDEFINITE, _PAST = frozenset({"a", "an"}), frozenset({"VBD", "VBN"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "VERB", "PROPN"})
#: How sure such a clause is somebody's. Set by hand.
_PROBABILITY = 0.7
#: What opens a remark on a document: "by the think tank Larn Futures", "published in May".
_AUTHOR, _PARTICIPLE = "by", "VBN"
#: Tags of superlatives; words before the time for which a figure has been the highest, and nouns for all time.
_SUPERLATIVES = frozenset({"JJS", "RBS"})
_SINCE = frozenset({"since", "ever"})
_BEFORE_SPAN = frozenset({"in", "on", "for"})
_SPANS = frozenset({"record", "history", "memory", "decades", "years", "months", "decade", "century"})


def part_source_remark(para: ParsedParagraph, candidate: Candidate, people: People) -> Candidate:
    """The candidate of "According to X, remark, clause" without the remark in its content; others unchanged.

    A person's name behind a noun for one belongs to the source: "According to a doctor, Ada Brandt, wards are full".
    In "According to police, Ada Brandt, 43, fled" no subject follows the second comma.
    """
    source, content = candidate.source, candidate.content
    if para.word[candidate.cue] != _ACCORDING or source is None or not content or not candidate.source_mask:
        return candidate
    start = candidate.source_mask.bit_length() + 1
    end = _end_of_remark(para, start)
    if end is None or para.word[start - 1] != "," or not content >> start & 1:
        return candidate
    rest = content & ~para.mask_between(candidate.cue, end)
    if not rest:
        return candidate
    name = _name_in(para, start, end)
    if name is not None and source_type(para, source, people) == "person noun":
        mask = candidate.source_mask | para.mask_between(start, end)
        return replace(candidate, source=name, content=rest, source_mask=mask)
    is_remark = para.word[start] == _AUTHOR or para.tag[start] == _PARTICIPLE
    return replace(candidate, content=rest) if is_remark else candidate


def part_clause(para: ParsedParagraph, candidate: Candidate) -> None:
    """Give "According to Ada Brandt, a motorist called" the clause that begins with "a motorist" as its content.

    The parser takes the motorist for an apposition, as in "According to Ada Brandt, a nurse, wards are full".
    """
    cue, source = candidate.cue, candidate.source
    low, high = para.sentence_bounds(cue)
    if para.word[cue] != _ACCORDING or source is None or para.mask_between(low, cue) or para.pos[source] != "PROPN":
        return
    comma = source + 1
    if comma + 2 >= high or para.word[comma] != "," or para.word[comma + 1] not in _INDEFINITE:
        return
    verb = next((token for token in range(comma + 2, high) if para.tag[token] in _PAST), 0)
    is_phrase = verb > comma + 2 and all(para.pos[token] in _PHRASE for token in range(comma + 1, verb))
    if is_phrase and _end_of_remark(para, comma + 1) is None and para.word[verb + 1 : verb + 2] != ["by"]:
        candidate.content = para.mask_between(comma + 1, high)
        candidate.source_mask &= (1 << comma) - 1
        candidate.probability = max(candidate.probability, _PROBABILITY)


def _end_of_remark(para: ParsedParagraph, start: int) -> int | None:
    """The first comma from ``start`` on, where the subject of a clause follows it; else None."""
    high = para.sentence_bounds(start)[1] if start < len(para) else start
    comma = next((token for token in range(start, high) if para.word[token] == ","), high)
    subjects = (token for token in range(comma + 1, high) if para.dep[token] in SUBJECTS)
    follows = any(para.left_edge[token] == comma + 1 and para.head[token] > token for token in subjects)
    return comma if follows else None


def _name_in(para: ParsedParagraph, start: int, end: int) -> int | None:
    """The last token of somebody's name that the tokens begin with, behind a title or none; else None."""
    names = [token for token in range(start, end) if para.ent_type[token] == "PERSON"]
    opens = range(start, names[0] + 1) if names else ()
    is_first = bool(names) and all(para.pos[token] == "PROPN" or not para.bit[token] for token in opens)
    return next((token for token in names if token + 1 not in names), None) if is_first else None


def end_before_comparison(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Take a figure's comparison with others from the source: "according to the data[, the highest since 1990]".

    Changes the candidate. A person may be "the longest-serving since 1990".
    """
    source, mask = candidate.source, candidate.source_mask
    if para.word[candidate.cue] != _ACCORDING or source is None or source_type(para, source, people) == "PERSON":
        return
    end = mask.bit_length()
    comma = next((token for token in range(source + 1, end) if para.word[token] == ","), end)
    window = range(comma + 1, min(comma + 3, end))
    superlative = next((token for token in window if para.tag[token] in _SUPERLATIVES), end)
    if any(_opens_span(para, token) for token in range(superlative + 1, min(superlative + 4, end))):
        candidate.source_mask = mask & ((1 << comma) - 1)


def _opens_span(para: ParsedParagraph, token: int) -> bool:
    """Whether it tells for how long a figure has been the highest: "since 1990", "in decades", "on record"."""
    if para.word[token] in _SINCE:
        return True
    after = range(token + 1, min(token + 4, len(para)))
    is_time = any(para.ent_type[word] == "DATE" or para.word[word] in _SPANS for word in after)
    return para.word[token] in _BEFORE_SPAN and is_time
