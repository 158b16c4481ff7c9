"""Parts of the business year: quarters, halves, and the year-earlier periods that earnings are compared with.

A quarter is taken as the calendar quarter of that number; where the text calls it fiscal it has a value and no days.
The quarter that a report is about is kept in the context: "a year earlier" means the same quarter of the year before.
"""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.extract.dates import absolute, months, periods
from pipeline.extract.dates.context import DateContext, DateNormalization, make_date, make_fiscal_date
from pipeline.extract.dates.ordinals import Reader, read_part
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import DAY, MONTH, ORDINALS, YEAR, part_of_period

_WHOSE = (
    r"(?P<whose>this year's|last year's|next year's|(?:the )?year-(?:ago|earlier)"
    rf"|the (?:fiscal )?{YEAR}|{YEAR})"
)
_OF_YEAR = (
    rf"(?:,? (?:of |in )?(?P<year>(?:fiscal |calendar )?{YEAR}|(?:this|last|next) year|the year"
    r"|a year (?:ago|earlier)))"
)
QUARTER = (
    rf"(?:(?:(?P<edge>end|beginning|start|middle) of )?(?:{_WHOSE} "
    r"|the (?:(?:comparable|corresponding|same) )?(?:year-(?:ago|earlier) )?|its |their |his |our )?"
    r"(?:(?P<part>early|late) )?(?P<fiscal>fiscal(?:-| ))?(?P<number>first|second|third|fourth|final)(?:-| )"
    rf"(?P<fiscal2>fiscal )?quarters?{_OF_YEAR}?"
    rf"|(?:(?P<year_first>{YEAR}) )?(?:q(?P<q>[1-4])|(?P<q_first>[1-4])q)(?:,? (?:of )?(?P<year_last>{YEAR}))?)"
)
HALF = (
    rf"h(?P<h>[12]),? (?P<year_of_h>{YEAR})"
    rf"|(?:{_WHOSE} |the )?(?P<number>first|second|last|latter)(?:-half| half of (?:the )?"
    rf"(?:(?P<year>{YEAR}|(?:this |last |next |current |fiscal )?year)"
    r"|(?P<decade>1[0-9]\d|20\d)0s|'(?P<short>\d)0s))"
)
THE_PERIOD = (
    r"(?:(?:the|its) )?(?:(?:comparable|corresponding|same) )?"
    r"(?:(?P<whose>latest|current|recent|most recent|last|previous|prior|this|that|next|following"
    rf"|year-ago|year-earlier|last year's|{YEAR}) )?(?:fiscal )?(?P<unit>quarter|period)"
    r"(?: (?P<tail>a year (?:ago|earlier)|last year))?(?!-)"
    rf"(?:(?= (?:that |which )?end(?:ed|ing|s)(?: on)? (?P<end>{MONTH} {DAY}(?:,? {YEAR})?)))?"
)
YEAR_EARLIER = r"(?:the |a )?year-(?:ago|earlier)"

#: Words before "quarter" to quarters from the one a report is about.
_STEPS_FROM_REPORT = {"previous": -1, "prior": -1, "next": 1, "following": 1}
#: Words before "quarter" to quarters from that of publication: results come after the quarter they are of.
_STEPS_FROM_PUBLICATION = {
    "last": -1, "latest": -1, "most recent": -1, "": -1, "previous": -1, "prior": -1, "next": 1,
}  # fmt: skip
#: Before "period" these say nothing of a report: "this period" may be any time.
_ANY_PERIOD = ("that", "this", "recent", "last", "current", "most recent", "next", "previous")


def normalize_quarter(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A quarter by its number: the third quarter, last year's first quarter, the fourth quarter of 2019, Q2 2024."""
    year_words = match["year"] or match["whose"] or match["year_first"] or match["year_last"] or ""
    if _is_no_quarter(match, year_words, context):
        return None
    digit = match["q"] or match["q_first"]
    number = int(digit) if digit else ORDINALS[match["number"]]
    is_year_earlier = "year-" in match[0] or "a year" in year_words
    if is_year_earlier:
        period = _find_quarter_year_earlier(number, context)
    else:
        period = _find_quarter(number, year_words, match.start(), context)
    if period is None:
        return make_date(None, "no year known", f"XXXX-Q{number}", "quarter")
    is_fiscal = bool(match["fiscal"] or match["fiscal2"] or "fiscal" in year_words)
    if not is_year_earlier:
        _keep_report_quarter(period, is_fiscal, context)
    period = periods.narrow_to_part(period, part_of_period(match["edge"], match["part"]))
    return make_fiscal_date(period, "quarter") if is_fiscal else make_date(period, "calendar quarter")


def _is_no_quarter(match: re.Match[str], year_words: str, context: DateContext) -> bool:
    """A small "q", the final quarter of a game, the late fourth quarter of one."""
    if match["q"]:
        return not context.is_capitalized(match.start("q") - 1)
    if match["q_first"]:
        return not context.is_capitalized(match.end("q_first"))
    return (match["number"] == "final" and not year_words) or (match["number"] == "fourth" and bool(match["part"]))


def _find_quarter(number: int, year_words: str, offset: int, context: DateContext) -> Period | None:
    """The quarter of the year named, else the one near publication."""
    year = _parse_year_words(year_words, context)
    if year is not None:
        return periods.make_quarter(year, number)
    return _find_near_quarter(number, offset, context)


def _keep_report_quarter(quarter: Period, is_fiscal: bool, context: DateContext) -> None:
    """Keep the quarter a report is about; a coming one is a forecast, not what results are compared with."""
    if context.published is None or quarter.first <= context.published:
        context.report_quarter = periods.period_containing(quarter.first, "quarter")
        context.report_quarter_is_fiscal = is_fiscal


def _parse_year_words(year_words: str, context: DateContext) -> int | None:
    """The year that "the fiscal 1988", "last year's" or "of this year" names."""
    if digits := re.search(r"\d{4}", year_words):
        return int(digits[0])
    if context.published is None or not year_words or "year-" in year_words or year_words.startswith("a year"):
        return None
    return context.published.year + {"last": -1, "next": 1}.get(year_words.split()[0], 0)


def _find_quarter_year_earlier(number: int, context: DateContext) -> Period | None:
    quarter = _find_near_quarter(number, None, context)
    return periods.shift_by_years(quarter, -1) if quarter else None


def _find_near_quarter(number: int, offset: int | None, context: DateContext) -> Period | None:
    """The latest such quarter begun by publication; the coming one where the verb at ``offset`` looks ahead."""
    if context.published is None:
        return None
    quarter = periods.make_quarter(context.published.year, number)
    if quarter is None or quarter.first <= context.published:
        return quarter
    if offset is not None and context.looks_ahead(offset):
        return quarter
    return periods.shift_by_years(quarter, -1)


def normalize_half(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A half of a year or decade: the first half of 2019, last year's second half, first-half (profit)."""
    if match["h"]:
        return make_date(periods.make_half(int(match["year_of_h"]), int(match["h"])), "half of a year")
    number = 1 if match["number"] == "first" else 2
    if match["decade"] or match["short"]:
        digits = int(match["decade"]) if match["decade"] else 190 + int(match["short"])
        return _make_half_decade(digits, number)
    year_words = match["year"] or match["whose"] or ""
    is_half_of_something = match[0].endswith("-half") and match["number"] not in ("first", "second")
    if is_half_of_something or "year-" in year_words:
        return None
    year = _parse_year_words(year_words or "this", context)
    if year is None:
        return make_date(None, "no year known", f"XXXX-H{number}", "half")
    return make_date(periods.make_half(year, number), "half of a year")


def _make_half_decade(digits: int, number: int) -> DateNormalization | None:
    """Half of the decade with these first three digits: 199 and 1 are 1990 to 1994."""
    decade, first_year = periods.make_decade(digits), periods.make_year(digits * 10 + 5 * (number - 1))
    last_year = periods.make_year(digits * 10 + 5 * number - 1)
    if not decade or not first_year or not last_year:
        return None
    return make_date(Period(decade.value, "decade", first_year.first, last_year.last), "half of a decade")


def normalize_the_period(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """A period counted from the quarter said last: the quarter, the latest period, the year-ago quarter."""
    whose, unit, tail = match["whose"] or "", match["unit"], match["tail"] or ""
    if not whose and ((unit == "period" and not tail) or not match[0].startswith(("the", "its"))):
        return None
    quarter = context.report_quarter
    if quarter is None and match["end"] and unit == "quarter" and (ended := _find_quarter_ended(match, context)):
        return ended
    if quarter is None:
        return _normalize_uncompared(whose, unit, context)
    if whose.isdigit():
        moved = periods.shift_by_years(quarter, int(whose) - quarter.first.year)
        return context.make_compared_date(moved, "same quarter of that year")
    if "year" in whose or tail:
        return context.make_compared_date(periods.shift_by_years(quarter, -1), f"a year before {quarter.value}")
    if unit == "period" and whose in _ANY_PERIOD:
        return None
    if whose in ("this", "current", "next", "last") and context.published:
        return _normalize_uncompared(whose, unit, context)
    moved = periods.shift_period(quarter, _STEPS_FROM_REPORT.get(whose, 0))
    return context.make_compared_date(moved, f"counted from {quarter.value}")


#: What reads the last day of a quarter.
_LAST_DAYS: tuple[Reader, ...] = (
    (absolute.FULL_DATE, absolute.normalize_full_date),
    (months.MONTH_DAY, months.normalize_month_day),
)
#: Days from the middle of a quarter to its end.
_HALF_QUARTER = timedelta(days=45)


def _find_quarter_ended(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The calendar quarter that most of "the quarter ended July 31" is in: April to June.

    Where the text gives the quarter a number it has that, as companies count: see ``report_quarter``.
    """
    named = read_part(match, "end", _LAST_DAYS, context)
    if named is None or named.period is None:
        return None
    quarter = periods.period_containing(named.period.last - _HALF_QUARTER, "quarter")
    if quarter is None:
        return None
    context.report_quarter, context.report_quarter_is_fiscal = quarter, False
    return make_date(quarter, f"quarter that ends with {named.period.value}")


def _normalize_uncompared(whose: str, unit: str, context: DateContext) -> DateNormalization | None:
    """A quarter with none said before: this, last or next by the calendar; "the quarter" is left open."""
    if unit == "period":
        if whose in ("year-ago", "year-earlier"):
            return _make_year_earlier(context)
        return make_date(periods.make_year(int(whose)), "period of that year") if whose.isdigit() else None
    if context.published is None:
        return make_date(None, "no quarter to count from", granularity="quarter")
    step = -4 if "year" in whose else _STEPS_FROM_PUBLICATION.get(whose, 0)
    quarter = periods.period_containing(context.published, "quarter")
    return make_date(quarter and periods.shift_period(quarter, step), f"quarter counted from {context.published}")


def normalize_year_earlier(match: re.Match[str], context: DateContext) -> DateNormalization | None:
    """The "year-earlier" of a profit: a year before the quarter said last; without one the year before publication."""
    return _make_year_earlier(context)


def _make_year_earlier(context: DateContext) -> DateNormalization:
    quarter = context.report_quarter
    if quarter:
        return context.make_compared_date(periods.shift_by_years(quarter, -1), f"a year before {quarter.value}")
    if context.published is None:
        return make_date(None, "no day to count from", granularity="year")
    return make_date(periods.make_year(context.published.year - 1), f"year before publication {context.published}")
