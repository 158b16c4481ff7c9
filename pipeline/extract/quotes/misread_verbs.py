"""Verbs that the parser takes for nouns: "Prosecutors allege Brandt hid the gun", where no "that" tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, tokens_of
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues

#: Forms that are never nouns, and tags of whoever speaks right before them.
_NEVER_NOUNS = frozenset({"allege", "alleges"})
_SPEAKER_TAGS = frozenset({"NNS", "NN", "NNP", "NNPS"})
#: Tags of finite verbs.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
#: Kinds of sources that speak.
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "document"})
#: Words, at least, of what is told, and how sure it is. Set by hand.
_FEWEST_WORDS = 3
_PROBABILITY = 0.7


def add_misread(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each sentence that opens with a speaker and such a verb.

    So, too, where the parser takes "that" for the verb's object. Others with that word as their cue give way.
    """
    added = list(kept)
    for verb, word in enumerate(para.word):
        low, high = para.sentence_bounds(verb)
        is_noun = para.pos[verb] not in VERBAL and para.quotation_of[verb] < 0
        if word not in _NEVER_NOUNS or not is_noun or verb == low or para.tag[verb - 1] not in _SPEAKER_TAGS:
            continue
        before, content = para.mask_between(low, verb), para.mask_between(verb + 1, high)
        is_phrase = all(para.pos[token] not in VERBAL for token in range(low, verb))
        speaks = source_type(para, verb - 1, cues.people) in _SPEAKERS
        if is_phrase and speaks and content.bit_count() >= _FEWEST_WORDS:
            told = Candidate.of_rule(verb, verb - 1, before, content, "misread verb", _PROBABILITY)
            added = [*(rival for rival in added if rival.cue != verb), told]
    added += [told for told in _behind_that(para, cues) if all(told.cue != rival.cue for rival in added)]
    return sorted(added, key=lambda candidate: candidate.cue)


def _behind_that(para: ParsedParagraph, cues: Cues) -> Iterator[Candidate]:
    """Attributions whose "that" the parser takes for the verb's object: "said that from May the ward would be shut"."""
    for cue in range(1, len(para) - 2):
        is_object = para.word[cue + 1] == "that" and para.dep[cue + 1] == "dobj" and para.head[cue + 1] == cue
        if not is_object or para.pos[cue + 2] != "ADP" or para.word[cue] not in cues.words.speaking_forms:
            continue
        source = next((child for child in para.children[cue] if para.dep[child] in SUBJECTS and child < cue), None)
        content = para.mask_between(cue + 1, para.sentence_bounds(cue)[1])
        has_verb = any(para.tag[token] in _FINITE for token in tokens_of(content))
        if source is not None and has_verb and para.quotation_of[cue] < 0:
            mask = para.subtree[source]
            yield Candidate.of_rule(cue, source, mask, content, "misread verb", _PROBABILITY)
