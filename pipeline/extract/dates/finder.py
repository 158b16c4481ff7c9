"""The scan: every rule in one alternation, tried at each word, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.extract.dates import absolute, lengths, months, relative, reports, seasons, weekdays
from pipeline.extract.dates.context import Context, Reading
from pipeline.extract.dates.periods import FIRST_YEAR, LAST_YEAR
from pipeline.extract.dates.words import compile_rule, spaced
from pipeline.records import READ_ROLES, Article, DateMention

Resolve = Callable[[re.Match[str], Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern over lower-cased text and the function that reads its matches (None: no date after all)."""

    name: str
    source: str
    pattern: re.Pattern[str]
    resolve: Resolve


def _rule(source: str, resolve: Resolve) -> Rule:
    return Rule(resolve.__name__, source, compile_rule(source), resolve)


#: Tried in this order at each place; the longer reading of the same words comes first.
RULES = (
    _rule(absolute.FULL_DATE, absolute.full_date),
    _rule(absolute.NUMERIC_DATE, absolute.numeric_date),
    _rule(absolute.MONTH_YEAR, absolute.month_year),
    _rule(months.MONTH_DAY, months.month_day),
    _rule(months.MONTH_RULE, months.month),
    _rule(reports.HALF, reports.half),
    _rule(reports.QUARTER, reports.quarter),
    _rule(absolute.DECADE, absolute.decade),
    _rule(absolute.CENTURY, absolute.century),
    _rule(absolute.SPOKEN_YEAR, absolute.spoken_year),
    _rule(lengths.SET, lengths.repeated),
    _rule(lengths.CLOCK, lengths.clock),
    _rule(weekdays.WEEKDAY_RULE, weekdays.weekday),
    _rule(relative.DEICTIC_DAY, relative.deictic_day),
    _rule(relative.WEEKEND, relative.weekend),
    _rule(seasons.SEASON_RULE, seasons.season),
    _rule(seasons.HOLIDAY, seasons.holiday),
    _rule(relative.AGO, relative.ago),
    _rule(relative.UNIT_RULE, relative.unit),
    _rule(relative.YEAR_END, relative.year_end),
    _rule(lengths.THE_YEAR_ENDED, lengths.year_ended),
    _rule(relative.THE_UNIT, relative.the_unit),
    _rule(reports.THE_PERIOD, reports.the_period),
    _rule(reports.YEAR_EARLIER, reports.year_earlier),
    _rule(absolute.YEARS, absolute.years),
    _rule(lengths.VAGUE_REF, lengths.vague),
    _rule(lengths.DURATION, lengths.counted),
    _rule(lengths.A_UNIT, lengths.a_unit),
    _rule(lengths.BARE_UNITS, lengths.bare_units),
    _rule(absolute.YEAR_RULE, absolute.year),
)
_PLACES = {rule.name: place for place, rule in enumerate(RULES)}


def _combined() -> re.Pattern[str]:
    """All rules as one alternation, each a group by its name; their own groups are made nameless."""
    branches = []
    for rule in RULES:
        source = re.sub(r"\(\?P=\w+\)", r"[/.]", re.sub(r"\(\?P<\w+>", "(?:", rule.source))
        branches.append(f"(?P<{rule.name}>{spaced(source)})(?!\\w)")
    return re.compile(rf"(?<![\w$£€])(?=[\w'])(?:{'|'.join(branches)})")


#: Before a hyphenated modifier the article belongs to the noun: "a two-year ban", "the third-quarter loss".
_ARTICLE = re.compile(
    r"(?:the|an?|its|their|his|her|our)\s+(?=[\w-]*-(?:ago|earlier|second|minute|hour|day|week|month|quarter|year|decade)$)"
)
_ANY = _combined()
_CLOCK = RULES[_PLACES["clock"]]
_CLOCK_GAP = re.compile(r",?(?:\s+on|\s+\(\d{4} gmt\))?\s+")


def find_dates(doc: Doc, article: Article) -> list[DateMention]:
    """Every time expression of the blocks that are read, in text order, none overlapping.

    ``date_start``/``date_end`` are the first and last day an expression denotes, both included. Relative expressions
    are resolved against ``article.published`` (or a date said before) alone; without it they keep their words, and a
    value only where TIMEX3 has an honest open form such as XXXX-WXX-5. Durations, sets and vague references have no
    days. A wrong date (31 February) is a mention without a value.
    """
    published = article.published
    if published and not FIRST_YEAR + 1 <= published.year <= LAST_YEAR - 1:
        published = None  # nothing can be counted from a date at the edge of the calendar
    context = Context(doc, article, published)
    text = _lower(doc.text)
    found: list[DateMention] = []
    for number, block in enumerate(article.blocks):
        if block.role in READ_ROLES and not block.repeated:
            context.block = number
            found += _scan(text, block.start, block.end, context)
    return found


def _lower(text: str) -> str:
    """Lower case at the same length: the few capitals whose small letter is longer stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _scan(text: str, start: int, end: int, context: Context) -> Iterator[DateMention]:
    at = start
    held: DateMention | None = None  # a clock time that may belong to the day said next
    while hit := _ANY.search(text, at, end):
        read = _read(hit, end, context)
        if read is None:
            at = hit.start() + 1
            continue
        match, reading = read
        at = max(match.end(), hit.start() + 1)
        if reading.period:
            context.remember(reading.period)
        mention = _mention(match, reading)
        if held and _CLOCK_GAP.fullmatch(text, held.end, mention.start) and mention.kind == "DATE":
            mention, held = _joined(held, mention), None
        if held:
            yield held
        held = None
        if match.re is _CLOCK.pattern:
            held = mention
        else:
            yield mention
    if held:
        yield held


def _joined(time: DateMention, day: DateMention) -> DateMention:
    """One mention of a clock time and the day that follows it: "10 p.m. Wednesday"."""
    clock = time.value[time.value.index("T") :]
    value = day.value + clock if day.granularity == "day" and day.value else time.value
    return replace(day, start=time.start, kind="TIME", value=value)


def _read(hit: re.Match[str], end: int, context: Context) -> tuple[re.Match[str], Reading] | None:
    """The first rule, from the one that matched on, whose reading holds."""
    for rule in RULES[_PLACES[hit.lastgroup or ""] :]:
        match = rule.pattern.match(hit.string, hit.start(), end)
        reading = rule.resolve(match, context) if match else None
        if match and reading:
            return match, reading
    return None


def _mention(match: re.Match[str], reading: Reading) -> DateMention:
    period = reading.period
    start, end = match.span("it") if "it" in match.re.groupindex and match["it"] else match.span()
    if article := _ARTICLE.match(match.string, start, end):
        start = article.end()
    return DateMention(
        start,
        end,
        reading.kind,
        reading.value,
        reading.granularity,
        period.first if period else None,
        period.last if period else None,
        reading.reason,
    )
