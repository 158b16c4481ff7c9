"""Seasons and holidays, resolved against the publication date or the year named with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import (
    WHICH,
    choose_side,
    find_explicit_year,
    find_nearest_period,
    skip_current_period,
)
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import LEAD, SEASON, SEASONS, YEAR, part_of_period

SEASON_RULE = (
    rf"{LEAD}(?:(?:the )?(?P<which>{WHICH}) |the )?(?P<season>{SEASON})(?P<close>['’]s end)?"
    rf"(?: (?:of )?(?P<year>{YEAR}|last year|this year|next year))?(?! of\b)"
)
#: Holiday to its day in a year; those that differ by country (Labor, Memorial, Election, Thanksgiving) are American. To
#: add one, add its name in lower case; longer names that begin alike come first.
HOLIDAYS: dict[str, Callable[[int], date]] = {
    "christmas day": lambda year: date(year, 12, 25),
    "christmas eve": lambda year: date(year, 12, 24),
    "christmas": lambda year: date(year, 12, 25),
    "boxing day": lambda year: date(year, 12, 26),
    "new year's eve": lambda year: date(year, 12, 31),
    "new year's day": lambda year: date(year, 1, 1),
    "valentine's day": lambda year: date(year, 2, 14),
    "st. patrick's day": lambda year: date(year, 3, 17),
    "halloween": lambda year: date(year, 10, 31),
    "veterans day": lambda year: date(year, 11, 11),
    "fourth of july": lambda year: date(year, 7, 4),
    "martin luther king jr. day": lambda year: periods.date_of_nth_weekday(year, 1, 0, 3),
    "memorial day": lambda year: periods.date_of_nth_weekday(year, 5, 0, -1),
    "election day": lambda year: periods.date_of_nth_weekday(year, 11, 0, 1) + timedelta(1),
    "labor day": lambda year: periods.date_of_nth_weekday(year, 9, 0, 1),
    "columbus day": lambda year: periods.date_of_nth_weekday(year, 10, 0, 2),
    "thanksgiving day": lambda year: periods.date_of_nth_weekday(year, 11, 3, 4),
    "thanksgiving": lambda year: periods.date_of_nth_weekday(year, 11, 3, 4),
    "maundy thursday": lambda year: periods.date_of_easter(year) - timedelta(3),
    "palm sunday": lambda year: periods.date_of_easter(year) - timedelta(7),
    "ash wednesday": lambda year: periods.date_of_easter(year) - timedelta(46),
    "shrove tuesday": lambda year: periods.date_of_easter(year) - timedelta(47),
    "ascension day": lambda year: periods.date_of_easter(year) + timedelta(39),
    "whit sunday": lambda year: periods.date_of_easter(year) + timedelta(49),
    "whit monday": lambda year: periods.date_of_easter(year) + timedelta(50),
    "holy saturday": lambda year: periods.date_of_easter(year) - timedelta(1),
    "easter saturday": lambda year: periods.date_of_easter(year) - timedelta(1),
    "easter eve": lambda year: periods.date_of_easter(year) - timedelta(1),
    "all saints' day": lambda year: date(year, 11, 1),
    "all souls' day": lambda year: date(year, 11, 2),
    "epiphany": lambda year: date(year, 1, 6),
    "st. stephen's day": lambda year: date(year, 12, 26),
    "st stephen's day": lambda year: date(year, 12, 26),
    "st patrick's day": lambda year: date(year, 3, 17),
    "st george's day": lambda year: date(year, 4, 23),
    "st andrew's day": lambda year: date(year, 11, 30),
    "st david's day": lambda year: date(year, 3, 1),
    "burns night": lambda year: date(year, 1, 25),
    "bonfire night": lambda year: date(year, 11, 5),
    "remembrance day": lambda year: date(year, 11, 11),
    "armistice day": lambda year: date(year, 11, 11),
    "remembrance sunday": lambda year: periods.date_of_nth_weekday(year, 11, 6, 2),
    "anzac day": lambda year: date(year, 4, 25),
    "australia day": lambda year: date(year, 1, 26),
    "canada day": lambda year: date(year, 7, 1),
    "bastille day": lambda year: date(year, 7, 14),
    "groundhog day": lambda year: date(year, 2, 2),
    "april fools' day": lambda year: date(year, 4, 1),
    "juneteenth": lambda year: date(year, 6, 19),
    "presidents' day": lambda year: periods.date_of_nth_weekday(year, 2, 0, 3),
    "presidents day": lambda year: periods.date_of_nth_weekday(year, 2, 0, 3),
    "good friday": lambda year: periods.date_of_easter(year) - timedelta(2),
    "easter sunday": periods.date_of_easter,
    "easter monday": lambda year: periods.date_of_easter(year) + timedelta(1),
    "easter": periods.date_of_easter,
}
HOLIDAY_NAME = f"(?:{'|'.join(name.replace('.', '[.]') for name in HOLIDAYS)})"
HOLIDAY = (
    rf"(?:(?P<which>last|this|next) )?(?P<holiday>{HOLIDAY_NAME})"
    rf"(?:,? (?:of )?(?P<year>{YEAR}))?"
)
#: Within this many days of publication a holiday means the nearest, whatever the tense of the verb: "shops that shut
#: before Christmas", published on 20 December.
_NEAR = timedelta(14)
_NEXT_WORD = re.compile(r"\s(\w+)")
#: Groups of a season's match that make it a season whatever stands around it: "last fall", "fall 2019", "late fall".
_QUALIFIERS = ("year", "which", "part", "edge", "close")


def normalize_season(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A season: of a named year, of "last" or "this" year, or the nearest by tense. "The fall of" is no season."""
    if not any(match[group] for group in _QUALIFIERS) and not _is_season(match, context):
        return None
    code = SEASONS[match["season"]]

    def season_of_year(year: int) -> Period | None:
        return periods.make_season(year, code)

    explicit_year = find_explicit_year(match, context)
    ahead, reason = choose_side(match["which"], match.start("season"), context)
    period = find_nearest_period(season_of_year, explicit_year, context, ahead)
    if not explicit_year:
        period = skip_current_period(period, season_of_year, match["which"], context)
    if period is None:
        return make_date(None, "no year known", f"XXXX-{code}", "season")
    reason = "season and year" if explicit_year else f"season {reason} {context.published}"
    return make_date(_narrow_season(period, match, context.published), reason)


def _narrow_season(period: Period, match: re.Match[str], published: date | None) -> Period:
    """The part of the season that "late", "earlier this" or "summer's end" leaves."""
    part = "late" if match["close"] else part_of_period(match["edge"], match["part"])
    if part in ("earlier", "later") and published:
        period = periods.clip_period(period, published, part == "later")
    return periods.narrow_to_part(period, part)


def _is_season(match: re.Match[str], context: DateContext) -> bool:
    """Whether a season named without its year is one: a noun that heads "in the summer", not "the fall in prices"."""
    token = context.token_at(match.start("season"))
    previous_index = context.token_at(match.start()).i - 1
    has_cue = previous_index >= 0 and context.doc[previous_index].lower_ in context.words.before_seasons
    return has_cue and token.tag_ in ("NN", "NNP") and token.dep_ in ("pobj", "npadvmod", "conj", "ROOT")


def normalize_holiday(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A holiday that falls on one day: of a named year, else by "last" and "next", else the nearest by tense."""
    offset = match.start("holiday")
    next_word = _NEXT_WORD.match(context.article.text, match.end())
    is_in_name = next_word is not None and next_word[1] in context.words.after_holidays
    if not context.is_capitalized(offset) or is_in_name:
        return None
    date_in = HOLIDAYS[match["holiday"]]

    def holiday_of_year(year: int) -> Period | None:
        return periods.day_of(date_in(year))

    if match["year"]:
        return make_date(holiday_of_year(int(match["year"])), "holiday and year")
    # The verb is asked from the last word, which heads the name: "Day" of "Boxing Day".
    ahead, reason = choose_side(match["which"], match.end("holiday") - 1, context)
    period = find_nearest_period(holiday_of_year, None, context)
    if match["which"] or not (period and context.published and abs(period.first - context.published) <= _NEAR):
        period = find_nearest_period(holiday_of_year, None, context, ahead)
    reason = f"holiday {reason} {context.published}" if period else "no year known"
    return make_date(period, reason, granularity="day")
