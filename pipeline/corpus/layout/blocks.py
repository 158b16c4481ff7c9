"""Give every block of an article its role: what is read, what is furniture. The text itself is never edited.

Layout and English wording decide, nothing else: no site is known by name. First each paragraph is judged by its own
words (furniture.py), then by where it stands. In doubt it is body: no real paragraph may be lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.corpus.layout.boilerplate import BOILERPLATE, PRESS_RELEASE, Kind, kind_of
from pipeline.corpus.layout.captions import find_captions
from pipeline.corpus.layout.credits import is_person
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, Paragraph, ends_sentence, find_paragraphs, is_prose
from pipeline.records import Block, Role

#: A headline or subheading has at most so many characters and words.
HEADLINE_CHARS, HEADLINE_WORDS = 200, 30
SUBHEADING_CHARS, SUBHEADING_WORDS = 100, 12
#: A one-sentence first paragraph below this length is a headline even with its full stop.
SENTENCE_HEADLINE_CHARS = 120
#: Of several lines before the body the first with so many words is the headline; shorter ones name site or section.
CLEAR_HEADLINE_WORDS = 4
#: So many lines after the last sentence are links; fewer may be anything.
LINKS_AT_END = 3
#: What is said of the writer stands among so many last paragraphs.
NEAR_END = 3

_NEW_SENTENCE = re.compile(r"[.!?][\"”’')]* +[\"“‘'(]?[A-ZÀ-Þ]")
_BULLET = re.compile(r"[•●▪◦‣·*–—-]")
#: What a transcript has before each turn: "[00:01:23] ", "12:05 "; only where more than one paragraph has it.
_TIME_CODE = re.compile(r"([\[(]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?[\])]?)[ \t]+(?=[A-Z“\"])")
_ABOUT_WRITER = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]+ (?:[\w.'’-]+ ){0,4}?(?:is|was) (?:an? |the )?(?:[\w'’,&-]+ ){0,8}?"
    r"(?:columnist|reporter|correspondent|editor|writer|journalist|contributor|fellow|author|producer)\b"
)
_WRITES = re.compile(
    r"\btwitter\b|@\w|\be-?mail\b|\bfollow (?:him|her|them)\b|\b(?:columnist|reporter|editor) (?:for|at)\b", re.I
)

_ROLE_OF_KIND: dict[Kind, Role] = {
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

    Offsets are code points into ``text``. A block whose words (blanks collapsed) stood earlier is ``repeated``.
    """
    paragraphs = find_paragraphs(text, start)
    blocks: list[Block] = []
    seen: set[str] = set()
    opens = True
    timed = sum(_TIME_CODE.match(text, each.start, each.end) is not None for each in paragraphs) > 1
    for paragraph, role in zip(paragraphs, _roles(paragraphs), strict=True):
        repeated = paragraph.line in seen
        seen.add(paragraph.line)
        code = _TIME_CODE.match(text, paragraph.start, paragraph.end) if timed else None
        if role == "body" and code is not None:
            blocks.append(Block(*code.span(1), "navigation", repeated))
            blocks.append(Block(code.end(), paragraph.end, "body", repeated))
            opens = False
        elif role == "body":
            blocks.extend(_with_dateline(text, paragraph, opens, repeated))
            opens = False
        else:
            blocks.append(Block(paragraph.start, paragraph.end, role, repeated))
    return tuple(blocks)


def _with_dateline(text: str, paragraph: Paragraph, opens: bool, repeated: bool) -> list[Block]:
    """The body paragraph, its dateline split off; ``opens`` says that the story begins here."""
    body = text[paragraph.start : paragraph.end]
    cut = dateline_length(body, opens)
    if not cut:
        return [Block(paragraph.start, paragraph.end, "body", repeated)]
    dateline = Block(paragraph.start, paragraph.start + cut, "dateline", repeated)
    rest = paragraph.end - len(body[cut:].lstrip())
    return [dateline, Block(rest, paragraph.end, "body", repeated)] if rest < paragraph.end else [dateline]


def _roles(paragraphs: Sequence[Paragraph]) -> list[Role]:
    """One role a paragraph, a dateline still part of its body."""
    lines = [paragraph.line for paragraph in paragraphs]
    kinds = [kind_of(line) for line in lines]
    _mark_running(paragraphs, kinds)
    find_captions(paragraphs, kinds)
    _mark_boilerplate(lines, kinds)
    prose = [not kind and is_prose(line) for line, kind in zip(lines, kinds, strict=True)]
    headline = _find_headline(lines, kinds, prose)
    if headline is not None:
        prose[headline] = False
    body = [i for i, sentences in enumerate(prose) if sentences] or [len(lines)]
    links = _link_lines(kinds, prose, body[-1])
    roles: list[Role] = []
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if i == headline:
            roles.append("headline")
        elif kind:
            roles.append(_ROLE_OF_KIND[kind])
        elif prose[i]:
            near_end = body[0] < i and body[-1] - i < NEAR_END
            roles.append("footer" if near_end and _is_about_writer(line) else "body")
        elif i in links:
            roles.append("navigation")
        elif headline is not None and i < body[0]:
            roles.append(_role_before_body(line, i > headline))
        elif i < body[-1]:
            roles.append("subheading" if _heads_prose(i, paragraphs, kinds, prose) else "body")
        else:
            roles.append("credit" if is_person(line) else "body")
    return roles


def _mark_running(paragraphs: Sequence[Paragraph], kinds: list[Kind]) -> None:
    """Mark headers and footers of pages; the first is left where nothing else can be the headline."""
    for i, paragraph in enumerate(paragraphs):
        if not paragraph.running:
            continue
        below = next((other.line for j, other in enumerate(paragraphs[i + 1 :], i + 1) if not kinds[j]), "")
        if i or not is_prose(below) or paragraph.line[-1:].isdigit():
            kinds[i] = "navigation"


def _mark_boilerplate(lines: Sequence[str], kinds: list[Kind]) -> None:
    """Mark what follows the news in a press release: from "About the Company" or its legal notices to the end."""
    if not any(PRESS_RELEASE.fullmatch(line) for line in lines):
        return
    half = len(lines) // 2
    first = next((i for i in range(half, len(lines)) if BOILERPLATE.fullmatch(lines[i])), len(lines))
    for i in range(first, len(lines)):
        kinds[i] = "footer"


def _find_headline(lines: Sequence[str], kinds: Sequence[Kind], prose: Sequence[bool]) -> int | None:
    """The index of the headline: a title-like line before the body, else a short first sentence with body below."""
    candidates: list[int] = []
    for i, line in enumerate(lines):
        if kinds[i]:
            continue
        if _is_title(line):
            candidates.append(i)
        elif prose[i]:
            rest = next((j for j in range(i + 1, len(lines)) if not kinds[j]), None)
            if not candidates and rest is not None and prose[rest] and _is_sentence_title(line):
                candidates.append(i)
            break
    clear = (i for i in candidates if lines[i].count(" ") + 1 >= CLEAR_HEADLINE_WORDS)
    longest = max(candidates, key=lambda i: (lines[i].count(" "), -i), default=None)
    return next(clear, longest)


def _is_title(line: str) -> bool:
    """Short, and without the mark that ends a sentence."""
    if len(line) > HEADLINE_CHARS or line.count(" ") >= HEADLINE_WORDS or _BULLET.match(line):
        return False
    return not ends_sentence(line)


def _is_sentence_title(line: str) -> bool:
    """One short sentence that isn't speech, an item of a list or the opening of a story."""
    if len(line) >= SENTENCE_HEADLINE_CHARS or line.endswith((":", ",")):
        return False
    if line.endswith(".") and _NEW_SENTENCE.search(line):
        return False
    return not (line.startswith(QUOTED) or _BULLET.match(line) or dateline_length(line, first=True))


def _role_before_body(line: str, after_headline: bool) -> Role:
    """The role of a loose line above the body: site and section, the writer's name, a deck."""
    words = line.count(" ") + 1
    if words <= 2 and not (after_headline and is_person(line)) and not ends_sentence(line):
        return "navigation"
    if not after_headline:
        return "navigation" if words < CLEAR_HEADLINE_WORDS else "body"
    if is_person(line.partition(" in ")[0]):  # the writer, maybe with the place
        return "credit"
    return "subheading" if _is_subheading(line) else "body"


def _is_subheading(line: str) -> bool:
    """A short line that isn't a sentence."""
    if len(line) > SUBHEADING_CHARS or line.count(" ") >= SUBHEADING_WORDS or line[0].islower():
        return False
    return not ends_sentence(line)


def _heads_prose(i: int, paragraphs: Sequence[Paragraph], kinds: Sequence[Kind], prose: Sequence[bool]) -> bool:
    """Whether a loose line is a subheading: it looks like one, ends no list, and sentences come next."""
    in_list = i > 0 and not kinds[i - 1] and not prose[i - 1] and paragraphs[i - 1].chunk == paragraphs[i].chunk
    below = next((j for j in range(i + 1, len(kinds)) if not kinds[j]), None)
    return not in_list and below is not None and prose[below] and _is_subheading(paragraphs[i].line)


def _link_lines(kinds: Sequence[Kind], prose: Sequence[bool], last: int) -> set[int]:
    """Loose lines that are links: below a heading such as "Related", or several after the last sentence."""
    found: set[int] = set()
    inside = False
    for i, kind in enumerate(kinds):
        inside = (inside or kind == "links") and not prose[i]
        if inside and not kind:
            found.add(i)
    at_end = [i for i in range(last + 1, len(kinds)) if not kinds[i]]
    return found | set(at_end) if len(at_end) >= LINKS_AT_END else found


def _is_about_writer(line: str) -> bool:
    """Whether the paragraph says who wrote the article and where to find them."""
    return bool(len(line) <= 400 and _ABOUT_WRITER.match(line) and _WRITES.search(line))
