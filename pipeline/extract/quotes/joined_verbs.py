"""Verbs of one tense behind "and" or "but": "said it was sorry and promised to pay" is two acts of whoever spoke."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.meaning import source_type
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.people import People

#: Probability of the later cue, at least. Set by hand.
_LIKELY_CUE = 0.5
#: Tags of the past tense, of the form in "-s", of a bare verb and of the present, and words that join verbs.
_PAST, _THIRD_PERSON, _BARE = "VBD", "VBZ", "VB"
_PRESENT = frozenset({"VBZ", "VBP"})
#: Tags that the parser gives to verbs of the present tense: "say that it is late and [urge] drivers to wait".
_PRESENT_AS_READ = frozenset({"VBZ", "VBP", "VB", "NNS"})
_JOINING = frozenset({"and", "but"})
#: Pronouns of one person or thing.
_SINGULAR = frozenset({"he", "she", "it", "this", "that"})
#: Words for persons that the parser takes for nouns.
_SOMEBODY = frozenset({"someone", "somebody", "everyone", "everybody", "anyone", "anybody", "nobody", "one"})
#: Probability of a verb so joined, at least. Set by hand.
_PROBABILITY = 0.5
#: Adverbs, at most, between the conjunction and the verb, with one more token.
_MAX_BETWEEN = 3
#: Tag of a participle, auxiliaries beside which it is one, and the verb of what one refuses to tell.
_PARTICIPLE = "VBN"
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve", "'d", "’d"})
_COMMENT = "comment"
#: Kinds of sources that "he" and "she", "it" and "they" may stand for.
_PERSONS = frozenset({"PERSON", "person noun"})
_BODIES = frozenset({"ORG", "GPE", "NORP", "organisation noun", "document"})
#: Forms of passives without an auxiliary, and infinitives behind them: "said to be", "believed to have fled".
_REPORTED = frozenset(
    {"said", "believed", "thought", "understood", "reported", "alleged", "rumored", "rumoured", "reputed", "presumed"}
)
_INFINITIVES = frozenset({"be", "have"})


def end_before_joined(para: ParsedParagraph, candidates: Sequence[Candidate], cues: Cues) -> None:
    """End what somebody said before a verb of speaking in the same tense that is his, and make him its source.

    It is his where the clause before it is about him ("said it was sorry and promised ...") or about a thing ("ruled
    the order was void and directed ..."), where its form doesn't fit that clause ("say it is late and urge ...")
    and behind an infinitive ("asked her to stay and offered ..."); "said the guards came and asked her" leaves it open.
    Nor does a firm or an office withhold what whoever speaks of it would tell: "said the yard had work but declined to
    give details". Changes the candidates.
    """
    for later in candidates:
        conjunction = _conjunction(para, later, cues)
        if not conjunction:
            continue
        verb, above = later.cue, para.head[later.cue]
        for candidate in candidates:
            is_beside = above == candidate.cue  # the parser joins it to the cue, the content goes on over it
            is_told = (is_beside or para.head[above] == candidate.cue) and candidate.content & para.bit[verb]
            if candidate.cue >= verb or not is_told or not _is_same_tense(para, candidate.cue, verb):
                continue
            if not is_beside and not _fits_cue(para, candidate, above, verb, cues):
                continue
            rest = candidate.content & ~para.mask_between(conjunction, para.sentence_bounds(verb)[1])
            if rest and para.quotation_of[conjunction] < 0:
                candidate.content = rest
                later.source, later.source_mask = candidate.source, candidate.source_mask
                later.probability = max(later.probability, _PROBABILITY)


def _conjunction(para: ParsedParagraph, later: Candidate, cues: Cues) -> int:
    """The "and" or "but" before a finite cue without a subject of its own; 0 for others.

    The cue is likely, or a verb whose form tells what somebody says or wants.
    """
    verb, lemma = later.cue, para.lemma[later.cue]
    if para.dep[verb] != "conj" or para.quotation_of[verb] >= 0:
        return 0
    words = cues.words
    is_told = any(lemma in told for told in (words.directing, words.reported, words.voicing))
    if not is_told and later.cue_probability < _LIKELY_CUE and not _denies(para, verb, cues):
        return 0
    if para.tag[verb] not in _PRESENT_AS_READ | {_PAST} and not _is_read_as_participle(para, verb):
        return 0
    if any(para.dep[child] in SUBJECTS for child in para.children[verb]):
        return 0
    for token in range(verb - 1, max(verb - _MAX_BETWEEN, 0), -1):
        if para.word[token] in _JOINING:
            return token
        if para.pos[token] != "ADV":
            return 0
    return 0


def _denies(para: ParsedParagraph, verb: int, cues: Cues) -> bool:
    """ "Ruled out any sale", "rejected calls for a strike": what has an object and denies it."""
    has_object = any(para.dep[child] == "dobj" and child > verb for child in para.children[verb])
    particles = (para.lemma[child] for child in para.children[verb] if para.dep[child] == "prt")
    return has_object and cues.stance((para.lemma[verb], *particles)) == "denies"


def _is_read_as_participle(para: ParsedParagraph, verb: int) -> bool:
    """Whether a past tense has the tag of a participle: "was safe and [rejected] the plan"; it has an object."""
    has_object = any(para.dep[child] == "dobj" and child > verb for child in para.children[verb])
    is_perfect = any(para.word[child] in _PERFECT for child in para.children[para.head[verb]])
    has_helper = any(para.dep[child] in ("aux", "auxpass") for child in para.children[verb])
    return para.tag[verb] == _PARTICIPLE and has_object and not (is_perfect or has_helper)


def _is_same_tense(para: ParsedParagraph, cue: int, verb: int) -> bool:
    if para.tag[verb] in (_PAST, _PARTICIPLE):
        return para.tag[cue] == _PAST
    return para.tag[cue] in _PRESENT


def withholds(para: ParsedParagraph, clause: int, verb: int, cues: Cues) -> bool:
    """Whether "declined to say" is joined to a clause about a firm, an office or a thing: its speaker did so."""
    words = cues.words
    deed = next((child for child in para.children[verb] if para.dep[child] == "xcomp"), None)
    subject = next((child for child in para.children[clause] if para.dep[child] in SUBJECTS), None)
    if para.lemma[verb] not in words.refusals or deed is None or subject is None:
        return False
    if para.lemma[deed] not in words.withheld | words.withholding | {_COMMENT}:
        return False
    return para.pos[subject] != "PRON" and source_type(para, subject, cues.people) not in _PERSONS


def _fits_cue(para: ParsedParagraph, candidate: Candidate, clause: int, verb: int, cues: Cues) -> bool:
    """Whether the verb is the cue's companion, not that of the clause or infinitive that is told."""
    helpers = [para.word[child] for child in para.children[clause] if para.dep[child] in ("aux", "auxpass")]
    if para.dep[clause] in ("xcomp", "ccomp") and "to" in helpers and para.tag[clause] == _BARE:
        return para.tag[verb] in (_PAST, _THIRD_PERSON)
    if para.dep[clause] != "ccomp":
        return False
    if withholds(para, clause, verb, cues):
        return True
    subject = next((child for child in para.children[clause] if para.dep[child] in SUBJECTS), None)
    if para.tag[verb] != _PAST and subject is not None and para.tag[clause] != _BARE:
        is_third_person = para.tag[verb] in (_THIRD_PERSON, "NNS")
        if is_third_person != _is_third_person(para, subject):
            return True
        if para.pos[subject] != "PRON":  # "say the ships arrive at dawn and report no cargo"
            return False
    return is_his(para, candidate, clause, cues.people)


def _is_third_person(para: ParsedParagraph, subject: int) -> bool:
    """Whether a subject asks for the form in "-s": "the rain", "it"."""
    if para.pos[subject] == "PRON":
        return para.word[subject] in _SINGULAR
    is_joined = any(para.dep[child] == "conj" for child in para.children[subject])
    return para.tag[subject] in ("NN", "NNP") and not is_joined


def is_his(para: ParsedParagraph, candidate: Candidate, clause: int, people: People) -> bool:
    """Whether the clause is about whoever says it, or about a thing, which says nothing itself."""
    source = candidate.source
    subject = next((child for child in para.children[clause] if para.dep[child] in SUBJECTS), None)
    if source is None or subject is None:
        return False
    word, kind = para.word[subject], source_type(para, source, people)
    if para.pos[source] == "PRON":
        return word == para.word[source]
    if word in ("he", "she"):
        return kind in _PERSONS
    if word in ("it", "they"):
        speaks_for = para.lemma[source] in people.speaking_for  # "a spokesman said it was sorry"
        return kind in _BODIES or speaks_for or (word == "they" and para.tag[source].endswith("S"))
    return source_type(para, subject, people) == "thing NOUN" and word not in _SOMEBODY


def end_reported(para: ParsedParagraph, candidate: Candidate) -> None:
    """End "said to be a clerk" before the comma of "The thief, said to be a clerk, was held", and make it nobody's."""
    cue, content = candidate.cue, candidate.content
    if para.word[cue] not in _REPORTED or para.word[cue + 1 : cue + 2] != ["to"] or cue + 2 >= len(para):
        return
    has_helper = any(para.dep[child] in ("aux", "auxpass") for child in para.children[cue])
    if has_helper or para.word[cue + 2] not in _INFINITIVES or not content or first_token(content) < cue:
        return
    if candidate.source is not None and candidate.source < cue:
        candidate.source, candidate.source_mask = None, 0
    for comma in range(cue + 3, min(content.bit_length(), len(para) - 1)):
        if para.word[comma] == "," and para.tag[comma + 1] in ("VBD", "VBZ", "VBP", "MD"):
            candidate.content = content & ((1 << comma) - 1)
            return
