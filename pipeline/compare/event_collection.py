"""The events of all articles of a run, gathered one article after the other and then compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.compare.contradictions import Polarity
from pipeline.compare.event_pairs import EventInArticle, events_of
from pipeline.compare.regrouping import regroup
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Result
from pipeline.store.grouping import GroupChanges, KeptGroups

_NOTHING = KeptGroups()


@dataclass(frozen=True, slots=True)
class ComparedEvents:
    """Which events of all articles are one, by their ids in articles."""

    clusters: list[list[str]]  #: as ``cluster_events`` gives them
    parts: Mapping[str, str]  #: by the first id of a cluster that of the one it is a part of
    edited: Mapping[str, str]  #: the event that people put one into
    polarity: Polarity  #: what the words of claims say of their events
    changes: GroupChanges  #: what is to be kept of the grouping for the next one


@dataclass(slots=True)
class EventCollection:
    """The events so far; ``edited_claims`` has by claim id the event that a person put a claim into."""

    edited_claims: Mapping[str, str]
    _events: list[EventInArticle] = field(default_factory=list)
    _edited: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Take the events of an article."""
        self._events += events_of(result)
        for claim in result.claims if self.edited_claims else ():
            if claim.event_id and claim.claim_id in self.edited_claims:
                self._edited.setdefault(claim.event_id, Counter())[self.edited_claims[claim.claim_id]] += 1

    def compare(self, stories: Mapping[str, str], kept: KeptGroups = _NOTHING) -> ComparedEvents:
        """Compare all; ``stories`` gives by ``doc_id`` the file whose story an article carries too.

        ``kept`` is what an earlier run decided by the same rules, from which this one goes on; the outcome is the same.
        Without any event no knowledge is loaded.
        """
        if not self._events:
            return ComparedEvents([], {}, {}, Polarity(), GroupChanges())
        words = load_event_words(models_folder()).groups
        edited = {event_id: _most_frequent(counts) for event_id, counts in self._edited.items()}
        grouped = regroup(self._events, words, stories, edited, kept)
        profiles = [event.profile for event in self._events]
        polarity = Polarity(
            {claim_id for profile in profiles for claim_id in profile.undoing},
            {claim_id for profile in profiles for claim_id in profile.taking_up},
            {claim_id: denial for profile in profiles for claim_id, denial in profile.denials.items()},
        )
        return ComparedEvents(grouped.clusters, grouped.parts, edited, polarity, grouped.changes)


def _most_frequent(counts: Counter[str]) -> str:
    return min(counts, key=lambda event_id: (-counts[event_id], event_id))
