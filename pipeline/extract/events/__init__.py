"""Events of any described type: triggers with their targets, then arguments, status and permanence.

The engine knows nothing of closures: words, frames and counter-senses come from an ``EventType``. Offsets are code
points into ``article.text``. The reporter of an event is not found here; ``link`` takes it from the quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from pipeline.extract.events.actors import controller, undergoer
from pipeline.extract.events.arguments import PLACE_NOUNS, cause_of, places_of
from pipeline.extract.events.dates import date_of
from pipeline.extract.events.permanence import permanence_of
from pipeline.extract.events.reference import PriorEvent, Target, resolve
from pipeline.extract.events.rules import Rules, compile_rules, fits, target_classes
from pipeline.extract.events.status import status_of
from pipeline.extract.events.syntax import (
    EventContext,
    build_context,
    contained,
    coordinated_verb,
    noun_phrase,
    split_phrases,
)
from pipeline.extract.events.targets import object_of, takes_object, targets_of
from pipeline.extract.syntax import char_span, claim_sentences, trim
from pipeline.knowledge.events.types import EventType, Trigger
from pipeline.records import Article, DateMention, Event, Mention, Permanence, Span, Status

#: How much of a rule's confidence (that for a typed target) each kind of evidence leaves, and how a reader is told.
_EVIDENCE = {
    "typed": (1.0, "a target of a listed kind"),
    "named": (0.85, "a name as target"),
    "pronoun": (0.85, "a pronoun as target"),
    "near": (0.9, "a place instead of a target"),
    "bare": (0.7, "no target"),
    "untyped": (0.75, "a target of no listed kind"),
}
#: What "may" and "could" leave: rows wrong on the gold set were oftenest these. See tests/bench/RESULTS.md.
_OPEN_STATUS = 0.78


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Trigger
    span: Span
    target: Target


#: A tail such as "out of business" begins at most so many words after its verb.
_TAIL_REACH = 20


def find_events(
    doc: Doc, article: Article, types: Sequence[EventType], mentions: Sequence[Mention], dates: Sequence[DateMention]
) -> list[Event]:
    """All events of the given types in the article's claim sentences, sorted by trigger.

    ``mentions`` and ``dates`` are those of the other extractors in text order, maybe none.
    """
    scene = build_context(doc, article, mentions, dates)
    found: list[Event] = []
    for event_type in types:
        rules = compile_rules(event_type)
        told: list[PriorEvent] = []
        for sentence in claim_sentences(doc, article):
            hits: list[tuple[Token, _Hit]] = []
            for token in sentence:
                taken = hits[-1][1].span[1] if hits else 0
                hit = _match(token, rules, scene) if token.idx >= taken else None
                if hit is not None:
                    hits.append((token, hit))
            # Done and undone in one sentence: neither was for good.
            both = len({hit.rule.reverses for _, hit in hits}) == 2
            for token, hit in hits:
                event = _event(token, hit, "temporary" if both else hit.rule.permanence, rules, scene)
                event = resolve(token, hit.target, event, told)
                if event.target is not None or event.places:
                    told.append(PriorEvent(token, hit.target.token, event))
                found.append(event)
    return sorted(found, key=lambda event: (event.trigger, event.type))


def _match(token: Token, rules: Rules, scene: EventContext) -> _Hit | None:
    """The first rule that fits the token and finds its target."""
    form, word, start = _form(token, rules)
    candidates = rules.triggers[form].get(word, ()) if form else ()
    if not candidates or _is_counter_phrase(token, rules):
        return None
    for rule in candidates:
        span = _span(token, rule, start)
        if span is None:
            continue
        for target in targets_of(token, form, rule, rules, scene):
            return _Hit(rule, _with_activity(token, rule, target, span), target)
    return None


def _form(token: Token, rules: Rules) -> tuple[str, str, int]:
    """Verb, noun or adjective; its key; and where it starts: "re-open" and "shut-down" are three tokens."""
    lemma, start = token.lemma_.lower(), token.idx
    if token.i > 1 and token.nbor(-1).text == "-":
        joined = f"{token.nbor(-2).lower_}{lemma}"
        if any(joined in words for words in rules.triggers.values()):
            lemma, start = joined, token.nbor(-2).idx
            if joined in rules.triggers["verb"] and token.pos_ == "ADJ":
                return "verb", joined, start
    if coordinated_verb(token) is not None:
        return "verb", token.lower_, start
    if token.pos_ == "NOUN" or (token.tag_ == "VBG" and _is_nominal(token)):
        word = lemma if token.pos_ == "NOUN" else token.lower_
        return "noun", word if word in rules.triggers["noun"] else token.lower_, start
    if token.lower_ in rules.triggers["adjective"] and (
        token.pos_ == "ADJ" or (token.tag_ in ("VBN", "VBD", "VB") and token.dep_ in ("amod", "acomp", "oprd"))
    ):
        return "adjective", token.lower_, start
    return ("verb", lemma, start) if token.pos_ == "VERB" else ("", "", start)


def _is_nominal(gerund: Token) -> bool:
    has_object = any(child.dep_ in ("dobj", "nsubj", "aux") for child in gerund.children)
    return not has_object and any(
        child.dep_ in ("det", "amod", "poss") or (child.dep_ == "prep" and child.lower_ == "of")
        for child in gerund.children
    )


def _is_counter_phrase(token: Token, rules: Rules) -> bool:
    doc = token.doc
    for word in (token.lower_, f"={token.lower_}", token.lemma_.lower()):
        for index, slots in rules.phrases.get(word, ()):
            first = token.i - index
            if (
                first >= 0
                and first + len(slots) <= len(doc)
                and all(fits(doc[first + step], slot) for step, slot in enumerate(slots))
            ):
                return True
    return False


def _span(token: Token, rule: Trigger, start: int) -> Span | None:
    """The trigger with its adjacent particle or tail; None when one that the rule needs isn't there."""
    end = token.idx + len(token)
    if rule.tail:
        return _tail_span(token, rule, start)
    if rule.form == "verb" and _has_other_particle(token, rule):
        return None
    particle = next(
        (
            child
            for child in token.children
            if child.dep_ in ("prt", "advmod", "prep") and child.lower_ in rule.particles and child.i > token.i
        ),
        None,
    )
    if particle is not None and any(each.is_punct for each in token.doc[token.i : particle.i]):
        particle = None  # "closed at 30, down 2"
    if particle is None or (particle.dep_ == "prep" and not _is_particle(particle, rule)):
        return (start, end) if "" in rule.particles else None
    return (start, particle.idx + len(particle)) if particle.i == token.i + 1 else (start, end)


def _is_particle(prep: Token, rule: Trigger) -> bool:
    """Alone, before another preposition ("pulled out of"), or right before an object that the parser hung on it."""
    children = list(prep.children)
    return all(child.dep_ == "prep" for child in children) or (
        prep.i == prep.head.i + 1 and takes_object(prep) and rule.frame in ("either", "object")
    )


def _has_other_particle(verb: Token, rule: Trigger) -> bool:
    """ "Closing in", "shut out": a particle, or a preposition with nothing after it, that the rule doesn't name."""
    for child in verb.children:
        stranded = (
            child.dep_ in ("prep", "advmod")
            and child.tag_ in ("RP", "IN")
            and child.i == verb.i + 1
            and not any(True for _ in child.children)
        )
        if (child.dep_ == "prt" or stranded) and child.lower_ not in rule.particles and verb.head.dep_ != "relcl":
            return True
    return False


def _tail_span(token: Token, rule: Trigger, start: int) -> Span | None:
    phrases = split_phrases(rule.tail)
    for later in token.doc[token.i + 1 : token.i + _TAIL_REACH]:
        if token.i not in (later.head.i, later.head.head.i):
            continue
        for phrase in phrases:
            words = token.doc[later.i : later.i + len(phrase)]
            if tuple(word.lower_ for word in words) == phrase:
                # "Brought production to a halt": the noun alone, as the phrase is cut anyway.
                first = next((word for word in words if word.i and word.nbor(-1).dep_ == "det"), words[0])
                return (start if later.i == token.i + 1 else first.idx, words[-1].idx + len(words[-1]))
    return None


def _with_activity(token: Token, rule: Trigger, target: Target, span: Span) -> Span:
    """ "Ceased operations": the bare activity belongs to the trigger, since its subject is the target."""
    activity = object_of(token) if rule.frame == "activity" else None
    if activity is None or target.token is None or target.token.i == activity.i:
        return span
    return (span[0], activity.idx + len(activity)) if activity.i - token.i <= 2 else span


def _event(token: Token, hit: _Hit, permanence: Permanence, rules: Rules, scene: EventContext) -> Event:
    event_type, rule, target = rules.event_type, hit.rule, hit.target
    status: Status = "reversed" if rule.reverses else status_of(token, event_type.status, rules.lemmas)
    if target.token is not None and any(child.lower_ == "no" for child in target.token.children):
        status = "denied"
    date = date_of(token, target.token, scene)
    if status == "occurred" and _is_ahead(date, scene):
        status = "planned"
    if rule.actor == "undergoer":
        actor = undergoer(token, target.token)
    else:
        actor = controller(token, target.token, event_type.controllers)
    # What is undone "after" something is seldom undone because of it.
    cues = replace(event_type.cause, weak=()) if rule.reverses else event_type.cause
    cause = cause_of(token, target.token, cues, scene, rules.words)
    causing = _causing(actor, event_type.cause.nouns) if actor is not None else None
    if causing is not None:
        direct = causing is actor  # "a strike that closed the mine": without the clause
        named = _phrase(causing, token, scene, rules) if direct else noun_phrase(causing, scene, rules.connectors)
        cause, actor = cause or named, None
    if date is not None and cause is not None and cause[0] <= date[0] < cause[1]:
        date = None  # "closed after the blast last month": when it blew up
    return Event(
        type=event_type.name,
        trigger=hit.span,
        target=_phrase(target.token, token, scene, rules) if target.token is not None else None,
        target_kind=target.kind,
        antecedent=_phrase(target.antecedent, token, scene, rules) if target.antecedent is not None else None,
        actor=_phrase(actor, token, scene, rules) if actor is not None and _can_act(actor, rules) else None,
        places=target.places or places_of(token, target.token, scene),
        date=date,
        cause=cause,
        status=status,
        permanence=permanence_of(token, target.token, permanence, event_type.permanence),
        confidence=_confidence(rule, target, status),
        rule=rule.rule,
        reason=_EVIDENCE[target.evidence][1] + (f": {target.kind}" if target.kind else ""),
    )


def _causing(actor: Token, nouns: frozenset[str]) -> Token | None:
    """The noun that causes but can't act: the actor, or for "a fire at the mill, which ..." the noun it hangs on."""
    if contained(actor).lemma_.lower() in nouns:
        return actor
    if not any(child.dep_ == "relcl" for child in actor.children):
        return None
    outer = actor
    for _ in range(3):
        if outer.dep_ != "pobj" or outer.head.dep_ != "prep":
            break
        outer = outer.head.head
        if outer.lemma_.lower() in nouns:
            return outer
    return None


def _confidence(rule: Trigger, target: Target, status: Status) -> float:
    """How likely event, target and status are all right; measured by ``tests.bench reliability``."""
    share = rule.confidence * _EVIDENCE[target.evidence][0]
    return round(share * _OPEN_STATUS if status == "possible" else share, 2)


def _can_act(actor: Token, rules: Rules) -> bool:
    """Neither a clause nor a word such as "decision", which governs the event but doesn't bring it about."""
    return (
        actor.tag_ not in ("EX", "WDT")
        and actor.ent_type_ not in ("DATE", "TIME")
        and actor.pos_ not in ("VERB", "AUX", "ADP")
        and actor.lemma_ not in rules.lemmas
    )


def _phrase(noun: Token, trigger: Token, scene: EventContext, rules: Rules) -> Span | None:
    """The noun's phrase; a modifier of the trigger itself stands alone, or with its own modifiers."""
    if noun.head.i == trigger.i and noun.dep_ in ("compound", "nmod", "amod"):
        return char_span(noun.subtree)
    if noun.is_ancestor(trigger):
        return _outside(noun, trigger, scene, rules)
    span = noun_phrase(noun, scene, rules.connectors)
    host = noun.head if noun.dep_ == "dobj" else noun.head.head
    located = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ == "of")
    place = _located(noun, host, scene, rules) if located and host.i < noun.i else None
    return (span[0], place[1]) if span is not None and place is not None else span


def _located(noun: Token, host: Token, scene: EventContext, rules: Rules) -> Span | None:
    """ "Close its mill at Harwick": where the thing lies belongs to it, though the parser hung it on the verb."""
    for prep in host.children:
        if prep.dep_ == "prep" and prep.lower_ in ("at", "in") and prep.i == noun.right_edge.i + 1:
            for place in prep.children:
                located = place.i in scene.places or place.lemma_ in PLACE_NOUNS or target_classes(place, rules)
                if place.dep_ == "pobj" and located and place.i not in scene.dates:
                    return noun_phrase(place, scene, rules.connectors)
    return None


def _outside(noun: Token, trigger: Token, scene: EventContext, rules: Rules) -> Span | None:
    """The phrase of a noun that the trigger itself hangs on: up to the clause of the trigger."""
    span = noun_phrase(noun, scene, rules.connectors)
    clause = trigger
    while clause.head.i != noun.i and clause.head.i != clause.i:
        clause = clause.head
    edge = clause.left_edge
    if span is None or clause.dep_ == "amod":
        first = next((token for token in noun.subtree if token.i > clause.i), noun)
        return (min(first.idx, noun.idx), span[1]) if span is not None else None
    if edge.idx <= noun.idx:
        return span
    span = char_span(
        scene.doc[noun.left_edge.i : edge.i - (edge.i - noun.i > 1 and scene.doc[edge.i - 1].dep_ == "cc")]
    )
    return trim(scene.article.text, span, " ,;:–—-\t\r\n") if span is not None else None


def _is_ahead(date: Span | None, scene: EventContext) -> bool:
    """Whether the event's date lies wholly after the article's."""
    published = scene.article.published
    if date is None or published is None:
        return False
    found = next((each for each in scene.dates.values() if (each.start, each.end) == date), None)
    return found is not None and found.date_start is not None and found.date_start > published
