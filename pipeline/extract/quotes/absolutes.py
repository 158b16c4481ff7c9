"""Phrases with a participle beside a clause: who speaks behind "with", and how somebody looked who spoke.

"The talks ended late, with some warning that the deal was dead"; '"I am tired," said Brandt, her eyes closing'.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.knowledge.people import People

#: Tag of the form that tells what somebody does meanwhile, and the word before whoever does it.
_PARTICIPLE, _NOUN = "VBG", "NN"
_WITH = "with"
#: Parts of speech of a noun phrase and a phrase within it ("one of the pilots"), and of what may end one.
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PART", "PRON", "ADP", "SYM"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
#: Tokens of the longest noun phrase between "with" and the participle.
_MAX_PHRASE = 12
#: Pronouns before what is somebody's, and articles before a part of a body.
_OWNERS = frozenset({"his", "her", "their"})
_ARTICLES = frozenset({"a", "an", "one", "both"})
#: Tags of participles and of a plural; tokens from the phrase's start to its participle or preposition.
_PARTICIPLES = frozenset({"VBG", "VBN"})
_PLURAL = "NNS"
_MAX_NOUN = 4


def absolute_subject(para: ParsedParagraph, participle: int) -> tuple[int, int] | None:
    """The first and last token of the noun phrase between "with" and an "-ing" form, however the parser reads them.

    Behind a person's name that may also be a noun to him: "with Ada Brandt warning of ice". None where there is no such
    phrase, or a comma or another verb in it.
    """
    end = participle - 1
    if end < 1 or para.pos[end] not in _NOMINAL:
        return None
    is_noun = para.tag[participle] == _NOUN and para.ent_type[end] == "PERSON" and para.word[participle].endswith("ing")
    if para.tag[participle] != _PARTICIPLE and not is_noun:
        return None
    for token in range(end, max(end - _MAX_PHRASE, -1), -1):
        if para.word[token] == _WITH:
            return (token + 1, end) if token < end else None
        if para.pos[token] not in _PHRASE or para.quotation_of[token] >= 0:
            return None
    return None


def find_companion(para: ParsedParagraph, candidate: Candidate) -> None:
    """Make the noun phrase behind "with" the source of the participle that follows it, and no part of its content.

    A person within it who is the source already stays so: "with a tape of Odell saying".
    """
    span = absolute_subject(para, candidate.cue)
    if span is None:
        return
    first, last = span
    mask = para.mask_between(first, last + 1)
    source = candidate.source
    if source is None or not first <= source <= last or para.ent_type[source] != "PERSON":
        heads = (token for token in range(first, last + 1) if not first <= para.head[token] <= last)
        candidate.source, candidate.source_mask = next(heads, last), mask
    candidate.content &= ~((2 << candidate.cue) - 1)


def drop_manner(para: ParsedParagraph, candidate: Candidate, people: People) -> None:
    """Take how somebody looked who spoke from the source and from what is not quoted of the content.

    '"I am tired," said Brandt[, tears running down her cheeks]', '"No," she said[, a hand on her hip]'. Persons and
    what they are stay: "said Brandt, his brother living in Larn".
    """
    for start, end in _phrases_behind(para, candidate):
        if _tells_manner(para, start, end, people):
            phrase = para.mask_between(start, end) & ~para.quoted_mask
            candidate.source_mask = candidate.source_mask & ~phrase or candidate.source_mask
            candidate.content = candidate.content & ~phrase or candidate.content
            return


def _phrases_behind(para: ParsedParagraph, candidate: Candidate) -> Iterator[tuple[int, int]]:
    """What stands between commas behind verb and speaker, in their sentence, as [start, end)."""
    source = candidate.source if candidate.source is not None else candidate.cue
    high = para.sentence_bounds(candidate.cue)[1]
    marks = [token for token in range(max(candidate.cue, source), high) if para.word[token] == ","]
    if candidate.source is None or not marks or marks[0] > max(candidate.cue, source) + 1:
        return
    for mark, following in zip(marks, [*marks[1:], high], strict=True):
        yield mark + 1, following


def _tells_manner(para: ParsedParagraph, start: int, end: int, people: People) -> bool:
    """Whether the tokens [start, end) are somebody's noun with a participle, or a part of a body and where it was."""
    turn = next((token for token in range(start + 1, end) if _turns(para, token)), end)
    if not start < turn < min(end, start + _MAX_NOUN) or para.quotation_of[start] >= 0:
        return False
    noun = turn - 1
    if para.pos[noun] not in ("NOUN", "PROPN") or source_type(para, noun, people) == "person noun":
        return False
    is_owned = para.word[start] in _OWNERS
    if para.pos[turn] == "ADP":
        return para.lemma[noun] in people.body_parts and (
            is_owned or para.word[start] in _ARTICLES or para.tag[noun] == _PLURAL
        )
    is_bare = start == noun and para.tag[noun] == _PLURAL
    return is_owned or (is_bare and not _OWNERS.isdisjoint(para.word[turn:end]))


def _turns(para: ParsedParagraph, token: int) -> bool:
    """Whether a preposition stands there or a participle, maybe a noun to the parser: "his voice breaking"."""
    is_participle = para.tag[token] in _PARTICIPLES or (para.tag[token] == _NOUN and para.word[token].endswith("ing"))
    return is_participle or para.pos[token] == "ADP"
