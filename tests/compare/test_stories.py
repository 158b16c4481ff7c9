"""Whole stories: short invented articles, each with its day and its mentions, which have one letter for one event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from pipeline.article import finish
from pipeline.compare import cluster_events, events_of
from pipeline.extract import find_all
from pipeline.knowledge import Knowledge, load_knowledge
from pipeline.link import link_all
from pipeline.records import Claim, Result
from tests.helpers.parses import Parses, plain_article

#: Day of publication, text, and the mentions in order.
Told = tuple[str, str, str]
STORIES: dict[str, tuple[Told, ...]] = {
    # ---- one thing that closes twice ----
    "a school in January and in March": (
        ("2023-01-17", "Ambleford Primary School was closed on Tuesday because of heavy snow.", "closed A"),
        ("2023-03-21", "Ambleford Primary School was closed on Monday after a burst pipe flooded it.", "closed B"),
    ),
    "a reactor that is shut down for refuelling every year": (
        ("2019-02-05", "The Olde Haven reactor will be shut down on 1 March for refuelling.", "shut down A"),
        ("2020-09-08", "The Olde Haven reactor will be shut down on 1 October for refuelling.", "shut down B"),
    ),
    "a mine that is shut for a week, and later for good": (
        ("2016-05-11", "The Kestrel Hill mine was shut on Tuesday after its roof fell.", "shut A"),
        ("2017-09-27", "Tarn Resources will close the Kestrel Hill mine at the end of 2018.", "close B"),
    ),
    "a beach that was opened in between": (
        ("2022-07-03", "Tressel Beach reopened on Sunday, a day after a shark was seen.", "reopened A"),
        ("2022-08-28", "Tressel Beach was closed on Saturday after sewage washed ashore.", "closed B"),
    ),
    "a road that rocks have closed again": (
        ("2020-01-13", "A landslide closed the Gelmer Pass road.", "closed A"),
        ("2020-06-29", "Rocks have again closed the Gelmer Pass road, which is steep.", "closed B"),
    ),
    "a courthouse whose holiday is over": (
        ("2021-12-24", "The Larkhill courthouse will be closed on 27 December.", "closed A"),
        ("2022-02-15", "The Larkhill courthouse was closed on Monday because its heating failed.", "closed B"),
    ),
    "a chain that tells of both": (
        ("2021-02-10", "Vestra Fashion closed its shops in Ireland on Monday.", "closed A"),
        (
            "2021-08-20",
            "Vestra Fashion will close its shops in Ireland again on Monday. Vestra first closed its shops in Ireland"
            " in February and reopened them in March.",
            "close B, closed A, reopened A",
        ),
    ),
    "a strait closed soon after a raid in April, and in August": (
        ("2026-04-11", "Morland closed the Strait of Kader after rebels took the lighthouse on 3 April.", "closed A"),
        (
            "2026-08-19",
            "Morland says it has closed the Strait of Kader until further notice. Soon after rebels took the lighthouse"
            " on 3 April, Morland had closed the strait.",
            "closed B, closed A",
        ),
    ),
    # ---- others at the same time ----
    "embassies of two states": (
        (
            "2021-08-13",
            "Norway is closing its embassy in Kabul, Ine Soreide said. Denmark will also close its embassy in Kabul.",
            "closing A, close B",
        ),
        ("2021-08-14", "Denmark's embassy in Kabul will be closed for now, Jeppe Kofod said.", "closed B"),
    ),
    "two mines of one firm at places that no list has": (
        ("2013-05-06", "Karst Mining will close its mine at Gorna in July, Ivo Pavic said.", "close A"),
        ("2013-05-20", "Karst Mining will close its mine at Vrelo in July, Ana Juric said.", "close B"),
    ),
    "five plants and two of them": (
        ("2018-05-03", "Halden Motors will close five plants in Ohio and Michigan by 2020.", "close A"),
        (
            "2018-05-12",
            "Halden Motors may yet save the Ohio plant and another plant in Michigan that are slated for closure.",
            "closure B",
        ),
    ),
    "some shops that have closed already": (
        (
            "2022-03-01",
            "Pennymart Foods will close all its stores in Spain. Pennymart Foods has already closed some stores.",
            "close A, closed B",
        ),
    ),
    # ---- one closing, told on many days ----
    "a plan and the deed": (
        ("2022-09-06", "Department store Harridge will close in January after 140 years.", "close A"),
        ("2023-01-21", "Department store Harridge closed on Saturday.", "closed A"),
    ),
    "an airport that is to close somewhat later": (
        ("2020-05-04", "Old Marwick Airport will close on 31 October.", "close A"),
        ("2020-10-20", "Old Marwick Airport will close on 8 November, a week later than planned.", "close A"),
        ("2020-11-09", "Old Marwick Airport closed on Sunday night.", "closed A"),
    ),
    "a museum that is closed for years": (
        ("2013-01-05", "The Steenhof Museum in Bruges closed on Friday for renovation.", "closed A"),
        (
            "2014-09-12",
            "The Steenhof Museum in Bruges, closed since January 2013, will reopen next month.",
            "closed A, reopen A",
        ),
    ),
    "schools that stay shut": (
        ("2020-03-13", "Schools across Kenora Province will close on Monday.", "close A"),
        (
            "2020-04-20",
            "Schools across Kenora Province, closed since 16 March, will stay shut until 4 May.",
            "closed A, shut A",
        ),
    ),
    "a bridge that is open to some": (
        ("2021-08-16", "Engineers closed the Tarrow Bridge on Saturday after cracks were found.", "closed A"),
        (
            "2021-09-20",
            "The Tarrow Bridge has reopened for walkers. It will stay closed to cars until May.",
            "reopened A, closed A",
        ),
    ),
    "a minister who says it again": (
        ("2016-03-08", "Energy minister Ola Rud said on Tuesday that the Tverdal mine would close.", "close A"),
        ("2016-04-12", "Energy minister Ola Rud said again on Monday that the Tverdal mine would close.", "close A"),
    ),
    "a refinery in a storm": (
        ("2017-08-28", "Petrolane shut its Gulfhaven refinery on Sunday as a hurricane came ashore.", "shut A"),
        ("2017-09-11", "Petrolane said on Monday that it had reopened its Gulfhaven refinery.", "reopened A"),
    ),
}


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def read(number: int, day: str, text: str, parses: Parses) -> Result:
    plain = plain_article(text, published=date.fromisoformat(day))
    article = replace(plain, doc_id=f"d{number}", key=f"article {number}", file=f"{number}.txt")
    doc = parses(article)
    return finish(article, link_all(find_all(doc, article, knowledge()), article, doc, knowledge()), knowledge())


@pytest.mark.parametrize("story", STORIES)
def test_articles_tell_of_one_event_or_of_two(story: str, parses: Parses) -> None:
    results = [read(number, day, text, parses) for number, (day, text, _) in enumerate(STORIES[story])]
    words = knowledge().event_words.groups
    clusters = cluster_events([event for result in results for event in events_of(result)], words, {})
    event_of = {member: members[0] for members in clusters for member in members}
    told = {
        mention.rsplit(maxsplit=1)[1]: event_of[claim.event_id]
        for (_, _, mentions), result in zip(STORIES[story], results, strict=True)
        for mention, claim in zip(mentions.split(", "), events(result), strict=True)
    }
    letters = {event_id: letter for letter, event_id in told.items()}
    assert len(letters) == len(told), "two letters for one event"
    assert [
        ", ".join(f"{claim.trigger} {letters[event_of[claim.event_id]]}" for claim in events(result))
        for result in results
    ] == [mentions for _, _, mentions in STORIES[story]]


def events(result: Result) -> list[Claim]:
    return [claim for claim in result.claims if claim.event_id]
