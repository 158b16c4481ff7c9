"""Link what was found: speakers to people, places to countries, events to their reporters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain

from spacy.tokens import Doc

from pipeline.knowledge import Knowledge
from pipeline.knowledge.events.words import GroupWords
from pipeline.link.event_activities import name_activities
from pipeline.link.event_antecedents import name_actors, name_speaking_firms, name_targets
from pipeline.link.event_groups import group_events
from pipeline.link.event_occasions import with_occasions
from pipeline.link.event_status import take_up_statuses
from pipeline.link.event_subjects import describe_subjects
from pipeline.link.event_upholding import founded
from pipeline.link.interviews import name_answers
from pipeline.link.mention_index import build_mention_index
from pipeline.link.names import name_entities
from pipeline.link.places import resolve_places
from pipeline.link.reporters import apply_denials, find_reporters
from pipeline.link.speakers import SpeakerResolver
from pipeline.link.turns import inherit_speakers
from pipeline.records import Article, Findings, Linked, Speaker


def link_all(findings: Findings, article: Article, doc: Doc, knowledge: Knowledge) -> Linked:
    """The findings of one article with names, places, speakers, actors and reporters resolved, and events grouped.

    ``doc`` is the parse of ``article.text``. Names come first: places and speakers depend on them. Events inside
    a denial get the status "denied"; those that only take up another mention of the same event get the target,
    the actor and the status of that one; all else is kept as it was found.
    """
    named = name_entities(findings.mentions, doc, article, knowledge.people)
    mentions = tuple(resolve_places(named, article, knowledge.places))
    index = build_mention_index(doc, article, mentions)
    resolver = SpeakerResolver(index, knowledge.people, findings.quotes)
    source_speakers = [resolver.resolve(quote.source) for quote in findings.quotes]
    actors: list[Speaker | None] = []
    for event in findings.events:
        resolved = resolver.resolve((event.actor,)) if event.actor else ()
        actors.append(resolved[0] if resolved else None)
    reporters = find_reporters(findings.events, findings.quotes, article.text, doc)
    speakers = inherit_speakers(
        findings.quotes, source_speakers, findings.sentences, resolver.subject_of, index.tokens_in
    )
    speakers = name_answers(findings.quotes, speakers, index, resolver.speaker_interviewed)
    judgements = knowledge.event_words.status.answering
    events = apply_denials(findings.events, findings.quotes, article.text, judgements)
    events = name_speaking_firms(events, reporters, speakers, article.text, knowledge.event_words)
    events = name_activities(events, actors, index, knowledge.event_words)
    subjects = describe_subjects(events, actors, index, knowledge.event_words)
    subjects = with_occasions(events, subjects, findings.dates, index, knowledge.event_words.groups)
    groups = group_events(events, subjects, knowledge.event_words.groups)
    voices = [
        tuple(speaker.name or speaker.text for speaker in speakers[index]) if index is not None else ()
        for index in reporters
    ]
    kept = founded(events, subjects, groups, voices, knowledge.event_words.groups)
    if len(kept) < len(events):
        events, subjects = tuple(events[index] for index in kept), tuple(subjects[index] for index in kept)
        actors, reporters = [actors[index] for index in kept], tuple(reporters[index] for index in kept)
        groups = group_events(events, subjects, knowledge.event_words.groups)
    return Linked(
        mentions=mentions,
        dates=findings.dates,
        quotes=findings.quotes,
        speakers=speakers,
        events=take_up_statuses(name_targets(events, subjects, groups, article.text), subjects, groups),
        reporters=reporters,
        actors=name_actors(events, actors, subjects, groups),
        subjects=subjects,
        groups=groups,
        sentences=findings.sentences,
    )


def join_linked(parts: Sequence[Linked], words: GroupWords) -> Linked:
    """What the parts of one article gave, as one; their spans are all in the text of the whole article.

    Events are grouped anew, so that those of different parts can be one.
    """
    if len(parts) == 1:
        return parts[0]
    quotes_before = accumulate((len(part.quotes) for part in parts), initial=0)
    reporters = (
        None if reporter is None else shift + reporter
        for shift, part in zip(quotes_before, parts, strict=False)
        for reporter in part.reporters
    )
    events = tuple(chain.from_iterable(part.events for part in parts))
    subjects = tuple(chain.from_iterable(part.subjects for part in parts))
    return Linked(
        mentions=tuple(chain.from_iterable(part.mentions for part in parts)),
        dates=tuple(chain.from_iterable(part.dates for part in parts)),
        quotes=tuple(chain.from_iterable(part.quotes for part in parts)),
        speakers=tuple(chain.from_iterable(part.speakers for part in parts)),
        events=events,
        reporters=tuple(reporters),
        actors=tuple(chain.from_iterable(part.actors for part in parts)),
        subjects=subjects,
        groups=group_events(events, subjects, words),
        sentences=tuple(chain.from_iterable(part.sentences for part in parts)),
    )
