"""Months and days of months whose year the text leaves open, resolved against the publication date."""

from __future__ import annotations

import re
from datetime import timedelta

from spacy.tokens import Token

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import (
    PeriodOfYear,
    choose_side,
    find_explicit_year,
    find_nearest_period,
    is_before_noun,
    skip_current_period,
)
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import (
    DAY,
    LEAD,
    MONTH,
    WEEKDAY_LEAD,
    WEEKDAYS,
    YEAR,
    parse_day,
    parse_month,
    part_of_period,
)

#: The year that a later month of the same range names for both: "May to July 2019".
_SHARED_YEAR = (
    rf"(?= ?(?:and|to|or|through|until|till|-|–) {MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?,? (?P<shared>{YEAR}))"
)
MONTH_DAY = (
    rf"{WEEKDAY_LEAD}?(?:(?:early|late|last|next) )?"
    rf"(?:(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})(?! {MONTH}\b)(?:(?:-|–| to | through )(?P<until>{DAY}))?"
    rf"|(?P<day2>{DAY})(?:(?:-|–| to | and )(?P<until2>{DAY}))?(?: of)? (?P<month2>{MONTH}))"
    rf"(?:{_SHARED_YEAR})?(?:,? (?P<year>{YEAR}|this year|last year|next year))?"
)
MONTH_RULE = (
    rf"{LEAD}(?:(?P<which>last|this|this past|this coming|next|past) )?(?P<month>{MONTH})"
    rf"(?:{_SHARED_YEAR})?(?:,? (?:of )?(?P<year>this year|last year|next year|the same year|that year))?"
)
_ATTACKS = re.compile(r",? (?:terrorist |terror )?(?:attacks?|hijack\w+)\b")
_WEEKDAY_LEAD = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)")
#: Within this many days of publication a day and month mean the nearest, whatever the tense of the verb: "will shut on
#: October 3", published 6 November, is a planned closing of this October. Set by hand on the development sets.
_NEAR = timedelta(60)
#: A range of months ends after it began: "from May to July".
_RANGE_BEFORE = re.compile(rf"\b(?:from|between) {MONTH} (?:to|through|until|till|and) $")
#: Characters before a month searched for the start of its range: "between september through " has 26.
_LONGEST_RANGE = 30
#: Months that are also other words, in full.
_AMBIGUOUS = ("may", "march")


def normalize_month_day(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A day of a month without its year: the nearest one, or that of "last year" named with it."""
    group = "month" if match["month"] else "month2"
    if not context.is_capitalized(match.start(group)):
        return None
    month, day = parse_month(match[group]), parse_day(match["day"] or match["day2"])
    until = match["until"] or match["until2"]
    explicit_year = int(match["shared"]) if match["shared"] else find_explicit_year(match, context)
    if (month, day) == (9, 11) and not explicit_year and _ATTACKS.match(match.string, match.end()):
        return make_date(periods.make_day(2001, 9, 11), "the attacks of 2001")
    start, where = find_near_day(month, day, _weekday_named(match[0]), explicit_year, match.start(group), context)
    if start is None:
        return _make_open_day(month, day, until)
    reason = "day in a year said with it" if explicit_year else f"day {where} {context.published}"
    end = periods.make_day(start.first.year, month, parse_day(until)) if until else None
    if end and end.first > start.first:
        return make_date(Period(f"{start.value}/{end.value}", "day", start.first, end.last), reason)
    return make_date(start, reason)


def _weekday_named(words: str) -> int | None:
    """The weekday before the date, Monday 0: 4 for "fri., dec. 1"; None when there is none."""
    lead = _WEEKDAY_LEAD.match(words)
    return next(number for name, number in WEEKDAYS.items() if name.startswith(lead[1])) if lead else None


def _make_open_day(month: int, day: int, until: str | None) -> DateNormalization:
    """A day, or days, whose year is not known, or that is in no calendar."""
    if periods.make_day(2000, month, day) is None:
        return make_date(None, "no such day", granularity="day")
    value = f"XXXX-{month:02d}-{day:02d}"
    if until:
        value += f"/XXXX-{month:02d}-{parse_day(until):02d}"
    return make_date(None, "no year known", value, "day")


def find_near_day(
    month: int, day: int, weekday: int | None, explicit_year: int | None, offset: int, context: DateContext
) -> tuple[Period | None, str]:
    """The nearest such day, of those that fall on the weekday named with it; far off the verb's tense decides."""

    def day_of_year(year: int) -> Period | None:
        period = periods.make_day(year, month, day)
        return period if weekday is None or not period or period.first.weekday() == weekday else None

    previous_index = context.token_at(offset).i - 1
    if explicit_year is None and previous_index >= 0 and context.doc[previous_index].lower_ == "ended":
        return find_nearest_period(day_of_year, None, context, ahead=False), "on or before publication"
    period = find_nearest_period(day_of_year, explicit_year, context)
    if period is None and weekday is not None:
        return find_near_day(month, day, None, explicit_year, offset, context)
    if explicit_year is None and period and context.published and abs(period.first - context.published) > _NEAR:
        ahead, where = choose_side(None, offset, context)
        return find_nearest_period(day_of_year, None, context, ahead, prefers_past=True), where
    return period, "nearest to publication"


def normalize_month(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A month without its year: by "last" or "next", by the tense of the verb, else the nearest."""
    offset = match.start("month")
    if not context.is_capitalized(offset) or not _is_month(match, context):
        return None
    month = parse_month(match["month"])

    def month_of_year(year: int) -> Period | None:
        return periods.make_month(year, month)

    ahead, reason = choose_side(match["which"], offset, context)
    explicit_year = _year_of_month(match, context)
    prefers_past = not match["which"] and is_before_noun(offset, context)
    period = find_nearest_period(month_of_year, explicit_year, context, ahead, prefers_past=prefers_past)
    if not explicit_year:
        period = _put_after_range_start(period, month, month_of_year, match, context)
        period = skip_current_period(period, month_of_year, match["which"], context)
    if period is None:
        return make_date(None, "no year known", f"XXXX-{month:02d}", "month")
    period = periods.narrow_to_part(period, part_of_period(match["edge"], match["part"]))
    return make_date(period, "month in a year said with it" if explicit_year else f"month {reason} {context.published}")


def _year_of_month(match: re.Match[str], context: DateContext) -> int | None:
    """The year named with a month, or that of publication for "this May"."""
    if match["which"] == "this" and context.published:
        return context.published.year
    return int(match["shared"]) if match["shared"] else find_explicit_year(match, context)


def _put_after_range_start(
    period: Period | None, month: int, month_of_year: PeriodOfYear, match: re.Match[str], context: DateContext
) -> Period | None:
    """The second month of "from May to July": in the year of the first, or the next where it would come before it."""
    window = max(0, match.start() - _LONGEST_RANGE)
    start = context.last_period if _RANGE_BEFORE.search(match.string, window, match.start()) else None
    if start is None or period is None or start.granularity != "month":
        return period
    return month_of_year(start.first.year + (month < start.first.month))


def _is_month(match: re.Match[str], context: DateContext) -> bool:
    """Whether "May", "March" or an abbreviation is a month here: by tag, and by what comes before."""
    word = match["month"].rstrip(".")
    token = context.token_at(match.start("month"))
    if word == "may" and token.tag_ == "MD":
        return False
    is_unambiguous = word not in _AMBIGUOUS and (len(word) > len("sept") or word in ("june", "july"))
    if is_unambiguous or match["part"] or match["which"]:
        return True
    if token.tag_ == "NNP" and token.ent_type_ == "DATE":
        return True
    may_be_month = word in _AMBIGUOUS or match["month"].endswith(".")
    return may_be_month and token.tag_ in ("NNP", "NNPS", "NN") and _has_month_cue(token, context)


def _has_month_cue(token: Token, context: DateContext) -> bool:
    """Whether a word such as "in" or "since" stands before the token."""
    return token.i > 0 and token.nbor(-1).lower_ in context.words.before_months
