"""Where what somebody says ends because he, or somebody else, speaks once more: ", adding that", "and Blake said"."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.quotes.candidate import Candidate
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token
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
#: Conjunctions before another act of speaking.
_JOINING = frozenset({"and", "but"})
#: The verb of a question that is put to somebody, and parts of speech of whoever answers.
_ASK = "ask"
_NAMING = frozenset({"NOUN", "PROPN"})
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


def end_before_own_words(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what somebody said where "and" goes on with another verb of his: "noted that it rained, and said he left".

    Both have one source by now, so that the second verb is no part of what the first one tells.
    """
    for later in candidates:
        conjunction = next((token for token in range(later.cue - 1, 0, -1) if not _is_adverb(para, token)), 0)
        if later.source is None or para.word[conjunction] not in ("and", "but"):
            continue
        for candidate in candidates:
            is_before = candidate.source == later.source and candidate.cue < later.cue
            is_beside = is_before and _same_time(para, candidate.cue, later.cue)  # not "says he met her and asked"
            if is_beside and candidate.content & para.bit[later.cue] and not candidate.content & para.quoted_mask:
                rest = candidate.content & ((1 << conjunction) - 1)
                candidate.content = rest or candidate.content


def end_before_next_turn(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what was said before source and cue there: "The ship will sail, Kern said[, but he said] nobody knew it"."""
    for later in candidates:
        first = first_token(later.source_mask) if later.source_mask else 0
        if not first or first > later.cue or para.word[first - 1] not in _JOINING or para.word[first - 2] != ",":
            continue
        for candidate in candidates:
            is_before = bool(candidate.content & ((1 << candidate.cue) - 1)) and candidate.cue < first
            if is_before and candidate.content & para.bit[later.cue] and not candidate.content & para.quoted_mask:
                candidate.content &= (1 << first - 1) - 1


def end_before_answers(para: ParsedParagraph, candidates: Sequence[Candidate]) -> None:
    """End what somebody was asked before whoever answers: "Asked if Kern left, Mayor Ivo Holm said he did".

    The parser may have the name for a part of the question, and the question's subject for that of the answer.
    """
    for asked in candidates:
        if para.lemma[asked.cue] != _ASK or not asked.content:
            continue
        last = asked.content.bit_length() - 1
        comma = next((token for token in range(last, asked.cue, -1) if para.word[token] == ","), last)
        answer = next((other for other in candidates if other.cue == last + 1 and para.tag[other.cue] in _FINITE), None)
        named = range(comma + 1, last + 1)
        if answer is None or not named or any(para.pos[token] in VERBAL for token in named):
            continue
        heads = [token for token in named if para.pos[token] in _NAMING and para.head[token] not in named]
        if heads and any(para.pos[token] in VERBAL for token in range(asked.cue + 1, comma)):
            asked.content &= (1 << comma) - 1
            answer.source, answer.source_mask = heads[-1], para.mask_between(comma + 1, last + 1)
            answer.content &= ~answer.source_mask


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
