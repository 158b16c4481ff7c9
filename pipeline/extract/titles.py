"""Titles of articles, films and books named within running text: "the essay Ada Brandt Walks To The Sea".

A title in capitals has few words in lower case. Names have capitals too, but write their small words small ("Bank of
Larn"): a run of capitalised words is a title only where a verb or a word such as "By" or "His" among them has one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from spacy.tokens import Doc

from pipeline.extract.columns import doc_text
from pipeline.records import Span

#: Words that titles write small or not, names nearly always small. No "Will", "May" or "In", which names begin with.
_NEVER_IN_NAMES = frozenset(
    {
        "About", "After", "Against", "Am", "Amid", "Are", "As", "At", "Be", "Because", "Been", "Before", "Behind", "By",
        "Can", "Could", "Did", "Do", "Does", "From", "Had", "Has", "Have", "Her", "His", "How", "If", "Into", "Is",
        "It", "Its", "Me", "Must", "My", "Not", "Our", "Over", "She", "Should", "Than", "That", "Their", "They", "To",
        "Was", "We", "Were", "What", "When", "Where", "Which", "While", "Who", "Why", "With", "Would", "You", "Your",
    }
)  # fmt: skip
#: Up to two of the words that titles write small, then a capital or a number. The same for the whole run: four words
#: with a capital, 40 at most, with nothing but a blank or a comma between them ("Mayor, Council Clash Over Plan").
_SMALL = r"(?:(?:a|an|and|as|at|but|by|for|from|in|into|of|on|or|over|the|to|vs|with) ){0,2}"
_CAPITALISED = r"(?:[^\W\d_a-zß-öø-ÿ][\w'’-]*+(?:\.\w+)*+|\$?\d+)"
_RUN = re.compile(rf"(?<![\w'’.-])[^\W\d_a-zß-öø-ÿ][\w'’-]*+(?:\.\w+)*+(?:,? {_SMALL}{_CAPITALISED}){{3,40}}+")
#: Share of words with a capital, among those of four letters and more, from which a headline has title case: "Brandt
#: Warns Of Storm" has 1.0, a sentence of the text seldom half. Shorter ones are written either way.
_CAPITAL_SHARE, _SHORTEST_ASKED = 0.7, 4
#: Tags of verbs.
_VERB_TAGS = frozenset({"VB", "VBD", "VBN", "VBP", "VBZ", "MD"})


@lru_cache(maxsize=1)  # names and quotes both ask
def find_titles(doc: Doc) -> tuple[Span, ...]:
    """The stretches of ``doc.text`` that are titles in capitals, in text order; lines all in capitals are none."""
    runs = _RUN.finditer(doc_text(doc))
    return tuple(match.span() for match in runs if not match[0].isupper() and _is_title(doc, match))


def _is_title(doc: Doc, match: re.Match[str]) -> bool:
    """Whether a verb or a small word that is not the first has a capital."""
    if not _NEVER_IN_NAMES.isdisjoint(match[0].replace(",", "").split()[1:]):
        return True
    span = doc.char_span(*match.span(), alignment_mode="contract")
    return span is not None and any(token.tag_ in _VERB_TAGS and token.text.istitle() for token in span[1:])


def tokens_in_titles(doc: Doc) -> frozenset[int]:
    """The indices of the tokens of ``doc`` that stand in such a title."""
    spans = (doc.char_span(*title, alignment_mode="contract") for title in find_titles(doc))
    return frozenset(chain.from_iterable(range(span.start, span.end) for span in spans if span is not None))


def never_in_name(word: str) -> bool:
    """Whether a word, as written, is none that a name has a capital for: "By", "His"."""
    return word in _NEVER_IN_NAMES


def has_title_case(text: str) -> bool:
    """Whether a headline writes its words with capitals: most of those of four letters and more."""
    words = [word for word in text.split() if len(word) >= _SHORTEST_ASKED and word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= _CAPITAL_SHARE * len(words)
