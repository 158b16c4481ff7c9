"""The status of an event that a verb states by its own modal or tense: "will close", "is closing", "closed".

Part of ``pipeline.extract.events``. Both tables are tried in order, see ``status_rules``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_rules import StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.syntax import AUXILIARIES, child_with, is_passive, own_subject
from pipeline.extract.events.verb_forms import has_condition, is_reported_now, is_under_report
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Status
from pipeline.rule_table import Rule, always, constant


def modal_status(word: WordInContext) -> StatusDecision:
    """The status of a verb under a modal: "will close" is planned, "may close" possible, by the event type's words."""
    return decide(_MODAL_RULES, word)


def finite_status(word: WordInContext) -> StatusDecision:
    """The status of a finite verb without a modal: it has occurred, or is ongoing by its aspect or an adverb."""
    return decide(_FINITE_RULES, word)


def has_modal(word: WordInContext) -> bool:
    """Whether a modal such as "will" stands before the verb."""
    return _modal_of(word.token) is not None


def _modal_of(verb: Token) -> Token | None:
    auxiliaries = [child for child in verb.children if child.dep_ in AUXILIARIES]
    below = (child for auxiliary in auxiliaries for child in auxiliary.children)  # "will / remain / suspended"
    return next((child for child in (*auxiliaries, *below) if child.tag_ == "MD" and child.dep_ == "aux"), None)


def _reported_status(word: WordInContext) -> Status | None:
    """The status of a finite clause under a verb of threatening or denying, unless that verb is negated.

    After "did not rule out that it could close" the clause speaks for itself.
    """
    verb = word.token
    if verb.dep_ != "ccomp" or verb.head.pos_ != "VERB" or is_negated(verb.head):
        return None
    status = word.status_of_lemma(verb.head)
    governors = word.lexicon.words.governors
    is_told = verb.head.lemma_ in governors.threat or verb.head.lemma_ in governors.refusal
    return status if is_told and not _is_advice(word) and status in ("threatened", "denied") else None


def _is_advice(word: WordInContext) -> bool:
    """Whether the clause says what should be: "warned that bars should remain closed" is no threat."""
    modal = _modal_of(word.token)
    return modal is not None and modal.lower_ in word.lexicon.words.status.advising


def is_threat_or_denial(word: WordInContext) -> bool:
    """Whether the verb's finite clause stands under a verb of threatening or denying: "denied that it closed"."""
    return _reported_status(word) is not None


def status_of_report(word: WordInContext) -> Status:
    """The status that such a verb gives, "threatened" or "denied"; for any other verb "occurred"."""
    return _reported_status(word) or "occurred"


# ---- a verb under a modal -------------------------------------------------------------------------------------------


def _is_future_in_past(word: WordInContext) -> bool:
    modal = _modal_of(word.token)
    return modal is not None and modal.lemma_ in word.lexicon.cues.future_in_past


def _is_ruled(word: WordInContext) -> bool:
    """Whether whoever decides says what must be: "ruled that the mill must close"."""
    verb = word.token
    is_ruling = verb.dep_ == "ccomp" and verb.head.lemma_ in word.lexicon.words.actors.deciding
    return is_ruling and not is_negated(verb.head) and _is_advice(word)


def _has_condition(word: WordInContext) -> bool:
    return has_condition(word.token, word.lexicon)


def _is_reported_plan(word: WordInContext) -> bool:
    return _is_future_in_past(word) and is_under_report(word.token) and not _has_condition(word)


def _is_future_reason(word: WordInContext) -> bool:
    """Whether what is to come is why something was done: "Guests left, as the hotel would close".

    "They oppose the bill as it would close the pool" tells what somebody imagines.
    """
    verb = word.token
    subject = own_subject(verb)
    is_reason = verb.dep_ == "advcl" and any(
        child.lower_ in word.lexicon.words.status.reasons for child in verb.children if child.dep_ == "mark"
    )
    by_itself = subject is not None and subject.pos_ != "PRON" and child_with(verb, "dobj") is None
    return is_reason and by_itself and _is_future_in_past(word) and "have" not in _auxiliaries_of(verb)


def _is_forced(word: WordInContext) -> bool:
    """Whether a report says what somebody would be made to do, which nobody plans: "would be forced to close"."""
    verb = word.token
    return (
        _is_future_in_past(word)
        and verb.lemma_ in word.lexicon.words.verbs.object_control
        and verb.lemma_ in word.lexicon.cues.transparent
        and is_passive(verb, word.lexicon.words)
    )


def _is_state_ahead(word: WordInContext) -> bool:
    verb, copulas = word.token, word.lexicon.words.verbs.passing_copulas
    if _status_of_modal(word) != "planned" or is_negated(verb) or _has_condition(word):
        return False
    remains = any(
        child.lemma_ in copulas and child.lemma_ != "be" for child in verb.children if child.dep_ in AUXILIARIES
    )
    asks_how_long = any(child.lower_ == "long" and child_with(child, "advmod") is not None for child in verb.children)
    return remains or (asks_how_long and is_passive(verb, word.lexicon.words))


def _is_in_course_of_action(word: WordInContext) -> bool:
    verb = word.token
    is_relative = verb.dep_ == "relcl" and verb.head.lemma_ in word.lexicon.words.status.courses
    return is_relative and _is_future_in_past(word) and "have" not in _auxiliaries_of(verb)


def _is_under_condition(word: WordInContext) -> bool:
    """Whether an if-clause hangs on the verb or its report: "If prices fall, it expects that the mill will close"."""
    verb = word.token
    is_report = verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"
    has_if = _has_condition(word) or (is_report and has_condition(verb.head, word.lexicon))
    return has_if and (_status_of_modal(word) == "planned" or _is_advice(word))


def _is_planned_under_condition(word: WordInContext) -> bool:
    return _has_condition(word) and _status_of_modal(word) == "planned"


def _course_above(word: WordInContext) -> Token | None:
    """The noun for a course of action as the subject of "would", or after "under".

    "Plan" in "The plan would close the mill" and in "Under the plan, the mill would close".
    """
    verb, courses = word.token, word.lexicon.words.status.courses
    if not _is_future_in_past(word) or "have" in _auxiliaries_of(verb):
        return None
    subject = own_subject(verb)
    below = (noun for prep in verb.children if prep.lower_ == "under" for noun in prep.children if noun.dep_ == "pobj")
    return next((noun for noun in (subject, *below) if noun is not None and noun.lemma_ in courses), None)


def _status_of_course(word: WordInContext) -> Status:
    course = _course_above(word)
    status = word.status_of_lemma(course) if course is not None else None
    return status if status == "planned" else "possible"


def _is_own_threat(word: WordInContext) -> bool:
    """Whether the speakers say what they themselves will do: "We will close the mill if they strike"."""
    subject = own_subject(word.token)
    is_own = subject is not None and subject.lower_ in word.lexicon.words.status.speakers
    return is_own and _is_planned_under_condition(word)


def _status_of_modal(word: WordInContext) -> Status:
    modal = _modal_of(word.token)
    return (word.status_of_lemma(modal) if modal is not None else None) or "planned"


_MODAL_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "Service will remain halted", where the parser takes "remain" for an auxiliary; "how long it will be closed".
    Rule("state that goes on", _is_state_ahead, constant("ongoing")),
    # "threatened that it will close the mill".
    Rule("reported as threat or denial", is_threat_or_denial, status_of_report),
    # "said it would be forced to close the mill".
    Rule("made to do it", _is_forced, constant("possible")),
    # "said it would close the mill".
    Rule("future of a report", _is_reported_plan, constant("planned")),
    # "Guests left, as the hotel would close".
    Rule("future as a reason", _is_future_reason, constant("planned")),
    # "a bill that would close the mill".
    Rule("course of action", _is_in_course_of_action, constant("possible")),
    # "The plan would close the mill", "Under the bill, the mill would close".
    Rule("course of action above it", lambda word: _course_above(word) is not None, _status_of_course),
    # "A strike would close the mill".
    Rule("would", _is_future_in_past, constant("hypothetical")),
    # "We will close the mill if they strike".
    Rule("threat under a condition", _is_own_threat, constant("threatened")),
    # "ruled that the mill must close".
    Rule("ruled", _is_ruled, constant("planned")),
    # "The mill will close if prices fall", "must close if its licence lapses".
    Rule("modal under a condition", _is_under_condition, constant("hypothetical")),
    # "will close", "may close".
    Rule("modal", always, _status_of_modal),
)


# ---- a verb with a tense of its own ---------------------------------------------------------------------------------


def _auxiliaries_of(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in AUXILIARIES}


def _is_progressive(word: WordInContext) -> bool:
    return word.token.tag_ == "VBG" and "been" not in _auxiliaries_of(word.token)


def _has_progressive_auxiliary(word: WordInContext) -> bool:
    auxiliaries, adverbs = _auxiliaries_of(word.token), word.lexicon.cues.adverbs
    return "being" in auxiliaries or any(auxiliary.rstrip("s") in adverbs for auxiliary in auxiliaries)


def _has_adverb_of_state(word: WordInContext) -> bool:
    adverbs = word.lexicon.cues.adverbs
    if any(child.lemma_ == "have" and child.dep_ in AUXILIARIES for child in word.token.children):
        adverbs -= word.lexicon.words.status.completing
    return any(child.lower_ in adverbs for child in word.token.children if child.dep_ == "advmod")


def _is_reported_state(word: WordInContext) -> bool:
    verb, words = word.token, word.lexicon.words
    if words.status.present_be.isdisjoint(_auxiliaries_of(verb)) or child_with(verb, "agent") is not None:
        return False
    return is_passive(verb, words) and is_reported_now(verb)


def _is_present_state(word: WordInContext) -> bool:
    """Whether a passive in the present says what is so, alone in its sentence: "The pier is also shut".

    Beside another verb it may tell in the present what happened: "Police come and the pier is closed".
    """
    verb, words = word.token, word.lexicon.words
    if words.status.present_be.isdisjoint(_auxiliaries_of(verb)) or verb.dep_ != "ROOT":
        return False
    tells_more = child_with(verb, "agent", "conj", "ccomp", "parataxis") is not None
    is_again = any(child.lower_ == "again" for child in verb.children)
    return is_passive(verb, words) and not tells_more and not is_again


def _is_state_meanwhile(word: WordInContext) -> bool:
    """Whether a clause says what is so while something else happens: "While the pier is shut, boats land there"."""
    verb = word.token
    if word.lexicon.words.status.present_be.isdisjoint(_auxiliaries_of(verb)) or verb.dep_ != "advcl":
        return False
    return any(child.lower_ == "while" and child.dep_ == "mark" for child in verb.children) and is_passive(
        verb, word.lexicon.words
    )


def _is_in_present_clause_of_time(word: WordInContext) -> bool:
    verb, marks = word.token, word.lexicon.words.status.time_conjunctions
    is_past = verb.head.tag_ in ("VBD", "VBN") and _modal_of(verb.head) is None
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBZ", "VBP") or is_past:
        return False
    return any(child.lower_ in marks for child in verb.children if child.dep_ in ("mark", "advmod"))


def lasts_till_now(verb: Token, words: EventWords) -> bool:
    """Whether a perfect tells of a state up to now, by "since May" or "for two weeks" behind the verb."""
    if words.status.perfect_have.isdisjoint(_auxiliaries_of(verb)):
        return False
    after = [child for child in verb.children if child.i > verb.i]
    lengths = (noun for child in after if child.lower_ == "for" for noun in child.children)
    return any(child.lower_ == "since" for child in after) or any(
        noun.ent_type_ in ("DATE", "TIME") for noun in lengths
    )


def _is_state_since(word: WordInContext) -> bool:
    verb, words = word.token, word.lexicon.words
    return is_passive(verb, words) and lasts_till_now(verb, words)


def _is_state_till_now(word: WordInContext) -> bool:
    verb = word.token
    return verb.lemma_ == "be" and not word.lexicon.words.status.perfect_have.isdisjoint(_auxiliaries_of(verb))


def _is_state_for_now(word: WordInContext) -> bool:
    verb, words = word.token, word.lexicon.words
    if words.status.present_be.isdisjoint(_auxiliaries_of(verb)) or child_with(verb, "agent") is not None:
        return False
    if any(child.dep_ == "conj" and child.tag_ == "VBN" for child in verb.children):
        return False  # "is closed and reopened": told in the present as what happens
    bounds = [mark for child in verb.children if child.i > verb.i for mark in (child, *child.children)]
    is_bounded = any(mark.lower_ in words.status.bounds and mark.dep_ in ("prep", "mark") for mark in bounds)
    return is_passive(verb, words) and (
        is_bounded or any(child.lower_ in words.status.for_now for child in verb.children if child.dep_ == "advmod")
    )


_FINITE_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "is closing the mill".
    Rule("progressive", _is_progressive, constant("ongoing")),
    # "is being closed"; "remains halted", where the parser reads "remains" as the auxiliary of a passive.
    Rule("progressive passive", _has_progressive_auxiliary, constant("ongoing")),
    # "is still shut".
    Rule("adverb of state", _has_adverb_of_state, constant("ongoing")),
    # "has been out of service".
    Rule("state till now", _is_state_till_now, constant("ongoing")),
    # "The bridge is temporarily closed", "is closed to lorries".
    Rule("state for now", _is_state_for_now, constant("ongoing")),
    # "The pier is also shut".
    Rule("present state", _is_present_state, constant("ongoing")),
    # "While the pier is shut, boats land at the quay".
    Rule("state meanwhile", _is_state_meanwhile, constant("ongoing")),
    # "says that the roads are closed".
    Rule("reported state", _is_reported_state, constant("ongoing")),
    # "has been closed since May", "have been shut for two weeks".
    Rule("state since then", _is_state_since, constant("ongoing")),
    # "When the mill closes, 90 jobs will go".
    Rule("present clause of time", _is_in_present_clause_of_time, constant("planned")),
    # "closed the mill".
    Rule("past or present", always, constant("occurred")),
)
