"""The requests of the page of events: the list, a dossier, and what people say of an event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.review.edit_requests import Edit, edit_routes, list_answer, parse_name
from pipeline.review.event_index import EventIndex
from pipeline.review.requests import BadRequest, NotFound
from pipeline.review.session import ORIGIN
from pipeline.store import EventEditor
from pipeline.write.event_rows import EventRow

if TYPE_CHECKING:
    from pipeline.review.app import ReviewApp


class EventHandlers:
    """The handlers of one review's requests about events."""

    def __init__(self, review: ReviewApp) -> None:
        self._review = review

    @cached_property
    def _index(self) -> EventIndex:
        """Made when it is first asked for: the store opens only when the application starts."""
        return EventIndex(self._review.session, self._review.store)

    def routes(self) -> list[Route]:
        """Every address about events, with its handler."""
        edits: Mapping[str, Edit[EventRow]] = {
            "rename": self._rename, "merge": self._merge, "split": self._split, "undo": self._undo,
        }  # fmt: skip
        return [
            Route("/api/events", self.list_events),
            Route("/api/events/{event_id}", self.get_event),
            *edit_routes("/api/events/{event_id}", edits, self._editor, self._requested, self._dossier),
        ]

    async def list_events(self, request: Request) -> Response:
        """Answer with all events, those told by most articles first, unless "known" says that the page has them."""
        known = request.query_params.get("known", "")
        return JSONResponse(list_answer("events", self._index.summaries, self._index.numbers(), known))

    async def get_event(self, request: Request) -> Response:
        """Answer with the dossier of one event."""
        return self._dossier(self._requested(request).event_id)

    def _dossier(self, event_id: str) -> Response:
        return JSONResponse({**self._index.dossier(event_id), **self._index.numbers()})

    def _editor(self, request: Request, reviewer: str) -> EventEditor:
        return self._review.store.edit_events(self._review.signer(request, reviewer), ORIGIN)

    def _rename(self, editor: EventEditor, row: EventRow, body: Mapping[str, Any], seen: int) -> str:
        editor.rename(row.event_id, parse_name(body), seen=seen)
        return row.event_id

    def _merge(self, editor: EventEditor, row: EventRow, body: Mapping[str, Any], _: int) -> str:
        """``seen`` is not compared: it is that of the event which ends here."""
        into = self._index.rows().get(str(body.get("into", "")))
        if into is None:
            raise BadRequest("There is no such event to merge with.", "Choose one from the list.", "into")
        editor.merge(row.event_id, _claims_of(row), into.event_id, _claims_of(into))
        return into.event_id

    def _split(self, editor: EventEditor, row: EventRow, body: Mapping[str, Any], seen: int) -> str:
        claims = body.get("claims")
        if not isinstance(claims, list) or not all(isinstance(claim_id, str) for claim_id in claims):
            raise BadRequest("The request has no claims to split off.", "Mark some in the timeline.", "claims")
        return editor.split(row.event_id, _claims_of(row), claims, seen=seen)

    def _undo(self, editor: EventEditor, row: EventRow, _: Mapping[str, Any], seen: int) -> str:
        editor.undo(row.event_id, seen=seen)
        return row.event_id

    def _requested(self, request: Request) -> EventRow:
        row = self._index.rows().get(request.path_params["event_id"])
        if row is None:
            raise NotFound("This event is not in the last run.", "Reload the list.")
        return row


def _claims_of(row: EventRow) -> list[str]:
    return [claim.claim_id for claim in row.claims]
