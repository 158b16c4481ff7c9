"""Whose words a headline has that ends in a colon or dash and a source: "Bridge to be shut for two years: council"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.titles import has_title_case
from pipeline.knowledge.people import People

#: Marks before the source. Behind a dash the name of the paper often stands, so there only a noun is one.
_COLON, _DASHES = ":", frozenset("-–—")
#: Words of the longest source, and of the shortest statement: "Mine safe: Larn Steel" is none.
_MAX_SOURCE, _MIN_STATEMENT = 5, 3
#: Entity types of those who make statements, and parts of speech within a source.
_PARTIES = frozenset({"PERSON", "ORG", "NORP"})
_PHRASE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "NUM", "PART", "ADP"})
#: How sure it is. Set by hand.
_PROBABILITY = 0.8


def add_headline_source(
    para: ParsedParagraph, attributions: Sequence[Candidate], people: People, text: str
) -> list[Candidate]:
    """The attributions of a headline, and that of its statement to the source at its end, unless one has it.

    ``text`` is the article's.
    """
    mark = _mark_before_source(para)
    statement = para.mask_between(0, mark) if mark > 0 else 0
    phrase = range(mark + 1, len(para))
    if statement.bit_count() < _MIN_STATEMENT or not para.mask_between(mark + 1, len(para)):
        return list(attributions)
    has_capitals = has_title_case(text[para.char_start[0] : para.char_start[mark]])
    if not _names_speaker(para, phrase, people) and not (
        para.word[mark] == _COLON and _names_party(para, phrase, has_capitals=has_capitals)
    ):
        return list(attributions)
    if any(jaccard(attribution.content, statement) >= SAME_CONTENT for attribution in attributions):
        return list(attributions)
    head = next((token for token in phrase if para.head[token] not in phrase), mark + 1)
    source_mask = para.mask_between(mark + 1, len(para))
    source = Candidate.of_rule(mark, head, source_mask, statement, "headline's end", _PROBABILITY)
    return [*(rival for rival in attributions if not rival.content & statement), source]


def _mark_before_source(para: ParsedParagraph) -> int:
    """The last colon or dash with a blank behind it and a source's few words; 0 where there is none."""
    for token in range(len(para) - 2, max(len(para) - _MAX_SOURCE - 2, 0), -1):
        is_mark = para.word[token] == _COLON or para.word[token] in _DASHES
        if is_mark and para.char_end[token] < para.char_start[token + 1] and para.quotation_of[token] < 0:
            return token
    return 0


def _names_speaker(para: ParsedParagraph, phrase: range, people: People) -> bool:
    """Whether the words end in a noun for those who say something: "police", "new study"."""
    *before, last = (token for token in phrase if para.bit[token])
    noun = para.lemma[last]
    speaks = people.is_person(noun) or noun in people.organisations | people.states | people.documents | people.crowds
    return speaks and all(para.pos[token] in _PHRASE for token in before)


def _names_party(para: ParsedParagraph, phrase: range, *, has_capitals: bool) -> bool:
    """Whether the words are a name; in a headline whose words all have capitals, a person's."""
    words = [token for token in phrase if para.bit[token]]
    if has_capitals:
        return all(para.ent_type[token] == "PERSON" for token in words)
    return all(para.ent_type[token] in _PARTIES or para.pos[token] == "PROPN" for token in words)
