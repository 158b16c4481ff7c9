"""Attributions that only a misread clause makes: "Some of the cuts announced this week are coming from schools"."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.sure_cues import lacks_subject
from pipeline.extract.syntax import SUBJECTS

#: Tags of finite verbs, of verbs of the past, of gerunds, and of words that open a question or relative clause.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAST = frozenset({"VBN", "VBD"})
_GERUND = "VBG"
_WH_TAGS = frozenset({"WP", "WRB", "WDT", "WP$"})
#: Verbs of saying whose participle never follows the noun that it tells of: "what the navy said was a wreck".
_SAYING = frozenset({"say", "tell", "point", "think", "believe"})
#: Labels of times: "announced this week".
_TIMES = frozenset({"DATE", "TIME"})
#: Relations of a verb's helpers, and the forms of "be" of a deed of the past.
_AUXILIARIES = frozenset({"aux", "auxpass"})
_WAS = frozenset({"was", "were"})
#: Lemmas of verbs of seeing, whose passive with a gerund tells what somebody saw: "sparks were seen flying".
_SEEING = frozenset({"see", "spot", "hear", "catch", "film", "photograph"})
#: The verb by which somebody lives through something that is his: "Shops saw their sales fall".
_SEE = "see"
#: Words by which whoever writes hedges what a thing is: "what appeared to be a wreck".
_WHAT, _SEEMING = "what", frozenset({"appear", "seem"})
#: Verbs with an object and nothing else by which somebody acts: "charged the post", "attacks the lungs".
_CHARGE = "charge"
#: Words that open a relative clause, and its relations.
_RELATIVE, _CLAUSES = frozenset({"that", "which"}), frozenset({"relcl", "acl"})
#: A noun for what nobody need have asked: "raises questions about the deal".
_QUESTION = "question"
#: What a firm makes known at every quarter's end, where the words tell none of it: "reported its results".
_REPORT, _FIGURES = "report", frozenset({"result", "earning", "earnings", "figure", "number", "account"})


def is_misreading(para: ParsedParagraph, candidate: Candidate) -> bool:
    """Whether no claim is made by what the parse or the models took for cue, source and content."""
    return any(misreads(para, candidate) for _, misreads in MISREADINGS)


def _has_main_verb(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Some of the cuts announced this week [are coming from schools]": the finite verb is the sentence's own.

    Not in relative clauses, where it has its subject before the cue: "traits that the mayor said are rare".
    """
    cue, source, content = candidate.cue, candidate.source, candidate.content
    is_clause = para.tag[cue] in _PAST and para.dep[cue] != "relcl" and not _helpers(para, cue)
    if not is_clause or source is None or para.pos[source] == "PRON" or content & para.quoted_mask:
        return False
    opens = para.left_edge[cue]
    if para.head[source] != cue or first_token(content) < cue or para.lemma[cue] in _SAYING:
        return False
    if para.tag[opens] in _WH_TAGS or para.tag[opens - 1] in _WH_TAGS or para.word[opens] == "that":
        return False
    for token in tokens_of(content):
        if para.tag[token] in _FINITE:
            return True
        is_time = para.ent_type[token] in _TIMES or para.pos[token] == "ADV"
        if not is_time and (not (opens := para.head[token]) or para.ent_type[opens] not in _TIMES):
            return False
    return False


def _helpers(para: ParsedParagraph, verb: int) -> list[int]:
    return [child for child in para.children[verb] if para.dep[child] in _AUXILIARIES]


def _is_seen(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Sparks were seen flying from the barn": somebody saw them, and said nothing."""
    cue = candidate.cue
    if para.lemma[cue] not in _SEEING or not any(para.word[helper] in _WAS for helper in _helpers(para, cue)):
        return False
    return any(para.dep[child] == "xcomp" and para.tag[child] == _GERUND for child in para.children[cue])


def _asks_reader(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "What is expected to happen": a heading asks, and nobody is named who expects."""
    is_passive = any(para.dep[child] in ("nsubjpass", "auxpass") for child in para.children[candidate.cue])
    opens = first_token(candidate.content)
    opens_sentence = para.sentence_bounds(candidate.cue)[0] == opens
    return candidate.source is None and is_passive and para.tag[opens] in _WH_TAGS and opens_sentence


def _is_lived_through(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Shops have seen their sales fall": it befell them."""
    if para.lemma[candidate.cue] != _SEE:
        return False
    clauses = (child for child in para.children[candidate.cue] if para.dep[child] == "ccomp" and child > candidate.cue)
    subjects = (child for clause in clauses for child in para.children[clause] if para.dep[child] in SUBJECTS)
    return any(para.tag[owner] == "PRP$" for subject in subjects for owner in para.children[subject])


def _is_hedged_thing(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Divers found what appeared to be a wreck": only what it is remains open."""
    first = first_token(candidate.content)
    is_hedged = para.word[first] == _WHAT and para.lemma[para.head[first]] in _SEEMING
    return is_hedged and para.quotation_of[first] < 0 and first == candidate.cue + 1


def _is_stormed(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Charged the post", "charged six pounds": an object alone is no accusation."""
    cue = candidate.cue
    if para.lemma[cue] != _CHARGE or candidate.content & para.quoted_mask:
        return False
    relations = {para.dep[child] for child in para.children[cue] if child > cue}
    return "dobj" in relations and relations.isdisjoint({"prep", "ccomp", "xcomp", "dative"})


def _is_reckoning(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Reported its results on Thursday": what they are remains untold."""
    if para.lemma[candidate.cue] != _REPORT:
        return False
    objects = (child for child in para.children[candidate.cue] if para.dep[child] == "dobj")
    return any(
        para.lemma[noun] in _FIGURES and any(para.tag[owner] in ("PRP$", "POS") for owner in para.children[noun])
        for noun in objects
    )


def _is_own_clause(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Charges that his lawyers say are false": a relative clause, not what the charges tell."""
    cue, first = candidate.cue, first_token(candidate.content)
    if para.pos[cue] != "NOUN" or first != cue + 1 or para.word[first] not in _RELATIVE:
        return False
    return any(para.dep[verb] in _CLAUSES and lacks_subject(para, verb) for verb in para.children[cue])


def _is_open_question(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "The delay raises questions about the deal": nobody is told to have asked."""
    is_noun = para.lemma[candidate.cue] == _QUESTION and para.pos[candidate.cue] == "NOUN"
    return is_noun and candidate.source is None and not candidate.content & para.quoted_mask


def _is_time_alone(para: ParsedParagraph, candidate: Candidate) -> bool:
    """ "Holm said late on Tuesday": when it was said, not what."""
    if para.lemma[candidate.cue] not in _SAYING or candidate.content & para.quoted_mask:
        return False
    times = [para.ent_type[token] in _TIMES for token in tokens_of(candidate.content)]
    words = (para.pos[token] for token in tokens_of(candidate.content) if para.ent_type[token] not in _TIMES)
    return any(times) and all(pos in ("ADV", "ADP", "ADJ", "PUNCT") for pos in words)


#: By name what is misread.
MISREADINGS: tuple[tuple[str, Callable[[ParsedParagraph, Candidate], bool]], ...] = (
    ("participle for verb", _has_main_verb),
    ("sight in the passive", _is_seen),
    ("question of a heading", _asks_reader),
    ("lived through", _is_lived_through),
    ("hedged thing", _is_hedged_thing),
    ("storming", _is_stormed),
    ("results untold", _is_reckoning),
    ("relative clause", _is_own_clause),
    ("open question", _is_open_question),
    ("time alone", _is_time_alone),
)
