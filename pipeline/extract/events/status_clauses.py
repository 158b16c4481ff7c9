"""What the clause of a verb is: a doubt, an untruth, a question, a command, a supposition, or what is told as a fact.

Part of ``pipeline.extract.events``. Questions that the rules of ``status_verbs`` ask before those about the verb's own
form; each takes a verb in context.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_rules import WordInContext
from pipeline.extract.events.syntax import AUXILIARIES, PLURAL_TAGS, TENSED_TAGS, child_with, is_infinitive, own_subject
from pipeline.extract.syntax import is_negated
from pipeline.records import Status

#: Relations of a clause to the word that governs it: "feared that it closed", "fears that it closed"; the parser takes
#: some of the latter for relative clauses.
_CONTENT_CLAUSES = ("ccomp", "acl", "relcl", "csubj", "advcl")
#: Heads climbed from a verb to a clause of content: "fears that it may be forced / to close".
_CLAUSE_STEPS = 3
#: Relations of an event noun or gerund, and of the preposition before it, to the noun above.
_BELOW_NOUN = ("pobj", "pcomp", "prep", "compound", "poss")
#: Relations by which a verb belongs to the clause of the verb above.
_SHARING_CLAUSE = ("xcomp", "conj", "acomp", "oprd")
#: Tags of base and present forms, which after "that" ask for something: "recommended that the bridge close".
_SUBJUNCTIVE_TAGS = ("VB", "VBP")
#: Present forms.
_PRESENT_TAGS = ("VBZ", "VBP")


def is_doubted(word: WordInContext) -> bool:
    """Whether the clause stands under a word that leaves open whether it is true: "fears that the mill will close"."""
    governors = _content_governors(word)
    return any(
        governor.lemma_ in word.lexicon.words.status.doubts and not is_negated(governor) for governor in governors
    )


def is_untrue(word: WordInContext) -> bool:
    """Whether the clause is said not to be true: "a myth that the mill will close", "no truth that it will close"."""
    governors = (
        said for governor in _content_governors(word) for said in (governor, *_said_of_content(governor, word))
    )
    return any(_denies_truth(governor, word) for governor in governors)


def _denies_truth(said: Token, word: WordInContext) -> bool:
    words = word.lexicon.words.status
    return said.lemma_ in words.falsehoods or (said.lemma_ in words.truths and _is_denied_word(said, word))


def is_report_untrue(word: WordInContext) -> bool:
    """Whether what is told of it is said not to be true: "Talk of closing the mill is premature".

    "The reasons for the closure are wrong" doesn't deny it.
    """
    words = word.lexicon.words.status
    token = word.token
    for _ in range(_CLAUSE_STEPS):
        if token.dep_ not in _BELOW_NOUN:
            return False
        token = token.head
        if token.lemma_ in words.tellings and token.pos_ == "NOUN":
            return any(_denies_truth(said, word) for said in _said_of_content(token, word))
    return False


def _said_of_content(noun: Token, word: WordInContext) -> list[Token]:
    """What is said of the noun: "false" of "reports" in "Reports that it will close are false".

    That is what "be" says, also by "without" ("are without foundation"), and the noun above it ("no truth in reports").
    """
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        return [noun.head.head]
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be":
        return []
    lacking = [child for child in verb.children if child.lower_ in word.lexicon.words.status.negatives]
    lacked = [below for child in lacking for below in child.children if below.dep_ == "pobj"]
    return [*(child for child in verb.children if child.dep_ in ("acomp", "attr")), *lacked]


def requested_status(word: WordInContext) -> Status | None:
    """The status of a clause that is asked for or ordered by a bare form: "recommended that the bridge close"."""
    verb = word.token
    has_modal = any(child.tag_ == "MD" for child in verb.children)
    forms = [child for child in verb.children if child.dep_ in AUXILIARIES] or [verb]
    if verb.dep_ not in ("ccomp", "acl") or has_modal or forms[0].tag_ not in _SUBJUNCTIVE_TAGS:
        return None
    status = word.status_of_lemma(verb.head)
    subject = own_subject(verb)
    is_bare = forms[0].lower_ == "be" or (subject is not None and subject.tag_ not in PLURAL_TAGS)
    if not is_bare or subject is None or is_infinitive(verb) or status not in ("possible", "planned"):
        return None
    return status


def is_requested(word: WordInContext) -> bool:
    """Whether ``requested_status`` has one."""
    return requested_status(word) is not None


def status_requested(word: WordInContext) -> Status:
    """What ``requested_status`` gives; "possible" where it gives none."""
    return requested_status(word) or "possible"


def is_asked(word: WordInContext) -> bool:
    """Whether the verb is what a question asks, to be answered by yes or no: "Will the mill close?"."""
    verb = word.token
    if verb.sent[-1].text != "?" and not any(token.text == "?" for token in verb.sent[-2:]):
        return False
    subject = own_subject(verb)
    auxiliary = next((child for child in verb.children if child.dep_ in AUXILIARIES), None)
    is_inverted = subject is not None and auxiliary is not None and auxiliary.i < subject.i < verb.i
    asks_when = any(child.tag_ in ("WRB", "WP", "WDT") for child in verb.children)
    return is_inverted and not asks_when


def is_command(word: WordInContext) -> bool:
    """Whether a bare form without a subject commands: "Close the mill!"."""
    verb = word.token
    relations = {child.dep_ for child in verb.children}
    is_bare = verb.tag_ == "VB" and verb.dep_ == "ROOT" and relations.isdisjoint((*AUXILIARIES, "nsubj", "nsubjpass"))
    return is_bare and (verb.is_sent_start or verb.sent[-1].text == "!" or verb.nbor(-1).lower_ == "please")


def is_supposed(word: WordInContext) -> bool:
    """Whether a relative clause tells of what is only supposed or holds of any: "a case where the firm closes it"."""
    verb = word.token
    if verb.dep_ != "relcl" or _tensed_form(verb).tag_ not in _PRESENT_TAGS:
        return False
    noun, words = verb.head, word.lexicon.words.status
    is_subject_of_modal = noun.dep_ == "nsubj" and any(child.tag_ == "MD" for child in noun.head.children)
    indefinite = word.lexicon.words.groups.indefinite
    is_one = is_subject_of_modal and any(child.lower_ in indefinite and child.dep_ == "det" for child in noun.children)
    if noun.lemma_ in words.suppositions:
        return True
    is_any = any(child.lower_ in words.universal for child in noun.children) or noun.lower_ in words.universal
    is_bare = noun.tag_ == "NNS" and child_with(noun, "det", "poss", "nummod") is None
    return is_any or is_one or (is_bare and is_negated(verb))


def is_ultimatum(word: WordInContext) -> bool:
    """Whether the speakers say what they do unless something else is done: "Either they pay or we close the pool"."""
    verb, subject = word.token, own_subject(word.token)
    if verb.dep_ != "conj" or subject is None or subject.lower_ not in word.lexicon.words.status.speakers:
        return False
    before = [*verb.head.children, *verb.head.head.children]
    return any(child.lower_ == "either" and child.i < verb.head.i for child in before)


def is_inverted_condition(word: WordInContext) -> bool:
    """Whether the sentence opens with a condition without "if": "Had the mill closed, jobs would have gone"."""
    sentence, verb = word.token.sent, word.token
    if sentence[0].lower_ not in word.lexicon.words.status.inverting or sentence[-1].text == "?":
        return False
    comma = next((token.i for token in sentence[1:] if token.text == ","), verb.i)
    return verb.i < comma


def is_fact_beside_infinitive(word: WordInContext) -> bool:
    """Whether a past form stands beside an infinitive that it shares nothing with.

    In "ordered boats to return and closed the port" the port was closed.
    """
    verb = word.token
    is_past = verb.tag_ in ("VBD", "VBN") and verb.lower_ != verb.lemma_
    return is_past and verb.dep_ == "conj" and verb.head.tag_ == "VB" and child_with(verb, "dobj") is not None


def is_done_by_nobody(word: WordInContext) -> bool:
    """Whether the subject denies it: "Nobody will close the mill", "No school has closed"."""
    subject, words = own_subject(word.token), word.lexicon.words.status
    if subject is None:
        return False
    return subject.lower_ in words.nobody or any(
        child.dep_ == "det" and child.lower_ in words.negatives for child in subject.children
    )


def is_reproach(word: WordInContext) -> bool:
    """Whether "should not have closed" tells that it did."""
    verb = word.token
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in AUXILIARIES}
    advising = word.lexicon.words.status.advising
    return "have" in auxiliaries and not auxiliaries.isdisjoint(advising) and is_negated(verb)


def _content_governors(word: WordInContext) -> list[Token]:
    """The word above the clause, and where that is "be" what it says: "true" in "It is true that the mill closed"."""
    verb = word.token
    for _ in range(_CLAUSE_STEPS):
        is_purpose = verb.dep_ == "advcl" and is_infinitive(verb)
        if (verb.dep_ not in _SHARING_CLAUSE and not is_purpose) or verb.head.i == verb.i:
            break
        verb = verb.head
    marks = [
        child
        for child in verb.children
        if child.lower_ == "that" and child.dep_ in ("mark", "nsubj", "nsubjpass", "dobj")
    ]
    if verb.dep_ not in _CONTENT_CLAUSES or _tensed_form(verb).tag_ not in (*TENSED_TAGS, "MD"):
        return []
    # The parser may take the conjunction for the object: "Reports that it would shut are false".
    is_mark = ("mark", "dobj") if verb.dep_ == "acl" else ("mark",)
    if verb.dep_ in ("acl", "relcl", "advcl", "csubj") and not any(mark.dep_ in is_mark for mark in marks):
        return []
    head = verb.head
    if head.lemma_ != "be":
        return [head]
    return [head, *(child for child in head.children if child.dep_ in ("acomp", "attr", "nsubj"))]


def _tensed_form(verb: Token) -> Token:
    """The verb's first auxiliary, or the verb itself: what has the tense."""
    return next((child for child in verb.children if child.dep_ in AUXILIARIES), verb)


def _is_denied_word(token: Token, word: WordInContext) -> bool:
    """Whether "not" or "no" stands with a word or with the verb that it completes: "is not true", "no truth"."""
    negatives = word.lexicon.words.status.negatives
    if token.dep_ == "pobj" and token.head.lower_ in negatives:  # "without foundation"
        return True
    hosts = (token, token.head) if token.dep_ in ("acomp", "attr", "dobj", "nsubj") else (token,)
    return any(is_negated(host) or _has_neg(host) for host in hosts) or any(
        child.lower_ in negatives for child in token.children
    )


def _has_neg(host: Token) -> bool:
    return any(child.dep_ == "neg" for child in host.children)
