"""What a relative clause tells that a document says: "She signed a letter that accuses Kern and demands a refund"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.thin_contents import is_thin
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.reporting_words import ReportingWords

#: Relative pronouns, tags of finite verbs, and how sure such an attribution is, at least. Set by hand.
_PRONOUNS = frozenset({"that", "which"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_PROBABILITY = 0.45


def rate_document_clauses(para: ParsedParagraph, candidates: Sequence[Candidate], cues: Cues) -> None:
    """Raise the probability of what a document's relative clause tells, and of what "and" joins to it.

    The latter gets the pronoun as its source, too; the verb of signing or sending, which tells the same, is dropped to
    a probability of 0. Changes the candidates.
    """
    for candidate in candidates:
        pronoun = _pronoun_of(para, candidate, cues)
        if pronoun is None or is_thin(para, candidate, cues.words):
            continue
        joined = [other for other in candidates if _is_joined(para, candidate.cue, other, cues.words)]
        for other in (candidate, *joined):
            other.source, other.source_mask = pronoun, para.bit[pronoun]
            other.content &= ~((2 << other.cue) - 1)
            other.probability = max(other.probability, _PROBABILITY) if other.content else 0.0
        _end_before(para, candidate, joined)
        above = para.head[para.head[candidate.cue]]
        for other in candidates:
            if (
                other.cue == above
                and other.content >> candidate.cue & 1
                and para.lemma[above] not in cues.words.reported
            ):
                other.probability = 0.0


def _pronoun_of(para: ParsedParagraph, candidate: Candidate, cues: Cues) -> int | None:
    """The "that" or "which" of a document, as the subject of a verb of telling; None for any other cue."""
    cue = candidate.cue
    is_clause = para.dep[cue] == "relcl" and para.tag[cue] in _FINITE and para.quotation_of[cue] < 0
    if not is_clause or para.lemma[para.head[cue]] not in cues.people.documents or not _tells(para, cue, cues.words):
        return None
    if not candidate.content >> cue + 1 or candidate.content & para.quoted_mask:
        return None
    subjects = (child for child in para.children[cue] if para.dep[child] in SUBJECTS)
    return next((child for child in subjects if para.word[child] in _PRONOUNS), None)


def _tells(para: ParsedParagraph, verb: int, words: ReportingWords) -> bool:
    """Whether it is a verb of accusing or demanding, or one of saying with a clause."""
    has_clause = any(para.dep[child] == "ccomp" and child > verb for child in para.children[verb])
    lemma = para.lemma[verb]
    return lemma in words.accusing | words.directing or (lemma in words.reported and has_clause)


def _is_joined(para: ParsedParagraph, first: int, other: Candidate, words: ReportingWords) -> bool:
    """Whether "and" joins a verb of telling without a subject to that of the relative clause."""
    verb = other.cue
    has_subject = any(para.dep[child] in SUBJECTS for child in para.children[verb])
    above = para.head[para.head[first]]
    is_beside = para.head[verb] == first or (para.head[verb] == above and para.tag[verb] == para.tag[first])
    is_conjunct = verb > first and para.dep[verb] == "conj" and is_beside and para.tag[first] != para.tag[above]
    return is_conjunct and not has_subject and _tells(para, verb, words) and bool(other.content >> verb + 1)


def _end_before(para: ParsedParagraph, candidate: Candidate, joined: Sequence[Candidate]) -> None:
    """End what the first verb tells at the conjunction before the second one."""
    start = min((other.cue for other in joined), default=len(para)) - 1
    candidate.content = candidate.content & ((1 << start) - 1) or candidate.content
