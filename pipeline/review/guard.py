"""Who may talk to the review page: this machine's browser with the token, from the page itself, to the right host."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
#: The header that a request which changes something carries, with the secret that only the page knows.
SECRET_HEADER = "x-newsclaims"  # noqa: S105
BODY_LIMIT = 1_000_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_ASK = "Open the address that extract review printed when it started."


@dataclass(frozen=True, slots=True)
class Secrets:
    """What this session's browser must know: ``token`` opens the page, ``csrf`` is what the page shows to save."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))


class Guard:
    """ASGI middleware: turns away what is not the page's own, and sends the headers that keep a browser strict."""

    def __init__(self, app: ASGIApp, port: int, secret: Secrets) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in (LOOPBACK, "localhost")}
        self._cookie = f"newsclaims-{port}"
        self._secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = self._refusal(scope)
        await (answer or self._app)(scope, receive, strict)

    def _refusal(self, scope: Scope) -> Response | None:
        """What to answer instead of the page; None when all is well."""
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return PlainTextResponse("This host is not served here.\n", 421)
        if scope["path"] == "/" and b"token=" in scope["query_string"]:
            return self._opened(scope["query_string"])
        if not _same(self._cookie_of(headers), self._secret.token):
            return _refused("This browser has not opened the review.", _ASK)
        return self._wrong_post(headers) if scope["method"] not in ("GET", "HEAD") else None

    def _opened(self, query: bytes) -> Response:
        given = parse_qs(query.decode("latin-1")).get("token", [""])[0]
        if not _same(given, self._secret.token):
            return PlainTextResponse(f"This address is no longer good. {_ASK}\n", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._cookie, self._secret.token, httponly=True, samesite="strict", path="/")
        return answer

    def _cookie_of(self, headers: Headers) -> str:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return ""
        return found.value if found else ""

    def _wrong_post(self, headers: Headers) -> Response | None:
        """A request that changes something must come from the page itself, as JSON of a sensible size."""
        origin = headers.get("origin")
        own = origin is None or origin.removeprefix("http://") in self._hosts
        if not own or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _refused("This came from another page.", "")
        if not _same(headers.get(SECRET_HEADER, ""), self._secret.csrf):
            return _refused("This page is from an earlier session.", "Reload it.")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return JSONResponse({"error": "Only JSON is taken.", "hint": ""}, 415)
        length = headers.get("content-length", "")
        if not length.isdecimal() or int(length) > BODY_LIMIT:
            return JSONResponse({"error": "That is too long.", "hint": ""}, 413)
        return None


def _refused(error: str, hint: str) -> Response:
    return JSONResponse({"error": error, "hint": hint}, 403)


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
