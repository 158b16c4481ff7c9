"""Who may talk to the review page: this machine's browser with a session, from the page itself, to the right host."""

from __future__ import annotations

import secrets as random_secrets
from collections.abc import Collection, Iterable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.address import ServedAddress
from pipeline.review.message_page import refusal

#: The key of a request's scope under which the guard puts the name of the reviewer whose address opened its session;
#: empty where any name may be given.
REVIEWER = "newsclaims.reviewer"
#: The header in which a request that changes something carries the secret that only the page knows.
SECRET_HEADER = "x-newsclaims"  # noqa: S105
#: Bytes of a request's body: far more than any correction needs, far less than would fill the memory.
MAX_BODY = 1_000_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: Sent with every answer: nothing is loaded from elsewhere, framed, guessed, told to other sites or kept on the disk.
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_HINT = (
    "Press Enter in the terminal where extract review runs (or start it again), and open the address that it prints."
)
_OPENED = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>newsclaims</title><meta http-equiv="refresh" content="0; url=/">
</head><body><p><a href="/">Open the review</a></p></body></html>
"""


class Secrets:
    """What the browsers of one review must know, kept in memory only and made anew each time.

    A token is in a printed address and opens the page once: it is exchanged for a session, whose random id is in a
    cookie. A token for a reviewer makes a session in which nobody else decides. ``csrf`` is in the page and then in a
    header of every request that changes something, so that no other page can send one.
    """

    def __init__(self) -> None:
        self.csrf = _make_secret()
        #: The reviewer by token and by session, "" for anybody.
        self._tokens: dict[str, str] = {}
        self._sessions: dict[str, str] = {}
        self._used_tokens: set[str] = set()

    def new_token(self, reviewer: str = "") -> str:
        """A token that opens the page once, for the reviewer of that name or, without one, for anybody."""
        token = _make_secret()
        self._tokens[token] = reviewer
        return token

    def was_used(self, token: str) -> bool:
        """Whether a token opened the page before."""
        return _is_among(token, self._used_tokens)

    def open_session(self, token: str) -> str:
        """The id of a new session for a token, which is of no use any more then; "" unless it is a new_token."""
        if not _is_among(token, self._tokens):
            return ""
        self._used_tokens.add(token)
        session = _make_secret()
        self._sessions[session] = self._tokens.pop(token)
        return session

    def find_session(self, sessions: Iterable[str]) -> str | None:
        """The reviewer of the first of these ids that is one of a session, "" where it is anybody's; None without."""
        for session in sessions:
            if _is_among(session, self._sessions):
                return self._sessions[session]
        return None


class Guard:
    """ASGI middleware that refuses requests which don't come from the page, and sends HEADERS with every answer.

    A request must name a host that is served with the right port, carry the id of a session as a cookie, and, when it
    changes something, come from the page itself with the secret of the page, as JSON of at most MAX_BODY bytes.
    """

    def __init__(self, app: ASGIApp, address: ServedAddress, port: int, secrets: Secrets) -> None:
        self._app = app
        self._hosts = address.authorities(port)
        self._origins = {f"{address.scheme}://{host}" for host in self._hosts}
        self._is_secure = address.scheme == "https"
        self._cookie_name = f"newsclaims-{port}"
        self._secrets = secrets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse one request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        response = self._own_response(scope)
        await (response or self._app)(scope, receive, send_with_headers)

    def _own_response(self, scope: Scope) -> Response | None:
        """The answer that the guard itself gives; None for a request to pass on."""
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._hosts:
            return PlainTextResponse("This host is not served here.\n", 421)
        reviewer = self._secrets.find_session(_cookies(headers, self._cookie_name))
        has_session = reviewer is not None
        scope[REVIEWER] = reviewer
        if scope["method"] == "GET" and scope["path"] == "/" and b"token=" in scope["query_string"]:
            return RedirectResponse("/", 303) if has_session else self._exchange_token(scope["query_string"], headers)
        if not has_session:
            return refusal(headers, 403, "This browser has not opened the review.", _HINT)
        return self._refuse_change(headers) if scope["method"] not in ("GET", "HEAD") else None

    def _exchange_token(self, query: bytes, headers: Headers) -> Response:
        """Exchange the token of the address for a session.

        The answer is a page that goes on to the review. A redirect would still count as coming from where the address
        was clicked, a file or another site, and browsers send no SameSite=Strict cookie along then.
        """
        token = parse_qs(query.decode("latin-1")).get("token", [""])[0]
        session = self._secrets.open_session(token)
        if not session:
            why = "has been used: it opens the review once" if self._secrets.was_used(token) else "is not valid"
            return refusal(headers, 403, f"This address {why}.", _HINT)
        response = HTMLResponse(_OPENED)
        response.set_cookie(
            self._cookie_name, session, httponly=True, samesite="strict", secure=self._is_secure, path="/"
        )
        return response

    def _refuse_change(self, headers: Headers) -> Response | None:
        """Why a request may not change anything, as an answer; None when it may."""
        if not self._is_same_origin(headers):
            return _refuse("The request came from another page.", "")
        if not _is_same(headers.get(SECRET_HEADER, ""), self._secrets.csrf):
            return _refuse("This page is from an earlier session.", "Reload it.")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return JSONResponse({"error": "The request must be JSON.", "hint": ""}, 415)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > MAX_BODY:
            return JSONResponse({"error": "The request is too long.", "hint": ""}, 413)
        return None

    def _is_same_origin(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        is_own = origin is None or origin in self._origins
        return is_own and headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _refuse(error: str, hint: str) -> Response:
    return JSONResponse({"error": error, "hint": hint}, 403)


def _cookies(headers: Headers, name: str) -> list[str]:
    """The values of all cookies of a name, whatever stands between them: cookies of other programs on this host, too.

    Python's SimpleCookie drops every cookie when a single value is not to its taste, as in prefs={"theme":"dark"}.
    """
    pairs = (part.partition("=") for header in headers.getlist("cookie") for part in header.split(";"))
    return [value.strip() for given, _, value in pairs if given.strip() == name]


def _make_secret() -> str:
    """A random text of 256 bits that may stand in addresses and cookies."""
    return random_secrets.token_urlsafe(32)


def _is_among(given: str, secrets: Collection[str]) -> bool:
    """Compare with all, so that the time tells nothing about any."""
    return sum(_is_same(given, secret) for secret in tuple(secrets)) > 0


def _is_same(given: str, secret: str) -> bool:
    """Compare in a time that tells nothing about the secret."""
    return random_secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
