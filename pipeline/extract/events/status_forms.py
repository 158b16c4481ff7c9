"""What infinitives, gerunds and participles hang on: the questions that the rules of ``status_verbs`` ask of a word.

Part of ``pipeline.extract.events``. Words in context go in; what comes out is a truth value, or the word that tells.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_rules import WordInContext
from pipeline.extract.events.syntax import child_with, first_of_conjuncts
from pipeline.extract.events.verb_forms import is_active_or_passive_infinitive
from pipeline.extract.syntax import is_negated
from pipeline.records import Status

#: Parts of speech of what has a tense.
VERBAL = ("VERB", "AUX")


#: Entities that are times: "a week", "until May".
_TIMES = ("DATE", "TIME")


def has_nothing_above(word: WordInContext) -> bool:
    """Whether the word is its sentence's root, or no more heads may be looked at."""
    return word.heads_left == 0 or word.token.head.i == word.token.i


def is_to_infinitive(word: WordInContext) -> bool:
    """Whether it is a to-infinitive, active or passive."""
    return is_active_or_passive_infinitive(word.token)


def is_under_be_to(word: WordInContext) -> bool:
    """Whether "be to" governs it: "The mill is to be closed", but not "It is feasible to close the mill"."""
    is_infinitive_of_be = word.token.head.lemma_ == "be" and word.token.dep_ == "xcomp" and is_to_infinitive(word)
    return is_infinitive_of_be and not is_judged(word)


def is_judged(word: WordInContext) -> bool:
    """Whether "be" says of an infinitive what it is: "It is feasible to close the mill"."""
    head = word.token.head
    if head.lemma_ != "be" or word.token.dep_ != "xcomp" or not is_to_infinitive(word):
        return False
    return any(child.dep_ in ("acomp", "attr") and head.i < child.i < word.token.i for child in head.children)


def is_under_going_to(word: WordInContext) -> bool:
    """Whether "going to" governs it: "is going to close"."""
    return word.token.head.lower_ == "going" and is_to_infinitive(word)


def planned_unless_negated(word: WordInContext) -> Status:
    """ "planned", or "denied" where the word above is negated: "is not going to close", "is no longer to close"."""
    above, ended = word.token.head, word.lexicon.words.status.ended
    is_over = any(child.lower_ in ended for child in (*above.children, *word.token.children))
    return "denied" if is_negated(above) or is_over else "planned"


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


def is_aside(verb: Token) -> bool:
    """Whether the verb only adds to its sentence: "Snow fell, closing the road"."""
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def telling_head(word: WordInContext) -> Token | None:
    """The head if its lemma has a status, unless the verb only adds to it: "Snow fell, closing roads"."""
    head, relation = word.token.head, word.token.dep_
    if is_aside(word.token) or relation in ("csubj", "csubjpass") or word.status_of_lemma(head) in (None, "reversed"):
        return None
    return head


def noun_above(word: WordInContext) -> Token | None:
    """The noun with a status by its lemma above the noun that the verb hangs on: "a decision by governors to close"."""
    noun = word.token.head
    if word.token.dep_ not in ("acl", "relcl") or noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return None
    above = noun.head.head
    return above if above.pos_ == "NOUN" and word.status_of_lemma(above) is not None else None


def is_result(word: WordInContext) -> bool:
    """Whether an infinitive tells what came of it: "reopened the mill only to close it again"."""
    verb = word.token
    if verb.dep_ not in ("advcl", "xcomp") or not is_to_infinitive(word):
        return False
    return any(child.lower_ == "only" and child.i < verb.i for child in verb.children)


def is_purpose_of_plan(word: WordInContext) -> bool:
    """Whether something is planned to do it: "scheduled a ceremony to close the mill"."""
    noun = word.token.head
    if not is_to_infinitive(word) or noun.pos_ != "NOUN" or noun.dep_ != "dobj" or is_negated(noun.head):
        return False
    return word.status_of_lemma(noun) is None and word.status_of_lemma(noun.head) == "planned"


def is_purpose_of_motion(word: WordInContext) -> bool:
    """Whether somebody comes or goes to do it: "Inspectors came to close the mill"."""
    head = word.token.head
    return (
        word.token.dep_ in ("advcl", "xcomp")
        and head.lemma_ in word.lexicon.words.status.motion
        and is_to_infinitive(word)
    )


def is_state_of_noun(word: WordInContext) -> bool:
    """Whether a participle on a noun tells of a state up to now: "the bridge, closed since May"."""
    is_since = any(child.lower_ == "since" for child in word.token.children)
    return is_since and word.token.tag_ == "VBN" and is_participle_of_noun(word)


def is_participle_of_noun(word: WordInContext) -> bool:
    """Whether it is a participle on a noun: "the firm closing the mill"."""
    verb = word.token
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG") and not is_to_infinitive(word)


def is_relative_without_tense(word: WordInContext) -> bool:
    """Whether a relative clause seems to have no tense, as where "closed" was taken for a participle."""
    return word.token.dep_ == "relcl" and not is_to_infinitive(word)


def is_under_have_to(word: WordInContext) -> bool:
    """Whether it has to be: "The mill has to close"."""
    verb, head = word.token, word.token.head
    is_present = head.lemma_ == "have" and head.tag_ in ("VB", "VBP", "VBZ", "VBG")
    return is_present and verb.dep_ == "xcomp" and is_to_infinitive(word)


def passes_status_on(word: WordInContext) -> bool:
    """Whether the word above only passes on its own status: "was forced to close"."""
    head = word.token.head
    is_transparent = head.lemma_ in word.lexicon.cues.transparent or head.pos_ == "AUX"
    return is_transparent or word.token.dep_ in ("conj", "xcomp", "oprd")


def is_passive_infinitive_of_noun(word: WordInContext) -> bool:
    """Whether it is a passive infinitive on a noun: "the stores to be closed"."""
    return word.token.tag_ == "VBN" and word.token.dep_ in ("acl", "relcl") and is_to_infinitive(word)


def is_infinitive_or_base(word: WordInContext) -> bool:
    """Whether it is an infinitive, with or without "to"."""
    return word.token.tag_ == "VB" or is_to_infinitive(word)


def is_gerund_subject(word: WordInContext) -> bool:
    """Whether it is a gerund as subject: "Closing the mill would cost jobs"."""
    return word.token.tag_ == "VBG" and word.token.dep_ in ("csubj", "nsubj")


def is_option(word: WordInContext) -> bool:
    """Whether a gerund as subject is said to be what may be done: "Closing the mill is one of the options"."""
    verb = word.token.head
    said = child_with(verb, "attr") if is_gerund_subject(word) and verb.lemma_ == "be" else None
    if said is None or any(child.dep_ == "neg" for child in verb.children):
        return False
    nouns = (said, *(noun for prep in said.children if prep.lower_ == "of" for noun in prep.children))
    return any(word.status_of_lemma(noun) == "possible" for noun in nouns)


def is_adverbial_clause(word: WordInContext) -> bool:
    """Whether it is an adverbial clause: "Snow fell, closing the road"."""
    return word.token.dep_ == "advcl" and word.token.head.pos_ in VERBAL


def is_only_choice(word: WordInContext) -> bool:
    """Whether nothing else was left: "had no choice but to close the mill"."""
    return _lost_alternative(word) is not None


def status_of_only_choice(word: WordInContext) -> Status:
    """Whether the only choice was taken: "had no choice but to close", or still has to be: "has no choice"."""
    noun = _lost_alternative(word)
    return "occurred" if noun is not None and noun.head.tag_ in ("VBD", "VBN") else "planned"


def _lost_alternative(word: WordInContext) -> Token | None:
    mark = next((child for child in word.token.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    if mark is None or mark.i < 2 or mark.nbor(-1).lower_ not in word.lexicon.words.status.excepting:
        return None
    before = word.token.doc[max(mark.i - 3, 0) : mark.i - 1]
    nouns = word.lexicon.words.status.alternatives
    return next((token for token in before if token.lemma_ in nouns), None)


def is_on_denied_noun(word: WordInContext) -> bool:
    """Whether what it takes to do it is denied: "doesn't have the power to close", "no reason to close the mill"."""
    noun = word.token.head
    if noun.pos_ != "NOUN" or not is_to_infinitive(word) or noun.lemma_ in word.lexicon.words.status.alternatives:
        return False
    negatives = word.lexicon.words.status.negatives
    return any(child.lower_ in negatives for child in noun.children) or _is_lacking(noun, word)


def _is_lacking(noun: Token, word: WordInContext) -> bool:
    """Whether the verb that has the noun is denied, or what somebody thinks of it: "doesn't think he has the power"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "attr", "nsubj") or verb.lemma_ not in word.lexicon.words.status.having:
        return False
    return is_negated(verb) or (verb.dep_ == "ccomp" and is_negated(verb.head))


def is_too_much(word: WordInContext) -> bool:
    """Whether "too" rules it out: "too big to close"."""
    head = word.token.head
    return head.pos_ in ("ADJ", "ADV") and any(child.lower_ == "too" for child in head.children)


def listed_noun(word: WordInContext) -> Token | None:
    """The noun or verb above a gerund in a list: "options" in "options including closing the mill"."""
    prep = word.token.head
    return prep.head if prep.lower_ in word.lexicon.words.status.listing else None


def is_subject_of_plan(word: WordInContext) -> bool:
    """Whether a gerund is the subject of what will be: "Closing the mill will save money"."""
    statuses = (word.status_of_lemma(child) for child in word.token.head.children if child.tag_ == "MD")
    return is_gerund_subject(word) and "planned" in statuses


def is_under_will_have_to(word: WordInContext) -> bool:
    """Whether it will have to be: "The mill will have to close"."""
    modals = (child for child in word.token.head.children if child.tag_ == "MD")
    return is_under_have_to(word) and any(word.status_of_lemma(modal) == "planned" for modal in modals)


def is_given_time(word: WordInContext) -> bool:
    """Whether somebody has or is given a time to do it: "gave him a week to close it", "has until May to close"."""
    verb = word.token.head
    times = [verb] if verb.ent_type_ in _TIMES else []
    if times:
        verb = verb.head
    if not is_to_infinitive(word) or verb.lemma_ not in word.lexicon.words.status.allotting or is_negated(verb):
        return False
    for child in verb.children:
        noun = child_with(child, "pobj") if child.lower_ in word.lexicon.words.status.deadlines else child
        if noun is not None and noun.ent_type_ in _TIMES and verb.i < noun.i < word.token.i:
            times.append(noun)
    return bool(times)


def is_contained(word: WordInContext) -> bool:
    """Whether a gerund or infinitive is one of what may be done: "The options include closing the mill"."""
    verb, words = word.token.head, word.lexicon.words.status
    subject = child_with(verb, "nsubj")
    is_item = word.token.dep_ in ("xcomp", "ccomp") and verb.lemma_ in words.containing and word.token.tag_ == "VBG"
    return (
        is_item
        and subject is not None
        and (subject.lemma_ in words.courses or word.status_of_lemma(subject) == "possible")
    )


def status_of_item(word: WordInContext) -> Status:
    """The status of such an item: "planned" where it is one of a plan, else "possible"."""
    subject = child_with(word.token.head, "nsubj")
    return "planned" if subject is not None and word.status_of_lemma(subject) == "planned" else "possible"


def is_yet_to_come(word: WordInContext) -> bool:
    """Whether "yet to" says that it hasn't come: "The mill has yet to close"."""
    mark = next((child for child in word.token.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    return mark is not None and mark.i > 0 and mark.nbor(-1).lower_ == "yet"
