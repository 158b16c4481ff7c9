"""Speakers over all articles, one a row: what they are, how many claims they make, what became of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from pipeline.compare.speakers import SpeakerGroups, SpeakerName, speaker_name
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.people import load_titles
from pipeline.records import Claim
from pipeline.store import EventEdits
from pipeline.text.normalize import collapse_whitespace
from pipeline.write.column_values import verdict

#: What a verdict counts as; an edited claim is accepted in other words.
_COUNTED_AS = {"accept": "accepted", "edit": "accepted", "reject": "rejected"}
_TABLE = """CREATE TABLE spoken (
    position INTEGER PRIMARY KEY, name TEXT, doc_id TEXT, is_quote INTEGER, is_direct INTEGER, role TEXT, type TEXT,
    country TEXT, counted_as TEXT, published TEXT, key TEXT, detail TEXT, local TEXT, speaker TEXT
)"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who is quoted or reports events; an empty ``name`` gathers the quotes whose speaker was not found.

    ``quotes``, ``direct`` (or mixed ones) and ``events`` count claims that nobody rejected, ``articles`` their
    articles; ``decided`` counts all claims by "accepted", "rejected" or "undecided". Values are there once, the most
    frequent first.
    """

    speaker_id: str
    name: str  #: what a person called the speaker, else the most frequent spelling
    given_name: str  #: what a person called the speaker; empty for none
    spellings: tuple[str, ...]
    roles: tuple[str, ...]
    types: tuple[str, ...]
    countries: tuple[str, ...]
    quotes: int
    direct: int
    events: int
    articles: int
    all_articles: int  #: articles of all claims
    decided: Mapping[str, int]
    first_said: str  #: day of publication in ISO 8601; empty where none is known
    last_said: str
    merged: tuple[str, ...]  #: ids of the speakers that people made one with this one


class SpeakerTally:
    """The claims with a speaker, and the quotes without one, waiting in a scratch database to be counted.

    ``add`` every claim, then ask for ``speakers``. ``edits`` are what people said of speakers.
    """

    def __init__(self, scratch: Connection, edits: EventEdits | None = None) -> None:
        self._scratch, self._edits = scratch, edits or EventEdits()
        self._titles = load_titles(models_folder())
        self._groups: SpeakerGroups | None = None
        scratch.execute(_TABLE)

    def add(self, position: int, claim: Claim) -> None:
        """Take the claim at that position of the run."""
        is_quote = claim.claim_type == "quote"
        if not is_quote and not claim.speaker:
            return
        is_direct = is_quote and claim.quote_type in ("direct", "mixed")
        described = (claim.speaker_role, claim.speaker_type, claim.speaker_country)
        day = claim.published.isoformat() if claim.published else ""
        row = (
            position, collapse_whitespace(claim.speaker), claim.doc_id, is_quote, is_direct, *described,
            _COUNTED_AS.get(verdict(claim), "undecided"), day, *self._name_of(claim),
        )  # fmt: skip
        self._scratch.execute("INSERT INTO spoken VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')", row)
        self._groups = None

    def id_of(self, claim: Claim) -> str:
        """The id of a claim's speaker, once all are added; empty without one."""
        return self._id_of(*self._name_of(claim))

    def _name_of(self, claim: Claim) -> SpeakerName:
        name = collapse_whitespace(claim.speaker)
        return speaker_name(name, claim.speaker_type, claim.speaker_country, claim.doc_id, self._titles)

    def first(self, limit: int) -> tuple[list[Speaker], int]:
        """The first speakers whose claims aren't all rejected, and how many there are.

        Those with most quotes come first, then with most events, then by name; quotes without a speaker come last.
        """
        self._grouped()
        kept = (
            "SELECT speaker, min(name) AS first_name, sum(is_quote) AS quotes, count(*) AS claims FROM spoken "
            "WHERE counted_as != 'rejected' GROUP BY speaker"
        )
        order = "first_name = '', quotes DESC, claims DESC, first_name, speaker"
        (total,) = self._scratch.execute(f"SELECT count(*) FROM ({kept})").fetchone()  # noqa: S608
        return list(self._in_order(f"SELECT * FROM ({kept}) ORDER BY {order} LIMIT {limit:d}", order)), total  # noqa: S608

    def speakers(self) -> Iterator[Speaker]:
        """Every speaker, who says most first, then by name; the claims without a speaker are among them.

        Only one speaker is in memory at a time.
        """
        self._grouped()
        counted = "SELECT speaker, min(name) AS first_name, count(*) AS claims FROM spoken GROUP BY speaker"
        return self._in_order(counted, "claims DESC, first_name, speaker")

    def _in_order(self, chosen: str, order: str) -> Iterator[Speaker]:
        """The speakers that a query chooses, in the order of its columns."""
        groups = self._grouped()
        merged: defaultdict[str, list[str]] = defaultdict(list)
        for other, into in self._edits.claims.items():
            if other != into:
                merged[into].append(other)
        rows = self._scratch.execute(
            "SELECT spoken.speaker, name, doc_id, is_quote, is_direct, role, type, country, counted_as, published "  # noqa: S608
            f"FROM ({chosen}) AS chosen JOIN spoken USING (speaker) ORDER BY {order}, position"
        )
        for speaker_id, claims in groupby(rows, key=itemgetter(0)):
            yield _count(speaker_id, claims, groups.given_name(speaker_id), merged.get(speaker_id, ()))

    def _grouped(self) -> SpeakerGroups:
        """The groups of all speakers, whose ids stand beside their claims then."""
        if self._groups is None:
            names = self._scratch.execute("SELECT DISTINCT key, detail, local FROM spoken WHERE key != ''")
            self._groups = SpeakerGroups(map(SpeakerName._make, names), self._edits)
            self._scratch.create_function("id_of_speaker", 3, self._id_of, deterministic=True)
            self._scratch.execute("UPDATE spoken SET speaker = id_of_speaker(key, detail, local)")
            self._scratch.execute("CREATE INDEX IF NOT EXISTS spoken_speaker ON spoken (speaker, position)")
        return self._groups

    def _id_of(self, key: str, detail: str, local: str) -> str:
        return self._grouped().id_of(SpeakerName(key, detail, local)) if key else ""


def _collapsed(counts: dict[str, int]) -> dict[str, int]:
    """The counts of values with their white space collapsed, without the empty one."""
    if len(counts) == 1 and "" in counts:
        return {}
    collapsed: dict[str, int] = {}
    for value, count in counts.items():
        if value:
            words = collapse_whitespace(value)
            collapsed[words] = collapsed.get(words, 0) + count
    return collapsed


def _count(speaker_id: str, claims: Iterable[tuple[Any, ...]], given_name: str, merged: Iterable[str]) -> Speaker:
    quotes = events = direct = 0
    articles: dict[str, bool] = {}  # by id whether any claim of it counts
    described: tuple[dict[str, int], ...] = ({}, {}, {}, {})
    decided: dict[str, int] = {}
    days: set[str] = set()
    for _, name, doc_id, is_quote, is_direct, role, kind, country, counted_as, day in claims:
        decided[counted_as] = decided.get(counted_as, 0) + 1
        days.add(day)
        is_counted = counted_as != "rejected"
        articles[doc_id] = articles.get(doc_id, False) or is_counted
        quotes += is_quote and is_counted
        direct += is_direct and is_counted
        events += not is_quote and is_counted
        if name:
            for counts, value in zip(described, (name, role, kind, country), strict=True):
                counts[value] = counts.get(value, 0) + 1
    names, *others = map(_collapsed, described)
    spellings = tuple(sorted(names, key=lambda name: (-names[name], len(name), name)))  # of equals the shortest
    roles, types, countries = (tuple(sorted(counts, key=counts.__getitem__, reverse=True)) for counts in others)
    known = sorted(days - {""}) or [""]
    return Speaker(
        speaker_id, given_name or next(iter(spellings), ""), given_name, spellings, roles, types, countries, quotes,
        direct, events, sum(articles.values()), len(articles), decided, known[0], known[-1], tuple(merged),
    )  # fmt: skip
