"""Attributions between a subject and its verb: "Salt, as Dr. Vane likes to say, keeps", "Ice, she wrote, is late".

The parser takes what stands before the first comma for the verb's own subject, or the sentence for two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.knowledge.cues import Cues

#: Parts of speech of noun phrases, and of what follows the verb in the parenthesis: "in 1950", "once", "it".
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP", "PRON", "SYM"})
_BEHIND_VERB = _PHRASE | {"ADV"}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: Tags of finite verbs, and of relative pronouns and the like, which open another clause.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset({"WP", "WDT", "WRB", "WP$"})
#: The word that may open the parenthesis, and verbs of a habit before "to say".
_AS = "as"
_HABITS = frozenset({"like", "love", "use"})
_WRITING = frozenset({"write", "observe"})
#: Auxiliaries and adverbs before the verb: "has written", "would often say".
_HELPERS = frozenset({"has", "have", "had", "would", "will", "once", "often", "also", "later"})
#: Kinds of sources that speak, tokens of the longest noun phrase, and those behind the verb.
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "he", "i"})
_MAX_PHRASE = 9
_MAX_BEHIND = 5
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.7


def add_subject_parentheses(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each such sentence; those with its verb get subject and rest as content.

    What stands before the first comma is a noun phrase, what follows the second one a finite verb: between a subject
    and its verb only a parenthesis has commas. None where there are quotation marks, or a third comma before the verb.
    """
    attributions = list(kept)
    for low, high in para.sentences:
        found = _find_parenthesis(para, low, high, cues)
        if found is None:
            continue
        first, start, verb, last = found
        content = para.mask_between(low, first) | para.mask_between(last, high)
        habit = para.head[verb] if para.lemma[para.head[verb]] in _HABITS else verb
        own = next((rival for rival in attributions if rival.cue in (verb, habit)), None)
        rest = [rival for rival in attributions if rival.cue not in (verb, habit)]
        if own is not None and own.source is not None:
            attributions = [*rest, replace(own, content=content)]
            continue
        speaker = _head_of(para, start, min(verb, habit))
        if source_type(para, speaker, cues.people) not in _SPEAKERS:
            continue
        source = para.mask_between(start, _end_of_phrase(para, start))
        attributions = [*rest, Candidate.of_rule(verb, speaker, source, content, "parenthesis", _PROBABILITY)]
    return sorted(attributions, key=lambda candidate: candidate.cue)


def _find_parenthesis(para: ParsedParagraph, low: int, high: int, cues: Cues) -> tuple[int, int, int, int] | None:
    """The first comma, the first token of whoever speaks, the verb and the second comma; None for other forms."""
    if para.mask_between(low, high) & para.quoted_mask:
        return None
    commas = [token for token in range(low, high) if para.word[token] == ","]
    if len(commas) < 2 or not _is_phrase(para, low, commas[0]) or para.tag[low] in _OPENING:
        return None
    first, last = commas[0], commas[1]
    predicate = last + 2 if para.pos[last + 1 : last + 2] == ["ADV"] else last + 1  # "Snow, he said, never lies"
    if predicate >= high or para.tag[predicate] not in _FINITE:
        return None
    start = first + 2 if para.word[first + 1] == _AS else first + 1
    end = _end_of_phrase(para, start)
    verb = _verb_behind(para, end, last, cues)
    return (first, start, verb, last) if end > start and verb is not None else None


def _is_phrase(para: ParsedParagraph, start: int, end: int) -> bool:
    """Whether a noun phrase is all that stands there."""
    is_short = 0 < end - start <= _MAX_PHRASE
    has_noun = any(para.pos[token] in _NOMINAL for token in range(start, end))
    return is_short and has_noun and para.pos[start] != "ADP" and _end_of_phrase(para, start) == end


def _end_of_phrase(para: ParsedParagraph, start: int) -> int:
    """The token behind the noun phrase that begins at ``start``; ``start`` where none does."""
    if para.tag[start] in _OPENING or para.pos[start] == "ADP":
        return start
    end = start
    while end < len(para) and end - start < _MAX_PHRASE and para.pos[end] in _PHRASE and para.bit[end]:
        if para.tag[end] in _OPENING or (para.tag[end] == "TO" and end > start):
            break
        end += 1
    return end


def _verb_behind(para: ParsedParagraph, end: int, last: int, cues: Cues) -> int | None:
    """The verb of speaking behind the speaker with no more than when, where or whom before the second comma."""
    verb = end
    while verb < last and para.word[verb] in _HELPERS:
        verb += 1
    if para.lemma[verb] in _HABITS and para.word[verb + 1] == "to":
        verb += 2
    behind = range(verb + 1, last)
    if verb >= last or para.pos[verb] not in VERBAL or len(behind) > _MAX_BEHIND:
        return None
    is_plain = all(para.pos[token] in _BEHIND_VERB and para.tag[token] not in _OPENING for token in behind)
    return verb if is_plain and _tells(para, verb, cues) else None


def _tells(para: ParsedParagraph, verb: int, cues: Cues) -> bool:
    """Whether it is a verb of speaking, or "put it"."""
    if para.lemma[verb] in cues.words.empty_objects and para.word[verb + 1] == "it":
        return True
    return para.word[verb] in cues.words.speaking_forms or para.lemma[verb] in cues.words.reported | _WRITING


def _head_of(para: ParsedParagraph, start: int, verb: int) -> int:
    """The last noun of the phrase before the verb that is no part of a phrase with "of"."""
    end = _end_of_phrase(para, start)
    stop = next((token for token in range(start + 1, end) if para.pos[token] == "ADP"), end)
    nouns = [token for token in range(start, min(stop, verb)) if para.pos[token] in _NOMINAL]
    return nouns[-1] if nouns else start
