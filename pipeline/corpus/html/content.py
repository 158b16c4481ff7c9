"""Which pieces of a page are its article.

Three content signals (content_signals.py) say which pieces are surely in: trafilatura, the article's text in JSON-LD
where a page gives it, and the look of prose. The page's own structure corrects them: the paragraphs of an article
stand side by side in one container and are built alike, so that what the signals lost comes back and what merely
stands near is left out.

A list of flags always has one flag for each of the page's pieces, in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.corpus.html.boilerplate_filter import BoilerplateFilter
from pipeline.corpus.html.boilerplate_names import (
    find_cards,
    find_offers,
    is_comments_or_consent,
    is_named_boilerplate,
    is_surely_boilerplate,
)
from pipeline.corpus.html.content_signals import (
    HEADINGS,
    WEIGHTY_CHARS,
    is_weighty,
    signal_of_article_body,
    signal_of_trafilatura,
)
from pipeline.corpus.html.story_lists import find_story_lists
from pipeline.corpus.html.titles import title_similarity
from pipeline.corpus.html.tree import Piece, is_hidden, words_of_name
from pipeline.corpus.layout.paragraphs import ends_sentence
from pipeline.text.normalize import alphanumeric_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The shares below were set by hand on the development pages.

#: The container is the smallest element that holds 90 % of the article's characters; a lead may stand apart.
CONTAINER_SHARE = 0.9
#: An element named like boilerplate is kept when it holds 30 % of the article: the name means something else there.
KEPT_SHARE = 0.3
#: Where less than half of the article lies outside boilerplate names, names mean nothing on this page.
CLEAN_SHARE = 0.5
#: Pieces built alike are paragraphs of the article when two of them surely are.
MIN_ALIKE = 2
#: A way of building paragraphs is the article's own when 20 % of its characters are built so.
OWN_SHARE = 0.2
#: A line without a final mark that stands in the article three times is a label ("Read more").
LABEL_TIMES = 3
#: At most five pieces of an article are built as a quotation set large is; its paragraphs are more.
RARE_SHAPE = 5
#: A short piece, of fewer than 30 letters and digits, is never taken for a copy of what another piece says in full.
SHORT_CHARS = WEIGHTY_CHARS * 0.75
#: A piece brought back for being built alike has at least six words; a shorter one may be a label.
RECOVERED_WORDS = 6
#: A heading is the headline when its words are half the title's, by ``title_similarity``: for "Larnhaven to lose its
#: ferry", "Larnhaven loses ferry" is one (0.50), "Ferry blow for Larnhaven" is not (0.44).
HEADLINE_LIKE = 0.5
#: A piece of which 85 % is linked is a link with a mark or a number behind it.
MOSTLY_LINKED = 0.85
#: A linked title behind a label has more than 8 characters; a linked name in a short line may be part of a sentence.
LABELLED_LINK_CHARS = WEIGHTY_CHARS // 5
#: Levels above a caption at which its figure may lie.
CAPTION_LEVELS = 5

#: Fewer words than 40, or than 10 % of the article, are no paragraphs that were lost.
LEAST_LEFT_OUT = 40
LEFT_OUT_SHARE = 0.1

#: Words in the class or id of a caption.
_CAPTION_WORDS = frozenset(("caption", "captions", "figcaption", "imagecaption"))
#: Left out of class names: "paragraph-17" is built like "paragraph-18".
_DIGITS = re.compile(r"\d+")
#: "Read also: ", "Watch | ": a label before a link to another story.
_LABEL = re.compile(r"[\w’' ]{2,30}(?::|\||[>»]| [-–—]) ?")

#: How a piece is built: tag and classes of its element and of the one around it.
_Shape = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The article of a page.

    ``pieces`` are its paragraphs, subheadings and captions in order; ``headline`` the heading above them, None where
    no piece says what the title says; ``opening`` all that stands between headline and first paragraph: standfirst,
    byline, date, picture.
    """

    pieces: tuple[Piece, ...]
    headline: Piece | None = None
    opening: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class _Signals:
    """What the content signals say of the page, before its structure is looked at."""

    #: Pieces that are more than links and no readers' comments.
    has_text: list[bool]
    #: Pieces that stand in JSON-LD's articleBody.
    in_body: list[bool]
    #: Pieces that stand there or that trafilatura takes for the article.
    is_sure: list[bool]
    #: How many characters of sure paragraphs each element holds.
    weights: Mapping[HtmlElement, int]
    #: Teasers of other stories.
    cards: set[HtmlElement]


def find_content(tree: HtmlElement, pieces: Sequence[Piece], article_body: str, title: str) -> Content | None:
    """Find the article among the ``pieces`` of a page; None where there is none.

    ``article_body`` is the article's text as JSON-LD gives it, maybe empty; ``title`` the page's title, by which the
    headline is recognised. Nothing is cut out of a piece: each is in or out as a whole.
    """
    signals = _read_signals(tree, pieces, article_body)
    total = signals.weights.get(tree, 0)
    if not total:
        return None
    clean = _find_clean(pieces, signals, total)
    container = _find_container(tree, signals.weights, CONTAINER_SHARE * total)
    inside = [piece.element is container or container in piece.element.iterancestors() for piece in pieces]
    kept = _with_alike(pieces, signals, clean, inside)
    headline = _find_headline(pieces, kept, title)
    kept = _with_opening(pieces, kept, signals, headline)
    kept = _with_lead(pieces, kept, _flagged_in_all(signals.is_sure, clean), headline)
    kept = _until_next_article(pieces, kept, headline)
    return _content_between(pieces, kept, _flagged_in_all(clean, inside), headline, signals.weights)


def count_left_out(pieces: Sequence[Piece], text: str) -> int:
    """Words of the page's prose that stand in no menu, advertisement, list of stories or comment and not in ``text``;
    0 where they are few, as notes on the writer or the paper are."""
    listed = find_story_lists(pieces)
    candidates = [piece not in listed and not piece.linked and _is_sentence_paragraph(piece) for piece in pieces]
    outside = BoilerplateFilter(_is_beside).flag_kept(pieces, candidates)
    letters = alphanumeric_key(text)
    left_out = {
        words: len(piece.text.split())
        for piece, is_outside in zip(pieces, outside, strict=True)
        if is_outside and (words := alphanumeric_key(piece.text)) not in letters
    }
    count = sum(left_out.values())
    return count if count >= max(LEAST_LEFT_OUT, LEFT_OUT_SHARE * len(text.split())) else 0


def _is_beside(element: HtmlElement) -> bool:
    return is_surely_boilerplate(element) or is_comments_or_consent(element)


def _read_signals(tree: HtmlElement, pieces: Sequence[Piece], article_body: str) -> _Signals:
    cards = find_cards(pieces)
    listed = find_story_lists(pieces)
    is_text = [piece not in listed and _is_more_than_links(piece) for piece in pieces]
    has_text = BoilerplateFilter(is_comments_or_consent).flag_kept(pieces, is_text)
    clean = BoilerplateFilter(is_named_boilerplate, cards).flag_kept(pieces, has_text)
    in_body = signal_of_article_body(pieces, article_body)
    by_trafilatura = signal_of_trafilatura(tree, pieces, clean)
    is_sure = [first or second for first, second in zip(by_trafilatura, in_body, strict=True)]
    return _Signals(has_text, in_body, is_sure, _weigh_elements(pieces, _flagged_in_all(is_sure, has_text)), cards)


def _find_clean(pieces: Sequence[Piece], signals: _Signals, total: int) -> list[bool]:
    """Which pieces are text outside boilerplate, cards and offers, now that the article's size (``total``) is known."""
    cards = signals.cards | find_offers(pieces, _built_like_article(pieces, signals.is_sure, OWN_SHARE * total))
    by_name = BoilerplateFilter(is_named_boilerplate, cards, signals.weights, KEPT_SHARE * total)
    clean = by_name.flag_kept(pieces, signals.has_text)
    sure_and_clean = _flagged_in_all(signals.is_sure, clean)
    if sum(len(piece.text) for piece, flag in zip(pieces, sure_and_clean, strict=True) if flag) < CLEAN_SHARE * total:
        return BoilerplateFilter(is_hidden, cards).flag_kept(pieces, signals.has_text)
    return clean


def _flagged_in_all(*flags: Sequence[bool]) -> list[bool]:
    """Which pieces are flagged in every list."""
    return [all(of_piece) for of_piece in zip(*flags, strict=True)]


def _weigh_elements(pieces: Sequence[Piece], chosen: Sequence[bool]) -> dict[HtmlElement, int]:
    """How many characters of the chosen paragraphs each element holds."""
    weights: Counter[HtmlElement] = Counter()
    for piece, is_chosen in zip(pieces, chosen, strict=True):
        if is_chosen and is_weighty(piece) and piece.element.tag not in HEADINGS:
            for element in (piece.element, *piece.element.iterancestors()):
                weights[element] += len(piece.text)
    return weights


def _find_container(tree: HtmlElement, weights: Mapping[HtmlElement, int], min_chars: float) -> HtmlElement:
    """The smallest element that holds ``min_chars`` of the article; never a paragraph itself."""
    container = tree
    while True:
        heavy = [child for child in container if weights.get(child, 0) >= min_chars and child.tag not in ("p", "li")]
        if not heavy:
            return container
        container = heavy[0]


def _is_more_than_links(piece: Piece) -> bool:
    """Whether the piece is neither all linked nor a label with a link behind it; a sentence always is more."""
    if not piece.linked or piece.text.endswith((".", ".”", '."')):
        return True
    if piece.linked >= MOSTLY_LINKED * len(piece.text.replace(" ", "")):
        return False
    label = _LABEL.match(piece.text)
    return not (label and piece.linked > LABELLED_LINK_CHARS and len(piece.text) - piece.linked <= len(label[0]) + 2)


def _shape_of(piece: Piece) -> _Shape:
    """How a piece is built: tags and classes of its element and the one around it, numbers left out."""
    outer = piece.element.getparent()
    elements = (piece.element, outer) if outer is not None else (piece.element,)
    return tuple(f"{element.tag} {_DIGITS.sub('', element.get('class') or '')}" for element in elements)


def _built_like_article(pieces: Sequence[Piece], is_sure: Sequence[bool], min_chars: float) -> Callable[[Piece], bool]:
    """A test for pieces that are built as ``min_chars`` characters of the article are."""
    sizes: Counter[_Shape] = Counter()
    for piece, sure in zip(pieces, is_sure, strict=True):
        if sure and is_weighty(piece):
            sizes[_shape_of(piece)] += len(piece.text)
    shapes = {shape for shape, size in sizes.items() if size >= min_chars}
    return lambda piece: _shape_of(piece) in shapes


def _with_alike(
    pieces: Sequence[Piece], signals: _Signals, clean: Sequence[bool], inside: Sequence[bool]
) -> list[bool]:
    """The sure pieces and those built like them; below the last that JSON-LD has, only pieces built alike.

    ``inside`` flags the pieces in the article's container.
    """
    sure = [
        in_body or in_article
        for in_body, in_article in zip(signals.in_body, _flagged_in_all(signals.is_sure, inside, clean), strict=True)
    ]
    shapes = Counter(_shape_of(piece) for piece, flag in zip(pieces, sure, strict=True) if flag and is_weighty(piece))
    last_in_body = max((i for i, in_body in enumerate(signals.in_body) if in_body), default=len(pieces))
    kept: list[bool] = []
    for i, piece in enumerate(pieces):
        if shapes[_shape_of(piece)] >= MIN_ALIKE:
            is_allowed = clean[i] and (inside[i] or signals.is_sure[i])
            kept.append(sure[i] or (is_allowed and _is_recoverable(piece)))
        else:
            kept.append(sure[i] and i <= last_in_body)
    return kept


def _is_recoverable(piece: Piece) -> bool:
    return piece.text.count(" ") + 1 >= RECOVERED_WORDS and piece.element.tag not in HEADINGS


def _find_headline(pieces: Sequence[Piece], kept: Sequence[bool], title: str) -> int | None:
    """The index of the headline: the last heading above most of the article that says what the title says."""
    sizes = [len(piece.text) if is_kept else 0 for piece, is_kept in zip(pieces, kept, strict=True)]
    half = sum(sizes) / 2
    middle = next((i for i, size in enumerate(accumulate(sizes)) if size > half), 0)
    upper = range(middle + 1)
    headings = [i for i in upper if _is_main_heading(pieces[i], title)]
    if headings:
        return headings[-1]
    squashed_title = alphanumeric_key(title)
    same_words = [i for i in upper if alphanumeric_key(pieces[i].text) == squashed_title and not pieces[i].linked]
    return max(same_words, default=None)


def _is_main_heading(piece: Piece, title: str) -> bool:
    return piece.element.tag == "h1" and title_similarity(piece.text, title) >= HEADLINE_LIKE


def _with_lead(
    pieces: Sequence[Piece], kept: list[bool], sure_and_clean: Sequence[bool], headline: int | None
) -> list[bool]:
    """With the sure paragraphs between headline and container: a lead that stands apart from the rest."""
    if headline is None or True not in kept[headline:]:
        return kept
    between = range(headline + 1, kept.index(True, headline))
    lead = {i for i in between if sure_and_clean[i] and _is_sentence_paragraph(pieces[i])}
    return [is_kept or i in lead for i, is_kept in enumerate(kept)]


def _with_opening(pieces: Sequence[Piece], kept: list[bool], signals: _Signals, headline: int | None) -> list[bool]:
    """With the paragraphs between the headline and the first that is kept, where only the name of a box
    ("teaser-content") spoke against them: whole sentences without links, with nothing else but captions and headings
    down to that first one."""
    start = 0 if headline is None else headline + 1  # a headline may be kept itself
    first = kept.index(True, start) if True in kept[start:] else 0
    is_allowed = BoilerplateFilter(is_surely_boilerplate, signals.cards).flag_kept(pieces, signals.has_text)
    opening: set[int] = set()
    for i in range(first - 1, -1 if headline is None else headline, -1):
        piece = pieces[i]
        if is_allowed[i] and _is_sentence_paragraph(piece) and not piece.linked and not _in_link(piece):
            opening.add(i)
        elif is_weighty(piece) and piece.element.tag not in HEADINGS and not is_caption_element(piece.element):
            break
    return [is_kept or i in opening for i, is_kept in enumerate(kept)]


def _in_link(piece: Piece) -> bool:
    return any(outer.tag == "a" for outer in piece.element.iterancestors())


def _is_sentence_paragraph(piece: Piece) -> bool:
    return is_weighty(piece) and ends_sentence(piece.text) and piece.element.tag not in HEADINGS


def _until_next_article(pieces: Sequence[Piece], kept: list[bool], headline: int | None) -> list[bool]:
    """What is kept, up to the next article of a page that goes on and on: to a heading built like the headline."""
    if headline is None:
        return kept
    for i in range(headline + 1, len(pieces)):
        if _is_next_headline(pieces[i], pieces[headline]) and any(kept[headline:i]):
            return [is_kept and index < i for index, is_kept in enumerate(kept)]
    return kept


def _is_next_headline(piece: Piece, headline: Piece) -> bool:
    return (
        piece.element.tag in HEADINGS
        and piece.element.getparent() is not headline.element.getparent()
        and _shape_of(piece) == _shape_of(headline)
        and alphanumeric_key(piece.text) != alphanumeric_key(headline.text)
    )


def _content_between(
    pieces: Sequence[Piece],
    kept: Sequence[bool],
    allowed: Sequence[bool],
    headline: int | None,
    weights: Mapping[HtmlElement, int],
) -> Content | None:
    """What lies between the first paragraph and the last, from the headline on, each once.

    ``allowed`` flags the pieces among which subheadings and captions are looked for.
    """
    start = 0 if headline is None else headline + 1
    prose = [i for i in range(start, len(pieces)) if kept[i] and pieces[i].element.tag not in HEADINGS]
    prose = [i for i in prose if not is_caption_element(pieces[i].element)]
    if not prose:
        return None
    between = range(prose[0], prose[-1] + 1)
    chosen = [pieces[i] for i in between if kept[i] or (allowed[i] and _is_heading_or_caption(pieces[i], weights))]
    content = tuple(_without_copies(chosen))
    if headline is None:
        return Content(content)
    return Content(content, pieces[headline], tuple(pieces[start : prose[0]]))


def _without_copies(pieces: Sequence[Piece]) -> list[Piece]:
    """Without labels, and without pieces that say what another says in full: copies for small screens, quotations
    set large."""
    squashed = [alphanumeric_key(piece.text) for piece in pieces]
    all_words = "\n".join(dict.fromkeys(squashed))
    times = Counter(squashed)
    shapes = Counter(map(_shape_of, pieces))
    seen: set[str] = set()
    kept: list[Piece] = []
    for piece, words in zip(pieces, squashed, strict=True):
        is_label = times[words] >= LABEL_TIMES and piece.text[-1] not in '.!?”"' and " " in piece.text
        is_rare = shapes[_shape_of(piece)] <= RARE_SHAPE
        is_copy = len(words) >= SHORT_CHARS and (words in seen or (is_rare and all_words.count(words) > 1))
        if not is_label and not is_copy:
            kept.append(piece)
        seen.add(words)
    return kept


def _is_heading_or_caption(piece: Piece, weights: Mapping[HtmlElement, int]) -> bool:
    """Subheadings and captions among the paragraphs, which no signal need name."""
    if piece.element.tag in HEADINGS:
        outer = piece.element.getparent()
        return outer is not None and weights.get(outer, 0) > 0
    return is_caption_element(piece.element)


def is_caption_element(element: HtmlElement) -> bool:
    """Whether the element is a picture's caption: in a <figure>, or in an element whose class or id calls it one.

    False inside a <blockquote> or <table>, whatever lies around that.
    """
    for outer in [element, *element.iterancestors()][:CAPTION_LEVELS]:
        if outer.tag in ("blockquote", "table"):
            return False
        if outer.tag in ("figure", "figcaption") or not _CAPTION_WORDS.isdisjoint(words_of_name(outer)):
            return True
    return False
