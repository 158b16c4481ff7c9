"""Lists of other stories inside an article: below a heading such as "Most read", linked headlines with a line or two.

Their summaries read like the article, so that their links and the heading above them must tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.corpus.html.tree import Piece

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: What stands behind the kind of stories: "Related stories", "Top news from Larnhaven".
_STORIES = (
    r"(?: (?:stories|story|articles?|news|posts?|topics|content|reading|reads|coverage|links|videos?|headlines"
    r"|for you|now|today|on|in|from)\b.{0,30})?"
)
#: Headings of such lists, whole.
_LABEL = re.compile(
    r"\W*(?:"
    r"(?:read|see|watch|learn|discover|explore)? ?more"
    r"(?: (?:from|on|in|about|like|by|stories|news|articles|coverage|top)\b.{0,40})?"
    r"|(?:read|up|what to read|watch|play|story) next|next (?:up|story|article|in .{1,30})"
    r"|also (?:read|on|in)\b.{0,30}|(?:read|see|watch) also|see also|further reading"
    r"|most (?:read|popular|viewed|shared|watched|discussed|commented|recent|clicked)\b.{0,30}"
    r"|(?:related|recommended|recent|latest|popular|trending|top|other|featured|similar|breaking|must[- ]read|new)"
    rf"{_STORIES}"
    r"|(?:you|we|readers) (?:may|might|also|think).{0,40}"
    r"|(?:recommended|suggested|picked|chosen|selected|stories) for you"
    r"|editors?[’']?s?[’']? (?:picks?|choice)|our picks|don[’']t miss|in case you missed it"
    r"|elsewhere|(?:in )?other news|(?:from )?around the web|from the web|from our (?:partners|network|sponsors)"
    r"|promoted(?: stories)?|sponsored(?: content| stories)?|paid content"
    r"|what others are reading|people are reading|keep reading|continue reading|the latest"
    r"|in this section|on our site|today[’']s top .{1,20}"
    r")\W*",
    re.IGNORECASE,
)
#: What opens a line that points to another story: "READ MORE: ", "Related | ".
_POINTER = re.compile(
    r"\W*(?:(?:also |must[- ])?(?:read|see|watch|listen|play)(?: (?:more|also|next|now|this|here|live))?"
    r"|more(?: (?:on this|on that|from .{1,30}|news|stories))?|(?:related|recommended|previous|earlier)(?: \w+)?"
    r"|up next|don[’']t miss|in case you missed it|opinion|analysis|explain(?:er|ed)|in (?:pictures|photos)|gallery"
    r"|video|podcast|quiz)\s?(?:[:|>»]|[-–—]+\s)\W*",
    re.IGNORECASE,
)
#: At least 80 % of what follows is linked there: a linked name in a sentence is less.
_POINTER_SHARE = 0.8
#: A heading of a list has at most 60 characters.
_LABEL_CHARS = 60
#: Of the characters of an entry at least 15 % are linked; a paragraph of the article with a link in it has fewer.
_LINKED_SHARE = 0.15
#: The linked words of an entry are a headline: at least 12 characters.
_LINKED_CHARS = 12
#: Elements side by side that each begin with a linked headline are a list from three on, without a heading, too ...
_LEAST_ENTRIES = 3
#: ... if each has at most 500 characters.
_ENTRY_CHARS = 500
#: What follows the linked headline of an entry begins a sentence or names a day; "is the best" goes on with the line.
_AFTER_HEADLINE = re.compile(r"\W*(?:$|[A-ZÀ-Þ\d“\"‘'])")
#: Levels that a heading's own box may have around it.
_BOX_LEVELS = 3


def find_story_lists(pieces: Sequence[Piece]) -> set[Piece]:
    """The pieces of lists of other stories, their headings among them.

    Single lines that point to one are among them: "READ MORE: Ferry to close". A list goes on from its heading through
    the elements beside it that hold linked headlines; a line without a link belongs to it where another entry follows.
    """
    held: dict[HtmlElement, list[Piece]] = defaultdict(list)
    for piece in pieces:
        for element in (piece.element, *piece.element.iterancestors()):
            held[element].append(piece)
    found: set[Piece] = set()
    for element in list(held):
        found.update(_entries_side_by_side(element, held))
    for piece in pieces:
        if len(piece.text) <= _LABEL_CHARS and _LABEL.fullmatch(piece.text) and piece not in found:
            entries = _entries_below(_box_of(piece, held), held)
            if entries:
                found.update((piece, *entries))
    found.update(piece for piece in pieces if _points_to_story(piece))
    return found


def _points_to_story(piece: Piece) -> bool:
    """Whether the piece is a label with a linked headline behind it, or linked as a whole with the label."""
    if not piece.linked:
        return False
    label = _POINTER.match(piece.text)
    return label is not None and piece.linked >= _POINTER_SHARE * len(piece.text[label.end() :].replace(" ", ""))


def _box_of(piece: Piece, held: Mapping[HtmlElement, list[Piece]]) -> HtmlElement:
    """The largest element that holds nothing but the heading."""
    box = piece.element
    for outer in list(box.iterancestors())[:_BOX_LEVELS]:
        if len(held[outer]) > 1:
            break
        box = outer
    return box


def _entries_below(box: HtmlElement, held: Mapping[HtmlElement, list[Piece]]) -> list[Piece]:
    """The pieces in the elements below the heading, as long as these are entries of a list."""
    entries: list[Piece] = []
    between: list[Piece] = []
    has_lines_between = False
    for sibling in box.itersiblings():
        inside = held.get(sibling, [])
        if _has_stories(inside):
            has_lines_between = has_lines_between or bool(entries and between)
            entries += [*between, *inside]
            between = []
        elif between or any(piece.linked for piece in inside):
            break
        else:
            between = list(inside)
    return [*entries, *between] if has_lines_between else entries


def _entries_side_by_side(element: HtmlElement, held: Mapping[HtmlElement, list[Piece]]) -> list[Piece]:
    """The pieces of the element's children where these are entries of a list without a heading: at least three in a
    row of one tag and class, each of them a linked headline with a line or two."""
    entries: list[Piece] = []
    for _, group in groupby(element, key=lambda child: (child.tag, child.get("class"))):
        children = [child for child in group if held.get(child)]
        if len(children) >= _LEAST_ENTRIES and all(_begins_with_headline(child, held[child]) for child in children):
            entries += [piece for child in children for piece in held[child]]
    return entries


def _begins_with_headline(child: HtmlElement, inside: Sequence[Piece]) -> bool:
    """Whether an element is a linked headline and a line or two behind it, which are no part of one sentence."""
    link = next((inner for inner in child.iter("a") if inner.get("href")), None)
    if link is None or not isinstance(child.tag, str) or sum(len(piece.text) for piece in inside) > _ENTRY_CHARS:
        return False
    words, headline = " ".join(child.text_content().split()), " ".join(link.text_content().split())
    if len(headline) < _LINKED_CHARS or " " not in headline or not words.startswith(headline):
        return False
    rest = words[len(headline) :]
    return len(rest.strip()) > _LINKED_CHARS and bool(_AFTER_HEADLINE.match(rest))


def _has_stories(inside: Iterable[Piece]) -> bool:
    """Whether the pieces of an element are linked headlines with little beside them."""
    chars = linked = 0
    for piece in inside:
        chars += len(piece.text)
        linked += piece.linked
    return linked >= _LINKED_CHARS and linked >= _LINKED_SHARE * chars
