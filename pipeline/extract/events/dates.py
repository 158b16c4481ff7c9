"""When an event happens: a date attached to its trigger, its target or what governs it, never the date of a report.

Part of ``pipeline.extract.events``; knows no event type.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.events.syntax import EventContext, coordinated
from pipeline.extract.syntax import is_negated
from pipeline.records import DateMention, Span

#: Relations by which a date on the governing word is also the trigger's.
_UPWARDS = frozenset({"xcomp", "dobj", "conj", "acomp", "oprd", "nsubj", "nsubjpass", "pobj", "prep", "pcomp"})
#: "In the past few years" is when, "for two years" is how long.
_WITHIN, _NEAR = frozenset({"in", "over", "during", "within"}), frozenset({"past", "last", "next", "coming"})
_NO_START = frozenset({"for", "until", "till", "despite"})


def date_of(trigger: Token, target: Token | None, scene: EventContext) -> Span | None:
    """When it happens: a date hung on the trigger, on its target, or after it on the verb that plans or causes it."""
    for host, only_after in _hosts(trigger, target):
        for child in host.children:
            found = _date_under(child, scene)
            if found is None or (host.i == trigger.i and _is_of_report(child, trigger)):
                continue
            if only_after and child.i < trigger.i and host.pos_ not in ("VERB", "AUX"):
                continue
            if only_after and host.pos_ == "VERB" and _belongs_above(child, host, trigger):
                continue
            return found
    return _dated_by_clause(trigger, scene)


def _hosts(trigger: Token, target: Token | None) -> Iterator[tuple[Token, bool]]:
    """Words that a date may hang on, and whether only one after the trigger counts there."""
    yield trigger, False
    if target is not None:
        yield target, False
    above = trigger
    for _ in range(2):
        if above.dep_ not in _UPWARDS or above.head.i == above.i:
            return
        above = above.head
        yield above, True
        if trigger.dep_ in ("nsubj", "nsubjpass") and above.i == trigger.head.i:
            # "The closure is not expected to happen until May".
            yield from ((child, False) for child in above.children if child.dep_ == "xcomp" and child.pos_ == "VERB")


def _dated_by_clause(trigger: Token, scene: EventContext) -> Span | None:
    """ "In the same month last year, when the mill was closed": the clause hangs on its date."""
    clause = trigger
    while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in ("relcl", "advcl") or not any(child.lower_ == "when" for child in clause.children):
        return None
    before = clause.doc[max(clause.left_edge.i - 2, 0)]  # before the comma, wherever the parser hung the clause
    return _date_span(clause.head, scene) or (_date_span(before, scene) if before.sent == clause.sent else None)


def _belongs_above(child: Token, host: Token, trigger: Token) -> bool:
    """A date between the governing verb and the trigger, or beside that verb, dates the report or the decision."""
    return host.i < child.i < trigger.i or abs(child.left_edge.i - host.i) == 1


def _is_of_report(child: Token, trigger: Token) -> bool:
    """ "Said on Monday it would close": right after the verb of saying, though the parser hung it on the other."""
    report = trigger.head
    return trigger.dep_ == "ccomp" and child.i < trigger.i and child.left_edge.i == report.i + 1


def _date_under(child: Token, scene: EventContext) -> Span | None:
    if child.dep_ in ("npadvmod", "advmod", "nmod", "tmod", "compound", "dobj", "dep", "poss"):
        return _date_span(child, scene)
    if child.lower_ in ("beginning", "starting", "effective"):
        return next((found for deeper in child.children if (found := _date_under(deeper, scene))), None)
    if child.dep_ != "prep":
        return None
    # "Not until May" tells when; "until May" tells how long.
    if child.lower_ in _NO_START and not (child.lower_ in ("until", "till") and _is_put_off(child.head)):
        return None
    return next((_date_span(noun, scene) for noun in child.children if noun.dep_ in ("pobj", "pcomp")), None)


def _is_put_off(verb: Token) -> bool:
    return is_negated(verb) or (verb.dep_ == "xcomp" and is_negated(verb.head))


def _date_span(token: Token, scene: EventContext) -> Span | None:
    """The date at the token, with those coordinated with it ("July and August this year")."""
    date = scene.dates.get(token.i)
    if date is not None and date.kind == "DURATION":
        return _stretch(token, date, scene)
    if date is None or date.kind not in ("DATE", "TIME"):
        return None
    # "Now" and "recently" are no dates, "in the near future" is.
    if date.value.endswith("_REF") and token.dep_ != "pobj":
        return None
    before = token.doc[max(token.left_edge.i - 1, 0)]
    if before.lower_ == "time":
        return None  # "for the second time this week"
    others = [scene.dates[each.i] for each in coordinated(token) if each.i in scene.dates]
    return min(each.start for each in (date, *others)), max(each.end for each in (date, *others))


def _stretch(noun: Token, length: DateMention, scene: EventContext) -> Span | None:
    """A length that tells when: "in the past few years", "in the three months from October to December"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _WITHIN:
        return None
    if not _NEAR.isdisjoint(child.lower_ for child in noun.children):
        return length.start, length.end
    inner = [scene.dates[each.i] for each in noun.subtree if each.i > noun.i and each.i in scene.dates]
    dated = [each for each in inner if each.kind == "DATE"]
    return (length.start, max(each.end for each in dated)) if dated else None
