"""Requests about many claims at once, and about the views that choose them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.review import requests
from pipeline.review.entries import Entry
from pipeline.review.requests import BadRequest, read_body
from pipeline.review.views import PRESETS, delete_view, load_views, save_view
from pipeline.store import ChangedMeanwhile

if TYPE_CHECKING:
    from pipeline.review.app import ReviewApp

#: What many claims may be decided at once.
_BATCH_DECISIONS = ("accept", "reject", "unsure")


class BulkHandlers:
    """The handlers of one review's requests about many claims, and about views."""

    def __init__(self, review: ReviewApp) -> None:
        self._review = review

    def routes(self) -> list[Route]:
        """Every address that is answered, with its handler."""
        return [
            Route("/api/decisions/count", self.count, methods=["POST"]),
            Route("/api/decisions", self.decide, methods=["POST"]),
            Route("/api/decisions/undo", self.undo, methods=["POST"]),
            Route("/api/views", self.list_views),
            Route("/api/views", self.save_view, methods=["POST"]),
            Route("/api/views/delete", self.delete_view, methods=["POST"]),
        ]

    async def count(self, request: Request) -> Response:
        """Answer with how many of the claims that are meant are open, and how many decided, which stay as they are."""
        chosen = self._chosen(await read_body(request))
        count = len(list(filter(_is_open, chosen)))
        return JSONResponse({"open": count, "decided": len(chosen) - count})

    async def decide(self, request: Request) -> Response:
        """Decide all open ones of the claims that are meant; answers with the name of the batch, and their number.

        "expected" in the request is the number that the reviewer was asked about: nothing is saved when it is another.
        """
        body = await read_body(request)
        if body.get("decision") not in _BATCH_DECISIONS:
            raise BadRequest("The request has no decision for many claims.", "Accept, reject or unsure.", "decision")
        entries = list(filter(_is_open, self._chosen(body)))
        if not entries:
            raise BadRequest("None of these claims is open.", "Choose others: what was decided stays as it is.")
        changed = BadRequest("Other claims are meant now: somebody decided some meanwhile.", "Count them again.")
        if body.get("expected") != len(entries):
            raise changed
        reviewer = self._review.signer(request, requests.parse_text(body, "reviewer"))
        try:
            batch = self._review.session.decide_all(entries, body["decision"], reviewer)
        except ChangedMeanwhile as error:
            raise changed from error
        return JSONResponse({"batch": batch, "decided_now": len(entries), **self._review.progress()})

    async def undo(self, request: Request) -> Response:
        """Undo a batch as one step; answers with how many claims are as before, how many were decided anew since."""
        body = await read_body(request)
        undone = self._review.session.undo_all(str(body.get("batch", "")))
        answer = {"undone": len(undone.undone), "kept": len(undone.kept)}
        return JSONResponse({**answer, **self._review.progress()})

    async def list_views(self, _: Request) -> Response:
        """Answer with the views that every review has, and with those that people saved."""
        return self._views()

    async def save_view(self, request: Request) -> Response:
        """Save a view under a name; answers as list_views does."""
        body = await read_body(request)
        save_view(self._review.outputs, requests.parse_text(body, "name"), _texts(body, "filters"))
        return self._views()

    async def delete_view(self, request: Request) -> Response:
        """Delete a saved view; answers as list_views does."""
        body = await read_body(request)
        delete_view(self._review.outputs, requests.parse_text(body, "name"))
        return self._views()

    def _views(self) -> Response:
        def as_json(views: Any) -> list[dict[str, Any]]:
            return [{"name": view.name, "filters": dict(view.filters)} for view in views]

        return JSONResponse({"presets": as_json(PRESETS), "saved": as_json(load_views(self._review.outputs))})

    def _chosen(self, body: Mapping[str, Any]) -> list[Entry]:
        """The claims that a request means: those with the ids in "claims", else all that pass its "filters"."""
        claims = body.get("claims")
        if claims is None:
            return self._review.session.find(self._review.claim_filter(_texts(body, "filters")))
        if not isinstance(claims, list):
            raise BadRequest("The claims must be a list of ids.", field="claims")
        entries = (self._review.session.entry(str(claim_id)) for claim_id in dict.fromkeys(map(str, claims)))
        return [entry for entry in entries if entry is not None]


def _is_open(entry: Entry) -> bool:
    """Whether nobody decided, nor wrote a word that isn't understood."""
    return not entry.verdict and not entry.unknown_word


def _texts(body: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """An object of texts in a request. Raises BadRequest."""
    values = body.get(name) or {}
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise BadRequest(f"The {name} must be a JSON object of texts.", field=name)
    return values
