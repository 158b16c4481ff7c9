"""The status of an event that a noun ("closure") or an adjective ("closed") states, by the words about it.

Part of ``pipeline.extract.events``. Every table is tried in order, see ``status_rules``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_forms import VERBAL
from pipeline.extract.events.status_gerunds import is_choice_about
from pipeline.extract.events.status_rules import MOST_HEADS, StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.status_verbs import status_by_governor, verb_status
from pipeline.extract.events.syntax import child_with, is_counted_time, is_in_counted_time
from pipeline.extract.syntax import is_negated
from pipeline.records import Status
from pipeline.rule_table import Rule, always, constant

#: Relations of an event noun to the word that it completes: "announced the closure", "it was a closure".
_COMPLEMENTS = ("dobj", "attr", "oprd", "compound")


def noun_status(word: WordInContext) -> StatusDecision:
    """The status of an event noun: "no closure", "planned closure", else by the words above it."""
    return decide(_NOUN_RULES, word)


# ---- an event noun --------------------------------------------------------------------------------------------------


def _telling_child(word: WordInContext) -> Token | None:
    """The first word on the noun that tells its status: "no", or a modifier with a status by its lemma ("planned")."""
    return next(
        (
            child
            for child in word.token.children
            if _is_negative_determiner(child, word) or _is_telling_modifier(child, word)
        ),
        None,
    )


def _is_negative_determiner(child: Token, word: WordInContext) -> bool:
    return child.dep_ == "det" and child.lower_ in word.lexicon.words.status.negatives


def _is_telling_modifier(child: Token, word: WordInContext) -> bool:
    is_modifier = child.dep_ in ("amod", "compound", "nmod") and child.i < word.token.i  # not "a closure due to snow"
    return is_modifier and child.lemma_.lower() in word.lexicon.status_of_lemma


def _is_noun_denied(word: WordInContext) -> bool:
    child = _telling_child(word)
    return child is not None and _is_negative_determiner(child, word)


def _status_of_modifier(word: WordInContext) -> StatusOutcome:
    """The modifier's status, unless the words above deny, reverse or carry out what it modifies."""
    noun, modifier = word.token, _telling_child(word)
    above = decide(_OVER_NOUN_RULES, word)
    is_carried_out = noun.dep_ == "dobj" and word.status_of_lemma(noun.head) == "occurred"
    if modifier is None or is_carried_out or above.status in ("denied", "reversed"):
        return above
    return word.lexicon.status_of_lemma[modifier.lemma_.lower()]


_NOUN_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "no closure".
    Rule("no", _is_noun_denied, constant("denied")),
    # "the planned closure", but "averted the planned closure".
    Rule("modifier", lambda word: _telling_child(word) is not None, _status_of_modifier),
    Rule("words above the noun", always, lambda word: decide(_OVER_NOUN_RULES, word)),
)


# ---- what the words above an event noun say of it -------------------------------------------------------------------


def _has_nothing_above(word: WordInContext) -> bool:
    return not word.heads_left or word.token.head.i == word.token.i


def _is_complement(word: WordInContext) -> bool:
    return word.token.dep_ in _COMPLEMENTS


def _has_telling_head(word: WordInContext) -> bool:
    head = word.token.head
    lexicon = word.lexicon
    lemma = word.governing_lemma(head)  # "called off the closure", but not "called the closure"
    is_prepositional = lemma in lexicon.words.status.prepositional and lemma not in lexicon.own_lemmas
    if head.lemma_ in lexicon.words.status.infinitival:
        return False
    needs_preposition = head.pos_ == "VERB" and is_prepositional
    return word.status_of_lemma(head) is not None and not (needs_preposition and word.token.dep_ == "dobj")


def _is_reacted_to(word: WordInContext) -> bool:
    """Whether the noun only takes up what somebody speaks or thinks of: "criticised the closure"."""
    head = word.token.head
    is_object = word.token.dep_ in ("dobj", "nsubjpass") and head.pos_ in VERBAL
    lemma = word.governing_lemma(head)  # "called it a mistake", but not "called it off"
    return is_object and lemma in word.lexicon.words.status.reactions and _is_definite(word)


def _is_required(word: WordInContext) -> bool:
    """Whether something that happened made it necessary: "The leak required a closure of the road"."""
    verb = word.token.head
    is_over = verb.tag_ in ("VBD", "VBN") and not any(child.tag_ == "MD" for child in verb.children)
    is_cause = word.token.dep_ == "dobj" and verb.lemma_ in word.lexicon.words.status.causing
    return is_cause and is_over and not is_negated(verb) and _is_indefinite(word)


def _is_brought_about(word: WordInContext) -> bool:
    """Whether "would" says what may come of something: "which would mean closures"."""
    verb = word.token.head
    is_would = any(child.tag_ == "MD" and child.lemma_ in word.lexicon.cues.future_in_past for child in verb.children)
    return word.token.dep_ == "dobj" and verb.lemma_ in word.lexicon.words.status.causing and is_would


def _said_of_subject(word: WordInContext) -> frozenset[str]:
    """Lemmas after "on", "in" or "under" in what is said of the noun: "hold" in "The closure is on hold"."""
    if not _is_subject(word):
        return frozenset()
    preps = (child for child in word.token.head.children if child.dep_ == "prep")
    nouns = (noun for prep in preps for noun in prep.children if noun.dep_ in ("pobj", "pcomp"))
    return frozenset(form for noun in nouns for form in (noun.lemma_, noun.lower_))


def _is_halted(word: WordInContext) -> bool:
    return not _said_of_subject(word).isdisjoint(word.lexicon.words.status.halted)


def _is_in_force(word: WordInContext) -> bool:
    is_now = word.token.head.lemma_ == "be" and word.token.head.tag_ in ("VBZ", "VBP")
    return is_now and not _said_of_subject(word).isdisjoint(word.lexicon.words.status.in_force)


def _is_in_view(word: WordInContext) -> bool:
    is_now = word.token.head.lemma_ == "be"
    return is_now and not _said_of_subject(word).isdisjoint(word.lexicon.words.status.in_view)


def _status_under_head(word: WordInContext) -> StatusDecision:
    return status_by_governor(word.token.head, word)


def _is_not_done_directly(word: WordInContext) -> bool:
    """Whether a complement is none of a verb's own objects, or its verb is not the first word above the trigger."""
    noun = word.token
    is_object = noun.dep_ == "dobj" and noun.head.pos_ in VERBAL and word.heads_left == MOST_HEADS
    return _is_complement(word) and not is_object


def _status_of_verb_above(word: WordInContext) -> StatusOutcome:
    decision = verb_status(word.one_up(word.token.head))
    return "occurred" if decision.status == "ongoing" else decision


def _is_subject(word: WordInContext) -> bool:
    return word.token.dep_ in ("nsubj", "nsubjpass") and word.token.head.pos_ in VERBAL


def _is_subject_of_telling_passive(word: WordInContext) -> bool:
    return word.token.dep_ == "nsubjpass" and _is_subject(word) and _has_telling_head(word)


def _planned_if_verb_is(word: WordInContext) -> Status:
    return "planned" if _status_of_own_verb(word).status == "planned" else "occurred"


def _status_of_own_verb(word: WordInContext) -> StatusDecision:
    return verb_status(WordInContext(word.token.head, word.lexicon, 0))


def _is_said_to_happen(word: WordInContext) -> bool:
    """Whether the noun's verb says no more than whether it comes about: "The closure may happen in May"."""
    if not _is_subject(word) or word.token.head.lemma_ not in word.lexicon.words.status.happening:
        return False
    return _status_of_own_verb(word).status not in ("occurred", "ongoing")


def _is_going_on(word: WordInContext) -> bool:
    """Whether the noun's verb says that it lasts, in the present or future: "the shutdown drags on"."""
    verb = word.token.head
    lasts = _is_subject(word) and verb.lemma_ in word.lexicon.words.status.lasting
    return lasts and verb.tag_ not in ("VBD", "VBN") and _is_definite(word)


def _is_reaching_length(word: WordInContext) -> bool:
    """Whether the noun's verb says how long it has lasted: "entered its third week"."""
    verb, words = word.token.head, word.lexicon.words
    if _is_in_its_week(word):
        return True
    if not _is_subject(word) or verb.lemma_ not in words.status.reaching:
        return False
    nouns = (child for child in verb.children if child.dep_ in ("dobj", "npadvmod"))
    return any(noun.lemma_ in words.causes.time_units for noun in nouns)


def _is_in_its_week(word: WordInContext) -> bool:
    """Whether it is in one of its counted times: "is in its third week", "With the shutdown in its ..."."""
    noun, units = word.token, word.lexicon.words.causes.time_units
    if noun.dep_ == "pobj" and noun.head.lower_ == "with":
        return is_in_counted_time(noun, units)
    is_now = _is_subject(word) and noun.head.lemma_ == "be" and noun.head.tag_ != "VBD"
    return is_now and is_in_counted_time(noun.head, units)


def _is_imagined(word: WordInContext) -> bool:
    """Whether a noun that takes up nothing is the subject of what could or would be: "A closure would cost jobs"."""
    if not _is_subject(word) or _is_definite(word):
        return False
    advising = word.lexicon.words.status.advising
    is_advised = any(child.lower_ in advising for child in word.token.head.children)
    is_open = _status_of_own_verb(word).status in ("possible", "hypothetical") and not is_advised
    modals = word.lexicon.cues.future_in_past  # "Closure would cost jobs, he said"
    is_open = is_open or any(child.lower_ in modals for child in word.token.head.children)
    return is_open or _is_general(word)


def _is_general(word: WordInContext) -> bool:
    """Whether the noun means one of its kind in a sentence about no time.

    "What is a shutdown?", "Closures should be a last resort", but not "Closures are in force".
    """
    verb, advising = word.token.head, word.lexicon.words.status.advising
    is_timeless = verb.tag_ in ("VBZ", "VBP") or any(child.lower_ in advising for child in verb.children)
    if verb.lemma_ != "be" or not is_timeless:
        return False
    is_judged = child_with(verb, "attr", "acomp") is not None
    return _is_indefinite(word) or (is_judged and child_with(word.token, "det", "poss", "nummod") is None)


def _is_definite(word: WordInContext) -> bool:
    definite = word.lexicon.words.reference.definite
    return any(child.dep_ == "poss" or child.lower_ in definite for child in word.token.children)


def _is_indefinite(word: WordInContext) -> bool:
    indefinite = word.lexicon.words.groups.indefinite
    return any(child.dep_ == "det" and child.lower_ in indefinite for child in word.token.children)


def _is_likely(word: WordInContext) -> bool:
    """Whether the noun's verb says how likely it is: "Closures are likely"."""
    complement = next((child for child in word.token.head.children if child.dep_ == "acomp"), None)
    return _is_subject(word) and complement is not None and complement.lemma_ in word.lexicon.words.status.likely


_OVER_NOUN_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    Rule("nothing above", _has_nothing_above, constant("occurred")),
    # "strikes and closures".
    Rule(
        "coordinated noun",
        lambda word: word.token.dep_ == "conj",
        lambda word: decide(_OVER_NOUN_RULES, word.one_up(word.token.head)),
    ),
    # "plans for the closure".
    Rule(
        "after a preposition",
        lambda word: word.token.dep_ == "pobj",
        lambda word: decide(_OVER_PREPOSITION_RULES, word),
    ),
    # "criticised the closure".
    Rule("reaction to it", _is_reacted_to, constant("occurred")),
    # "The leak required a closure of the road".
    Rule("brought about", _is_required, constant("occurred")),
    # "which would mean closures".
    Rule("what may come of it", _is_brought_about, constant("possible")),
    # "announced the closure", "averted the closure".
    Rule("governing word", lambda word: _is_complement(word) and _has_telling_head(word), _status_under_head),
    # "closure costs".
    Rule("complement of another word", _is_not_done_directly, constant("occurred")),
    # "could hasten the closure".
    Rule("object of a verb", _is_complement, _status_of_verb_above),
    # "The closure is planned".
    Rule("subject of a governing passive", _is_subject_of_telling_passive, _status_under_head),
    # "The closure is on hold".
    Rule("on hold", _is_halted, constant("denied")),
    # "The closure is in force".
    Rule("in force", _is_in_force, constant("ongoing")),
    # "A closure is on the cards".
    Rule("in view", _is_in_view, constant("possible")),
    # "The shutdown entered its third week".
    Rule("reaches a length", _is_reaching_length, constant("ongoing")),
    # "The closure drags on".
    Rule("subject that goes on", _is_going_on, constant("ongoing")),
    # "Closures are likely".
    Rule("likely", _is_likely, constant("possible")),
    # "The closure may happen in May", "The closure did not take place".
    Rule("said to happen", _is_said_to_happen, _status_of_own_verb),
    # "A closure would cost jobs".
    Rule("imagined", _is_imagined, constant("hypothetical")),
    # "The closure will cost jobs".
    Rule("subject of a verb", _is_subject, _planned_if_verb_is),
    Rule("no other rule", always, constant("occurred")),
)


# ---- what the words above a preposition say of the event noun after it ----------------------------------------------


def _is_governed(word: WordInContext) -> bool:
    prep = word.token.head
    is_prep = prep.dep_ in ("prep", "dative", "agent")
    if not is_prep or word.status_of_lemma(prep.head) is None:
        return False
    if prep.head.lemma_ in word.lexicon.words.status.infinitival:
        return False
    is_particle = word.governing_lemma(prep.head) == f"{prep.head.lemma_} {prep.lower_}"  # "fended / off the closure"
    return is_particle or prep.lower_ in word.lexicon.words.status.noun_prepositions


def _status_over_preposition(word: WordInContext) -> StatusDecision:
    return status_by_governor(word.token.head.head, word)


def _is_under_transparent_verb(word: WordInContext) -> bool:
    prep = word.token.head
    is_time = prep.lower_ in word.lexicon.words.status.times
    return prep.head.lemma_ in word.lexicon.cues.transparent and prep.head.pos_ == "VERB" and not is_time


def _is_day_of_it(word: WordInContext) -> bool:
    """Whether the noun counts its days: "on the third day of the shutdown"."""
    prep = word.token.head
    unit = prep.head
    return prep.lower_ == "of" and is_counted_time(unit, word.lexicon.words.causes.time_units)


def _is_one_of_its_kind(word: WordInContext) -> bool:
    """Whether it is any such event, in a sentence about no time: "Pipes freeze after a shutdown"."""
    verb = word.token.head.head
    return _is_indefinite(word) and verb.pos_ == "VERB" and verb.tag_ in ("VB", "VBP", "VBZ")


def _is_of_noun(word: WordInContext) -> bool:
    prep = word.token.head
    return prep.lower_ == "of" and prep.head.pos_ == "NOUN"


def _opens_phrase(word: WordInContext, openers: frozenset[str]) -> bool:
    """Whether one of the words, as written, stands right above the trigger itself: "instead of closure"."""
    prep = word.token.head
    return word.heads_left == MOST_HEADS and not openers.isdisjoint((prep.lower_, prep.head.lower_))


def _is_replaced(word: WordInContext) -> bool:
    return _opens_phrase(word, word.lexicon.words.status.replacing)


def _is_ahead(word: WordInContext) -> bool:
    return _opens_phrase(word, word.lexicon.words.status.directions)


def _is_only_supposed(word: WordInContext) -> bool:
    return _opens_phrase(word, word.lexicon.words.status.supposing) and not _is_definite(word)


def _is_decided_against(word: WordInContext) -> bool:
    prep = word.token.head
    return prep.lower_ == "against" and word.lexicon.status_of_lemma.get(prep.head.lemma_) == "planned"


_OVER_PREPOSITION_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "With the shutdown in its third week".
    Rule("in its week", _is_in_its_week, constant("ongoing")),
    # "a decision on the closure".
    Rule("choice about it", is_choice_about, constant("possible")),
    # "instead of closure".
    Rule("in its place", _is_replaced, constant("denied")),
    # "in case of a shutdown".
    Rule("only supposed", _is_only_supposed, constant("hypothetical")),
    # "voted against the closure".
    Rule("decision against", _is_decided_against, constant("denied")),
    # "ahead of the closure", "a step toward closure".
    Rule("direction", _is_ahead, constant("planned")),
    # "plans for the closure", "threatened with closure".
    Rule("governing word", _is_governed, _status_over_preposition),
    # "could lead to the closure".
    Rule(
        "verb that passes on its own status",
        _is_under_transparent_verb,
        lambda word: verb_status(word.one_up(word.token.head.head)),
    ),
    # "on the third day of the shutdown".
    Rule("day of it", _is_day_of_it, constant("ongoing")),
    # "announced a week of closures".
    Rule(
        "noun before of",
        _is_of_noun,
        lambda word: decide(_OVER_NOUN_RULES, word.one_up(word.token.head.head)),
    ),
    # "Pipes freeze after a shutdown".
    Rule("one of its kind", _is_one_of_its_kind, constant("hypothetical")),
    # "lost their jobs in the closure".
    Rule("any other preposition", always, constant("occurred")),
)
