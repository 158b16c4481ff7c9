"""When each event mention says that its event takes place: what tells one closing of a shop from the next.

Only what its own words date counts. The day of "closed on Monday" is that on which it began, the one of "will close on
Monday" is to come, and by that of "reopened on Monday" it is over. Of a state ("was still shut on Monday") no day says
when it began, but that after "since".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from pipeline.knowledge.events.words import GroupWords
from pipeline.link.mention_index import MentionIndex
from pipeline.records import DateMention, Days, Event, EventSubject, Occasion
from pipeline.text.spans import SpanIndex

_NEVER = Occasion()
#: Tags of a verb in the past, and of the participle after "has" or "was".
_PAST, _PARTICIPLE = "VBD", "VBN"
#: Tags of "will" and of "to".
_NOT_YET = frozenset({"MD", "TO"})
#: Relations of what an event follows to its verb: "after a fire", "after the roof fell".
_FOLLOWING = frozenset({"prep", "advcl"})
#: Relations of the verb of a main clause or of what somebody says.
_MAIN = frozenset({"ROOT", "ccomp", "conj"})
#: Characters from the beginning of an article within which "has closed" is its news, and the days that this reaches
#: back. Set by hand.
_LEAD, _NEWS_DAYS = 1_000, 60
#: Kinds of time expressions that denote days.
_DATED_KINDS = ("DATE", "TIME")


def with_occasions(
    events: Sequence[Event],
    subjects: Sequence[EventSubject],
    dates: Sequence[DateMention],
    index: MentionIndex,
    words: GroupWords,
) -> tuple[EventSubject, ...]:
    """The subjects, parallel to ``events``, each with when its event takes place; ``index`` has the parse."""
    days_in = SpanIndex(dates, lambda mention: [(mention.start, mention.end)])
    described = []
    for event, subject in zip(events, subjects, strict=True):
        occasion = _occasion_of(event, subject, days_in, index, words)
        described.append(subject if occasion == _NEVER else replace(subject, occasion=occasion))
    return tuple(described)


def _occasion_of(
    event: Event, subject: EventSubject, dates: SpanIndex[DateMention], index: MentionIndex, words: GroupWords
) -> Occasion:
    trigger = next(iter(index.tokens_in(event.trigger)), None)
    if trigger is None:
        return _NEVER
    published = index.article.published
    mentions = dates.overlapping(*event.date) if event.date else []
    days = _days_of(mentions)
    if event.undoes:
        is_done = event.status == "reversed" and _is_done(trigger, words)
        return Occasion(undone_by=_day_of_undoing(days, published)) if is_done else _NEVER
    occasion = Occasion(is_repeated=event.status != "denied" and not words.repeating.isdisjoint(subject.modifiers))
    if not event.date and event.status == "occurred":
        days = _days_before(trigger, dates, words) or _days_of_news(trigger, published)
    is_since = bool(mentions) and _is_since(mentions[0], index, words)
    if days is None or not (is_since or _tells_beginning(trigger, words)):
        return occasion
    if event.status == "planned":
        return _planned(occasion, days, published)
    has_begun = event.status == "occurred" or (event.status == "ongoing" and is_since)
    is_past = published is None or days[0] <= published
    return replace(occasion, begun=(days,)) if has_begun and is_past else occasion


def _planned(occasion: Occasion, days: Days, published: date | None) -> Occasion:
    """The occasion, planned for these days; the day of publication is rather that of the plan."""
    if published is None:
        return replace(occasion, planned=(days,))
    if days[1] <= published:
        return occasion
    return replace(occasion, planned=((max(days[0], published), days[1]),), planned_on=published)


def _days_of(mentions: Sequence[DateMention]) -> Days | None:
    """The days that a date denotes; None where there are several dates, or none of known days."""
    known = [
        (mention.date_start, mention.date_end)
        for mention in mentions
        if mention.kind in _DATED_KINDS and mention.date_start and mention.date_end
    ]
    return known[0] if len(known) == 1 else None


def _days_before(trigger: Token, dates: SpanIndex[DateMention], words: GroupWords) -> Days | None:
    """The days of what the event soon follows: "closed after the army had attacked on 3 April".

    What comes after a comma may hang on the clause before it: "closed the strait, which tankers use, after a raid".
    """
    for word in trigger.subtree:
        if word.lower_ not in words.following:
            continue
        phrase = word.head if word.dep_ == "mark" else word
        is_own = phrase.head.i == trigger.i or (word.i > trigger.i and word.nbor(-1).lower_ == ",")
        if phrase.dep_ in _FOLLOWING and is_own:
            last = phrase.right_edge
            return _days_of(dates.overlapping(phrase.left_edge.idx, last.idx + len(last)))
    return None


def _days_of_news(trigger: Token, published: date | None) -> Days | None:
    """The weeks before publication for what has just happened: "The navy has closed the strait", near the beginning.

    Further down and in clauses on others the same tense gives what has happened any time before.
    """
    is_perfect = trigger.tag_ == _PARTICIPLE and any(
        child.lemma_ == "have" and child.tag_ in ("VBZ", "VBP") for child in trigger.lefts
    )
    if published is None or not is_perfect or trigger.dep_ not in _MAIN or trigger.idx > _LEAD:
        return None
    return published - timedelta(_NEWS_DAYS), published


def _is_done(trigger: Token, words: GroupWords) -> bool:
    """Whether the verb tells what has happened, to all of it: "has reopened", not "will reopen", "partly reopened".

    What has reopened "for walkers" is still closed to others.
    """
    if any(child.lower_ in words.partly for child in trigger.children):
        return False
    auxiliaries = [child.tag_ for child in trigger.lefts if child.dep_ in ("aux", "auxpass")]
    is_participle = trigger.tag_ == _PARTICIPLE and bool(auxiliaries) and _NOT_YET.isdisjoint(auxiliaries)
    return trigger.tag_ == _PAST or is_participle


def _day_of_undoing(days: Days | None, published: date | None) -> date | None:
    """The day by which it was undone: the last that its date denotes, at most that of publication."""
    known = [day for day in (days and days[1], published) if day]
    return min(known, default=None)


def _tells_beginning(trigger: Token, words: GroupWords) -> bool:
    """Whether the word is a verb for what comes about, and not for a state: "closed", not "stayed closed"."""
    return trigger.pos_ in ("VERB", "AUX") and trigger.head.lemma_ not in words.staying


def _is_since(mention: DateMention, index: MentionIndex, words: GroupWords) -> bool:
    before = index.article.text[: mention.start].rsplit(maxsplit=1)[-1:]
    return bool(before) and before[0].lower() in words.since
