"""Who may be a cue's source: noun phrases of the sentence, subjects of the one before, or nobody; their features."""

from __future__ import annotations

from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Noun phrases further from the cue (tokens) are never its source.
_REACH = 60
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LOOSE = frozenset({"DET", "NUM", "ADJ"})
#: What may hang behind a noun without being part of how the text names the source, by how much is cut.
_CUTS: tuple[frozenset[str], ...] = (
    frozenset(),
    frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "punct"}),
    frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "cc", "conj"}),
    frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "cc", "conj", "appos", "prep"}),
)
TRIMS = range(len(_CUTS))


def source_candidates(p: ParsedParagraph, cue: int) -> list[int | None]:
    """Heads of noun phrases around the cue in text order, two subjects of the sentence before, and None (nobody)."""
    low, high = p.bounds(cue)
    found: list[int | None] = []
    for i in range(max(low, cue - _REACH), min(high, cue + _REACH)):
        pos, dep = p.pos[i], p.dep[i]
        if i == cue or dep == "expl":
            continue
        nominal = pos in _NOMINAL and dep != "compound"
        if nominal or (dep in SUBJECTS and pos != "PUNCT") or (pos in _LOOSE and dep in ("pobj", "appos")):
            found.append(i)
    number = p.sentence[cue] - 1
    if number >= 0:
        start, end = p.sentences[number]
        found += [i for i in range(start, end) if p.dep[i] in ("nsubj", "nsubjpass")][:2]
    return [*found, None]


def source_mask(p: ParsedParagraph, head: int, cue: int, trim: int) -> int:
    """The noun phrase of ``head`` without the branch that holds the cue, cut by ``trim`` (0: whole ... 3: bare)."""
    mask = p.subtree[head]
    for child in p.children[head]:
        if child > head and p.dep[child] in _CUTS[trim]:
            mask &= ~p.subtree[child]
    at = cue
    while p.head[at] != at:
        above = p.head[at]
        if above == head:
            return mask & ~p.subtree[at]
        at = above
    return mask


def route(p: ParsedParagraph, cue: int, token: int) -> tuple[str, int, str]:
    """The relations from cue up and down to the token, how many, and the last two verbs and prepositions on the way."""
    up = _ancestors(p, cue)
    down = _ancestors(p, token)
    place = {node: k for k, node in enumerate(up)}
    for k, node in enumerate(down):
        if node in place:
            rise, fall = up[: place[node]], down[:k]
            way = "^".join(p.dep[n] for n in rise) + "!" + ".".join(p.dep[n] for n in reversed(fall))
            nodes = [*up[1 : place[node] + 1], *reversed(down[1:k])]
            words = [p.lemma[n] for n in nodes if p.pos[n] in VERBAL or p.pos[n] == "ADP"]
            return way, len(rise) + len(fall), "_".join(words[-2:])
    return "none", 99, ""


def _ancestors(p: ParsedParagraph, token: int) -> list[int]:
    found = [token]
    while p.head[token] != token and len(found) < 12:
        token = p.head[token]
        found.append(token)
    return found


def nobody_features(p: ParsedParagraph, cue: int) -> list[str]:
    """What speaks for a cue whose source the text leaves out."""
    children = p.children[cue]
    subject = next((p.dep[c] for c in children if p.dep[c] in SUBJECTS), "-")
    aux = "_".join(p.word[c] for c in children if p.dep[c] in ("aux", "auxpass"))
    passive = any(p.dep[c] == "auxpass" for c in children)
    agent = any(p.dep[c] == "agent" for c in children)
    owned = any(p.dep[c] == "poss" for c in children)
    return [
        "nobody", f"nobody {p.pos[cue]} {p.dep[cue]}", f"nobody subject={subject} {p.dep[cue]}", f"nobody {p.tag[cue]}",
        f"nobody subject={subject} {p.tag[cue]} {aux}", f"nobody agent={agent}", f"nobody passive={passive}",
        f"nobody {p.pos[cue]} owned={owned}", f"nobody subject={subject}",
    ]  # fmt: skip


def source_features(p: ParsedParagraph, cue: int, head: int, sig: str) -> list[str]:
    """What speaks for and against this noun phrase as the cue's source."""
    same = p.sentence[head] == p.sentence[cue]
    way, length, words = route(p, cue, head) if same else ("before", 99, "")
    pos, dep, ent = p.pos[head], p.dep[head], p.ent[head]
    side = "before" if head < cue else "after"
    passive = any(p.dep[c] == "auxpass" for c in p.children[cue])
    has = any(p.dep[c] in SUBJECTS for c in p.children[cue])
    first = head - p.bounds(head)[0] < 3
    found = [
        f"way={way}", f"way={way} {p.pos[cue]}", f"way={way} words={words}", f"way={way} {p.tag[cue]}",
        f"way={way} frame={sig}", f"way={way} passive={passive}", f"way={way} has={has}", f"way={way} {pos} {ent}",
        f"steps={length}", f"{side} {p.pos[cue]}", f"{side} {bucket(abs(head - cue))}", f"dep={dep}",
        f"dep={dep} {p.pos[cue]} {side}", f"kind={pos} {ent}", f"lemma={p.lemma[head]}", f"tag={p.tag[head]}",
        f"{side} next={abs(head - cue) == 1}", f"first={first}", f"dep={dep} of={p.lemma[p.head[head]]}",
    ]  # fmt: skip
    if p.quotation[head] >= 0:
        found += ("quoted", f"quoted way={way}")
    if pos == "PRON":
        found.append(f"word={p.word[head]} way={way}")
    if dep in SUBJECTS:
        low, high = min(head, cue), max(head, cue)
        others = sum(p.dep[k] in SUBJECTS for k in range(low + 1, high))
        found.append(f"subjects between={min(others, 3)} {side}")
    return found


def trim_features(p: ParsedParagraph, cue: int, head: int, trim: int, masks: list[int]) -> list[str]:
    """What speaks for this cut of the noun phrase; ``masks`` are those of all cuts."""
    behind = [c for c in p.children[head] if c > head]
    deps = "+".join(sorted({p.dep[c] for c in behind} & (_CUTS[3] - {"ccomp", "parataxis", "punct"})))
    alike = "".join("1" if masks[trim] == each else "0" for each in masks)
    side = "before" if head < cue else "after"
    found = [
        f"cut={trim}", f"cut={trim} {deps}", f"cut={trim} alike={alike}", f"cut={trim} {p.pos[head]} {p.ent[head]}",
        f"cut={trim} {deps} {side}", f"cut={trim} words={bucket(masks[0].bit_count())}",
    ]  # fmt: skip
    for child in behind:
        found.append(f"cut={trim} {p.dep[child]} {bucket(p.subtree[child].bit_count())}")
        if p.dep[child] == "prep":
            found.append(f"cut={trim} prep={p.lemma[child]}")
    return found
