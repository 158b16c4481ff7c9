"""The status of an event that a verb states: its own tense and mood first, then the words that govern it.

Part of ``pipeline.extract.events``. Every table is tried in order, see ``status_rules``; those for modals and finite
verbs are in ``status_tense``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events import status_clauses as clauses
from pipeline.extract.events import status_forms as forms
from pipeline.extract.events import status_gerunds as gerunds
from pipeline.extract.events import status_governors as governors
from pipeline.extract.events.status_forms import VERBAL
from pipeline.extract.events.status_rules import GovernedStatus, StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.status_tense import (
    finite_status,
    has_modal,
    is_threat_or_denial,
    modal_status,
    status_of_report,
)
from pipeline.extract.events.syntax import is_fronted_participle, member_of_series, subject_of_set_to
from pipeline.extract.events.verb_forms import (
    governing_infinitive,
    has_own_tense,
    is_conditional,
    is_denied,
    is_finite,
    is_headline_infinitive,
    is_headline_progressive,
)
from pipeline.records import Status
from pipeline.rule_table import Rule, always, constant


def verb_status(word: WordInContext) -> StatusDecision:
    """The status of a verb, by its own form or, where it has no tense, by what governs it."""
    return decide(_VERB_RULES, word)


def governed_status(word: WordInContext) -> StatusDecision:
    """The status of an infinitive, gerund or participle: what governs it decides, and how that is said itself."""
    return decide(_GOVERNED_RULES, word)


def status_by_governor(governor: Token | None, word: WordInContext) -> StatusDecision:
    """The status that a word above ``word`` gives by its lemma and by what is said of that word itself.

    "Plans to close" is planned, "may plan to close" possible, "does not plan to close" denied. A word whose lemma gives
    no status leaves it that the event occurred.
    """
    status = word.status_of_lemma(governor) if governor is not None else None
    if governor is None or status is None:
        return StatusDecision("occurred", "no governing word")
    return decide(_GOVERNOR_RULES, GovernedStatus(word.with_token(governor), status))


# ---- any verb -------------------------------------------------------------------------------------------------------


def _is_denied(word: WordInContext) -> bool:
    return is_denied(word.token, word.lexicon.words)


def _is_near_miss(word: WordInContext) -> bool:
    verbs = (word.token, word.token.head) if word.token.dep_ == "xcomp" else (word.token,)
    near = word.lexicon.words.status.near_misses
    return any(child.lower_ in near and child.dep_ == "advmod" for verb in verbs for child in verb.children)


def _is_conditional(word: WordInContext) -> bool:
    return is_conditional(word.token, word.lexicon)


def _is_open_choice(word: WordInContext) -> bool:
    return any(child.lower_ == "whether" and child.dep_ in ("mark", "advmod") for child in word.token.children)


def _is_left_open(word: WordInContext) -> bool:
    statuses = word.lexicon.status_of_lemma
    return any(statuses.get(child.lower_) == "possible" for child in word.token.children if child.dep_ == "advmod")


def _is_before_its_sentence(word: WordInContext) -> bool:
    return is_fronted_participle(word.token, word.lexicon.words)


def _status_of_participle(word: WordInContext) -> Status:
    return "ongoing" if any(child.lower_ == "since" for child in word.token.children) else "occurred"


def _status_of_participle_on_noun(word: WordInContext) -> Status:
    if word.token.tag_ != "VBG":
        return "occurred"
    return "planned" if word.status_of_lemma(word.token.head) == "planned" else "ongoing"


def _is_one_of_series(word: WordInContext) -> bool:
    """Whether it is said of one of a series: "the third mill to close", but not "the latest plan to close it"."""
    words, noun = word.lexicon.words.status, word.token.head
    if word.heads_left == 0 or word.status_of_lemma(noun) is not None or noun.lemma_ in words.courses:
        return False
    return noun.lemma_ not in words.alternatives and member_of_series(word.token, word.lexicon.words) is not None


def _status_of_series(word: WordInContext) -> StatusOutcome:
    """What the verb above says of all of the series: "It is the third mill to close", "will be the third to close"."""
    verb = next((above for above in word.token.ancestors if above.pos_ in VERBAL), None)
    decision = verb_status(word.one_up(verb)) if verb is not None else StatusDecision("occurred", "no verb above")
    return "occurred" if decision.status == "ongoing" else decision


def _shares_tense(word: WordInContext) -> bool:
    verb = word.token
    return verb.dep_ == "conj" and verb.head.pos_ in VERBAL and word.heads_left > 0 and not has_own_tense(verb)


def _status_of_sharer(word: WordInContext) -> StatusDecision:
    return verb_status(word.one_up(governing_infinitive(word.token)))


def _has_no_tense(word: WordInContext) -> bool:
    return not is_finite(word.token, word.lexicon.words)


_VERB_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "whether to close the mill", "unclear whether the mill will close".
    Rule("whether", _is_open_choice, constant("possible")),
    # "unless the mill is closed".
    Rule("condition", _is_conditional, constant("hypothetical")),
    # "Had the mill closed, jobs would have gone".
    Rule("inverted condition", clauses.is_inverted_condition, constant("hypothetical")),
    # "in a case where the firm closes the mill", "any school that closes".
    Rule("supposed", clauses.is_supposed, constant("hypothetical")),
    # "The mill should never have closed".
    Rule("reproach", clauses.is_reproach, constant("occurred")),
    # "It is not true that the mill will close", "Rumours that it will close are false".
    Rule("untrue", clauses.is_untrue, constant("denied")),
    # "There are fears that the mill will close", "hopes that it will not close".
    Rule("doubt", clauses.is_doubted, constant("possible")),
    # "The council did not close the pool".
    Rule("negation", _is_denied, constant("denied")),
    # "The council almost closed the pool".
    Rule("near miss", _is_near_miss, constant("denied")),
    # "Either they pay or we close the pool".
    Rule("ultimatum", clauses.is_ultimatum, constant("threatened")),
    # "Nobody will close the mill".
    Rule("nobody", clauses.is_done_by_nobody, constant("denied")),
    # "Will the mill close?".
    Rule("question", clauses.is_asked, constant("hypothetical")),
    # "Closed since May, the pool needs a new roof".
    Rule("participle before its sentence", _is_before_its_sentence, _status_of_participle),
    # "Close the mill!".
    Rule("command", clauses.is_command, constant("possible")),
    # "recommended that the bridge close".
    Rule("request", clauses.is_requested, clauses.status_requested),
    # "will close", "could close".
    Rule("modal", has_modal, modal_status),
    # "possibly closed".
    Rule("adverb that leaves open", _is_left_open, constant("possible")),
    # "ordered boats to return and closed the port".
    Rule("fact beside an infinitive", clauses.is_fact_beside_infinitive, constant("occurred")),
    # "will sell land and shut pits".
    Rule("tense of a coordinated verb", _shares_tense, _status_of_sharer),
    # "Brewer closing two pubs".
    Rule("headline in the progressive", lambda word: is_headline_progressive(word.token), constant("ongoing")),
    # "plans to close", "ordered closed".
    Rule("no tense", _has_no_tense, governed_status),
    # "denied that it closed the mill".
    Rule("reported as threat or denial", is_threat_or_denial, status_of_report),
    # "closed the mill".
    Rule("finite", always, finite_status),
)


# ---- an infinitive, gerund or participle ----------------------------------------------------------------------------


def _status_of_head(word: WordInContext) -> StatusDecision:
    above = word.one_up(word.token.head)
    return verb_status(above) if above.token.pos_ in VERBAL else governed_status(above)


_GOVERNED_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "Brewer to close two pubs".
    Rule("headline infinitive", lambda word: is_headline_infinitive(word.token), constant("planned")),
    Rule("nothing above", forms.has_nothing_above, constant("occurred")),
    # "Closing the mill is one of the options".
    Rule("gerund that is an option", forms.is_option, constant("possible")),
    # "had no choice but to close the mill".
    Rule("no other choice", forms.is_only_choice, forms.status_of_only_choice),
    # "the four set to close".
    Rule(
        "set to",
        lambda word: subject_of_set_to(word.token) is not None,
        lambda word: word.lexicon.status_of_lemma.get("set", "planned"),
    ),
    # "talks about closing the mill".
    Rule(
        "gerund after a preposition",
        lambda word: word.token.dep_ == "pcomp",
        lambda word: decide(_GERUND_RULES, word),
    ),
    # "The mill is to be closed".
    Rule("be to", forms.is_under_be_to, forms.planned_unless_negated),
    # "The firm is not going to close the mill".
    Rule("going to", forms.is_under_going_to, forms.planned_unless_negated),
    # "ordered all bars shut", where the parser hangs "shut" on "bars"; else the rule "governing word" decides.
    Rule(
        "ordered participle",
        lambda word: forms.ordering_verb(word) is not None,
        lambda word: status_by_governor(forms.ordering_verb(word), word),
    ),
    # "a decision by the owners to close the mill", "the danger of both piers being closed".
    Rule(
        "noun above the noun",
        lambda word: forms.noun_above(word) is not None,
        lambda word: status_by_governor(forms.noun_above(word), word),
    ),
    # "It is the third mill to close".
    Rule("one of a series", _is_one_of_series, _status_of_series),
    # "took action to close the mill".
    Rule("step taken to do it", gerunds.is_step_taken_to, constant("occurred")),
    # "Inspectors came to close the mill".
    Rule("purpose of a movement", forms.is_purpose_of_motion, constant("planned")),
    # "the bridge, closed since May".
    Rule("state of a noun", forms.is_state_of_noun, constant("ongoing")),
    # "the firm closing the mill", "the order closing the mill".
    Rule(
        "participle on a noun",
        forms.is_participle_of_noun,
        _status_of_participle_on_noun,
    ),
    # A finite clause, such as "the mill which closed", whose verb the tagger took for a participle.
    Rule("relative clause", forms.is_relative_without_tense, constant("occurred")),
    # "The mill has yet to close".
    Rule("yet to", forms.is_yet_to_come, constant("denied")),
    # "The town gave the owner a week to close the bar", "The bank has until May to close".
    Rule("time given for it", forms.is_given_time, constant("planned")),
    # "The mill will have to close".
    Rule("will have to", forms.is_under_will_have_to, constant("planned")),
    # "The mill has to close".
    Rule("have to", forms.is_under_have_to, constant("possible")),
    # "The options include closing the mill", "The plans include closing the mill".
    Rule("item of what may be", forms.is_contained, forms.status_of_item),
    # "hasn't the authority to close the mill", "There is no reason to close the mill".
    Rule("power denied", forms.is_on_denied_noun, constant("denied")),
    # "The bank is too big to close".
    Rule("too", forms.is_too_much, constant("denied")),
    # "It is a plan to close the mill", where the parser hangs "close" on "is"; else "governing word" decides.
    Rule(
        "predicate noun",
        lambda word: forms.predicate_noun(word) is not None,
        lambda word: status_by_governor(forms.predicate_noun(word), word),
    ),
    # "plans to close the mill", "refused to close the mill".
    Rule(
        "governing word",
        lambda word: forms.telling_head(word) is not None,
        lambda word: status_by_governor(forms.telling_head(word), word),
    ),
    # "It is feasible to close the mill".
    Rule("infinitive that is judged", forms.is_judged, constant("possible")),
    # "may be forced to close".
    Rule("word that passes on its own status", forms.passes_status_on, _status_of_head),
    # "the stores to be closed".
    Rule("passive infinitive on a noun", forms.is_passive_infinitive_of_noun, constant("planned")),
    # "reopened the mill only to close it again".
    Rule("result", forms.is_result, _status_of_head),
    # "scheduled a ceremony to close the mill".
    Rule("purpose of a plan", forms.is_purpose_of_plan, constant("planned")),
    # "Nobody has money to close the mill".
    Rule("infinitive", forms.is_infinitive_or_base, constant("possible")),
    # "Closing the mill will save money".
    Rule("gerund as subject of what will be", forms.is_subject_of_plan, constant("planned")),
    # "Closing the mill would cost jobs".
    Rule("gerund as subject", forms.is_gerund_subject, constant("hypothetical")),
    # "Snow fell, closing the road".
    Rule("adverbial clause", forms.is_adverbial_clause, lambda word: verb_status(word.one_up(word.token.head))),
    Rule("no other rule", always, constant("occurred")),
)


# ---- a gerund after a preposition -----------------------------------------------------------------------------------


def _status_of_end(word: WordInContext) -> StatusDecision | None:
    """The status of what is done by it, where that is yet to come or left open: "could save money by closing it"."""
    prep = word.token.head
    if prep.lower_ not in word.lexicon.words.status.means or prep.head.pos_ not in VERBAL or not word.heads_left:
        return None
    decision = verb_status(word.one_up(prep.head))
    return decision if decision.status in ("planned", "possible", "hypothetical") else None


def _decision_of_end(word: WordInContext) -> StatusOutcome:
    return _status_of_end(word) or "occurred"


_GERUND_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "saved money without closing the mill".
    Rule("without", lambda word: word.token.head.lower_ == "without", constant("denied")),
    # "instead of closing the mill".
    Rule("in its place", gerunds.is_gerund_replaced, constant("denied")),
    # "took the unusual step of closing the mill".
    Rule("step taken", gerunds.is_step_taken, constant("occurred")),
    # "barred from closing the mill".
    Rule("withheld", gerunds.is_withheld, constant("denied")),
    # "voted against closing the mill".
    Rule("decision against", gerunds.is_decided_against, constant("denied")),
    # "a vote on closing the mill".
    Rule("choice about it", gerunds.is_choice_about, constant("possible")),
    # "a first step toward closing the mill".
    Rule("direction", gerunds.is_in_direction, constant("planned")),
    # "options including closing the mill".
    Rule("one of a list", gerunds.is_listed, gerunds.status_of_list),
    # "threats of closing the mill".
    Rule(
        "word governing a gerund",
        gerunds.is_governed_gerund,
        lambda word: status_by_governor(word.token.head.head, word),
    ),
    # "was criticised for closing the mill".
    Rule("answered for", gerunds.is_answered_for, constant("occurred")),
    # "a case for closing the mill".
    Rule("preposition that leaves open", gerunds.is_after_open_preposition, constant("possible")),
    # "with trains being halted".
    Rule("going on beside", gerunds.is_going_on_beside, constant("ongoing")),
    # "will save money by closing the mill".
    Rule("means of what is to come", lambda word: _status_of_end(word) is not None, _decision_of_end),
    # "saved money by closing the mill".
    Rule("gerund after any other preposition", always, constant("occurred")),
)


# ---- what is said of a governing word -------------------------------------------------------------------------------


def _verb_status_of_governor(given: GovernedStatus) -> StatusDecision:
    """The status that the governing verb has as a verb: "may refuse" is possible."""
    return verb_status(given.governor.one_up(given.governor.token))


def _is_denial_left_open(given: GovernedStatus) -> bool:
    governor = given.governor
    if given.status != "denied" or not governors.is_governing_verb(given) or not governor.heads_left:
        return False
    return _verb_status_of_governor(given).status in ("possible", "hypothetical", "denied")


def _is_conditional_plan(given: GovernedStatus) -> bool:
    return given.status == "planned" and governors.is_governing_verb(given) and _is_conditional(given.governor)


_GOVERNOR_RULES: tuple[Rule[GovernedStatus, StatusOutcome], ...] = (
    # "did not rule out closing the mill".
    Rule("denial negated", governors.is_denial_denied, constant("possible")),
    # "failed to prevent the closure".
    Rule("prevention that failed", governors.is_prevention_failed, constant("occurred")),
    # "may refuse to close the mill".
    Rule("denial left open", _is_denial_left_open, constant("possible")),
    # "refused to close the mill".
    Rule("word that denies", lambda given: given.status == "denied", constant("denied")),
    # "did not plan to close the mill until May".
    Rule("negation of something else", governors.is_governor_negated_in_part, governors.keep_status),
    # "No law allows the council to close the mill".
    Rule("permission denied", governors.is_permission_denied, constant("denied")),
    # "The law is intended to close clinics".
    Rule("purpose of a law", governors.is_meant, constant("possible")),
    # "The settlement calls for the mill to close".
    Rule("called for by a deed", governors.is_called_for_in_deed, constant("planned")),
    # "did not ask the firm to close the mill".
    Rule("possibility negated", governors.is_possibility_negated, constant("possible")),
    # "does not plan to close the mill", "no plans to close the mill".
    Rule("governing word negated", governors.is_governor_negated, constant("denied")),
    # "if the firm decides to close the mill".
    Rule("plan under a condition", _is_conditional_plan, constant("hypothetical")),
    # "may decide to close the mill".
    Rule("plan that may be", governors.is_possible_plan, constant("possible")),
    # "was due to close but will stay open".
    Rule("plan given up", governors.is_plan_given_up, constant("denied")),
    # "will begin to close the mill".
    Rule("beginning to come", governors.is_beginning_to_come, _verb_status_of_governor),
    # "granted a request to close the mill".
    Rule("request granted", governors.is_request_granted, constant("planned")),
    # "shelved plans to close the mill", "rejected a request to close it".
    Rule("plan denied", governors.is_plan_denied, constant("denied")),
    # "Plans to close the mill are on hold".
    Rule("plan on hold", governors.is_plan_on_hold, constant("denied")),
    # "Plans to close the mill are under review".
    Rule("plan in view", governors.is_plan_in_view, constant("possible")),
    # "is considering a plan to close the mill".
    Rule("plan that is weighed", governors.is_plan_weighed, constant("possible")),
    # "will enforce the closure".
    Rule("carried out", governors.is_carried_out, _verb_status_of_governor),
    Rule("governing word", always, governors.keep_status),
)
