"""What speaks for one candidate as a cue's content: where it comes from, its edges, quotations and their owners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph

#: A cue at least this likely owns what is quoted in its sentence.
STRONG = 0.4
_LEXICAL = frozenset({"prep", "advmod", "npadvmod", "prt", "dobj", "advcl", "acomp", "mark", "agent"})
_TAILS = frozenset({"npadvmod", "advmod", "conj", "acl"})
#: Steps up the parse from a candidate's edge.
_CLIMB = 5
_QUOTES = frozenset({'"', "''", "``", "'", " "})
_SILENT = frozenset({"aux", "auxpass", "neg"})


@dataclass(slots=True)
class Ownership:
    """The paragraph's likely cues (``strong``) and the sentences that hold one."""

    strong: list[int]
    sentences: set[int]


def ownership(p: ParsedParagraph, probabilities: Mapping[int, float]) -> Ownership:
    """Who has a claim on the quotations of the paragraph, from the cues' probabilities."""
    strong = sorted(i for i, probability in probabilities.items() if probability >= STRONG)
    return Ownership(strong, {p.sentence[i] for i in strong if p.quotation[i] < 0})


@dataclass(slots=True)
class CandidateContext:
    """What holds for all candidates of one cue: masks of its sentence, subject, source, and of quotations nearby.

    ``after``/``before``: quoted sentences on either side that no strong cue owns up to the next that does; ``others``:
    quotations of sentences with a cue of their own.
    """

    cue: int
    sig: str
    passive: bool
    sentence: int
    left: int
    subject: int
    source: int
    children: list[tuple[int, str, str]]
    after: int
    before: int
    others: int
    rivals: list[int]


def orphans_of(p: ParsedParagraph, cue: int, owners: Ownership) -> tuple[int, int, int]:
    """Quotations right after and right before the cue's sentence that no likely cue owns, and all that one owns."""
    after, owned_after = _orphans(p, range(p.sentence[cue] + 1, len(p.sentences)), owners)
    before, owned_before = _orphans(p, range(p.sentence[cue] - 1, -1, -1), owners)
    return after, before, owned_after | owned_before


def scene_of(
    p: ParsedParagraph, cue: int, sig: str, source: int, owners: Ownership, orphans: tuple[int, int, int]
) -> CandidateContext:
    """The scene of a cue whose source is the mask ``source`` (0: nobody); ``orphans`` as orphans_of() gives them."""
    low, high = p.bounds(cue)
    children = [(c, p.dep[c], p.lemma[c]) for c in p.children[cue] if p.dep[c] != "punct" and p.subtree[c]]
    after, before, others = orphans
    return CandidateContext(
        cue=cue, sig=sig, passive=any(dep == "auxpass" for _, dep, _ in children), sentence=p.between(low, high),
        left=p.between(0, cue), subject=p.whole([c for c, dep, _ in children if dep in ("nsubj", "nsubjpass")]),
        source=source, children=children, after=after, before=before, others=others,
        rivals=[i for i in owners.strong if i != cue and low <= i < high],
    )  # fmt: skip


def _orphans(p: ParsedParagraph, sentences: range, owners: Ownership) -> tuple[int, int]:
    orphans = owned = 0
    if not p.marked:
        return 0, 0
    open_ = True
    for number in sentences:
        mask = p.between(*p.sentences[number]) & p.marked
        if number in owners.sentences:
            owned |= mask
            open_ = False
        elif open_:
            orphans |= mask
    return orphans, owned


def content_features(p: ParsedParagraph, scene: CandidateContext, mask: int, name: str) -> list[str]:
    """What speaks for and against this candidate; counts alone, with the cue's lemma and with the generator's kind."""
    cue = scene.cue
    words = mask.bit_count()
    quoted = mask & p.marked
    kind = share_quoted(quoted, mask)
    first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
    found = [
        f"from={name}", f"from={name} {p.pos[cue]} {p.dep[cue]}", f"from={name} frame={scene.sig}",
        f"from={name} {p.tag[cue]}", f"from={name} passive={scene.passive}", f"words={bucket(words)}",
        f"words={bucket(words)} quoted={kind}", f"quoted={kind}",
    ]  # fmt: skip
    _edges(p, mask, first, last, name, found)
    _tail(p, mask, last, found)
    _position(p, scene, mask, first, last, kind, found)
    _children(p, scene, mask, found)
    if p.marked:
        _quoting(p, scene, mask, kind, first, last, found)
    if scene.rivals:
        _rivals(p, scene, mask, first, last, found)
    return found


def _edges(p: ParsedParagraph, mask: int, first: int, last: int, name: str, found: list[str]) -> None:
    size = len(p)
    before = p.word[first - 1] if first else "^"
    after = p.word[last + 1] if last + 1 < size else "$"
    found += (
        f"first={p.word[first]}", f"first tag={p.tag[first]}", f"first tag={p.tag[first]} from={name}",
        f"preceded={before}", f"followed={after}", f"last tag={p.tag[last]}",
        f"next tag={p.tag[last + 1] if last + 1 < size else '$'}", f"preceded={before} {p.tag[first]}",
        f"followed={after} {p.tag[last]}", f"first dep={p.dep[first]}",
    )  # fmt: skip
    finite = False
    for i in range(first, min(last + 1, first + 40)):
        if mask >> i & 1 and p.pos[i] in VERBAL and p.tag[i] not in ("VB", "VBG", "VBN"):
            finite = True
            break
    found.append(f"finite={finite}")


def _tail(p: ParsedParagraph, mask: int, last: int, found: list[str]) -> None:
    """The constituents that end with the candidate and those that it leaves off right behind it."""
    at = last
    for _ in range(_CLIMB):
        if not mask >> p.low[at] & 1 and p.bit[p.low[at]]:
            break
        if p.low[at] != at or p.dep[at] in _TAILS:
            found.append(f"ends with {p.dep[at]} {p.word[p.low[at]]}")
        above = p.head[at]
        if above == at or not mask >> above & 1 or p.high[above] > last + 1:
            break
        at = above
    after = last + 1
    while after < len(p) and not p.bit[after]:
        after += 1
    if after >= len(p) or p.sentence[after] != p.sentence[last]:
        found.append("drops nothing")
        return
    comma = "" if after == last + 1 else p.word[last + 1]
    at = after
    for _ in range(_CLIMB):
        above = p.head[at]
        if above == at or p.low[above] < after:
            break
        at = above
    inside = bool(mask >> p.head[at] & 1)
    found += (f"drops {p.dep[at]} {p.word[after]} {inside}", f"drops {p.dep[at]} {comma} {inside}")


def _position(
    p: ParsedParagraph, scene: CandidateContext, mask: int, first: int, last: int, kind: str, found: list[str]
) -> None:
    cue = scene.cue
    left = mask & scene.left
    side = "before" if left == mask else "after" if not left else "around"
    gap = first - cue if side == "after" else cue - last if side == "before" else 0
    distance = p.sentence[first] - p.sentence[cue]
    solid = mask | ~p.solid & ((1 << last) - (1 << first))  # marks and commas don't break a run
    share = (mask & scene.sentence).bit_count() * 5 // max(1, scene.sentence.bit_count())
    found += (
        f"side={side}", f"side={side} {p.pos[cue]}", f"side={side} frame={scene.sig}", f"gap={side} {bucket(gap)}",
        f"sentences={min(p.sentence[last] - p.sentence[first], 4)}", f"distance={distance} quoted={kind}",
        f"runs={min((solid & ~(solid << 1)).bit_count(), 4)}", f"share={share} {side}",
    )  # fmt: skip
    if p.marked:
        right = mask & ~scene.left
        found.append(f"halves={share_quoted(left & p.marked, left)} {share_quoted(right & p.marked, right)}")
    if scene.subject:
        found.append(f"takes subject={bool(mask & scene.subject)}")
    if scene.source:
        taken = (mask & scene.source).bit_count()
        part = "none" if not taken else "part" if taken < scene.source.bit_count() else "all"
        found.append(f"takes source={part}")
        if taken:
            found.append(f"takes source {part} quoted={kind}")


def _children(p: ParsedParagraph, scene: CandidateContext, mask: int, found: list[str]) -> None:
    for child, dep, lemma in scene.children:
        tree = p.subtree[child]
        taken = mask & tree
        if dep in _SILENT:
            if taken:
                found.append("takes auxiliary")
            continue
        state = "takes" if taken == tree else "cuts" if taken else "leaves"
        found += (f"{state} {dep}", f"{state} {dep} frame={scene.sig}")
        if dep in _LEXICAL:
            found.append(f"{state} {dep}={lemma}")


def _quoting(
    p: ParsedParagraph, scene: CandidateContext, mask: int, kind: str, first: int, last: int, found: list[str]
) -> None:
    here = scene.sentence & p.marked
    left_here = bucket((here & ~mask).bit_count())
    left_there = bucket((p.marked & ~scene.sentence & ~mask).bit_count())
    found += (f"leaves quoted={left_here} {kind}", f"leaves quoted elsewhere={left_there} {kind}")
    cut_first, cut_last = _cuts(p, first, -1), _cuts(p, last, 1)
    if cut_first or cut_last:
        found.append(f"cuts quotation {cut_first} {cut_last}")
    if kind != "none":
        at = (mask & p.marked & -(mask & p.marked)).bit_length() - 1
        found.append(f"quotation={p.shape[p.quotation[at]]} {kind}")
    if kind == "some":
        _mixture(p, mask, first, last, found)
    after, before = _state(scene.after, mask), _state(scene.before, mask)
    found += (
        f"orphans after={after} {kind}", f"orphans before={before} {kind}", f"others'={_state(scene.others, mask)}",
        f"orphans after={after} here={bool(here)}", f"orphans after={after} words={bucket(scene.after.bit_count())}",
    )  # fmt: skip


def _mixture(p: ParsedParagraph, mask: int, first: int, last: int, found: list[str]) -> None:
    """How quotations within the candidate join the words outside them."""
    for number in sorted({p.quotation[i] for i in (first, last)} | {p.quotation[scan] for scan in range(first, last)}):
        if number < 0 or not p.quoted[number] & mask:
            continue
        inner = p.quoted[number]
        start, end = (inner & -inner).bit_length() - 1, inner.bit_length() - 1
        if mask & ((1 << start) - 1):
            before = next((p.word[i] for i in range(start - 1, -1, -1) if p.word[i] not in _QUOTES), "^")
            found.append(f"quotation inside after {before}")
        if mask >> (end + 1):
            after = next((p.word[i] for i in range(end + 1, len(p)) if p.word[i] not in _QUOTES), "$")
            found.append(f"quotation inside before {after}")


def _cuts(p: ParsedParagraph, edge: int, step: int) -> bool:
    """Whether the quotation at this edge goes on beyond it."""
    number = p.quotation[edge]
    if number < 0:
        return False
    mask = p.quoted[number]
    return bool(mask >> (edge + 1) if step > 0 else mask & ((1 << edge) - 1))


def share_quoted(quoted: int, mask: int) -> str:
    """Whether all, some or none of a mask's words stand in quotation marks; "-" for an empty one."""
    if not mask:
        return "-"
    return "none" if not quoted else "all" if quoted == mask else "some"


def _state(wanted: int, mask: int) -> str:
    if not wanted:
        return "-"
    taken = wanted & mask
    return "all" if taken == wanted else "some" if taken else "none"


def _rivals(p: ParsedParagraph, scene: CandidateContext, mask: int, first: int, last: int, found: list[str]) -> None:
    low, high = min(scene.cue, first), max(scene.cue, last)
    inside = sum(1 for i in scene.rivals if mask & p.bit[i])
    between = sum(1 for i in scene.rivals if low < i < high and not mask & p.bit[i])
    outside = len(scene.rivals) - inside
    found += (
        f"rivals inside={min(inside, 3)}", f"rivals outside={min(outside, 3)} inside={min(inside, 3)}",
        f"rivals between={min(between, 2)}",
    )  # fmt: skip
