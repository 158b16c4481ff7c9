"""Attributions between a short subject and its verb, and before a colon: "Sleep, as Lund likes to say, is cheap", "The
plan has a flaw, critics say: it costs too much".
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.reporting_words import ReportingWords

#: The rule of an attribution between a subject and its verb.
PARENTHESIS = "parenthesis"
#: Words, at most, of the subject, of the attribution and of what tells when it was made ("wrote in 1950").
_LONGEST_SUBJECT, _LONGEST_ACT, _LONGEST_TIME = 6, 14, 4
#: Tags of finite verbs, and parts of speech of whoever speaks.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: Parts of speech of what tells when: "wrote in 1950".
_WHEN = frozenset({"ADP", "DET", "NUM", "NOUN", "PROPN", "ADV", "ADJ"})
#: What opens such an attribution besides its subject, and the verbs of "likes to say" and "put it".
_AS, _HABITS, _PUT, _WRITE = "as", frozenset({"like", "use", "love"}), "put", "write"
#: Words, at most, from the cue or its source to the colon, and, at least, of what stands behind it.
_TO_COLON, _FEWEST_BEHIND = 12, 1
#: How sure such an attribution is at least. Set by hand.
_PROBABILITY = 0.55


def mend_parenthesis(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> Candidate:
    """The candidate with the subject before and the predicate behind it as its content, or both sides of a colon.

    Others, and those in a sentence with quotation marks, come back unchanged.
    """
    low, high = para.sentence_bounds(candidate.cue)
    if para.mask_between(low, high) & para.quoted_mask or para.quotation_of[candidate.cue] >= 0:
        return candidate
    return _between(para, candidate, words, low, high) or _before_colon(para, candidate, words, low, high) or candidate


def _between(
    para: ParsedParagraph, candidate: Candidate, words: ReportingWords, low: int, high: int
) -> Candidate | None:
    cue = candidate.cue
    last = _last_of_act(para, cue, words)
    comma = next((token for token in range(cue, low, -1) if para.word[token] == ","), low)
    second = next(
        (token for token in range(last + 1, min(last + 2 + _LONGEST_TIME, high)) if para.word[token] == ","), 0
    )
    if last < cue or comma <= low or not second or second - comma > _LONGEST_ACT:
        return None
    if any(para.pos[token] not in _WHEN for token in range(last + 1, second)):
        return None
    before, after = para.mask_between(low, comma), para.mask_between(second + 1, high)
    is_subject = 0 < before.bit_count() <= _LONGEST_SUBJECT and not any(
        para.tag[token] in _FINITE or para.word[token] == "," for token in range(low, comma)
    )
    opens = second + 1 + (para.pos[second + 1 : second + 2] == ["ADV"])
    if not is_subject or para.tag[opens : opens + 1] == [] or para.tag[opens] not in _FINITE:
        return None
    start = comma + 1 + (para.word[comma + 1] == _AS)
    source = _speaker(para, start, cue)
    if source is None:
        return None
    mask = para.mask_between(start, source + 1)
    probability = max(candidate.probability, _PROBABILITY)
    return replace(
        candidate,
        source=source,
        source_mask=mask,
        content=before | after,
        origin=PARENTHESIS,
        probability=probability,
    )


def _last_of_act(para: ParsedParagraph, cue: int, words: ReportingWords) -> int:
    """The last token of a verb of speaking with what belongs to it: "likes to say", "put it"; -1 for other verbs."""
    if para.word[cue] in words.speaking_forms or (
        para.lemma[cue] in words.reported | {_WRITE} and para.tag[cue] != "VBG"
    ):
        return cue
    if para.lemma[cue] == _PUT and para.word[cue + 1 : cue + 2] == ["it"]:
        return cue + 1
    is_habit = para.lemma[cue] in _HABITS and para.word[cue + 1 : cue + 2] == ["to"] and cue + 2 < len(para)
    return cue + 2 if is_habit and para.lemma[cue + 2] in words.reported else -1


def _speaker(para: ParsedParagraph, start: int, cue: int) -> int | None:
    """The last noun, name or pronoun of the phrase from ``start`` on, right before the verb and its helpers."""
    token = cue - 1
    while token >= start and para.pos[token] in ("AUX", "ADV"):
        token -= 1
    is_phrase = token >= start and para.pos[token] in _NOMINAL and not para.tag[token].startswith("W")
    return token if is_phrase and not any(para.tag[other] in _FINITE for other in range(start, token)) else None


def _before_colon(
    para: ParsedParagraph, candidate: Candidate, words: ReportingWords, low: int, high: int
) -> Candidate | None:
    """The candidate of "The plan has a flaw, critics say: it costs too much" with both clauses as its content."""
    cue, source = candidate.cue, candidate.source
    if _last_of_act(para, cue, words) != cue or source is None:
        return None
    colon = next((token for token in range(cue, min(cue + _TO_COLON, high)) if para.word[token] == ":"), 0)
    if colon and colon == high - 1 < len(para) - 1:  # the parser may end the sentence there
        high = para.sentence_bounds(high)[1]
    opens = min(cue, source)
    comma = next((token for token in range(opens - 1, low, -1) if para.word[token] == ","), 0)
    behind, before = para.mask_between(colon + 1, high), para.mask_between(low, comma)
    has_clause = any(
        para.tag[token] in _FINITE and any(para.dep[child] in SUBJECTS | {"expl"} for child in para.children[token])
        for token in range(low, comma)
    )
    if not colon or not comma or not has_clause or behind.bit_count() < _FEWEST_BEHIND:
        return None
    mask = candidate.source_mask & ~para.mask_between(colon, high)
    return replace(candidate, source_mask=mask, content=before | behind)
