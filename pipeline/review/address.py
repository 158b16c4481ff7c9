"""Where the review page is served: to this machine alone, or by TLS at an address that other machines reach."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ExtractError

LOOPBACK = "127.0.0.1"
#: The port that an address of TLS stands for when it names none.
_HTTPS_PORT = 443
_NO_TLS = (
    "Over a network the review is served by TLS only: name the files of a certificate and its key with "
    "--tls-certificate and --tls-key. Or leave out --host, and let each reviewer come by a tunnel: "
    "ssh -L PORT:127.0.0.1:PORT USER@THIS-MACHINE, with the --port of the review for PORT."
)


@dataclass(frozen=True, slots=True)
class ServedAddress:
    """The host under which browsers ask for the page, and the certificate that it shows.

    ``host`` is a name or an IP address of this machine, in lower case, as it stands in the address of the page.
    ``certificate`` and ``key`` are PEM files, or both None: plain HTTP, which never leaves this machine.
    """

    host: str = LOOPBACK
    certificate: Path | None = None
    key: Path | None = None

    @property
    def scheme(self) -> str:
        """What the address of the page begins with: "http" or "https"."""
        return "https" if self.certificate else "http"

    def authorities(self, port: int) -> frozenset[str]:
        """What a browser may send as the host of a request: "127.0.0.1:8000" and "localhost:8000"."""
        names = {self._bracketed, *({LOOPBACK, "localhost"} if self._is_local() else ())}
        short = names if self.scheme == "https" and port == _HTTPS_PORT else ()
        return frozenset({f"{name}:{port}" for name in names}.union(short))

    def url(self, port: int, token: str) -> str:
        """The address that opens the page once, for a token of the guard."""
        return f"{self.scheme}://{self._bracketed}:{port}/?token={token}"

    def bind(self, port: int) -> socket.socket:
        """A socket that is bound to the address; with ``port`` 0 to any free port.

        Raises ExtractError when the port is taken or the host is no address of this machine.
        """
        family, where = _resolve(self.host, port)
        # Only with the protocol named does asyncio turn off Nagle's algorithm, which holds small answers back for
        # 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
        except OSError as error:
            listener.close()
            what, other = f"Port {port}", "Give another one with --port"
            if self.host == LOOPBACK:
                raise ExtractError(f"{what} can't be used: {error.strerror}.", f"{other}.") from error
            hint = f"{other}, or another --host: {self.host} must be an address of this machine."
            raise ExtractError(f"{what} of {self.host} can't be used: {error.strerror}.", hint) from error
        return listener

    @property
    def _bracketed(self) -> str:
        """The host as it stands in an address: IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def _is_local(self) -> bool:
        return self.host in (LOOPBACK, "localhost")


def check_address(host: str, certificate: Path | None, key: Path | None) -> ServedAddress:
    """The address to serve at; an empty ``host`` is this machine alone.

    Raises ExtractError for a host that no browser could name, for one that other machines reach without a certificate,
    and for files that are no certificate and key.
    """
    host = host.strip().lower().strip("[]") or LOOPBACK
    if (certificate is None) != (key is None):
        raise ExtractError("TLS needs two files.", "Give both --tls-certificate and --tls-key, or neither.")
    _, where = _resolve(host, 0)
    resolved = ipaddress.ip_address(where[0].partition("%")[0])
    if resolved.is_unspecified:
        raise ExtractError(
            f"{host} stands for every address of this machine.",
            "Name the one that the reviewers' browsers will ask for, such as --host 192.168.1.20.",
        )
    if certificate is None or key is None:
        if not resolved.is_loopback:
            raise ExtractError(f"{host} can be reached by other machines, and no certificate was given.", _NO_TLS)
        return ServedAddress(host)
    _try_certificate(certificate, key)
    return ServedAddress(host, certificate, key)


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    """Family and socket address of a host. Raises ExtractError when nothing is known by that name."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that the encoding of host names can't hold
        raise ExtractError(f"There is no host {host!r}.", "Give a name or an IP address of this machine.") from error
    return family, where


def _try_certificate(certificate: Path, key: Path) -> None:
    """Raise ExtractError when the files can't be used; a key that asks for a password is one of them."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ssl.SSLError) as error:  # no such file; no certificate, no key of it, or one with a password
        why = error.strerror if isinstance(error, FileNotFoundError | PermissionError) else "no certificate and its key"
        raise ExtractError(
            f"{certificate} and {key} can't be used: {why}.",
            "Both must be PEM files, the key the certificate's own and without a password.",
        ) from error
