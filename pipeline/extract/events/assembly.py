"""One matched trigger with its arguments, status and permanence, put together to an event record.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.actors import find_agent, find_planner, find_undergoer
from pipeline.extract.events.argument_spans import argument_span
from pipeline.extract.events.causes import find_cause
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.dates import find_date
from pipeline.extract.events.denials import UPHELD_RULE, denial_of
from pipeline.extract.events.mistagged import governing_word, is_mistagged_verb, status_of_word
from pipeline.extract.events.permanence import permanence_of
from pipeline.extract.events.phrases import noun_phrase_span
from pipeline.extract.events.places import find_places
from pipeline.extract.events.reference import Evidence, Target
from pipeline.extract.events.rules import Rules
from pipeline.extract.events.status import status_of
from pipeline.extract.events.status_rules import StatusDecision
from pipeline.extract.events.syntax import child_with, coordinated_verb, counted_noun, is_infinitive
from pipeline.extract.events.triggers import TriggerMatch
from pipeline.extract.events.verb_forms import has_condition, is_conditional, is_limited, is_put_off
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.types import Trigger
from pipeline.records import Event, Permanence, Span, Status


class _EvidenceWeight(NamedTuple):
    """What one kind of evidence for a target is worth.

    ``share`` is what it leaves of the rule's confidence, ``reason`` what the column of that name says.
    """

    share: float
    reason: str


#: A rule's confidence is for a target of a listed kind. The other shares were set by hand on the development sets.
_EVIDENCE: dict[Evidence, _EvidenceWeight] = {
    "typed": _EvidenceWeight(1.0, "a target of a listed kind"),
    "named": _EvidenceWeight(0.85, "a name as target"),
    "pronoun": _EvidenceWeight(0.85, "a pronoun as target"),
    "near": _EvidenceWeight(0.9, "a place instead of a target"),
    "bare": _EvidenceWeight(0.7, "no target"),
    "untyped": _EvidenceWeight(0.75, "a target of no listed kind"),
}
#: Share of the confidence that "may" and "could" leave: a rule's 0.9 becomes 0.70. Rows wrong on the gold set were most
#: often these; see tests/bench/RESULTS.md.
_POSSIBLE_SHARE = 0.78
#: Rules by which an event is ongoing whose date may yet lie ahead: "is closing on Friday", unlike "remains closed".
_JUST_BEGINNING = ("progressive", "progressive passive", "participle on a noun")
#: Rules by whose decision what undoes an event is only supposed: "schools that don't reopen lose money".
_ONLY_SUPPOSED = ("supposed", "condition", "modal under a condition")
#: Rules by which a word above is negated, though what it governs isn't denied: "will not consider reopening until May".
_NEGATED = ("possibility negated", "negation of something else")
#: Rules by which an event lies ahead, without any word for a plan: "The shops will go bust".
_OUTLOOKS = ("modal", "going to", "future of a report")
#: Statuses of what is so, was so or will be so.
_FACTS = ("occurred", "ongoing", "planned")
#: Nouns above an actor's relative clause that may be the cause: "a fire / at / the mill, which shut the line".
_CAUSE_STEPS = 3
#: Parts of speech of what can't act: clauses and prepositional phrases.
_CLAUSAL = ("VERB", "AUX", "ADP")
#: Tags of words that stand for no actor: "there", and a relative pronoun that stands for a clause.
_EMPTY_TAGS = ("EX", "WDT")


def build_event(match: TriggerMatch, permanence: Permanence, rules: Rules, context: EventContext) -> Event:
    """The event of a matched trigger with all its arguments; spans are offsets into ``context.article.text``.

    ``permanence`` holds unless words about the trigger say otherwise. What the event takes up from those before it is
    not yet resolved.
    """
    event_type, rule, target, token = rules.event_type, match.rule, match.target, match.token
    date = find_date(token, target.token, context)
    decision = event_status(match, rules, date, context)
    status, status_rule = decision
    actor, cause = _actor_and_cause(match, rules, context)
    if date is not None and cause is not None and cause[0] <= date[0] < cause[1]:
        date = None  # "closed after the blast last month": when it blew up

    def span_of(noun: Token | None) -> Span | None:
        return argument_span(noun, token, rules, context) if noun is not None else None

    return Event(
        type=event_type.name,
        trigger=match.span,
        target=span_of(target.token),
        target_kind=target.kind,
        antecedent=span_of(target.antecedent),
        actor=span_of(actor) if actor is not None and _can_act(actor, rules) else None,
        places=target.places or find_places(token, target.token, context),
        date=date,
        cause=cause,
        status=status,
        permanence=permanence_of(token, target.token, permanence, event_type.permanence, reverses=rule.reverses),
        confidence=_confidence_of(rule, target, status),
        rule=rule.rule,
        reason=_EVIDENCE[target.evidence].reason + (f": {target.kind}" if target.kind else ""),
        status_rule=status_rule,
        undoes=rule.reverses,
        denial=denial_of(token, decision, rules.status),
    )


def event_status(match: TriggerMatch, rules: Rules, date: Span | None, context: EventContext) -> StatusDecision:
    """The status of a matched trigger with the name of the rule that decided it; ``date`` is when the event happens.

    Words about the trigger decide, unless the rule undoes the event ("reopened", if nothing denies that), "no" stands
    before the target ("no school was closed"), or what seems to have happened lies after the article's own date
    ("closes on Friday").
    """
    noun = match.target.token
    is_none = noun is not None and any(child.lower_ == "no" and child.i < noun.i for child in noun.children)
    if is_none and not match.rule.negated:
        return StatusDecision("denied", "no target")
    decision = _mistagged_status(match.token, rules) or status_of(match.token, rules.status)
    if match.rule.unwilled and decision.status == "planned" and decision.rule in _OUTLOOKS:
        return StatusDecision("possible", "outlook that nobody means")
    if match.rule.upholds:
        return _status_of_upholding(match.token, rules, decision)
    if match.rule.reverses:
        return _status_of_reversal(match.token, rules, decision)
    if match.rule.negated and (is_none or decision.status == "denied" or _is_present_state(match.token)):
        return StatusDecision("planned" if _has_modal(match.token) else "ongoing", "what is denied is that it runs")
    if decision.status == "occurred" and _is_state_held(match.token, rules):
        return StatusDecision("ongoing", "state that it is in")
    is_begun = decision.status == "occurred" or decision.rule in _JUST_BEGINNING
    if is_begun and _is_ahead(date, context):
        return StatusDecision("planned", "date ahead")
    return decision


def _status_of_upholding(trigger: Token, rules: Rules, decision: StatusDecision) -> StatusDecision:
    """The status of what is said not to come about: denied where it does stay so, not where it only may or should."""
    if trigger.pos_ == "ADJ" and is_infinitive(trigger.head):  # "want the pool to stay open"
        decision = status_of(trigger.head, rules.status)
    verb = trigger.head if trigger.pos_ == "ADJ" else trigger
    is_so = decision.status in _FACTS and not has_condition(verb, rules.status)  # "would stay open if it were sold"
    return StatusDecision("denied", UPHELD_RULE) if is_so and not _is_before_then(verb) else decision


def _is_before_then(verb: Token) -> bool:
    """Whether it tells what was so before what the article tells: "as most had stayed open", not "said it had"."""
    is_pluperfect = any(child.dep_ == "aux" and child.lemma_ == "have" and child.tag_ == "VBD" for child in verb.lefts)
    return is_pluperfect and verb.dep_ != "ccomp"


def _is_present_state(trigger: Token) -> bool:
    """Whether it tells what is so now: "is no longer in use"."""
    return trigger.pos_ == "AUX" and trigger.tag_ in ("VBZ", "VBP")


def _is_state_held(trigger: Token, rules: Rules) -> bool:
    """Whether a verb of state tells how it is now: "is out of use", "has stood empty since May"."""
    words = rules.status.words.verbs
    is_now = trigger.tag_ in ("VBZ", "VBP") or any(child.lower_ == "since" for child in trigger.children)
    return is_now and trigger.lemma_ in words.copulas


def _has_modal(trigger: Token) -> bool:
    """Whether the trigger or the verb above it has a modal: "will not be open"."""
    return any(child.tag_ == "MD" for verb in (trigger, trigger.head) for child in verb.children)


def _mistagged_status(trigger: Token, rules: Rules) -> StatusDecision | None:
    """The status of a verb with another tag, by the nearest word before it that gives one; None for other triggers."""
    if coordinated_verb(trigger) is not None or not is_mistagged_verb(trigger, rules):
        return None
    governor = governing_word(trigger, rules.status)
    status = status_of_word(governor, rules.status) if governor is not None else None
    return StatusDecision(status, "word before a mistagged verb") if status is not None else None


def _status_of_reversal(trigger: Token, rules: Rules, decision: StatusDecision) -> StatusDecision:
    """The status of what undoes an event, by what the words about it say (``decision``).

    A reopening that has come or will come reverses; a refused one is denied ("could not reopen"), and one under a
    condition hypothetical ("if schools do not reopen").
    """
    if is_conditional(trigger, rules.status):
        return StatusDecision("hypothetical", "reversal under a condition")
    if decision.rule in _ONLY_SUPPOSED:
        return StatusDecision("hypothetical", f"reversal: {decision.rule}")
    if (
        decision.status == "denied"
        or decision.rule in _NEGATED
        or (is_negated(trigger) and (decision.status == "possible" or is_limited(trigger, rules.status.words)))
    ):
        return StatusDecision("denied", f"reversal denied: {decision.rule}")
    if decision.status == "possible" and has_condition(trigger, rules.status):
        return StatusDecision("hypothetical", "reversal under a condition")
    if is_put_off(trigger, rules.status):
        return StatusDecision("denied", "reversal put off")
    return StatusDecision("reversed", "the trigger undoes it")


def _is_ahead(date: Span | None, context: EventContext) -> bool:
    """Whether the event's date lies wholly after the article's."""
    published = context.article.published
    if date is None or published is None:
        return False
    mention = next((mention for mention in context.dates.values() if (mention.start, mention.end) == date), None)
    return mention is not None and mention.date_start is not None and mention.date_start > published


def _actor_and_cause(match: TriggerMatch, rules: Rules, context: EventContext) -> tuple[Token | None, Span | None]:
    """Who does it and why. A noun that causes but can't act is no actor but the cause: "A fire closed the mill"."""
    token, target = match.token, match.target.token
    # What is undone "after" something is seldom undone because of it.
    lexicon = replace(rules.cause, weak=()) if match.rule.reverses else rules.cause
    cause = find_cause(token, target, lexicon, context, rules.trigger_words)
    if match.rule.actor == "undergoer":
        actor = find_undergoer(token, target, context.words)
    else:
        actor = find_agent(token, target, rules.event_type.controllers, context.words)
        if actor is not None and actor.pos_ == "NOUN" and actor.lemma_ in rules.status.status_of_lemma:
            actor = find_planner(actor, rules.event_type.controllers, context.words) or actor
    causing = _causing_noun(actor, rules, context) if actor is not None else None
    if causing is None:
        return (None if _is_own_activity(match, context) else actor), cause
    if cause is not None:
        return None, cause
    if causing is actor:  # "a strike that closed the mine": without the clause
        return None, argument_span(causing, token, rules, context)
    return None, noun_phrase_span(causing, context, rules.cause.strong)


def _is_own_activity(match: TriggerMatch, context: EventContext) -> bool:
    """Whether it is all that the subject does, so that it ends itself: "The firm wound down its operations".

    Not so with "its operations at the port".
    """
    noun = match.target.token
    if match.rule.frame != "activity" or noun is None or noun.dep_ != "dobj":
        return False
    after = noun.doc[noun.i + 1 : noun.i + 3]
    has_place = len(after) == 2 and after[0].lower_ in context.words.targets.activity_places
    is_bare = all(child.dep_ in ("det", "amod", "punct") or child.tag_ == "PRP$" for child in noun.children)
    return is_bare and (not has_place or context.is_time(after[1]))


def _causing_noun(actor: Token, rules: Rules, context: EventContext) -> Token | None:
    """The noun that causes but can't act: the actor itself, or what its phrase hangs on.

    In "a fire at the mill, which shut the line" the fire, though the clause hangs on the mill.
    """
    nouns = rules.cause.nouns
    if counted_noun(actor, context.words).lemma_.lower() in nouns:
        return actor
    if child_with(actor, "relcl") is None:
        return None
    outer = actor
    for _ in range(_CAUSE_STEPS):
        if outer.dep_ != "pobj" or outer.head.dep_ != "prep":
            break
        outer = outer.head.head
        if outer.lemma_.lower() in nouns:
            return outer
    return None


def _can_act(actor: Token, rules: Rules) -> bool:
    """Neither a clause nor a time nor a word such as "decision", which governs the event but doesn't bring it about."""
    return (
        actor.tag_ not in _EMPTY_TAGS
        and actor.ent_type_ not in ("DATE", "TIME")
        and actor.pos_ not in _CLAUSAL
        and actor.lemma_ not in rules.status.status_of_lemma
        and (actor.tag_ != "DT" or actor.n_lefts + actor.n_rights > 0)  # "This closed the mill"
    )


def _confidence_of(rule: Trigger, target: Target, status: Status) -> float:
    """How likely event, target and status are all right; measured by ``tests.bench reliability``."""
    confidence = rule.confidence * _EVIDENCE[target.evidence].share
    return round(confidence * _POSSIBLE_SHARE if status == "possible" else confidence, 2)
