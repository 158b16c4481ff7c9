"""Which tokens may be the head of a reporting cue, and what is known about each: the features of the model "cue".

Feature strings are the keys of models/quotes.txt, section [cue]; each also counts with the cue's lemma as context.
Renaming one here orphans its weight there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Relations of the complements that make up a verb's frame ("told reporters that ...": ccomp+dobj).
_FRAME = frozenset({"ccomp", "xcomp", "dobj", "attr", "acomp", "oprd", "agent", "acl", "advcl", "dative"})
#: Relations of children that are often one of few words, so that the word itself is a feature ("prep=to", "neg=not").
_LEXICAL = frozenset(
    {
        "prep", "prt", "mark", "agent", "dobj", "acomp", "attr", "oprd", "poss", "advmod", "amod", "det", "aux", "neg",
        "cc", "compound", "case", "pcomp",
    }
)  # fmt: skip
#: Relations of clauses below a cue, or of what may hold one.
_CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl", "parataxis", "pobj"})
#: What hangs on an object and tells whether it is a thing said ("gave a warning that ...").
_BELOW_OBJECT = frozenset({"prep", "acl", "ccomp", "relcl", "xcomp"})
#: Words that open a clause, and tags of question words. Closed classes, and part of what the features "mark=" mean to
#: the trained weights.
_CLAUSE_MARKS = frozenset(
    {"that", "to", "if", "whether", "as", "because", "while", "when", "after", "since", "although"}
)
_QUESTION_TAGS = frozenset({"WP", "WRB", "WDT"})
#: Lower ends of the intervals that counts and distances fall into: 5 counts as 4, 12 as 10, 100 as 60.
_BUCKET_STARTS = (0, 1, 2, 3, 4, 6, 10, 16, 30, 60)
_BUCKETS = tuple(max(start for start in _BUCKET_STARTS if start <= number) for number in range(_BUCKET_STARTS[-1]))
#: Tokens from the cue within which a quotation counts as near, in its sentence or up to two tokens outside it.
_QUOTATION_REACH = 12
#: Steps up the parse to the verb above a cue: from "claim" to "spoke" in "spoke in support of the claim" it is four.
_MAX_CLIMB = 4


def bucket(number: int) -> int:
    """The number itself up to 4, then the lower end of its interval: 5 gives 4, 12 gives 10, 100 gives 60."""
    return _BUCKETS[number] if number < len(_BUCKETS) else _BUCKET_STARTS[-1]


def find_cue_candidates(para: ParsedParagraph, lexicon: Collection[str], among: int = -1) -> list[int]:
    """The tokens that may head a cue, in text order.

    Verbs other than auxiliaries, colons, and words whose lemma is in ``lexicon`` (those that headed a cue in training,
    such as "according" or "fear"); nothing inside quotation marks. ``among`` is a mask of the tokens to look
    at, -1 for all.
    """
    candidates = []
    for token, pos in enumerate(para.pos):
        if para.quotation_of[token] >= 0 or not among >> token & 1:
            continue
        if pos in VERBAL:
            if pos == "VERB" or para.dep[token] not in ("aux", "auxpass"):
                candidates.append(token)
        elif para.word[token] == ":" or (para.bit[token] and para.lemma[token] in lexicon):
            candidates.append(token)
    return candidates


def complement_frame(para: ParsedParagraph, cue: int) -> str:
    """The relations of the cue's complements, each once, sorted and joined by "+": "ccomp+dobj" for "told us that"."""
    return "+".join(sorted({para.dep[child] for child in para.children[cue]} & _FRAME))


def find_governing_verb(para: ParsedParagraph, token: int) -> tuple[int, str]:
    """The verb above a token, at most four steps up, and the relations on the way ("pobj>prep").

    Where there is no verb so near, the last token reached.
    """
    relations: list[str] = []
    while para.head[token] != token and len(relations) < _MAX_CLIMB:
        relations.append(para.dep[token])
        token = para.head[token]
        if para.pos[token] in VERBAL:
            break
    return token, ">".join(relations)


def cue_features(para: ParsedParagraph, cue: int) -> list[str]:
    """Features of the model "cue": what speaks for and against this token as the head of a cue.

    Of the token: "1" (always), "pos=", "tag=", "dep=", "frame=ccomp+dobj", "ending=" (last three letters of the lemma),
    "word=", "aux=has_been". Then those of ``_add_child_features`` for each child, ``_add_subject_features``,
    ``_add_quotation_features``, ``_add_neighbour_features``, and for a colon ``_add_colon_features``.
    """
    frame = complement_frame(para, cue)
    pos, tag, dep = para.pos[cue], para.tag[cue], para.dep[cue]
    features = [
        "1", f"pos={pos}", f"tag={tag}", f"dep={dep}", f"frame={frame}", f"pos={pos} {dep} frame={frame}",
        f"ending={para.lemma[cue][-3:]}", f"word={para.word[cue]}",
    ]  # fmt: skip
    for child in para.children[cue]:
        _add_child_features(para, cue, child, features)
    _add_subject_features(para, cue, frame, features)
    children = para.children[cue]
    aux = "_".join(para.word[child] for child in children if para.dep[child] in ("aux", "auxpass"))
    features.append(f"aux={aux}")
    features.append(f"tag={tag} aux={aux} frame={frame}")
    _add_quotation_features(para, cue, features)
    _add_neighbour_features(para, cue, features)
    if para.word[cue] == ":":
        _add_colon_features(para, cue, features)
    return features


def _add_child_features(para: ParsedParagraph, cue: int, child: int, features: list[str]) -> None:
    """Features of one child of the cue: "has=dobj"; "prep=to" where the relation is in ``_LEXICAL``; what
    ``_CHILD_FEATURES`` lists for it; "quoted=ccomp" and "quoted=ccomp sentence" (the quotation's shape) where the child
    holds quoted words.
    """
    dep = para.dep[child]
    features.append(f"has={dep}")
    if dep in _LEXICAL:
        features.append(f"{dep}={para.lemma[child]}")
    for add_features in _CHILD_FEATURES.get(dep, ()):
        add_features(para, cue, child, features)
    quoted = para.subtree[child] & para.quoted_mask
    if quoted and dep not in SUBJECTS:
        features += (f"quoted={dep}", f"quoted={dep} {para.shape_at(quoted)}")


def _add_below_object(para: ParsedParagraph, _cue: int, child: int, features: list[str]) -> None:
    """What hangs on an object: "dobj=warning acl=", "dobj acl"; a preposition with its word: "dobj=call prep=for"."""
    dep, lemma = para.dep[child], para.lemma[child]
    for below in para.children[child]:
        relation = para.dep[below]
        if relation in _BELOW_OBJECT:
            word = para.lemma[below] if relation == "prep" else ""
            features.append(f"{dep}={lemma} {relation}={word}")
            features.append(f"{dep} {relation}")


def _add_object_kind(para: ParsedParagraph, _cue: int, child: int, features: list[str]) -> None:
    """What an object is: "dobj kind=NOUN PERSON" (entity label, empty for none), "dobj tag=NNS", "dobj det=the"."""
    dep = para.dep[child]
    features += (f"{dep} kind={para.pos[child]} {para.ent_type[child]}", f"{dep} tag={para.tag[child]}")
    features += (
        f"{dep} det={para.word[below]}" for below in para.children[child] if para.dep[below] in ("det", "poss")
    )


def _add_below_preposition(para: ParsedParagraph, _cue: int, child: int, features: list[str]) -> None:
    """What a preposition governs: "to over pobj NOUN " (preposition, relation, part of speech, entity label)."""
    lemma = para.lemma[child]
    for below in para.children[child]:
        features.append(f"{lemma} over {para.dep[below]} {para.pos[below]} {para.ent_type[below]}")


def _add_conjunct(para: ParsedParagraph, _cue: int, child: int, features: list[str]) -> None:
    """What the cue is joined to by "and": "conj=add"."""
    features.append(f"conj={para.lemma[child]}")


def _add_clause_subject(para: ParsedParagraph, _cue: int, child: int, features: list[str]) -> None:
    """What is inside a complement clause: "ccomp aux=will" or "ccomp aux=not", "ccomp subject=PRON "."""
    dep, children = para.dep[child], para.children[child]
    features += (f"{dep} aux={para.word[below]}" for below in children if para.dep[below] in ("aux", "neg"))
    features += (
        f"{dep} subject={para.pos[below]} {para.ent_type[below]}" for below in children if para.dep[below] in SUBJECTS
    )


def _add_clause_mark(para: ParsedParagraph, cue: int, child: int, features: list[str]) -> None:
    """How a clause opens and where it stands: "ccomp mark=that", "ccomp after VERB", "ccomp lemma=close"."""
    dep, mark = para.dep[child], clause_mark(para, child)
    side = "after" if child > cue else "before"
    features += (f"{dep} mark={mark}", f"{dep} {side} {para.pos[child]}", f"{dep} lemma={para.lemma[child]}")
    if dep == "ccomp":
        features.append(f"ccomp mark={mark} {para.tag[child]}")


_FeatureAdder = Callable[[ParsedParagraph, int, int, list[str]], None]
#: Which features a child adds by its relation to the cue. To add some: write a function, name the relations here.
_ADDERS: tuple[tuple[frozenset[str], _FeatureAdder], ...] = (
    (frozenset({"dobj", "acomp", "attr", "oprd"}), _add_below_object),
    (frozenset({"dobj", "attr", "oprd", "nsubjpass"}), _add_object_kind),
    (frozenset({"prep", "agent"}), _add_below_preposition),
    (frozenset({"conj"}), _add_conjunct),
    (frozenset({"ccomp", "xcomp", "pcomp"}), _add_clause_subject),
    (_CLAUSAL, _add_clause_mark),
)
#: The same by relation: one look-up per child.
_CHILD_FEATURES: Mapping[str, tuple[_FeatureAdder, ...]] = {
    dep: tuple(adder for relations, adder in _ADDERS if dep in relations)
    for dep in {dep for relations, _ in _ADDERS for dep in relations}
}


def clause_mark(para: ParsedParagraph, head: int) -> str:
    """The word that opens the clause of the verb ``head`` ("that", "to", "if"), its question word's tag, or "0"."""
    for child in para.children[head]:
        if para.dep[child] in ("mark", "aux") and para.word[child] in _CLAUSE_MARKS:
            return para.word[child]
        if para.tag[child] in _QUESTION_TAGS:
            return para.tag[child]
    return "0"


def _add_subject_features(para: ParsedParagraph, cue: int, frame: str, features: list[str]) -> None:
    """Who acts, and what governs the cue.

    "above=want by xcomp": the verb above and the relations up to it; "subject nsubj before": the cue's own subject and
    its side. Without one: "under=want by xcomp", "by xcomp", and "no subject, to by xcomp" for each mark or auxiliary.
    Of the subject, also of one that the verb above lends: "subject=NOUN ORG", "subject=ministry", "subject own=True
    NOUN ORG", "subject=it frame=ccomp" for pronouns, "subject quoted", "subject holds PERSON". Else "nobody".
    """
    subjects = [child for child in para.children[cue] if para.dep[child] in SUBJECTS]
    above, way = find_governing_verb(para, cue)
    if subjects:
        subject: int | None = subjects[-1]
        side = "before" if subjects[-1] < cue else "after"
        features += (f"above={para.lemma[above]} by {way}", f"subject {para.dep[subjects[-1]]} {side}")
    else:
        subject = _lent_subject(para, cue, above, way)
        features += (f"under={para.lemma[above]} by {way}", f"by {way}")
        features += (
            f"no subject, {para.word[child]} by {way}"
            for child in para.children[cue]
            if para.dep[child] in ("mark", "aux")
        )
    if subject is None:
        features.append("nobody")
    else:
        _add_subject_kind(para, subject, bool(subjects), frame, features)


def _lent_subject(para: ParsedParagraph, cue: int, above: int, way: str) -> int | None:
    """Who acts where the cue has no subject: the noun it modifies, else the subject of the verb above."""
    if way in ("acl", "relcl"):
        return para.head[cue]
    if way and not way.endswith(("acl", "relcl")):
        return next((child for child in para.children[above] if para.dep[child] in SUBJECTS), None)
    return None


def _add_subject_kind(para: ParsedParagraph, subject: int, is_own: bool, frame: str, features: list[str]) -> None:
    """What the subject is; ``is_own``: whether it hangs on the cue itself."""
    kind = f"{para.pos[subject]} {para.ent_type[subject]}"
    features += (f"subject={kind}", f"subject={para.lemma[subject]}", f"subject own={is_own} {kind}")
    if para.pos[subject] == "PRON":
        features.append(f"subject={para.word[subject]} frame={frame}")
    if para.quotation_of[subject] >= 0:
        features.append("subject quoted")
    entity = next((para.ent_type[child] for child in para.children[subject] if para.ent_type[child]), "")
    if entity:
        features.append(f"subject holds {entity}")


def _add_quotation_features(para: ParsedParagraph, cue: int, features: list[str]) -> None:
    """Quotation marks around the cue.

    "quoted words=6": in its sentence; "quoted words in paragraph=True 10": whether any are in the sentence, and how
    many in the paragraph. For the nearest quotation on either side "quotation after 2" (tokens away), "quotation after
    near=True" (fewer than four) and "quotation after sentence near=True" (with its shape).
    """
    low, high = para.sentence_bounds(cue)
    quoted = (para.mask_between(low, high) & para.quoted_mask).bit_count()
    features += (
        f"quoted words={bucket(quoted)}",
        f"quoted words in paragraph={bool(quoted)} {bucket(para.quoted_mask.bit_count())}",
    )
    for side, tokens in (
        ("after", range(cue + 1, min(high + 3, cue + _QUOTATION_REACH, len(para)))),
        ("before", range(cue - 1, max(low - 3, cue - _QUOTATION_REACH, -1), -1)),
    ):
        nearest = next((token for token in tokens if para.quotation_of[token] >= 0), None)
        if nearest is not None:
            distance = abs(nearest - cue)
            shape = para.shapes[para.quotation_of[nearest]]
            features += (f"quotation {side} {bucket(distance)}", f"quotation {side} near={distance < 4}")
            features.append(f"quotation {side} {shape} near={distance < 4}")


def _add_neighbour_features(para: ParsedParagraph, cue: int, features: list[str]) -> None:
    """Words beside the cue and its place: "next=that", "last=has", "next tag=IN", "last tag=VBZ", "second=the" ("$" and
    "^" at the paragraph's ends), "sentence=16" (its length), "at=2 VERB" and "rest=10 VERB" (tokens before and after).
    """
    low, high = para.sentence_bounds(cue)
    size = len(para)
    after = para.word[cue + 1] if cue + 1 < size else "$"
    before = para.word[cue - 1] if cue else "^"
    features += (
        f"next={after}", f"last={before}", f"next tag={para.tag[cue + 1] if cue + 1 < size else '$'}",
        f"last tag={para.tag[cue - 1] if cue else '^'}", f"second={para.word[cue + 2] if cue + 2 < size else '$'}",
        f"sentence={bucket(high - low)}", f"at={bucket(cue - low)} {para.pos[cue]}",
        f"rest={bucket(high - cue - 1)} {para.pos[cue]}",
    )  # fmt: skip


def _add_colon_features(para: ParsedParagraph, cue: int, features: list[str]) -> None:
    """A colon's surroundings: "colon at=2" (tokens before it in the sentence), "colon after PROPN" and "colon after
    PERSON" (the token before), "colon before PRON quoted=True" (the token after; whether a quotation opens there).
    """
    low, _ = para.sentence_bounds(cue)
    before, after = cue - 1, cue + 1
    features.append(f"colon at={bucket(cue - low)}")
    if before >= 0:
        features += (f"colon after {para.pos[before]}", f"colon after {para.ent_type[before]}")
    if after < len(para):
        quoted = para.quotation_of[after] >= 0 or (after + 1 < len(para) and para.quotation_of[after + 1] >= 0)
        features.append(f"colon before {para.pos[after]} quoted={quoted}")
