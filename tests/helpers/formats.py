"""One small file of every format that is read, made by code: tests read these files, the fuzzers change them."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

HEADLINE = "Larnhaven to lose its ferry"
FIRST = "The port of Larnhaven will close its ferry terminal next month, mayor Ada Brandt said on Tuesday."
SECOND = "“We have no choice,” Brandt said. “The bank decided.”"
THIRD = "The two ferries carried nine thousand passengers last year, fewer than in any year since the war."
PARAGRAPHS = (FIRST, SECOND, THIRD)
PLAIN = "\n\n".join((HEADLINE, *PARAGRAPHS)) + "\n"
DAY = "2025-03-04"
URL = "https://daily.example/news/larnhaven"
PAGE = (
    f"<!DOCTYPE html><html lang='en'><head><title>{HEADLINE}</title><meta charset='utf-8'></head><body><article>"
    f"<h1>{HEADLINE}</h1>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</article></body></html>"
)
FRAGMENT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def pdf(
    *pages: tuple[str, ...], columns: int = 1, password: str = "", header: str = "", compress: bool = True
) -> bytes:
    """Pages of paragraphs in Helvetica, the first of them a headline; with a ``header``, page numbers as well."""
    from fpdf import FPDF
    from fpdf.enums import EncryptionMethod

    class Paper(FPDF):
        def header(self) -> None:
            if header:
                self.set_font("Helvetica", size=8)
                self.set_y(8)
                self.cell(0, 5, header)
                self.set_y(25)

        def footer(self) -> None:
            if header:
                self.set_font("Helvetica", size=8)
                self.set_y(-12)
                self.cell(0, 5, f"Page {self.page_no()}", align="C")

    paper = Paper()
    paper.set_creation_date(datetime(2031, 1, 1, tzinfo=UTC))
    paper.set_compression(compress)
    if password:
        paper.set_encryption(owner_password="o", user_password=password, encryption_method=EncryptionMethod.RC4)
    for number, paragraphs in enumerate(pages or ((HEADLINE, *PARAGRAPHS),)):
        paper.add_page()
        lines = [replace_curly_quotes(paragraph) for paragraph in paragraphs]
        if number == 0:
            paper.set_font("Helvetica", "B", 20)
            paper.multi_cell(0, 10, lines.pop(0), new_x="LMARGIN", new_y="NEXT")
            paper.ln(4)
        paper.set_font("Helvetica", size=11)
        with paper.text_columns(ncols=columns, gutter=10, text_align="J" if columns > 1 else "L") as column:
            for paragraph in lines:
                column.write(paragraph + "\n\n")
    return bytes(paper.output())


def replace_curly_quotes(text: str) -> str:
    """The text with straight quotes: the base fonts of PDF have no curly ones."""
    return text.replace("“", '"').replace("”", '"').replace("’", "'")


def image_pdf() -> bytes:
    """A page with nothing but a drawing."""
    from fpdf import FPDF

    paper = FPDF()
    paper.add_page()
    paper.rect(20, 20, 100, 100, style="F")
    return bytes(paper.output())


def pdf_table(*rows: tuple[str, ...]) -> bytes:
    """A page that is a table, without borders."""
    from fpdf import FPDF

    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=9)
    for row in rows:
        for cell in row:
            paper.cell(36, 7, cell)
        paper.ln()
    return bytes(paper.output())


def docx() -> bytes:
    """A Word document with styles, a table, and a tracked insertion and deletion."""
    import docx as word
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = word.Document()
    document.core_properties.title = "Template 7"
    document.core_properties.author = "python-docx"
    document.add_paragraph(HEADLINE, style="Title")
    document.add_paragraph(FIRST)
    document.add_heading("The bank", level=2)
    changed = document.add_paragraph("“We have no choice,” Brandt said. ")
    inserted = f"<w:ins {nsdecls('w')} w:id='1' w:author='x'><w:r><w:t>“The bank decided.”</w:t></w:r></w:ins>"
    deleted = f"<w:del {nsdecls('w')} w:id='2' w:author='x'><w:r><w:delText>Never said.</w:delText></w:r></w:del>"
    changed._p.append(parse_xml(inserted))
    changed._p.append(parse_xml(deleted))
    document.add_paragraph("The pier at Larnhaven on Monday", style="Caption")
    document.add_table(1, 1).cell(0, 0).text = THIRD
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf() -> bytes:
    """RTF with both kinds of character escapes (\\u and \\')."""
    lines = [HEADLINE, FIRST, SECOND, THIRD]
    body = "\\par\\par\n".join("".join(ch if ch < "\x80" else f"\\u{ord(ch)}?" for ch in line) for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 " + body + " caf\\'e9\\par}").encode()


def mail(*, html: str = "", attach: tuple[tuple[str, bytes], ...] = (), text: str = "\n\n".join(PARAGRAPHS)) -> bytes:
    """A mail with a text part and, if given, an HTML part and attachments."""
    message = EmailMessage()
    message["From"] = "Port of Larnhaven <press@larnhaven.example>"
    message["To"] = "desk@daily.example"
    message["Subject"] = f"Fwd: {HEADLINE}"
    message["Date"] = "Tue, 04 Mar 2025 09:30:00 +0100"
    message["Message-ID"] = "<1@larnhaven.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attach:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mbox() -> bytes:
    """Two mails."""
    second = mail().replace(b"Fwd: Larnhaven", b"Fwd: Port").replace(b"nine thousand", b"ten thousand")
    return b"".join(
        b"From press@larnhaven.example Tue Mar  4 09:30:00 2025\n" + message + b"\n\n" for message in (mail(), second)
    )


def records() -> list[dict[str, Any]]:
    """Two articles as JSON objects."""
    first: dict[str, Any] = {"headline": HEADLINE, "body": PLAIN, "datePublished": f"{DAY}T09:00:00Z", "url": URL,
             "author": [{"name": "Tove Lund"}], "publisher": {"name": "The Daily Example"}}  # fmt: skip
    return [first, {**first, "headline": "Ports", "body": f"{THIRD} {FIRST}", "url": URL + "2"}]


def json_file() -> bytes:
    """Articles nested below two keys."""
    return json.dumps({"status": "ok", "response": {"results": records()}}).encode()


def json_lines() -> bytes:
    """One article per line."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records())


def table() -> bytes:
    """A CSV file with line breaks in quoted cells."""
    rows = "".join(
        f'"{title}","{text}","The Daily Example",{DAY},By Tove Lund and Per Holm\n'
        for title, text in ((HEADLINE, PLAIN.replace('"', '""')), ("Ports", f"{THIRD} {FIRST}"))
    )
    return f"title,text,source,pub_date,byline\n{rows}".encode()


def nitf(body: str = "") -> str:
    """A NITF story as agencies send it; the DTD that it names is not available."""
    body = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.4/specification/dtd/nitf-3-4.dtd">'
        "<nitf><head><title>port-slug</title><docdata><date.issue norm='20250304T093000Z'/>"
        "<doc.copyright holder='Example Wire' year='2025'/></docdata></head><body><body.head>"
        f"<hedline><hl1>{HEADLINE}</hl1><hl2>Bank ends a loan</hl2></hedline>"
        "<byline>By <person>Tove Lund</person></byline>"
        "<dateline><location>LARNHAVEN</location>, <story.date>March 4</story.date></dateline></body.head>"
        f"<body.content>{body}<media media-type='image'><media-caption>The pier&nbsp;on Monday</media-caption></media>"
        "</body.content><body.end><tagline>Reported by Tove Lund.</tagline></body.end></body></nitf>"
    )


def newsml() -> bytes:
    """A NewsML-G2 message with a NITF item, an XHTML item, a picture and a withdrawn item."""
    inside = nitf().partition('.dtd">')[2]
    xhtml = f"<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Ports</h1><p>{THIRD}</p><p>{FIRST}</p></body></html>"
    items = (
        _news_item(f"<inlineXML contenttype='application/nitf+xml'>{inside}</inlineXML>", "text", "usable"),
        _news_item(f"<inlineXML contenttype='application/xhtml+xml'>{xhtml}</inlineXML>", "text", "usable"),
        _news_item("<remoteContent href='a.jpg'/>", "picture", "usable"),
        _news_item(f"<inlineData contenttype='text/plain'>{THIRD}</inlineData>", "text", "canceled"),
    )
    return (
        "<?xml version='1.0'?><newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>"
        f"{''.join(items)}</itemSet></newsMessage>"
    ).encode()


def _news_item(content: str, kind: str, status: str) -> str:
    return (
        "<newsItem guid='urn:x'><itemMeta>"
        f"<itemClass qcode='ninat:{kind}'/><provider literal='ExampleWire'><name>Example Wire</name></provider>"
        f"<versionCreated>2025-03-05T10:00:00Z</versionCreated><firstCreated>{DAY}T09:00:00Z</firstCreated>"
        f"<pubStatus qcode='stat:{status}'/></itemMeta><contentMeta><headline>{HEADLINE}</headline>"
        f"<by>By Tove Lund</by><language tag='en-GB'/></contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def feed() -> bytes:
    """An RSS feed with full texts."""
    item = (
        f"<item><title>{HEADLINE}</title><link>{URL}</link><pubDate>Tue, 04 Mar 2025 09:30:00 GMT</pubDate>"
        "<dc:creator>Tove Lund</dc:creator><description>Short.</description>"
        f"<content:encoded><![CDATA[{FRAGMENT}]]></content:encoded></item>"
    )
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    channel = f"<channel><title>The Daily Example</title>{item}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0' {spaces}>{channel}</rss>".encode()


def iptc_7901() -> bytes:
    """A message as European agencies send it."""
    return (
        b"\x01eca0124 3 i 93  exw 1888\r\n\nLarn/ferries/\r\n\x02EXTRA\n"
        + f"{HEADLINE} =\r\n\nLarnhaven (exw) - {FIRST}\r\n\n{SECOND}\r\n\n{THIRD}\r\n\nexw tl ph\r\n".encode("cp1252")
        + b"\r\n\x03041730 GMT Mar 25\r\n\x7f\n\x7f\x04"
    )


def anpa_1312() -> bytes:
    """A message as American agencies send it."""
    second = SECOND.replace("“", "``").replace("”", "''")
    return (
        b"\x16\x16\x01z6715\x1f_-----\r\nr z\x13\x11 BC-Larn--Ferry, 1stLd-Writethru   03-04 0500\r\n\x02\x02"
        b"^BC-Larn--Ferry, 1st Ld-Writethru,416<\r\n^"
        + f"{HEADLINE}<\r\n^Eds: Updates. With EW Photos.<\r\n^By TOVE LUND=\r\n^EW Harbour Writer=\r\n".encode()
        + f"\t   LARNHAVEN (EW) _ {FIRST}\r\n\t   {second}\r\n\t   {THIRD}\r\n".encode()
        + b"\x08Larn;1;2\r\n\t   \x03EW-WF-03-04-25 0337GMT<\r\n\r\n\x0c\r\n\x04"
    )


def arc() -> bytes:
    """A page in ARC, with its header record."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE.encode()
    about = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
    return b"filedesc://example.arc 127.0.0.1 20250304050221 text/plain %d\n%b\n" % (
        len(about),
        about,
    ) + b"%b 192.0.2.1 20250304050221 text/html %d\n%b\n" % (URL.encode(), len(answer), answer)


def docx_with_chunk(name: str, kind: str, data: bytes) -> bytes:
    """A Word document that takes in another file (altChunk), as export tools write it."""
    import docx as word
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = word.Document()
    part = Part(PackURI(f"/word/{name}"), kind, data, document.part.package)
    relation = document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    )
    document.element.body.insert(0, parse_xml(f"<w:altChunk {nsdecls('w', 'r')} r:id='{relation}'/>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def warc(*, gzipped: bool = True, encoding: str = "", page: bytes = PAGE.encode()) -> bytes:
    """A page, a page that was not found, and a picture."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for url, status, kind, data in (
        (URL, "200 OK", "text/html; charset=utf-8", page),
        (URL + "/gone", "404 Not Found", "text/html", b"<html><body>gone</body></html>"),
        (URL + "/a.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n"),
    ):
        encoded = [("Content-Encoding", encoding)] if encoding else []
        headers = StatusAndHeaders(status, [("Content-Type", kind), *encoded], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(data), http_headers=headers))
    return out.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A ZIP archive of these files, with a fixed time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 4, 9, 30, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(*members: tuple[str, bytes]) -> bytes:
    """A TAR archive of these files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _press(name: str) -> Callable[[], bytes]:
    """The maker of an export in tests/helpers/press.py, which itself needs what stands above."""

    def make() -> bytes:
        from tests.helpers import press

        made = getattr(press, name)()
        return press.as_docx(made) if isinstance(made, list) else str(made).encode()

    return make


def _sheet(name: str) -> Callable[[], bytes]:
    """The maker of a table in tests/helpers/spreadsheets.py."""

    def make() -> bytes:
        from tests.helpers import spreadsheets

        return bytes(getattr(spreadsheets, name)())

    return make


def zstd() -> bytes:
    """JSON Lines packed with Zstandard."""
    import zstandard

    return zstandard.compress(json_lines())


#: A file of every format, by file name.
SEEDS: dict[str, Callable[[], bytes]] = {
    "copy.iptc": iptc_7901,
    "copy.anpa": anpa_1312,
    "crawl.arc": arc,
    "chunk.docx": lambda: docx_with_chunk("a.htm", "text/html", PAGE.encode()),
    "found.xlsx": _sheet("xlsx"),
    "found.xls": _sheet("xls"),
    "found.ods": _sheet("ods"),
    "found.parquet": _sheet("parquet"),
    "found.arrow": _sheet("arrow"),
    "found.jsonl.zst": zstd,
    "lexisnexis.txt": _press("lexisnexis_2010"),
    "nexis.docx": _press("nexis_uni_lines"),
    "factiva.txt": _press("factiva_coded"),
    "factiva.html": _press("factiva_html"),
    "proquest.txt": _press("proquest"),
    "newsbank.txt": _press("newsbank"),
    "europresse.txt": _press("europresse"),
    "article.txt": lambda: PLAIN.encode(),
    "article.md": lambda: f"# {HEADLINE}\n\n{FIRST}\n\n## Bank\n\n> {SECOND}\n\n- [Home](/)\n".encode(),
    "page.html": lambda: PAGE.encode(),
    "paper.pdf": lambda: pdf(header="The Daily Example"),
    "paper.docx": docx,
    "paper.rtf": rtf,
    "mail.eml": lambda: mail(html=PAGE, attach=(("a.txt", PLAIN.encode()),)),
    "box.mbox": mbox,
    "found.json": json_file,
    "found.jsonl": json_lines,
    "found.csv": table,
    "story.nitf.xml": lambda: nitf().encode(),
    "message.xml": newsml,
    "feed.xml": feed,
    "crawl.warc": lambda: warc(gzipped=False),
    "crawl.warc.gz": warc,
    "box.zip": lambda: zipped(("a.txt", PLAIN.encode()), ("in/b.html", PAGE.encode())),
    "box.tar": lambda: tarred(("a.txt", PLAIN.encode()), ("in/b.html", PAGE.encode())),
    "box.tar.gz": lambda: gzip.compress(tarred(("a.txt", PLAIN.encode())), mtime=0),
    "article.txt.gz": lambda: gzip.compress(PLAIN.encode(), mtime=0),
}
