"""Who hears what a passive tells: "The staff were told in a letter that the mill would shut" names no speaker."""

from __future__ import annotations

from pipeline.extract.quotes.before_that import that_behind
from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.knowledge.people import People
from pipeline.knowledge.reporting_words import ReportingWords

#: Tags of a participle, and of a noun for one thing, which behind "by" without an article is a means: "by email".
_PARTICIPLE, _ONE = "VBN", "NN"
_ARTICLES = frozenset({"det", "poss", "nummod"})
_CLAUSE = "ccomp"
#: Name of the generator that finds such a clause where the parser hangs it on the verb.
_ORIGIN = "child ccomp"


def is_hearing(para: ParsedParagraph, cue: int, words: ReportingWords) -> bool:
    """Whether a verb whose object is spoken to stands in the passive: "was told", "have been informed"."""
    has_helper = any(para.dep[child] == "auxpass" for child in para.children[cue])
    return para.lemma[cue] in words.addressing and para.tag[cue] == _PARTICIPLE and has_helper


def tell_heard(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> bool:
    """Make the clause behind such a verb the content, where that holds the hearer or the means; whether that was done.

    Changes the candidate. The clause has a "that", maybe behind the means ("in a letter"), or follows the verb at once.
    """
    cue = candidate.cue
    content, start = candidate.content, that_behind(para, cue)
    is_found = content >> cue and (start < 0 or first_token(content) > start or content & para.quoted_mask)
    if not is_hearing(para, cue, words) or is_found:
        return False
    clause = next((child for child in para.children[cue] if child > cue and para.dep[child] == _CLAUSE), None)
    if start < 0 and clause is not None:
        start = para.left_edge[clause]
    told = para.mask_between(start, para.subtree[cue].bit_length()) if start > cue else 0
    if told:
        candidate.content, candidate.origin = told, _ORIGIN
    return bool(told)


def drop_hearer(para: ParsedParagraph, candidate: Candidate, words: ReportingWords, people: People) -> None:
    """Take the hearer, or the means behind "by", from the source of such a verb, and the means from its content.

    Left is whoever stands behind "by": "were told by managers". Changes the candidate.
    """
    cue, source = candidate.cue, candidate.source
    if source is None or not is_hearing(para, cue, words):
        return
    above = para.head[source]
    is_agent = para.word[above] == "by" and source > cue
    is_hearer = source < cue and para.quotation_of[source] < 0 and _is_subject(para, cue, source)
    if is_hearer or (is_agent and _is_means(para, source, people)):
        candidate.source, candidate.source_mask = None, 0
        rest = candidate.content & ~para.mask_between(above, source + 1)
        candidate.content = rest if is_agent and rest else candidate.content


def _is_subject(para: ParsedParagraph, cue: int, source: int) -> bool:
    """Whether a noun is the subject of the verb or of one that it is joined to: "He called but was told"."""
    verb = cue
    while para.dep[verb] == "conj":
        verb = para.head[verb]
    if para.dep[source] not in ("nsubj", "nsubjpass"):
        return False
    return para.head[source] in (cue, verb) or _tells(para, para.head[source], verb)


def _tells(para: ParsedParagraph, outer: int, verb: int) -> bool:
    """Whether the verb's clause is what the outer verb tells: "Kern said he had called but was told"."""
    return para.dep[verb] == _CLAUSE and para.head[verb] == outer


def _is_means(para: ParsedParagraph, noun: int, people: People) -> bool:
    """Whether something is told "by email", "by text message": one thing, without an article."""
    is_bare = not any(para.dep[child] in _ARTICLES for child in para.children[noun])
    return para.tag[noun] == _ONE and is_bare and source_type(para, noun, people).startswith(("thing", "document"))
