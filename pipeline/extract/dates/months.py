"""Months and days of months whose year the text leaves open, resolved against the publication date."""

from __future__ import annotations

import re
from datetime import timedelta

from pipeline.extract.dates import periods
from pipeline.extract.dates.choose import nearest, said_year, side, strictly
from pipeline.extract.dates.context import Context, Reading, dated
from pipeline.extract.dates.periods import Period
from pipeline.extract.dates.words import DAY, LEAD, MONTH, WEEKDAY_LEAD, WEEKDAYS, YEAR, day_of, month_of, part_of

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


def month_day(match: re.Match[str], context: Context) -> Reading | None:
    """A day of a month without its year: the nearest one, or that of "last year" said with it."""
    name = "month" if match["month"] else "month2"
    if not context.is_capital(match.start(name)):
        return None
    number, first = month_of(match[name]), day_of(match["day"] or match["day2"])
    until = match["until"] or match["until2"]
    explicit = int(match["shared"]) if match["shared"] else said_year(match, context)
    if (number, first) == (9, 11) and not explicit and _ATTACKS.match(match.string, match.end()):
        return dated(periods.day(2001, 9, 11), "the attacks of 2001")
    named = _WEEKDAY_NAMED.match(match[0])
    weekday = WEEKDAYS[_full_weekday(named[1])] if named else None
    start, where = _near_day(number, first, weekday, explicit, match.start(name), context)
    if start is None:
        return _open_day(number, first, until)
    reason = "day in a year said with it" if explicit else f"day {where} {context.published}"
    end = periods.day(start.first.year, number, day_of(until)) if until else None
    if end and end.first > start.first:
        return dated(Period(f"{start.value}/{end.value}", "day", start.first, end.last), reason)
    return dated(start, reason)


_ATTACKS = re.compile(r",? (?:terrorist |terror )?(?:attacks?|hijack\w+)\b")


def _open_day(number: int, first: int, until: str | None) -> Reading:
    """A day whose year is not known, or that is in no calendar."""
    if periods.day(2000, number, first) is None:
        return dated(None, "no such day", granularity="day")
    value = f"XXXX-{number:02d}-{first:02d}"
    if until:
        value += f"/XXXX-{number:02d}-{day_of(until):02d}"
    return dated(None, "no year known", value, "day")


_WEEKDAY_NAMED = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)")
#: Within this many days of publication a day and month mean the nearest, whatever the tense of the verb.
_NEAR = timedelta(60)


def _full_weekday(short: str) -> str:
    return next(name for name in WEEKDAYS if name.startswith(short))


def _near_day(
    number: int, first: int, weekday: int | None, explicit: int | None, offset: int, context: Context
) -> tuple[Period | None, str]:
    """The nearest such day, of those that fall on the weekday named with it; far off the verb's tense decides."""

    def make(year: int) -> Period | None:
        one = periods.day(year, number, first)
        return one if weekday is None or not one or one.first.weekday() == weekday else None

    before = context.token_at(offset).i - 1
    if explicit is None and before >= 0 and context.doc[before].lower_ == "ended":
        return nearest(make, None, context, ahead=False), "on or before publication"
    found = nearest(make, explicit, context)
    if found is None and weekday is not None:
        return _near_day(number, first, None, explicit, offset, context)
    if found and context.published and abs(found.first - context.published) > _NEAR and explicit is None:
        ahead, where = side(None, offset, context)
        return nearest(make, None, context, ahead), where
    return found, "nearest to publication"


def month(match: re.Match[str], context: Context) -> Reading | None:
    """A month without its year: by "last" or "next", by the tense of the verb, else the nearest."""
    at = match.start("month")
    if not context.is_capital(at) or not _is_month(match, context):
        return None
    number = month_of(match["month"])

    def make(year: int) -> Period | None:
        return periods.month(year, number)

    explicit = int(match["shared"]) if match["shared"] else said_year(match, context)
    ahead, reason = side(match["which"], at, context)
    if match["which"] == "this" and context.published:
        explicit = context.published.year
    period = nearest(make, explicit, context, ahead)
    begun = context.last if _FROM.search(match.string, max(0, match.start() - 30), match.start()) else None
    if begun and period and not explicit and begun.granularity == "month":
        period = make(begun.first.year + (number < begun.first.month))
    if match["which"] in ("last", "past", "next") and period and context.published and not explicit:
        period = strictly(period, make, context.published, ahead is True)
    if period is None:
        return dated(None, "no year known", f"XXXX-{number:02d}", "month")
    period = periods.part(period, part_of(match["edge"], match["part"]))
    return dated(period, "month in a year said with it" if explicit else f"month {reason} {context.published}")


#: A run of months ends after it began: "from May to July".
_FROM = re.compile(rf"\b(?:from|between) {MONTH} (?:to|through|until|till|and) $")
_MONTH_CUES = frozenset(
    {"in", "since", "until", "till", "by", "of", "before", "after", "from", "to", "through", "between", "and", "during",
     "for", "or", "around", "over", "as", "throughout", "early", "late"}
)  # fmt: skip


def _is_month(match: re.Match[str], context: Context) -> bool:
    """Whether "May", "March" or an abbreviation is a month here: by tag, and by what comes before."""
    word = match["month"].rstrip(".")
    token = context.token_at(match.start("month"))
    if word == "may" and token.tag_ == "MD":
        return False
    plain = word not in ("may", "march") and (len(word) > 4 or word in ("june", "july"))
    if plain or match["part"] or match["which"]:
        return True
    if token.tag_ not in ("NNP", "NNPS", "NN"):
        return False
    if token.ent_type_ == "DATE" and token.tag_ == "NNP":
        return True
    before = token.nbor(-1) if token.i else None
    return (
        before is not None and before.lower_ in _MONTH_CUES and (word in ("may", "march") or match["month"][-1] == ".")
    )
