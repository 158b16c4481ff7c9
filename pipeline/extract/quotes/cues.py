"""Which tokens may be the head of a reporting cue, and what is known about each: the features of the first model."""

from __future__ import annotations

from collections.abc import Collection

from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

#: Complements that make up a verb's frame.
_FRAME = frozenset({"ccomp", "xcomp", "dobj", "attr", "acomp", "oprd", "agent", "acl", "advcl", "dative"})
#: Children whose word tells something.
_LEXICAL = frozenset(
    {
        "prep", "prt", "mark", "agent", "dobj", "acomp", "attr", "oprd", "poss", "advmod", "amod", "det", "aux", "neg",
        "cc", "compound", "case", "pcomp",
    }
)  # fmt: skip
_CLAUSAL = frozenset({"ccomp", "xcomp", "acl", "relcl", "advcl", "parataxis", "pobj"})
_BELOW_OBJECT = frozenset({"prep", "acl", "ccomp", "relcl", "xcomp"})
_MARKS = frozenset({"that", "to", "if", "whether", "as", "because", "while", "when", "after", "since", "although"})
_QUESTION = frozenset({"WP", "WRB", "WDT"})
_EDGES = (0, 1, 2, 3, 4, 6, 10, 16, 30, 60)
_BUCKET = tuple(max(edge for edge in _EDGES if edge <= number) for number in range(_EDGES[-1]))
_NEAR = 12


def bucket(number: int) -> int:
    """The number itself up to 4, then the lower end of its bucket."""
    return _BUCKET[number] if number < len(_BUCKET) else _EDGES[-1]


def cue_candidates(p: ParsedParagraph, lexicon: Collection[str]) -> list[int]:
    """Verbs that are no auxiliaries, colons, and every word of the lexicon, outside quotations."""
    found = []
    for i, pos in enumerate(p.pos):
        if p.quotation[i] >= 0:
            continue
        if pos in VERBAL:
            if pos == "VERB" or p.dep[i] not in ("aux", "auxpass"):
                found.append(i)
        elif p.word[i] == ":" or (p.bit[i] and p.lemma[i] in lexicon):
            found.append(i)
    return found


def frame(p: ParsedParagraph, cue: int) -> str:
    """The kinds of complement below the cue, sorted and joined."""
    return "+".join(sorted({p.dep[c] for c in p.children[cue]} & _FRAME))


def governor(p: ParsedParagraph, token: int) -> tuple[int, str]:
    """The verb above a token, at most four steps up, and the relations on the way."""
    way: list[str] = []
    while p.head[token] != token and len(way) < 4:
        way.append(p.dep[token])
        token = p.head[token]
        if p.pos[token] in VERBAL:
            break
    return token, ">".join(way)


def cue_features(p: ParsedParagraph, cue: int) -> list[str]:
    """What speaks for and against this token as the head of a cue; each also counts with the lemma as context."""
    sig = frame(p, cue)
    pos, tag, dep = p.pos[cue], p.tag[cue], p.dep[cue]
    found = [
        "1", f"pos={pos}", f"tag={tag}", f"dep={dep}", f"frame={sig}", f"pos={pos} {dep} frame={sig}",
        f"ending={p.lemma[cue][-3:]}", f"word={p.word[cue]}",
    ]  # fmt: skip
    for child in p.children[cue]:
        _child(p, cue, child, found)
    _subject(p, cue, sig, found)
    aux = "_".join(p.word[c] for c in p.children[cue] if p.dep[c] in ("aux", "auxpass"))
    found.append(f"aux={aux}")
    found.append(f"tag={tag} aux={aux} frame={sig}")
    _marks(p, cue, found)
    _place(p, cue, found)
    if p.word[cue] == ":":
        _colon(p, cue, found)
    return found


def _child(p: ParsedParagraph, cue: int, child: int, found: list[str]) -> None:
    dep, lemma = p.dep[child], p.lemma[child]
    found.append(f"has={dep}")
    if dep in _LEXICAL:
        found.append(f"{dep}={lemma}")
    if dep in ("dobj", "acomp", "attr", "oprd"):
        for below in p.children[child]:
            under = p.dep[below]
            if under in _BELOW_OBJECT:
                word = p.lemma[below] if under == "prep" else ""
                found.append(f"{dep}={lemma} {under}={word}")
                found.append(f"{dep} {under}")
    if dep in ("dobj", "attr", "oprd", "nsubjpass"):
        found += (f"{dep} kind={p.pos[child]} {p.ent[child]}", f"{dep} tag={p.tag[child]}")
        found += (f"{dep} det={p.word[c]}" for c in p.children[child] if p.dep[c] in ("det", "poss"))
    elif dep in ("prep", "agent"):
        for below in p.children[child]:
            found.append(f"{lemma} over {p.dep[below]} {p.pos[below]} {p.ent[below]}")
    elif dep == "conj":
        found.append(f"conj={lemma}")
    if dep in ("ccomp", "xcomp", "pcomp"):
        found += (f"{dep} aux={p.word[c]}" for c in p.children[child] if p.dep[c] in ("aux", "neg"))
        found += (f"{dep} subject={p.pos[c]} {p.ent[c]}" for c in p.children[child] if p.dep[c] in SUBJECTS)
    if dep in _CLAUSAL:
        mark = clause_mark(p, child)
        side = "after" if child > cue else "before"
        found += (f"{dep} mark={mark}", f"{dep} {side} {p.pos[child]}", f"{dep} lemma={lemma}")
        if dep == "ccomp":
            found.append(f"ccomp mark={mark} {p.tag[child]}")
    if p.subtree[child] & p.marked and dep not in SUBJECTS:
        first = p.subtree[child] & p.marked
        found += (f"quoted={dep}", f"quoted={dep} {p.shape[p.quotation[(first & -first).bit_length() - 1]]}")


def clause_mark(p: ParsedParagraph, head: int) -> str:
    """The word that opens a clause ("that", "to", "if" ...), the tag of its question word, or "0"."""
    for child in p.children[head]:
        if p.dep[child] in ("mark", "aux") and p.word[child] in _MARKS:
            return p.word[child]
        if p.tag[child] in _QUESTION:
            return p.tag[child]
    return "0"


def _subject(p: ParsedParagraph, cue: int, sig: str, found: list[str]) -> None:
    own = [c for c in p.children[cue] if p.dep[c] in SUBJECTS]
    subject = own[-1] if own else None
    above, way = governor(p, cue)
    if subject is None:
        if way in ("acl", "relcl"):
            subject = p.head[cue]
        elif way and not way.endswith(("acl", "relcl")):
            subject = next((c for c in p.children[above] if p.dep[c] in SUBJECTS), None)
        found += (f"under={p.lemma[above]} by {way}", f"by {way}")
        found += (f"no subject, {p.word[c]} by {way}" for c in p.children[cue] if p.dep[c] in ("mark", "aux"))
    else:
        side = "before" if subject < cue else "after"
        found += (f"above={p.lemma[above]} by {way}", f"subject {p.dep[subject]} {side}")
    if subject is None:
        found.append("nobody")
        return
    kind = f"{p.pos[subject]} {p.ent[subject]}"
    found += (f"subject={kind}", f"subject={p.lemma[subject]}", f"subject own={bool(own)} {kind}")
    if p.pos[subject] == "PRON":
        found.append(f"subject={p.word[subject]} frame={sig}")
    if p.quotation[subject] >= 0:
        found.append("subject quoted")
    inner = next((p.ent[c] for c in p.children[subject] if p.ent[c]), "")
    if inner:
        found.append(f"subject holds {inner}")


def _marks(p: ParsedParagraph, cue: int, found: list[str]) -> None:
    low, high = p.bounds(cue)
    here = (p.between(low, high) & p.marked).bit_count()
    found += (f"quoted words={bucket(here)}", f"quoted words in paragraph={bool(here)} {bucket(p.marked.bit_count())}")
    for side, steps in (
        ("after", range(cue + 1, min(high + 3, cue + _NEAR, len(p)))),
        ("before", range(cue - 1, max(low - 3, cue - _NEAR, -1), -1)),
    ):
        near = next((i for i in steps if p.quotation[i] >= 0), None)
        if near is not None:
            found += (f"quotation {side} {bucket(abs(near - cue))}", f"quotation {side} near={abs(near - cue) < 4}")
            found.append(f"quotation {side} {p.shape[p.quotation[near]]} near={abs(near - cue) < 4}")


def _place(p: ParsedParagraph, cue: int, found: list[str]) -> None:
    low, high = p.bounds(cue)
    size = len(p)
    after = p.word[cue + 1] if cue + 1 < size else "$"
    before = p.word[cue - 1] if cue else "^"
    found += (
        f"next={after}", f"last={before}", f"next tag={p.tag[cue + 1] if cue + 1 < size else '$'}",
        f"last tag={p.tag[cue - 1] if cue else '^'}", f"second={p.word[cue + 2] if cue + 2 < size else '$'}",
        f"sentence={bucket(high - low)}", f"at={bucket(cue - low)} {p.pos[cue]}",
        f"rest={bucket(high - cue - 1)} {p.pos[cue]}",
    )  # fmt: skip


def _colon(p: ParsedParagraph, cue: int, found: list[str]) -> None:
    low, _ = p.bounds(cue)
    before, after = cue - 1, cue + 1
    found.append(f"colon at={bucket(cue - low)}")
    if before >= 0:
        found += (f"colon after {p.pos[before]}", f"colon after {p.ent[before]}")
    if after < len(p):
        quoted = p.quotation[after] >= 0 or (after + 1 < len(p) and p.quotation[after + 1] >= 0)
        found.append(f"colon before {p.pos[after]} quoted={quoted}")
