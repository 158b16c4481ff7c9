"""Where an activity stops that is told of without its site: the mill in "The mill halted production"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipeline.extract.syntax import subject_of
from pipeline.knowledge.events.words import EventWords
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import head_of_tokens, noun_phrase
from pipeline.records import Event, Span, Speaker

#: Parts of speech of what an event may happen to.
_NOUNS = frozenset({"NOUN", "PROPN"})
#: Words of a phrase that are looked at; a table may be one phrase of thousands.
_MOST_WORDS = 40
#: Types of an actor that stops what others do.
_ORDERING_TYPES = frozenset({"person", "government", "country", "group"})


def name_activities(
    events: Sequence[Event], actors: Sequence[Speaker | None], index: MentionIndex, words: EventWords
) -> tuple[Event, ...]:
    """The events, those in which an activity alone stops with whoever stops it as antecedent of the activity.

    That is the mill in "The mill halted production", and not the firm in "The firm halted production", which may have
    several mills, unless it is "its operations". ``actors`` are parallel to ``events``; a person or a government stops
    the activity of others.
    """
    return tuple(
        _with_site_of_activity(event, actor, index, words) for event, actor in zip(events, actors, strict=True)
    )


def _with_site_of_activity(event: Event, actor: Speaker | None, index: MentionIndex, words: EventWords) -> Event:
    if event.target is None or event.antecedent is not None or (actor and actor.type in _ORDERING_TYPES):
        return event
    target = index.tokens_in(event.target)[:_MOST_WORDS]
    activity = head_of_tokens(target)
    if activity is None or activity.lemma_.lower() not in words.groups.activities:
        return event
    if any(token.pos_ in _NOUNS and token.i != activity.i for token in target) or _is_placed(activity, words):
        return event
    span = _site_of(activity, actor, index, words)
    return replace(event, antecedent=span) if span is not None else event


def _site_of(activity: Token, actor: Speaker | None, index: MentionIndex, words: EventWords) -> Span | None:
    """Where the site stands that stops an activity: whoever stops it, or whose "its own" it is; None for none."""
    is_own = any(child.dep_ == "poss" for child in activity.children)
    if actor is not None:
        site = head_of_tokens(index.tokens_in(actor.span)[:_MOST_WORDS])
    else:
        site = subject_of(activity.head) if is_own else None
    if site is None or not (site.pos_ == "NOUN" or (is_own and site.pos_ == "PROPN")):
        return None
    if site.lemma_.lower() in words.targets.firms:
        return None
    return actor.span if actor is not None else noun_phrase(site, index.article.text)


def _is_placed(activity: Token, words: EventWords) -> bool:
    """Whether the verb above tells where the activity goes on: "halted production at the mill"."""
    return any(
        prep.lower_ in words.targets.activity_places and not any(child.ent_type_ == "DATE" for child in prep.children)
        for prep in activity.head.children
    )
