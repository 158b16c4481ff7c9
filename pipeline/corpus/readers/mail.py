"""Mails (EML, MBOX) and pages that a browser saved as one file (MHTML): the text, and what is attached to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import Metadata, merge_metadata
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.readers.arrange import titled
from pipeline.corpus.readers.source import ReadTask, Source, failed_task, safe_name
from pipeline.errors import UnreadableArticle
from pipeline.text.normalize import replace_control_characters

#: Attachments of these types are no articles: pictures, sounds, appointments, cards, signatures.
_NO_ARTICLE = re.compile(
    r"(?:image|audio|video|font)/|text/(?:calendar|vcard|x-vcard|css)|application/(?:pgp-|pkcs7-|x-pkcs7-|ics)"
)
#: The text part stands for the mail when it has at least this share of the words of the HTML part; some senders put a
#: line "see the web version" there.
_TEXT_SHARE = 0.5
_FROM = re.compile(rb"From \S+.{0,60}\d\d:\d\d.{0,20}\d{4}")


def in_mbox(source: Source) -> Iterator[Source | ReadTask]:
    """The mails of an MBOX, "#1" the first."""
    for number, data in enumerate(_split(source), start=1):
        part = f"{source.part}#{number}"
        if len(data) > MAX_BYTES:
            yield failed_task(part, UnreadableArticle(f"larger than {MAX_BYTES // 1_000_000} MB", "Save it as text."))
            continue
        yield from in_mail(source.inside("mail.eml", data, part))


def _split(source: Source) -> Iterator[bytes]:
    """The bytes of each mail: a new one begins with "From ADDRESS DATE" on top or after a blank line."""
    source.stream.seek(0)
    lines: list[bytes] = []
    size, blank = 0, True
    while line := source.stream.readline(MAX_BYTES):
        if blank and _FROM.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_BYTES:
            lines.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
            size += len(line)
        blank = not line.strip()
    if lines:
        yield b"".join(lines)


def in_mail(source: Source) -> Iterator[Source | ReadTask]:
    """The mail's own text, then each file attached to it that may be an article."""
    message = email.message_from_bytes(source.all(), policy=email.policy.compat32)
    attached = [part for part in _parts(message) if _is_attached(part)]
    files = [part for part in attached if not _NO_ARTICLE.match(part.get_content_type())]
    # A mail that only carries files is no article itself.
    if not files or any(_body(part).strip() for part in _parts(message) if not _is_attached(part)):
        yield ReadTask(source.part, lambda: iter([read_mail(message)]), "mail")
    used: set[str] = set()
    for number, part in enumerate(files, start=1):
        name = safe_name(_decoded(part.get_filename() or ("mail.eml" if _is_mail(part) else "attachment")))
        name = f"{number}-{name}" if name in used else name
        used.add(name)
        inner = part.get_payload(0) if _is_mail(part) and part.is_multipart() else None
        data = inner.as_bytes() if isinstance(inner, Message) else _bytes(part)
        source.budget.enter()
        yield source.inside(name, data, f"{source.part}/{name}")


def _parts(message: Message) -> Iterator[Message]:
    """All parts that are no containers, forwarded mails unopened."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and not _is_mail(part):
            waiting.extend(reversed([each for each in part.get_payload() if isinstance(each, Message)]))
        else:
            yield part


def _is_mail(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename()) or _is_mail(part)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body(part: Message) -> str:
    """The text of a text part. Unknown or wrong charsets are read as UTF-8 or Windows-1252."""
    if part.get_content_maintype() != "text":
        return ""
    data = _bytes(part)
    for charset in (part.get_content_charset("utf-8"), "utf-8"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def read_mail(message: Message) -> Document:
    """The mail's text part, or its HTML part where that says more. Raises UnreadableArticle for one without text."""
    bodies: dict[str, Message] = {}
    for part in _parts(message):
        if not _is_attached(part) and part.get_content_type() in ("text/plain", "text/html"):
            bodies.setdefault(part.get_content_type(), part)
    known = _metadata(message)
    plain = _body(bodies["text/plain"]) if "text/plain" in bodies else ""
    if "text/html" in bodies:
        page = bodies["text/html"]
        words = len(re.sub(r"<(style|script)\b.*?</\1|<[^>]*>", " ", _body(page), flags=re.DOTALL).split())
        if len(plain.split()) < _TEXT_SHARE * words:
            return _from_page(message, page, known)
    return titled(plain.replace("\r\n", "\n"), known)


def _from_page(message: Message, page: Message, known: Metadata) -> Document:
    saved = _header(message, "snapshot-content-location")
    found = read_html(_bytes(page), url=saved, charset=page.get_content_charset("") or "")
    # What a browser saved is a page: subject and date are its title and the day it was saved.
    own = Metadata(title=known.title, url=saved) if saved else known
    return replace(
        found, metadata=merge_metadata(found.metadata, own) if saved else merge_metadata(own, found.metadata)
    )


def _metadata(message: Message) -> Metadata:
    """The subject as title, the day it was sent, the sender's name as publisher."""
    name, address = next(iter(getaddresses([_header(message, "from")])), ("", ""))
    day = parse_day(_header(message, "date"))
    subject = re.sub(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*", "", _header(message, "subject"), flags=re.IGNORECASE)
    return Metadata(subject, day, "metadata" if day else "", name or address.rpartition("@")[2])


def _header(message: Message, name: str) -> str:
    return _decoded(str(message.get(name, "")))


def _decoded(value: str) -> str:
    """A header's words, RFC 2047 encoding resolved where it is sound."""
    with suppress(LookupError, ValueError, HeaderParseError):
        value = str(make_header(decode_header(value)))
    return replace_control_characters(" ".join(value.split()))
