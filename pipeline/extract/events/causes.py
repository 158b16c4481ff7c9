"""Why an event happens: the reason that its clause states, not one that merely shares its sentence.

Part of ``pipeline.extract.events``; knows no event type. Tokens go in, [start, end) spans of the article come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.phrases import Phrase, noun_phrase_span, phrase_end, subtree_tokens
from pipeline.extract.events.rules import CauseLexicon
from pipeline.extract.events.syntax import conjuncts_of, counted_noun, nearby_tokens
from pipeline.extract.syntax import char_span, trim
from pipeline.records import Span

#: Characters cut from the ends of a reason: unlike other arguments it may reach the full stop.
_OUTER = " ,;:.–—-\t\r\n"
#: Relations of a connector's words to the head of its phrase: "because" marks its clause, "of" hangs on "because".
_CONNECTOR_PARTS = ("mark", "advmod", "pcomp", "amod", "fixed")
#: Relations by which a reason on the governing word is also the trigger's: "plans to close the mill because of debt".
_SHARING = ("conj", "dobj", "xcomp", "acomp", "oprd", "ccomp", "advcl", "pcomp", "prep")
#: Governing words above a trigger that may carry its reason; higher ones have reasons of their own.
_MOST_GOVERNORS = 3


@dataclass(frozen=True, slots=True)
class _Site:
    """What a reason may hang on: the trigger, the words in ``hosts`` that share its reason, the target.

    ``indices`` are the tokens of all of these. ``trigger_words`` are the type's trigger words: what merely came before
    ("reopened after it was closed") is no reason.
    """

    trigger: Token
    target: Token | None
    hosts: Sequence[Token]
    indices: frozenset[int]
    trigger_words: frozenset[str]
    context: EventContext


def find_cause(
    trigger: Token, target: Token | None, lexicon: CauseLexicon, context: EventContext, trigger_words: frozenset[str]
) -> Span | None:
    """The stated reason without its connector, None when the clause states none.

    In this order: what follows a strong connector ("because of"), a weak one ("after"), a purpose ("to protect the
    eagles"), the subject of a verb that forces it ("Smoke prompted the airport to close"), a clause that causes it ("A
    visitor died, causing the closure of the tower").
    """
    hosts = list(_sharing_words(trigger))
    indices = {host.i for host in hosts} | ({target.i} if target is not None else set())
    site = _Site(trigger, target, hosts, frozenset(indices), trigger_words, context)
    tokens = nearby_tokens(trigger)
    return (
        _after_connector(tokens, lexicon.strong, site, is_weak=False)
        or _after_connector(tokens, lexicon.weak, site, is_weak=True)
        or _find_purpose(site)
        or _forcing_subject(trigger, lexicon, context)
        or _causing_clause(site)
    )


def _sharing_words(trigger: Token) -> Iterator[Token]:
    """The trigger and the words that share its reason: conjuncts and what governs it."""
    yield trigger
    yield from (conjunct for conjunct in conjuncts_of(trigger) if conjunct.pos_ == trigger.pos_)
    if trigger.dep_ in ("acomp", "oprd"):
        yield from conjuncts_of(trigger.head)
    word = trigger
    for _ in range(_MOST_GOVERNORS):
        is_report = word.dep_ == "ccomp" and word.tag_ not in ("VBN", "VB")
        if word.dep_ not in _SHARING or word.head.i == word.i or is_report:
            return
        word = word.head
        if word.pos_ in ("VERB", "AUX", "NOUN"):
            yield word


def _after_connector(tokens: list[Token], phrases: Sequence[Phrase], site: _Site, is_weak: bool) -> Span | None:
    for token in tokens:
        end = phrase_end(token, phrases)
        if end and not (is_weak and _is_measured(token, end, site.context)):
            reason = _reason_after(token, end, site, is_weak)
            if reason is not None:
                return reason
    return None


def _is_measured(connector: Token, end: int, context: EventContext) -> bool:
    """Whether the connector belongs to a measure: "hours after it opened", "over 40 percent"."""
    doc = connector.doc
    before = doc[connector.i - 1] if connector.i > connector.sent.start else None
    is_unit = before is not None and before.lemma_ in context.words.causes.time_units
    return is_unit or (end < len(doc) and doc[end].like_num)


def _reason_after(connector: Token, end: int, site: _Site, is_weak: bool) -> Span | None:
    """What follows the connector from token ``end`` on, when it hangs on the site and can be a reason."""
    top = _connector_head(connector, end)
    host = top.head if is_weak else _clause_at(top.head, site)
    if host.i not in site.indices or top.i == site.trigger.i or top.is_ancestor(site.trigger):
        return None
    body = [token for token in subtree_tokens(top) if token.i >= end and not token.is_space]
    if not body or (is_weak and any(token.lemma_ in site.trigger_words for token in body)):
        return None
    if _is_dated(body, end, site.context) or _lacks_clause(connector, end, top, site.context):
        return None
    span = char_span(_without_tail(body, site.context))
    return trim(site.context.article.text, span, _OUTER) if span else None


def _connector_head(connector: Token, end: int) -> Token:
    """The word by which connector and reason hang on the rest of the sentence.

    It is "because" in "because of the flood", and "rose" in "because the river rose".
    """
    top = connector
    while top.head.i != top.i and (top.dep_ in _CONNECTOR_PARTS or not _reaches_past(top, end)):
        if top.i >= end and top.head.i < connector.i:
            break
        top = top.head
    return top


def _reaches_past(token: Token, end: int) -> bool:
    return any(below.i >= end for below in subtree_tokens(token))


def _clause_at(token: Token, site: _Site) -> Token:
    """The token if it is part of the site, else the verb of its clause: a strong connector may hang on any noun there.

    "Will close, cutting 90 jobs, because of weak demand" has the reason of the whole on "cutting".
    """
    while token.i not in site.indices and token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    is_aside = token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i in site.indices
    return token.head if is_aside else token


def _is_dated(body: list[Token], end: int, context: EventContext) -> bool:
    """Whether what follows the connector is a time: "after May"."""
    return any(context.is_time(token) for token in body if token.head.i < end)


def _lacks_clause(connector: Token, end: int, top: Token, context: EventContext) -> bool:
    """Whether a connector such as "as" has no clause: "closed as a precaution" gives no reason."""
    is_clausal = connector.lower_ in context.words.causes.clausal_connectors and end == connector.i + 1
    return is_clausal and top.pos_ not in ("VERB", "AUX")


def _without_tail(body: list[Token], context: EventContext) -> list[Token]:
    """The words before a comma that opens a non-restrictive tail or a date."""
    for index, token in enumerate(body[:-1]):
        if index and token.text == ",":
            after = body[index + 1]
            is_date = after.dep_ == "prep" and any(child.ent_type_ in ("DATE", "TIME") for child in after.children)
            if is_date or after.lower_ in context.words.causes.tail_openers:
                return body[:index]
    return body


def _find_purpose(site: _Site) -> Span | None:
    """The infinitive that tells what for: "to protect the eagles"."""
    for host in site.hosts:
        for child in host.children:
            if _may_be_purpose(child, host, site) and _is_purpose(child, host, site):
                tokens = [token for token in subtree_tokens(child) if not token.is_space]
                span = char_span(_without_tail(tokens, site.context))
                return trim(site.context.article.text, span, _OUTER) if span else None
    return None


def _may_be_purpose(child: Token, host: Token, site: _Site) -> bool:
    """Not another event, and not before the trigger, where it is the purpose of another verb."""
    if child.lemma_ in site.trigger_words:
        return False
    is_before = child.i < site.trigger.i and not child.left_edge.is_sent_start
    return host.i == site.trigger.i or not is_before


def _is_purpose(child: Token, host: Token, site: _Site) -> bool:
    trigger = site.trigger
    if child.tag_ != "VB" or child.left_edge.lower_ != "to" or child.i == trigger.i or child.is_ancestor(trigger):
        return False
    on_noun = child.dep_ in ("relcl", "acl") and host.i == trigger.i and host.pos_ == "NOUN"
    return child.dep_ == "advcl" or on_noun


def _forcing_subject(trigger: Token, lexicon: CauseLexicon, context: EventContext) -> Span | None:
    """The subject of a governor, where it is something that can't act: "Smoke prompted the airport to close"."""
    host = trigger.head
    if trigger.dep_ not in ("xcomp", "ccomp", "dobj") or host.lemma_ not in context.words.verbs.object_control:
        return None
    subject = next((child for child in host.children if child.dep_ == "nsubj"), None)
    if subject is None or counted_noun(subject, context.words).lemma_.lower() not in lexicon.nouns:
        return None
    return noun_phrase_span(subject, context)


def _causing_clause(site: _Site) -> Span | None:
    """The clause that a causing participle hangs on: "A visitor died, causing the closure of the tower"."""
    trigger, causing, context = site.trigger, site.trigger.head, site.context
    if trigger.dep_ not in ("dobj", "xcomp", "ccomp") or causing.tag_ != "VBG" or causing.dep_ != "advcl":
        return None
    if causing.lemma_ not in context.words.verbs.object_control or causing.i < 2 or causing.nbor(-1).text != ",":
        return None
    clause = [token for token in subtree_tokens(causing.head) if token.i < causing.i - 1 and not token.is_space]
    if not clause or site.target in clause:
        return None
    return trim(context.article.text, (clause[0].idx, clause[-1].idx + len(clause[-1])), _OUTER)
