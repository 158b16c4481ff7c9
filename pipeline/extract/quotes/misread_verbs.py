"""Verbs that the parser takes for nouns: "Prosecutors allege Brandt hid the gun", where no "that" tells them apart."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.knowledge.people import People

#: Forms that are never nouns, and tags of whoever speaks right before them.
_NEVER_NOUNS = frozenset({"allege", "alleges"})
_SPEAKER_TAGS = frozenset({"NNS", "NN", "NNP", "NNPS"})
#: Kinds of sources that speak.
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "document"})
#: Words, at least, of what is told, and how sure it is. Set by hand.
_FEWEST_WORDS = 3
_PROBABILITY = 0.7


def add_misread(para: ParsedParagraph, kept: Sequence[Candidate], people: People) -> list[Candidate]:
    """The attributions ``kept``, and one for each sentence that opens with a speaker and such a verb.

    Others with that word as their cue give way.
    """
    added = list(kept)
    for verb, word in enumerate(para.word):
        low, high = para.sentence_bounds(verb)
        is_noun = para.pos[verb] not in VERBAL and para.quotation_of[verb] < 0
        if word not in _NEVER_NOUNS or not is_noun or verb == low or para.tag[verb - 1] not in _SPEAKER_TAGS:
            continue
        before, content = para.mask_between(low, verb), para.mask_between(verb + 1, high)
        is_phrase = all(para.pos[token] not in VERBAL for token in range(low, verb))
        speaks = source_type(para, verb - 1, people) in _SPEAKERS
        if is_phrase and speaks and content.bit_count() >= _FEWEST_WORDS:
            told = Candidate.of_rule(verb, verb - 1, before, content, "misread verb", _PROBABILITY)
            added = [*(rival for rival in added if rival.cue != verb), told]
    return sorted(added, key=lambda candidate: candidate.cue)
