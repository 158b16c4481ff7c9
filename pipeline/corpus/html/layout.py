"""The article's pieces as one text with blocks: headline, standfirst, paragraphs, each with the role it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.corpus.html.content import Content, is_caption_element
from pipeline.corpus.html.content_signals import HEADINGS
from pipeline.corpus.html.tree import Piece, words_of_name
from pipeline.corpus.layout.boilerplate import classify_line
from pipeline.corpus.layout.datelines import dateline_length
from pipeline.corpus.layout.paragraphs import QUOTED, ends_sentence
from pipeline.records import Block, Role
from pipeline.text.normalize import alphanumeric_key

#: What stands between two blocks in the text.
SEPARATOR = "\n\n"
#: A subheading has at most 25 words ...
SUBHEADING_WORDS = 25
#: ... and at most 12 when it ends with a full stop; a longer one is a paragraph set as a heading.
STOPPED_SUBHEADING_WORDS = 12
#: A bold line of its own is a subheading up to 14 words.
BOLD_WORDS = 14
#: Words in a standfirst: more than a label, less than two paragraphs.
STANDFIRST_WORDS = range(4, 90)
#: A line is compared with the description in metadata from 15 letters and digits on ("LarnhavenFerry" has 14).
DESCRIBED_CHARS = 15
#: A line that only begins the description has at least a third of its letters; a shorter one is there by chance.
DESCRIBED_TIMES = 3
#: A caption has at least three words; shorter ones count pictures ("1 / 12").
CAPTION_WORDS = 3
#: Notes on the writer, on the source, on how to subscribe stand among the last four paragraphs.
NOTES_AT_END = 4
#: A promotion with a link in it has at most 400 characters.
PROMO_CHARS = 400
#: A line is bold as a whole when 95 % of its characters are: a colon at its end need not be.
BOLD_SHARE = 0.95
#: A paragraph is italic as a whole when 90 % of its characters are: a linked name in it need not be.
ITALIC_SHARE = 0.9

#: What pages call the paragraph below the headline that sums up the story.
_STANDFIRST_NAMES = frozenset(
    "standfirst strapline dek deck subtitle subheading subheadline subhead subdeck summary excerpt intro introduction"
    " lede lead description abstract synopsis sub".split()
)
#: Of these, names that boxes further out have only when they hold nothing else.
_SYNOPSIS_NAMES = frozenset(("synopsis", "standfirst"))
#: Levels above a synopsis at which its box may lie.
SYNOPSIS_LEVELS = 5
#: What a note says of a writer: "Tove Lund covers ports".
_ABOUT = (
    r"(?:is|was|are|were|has|have|covers|covered|writes|wrote|reports|works|joined|holds|teaches|lives|can be|serves)"
)
#: Words that ask the reader to follow, subscribe or write in.
_PROMO = re.compile(
    r"\b(?:subscribe(?:rs)? (?:to|now|here|today)|bookmark|newsletters?|follow (?:us|@\w|(?:[\w.'’-]+ ){1,3}on (?:x"
    r"|twitter|facebook|instagram|linkedin|google|threads|bluesky|whatsapp|youtube)\b)|join our|download our"
    r"|our (?:app|channel|podcast)|(?:whats ?app|telegram) (?:channel|group)|google news|preferred source"
    r"|become a (?:member|subscriber|patron)|support (?:us|our)|e-?mail:|letters? to the editor|got a (?:story|tip)"
    r"|contact us)\b", re.IGNORECASE,
)  # fmt: skip
#: How a note on the article itself begins: where it appeared first, who helped, what was corrected.
_SOURCE_NOTE = re.compile(
    r"\W*(?:this (?:article|story|piece|essay|column|report|interview) .{0,40}\b(?:published|appeared|updated|corrected"
    r"|amended|republished|produced|translated|adapted|excerpted|supported|funded|edited)\b"
    r"|(?:first|originally|also) (?:published|appeared)\b|(?:with|additional) (?:reporting|files|information|inputs?)"
    r" (?:by|from)\b|(?:reporting|editing|writing) by\b|.{0,100}\bcontributed (?:to this|reporting)\b|copyright\b|©"
    r"|(?:editor['’]s note|correction|clarification|update|note to readers|disclosure|disclaimer)\b.{0,40}:)",
    re.IGNORECASE,
)  # fmt: skip


#: A line of the article's text and the role of its block.
_Line = tuple[str, Role]


def lay_out(content: Content, title: str, standfirst: str, authors: Sequence[str]) -> tuple[str, tuple[Block, ...]]:
    """Join the pieces of an article to one text, blank lines between them, and give each its block.

    ``title`` becomes the headline on top; ``standfirst`` is the description in metadata, by which the page's own
    standfirst is recognised; ``authors`` are those whose notes at the end are no body. Lines of the opening are not
    repeated in the body. Offsets of the blocks are code points into the returned text.
    """
    lines: list[_Line] = [(title, "headline")] if title else []
    lines += _opening_lines(content, standfirst)
    taken = {alphanumeric_key(line) for line, _ in lines}
    lines += [line for line in _body_lines(content.pieces, authors) if alphanumeric_key(line[0]) not in taken]
    return _join_lines(lines)


def _opening_lines(content: Content, standfirst: str) -> Iterator[_Line]:
    """Standfirst, byline, caption and dateline from what stands between the headline and the first paragraph."""
    seen: set[str] = set()
    for piece in content.opening:
        letters = alphanumeric_key(piece.text)
        if letters and letters not in seen:
            seen.add(letters)
            role = _opening_role(piece, content.headline, standfirst)
            if role is not None:
                yield piece.text, role


def _opening_role(piece: Piece, headline: Piece | None, standfirst: str) -> Role | None:
    """The role of a piece between headline and first paragraph; None for boilerplate."""
    kind = classify_line(piece.text)
    if kind in ("credit", "dateline"):
        return kind
    if is_caption_element(piece.element):
        return "caption" if _count_words(piece.text) >= CAPTION_WORDS else None
    return "body" if _is_standfirst(piece, headline, standfirst) else None


def _count_words(line: str) -> int:
    return line.count(" ") + 1


def _is_described(line: str, standfirst: str) -> bool:
    """Whether the metadata's description is this line or begins with it, cut off or not."""
    letters, described = alphanumeric_key(line), alphanumeric_key(standfirst.rstrip(".… "))
    if len(letters) < DESCRIBED_CHARS or not described:
        return False
    if letters.startswith(described):
        return True
    return described.startswith(letters) and len(letters) * DESCRIBED_TIMES >= len(described)


def _is_standfirst(piece: Piece, headline: Piece | None, standfirst: str) -> bool:
    """Whether metadata tell the line, or its name or its place in one box with the headline say what it is."""
    line, element = piece.text, piece.element
    if _count_words(line) not in STANDFIRST_WORDS or piece.linked > len(line) / 2:
        return False
    if _is_described(line, standfirst):
        return True
    if classify_line(line) or element.tag not in ("p", "div", "h2", "h3", "section", "li"):
        return False
    around = [element, *element.iterancestors()][:2]
    further = list(element.iterancestors())[1:SYNOPSIS_LEVELS]
    if any(not _SYNOPSIS_NAMES.isdisjoint(words_of_name(outer)) for outer in further):
        return True
    if any(not _STANDFIRST_NAMES.isdisjoint(words_of_name(outer)) for outer in around):
        return True
    is_beside = headline is not None and headline.element.getparent() in around
    return is_beside and element.tag in ("p", "h2", "h3") and ends_sentence(line)


def _body_lines(pieces: Sequence[Piece], authors: Sequence[str]) -> Iterator[_Line]:
    """The pieces with their roles, notes at the end as footer; without boilerplate and subheadings above nothing."""
    roles = [_find_role(piece) for piece in pieces]
    prose = [i for i, role in enumerate(roles) if role == "body"]
    for i in reversed(prose[-NOTES_AT_END:]):
        if i == prose[0] or not _is_note(pieces[i], authors):
            break
        roles[i] = "footer"
    for i, (piece, role) in enumerate(zip(pieces, roles, strict=True)):
        if role is None or (role == "subheading" and not _has_body_below(roles[i + 1 :])):
            continue
        yield piece.text, role


def _has_body_below(roles_below: Sequence[Role | None]) -> bool:
    """Whether a subheading with these roles below it has body there, before the notes at the end."""
    return next((role == "body" for role in roles_below if role in ("body", "footer")), False)


def _is_subheading_element(piece: Piece) -> bool:
    if piece.element.tag not in HEADINGS:
        return False
    words = _count_words(piece.text)
    return words <= SUBHEADING_WORDS and not (words > STOPPED_SUBHEADING_WORDS and piece.text.endswith("."))


def _is_bold_subheading(piece: Piece) -> bool:
    """Whether the piece is a short bold line of its own, neither a sentence nor speech."""
    line = piece.text
    is_bold = piece.bold >= BOLD_SHARE * len(line.replace(" ", "")) and piece.element.tag in ("p", "div")
    return is_bold and _count_words(line) <= BOLD_WORDS and not ends_sentence(line) and not line.startswith(QUOTED)


def _is_credit(piece: Piece, kind: str) -> bool:
    return kind == "picture credit" or (kind == "credit" and not ends_sentence(piece.text))


#: Roles of a piece that is no caption element: the first row whose test holds decides, "body" where none does; None
#: is boilerplate. A row has a name, a test of the piece and of what kind its words are
#: (``classify_line``), and the role.
_ROLE_RULES: tuple[tuple[str, Callable[[Piece, str], bool], Role | None], ...] = (
    ("heading element", lambda piece, kind: _is_subheading_element(piece), "subheading"),
    ("navigation", lambda piece, kind: kind in ("navigation", "links"), None),
    ("footer", lambda piece, kind: kind == "footer", "footer"),
    ("credit", _is_credit, "credit"),
    ("labelled caption", lambda piece, kind: kind == "caption", "caption"),
    ("bold line", lambda piece, kind: _is_bold_subheading(piece), "subheading"),
)


def _find_role(piece: Piece) -> Role | None:
    """The role of a piece of the article by its element and words; None for boilerplate."""
    kind = classify_line(piece.text)
    if is_caption_element(piece.element):
        return _caption_role(piece, kind)
    return next((role for _, applies, role in _ROLE_RULES if applies(piece, kind)), "body")


def _caption_role(piece: Piece, kind: str) -> Role | None:
    if kind in ("picture credit", "credit"):
        return "credit"
    return "caption" if _count_words(piece.text) >= CAPTION_WORDS else None


def _is_note(piece: Piece, authors: Sequence[str]) -> bool:
    """Whether a paragraph near the end speaks of the writer, the source or the reader's subscription."""
    line = piece.text
    if _SOURCE_NOTE.match(line) or (piece.linked and len(line) <= PROMO_CHARS and _PROMO.search(line)):
        return True
    if piece.slanted >= ITALIC_SHARE * len(line.replace(" ", "")) and not line.startswith(QUOTED):
        return True
    return any(_is_about(line, author) for author in authors)


def _is_about(line: str, author: str) -> bool:
    """Whether the line begins with the author's name and says what they do: "T. Lund, a reporter, covers ports".

    The surname must be the author's; a first name before it need only begin with the same letter.
    """
    first_name, *_, surname = author.split()
    before = rf"(?:{re.escape(first_name[:1])}[\w.'’-]* (?:[\w.'’-]+ ){{0,2}})?"
    return bool(re.match(rf"\W*{before}{re.escape(surname)},?(?: [\w.'’-]+){{0,3}}? {_ABOUT}\b", line))


def _join_lines(lines: Sequence[_Line]) -> tuple[str, tuple[Block, ...]]:
    """One text, a blank line between blocks; datelines get a block of their own."""
    blocks: list[Block] = []
    start = 0
    is_opening = True
    for line, role in lines:
        end = start + len(line)
        dateline = dateline_length(line, is_opening) if role == "body" else 0
        rest = len(line) - len(line[dateline:].lstrip())
        if dateline and rest < len(line):
            blocks += [Block(start, start + dateline, "dateline"), Block(start + rest, end, role)]
        else:
            blocks.append(Block(start, end, "dateline" if dateline else role))
        is_opening = is_opening and role != "body"
        start = end + len(SEPARATOR)
    return SEPARATOR.join(line for line, _ in lines), tuple(blocks)
