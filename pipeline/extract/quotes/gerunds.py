"""Who speaks in a gerund: "criticised the bank for saying that", "joined the mayors in threatening to sue"."""

from __future__ import annotations

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import source_mask
from pipeline.knowledge.people import People
from pipeline.knowledge.reporting_words import ReportingWords

#: Relation and tag of a gerund behind a preposition; prepositions before what the object does, or the subject.
_GERUND, _GERUND_TAG = "pcomp", "VBG"
_OBJECT_DOES = frozenset({"for", "of", "from", "over", "about"})
_SUBJECT_DOES = frozenset({"in", "by", "before", "after", "without", "while"})
#: Prepositions before the deed for which somebody is blamed, praised or punished, by whatever verb. A closed class.
_BEFORE_DEED = frozenset({"for", "of"})
#: Infinitives between the gerund and what is said: "for [failing] to tell". More is not met with.
_MAX_STEPS = 2
#: Kinds of sources, see ``meaning.source_type``, and which of the pronouns one may be blamed as.
_SOMEBODY = frozenset({"PERSON", "ORG", "GPE", "NORP", "person noun", "organisation noun", "he"})
_OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her", "us", "me", "you"})
#: Relations of who is judged: of an active verb and of a passive one.
_OBJECTS = ("dobj", "nsubjpass")
#: The cut of a source's noun phrase that drops clauses only, see ``sources.TRIMS``.
_WITHOUT_CLAUSES = 1
#: The verb of doing as others do.
_JOIN = "join"


def find_controller(para: ParsedParagraph, candidate: Candidate, words: ReportingWords, people: People) -> None:
    """Give a gerund behind a preposition the source that grammar gives it, where it is within the sentence.

    The subject of a gerund is what the verb above it controls (control in generative grammar): behind verbs of judging
    and accusing who is judged ("criticised the bank for not saying that"), never the judge; behind other verbs who is
    punished or praised ("fined the bank for failing to tell customers"); behind "in", "by", "after" and "without" the
    verb's own subject.
    """
    gerund = _gerund_above(para, candidate.cue)
    if gerund is None:
        return
    preposition = para.head[gerund]
    word, above = para.word[preposition], para.head[preposition]
    judging = words.judging | words.accusing
    # The parser hangs "for saying" on "the bank".
    verb = para.head[above] if para.dep[above] in _OBJECTS else above
    if word in _OBJECT_DOES and para.lemma[verb] in judging and gerund == candidate.cue:
        _give(para, candidate, _child(para, verb, *_OBJECTS))
    elif word in _BEFORE_DEED:
        blamed = _blamed(para, preposition, people)
        if blamed is not None and blamed != candidate.source:
            _give(para, candidate, blamed)
            candidate.content &= ~candidate.source_mask
    elif word in _SUBJECT_DOES and gerund == candidate.cue:
        subject = _child(para, above, "nsubj")
        if subject not in (None, candidate.source) and not candidate.source_mask & para.subtree[subject or 0]:
            _give(para, candidate, subject)


def _gerund_above(para: ParsedParagraph, verb: int) -> int | None:
    """The gerund behind a preposition that the verb is, or whose infinitive it is: "for [failing] to tell"."""
    for _ in range(_MAX_STEPS):
        if para.dep[verb] != "xcomp":
            break
        verb = para.head[verb]
    is_gerund = para.dep[verb] == _GERUND and para.tag[verb] == _GERUND_TAG
    return verb if is_gerund and para.dep[para.head[verb]] == "prep" else None


def _blamed(para: ParsedParagraph, preposition: int, people: People) -> int | None:
    """The bank of "Regulators fined the bank for failing to tell customers that": an object that can speak."""
    above = para.head[preposition]
    if para.dep[above] == "dobj" and above < preposition:
        above = para.head[above]  # "the minister for saying", which the parser joins to him
    blamed = next((child for child in para.children[above] if para.dep[child] == "dobj" and child < preposition), None)
    if blamed is None or para.quotation_of[blamed] >= 0:
        return None
    is_somebody = para.word[blamed] in _OBJECT_PRONOUNS or source_type(para, blamed, people) in _SOMEBODY
    return blamed if is_somebody else None


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
