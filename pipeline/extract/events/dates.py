"""When an event happens: a date attached to its trigger, its target or what governs it, never the date of a report.

Part of ``pipeline.extract.events``; knows no event type.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.syntax import conjuncts_of, front_of_clause, nearby_tokens
from pipeline.extract.syntax import SUBJECTS, content_clause_around, is_negated
from pipeline.records import DateMention, Span

#: Relations by which a date on the governing word is also the trigger's: "plans to close the mill in May".
_UPWARDS = frozenset({"xcomp", "dobj", "conj", "acomp", "oprd", "nsubj", "nsubjpass", "pobj", "prep", "pcomp"})
#: Governing words above the trigger whose date may be its own: "plans / closure", "plans / for / closure".
_MOST_GOVERNORS = 2
#: Relations of a date to the word it dates, without a preposition: "closed last week", "the May closure".
_DATING = ("npadvmod", "advmod", "nmod", "tmod", "compound", "dobj", "dep", "poss", "nummod")
#: Relations from a noun up to the verb through nouns and prepositions alone: "closed / ports / roads / on / Monday".
_IN_NOUN_PHRASE = frozenset({"dobj", "pobj", "conj", "prep", "appos", "nsubjpass"})
#: Relations of "starting" to the word that the parser hung it on.
_STARTING = frozenset({"acl", "advcl", "prep", "advmod"})
#: Words from a date's noun up to the verb at most: a bound for lists.
_LONGEST_CLIMB = 12
#: Clauses that "when" opens and that hang on their date: "in May, when the mill was closed".
_WHEN_CLAUSES = ("relcl", "advcl")
#: Verbs joined one after another that are looked at: "cut jobs, closed a mill and sold a mine" has two after the first.
_MOST_LISTED = 4


def find_date(trigger: Token, target: Token | None, context: EventContext) -> Span | None:
    """The date or time at which the event happens, None when the clause gives none.

    It hangs on the trigger, on its target, or after the trigger on the verb that plans or causes it; or the event's
    clause hangs on it ("in May, when the mill was closed"). A date right after the verb of saying is that of the
    report.
    """
    for host, only_after in _date_hosts(trigger, target):
        for child in host.children:
            date = _date_under(child, context)
            if date is not None and not _dates_something_else(child, host, trigger, only_after):
                return date
    front = next((date for word in front_of_clause(trigger) if (date := _date_under(word, context))), None)
    if front is not None:
        return front
    searches = (_date_before_report, _date_of_start, _date_of_object, _date_after_place, _date_of_list, _date_of_clause)
    return next((date for search in searches if (date := search(trigger, context)) is not None), None)


def _date_before_report(trigger: Token, context: EventContext) -> Span | None:
    """The date that the parser hung on the verb of saying after it: "will close its mill in Bonn, in May, it said"."""
    report = trigger.head
    if trigger.dep_ != "ccomp":
        return None
    own = (child for child in report.lefts if child.i > trigger.i and content_clause_around(child, report) is not None)
    return next((date for child in own if (date := _date_under(child, context)) is not None), None)


def _date_after_place(trigger: Token, context: EventContext) -> Span | None:
    """The date that the parser hung on the place: "in December" of "went silent on the radio in December"."""
    locative = context.words.places.prepositions
    preps = (child for child in trigger.rights if child.dep_ == "prep" and child.lower_ in locative)
    nouns = (noun for prep in preps for noun in prep.children if noun.dep_ == "pobj" and not context.is_time(noun))
    dates = (_date_under(child, context) for noun in nouns for child in noun.rights)
    return next((date for date in dates if date is not None), None)


def _date_of_list(trigger: Token, context: EventContext) -> Span | None:
    """The date of the last of several verbs with one subject: "cut jobs, closed a mill and sold a mine on Monday"."""
    last = _next_in_list(trigger)
    for _ in range(_MOST_LISTED):
        if last is None or any(child.dep_ in SUBJECTS for child in last.children):
            return None
        later = _next_in_list(last)
        if later is None:
            break
        last = later
    if last is None:
        return None
    return next((date for child in last.rights if (date := _date_under(child, context)) is not None), None)


def _next_in_list(verb: Token) -> Token | None:
    """The verb of the same form that is joined to it, None after "but"."""
    if any(child.dep_ == "cc" and child.lower_ == "but" for child in verb.rights):
        return None
    return next((child for child in verb.rights if child.dep_ == "conj" and child.tag_ == verb.tag_), None)


def _date_of_start(trigger: Token, context: EventContext) -> Span | None:
    """The date after "starting" that the parser hung on some noun: "will open shops in two towns, starting Friday"."""
    starts = (token for token in _tokens_after(trigger) if token.lower_ in context.words.dates.starts)
    under = (start for start in starts if _hangs_on(start, trigger, _IN_NOUN_PHRASE | _STARTING))
    return next((date for start in under if (date := _date_under(start, context))), None)


def _date_of_object(trigger: Token, context: EventContext) -> Span | None:
    """The day that the parser hung on a noun after the verb: "closed ports, bridges and roads on Monday"."""
    if trigger.pos_ != "VERB":
        return None
    for noun in _tokens_after(trigger):
        if noun.pos_ not in ("NOUN", "PROPN") or not _hangs_on(noun, trigger, _IN_NOUN_PHRASE):
            continue
        for child in noun.children:
            is_day = child.dep_ == "npadvmod" or (child.dep_ == "prep" and child.lower_ in context.words.dates.on_days)
            if is_day and child.i > noun.i and (date := _date_under(child, context)):
                return date
    return None


def _tokens_after(trigger: Token) -> list[Token]:
    return [token for token in nearby_tokens(trigger) if token.i > trigger.i]


def _hangs_on(token: Token, trigger: Token, relations: frozenset[str]) -> bool:
    """Whether only words in these relations stand between a token and the verb it hangs on."""
    above = token
    for _ in range(_LONGEST_CLIMB):
        if above.i == trigger.i:
            return True
        if above.dep_ not in relations:
            return False
        above = above.head
    return False


def _date_hosts(trigger: Token, target: Token | None) -> Iterator[tuple[Token, bool]]:
    """Words that a date may hang on, and whether only one after the trigger counts there."""
    yield trigger, False
    if target is not None:
        yield target, False
    above = trigger
    for _ in range(_MOST_GOVERNORS):
        if above.dep_ not in _UPWARDS or above.head.i == above.i:
            return
        above = above.head
        yield above, True
        if trigger.dep_ in ("nsubj", "nsubjpass") and above.i == trigger.head.i:
            # "The closure is not expected to happen until May".
            yield from ((child, False) for child in above.children if child.dep_ == "xcomp" and child.pos_ == "VERB")


def _dates_something_else(child: Token, host: Token, trigger: Token, only_after: bool) -> bool:
    """Whether a date's word under the host dates the report or the decision instead of the event."""
    if host.i == trigger.i and _is_of_report(child, trigger):
        return True
    if not only_after:
        return False
    if host.pos_ == "VERB":
        return _belongs_to_governor(child, host, trigger)
    return host.pos_ != "AUX" and child.i < trigger.i


def _is_of_report(child: Token, trigger: Token) -> bool:
    """Whether the date stands right after the verb of saying, though the parser hung it on the event.

    "Said on Monday it would close".
    """
    report = trigger.head
    return trigger.dep_ == "ccomp" and child.i < trigger.i and child.left_edge.i == report.i + 1


def _belongs_to_governor(child: Token, governor: Token, trigger: Token) -> bool:
    """Whether the date stands between the governing verb and the trigger, or right beside that verb."""
    return governor.i < child.i < trigger.i or abs(child.left_edge.i - governor.i) == 1


def _date_of_clause(trigger: Token, context: EventContext) -> Span | None:
    """The date that the event's clause hangs on: "In the same week of last year, when the mill was closed"."""
    clause = trigger
    while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ not in _WHEN_CLAUSES or not any(child.lower_ == "when" for child in clause.children):
        return None
    before = clause.doc[max(clause.left_edge.i - 2, 0)]  # before the comma, wherever the parser hung the clause
    return _date_span(clause.head, context) or (_date_span(before, context) if before.sent == clause.sent else None)


def _date_under(child: Token, context: EventContext) -> Span | None:
    """The date at a child of a dated word, after its preposition where it has one."""
    words = context.words.dates
    if child.lower_ in words.starts or (child.lower_ in words.as_soon and child.i not in context.dates):
        return next((date for below in child.children if (date := _date_under(below, context))), None)
    if child.dep_ in _DATING:
        return _date_span(child, context)
    if child.dep_ != "prep":
        return None
    if child.lower_ in words.durations and not _is_start(child, context):
        return _date_after_length(child, context)
    return next((_date_span(noun, context) for noun in child.children if noun.dep_ in ("pobj", "pcomp")), None)


def _date_after_length(prep: Token, context: EventContext) -> Span | None:
    """The day that the parser hung on a length of time instead of the verb: "shut for an hour on Monday"."""
    lengths = (
        noun
        for noun in prep.children
        if noun.dep_ == "pobj" and noun.i in context.dates and context.dates[noun.i].kind == "DURATION"
    )
    below = (child for noun in lengths for child in noun.children if child.dep_ in ("prep", "npadvmod"))
    dated = (child for child in below if child.lower_ != "of" and child.lower_ not in context.words.dates.durations)
    return next((date for child in dated if (date := _date_under(child, context))), None)


def _is_start(prep: Token, context: EventContext) -> bool:
    """Whether a preposition of duration tells when after all: "not until May", but not "until May"."""
    verb = prep.head
    put_off = is_negated(verb) or (verb.dep_ == "xcomp" and is_negated(verb.head))
    return prep.lower_ in context.words.dates.limits and put_off


def _date_span(token: Token, context: EventContext) -> Span | None:
    """The date at the token, with those coordinated with it: "July and August this year"."""
    date = context.dates.get(token.i)
    if date is not None and date.kind == "DURATION":
        return _dated_length(token, date, context)
    if date is None or date.kind not in ("DATE", "TIME") or _is_no_date(token, date):
        return None
    dates = [date, *(context.dates[conjunct.i] for conjunct in conjuncts_of(token) if conjunct.i in context.dates)]
    return min(part.start for part in dates), max(part.end for part in dates)


def _is_no_date(token: Token, date: DateMention) -> bool:
    """Whether a time expression gives no date: "now", "recently", "this week" after "for the second time".

    "In the near future" and "a few years ago" do give one.
    """
    is_distance = token.doc[token.right_edge.i].lower_ == "ago" or token.lower_ == "ago"
    if date.value.endswith("_REF") and token.dep_ != "pobj" and not is_distance:
        return True
    return token.doc[max(token.left_edge.i - 1, 0)].lower_ == "time"


def _dated_length(noun: Token, length: DateMention, context: EventContext) -> Span | None:
    """A length that tells when: "in the past few years", "in the four months from October to January"."""
    words = context.words.dates
    if noun.dep_ != "pobj" or noun.head.lower_ not in words.within:
        return None
    if not words.near_today.isdisjoint(child.lower_ for child in noun.children):
        return length.start, length.end
    later = (context.dates[below.i] for below in noun.subtree if below.i > noun.i and below.i in context.dates)
    ends = [date.end for date in later if date.kind == "DATE"]
    return (length.start, max(ends)) if ends else None
