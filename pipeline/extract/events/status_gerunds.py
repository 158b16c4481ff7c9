"""What a gerund after a preposition hangs on: the questions that the rules of ``status_verbs`` ask of it.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from pipeline.extract.events.status_forms import listed_noun
from pipeline.extract.events.status_rules import WordInContext
from pipeline.extract.events.syntax import object_before
from pipeline.records import Status

#: Tags of verbs that tell of nothing past: "will vote", "votes on Monday".
_UNTENSED_TAGS = ("VB", "VBP", "VBZ", "VBG")


def is_governed_gerund(word: WordInContext) -> bool:
    """Whether a word with a status governs it over the preposition: "threats of closing the mill"."""
    prep = word.token.head
    has_status = word.status_of_lemma(prep.head) is not None
    return has_status and prep.lower_ in word.lexicon.words.status.gerund_prepositions


def is_gerund_replaced(word: WordInContext) -> bool:
    """Whether something else is done: "instead of closing the mill"."""
    prep = word.token.head
    return not word.lexicon.words.status.replacing.isdisjoint((prep.lower_, prep.nbor(-1).lower_ if prep.i else ""))


def is_step_taken(word: WordInContext) -> bool:
    """Whether it is the step that somebody took: "took the unusual step of closing the mill"."""
    noun, words = word.token.head.head, word.lexicon.words.status
    is_step = noun.tag_ == "NN" and noun.lemma_ in words.steps and noun.head.lemma_ in words.taking
    return word.token.head.lower_ == "of" and is_step and noun.head.tag_ in ("VBD", "VBN")


def is_step_taken_to(word: WordInContext) -> bool:
    """Whether it is what a step was taken to do: "took action to close the mill"."""
    token, words = word.token, word.lexicon.words.status
    if token.dep_ not in ("acl", "relcl", "advcl", "xcomp"):
        return False
    noun = token.head if token.head.pos_ == "NOUN" else object_before(token.head, token)
    is_step = noun is not None and noun.lemma_ in words.steps and noun.head.lemma_ in words.taking
    return noun is not None and is_step and noun.head.tag_ in ("VBD", "VBN")


def is_going_on_beside(word: WordInContext) -> bool:
    """Whether it goes on beside what is so now: "There is a crisis with trains being halted"."""
    prep = word.token.head
    is_progressive = any(child.lower_ == "being" for child in word.token.children)
    is_present = any(head.tag_ in ("VBZ", "VBP") for head in (prep.head, prep.head.head))
    return prep.lower_ == "with" and is_progressive and is_present


def is_withheld(word: WordInContext) -> bool:
    """Whether somebody is kept from it: "barred from closing the mill"."""
    prep = word.token.head
    is_withheld = prep.lower_ == "from" and prep.head.lemma_ in word.lexicon.words.status.withholding
    return is_withheld and word.status_of_lemma(prep.head) != "denied"


def is_decided_against(word: WordInContext) -> bool:
    """Whether it was decided that it is not done: "voted against closing the mill"."""
    prep = word.token.head
    return prep.lower_ == "against" and word.lexicon.status_of_lemma.get(prep.head.lemma_) == "planned"


def is_choice_about(word: WordInContext) -> bool:
    """Whether it is what a choice is about, not what was chosen: "a vote on closing it", "will vote on closing it"."""
    prep, words = word.token.head, word.lexicon.words.status
    choice = prep.head
    is_noun = choice.pos_ == "NOUN" and choice.lemma_ in words.choices
    is_to_come = choice.tag_ in _UNTENSED_TAGS and choice.lemma_ in words.choosing
    return prep.lower_ in words.about and (is_noun or is_to_come)


def is_in_direction(word: WordInContext) -> bool:
    """Whether something leads there: "a first step toward closing the mill"."""
    return word.token.head.lower_ in word.lexicon.words.status.directions


def is_listed(word: WordInContext) -> bool:
    """Whether it is one of a list of what may be: "options including closing the mill"."""
    noun = listed_noun(word)
    return noun is not None and noun.pos_ == "NOUN" and status_of_list(word) != "occurred"


def status_of_list(word: WordInContext) -> Status:
    """The status of what stands in such a list."""
    noun, words = listed_noun(word), word.lexicon.words.status
    if noun is None:
        return "occurred"
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("dobj", "pobj") and verb.lemma_ in words.weighing:
        return "possible"
    is_done = noun.dep_ == "dobj" and verb.lemma_ in words.taking and verb.tag_ in ("VBD", "VBN")
    is_open = noun.lemma_ in words.courses or word.status_of_lemma(noun) is not None
    return "possible" if is_open and not is_done else "occurred"


def is_answered_for(word: WordInContext) -> bool:
    """Whether somebody answers for having done it: "was criticised for closing the mill"."""
    prep = word.token.head
    return prep.lower_ == "for" and prep.head.lemma_ in word.lexicon.words.status.answering


def is_after_open_preposition(word: WordInContext) -> bool:
    """Whether the preposition leaves it open: "a case for closing the mill"."""
    return word.token.head.lower_ in word.lexicon.words.status.open_prepositions
