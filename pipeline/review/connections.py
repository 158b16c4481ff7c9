"""Connections of the review page's server: one that asks nothing, or too slowly, is dropped, so that all are served."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds in which a whole request must arrive after its connection was opened or its last answer was sent. The page
#: asks every 4 seconds, and a request of it is sent in milliseconds.
REQUEST_SECONDS = 10.0
#: Connections that may be open at once; a browser keeps at most six. Far below the files that a process may have open
#: (256 on macOS, 1,024 on Linux), with room for BACKLOG more that are accepted before the first of them is looked at.
MAX_CONNECTIONS = 64
#: Connections that the system holds until they are accepted.
BACKLOG = 64


class Connection(H11Protocol):
    """One connection: closed when a request of it takes more than REQUEST_SECONDS to arrive.

    When there are more than MAX_CONNECTIONS, the one of those waiting for a request that was silent longest is closed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last_heard = self.loop.time()
        self._time_limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request, and make room where there are too many connections."""
        super().connection_made(transport)
        self._last_heard = self.loop.time()
        self._limit_time()
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        super().connection_lost(exc)
        self._clear_time_limit()

    def data_received(self, data: bytes) -> None:
        """Take in a part of a request."""
        self._last_heard = self.loop.time()
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._last_heard = self.loop.time()
        self._limit_time()

    @property
    def is_waiting(self) -> bool:
        """Whether the next thing to come is a request or the rest of one: no answer is being made."""
        cycle = self.cycle
        return not self.transport.is_closing() and (cycle is None or cycle.response_complete or cycle.more_body)

    def _limit_time(self) -> None:
        self._clear_time_limit()
        self._time_limit = self.loop.call_later(REQUEST_SECONDS, self._drop_if_waiting)

    def _clear_time_limit(self) -> None:
        if self._time_limit is not None:
            self._time_limit.cancel()

    def _drop_if_waiting(self) -> None:
        if self.is_waiting:
            self.transport.close()

    def _make_room(self) -> None:
        """Close another connection when there are too many; one that is being answered ends by itself."""
        peers = [peer for peer in self.connections if isinstance(peer, Connection) and peer is not self]
        still_open = [peer for peer in peers if not peer.transport.is_closing()]
        waiting = [peer for peer in still_open if peer.is_waiting]
        if waiting and len(still_open) >= MAX_CONNECTIONS:
            min(waiting, key=lambda peer: peer._last_heard).transport.close()
