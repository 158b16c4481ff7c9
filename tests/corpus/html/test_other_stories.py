"""Other stories on a page stay out, however they stand there; the article's own paragraphs stay in, in any box."""

from __future__ import annotations

import pytest

from pipeline.corpus.html import read_html
from tests.helpers.formats import FIRST, HEADLINE, SECOND, THIRD

FOURTH = "Passengers will have to use the bus over the new bridge, which takes twice as long, according to the county."
PARAGRAPHS = (FIRST, SECOND, THIRD, FOURTH)
STORIES = (
    ("Dairy in Sund will close", "Ninety jobs go at the dairy, the ministry of labour said."),
    ("Bank to shut 40 branches", "“We had no choice,” said chief executive Dora Mint."),
    ("Consulate in Oru shut", "The ministry confirmed the closure."),
)
CONSENT = (
    "<p>We use cookies to make this site work and to learn how you use it. By clicking Accept you agree to our use of"
    " cookies and other tools on your device.</p><p>You can change your settings at any time, and read more in our"
    " policy on cookies and on privacy, which also says who our partners are.</p>"
)


def paragraphs(start: int = 0, end: int = 4) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[start:end])


def read_body(body: str) -> str:
    page = f"<!DOCTYPE html><html lang='en'><head><title>{HEADLINE} - The Daily Example</title></head><body>"
    menu = "<nav><ul><li><a href='/'>Home</a></li></ul></nav>"
    return read_html(f"{page}{menu}{body}<footer><p>Copyright 2025</p></footer></body></html>".encode()).text


def stories(form: str) -> str:
    return "".join(form.format(title=title, line=line) for title, line in STORIES)


LISTS = {
    "headings in boxes": "<h2>Read more</h2>" + stories("<div><a href='/x'><h3>{title}</h3></a><p>{line}</p></div>"),
    "a numbered list": "<p><strong>Most read</strong></p>"
    f"<ol>{stories('<li><a href=/x>{title}</a><p>{line}</p></li>')}</ol>",
    "paragraphs": "<h3>Related</h3>" + stories("<p><a href='/x'>{title}</a></p><p>{line}</p>"),
    "lines in a box": "<div><h4>You may also like</h4>"
    f"<ul>{stories('<li><a href=/x>{title}</a> {line}</li>')}</ul></div>",
    "articles in the article": "<h4>More from Larnhaven</h4>"
    + stories("<article><h5><a href='/x'>{title}</a></h5><p>{line}</p></article>"),
    "links around all": "<p>Trending now</p>" + stories("<a href='/x'><div>{title}</div><div>{line}</div></a>"),
    "no heading, boxes": f"<div>{stories('<div><a href=/x>{title}</a><p>{line}</p></div>')}</div>",
    "no heading, a list": f"<ul>{stories('<li><a href=/x>{title}</a> <span>{line}</span></li>')}</ul>",
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("place", ["below", "between"])
def test_lists_of_other_stories_inside_the_article_are_left_out(name: str, place: str) -> None:
    if place == "below":
        body = f"<article><h1>{HEADLINE}</h1>{paragraphs()}{LISTS[name]}</article>"
    else:
        body = f"<article><h1>{HEADLINE}</h1>{paragraphs(0, 2)}{LISTS[name]}{paragraphs(2, 4)}</article>"
    assert read_body(body) == "\n\n".join((HEADLINE, *PARAGRAPHS))


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li><a href='/a'>Larn Ferries</a> is the owner of both ships, which sail twice a day.</li>"
        "<li><a href='/b'>Sund Line</a> is the only other firm that has asked for the route.</li>"
        "<li><a href='/c'>The council</a> pays for the pier and wants to go on doing so.</li></ul>",
        "<h2>The latest</h2><p>The council meets again on Friday, and <a href='/d'>the bank</a> will be there, it said"
        " in a letter to the mayor, who has asked for more time to find the money for the pier.</p>",
    ],
)
def test_lists_and_paragraphs_with_links_of_the_article_itself_stay(part: str) -> None:
    text = read_body(f"<article><h1>{HEADLINE}</h1>{paragraphs(0, 2)}{part}{paragraphs(2, 4)}</article>")
    assert ("the only other firm" in text) != ("meets again on Friday" in text)


BOXES = {
    "teaser": f"<div class='teaser-content'>{paragraphs(0, 2)}</div>"
    f"<div class='remainder-content'>{paragraphs(2, 4)}</div>",
    "promo": f"<div class='promo-text'>{paragraphs(0, 2)}</div><div class='rest'>{paragraphs(2, 4)}</div>",
    "overlay": f"<div class='overlay-free'>{paragraphs(0, 1)}</div><div class='rest'>{paragraphs(1, 4)}</div>",
    "caption between": f"<div class='article-teaser'>{paragraphs(0, 1)}</div><figure><img><figcaption>The pier at"
    f" Larnhaven on Monday</figcaption></figure><div>{paragraphs(1, 4)}</div>",
    "an id made of the headline": f"<div id='larn-ferry-promoted-as-the-best-in-the-country-1'>{paragraphs(0, 2)}</div>"
    f"<div>{paragraphs(2, 4)}</div>",
}


@pytest.mark.parametrize("name", BOXES)
def test_the_first_paragraphs_stay_whatever_their_box_is_called(name: str) -> None:
    text = read_body(f"<main><h1>{HEADLINE}</h1>{BOXES[name]}</main>")
    assert [paragraph for paragraph in PARAGRAPHS if paragraph not in text] == []


def test_a_linked_teaser_above_the_article_stays_out() -> None:
    link = "<a href='/x'><p>Bank to shut 40 branches in the north, said its head Dora Mint.</p></a>"
    teaser = f"<div class='teaser'>{link}</div>"
    assert "Dora Mint" not in read_body(f"<main><h1>{HEADLINE}</h1>{teaser}<div>{paragraphs()}</div></main>")


@pytest.mark.parametrize("box", ["div class='cookie-notice'", "div", "section id='consent'"])
def test_an_article_in_an_aside_is_not_lost_to_a_notice_about_cookies(box: str) -> None:
    notice = f"<{box}>{CONSENT}</{box.split()[0]}>"
    for body in (f"{notice}<aside><h1>{HEADLINE}</h1>{paragraphs()}</aside>",
                 f"<aside class='story'><h1>{HEADLINE}</h1>{paragraphs()}</aside>{notice}"):  # fmt: skip
        assert read_body(body) == "\n\n".join((HEADLINE, *PARAGRAPHS))


def test_an_aside_beside_the_article_stays_out() -> None:
    aside = (
        f"<aside><h2>About the port</h2><p>{'The port has been there since 1902, when it was built. ' * 3}</p></aside>"
    )
    assert "1902" not in read_body(f"<main><h1>{HEADLINE}</h1>{paragraphs(0, 2)}{aside}{paragraphs(2, 4)}</main>")


def test_words_that_were_left_out_are_counted() -> None:
    other = "<div>{}</div>".format(" ".join(["The men of the old harbour spoke of the ferry for a long time."] * 9))
    article = f"<article><h1>{HEADLINE}</h1>{paragraphs() * 3}</article>"
    for box, count in (("x1", 126), ("newsletter", 0)):
        document = read_html(f"<html><body><section class='{box}'>{other}</section>{article}</body></html>".encode())
        assert "old harbour" not in document.text
        assert document.left_out == count
    assert read_html(f"<html><body>{article}</body></html>".encode()).left_out == 0
