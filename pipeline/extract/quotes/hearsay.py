"""What an article passes on without saying whose words they are: "The clerk allegedly burnt the ledgers"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS

#: Relations of verbs whose clause is told whole; a relative clause that "where" opens is one, too.
_MAIN = frozenset({"ROOT", "conj"})
_WHERE_TAG = "WRB"
#: Words, at least, of what is told.
_FEWEST_WORDS = 4
#: How sure it is: all eight such adverbs of gold/claims that stand in nobody's words are claims, five borderline.
_PROBABILITY = 0.7


def add_hearsay(para: ParsedParagraph, attributions: Sequence[Candidate], adverbs: Collection[str]) -> list[Candidate]:
    """The attributions, and one of nobody's for each clause that one of the ``adverbs`` marks as hearsay.

    Left out is what somebody says, and the act of saying itself ("allegedly told the court").
    """
    added = list(attributions)
    for token, word in enumerate(para.word):
        if word not in adverbs or para.quotation_of[token] >= 0:
            continue
        verb = para.head[token]
        content = _clause(para, verb) & ~para.bit[token]
        if content.bit_count() < _FEWEST_WORDS or not content & para.bit[verb]:
            continue
        is_told = any(rival.content & para.bit[verb] or rival.cue in (verb, token) for rival in attributions)
        if not is_told:
            added.append(Candidate.of_rule(token, None, 0, content, "hearsay", _PROBABILITY))
    return sorted(added, key=lambda candidate: candidate.cue)


def _clause(para: ParsedParagraph, verb: int) -> int:
    """The words of a main clause, or of a relative clause with "where"; 0 for other verbs and without a subject."""
    clause = para.subtree[verb]
    if para.pos[verb] not in VERBAL or not clause:
        return 0
    opens = first_token(clause)
    if para.dep[verb] == "relcl" and para.tag[opens] == _WHERE_TAG:
        clause &= ~para.bit[opens]
    elif para.dep[verb] not in _MAIN:
        return 0
    has_subject = any(para.dep[child] in SUBJECTS for child in para.children[verb])
    return clause & para.mask_between(*para.sentence_bounds(verb)) if has_subject else 0
