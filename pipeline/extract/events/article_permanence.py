"""Whether an event lasts, by what the rest of the article says: of the same closing, of jobs that go, of an epidemic.

Part of ``pipeline.extract.events``; the words come from the event type's file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.syntax import PLURAL_TAGS, counted_noun
from pipeline.knowledge.events.types import PermanenceCues
from pipeline.records import Event, Permanence
from pipeline.rule_table import Rule, always, constant, first_rule

#: How often an article must say a word of ``permanent_background`` before it is about what these name: one loss of jobs
#: is soon mentioned, as in "a bridge that many need to get to their job".
_PERMANENT_SAID = 3
#: The same for ``temporary_background``: an article about an epidemic says so more than once.
_TEMPORARY_SAID = 2
#: Statuses of events that take place or are to: how long the others last remains open.
_REAL = ("occurred", "ongoing", "planned")


class PermanenceDecision(NamedTuple):
    """Whether an event lasts, and the name of the rule that decided it."""

    permanence: Permanence
    rule: str


@dataclass(frozen=True, slots=True)
class _Case:
    """One event among those of its type in an article.

    ``same`` are the other events that happen to what bears the same noun, none for "a shutdown", which is any;
    ``all_events`` are those of the whole article;
    ``is_unspecific`` tells of an event that happens to some of a kind ("pubs"), which may be others than those before;
    ``is_about_lasting`` and ``is_about_passing`` tell what the article is about, by the type's words.
    """

    event: Event
    same: Sequence[Event]
    all_events: Sequence[Event]
    is_unspecific: bool
    is_about_lasting: bool
    is_about_passing: bool

    def has_same(self, permanence: Permanence) -> bool:
        """Whether words about another event of the same thing settle it so."""
        return any(event.permanence == permanence for event in self.same)

    def has_any(self, permanence: Permanence) -> bool:
        """Whether words about any event of the article settle it so."""
        return any(event.permanence == permanence for event in self.all_events)


def _is_told_for_good(case: _Case) -> bool:
    is_same_for_good = case.has_same("permanent") and not case.has_same("temporary")
    return case.event.status != "reversed" and is_same_for_good and not case.is_unspecific


def _is_told_for_a_time(case: _Case) -> bool:
    if case.event.status not in _REAL:
        return False
    in_status = [event for event in case.same if event.status == case.event.status]
    return any(event.permanence == "temporary" for event in in_status) and not case.has_any("permanent")


def _is_among_passing(case: _Case) -> bool:
    """Whether an epidemic is under way in which something closed for a time, and this goes on or is undone."""
    return case.is_about_passing and case.event.status in ("ongoing", "reversed") and case.has_any("temporary")


#: Whether an event lasts that its own sentence leaves open; ``models/README.md`` lists the rules.
PERMANENCE_RULES: tuple[Rule[_Case, Permanence], ...] = (
    Rule("said of it", lambda case: case.event.permanence != "unspecified", lambda case: case.event.permanence),
    # "The council refused to close the pool": nothing is to last.
    Rule("denied", lambda case: case.event.status == "denied", constant("unspecified")),
    # "The mill will close for good. ... The closure hurts the town."
    Rule("told elsewhere as permanent", _is_told_for_good, constant("permanent")),
    # "The pass was shut. ... Crews shut the pass until noon."
    Rule("told elsewhere as temporary", _is_told_for_a_time, constant("temporary")),
    # An article about layoffs: the plants that close there are not to open again.
    Rule(
        "article about what lasts",
        lambda case: case.is_about_lasting and not case.is_about_passing and case.event.status != "reversed",
        constant("permanent"),
    ),
    # An article about an epidemic that says of one closing or another that it is for a time: what reopens there.
    Rule("article about what passes", _is_among_passing, constant("temporary")),
    Rule("nothing said", always, constant("unspecified")),
)


def decide_permanence(
    events: Sequence[Event], cues: PermanenceCues, context: EventContext
) -> tuple[PermanenceDecision, ...]:
    """For each event of one type whether it lasts, by the whole article, with the rule that decided.

    ``events`` are all of the type in the article, each with the permanence that its own sentence tells.
    """
    if all(event.permanence != "unspecified" for event in events):
        return tuple(PermanenceDecision(event.permanence, "said of it") for event in events)
    nouns = [_noun_of(event, context) for event in events]
    said = _background_counts(context.lemmas, cues)
    decisions: list[PermanenceDecision] = []
    for index, event in enumerate(events):
        is_known = bool(nouns[index]) and not _is_indefinite(event, context)
        same = [
            events[other] for other, noun in enumerate(nouns) if is_known and other != index and noun == nouns[index]
        ]
        case = _Case(
            event,
            same,
            events,
            _is_unspecific(event, context),
            said.permanent >= _PERMANENT_SAID,
            said.temporary >= _TEMPORARY_SAID,
        )
        rule = first_rule(PERMANENCE_RULES, case)
        decisions.append(PermanenceDecision(rule.outcome(case), rule.name))
    return tuple(decisions)


def settle_permanence(events: Sequence[Event], cues: PermanenceCues, context: EventContext) -> tuple[Event, ...]:
    """The events of one type in an article with their permanence as ``decide_permanence`` says.

    Where the article and not the event's own sentence tells, the reason names the rule.
    """
    decisions = decide_permanence(events, cues, context)
    return tuple(
        event
        if event.permanence == decision.permanence
        else replace(
            event, permanence=decision.permanence, reason=f"{event.reason}; {decision.permanence}: {decision.rule}"
        )
        for event, decision in zip(events, decisions, strict=True)
    )


class _BackgroundCounts(NamedTuple):
    """How often an article says words of the lists ``permanent_background`` and ``temporary_background``."""

    permanent: int
    temporary: int


def _background_counts(lemmas: Iterable[str], cues: PermanenceCues) -> _BackgroundCounts:
    counts = Counter(lemmas)
    return _BackgroundCounts(
        sum(counts[word] for word in cues.permanent_background),
        sum(counts[word] for word in cues.temporary_background),
    )


def _noun_of(event: Event, context: EventContext) -> str:
    """The lemma of the noun that the event happens to: "mill" for "two of its mills"; empty when nothing is said."""
    span = event.antecedent or event.target
    tokens = context.doc.char_span(*span, alignment_mode="expand") if span is not None else None
    return counted_noun(tokens.root, context.words).lemma_.lower() if tokens is not None else ""


def _is_unspecific(event: Event, context: EventContext) -> bool:
    """Whether it happens to a plural without a definite word, "pubs" or "two more plants": maybe to new ones."""
    span = event.antecedent or event.target
    tokens = context.doc.char_span(*span, alignment_mode="expand") if span is not None else None
    if tokens is None or tokens.root.tag_ not in PLURAL_TAGS:
        return False
    definite = context.words.reference.definite
    return not any(child.dep_ == "poss" or child.lower_ in definite for child in tokens.root.children)


def _is_indefinite(event: Event, context: EventContext) -> bool:
    """Whether the trigger is a noun with an article that is not definite, "a shutdown": none spoken of before."""
    tokens = context.doc.char_span(*event.trigger, alignment_mode="expand")
    definite = context.words.reference.definite
    return tokens is not None and any(
        child.dep_ == "det" and child.lower_ not in definite for child in tokens.root.children
    )
