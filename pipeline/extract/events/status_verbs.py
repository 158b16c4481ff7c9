"""The status of an event that a verb states: its own tense and mood first, then the words that govern it.

Part of ``pipeline.extract.events``. Every table is tried in order, see ``status_rules``; those for modals and finite
verbs are in ``status_tense``.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.events.status_clauses import (
    is_asked,
    is_command,
    is_doubted,
    is_fact_beside_infinitive,
    is_reproach,
    is_requested,
    is_supposed,
    is_untrue,
    status_requested,
)
from pipeline.extract.events.status_forms import (
    VERBAL,
    has_nothing_above,
    is_adverbial_clause,
    is_gerund_subject,
    is_infinitive_or_base,
    is_on_denied_noun,
    is_only_choice,
    is_participle_of_noun,
    is_passive_infinitive_of_noun,
    is_purpose_of_motion,
    is_relative_without_tense,
    is_subject_of_plan,
    is_to_infinitive,
    is_too_much,
    is_under_be_to,
    is_under_going_to,
    is_under_have_to,
    listed_noun,
    noun_above,
    ordering_verb,
    passes_status_on,
    planned_unless_negated,
    predicate_noun,
    status_of_only_choice,
    telling_head,
)
from pipeline.extract.events.status_rules import GovernedStatus, StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.status_tense import (
    finite_status,
    has_modal,
    is_threat_or_denial,
    modal_status,
    status_of_report,
)
from pipeline.extract.events.syntax import subject_of_set_to
from pipeline.extract.events.verb_forms import (
    governing_infinitive,
    has_own_tense,
    is_conditional,
    is_denied,
    is_finite,
    is_headline_infinitive,
)
from pipeline.extract.rule_table import Rule, always, constant
from pipeline.extract.syntax import is_negated
from pipeline.records import Status


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


def _is_conditional(word: WordInContext) -> bool:
    return is_conditional(word.token, word.lexicon)


def _is_open_choice(word: WordInContext) -> bool:
    verb, conjunctions = word.token, word.lexicon.cues.hypothetical
    return is_to_infinitive(word) and any(child.lower_ in conjunctions for child in verb.children)


def _is_left_open(word: WordInContext) -> bool:
    statuses = word.lexicon.status_of_lemma
    return any(statuses.get(child.lower_) == "possible" for child in word.token.children if child.dep_ == "advmod")


def _shares_tense(word: WordInContext) -> bool:
    verb = word.token
    return verb.dep_ == "conj" and verb.head.pos_ in VERBAL and word.heads_left > 0 and not has_own_tense(verb)


def _status_of_sharer(word: WordInContext) -> StatusDecision:
    return verb_status(word.one_up(governing_infinitive(word.token)))


def _has_no_tense(word: WordInContext) -> bool:
    return not is_finite(word.token, word.lexicon.words)


_VERB_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "whether to close the mill".
    Rule("whether to", _is_open_choice, constant("possible")),
    # "unless the mill is closed".
    Rule("condition", _is_conditional, constant("hypothetical")),
    # "in a case where the firm closes the mill", "any school that closes".
    Rule("supposed", is_supposed, constant("hypothetical")),
    # "The mill should never have closed".
    Rule("reproach", is_reproach, constant("occurred")),
    # "The council did not close the pool".
    Rule("negation", _is_denied, constant("denied")),
    # "Will the mill close?".
    Rule("question", is_asked, constant("hypothetical")),
    # "Close the mill!".
    Rule("command", is_command, constant("possible")),
    # "It is not true that the mill will close".
    Rule("untrue", is_untrue, constant("denied")),
    # "There are fears that the mill will close".
    Rule("doubt", is_doubted, constant("possible")),
    # "recommended that the bridge close".
    Rule("request", is_requested, status_requested),
    # "will close", "could close".
    Rule("modal", has_modal, modal_status),
    # "possibly closed".
    Rule("adverb that leaves open", _is_left_open, constant("possible")),
    # "ordered boats to return and closed the port".
    Rule("fact beside an infinitive", is_fact_beside_infinitive, constant("occurred")),
    # "will sell land and shut pits".
    Rule("tense of a coordinated verb", _shares_tense, _status_of_sharer),
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
    Rule("nothing above", has_nothing_above, constant("occurred")),
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
    Rule("be to", is_under_be_to, planned_unless_negated),
    # "The firm is not going to close the mill".
    Rule("going to", is_under_going_to, planned_unless_negated),
    # "ordered all bars shut", where the parser hangs "shut" on "bars"; else the rule "governing word" decides.
    Rule(
        "ordered participle",
        lambda word: ordering_verb(word) is not None,
        lambda word: status_by_governor(ordering_verb(word), word),
    ),
    # "a decision by the owners to close the mill", "the risk of both bridges being closed".
    Rule(
        "noun above the noun",
        lambda word: noun_above(word) is not None,
        lambda word: status_by_governor(noun_above(word), word),
    ),
    # "Inspectors came to close the mill".
    Rule("purpose of a movement", is_purpose_of_motion, constant("planned")),
    # "the firm closing the mill".
    Rule(
        "participle on a noun",
        is_participle_of_noun,
        lambda word: "ongoing" if word.token.tag_ == "VBG" else "occurred",
    ),
    # A finite clause, such as "the mill which closed", whose verb the tagger took for a participle.
    Rule("relative clause", is_relative_without_tense, constant("occurred")),
    # "The mill has to close".
    Rule("have to", is_under_have_to, constant("possible")),
    # "had no choice but to close the mill".
    Rule("no other choice", is_only_choice, status_of_only_choice),
    # "doesn't have the authority to close the mill", "There is no reason to close the mill".
    Rule("power denied", is_on_denied_noun, constant("denied")),
    # "The bank is too big to close".
    Rule("too", is_too_much, constant("denied")),
    # "It is a plan to close the mill", where the parser hangs "close" on "is"; else "governing word" decides.
    Rule(
        "predicate noun",
        lambda word: predicate_noun(word) is not None,
        lambda word: status_by_governor(predicate_noun(word), word),
    ),
    # "plans to close the mill", "refused to close the mill".
    Rule(
        "governing word",
        lambda word: telling_head(word) is not None,
        lambda word: status_by_governor(telling_head(word), word),
    ),
    # "may be forced to close".
    Rule("word that passes on its own status", passes_status_on, _status_of_head),
    # "the stores to be closed".
    Rule("passive infinitive on a noun", is_passive_infinitive_of_noun, constant("planned")),
    # "Nobody has money to close the mill".
    Rule("infinitive", is_infinitive_or_base, constant("possible")),
    # "Closing the mill will save money".
    Rule("gerund as subject of what will be", is_subject_of_plan, constant("planned")),
    # "Closing the mill would cost jobs".
    Rule("gerund as subject", is_gerund_subject, constant("hypothetical")),
    # "Snow fell, closing the road".
    Rule("adverbial clause", is_adverbial_clause, lambda word: verb_status(word.one_up(word.token.head))),
    Rule("no other rule", always, constant("occurred")),
)


# ---- a gerund after a preposition -----------------------------------------------------------------------------------


def _is_governed_gerund(word: WordInContext) -> bool:
    prep = word.token.head
    has_status = word.status_of_lemma(prep.head) is not None
    return has_status and prep.lower_ in word.lexicon.words.status.gerund_prepositions


def _is_replaced(word: WordInContext) -> bool:
    prep = word.token.head
    return not word.lexicon.words.status.replacing.isdisjoint((prep.lower_, prep.nbor(-1).lower_ if prep.i else ""))


def _is_decided_against(word: WordInContext) -> bool:
    prep = word.token.head
    return prep.lower_ == "against" and word.lexicon.status_of_lemma.get(prep.head.lemma_) == "planned"


def _is_in_direction(word: WordInContext) -> bool:
    return word.token.head.lower_ in word.lexicon.words.status.directions


def _is_listed(word: WordInContext) -> bool:
    noun = listed_noun(word)
    return noun is not None and noun.pos_ == "NOUN" and _status_of_list(word) != "occurred"


def _status_of_list(word: WordInContext) -> Status:
    noun = listed_noun(word)
    is_open = noun is not None and (noun.lemma_ in word.lexicon.words.status.courses or word.status_of_lemma(noun))
    return "possible" if is_open else "occurred"


def _is_after_open_preposition(word: WordInContext) -> bool:
    return word.token.head.lower_ in word.lexicon.words.status.open_prepositions


_GERUND_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "saved money without closing the mill".
    Rule("without", lambda word: word.token.head.lower_ == "without", constant("denied")),
    # "instead of closing the mill".
    Rule("in its place", _is_replaced, constant("denied")),
    # "voted against closing the mill".
    Rule("decision against", _is_decided_against, constant("denied")),
    # "a first step toward closing the mill".
    Rule("direction", _is_in_direction, constant("planned")),
    # "options including closing the mill".
    Rule("one of a list", _is_listed, _status_of_list),
    # "threats of closing the mill".
    Rule(
        "word governing a gerund",
        _is_governed_gerund,
        lambda word: status_by_governor(word.token.head.head, word),
    ),
    # "a case for closing the mill".
    Rule("preposition that leaves open", _is_after_open_preposition, constant("possible")),
    # "saved money by closing the mill".
    Rule("gerund after any other preposition", always, constant("occurred")),
)


# ---- what is said of a governing word -------------------------------------------------------------------------------


def _is_verb(given: GovernedStatus) -> bool:
    return given.governor.token.pos_ in VERBAL


def _verb_status_of_governor(given: GovernedStatus) -> StatusDecision:
    """The status that the governing verb has as a verb: "may refuse" is possible."""
    return verb_status(given.governor.one_up(given.governor.token))


def _is_denial_denied(given: GovernedStatus) -> bool:
    return given.status == "denied" and is_negated(given.governor.token)


def _is_denial_left_open(given: GovernedStatus) -> bool:
    governor = given.governor
    if given.status != "denied" or not _is_verb(given) or not governor.heads_left:
        return False
    return _verb_status_of_governor(given).status in ("possible", "hypothetical", "denied")


def _is_prevention_failed(given: GovernedStatus) -> bool:
    """Whether who was to keep it from coming didn't: "failed to prevent", "the failure to pass a budget and avert"."""
    verb, governors = given.governor.token, given.governor.lexicon.words.governors
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return given.governor.token.lemma_ in governors.prevention and verb.head.lemma_ in governors.failure


def _is_negated(given: GovernedStatus) -> bool:
    token, negatives = given.governor.token, given.governor.lexicon.words.status.negatives
    return is_negated(token) or any(child.lower_ in negatives and child.dep_ == "det" for child in token.children)


def _is_negated_in_part(given: GovernedStatus) -> bool:
    token = given.governor.token
    return _is_negated(given) and token.pos_ != "NOUN" and not is_denied(token, given.governor.lexicon.words)


def _is_possibility_negated(given: GovernedStatus) -> bool:
    return given.status == "possible" and given.governor.token.pos_ == "VERB" and _is_negated(given)


def _is_conditional_plan(given: GovernedStatus) -> bool:
    return given.status == "planned" and _is_verb(given) and _is_conditional(given.governor)


def _is_possible_plan(given: GovernedStatus) -> bool:
    if given.status != "planned" or not _is_verb(given):
        return False
    modal = next((child for child in given.governor.token.children if child.tag_ == "MD"), None)
    return modal is not None and given.governor.status_of_lemma(modal) == "possible"


def _is_beginning_to_come(given: GovernedStatus) -> bool:
    return given.status == "ongoing" and given.governor.token.tag_ == "VB" and given.governor.heads_left > 0


def _word_above_plan(given: GovernedStatus) -> Token | None:
    """The verb whose object or passive subject is a noun that plans or asks: "shelved" in "shelved plans to close"."""
    noun = given.governor.token
    if given.status not in ("planned", "possible") or noun.pos_ != "NOUN":
        return None
    is_under = noun.dep_ in ("dobj", "pobj", "nsubjpass")
    return noun.head if is_under and not is_negated(noun.head) else None


def _is_plan_denied(given: GovernedStatus) -> bool:
    above = _word_above_plan(given)
    return above is not None and given.governor.status_of_lemma(above) in ("denied", "reversed")


def _is_plan_weighed(given: GovernedStatus) -> bool:
    above, lexicon = _word_above_plan(given), given.governor.lexicon
    if above is None or given.status != "planned":
        return False
    governors = lexicon.words.governors
    return above.lemma_ in governors.thought or (above.lemma_ in governors.demand and above.lemma_ != "press")


def _is_carried_out(given: GovernedStatus) -> bool:
    return given.status == "occurred" and _is_verb(given) and given.governor.heads_left > 0


def _keep_status(given: GovernedStatus) -> Status:
    return given.status


_GOVERNOR_RULES: tuple[Rule[GovernedStatus, StatusOutcome], ...] = (
    # "did not rule out closing the mill".
    Rule("denial negated", _is_denial_denied, constant("possible")),
    # "failed to prevent the closure".
    Rule("prevention that failed", _is_prevention_failed, constant("occurred")),
    # "may refuse to close the mill".
    Rule("denial left open", _is_denial_left_open, constant("possible")),
    # "refused to close the mill".
    Rule("word that denies", lambda given: given.status == "denied", constant("denied")),
    # "did not plan to close the mill until May".
    Rule("negation of something else", _is_negated_in_part, _keep_status),
    # "did not ask the firm to close the mill".
    Rule("possibility negated", _is_possibility_negated, constant("possible")),
    # "does not plan to close the mill", "no plans to close the mill".
    Rule("governing word negated", _is_negated, constant("denied")),
    # "if the firm decides to close the mill".
    Rule("plan under a condition", _is_conditional_plan, constant("hypothetical")),
    # "may decide to close the mill".
    Rule("plan that may be", _is_possible_plan, constant("possible")),
    # "will begin to close the mill".
    Rule("beginning to come", _is_beginning_to_come, _verb_status_of_governor),
    # "shelved plans to close the mill", "rejected a request to close it".
    Rule("plan denied", _is_plan_denied, constant("denied")),
    # "is considering a plan to close the mill".
    Rule("plan that is weighed", _is_plan_weighed, constant("possible")),
    # "will enforce the closure".
    Rule("carried out", _is_carried_out, _verb_status_of_governor),
    Rule("governing word", always, _keep_status),
)
