"""Where an event type's triggers stand in a sentence: the word, its particle or tail, and a target that its rule takes.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from pipeline.extract.events.conditions import is_habit, meets_conditions
from pipeline.extract.events.context import EventContext
from pipeline.extract.events.mistagged import is_mistagged_verb
from pipeline.extract.events.objects import object_of, takes_object
from pipeline.extract.events.phrases import Phrase, split_phrases
from pipeline.extract.events.reference import Target
from pipeline.extract.events.rules import GERUND_ENDING, Rules, is_counter_phrase
from pipeline.extract.events.syntax import AUXILIARIES, child_with, coordinated_verb
from pipeline.extract.events.targets import targets_of
from pipeline.extract.syntax import is_negated
from pipeline.knowledge.events.types import Form, Trigger
from pipeline.records import Span

#: A tail such as "to a halt" begins at most this many words after its verb: "brought all trains on the line to a halt".
_TAIL_WORDS = 20
#: Words at most from a verb to its bare activity for the two to be one trigger: "ceased all operations".
_ACTIVITY_WORDS = 2
#: Tags and relations of participles that are adjectives by use: "the shut mill", "the mill is shut".
_PARTICIPLE_TAGS = ("VBN", "VBD", "VB")
_ADJECTIVE_RELATIONS = ("amod", "acomp", "oprd")


@dataclass(frozen=True, slots=True)
class TriggerMatch:
    """A token at which a ``rule`` fits; ``span`` has the trigger's words with particle or tail."""

    token: Token
    rule: Trigger
    span: Span
    target: Target


class _TriggerWord(NamedTuple):
    """A token as a trigger may name it: ``form``, its key in the rules, and the offset where it ``start``s."""

    form: Form
    key: str
    start: int


def find_tail_starts(rules: Rules, context: EventContext) -> list[int]:
    """The tokens, in order, at which a tail of one of the type's triggers begins: "to" of "to a halt"."""
    lower, tails = context.lower, rules.tails
    return [
        index
        for index, word in enumerate(lower)
        if word in tails and any(tuple(lower[index : index + length]) in phrases for length, phrases in tails[word])
    ]


def find_triggers(sentence: DocSpan, rules: Rules, context: EventContext) -> list[TriggerMatch]:
    """All triggers of one event type in a sentence, in text order; none begins inside another's words.

    ``context`` is that of the type, with its ``tail_starts``.
    """
    matches: list[TriggerMatch] = []
    end = 0
    for index in _places_of_triggers(sentence, rules, context):
        token = context.doc[index]
        if token.idx < end:
            continue
        match = _match_at(token, rules, context)
        if match is not None and not _may_come_after(match, matches, context):
            match = None
        if match is not None:
            matches.append(match)
            end = match.span[1]
    return matches


def _may_come_after(match: TriggerMatch, before: list[TriggerMatch], context: EventContext) -> bool:
    """Whether what the match's rule asks of the events told before is so."""
    if match.rule.counts and match.target.kind not in _kinds_told(before, context):
        return False
    return not match.rule.follows or _follows(match, before, context)


def _kinds_told(before: list[TriggerMatch], context: EventContext) -> set[str]:
    """The kinds of what the events of the sentence so far, and of the article before it, happen to."""
    return {earlier.target.kind for earlier in before} | context.kinds_before


def _follows(match: TriggerMatch, before: list[TriggerMatch], context: EventContext) -> bool:
    """Whether a deed to come is done to a kind of target of which an event was told before, and to no new one."""
    noun, verb = match.target.token, match.token
    if verb.tag_ != "VB" or noun is None or is_negated(verb):
        return False
    is_new = any(child.lower_ in context.words.targets.novelty or child.dep_ == "nummod" for child in noun.children)
    return match.target.kind in _kinds_told(before, context) and not is_new


def _places_of_triggers(sentence: DocSpan, rules: Rules, context: EventContext) -> Iterator[int]:
    """The tokens that a rule names or that follow a hyphen ("re-open"): a quick no for most, as every one is asked.

    A word such as "be", which needs a tail in all rules, is none where no tail begins after it.
    """
    lower, lemmas, free, tied = context.lower, context.lemmas, rules.free_words, rules.tail_words
    for index in range(sentence.start, sentence.end):
        word, lemma = lower[index], lemmas[index]
        may_trigger = word in free or lemma in free or (index > 1 and lower[index - 1] == "-")
        if may_trigger or ((word in tied or lemma in tied) and _near_tails(index, context)):
            yield index


def _near_tails(index: int, context: EventContext) -> Sequence[int]:
    """Where tails begin near after a token."""
    starts = context.tail_starts
    return starts[bisect_right(starts, index) : bisect_right(starts, index + _TAIL_WORDS - 1)]


def _match_at(token: Token, rules: Rules, context: EventContext) -> TriggerMatch | None:
    """The first rule that fits the token and finds its target."""
    word = _trigger_word(token, rules)
    candidates = rules.triggers[word.form].get(word.key, ()) if word is not None else ()
    if word is None or not candidates:
        return None
    for rule in candidates:
        if rule.tail and not _near_tails(token.i, context):
            continue
        span = _trigger_span(token, rule, word.start, context) if meets_conditions(token, rule, context) else None
        if span is None:
            continue
        if is_counter_phrase(token, rules) or is_habit(token, rules, context):
            return None
        target = next(targets_of(token, word.form, rule, rules, context), None)
        if target is not None:
            return TriggerMatch(token, rule, _with_activity(token, rule, target, span, context), target)
    return None


def _trigger_word(token: Token, rules: Rules) -> _TriggerWord | None:
    """The token as verb, noun or adjective, None when it is neither."""
    lemma, start = _joined_word(token, rules)
    if token.pos_ == "ADJ" and start < token.idx and lemma in rules.triggers["verb"]:
        return _TriggerWord("verb", lemma, start)
    if coordinated_verb(token) is not None or is_mistagged_verb(token, rules):
        return _TriggerWord("verb", token.lower_, start)
    gerund = _verb_of_gerund(token, rules)
    if gerund:
        return _TriggerWord("verb", gerund, start)
    if token.lower_ in rules.triggers["adjective"] and _is_gerund_before_object(token):
        return _TriggerWord("adjective", token.lower_, start)
    if token.pos_ == "NOUN" or _is_nominal_gerund(token):
        return _TriggerWord("noun", _noun_key(token, lemma, rules), start)
    if token.lower_ in rules.triggers["adjective"] and _is_adjective(token):
        return _TriggerWord("adjective", token.lower_, start)
    is_verb = token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in AUXILIARIES)
    return _TriggerWord("verb", lemma, start) if is_verb else None


def _verb_of_gerund(token: Token, rules: Rules) -> str:
    """The verb of a gerund taken for a noun, though it has an object: "Harwick closing two mills"; else empty."""
    if token.pos_ != "NOUN" or not token.lower_.endswith(GERUND_ENDING) or child_with(token, "dobj") is None:
        return ""
    stem = token.lower_.removesuffix(GERUND_ENDING)
    forms = (stem, f"{stem}e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem)
    return next((form for form in forms if form in rules.triggers["verb"]), "")


def _noun_key(token: Token, lemma: str, rules: Rules) -> str:
    """The form by which a noun or gerund is looked up: its lemma where that is in the list, else the word."""
    return lemma if token.pos_ == "NOUN" and lemma in rules.triggers["noun"] else token.lower_


def _joined_word(token: Token, rules: Rules) -> tuple[str, int]:
    """The token's lemma and where it starts; of "re-open" and "shut-down", three tokens, those of the whole word."""
    lemma = token.lemma_.lower()
    if token.i > 1 and token.nbor(-1).text == "-":
        first = token.nbor(-2)
        joined = f"{first.lower_}{lemma}"
        if any(joined in words for words in rules.triggers.values()):
            return joined, first.idx
    return lemma, token.idx


def _is_nominal_gerund(token: Token) -> bool:
    """Whether a gerund is used as a noun: "the closing of the mill", but not "closing the mill"."""
    if token.tag_ != "VBG" or child_with(token, "dobj", "nsubj", "aux") is not None:
        return False
    return any(
        child.dep_ in ("det", "amod", "poss") or (child.dep_ == "prep" and child.lower_ == "of")
        for child in token.children
    )


def _is_gerund_before_object(token: Token) -> bool:
    """Whether a gerund with its object was taken for an adjective with its noun: "and closing roads"."""
    noun = token.head
    if not token.lower_.endswith("ing") or token.dep_ not in ("amod", "compound") or token.i != noun.left_edge.i:
        return False
    before = token.nbor(-1) if token.i else token
    # "consider closing roads"
    is_under_verb = noun.dep_ == "dobj" and noun.head.i == before.i and before.pos_ == "VERB"
    return (before.dep_ in ("prep", "cc") or is_under_verb) and noun.i > token.i


def _is_adjective(token: Token) -> bool:
    return token.pos_ == "ADJ" or (token.tag_ in _PARTICIPLE_TAGS and token.dep_ in _ADJECTIVE_RELATIONS)


def _trigger_span(token: Token, rule: Trigger, start: int, context: EventContext) -> Span | None:
    """The trigger with its adjacent particle or tail; None when one that the rule needs isn't there."""
    if rule.tail:
        return _span_with_tail(token, rule, start, context)
    if rule.form != "adjective" and _has_other_particle(token, rule):
        return None
    end = token.idx + len(token)
    particle = _particle_of(token, rule, context)
    if particle is None:
        return (start, end) if "" in rule.particles else None
    return (start, particle.idx + len(particle)) if particle.i == token.i + 1 else (start, end)


def _particle_of(verb: Token, rule: Trigger, context: EventContext) -> Token | None:
    """The particle after the verb, of those that the rule names: "down" in "shut the mill down"."""
    particle = next((child for child in verb.children if _may_be_particle(child, verb, rule)), None)
    if particle is None and verb.i + 1 < len(verb.doc) and verb.nbor(1).tag_ == "RP":
        after = verb.nbor(1)  # the parser hung it on the verb above: "mulled the shutting down of the camp"
        return after if rule.form == "noun" and after.lower_ in rule.particles else None
    if particle is None or any(token.is_punct for token in verb.doc[verb.i : particle.i]):
        return None  # "closed at 30, down 2"
    return particle if particle.dep_ != "prep" or _is_used_as_particle(particle, rule, context) else None


def _may_be_particle(child: Token, verb: Token, rule: Trigger) -> bool:
    return child.dep_ in ("prt", "advmod", "prep") and child.lower_ in rule.particles and child.i > verb.i


def _is_used_as_particle(prep: Token, rule: Trigger, context: EventContext) -> bool:
    """Alone, before another preposition ("pulled out of"), or right before an object that the parser hung on it."""
    if all(child.dep_ == "prep" for child in prep.children):
        return True
    is_next = prep.i == prep.head.i + 1
    return is_next and takes_object(prep, context.words) and rule.frame in ("either", "object")


def _has_other_particle(verb: Token, rule: Trigger) -> bool:
    """Whether a particle, or a preposition with nothing after it, that the rule doesn't name gives another sense.

    As in "closing in" and "shut out".
    """
    if verb.head.dep_ == "relcl":
        return False
    return any(
        child.lower_ not in rule.particles and (child.dep_ == "prt" or _is_stranded(child, verb))
        for child in verb.children
    )


def _is_stranded(child: Token, verb: Token) -> bool:
    """Whether it is a preposition right after the verb with nothing after it."""
    return (
        child.dep_ in ("prep", "advmod")
        and child.tag_ in ("RP", "IN")
        and child.i == verb.i + 1
        and next(child.children, None) is None
    )


def _span_with_tail(token: Token, rule: Trigger, start: int, context: EventContext) -> Span | None:
    """The trigger up to its tail; when that stands apart, the tail's noun after its article or else the verb alone.

    "halt" in "brought all trains to a halt", "put" in "put the firm out of business". Of "is out of service" the tail.
    """
    for index in _near_tails(token.i, context):
        phrase = _phrase_at(index, split_phrases(rule.tail), context.lower)
        if phrase and _may_open_tail(token.doc[index], token):
            return _joined_span(token, start, token.doc[index : index + len(phrase)])
    return None


def _phrase_at(index: int, phrases: Sequence[Phrase], lower: Sequence[str]) -> Phrase:
    """The first of the phrases that begins at the token; of no words where none does."""
    return next((phrase for phrase in phrases if tuple(lower[index : index + len(phrase)]) == phrase), ())


def _may_open_tail(word: Token, verb: Token) -> bool:
    """Whether it hangs on the verb, maybe by a noun ("pulled the plug"), but by no verb ("going to go bust").

    A verb beside it opens a clause of its own: "stopped selling fish, and the town is running short".
    """
    if word.dep_ == "conj" and word.pos_ == "VERB":
        return False
    above = word.head
    if above.dep_ == "nsubj" and above.head.dep_ == "ccomp" and above.head.pos_ == "ADJ":  # "kept / its doors / open"
        return above.head.head.i == verb.i
    is_between = above.pos_ in ("VERB", "AUX") and above.i < word.i
    return above.i == verb.i or (above.head.i == verb.i and not is_between)


def _joined_span(verb: Token, start: int, tail: DocSpan) -> Span:
    end = tail[-1].idx + len(tail[-1])
    if tail[0].i == verb.i + 1 and verb.pos_ != "AUX":
        return start, end
    noun = next((word for word in tail if word.i and word.nbor(-1).dep_ == "det"), None)
    if noun is not None:
        return noun.idx, end
    return (tail[0].idx, end) if verb.pos_ == "AUX" else (start, verb.idx + len(verb))


def _with_activity(token: Token, rule: Trigger, target: Target, span: Span, context: EventContext) -> Span:
    """The trigger with its bare activity, whose subject is the target: "ceased operations"."""
    activity = object_of(token, context.words) if rule.frame == "activity" else None
    if activity is None or target.token is None or target.token.i == activity.i:
        return span
    is_near = activity.i - token.i <= _ACTIVITY_WORDS
    return (span[0], activity.idx + len(activity)) if is_near else span
