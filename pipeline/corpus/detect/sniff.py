"""What kind of file it is, by its content: first bytes, then structure. The ending of its name settles only what the
content leaves open (a table, a mail)."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Literal

from pipeline.corpus.limits import HEAD_BYTES
from pipeline.corpus.metadata.fields import is_text_name
from pipeline.corpus.press import clean_lines, find_entries
from pipeline.errors import UnreadableArticle

Kind = Literal[
    "text", "HTML", "PDF", "DOCX", "RTF", "mail", "mbox", "JSON", "JSON Lines", "table", "NITF", "NewsML-G2", "feed",
    "WARC", "ZIP", "TAR", "gzip", "bzip2", "xz", "press export", "wire", "Zstandard", "workbook", "Parquet",
]  # fmt: skip
#: Kinds that are read piece by piece; a file of any other kind is held in memory whole.
STREAMED: frozenset[Kind] = frozenset(
    {"mbox", "JSON Lines", "table", "WARC", "ZIP", "TAR", "gzip", "bzip2", "xz", "Zstandard", "Parquet"}
)
#: What the cells of a table may be delimited by, the commonest first.
DELIMITERS = ",;\t|"
#: The commonest formats that are read, for messages; the README has all.
COMMON_FORMATS = "text, HTML, PDF with text, DOCX, RTF, mail, JSON, CSV"
SAVE_AS = f"Save it in a format that is read ({COMMON_FORMATS}) and run again."

#: What files of the kinds that are read begin with, after the table of file(1) and each format's own definition.
#: To read a further format, add its bytes and its kind here and its reader in readers/walk.py.
_SIGNATURES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"BZh"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "Zstandard"),
    (re.compile(rb"PAR1|ARROW1|FEA1"), "Parquet"),
    (re.compile(rb"WARC/|filedesc://"), "WARC"),
    (re.compile(rb"[\x16\x7f\s]{0,8}\x01[^\x02\x03\x04]{1,400}\x02"), "wire"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"\s{0,1019}%PDF-"), "PDF"),
    # Behind what a printing program said: "GPL Ghostscript 10.02.0\n%PDF-1.7\n%...\n5 0 obj".
    (re.compile(rb"(?s:.{0,1019}?)%PDF-[12]\.\d\s{1,2}(?:%[^\r\n]{0,200}\s{1,2}){0,5}\d{1,6} 0 obj"), "PDF"),
    (re.compile(rb".{257}ustar", re.DOTALL), "TAR"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "ZIP"),
)
#: The same for kinds that are recognised and refused, with the words that name them.
_REFUSED_SIGNATURES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "an image (PNG)"),
    (re.compile(rb"\xff\xd8\xff"), "an image (JPEG)"),
    (re.compile(rb"GIF8"), "an image (GIF)"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "an image (TIFF)"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "an image (WebP)"),
    (re.compile(rb"RIFF.{4}(?:WAVE|AVI )", re.DOTALL), "a recording"),
    (re.compile(rb"ID3"), "an MP3 recording"),
    (re.compile(rb"OggS"), "an Ogg recording"),
    (re.compile(rb".{4}ftyp", re.DOTALL), "a video or recording (MP4)"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "a 7z archive"),
    (re.compile(rb"Rar!\x1a\x07"), "a RAR archive"),
    (re.compile(rb"SQLite format 3\x00"), "an SQLite database"),
    (re.compile(rb"\x7fELF"), "a program"),
)
#: What the member "mimetype" of an ODS says.
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
#: OLE's compound file: Microsoft's documents until 2003, Outlook's messages, and those with a password until today.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Names of streams in them by which the program is told, and what becomes of the file: its kind, or what it is called
#: and what to do about it.
_OLE_STREAMS: tuple[tuple[str, Kind | tuple[str, str]], ...] = (
    ("__properties_version1.0", ("an Outlook message (MSG)",
     "Open it in Outlook and save it as text or HTML, or in Thunderbird and save it as EML; then run again.")),
    ("Workbook", "workbook"),
    ("WordDocument", ("an old Word document (DOC)", "Open it in Word or LibreOffice, save it as DOCX and run again.")),
    ("PowerPoint Document", ("an old PowerPoint file (PPT)", "Save its text as a .txt file and run again.")),
)  # fmt: skip
#: Members of a ZIP that make it an office document, and its kind, or the words that name what is not read.
_DOCX_MEMBER = "word/document.xml"
_WORKBOOK_MEMBERS = ("xl/workbook.xml", "xl/workbook.bin")
_REFUSED_MEMBERS = (
    ("ppt/presentation.xml", "a PowerPoint file (PPTX)"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
    ("META-INF/manifest.xml", "an OpenDocument file (ODT)"),
)

_HTML_TAG = re.compile(
    r"<(?:!doctype html|/?(?:html|head|body|p|div|article|section|main|h[1-6]|span|table|meta|script|style|link|title"
    r"|ul|br)\b)",
    re.IGNORECASE,
)
#: What may stand before the root element. Possessive, so that no file can make the search go back and forth.
_PROLOG = re.compile(
    r"\s*+(?:<\?(?:[^?]|\?(?!>))*+\?>\s*+|<!--(?:[^-]|-(?!->))*+-->\s*+|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>\s*+)*+",
    re.IGNORECASE,
)
_ROOT_TAG = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
#: The root element of a document, in lower case and without its namespace, and the kind that it makes.
_KIND_OF_ROOT: dict[str, Kind] = {
    "nitf": "NITF",
    "newsmessage": "NewsML-G2",
    "newsitem": "NewsML-G2",
    "packageitem": "NewsML-G2",
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "html": "HTML",
}
#: The beginning of a JSON object with a key, maybe in a list, as texts that open with a bracket don't have it.
_JSON_OBJECT = re.compile(r'\s*(?:\[\s*)?\{\s*"[^"\n]{1,60}"\s*:')
#: An error so near the end of a head may come from the cut: of "-Infinity" or "\\ud83d\\udc27" only a part is there.
_CUT_TOKEN_CHARS = 12
_HEADER = re.compile(r"(?<![A-Za-z0-9-])([A-Za-z][A-Za-z0-9-]*):(?:[ \t]|\r?$)", re.MULTILINE)
#: The first line of a mail: some programs leave out the blank behind the colon.
_FIRST_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:(?!//)")
#: Headers that people type too ("Subject: the ferry"), and those that only mail software writes.
_MAIL_HEADERS = frozenset({"from", "to", "subject", "date", "cc", "reply-to", "sender"})
_SOFTWARE_HEADERS = frozenset(
    {
        "message-id",
        "mime-version",
        "received",
        "return-path",
        "delivered-to",
        "content-type",
        "authentication-results",
        "dkim-signature",
        "x-mailer",
    }
)
_MAIL_ENDINGS = (".eml", ".mht", ".mhtml")
#: "From ada@larn.example Tue Mar  4 09:30:00 2025" and a header: the first mail of an MBOX.
_MBOX = re.compile(rb"From \S+.{0,60}\d\d:\d\d.{0,20}\d{4}.{0,10}\r?\n[A-Za-z-]+:")
_TABLE_ENDINGS = (".csv", ".tsv", ".tab")
#: The line with which Excel is told the delimiter.
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?[ \t]*\r?\n', re.IGNORECASE)
#: A text in another encoding has more bytes than these that are no UTF-8, a compressed file hundreds in each thousand.
_STRAY_BYTES = 3
#: Longer cells of a first line are text, not names of columns.
_LONGEST_COLUMN_NAME = 40
#: Characters of a first line that are looked at: the header of a table with hundreds of columns fits.
_HEADER_CHARS = 20_000


def detect_kind(data: bytes, name: str = "", *, text_field: str = "", complete: bool = True) -> Kind:
    """The kind of the file ``name`` that begins with ``data``; ``complete`` says that this is all of it.

    ``text_field`` is the column or key that the user named for the text. Raises UnreadableArticle for an empty file
    and for the kinds that are recognised but not read, naming them. What nothing speaks for is "text".
    JSON and archives that are complete are parsed, which may take a hundred times their size in memory.
    """
    if complete:
        _require_content(data)
    if kind := _kind_by_signature(data, complete):
        return kind
    _refuse_brotli(data, name)
    return _kind_by_structure(data, name.lower(), text_field, complete)


def detect_kind_by_head(data: bytes, name: str = "", *, text_field: str = "", complete: bool = True) -> Kind:
    """As ``detect_kind``, but never parsing more than the first ``HEAD_BYTES``: for a process without limits.

    Whether a longer file is text is told as there, but for text that for so long could be JSON; "JSON" may turn out to
    be JSON Lines or broken, and "ZIP" an office document. The reading process tells these apart.
    """
    if complete:
        _require_content(data)
    if kind := _kind_of_old_office(data):
        return kind
    head = data[:HEAD_BYTES]
    return detect_kind(head, name, text_field=text_field, complete=complete and len(head) == len(data))


def _refuse_brotli(data: bytes, name: str) -> None:
    """Raise UnreadableArticle for a Brotli file, which no bytes tell: by its ending, unless it is text after all."""
    if name.lower().endswith(".br") and _decode_loosely(data[:HEAD_BYTES]).count("\ufffd") > _STRAY_BYTES:
        raise UnreadableArticle(
            "not an article: it looks like a file compressed with Brotli", "Unpack it (brotli -d FILE) and run again."
        )


def _require_content(data: bytes) -> None:
    if not data or data.isspace():
        raise UnreadableArticle("the file is empty", "Put the article's text into it, or delete it.")


def _kind_by_signature(data: bytes, complete: bool) -> Kind | None:
    """The kind that the first bytes tell. Raises UnreadableArticle for those that are recognised and not read."""
    kind = next((kind for pattern, kind in _SIGNATURES if pattern.match(data)), None)
    if kind == "ZIP":
        return _kind_in_zip(data, complete)
    if kind:
        return kind
    for pattern, form in _REFUSED_SIGNATURES:
        if pattern.match(data):
            raise _not_an_article(form)
    return _kind_of_old_office(data)


def _kind_of_old_office(data: bytes) -> Kind | None:
    """The kind of an OLE compound file, by the names of its streams; None for other files.

    Raises UnreadableArticle for those with a password and those that aren't read. The names stand somewhere inside.
    """
    if not data.startswith(_OLE):
        return None
    if _OLE_ENCRYPTED in data:
        raise UnreadableArticle("a Word or Excel file with a password", "Save it without its password.")
    outcomes = (outcome for name, outcome in _OLE_STREAMS if name.encode("utf-16-le") in data)
    match next(outcomes, None):
        case (str(form), str(hint)):
            raise UnreadableArticle(f"not an article: it looks like {form}", hint)
        case "workbook":
            return "workbook"
        case _:
            raise _not_an_article("an old Word, Excel or Outlook file")


def _not_an_article(form: str) -> UnreadableArticle:
    return UnreadableArticle(f"not an article: it looks like {form}", SAVE_AS)


def _kind_in_zip(data: bytes, complete: bool) -> Kind:
    """A ZIP, or the office document that a ZIP with such members is."""
    if not complete:  # larger than any document may be
        return "ZIP"
    import zipfile  # slow to load, and no text needs it
    import zlib
    from io import BytesIO

    media_type = b""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        members = set(archive.namelist())
        if "mimetype" in members:
            media_type = archive.open("mimetype").read(len(_ODS_TYPE))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error):
        # A list of members at its end is what a truncated one lacks; the names stand before each member too.
        telling = (_DOCX_MEMBER, *_WORKBOOK_MEMBERS, *(member for member, _ in _REFUSED_MEMBERS))
        members = {member for member in telling if member.encode() in data}
    if _DOCX_MEMBER in members:
        return "DOCX"
    if not members.isdisjoint(_WORKBOOK_MEMBERS) or media_type == _ODS_TYPE:
        return "workbook"
    for member, form in _REFUSED_MEMBERS:
        if member in members:
            raise _not_an_article(form)
    return "ZIP"


def _kind_by_structure(data: bytes, name: str, text_field: str, complete: bool) -> Kind:
    """The kind of a file of text, "text" where it has no structure that is known."""
    if _MBOX.match(data):
        return "mbox"
    text = _decode_loosely(data[:HEAD_BYTES])
    start = text.lstrip()[:1]
    if start == "<":
        return _kind_of_markup(text)
    if start in ("{", "[") and (kind := _kind_of_json(_decode_loosely(data), complete)):
        return kind
    if _is_mail(text, name):
        return "mail"
    if _is_table(text, name, text_field):
        return "table"
    return "press export" if find_entries(clean_lines(text)) else "text"


def _decode_loosely(data: bytes) -> str:
    """The text well enough to see its structure; markup is ASCII in every encoding but UTF-16."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def _kind_of_markup(text: str) -> Kind:
    """The kind of a text that begins with "<". Raises UnreadableArticle for XML of a kind that is not read."""
    prolog = _PROLOG.match(text)
    body = text[prolog.end() :] if prolog else text
    root = _ROOT_TAG.match(body)
    declaration = text.lstrip()[:9].lower()
    if root and (kind := _KIND_OF_ROOT.get(root[1].lower())):
        return kind
    if _HTML_TAG.match(body) or declaration == "<!doctype" or text.lstrip().startswith("<!--"):
        return "HTML"
    if declaration.startswith("<?xml"):
        what = f"<{root[1][:40]}>" if root else "it has no root element"
        raise UnreadableArticle(f"XML of a kind that is not read: {what}", SAVE_AS)
    return "text"


def _kind_of_json(text: str, complete: bool) -> Kind | None:
    """JSON, or JSON Lines when the first line alone is an object; text that only begins with a bracket is neither.

    Of a text that is not ``complete`` it is enough that it may go on as JSON. Raises UnreadableArticle for what begins
    as JSON does and is broken, if it is ``complete``.
    """
    first, _, rest = text.strip().partition("\n")
    if rest.strip() and _is_json(first, dict):
        return "JSON Lines"
    if _is_json(text, dict | list) if complete else _may_become_json(text):
        return "JSON"
    begins_as_json = _JSON_OBJECT.match(text)
    if begins_as_json and complete:
        raise UnreadableArticle(f"broken JSON: {_json_error(text)}", "Fix the file or save it as text.")
    return "JSON" if begins_as_json else None


def _is_json(text: str, kinds: Any) -> bool:
    try:
        return isinstance(json.loads(text), kinds)
    except (ValueError, RecursionError):
        return False


def _may_become_json(head: str) -> bool:
    """Whether nothing in the head of a text is wrong as JSON but that it ends."""
    try:
        json.loads(head)
    except json.JSONDecodeError as error:
        return error.pos >= len(head) - _CUT_TOKEN_CHARS or error.msg.startswith("Unterminated string")
    except RecursionError:
        pass
    return True


def _json_error(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}: {error.msg}"
    except (ValueError, RecursionError):
        pass
    return "nested too deeply"


def _is_mail(text: str, name: str) -> bool:
    """Header lines on top: two usual ones and one that only mail software writes, or the ending .eml."""
    text = text.lstrip("\ufeff \t\r\n")
    if not _FIRST_HEADER.match(text):
        return False
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    headers = {header.lower() for header in _HEADER.findall(head)}
    usual = len(headers & _MAIL_HEADERS)
    return usual >= 2 and (bool(headers & _SOFTWARE_HEADERS) or name.endswith(_MAIL_ENDINGS))


def _is_table(text: str, name: str, text_field: str) -> bool:
    """A first line of delimited names of columns, one of them for the text; or the ending .csv and the like."""
    if name.endswith(_TABLE_ENDINGS) or _SEPARATOR_LINE.match(text.lstrip("\ufeff")):
        return True
    delimiter, cells, _ = split_header(text)
    if len(cells) < 2 or not delimiter or any(len(cell) > _LONGEST_COLUMN_NAME for cell in cells):
        return False
    names = [cell.strip() for cell in cells]
    if text_field and text_field in names:
        return True
    # A sentence may be split by its commas too; the names of columns are words without blanks, written alike.
    return all(re.fullmatch(r"[\w.-]*", cell) for cell in names) and any(map(is_text_name, names))


def split_header(text: str) -> tuple[str, list[str], int]:
    """The delimiter of a table, the cells of its header, and the offset where that begins.

    A line "sep=;", as Excel writes it, stands above the header and names the delimiter. ("", [that line], offset) when
    nothing delimits.
    """
    start = len(text) - len(text.lstrip("\ufeff\r\n"))
    named = _SEPARATOR_LINE.match(text, start)
    if named:
        start = named.end()
    line = text[start : start + _HEADER_CHARS].split("\n", 1)[0].rstrip("\r")
    delimiter = named[1] if named else max(DELIMITERS, key=line.count)
    if delimiter not in line:
        return "", [line.strip().strip('"')], start
    import csv  # as above

    try:
        return delimiter, next(csv.reader([line], delimiter=delimiter), []), start
    except csv.Error:
        return "", [line], start
