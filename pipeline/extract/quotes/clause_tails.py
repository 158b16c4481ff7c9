"""What still belongs to a reported clause though the models end it before: "that he stood up [and took the lamp]".

They know it as something that the newsroom often adds. What follows is told, too, where it hangs on the clause and its
form says so: the reason, a condition, a second verb in the tense of the first, a clause with "would" behind "said".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipeline.extract.quotes.candidate import Candidate, mask_of_cues
from pipeline.extract.quotes.joined_verbs import is_his, withholds
from pipeline.extract.quotes.meaning import content_head
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token, tokens_of
from pipeline.extract.quotes.tails import is_dash
from pipeline.extract.quotes.tenses import tense_of
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues

#: Words that open a reason, a condition or an end, which are always of the clause that they hang on; those that
#: may tell what else goes on. Closed classes.
_ALWAYS = frozenset({"because", "since", "unless", "until", "if"})
_CONTRASTING = frozenset({"while", "whereas", "although", "though"})
#: Prepositions of how long something lasts and why: "until Friday", "due to the flood", "because of it". Closed.
_LIMITS = frozenset({"until", "till", "due", "because"})
#: Tag of a bare verb, and tags of verbs that none can be joined to.
_BARE = "VB"
_FINITE = frozenset({"VBD", "VBZ", "VBN"})
_PRESENT = frozenset({"VBZ", "VBP"})
#: Verbs of what is so rather than what is done.
_STATES = frozenset({"be", "have"})
#: Verbs of thinking and wanting, and pronouns for whoever does, as he says.
_WILLS = frozenset(
    {
        "want",
        "plan",
        "hope",
        "decide",
        "expect",
        "believe",
        "think",
        "feel",
        "intend",
        "need",
        "like",
        "wish",
        "fear",
        "know",
    }
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})
#: Tags of the forms that "and" may join a verb without a subject to.
_PARTICIPLES = frozenset({"VBN", "VBG", "VB"})


def complete_clauses(para: ParsedParagraph, candidates: Sequence[Candidate], cues: Cues) -> list[Candidate]:
    """The candidates, reported clauses with what follows and is part of them.

    Nothing is added that holds another attribution's cue, is quoted, or is an act of whoever speaks: a verb of
    speaking, withholding or asking behind "and" that may be his.
    """
    held = mask_of_cues(para, candidates)
    phrases = sum(mask for number, mask in enumerate(para.quotation_masks) if para.shapes[number] == "phrase")
    return [_complete(para, candidate, held, phrases, cues) for candidate in candidates]


def _complete(para: ParsedParagraph, candidate: Candidate, held: int, phrases: int, cues: Cues) -> Candidate:
    content = candidate.content
    if not content or first_token(content) < candidate.cue or content & para.quoted_mask & ~phrases:
        return candidate
    candidate = _with_limit(para, candidate, held)
    content = candidate.content
    following = para.constituent_after(content.bit_length() - 1)
    verb = _verb_of(para, following[0]) if following is not None else 0
    above = para.head[verb] if para.dep[verb] != "pcomp" else para.head[para.head[verb]]
    is_of_content = content >> above & 1 or above == candidate.cue
    if following is None or not is_of_content or para.pos[verb] not in VERBAL:
        return candidate
    end = min((para.left_edge[child] for child in _others(para, verb, held)), default=para.subtree[verb].bit_length())
    tail = para.mask_between(following[1], end)
    quoted = para.quoted_mask & ~phrases
    is_inner = _is_out_of_tense(para, candidate, verb) or _is_own_will(para, verb)
    others = held & ~para.bit[verb] if is_inner else held
    if tail & (others | quoted | para.bit[candidate.cue] | candidate.source_mask):
        return candidate
    if above == candidate.cue:
        is_told = _is_shifted_beside(para, candidate, verb, _speaking(cues))
    else:
        is_told = _is_joined(para, candidate, verb, cues) or _is_clause_told(para, candidate, verb)
    return replace(candidate, content=content | tail) if is_told else candidate


def _speaking(cues: Cues) -> Collection[str]:
    """Lemmas of verbs behind "and" that may be an act of whoever speaks."""
    words = cues.words
    return words.reported | words.directing | words.withheld | words.topical


def _with_limit(para: ParsedParagraph, candidate: Candidate, cues: int) -> Candidate:
    """The candidate with how long what is announced lasts, and why: "a ban on visits [until May due to the flood]"."""
    content = candidate.content
    following = para.constituent_after(content.bit_length() - 1)
    if following is None or not any(para.dep[child] == "dobj" for child in para.children[candidate.cue]):
        return candidate
    head, start = following
    hangs = content >> para.head[head] & 1 or para.head[head] == candidate.cue
    is_limit = para.word[start] in _LIMITS and para.word[start - 1] != "," and hangs
    if not is_limit or para.subtree[head] & (cues | para.quoted_mask):
        return candidate
    longer = replace(candidate, content=content | para.subtree[head])
    return longer if longer.content == content else _with_limit(para, longer, cues)


def _verb_of(para: ParsedParagraph, head: int) -> int:
    """The verb of a constituent that "and" begins or "with", else its head: "with the wind [driving] it"."""
    if para.pos[head] == "CCONJ":
        joined = [child for child in para.children[para.head[head]] if child > head and para.dep[child] == "conj"]
        return joined[0] if joined else head
    if para.word[head] == "with":
        return next((child for child in para.children[head] if para.dep[child] == "pcomp"), head)
    return head


def _others(para: ParsedParagraph, verb: int, cues: int) -> list[int]:
    """What holds somebody else's act: "and had spread, [as she thanked the nurses]", "and shot him, [according to"."""
    clauses = [child for child in para.children[verb] if child > verb and para.dep[child] == "advcl"]
    phrases = [token for token in tokens_of(para.subtree[verb] & cues) if token > verb and para.dep[token] == "prep"]
    return [child for child in clauses if para.subtree[child] & cues & ~para.mask_of_subtrees(phrases)] + phrases


def _is_shifted_beside(para: ParsedParagraph, candidate: Candidate, verb: int, speaking: Collection[str]) -> bool:
    """Whether a clause that the parser joins to the cue is told: "said it rained and [that the roof had leaked]"."""
    cue, children = candidate.cue, para.children[verb]
    clause = content_head(para, candidate.content)
    if clause is not None and para.dep[verb] == "advcl" and para.tag[verb] == "VBG":
        return _lists_deeds(para, clause, verb)
    is_bare = para.tag[verb] == _BARE and tense_of(para, verb) == "" and para.dep[verb] == "conj"
    if is_bare and para.tag[cue] in _FINITE:  # "agreed to support X, give Y"
        return clause is not None and para.tag[clause] == _BARE
    if clause is None or tense_of(para, clause) == "":  # "asked him to stay, but that he had left"
        return False
    if _is_out_of_tense(para, candidate, verb):
        return True
    has_subject = any(para.dep[child] in SUBJECTS for child in children)
    if para.dep[verb] != "conj" or not (has_subject or para.lemma[verb] not in speaking):
        return False
    has_that = any(para.dep[child] == "mark" and para.word[child] == "that" for child in children)
    if has_that or (para.tag[cue] == "VBD" and tense_of(para, verb) == "shifted"):
        return True
    if any(is_dash(para, token) for token in range(max(para.left_edge[verb] - 2, 1), para.left_edge[verb])):
        return False
    is_plain = para.tag[cue] == "VBD" or tense_of(para, verb) == "past"
    is_act = para.lemma[verb] in speaking and not _is_own_will(para, verb)
    return is_plain and not is_act and _goes_on(para, clause, verb, has_subject)


def _is_own_will(para: ParsedParagraph, verb: int) -> bool:
    """Whether a pronoun thinks or wants something, as the speaker says: "it was old, and he [did not want it]"."""
    subjects = (child for child in para.children[verb] if para.dep[child] == "nsubj" and child < verb)
    return para.lemma[verb] in _WILLS and any(para.word[child] in _PRONOUNS for child in subjects)


def _is_out_of_tense(para: ParsedParagraph, candidate: Candidate, verb: int) -> bool:
    """Whether a verb in the past without a subject can't be joined to a cue in the present, but to its clause.

    "The police say they had a call but [found nobody]".
    """
    clause = content_head(para, candidate.content)
    if clause is None or para.dep[verb] != "conj" or para.tag[candidate.cue] not in _PRESENT:
        return False
    is_past = para.tag[verb] == "VBD" and tense_of(para, verb) == tense_of(para, clause) == "past"
    return is_past and not any(para.dep[child] in SUBJECTS for child in para.children[verb])


def _goes_on(para: ParsedParagraph, clause: int, verb: int, has_subject: bool) -> bool:
    """Whether a finite clause that "and" or "but" joins goes on with what the one before tells, by its tense.

    "said the pier had no lamp, but [a keeper walked it at night]". Without a subject of its own a verb may be what the
    speaker did next, unless it tells of a state ("said it hired guards but [had no contract]") or is the last of
    several ("said he slipped, fell, and [broke his arm]").
    """
    told, tense = tense_of(para, clause), tense_of(para, verb)
    if has_subject:
        return (tense == "past" and told in ("past", "shifted")) or (tense == told == "present")
    if tense != "past" or told != "past":
        return False
    return para.lemma[verb] in _STATES or _is_last_of_list(para, clause, verb)


def _is_last_of_list(para: ParsedParagraph, clause: int, verb: int) -> bool:
    """Whether a comma alone joins a verb of the same tense to the clause, so that this one closes the list."""
    return any(
        para.dep[child] == "conj"
        and child < verb
        and para.tag[child] == para.tag[clause] == para.tag[verb]
        and not any(para.dep[below] in SUBJECTS for below in para.children[child])
        for child in para.children[clause]
    ) and not any(para.dep[child] == "cc" for child in para.children[clause])


def _lists_deeds(para: ParsedParagraph, preposition: int, verb: int) -> bool:
    """Whether a gerund is the second of a list: "praised for mending the road, [lowering the toll and] ..."."""
    is_first = any(para.dep[child] == "pcomp" and para.tag[child] == "VBG" for child in para.children[preposition])
    return is_first and any(para.dep[child] == "conj" and para.tag[child] == "VBG" for child in para.children[verb])


def _is_joined(para: ParsedParagraph, candidate: Candidate, verb: int, cues: Cues) -> bool:
    """Whether "and" joins the verb to one of the content, in a tense in which it may be told."""
    first = para.head[verb]
    if para.dep[verb] != "conj" or para.pos[first] not in VERBAL:
        return False
    has_subject = any(para.dep[child] in SUBJECTS for child in para.children[verb])
    speaking = _speaking(cues)
    if not has_subject and para.lemma[verb] in speaking and is_his(para, candidate, first, cues.people):
        return False
    if not has_subject and withholds(para, first, verb, cues):
        return False
    if para.tag[verb] in _PARTICIPLES and para.tag[verb] == para.tag[first] and not has_subject:
        return True
    told, tense = tense_of(para, first), tense_of(para, verb)
    if tense == "shifted" or (tense == told and told != ""):
        return True
    is_act = para.lemma[verb] in speaking and not _is_own_will(para, verb)
    return has_subject and not is_act and _goes_on(para, first, verb, has_subject)


def _is_clause_told(para: ParsedParagraph, candidate: Candidate, verb: int) -> bool:
    """Whether the adverbial clause of a verb tells why or when, or what must be told for its tense."""
    opens = para.left_edge[verb]
    word, tense = para.word[opens], tense_of(para, verb)
    if para.dep[verb] == "pcomp":  # ", with the wind driving it"
        return any(para.dep[child] in SUBJECTS for child in para.children[verb])
    if para.dep[verb] != "advcl":
        return False
    if word in _ALWAYS:
        return True
    if word == "as":  # ", as she walked in" may be when it was said
        return para.word[opens - 1] == "," and tense in ("present", "shifted")
    return word in _CONTRASTING and tense == "shifted"
