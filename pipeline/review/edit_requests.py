"""What the requests that edit an event and those that edit a speaker have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pipeline.review.requests import BadRequest, parse_text, read_body
from pipeline.store import EventEditor

T = TypeVar("T")
#: Carries out an edit, which the request's body describes, of what was seen with the edit of that number; the id of
#: what to show then.
Edit = Callable[[EventEditor, T, Mapping[str, Any], int], str]


def edit_routes(
    path: str,
    edits: Mapping[str, Edit[T]],
    make_editor: Callable[[Request, str], EventEditor],
    find: Callable[[Request], T],
    answer: Callable[[str], Response],
) -> list[Route]:
    """The addresses below ``path`` that carry out an edit and answer with what it leaves.

    ``make_editor`` gets a request and the reviewer named in it, empty for none; ``find`` gives what a request is about.
    """

    def handler(edit: Edit[T]) -> Callable[[Request], Any]:
        async def handle(request: Request) -> Response:
            body, subject = await read_body(request), find(request)
            seen = body.get("seen")
            if not isinstance(seen, int):
                raise BadRequest("The request doesn't say which edit was seen last.", "Reload the page.", "seen")
            return answer(edit(make_editor(request, parse_text(body, "reviewer")), subject, body, seen))

        return handle

    return [Route(f"{path}/{name}", handler(edit), methods=["POST"]) for name, edit in edits.items()]


def list_answer(
    name: str, make_list: Callable[[], list[dict[str, Any]]], numbers: Mapping[str, int], known: str
) -> Any:
    """A list of events or speakers with its ``numbers``; these alone for a page that has the list of them.

    ``known`` are the numbers that the page has, parted by blanks: it asks every few seconds, and a list may be long.
    """
    is_known = known == " ".join(map(str, numbers.values()))
    return dict(numbers) if is_known else {name: make_list(), **numbers}


def parse_name(body: Mapping[str, Any]) -> str:
    """The name in a request, empty for none. Raises BadRequest."""
    name = body.get("name")
    if not isinstance(name, str):
        raise BadRequest("The request has no name.", "Type a name, or nothing for the articles' words.", "name")
    return name
