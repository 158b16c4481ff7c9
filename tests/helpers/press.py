"""Exports of press databases in the layouts of several eras, our own words in them. Each has two articles."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable

from tests.helpers.formats import FIRST, HEADLINE, SECOND, THIRD

SECOND_HEADLINE = "Sund keeps its library"
SECOND_TEXT = (
    "The library of Sund will stay open until 2027, the council said on Wednesday.",
    "“Nobody wanted it gone,” said librarian Tove Lund, who has worked there since 1999.",
)
_BODIES = ((FIRST, SECOND, THIRD), SECOND_TEXT)


def _wrapped(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(textwrap.fill(paragraph, 76) for paragraph in paragraphs)


def _centred(line: str) -> str:
    return line.center(78).rstrip()


def lexisnexis_2010() -> str:
    """The layout from about 2005 on, with a page on top that says what was searched for."""
    entries = (
        ("Daily Example (Larnhaven)", "March 4, 2025 Tuesday", "\n" + _centred("Final Edition"), HEADLINE,
         "BYLINE: Ada Brandt and Per Holm\n\nSECTION: NEWS; Pg. 4\n\nLENGTH: 355 words\n\nDATELINE: LARNHAVEN"),
        ("The Sund Courier", "5 March 2025", "", f"{SECOND_HEADLINE};\nCouncil changes its mind",
         "BYLINE: Nora Wick\n\nLENGTH: 48 words"),
    )  # fmt: skip
    chunks = []
    for number, ((source, day, edition, title, header), body) in enumerate(zip(entries, _BODIES, strict=True), start=1):
        chunks.append(
            f"{_centred(f'{number} of 2 DOCUMENTS')}\n\n\n\n{_centred(source)}\n\n{_centred(day)}{edition}\n\n"
            f"{title}\n\n{header}\n\n{_wrapped(body)}\n\nLOAD-DATE: March 9, 2025\n\nLANGUAGE: ENGLISH\n\n"
            "GRAPHIC: PHOTO: “I saw it coming,” said Ida Berg, on the pier.\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
            f"{_centred('Copyright 2025 Example Newspapers Limited')}\n{_centred('All Rights Reserved')}\n\n"
        )
    top = "\ufeff\n\n\nDownload Request: Selected Items: 1-2\nTime Of Request: Friday, March 20, 2025  16:51:31\n\n"
    return (top + "Terms: (ferry)\n\n\nSource: Daily Example\nProject ID: None\n\n\n\n" + "\n".join(chunks)).replace(
        "\n", "\r\n"
    )


def lexisnexis_1998() -> str:
    """The layout of the years before: rights on top, the headline as a field, the text below BODY."""
    chunks = []
    for number, (title, day, body) in enumerate(
        zip((HEADLINE, SECOND_HEADLINE), ("March 4, 1998, Wednesday", "March 5, 1998, Thursday"), _BODIES, strict=True),
        start=1,
    ):
        chunks.append(
            f"                       LEVEL 1 - {number} OF 2 STORIES\n\n"
            f"{_centred('Copyright 1998 The Daily Example Company')}\n{_centred('The Daily Example')}\n\n"
            f"{_centred(f'{day}, Late Edition - Final')}\n\nSECTION: Section A; Page 1; Column 3; National Desk\n\n"
            f"LENGTH: 355 words\n\nHEADLINE: {title}\n\nBYLINE:  By ADA BRANDT\n\nDATELINE: LARNHAVEN, March 3\n\n"
            f"BODY:\n{textwrap.indent(_wrapped(body), '   ')}\n\nGRAPHIC: Photo: The pier (Per Holm)\n\n"
            "LANGUAGE: ENGLISH\n\nLOAD-DATE: March 6, 1998\n\n"
        )
    return "\n".join(chunks)


def nexis_uni_lines() -> list[str]:
    """The lines of an export of Nexis Uni, one a paragraph."""
    cover = [
        "User Name: desk", "Date and Time: Friday, March 20, 2025 9:31:00 AM GMT", "Job Number: 00000001",
        "Documents (2)", f"1. {HEADLINE}", "Client/Matter: -None-", "Search Terms: ferry",
        "Search Type: Natural Language", "Narrowed by: ", "Content Type", "Narrowed by", "News",
        "Sources: Daily Example", f"2. {SECOND_HEADLINE}", "Client/Matter: -None-", "Search Terms: ferry",
        "Search Type: Natural Language", "Narrowed by: ", "Content Type", "Narrowed by", "News", "",
    ]  # fmt: skip
    first = [
        HEADLINE, "Daily Example (Larnhaven)", "March 4, 2025 Tuesday 9:44 PM GMT", "",
        "Copyright 2025 Example Newspapers Limited All Rights Reserved", "", "Section:\xa0NEWS; Pg. 4",
        "Length:\xa0355 words", "Byline:\xa0Ada Brandt and Per Holm",
        "Highlight:\xa0The bank ended a loan, Ida Berg said", "Body", "", *_BODIES[0], "Graphic", " ",
        "“I saw it coming,” said Ida Berg.", "Load-Date:\xa0March 9, 2025", "", "End of Document", "",
    ]  # fmt: skip
    second = [
        SECOND_HEADLINE, "The Sund Courier", "March 5, 2025 Wednesday", "", "Copyright 2025 Sund Media", "",
        "Length:\xa048 words", "Byline:\xa0Nora Wick", "Body", "", *_BODIES[1], "Classification",
        "Language:\xa0ENGLISH", "Publication-Type:\xa0Newspaper", "Load-Date:\xa0March 5, 2025", "", "End of Document",
    ]  # fmt: skip
    return [*cover, *first, *second]


def as_docx(lines: Iterable[str]) -> bytes:
    """The lines as paragraphs of a Word document."""
    import docx as word

    document = word.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_rtf(lines: Iterable[str]) -> bytes:
    """The lines as paragraphs of an RTF file."""
    body = "\\par\n".join("".join(ch if ch < "\x80" else f"\\u{ord(ch)}?" for ch in line) for line in lines)
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 " + body + "\\par}").encode()


def as_pdf(lines: Iterable[str]) -> bytes:
    """The lines as paragraphs of a PDF."""
    from fpdf import FPDF

    from tests.helpers.formats import replace_curly_quotes

    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", size=11)
    for line in lines:
        if line.strip():
            paper.multi_cell(0, 5, replace_curly_quotes(line.replace("\xa0", " ")), new_x="LMARGIN", new_y="NEXT")
        paper.ln(3)
    return bytes(paper.output())


_FACTIVA = (
    ("News", HEADLINE, "By Ada Brandt and Per Holm", "355 words", "4 March 2025", "17:32", "The Daily Example",
     "DAIEXA", "Main edition", "4", "English", "(c) 2025 Example Newspapers Limited. All rights reserved.",
     "DAIEXA0020250304el340002x"),
    ("Local", SECOND_HEADLINE, "Nora Wick", "48 words", "5 March 2025", "06:10", "The Sund Courier", "SUNDCO",
     "First", "2", "English", "Copyright 2025 Sund Media.", "SUNDCO0020250305el35000b4"),
)  # fmt: skip
_FACTIVA_CODES = ("SE", "HD", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY")


def factiva_coded(gap: str = "\n") -> str:
    """With codes; ``gap`` stands between a code and its value: a line break, a tab, blanks, a cell's border."""
    articles = []
    for (*values, number), (lead, *rest) in zip(_FACTIVA, _BODIES, strict=True):
        head = "\n".join(f"{code}{gap}{value}" for code, value in zip(_FACTIVA_CODES, values, strict=True))
        tail = "\n\n".join(rest)
        articles.append(
            f"{head}\nLP{gap}{lead}\n\nTD{gap}{tail}\n\nCO{gap}exbank : Example Bank\nNS{gap}gcat : Political News | "
            f"ntra : Transport\nRE{gap}uk : United Kingdom\nPUB{gap}Example Newspapers Limited\n"
            f"AN{gap}Document {number}\n"
        )
    summary = "\nSearch Summary\nText\tferry\nDate\tAll Dates\n\n© 2025 Factiva, Inc. All rights reserved.\n"
    return "\n\n".join(articles) + summary


def factiva_shown() -> str:
    """As shown to readers, without codes."""
    articles = []
    for (*values, number), body in zip(_FACTIVA, _BODIES, strict=True):
        lines = "\n".join(values)
        text = "\n\n".join(body)
        articles.append(f"{lines}\n\n{text}\n\nExample Newspapers Limited\n\nDocument {number}\n")
    return "Dow Jones Factiva\n\n" + "\n\nPage 1 of 2 © 2025 Factiva, Inc. All rights reserved.\n\n".join(articles)


def factiva_html() -> str:
    """A saved page of articles without codes."""
    articles = []
    for (section, title, byline, *values, number), body in zip(_FACTIVA, _BODIES, strict=True):
        fields = "".join(f"<div>{value}</div>" for value in values)
        text = "".join(f'<p class="articleParagraph enarticleParagraph">{paragraph}  </p>' for paragraph in body)
        articles.append(
            f'<div id="article-{number}" class="article"><div class="article enArticle"><p>\n</p><div>{section}</div>'
            f'<div id="hd"><span class="enHeadline">{title}  </span></div><div class="author">{byline} </div>{fields}'
            f"<p></p>{text}<p>Example Newspapers Limited</p><p>Document {number}</p></div></div><br>"
        )
    return f"<html><head><title>Factiva</title></head><body><h1>Dow Jones Factiva</h1>{''.join(articles)}</body></html>"


def factiva_html_coded() -> str:
    """A saved page of articles whose fields are the rows of tables."""
    articles = []
    for (*values, number), (lead, *rest) in zip(_FACTIVA, _BODIES, strict=True):
        rows = [*zip(_FACTIVA_CODES, values, strict=True), ("LP", f"<p>{lead}</p>")]
        rows += [("TD", "".join(f"<p>{paragraph}</p>" for paragraph in rest)), ("AN", f"Document {number}")]
        cells = "".join(f'<tr><td class="index"><b>{code}</b></td><td>{value}</td></tr>' for code, value in rows)
        articles.append(f'<div class="article enArticle"><table>{cells}</table></div>')
    return f"<html><head><title>Factiva</title></head><body>{''.join(articles)}</body></html>"


def proquest(*, numbered: bool = False) -> str:
    """An export as text; the earlier ones number the documents and put the title above the fields."""
    articles = []
    entries = (
        (HEADLINE, "Brandt, Ada; Holm, Per", "The Daily Example", "04 Mar 2025", "Mar 4, 2025", "1001"),
        (SECOND_HEADLINE, "Wick, Nora", "The Sund Courier", "05 Mar 2025", "Mar 5, 2025", "1002"),
    )
    for number, ((title, author, source, day, worded, key), body) in enumerate(
        zip(entries, _BODIES, strict=True), start=1
    ):
        heading = f"Document {number} of 2\n\n{title}" if numbered else f"Title: {title}"
        text = "\n\n".join(body)
        articles.append(
            f"{heading}\n\nAuthor: {author}\n\nPublication info: {source} ; Larnhaven [Larnhaven]. {day}: A.4.\n\n"
            f"http://proxy.example/login?url=https://www.proquest.com/docview/{key}?accountid=1\n\n"
            f"Abstract: A bank ended a loan.\n\nLinks: http://sfx.example/?id={key}\n\nFull text: {text}\n\n"
            "Subject: Ferries; Banks\n\nCompany / organization: Name: Example Bank; NAICS: 522110\n\n"
            f"Title: {title}\n\nPublication title: {source}; Larnhaven\n\nFirst page: A.4\n\nPublication year: 2025\n\n"
            f"Publication date: {worded}\n\nSection: News\n\nSource type: Newspapers\n\n"
            f"Language of publication: English\n\nProQuest document ID: {key}\n\n"
            f"Document URL: https://www.proquest.com/docview/{key}\n\nLast updated: 2025-03-09\n\n"
            "Database: Newsstream\n"
        )
    rule = "_" * 60
    return f"{rule}\n\n" + f"\n{rule}\n\n".join(articles) + f"\n{rule}\n"


def newsbank() -> str:
    """An export as text."""
    entries = (
        (
            HEADLINE,
            "Daily Example, The (Larnhaven, ST) - March 4, 2025 - A4",
            "Ada Brandt, Staff Writer",
            "0FA1B2C3D4E5",
        ),
        (SECOND_HEADLINE, "Sund Courier (ST) - March 5, 2025", "Nora Wick", "0FA1B2C3D4E6"),
    )
    articles = []
    for (title, source, author, record), body in zip(entries, _BODIES, strict=True):
        text = "\n\n".join(body)
        articles.append(
            f"{title}\n{source}\nAuthor/Byline: {author}\nEdition: Final\nSection: News\nPage: A4\nReadability: 8-9\n\n"
            f"{text}\n\nRecord: {record}\nCopyright (c) 2025 The Daily Example, All Rights Reserved.\n"
        )
    return "\n\n".join(articles)


def newsbank_today() -> str:
    """An export in today's layout: the day before the source, fields on one line."""
    entries = (
        (HEADLINE, "March 4, 2025 | Daily Example, The (Larnhaven, ST)", "Ada Brandt | Section: News"),
        (SECOND_HEADLINE, "March 5, 2025 | Sund Courier (Sund, ST)", "Nora Wick | Section: Local"),
    )
    articles = []
    for (title, source, fields), body in zip(entries, _BODIES, strict=True):
        text = "\n\n".join(body)
        articles.append(
            f"{title}\n\n {source}\n\n Author/Byline: {fields}\n\n 394\n Words\n\n Read News Document\n\n{text}\n"
        )
    return "\n\n".join(articles)


def europresse() -> str:
    """An export as text."""
    entries = (
        (
            "The Daily Example (site web)",
            "News, Tuesday, March 4, 2025, p. 4",
            HEADLINE,
            "Ada Brandt",
            "20250304·DE·001234",
        ),
        ("The Sund Courier", "Local, mercredi 5 mars 2025", SECOND_HEADLINE, "Nora Wick", "20250305·SC·000007"),
    )
    articles = []
    for (source, line, title, author, number), body in zip(entries, _BODIES, strict=True):
        text = "\n\n".join(body)
        articles.append(
            f"{source}\n{line}\n\n{title}\n\n{author}\n\n{text}\n\n© 2025 Example. Tous droits réservés.\n"
            f"Certificat émis le 20 mars 2025 à Larn à des fins de visualisation personnelle.\nnews·{number}\n"
        )
    return "\n\n".join(articles)


def europresse_html() -> str:
    """An export as a page."""
    articles = []
    for chunk in europresse().split("\n\n\n"):
        lines = [line for line in chunk.splitlines() if line]
        blocks = "".join(f"<div>{line}</div>" for line in lines)
        articles.append(f"<article><span class='DocPublicationName'></span>{blocks}</article>")
    return f"<html><head><title>Europresse</title></head><body>{''.join(articles)}</body></html>"


def europresse_page(*, numbered: bool = True) -> str:
    """An export as a page whose elements have the database's classes; older ones give documents no number."""
    articles = []
    entries = (
        ("The Daily Example (site web), no. 12", "News, mardi 4 mars 2025, p. 4", HEADLINE, "Ada Brandt", "DE·001234"),
        ("The Sund Courier", "Local, mercredi 5 mars 2025 371 mots, p. 2", SECOND_HEADLINE, "Nora Wick", "SC·000007"),
    )
    for (source, header, title, author, number), body in zip(entries, _BODIES, strict=True):
        day = "20250304" if number.startswith("DE") else "20250305"
        text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
        shown = f"<div class='publiC-lblNodoc'>news·{day}·{number}</div>" if numbered else ""
        articles.append(
            f"<article><header><div class='rdp__DocPublicationName'><span class='DocPublicationName'>{source}</span>"
            f"</div><div><span class='DocHeader'>{header}</span></div><div class='titreArticle'>"
            f"<p class='sm-margin-TopNews titreArticleVisu rdp__articletitle'>{title}</p></div>"
            f"<div class='docAuthors'>{author}</div></header><section><div class='DocText clearfix'>"
            f"<div class='docOcurrContainer'>{text}<p>Cet article est paru dans The Daily Example (site web)</p></div>"
            f"</div></section><footer><small>© 2025 Example. Tous droits réservés.</small>{shown}</footer></article>"
        )
    return f"<html><head><title>Europresse</title></head><body><h1>Sommaire</h1>{''.join(articles)}</body></html>"
