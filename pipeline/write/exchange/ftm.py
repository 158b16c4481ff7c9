"""FollowTheMoney entities for Aleph, one a line (``ftm`` and ``alephclient write-entities`` read them).

Articles are Article, speakers Person, Organization, PublicBody or LegalEntity, quotes Note on their speaker, and
closures and other events Event with the article as proof. The same name of the same kind is one entity in all
articles. Countries are ISO 3166-1 alpha-3 codes, which FollowTheMoney turns into its own when it cleans what it
reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pipeline.records import Article, Claim
from pipeline.write.exchange.annotated import AnnotatedArticle, ExportedRun
from pipeline.write.exchange.lines import write_lines

#: The schema of a speaker by ``Claim.speaker_type``; a document or a group is nobody of whom Aleph could know more.
_SPEAKER_SCHEMAS = {
    "person": "Person",
    "organisation": "Organization",
    "media": "Organization",
    "government": "PublicBody",
    "": "LegalEntity",
}


def write(run: ExportedRun, stream: BinaryIO) -> None:
    """Write the entities, each once."""
    write_lines(_entities(run.articles), stream)


def _entities(articles: Iterable[AnnotatedArticle]) -> Iterator[dict[str, Any]]:
    written: set[str] = set()
    for annotated in articles:
        yield _article(annotated.article)
        for claim in annotated.claims:
            speaker = _speaker(claim)
            if speaker and speaker["id"] not in written:
                written.add(speaker["id"])
                yield speaker
            yield _quote(claim, annotated.article, speaker) if claim.claim_type == "quote" else _event(claim, speaker)


def _entity(schema: str, key: str, **values: str | Iterable[str] | None) -> dict[str, Any]:
    """An entity with the properties that have a value, as FollowTheMoney's JSON has them."""
    listed = {name: [value] if isinstance(value, str) else list(value or ()) for name, value in values.items()}
    properties = {name: [text for text in texts if text] for name, texts in listed.items()}
    return {"id": key, "schema": schema, "properties": {name: texts for name, texts in properties.items() if texts}}


def _document_id(doc_id: str) -> str:
    return f"newsclaims-{doc_id}"


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _article(article: Article) -> dict[str, Any]:
    return _entity(
        "Article",
        _document_id(article.doc_id),
        title=article.title,
        fileName=article.file.rpartition("/")[2],
        author=article.authors,
        publisher=article.publisher,
        publishedAt=_day(article.published),
        sourceUrl=article.url,
        bodyText=article.text,
    )


def _speaker(claim: Claim) -> dict[str, Any] | None:
    schema = _SPEAKER_SCHEMAS.get(claim.speaker_type)
    if not claim.speaker or schema is None:
        return None
    digest = hashlib.sha256(f"{schema}\n{claim.speaker}".encode()).hexdigest()[:24]
    return _entity(schema, f"newsclaims-{digest}", name=claim.speaker, country=claim.speaker_country)


def _quote(claim: Claim, article: Article, speaker: dict[str, Any] | None) -> dict[str, Any]:
    return _entity(
        "Note",
        f"newsclaims-{claim.claim_id}",
        name=claim.speaker or claim.speaker_text,
        description=claim.corrected_text or claim.claim_text,
        entity=[_document_id(claim.doc_id), *([speaker["id"]] if speaker else [])],
        sourceUrl=article.url,
        peopleMentioned=claim.people,
        companiesMentioned=claim.organisations,
    )


def _event(claim: Claim, reporter: dict[str, Any] | None) -> dict[str, Any]:
    return _entity(
        "Event",
        f"newsclaims-{claim.claim_id}",
        name=" ".join(filter(None, [claim.claim_type, claim.target])),
        summary=claim.corrected_text or claim.claim_text,
        description=f"{claim.event_status}, according to {claim.reporter}",
        startDate=_day(claim.date_start),
        endDate=_day(claim.date_end),
        location=claim.place,
        country=claim.countries,
        involved=[reporter["id"]] if reporter else [],
        proof=_document_id(claim.doc_id),
        publisher=claim.publisher,
    )
