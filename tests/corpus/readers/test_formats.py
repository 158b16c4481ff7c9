"""Every kind of file: what is read of it, with which roles, title, day and place."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from pipeline.corpus import read
from pipeline.corpus.detect.sniff import detect_kind
from pipeline.corpus.document import Document, UnreadablePart
from pipeline.corpus.process.worker import read_task
from pipeline.corpus.readers.pdf_lines import plain_words
from pipeline.corpus.readers.source import Budget, Source
from pipeline.corpus.readers.walk import iter_tasks
from pipeline.errors import UnreadableArticle
from pipeline.records import Article, Rejected
from pipeline.settings import Fields
from tests.helpers import formats
from tests.helpers.formats import DAY, FIRST, FRAGMENT, HEADLINE, PAGE, PARAGRAPHS, PLAIN, SECOND, SEEDS, THIRD, URL

MARCH_4 = date.fromisoformat(DAY)


def read_parts(data: bytes, name: str = "x", **fields: Any) -> list[tuple[str, Document | UnreadablePart]]:
    """Place and content of everything in the file, read in this process."""
    source = Source(name, BytesIO(data), Fields(**fields), Budget())
    return [(task.part + item.part, item) for task in iter_tasks(source) for item in read_task(task)]


def read_one(data: bytes, name: str = "x", **fields: Any) -> Document:
    ((_, document),) = read_parts(data, name, **fields)
    assert isinstance(document, Document), document
    return document


def reasons(data: bytes, name: str = "x", **fields: Any) -> list[tuple[str, str]]:
    return [(part, item.reason) for part, item in read_parts(data, name, **fields) if isinstance(item, UnreadablePart)]


def roles(document: Document) -> list[tuple[str, str]]:
    assert document.blocks is not None
    return [(block.role, document.text[block.start : block.end]) for block in document.blocks]


def read_all(folder: Path, fields: Fields | None = None) -> Iterator[Article | Rejected]:
    return read([folder], root=folder, fields=fields)


# Kinds


KINDS = {
    "article.txt": "text", "article.md": "text", "page.html": "HTML", "paper.pdf": "PDF", "paper.docx": "DOCX",
    "paper.rtf": "RTF", "mail.eml": "mail", "box.mbox": "mbox", "found.json": "JSON", "found.jsonl": "JSON Lines",
    "found.csv": "table", "story.nitf.xml": "NITF", "message.xml": "NewsML-G2", "feed.xml": "feed",
    "crawl.warc": "WARC", "crawl.warc.gz": "gzip", "box.zip": "ZIP", "box.tar": "TAR", "box.tar.gz": "gzip",
    "article.txt.gz": "gzip", "lexisnexis.txt": "press export", "nexis.docx": "DOCX", "factiva.txt": "press export",
    "factiva.html": "HTML", "proquest.txt": "press export", "newsbank.txt": "press export",
    "copy.iptc": "wire", "copy.anpa": "wire", "crawl.arc": "WARC", "chunk.docx": "DOCX",
    "europresse.txt": "press export", "found.xlsx": "workbook", "found.xls": "workbook", "found.ods": "workbook",
    "found.parquet": "Parquet", "found.arrow": "Parquet", "found.jsonl.zst": "Zstandard",
}  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
def test_kind_is_known_by_the_content_alone(name: str) -> None:
    assert detect_kind(SEEDS[name](), "whatever") == KINDS[name]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"[Updated] The mine is closed.", "text"),
        (b"{sic} The mine is closed.", "text"),
        (b"<b>The mine</b> is closed, he said.", "text"),
        (b"Title, text and all: the mine is closed, he said.", "text"),
        (b"From: the mine\nTo: the town\n\nA love letter.", "text"),
        (b"From the mine at 10:30 on 4 March 2025 came smoke.", "text"),
        (b"id;title;Full Text\n1;Mine;The mine is closed.\n", "text"),
        (b"id;title;full_text\n1;Mine;The mine is closed.\n", "table"),
        (b"\xff\xfe" + "id\ttext\n1\tThe mine is closed.\n".encode("utf-16-le"), "table"),
        (b"<?xml version='1.0'?>\n<!-- a > b -->\n<!DOCTYPE html [ <!ELEMENT a (b)> ]>\n<html><p>x", "HTML"),
        (b"\n <div class='x'>The mine is closed.</div>", "HTML"),
        (b'["The mine is closed."]\n', "JSON"),
    ],
)
def test_what_looks_alike_is_told_apart(data: bytes, kind: str) -> None:
    assert detect_kind(data) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "it looks like an image (PNG)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "it looks like an image (JPEG)"),
        (b"Rar!\x1a\x07\x00", "it looks like a RAR archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word, Excel or Outlook file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        (formats.zipped(("ppt/presentation.xml", b"<x/>")), "a PowerPoint file (PPTX)"),
        (b"<?xml version='1.0'?><invoice/>", "XML of a kind that is not read: <invoice>"),
        (b'{"text": "The mine', "broken JSON: line 1: Unterminated string"),
        (b"[" + b'{"a":' * 5000, "broken JSON: nested too deeply"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle) as caught:
        detect_kind(data)
    assert reason in caught.value.message
    assert caught.value.hint


def test_no_doctype_makes_the_search_go_back_and_forth() -> None:
    data = b"<!DOCTYPE x " + b"[a] " * 20_000 + b"<html>"
    assert detect_kind(data, "x") == "HTML"


# Text and Markdown


def test_markdown_keeps_its_text_and_its_marks_tell_roles() -> None:
    text = (
        f"---\ntitle: Ferry\n---\n# {HEADLINE} #\n{FIRST}\n\nThe bank\n--------\n\n> {SECOND}\n\n"
        f"![The pier on Monday](pier.jpg)\n\n**{THIRD}**\n\n***\n\n- [Home](/)\n- [News](/news)\n"
    )
    document = read_one(text.encode(), "a.md")
    assert document.text == text
    assert roles(document) == [
        ("headline", HEADLINE), ("body", FIRST), ("subheading", "The bank"), ("body", SECOND),
        ("caption", "The pier on Monday"), ("body", THIRD), ("navigation", "- [Home](/)"),
        ("navigation", "- [News](/news)"),
    ]  # fmt: skip
    assert document.metadata.title == "Ferry"


def test_markdown_without_marks_is_plain_text() -> None:
    with_ending, without = read_one(PLAIN.encode(), "a.md"), read_one(PLAIN.encode(), "a.txt")
    assert with_ending.text == without.text == PLAIN
    assert [role for role, _ in roles(with_ending)] == ["headline", "body", "body", "body"]


def test_setext_rule_below_a_sentence_is_a_rule() -> None:
    document = read_one(f"# {HEADLINE}\n\n{FIRST}\n\n---\n\n{THIRD}\n".encode(), "a.md")
    assert [role for role, _ in roles(document)] == ["headline", "body", "body"]


# PDF


def test_pdf_has_paragraphs_headline_and_boilerplate_apart() -> None:
    pages = ((HEADLINE, FIRST, SECOND), (THIRD,), (FIRST.replace("Tuesday", "Monday"),))
    document = read_one(formats.pdf(*pages, header="The Daily Example"))
    expected = [("headline", HEADLINE)]
    expected += [("body", formats.replace_curly_quotes(item)) for page in pages for item in page[page is pages[0] :]]
    assert [pair for pair in roles(document) if pair[0] != "footer"] == expected
    assert [words for role, words in roles(document) if role == "footer"] == [
        words for number in (1, 2, 3) for words in ("The Daily Example", f"Page {number}")
    ]
    assert document.metadata.published is None


def test_pdf_in_columns_is_read_column_by_column() -> None:
    story = tuple(f"{FIRST} This is part {number}." for number in range(24))
    document = read_one(formats.pdf((HEADLINE, *story), columns=2))
    assert [words for role, words in roles(document) if role == "body"] == [
        formats.replace_curly_quotes(words) for words in story
    ]


def draw_pdf(*lines: tuple[float, float, str]) -> bytes:
    """A PDF with text at these places, in millimetres from the upper left corner."""
    from fpdf import FPDF

    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for left, top, words in lines:
        paper.text(left, top, words)
    return bytes(paper.output())


def test_pdf_drawn_line_by_line_across_columns() -> None:
    left = ["The port of Larnhaven will close its", "ferry terminal next month, mayor Ada", "Brandt said on Tuesday."]
    right = ["The two ferries carried nine thousand", "passengers last year, fewer than in any", "year since the war."]
    rows = [row for number, pair in enumerate(zip(left, right, strict=True)) for row in (
        (20, 40 + 5 * number, pair[0]), (110, 40 + 5 * number, pair[1]))]  # fmt: skip
    assert read_one(draw_pdf(*rows)).text == f"{' '.join(left)}\n\n{' '.join(right)}\n"


def test_words_parted_at_a_lines_end_are_joined() -> None:
    lines = ["The harbour authority broke off its nego-", "tiations with the well-known ferry com-",
             "pany and its long-", "serving crews, it said."]  # fmt: skip
    document = read_one(draw_pdf(*((20, 40 + 5 * number, line) for number, line in enumerate(lines))))
    assert document.text == (
        "The harbour authority broke off its negotiations with the well-known ferry company and its long-serving "
        "crews, it said.\n"
    )


def test_letters_drawn_as_one_are_letters_again() -> None:
    assert plain_words("The oﬃce of  the ﬁrst ﬂeet nego\ufffe") == "The office of the first fleet nego-"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: formats.pdf(password="x"), "the PDF is protected with a password"),
        (formats.image_pdf, "the PDF has no text, only 1 page of images"),
        (lambda: b"%PDF-1.7\n%abc", "the PDF is damaged or cut off"),
        (lambda: formats.pdf()[:300], "the PDF is damaged or cut off"),
    ],
)
def test_pdf_that_gives_no_text(make: Callable[[], bytes], reason: str) -> None:
    assert reasons(make()) == [("", reason)]


# DOCX and RTF


def test_docx_styles_tell_roles_and_tracked_changes_are_accepted() -> None:
    document = read_one(formats.docx())
    assert roles(document) == [
        ("headline", HEADLINE), ("body", FIRST), ("subheading", "The bank"), ("body", SECOND),
        ("caption", "The pier at Larnhaven on Monday"), ("body", THIRD),
    ]  # fmt: skip
    assert document.metadata.title == ""  # the template's is not the article's
    assert document.metadata.authors == ()


def test_first_heading_is_the_headline_where_no_title_is() -> None:
    import docx

    paper, out = docx.Document(), BytesIO()
    for words, level in ((HEADLINE, 1), ("The bank", 1)):
        paper.add_heading(words, level=level)
        paper.add_paragraph(FIRST if level == 1 else THIRD)
    paper.save(out)
    assert [role for role, _ in roles(read_one(out.getvalue()))] == ["headline", "body", "subheading", "body"]


def test_broken_docx() -> None:
    data = formats.docx()
    assert reasons(data[: len(data) // 2]) == [("", "the DOCX is damaged or cut off")]
    assert reasons(formats.zipped(("word/document.xml", b"<w:document/>")))[0][1].startswith("the DOCX is damaged: ")


def test_rtf() -> None:
    document = read_one(formats.rtf())
    assert document.text == "\n\n".join((HEADLINE, FIRST, SECOND, THIRD + " café")) + "\n"


# Mail


def test_mail_has_subject_day_and_sender() -> None:
    document = read_one(formats.mail())
    assert document.text == f"{HEADLINE}\n\n" + "\n\n".join(PARAGRAPHS) + "\n"
    metadata = document.metadata
    assert (metadata.title, metadata.published, metadata.publisher) == (HEADLINE, MARCH_4, "Port of Larnhaven")


def test_the_html_part_is_read_where_the_text_part_says_less() -> None:
    document = read_one(formats.mail(html=PAGE, text="See the web version."))
    assert FIRST in document.text
    assert "web version" not in document.text


def test_attachments_are_articles_of_their_own() -> None:
    inner = formats.mail().replace(b"nine thousand", b"ten thousand")
    data = formats.mail(attach=(("../a.txt", PLAIN.encode()), ("logo.png", b"\x89PNG\r\n\x1a\n"), ("m.eml", inner)))
    parts = dict(read_parts(data))
    assert list(parts) == ["", "/__/a.txt", "/logo.png", "/m.eml"]
    assert isinstance(parts["/m.eml"], Document)
    assert isinstance(parts["/logo.png"], UnreadablePart)


def test_mail_that_only_carries_files() -> None:
    assert [part for part, _ in read_parts(formats.mail(text=" \n", attach=(("a.txt", PLAIN.encode()),)))] == ["/a.txt"]


def test_mbox_holds_mails() -> None:
    parts = read_parts(formats.mbox())
    assert [part for part, _ in parts] == ["#1", "#2"]
    assert all(isinstance(item, Document) and "From press" not in item.text for _, item in parts)


def test_page_saved_as_one_file_by_a_browser() -> None:
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: " + URL + "\r\nSubject: Larnhaven\r\n"
        "Date: Wed, 5 Mar 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
    )
    document = read_one((head + PAGE + "\r\n--b--\r\n").encode(), "page.mhtml")
    assert document.metadata.url == URL
    assert document.metadata.title == HEADLINE
    assert document.metadata.published is None  # the day it was saved


# Tables and JSON


@pytest.mark.parametrize("data", [formats.json_file(), formats.json_lines(), json.dumps(formats.records()).encode()])
def test_json_articles_with_what_is_said_of_them(data: bytes) -> None:
    (first, document), (second, second_document) = read_parts(data)
    assert (first, second) == ("#1", "#2")
    assert isinstance(document, Document)
    metadata = document.metadata
    assert document.text == PLAIN
    assert (metadata.title, metadata.published, metadata.published_source) == (HEADLINE, MARCH_4, "metadata")
    assert (metadata.publisher, metadata.authors, metadata.url) == ("The Daily Example", ("Tove Lund",), URL)
    assert isinstance(second_document, Document)
    assert second_document.text.startswith("Ports\n\nThe two ferries")


def test_single_object_is_the_whole_file() -> None:
    assert [part for part, _ in read_parts(json.dumps(formats.records()[0]).encode())] == [""]


def test_what_stands_around_the_text_belongs_to_it() -> None:
    record = {"webTitle": HEADLINE, "webPublicationDate": f"{DAY}T09:00:00Z", "fields": {"bodyText": PLAIN}}
    metadata = read_one(json.dumps({"response": {"day": "2020-01-01", "content": record}}).encode()).metadata
    assert (metadata.title, metadata.published) == (HEADLINE, MARCH_4)


def test_markup_in_a_field_gives_paragraphs() -> None:
    figure = "<figure><figcaption>The pier<br>on Monday</figcaption></figure>"
    body = f"<h2>The bank</h2>{FRAGMENT}{figure}<script>x()</script>"
    document = read_one(json.dumps({"title": HEADLINE, "body": body}).encode())
    assert roles(document) == [
        ("headline", HEADLINE), ("subheading", "The bank"), ("body", FIRST), ("body", SECOND), ("body", THIRD),
        ("caption", "The pier on Monday"),
    ]  # fmt: skip


def test_characters_that_no_text_has_keep_their_place() -> None:
    document = read_one(b'{"text": "The mine\\u0000 is \\ud800 closed, he \\ud83d\\ude42 said."}')
    assert document.text == "The mine  is \ufffd closed, he 🙂 said.\n"


def test_csv_rows() -> None:
    (first, document), (second, _) = read_parts(formats.table())
    assert (first, second) == ("#1", "#2")
    assert isinstance(document, Document)
    assert document.text == PLAIN
    assert (document.metadata.publisher, document.metadata.published) == ("The Daily Example", MARCH_4)
    assert document.metadata.authors == ("Tove Lund", "Per Holm")


def test_columns_can_be_named() -> None:
    data = b"nr;artikel;dag\n1;The mine is closed, he said.;4 March 2025\n2;;\n"
    (_, document), (_, empty) = read_parts(data, "a.csv", text="artikel", date="dag")
    assert isinstance(document, Document)
    assert document.metadata.published == MARCH_4
    assert isinstance(empty, UnreadablePart)
    assert reasons(data, "a.csv") == [("", "no column with a usual name holds the text; there are: artikel, dag, nr")]
    assert reasons(data, "a.csv", text="body") == [("", "no column is called 'body'; there are: artikel, dag, nr")]


def test_bad_lines_of_json_are_refused_alone() -> None:
    good = json.dumps(formats.records()[0])
    parts = read_parts(f'{good}\n\n{{"text": \n{{"id": 1}}\n[1]\n{good}\n'.encode())
    assert [part for part, _ in parts] == ["#1", "#2", "#3", "#4", "#5"]
    assert [isinstance(item, Document) for _, item in parts] == [True, False, False, False, True]


def test_several_articles_in_a_line() -> None:
    line = json.dumps({"articles": formats.records()})
    assert [part for part, _ in read_parts(f"{line}\n{line}\n".encode())] == ["#1.1", "#1.2", "#2.1", "#2.2"]


def test_json_without_a_text() -> None:
    assert reasons(b'{"id": 1, "name": "x"}') == [("", "no key with a usual name holds the text; there are: id, name")]


# Agencies and feeds


def test_nitf() -> None:
    document = read_one(formats.nitf().encode())
    assert roles(document) == [
        ("headline", HEADLINE), ("subheading", "Bank ends a loan"), ("credit", "By Tove Lund"),
        ("dateline", "LARNHAVEN, March 4"), *(("body", words) for words in PARAGRAPHS),
        ("caption", "The pier\xa0on Monday"), ("footer", "Reported by Tove Lund."),
    ]  # fmt: skip
    metadata = document.metadata
    assert (metadata.title, metadata.published, metadata.publisher) == (HEADLINE, MARCH_4, "Example Wire")
    assert metadata.authors == ("Tove Lund",)


def test_newsml_g2_items() -> None:
    parts = read_parts(formats.newsml())
    assert [part for part, _ in parts] == ["#1", "#2", "#3", "#4"]
    for _, document in parts[:2]:
        assert isinstance(document, Document)
        assert document.metadata.published == MARCH_4  # first sent, not this version
        assert (document.metadata.publisher, document.metadata.language) == ("Example Wire", "en-GB")
    assert [item.reason for _, item in parts[2:] if isinstance(item, UnreadablePart)] == [
        "its class is 'picture', not text",
        "it was withdrawn by its sender (stat:canceled)",
    ]


def test_feed_items() -> None:
    document = read_one(formats.feed(), "x")
    assert document.text == PLAIN
    metadata = document.metadata
    assert (metadata.title, metadata.published, metadata.url) == (HEADLINE, MARCH_4, URL)
    assert metadata.authors == ("Tove Lund",)


def test_atom_with_markup_as_elements() -> None:
    entry = (
        f"<entry><title>{HEADLINE}</title><link rel='self' href='x'/><link href='{URL}'/><updated>2025-03-09T00:00:00Z"
        f"</updated><published>{DAY}T00:00:00Z</published><author><name>Tove Lund</name></author>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{FRAGMENT}</div></content></entry>"
    )
    document = read_one(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entry}</feed>".encode())
    assert document.text == PLAIN
    assert (document.metadata.published, document.metadata.url) == (MARCH_4, URL)


BOMB = "<!DOCTYPE nitf [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY a{n} '&a{n - 1 or ''};&a{n - 1 or ''};&a{n - 1 or ''};&a{n - 1 or ''};'>" for n in range(1, 30)
)


@pytest.mark.parametrize(
    "top",
    [
        BOMB + "]>",
        "<!DOCTYPE nitf [<!ENTITY a29 SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE nitf [<!ENTITY % a29 'x'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_entities_of_its_own_is_not_parsed(top: str, encoding: str) -> None:
    text = f"{top}<nitf><body><body.content><p>&a29;</p></body.content></body></nitf>"
    ((_, reason),) = reasons(text.encode(encoding))
    assert "entities" in reason


def test_deep_xml_is_refused_by_the_parser() -> None:
    ((_, reason),) = reasons(b"<nitf>" + b"<p>" * 100_000)
    assert reason.startswith("the XML is malformed: ")


# WARC


@pytest.mark.parametrize("gzipped", [True, False])
def test_warc_pages(gzipped: bool) -> None:
    ((part, document),) = read_parts(formats.warc(gzipped=gzipped))
    assert part == "#1"
    assert isinstance(document, Document)
    assert FIRST in document.text
    assert document.metadata.url == URL


def test_warc_gzipped_as_a_whole() -> None:
    assert [part for part, _ in read_parts(gzip.compress(formats.warc(gzipped=False)))] == ["#1"]


def test_cut_off_warc_keeps_what_came_before() -> None:
    data = formats.warc(gzipped=False)
    second = data.replace(b"Larnhaven", b"Lornhaven")
    parts = read_parts(data + second[: len(second) // 4])
    assert isinstance(parts[0][1], Document)


# From end to end


def test_every_kind_is_read_from_a_folder_in_one_go(tmp_path: Path) -> None:
    for number, (name, make) in enumerate(SEEDS.items()):
        folder = tmp_path / f"{number:02}"
        folder.mkdir()
        (folder / name).write_bytes(make())
    items = list(read_all(tmp_path))
    refused = [item.reason for item in items if isinstance(item, Rejected) and not item.copies_of]
    assert refused == ["its class is 'picture', not text", "it was withdrawn by its sender (stat:canceled)"]
    assert {item.file.split("/")[1].split("#")[0] for item in items} == set(SEEDS)
    for item in items:
        if isinstance(item, Article):
            assert item.stored == (KINDS[item.file.split("/")[1].split("#")[0]] != "text")
            assert all(item.text[b.start : b.end].strip() == item.text[b.start : b.end] != "" for b in item.blocks)
            assert all(a.end <= b.start for a, b in zip(item.blocks, item.blocks[1:], strict=False))


def test_fields_reach_the_reader(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("artikel;dag\nThe mine is closed, he said.;2025-03-04\n")
    (item,) = read_all(tmp_path, fields=Fields(text="artikel", date="dag"))
    assert isinstance(item, Article)
    assert (item.file, item.published) == ("a.csv#1", MARCH_4)


# Encodings and characters


CURLY = "“Nobody came,” Zoë Hain said. “They didn’t ask us – not once.”"


@pytest.mark.parametrize("label", ["ISO-8859-1", "iso-8859-1", "us-ascii", "windows-1252", "UTF-8"])
@pytest.mark.parametrize("codec", ["cp1252", "utf-8"])
def test_labels_of_charsets_are_read_as_browsers_read_them(label: str, codec: str) -> None:
    xml = f'<?xml version="1.0" encoding="{label}"?><rss><channel><item><description>'
    feed = f"{xml}<![CDATA[<p>{FIRST}</p><p>{CURLY}</p>]]></description></item></channel></rss>".encode(codec)
    story = f'<?xml version="1.0" encoding="{label}"?><nitf><body><body.content><p>{FIRST}</p><p>{CURLY}</p>'
    nitf = f"{story}</body.content></body></nitf>".encode(codec)
    head = (
        f"From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset={label}"
    )
    mail = f"{head}\nContent-Transfer-Encoding: 8bit\n\n{FIRST}\n\n{CURLY}\n".encode(codec)
    mbox = b"From a@b.example Tue Mar  4 09:30:00 2025\n" + mail
    for data in (feed, nitf, mail, mbox):
        assert CURLY in read_one(data).text, data


def test_letters_that_windows_1252_was_taken_for_and_ligatures_are_mended() -> None:
    garbled = CURLY.encode("cp1252").decode("latin-1")
    record = json.dumps({"title": "The oﬃce of the ﬂeet", "text": f"{FIRST} {garbled} The oﬃce is closed."})
    document = read_one(record.encode())
    assert CURLY in document.text
    assert document.text.startswith("The office of the fleet\n")
    assert document.text.endswith("The office is closed.\n")
    numbers = f"<rss><channel><item><description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;&#147;No,&#148; he said."
    assert "“No,” he said." in read_one(f"{numbers}</description></item></channel></rss>".encode()).text


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_feed_whose_markup_was_escaped_too_often(times: int) -> None:
    markup = f"<p>{FIRST}</p><p>&ldquo;We have no choice,&rdquo; Brandt said.</p>"
    for _ in range(times):
        markup = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    item = f"<item><title>Ferry &amp;amp; port</title><description>{markup}</description></item>"
    document = read_one(f"<rss><channel>{item}</channel></rss>".encode())
    assert document.text == f"Ferry & port\n\n{FIRST}\n\n“We have no choice,” Brandt said.\n"


# Files that begin a little oddly


@pytest.mark.parametrize(
    "above",
    [b"", b"\n\n", b"  \n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"x-store-info:J++/JT\nX-SID-PRA: a@b.example\n",
     b"Authentication-Results: mx.example;\n  sender-id=none\n"],
)  # fmt: skip
def test_a_mail_is_known_whatever_stands_above_its_headers(above: bytes) -> None:
    data = above + formats.mail()
    assert detect_kind(data, "x") == "mail"
    document = read_one(data)
    assert (document.metadata.title, document.metadata.published) == (HEADLINE, MARCH_4)
    assert document.text.split() == " ".join((HEADLINE, *PARAGRAPHS)).split()


def test_a_text_with_an_address_on_top_is_no_mail() -> None:
    text = f"https://daily.example/ferry\nFrom: the mine\nSubject: the ferry\nMIME-Version: 1.0\n\n{FIRST}\n"
    assert detect_kind(text.encode(), "x") == "text"


def test_a_pdf_behind_the_words_of_a_printing_program() -> None:
    data = b"GPL Ghostscript 10.02.0 (2023-09-13)\nThis software comes with NO WARRANTY.\n" + formats.pdf()
    assert detect_kind(data, "x") == "PDF"
    assert read_one(data).text.split() == read_one(formats.pdf()).text.split()
    assert detect_kind(b"Every PDF begins with %PDF-1.7 or so, he said.", "x") == "text"


def test_arc_which_came_before_warc() -> None:
    for data in (formats.arc(), gzip.compress(formats.arc())):
        ((part, document),) = read_parts(data)
        assert isinstance(document, Document)
        assert (part, document.metadata.title, document.metadata.url) == ("#1", HEADLINE, URL)


def test_a_page_in_brotli_is_named() -> None:
    data = formats.warc(gzipped=False, encoding="br", page=b"\x1b\x9f\x01\x00\xe4")
    assert reasons(data) == [("#1", "the page is compressed with Brotli")]


# Agency copy


def test_a_message_of_iptc_7901() -> None:
    document = read_one(formats.iptc_7901())
    assert roles(document)[0] == ("headline", HEADLINE)
    assert document.text == f"{HEADLINE}\n\nLarnhaven (exw) - {FIRST}\n\n{SECOND}\n\n{THIRD}\n\nexw tl ph\n"
    assert (document.metadata.published, document.metadata.publisher) == (MARCH_4, "exw")


def test_messages_of_anpa_1312() -> None:
    (first, document), (second, _) = read_parts(formats.anpa_1312() * 2)
    assert (first, second) == ("#1", "#2")
    assert isinstance(document, Document)
    assert [words for role, words in roles(document) if role == "headline"] == [HEADLINE]
    assert [words for role, words in roles(document) if role == "dateline"] == ["LARNHAVEN (EW) —"]
    assert [words for role, words in roles(document) if role == "body"] == [FIRST, SECOND, THIRD]
    assert document.metadata.authors == ("TOVE LUND",)
    assert (document.metadata.published, document.metadata.publisher) == (MARCH_4, "EW")


def test_a_message_without_text() -> None:
    assert reasons(b"\x01eca0124 3 i 93\r\n\x02\r\n\x03041730 GMT Mar 25\x04") == [
        ("", "there is no text in the agency's message")
    ]


def test_the_office_in_a_byline_is_no_name() -> None:
    story = formats.nitf().replace("By <person>Tove Lund</person>", "By TOVE LUND<byttl>EW Harbour Writer</byttl>")
    document = read_one(story.encode())
    assert document.metadata.authors == ("TOVE LUND",)
    assert "By TOVE LUND EW Harbour Writer" in document.text


def test_ninjs_of_every_version() -> None:
    first = {"uri": "urn:x", "versioncreated": "2025-03-06T10:00:00+0000", "firstcreated": f"{DAY}T10:00:00+0000",
             "headline": HEADLINE, "body_html": FRAGMENT, "byline": "By Tove Lund"}  # fmt: skip
    second = {"uri": "urn:x", "versionCreated": "2025-03-06T10:00:00Z", "firstCreated": f"{DAY}T10:00:00Z",
              "headlines": [{"role": "main", "value": HEADLINE}],
              "bodies": [{"role": "summary", "value": "Short."}, {"role": "main", "value": FRAGMENT}],
              "by": "Tove Lund"}  # fmt: skip
    for record in (first, second):
        document = read_one(json.dumps(record).encode())
        assert roles(document)[0] == ("headline", HEADLINE)
        assert [words for role, words in roles(document) if role == "body"] == list(PARAGRAPHS)
        assert (document.metadata.published, document.metadata.authors) == (MARCH_4, ("Tove Lund",))


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("a.htm", "text/html", PAGE.encode()),
        ("a.mht", "message/rfc822", formats.mail(html=PAGE)),
        ("a.txt", "text/plain", PLAIN.encode()),
        ("a.rtf", "application/rtf", formats.rtf()),
    ],
)
def test_other_files_that_a_word_document_takes_in(name: str, kind: str, data: bytes) -> None:
    document = read_one(formats.docx_with_chunk(name, kind, data))
    assert {FIRST, SECOND} <= set(document.text.splitlines())


def test_a_table_on_a_page_of_a_pdf_is_kept_row_by_row_and_gives_no_claims() -> None:
    cells = [
        (f"{day:02}/07/2015", f"Firm {day}", "Larnhaven", str(day * 7), "Closure Permanent") for day in range(1, 31)
    ]
    document = read_one(formats.pdf_table(("Notice", "Company", "City", "Jobs", "Layoff or closure"), *cells))
    found = roles(document)
    assert {role for role, _ in found} == {"navigation"}
    (row,) = [words for _, words in found if "Firm 3 " in words]
    assert row.replace(" |", "").split() == "03/07/2015 Firm 3 Larnhaven 21 Closure Permanent".split()


def test_a_page_of_short_columns_is_no_table() -> None:
    document = read_one(formats.pdf((HEADLINE, *PARAGRAPHS * 3), columns=3))
    assert "navigation" not in {role for role, _ in roles(document)}


@pytest.mark.parametrize(
    "feed",
    [
        f"\n\n<?xml version='1.0' encoding='utf-8'?><rss><channel><item><description>{FIRST}",
        f"<!-- made - by hand -->\n<?xml version='1.0'?><rss><channel><item><description>{FIRST}",
        f"<rss><channel><item><itunes:author>Tove Lund</itunes:author><description>{FIRST}",
    ],
)
def test_feeds_with_usual_mistakes_are_read(feed: str) -> None:
    assert read_one(f"{feed}</description></item></channel></rss>".encode()).text == f"{FIRST}\n"


def test_a_feed_with_an_undeclared_prefix_that_is_cut_off_is_refused() -> None:
    data = f"<rss><channel><item><itunes:author>Tove Lund</itunes:author><description>{FIRST}".encode()
    ((_, item),) = read_parts(data)
    assert isinstance(item, UnreadablePart)
    assert item.reason.startswith("the XML is malformed")
