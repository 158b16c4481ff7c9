"""Documents that somebody issues: of "the firm released a statement saying that it was safe" the firm is the source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.quotes.sources import source_mask
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.knowledge.reporting_words import ReportingWords

#: Relations of what is given or got.
_GIVEN = frozenset({"dobj", "oprd", "attr"})
#: Verbs of getting a document that need not be passive.
_GETTING = frozenset({"receive", "get", "obtain", "see"})
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1


def name_issuers(
    para: ParsedParagraph, attributions: Sequence[Candidate], words: ReportingWords, people: People
) -> list[Candidate]:
    """The attributions, what an issued document says given to whoever issued it, once.

    Left out are those of the issuing itself that begin with "saying".
    """
    issuers = {
        candidate.cue: (verb, subject)
        for candidate in attributions
        if (verb := _issuing_verb(para, candidate.cue, words, people)) is not None
        and (subject := _subject_of(para, verb)) is not None
    }
    verbs = {verb for verb, _ in issuers.values()}
    named = []
    for candidate in attributions:
        if candidate.cue in issuers:
            verb, subject = issuers[candidate.cue]
            mask = source_mask(para, subject, verb, _WITHOUT_CLAUSES)
            candidate = replace(candidate, source=subject, source_mask=mask)
        elif candidate.cue in verbs and candidate.content and first_token(candidate.content) in issuers:
            continue
        named.append(candidate)
    return named


def name_received(
    para: ParsedParagraph, attributions: Sequence[Candidate], words: ReportingWords, people: People
) -> list[Candidate]:
    """The attributions, what a received document says given to the document: "was handed a note demanding that he go".

    So is "received a petition calling for a bypass", where the models take the receiving for the cue.
    """
    named = []
    for candidate in attributions:
        opens = first_token(candidate.content) if candidate.content else candidate.cue
        for verb in (candidate.cue, opens):
            noun = _document_before(para, verb)
            if noun is not None and _is_received(para, noun, words, people):
                content = candidate.content & ~((2 << verb) - 1) or candidate.content
                mask = source_mask(para, noun, verb, _WITHOUT_CLAUSES)
                candidate = replace(candidate, cue=verb, source=noun, source_mask=mask, content=content)
                break
        named.append(candidate)
    return named


def _document_before(para: ParsedParagraph, participle: int) -> int | None:
    """The noun that a participle tells of, on which the parser hangs it, or on the verb: "was handed a note saying"."""
    above = para.head[participle]
    if para.tag[participle] != "VBG" or para.dep[participle] not in ("acl", "advcl"):
        return None
    if para.dep[participle] == "acl":
        return above
    return next((child for child in para.children[above] if para.dep[child] in _GIVEN and child < participle), None)


def _is_received(para: ParsedParagraph, noun: int, words: ReportingWords, people: People) -> bool:
    """Whether a document is what somebody gets: "was handed a note", "received a petition"."""
    verb = para.head[noun]
    is_document = para.lemma[noun] in people.documents | words.occasions and para.dep[noun] in _GIVEN
    is_passive = any(para.dep[child] == "auxpass" for child in para.children[verb])
    return is_document and para.lemma[verb] in words.handing and (is_passive or para.lemma[verb] in _GETTING)


def _issuing_verb(para: ParsedParagraph, cue: int, words: ReportingWords, people: People) -> int | None:
    """The verb by which the document that speaks is issued: "released" above "saying"; None for any other cue."""
    noun, verb = para.head[cue], para.head[para.head[cue]]
    if para.tag[cue] != "VBG" or para.dep[cue] not in ("acl", "advcl") or cue == noun:
        return None
    if para.dep[cue] == "advcl":  # "put out a statement on Friday saying"
        verb = noun
        noun = next((child for child in para.children[verb] if para.dep[child] == "dobj"), verb)
    is_issued = para.dep[noun] == "dobj" and para.lemma[noun] in people.documents and noun < cue
    return verb if is_issued and para.lemma[verb] in words.issuing else None


def _subject_of(para: ParsedParagraph, verb: int) -> int | None:
    """The subject of a verb, or of the one that it is joined to: "the firm" of "the firm met and issued"."""
    while True:
        subject = next((child for child in para.children[verb] if para.dep[child] in SUBJECTS), None)
        if subject is not None or para.dep[verb] != "conj" or para.head[verb] == verb:
            return subject
        verb = para.head[verb]
