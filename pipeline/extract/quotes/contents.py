"""What a cue may govern: candidate spans read off the parse around it, each with the name of where it comes from.

The generators follow the reach measured on the training part of PolNeAR: complements, runs of right children and their
trims, grandchildren, subtrees above the cue, parts of the sentence, quotations of the paragraph and unions of these.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.quotes.paragraph import ParsedParagraph

_NOT_CONTENT = frozenset({"punct", "aux", "auxpass", "neg"})
_PASS_ON = frozenset(
    {
        "prep", "dobj", "attr", "acomp", "oprd", "agent", "dative", "xcomp", "advcl", "prt", "advmod", "acl", "pobj",
        "ccomp", "conj", "pcomp", "npadvmod",
    }
)  # fmt: skip
_SECOND = frozenset(
    {
        "pobj",
        "pcomp",
        "acl",
        "relcl",
        "ccomp",
        "xcomp",
        "prep",
        "dobj",
        "attr",
        "acomp",
        "advcl",
        "oprd",
        "nsubj",
        "appos",
    }
)
_THIRD_FROM = frozenset({"pobj", "prep", "acl", "relcl", "xcomp", "dobj", "attr", "acomp", "ccomp", "pcomp"})
_THIRD = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "acl", "prep", "dobj", "relcl"})
_FOURTH = frozenset({"pobj", "pcomp", "ccomp", "xcomp", "relcl", "acl"})
_TAILS = frozenset({"conj", "advcl", "relcl", "acl", "prep", "parataxis"})
_BESIDE = frozenset({"nsubjpass", "nsubj", "dobj", "ccomp", "xcomp", "attr", "acl", "relcl", "prep", "advcl"})
_LOOSE = frozenset({"advmod", "npadvmod", "prep", "advcl", "cc"})
_PARTS = frozenset({"left", "right", "both sides", "sentence", "sentence core", "quoted", "sentence bare"})
_WIDE = ("child ccomp", "left ccomp", "above", "above bare")
#: Children a cue is looked at; more are lists and tables.
_MOST = 12
_RISE = 4


@dataclass(slots=True)
class _Pool:
    """Candidates by mask; the first generator to find one names it."""

    keep: int
    drop: int
    found: dict[int, str]

    def add(self, mask: int, name: str) -> None:
        mask = mask & self.keep & ~self.drop
        if mask and mask not in self.found:
            self.found[mask] = name


def content_candidates(p: ParsedParagraph, cue: int, orphans: tuple[int, int] = (0, 0)) -> dict[int, str]:
    """Masks of what the cue may govern, with the generator's name (kind, blank, relations).

    ``orphans``: quotations right after and right before the cue's sentence that no other likely cue owns.
    """
    low, high = p.bounds(cue)
    pool = _Pool(p.solid, p.bit[cue], {})
    children = p.children[cue]
    subjects = [c for c in children if p.dep[c] in ("nsubj", "nsubjpass", "expl")]
    helpers = [c for c in children if p.dep[c] in ("aux", "auxpass", "neg", "prt")]
    act = p.bit[cue] | p.whole(subjects) | p.whole(helpers)
    right = [c for c in children if c > cue and p.dep[c] not in _NOT_CONTENT and c not in subjects][:_MOST]
    _runs(p, right, pool)
    for child in [c for c in children if c < cue and p.dep[c] not in _NOT_CONTENT][-_MOST:]:
        pool.add(p.subtree[child], f"left {p.dep[child]}")
    _deeper(p, children[:_MOST], pool)
    _with_subject(p, subjects, right, pool)
    _above(p, cue, act, pool)
    _sentence_parts(p, cue, act, [*subjects, *helpers], pool)
    _quotations(p, low, high, orphans, pool)
    _colon(p, cue, pool)
    _next_door(p, cue, act, pool)
    return pool.found


def _runs(p: ParsedParagraph, right: list[int], pool: _Pool) -> None:
    for i in range(len(right)):
        mask = 0
        names: list[str] = []
        for child in right[i : i + 5]:
            mask |= p.subtree[child]
            names.append(p.dep[child])
            run = "+".join(names[:3])
            pool.add(mask, f"child {run}")
            if len(names) < 3:
                for tail in p.children[child]:
                    if tail > child and p.dep[tail] in _TAILS:
                        pool.add(mask & ~p.subtree[tail], f"child-{p.dep[tail]} {run}")


def _deeper(p: ParsedParagraph, children: list[int], pool: _Pool) -> None:
    for child in children:
        if p.dep[child] not in _PASS_ON:
            continue
        for second in p.children[child][:_MOST]:
            two = p.dep[second]
            if two not in _SECOND:
                continue
            pool.add(p.subtree[second], f"below {p.dep[child]}.{two}")
            if second > child:
                start = second if p.low[second] < child else p.low[second]
                pool.add(p.between(start, p.high[child] + 1), f"below> {p.dep[child]}.{two}")
            if two not in _THIRD_FROM:
                continue
            for third in p.children[second][:_MOST]:
                three = p.dep[third]
                if three in _THIRD:
                    pool.add(p.subtree[third], f"deep {p.dep[child]}.{two}.{three}")
                    for fourth in p.children[third][:_MOST]:
                        if p.dep[fourth] in _FOURTH:
                            pool.add(p.subtree[fourth], f"deepest {two}.{three}.{p.dep[fourth]}")


def _with_subject(p: ParsedParagraph, subjects: list[int], right: list[int], pool: _Pool) -> None:
    for subject in subjects:
        dep = p.dep[subject]
        if dep == "expl":
            continue
        mask = p.subtree[subject]
        pool.add(mask, f"subject {dep}")
        for child in right:
            pool.add(p.subtree[subject] | p.subtree[child], f"subject+ {dep}+{p.dep[child]}")
            mask |= p.subtree[child]
        pool.add(mask, f"subject++ {dep}")


def _above(p: ParsedParagraph, cue: int, act: int, pool: _Pool) -> None:
    at = cue
    way: list[str] = []
    for _ in range(_RISE):
        above = p.head[at]
        if above == at:
            break
        way.append(p.dep[at])
        name = "^".join(way)
        rest = p.subtree[above] & ~p.subtree[at]
        pool.add(rest, f"above {name}")
        pool.add(p.subtree[above] & ~act, f"above bare {name}")
        if at < above:
            pool.add(p.between(p.low[above], p.high[above] + 1) & ~p.subtree[at], f"above span {name}")
        for other in p.children[above][: 2 * _MOST]:
            dep = p.dep[other]
            if other == at:
                continue
            if dep in _BESIDE and len(way) < 3:
                pool.add(p.subtree[other], f"beside {name}.{dep}")
            if dep in ("advcl", "relcl", "conj", "prep") and len(way) < 2:
                pool.add(rest & ~p.subtree[other], f"above-{dep} {name}")
        at = above


def _sentence_parts(p: ParsedParagraph, cue: int, act: int, around: list[int], pool: _Pool) -> None:
    low, high = p.bounds(cue)
    whole = p.between(low, high)
    loose = p.whole([c for c in p.children[cue] if p.dep[c] in _LOOSE])
    pool.add(whole & ~act, "sentence")
    pool.add(whole & ~p.subtree[cue] & ~act, "sentence bare")
    pool.add(whole & ~act & ~loose, "sentence core")
    start = min([cue, *(p.low[c] for c in around)])
    end = max([cue, *(p.high[c] for c in around)]) + 1
    left, right = p.between(low, start), p.between(end, high)
    pool.add(left, "left")
    pool.add(right, "right")
    pool.add(left | right, "both sides")
    pool.add(p.between(cue + 1, high), "after cue")


def _quotations(p: ParsedParagraph, low: int, high: int, orphans: tuple[int, int], pool: _Pool) -> None:
    if not p.marked:
        return
    here = p.between(low, high) & p.marked
    numbers = sorted({p.quotation[i] for i in range(low, high)} - {-1})
    quoted = [p.quoted[n] for n in numbers]
    pool.add(here, "quoted")
    for mask in quoted[:4]:
        pool.add(mask, "one quotation")
    if len(quoted) > 1:
        pool.add(quoted[0] | quoted[-1], "outer quotations")
    after, before = p.marked & p.between(high, len(p)), p.marked & p.between(0, low)
    pool.add(p.marked, "paragraph quoted")
    pool.add(p.marked & ~before, "paragraph quoted on")
    pool.add(p.marked & ~after, "paragraph quoted so far")
    wide = [(m, n) for m, n in pool.found.items() if n in _PARTS or n.startswith(_WIDE)]
    for mask, name in wide:
        kind = name.split(" ", 1)[0]
        if orphans[0]:
            pool.add(mask | orphans[0], f"{kind}&next")
        if orphans[1]:
            pool.add(mask | orphans[1], f"{kind}&last")
        if orphans[0] and orphans[1]:
            pool.add(mask | orphans[0] | orphans[1], f"{kind}&near")
        if after:
            pool.add(mask | after, f"{kind}&after")
        if before:
            pool.add(mask | before, f"{kind}&before")
        if after and before:
            pool.add(mask | after | before, f"{kind}&all")
        if here:
            pool.add(mask | here, f"{kind}&quoted")


def _colon(p: ParsedParagraph, cue: int, pool: _Pool) -> None:
    _, high = p.bounds(cue)
    colon = next((i for i in range(cue, min(cue + _MOST, len(p))) if p.word[i] == ":"), None)
    if colon is None:
        return
    pool.add(p.between(colon + 1, len(p)), "colon paragraph")
    pool.add(p.between(colon + 1, high), "colon sentence")
    number = p.sentence[cue] + 1
    if number < len(p.sentences):
        pool.add(p.between(colon + 1, p.sentences[number][1]), "colon next")


def _next_door(p: ParsedParagraph, cue: int, act: int, pool: _Pool) -> None:
    low, high = p.bounds(cue)
    number = p.sentence[cue]
    if number > 0:
        start, end = p.sentences[number - 1]
        before = p.between(start, end)
        pool.add(before, "sentence before")
        pool.add(before | (p.between(low, high) & ~act), "sentence before+")
        pool.add(before | p.between(low, cue), "sentence before+left")
    if number + 1 < len(p.sentences):
        start, end = p.sentences[number + 1]
        pool.add(p.between(cue + 1, high) | p.between(start, end), "right+next sentence")
