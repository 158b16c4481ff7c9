"""Whether a capital stands for its government: "Beijing respects the decision", "ties with Moscow"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.places import Places


def state_evidence(token: Token, places: Places) -> str:
    """Why a capital means its government here: what it does, or what is done with it; empty when nothing says so."""
    verb = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    # The parser often ties the subject after "and" to the clause before; a singular verb at its side tells.
    if token.dep_ == "conj" and verb.tag_ == "VBZ" and verb.lemma_ in places.context.state_verbs:
        return f'subject of "{verb.lemma_}"'
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    head = token.head
    if token.dep_ == "nsubj" and head.lemma_ in places.context.state_verbs and head.pos_ in ("VERB", "AUX"):
        return f'subject of "{head.lemma_}"'
    if token.dep_ == "nsubj" and head.lemma_ == "have":
        had = next((child for child in head.children if child.dep_ == "dobj"), None)
        if had is not None and had.lower_ in places.context.state_nouns:
            return f'has "{had.lower_}"'
    if token.dep_ == "poss" and head.lemma_.lower() in places.context.state_nouns:
        return f'whose "{head.lower_}"'
    if (
        token.dep_ == "pobj"
        and head.lower_ in ("with", "between", "on", "from")
        and head.head.lower_ in places.context.state_nouns
    ):
        return f'"{head.head.lower_} {head.lower_}" it'
    return ""
