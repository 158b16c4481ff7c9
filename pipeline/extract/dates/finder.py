"""The scan: every pattern in one alternation, tried at each word, block by block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from pipeline.extract.columns import doc_text
from pipeline.extract.dates import (
    absolute,
    anchored,
    day_lists,
    distances,
    lengths,
    months,
    ordinals,
    relative,
    reports,
    seasons,
    weekdays,
)
from pipeline.extract.dates.context import DateContext, DateNormalization
from pipeline.extract.dates.periods import FIRST_YEAR, LAST_YEAR
from pipeline.extract.dates.words import OPENING, compile_pattern, widen_blanks
from pipeline.knowledge.dates import DateWords
from pipeline.records import READ_ROLES, Article, DateMention

Normalize = Callable[[re.Match[str], DateContext], DateNormalization | None]


@dataclass(frozen=True, slots=True)
class DatePattern:
    """A named pattern over lower-cased text and the function that reads its matches.

    ``source`` is the pattern as written, with single blanks. ``normalize`` returns None for a match that is no date
    after all.
    """

    name: str
    source: str
    normalize: Normalize

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern that matches it as a whole word."""
        return compile_pattern(self.source)


@dataclass(frozen=True, slots=True)
class TracedDate:
    """A date mention with how it came about, for ``extract explain``.

    ``rule`` is the name of the pattern that matched, of two joined by "+" for a time and its day; ``tense`` the tense
    rule that was asked last and the word it read, empty when none was asked.
    """

    mention: DateMention
    rule: str
    tense: str = ""


#: Tried in this order at each place; the longer reading of the same words comes first. To add one, add its pattern and
#: function to a module of this folder and a row here.
DATE_PATTERNS = (
    DatePattern("distance_from_day", anchored.DISTANCE_FROM_DAY, anchored.normalize_distance_from_day),
    DatePattern("ordinal_day", ordinals.ORDINAL_DAY, ordinals.normalize_ordinal_day),
    DatePattern("day_of_month", ordinals.DAY_OF_MONTH, ordinals.normalize_day_of_month),
    DatePattern("week_of_day", ordinals.WEEK_OF_DAY, ordinals.normalize_week_of_day),
    DatePattern("day_range", day_lists.DAY_RANGE, day_lists.normalize_day_range),
    DatePattern("day_list", day_lists.DAY_LIST, day_lists.normalize_day_list),
    DatePattern("full_date", absolute.FULL_DATE, absolute.normalize_full_date),
    DatePattern("numeric_date", absolute.NUMERIC_DATE, absolute.normalize_numeric_date),
    DatePattern("month_year", absolute.MONTH_YEAR, absolute.normalize_month_year),
    DatePattern("month_day", months.MONTH_DAY, months.normalize_month_day),
    DatePattern("month", months.MONTH_RULE, months.normalize_month),
    DatePattern("fiscal_year", absolute.FISCAL_YEAR, absolute.normalize_fiscal_year),
    DatePattern("attacks", absolute.ATTACKS, absolute.normalize_attacks),
    DatePattern("half", reports.HALF, reports.normalize_half),
    DatePattern("quarter", reports.QUARTER, reports.normalize_quarter),
    DatePattern("decade", absolute.DECADE, absolute.normalize_decade),
    DatePattern("century", absolute.CENTURY, absolute.normalize_century),
    DatePattern("spoken_year", absolute.SPOKEN_YEAR, absolute.normalize_spoken_year),
    DatePattern("weekdays_ago", distances.WEEKDAYS_AGO, distances.normalize_weekdays_ago),
    DatePattern("set", lengths.SET, lengths.normalize_set),
    DatePattern("clock", lengths.CLOCK, lengths.normalize_clock),
    DatePattern("weeks_from_weekday", distances.WEEKS_FROM_WEEKDAY, distances.normalize_weeks_from_weekday),
    DatePattern("bare_day", ordinals.BARE_DAY, ordinals.normalize_bare_day),
    DatePattern("weekday", weekdays.WEEKDAY_RULE, weekdays.normalize_weekday),
    DatePattern("deictic_day", relative.DEICTIC_DAY, relative.normalize_deictic_day),
    DatePattern("weekend", relative.WEEKEND, relative.normalize_weekend),
    DatePattern("season", seasons.SEASON_RULE, seasons.normalize_season),
    DatePattern("holiday", seasons.HOLIDAY, seasons.normalize_holiday),
    DatePattern("before_last", distances.BEFORE_LAST, distances.normalize_before_last),
    DatePattern("weeks_from_day", distances.WEEKS_FROM_DAY, distances.normalize_weeks_from_day),
    DatePattern("ago_this_day", anchored.AGO_THIS_DAY, anchored.normalize_ago_this_day),
    DatePattern("ago", distances.AGO, distances.normalize_ago),
    DatePattern("in_time", distances.IN_TIME, distances.normalize_in_time),
    DatePattern("unit", relative.UNIT_RULE, relative.normalize_unit),
    DatePattern("year_end", relative.YEAR_END, relative.normalize_year_end),
    DatePattern("year_ended", lengths.THE_YEAR_ENDED, lengths.normalize_year_ended),
    DatePattern("the_unit", relative.THE_UNIT, relative.normalize_the_unit),
    DatePattern("unit_beside", relative.UNIT_BESIDE, relative.normalize_unit_beside),
    DatePattern("the_period", reports.THE_PERIOD, reports.normalize_the_period),
    DatePattern("year_earlier", reports.YEAR_EARLIER, reports.normalize_year_earlier),
    DatePattern("year_range", absolute.YEAR_RANGE, absolute.normalize_year_range),
    DatePattern("vague", lengths.VAGUE_REF, lengths.normalize_vague),
    DatePattern("while", lengths.A_WHILE, lengths.normalize_while),
    DatePattern("duration", lengths.DURATION, lengths.normalize_duration),
    DatePattern("a_unit", lengths.A_UNIT, lengths.normalize_a_unit),
    DatePattern("bare_units", lengths.BARE_UNITS, lengths.normalize_bare_units),
    DatePattern("year", absolute.YEAR_RULE, absolute.normalize_year),
)
#: What is looked for in credits.
_WHOLE_DATES = tuple(pattern for pattern in DATE_PATTERNS if pattern.name in ("full_date", "numeric_date"))
_PATTERN_INDEX = {pattern.name: index for index, pattern in enumerate(DATE_PATTERNS)}


def _combine_patterns() -> re.Pattern[str]:
    """All patterns as one alternation, behind each an empty group of its name; their own groups are made nameless.

    A group around the pattern would have to be opened before its first letter is compared.
    """
    branches = []
    for pattern in DATE_PATTERNS:
        source = re.sub(r"\(\?P=\w+\)", r"[/.-]", re.sub(r"\(\?P<\w+>", "(?:", pattern.source))
        branches.append(f"(?:{widen_blanks(source)})(?!\\w)(?P<{pattern.name}>)")
    return re.compile(rf"(?<![\w$£€]){OPENING}(?:{'|'.join(branches)})")


_ANY_PATTERN = _combine_patterns()
#: Before a hyphenated modifier the article belongs to the noun: "a two-year ban", "the third-quarter loss".
_ARTICLE = re.compile(
    r"(?:the|an?|its|their|his|her|our)\s+(?=[\w-]*-(?:ago|earlier|second|minute|hour|day|week|month|quarter|year|decade)$)"
)
#: What may stand between a clock time and its day: "10 p.m. on Wednesday", "10 p.m. (2200 GMT) Wednesday".
_CLOCK_GAP = re.compile(r",?(?:\s+on|\s+of|\s+\(\d{4} gmt\))?\s+")


def find_dates(doc: Doc, article: Article, words: DateWords) -> list[DateMention]:
    """Every time expression of the blocks that are read, in text order, none overlapping; of credits the whole dates.

    ``doc`` is the article's parse, ``words`` are ``Knowledge.dates``. ``date_start``/``date_end`` are the first and
    last day an expression denotes, both included. Relative expressions are resolved against ``article.published`` (or
    a date said before) alone; without it they keep their words, and a value only where TIMEX3 has an honest open form
    such as XXXX-WXX-5. Durations, sets and vague references have no days. A wrong date (31 February) is a mention
    without a value.
    """
    return [traced.mention for traced in trace_dates(doc, article, words)]


def trace_dates(doc: Doc, article: Article, words: DateWords) -> Iterator[TracedDate]:
    """The mentions of ``find_dates``, each with the pattern and rule that made it."""
    context = DateContext(doc, article, words, _usable_publication(article.published))
    text = _lower_same_length(doc_text(doc))
    for index, block in enumerate(article.blocks):
        context.block_index = index
        if block.repeated:
            continue
        if block.role in READ_ROLES:
            yield from _scan(text, block.start, block.end, context)
        elif block.role == "credit":
            yield from _scan_credit(text, block.start, block.end, context)


def _usable_publication(published: date | None) -> date | None:
    """The publication date, or None at the edge of the calendar, where nothing can be counted from it."""
    return published if published and FIRST_YEAR + 1 <= published.year <= LAST_YEAR - 1 else None


#: Curly apostrophes to the straight one of the patterns: "New Year’s Eve", "the ‘80s".
_STRAIGHT = str.maketrans("‘’", "''")


def _lower_same_length(text: str) -> str:
    """Lower case at the same length, with straight apostrophes; the few capitals whose small letter is longer stay."""
    text = text.translate(_STRAIGHT)
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _scan(text: str, start: int, end: int, context: DateContext) -> Iterator[TracedDate]:
    """The dates of a block of the lower-cased text; a clock time is held back for the day that may follow it."""
    offset = start
    held: TracedDate | None = None
    while candidate := _ANY_PATTERN.search(text, offset, end):
        reading = _read_candidate(candidate, end, context)
        if reading is None:
            offset = candidate.start() + 1
            continue
        pattern, match, normalization = reading
        offset = max(match.end(), candidate.start() + 1)
        if normalization.period:
            context.remember_period(normalization.period)
        traced = TracedDate(_make_mention(match, normalization), pattern.name, context.tense_rule)
        if held and _is_day_of(held.mention, traced.mention, text):
            traced, held = _join(held, traced), None
        if held:
            yield held
        held = traced if pattern.name == "clock" else None
        if not held:
            yield traced
    if held:
        yield held


def _scan_credit(text: str, start: int, end: int, context: DateContext) -> Iterator[TracedDate]:
    """The whole dates in a line above a story, as its day of publication: "Larnhaven, 3 March 2025".

    Nothing is counted from them: what the story calls "the next day" follows a day of the story.
    """
    for pattern in _WHOLE_DATES:
        for match in pattern.compiled.finditer(text, start, end):
            if normalization := pattern.normalize(match, context):
                yield TracedDate(_make_mention(match, normalization), pattern.name)
                return


def _is_day_of(time: DateMention, day: DateMention, text: str) -> bool:
    """Whether the day follows the clock time directly: "10 p.m. Wednesday"."""
    return day.kind == "DATE" and _CLOCK_GAP.fullmatch(text, time.end, day.start) is not None


def _join(time: TracedDate, day: TracedDate) -> TracedDate:
    """One mention of a clock time and the day that follows it: "10 p.m. Wednesday"."""
    clock = time.mention.value[time.mention.value.index("T") :]
    is_known = day.mention.granularity == "day" and day.mention.value
    value = day.mention.value + clock if is_known else time.mention.value
    mention = replace(day.mention, start=time.mention.start, kind="TIME", value=value)
    return TracedDate(mention, f"{time.rule}+{day.rule}", day.tense)


def _read_candidate(
    candidate: re.Match[str], end: int, context: DateContext
) -> tuple[DatePattern, re.Match[str], DateNormalization] | None:
    """The first pattern, from the one that matched on, whose reading holds."""
    for pattern in DATE_PATTERNS[_PATTERN_INDEX[candidate.lastgroup or ""] :]:
        match = pattern.compiled.match(candidate.string, candidate.start(), end)
        if match is None:
            continue
        context.tense_rule = ""
        normalization = pattern.normalize(match, context)
        if normalization:
            return pattern, match, normalization
    return None


def _make_mention(match: re.Match[str], normalization: DateNormalization) -> DateMention:
    """The record; a group "it" of the pattern is the mention, the rest its context."""
    period = normalization.period
    start, end = match.span("it") if "it" in match.re.groupindex and match["it"] else match.span()
    if article := _ARTICLE.match(match.string, start, end):
        start = article.end()
    return DateMention(
        start,
        end,
        normalization.kind,
        normalization.value,
        normalization.granularity,
        period.first if period else None,
        period.last if period else None,
        normalization.reason,
    )
