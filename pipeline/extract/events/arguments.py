"""Arguments of an event: where and why. All attach to the trigger by syntax, none to the
mere sentence.

Part of ``pipeline.extract.events``; knows no event type. Tokens go in, [start, end) spans of the article come out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.events.syntax import (
    OBJECT_CONTROL,
    EventContext,
    around,
    branch,
    connector_end,
    contained,
    coordinated,
    noun_phrase,
    split_phrases,
)
from pipeline.extract.syntax import char_span, trim
from pipeline.knowledge.events.types import CauseCues
from pipeline.records import Span, Spans

LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "across",
        "outside",
        "around",
        "on",
        "throughout",
        "inside",
        "within",
        "along",
        "between",
        "from",
    }
)
#: Nouns that stand for a place named elsewhere ("in the region"); general English.
PLACE_NOUNS = frozenset(
    {
        "country",
        "region",
        "state",
        "city",
        "town",
        "area",
        "province",
        "district",
        "county",
        "capital",
        "village",
        "island",
        "camp",
    }
    | {
        "nation",
        "continent",
        "north",
        "south",
        "east",
        "west",
        "neighbourhood",
        "neighborhood",
        "downtown",
        "territory",
    }
)
_UNITS = frozenset({"minute", "hour", "day", "week", "month", "year", "decade", "moment"})
_CUTTERS = frozenset({"including", "which", "who", "where", "while", "whose", "with"})


def places_of(trigger: Token, target: Token | None, scene: EventContext) -> Spans:
    """Every place of the target: locative phrases inside it, else on the trigger; "there"; a town before the noun."""
    for host in (each for each in (target, trigger) if each is not None):
        found = list(_locatives(host, scene, host is trigger))
        if found:
            return tuple(dict.fromkeys(found))
    for host in (each for each in (target, trigger) if each is not None):
        if any(
            child.lower_ == "there" and abs(child.i - host.i) == 1 and host.pos_ != "AUX" for child in _around(host)
        ):
            return _there(host, scene)
    if target is not None and target.tag_ in ("NN", "NNS") and any(child.dep_ == "poss" for child in target.children):
        before = [child for child in target.children if child.dep_ in ("compound", "nmod") and child.i in scene.places]
        return (scene.places[before[0].i],) if before else ()
    return ()


def _locatives(host: Token, scene: EventContext, is_trigger: bool) -> Iterator[Span]:
    preps = [
        child
        for each in (host, *coordinated(host))
        for child in each.children
        if child.dep_ == "prep" and (each is host or not is_trigger)
    ]
    preps += [
        deep
        for prep in preps
        for noun in prep.children
        if noun.dep_ == "pobj"
        for deep in noun.children
        if deep.dep_ == "prep"
    ]
    for prep in sorted(preps, key=lambda each: each.i):
        if prep.lower_ not in LOCATIVE or (prep.lower_ == "from" and not is_trigger):
            continue
        for noun in prep.children:
            if noun.dep_ == "pobj":
                yield from place_spans(noun, scene)


def place_spans(noun: Token, scene: EventContext) -> Iterator[Span]:
    """The places a noun and its conjuncts name: "Uganda and Angola" gives two, "Damascus, Syria" one."""
    members = [noun, *coordinated(noun)]
    if not any(child.dep_ == "cc" for each in members for child in each.children):
        members = [noun]
    for each in members:
        if each.i in scene.dates or each.ent_type_ in ("DATE", "TIME"):
            continue
        if each.i in scene.places:
            yield _named_place(each, scene)
        elif each.lemma_.lower() in PLACE_NOUNS:
            clauses = [child.left_edge.i for child in each.rights if child.dep_ in ("acl", "relcl", "advcl")]
            kept = [token for token in branch(each) if not clauses or token.i < min(clauses)]
            if (span := char_span(kept)) is not None:
                yield trim(scene.article.text, span, " ,;:–—-\t\r\n")


def _named_place(token: Token, scene: EventContext) -> Span:
    """A name with its modifiers and the larger places after a comma ("the Gaza Strip", "Damascus, Syria")."""
    start, end = scene.places[token.i]
    for child in token.lefts:
        if child.dep_ in ("det", "amod", "compound") and child.idx < start:
            start = child.left_edge.idx
    later = scene.doc.char_span(start, end, alignment_mode="expand")
    at = later.end if later is not None else token.i + 1
    while at + 1 < len(scene.doc) and scene.doc[at].text == "," and at + 1 in scene.places:
        chain = (token, *coordinated(token))
        if scene.doc[at + 1] in chain and any(child.dep_ == "cc" for each in chain for child in each.children):
            break
        end = scene.places[at + 1][1]
        while at < len(scene.doc) and scene.doc[at].idx < end:
            at += 1
    return start, end


def _around(host: Token) -> Iterator[Token]:
    """The host's children; for a noun also its verb's: "embassies there" is often parsed as "there would"."""
    yield from host.children
    if host.pos_ == "NOUN":
        yield from host.head.children


def _there(host: Token, scene: EventContext) -> Spans:
    """The places that "there" repeats: the last locative phrase before it in the sentence."""
    for token in reversed([token for token in around(host) if token.i < host.i]):
        if token.dep_ == "prep" and token.lower_ in LOCATIVE:
            nouns = [noun for noun in token.children if noun.dep_ == "pobj"]
            found = [span for noun in nouns for span in place_spans(noun, scene)]
            if found:
                return tuple(found)
    return ()


def cause_of(
    trigger: Token, target: Token | None, cues: CauseCues, scene: EventContext, words: frozenset[str]
) -> Span | None:
    """The stated reason: after a connector, a purpose, or a subject that causes but doesn't act.

    ``words`` are trigger lemmas: what merely came before ("after it was closed") is no reason.
    """
    hosts = list(_cause_hosts(trigger))
    sites = {host.i for host in hosts} | ({target.i} if target is not None else set())
    strong, weak = split_phrases(cues.connectors), split_phrases(cues.weak)
    near = around(trigger)
    for phrases in (strong, weak):
        for token in near:
            end = next((end for phrase in phrases if (end := connector_end(token, phrase))), 0)
            if end and phrases is weak and _is_measured(token, end):
                continue
            found = _reason(token, end, sites, trigger, scene, words if phrases is weak else None) if end else None
            if found is not None:
                return found
    return (
        _purpose(hosts, trigger, scene, words)
        or _forcing_subject(trigger, cues, scene)
        or _causing_clause(trigger, target, scene)
    )


def _is_measured(connector: Token, end: int) -> bool:
    """ "Hours after it opened", "over 40 percent": a measure and no reason."""
    doc = connector.doc
    before = doc[connector.i - 1] if connector.i > connector.sent.start else None
    return (before is not None and before.lemma_ in _UNITS) or (end < len(doc) and doc[end].like_num)


def _reason(
    token: Token, end: int, sites: set[int], trigger: Token, scene: EventContext, words: frozenset[str] | None
) -> Span | None:
    """The complement of the connector at ``token`` when it hangs on one of ``sites``; weak ones come with ``words``."""
    top = token
    while top.head.i != top.i and (
        top.dep_ in ("mark", "advmod", "pcomp", "amod", "fixed") or not any(each.i >= end for each in branch(top))
    ):
        if top.i >= end and top.head.i < token.i:
            break
        top = top.head
    site = top.head if words is not None else _clause_of(top.head, sites)
    body = [each for each in branch(top) if each.i >= end and not each.is_space]
    if site.i not in sites or top.i == trigger.i or top.is_ancestor(trigger) or not body:
        return None
    if words is not None and any(each.lemma_ in words for each in body):
        return None
    only_clause = token.lower_ in ("as", "since", "while") and end == token.i + 1
    timed = any(each.i in scene.dates or each.ent_type_ in ("DATE", "TIME") for each in body if each.head.i < end)
    if timed or (only_clause and top.pos_ not in ("VERB", "AUX")):
        return None
    span = char_span(_cut_tail(body))
    return trim(scene.article.text, span, " ,;:.–—-\t\r\n") if span else None


def _clause_of(token: Token, sites: set[int]) -> Token:
    """The token if it is a site, else the verb of its clause: a strong connector may hang on any noun of it."""
    while token.i not in sites and token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    # "Will close, cutting 90 jobs, because of weak demand": the reason is that of the whole.
    return token.head if token.dep_ == "advcl" and token.tag_ == "VBG" and token.head.i in sites else token


def _cut_tail(body: list[Token]) -> list[Token]:
    """The words before a comma that opens a non-restrictive tail."""
    for index, token in enumerate(body[:-1]):
        after = body[index + 1]
        dated = after.dep_ == "prep" and any(child.ent_type_ in ("DATE", "TIME") for child in after.children)
        if index and token.text == "," and (after.lower_ in _CUTTERS or dated):
            return body[:index]
    return body


def _cause_hosts(trigger: Token) -> Iterator[Token]:
    """The trigger and the verbs that share its reason: conjuncts and what governs it."""
    yield trigger
    yield from (each for each in coordinated(trigger) if each.pos_ == trigger.pos_)
    if trigger.dep_ in ("acomp", "oprd"):
        yield from coordinated(trigger.head)
    at = trigger
    for _ in range(3):
        if (
            at.dep_ not in ("conj", "dobj", "xcomp", "acomp", "oprd", "ccomp", "advcl", "pcomp", "prep")
            or at.head.i == at.i
        ):
            return
        if at.dep_ == "ccomp" and at.tag_ not in ("VBN", "VB"):
            return
        at = at.head
        if at.pos_ in ("VERB", "AUX", "NOUN"):
            yield at


def _causing_clause(trigger: Token, target: Token | None, scene: EventContext) -> Span | None:
    """ "A visitor died, causing the closure of the tower": the clause that the participle hangs on."""
    causing = trigger.head
    if trigger.dep_ not in ("dobj", "xcomp", "ccomp") or causing.tag_ != "VBG" or causing.dep_ != "advcl":
        return None
    if causing.lemma_ not in OBJECT_CONTROL or causing.i < 2 or causing.nbor(-1).text != ",":
        return None
    clause = [token for token in branch(causing.head) if token.i < causing.i - 1 and not token.is_space]
    if not clause or (target is not None and target in clause):
        return None
    return trim(scene.article.text, (clause[0].idx, clause[-1].idx + len(clause[-1])), " ,;:.–—-\t\r\n")


def _purpose(hosts: Sequence[Token], trigger: Token, scene: EventContext, words: frozenset[str]) -> Span | None:
    for host in hosts:
        for child in host.children:
            before = host.i != trigger.i and child.i < trigger.i and not child.left_edge.is_sent_start
            if child.lemma_ in words or before:
                continue  # the purpose of another verb, or another event
            to = child.left_edge.lower_ == "to" and child.tag_ == "VB" and child.dep_ in ("advcl", "relcl", "acl")
            nominal = child.dep_ != "advcl" and host.i == trigger.i and host.pos_ == "NOUN"
            if to and (child.dep_ == "advcl" or nominal) and child.i != trigger.i and not child.is_ancestor(trigger):
                span = char_span(_cut_tail([each for each in branch(child) if not each.is_space]))
                return trim(scene.article.text, span, " ,;:.–—-\t\r\n") if span else None
    return None


def _forcing_subject(trigger: Token, cues: CauseCues, scene: EventContext) -> Span | None:
    """ "Smoke prompted the airport to close": the subject of a governor, where it is something that can't act."""
    host = trigger.head
    if trigger.dep_ not in ("xcomp", "ccomp", "dobj") or host.lemma_ not in OBJECT_CONTROL:
        return None
    subject = next((child for child in host.children if child.dep_ == "nsubj"), None)
    if subject is None or contained(subject).lemma_.lower() not in cues.nouns:
        return None
    return noun_phrase(subject, scene)
