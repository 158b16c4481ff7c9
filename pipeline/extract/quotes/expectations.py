"""What analysts and firms foresee: "the 2% growth forecast by economists", "the bank sees inflation at 3%"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People

#: Kinds of sources that foresee something.
_FORESEERS = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "document", "he", "it"})
#: Tags of the form before "by", and of the present in which somebody foresees.
_PARTICIPLE = "VBN"
_PRESENT = frozenset({"VBZ", "VBP", "VBG"})
#: Verbs of foreseeing besides those of expecting, whose object is a figure: "sees growth of 2%", "targets a profit".
_SEEING = frozenset({"see", "target"})
#: Words, at most, of a figure that others expected.
_LONGEST_FIGURE = 10
#: The cuts of a source's noun phrase that drop nothing and clauses only, see ``sources.TRIMS``.
_WHOLE, _WITHOUT_CLAUSES = 0, 1
#: How sure such an attribution is. Set by hand.
_PROBABILITY = 0.6


def add_expectations(para: ParsedParagraph, kept: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The attributions ``kept``, and one for each figure that somebody expected.

    What is foreseen in the present is left to others that have the verb as their cue.
    """
    added = list(kept)
    for verb in range(len(para)):
        if para.quotation_of[verb] >= 0:
            continue
        found = _expected(para, verb, cues)
        if found is None and not any(rival.cue == verb for rival in added):
            found = _foreseen(para, verb, cues)
        source, mask, content = found or (None, 0, 0)
        if content & ~mask:
            added = [rival for rival in added if rival.cue != verb]
            added.append(Candidate.of_rule(verb, source, mask, content & ~mask, "expectation", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _expected(para: ParsedParagraph, verb: int, cues: Cues) -> tuple[int, int, int] | None:
    """Source, its words and the figure: "the 2% growth forecast by economists", "the $3 that analysts expected"."""
    if para.lemma[verb] not in cues.words.foreseeing or para.dep[verb] not in ("acl", "relcl"):
        return None
    noun = para.head[verb]
    figure = para.mask_between(para.left_edge[noun], _start_of_clause(para, verb))
    has_number = any(para.pos[token] in ("NUM", "SYM") and figure >> token & 1 for token in range(len(para)))
    if not has_number or not 0 < figure.bit_count() <= _LONGEST_FIGURE:
        return None
    for source in (
        _agents(para, verb) if para.tag[verb] == _PARTICIPLE and para.dep[verb] == "acl" else _subjects(para, verb)
    ):
        if _foresees(para, source, cues.people):
            return source, source_mask(para, source, verb, _WHOLE), figure
    return None


def _start_of_clause(para: ParsedParagraph, verb: int) -> int:
    return verb if para.dep[verb] == "acl" else para.left_edge[verb]


def _agents(para: ParsedParagraph, verb: int) -> Iterator[int]:
    for by in para.children[verb]:
        if para.word[by] == "by":
            yield from (noun for noun in para.children[by] if para.dep[noun] == "pobj")


def _subjects(para: ParsedParagraph, verb: int) -> Iterator[int]:
    """The subject of a verb without an object of its own."""
    if not any(para.dep[child] in ("dobj", "ccomp", "xcomp") and child > verb for child in para.children[verb]):
        yield from (child for child in para.children[verb] if para.dep[child] == "nsubj" and child < verb)


def _foreseen(para: ParsedParagraph, verb: int, cues: Cues) -> tuple[int, int, int] | None:
    """Source, its words and the prospect of "the bank sees inflation at 3%", "the fund sees growth slowing"."""
    if para.lemma[verb] not in _SEEING or para.tag[verb] not in _PRESENT:
        return None
    source = next((child for child in para.children[verb] if para.dep[child] == "nsubj" and child < verb), None)
    if source is None or not _foresees(para, source, cues.people):
        return None
    behind = para.subtree[verb] & ~((2 << verb) - 1)
    head = next((token for token in range(verb + 1, len(para)) if _is_prospect(para, token, verb, cues)), None)
    has_number = any(para.pos[token] == "NUM" and behind >> token & 1 for token in range(verb, len(para)))
    is_slowing = head is not None and any(
        para.tag[token] == "VBG" and behind >> token & 1 for token in (head + 1, para.head[head]) if token < len(para)
    )
    if head is None or not (has_number or is_slowing):
        return None
    start = max(first_token(behind), verb + 1)
    return source, source_mask(para, source, verb, _WITHOUT_CLAUSES), behind & ~((1 << start) - 1)


def _is_prospect(para: ParsedParagraph, token: int, verb: int, cues: Cues) -> bool:
    """Whether a noun right behind a verb, or that of the clause behind it, is one of what goes up and down."""
    above = para.head[token]
    is_object = above == verb and para.dep[token] == "dobj"
    is_subject = para.head[above] == verb and para.dep[token] == "nsubj" and para.dep[above] == "ccomp"
    return (is_object or is_subject) and para.lemma[token] in cues.words.prospects


def _foresees(para: ParsedParagraph, source: int, people: People) -> bool:
    return source_type(para, source, people) in _FORESEERS or para.lemma[source] in ("poll", "survey")
