"""Parts of the business year: quarters, halves, and the year-earlier periods that earnings are compared with.

A quarter is taken as the calendar quarter of that number; where the text calls it fiscal it has a value and no days.
"""

from __future__ import annotations

import re

from pipeline.extract.dates import periods
from pipeline.extract.dates.context import Context, Reading, dated, fiscal
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import ORDINALS, YEAR, part_of

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
    rf"|(?:(?P<year_first>{YEAR}) )?q(?P<q>[1-4])(?:,? (?:of )?(?P<year_last>{YEAR}))?)"
)
HALF = (
    rf"(?:{_WHOSE} |the )?(?P<number>first|second|last|latter)(?:-half| half of (?:the )?"
    rf"(?:(?P<year>{YEAR}|(?:this |last |next |current |fiscal )?year)"
    r"|(?P<decade>1[0-9]\d|20\d)0s|'(?P<short>\d)0s))"
)
THE_PERIOD = (
    r"(?:(?:the|its) )?(?:(?:comparable|corresponding|same) )?"
    r"(?:(?P<whose>latest|current|recent|most recent|last|previous|prior|this|that|next|following"
    rf"|year-ago|year-earlier|last year's|{YEAR}) )?(?:fiscal )?(?P<unit>quarter|period)"
    r"(?: (?P<tail>a year (?:ago|earlier)|last year))?(?!-)"
)
YEAR_EARLIER = r"(?:the |a )?year-(?:ago|earlier)"

_THREE_MONTHS = frozenset({"quarter", "half"})


def quarter(match: re.Match[str], context: Context) -> Reading | None:
    """The third quarter, last year's first quarter, the fourth quarter of 2019, Q2 2024."""
    if match["q"] and not context.is_capital(match.start("q") - 1):
        return None
    number = int(match["q"]) if match["q"] else ORDINALS[match["number"]]
    words = match["year"] or match["whose"] or match["year_first"] or match["year_last"] or ""
    if (not words and match["number"] == "final") or (match["number"] == "fourth" and match["part"]):
        return None
    year_number = _year_of(words, context)
    if "year-" in match[0] or "a year" in words:
        period = _year_earlier(number, context)
    elif year_number is not None:
        period = periods.quarter(year_number, number)
    else:
        period = _near_quarter(number, match.start(), context)
    if period is None:
        return dated(None, "no year known", f"XXXX-Q{number}", "quarter")
    is_fiscal = bool(match["fiscal"] or match["fiscal2"] or "fiscal" in words)
    if "year-" not in match[0] and "a year" not in words:
        _compare_with(period, is_fiscal, context)
    period = periods.part(period, part_of(match["edge"], match["part"]))
    return fiscal(period, "quarter") if is_fiscal else dated(period, "calendar quarter")


def _compare_with(quarter_said: Period, is_fiscal: bool, context: Context) -> None:
    """Keep the quarter a report is about; a coming one is a forecast, not what results are compared with."""
    if context.published is None or quarter_said.first <= context.published:
        context.quarter = periods.containing(quarter_said.first, "quarter")
        context.quarter_is_fiscal = is_fiscal


def _year_of(words: str, context: Context) -> int | None:
    """The year that "the fiscal 1988", "last year's" or "of this year" names."""
    if digits := re.search(r"\d{4}", words):
        return int(digits[0])
    if context.published is None or not words or "year-" in words or words.startswith("a year"):
        return None
    return context.published.year + {"last": -1, "next": 1}.get(words.split()[0], 0)


def _year_earlier(number: int, context: Context) -> Period | None:
    base = _near_quarter(number, None, context)
    return periods.shift_years(base, -1) if base else None


def _near_quarter(number: int, offset: int | None, context: Context) -> Period | None:
    """The latest such quarter begun by publication; the coming one where the verb looks ahead."""
    if context.published is None:
        return None
    this = periods.quarter(context.published.year, number)
    if this is None or this.first <= context.published:
        return this
    if offset is not None and context.looks_ahead(offset):
        return this
    return periods.shift_years(this, -1)


def half(match: re.Match[str], context: Context) -> Reading | None:
    """The first half of 2019, last year's second half, first-half (profit); of a decade, its five years."""
    number = 1 if match["number"] == "first" else 2
    if match["decade"] or match["short"]:
        digits = int(match["decade"]) if match["decade"] else 190 + int(match["short"])
        return _half_decade(digits, number)
    words = match["year"] or match["whose"] or ""
    if "year-" in words or (match[0].endswith("-half") and match["number"] not in ("first", "second")):
        return None
    year_number = _year_of(words or "this", context)
    if year_number is None:
        return dated(None, "no year known", f"XXXX-H{number}", "half")
    return dated(periods.half(year_number, number), "half of a year")


def _half_decade(digits: int, number: int) -> Reading | None:
    whole, first = periods.decade(digits), periods.year(digits * 10 + 5 * (number - 1))
    last = periods.year(digits * 10 + 5 * number - 1)
    if not whole or not first or not last:
        return None
    return dated(Period(whole.value, "decade", first.first, last.last), "half of a decade")


def the_period(match: re.Match[str], context: Context) -> Reading | None:
    """The quarter, the latest period, the year-ago quarter, the 1988 period: counted from the quarter said last."""
    whose, unit, tail = match["whose"] or "", match["unit"], match["tail"] or ""
    if not whose and ((unit == "period" and not tail) or not match[0].startswith(("the", "its"))):
        return None
    quarter_said = context.quarter
    if quarter_said is None:
        return _uncompared(whose, unit, context)
    if whose.isdigit():
        return context.compared(
            periods.shift_years(quarter_said, int(whose) - quarter_said.first.year), "same quarter of that year"
        )
    if "year" in whose or tail:
        return context.compared(periods.shift_years(quarter_said, -1), f"a year before {quarter_said.value}")
    step = {"previous": -1, "prior": -1, "next": 1, "following": 1}.get(whose, 0)
    if unit == "period" and whose in ("that", "this", "recent", "last", "current", "most recent", "next", "previous"):
        return None
    if whose in ("this", "current", "next", "last") and context.published:
        return _uncompared(whose, unit, context)
    return context.compared(periods.shift(quarter_said, step), f"counted from {quarter_said.value}")


def _uncompared(whose: str, unit: str, context: Context) -> Reading | None:
    """A quarter with none said before: this, last or next by the calendar; "the quarter" is left open."""
    if unit == "period":
        if whose in ("year-ago", "year-earlier"):
            return year_earlier_period(context)
        return dated(periods.year(int(whose)), "period of that year") if whose.isdigit() else None
    if context.published is None:
        return dated(None, "no quarter to count from", granularity="quarter")
    step = {"last": -1, "latest": -1, "most recent": -1, "": -1, "previous": -1, "prior": -1, "next": 1}.get(whose, 0)
    if "year" in whose:
        step = -4
    this = periods.containing(context.published, "quarter")
    return dated(this and periods.shift(this, step), f"quarter counted from {context.published}")


def year_earlier(match: re.Match[str], context: Context) -> Reading | None:
    """Year-earlier (profit): the quarter said last, a year before; without one the year before publication."""
    return year_earlier_period(context)


def year_earlier_period(context: Context) -> Reading:
    """A year before the quarter said last, else the calendar year before publication."""
    if context.quarter:
        return context.compared(periods.shift_years(context.quarter, -1), f"a year before {context.quarter.value}")
    if context.published is None:
        return dated(None, "no day to count from", granularity="year")
    return dated(periods.year(context.published.year - 1), f"year before publication {context.published}")
