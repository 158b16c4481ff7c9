"""Which claims of one event contradict each other: a table of named rules over pairs of what is denied and affirmed.

Words have a polarity: "will not close" denies the event, and so does "stays open"; "will not reopen" denies what would
undo it, and so affirms that it goes on. A source that says one thing and later another has changed its mind, and what
is said weeks later may be on what has changed meanwhile: neither is a contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pipeline.records import Claim, Denial
from pipeline.rule_table import Rule, always, constant, first_rule

#: Statuses that say that an event was, is or will be.
_AFFIRMED = frozenset({"occurred", "ongoing", "planned"})
#: Statuses by which an event is spoken of in the same breath as what is denied.
_AFFIRMED_OR_OPEN = _AFFIRMED | {"possible", "threatened"}
#: What is denied and a status that both hold: the mine will not close, they say in May; in June it closed.
_COMPATIBLE = frozenset({("plan", "occurred"), ("deed", "planned"), ("state", "planned")})
#: Days after which who wrote of a plan may write that it is off, without being contradicted. Set by hand.
_DAYS_OF_CHANGE = 7
#: Days between the articles within which "is open" and "has closed" speak of the same state of things. Set by hand.
_MOST_DAYS_OF_STATE = 3
#: Stances of quotes that state nothing as a fact: "He believes that the mine will not close."
_NO_STATEMENTS = frozenset({"asks", "demands", "warns", "believes", "criticises", "supports"})
#: Days between the articles within which they speak of the same state of things. Set by hand.
_MOST_DAYS = 60
#: What separates the names of those who report an event together.
_BETWEEN_REPORTERS = " | "


class Polarity(NamedTuple):
    """Which event claims say their event the other way round, or say nothing of their own."""

    undoing: Collection[str] = ()  #: ids of claims whose words undo the event: "reopen"
    taking_up: Collection[str] = ()  #: ids of claims that only take up what was told: "the closure"
    denials: Mapping[str, Denial] = MappingProxyType({})  #: what claims deny, by their ids


class _Pair(NamedTuple):
    """Two claims of one event, the first of which denies what the second affirms."""

    denial: Claim
    affirmed: Claim
    is_undoing: bool  #: whether what is denied and affirmed is that the event is undone: "will not reopen", "reopened"
    takes_up: bool  #: whether the second only takes up what was told: "the closure"
    denied: Denial  #: what the first denies
    is_disputed: bool  #: whether the article of the first quotes somebody else with what it denies


def find_contradictions(group: Sequence[Claim], polarity: Polarity) -> dict[str, set[str]]:
    """By the id of each claim of one event that is contradicted the ids of those that contradict it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in _pairs(group, polarity):
        if first_rule(_RULES, pair).outcome(pair):
            found[pair.denial.claim_id].add(pair.affirmed.claim_id)
            found[pair.affirmed.claim_id].add(pair.denial.claim_id)
    return found


def _pairs(group: Sequence[Claim], polarity: Polarity) -> Iterator[_Pair]:
    """What is denied with what is affirmed. Who denies that an event is undone affirms that it goes on."""
    affirming = {
        _place_of(claim)
        for claim in group
        if claim.event_status in _AFFIRMED_OR_OPEN and claim.sentence and claim.claim_id not in polarity.taking_up
    }
    # Who affirms and denies in one sentence denies something else: "will stop producing and not be put on sale", "may
    # be shut without being knocked down".
    denials = [claim for claim in group if claim.event_status == "denied" and _place_of(claim) not in affirming]
    stays = [claim for claim in denials if claim.claim_id in polarity.undoing]
    undone = [claim for claim in group if claim.event_status == "reversed"]
    affirmed = [claim for claim in group if claim.event_status in _AFFIRMED] if denials else []
    quoted = {(claim.doc_id, claim.reporter) for claim in affirmed if not _is_own_word(claim)}
    for denial in denials:
        is_disputed = any(doc_id == denial.doc_id and reporter != denial.reporter for doc_id, reporter in quoted)
        is_undoing = denial.claim_id in polarity.undoing
        for claim in undone if is_undoing else (*affirmed, *stays):
            denied: Denial = "" if is_undoing else polarity.denials.get(denial.claim_id, "")
            yield _Pair(denial, claim, is_undoing, claim.claim_id in polarity.taking_up, denied, is_disputed)


def _place_of(claim: Claim) -> tuple[str, str, str]:
    return claim.doc_id, claim.sentence, claim.reporter


def _have_one_source(pair: _Pair) -> bool:
    sources = [set(claim.reporter.split(_BETWEEN_REPORTERS)) - {""} for claim in (pair.denial, pair.affirmed)]
    return not sources[0].isdisjoint(sources[1])


def _is_no_statement(pair: _Pair) -> bool:
    return any(claim.stance in _NO_STATEMENTS and not _is_outlet(claim) for claim in (pair.denial, pair.affirmed))


def _is_outlet(claim: Claim) -> bool:
    """Whether the paper itself is the source: what "the Larner has learned" or "understands" it states."""
    return claim.stance == "believes" and plain_name(claim.reporter) == plain_name(claim.publisher)


def plain_name(name: str) -> str:
    """The name of a paper or agency as names are compared: in lower case, without "the"."""
    return name.lower().removeprefix("the ")


def _is_opposition(pair: _Pair) -> bool:
    return pair.denied == "opposition"


def _is_on_other_tense(pair: _Pair) -> bool:
    """Whether one tells what is to come, and the other what has come, or has not come so far."""
    return (pair.denied, pair.affirmed.event_status) in _COMPATIBLE


def _is_overtaken(pair: _Pair) -> bool:
    """Whether an article tells in its own words of a plan, and one some days later that it is off."""
    denial, affirmed = pair.denial, pair.affirmed
    if affirmed.event_status != "planned" or not (_is_own_word(denial) and _is_own_word(affirmed)):
        return False
    if denial.published is None or affirmed.published is None:
        return False
    return (denial.published - affirmed.published).days >= _DAYS_OF_CHANGE


def _is_own_word(claim: Claim) -> bool:
    """Whether the article says so itself: nobody is quoted with it."""
    return not claim.stance


def _is_taken_up(pair: _Pair) -> bool:
    """Whether the article only names the event, in its own words, while it tells what somebody says of it."""
    is_beside = pair.denial.doc_id == pair.affirmed.doc_id and pair.denial.sentence == pair.affirmed.sentence
    return _is_own_word(pair.affirmed) and (pair.takes_up or (is_beside and bool(pair.denial.sentence)))


def _is_on_other_days(pair: _Pair) -> bool:
    first, second = pair.denial, pair.affirmed
    if not (first.date_start and first.date_end and second.date_start and second.date_end):
        return False
    return first.date_end < second.date_start or second.date_end < first.date_start


def _is_later(pair: _Pair) -> bool:
    first, second = pair.denial.published, pair.affirmed.published
    if first is None or second is None:
        return first != second  # nobody knows how many weeks
    return abs((first - second).days) > _MOST_DAYS


def _is_other_state(pair: _Pair) -> bool:
    """Whether one tells how things stand and the other of days before or after, or of what led to it."""
    first, second = pair.denial, pair.affirmed
    if pair.denied != "state":
        return False
    if first.doc_id == second.doc_id:
        return pair.is_disputed and _is_own_word(second)
    if first.published is None or second.published is None:
        return True
    return abs((first.published - second.published).days) > _MOST_DAYS_OF_STATE


def _leaves_past_open(pair: _Pair) -> bool:
    """Whether the denial is known to be about days after publication, and the other tells what has happened."""
    denial = pair.denial
    is_ahead = bool(denial.date_start and denial.published and denial.date_start > denial.published)
    return is_ahead and pair.affirmed.event_status in ("occurred", "ongoing")


def _is_undone_later(pair: _Pair) -> bool:
    """Whether an undoing that is denied may have come about since: only what is dated alike contradicts."""
    first, second = pair.denial, pair.affirmed
    same_days = (first.date_start, first.date_end) == (second.date_start, second.date_end) and first.date_start
    return pair.is_undoing and not same_days and (first.published is None or first.published != second.published)


_RULES: tuple[Rule[_Pair, bool], ...] = (
    # Ada Brandt says that the mine will close, later that it won't.
    Rule("change of mind", _have_one_source, constant(value=False)),
    # "The union demands that it stay open."
    Rule("no statement", _is_no_statement, constant(value=False)),
    # "The mill must not close."
    Rule("opposition", _is_opposition, constant(value=False)),
    # "will not close", and later "closed"; "has not closed", "will close".
    Rule("other tense", _is_on_other_tense, constant(value=False)),
    # "plans to close the mill", a week later "has decided not to close the mill".
    Rule("overtaken", _is_overtaken, constant(value=False)),
    # "The council, which opposed the closure, says that the mine will not close."
    Rule("only named", _is_taken_up, constant(value=False)),
    # "will not close in May", "will close in September".
    Rule("other days", _is_on_other_days, constant(value=False)),
    # What holds in January need not hold in May.
    Rule("weeks between", _is_later, constant(value=False)),
    # "It is open", of what closed months ago.
    Rule("state of other days", _is_other_state, constant(value=False)),
    # "will not close next week", "closed on Monday".
    Rule("days to come", _leaves_past_open, constant(value=False)),
    # "did not reopen", and a week later "reopened".
    Rule("undone later", _is_undone_later, constant(value=False)),
    Rule("denied and affirmed", always, constant(value=True)),
)
