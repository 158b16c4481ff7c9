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
from functools import partial

from pipeline.corpus.detect.decoding import decode_labelled
from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.limits import MAX_BYTES
from pipeline.corpus.metadata import Metadata, merge_metadata
from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.press import clean_lines
from pipeline.corpus.readers.arrange import arrange_text
from pipeline.corpus.readers.press_export import split_lines
from pipeline.corpus.readers.press_html import read_html_export
from pipeline.corpus.readers.source import (
    FilePart,
    Reading,
    ReadTask,
    Source,
    failed_task,
    safe_name,
    too_large,
)
from pipeline.text.normalize import blank_invalid, unfold

#: Attachments of these types are no articles: pictures, sounds, appointments, cards, signatures.
_NO_ARTICLE = re.compile(
    r"(?:image|audio|video|font)/|text/(?:calendar|vcard|x-vcard|css)|application/(?:pgp-|pkcs7-|x-pkcs7-|ics)"
)
#: The text part stands for the mail when it has at least this share of the words of the HTML part; some senders put a
#: line "see the web version" there.
_TEXT_SHARE = 0.5
#: The line that begins a mail in an MBOX: "From ada@example.com Tue Mar  4 09:00:00 2025".
_FROM_LINE = re.compile(rb"From \S+.{0,60}\d\d:\d\d.{0,20}\d{4}")
#: A line of a mail that looks like it is written with a ">" before it.
_QUOTED_FROM = (b">From ", b">>From ")
#: Tags, styles and scripts of the HTML part, which are no words.
_TAGS = re.compile(r"<(style|script)\b.*?</\1|<[^>]*>", re.DOTALL)
#: What may stand above the headers of a saved mail: a byte order mark, blank lines.
_BEFORE_HEADERS = re.compile(rb"^(?:\xef\xbb\xbf)?\s+|^\xef\xbb\xbf")
#: "Re: " and the like before a subject, in English and German.
_REPLY_MARKS = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:)+\s*", re.IGNORECASE)


def iter_mbox_parts(source: Source) -> Iterator[FilePart]:
    """The mails of an MBOX, "#1" the first, each followed by what is attached to it; too large a mail fails."""
    for number, data in enumerate(_split_mbox(source), start=1):
        part = f"{source.part}#{number}"
        if len(data) > MAX_BYTES:
            yield failed_task(part, too_large("Save it as text."))
            continue
        yield from iter_mail_parts(source.open_inside("mail.eml", data, part))


def _split_mbox(source: Source) -> Iterator[bytes]:
    """The bytes of each mail: a new one begins with "From ADDRESS DATE" on top or after a blank line."""
    source.stream.seek(0)
    lines: list[bytes] = []
    size = 0
    is_after_blank = True
    while line := source.stream.readline(MAX_BYTES):
        if is_after_blank and _FROM_LINE.match(line):
            if lines:
                yield b"".join(lines)
            lines, size = [], 0
        elif size <= MAX_BYTES:
            lines.append(line[1:] if line.startswith(_QUOTED_FROM) else line)
            size += len(line)
        is_after_blank = not line.strip()
    if lines:
        yield b"".join(lines)


def iter_mail_parts(source: Source) -> Iterator[FilePart]:
    """The mail's own text as a task, then each file attached to it that may be an article.

    A mail that only carries files is no article itself and gives no task.
    """
    message = email.message_from_bytes(
        _BEFORE_HEADERS.sub(b"", source.read_all(), count=1), policy=email.policy.compat32
    )
    parts = list(_leaf_parts(message))
    attachments = [part for part in parts if _is_attached(part) and not _NO_ARTICLE.match(part.get_content_type())]
    if not attachments or any(_body_text(part).strip() for part in parts if not _is_attached(part)):
        yield ReadTask(source.part, partial(read_mail, message), "mail")
    used_names: set[str] = set()
    for number, attachment in enumerate(attachments, start=1):
        name = _attachment_name(attachment)
        name = f"{number}-{name}" if name in used_names else name
        used_names.add(name)
        source.budget.count_member()
        yield source.open_inside(name, _attachment_bytes(attachment), f"{source.part}/{name}")


def _attachment_name(part: Message) -> str:
    fallback = "mail.eml" if _is_mail(part) else "attachment"
    return safe_name(_decode_header(part.get_filename() or fallback))


def _attachment_bytes(part: Message) -> bytes:
    """The attached file; of a forwarded mail its source."""
    inner = part.get_payload(0) if _is_mail(part) and part.is_multipart() else None
    return inner.as_bytes() if isinstance(inner, Message) else _payload_of(part)


def _leaf_parts(message: Message) -> Iterator[Message]:
    """All parts that are no containers, forwarded mails unopened."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and not _is_mail(part):
            waiting.extend(reversed([inner for inner in part.get_payload() if isinstance(inner, Message)]))
        else:
            yield part


def _is_mail(part: Message) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename()) or _is_mail(part)


def _payload_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _body_text(part: Message) -> str:
    """The text of a text part, "" of others. Its charset is read as browsers read it: labels are often wrong."""
    if part.get_content_maintype() != "text":
        return ""
    return decode_labelled(_payload_of(part), part.get_content_charset(""))


def read_mail(message: Message) -> Reading:
    """Read the mail's text part, or its HTML part where that says more (``_TEXT_SHARE``).

    A mail that a press database sent with articles in it gives these, as an export of that database does.

    The subject is the title, the sender the publisher, the day it was sent the day of publication; of a page that a
    browser saved as MHTML the page's own are used instead. Raises UnreadableArticle for a mail without text.
    """
    bodies: dict[str, Message] = {}
    for part in _leaf_parts(message):
        if not _is_attached(part) and part.get_content_type() in ("text/plain", "text/html"):
            bodies.setdefault(part.get_content_type(), part)
    metadata = _read_metadata(message)
    plain = _body_text(bodies["text/plain"]) if "text/plain" in bodies else ""
    if "text/html" in bodies:
        page = bodies["text/html"]
        page_words = len(_TAGS.sub(" ", _body_text(page)).split())
        if len(plain.split()) < _TEXT_SHARE * page_words:
            articles = read_html_export(_payload_of(page), page.get_content_charset("") or "")
            return articles or _read_page(message, page, metadata)
    return split_lines(clean_lines(plain)) or arrange_text(plain.replace("\r\n", "\n"), metadata)


def _read_page(message: Message, page: Message, metadata: Metadata) -> Document:
    """The article of the mail's HTML part."""
    saved_from = _read_header(message, "snapshot-content-location")
    document = read_html(_payload_of(page), url=saved_from, charset=page.get_content_charset("") or "")
    if saved_from:
        # What a browser saved is a page: subject and date are its title and the day it was saved.
        saved = Metadata(title=metadata.title, url=saved_from)
        return replace(document, metadata=merge_metadata(document.metadata, saved))
    return replace(document, metadata=merge_metadata(metadata, document.metadata))


def _read_metadata(message: Message) -> Metadata:
    """The subject as title, the day it was sent, the sender's name (else the host of the address) as publisher."""
    name, address = next(iter(getaddresses([_read_header(message, "from")])), ("", ""))
    day = parse_day(_read_header(message, "date"))
    return Metadata(
        title=_REPLY_MARKS.sub("", _read_header(message, "subject")),
        published=day,
        published_source="metadata" if day else "",
        publisher=name or address.rpartition("@")[2],
    )


def _read_header(message: Message, name: str) -> str:
    return _decode_header(str(message.get(name, "")))


def _decode_header(value: str) -> str:
    """A header's words, RFC 2047 encoding resolved where it is sound."""
    with suppress(LookupError, ValueError, HeaderParseError):
        value = str(make_header(decode_header(value)))
    return unfold(blank_invalid(" ".join(value.split())))
