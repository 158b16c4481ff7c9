"""Who may talk to the review page: this machine's browser with the token, from the page itself, to the right host."""

from __future__ import annotations

import secrets as random_secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
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
_HINT = "Open the address that extract review printed when it started."


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the browser of one review must know, made anew each time.

    ``token`` is in the printed address and then in a cookie: it opens the page. ``csrf`` is in the page and then in a
    header of every request that changes something, so that no other page can send one.
    """

    token: str = field(default_factory=lambda: random_secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: random_secrets.token_urlsafe(32))


class Guard:
    """ASGI middleware that refuses requests which don't come from the page, and sends HEADERS with every answer.

    A request must name a host of this machine with the right port, carry the token as a cookie, and, when it changes
    something, come from the page itself with the secret of the page, as JSON of at most MAX_BODY bytes.
    """

    def __init__(self, app: ASGIApp, port: int, secrets: Secrets) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}
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
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("This host is not served here.\n", 421)
        if scope["path"] == "/" and b"token=" in scope["query_string"]:
            return self._exchange_token(scope["query_string"])
        if not _is_same(self._cookie(headers), self._secrets.token):
            return _refuse("This browser has not opened the review.", _HINT)
        return self._refuse_change(headers) if scope["method"] not in ("GET", "HEAD") else None

    def _exchange_token(self, query: bytes) -> Response:
        """Move the token from the address, where it would be seen, into a cookie."""
        given = parse_qs(query.decode("latin-1")).get("token", [""])[0]
        if not _is_same(given, self._secrets.token):
            return PlainTextResponse(f"This address is no longer valid. {_HINT}\n", 403)
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie_name, self._secrets.token, httponly=True, samesite="strict", path="/")
        return response

    def _cookie(self, headers: Headers) -> str:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie_name)
        except CookieError:
            return ""
        return cookie.value if cookie else ""

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
        is_own = origin is None or origin.removeprefix("http://") in self._hosts
        return is_own and headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _refuse(error: str, hint: str) -> Response:
    return JSONResponse({"error": error, "hint": hint}, 403)


def _is_same(given: str, secret: str) -> bool:
    """Compare in a time that tells nothing about the secret."""
    return random_secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
