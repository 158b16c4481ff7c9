"""The review page's requests as a Starlette application; one thread serves it and owns the open store."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from pipeline.errors import ExtractError
from pipeline.knowledge.files import models_folder
from pipeline.knowledge.places import load_country_names
from pipeline.knowledge.reporting_words import load_reporting_words
from pipeline.records import Article
from pipeline.review import json_views, requests
from pipeline.review.address import ServedAddress
from pipeline.review.assignment import Assignments
from pipeline.review.bulk_handlers import BulkHandlers
from pipeline.review.entries import Entry, readable_name
from pipeline.review.event_handlers import EventHandlers
from pipeline.review.filters import CHOICE_FILTERS, SORTS, ClaimFilter
from pipeline.review.guard import REVIEWER, Guard, Secrets
from pipeline.review.message_page import refusal, wants_page
from pipeline.review.requests import BadRequest, NotFound, read_body
from pipeline.review.session import ReviewSession
from pipeline.review.speaker_handlers import SpeakerHandlers
from pipeline.review.table_watch import TableWatch
from pipeline.review.team_handlers import TeamHandlers
from pipeline.store import ChangedMeanwhile, Decision, Store, open_store

PAGE = Path(__file__).parent / "page"
#: Claims in one answer of the queue unless the page asks for another number, and how many it may ask for.
PAGE_SIZE = 100
MAX_PAGE_SIZE = 1_000
#: Changed claims in one answer; of more the page only learns that there are more, and offers to reload.
_MAX_CHANGES = 200
#: Numbers of changes are SQLite integers.
_MAX_CHANGE_NUMBER = 2**62
#: The scripts of the pages of events and of speakers, and those that all pages have.
_EVENT_MODULES = ("events.js", "dossier.js", "catalogue.js", "history.js")
_SPEAKER_MODULES = ("speakers.js", "catalogue.js", "history.js")
_SHARED_MODULES = ("api.js", "dom.js", "notices.js", "text.js")
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}


class ReviewApp:
    """The handlers of one review's requests.

    ``outputs`` is the folder of the run, ``reviewer`` who decides unless the page says so, ``team`` the names of those
    who share the work. ``store``, ``session``
    and ``tables`` are set when the application starts, in the thread that serves.
    """

    store: Store
    session: ReviewSession
    tables: TableWatch

    def __init__(self, outputs: Path, reviewer: str, secrets: Secrets, team: Sequence[str] = ()) -> None:
        self.outputs, self.reviewer, self._secrets, self.team = outputs, reviewer, secrets, team
        self.assignments = Assignments(outputs)
        self._files = {path.name: path.read_bytes() for path in sorted(PAGE.iterdir()) if path.suffix in _MEDIA_TYPES}

    @cached_property
    def country_names(self) -> Mapping[str, str]:
        """Names of countries by ISO 3166 alpha-3 code."""
        return load_country_names(models_folder() / "places")

    @cached_property
    def attributing_forms(self) -> list[str]:
        """Words by which sentences mostly attribute something to somebody, in the order of the alphabet."""
        return sorted(load_reporting_words(models_folder()).attributing_forms)

    def routes(self) -> list[Route]:
        """Every address that is answered, with its handler."""
        return [
            Route("/", self.get_page),
            Route("/static/{name}", self.get_static_file),
            Route("/api/claims", self.list_claims),
            Route("/api/claims", self.add_claim, methods=["POST"]),
            Route("/api/claims/{claim_id}", self.get_claim),
            Route("/api/claims/{claim_id}/decision", self.save_decision, methods=["POST"]),
            Route("/api/claims/{claim_id}/undo", self.undo_decision, methods=["POST"]),
            Route("/api/claims/{claim_id}/place", self.get_place),
            Route("/api/articles", self.list_articles),
            Route("/api/articles/{doc_id}", self.get_article),
            Route("/api/filters", self.get_filter_options),
            Route("/api/choices", self.get_field_choices),
            Route("/api/changes", self.list_changes),
            Route("/api/tables", self.read_tables, methods=["POST"]),
            Route("/events", self.get_events_page),
            Route("/speakers", self.get_speakers_page),
            *EventHandlers(self).routes(),
            *SpeakerHandlers(self).routes(),
            *BulkHandlers(self).routes(),
            *TeamHandlers(self, self.team).routes(),
        ]

    async def get_page(self, request: Request) -> Response:
        """Answer with the page of claims, which holds the secret that its later requests must carry."""
        # The browser loads all modules at once, not one after the other as each names the next.
        modules = [
            name for name in self._files if name.endswith(".js") and name not in (*_EVENT_MODULES, *_SPEAKER_MODULES)
        ]
        return self.page(
            request,
            "review",
            "Review",
            sheets=("review.css",),
            modules=modules,
            filters=CHOICE_FILTERS,
            sorts=SORTS,
            team=self.team,
        )

    async def get_events_page(self, request: Request) -> Response:
        """Answer with the page of events, which holds that secret, too."""
        modules = (*_EVENT_MODULES, *_SHARED_MODULES)
        return self.page(request, "events", "Events", sheets=("review.css", "events.css"), modules=modules)

    async def get_speakers_page(self, request: Request) -> Response:
        """Answer with the page of speakers, which holds it, too."""
        modules = (*_SPEAKER_MODULES, *_SHARED_MODULES)
        return self.page(request, "speakers", "Speakers", sheets=("review.css", "events.css"), modules=modules)

    def page(self, request: Request, name: str, title: str, **values: Any) -> Response:
        """The page of that name, which its template and its first script have, too; ``values`` are the template's."""
        env = Environment(loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        html = env.get_template(f"{name}.html").render(
            **{"script": f"{name}.js", **values},
            title=title,
            path=request.url.path,
            csrf=self._secrets.csrf,
            reviewer=request.scope[REVIEWER] or self.reviewer,
            signs_alone=bool(request.scope[REVIEWER]),
            outputs=readable_name(self.outputs.resolve().name),
        )
        return HTMLResponse(html)

    async def get_static_file(self, request: Request) -> Response:
        """Answer with a script or the style sheet of the page; no other file can be asked for."""
        name = request.path_params["name"]
        if name not in self._files:
            raise NotFound("There is no such file.")
        return Response(self._files[name], media_type=_MEDIA_TYPES[Path(name).suffix])

    async def list_claims(self, request: Request) -> Response:
        """Answer with a stretch of the queue: at most ``limit`` claims that pass the filters, from ``offset`` on."""
        query = request.query_params
        limit = requests.parse_count(query, "limit", PAGE_SIZE, MAX_PAGE_SIZE)
        matches = self.session.find(self.claim_filter(query), in_order=limit > 0)
        offset = requests.parse_count(query, "offset", 0, len(matches))
        return JSONResponse(
            {
                "total": len(matches),
                "matching_decided": sum(bool(entry.verdict) for entry in matches),
                **self.progress(),
                "claims": [json_views.summary(entry) for entry in matches[offset : offset + limit]],
            }
        )

    def claim_filter(self, query: Mapping[str, str]) -> ClaimFilter:
        """The filters of a query string; "assigned" leaves the claims of the articles of that reviewer."""
        claim_filter = requests.parse_filter(query)
        reviewer = query.get("assigned")
        return replace(claim_filter, articles=self.assignments.articles_of(reviewer)) if reviewer else claim_filter

    async def get_claim(self, request: Request) -> Response:
        """Answer with one claim and all that the page shows of it (``json_views.detail``)."""
        return JSONResponse(self._detail(self._requested_entry(request)))

    async def get_article(self, request: Request) -> Response:
        """Answer with one article, its text in blocks and all its claims (``json_views.article_view``)."""
        article = self._article(request.path_params["doc_id"])
        return JSONResponse(json_views.article_view(article, self.session.claims_of(article.doc_id)))

    async def list_articles(self, _: Request) -> Response:
        """Answer with every article of the run, those without claims, too, and how far each is decided."""
        entries = self.session.entries()
        claims = Counter(entry.doc_id for entry in entries)
        decided = Counter(entry.doc_id for entry in entries if entry.verdict)
        assigned = self.assignments.by_article()
        articles = [
            json_views.article_line(
                article, claims[article.doc_id], decided[article.doc_id], assigned.get(article.doc_id, "")
            )
            for article in self.session.articles()
        ]
        return JSONResponse({"articles": articles, **self.progress()})

    async def get_place(self, request: Request) -> Response:
        """Answer with the id of the claim after which this one stands in the filtered list, "" for the first place.

        "listed" tells whether it passes the filter itself; if not, it is where it would stand.
        """
        entry = self._requested_entry(request)
        claim_filter = self.claim_filter(request.query_params)
        matches = self.session.find(claim_filter)
        is_listed = entry in matches
        ordered = matches if is_listed else claim_filter.sorted([*matches, entry])
        index = ordered.index(entry)
        return JSONResponse({"listed": is_listed, "after": ordered[index - 1].claim_id if index else ""})

    async def get_filter_options(self, _: Request) -> Response:
        """Answer with the options of every drop-down filter and how many claims each leaves."""
        assigned = self.assignments.by_article()
        claims = Counter(assigned[entry.doc_id] for entry in self.session.entries() if entry.doc_id in assigned)
        options = [[name, name, claims[name]] for name in sorted(claims)]
        return JSONResponse({**self.session.filter_counts().options(self.country_names), "assigned": options})

    async def get_field_choices(self, _: Request) -> Response:
        """Answer with the values that fields can be corrected to, where these are fixed.

        "attributing_forms" are words by which sentences mostly attribute something to somebody.
        """
        return JSONResponse({**self._field_choices(), "attributing_forms": self.attributing_forms})

    async def list_changes(self, request: Request) -> Response:
        """Answer with the claims decided since a change, by whomever; "more" tells that some are left out.

        "gone" has the ids of those whose addition was undone, and of others that this run doesn't have;
        "edited_tables" the names of tables that were edited since the run.
        """
        since = requests.parse_count(request.query_params, "since", 0, _MAX_CHANGE_NUMBER)
        changed, gone = self.session.changed_since(since)
        claims = [json_views.summary(entry) for entry in changed[:_MAX_CHANGES]]
        return JSONResponse(
            {
                **self.progress(),
                "claims": claims,
                "gone": gone,
                "more": len(changed) > _MAX_CHANGES,
                "edited_tables": self.tables.edited(),
            }
        )

    async def read_tables(self, request: Request) -> Response:
        """Read what was typed into the tables since they were written; answers with how many decisions are new."""
        await read_body(request)
        summary = self.tables.read()
        self.session.reload()
        return JSONResponse({**self.progress(), "decisions": summary.decisions, "conflicts": summary.conflicts})

    async def save_decision(self, request: Request) -> Response:
        """Save a decision on a claim, with its note, corrected words and corrections.

        "seen" in the request is the version of the decision that the reviewer had before them. Answers with the claim
        as it is then.
        """
        body, entry = await read_body(request), self._requested_entry(request)
        article = self._article(entry.doc_id)
        written = {change.decision.unknown_word for change in self.store.history(entry.claim_id)}
        decision = requests.parse_decision(body, entry.machine, article, self.country_names, written)
        entry = self.session.decide(entry.claim_id, self._signed(request, decision), _seen_version(body))
        return JSONResponse(self._detail(entry))

    async def undo_decision(self, request: Request) -> Response:
        """Take the last decision on a claim back; answers with the claim as it was before it.

        Where that was the addition of the claim it is gone, and the answer says so.
        """
        body, entry = await read_body(request), self._requested_entry(request)
        claim_id = entry.claim_id
        before = self.session.undo(claim_id, _seen_version(body))
        if before is None:
            return JSONResponse({"id": claim_id, "gone": True, "doc_id": entry.doc_id, **self.progress()})
        return JSONResponse(self._detail(before))

    async def add_claim(self, request: Request) -> Response:
        """Add a claim that the machine missed, as accepted; answers with it and status 201."""
        body = await read_body(request)
        article = self._article(str(body.get("doc_id", "")))
        new = requests.parse_new_claim(body, article, self._field_choices()["claim_type"], self.country_names)
        decision = self._signed(request, requests.parse_acceptance(body))
        entry = self.session.add(article, new.claim_type, new.span, new.values, decision)
        return JSONResponse(self._detail(entry), 201)

    async def answer_error(self, request: Request, error: Exception) -> Response:
        """Answer an ExtractError as the page shows it.

        The status is 409, with the claim as it is now, when another decision came first, 404 for what is not there, 422
        with the field to mend for a request that can't be carried out, and 400 for anything else.
        """
        assert isinstance(error, ExtractError)  # noqa: S101
        if wants_page(request.headers):
            status = 404 if isinstance(error, NotFound) else 400
            return refusal(request.headers, status, error.message, error.hint, may_open=True)
        body: dict[str, Any] = {"error": error.message, "hint": error.hint}
        match error:
            case ChangedMeanwhile():
                entry = self.session.entry(request.path_params["claim_id"])
                return JSONResponse({**body, "current": self._detail(entry) if entry else None}, 409)
            case NotFound():
                return JSONResponse(body, 404)
            case BadRequest():
                return JSONResponse({**body, "field": error.field}, 422)
        return JSONResponse(body, 400)

    async def answer_wrong_address(self, request: Request, error: Exception) -> Response:
        """Answer a request for an address that isn't there, or in a way that it doesn't have."""
        assert isinstance(error, HTTPException)  # noqa: S101
        message = "There is no such page in this review."
        return refusal(request.headers, error.status_code, message, "Check the address.", may_open=True)

    async def answer_store_error(self, _: Request, error: Exception) -> Response:
        """Answer an error of the database, with what to do about it; nothing was saved."""
        assert isinstance(error, sqlite3.Error)  # noqa: S101
        why = self.store.explain(error)
        return JSONResponse({"error": why.message, "hint": f"Nothing was saved. {why.hint}"}, 503)

    def progress(self) -> dict[str, int]:
        """How far the review is, and what the page needs to notice a new run or new decisions."""
        total, decided = len(self.session.entries()), self.session.decided_count()
        return {"all": total, "decided": decided, "change": self.session.change, "run": self.session.run}

    def _field_choices(self) -> dict[str, list[Any]]:
        return json_views.field_choices(self.session.entries(), self.country_names)

    def _detail(self, entry: Entry) -> dict[str, Any]:
        claim_id = entry.claim_id
        conflicts = [conflict for conflict in self.store.conflicts() if conflict.claim_id == claim_id]
        linked = filter(None, map(self.session.entry, entry.machine.links))
        history = self.store.history(claim_id)
        return json_views.detail(entry, self._article(entry.doc_id), linked, history, conflicts)

    def _requested_entry(self, request: Request) -> Entry:
        entry = self.session.entry(request.path_params["claim_id"])
        if entry is None:
            raise NotFound("This claim is not in the last run.", "Reload the list.")
        return entry

    def _article(self, doc_id: str) -> Article:
        article = self.session.article(doc_id)
        if article is None:
            raise NotFound("This article is not in the store.", "Reload the list.")
        return article

    def signer(self, request: Request, named: str) -> str:
        """Who signs what a request decides: whose session it is, else who is ``named`` in it, else who reviews."""
        return request.scope[REVIEWER] or named or self.reviewer

    def _signed(self, request: Request, decision: Decision) -> Decision:
        return replace(decision, reviewer=self.signer(request, decision.reviewer))


def make_app(
    outputs: Path, reviewer: str, address: ServedAddress, port: int, secrets: Secrets, team: Sequence[str] = ()
) -> Starlette:
    """The application of one review of the run in ``outputs``; it opens the store when it starts.

    ``reviewer`` signs decisions that don't name another, ``address`` and ``port`` are where the page is served,
    ``secrets`` is what its browsers must know, ``team`` are those who share the work.
    """
    review = ReviewApp(outputs, reviewer, secrets, team)

    @asynccontextmanager
    async def open_session(_: Starlette) -> AsyncIterator[None]:
        with open_store(outputs) as store:
            review.store, review.session, review.tables = store, ReviewSession(store), TableWatch(outputs, store)
            review.session.filter_counts()  # so that the first page doesn't wait for it
            yield

    return Starlette(
        routes=review.routes(),
        lifespan=open_session,
        middleware=[Middleware(Guard, address=address, port=port, secrets=secrets)],
        exception_handlers={
            ExtractError: review.answer_error,
            sqlite3.Error: review.answer_store_error,
            HTTPException: review.answer_wrong_address,
        },
    )


def _seen_version(body: Mapping[str, Any]) -> int:
    """The version of the decision that the reviewer had before them. Raises BadRequest."""
    seen = body.get("seen")
    if not isinstance(seen, int):
        raise BadRequest("The request doesn't say which version of the claim was seen.", "Reload the page.", "seen")
    return seen
