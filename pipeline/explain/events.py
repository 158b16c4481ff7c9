"""Show why claims are of one event: how each article tells of it, and which rule ties any two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from pipeline.compare import (
    EventInArticle,
    Match,
    events_of,
    find_copies,
    find_parts,
    make_sketch,
    match_events,
    match_part,
)
from pipeline.errors import ExtractError
from pipeline.knowledge.events.words import GroupWords, load_event_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Claim, Result
from pipeline.store import open_store
from pipeline.text.normalize import collapse_whitespace

#: Characters of a sentence that are shown.
_SENTENCE_SHOWN = 110
#: What people did with it, whatever rules say.
_EDITS = {"rename": "named", "merge": "merged with another event", "split": "parted", "undo": "an edit undone"}
#: Pairs that are shown; of an event that hundreds of articles tell these are the surest.
_PAIRS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class _Telling:
    """How one article tells of the event."""

    number: int  #: counted from 1, as it is shown
    event: EventInArticle
    claims: tuple[Claim, ...]


def explain_event(outputs: Path, event_id: str) -> Iterator[str]:
    """Lines of text on one event of the last run: its claims by article, then its articles in pairs, the surest first.

    Raises ExtractError when the last run has no event with that id.
    """
    events: list[EventInArticle] = []
    results: list[Result] = []
    with open_store(outputs) as store:
        ids = store.event_ids()
        edits = [edit for edit in store.event_history() if edit.event_id == event_id]
        for result in store.last_results():
            events += events_of(result)
            if _has_event(result, event_id):
                results.append(result)
    tellings = _tellings(results, event_id, [member for member, known in ids.items() if known == event_id])
    if not tellings:
        raise ExtractError(
            f"The last run in {outputs} has no event {event_id}.",
            "Ids of events are in the column event_id of claims.csv and events.csv.",
        )
    claims = [claim for telling in tellings for claim in telling.claims]
    yield f"{event_id}: {claims[0].claim_type}, {len(claims)} claims in {len(tellings)} articles"
    for edit in edits:
        yield f"{_EDITS[edit.kind]} by {edit.reviewer or 'somebody'}, {edit.saved_at[:10]} ({edit.origin})"
    words = load_event_words(models_folder()).groups
    yield from _explain_whole(event_id, events, ids, words)
    for telling in tellings:
        yield ""
        yield from _explain_telling(telling)
    if len(tellings) > 1:
        yield ""
        yield from _explain_pairs(tellings, words)


def _explain_whole(
    event_id: str, events: Sequence[EventInArticle], ids: Mapping[str, str], words: GroupWords
) -> Iterator[str]:
    """Of which event it is a part and by which rule, and which are parts of it; ``ids`` as ``Store.event_ids``."""
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    in_order = sorted(events, key=lambda event: (event.published or date.max, event.profile.event_id))
    by_id = {event.profile.event_id: event for event in in_order}
    for member in by_id:
        clusters[ids.get(member, member)].append(member)
    name_of = {members[0]: name for name, members in clusters.items()}
    parts = {
        name_of[part]: name_of[whole] for part, whole in find_parts(events, list(clusters.values()), words).items()
    }
    if event_id in parts:
        whole = parts[event_id]
        best = max(
            match_part(by_id[several], by_id[member], words)
            for several in clusters[whole]
            for member in clusters[event_id]
        )
        yield f"part of {whole}: {best.score:.2f}, {best.rule}"
    for part in sorted(part for part, whole in parts.items() if whole == event_id):
        yield f"has the part {part}"


def _has_event(result: Result, event_id: str) -> bool:
    return any(claim.event_id == event_id for claim in result.claims)


def _tellings(results: Sequence[Result], event_id: str, members: Sequence[str]) -> list[_Telling]:
    """The articles that tell of it in order of days; ``members`` are its ids in them."""
    copies = find_copies(make_sketch(result.article) for result in results)
    tellings: list[_Telling] = []
    for result in sorted(results, key=lambda result: result.article.published or date.max):
        copy = copies.get(result.article.doc_id)
        story = copy.first if copy and copy.first else result.article.file
        for event in events_of(result):
            if event.profile.event_id in members:
                claims = tuple(claim for claim in result.claims if claim.event_id == event_id)
                tellings.append(_Telling(len(tellings) + 1, replace(event, story=story), claims))
    return tellings


def _explain_telling(telling: _Telling) -> Iterator[str]:
    first, profile = telling.claims[0], telling.event.profile
    yield f"{telling.number}  {first.file}, {first.published or 'undated'}"
    for claim in telling.claims:
        words = collapse_whitespace(claim.sentence)[:_SENTENCE_SHOWN]
        yield f"   {claim.claim_id}  {claim.event_status:12} {claim.trigger!r} in: {words}"
    facts = {
        "noun": profile.heads, "names": profile.names, "places": profile.towns, "countries": profile.countries,
        "owner": profile.owners, "actor": profile.actors, "number": profile.counts, "year": profile.years,
    }  # fmt: skip
    yield "   " + "; ".join(f"{name} {', '.join(map(str, values))}" for name, values in facts.items() if values)


def _explain_pairs(tellings: Sequence[_Telling], words: GroupWords) -> Iterator[str]:
    """Each pair with its score and rule. What is APART by itself was joined through others."""
    pairs: list[tuple[Match, _Telling, _Telling]] = [
        (match_events(first.event, second.event, words), first, second) for first, second in combinations(tellings, 2)
    ]
    pairs.sort(key=lambda pair: (-pair[0].score, pair[1].number, pair[2].number))
    for match, first, second in pairs[:_PAIRS_SHOWN]:
        common = len(first.event.names & second.event.names)
        yield f"{first.number} and {second.number}: {match.score:.2f}, {match.rule}; {common} names in both articles"
    if len(pairs) > _PAIRS_SHOWN:
        yield f"and {len(pairs) - _PAIRS_SHOWN:,} more pairs"
