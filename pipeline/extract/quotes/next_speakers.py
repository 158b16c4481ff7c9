"""Where what somebody says ends because he, or somebody else, speaks once more: ", adding that", "and Blake said"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: A participle ends what was said before it when it is a cue with at least this probability. Set by hand.
_SURE_CUE = 0.5
#: The same for a verb behind "and". Set by hand.
_LIKELY_CUE = 0.3
#: The same for a verb in a list of acts whose object is quoted. Set by hand.
_LEAST_CUE = 0.05
#: Tags of finite verbs.
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
#: Words before a clause that says what somebody else says.
_CONTRASTING = frozenset({"while", "whereas"})
#: The participle that always goes on from what was said before.
_ADDING = "adding"
#: Those of the present, and the auxiliaries that make a perfect of it.
_PRESENT = frozenset({"VBZ", "VBP"})
_PERFECT = frozenset({"have", "has"})


def end_before_participles(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what somebody said where he goes on with ", adding that ...": that is another attribution's.

    Changes the ``content`` of the candidates that hold such a participle. Where the verb of speaking comes later, the
    participle tells of the clause before it: "Guards left, suggesting that nobody planned it, the mayor added".
    """
    for participle in candidates:
        if not goes_on(para, participle):
            continue
        verb = participle.cue
        for candidate in candidates:
            rest = candidate.content & ~para.subtree[verb]
            if candidate.cue < verb and candidate is not participle and candidate.content & para.bit[verb] and rest:
                candidate.content = rest


def end_before_next_speakers(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what somebody said where "and Blake said ..." or "and warned ..." begins another act of speaking.

    That is a likely cue of the same tense, joined by a conjunction, with a subject of its own, or without one where the
    content stands in another tense: "said it stands by the plan and urged ...". Changes the contents, and gives the
    verb without a subject the source of the one before.
    """
    for later in candidates:
        verb = later.cue
        if later.cue_probability < _LEAST_CUE or not (para.tag[verb] in _FINITE or _is_perfect(para, verb)):
            continue
        subject = next((child for child in para.children[verb] if para.dep[child] in SUBJECTS), None)
        start = para.left_edge[verb if subject is None else subject]
        conjunction = next(
            (token for token in range(start - 1, max(start - 4, 0), -1) if not _is_adverb(para, token)), 0
        )
        if para.quotation_of[verb] >= 0 or not _joins(para, conjunction, later, subject):
            continue
        for candidate in candidates:
            is_beside = subject is None and para.dep[verb] == "conj" and candidate.content & para.bit[para.head[verb]]
            holds = candidate.content & para.bit[verb] or is_beside
            if holds and _is_equal(para, candidate.cue, verb, subject):
                rest = candidate.content & ~para.mask_between(conjunction, para.sentence_bounds(verb)[1])
                candidate.content = rest or candidate.content
                if subject is None and candidate.source is not None:
                    later.source, later.source_mask = candidate.source, candidate.source_mask


def _joins(para: ParsedParagraph, token: int, later: Candidate, subject: int | None) -> bool:
    """Whether the token joins the act of speaking behind it: "and", "but", or in a list of them a comma, "while".

    In such a list a verb that is seldom a cue is one where its object is quoted: 'Kern said "no", Brandt cried "yes"'.
    In the present tense "while" contrasts what others say: "Economists argue that it helps, while unions warn of debt".
    """
    if para.word[token] in ("and", "but"):
        return later.cue_probability >= _LIKELY_CUE
    if para.word[token] in _CONTRASTING and subject is not None and para.pos[subject] == "NOUN":
        return later.cue_probability >= _LIKELY_CUE and para.tag[later.cue] in _PRESENT
    quotes = bool(later.content & para.quoted_mask)
    in_list = para.word[token] in (",", "while", "whereas") and (later.cue_probability >= _SURE_CUE or quotes)
    return in_list and subject is not None and para.pos[subject] == "PROPN"


def _is_adverb(para: ParsedParagraph, token: int) -> bool:
    return para.pos[token] == "ADV" or para.dep[token] == "npadvmod"


def _is_equal(para: ParsedParagraph, cue: int, verb: int, subject: int | None) -> bool:
    """Whether the verb behind a conjunction is an act of speaking beside the cue's, no part of what is said there."""
    if cue >= verb or not _same_time(para, cue, verb) or para.sentence_of[cue] != para.sentence_of[verb]:
        return False
    first = next((child for child in para.children[cue] if child > cue and para.dep[child] == "ccomp"), None)
    if first is None or first >= verb:
        return False
    if subject is not None:
        return para.pos[subject] != "PRON"
    above = para.head[verb]
    tense = _tense(para, above)
    if not tense:  # "warn people to be cautious and urge": no finite verb is joined to an infinitive
        return para.dep[verb] == "conj" and para.pos[above] in VERBAL and above > cue
    return above == first and tense != ("perfect" if _is_perfect(para, verb) else para.tag[verb])


def _same_time(para: ParsedParagraph, cue: int, verb: int) -> bool:
    """Whether two verbs may be joined: of one form, or "believe it was he and have warned", a present and a perfect."""
    is_present = para.tag[cue] in _PRESENT and para.tag[verb] == "VBN" and _is_perfect(para, verb)
    return is_present or _form(para, cue) == _form(para, verb)


def _is_perfect(para: ParsedParagraph, verb: int) -> bool:
    """Whether "have" or "has" makes the verb finite."""
    helpers = (para.word[child] for child in para.children[verb] if para.dep[child] == "aux" and child < verb)
    return para.tag[verb] == "VBN" and not _PERFECT.isdisjoint(helpers)


def _form(para: ParsedParagraph, verb: int) -> str:
    """The tag of a verb; that of the past for a participle with "have" ("has said ... and urged") or alone."""
    helpers = [para.lemma[child] for child in para.children[verb] if para.dep[child] in ("aux", "auxpass")]
    is_past = para.tag[verb] == "VBN" and helpers in ([], ["have"])
    return "VBD" if is_past else para.tag[verb]


def _tense(para: ParsedParagraph, verb: int) -> str:
    """The tag of the finite form of a verb or of its first auxiliary, "perfect" for one with "have"; "" for none."""
    forms = [child for child in para.children[verb] if para.dep[child] in ("aux", "auxpass") and child < verb]
    finite = next((form for form in [*forms, verb] if para.tag[form] in (*_FINITE, "MD")), None)
    if finite is None:
        return ""
    return "perfect" if finite != verb and para.lemma[finite] == "have" else para.tag[finite]


def goes_on(para: ParsedParagraph, candidate: Candidate) -> bool:
    """Whether the cue is a sure one, a participle and right behind a comma: ", adding". "Adding" needs none."""
    verb = candidate.cue
    is_participle = para.dep[verb] == "advcl" and para.tag[verb] == "VBG" and verb > 0
    goes_on_at_once = is_participle and (para.word[verb - 1] == "," or para.word[verb] == _ADDING)
    return candidate.cue_probability >= _SURE_CUE and goes_on_at_once
