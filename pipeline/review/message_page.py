"""What a browser shows in place of a page: words and what to do next, never the JSON that scripts get."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, JSONResponse, Response

#: Without script, and without style sheet for who has no session, as that gets no other file of the server.
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>newsclaims</title>{style}</head>
<body class="message"><main><h1>{message}</h1>{hint}{link}</main></body></html>
"""
_STYLE = '<link rel="stylesheet" href="/static/review.css">'
_LINK = '<p><a href="/">Open the review</a></p>'


def wants_page(headers: Mapping[str, str]) -> bool:
    """Whether a person reads the answer: a browser that goes to an address asks for HTML, a script doesn't."""
    return "text/html" in headers.get("accept", "")


def refusal(headers: Mapping[str, str], status: int, message: str, hint: str, *, may_open: bool = False) -> Response:
    """Answer with why something can't be had and what to do: a page to a browser, JSON to a script.

    ``headers`` are the request's; ``may_open`` links to the review, for whoever has a session.
    """
    if not wants_page(headers):
        return JSONResponse({"error": message, "hint": hint}, status)
    paragraph = f"<p>{escape(hint)}</p>" if hint else ""
    style, link = (_STYLE, _LINK) if may_open else ("", "")
    page = _PAGE.format(message=escape(message), hint=paragraph, style=style, link=link)
    return HTMLResponse(page, status)
