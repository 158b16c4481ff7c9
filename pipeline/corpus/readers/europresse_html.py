"""Pages of Europresse and Eureka by the classes of their elements, whether or not they give documents a number.

<article>
  <header>
    <span class="DocPublicationName">The Daily Example, no. 12</span> <span class="DocHeader">News, 4 March 2025</span>
    <p class="titreArticleVisu">Larnhaven to lose its ferry</p> <div class="docAuthors">Ada Brandt</div>
  </header>
  <section><div class="DocText"><div class="docOcurrContainer"> text </div></div></section>
  <footer>© 2025 ... <span class="publiC-lblNodoc">news·20250304·DE·001234</span></footer>
</article>
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.corpus.metadata.days import parse_day
from pipeline.corpus.press import Entry
from pipeline.corpus.press.entries import find_day, join_body, join_field
from pipeline.corpus.press.europresse import clean_source, read_section

#: Classes of the elements of a document, the most exact first; a class of that name may have others beside it.
_SOURCE = ("DocPublicationName",)
_HEADER = ("DocHeader",)
_TITLE = ("titreArticleVisu", "titreArticle")
_AUTHORS = ("docAuthors", "sm-margin-bottomNews")
_TEXT = ("docOcurrContainer", "DocText")
#: The day in the number of a document.
_NUMBERED_DAY = re.compile(r"[·•](\d{8})[·•]")
#: What such a page calls its documents' text besides: links to the paper's own page, in French and English.
_NO_TEXT = re.compile(
    r"(?:Cet article est paru dans|This article appeared in|Lire aussi|Voir aussi)\b.{0,200}", re.IGNORECASE
)

#: The lines of the text in an element.
IterLines = Callable[[Any], Iterator[str]]


def find_europresse_articles(tree: Any, iter_lines: IterLines) -> tuple[Entry, ...]:
    """The documents of such a page in their order, () for other pages, and where no document names its text."""
    documents = []
    for source in tree.iter():
        if _has_class(source, _SOURCE[0]) and (document := _document_of(source)) is not None:
            documents.append(document)
    entries = tuple(_read_document(document, iter_lines) for document in dict.fromkeys(documents))
    return entries if any(entry.text for entry in entries) else ()


def _has_class(node: Any, name: str) -> bool:
    return isinstance(node.tag, str) and name in (node.get("class") or "").split()


def _document_of(source: Any) -> Any | None:
    """The smallest element around the name of a source that has a title or a text too; None without one."""
    for ancestor in source.iterancestors():
        if ancestor.tag == "article" or _find(ancestor, _TEXT) is not None:
            return ancestor
    return None


def _find(document: Any, names: tuple[str, ...]) -> Any | None:
    """The first element of the first class that any element of the document has."""
    for name in names:
        found = next((node for node in document.iter() if _has_class(node, name)), None)
        if found is not None:
            return found
    return None


def _read_document(document: Any, iter_lines: IterLines) -> Entry:
    def field(names: tuple[str, ...]) -> str:
        node = _find(document, names)
        return join_field(list(iter_lines(node))) if node is not None else ""

    text = _find(document, _TEXT)
    header = field(_HEADER)
    number = _NUMBERED_DAY.search("".join(document.itertext()))
    return Entry(
        text=join_body([line for line in iter_lines(text) if not _NO_TEXT.fullmatch(line)]) if text is not None else "",
        title=field(_TITLE),
        published=find_day(header) or (parse_day(number[1]) if number else None) or find_day(field(_SOURCE)),
        publisher=clean_source(field(_SOURCE)),
        byline=field(_AUTHORS),
        section=read_section(header) if header else "",
    )
