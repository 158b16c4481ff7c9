"""Across articles: which carry the same story, which claims are of one event, which agree or contradict each other."""

from pipeline.compare.agreement import Agreement, contradicted_ids, find_agreement, group_by_event, sources_of
from pipeline.compare.claim_index import ClaimIndex
from pipeline.compare.contradictions import Polarity
from pipeline.compare.copies import Copy, StoryIndex, find_copies, make_sketch
from pipeline.compare.event_collection import ComparedEvents, EventCollection
from pipeline.compare.event_pairs import EventInArticle, Match, events_of, match_events
from pipeline.compare.event_parts import find_parts, match_part
from pipeline.compare.regrouping import Regrouped, cluster_events, regroup
from pipeline.compare.statements import group_statements

__all__ = [
    "Agreement",
    "ClaimIndex",
    "ComparedEvents",
    "Copy",
    "EventCollection",
    "EventInArticle",
    "Match",
    "Polarity",
    "Regrouped",
    "StoryIndex",
    "cluster_events",
    "contradicted_ids",
    "events_of",
    "find_agreement",
    "find_copies",
    "find_parts",
    "group_by_event",
    "group_statements",
    "make_sketch",
    "match_events",
    "match_part",
    "regroup",
    "sources_of",
]
