"""schema.org ClaimReview (JSON-LD) of claims that a person accepted: who claimed what, where and when.

Accepting a claim here says that somebody made it, not that it is true: the fact check's rating and address are for
the fact checker to add.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from pipeline.records import Article, Claim
from pipeline.write.exchange.annotated import ExportedRun
from pipeline.write.exchange.lines import to_json, without_empty

#: Characters of a day in ``Claim.decided_at``, which is ISO 8601 where the review page wrote it.
_DAY_LENGTH = len("2025-03-04")
#: schema.org's kind of a speaker by ``Claim.speaker_type``.
_AUTHOR_TYPES = {"person": "Person", "group": "Person", "": "Thing"}


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write one JSON-LD document with a ClaimReview for each claim."""
    stream.write(b'{"@context": "https://schema.org", "@graph": [')
    for number, review in enumerate(_reviews(run)):
        stream.write((b",\n" if number else b"\n") + to_json(review))
    stream.write(b"\n]}\n")


def _reviews(run: ExportedRun) -> Iterator[dict[str, Any]]:
    for annotated in run.articles:
        for claim in annotated.claims:
            yield without_empty(
                {
                    "@type": "ClaimReview",
                    "@id": f"urn:newsclaims:claim:{claim.claim_id}",
                    "claimReviewed": _words(claim),
                    "datePublished": claim.decided_at[:_DAY_LENGTH],
                    "author": {"@type": "Person", "name": claim.reviewer} if claim.reviewer else None,
                    "reviewBody": claim.note,
                    "itemReviewed": _claim(claim, annotated.article),
                }
            )


def _words(claim: Claim) -> str:
    return claim.corrected_text or claim.claim_text


def _claim(claim: Claim, article: Article) -> dict[str, Any]:
    who = claim.speaker if claim.claim_type == "quote" else claim.speaker or claim.reporter
    author = {"@type": _AUTHOR_TYPES.get(claim.speaker_type, "Organization"), "name": who} if who else None
    appearance = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url,
        "datePublished": article.published,
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
    }
    return without_empty(
        {
            "@type": "Claim",
            "text": _words(claim),
            "author": author,
            "datePublished": article.published,
            "appearance": without_empty(appearance),
        }
    )
