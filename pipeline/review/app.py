"""The requests of the review page, as a Starlette application of one thread, which owns the open store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from pipeline.errors import ExtractError
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_country_names
from pipeline.records import Article
from pipeline.review import json_views, requests
from pipeline.review.guard import Guard, Secrets
from pipeline.review.requests import BadRequest
from pipeline.review.session import Entry, ReviewSession
from pipeline.store import ChangedMeanwhile, Decision, Store, open_store

PAGE = Path(__file__).parent / "page"
PAGE_SIZE, MOST = 100, 1_000
_CHANGES = 200
_MEDIA = {".js": "text/javascript", ".css": "text/css"}


class Missing(BadRequest):
    """What the request speaks of is not there."""


class Review:
    """The requests of one review; ``outputs`` is the run's folder, ``reviewer`` who decides unless the page says so."""

    def __init__(self, outputs: Path, reviewer: str, secret: Secrets) -> None:
        self.outputs, self.reviewer, self._secret = outputs, reviewer, secret
        self.desk: ReviewSession
        self.store: Store
        self._files = {path.name: path.read_bytes() for path in sorted(PAGE.iterdir()) if path.suffix in _MEDIA}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Countries by code."""
        return load_country_names(models_folder() / "places")

    def routes(self) -> list[Route]:
        """What is answered to what."""
        return [
            Route("/", self.page),
            Route("/api/claims", self.claims),
            Route("/api/claims", self.add, methods=["POST"]),
            Route("/api/claims/{claim_id}", self.claim),
            Route("/api/claims/{claim_id}/decision", self.decide, methods=["POST"]),
            Route("/api/claims/{claim_id}/undo", self.undo, methods=["POST"]),
            Route("/api/articles/{doc_id}", self.article),
            Route("/api/filters", self.filters),
            Route("/api/choices", self.choices),
            Route("/api/changes", self.changes),
            Route("/static/{name}", self.static),
        ]

    async def page(self, _: Request) -> Response:
        """The page itself."""
        env = Environment(loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        html = env.get_template("review.html").render(
            csrf=self._secret.csrf,
            reviewer=self.reviewer,
            outputs=self.outputs.resolve().name,
            # Asked for at once, not one after the other as each names the next.
            modules=[name for name in self._files if name.endswith(".js")],
        )
        return HTMLResponse(html)

    async def static(self, request: Request) -> Response:
        """The page's scripts and style; no other file can be asked for."""
        name = request.path_params["name"]
        if name not in self._files:
            raise Missing("There is no such file.")
        return Response(self._files[name], media_type=_MEDIA[Path(name).suffix])

    async def claims(self, request: Request) -> Response:
        """The queue: claims that pass the filters, a stretch of them."""
        query = request.query_params
        found = self.desk.find(requests.wanted(query))
        offset = requests.number(query, "offset", 0, len(found))
        limit = requests.number(query, "limit", PAGE_SIZE, MOST)
        return JSONResponse(
            {
                "total": len(found),
                "matching_decided": sum(bool(each.verdict) for each in found),
                **self._progress(),
                "claims": [json_views.summary(each) for each in found[offset : offset + limit]],
            }
        )

    async def claim(self, request: Request) -> Response:
        """One claim, whole."""
        return JSONResponse(self._whole(self._entry(request)))

    async def article(self, request: Request) -> Response:
        """One article with the places of its claims."""
        article = self._article(request.path_params["doc_id"])
        return JSONResponse(json_views.article_shape(article, self.desk.of_article(article.doc_id)))

    async def filters(self, _: Request) -> Response:
        """What can be filtered by."""
        return JSONResponse(json_views.filters(self.desk, self.names))

    async def choices(self, _: Request) -> Response:
        """What fields can be corrected to."""
        return JSONResponse(json_views.choices(self.desk, self.names))

    async def changes(self, request: Request) -> Response:
        """What was decided since a change, by whomever."""
        since = requests.number(request.query_params, "since", 0, 2**62)
        found = self.desk.changed_since(since)
        lines = [json_views.summary(each) for each in found[:_CHANGES]]
        return JSONResponse({**self._progress(), "claims": lines, "more": len(found) > _CHANGES})

    async def decide(self, request: Request) -> Response:
        """Save a decision."""
        body, entry = await _body(request), self._entry(request)
        article = self._article(entry.claim.doc_id)
        decision = requests.decision(body, entry.machine, article, self.names)
        entry = self.desk.decide(entry.claim.claim_id, self._signed(decision), _seen(body))
        return JSONResponse(self._whole(entry))

    async def undo(self, request: Request) -> Response:
        """Take the last decision on a claim back."""
        body, entry = await _body(request), self._entry(request)
        return JSONResponse(self._whole(self.desk.undo(entry.claim.claim_id, _seen(body))))

    async def add(self, request: Request) -> Response:
        """Add a claim that was missed."""
        body = await _body(request)
        article = self._article(str(body.get("doc_id", "")))
        kinds = dict.fromkeys(json_views.choices(self.desk, self.names)["claim_type"], "")
        adding = requests.adding(body, article, kinds, self.names)
        decision = self._signed(requests.accepted(body))
        entry = self.desk.add(article, adding.claim_type, adding.span, adding.values, decision)
        return JSONResponse(self._whole(entry), 201)

    async def answer(self, request: Request, error: Exception) -> Response:
        """An error of ours as the page shows it."""
        assert isinstance(error, ExtractError)  # noqa: S101
        body: dict[str, Any] = {"error": error.message, "hint": error.hint}
        if isinstance(error, ChangedMeanwhile):
            claim_id = request.path_params["claim_id"]
            entry = self.desk.get(claim_id)
            return JSONResponse({**body, "current": self._whole(entry) if entry else None}, 409)
        if isinstance(error, Missing):
            return JSONResponse(body, 404)
        if isinstance(error, BadRequest):
            return JSONResponse({**body, "field": error.field}, 422)
        return JSONResponse(body, 400)

    def _progress(self) -> dict[str, int]:
        entries = self.desk.all()
        decided = self.desk.decided
        return {"all": len(entries), "decided": decided, "change": self.desk.change, "run": self.desk.run}

    def _whole(self, entry: Entry) -> dict[str, Any]:
        claim_id = entry.claim.claim_id
        conflicts = [each for each in self.store.conflicts() if each.claim_id == claim_id]
        article = self._article(entry.claim.doc_id)
        return json_views.detail(entry, article, self.desk.beside(claim_id), self.store.history(claim_id), conflicts)

    def _entry(self, request: Request) -> Entry:
        entry = self.desk.get(request.path_params["claim_id"])
        if entry is None:
            raise Missing("This claim is not in the last run.", "Reload the list.")
        return entry

    def _article(self, doc_id: str) -> Article:
        article = self.desk.article(doc_id)
        if article is None:
            raise Missing("This article is not in the store.", "Reload the list.")
        return article

    def _signed(self, decision: Decision) -> Decision:
        return replace(decision, reviewer=decision.reviewer or self.reviewer)


def make_app(outputs: Path, reviewer: str, port: int, secret: Secrets) -> Starlette:
    """The application of one review; it opens the store when it starts, in the thread that serves."""
    review = Review(outputs, reviewer, secret)

    @asynccontextmanager
    async def opened(_: Starlette) -> AsyncIterator[None]:
        with open_store(outputs) as store:
            review.store, review.desk = store, ReviewSession(store)
            yield

    return Starlette(
        routes=review.routes(),
        lifespan=opened,
        middleware=[Middleware(Guard, port=port, secret=secret)],
        exception_handlers={ExtractError: review.answer, sqlite3.OperationalError: _busy},
    )


async def _busy(_: Request, error: Exception) -> Response:
    hint = "Nothing was saved; try again. Make sure that the disk isn't full and no other program holds the store."
    return JSONResponse({"error": f"The store can't be used: {error}.", "hint": hint}, 503)


async def _body(request: Request) -> dict[str, Any]:
    """The object that a request carries. Raises Wrong."""
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The request is no JSON.") from error
    if not isinstance(body, dict):
        raise BadRequest("The request is no object.")
    return body


def _seen(body: Mapping[str, Any]) -> int:
    seen = body.get("seen")
    if not isinstance(seen, int):
        raise BadRequest("The version that was seen is missing.", "Reload the page.", "seen")
    return seen
