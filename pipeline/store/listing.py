"""What lists, filters and searches of a review need of an article's claims: kept beside its result, quickly read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from pipeline.records import Claim, Denial, Result
from pipeline.serial import dumps
from pipeline.text.normalize import collapse_whitespace

#: Characters of a claim's words that a list may show.
_MAX_WORDS = 200
#: Characters of them that are looked at for that; blanks in a row count as one.
_MOST_READ = 4_000
#: zlib's fastest level, as for results.
_COMPRESSION = 1
#: What a listing begins with; another one after a change of ListedClaim. Others are made anew from the result.
LISTING_VERSION = b"\x03"


class ListedClaim(NamedTuple):
    """A claim as a list shows it, filters find it and a search reads it."""

    claim_id: str
    claim_type: str
    event_status: str
    stance: str  #: of a quote; empty for events
    noise: str
    speaker: str
    shown_speaker: str  #: the speaker's name, else the words for the speaker
    target_kind: str
    quote_type: str
    speaker_type: str
    title: str
    publisher: str
    published: date | None
    event_id: str  #: as ``Claim.event_id``
    event_words: str  #: what an event happens to, else its words
    confidence: float
    words: str  #: the first words of the claim, on one line
    countries: tuple[str, ...]  #: ISO 3166 alpha-3 codes of the claim, its speaker and its actor
    speaker_country: str  #: as ``Claim.speaker_country``
    searched: str  #: in lower case, all words that a search may find

    @classmethod
    def of(cls, claim: Claim) -> ListedClaim:
        """The claim, with what a reviewer made of it."""
        countries = dict.fromkeys(filter(None, (*claim.countries, claim.speaker_country, claim.actor_country)))
        searched = (
            claim.claim_text, claim.sentence, claim.speaker, claim.target, claim.corrected_text, claim.note,
            claim.title,
        )  # fmt: skip
        words = collapse_whitespace((claim.corrected_text or claim.claim_text)[:_MOST_READ])
        return cls(
            claim.claim_id, claim.claim_type, claim.event_status, claim.stance if claim.claim_type == "quote" else "",
            claim.noise, claim.speaker, claim.speaker or claim.speaker_text, claim.target_kind, claim.quote_type,
            claim.speaker_type, claim.title, claim.publisher, claim.published, claim.event_id,
            (claim.target or claim.claim_text)[:_MAX_WORDS] if claim.event_id else "", claim.confidence,
            words[:_MAX_WORDS], tuple(countries), claim.speaker_country, " ".join(searched).casefold(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article of the last run with its claims as lists show them, in text order."""

    doc_id: str
    file: str
    title: str
    publisher: str
    published: date | None
    claims: tuple[ListedClaim, ...]
    undoing: tuple[str, ...]  #: ids of the claims that undo their events, as ``EventProfile.undoing``
    taking_up: tuple[str, ...]  #: ids of those that only take up what was told
    denials: Mapping[str, Denial]  #: what is denied, as ``EventProfile.denials``

    @classmethod
    def of(cls, result: Result) -> ListedArticle:
        """The article of a result, whose claims have no reviewer's columns."""
        article = result.article
        return cls(
            article.doc_id, article.file, article.title, article.publisher, article.published,
            tuple(map(ListedClaim.of, result.claims)), _ids(event.undoing for event in result.events),
            _ids(event.taking_up for event in result.events),
            {claim_id: denial for event in result.events for claim_id, denial in event.denials.items()},
        )  # fmt: skip

    def with_events(self, event_of: Callable[[str, str], str]) -> ListedArticle:
        """The article, its claims with the ids that their events have across articles."""
        if not any(claim.event_id for claim in self.claims):
            return self
        claims = (claim._replace(event_id=event_of(claim.claim_id, claim.event_id)) for claim in self.claims)
        return replace(self, claims=tuple(claims))


def _ids(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(claim_id for group in groups for claim_id in group)


def pack_listing(result: Result) -> bytes:
    """What ``unpack_listing`` makes the article's claims of."""
    listed = ListedArticle.of(result)
    of_claims = (listed.undoing, listed.taking_up, listed.denials, listed.claims)
    values = (listed.title, listed.publisher, listed.published, *of_claims)
    return LISTING_VERSION + zlib.compress(dumps(values).encode("ascii"), _COMPRESSION)


def unpack_listing(packed: bytes, doc_id: str, file: str) -> ListedArticle:
    """The article of that id and file. Raises ValueError, TypeError, zlib.error for what is damaged."""
    title, publisher, published, undoing, taking_up, denials, claims = json.loads(
        zlib.decompress(packed[len(LISTING_VERSION) :])
    )
    return ListedArticle(
        doc_id, file, title, publisher, _day(published),
        tuple(map(_make_listed, claims)), tuple(undoing), tuple(taking_up), denials,
    )  # fmt: skip


def _make_listed(values: list[Any]) -> ListedClaim:
    values[_COUNTRIES] = tuple(values[_COUNTRIES])
    values[_PUBLISHED] = _day(values[_PUBLISHED])
    return ListedClaim._make(values)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


#: Where in the values of a claim these stand.
_COUNTRIES, _PUBLISHED = ListedClaim._fields.index("countries"), ListedClaim._fields.index("published")
