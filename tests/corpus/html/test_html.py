"""Pages: what reading gives for the layouts of tests/helpers/pages.py, and for what is no article at all."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline.corpus.document import Document
from pipeline.corpus.html import read_html
from pipeline.corpus.html.titles import without_site
from pipeline.corpus.metadata.days import EARLIEST_WEB, find_day_in_url, parse_timestamp
from pipeline.errors import UnreadableArticle
from tests.helpers.pages import BODY, JSON_ONLY, PAGES, SITE, TITLE, URL, WORDPRESS, Page, linked_data


def blocks(document: Document, *roles: str) -> list[str]:
    assert document.blocks is not None
    return [document.text[block.start : block.end] for block in document.blocks if block.role in roles]


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request: pytest.FixtureRequest) -> Page:
    page: Page = request.param
    return page


def test_the_body_is_all_of_the_article_and_nothing_else(page: Page) -> None:
    document = read_html(page.html.encode())
    assert blocks(document, "body", "dateline") == list(page.body)
    assert [words for words in page.absent if words in document.text] == []
    lines_by_role = {(block.role, document.text[block.start : block.end]) for block in document.blocks or ()}
    assert set(page.roles) <= lines_by_role


def test_title_day_and_the_rest_are_known(page: Page) -> None:
    metadata = read_html(page.html.encode()).metadata
    assert metadata.title == page.title
    assert (metadata.published.isoformat() if metadata.published else None) == page.published
    assert {key: getattr(metadata, key) for key in page.metadata} == page.metadata


def test_blocks_cover_the_text(page: Page) -> None:
    check_cover(read_html(page.html.encode()))


def check_cover(document: Document) -> None:
    """Every character that isn't blank lies in one block, and no block begins or ends with a blank."""
    end = 0
    for block in document.blocks or ():
        assert not document.text[end : block.start].strip()
        assert document.text[block.start : block.end] == document.text[block.start : block.end].strip() != ""
        end = block.end
    assert end == len(document.text)


#: A site's front page: what it says of itself above stories that it links to.
FRONT = (
    f'<title>{SITE} - Latest news</title><meta property="og:type" content="website">'
    '<link rel="canonical" href="https://ledger.example/">'
    "<p>We bring you the news of the bay as it happens, from the harbour to the hills, every day of the year.</p>"
    "<p>Our reporters live in nine towns, and you can meet them at the market.</p>"
    + "".join(
        f'<div class="card"><h3><a href="/n/{number}">Council puts up fee number {number}</a></h3>'
        "<p>Drivers will pay more from autumn, councillors decided on Monday.</p></div>"
        for number in range(12)
    )
)
REFUSED = [
    (b"", "the page has no text"),
    (b"<html><frameset cols='20%,80%'><frame src='menu.html'></frameset></html>", "the page has no text"),
    (b"<html><body>" + b"<a href='/x'>A link to something</a> " * 300, "there is no article on the page, only navigation"),
    (("<body>" + "<div><h3><a href='/1'>Council puts up fees</a></h3><p>Drivers will pay more from autumn, they said.</p></div>" * 30).encode(),
     "there is no article on the page, only navigation"),
    (FRONT.encode(), "the page is the front page of a site, not an article"),
    (b"<div>" * 10_000 + b"<p>text", "the page's elements are nested more than 512 levels deep, which no article needs"),
    (b"<p>word</p>" * 5_001, "the page has far more text than an article"),
    (b" " * 10_000_001, "the page is larger than 10 MB"),
    ((f"<title>{TITLE}</title>" + linked_data(isAccessibleForFree=False) + f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p></article>").encode(),
     "the page shows only the opening of an article that must be paid for"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_is_no_article_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableArticle) as error:
        read_html(data)
    assert error.value.message == reason
    assert error.value.hint


QUOTE = "“Nous verrons,” said Zoë Čapek – twice."
ENCODED = [
    ("utf-8", "", QUOTE),
    ("utf-8-sig", "windows-1252", QUOTE),
    ("utf-16", "", QUOTE),
    ("utf-16-le", "", QUOTE),
    ("cp1252", '<meta charset="iso-8859-1">', QUOTE.replace("Č", "C")),
    ("cp1252", "", QUOTE.replace("Č", "C")),
    ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', QUOTE),
    ("utf-8", '<meta charset="utf-16">', QUOTE),
    ("cp1251", "", "«Посмотрим», - сказала Инес Халлоран дважды. " * 8 + "Да."),
    ("cp1250", '<meta charset="windows-1250">', QUOTE.replace("ë", "é")),
    ("utf-8", '<meta charset="no-such-charset">', QUOTE),
]


@pytest.mark.parametrize(("encoding", "meta", "quote"), ENCODED)
def test_encodings_are_read_as_browsers_do(encoding: str, meta: str, quote: str) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in (*BODY, quote)).replace("—", "-")
    html = f"<html><head>{meta}<title>{TITLE}</title></head><body><h1>{TITLE}</h1>{paragraphs}</body></html>"
    document = read_html(html.encode(encoding, "strict"))
    assert blocks(document, "body")[-1] == quote


def test_the_charset_of_the_header_goes_before_the_pages_own() -> None:
    html = f"<meta charset='windows-1252'><title>{TITLE}</title>" + "".join(
        f"<p>{line}</p>" for line in (*BODY, "Čapek agreed.")
    )
    assert "Čapek" in read_html(html.encode("cp1250", "replace"), charset="windows-1250").text


def test_the_address_resolves_a_relative_canonical_link() -> None:
    html = WORDPRESS.html.replace(f'href="{URL}"', 'href="/news/1"')
    assert read_html(html.encode(), url="https://ledger.example/x?a=1").metadata.url == "https://ledger.example/news/1"


@pytest.mark.parametrize("stamp", ["2199-05-14", "0001-01-01T00:00:00Z", "1970-01-01", "today", "2024-13-45"])
def test_a_day_that_cannot_be_is_none(stamp: str) -> None:
    html = f'<title>{TITLE}</title><meta property="article:published_time" content="{stamp}">' + "".join(
        f"<p>{line}</p>" for line in BODY
    )
    assert read_html(html.encode()).metadata.published is None


STAMPS = [
    ("2024-05-14T23:30:00-04:00", date(2024, 5, 14)),
    ("2024-05-14 16:38:37 +02:00", date(2024, 5, 14)),
    ("20240514", date(2024, 5, 14)),
    ("2024/05/14", date(2024, 5, 14)),
    ("1715644800", date(2024, 5, 14)),
    ("1715644800000", date(2024, 5, 14)),
    ("May 14th, 2024", date(2024, 5, 14)),
    ("Tue, 14 May 2024 08:00:00 GMT", date(2024, 5, 14)),
    ("14 May 2024 at 9.30", date(2024, 5, 14)),
]


@pytest.mark.parametrize(("stamp", "day"), STAMPS)
def test_time_stamps(stamp: str, day: date) -> None:
    parsed = parse_timestamp(stamp)
    assert parsed is not None
    assert parsed.date() == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/05/14/x", date(2024, 5, 14)),
        ("https://a.example/article/2024-05-14-x", date(2024, 5, 14)),
        ("https://a.example/world/2024/may/14/x", date(2024, 5, 14)),
        ("https://a.example/x-20240514.html", date(2024, 5, 14)),
        ("https://a.example/story/20240599123", None),
        ("https://a.example/x?d=/2024/05/14/", None),
        ("https://a.example/2024/05/story", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert find_day_in_url(url, EARLIEST_WEB) == day


@pytest.mark.parametrize(
    ("title", "site", "bare"),
    [
        (f"{TITLE} | {SITE}", SITE, TITLE),
        (f"{TITLE} - Ledger", SITE, TITLE),
        (f"{SITE} » {TITLE}", SITE, TITLE),
        (f"{TITLE} - National | ledger.example", "ledger.example", f"{TITLE} - National"),
        ("Marrow Bay - a town of bridges", SITE, "Marrow Bay - a town of bridges"),
        ("Bridge, ferry, pier: what we know - and don't", SITE, "Bridge, ferry, pier: what we know - and don't"),
    ],
)
def test_the_sites_name_leaves_the_title(title: str, site: str, bare: str) -> None:
    assert without_site(title, site, "") == bare


@pytest.mark.slow
def test_broken_pages_give_a_document_or_a_reason() -> None:
    """150 pages with bytes cut, doubled, reversed or put in, by a fixed seed."""
    chance = random.Random(20240514)  # noqa: S311
    sources = [page.html.encode() for page in PAGES]
    junk = (
        b"<",
        b"</",
        b"<!--",
        b"<script>",
        b"\0",
        b"\xff",
        b"&#55296;",
        b"<plaintext>",
        b"<table>",
        b"<svg><p>",
        b'"',
    )
    for _ in range(150):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.choice((1, 5, 40))):
            start = chance.randrange(len(data) + 1)
            end = min(len(data), start + chance.choice((1, 30, 400)))
            data[start:end] = chance.choice((b"", data[start:end] * 2, data[start:end][::-1], chance.choice(junk)))
        try:
            document = read_html(bytes(data))
        except UnreadableArticle:
            continue
        check_cover(document)


BROKEN_ONCE = [
    # A tag name that lxml writes but doesn't accept when it reads.
    b"<html><body><di\x80v\xe2\x80\x9d=>" + "".join(f"<p>{line}</p>" for line in BODY).encode(),
    # A title whose 500th character is a blank.
    b"<title>" + b"word " * 300 + b"</title>" + "".join(f"<p>{line}</p>" for line in BODY).encode(),
    # An address that is none.
    b'<link rel="canonical" href="http://[::1">' + "".join(f"<p>{line}</p>" for line in BODY).encode(),
]


@pytest.mark.parametrize("data", BROKEN_ONCE)
def test_what_broke_reading_once(data: bytes) -> None:
    document = read_html(data)
    assert BODY[0] in document.text
    assert document.metadata.title == document.metadata.title.strip()


@pytest.mark.slow
def test_nothing_is_said_fetched_or_loaded_early(tmp_path: Path) -> None:
    code = (
        "import sys, socket\n"
        "from pipeline.corpus.html import read_html\n"
        "assert not {'lxml', 'trafilatura', 'htmldate'} & set(sys.modules)\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "read_html(sys.stdin.buffer.read(), url='https://ledger.example/x')\n"
    )
    data = b'<!DOCTYPE html SYSTEM "http://127.0.0.1/x.dtd">' + JSON_ONLY.html.encode() + b"<p>\0<x"
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code], input=data, capture_output=True, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3]), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["teaser-content", "read-more-wrapper", "readmore"])
def test_the_first_paragraphs_stay_whatever_their_box_is_called(name: str) -> None:
    opening = "".join(f"<p>{line}</p>" for line in BODY[:2])
    rest = "".join(f"<p>{line}</p>" for line in BODY[2:])
    html = f'<title>{TITLE}</title><h1>{TITLE}</h1><div class="{name}">{opening}</div><div class="story">{rest}</div>'
    assert blocks(read_html(html.encode()), "body") == list(BODY)


def story_page(*paragraphs: str) -> bytes:
    """A page with these elements below the headline."""
    return f"<title>{TITLE}</title><article><h1>{TITLE}</h1>{''.join(paragraphs)}</article>".encode()


def test_the_first_paragraph_stays_in_a_box_of_its_own_between_a_sure_headline_and_the_rest() -> None:
    opening = f'<div class="el__leafmedia el__leafmedia--sourced"><p class="par speak">{BODY[0]}</p></div>'
    rest = "".join(f'<div class="par">{line}</div>' for line in BODY[1:])
    assert blocks(read_html(story_page(opening, rest)), "body") == list(BODY)


@pytest.mark.parametrize(
    "pointer",
    [
        "<p><strong>READ MORE: </strong><a href='/q'>Odumbe's ferry company closed its terminal, its chief said.</a></p>",
        "<p><a href='/q'><strong>Related: Odumbe's ferry company closed its terminal, its chief said.</strong></a></p>",
        "<div>Also read | <a href='/q'>Odumbe's ferry company closed its terminal, its chief said.</a></div>",
        "<p>Watch: <a href='/q'>“We are closed,” says Odumbe's ferry company.”</a></p>",
    ],
)
def test_a_line_that_points_to_another_story_is_none_of_the_article(pointer: str) -> None:
    paragraphs = [f"<p>{line}</p>" for line in BODY]
    document = read_html(story_page(*paragraphs[:2], pointer, *paragraphs[2:]))
    assert "Odumbe" not in document.text
    assert blocks(document, "body") == list(BODY)


def test_a_paragraph_that_is_linked_or_opens_with_a_label_stays() -> None:
    linked = "The owner told the council on Monday that it would close the pier in June."
    labelled = f"Analysis: the council, says {'<a href=/q>Ada Brandt</a>'}, had no other way to pay for the pier."
    paragraphs = [f"<p>{line}</p>" for line in BODY]
    document = read_html(
        story_page(*paragraphs[:2], f"<p><a href='/q'>{linked}</a></p>", f"<p>{labelled}</p>", *paragraphs[2:])
    )
    assert {linked, "Analysis: the council, says Ada Brandt, had no other way to pay for the pier."} <= set(
        blocks(document, "body")
    )


def test_the_source_in_brackets_is_parted_from_the_first_word() -> None:
    paragraphs = [f"<p>{line}</p>" for line in BODY[1:]]
    document = read_html(story_page(f"<p><cite>(Hill Wire)</cite>{BODY[0]}</p>", *paragraphs))
    assert f"(Hill Wire) {BODY[0]}" in document.text


def test_place_and_agency_of_a_source_are_parted() -> None:
    source = "<div><cite><span>Larn</span><span>Hill Wire</span> &mdash;&nbsp;</cite></div>"
    document = read_html(story_page(source, *(f"<p>{line}</p>" for line in BODY)))
    assert "Larn Hill Wire —" in document.text
    assert blocks(document, "body") == list(BODY)


def test_paragraphs_that_are_enciphered_for_all_but_subscribers_are_no_text() -> None:
    free = "".join(f"<p>{line}</p>" for line in BODY)
    enciphered = "<div>kAm%96 A:6C H:== 4=@D6 :? yF?6[ 2?5 ?@3@5J 2D<65 E96 4@F?4:= H9J]k^Am</div>"
    box = f'<div class="subscriber-only encrypted-content" style="display: none" hidden>{enciphered * 3}</div>'
    assert blocks(read_html(story_page(f"<div>{free}</div>", box)), "body") == list(BODY)


@pytest.mark.parametrize("box", ["main", "article", "section", "header", "news-page"])
def test_a_page_without_its_optional_tags_is_read(box: str) -> None:
    story = "".join(f"<p>{line}" for line in BODY)
    html = f"<!doctype html><meta charset=utf-8><title>{TITLE}</title><{box}><h1>{TITLE}</h1></{box}>{story}"
    assert blocks(read_html(html.encode()), "body") == list(BODY)
    whole = f"<!doctype html><title>{TITLE}</title><link rel=icon href=i.png><{box}><h1>{TITLE}</h1>{story}</{box}>"
    assert blocks(read_html(whole.encode()), "body") == list(BODY)


def test_what_a_shadow_root_shows_is_read() -> None:
    story = "".join(f"<p>{line}</p>" for line in BODY)
    root = f'<news-page><template shadowrootmode="open"><h1>{TITLE}</h1>{story}</template></news-page>'
    html = f"<title>{TITLE}</title>{root}<template><p>A row that a script copies for each comment.</p></template>"
    assert blocks(read_html(html.encode()), "body") == list(BODY)


def test_an_article_whose_page_gives_only_the_address_of_its_site_is_read() -> None:
    story = "".join(f"<p>{line}</p>" for line in BODY)
    html = f'<title>{TITLE}</title><link rel="canonical" href="https://ledger.example/"><h1>{TITLE}</h1>{story}'
    assert blocks(read_html(html.encode()), "body") == list(BODY)
