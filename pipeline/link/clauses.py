"""Clauses in the parse that pronouns ask for: who reports one, what two tokens share, what stands before its verb."""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Span, Token

from pipeline.extract.syntax import SUBJECTS

#: Verbs up the parse to the one that reports a clause: "said it would [try [to [find ...]]]".
_MAX_CLIMB = 5
#: Relations from a noun to the verb whose argument it is, with those that lie between.
_WITHIN_ARGUMENT = frozenset({"pobj", "prep", "conj", "appos", "compound", "dative", "agent"})
#: Tokens from a pronoun in a label to its colon: "What [she] 's saying now :".
_MAX_TO_COLON = 4
#: Determiners of nouns for nobody in particular: "each pupil".
_QUANTIFIERS = frozenset({"each", "every", "any", "no", "either", "neither"})
_OBJECTS = frozenset({"dobj", "iobj", "dative"})
#: Verbs with which one turns "to" or "with" somebody.
_SPEAKING = frozenset({"speak", "talk", "go", "turn"})
_ARGUMENTS = frozenset({*SUBJECTS, "dobj", "iobj", "dative", "attr", "prep"})


def is_empty_it(it: Token) -> bool:
    """Whether "it" stands for a clause that follows: "It remains unclear whether ..."."""
    following = {child.dep_ for child in it.head.children if child.i > it.i}
    return (
        it.dep_ in SUBJECTS
        and not following.isdisjoint({"acomp", "attr"})
        and not following.isdisjoint({"ccomp", "csubj"})
    )


def clause_reporter(token: Token) -> Token | None:
    """The subject of the clause above: whoever says what the token stands in ("the union said it would go")."""
    verb = token.head
    for _ in range(_MAX_CLIMB):
        if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB":
            return next((child for child in verb.head.children if child.dep_ in SUBJECTS), None)
        if verb.dep_ not in ("xcomp", "conj", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def share_clause(token: Token, other: Token) -> bool:
    """Whether both are arguments of one verb, so that they are two: "Brandt thanked him"; possessors may be one."""
    if token.dep_ == "poss" or other.dep_ == "poss":
        return False
    return _clause_of(token) == _clause_of(other) and token.sent == other.sent


def is_joined_subject(pronoun: Token, other: Token) -> bool:
    """Whether both are subjects of clauses joined to each other: "Brandt is a grocer, but he sells no fish".

    So, too, where the pronoun's clause hangs on something in the other's: "The crofters fear the law, which they say".
    """
    if pronoun.dep_ not in SUBJECTS or other.dep_ not in SUBJECTS:
        return False
    if pronoun.head.dep_ == "relcl":
        return other.head in pronoun.head.ancestors and clause_of_noun(pronoun.head.head) == other.head
    return pronoun.head.dep_ == "conj" and pronoun.head.head.i == other.head.i


def clause_of_noun(noun: Token) -> Token:
    """The verb of the clause in which a noun stands, or the top of its phrase."""
    top = noun
    while top.pos_ not in ("VERB", "AUX") and top.head.i != top.i:
        top = top.head
    return top


def behind_subject(subject: Token, start: int) -> Span:
    """The tokens from the index ``start`` on to the end of the subject's clause, before what is joined to its verb.

    "Says Holm lied" of "he says Holm lied", "left" of "she left, but Holm stayed".
    """
    joined = (child.left_edge.i for child in subject.head.rights if child.dep_ == "conj")
    return subject.doc[start : max(min(subject.head.right_edge.i + 1, *joined, len(subject.doc)), start)]


def holds_possessive(token: Token, other: Token) -> bool:
    """Whether a possessive stands within the phrase of the other and before its head: "her [sister Ada Brandt]"."""
    return token.dep_ == "poss" and other.i > token.i and other.is_ancestor(token)


def _clause_of(token: Token) -> int:
    """The index of the verb whose argument the token is; its own where it is nobody's argument."""
    top = token
    while top.dep_ in _WITHIN_ARGUMENT and top.head.pos_ not in ("VERB", "AUX") and top.head.i != top.i:
        top = top.head
    is_argument = top.dep_ in _ARGUMENTS or (top.head.pos_ in ("VERB", "AUX") and top.dep_ != "poss")
    return top.head.i if is_argument else top.i


def fronted_phrase(token: Token) -> Token | None:
    """The preposition or verb above the token that stands before the verb it hangs on: "in" of "In her letter, she"."""
    top = token.head
    while top.head.i != top.i and not (top.dep_ in ("prep", "advcl") and top.i < top.head.i):
        top = top.head
    return None if top.head.i == top.i else top


def later_subject(token: Token) -> Token | None:
    """The subject after a fronted phrase in which the token stands: Brandt in "In her statement, Ada Brandt said"."""
    fronted = fronted_phrase(token)
    children = fronted.head.children if fronted is not None else ()
    return next((child for child in children if child.dep_ in SUBJECTS and child.i > token.i), None)


def is_quantified_elsewhere(token: Token, other: Token) -> bool:
    """Whether the other is a noun for nobody in particular in another sentence: "Each pupil had to choose. He said".

    Within its sentence a pronoun may be bound by it: "Every voter thinks that he counts" (bound variables of Reinhart,
    1983).
    """
    return other.sent != token.sent and any(child.lower_ in _QUANTIFIERS for child in other.lefts)


def is_in_label(token: Token) -> bool:
    """Whether a pronoun stands in a label before a quotation, "What she said:", and so looks back at the article."""
    if not token.i or token.nbor(-1).text != "What":
        return False
    return any(after.text == ":" for after in token.doc[token.i + 1 : token.i + 1 + _MAX_TO_COLON])


def is_addressed(noun: Token, verbs: Container[str]) -> bool:
    """Whether somebody turns to the noun's person: "I called a vet", "She wrote to a bishop", "He spoke with a vet".

    ``verbs``: the lemmas of verbs of turning to somebody; "speak" and "talk" are some with a preposition.
    """
    verb = noun.head
    if noun.dep_ == "pobj" and verb.lower_ in ("to", "with"):
        return verb.head.lemma_ in verbs or verb.head.lemma_ in _SPEAKING
    return noun.dep_ in _OBJECTS and verb.lemma_ in verbs


def is_asked(noun: Token, verbs: Container[str]) -> bool:
    """Whether a question is put to somebody: Holm in "Brandt asked Holm about it"; not in "asked Holm to leave".

    ``verbs``: the lemmas of verbs of asking.
    """
    verb = noun.head
    if noun.dep_ not in _OBJECTS or verb.lemma_ not in verbs:
        return False
    behind = [child for child in verb.rights if child.i > noun.i]
    return not any(child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ == "for") for child in behind)
