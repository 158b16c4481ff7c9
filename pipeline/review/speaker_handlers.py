"""The requests of the page of speakers: the list, a dossier, and what people say of a speaker."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipeline.review.edit_requests import Edit, edit_routes, list_answer, parse_name
from pipeline.review.requests import BadRequest, NotFound
from pipeline.review.session import ORIGIN
from pipeline.review.speaker_index import SpeakerIndex, SpeakerLine
from pipeline.store import EventEditor, merged_ids

if TYPE_CHECKING:
    from pipeline.review.app import ReviewApp


class SpeakerHandlers:
    """The handlers of one review's requests about speakers."""

    def __init__(self, review: ReviewApp) -> None:
        self._review = review

    @cached_property
    def _index(self) -> SpeakerIndex:
        """Made when it is first asked for: the store opens only when the application starts."""
        return SpeakerIndex(self._review.session, self._review.store)

    def routes(self) -> list[Route]:
        """Every address about speakers, with its handler."""
        edits: Mapping[str, Edit[SpeakerLine]] = {
            "rename": self._rename,
            "merge": self._merge,
            "gather": self._gather,
            "undo": self._undo,
        }
        return [
            Route("/api/speakers", self.list_speakers),
            Route("/api/speakers/{id}", self.get_speaker),
            *edit_routes("/api/speakers/{id}", edits, self._editor, self._requested, self._dossier),
        ]

    async def list_speakers(self, request: Request) -> Response:
        """Answer with all speakers, those with most claims first, unless "known" says that the page has them."""
        known = request.query_params.get("known", "")
        return JSONResponse(list_answer("speakers", self._index.summaries, self._index.numbers(), known))

    async def get_speaker(self, request: Request) -> Response:
        """Answer with the dossier of one speaker."""
        return self._dossier(self._requested(request).speaker_id)

    def _dossier(self, speaker_id: str) -> Response:
        return JSONResponse({**self._index.dossier(speaker_id), **self._index.numbers()})

    def _editor(self, request: Request, reviewer: str) -> EventEditor:
        return self._review.store.edit_speakers(self._review.signer(request, reviewer), ORIGIN)

    def _rename(self, editor: EventEditor, line: SpeakerLine, body: Mapping[str, Any], seen: int) -> str:
        editor.rename(line.speaker_id, parse_name(body), seen=seen)
        return line.speaker_id

    def _merge(self, editor: EventEditor, line: SpeakerLine, body: Mapping[str, Any], _: int) -> str:
        """``seen`` is not compared: it is that of the speaker who ends here."""
        into = str(body.get("into", ""))
        if into not in self._index.lines():
            raise BadRequest("There is no such speaker to merge with.", "Choose one from the list.", "into")
        edits = self._index.edits()
        editor.merge(line.speaker_id, merged_ids(line.speaker_id, edits), into, merged_ids(into, edits))
        return into

    def _gather(self, editor: EventEditor, line: SpeakerLine, body: Mapping[str, Any], seen: int) -> str:
        """Merge others into this speaker, as one step."""
        others = body.get("others")
        lines = self._index.lines()
        if not isinstance(others, list) or not others or not all(isinstance(other, str) for other in others):
            raise BadRequest("The request names no speakers to merge.", "Search for some in the list.", "others")
        if line.speaker_id in others or not lines.keys() >= set(others):
            raise BadRequest("Not all of these speakers are in the list any more.", "Reload the list.", "others")
        edits = self._index.edits()
        moved = {member: other for other in others for member in merged_ids(other, edits)}
        editor.merge_all(moved, line.speaker_id, merged_ids(line.speaker_id, edits), seen=seen)
        return line.speaker_id

    def _undo(self, editor: EventEditor, line: SpeakerLine, _: Mapping[str, Any], seen: int) -> str:
        editor.undo(line.speaker_id, seen=seen)
        return line.speaker_id

    def _requested(self, request: Request) -> SpeakerLine:
        line = self._index.lines().get(request.path_params["id"])
        if line is None:
            raise NotFound("This speaker is not in the last run.", "Reload the list.")
        return line
