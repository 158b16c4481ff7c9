"""Which tokens may be the head of a reporting cue, and what is known about each: the features of the model "cue".

Feature strings are the keys of models/quotes.txt, section [cue]; each also counts with the cue's lemma as context.
Renaming one here orphans its weight there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from pipeline.extract.quotes import cue_names as names
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.weight_table import Fact

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
    """Features of the model "cue": what speaks for and against this token as the head of a cue."""
    return [feature for name, *values in cue_facts(para, cue) for feature in name(*values)]


def cue_facts(para: ParsedParagraph, cue: int) -> list[Fact]:
    """What the model "cue" is told of a token; the functions of cue_names.py named here say what it means.

    Of the token itself (``form_facts``), of each child, of who acts, of quotation marks around it, of its neighbours,
    and of a colon.
    """
    facts = form_facts(para, cue)
    for child in para.children[cue]:
        _add_child(para, cue, child, facts)
    _add_subject(para, cue, complement_frame(para, cue), facts)
    _add_quotations(para, cue, facts)
    _add_neighbours(para, cue, facts)
    if para.word[cue] == ":":
        _add_colon(para, cue, facts)
    return facts


def form_facts(para: ParsedParagraph, cue: int) -> list[Fact]:
    """The first of the facts of ``cue_facts``: the token's form, the relations of its complements, and its word."""
    pos, tag, dep, lemma = para.pos[cue], para.tag[cue], para.dep[cue], para.lemma[cue]
    aux = "_".join([para.word[child] for child in para.children[cue] if para.dep[child] in ("aux", "auxpass")])
    return [
        (names.name_form, pos, tag, dep, complement_frame(para, cue), aux),
        (names.name_word, lemma[-3:], para.word[cue]),
    ]


def _add_child(para: ParsedParagraph, cue: int, child: int, facts: list[Fact]) -> None:
    """What is told of one child of the cue: by its relation what ``_CHILD_FACTS`` lists, and whether it is quoted."""
    dep = para.dep[child]
    facts.append((names.name_child, dep, para.lemma[child] if dep in _LEXICAL else ""))
    for add_facts in _CHILD_FACTS.get(dep, ()):
        add_facts(para, cue, child, facts)
    quoted = para.subtree[child] & para.quoted_mask
    if quoted and dep not in SUBJECTS:
        facts.append((names.name_quoted_child, dep, para.shape_at(quoted)))


def _add_below_object(para: ParsedParagraph, _cue: int, child: int, facts: list[Fact]) -> None:
    """What hangs on an object."""
    dep, lemma = para.dep[child], para.lemma[child]
    for below in para.children[child]:
        relation = para.dep[below]
        if relation in _BELOW_OBJECT:
            facts.append(
                (names.name_below_object, dep, lemma, relation, para.lemma[below] if relation == "prep" else "")
            )


def _add_object_kind(para: ParsedParagraph, _cue: int, child: int, facts: list[Fact]) -> None:
    """What an object is, and its determiners."""
    dep = para.dep[child]
    facts.append((names.name_object_kind, dep, para.pos[child], para.ent_type[child], para.tag[child]))
    for below in para.children[child]:
        if para.dep[below] in ("det", "poss"):
            facts.append((names.name_determiner, dep, para.word[below]))


def _add_below_preposition(para: ParsedParagraph, _cue: int, child: int, facts: list[Fact]) -> None:
    """What a preposition governs."""
    lemma = para.lemma[child]
    for below in para.children[child]:
        facts.append((names.name_below_preposition, lemma, para.dep[below], para.pos[below], para.ent_type[below]))


def _add_conjunct(para: ParsedParagraph, _cue: int, child: int, facts: list[Fact]) -> None:
    """What the cue is joined to by "and"."""
    facts.append((names.name_conjunct, para.lemma[child]))


def _add_clause_subject(para: ParsedParagraph, _cue: int, child: int, facts: list[Fact]) -> None:
    """What is inside a complement clause: its auxiliaries and negation, and its subjects."""
    dep = para.dep[child]
    for below in para.children[child]:
        relation = para.dep[below]
        if relation in ("aux", "neg"):
            facts.append((names.name_clause_auxiliary, dep, para.word[below]))
        elif relation in SUBJECTS:
            facts.append((names.name_clause_subject, dep, para.pos[below], para.ent_type[below]))


def _add_clause_mark(para: ParsedParagraph, cue: int, child: int, facts: list[Fact]) -> None:
    """How a clause opens, where it stands and which verb it has."""
    dep = para.dep[child]
    side = "after" if child > cue else "before"
    facts.append((names.name_clause_mark, dep, clause_mark(para, child), side, para.pos[child], para.tag[child]))
    facts.append((names.name_clause_lemma, dep, para.lemma[child]))


_FactAdder = Callable[[ParsedParagraph, int, int, list[Fact]], None]
#: What a child tells by its relation to the cue. To add some: write a function, name the relations here.
_ADDERS: tuple[tuple[frozenset[str], _FactAdder], ...] = (
    (frozenset({"dobj", "acomp", "attr", "oprd"}), _add_below_object),
    (frozenset({"dobj", "attr", "oprd", "nsubjpass"}), _add_object_kind),
    (frozenset({"prep", "agent"}), _add_below_preposition),
    (frozenset({"conj"}), _add_conjunct),
    (frozenset({"ccomp", "xcomp", "pcomp"}), _add_clause_subject),
    (_CLAUSAL, _add_clause_mark),
)
#: The same by relation: one look-up per child.
_CHILD_FACTS: Mapping[str, tuple[_FactAdder, ...]] = {
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


def _add_subject(para: ParsedParagraph, cue: int, frame: str, facts: list[Fact]) -> None:
    """Who acts, and what governs the cue; where the cue has no subject, also the marks and auxiliaries that it has."""
    subjects = [child for child in para.children[cue] if para.dep[child] in SUBJECTS]
    above, way = find_governing_verb(para, cue)
    if subjects:
        subject: int | None = subjects[-1]
        side = "before" if subjects[-1] < cue else "after"
        facts.append((names.name_own_subject, para.lemma[above], way, para.dep[subjects[-1]], side))
    else:
        subject = _lent_subject(para, cue, above, way)
        facts.append((names.name_no_subject, para.lemma[above], way))
        for child in para.children[cue]:
            if para.dep[child] in ("mark", "aux"):
                facts.append((names.name_mark_without_subject, para.word[child], way))
    if subject is None:
        facts.append((names.name_nobody,))
    else:
        _add_subject_kind(para, subject, bool(subjects), frame, facts)


def _lent_subject(para: ParsedParagraph, cue: int, above: int, way: str) -> int | None:
    """Who acts where the cue has no subject: the noun it modifies, else the subject of the verb above."""
    if way in ("acl", "relcl"):
        return para.head[cue]
    if way and not way.endswith(("acl", "relcl")):
        return next((child for child in para.children[above] if para.dep[child] in SUBJECTS), None)
    return None


def _add_subject_kind(para: ParsedParagraph, subject: int, is_own: bool, frame: str, facts: list[Fact]) -> None:
    """What the subject is; ``is_own``: whether it hangs on the cue itself."""
    facts.append((names.name_subject_kind, para.pos[subject], para.ent_type[subject], is_own))
    facts.append((names.name_subject_lemma, para.lemma[subject]))
    if para.pos[subject] == "PRON":
        facts.append((names.name_pronoun_subject, para.word[subject], frame))
    if para.quotation_of[subject] >= 0:
        facts.append((names.name_subject_quoted,))
    entity = next((para.ent_type[child] for child in para.children[subject] if para.ent_type[child]), "")
    if entity:
        facts.append((names.name_subject_entity, entity))


def _add_quotations(para: ParsedParagraph, cue: int, facts: list[Fact]) -> None:
    """Quotation marks around the cue: quoted words, and the nearest quotation on either side."""
    if not para.quoted_mask and not para.quotations:
        facts.append((names.name_quoted_words, 0, 0, False))
        return
    low, high = para.sentence_bounds(cue)
    quoted = (para.mask_between(low, high) & para.quoted_mask).bit_count()
    facts.append((names.name_quoted_words, bucket(quoted), bucket(para.quoted_mask.bit_count()), quoted > 0))
    for side, tokens in (
        ("after", range(cue + 1, min(high + 3, cue + _QUOTATION_REACH, len(para)))),
        ("before", range(cue - 1, max(low - 3, cue - _QUOTATION_REACH, -1), -1)),
    ):
        nearest = next((token for token in tokens if para.quotation_of[token] >= 0), None)
        if nearest is not None:
            distance = abs(nearest - cue)
            shape = para.shapes[para.quotation_of[nearest]]
            facts.append((names.name_near_quotation, side, bucket(distance), distance < 4, shape))


def _add_neighbours(para: ParsedParagraph, cue: int, facts: list[Fact]) -> None:
    """Words beside the cue and its place in the sentence."""
    low, high = para.sentence_bounds(cue)
    word, tag, size = para.word, para.tag, len(para)
    after, next_tag = (word[cue + 1], tag[cue + 1]) if cue + 1 < size else ("$", "$")
    before, last_tag = (word[cue - 1], tag[cue - 1]) if cue else ("^", "^")
    facts += (
        (names.name_word_after, after),
        (names.name_word_before, before),
        (names.name_second_word, word[cue + 2] if cue + 2 < size else "$"),
        (names.name_neighbour_tags, last_tag, next_tag),
        (names.name_place, para.pos[cue], bucket(high - low), bucket(cue - low), bucket(high - cue - 1)),
    )


def _add_colon(para: ParsedParagraph, cue: int, facts: list[Fact]) -> None:
    """A colon's surroundings."""
    low, _ = para.sentence_bounds(cue)
    before, after = cue - 1, cue + 1
    facts.append((names.name_colon_place, bucket(cue - low)))
    if before >= 0:
        facts.append((names.name_before_colon, para.pos[before], para.ent_type[before]))
    if after < len(para):
        quoted = para.quotation_of[after] >= 0 or (after + 1 < len(para) and para.quotation_of[after + 1] >= 0)
        facts.append((names.name_after_colon, para.pos[after], quoted))
