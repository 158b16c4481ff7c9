"""What a cue may govern: candidate spans read off the parse around it, each with the name of where it comes from.

The generators follow the reach measured on the training part of PolNeAR: complements, runs of right children and their
trims, grandchildren, subtrees above the cue, parts of the sentence, quotations of the paragraph and unions of these.
A name is a kind, a blank and relations ("child dobj+ccomp"); names are part of feature strings in models/quotes.txt,
and the first generator to find a mask names it, so that their order counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.quotes.paragraph import ParsedParagraph

#: Children of a cue that never begin its content.
_NOT_CONTENT = frozenset({"punct", "aux", "auxpass", "neg"})
#: Children whose own children may be content: "gave [a warning [that ...]]".
_PASS_ON = frozenset(
    {
        "prep", "dobj", "attr", "acomp", "oprd", "agent", "dative", "xcomp", "advcl", "prt", "advmod", "acl", "pobj",
        "ccomp", "conj", "pcomp", "npadvmod",
    }
)  # fmt: skip
#: Relations of grandchildren that may be content, and those of them that are looked into again.
_GRANDCHILDREN = frozenset(
    {
        "pobj", "pcomp", "acl", "relcl", "ccomp", "xcomp", "prep", "dobj", "attr", "acomp", "advcl", "oprd", "nsubj",
        "appos",
    }
)  # fmt: skip
_PASS_ON_AGAIN = frozenset({"pobj", "prep", "acl", "relcl", "xcomp", "dobj", "attr", "acomp", "ccomp", "pcomp"})
#: Relations three and four steps below the cue.
_THIRD_GENERATION = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "acl", "prep", "dobj", "relcl"})
_FOURTH_GENERATION = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "relcl", "acl"})
#: What may be cut off a run's end: "said the pier was shut, [and left]".
_TAILS = frozenset({"conj", "advcl", "relcl", "acl", "prep", "parataxis"})
#: Sisters of the cue, or of what it hangs on, that may be its content.
_SISTERS = frozenset({"nsubjpass", "nsubj", "dobj", "ccomp", "xcomp", "attr", "acl", "relcl", "prep", "advcl"})
#: Sisters without which the rest of a subtree above may be content.
_REMOVABLE_SISTERS = frozenset({"advcl", "relcl", "conj", "prep"})
#: Children that say when or how somebody spoke and may be left out of the sentence.
_LOOSE = frozenset({"advmod", "npadvmod", "prep", "advcl", "cc"})
#: Candidates that quotations elsewhere in the paragraph may extend, by name and by the start of their name.
_EXTENDED_NAMES = frozenset({"left", "right", "both sides", "sentence", "sentence core", "quoted", "sentence bare"})
_EXTENDED_KINDS = ("child ccomp", "left ccomp", "above", "above bare")
#: Children of one token that are looked at, and tokens from a cue to its colon; more are lists and tables.
_MAX_CHILDREN = 12
#: Right children in a row that one candidate may take ("told / reporters / on the quay / on Monday / that ...").
_MAX_RUN = 5
#: Relations of a run that its name spells out, and children whose tails are cut off.
_MAX_NAMED = 3
#: Steps up the parse from the cue.
_MAX_CLIMB = 4
#: Quotations of the sentence that are candidates by themselves.
_MAX_QUOTATIONS = 4


@dataclass(slots=True)
class _CandidatePool:
    """Candidates as they are generated: ``names`` has the name of each mask, that of its first generator.

    ``words``: the mask of all words of the paragraph; ``cue_bit``: the cue, which is in no candidate.
    """

    words: int
    cue_bit: int
    names: dict[int, str] = field(default_factory=dict)

    def add(self, mask: int, name: str) -> None:
        """Take a candidate, without punctuation and the cue, unless it is empty then or there already."""
        mask = mask & self.words & ~self.cue_bit
        if mask and mask not in self.names:
            self.names[mask] = name


def find_content_candidates(para: ParsedParagraph, cue: int, orphans: tuple[int, int] = (0, 0)) -> dict[int, str]:
    """What the cue may govern: masks of words with the name of the generator (kind, blank, relations).

    ``orphans``: masks of the quotations right after and right before the cue's sentence that no other likely cue owns,
    see ``find_orphans``.
    """
    pool = _CandidatePool(para.word_mask, para.bit[cue])
    children = para.children[cue]
    subjects = [child for child in children if para.dep[child] in ("nsubj", "nsubjpass", "expl")]
    helpers = [child for child in children if para.dep[child] in ("aux", "auxpass", "neg", "prt")]
    act = para.bit[cue] | para.mask_of_subtrees(subjects) | para.mask_of_subtrees(helpers)
    complements = [child for child in children if para.dep[child] not in _NOT_CONTENT]
    right = [child for child in complements if child > cue and child not in subjects][:_MAX_CHILDREN]
    left = [child for child in complements if child < cue][-_MAX_CHILDREN:]
    _add_runs(para, right, pool)
    for child in left:
        pool.add(para.subtree[child], f"left {para.dep[child]}")
    _add_descendants(para, children[:_MAX_CHILDREN], pool)
    _add_with_subject(para, subjects, right, pool)
    _add_above(para, cue, act, pool)
    _add_sentence_parts(para, cue, act, [*subjects, *helpers], pool)
    _add_quotations(para, cue, orphans, pool)
    _add_after_colon(para, cue, pool)
    _add_adjacent_sentences(para, cue, act, pool)
    return pool.names


def _add_runs(para: ParsedParagraph, right: list[int], pool: _CandidatePool) -> None:
    """Unbroken runs of right children ("child ccomp", "child dobj+ccomp"), short ones also without a tail
    ("child-conj ccomp": a clause without what is joined to it).
    """
    for first in range(len(right)):
        mask = 0
        deps: list[str] = []
        for child in right[first : first + _MAX_RUN]:
            mask |= para.subtree[child]
            deps.append(para.dep[child])
            run = "+".join(deps[:_MAX_NAMED])
            pool.add(mask, f"child {run}")
            if len(deps) < _MAX_NAMED:
                for tail in para.children[child]:
                    if tail > child and para.dep[tail] in _TAILS:
                        pool.add(mask & ~para.subtree[tail], f"child-{para.dep[tail]} {run}")


def _add_descendants(para: ParsedParagraph, children: list[int], pool: _CandidatePool) -> None:
    """Subtrees two steps below the cue ("below dobj.acl"), also to the child's end ("below> dobj.acl"), and deeper."""
    for child in children:
        dep = para.dep[child]
        if dep not in _PASS_ON:
            continue
        for second in para.children[child][:_MAX_CHILDREN]:
            second_dep = para.dep[second]
            if second_dep not in _GRANDCHILDREN:
                continue
            pool.add(para.subtree[second], f"below {dep}.{second_dep}")
            if second > child:
                start = second if para.left_edge[second] < child else para.left_edge[second]
                pool.add(para.mask_between(start, para.right_edge[child] + 1), f"below> {dep}.{second_dep}")
            if second_dep in _PASS_ON_AGAIN:
                _add_deeper(para, second, f"{dep}.{second_dep}", pool)


def _add_deeper(para: ParsedParagraph, second: int, way: str, pool: _CandidatePool) -> None:
    """Subtrees three and four steps below the cue: "deep dobj.prep.pcomp", "deepest prep.pcomp.ccomp".

    ``way``: the relations down to ``second``.
    """
    second_dep = para.dep[second]
    for third in para.children[second][:_MAX_CHILDREN]:
        third_dep = para.dep[third]
        if third_dep not in _THIRD_GENERATION:
            continue
        pool.add(para.subtree[third], f"deep {way}.{third_dep}")
        for fourth in para.children[third][:_MAX_CHILDREN]:
            if para.dep[fourth] in _FOURTH_GENERATION:
                pool.add(para.subtree[fourth], f"deepest {second_dep}.{third_dep}.{para.dep[fourth]}")


def _add_with_subject(para: ParsedParagraph, subjects: list[int], right: list[int], pool: _CandidatePool) -> None:
    """The cue's subject, alone and with what follows: in "the bridge was said to be safe" it is part of the content.

    "subject nsubjpass", "subject+ nsubjpass+xcomp" (with one child), "subject++ nsubjpass" (with all).
    """
    for subject in subjects:
        dep = para.dep[subject]
        if dep == "expl":
            continue
        mask = para.subtree[subject]
        pool.add(mask, f"subject {dep}")
        for child in right:
            pool.add(para.subtree[subject] | para.subtree[child], f"subject+ {dep}+{para.dep[child]}")
            mask |= para.subtree[child]
        pool.add(mask, f"subject++ {dep}")


def _add_above(para: ParsedParagraph, cue: int, act: int, pool: _CandidatePool) -> None:
    """What stands above the cue, step by step: "the bridge, the mayor said, is safe".

    "above ccomp": the subtree above without the cue's branch; "above bare ccomp": without the mask ``act`` only (cue,
    subject, auxiliaries); "above span ccomp": from edge to edge; relations of further steps are joined by "^".
    """
    token = cue
    relations: list[str] = []
    for _ in range(_MAX_CLIMB):
        above = para.head[token]
        if above == token:
            break
        relations.append(para.dep[token])
        way = "^".join(relations)
        rest = para.subtree[above] & ~para.subtree[token]
        pool.add(rest, f"above {way}")
        pool.add(para.subtree[above] & ~act, f"above bare {way}")
        if token < above:
            span = para.mask_between(para.left_edge[above], para.right_edge[above] + 1)
            pool.add(span & ~para.subtree[token], f"above span {way}")
        _add_sisters(para, token, rest, relations, pool)
        token = above


def _add_sisters(para: ParsedParagraph, token: int, rest: int, relations: list[str], pool: _CandidatePool) -> None:
    """Sisters of a token at most three steps up ("beside acl.dobj"), and the rest above without one ("above-conj")."""
    way, steps = "^".join(relations), len(relations)
    for sister in para.children[para.head[token]][: 2 * _MAX_CHILDREN]:
        dep = para.dep[sister]
        if sister == token:
            continue
        if dep in _SISTERS and steps < 3:
            pool.add(para.subtree[sister], f"beside {way}.{dep}")
        if dep in _REMOVABLE_SISTERS and steps < 2:
            pool.add(rest & ~para.subtree[sister], f"above-{dep} {way}")


def _add_sentence_parts(para: ParsedParagraph, cue: int, act: int, around: list[int], pool: _CandidatePool) -> None:
    """The sentence without the act of speaking, whole or on one side of it.

    "sentence": without the mask ``act``; "sentence bare": without all below the cue; "sentence core": without when and
    how; "left", "right", "both sides" of cue, subject and auxiliaries (``around``); "after cue".
    """
    low, high = para.sentence_bounds(cue)
    sentence = para.mask_between(low, high)
    loose = para.mask_of_subtrees([child for child in para.children[cue] if para.dep[child] in _LOOSE])
    pool.add(sentence & ~act, "sentence")
    pool.add(sentence & ~para.subtree[cue] & ~act, "sentence bare")
    pool.add(sentence & ~act & ~loose, "sentence core")
    start = min([cue, *(para.left_edge[token] for token in around)])
    end = max([cue, *(para.right_edge[token] for token in around)]) + 1
    left, right = para.mask_between(low, start), para.mask_between(end, high)
    pool.add(left, "left")
    pool.add(right, "right")
    pool.add(left | right, "both sides")
    pool.add(para.mask_between(cue + 1, high), "after cue")


def _add_quotations(para: ParsedParagraph, cue: int, orphans: tuple[int, int], pool: _CandidatePool) -> None:
    """What stands in quotation marks, alone and added to candidates that are there already.

    "quoted" (all of the sentence), "one quotation", "outer quotations" (first and last), "paragraph quoted", "paragraph
    quoted on" (from the sentence on), "paragraph quoted so far". ``_add_extended`` joins them to other candidates.
    """
    if not para.quoted_mask:
        return
    low, high = para.sentence_bounds(cue)
    in_sentence = para.mask_between(low, high) & para.quoted_mask
    numbers = sorted({para.quotation_of[token] for token in range(low, high)} - {-1})
    quotations = [para.quotation_masks[number] for number in numbers]
    pool.add(in_sentence, "quoted")
    for mask in quotations[:_MAX_QUOTATIONS]:
        pool.add(mask, "one quotation")
    if len(quotations) > 1:
        pool.add(quotations[0] | quotations[-1], "outer quotations")
    after = para.quoted_mask & para.mask_between(high, len(para))
    before = para.quoted_mask & para.mask_between(0, low)
    pool.add(para.quoted_mask, "paragraph quoted")
    pool.add(para.quoted_mask & ~before, "paragraph quoted on")
    pool.add(para.quoted_mask & ~after, "paragraph quoted so far")
    next_orphans, last_orphans = orphans
    extensions = (
        ("next", next_orphans),
        ("last", last_orphans),
        ("near", next_orphans | last_orphans if next_orphans and last_orphans else 0),
        ("after", after),
        ("before", before),
        ("all", after | before if after and before else 0),
        ("quoted", in_sentence),
    )
    _add_extended([(suffix, mask) for suffix, mask in extensions if mask], pool)


def _add_extended(extensions: list[tuple[str, int]], pool: _CandidatePool) -> None:
    """Wide candidates with quotations beside them: "sentence&next" is the sentence with the quotation that follows.

    ``extensions``: what the name's ending says and the mask that is added.
    """
    wide = [
        (mask, name) for mask, name in pool.names.items() if name in _EXTENDED_NAMES or name.startswith(_EXTENDED_KINDS)
    ]
    for mask, name in wide:
        kind = name.split(" ", 1)[0]
        for suffix, quoted in extensions:
            pool.add(mask | quoted, f"{kind}&{suffix}")


def _add_after_colon(para: ParsedParagraph, cue: int, pool: _CandidatePool) -> None:
    """What follows a colon close behind the cue: to the end of the paragraph, of the sentence, or of the next one."""
    window = range(cue, min(cue + _MAX_CHILDREN, len(para)))
    colon = next((token for token in window if para.word[token] == ":"), None)
    if colon is None:
        return
    pool.add(para.mask_between(colon + 1, len(para)), "colon paragraph")
    pool.add(para.mask_between(colon + 1, para.sentence_bounds(cue)[1]), "colon sentence")
    number = para.sentence_of[cue] + 1
    if number < len(para.sentences):
        pool.add(para.mask_between(colon + 1, para.sentences[number][1]), "colon next")


def _add_adjacent_sentences(para: ParsedParagraph, cue: int, act: int, pool: _CandidatePool) -> None:
    """The sentence before ("He failed. So says the clerk.") and the one after, alone or with parts of the cue's own."""
    low, high = para.sentence_bounds(cue)
    number = para.sentence_of[cue]
    if number > 0:
        before = para.mask_between(*para.sentences[number - 1])
        pool.add(before, "sentence before")
        pool.add(before | (para.mask_between(low, high) & ~act), "sentence before+")
        pool.add(before | para.mask_between(low, cue), "sentence before+left")
    if number + 1 < len(para.sentences):
        following = para.mask_between(*para.sentences[number + 1])
        pool.add(para.mask_between(cue + 1, high) | following, "right+next sentence")
