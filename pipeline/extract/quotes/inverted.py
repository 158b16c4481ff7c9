"""Attributions at a sentence's end with the verb first: "The bridge will stay shut, announced the roads agency."."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues

#: Tags of the verb, and parts of speech of whoever speaks with what hangs on him, and of what may begin that.
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "ADP", "PRON", "SYM"})
_STARTS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
#: Stances of verbs that stand so. Wishes don't: "stood up, asked the clerk" has another subject.
_STANCES = frozenset({"states", "claims", "confirms", "warns", "promises", "believes", "denies"})
#: Kinds of sources that speak.
_SPEAKERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "document"})
#: Tokens behind the verb, at most, and words, at least, of what is said: "He rose, said the boy" is told like a tale.
_MAX_TAIL = 16
_FEWEST_WORDS = 5
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.7


def add_inverted(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each sentence that ends in a verb of speaking and whoever speaks.

    Unless one has that content. Others with this verb as their cue, which the parser gives the clause's subject as its
    own ("The striker was offside, insisted Tavares"), give way.
    """
    attributions = list(kept)
    for low, high in para.sentences:
        verb = _find_verb(para, low, high, cues)
        if verb is None:
            continue
        content = para.mask_between(low, verb)
        end = _end_of_speaker(para, verb, high)
        if content.bit_count() < _FEWEST_WORDS or content & para.quoted_mask or not _is_statement(para, low, verb):
            continue
        if any(_has_content(rival, verb, content) for rival in attributions):
            continue
        source = para.mask_between(verb + 1, end)
        heads = [token for token in range(verb + 1, end) if para.bit[token] and not verb < para.head[token] < end]
        head = heads[0] if heads else end - 1
        if source_type(para, head, cues.people) not in _SPEAKERS:
            continue
        attributions = [rival for rival in attributions if rival.cue != verb]
        attributions.append(Candidate.of_rule(verb, head, source, content, "inverted", _PROBABILITY))
    return sorted(attributions, key=lambda candidate: candidate.cue)


def _has_content(rival: Candidate, verb: int, content: int) -> bool:
    """Whether a rival has all of the content, or one with that verb most of it."""
    return not content & ~rival.content or (rival.cue == verb and jaccard(rival.content, content) >= SAME_CONTENT)


def _find_verb(para: ParsedParagraph, low: int, high: int, cues: Cues) -> int | None:
    """The sentence's last verb where a comma stands before it and a noun phrase behind, if it is one of speech."""
    for token in range(high - 1, max(low, high - _MAX_TAIL), -1):
        if para.quotation_of[token] >= 0 or para.word[token] in (":", ";"):
            return None
        if para.word[token - 1] == "," and para.tag[token] in _FINITE and para.pos[token + 1 : token + 2]:
            speaks = _speaks(para, token, cues)
            return token if speaks and para.pos[token + 1] in _STARTS else None
        if para.pos[token] in VERBAL:
            return None
    return None


def _speaks(para: ParsedParagraph, verb: int, cues: Cues) -> bool:
    """Whether a verb may have what is said before it and nobody who is told behind it."""
    words, lemma, stance = cues.words, para.lemma[verb], cues.stance((para.lemma[verb],))
    is_known = lemma in words.reported | words.finding or para.word[verb] in words.speaking_forms
    needs_addressee = lemma in words.addressing | words.directing and stance != "warns"
    return is_known and stance in _STANCES and not needs_addressee


def _end_of_speaker(para: ParsedParagraph, verb: int, high: int) -> int:
    """The token behind the noun phrase that follows the verb: before a comma, or a day or place by itself."""
    end = verb + 1
    while end < high and (
        para.pos[end] in _PHRASE if para.bit[end] else para.word[end] == "-" or para.tag[end] == "POS"
    ):
        if para.word[end] in ("on", "in", "at") and para.head[end] == verb and end > verb + 1:
            break
        end += 1
    while end - 1 > verb + 1 and para.ent_type[end - 1] in ("DATE", "TIME"):
        end -= 1
    return end


def _is_statement(para: ParsedParagraph, low: int, end: int) -> bool:
    """Whether the tokens up to ``end`` have a verb with a subject."""
    return any(
        para.dep[token] in SUBJECTS and para.pos[para.head[token]] in VERBAL and token < para.head[token] < end
        for token in range(low, end)
    )
