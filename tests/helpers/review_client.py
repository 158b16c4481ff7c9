"""What a browser with the review page open sends, without a browser."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.review.server import Server


@dataclass(slots=True)
class Client:
    """What a browser with the page open sends."""

    server: Server
    cookie: str = ""
    csrf: str = ""

    def ask(
        self, path: str, body: Any = None, method: str = "", headers: Mapping[str, str | None] | None = None
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Status, body (JSON read) and headers of the answer."""
        sent: dict[str, str | None] = {"Cookie": self.cookie, "Host": f"127.0.0.1:{self.server.port}"}
        if body is not None:
            sent |= {"Content-Type": "application/json", "X-Newsclaims": self.csrf}
        sent |= headers or {}
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        link.putrequest(method or ("GET" if body is None else "POST"), path, skip_host=True)
        if data is not None:
            sent.setdefault("Content-Length", str(len(data)))
        for name, value in sent.items():
            if value is not None:
                link.putheader(name, value)
        link.endheaders(data)
        answer = link.getresponse()
        text = answer.read().decode()
        answer_headers = dict(answer.getheaders())
        link.close()
        return (
            answer.status,
            json.loads(text) if answer_headers.get("content-type") == "application/json" else text,
            answer_headers,
        )

    def get(self, path: str) -> Any:
        status, body, _ = self.ask(path)
        assert status == 200, body
        return body

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        status, answer, _ = self.ask(path, body)
        assert status in (200, 201), answer
        return answer


def opened(server: Server) -> Client:
    """A browser that has opened the address."""
    client = Client(server)
    status, body, headers = client.ask("/" + server.new_url().rpartition("/")[2])
    assert (status, 'content="0; url=/"' in body) == (200, True)
    client.cookie = headers["set-cookie"].partition(";")[0]
    token = re.search(r'name="csrf" content="([^"]+)"', client.get("/"))
    assert token
    client.csrf = token[1]
    return client
