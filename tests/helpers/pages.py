"""Web pages with texts of our own, in layouts that news sites use, each with what reading it must return."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

TITLE = "Harbour bridge to close for two months of repairs"
DECK = "Engineers found cracks in four of the nine spans, the county says."
BODY = (
    "The old harbour bridge in Marrow Bay will close to all traffic on 3 June, the county said on Tuesday.",
    "“We looked at every other way and there is none,” said Ines Halloran, the county's chief engineer.",
    "Some 14,000 vehicles cross the bridge on a working day, most of them on their way to the container port.",
    "A ferry will run every twenty minutes from six in the morning, free of charge for people on foot.",
    "Shopkeepers on the north side expect to lose a third of their trade, according to the traders' association.",
    "The work is to cost $11 million, half of which the state has promised to pay.",
)
SITE = "The Marrow Bay Ledger"
URL = "https://ledger.example/news/2024/05/14/harbour-bridge-to-close"


@dataclass(frozen=True, slots=True)
class Page:
    """A web page and what must be read from it.

    ``roles`` lists further blocks that the text must contain, as (role, text); ``absent`` is what must not be in it;
    ``metadata`` has further fields of the metadata.
    """

    name: str
    html: str
    body: tuple[str, ...] = BODY
    title: str = TITLE
    published: str | None = "2024-05-14"
    roles: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)


def _p(*lines: str, cls: str = "") -> str:
    attribute = f' class="{cls}"' if cls else ""
    return "\n".join(f"<p{attribute}>{line}</p>" for line in lines)


def linked_data(**facts: Any) -> str:
    """A script element with the facts as JSON-LD."""
    thing = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **facts}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


_MENU = '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li><li><a href="/w">Weather</a></li></ul></nav>'
_TEASERS = "".join(
    f'<div class="item"><h3><a href="/n/{i}">{head}</a></h3><p>{text}</p></div>'
    for i, (head, text) in enumerate(
        (
            (
                "Council puts up parking fees",
                "Drivers will pay a pound more from autumn, councillors decided on Monday night.",
            ),
            (
                "Gulls win the derby at last",
                "A late header settles it for the home side after eleven games without a win.",
            ),
            (
                "Library saved by its readers",
                "Two hundred people gave money so that the branch can stay open until the spring.",
            ),
        )
    )
)

WORDPRESS = Page(
    "WordPress with share buttons, related posts, author box",
    f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{TITLE} - {SITE}</title>
<meta property="og:title" content="{TITLE} - {SITE}"><meta property="og:site_name" content="{SITE}">
<meta property="article:published_time" content="2024-05-14T09:12:00+01:00">
<meta property="article:modified_time" content="2024-06-02T10:00:00+01:00">
<link rel="canonical" href="{URL}"></head>
<body class="post-template-default single tag-newsletter"><header id="masthead">{_MENU}</header>
<article class="post type-post category-news tag-popular"><h1 class="entry-title">{TITLE}</h1>
<div class="entry-meta">By <a rel="author" href="/a/tk">Tom Kessler</a> <time datetime="2024-05-14">14 May 2024</time></div>
<div class="entry-content"><div class="sharedaddy sd-sharing">Share this: <a href="#">Facebook</a></div>
{_p(*BODY[:2])}<figure class="wp-block-image"><img src="b.jpg"><figcaption>The bridge seen from the ferry pier</figcaption></figure>
{_p(*BODY[2:4])}<div class="wp-block-newsletter newsletter-box"><p>Our best stories in your inbox every Friday morning, for nothing.</p></div>
<h2>What it means for trade</h2>{_p(*BODY[4:])}
<div class="jp-relatedposts"><h3>Related</h3>{_TEASERS}</div></div>
<div class="author-box"><p>Tom Kessler is the Ledger's transport reporter and has lived in the county for a decade.</p></div></article>
<div id="comments" class="comments-area"><p>They should have done this ten years ago if you ask me, honestly.</p></div>
<footer><p>Copyright 2024 {SITE}</p></footer></body></html>""",
    roles=(("caption", "The bridge seen from the ferry pier"), ("subheading", "What it means for trade")),
    absent=("inbox", "Facebook", "parking fees", "ten years ago", "transport reporter"),
    metadata={
        "publisher": SITE,
        "url": URL,
        "language": "en",
        "authors": ("Tom Kessler",),
        "published_source": "metadata",
    },
)

DRUPAL = Page(
    "Drupal with fields, tags and a block of headlines inside the column",
    f"""<html lang="en"><head><title>{TITLE} | {SITE}</title><meta name="dcterms.date" content="2024-05-14T08:00Z">
<meta name="dcterms.created" content="2024-05-14"><meta name="dc.publisher" content="{SITE}"></head><body>
<div class="region region-header">{_MENU}</div><div class="node node--type-article">
<h1 class="page-title"><span class="field field--name-title">{TITLE}</span></h1>
<div class="field field--name-field-subtitle">{DECK}</div><div class="field field--name-body field--type-text-with-summary">
{_p(*BODY[:3])}<div class="view view-related-content">{_TEASERS}</div>{_p(*BODY[3:])}</div>
<div class="field field--name-field-tags"><div class="field__label">Tags</div><div><a href="/t/1">Bridges</a></div></div>
</div></body></html>""",
    body=(DECK, *BODY),
    absent=("Bridges", "Gulls"),
    metadata={"publisher": SITE},
)

AMP = Page(
    "AMP",
    f"""<!doctype html><html amp lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>
{linked_data(datePublished="2024-05-14T23:30:00-04:00", author={"@type": "Person", "name": "Tom Kessler"}, publisher={"@type": "Organization", "name": SITE})}
</head><body><amp-sidebar id="s"><ul><li>Home</li></ul></amp-sidebar><header>{SITE}</header><main><h1>{TITLE}</h1>
<amp-img src="b.jpg"></amp-img>{_p(*BODY[:3])}<amp-ad width="300"><p>Buy a boat today and pay for it next year.</p></amp-ad>
{_p(*BODY[3:])}<amp-embed type="related"><p>Ten boats you must see before summer comes to the coast.</p></amp-embed></main></body></html>""",
    absent=("boat",),
    metadata={"authors": ("Tom Kessler",), "publisher": SITE},
)

TABLES = Page(
    "tables for layout, paragraphs divided by <br><br>, no metadata",
    f"""<html><head><title>{SITE}: {TITLE}</title></head><body bgcolor="#ffffff"><table width="760"><tr>
<td width="160" valign="top"><a href="/">Home</a><br><a href="/n">News</a><br><a href="/s">Sport</a></td>
<td valign="top"><font size="5"><b>{TITLE}</b></font><br><font size="1">Published May 14, 2024</font><br><br>
{"<br><br>".join(BODY)}<br><br></td>
<td width="120"><a href="/1">Council puts up parking fees</a><br><a href="/2">Gulls win the derby at last</a></td></tr></table>
<center><font size="1">All rights reserved</font></center></body></html>""",
    absent=("Gulls", "rights reserved"),
    metadata={"published_source": "page text", "publisher": ""},
)

DIV_SOUP = Page(
    "nameless divs with generated classes, no <p>",
    f"""<html><head><title>{TITLE}</title><meta name="parsely-pub-date" content="2024-05-14T07:00:00Z"></head><body><div id="root">
<div class="css-1x2y3z"><div class="css-9k"><a href="/">Home</a></div><div class="css-9k"><a href="/s">Sport</a></div></div>
<div class="css-77a"><div class="css-h1"><h1>{TITLE}</h1></div>
{"".join(f'<div class="css-b{i}8f"><div class="css-t"><span>{line}</span></div></div>' for i, line in enumerate(BODY))}</div>
<div class="css-foot"><a href="/about">About</a></div></div></body></html>""",
    absent=("About",),
)

INTERLEAVED = Page(
    "one wrapper a paragraph, advertisements and links to other stories between",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><section name="articleBody">
<h1>{TITLE}</h1>{"".join(f'<div class="StoryCompanion"><div>{_p(line)}</div></div><div class="ad-slot"><p>Advertisement</p><p>Skip this advertisement and go on reading below.</p></div>' for line in BODY[:4])}
<div class="StoryCompanion"><div><p><strong>READ MORE: </strong><a href="/x">Council puts up parking fees in the old town</a></p></div></div>
<div class="StoryCompanion"><div><p><a href="/y">Ferries were late on every second day of April</a></p></div></div>
{"".join(f'<div class="StoryCompanion"><div>{_p(line)}</div></div>' for line in BODY[4:])}</section></body></html>""",
    absent=("Advertisement", "parking fees", "Ferries were late", "Skip this"),
)

JSON_ONLY = Page(
    "an application's shell: the article in JSON-LD alone",
    f"""<html lang="en"><head><title>{TITLE}</title>
{linked_data(datePublished="2024-05-14T06:00:00Z", articleBody=chr(10).join(BODY), publisher={"@type": "Organization", "name": SITE})}</head>
<body><div id="__next"></div><noscript>You need to enable JavaScript to run this app.</noscript></body></html>""",
    absent=("JavaScript",),
)

NEXT_DATA = Page(
    "an application's shell: the article as HTML in the state of the page",
    f"""<html><head><title>{TITLE}</title><meta property="article:published_time" content="2024-05-14T06:00:00Z"></head>
<body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">
{json.dumps({"props": {"pageProps": {"article": {"title": TITLE, "body": _p(*BODY)}, "footer": "<p>All rights reserved</p>"}}})}
</script></body></html>""",
    absent=("rights reserved",),
)

TEASER_OF_BODY = Page(
    "the opening shown, the whole in articleBody",
    f"""<html><head><title>{TITLE}</title>
{linked_data(datePublished="2024-05-14", isAccessibleForFree=False, articleBody="<p>" + "</p><p>".join(BODY) + "</p>")}</head>
<body><article><h1>{TITLE}</h1>{_p(BODY[0])}<div class="gate"><p>Subscribe to read on: five pounds a month, cancel when you like.</p></div>
</article></body></html>""",
    absent=("five pounds",),
)

PAYWALL_CLASSES = Page(
    "paid paragraphs, hidden until JavaScript shows them",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14", isAccessibleForFree="False")}</head><body>
<article><h1>{TITLE}</h1>{_p(*BODY[:2])}<div class="paywall" style="display:none">{_p(*BODY[2:], cls="paywall")}</div></article></body></html>""",
)

LIVE = Page(
    "a live blog: entries newest first",
    f"""<html><head><title>{TITLE}</title>{linked_data(**{"@type": "LiveBlogPosting"}, datePublished="2024-05-14T05:00:00Z")}</head><body>
<h1>{TITLE}</h1><p class="standfirst">{DECK}</p><div class="liveblog">
{"".join(f'<div class="entry" id="e{i}"><time datetime="2024-05-14T1{i}:00Z">1{i}.00</time><h2><a href="#e{i}">Entry of hour {i}</a></h2>{_p(BODY[2 * i], BODY[2 * i + 1])}</div>' for i in range(3))}
</div></body></html>""",
    body=(DECK, *BODY),
    roles=(("subheading", "Entry of hour 1"),),
)

QUOTES_AND_LISTS = Page(
    "block quotation, list, pull quote, table of figures, post from a network",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><main><article><h1>{TITLE}</h1>
{_p(*BODY[:2])}<aside class="pullquote"><p>“We looked at every other way and there is none”</p></aside>
<blockquote><p>“Every closure is a promise that somebody else has to keep,” the association's letter says.</p></blockquote>
{_p(*BODY[2:4])}<ul><li>Cars go by the valley road until further notice, which takes half an hour.</li>
<li>Lorries over ten tonnes must use the motorway at all times of the day.</li></ul>
<table><tr><th>Month</th><th>Cars</th></tr><tr><td>April</td><td>402,118</td></tr><tr><td>May</td><td>398,007</td></tr></table>
<ul class="links"><li><a href="/1">Council puts up parking fees</a></li><li><a href="/2">Gulls win the derby at last</a></li></ul>
{_p(*BODY[4:])}</article></main></body></html>""",
    body=(
        *BODY[:2],
        "“Every closure is a promise that somebody else has to keep,” the association's letter says.",
        *BODY[2:4],
        "Cars go by the valley road until further notice, which takes half an hour.",
        "Lorries over ten tonnes must use the motorway at all times of the day.",
        *BODY[4:],
    ),
    absent=("402,118", "Gulls"),
)

NOTES_AT_END = Page(
    "notes below the article: who reported, who the writer is, how to subscribe",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14", author=[{"@type": "Person", "name": "Thomas Kessler"}])}</head>
<body><article><h1>{TITLE}</h1><p class="byline">By Thomas Kessler</p><div class="text">{_p(*BODY)}
<p>Additional reporting by Mara Lindqvist</p><p>Tom Kessler covers transport and the port for the paper's northern edition.</p>
<p><em>For a weekly letter on the coast <a href="/nl">sign up for our newsletter</a>.</em></p></div></article></body></html>""",
    roles=(
        ("credit", "By Thomas Kessler"),
        ("footer", "Additional reporting by Mara Lindqvist"),
        ("footer", "Tom Kessler covers transport and the port for the paper's northern edition."),
    ),
    metadata={"authors": ("Thomas Kessler",)},
)

SAVED = Page(
    "saved by a browser: its comment, absolute addresses, scripts gone",
    f"""<!DOCTYPE html>
<!-- saved from url=(0052)https://ledger.example/2024/05/14/harbour-bridge -->
<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><title>{TITLE}</title></head><body>
<div class="cookie-consent"><p>We and our 812 partners use cookies to make this site what it is for you.</p></div>
<div id="main"><h1>{TITLE}</h1><div class="story">{_p(*BODY)}</div></div><div class="sidebar"><h4>Most read</h4>{_TEASERS}</div></body></html>""",
    absent=("partners", "derby"),
    metadata={"url": "https://ledger.example/2024/05/14/harbour-bridge", "published_source": "url"},
)

MICRODATA = Page(
    "microdata, XHTML, headline in an <h2>",
    f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>{SITE} » {TITLE}</title></head><body><h1><a href="/">{SITE}</a></h1>
<div itemscope="itemscope" itemtype="http://schema.org/NewsArticle"><h2 itemprop="headline">{TITLE}</h2>
<p>By <span itemprop="author">Tom Kessler</span>, <span itemprop="datePublished" content="2024-05-14">Tuesday</span></p>
<div itemprop="articleBody">{_p(*BODY)}</div></div><div id="footer"><p>Contact the editors by telephone between nine and five.</p></div>
</body></html>""",
    absent=("telephone",),
    metadata={"authors": ("Tom Kessler",), "language": "en"},
)

REVISED = Page(
    "revised: JSON-LD has only the revision, the page's metadata the first publication",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-07-01T09:00:00Z", dateModified="2024-07-01T09:00:00Z")}
<meta property="article:published_time" content="2024-05-14T09:00:00Z"></head><body><article><h1>{TITLE}</h1>{_p(*BODY)}</article></body></html>""",
)

GRAPH = Page(
    "JSON-LD as a graph with references, a headline for search engines elsewhere",
    f"""<html lang="en-US"><head><title>Bridge closing: dates, detours, ferry | {SITE}</title>
<meta property="og:title" content="Bridge closing: dates, detours, ferry"><script type="application/ld+json">
{
        json.dumps(
            {
                "@graph": [
                    {"@type": "Organization", "@id": "#o", "name": SITE},
                    {"@type": "Person", "@id": "#p", "name": "By Mara Lindqvist"},
                    {
                        "@type": ["Article", "NewsArticle"],
                        "headline": TITLE,
                        "datePublished": "2024-05-14T00:30:00+10:00",
                        "author": [{"@id": "#p"}, {"@id": "#o"}],
                        "publisher": {"@id": "#o"},
                    },
                ]
            }
        )
    }
</script></head><body><article><h1>{TITLE}</h1>{_p(*BODY)}</article></body></html>""",
    metadata={"publisher": SITE, "authors": ("Mara Lindqvist",)},
)

NO_DATE = Page(
    "no date but those of other things: the copyright, an event told of",
    f"""<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{_p(*BODY)}
<p>The bridge was opened on 9 August 1961 by the governor of the day.</p></article><footer>© 2026 {SITE}</footer></body></html>""",
    body=(*BODY, "The bridge was opened on 9 August 1961 by the governor of the day."),
    published=None,
)

FORM = Page(
    "the whole page within one form, as ASP.NET makes it",
    f"""<html><head><title>{TITLE}</title><meta itemprop="datePublished" content="2024-05-14"></head><body><form id="aspnetForm">
<div id="ctl00_menu"><a href="/">Home</a> <a href="/s">Sport</a></div><div id="ctl00_content"><h1>{TITLE}</h1>{_p(*BODY)}</div>
<input type="hidden" value="x"></form></body></html>""",
)

SHORT = Page(
    "a brief of three sentences beside much else",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body>{_MENU}<div class="col-main"><h1>{TITLE}</h1>
<div class="story">{_p(*BODY[:3])}</div></div><div class="col-right"><h4>Latest</h4>{_TEASERS}{_TEASERS.replace("n/", "m/")}</div>
<div class="legal"><p>The Ledger is a member of the state's press council and keeps to its rules on accuracy and privacy.</p></div></body></html>""",
    body=BODY[:3],
    absent=("Gulls", "press council"),
)

ENDLESS = Page(
    "the next article follows in the same column",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><main>
<div class="story"><header class="head"><h1>{TITLE}</h1></header><div class="text">{_p(*BODY)}</div></div>
<div class="story"><header class="head"><h1>Library saved by its readers</h1></header><div class="text">
<p>Two hundred people gave money so that the branch library can stay open until the spring.</p>
<p>“I learned to read in this room,” said Petra Vance, who brought her savings in a jar.</p>
<p>The council will vote on the branch's future in the second week of March.</p></div></div></main></body></html>""",
    absent=("Library", "Petra"),
)

COMMENTS = Page(
    "readers wrote more than the paper",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><div class="wrap"><h1>{TITLE}</h1>
<div class="txt">{_p(*BODY)}</div><ol class="commentlist">{"".join(f"<li class='comment'><p>Reader {i} here: the ferry was always going to be late and everyone on this coast knew it.</p><p>My uncle said as much in {1960 + i}, and he built boats for a living.</p></li>" for i in range(20))}</ol></div></body></html>""",
    absent=("uncle", "Reader"),
)

TRAPS_AT_END = Page(
    "last paragraphs that only look like notes",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14", author="Mara Lindqvist")}</head><body><article><h1>{TITLE}</h1>
<p class="standfirst">{DECK}</p>{_p(*BODY)}<p>Passengers can sign up for a seat on the <a href="/ferry">county's website</a> from Monday.</p>
<p>With information scarce, many of them drove to the pier to ask.</p><p>The report was published on Tuesday.</p></article></body></html>""",
    body=(
        DECK,
        *BODY,
        "Passengers can sign up for a seat on the county's website from Monday.",
        "With information scarce, many of them drove to the pier to ask.",
        "The report was published on Tuesday.",
    ),
)

COPIES = Page(
    "paragraphs twice, for small screens and large; a quotation set large; words for screen readers",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><article><h1>{TITLE}</h1><div class="text">
<p class="mobile">{BODY[0]}</p><p class="desktop">{BODY[0]}</p>{_p(BODY[1])}<div class="big"><p>“We looked at every other way and there is none,” said Ines Halloran</p></div>
<p>Some 14,000 vehicles cross the <a href="/b">bridge<span class="visually-hidden">, opens in a new window</span></a> on a working day, most of them on their way to the container port.</p>
{_p(*BODY[3:])}</div></article></body></html>""",
    absent=("new window",),
)

LEAD_APART = Page(
    "the first paragraph in a box of its own; JSON-LD of other articles beside this one's",
    f"""<html><head><title>{TITLE}</title>
<script type="application/ld+json">{
        json.dumps(
            [
                {
                    "@type": "NewsArticle",
                    "headline": "Gulls win the derby at last",
                    "datePublished": "2024-05-12",
                    "author": "Petra Vance",
                    "publisher": {"name": SITE},
                    "articleBody": "A late header settled it.",
                },
                {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-05-14"},
            ]
        )
    }</script></head>
<body><h1>{TITLE}</h1><div class="first"><p class="lede">{BODY[0]}</p></div><div class="photo"><img src="b.jpg"></div>
<div class="text">{_p(*BODY[1:])}{_p(*(line.replace("the", "this") for line in BODY[1:]))}</div></body></html>""",
    body=(*BODY, *(line.replace("the", "this") for line in BODY[1:])),
    metadata={"authors": ()},
)

WIRE = Page(
    "an agency's story: dateline, author's note, bold subheading, credit in the caption",
    f"""<html><head><title>{TITLE}</title>{linked_data(datePublished="2024-05-14")}</head><body><article><h1>{TITLE}</h1>
<figure><img src="b.jpg"><figcaption>Lorries wait at the north end of the bridge. <span>Photo: Mara Lindqvist</span></figcaption></figure>
<div class="story-body"><p>MARROW BAY, May 14 (Coastal Wire) - {BODY[0]}</p>{_p(*BODY[1:4])}<p><strong>Trade on the north side</strong></p>{_p(*BODY[4:])}
<p>This story was first published in the paper's evening edition.</p></div></article></body></html>""",
    body=("MARROW BAY, May 14 (Coastal Wire) -", *BODY),
    roles=(
        ("dateline", "MARROW BAY, May 14 (Coastal Wire) -"),
        ("subheading", "Trade on the north side"),
        ("caption", "Lorries wait at the north end of the bridge. Photo: Mara Lindqvist"),
        ("footer", "This story was first published in the paper's evening edition."),
    ),
)

PAGES = (
    WORDPRESS, DRUPAL, AMP, TABLES, DIV_SOUP, INTERLEAVED, JSON_ONLY, NEXT_DATA, TEASER_OF_BODY, PAYWALL_CLASSES, LIVE,
    QUOTES_AND_LISTS, NOTES_AT_END, SAVED, MICRODATA, REVISED, GRAPH, NO_DATE, FORM, SHORT,
    ENDLESS, COMMENTS, TRAPS_AT_END, COPIES, LEAD_APART, WIRE,
)  # fmt: skip
