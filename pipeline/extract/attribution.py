"""The parts of one attribution, read off the parse around its cue: frame, source, cue words, clausal content."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, run_around, subject_of

#: Prepositions that carry what an object cue is about ("accused X of Y", "praised X for Y").
_ABOUT = frozenset({"of", "for", "as", "to", "about", "against", "with", "over"})
_PARTS_OF_CUE = frozenset({"aux", "auxpass", "neg", "prt", "advmod"})
_VERBAL = frozenset({"VERB", "AUX"})
_DEFERRED = frozenset({"pcomp", "advcl", "conj", "xcomp", "ccomp"})


def frame_of(verb: Token) -> str:
    """The verb's complement: that, clause, to, ing, object, "prep X", passive or none (the frames of cues.tsv)."""
    children = list(verb.children)
    clause = _first(children, ("ccomp",))
    if clause is not None:
        return "that" if any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children) else "clause"
    control = next((c for c in children if c.dep_ == "xcomp" and c.pos_ in _VERBAL), None)
    if control is not None:
        return "to" if any(c.tag_ == "TO" for c in control.children) else "ing"
    if _first(children, ("dobj", "attr")) is not None:
        return "object"
    preposition = _first(children, ("prep",))
    if preposition is not None:
        return f"prep {preposition.lower_}"
    return "passive" if _first(children, ("nsubjpass",)) is not None else "none"


def complement(verb: Token, frame: str) -> list[Token]:
    """The tokens of what the verb takes in this frame, in text order; empty for a frame without one."""
    children = list(verb.children)
    if frame in ("that", "clause"):
        return _whole(c for c in children if c.dep_ == "ccomp")
    if frame in ("to", "ing"):
        return _whole(c for c in children if c.dep_ == "xcomp")
    if frame == "object":
        return _object(children)
    if frame.startswith("prep "):
        heads = (c for c in children if c.dep_ == "prep" and c.lower_ == frame[5:])
        return _whole(under for head in heads for under in head.children if under.dep_ in ("pobj", "pcomp"))
    if frame == "passive":
        return _whole(c for c in children if c.dep_ == "nsubjpass")
    return []


def _object(children: list[Token]) -> list[Token]:
    first = _first(children, ("dobj", "attr"))
    if first is None:
        return []
    after = [c for c in children if c.i > first.i and c.dep_ in ("prep", "oprd", "acl") and _carries(c)]
    return _whole([first, *after])


def clause_below(phrase: list[Token]) -> list[Token]:
    """The "that" clause which the parser hung on whoever is spoken to ("told the crowd that ..."); empty for none."""
    for token in phrase:
        if token.lower_ == "that" and token.dep_ == "mark":
            return list(token.head.subtree)
    return []


def _carries(token: Token) -> bool:
    return token.dep_ != "prep" or token.lower_ in _ABOUT


def source_of(verb: Token) -> Token | None:
    """The head of the noun phrase that speaks: subject, passive agent, or the noun a participle hangs on."""
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    if agent is not None:
        return next((c for c in agent.children if c.dep_ == "pobj"), None)
    if any(c.dep_ == "auxpass" for c in verb.children):
        return None
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted
    subject = subject_of(verb)
    if subject is None and verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return verb.head if verb.tag_ == "VBG" else None
    if subject is None and verb.dep_ in _DEFERRED and verb.tag_ in ("VBG", "VB", "VBN"):
        governor = verb.head if verb.dep_ != "pcomp" else verb.head.head
        if verb.dep_ == "advcl" and governor.dep_ == "ccomp" and after_comma(verb):
            governor = governor.head  # "confirmed that it is closing, saying ...": whoever confirmed says
        subject = subject_of(governor) if governor.pos_ in _VERBAL else None
    if subject is None or subject.dep_ in ("expl", "csubj") or _is_dummy(subject, verb):
        return None
    return subject


def after_comma(verb: Token) -> bool:
    """Whether a comma stands right before the verb."""
    return verb.i > 0 and verb.nbor(-1).lower_ == ","


def _quoted_as(verb: Token) -> Token | None:
    """The object of "quoted X as saying"."""
    preposition = verb.head
    if verb.dep_ != "pcomp" or preposition.lower_ != "as":
        return None
    if preposition.head.pos_ in ("NOUN", "PROPN", "PRON") and preposition.head.dep_ == "dobj":
        return preposition.head
    return _first(preposition.head.children, ("dobj",))


def _is_dummy(subject: Token, verb: Token) -> bool:
    return subject.lower_ == "it" and any(c.dep_ == "auxpass" for c in verb.children)


def source_tokens(head: Token, verb: Token) -> list[Token]:
    """The source's noun phrase, less the branch that holds the cue and less a trailing non-restrictive clause."""
    left_out: set[int] = set()
    for child in head.subtree:
        if child.i == verb.i or child.is_ancestor(verb):
            left_out |= {t.i for t in child.subtree} if child.i != head.i else set()
    tokens = [t for t in head.subtree if t.i not in left_out and t.i != verb.i]
    run = run_around(head, tokens)
    while run and run[0].pos_ == "PUNCT":
        run = run[1:]
    while run and run[-1].pos_ == "PUNCT":
        run = run[:-1]
    return run


def cue_tokens(verb: Token) -> list[Token]:
    """The cue's words: the verb with auxiliaries, negation, particle and adverbs that stand right beside it."""
    near = {verb.i: verb}
    parts = {c.i: c for c in verb.children if c.dep_ in _PARTS_OF_CUE and not c.is_space}
    for step in (-1, 1):
        at = verb.i + step
        while at in parts:
            near[at] = parts[at]
            at += step
    return [near[i] for i in sorted(near)]


def attribution_tokens(verb: Token, source: Iterable[Token]) -> set[int]:
    """Positions of what belongs to the act of saying and never to what was said."""
    own = {t.i for t in source} | {t.i for t in cue_tokens(verb)}
    for child in verb.children:
        if child.dep_ in SUBJECTS or child.dep_ in _PARTS_OF_CUE | {"dative", "agent"}:
            own |= {t.i for t in child.subtree}
    return own


def _first(children: Iterable[Token], relations: tuple[str, ...]) -> Token | None:
    return next((child for child in children if child.dep_ in relations), None)


def _whole(heads: Iterable[Token]) -> list[Token]:
    return sorted({t.i: t for head in heads for t in head.subtree}.values(), key=lambda t: t.i)
