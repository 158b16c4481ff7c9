"""Who speaks in a gerund: "criticised the bank for saying that", "joined the mayors in threatening to sue"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.reporting_words import ReportingWords

#: Relation and tag of a gerund behind a preposition; prepositions before what the object does, or the subject.
_GERUND, _GERUND_TAG = "pcomp", "VBG"
_OBJECT_DOES = frozenset({"for", "of", "from", "over", "about"})
_SUBJECT_DOES = frozenset({"in", "by", "before", "after", "without", "while"})
#: Relations of who is judged: of an active verb and of a passive one.
_OBJECTS = ("dobj", "nsubjpass")
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: The verb of doing as others do.
_JOIN = "join"


def find_controller(para: ParsedParagraph, candidate: Candidate, words: ReportingWords) -> None:
    """Give a gerund behind a preposition the source that grammar gives it, where it is within the sentence.

    Of verbs of judging and accusing that is who is judged ("criticised the bank for not saying that"), never the judge;
    behind "in", "by", "after" and "without" the verb's own subject.
    """
    preposition = para.head[candidate.cue]
    is_gerund = para.dep[candidate.cue] == _GERUND and para.tag[candidate.cue] == _GERUND_TAG
    if not is_gerund or para.dep[preposition] != "prep":
        return
    verb = para.head[preposition]
    if para.dep[verb] in ("dobj", "nsubjpass") and para.lemma[para.head[verb]] in words.judging | words.accusing:
        verb = para.head[verb]  # the parser hangs "for saying" on "the bank"
    word = para.word[preposition]
    if word in _OBJECT_DOES and para.lemma[verb] in words.judging | words.accusing:
        _give(para, candidate, _child(para, verb, *_OBJECTS))
    elif word in _SUBJECT_DOES and candidate.source != _child(para, verb, "nsubj"):
        subject = _child(para, verb, "nsubj")
        if subject is not None and not candidate.source_mask & para.subtree[subject]:
            _give(para, candidate, subject)


def joined_deed(para: ParsedParagraph, gerund: int, words: ReportingWords) -> int:
    """The mask of what "threatening" has as its object in "Kern joined the mayors in threatening a strike"; 0 for none.

    Left out are verbs that say first whom they tell or accuse: "in urging the board to resign".
    """
    if para.dep[gerund] != _GERUND:
        return 0
    preposition, lemma = para.head[gerund], para.lemma[gerund]
    is_joined = para.word[preposition] == "in" and para.lemma[para.head[preposition]] == _JOIN
    if not is_joined or lemma not in words.reported | words.judging | words.voicing:
        return 0
    if lemma in words.directing | words.addressing | words.accusing:
        return 0
    has_object = any(para.dep[child] == "dobj" and child > gerund for child in para.children[gerund])
    return para.mask_between(gerund + 1, para.right_edge[gerund] + 1) if has_object else 0


def _child(para: ParsedParagraph, verb: int, *relations: str) -> int | None:
    return next((child for child in para.children[verb] if para.dep[child] in relations), None)


def _give(para: ParsedParagraph, candidate: Candidate, noun: int | None) -> None:
    """Make the noun the source; without one the candidate has none."""
    if noun is None:
        candidate.source, candidate.source_mask = None, 0
        return
    candidate.source = noun
    candidate.source_mask = source_mask(para, noun, candidate.cue, _WITHOUT_CLAUSES) & ~candidate.content
