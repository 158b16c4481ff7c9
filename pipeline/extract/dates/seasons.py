"""Seasons and holidays, resolved against the publication date or the year said with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import WHICH, nearest, said_year, side, strictly
from pipeline.extract.dates.context import Context, Reading, dated
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import LEAD, SEASON, SEASONS, YEAR, part_of

SEASON_RULE = (
    rf"{LEAD}(?:(?:the )?(?P<which>{WHICH}) |the )?(?P<season>{SEASON})(?P<close>['’]s end)?"
    rf"(?: (?:of )?(?P<year>{YEAR}|last year|this year|next year))?(?! of\b)"
)
#: Day of the year by holiday; those that differ by country (Labor, Memorial, Election, Thanksgiving) are the American.
HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas day": lambda y: date(y, 12, 25),
    "christmas eve": lambda y: date(y, 12, 24),
    "christmas": lambda y: date(y, 12, 25),
    "boxing day": lambda y: date(y, 12, 26),
    "new year's eve": lambda y: date(y, 12, 31),
    "new year's day": lambda y: date(y, 1, 1),
    "valentine's day": lambda y: date(y, 2, 14),
    "st. patrick's day": lambda y: date(y, 3, 17),
    "halloween": lambda y: date(y, 10, 31),
    "veterans day": lambda y: date(y, 11, 11),
    "fourth of july": lambda y: date(y, 7, 4),
    "martin luther king jr. day": lambda y: periods.nth_weekday(y, 1, 0, 3),
    "memorial day": lambda y: periods.nth_weekday(y, 5, 0, -1),
    "election day": lambda y: periods.nth_weekday(y, 11, 0, 1) + timedelta(1),
    "labor day": lambda y: periods.nth_weekday(y, 9, 0, 1),
    "columbus day": lambda y: periods.nth_weekday(y, 10, 0, 2),
    "thanksgiving day": lambda y: periods.nth_weekday(y, 11, 3, 4),
    "thanksgiving": lambda y: periods.nth_weekday(y, 11, 3, 4),
    "good friday": lambda y: periods.easter(y) - timedelta(2),
    "easter sunday": periods.easter,
    "easter monday": lambda y: periods.easter(y) + timedelta(1),
    "easter": periods.easter,
}
HOLIDAY = (
    rf"(?:(?P<which>last|this|next) )?(?P<holiday>{'|'.join(name.replace('.', '[.]') for name in HOLIDAYS)})"
    rf"(?:,? (?:of )?(?P<year>{YEAR}))?"
)


def season(match: re.Match[str], context: Context) -> Reading | None:
    """A season: of a named year, of "last" or "this" year, or the nearest by tense. "The fall of" is no season."""
    code, words = SEASONS[match["season"]], match["year"] or ""
    if not (words or match["which"] or match["part"] or match["edge"] or match["close"]) and not _is_season(
        match, context
    ):
        return None

    def make(year: int) -> Period | None:
        return periods.season(year, code)

    explicit = said_year(match, context)
    ahead, reason = side(match["which"], match.start("season"), context)
    period = nearest(make, explicit, context, ahead)
    if match["which"] in ("last", "past", "next") and period and context.published and not explicit:
        period = strictly(period, make, context.published, ahead is True)
    if period is None:
        return dated(None, "no year known", f"XXXX-{code}", "season")
    part, published = "late" if match["close"] else part_of(match["edge"], match["part"]), context.published
    if part in ("earlier", "later") and published:
        period = periods.since_or_until(period, published, part == "later")
    period = periods.part(period, part)
    return dated(period, "season and year" if explicit else f"season {reason} {context.published}")


_SEASON_CUES = frozenset(
    {"in", "during", "over", "by", "until", "since", "through", "throughout", "before", "after", "for", "into"}
)


def _is_season(match: re.Match[str], context: Context) -> bool:
    """Whether a season named without its year is one: a noun that heads "in the summer", not "the fall in prices"."""
    token = context.token_at(match.start("season"))
    before = context.token_at(match.start()).i - 1
    cue = before >= 0 and context.doc[before].lower_ in _SEASON_CUES
    return cue and token.tag_ in ("NN", "NNP") and token.dep_ in ("pobj", "npadvmod", "conj", "ROOT")


_NAME_GOES_ON = re.compile(r"\s(?:Island|Rising|Bunny|Parade|Seals?)\b")


def holiday(match: re.Match[str], context: Context) -> Reading | None:
    """A holiday that falls on one day: of a named year, else by "last" and "next", else the nearest by tense."""
    at = match.start("holiday")
    if not context.is_capital(at) or _NAME_GOES_ON.match(context.article.text, match.end()):
        return None
    rule = HOLIDAYS[match["holiday"]]

    def make(year: int) -> Period | None:
        return periods.of_day(rule(year))

    if match["year"]:
        return dated(make(int(match["year"])), "holiday and year")
    ahead, reason = side(match["which"], at, context)
    period = nearest(make, None, context, ahead)
    return dated(period, f"holiday {reason} {context.published}" if period else "no year known", granularity="day")
