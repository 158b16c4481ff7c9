"""Time expressions: tagged sentences, one expectation each. Published on Monday 6 November 2023 unless said.

A case is a sentence with the expression in square brackets, then kind, value and days as ``first..last`` ("-" where the
value or the days are empty). A sentence without brackets must give nothing.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import dateparser
import pytest
import spacy

from pipeline.extract.dates import find_dates
from pipeline.extract.dates.absolute import parse_full_date
from pipeline.extract.dates.periods import (
    date_of_easter,
    date_of_nth_weekday,
    make_day,
    make_half,
    make_month,
    narrow_to_part,
    period_containing,
    shift_period,
    week_of,
)
from pipeline.knowledge.dates import load_date_words
from pipeline.knowledge.files import models_folder
from pipeline.records import Article, Block, DateMention
from tests.helpers.parses import Parses, plain_article

MONDAY = date(2023, 11, 6)
WORDS = load_date_words(models_folder())


def untag(tagged: str) -> tuple[str, list[tuple[int, int]]]:
    """The sentence without its brackets, and where they stood."""
    spans: list[tuple[int, int]] = []
    text = ""
    for piece in re.split(r"(\[[^\]]*\])", tagged):
        words = piece[1:-1] if piece.startswith("[") else piece
        if piece.startswith("["):
            spans.append((len(text), len(text) + len(words)))
        text += words
    return text, spans


def describe_mention(mention: DateMention) -> str:
    days = f"{mention.date_start}..{mention.date_end}" if mention.date_start else "-"
    return f"{mention.kind} {mention.value or '-'} {days}"


def check_dates(parses: Parses, tagged: str, expected: list[str], published: date | None) -> None:
    text, spans = untag(tagged)
    article = plain_article(text, published=published)
    mentions = find_dates(parses(article), article, WORDS)
    assert [(text[m.start : m.end], describe_mention(m)) for m in mentions] == [
        (text[start:end], value) for (start, end), value in zip(spans, expected, strict=True)
    ]


def clock(day: str, time: str) -> str:
    return f"TIME {day}T{time} {day}..{day}"


def one_day(iso: str) -> str:
    return f"DATE {iso} {iso}..{iso}"


ABSOLUTE: list[tuple[str, ...]] = [
    ("The consulate shut on [March 3, 2023].", one_day("2023-03-03")),
    ("The consulate shut on [3 March 2023].", one_day("2023-03-03")),
    ("The consulate shut on the [3rd of March, 2023].", one_day("2023-03-03")),
    ("The consulate shut on [Friday, Sept. 30, 2022].", one_day("2022-09-30")),
    ("The log gives [2023-03-03] as the day of closure.", one_day("2023-03-03")),
    ("The form was stamped [13/04/2023] by the clerk.", one_day("2023-04-13")),
    ("The form was stamped [03/04/2023] by the clerk.", "DATE - -"),
    ("The bank failed in [July 1997].", "DATE 1997-07 1997-07-01..1997-07-31"),
    ("The envoy defected in [2016].", "DATE 2016 2016-01-01..2016-12-31"),
    ("The famine of [the 1990s] emptied villages.", "DATE 199 1990-01-01..1999-12-31"),
    ("The two states set up ties in [the 1970s].", "DATE 197 1970-01-01..1979-12-31"),
    ("Discos thrived in [the '80s].", "DATE 198 1980-01-01..1989-12-31"),
    ("Discos thrived in [the ’80s].", "DATE 198 1980-01-01..1989-12-31"),
    ("Discos died in [the noughties].", "DATE 200 2000-01-01..2009-12-31"),
    ("The form was stamped [13-04-2023] by the clerk.", one_day("2023-04-13")),
    ("The form was stamped [2023/04/13] by the clerk.", one_day("2023-04-13")),
    ("Output fell in [H1 2021].", "DATE 2021-H1 2021-01-01..2021-06-30"),
    ("The rules changed after [9/11].", one_day("2001-09-11")),
    ("The canal dates from [the 19th century].", "DATE 18 1800-01-01..1899-12-31"),
    ("The club lost money in the [2009-10] season.", "DATE 2009/2010 2009-01-01..2010-12-31"),
    ("The mission opened in [late 2019].", "DATE 2019 2019-09-02..2019-12-31"),
    ("Output fell in [the first half of 2021].", "DATE 2021-H1 2021-01-01..2021-06-30"),
    ("Output fell in [the third quarter of 2021].", "DATE 2021-Q3 2021-07-01..2021-09-30"),
    ("The ships left on [Easter Sunday 2024].", one_day("2024-03-31")),
    ("The mill was rebuilt in [the winter of 1994].", "DATE 1994-WI 1994-12-01..1995-02-28"),
]
RELATIVE: list[tuple[str, ...]] = [
    # parts of a day, by the verb of their day
    ("The tram depot will shut on [Thursday evening].", "TIME 2023-11-09TEV 2023-11-09..2023-11-09"),
    ("The tram depot shut on [Thursday evening].", "TIME 2023-11-02TEV 2023-11-02..2023-11-02"),
    ("The lease had been due to expire on [Thursday].", one_day("2023-11-02")),
    ("Nobody at the depot could be reached on [Thursday].", one_day("2023-11-02")),
    # counted inside a month or year
    ("The depot shut on [the third Sunday of August last year].", one_day("2022-08-21")),
    ("The depot will shut on [the last Friday in February].", one_day("2024-02-23")),
    ("The depot will shut on [the first Monday of next month].", one_day("2023-12-04")),
    ("The depot will be shut for [the last four days of December].",
     "DATE 2023-12-28/2023-12-31 2023-12-28..2023-12-31"),
    ("The depot shut in [the second week of March 2021].", "DATE 2021-03-08/2021-03-14 2021-03-08..2021-03-14"),
    ("The depot will shut on [the 29th of this month].", one_day("2023-11-29")),
    ("The depot will shut on [the thirtieth of February].", "DATE - -"),
    ("The depot will shut in [the week of November 22].", "DATE 2023-W47 2023-11-20..2023-11-26"),
    ("The depot will shut in [the week beginning 22 November].", "DATE 2023-11-22/2023-11-28 2023-11-22..2023-11-28"),
    # at a distance
    ("The depot shut [a fortnight ago].", "DATE 2023-W43 2023-10-23..2023-10-29"),
    ("The depot shut [a couple of months ago].", "DATE 2023-09 2023-09-01..2023-09-30"),
    ("The depot shut [three and a half years ago].", "DATE 2020-H1 2020-01-01..2020-06-30"),
    ("The depot shut [a week and a half ago].", "DATE 2023-10-25/2023-10-28 2023-10-25..2023-10-28"),
    ("The depot shut [a month and a half ago].", "DATE 2023-W38 2023-09-18..2023-09-24"),
    ("The depot shut [several weeks ago].", "DATE PAST_REF -"),
    ("The depot will shut in [two months' time].", "DATE 2024-01 2024-01-01..2024-01-31"),
    ("The depot will reopen in [three weeks].", "DATE 2023-W48 2023-11-27..2023-12-03"),
    ("The depot was built in [three weeks].", "DURATION P3W -"),
    ("The depot shut [the week before last].", "DATE 2023-W43 2023-10-23..2023-10-29"),
    ("The depot shut [the Friday before last].", one_day("2023-10-27")),
    ("The depot will shut [a week on Friday].", one_day("2023-11-17")),
    ("The depot was shut for [a week] on [Friday].", "DURATION P1W -", one_day("2023-11-03")),
    ("The depot was shut over [the past fortnight].", "DURATION P2W -"),
    ("Fares rose in [October] and fell again. Forty trams were sold during [the month].",
     "DATE 2023-10 2023-10-01..2023-10-31", "DATE 2023-10 2023-10-01..2023-10-31"),
    ("Fares rose in [October]. The depot will be sold in [the month] ahead.",
     "DATE 2023-10 2023-10-01..2023-10-31", "DATE 2023-11 2023-11-01..2023-11-30"),
    ("The play opens [this year]. It came back [three years later].",
     "DATE 2023 2023-01-01..2023-12-31", "DATE - -"),
    ("The depot shut [two to three weeks ago].", "DATE 2023-W43 2023-10-23..2023-10-29"),
    ("The depot shut [20-odd years ago].", "DATE PAST_REF -"),
    ("The depot may open in [a year or two].", "DATE FUTURE_REF -"),
    ("The repair took [a year or two].", "DURATION PXY -"),
    ("The depot will shut [Friday week].", one_day("2023-11-17")),
    ("The depot will reopen on [Tuesday fortnight].", one_day("2023-11-21")),
    ("The depot shut [last Friday week].", one_day("2023-10-27")),
    ("The depot shut [a week last Thursday].", one_day("2023-10-26")),
    ("The depot will shut [a week next Thursday].", one_day("2023-11-16")),
    # counted from a named day
    ("The depot shut [two days before Easter].", one_day("2023-04-07")),
    ("The depot will shut [three days after Christmas].", one_day("2023-12-28")),
    ("The depot will shut on [the first Tuesday after New Year's Day].", one_day("2024-01-02")),
    ("The depot shut on [the Saturday before October 10].", one_day("2023-10-07")),
    ("The depot shut [the week before Easter].", "DATE 2023-W13 2023-03-27..2023-04-02"),
    ("The depot shut [ten years ago this week].", "DATE 2013-W45 2013-11-04..2013-11-10"),
    ("The depot shut [two years ago last month].", "DATE 2021-10 2021-10-01..2021-10-31"),
    ("The depot shut [a year ago on Friday].", one_day("2022-11-03")),
    # days of a month that isn't named
    ("The depot shut on [the 19th].", one_day("2023-10-19")),
    ("The depot will shut on [the 19th].", one_day("2023-11-19")),
    ("The fair opens on [December 3] and ends on [the 9th].", one_day("2023-12-03"), one_day("2023-12-09")),
    ("The depot shut on [Friday the 3rd].", one_day("2023-11-03")),
    ("The depot shut on [Wednesday 1st].", one_day("2023-11-01")),
    # from one weekday to another
    ("The depot was shut from [Monday] to [Wednesday].", one_day("2023-10-30"), one_day("2023-11-01")),
    ("The depot will be shut from [Saturday] to [Tuesday].", one_day("2023-11-11"), one_day("2023-11-14")),
    ("The depot was shut between [Friday] and [Sunday].", one_day("2023-11-03"), one_day("2023-11-05")),
    # days under one month, and from one to another
    ("The depot will be shut on [Saturday 18, Sunday 19 and Monday 20 November].",
     "DATE 2023-11-18/2023-11-20 2023-11-18..2023-11-20"),
    ("The depot will be shut on [December 5, 6 and 7].", "DATE 2023-12-05/2023-12-07 2023-12-05..2023-12-07"),
    ("The depot will be shut on [5, 12 and 19 December].", one_day("2023-12-05")),
    ("On [November 3], 12 miners left.", one_day("2023-11-03")),
    ("The depot will be shut [December 29 through January 2].", "DATE 2023-12-29/2024-01-02 2023-12-29..2024-01-02"),
    ("The depot was shut between [28 May and 3 June 2021].", "DATE 2021-05-28/2021-06-03 2021-05-28..2021-06-03"),
    ("The ministry confirmed the closure [last week].", "DATE 2023-W44 2023-10-30..2023-11-05"),
    ("[Last month], local papers reported the closure.", "DATE 2023-10 2023-10-01..2023-10-31"),
    ("Trade with the neighbour rose [last year].", "DATE 2022 2022-01-01..2022-12-31"),
    ("The post will reopen [next year].", "DATE 2024 2024-01-01..2024-12-31"),
    ("The office will reopen [this quarter].", "DATE 2023-Q4 2023-10-01..2023-12-31"),
    ("The office closed [earlier this year].", "DATE 2023 2023-01-01..2023-11-06"),
    ("The office will close [later this year].", "DATE 2023 2023-11-06..2023-12-31"),
    ("The guards left [yesterday].", one_day("2023-11-05")),
    ("The guards left [yesterday morning].", "TIME 2023-11-05TMO 2023-11-05..2023-11-05"),
    ("Police searched the office [last night].", "TIME 2023-11-05TNI 2023-11-05..2023-11-05"),
    ("The guards left on [Friday].", one_day("2023-11-03")),
    ("The guards will leave on [Friday].", one_day("2023-11-10")),
    ("The embassy is scheduled to close on [Friday].", one_day("2023-11-10")),
    ("The vote was postponed until [Thursday].", one_day("2023-11-09")),
    ("The guards left on [Monday].", one_day("2023-11-06")),
    ("The spokesman could not be reached [Saturday].", one_day("2023-11-04")),
    ("Shots were heard [Saturday night].", "TIME 2023-11-04TNI 2023-11-04..2023-11-04"),
    ("The guards left over [the weekend].", "DATE 2023-W44-WE 2023-11-04..2023-11-05"),
    ("The guards left in [August].", "DATE 2023-08 2023-08-01..2023-08-31"),
    ("The guards left in [December].", "DATE 2022-12 2022-12-01..2022-12-31"),
    ("The guards will leave in [May].", "DATE 2024-05 2024-05-01..2024-05-31"),
    ("The office shut in [early March].", "DATE 2023-03 2023-03-01..2023-03-10"),
    ("The lease ended on [Dec. 2].", one_day("2023-12-02")),
    ("The office shut on [Aug. 7].", one_day("2023-08-07")),
    ("The team met on [Friday, Dec. 1].", one_day("2023-12-01")),
    ("The fair ran on [October 3-5].", "DATE 2023-10-03/2023-10-05 2023-10-03..2023-10-05"),
    ("The consulate shut [two years ago].", "DATE 2021 2021-01-01..2021-12-31"),
    ("The consulate shut [10 days ago].", one_day("2023-10-27")),
    ("The consulate shut [six weeks ago].", "DATE 2023-W39 2023-09-25..2023-10-01"),
    ("The beaches emptied [last summer].", "DATE 2023-SU 2023-06-01..2023-08-31"),
    ("The consulate shut on [March 3].", one_day("2023-03-03")),
    ("The consulate will shut on [March 3].", one_day("2024-03-03")),
    ("The [April] vote was close.", "DATE 2023-04 2023-04-01..2023-04-30"),
    ("Voters go to the polls on [Thursday].", one_day("2023-11-09")),
    ("The trial, expected to last [six weeks], opened on [Thursday].", "DURATION P6W -", one_day("2023-11-02")),
    ("The beaches emptied at [summer's end].", "DATE 2023-SU 2023-08-02..2023-08-31"),
    ("[Third-quarter] profit was given on [Friday].",
     "DATE 2023-Q3 2023-07-01..2023-09-30", one_day("2023-11-03")),
    ("Shops will shut on [Christmas Day].", one_day("2023-12-25")),
    ("The party fell apart after [Election Day].", one_day("2023-11-07")),
    ("The guards left on [that Friday].", "DATE XXXX-WXX-5 -"),
    ("The guards left on [the following Friday].", "DATE XXXX-WXX-5 -"),
    ("Shops will shut on [Boxing Day].", one_day("2023-12-26")),
    ("Shops shut on [Whit Monday].", one_day("2023-05-29")),
    ("The guards left on [New Year’s Eve].", one_day("2022-12-31")),
    ("The guards left at [17:30 on Friday].", "TIME 2023-11-03T17:30 2023-11-03..2023-11-03"),
    ("The vote is [this Thursday].", one_day("2023-11-09")),
    ("The party is nervous ahead of [Tuesday]'s count.", one_day("2023-11-07")),
    ("The party will lose votes because of the killing on [Friday].", one_day("2023-11-03")),
    ("The law changed after the [Sept. 11] attacks.", one_day("2001-09-11")),
    ("The mill shut [earlier this autumn].", "DATE 2023-FA 2023-09-01..2023-11-06"),
    ("The fair runs from [May] to [July].",
     "DATE 2024-05 2024-05-01..2024-05-31", "DATE 2024-07 2024-07-01..2024-07-31"),
    ("The fair ran on [October 3-5, 2019].", "DATE 2019-10-03/2019-10-05 2019-10-03..2019-10-05"),
    ("The shop will shut at [10:30 p.m. on Thursday].", "TIME 2023-11-09T22:30 2023-11-09..2023-11-09"),
    ("The shop will shut at [10:30 p.m.] to save power.", "TIME XXXX-XX-XXT22:30 -"),
]  # fmt: skip
ANCHORED: list[tuple[str, ...]] = [
    ("The envoy left on [Oct. 3, 2019], and [the following day] the gates were locked.",
     one_day("2019-10-03"), one_day("2019-10-04")),
    ("The mine shut in [1996] and reopened [the following year].",
     "DATE 1996 1996-01-01..1996-12-31", "DATE 1997 1997-01-01..1997-12-31"),
    ("The mine shut in [1996], but [the next day] nobody noticed.",
     "DATE 1996 1996-01-01..1996-12-31", "DATE - -"),
    ("The fair ran from [May] to [July 2019].",
     "DATE 2019-05 2019-05-01..2019-05-31", "DATE 2019-07 2019-07-01..2019-07-31"),
    ("Exports fell from [2017] to [2019].", "DATE 2017 2017-01-01..2017-12-31", "DATE 2019 2019-01-01..2019-12-31"),
    ("The envoy left on [3 October]. [The night before], the gates were locked.",
     one_day("2023-10-03"), "TIME 2023-10-02TNI 2023-10-02..2023-10-02"),
    ("The envoy left on [3 October]. [That night] the gates were locked at [2130 GMT].",
     one_day("2023-10-03"), "TIME 2023-10-03TNI 2023-10-03..2023-10-03",
     "TIME 2023-10-03T21:30 2023-10-03..2023-10-03"),
    ("The mine made a loss in [2019]. [The year before], it had made none.",
     "DATE 2019 2019-01-01..2019-12-31", "DATE 2018 2018-01-01..2018-12-31"),
    ("In [the third quarter] the bank lost $4 million, after a profit of $2 million [a year earlier].",
     "DATE 2023-Q3 2023-07-01..2023-09-30", "DATE 2022-Q3 2022-07-01..2022-09-30"),
    ("In [the fiscal third quarter] the bank lost $4 million, after a profit of $2 million [a year earlier].",
     "DATE 2023-Q3 -", "DATE 2022-Q3 -"),
    ("The branch was sold [a year ago].", "DATE 2022 2022-01-01..2022-12-31"),
]  # fmt: skip
NO_DAYS: list[tuple[str, ...]] = [
    ("After [more than three years] of lockdown the border opened.", "DURATION P3Y -"),
    ("Growth was weak in much of [the past decade].", "DURATION P10Y -"),
    ("The strike lasted [nine months].", "DURATION P9M -"),
    ("The union signed a [two-year] deal.", "DURATION P2Y -"),
    ("The speech took [a minute and a half].", "DURATION PT1M30S -"),
    ("The trip takes [5 1/2 hours].", "DURATION PT5H30M -"),
    ("Clerks waited for [several weeks].", "DURATION PXW -"),
    ("Clerks waited for [hours].", "DURATION PTXH -"),
    ("Clerks left [minutes later].", "DURATION PTXM -"),
    ("The [week-long] fair was rained off.", "DURATION P1W -"),
    ("The office opens [every Tuesday evening].", "SET XXXX-WXX-2TEV -"),
    ("The office opens [every Tuesday].", "SET XXXX-WXX-2 -"),
    ("The clerk is paid twice [a month].", "SET P1M -"),
    ("The council meets [every two years].", "SET P2Y -"),
    ("The office [recently] resumed work.", "DATE PAST_REF -"),
    ("The firm is [now] bankrupt.", "DATE PRESENT_REF -"),
    ("The branch may open again in [the near future].", "DATE FUTURE_REF -"),
    ("The castle was built [many years ago].", "DATE PAST_REF -"),
    ("The well was dug [more than two years ago].", "DATE PAST_REF -"),
    ("The firm lost money in [fiscal 2021].", "DATE 2021 -"),
    ("The firm lost money in [the fiscal first quarter].", "DATE 2023-Q1 -"),
    ("The lease ran out on [31 February 2023].", "DATE - -"),
    ("The lease ran out on [February 30].", "DATE - -"),
]
UNPUBLISHED: list[tuple[str, ...]] = [
    ("The ministry confirmed the closure [last week].", "DATE - -"),
    ("The guards left on [Friday].", "DATE XXXX-WXX-5 -"),
    ("The guards left in [August].", "DATE XXXX-08 -"),
    ("The office shut on [Aug. 7].", "DATE XXXX-08-07 -"),
    ("The fair ran on [October 3-5].", "DATE XXXX-10-03/XXXX-10-05 -"),
    ("Profit rose in [the third quarter].", "DATE XXXX-Q3 -"),
    ("The beaches emptied [last summer].", "DATE XXXX-SU -"),
    ("The consulate shut [two years ago].", "DATE - -"),
    ("The guards left [today].", "DATE - -"),
    ("Shops will shut on [Christmas Day].", "DATE - -"),
    ("The consulate shut on [March 3, 2023].", one_day("2023-03-03")),
    ("The envoy left on [Oct. 3, 2019], and [the following day] the gates were locked.",
     one_day("2019-10-03"), one_day("2019-10-04")),
]  # fmt: skip
NOTHING = [
    "The guards wished them a quiet weekend.",
    "She may close the second shop if the fall in prices goes on.",
    "They march to the spring at the foot of the hill.",
    "The second plan came third in the vote.",
    "He won 2019 votes and paid $1998 for 1,850 cars.",
    "The Sunday Times has a new editor.",
    "The minister told USA Today that nobody had left.",
    "The statues of Easter Island face inland.",
    "Shoppers queued on Black Friday.",
    "It was a survey of 2071 retired clerks.",
    "A 35-year-old guard was hurt.",
    "The guard, 35 years old, was hurt.",
    "They live on the 15th floor.",
    "Nothing has changed in the year since.",
    "He answered on the second try and by the 3rd call.",
    "Three-quarters of the staff stayed in their quarters.",
    "May the best team win.",
    "The fall of the city shocked the court.",
]


#: Clock times as they are said, years as they are read out, quarters by their last day, lengths that nobody measured.
SAID: list[tuple[str, ...]] = [
    ("The blast came at [midday on Friday].", clock("2023-11-03", "12:00")),
    ("By [mid-afternoon on Friday] the pier was open.", clock("2023-11-03", "AF")),
    ("By [mid morning] the pier was open.", "TIME XXXX-XX-XXTMO -"),
    ("The guards leave at [four in the morning].", "TIME XXXX-XX-XXT04:00 -"),
    ("The guards left at [11 o'clock at night on Friday].", clock("2023-11-03", "23:00")),
    ("They met at [half past nine on Friday].", clock("2023-11-03", "09:30")),
    ("They met at [a quarter to ten in the evening] by the pier.", "TIME XXXX-XX-XXT21:45 -"),
    ("They met at [twelve in the afternoon].", "TIME XXXX-XX-XXT12:00 -"),
    ("They met at [two at night].", "TIME XXXX-XX-XXT02:00 -"),
    ("The mill burned early: [the early hours of Friday].", clock("2023-11-03", "MO")),
    ("It burned in [the small hours of Friday].", clock("2023-11-03", "NI")),
    ("There were two talks, one in the morning and one at night.",),
    ("She was born in [January nineteen ninety-seven].", "DATE 1997-01 1997-01-01..1997-01-31"),
    ("She came in [March two thousand and five].", "DATE 2005-03 2005-03-01..2005-03-31"),
    ("She came in [May twenty twenty-two].", "DATE 2022-05 2022-05-01..2022-05-31"),
    (
        "Sales rose in [the quarter] ended [Sept. 28].",
        "DATE 2023-Q3 2023-07-01..2023-09-30",
        one_day("2023-09-28"),
    ),
    (
        "Sales rose in [the quarter] that ended [Jan. 1, 2023].",
        "DATE 2022-Q4 2022-10-01..2022-12-31",
        one_day("2023-01-01"),
    ),
    (
        "Sales rose over [the quarter] ended [July 31].",
        "DATE 2023-Q2 2023-04-01..2023-06-30",
        one_day("2023-07-31"),
    ),
    ("The storm made it hard to reach the pier well into [the summer].", "DATE 2023-SU 2023-06-01..2023-08-31"),
    ("They were unable to meet demand until [the summer].", "DATE 2023-SU 2023-06-01..2023-08-31"),
    ("They will be unable to meet demand until [the summer].", "DATE 2024-SU 2024-06-01..2024-08-31"),
    ("The road will stay shut until [August].", "DATE 2024-08 2024-08-01..2024-08-31"),
    ("The owners sold most of the shares by the [Friday] deadline.", one_day("2023-11-03")),
    ("Profit fell in [2Q 2022].", "DATE 2022-Q2 2022-04-01..2022-06-30"),
    ("Profit fell in [FY2022] and in [FY 21].", "DATE 2022 -", "DATE 2021 -"),
    ("It burned on [the night of October 27].", clock("2023-10-27", "NI")),
    ("It burned at [0745 local time on Friday].", clock("2023-11-03", "07:45")),
    ("They met [three Sundays ago].", one_day("2023-10-22")),
    ("They met [a quarter of a century ago].", "DATE 1998 1998-01-01..1998-12-31"),
    ("The pier was shut for [a while].", "DURATION PXX -"),
    ("The pier was shut for quite [some time].", "DURATION PXX -"),
    ("The vote will come at [a later date].", "DATE FUTURE_REF -"),
    ("The pier shut [exactly a year ago today].", one_day("2022-11-06")),
]


@pytest.mark.parametrize("case", ABSOLUTE + RELATIVE + ANCHORED + SAID + NO_DAYS, ids=lambda case: case[0])
def test_with_publication_date(parses: Parses, case: tuple[str, ...]) -> None:
    check_dates(parses, case[0], list(case[1:]), MONDAY)


@pytest.mark.parametrize("case", UNPUBLISHED, ids=lambda case: case[0])
def test_without_publication_date(parses: Parses, case: tuple[str, ...]) -> None:
    check_dates(parses, case[0], list(case[1:]), None)


@pytest.mark.parametrize("sentence", NOTHING)
def test_ordinary_words_are_no_dates(parses: Parses, sentence: str) -> None:
    check_dates(parses, sentence, [], MONDAY)


def test_offsets_point_into_the_article_with_curly_quotes_and_line_breaks(parses: Parses) -> None:
    text = "“Last week’s” news\nreached the port on March\n3, 2023."
    article = plain_article(text, published=MONDAY)
    mentions = find_dates(parses(article), article, WORDS)
    assert [text[m.start : m.end] for m in mentions] == ["Last week", "March\n3, 2023"]
    assert mentions[1].date_start == date(2023, 3, 3)


def test_a_mention_never_crosses_a_block(parses: Parses) -> None:
    text = "Doors close in March\n\n2023 was a poor year."
    article = plain_article(text, published=MONDAY)
    assert [text[m.start : m.end] for m in find_dates(parses(article), article, WORDS)] == ["March", "2023"]


def test_blocks_that_are_not_read_give_nothing(parses: Parses) -> None:
    text = "Copyright 2023 the paper."
    article = Article("d", "k", "f.txt", text, (Block(0, len(text), "footer"),), published=MONDAY)
    assert find_dates(parses(article), article, WORDS) == []


def test_a_line_above_the_story_gives_its_whole_date_and_nothing_is_counted_from_it() -> None:
    text = "By Tove Lund, 3 March 2023\nThe next day the ferry left."
    top = text.index("\n")
    article = Article("d", "k", "f.txt", text, (Block(0, top, "credit"), Block(top + 1, len(text), "body")))
    mentions = find_dates(spacy.blank("en")(text), article, WORDS)
    assert [(text[m.start : m.end], m.value) for m in mentions] == [
        ("3 March 2023", "2023-03-03"),
        ("The next day", ""),
    ]


def test_every_mention_says_why(parses: Parses) -> None:
    article = plain_article("The guards left on Friday.", published=MONDAY)
    (mention,) = find_dates(parses(article), article, WORDS)
    assert mention.reason == "weekday on or before publication 2023-11-06"
    assert mention.granularity == "day"


@pytest.mark.parametrize("published", [date.min, date.max, date(101, 1, 1), date(9989, 12, 31)])
def test_publication_dates_at_the_edge_of_the_calendar_raise_nothing(parses: Parses, published: date) -> None:
    text = "The mine shut last week and a year ago; it will reopen on Friday, next weekend, next year or in May."
    article = plain_article(text, published=published)
    assert len(find_dates(parses(article), article, WORDS)) == 6


@pytest.mark.parametrize(
    "written", ["march 3 2023", "mar. 3rd 2023", "3 march 2023", "3rd of mar 2023", "march the 3rd 2023"]
)
def test_every_way_to_write_a_day_reads_as_dateparser_does(written: str) -> None:
    expected = dateparser.parse(written, languages=["en"])
    assert expected is not None
    period = parse_full_date(written)
    assert period is not None
    assert period.first == expected.date() == date(2023, 3, 3)


def test_a_day_that_no_month_has_is_none() -> None:
    assert parse_full_date("february 30 2023") is None
    assert parse_full_date("31 sept 2023") is None


def test_today_does_not_leak_into_dates_read_by_dateparser() -> None:
    assert parse_full_date("march 3") is None
    assert parse_full_date("march 2023") is None
    assert parse_full_date("yesterday") is None


def test_calendar() -> None:
    assert make_day(2023, 2, 31) is None
    assert make_day(0, 1, 1) is None
    assert week_of(date(2024, 1, 1)).value == "2024-W01"
    assert (date_of_nth_weekday(2023, 11, 3, 4), date_of_nth_weekday(2023, 5, 0, -1)) == (
        date(2023, 11, 23),
        date(2023, 5, 29),
    )
    assert [date_of_easter(year) for year in (2000, 2016, 2024)] == [
        date(2000, 4, 23),
        date(2016, 3, 27),
        date(2024, 3, 31),
    ]
    november = make_month(2023, 11)
    assert november is not None
    assert narrow_to_part(november, "mid").first == date(2023, 11, 11)
    assert [p.value for n in (-11, 2) if (p := shift_period(november, n))] == ["2022-12", "2024-01"]
    assert make_half(2023, 2) == period_containing(date(2023, 7, 1), "half")
    assert shift_period(november, 10**6) is None


@pytest.mark.parametrize("unit", ["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade"])
def test_a_period_and_the_next_one_leave_no_gap(unit: str) -> None:
    period = period_containing(date(2023, 11, 6), unit)
    for _ in range(40):
        assert period is not None
        after = shift_period(period, 1)
        assert after is not None
        assert (after.first - period.last).days == (6 if unit == "weekend" else 1)
        period = after


def test_junk_comes_back_in_order() -> None:
    """A pattern that backtracks without bound would not come back from this."""
    words = ("the", "a", "1", "1,000", "may", "early", "end", "of", "-", "one", "twenty", "last", "year", "'", "first")
    junk = " ".join(words[(7 * i + i // 13) % 15] + "s" * (i % 7 == 0) for i in range(10_000))
    junk += " ".join(["the" + " " * 2000 + "mid" + "-" * 2000, "9" * 5000, "1," * 2000, "twenty-" * 2000])
    article = plain_article(junk, published=MONDAY)
    mentions = find_dates(spacy.blank("en")(junk), article, WORDS)
    assert mentions
    assert all(first.start < first.end <= second.start for first, second in pairwise(mentions))
