"""Words that govern an infinitive or participle though the parser hangs it elsewhere.

Part of ``pipeline.extract.events``. Each gives the word, whose lemma then tells the status, or None.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_rules import WordInContext
from pipeline.extract.events.syntax import child_with, first_of_conjuncts


def ordering_verb(word: WordInContext) -> Token | None:
    """The verb whose object a bare participle at the end says something of, with a status by its lemma."""
    participle = word.token
    if participle.dep_ != "acl" or participle.tag_ != "VBN":
        return None
    noun = first_of_conjuncts(participle.head)
    follows = noun.dep_ == "dobj" and participle.i > noun.i and participle.nbor(-1).pos_ == "NOUN"
    if not follows or participle.n_lefts:
        return None
    verb = noun.head
    is_order = verb.lemma_ in word.lexicon.words.verbs.object_control and word.status_of_lemma(verb) is not None
    return verb if is_order else None


def predicate_noun(word: WordInContext) -> Token | None:
    """The noun with a status by its lemma that "be" links with the verb: "plan" in "It is a plan to close the mill"."""
    head = word.token.head
    noun = child_with(head, "attr") if head.lemma_ == "be" else None
    return noun if noun is not None and word.status_of_lemma(noun) is not None else None


def noun_above(word: WordInContext) -> Token | None:
    """The noun with a status by its lemma above the noun that the verb hangs on: "a decision by governors to close"."""
    noun = word.token.head
    if word.token.dep_ not in ("acl", "relcl") or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return None
    above = noun.head.head
    return above if above.pos_ == "NOUN" and word.status_of_lemma(above) is not None else None
