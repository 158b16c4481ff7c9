"""The article's pieces as one text with blocks: headline, standfirst, paragraphs, each with the role it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.corpus.html.content import Content, is_caption_element
from pipeline.corpus.html.content_signals import HEADINGS
from pipeline.corpus.html.tree import Piece, words_of_name
from pipeline.corpus.layout.boilerplate import classify_line
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, ends_sentence
from pipeline.records import Block, Role
from pipeline.text.normalize import alphanumeric_key

#: A subheading has at most so many words, with a full stop or without.
SUBHEADING_WORDS = 25
#: A bold line of its own is a subheading up to so many words.
BOLD_WORDS = 14
#: A standfirst has so many words, and the names that pages give to it.
STANDFIRST_WORDS = range(4, 90)
#: A line that metadata tell has so many letters.
TOLD_CHARS = 15
#: A caption has so many words; shorter ones count pictures.
CAPTION_WORDS = 3
#: Among so many last paragraphs stand notes on the writer, on the source, on how to subscribe.
AT_END = 4

_STANDFIRST = frozenset(
    "standfirst strapline dek deck subtitle subheading subheadline subhead subdeck summary excerpt intro introduction"
    " lede lead description abstract synopsis sub".split()
)
_ABOUT = (
    r"(?:is|was|are|were|has|have|covers|covered|writes|wrote|reports|works|joined|holds|teaches|lives|can be|serves)"
)
_PROMO = re.compile(
    r"\b(?:subscribe(?:rs)? (?:to|now|here|today)|bookmark|newsletters?|follow (?:us|@\w|(?:[\w.'’-]+ ){1,3}on (?:x"
    r"|twitter|facebook|instagram|linkedin|google|threads|bluesky|whatsapp|youtube)\b)|join our|download our"
    r"|our (?:app|channel|podcast)|(?:whats ?app|telegram) (?:channel|group)|google news|preferred source"
    r"|become a (?:member|subscriber|patron)|support (?:us|our)|e-?mail:|letters? to the editor|got a (?:story|tip)"
    r"|contact us)\b", re.IGNORECASE,
)  # fmt: skip
_SOURCE_NOTE = re.compile(
    r"\W*(?:this (?:article|story|piece|essay|column|report|interview) .{0,40}\b(?:published|appeared|updated|corrected"
    r"|amended|republished|produced|translated|adapted|excerpted|supported|funded|edited)\b"
    r"|(?:first|originally|also) (?:published|appeared)\b|(?:with|additional) (?:reporting|files|information|inputs?)"
    r" (?:by|from)\b|(?:reporting|editing|writing) by\b|.{0,100}\bcontributed (?:to this|reporting)\b|copyright\b|©"
    r"|(?:editor['’]s note|correction|clarification|update|note to readers|disclosure|disclaimer)\b.{0,40}:)",
    re.IGNORECASE,
)  # fmt: skip


def lay_out(content: Content, title: str, standfirst: str, authors: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    """The text and its blocks. ``title`` becomes the headline; ``standfirst`` is the description in metadata."""
    lines: list[tuple[str, Role]] = [(title, "headline")] if title else []
    lines += _opening_lines(content, standfirst)
    taken = {alphanumeric_key(line) for line, _ in lines}
    lines += [line for line in _body_lines(content.pieces, authors) if alphanumeric_key(line[0]) not in taken]
    return _joined(lines)


def _opening_lines(content: Content, standfirst: str) -> Iterator[tuple[str, Role]]:
    """Standfirst, byline, caption and dateline from what stands between the headline and the first paragraph."""
    seen: set[str] = set()
    for piece in content.opening:
        line, kind = piece.text, classify_line(piece.text)
        words = alphanumeric_key(line)
        if not words or words in seen:
            continue
        seen.add(words)
        if kind in ("credit", "dateline"):
            yield line, kind
        elif is_caption_element(piece.element):
            if line.count(" ") + 1 >= CAPTION_WORDS:
                yield line, "caption"
        elif _is_standfirst(piece, content.headline, standfirst):
            yield line, "body"


def _is_told(line: str, standfirst: str) -> bool:
    """Whether the metadata's description is this line or begins with it, cut off or not."""
    one, other = alphanumeric_key(line), alphanumeric_key(standfirst.rstrip(".… "))
    if len(one) < TOLD_CHARS or not other:
        return False
    return one.startswith(other) or (other.startswith(one) and len(one) * 3 >= len(other))


def _is_standfirst(piece: Piece, headline: Piece | None, standfirst: str) -> bool:
    """Whether metadata tell the line, or its name or its place in one box with the headline say what it is."""
    line, element = piece.text, piece.element
    if line.count(" ") + 1 not in STANDFIRST_WORDS or piece.linked > len(line) / 2:
        return False
    if _is_told(line, standfirst):
        return True
    if classify_line(line) or element.tag not in ("p", "div", "h2", "h3", "section", "li"):
        return False
    around = [element, *element.iterancestors()][:2]
    if any(not _STANDFIRST.isdisjoint(words_of_name(one)) for one in around):
        return True
    beside = headline is not None and headline.element.getparent() in around
    return beside and element.tag in ("p", "h2", "h3") and ends_sentence(line)


def _body_lines(pieces: Sequence[Piece], authors: Sequence[str]) -> Iterator[tuple[str, Role]]:
    roles = [_role(piece) for piece in pieces]
    prose = [i for i, role in enumerate(roles) if role == "body"]
    for i in reversed(prose[-AT_END:]):
        if i == prose[0] or not _is_note(pieces[i], authors):
            break
        roles[i] = "footer"
    for i, (piece, role) in enumerate(zip(pieces, roles, strict=True)):
        if role is None or (role == "subheading" and not _heads(roles[i + 1 :])):
            continue
        yield piece.text, role


def _heads(after: Sequence[Role | None]) -> bool:
    """Whether a subheading with these roles after it has body below it, before the notes at the end."""
    return next((role == "body" for role in after if role in ("body", "footer")), False)


def _role(piece: Piece) -> Role | None:
    """The role of a piece by its element and words; None for furniture."""
    line, tag = piece.text, piece.element.tag
    words = line.count(" ") + 1
    kind = classify_line(line)
    if is_caption_element(piece.element):
        if kind in ("picture credit", "credit"):
            return "credit"
        return "caption" if words >= CAPTION_WORDS else None
    if tag in HEADINGS and (words <= SUBHEADING_WORDS and not (words > 12 and line.endswith("."))):
        return "subheading"
    if kind in ("navigation", "links"):
        return None
    if kind == "footer":
        return "footer"
    if kind == "picture credit" or (kind == "credit" and not ends_sentence(line)):
        return "credit"
    if kind == "caption":
        return "caption"
    bold = piece.bold >= 0.95 * len(line.replace(" ", "")) and tag in ("p", "div")
    if bold and words <= BOLD_WORDS and not ends_sentence(line) and not line.startswith(QUOTED):
        return "subheading"
    return "body"


def _is_note(piece: Piece, authors: Sequence[str]) -> bool:
    """Whether a paragraph near the end speaks of the writer, the source or the reader's subscription."""
    line = piece.text
    if _SOURCE_NOTE.match(line) or (piece.linked and len(line) <= 400 and _PROMO.search(line)):
        return True
    if piece.slanted >= 0.9 * len(line.replace(" ", "")) and not line.startswith(QUOTED):
        return True
    return any(_is_about(line, author) for author in authors)


def _is_about(line: str, author: str) -> bool:
    """Whether the line begins with the author's surname, maybe after a like first name, and says what they do."""
    first, *_, last = author.split()
    before = rf"(?:{re.escape(first[:1])}[\w.'’-]* (?:[\w.'’-]+ ){{0,2}})?"
    return bool(re.match(rf"\W*{before}{re.escape(last)},?(?: [\w.'’-]+){{0,3}}? {_ABOUT}\b", line))


def _joined(lines: Sequence[tuple[str, Role]]) -> tuple[str, tuple[Block, ...]]:
    """One text, a blank line between blocks; datelines get a block of their own."""
    blocks: list[Block] = []
    at = 0
    opens = True
    for line, role in lines:
        cut = dateline_length(line, opens) if role == "body" else 0
        rest = len(line) - len(line[cut:].lstrip())
        if cut and rest < len(line):
            blocks += [Block(at, at + cut, "dateline"), Block(at + rest, at + len(line), role)]
        else:
            blocks.append(Block(at, at + len(line), "dateline" if cut else role))
        opens = opens and role != "body"
        at += len(line) + 2
    return "\n\n".join(line for line, _ in lines), tuple(blocks)
