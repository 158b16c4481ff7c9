"""Requests of a review that several share: who is to read which articles, and how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.review.agreement import INSTALL_HINT, can_measure_alpha, find_judged, measure_agreement
from pipeline.review.requests import BadRequest, parse_text, read_body
from pipeline.write.wording import excerpt

if TYPE_CHECKING:
    from pipeline.review.app import ReviewApp

#: Claims that the page of agreement lists, of those on which reviewers differ; the first ones in the order of articles.
_MAX_DIFFERENT = 500
#: Characters of a claim's words there.
_MAX_WORDS = 160


class TeamHandlers:
    """The handlers of assignments and agreement; ``review`` has the session, ``team`` the reviewers who were named."""

    def __init__(self, review: ReviewApp, team: Sequence[str]) -> None:
        self._review, self._team = review, team

    def routes(self) -> list[Route]:
        """Every address that is answered, with its handler."""
        return [
            Route("/agreement", self.get_agreement_page),
            Route("/api/assignments", self.assign, methods=["POST"]),
            Route("/api/assignments/share", self.share_out, methods=["POST"]),
        ]

    async def assign(self, request: Request) -> Response:
        """Give the articles with the ids "articles" to the "reviewer", or to nobody; answers with their number."""
        body = await read_body(request)
        reviewer = parse_text(body, "reviewer")
        doc_ids = body.get("articles")
        known = {article.doc_id for article in self._review.session.articles()}
        if not isinstance(doc_ids, list) or not doc_ids or not all(doc_id in known for doc_id in map(str, doc_ids)):
            raise BadRequest("The request names no articles of this run.", "Reload the page.", "articles")
        self._review.assignments.assign(map(str, doc_ids), reviewer)
        return JSONResponse({"given": len(doc_ids)})

    async def share_out(self, request: Request) -> Response:
        """Share the undecided articles that are nobody's out among the team; answers with how many were given."""
        await read_body(request)
        if not self._team:
            raise BadRequest("This review has no team.", "Start it with --team NAME for each reviewer.")
        open_claims = Counter(entry.doc_id for entry in self._review.session.entries() if not entry.verdict)
        return JSONResponse({"given": self._review.assignments.share_out(open_claims, self._team)})

    async def get_agreement_page(self, request: Request) -> Response:
        """Answer with the page that says how far reviewers agree, and on which claims they don't."""
        judged = find_judged(self._review.session.entries(), self._review.store.history)
        different = [claim for claim in judged if not claim.is_agreed]
        return self._review.page(
            request,
            "agreement",
            "Agreement",
            sheets=("review.css",),
            modules=(),
            script="",
            agreements=measure_agreement(judged),
            different=[
                (claim.entry.claim_id, excerpt(claim.entry.claim.claim_text, _MAX_WORDS), claim.verdicts)
                for claim in different[:_MAX_DIFFERENT]
            ],
            left_out=max(len(different) - _MAX_DIFFERENT, 0),
            needs="" if can_measure_alpha() else INSTALL_HINT,
        )
