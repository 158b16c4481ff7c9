"""Attributions by "per": "The car was stolen in May, per police", "Per a court filing, the two had quarrelled"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.cues import Cues

#: The preposition, and kinds of sources that it may name.
_PER, _AS = "per", "as"
_SPEAKERS = frozenset({"PERSON", "ORG", "person noun", "organisation noun"})
#: Relations and tags of what tells that a noun is no unit: "per a judge", not "per pupil". Police need none.
_DETERMINING = frozenset({"det", "poss"})
_PLURAL_OR_NAME = frozenset({"NNS", "NNP", "NNPS"})
_POLICE = "police"
#: The cut of a source's noun phrase that drops nothing, see ``sources.TRIMS``.
_WHOLE = 0
#: Words, at least, of what is told.
_FEWEST_WORDS = 3
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.75


def add_per(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each sentence that "per" and a source open or end.

    Unless somebody else says so, or "per" tells a rate ("four per household") or a rule ("per the contract").
    """
    added = list(kept)
    for token, word in enumerate(para.word):
        if word != _PER or para.quotation_of[token] >= 0:
            continue
        noun = next((child for child in para.children[token] if para.dep[child] == "pobj"), None)
        content = 0 if noun is None or not _is_source(para, noun, cues) else _told_beside(para, token, noun)
        is_said = any(rival.content & para.bit[token] or rival.content & content for rival in kept)
        if noun is not None and content.bit_count() >= _FEWEST_WORDS and not is_said:
            mask = source_mask(para, noun, token, _WHOLE)
            added.append(Candidate.of_rule(token, noun, mask, content & ~mask, "per", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _is_source(para: ParsedParagraph, noun: int, cues: Cues) -> bool:
    """Whether a noun behind "per" names who tells: a person, an organisation, or what a record or statement is."""
    lemma = para.lemma[noun]
    speaks = source_type(para, noun, cues.people) in _SPEAKERS or lemma in cues.words.records | cues.words.occasions
    is_known = any(para.dep[child] in _DETERMINING for child in para.children[noun])
    return speaks and (is_known or para.tag[noun] in _PLURAL_OR_NAME or lemma == _POLICE)


def _told_beside(para: ParsedParagraph, per: int, noun: int) -> int:
    """The words of the sentence without the phrase, which opens it, ends it or stands between commas; else 0."""
    low, high = para.sentence_bounds(per)
    end = max(para.right_edge[noun], noun) + 1
    per -= para.word[per - 1] == _AS
    before, behind = para.mask_between(low, per), para.mask_between(end, high)
    is_parted = para.word[per - 1] == "," and (not behind or para.word[end] == "," or _is_time(para, end, high))
    content = before | behind if not before or is_parted else 0
    has_verb = any(para.pos[token] in VERBAL and content >> token & 1 for token in range(low, high))
    return content if has_verb else 0


def _is_time(para: ParsedParagraph, start: int, end: int) -> bool:
    return all(para.ent_type[token] in ("DATE", "TIME") for token in range(start, end) if para.bit[token])
