"""Give every block of an article its role: what is read, what is boilerplate. The text itself is never edited.

Layout and English wording decide, nothing else: no site is known by name. First each paragraph is judged by its own
words (boilerplate.py), then by where it stands. In doubt it is body: no real paragraph may be lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.corpus.layout.boilerplate import BOILERPLATE_HEADING, PRESS_RELEASE, LineKind, classify_line
from pipeline.corpus.layout.captions import find_captions
from pipeline.corpus.layout.credits import is_person
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, Paragraph, ends_sentence, find_paragraphs, is_prose
from pipeline.records import Block, Role

#: The longest headline, in characters and in words; longer lines are text.
HEADLINE_CHARS = 200
HEADLINE_WORDS = 30
#: The longest subheading.
SUBHEADING_CHARS = 100
SUBHEADING_WORDS = 12
#: A first paragraph of one sentence below this many characters is a headline even with its full stop.
SENTENCE_HEADLINE_CHARS = 120
#: Of several lines before the body the first with this many words is the headline; shorter ones name site or section
#: ("The Hill Courier", "Business").
CLEAR_HEADLINE_WORDS = 4
#: A loose line above the body with at most this many words is a section or a button: "Local News".
SECTION_WORDS = 2
#: From this many loose lines after the last sentence on they are links; fewer may be anything.
LINKS_AT_END = 3
#: What is said of the writer stands among this many last paragraphs of the body.
NEAR_END = 3
#: And has at most this many characters; a longer paragraph that names a reporter is news of one.
ABOUT_WRITER_CHARS = 400

_NEW_SENTENCE = re.compile(r"[.!?][\"”’')]* +[\"“‘'(]?[A-ZÀ-Þ]")
_BULLET = re.compile(r"[•●▪◦‣·*–—-]")
#: What a transcript has before each turn: "[00:01:23] ", "12:05 "; only where more than one paragraph has it.
_TIME_CODE = re.compile(r"([\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?)[ \t]+(?=[A-Z“\"])")
#: "Ada Brandt is a senior business reporter"
_ABOUT_WRITER = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+ (?:[\w.'’-]+ ){0,4}?(?:is|was) (?:an? |the )?(?:[\w'’,&-]+ ){0,8}?"
    r"(?:columnist|reporter|correspondent|editor|writer|journalist|contributor|fellow|author|producer)\b"
)
#: "Follow her", "@adabrandt", "reporter for the Courier"
_WHERE_TO_FIND = re.compile(
    r"\btwitter\b|@\w|\be-?mail\b|\bfollow (?:him|her|them)\b|\b(?:columnist|reporter|editor) (?:for|at)\b", re.I
)

_ROLE_OF_KIND: dict[LineKind, Role] = {
    "navigation": "navigation",
    "links": "navigation",
    "credit": "credit",
    "picture credit": "credit",
    "caption": "caption",
    "dateline": "dateline",
    "footer": "footer",
}


def find_blocks(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of ``text`` from ``start`` on: ordered, disjoint, without outer blanks, covering all that isn't blank.

    Offsets are code points into ``text``. A block whose words (blanks collapsed) stood earlier is ``repeated``. A
    dateline and a transcript's time codes are blocks of their own before the paragraph that they open.
    """
    paragraphs = find_paragraphs(text, start)
    blocks: list[Block] = []
    seen: set[str] = set()
    is_opening = True
    has_time_codes = sum(_TIME_CODE.match(text, item.start, item.end) is not None for item in paragraphs) > 1
    for paragraph, role in zip(paragraphs, _find_roles(paragraphs), strict=True):
        repeated = paragraph.line in seen
        seen.add(paragraph.line)
        if role != "body":
            blocks.append(Block(paragraph.start, paragraph.end, role, repeated))
            continue
        time_code = _TIME_CODE.match(text, paragraph.start, paragraph.end) if has_time_codes else None
        if time_code is not None:
            blocks.append(Block(*time_code.span(1), "navigation", repeated))
            blocks.append(Block(time_code.end(), paragraph.end, "body", repeated))
        else:
            blocks.extend(_split_dateline(text, paragraph, is_opening, repeated))
        is_opening = False
    return tuple(blocks)


def _split_dateline(text: str, paragraph: Paragraph, is_opening: bool, repeated: bool) -> list[Block]:
    """The body paragraph, its dateline split off; ``is_opening`` says that the story begins here."""
    body = text[paragraph.start : paragraph.end]
    length = dateline_length(body, is_opening)
    if not length:
        return [Block(paragraph.start, paragraph.end, "body", repeated)]
    dateline = Block(paragraph.start, paragraph.start + length, "dateline", repeated)
    rest = paragraph.end - len(body[length:].lstrip())
    return [dateline, Block(rest, paragraph.end, "body", repeated)] if rest < paragraph.end else [dateline]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of all paragraphs before their roles are; lists run parallel to ``paragraphs``."""

    paragraphs: Sequence[Paragraph]
    #: What each is by its own words and by what stands around it.
    kinds: Sequence[LineKind]
    #: Whether each is sentences of the article; the headline isn't.
    prose: Sequence[bool]
    #: Index of the headline.
    headline: int | None
    #: Indexes of the first and last prose; both the number of paragraphs where there is none.
    first_prose: int
    last_prose: int
    #: Indexes of loose lines that are links.
    links: frozenset[int]

    def line(self, index: int) -> str:
        """The words of a paragraph, blanks collapsed."""
        return self.paragraphs[index].line


def _find_roles(paragraphs: Sequence[Paragraph]) -> list[Role]:
    """One role a paragraph, a dateline still part of its body."""
    page = _survey(paragraphs)
    return [_role_of(page, index) for index in range(len(paragraphs))]


def _survey(paragraphs: Sequence[Paragraph]) -> _Page:
    lines = [paragraph.line for paragraph in paragraphs]
    kinds = [classify_line(line) for line in lines]
    _mark_running(paragraphs, kinds)
    find_captions(paragraphs, kinds)
    _mark_boilerplate(lines, kinds)
    prose = [not kind and is_prose(line) for line, kind in zip(lines, kinds, strict=True)]
    headline = _find_headline(lines, kinds, prose)
    if headline is not None:
        prose[headline] = False
    body = [index for index, is_body in enumerate(prose) if is_body] or [len(lines)]
    links = _find_link_lines(kinds, prose, body[-1])
    return _Page(paragraphs, kinds, prose, headline, body[0], body[-1], links)


def _role_of(page: _Page, index: int) -> Role:
    """The role that the first rule gives; what no rule knows is body."""
    return next((role for rule in _ROLE_RULES if (role := rule(page, index))), "body")


def _role_of_headline(page: _Page, index: int) -> Role | None:
    return "headline" if index == page.headline else None


def _role_by_words(page: _Page, index: int) -> Role | None:
    kind = page.kinds[index]
    return _ROLE_OF_KIND[kind] if kind else None


def _role_of_prose(page: _Page, index: int) -> Role | None:
    """Sentences are body, but for what the last of them say of the writer."""
    if not page.prose[index]:
        return None
    near_end = page.first_prose < index and page.last_prose - index < NEAR_END
    return "footer" if near_end and _is_about_writer(page.line(index)) else "body"


def _role_of_link(page: _Page, index: int) -> Role | None:
    return "navigation" if index in page.links else None


def _role_above_body(page: _Page, index: int) -> Role | None:
    """A loose line between headline and body, or above both: site and section, the writer's name, a deck."""
    if page.headline is None or index >= page.first_prose:
        return None
    line, below_headline = page.line(index), index > page.headline
    words = line.count(" ") + 1
    if words <= SECTION_WORDS and not (below_headline and is_person(line)) and not ends_sentence(line):
        return "navigation"
    if not below_headline:
        return "navigation" if words < CLEAR_HEADLINE_WORDS else "body"
    if is_person(line.partition(" in ")[0]):  # the writer, maybe with the place
        return "credit"
    return "subheading" if _may_be_subheading(line) else "body"


def _role_within_body(page: _Page, index: int) -> Role | None:
    if index >= page.last_prose:
        return None
    return "subheading" if _is_subheading(page, index) else "body"


def _role_below_body(page: _Page, index: int) -> Role | None:
    """A bare name below the last sentence is the writer's."""
    return "credit" if is_person(page.line(index)) else "body"


#: What decides a paragraph's role, tried in this order: the first that gives one is right.
_ROLE_RULES: tuple[Callable[[_Page, int], Role | None], ...] = (
    _role_of_headline,
    _role_by_words,
    _role_of_prose,
    _role_of_link,
    _role_above_body,
    _role_within_body,
    _role_below_body,
)


def _mark_running(paragraphs: Sequence[Paragraph], kinds: list[LineKind]) -> None:
    """Mark headers and footers of pages; the first is left where nothing else can be the headline."""
    for index, paragraph in enumerate(paragraphs):
        if not paragraph.running:
            continue
        rest = range(index + 1, len(paragraphs))
        below = next((paragraphs[later].line for later in rest if not kinds[later]), "")
        if index or not is_prose(below) or paragraph.line[-1:].isdigit():
            kinds[index] = "navigation"


def _mark_boilerplate(lines: Sequence[str], kinds: list[LineKind]) -> None:
    """Mark what follows the news in a press release: from "About the Company" or its legal notices to the end."""
    if not any(PRESS_RELEASE.fullmatch(line) for line in lines):
        return
    second_half = range(len(lines) // 2, len(lines))
    heading = next((index for index in second_half if BOILERPLATE_HEADING.fullmatch(lines[index])), len(lines))
    for index in range(heading, len(lines)):
        kinds[index] = "footer"


def _find_headline(lines: Sequence[str], kinds: Sequence[LineKind], prose: Sequence[bool]) -> int | None:
    """The index of the headline: a title-like line before the body, else a short first sentence with body below."""
    candidates: list[int] = []
    for index, line in enumerate(lines):
        if kinds[index]:
            continue
        if _may_be_title(line):
            candidates.append(index)
        elif prose[index]:
            if not candidates and _may_be_sentence_title(line) and _has_prose_below(index, kinds, prose):
                candidates.append(index)
            break
    clear = (index for index in candidates if lines[index].count(" ") + 1 >= CLEAR_HEADLINE_WORDS)
    longest = max(candidates, key=lambda index: (lines[index].count(" "), -index), default=None)
    return next(clear, longest)


def _has_prose_below(index: int, kinds: Sequence[LineKind], prose: Sequence[bool]) -> bool:
    """Whether the next paragraph that is not boilerplate is sentences."""
    below = next((later for later in range(index + 1, len(kinds)) if not kinds[later]), None)
    return below is not None and prose[below]


def _may_be_title(line: str) -> bool:
    """Short, and without the mark that ends a sentence."""
    if len(line) > HEADLINE_CHARS or line.count(" ") >= HEADLINE_WORDS or _BULLET.match(line):
        return False
    return not ends_sentence(line)


def _may_be_sentence_title(line: str) -> bool:
    """One short sentence that isn't speech, an item of a list or the opening of a story."""
    if len(line) >= SENTENCE_HEADLINE_CHARS or line.endswith((":", ",")):
        return False
    if line.endswith(".") and _NEW_SENTENCE.search(line):
        return False
    return not (line.startswith(QUOTED) or _BULLET.match(line) or dateline_length(line, first=True))


def _may_be_subheading(line: str) -> bool:
    """A short line that isn't a sentence."""
    if len(line) > SUBHEADING_CHARS or line.count(" ") >= SUBHEADING_WORDS or line[0].islower():
        return False
    return not ends_sentence(line)


def _is_subheading(page: _Page, index: int) -> bool:
    """Whether a loose line within the body is a subheading: it looks like one, ends no list, and sentences follow."""
    in_list = (
        index > 0
        and not page.kinds[index - 1]
        and not page.prose[index - 1]
        and page.paragraphs[index - 1].chunk == page.paragraphs[index].chunk
    )
    return not in_list and _has_prose_below(index, page.kinds, page.prose) and _may_be_subheading(page.line(index))


def _find_link_lines(kinds: Sequence[LineKind], prose: Sequence[bool], last_prose: int) -> frozenset[int]:
    """Loose lines that are links: below a heading such as "Related", or several after the last sentence."""
    links: set[int] = set()
    below_heading = False
    for index, kind in enumerate(kinds):
        below_heading = (below_heading or kind == "links") and not prose[index]
        if below_heading and not kind:
            links.add(index)
    at_end = [index for index in range(last_prose + 1, len(kinds)) if not kinds[index]]
    return frozenset(links.union(at_end) if len(at_end) >= LINKS_AT_END else links)


def _is_about_writer(line: str) -> bool:
    """Whether the paragraph says who wrote the article and where to find them."""
    return bool(len(line) <= ABOUT_WRITER_CHARS and _ABOUT_WRITER.match(line) and _WHERE_TO_FIND.search(line))
