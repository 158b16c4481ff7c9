"""Where names of models/places stand in a text, with what stands around each: ``find_name_matches``.

A match decides nothing: gazetteer.py asks it what its neighbours are and what the parser makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from pipeline.extract.entities.metonymy import government_evidence
from pipeline.extract.entities.parser_entities import PLACE_LABELS, ParsedNames, ParserEntity
from pipeline.knowledge.context_words import ContextWords
from pipeline.knowledge.places import EntryKind, PlaceEntry

#: A word that begins with anything but a lower-case letter, a digit or an underscore.
_CAPITAL_WORD = re.compile(r"\b(?=[^\W\d_a-z])\w+")
#: What follows the place of a dateline: "LARN -- The mill shut".
DASHES = frozenset({"-", "--", "---", "–", "—"})
#: Tags of common nouns.
COMMON_NOUNS = frozenset({"NN", "NNS"})
#: Parts of speech that a name before them describes: "the Tucson mayor".
_DESCRIBED = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
#: Kinds of names that make the town before them a place: "Larn, Norway", "Larn, Ohio", "Larn, Ill.".
_HOLDER_KINDS = frozenset({"name", "region", "abbreviation"})


@dataclass(frozen=True)
class NameMatch:
    """A name of the tables as it stands in the text."""

    #: The article it stands in.
    parsed: ParsedNames
    #: First code point in the text.
    start: int
    #: The code point after its last.
    end: int
    #: What the tables have under the name.
    entry: PlaceEntry
    #: The tokens that share a character with it, never none.
    tokens: Sequence[Token]
    #: The parser's entity that holds the first of its tokens that is in any.
    entity: ParserEntity | None

    @property
    def kind(self) -> EntryKind:
        """What the tables say the name is."""
        return self.entry.kind

    @property
    def words(self) -> ContextWords:
        """The words around names that tell what they are."""
        return self.parsed.table.context

    @property
    def is_common_word(self) -> bool:
        """Whether the tables mark the name as a word or family name too: "Reading"."""
        return self.entry.text in self.parsed.table.common_words

    @property
    def is_surname(self) -> bool:
        """Whether the article names somebody in full whose surname this is."""
        return self.entry.text in self.parsed.surnames

    @property
    def before(self) -> Token | None:
        """The token before the name, None at the start of the text."""
        first = self.tokens[0].i
        return self.parsed.doc[first - 1] if first else None

    @property
    def word_before(self) -> str:
        """The token before the name in lower case, empty at the start of the text."""
        before = self.before
        return before.lower_ if before is not None else ""

    @property
    def after(self) -> Token | None:
        """The token after the name, None at the end of the text."""
        return self._token(self.tokens[-1].i + 1)

    @property
    def second_after(self) -> Token | None:
        """The token after that, None at the end of the text."""
        return self._token(self.tokens[-1].i + 2)

    @property
    def is_part_of_entity(self) -> bool:
        """Whether the parser's entity has more than the name; a full stop after it is no more."""
        return self.entity is not None and (self.entity.start < self.start or self.entity.end > self.end + 1)

    @property
    def is_part_of_organisation(self) -> bool:
        """Whether the parser has the name inside an organisation: "Norway" in "Bank of Norway"."""
        return self.entity is not None and self.entity.label == "ORG" and self.is_part_of_entity

    @cached_property
    def government_evidence(self) -> str:
        """Why a capital means its government here (what it does, what it has), empty when nothing says so."""
        return government_evidence(self.tokens[-1], self.words)

    @cached_property
    def is_before_region(self) -> bool:
        """Whether a comma and a country, state or its abbreviation follow: "Larn, Norway", "Springfield, Ill."."""
        following = self.second_after
        if following is None or self.after is None or self.after.text != ",":
            return False
        if not following.is_title and not following.is_upper:
            return False
        word = _CAPITAL_WORD.match(self.parsed.text, following.idx)
        candidates = self.parsed.table.entries_by_first_word.get(word[0], ()) if word else ()
        return any(
            self.parsed.text.startswith(name, following.idx) and entry.kind in _HOLDER_KINDS
            for name, entry in candidates
        )

    @property
    def is_after_place(self) -> bool:
        """Whether a capitalised word and a comma stand before, and the name is no pronoun: "Larn, Ill."."""
        first = self.tokens[0].i
        if first < 2 or self.tokens[0].tag_ == "PRP":
            return False
        return self.parsed.doc[first - 1].text == "," and self.parsed.doc[first - 2].text[:1].isupper()

    @property
    def opens_dateline(self) -> bool:
        """Whether the name begins a sentence and a dash follows: "LARN -- The mill shut"."""
        return self.tokens[0].is_sent_start is True and self.after is not None and self.after.text in DASHES

    @property
    def stands_as_town(self) -> bool:
        """Whether words around make a town of what the parser took for somebody: "in Corby", "Corby residents"."""
        if self.entity is None or self.is_part_of_entity:
            return False
        before = self.word_before
        if before in self.words.town_prepositions:
            return True
        if before in self.words.origin_prepositions and self.entity.label == "ORG":
            return True
        return self.after is not None and self.after.lower_ in self.words.town_nouns and not self.is_common_word

    @property
    def is_placed(self) -> bool:
        """Whether anything beside the name makes it a town: a region after it, a dateline, or a town's words."""
        return self.is_before_region or self.stands_as_town or self.opens_dateline

    @property
    def is_parser_place(self) -> bool:
        """Whether the parser has a place there."""
        return self.entity is not None and self.entity.label in PLACE_LABELS

    def _token(self, index: int) -> Token | None:
        return self.parsed.doc[index] if index < len(self.parsed.doc) else None


def has_bare_article(before: Token | None, after: Token | None) -> bool:
    """Whether "the" stands before a name that describes no noun after it: "the Tucson sold well".

    "The Paris of the East" is a town.
    """
    if before is None or before.lower_ != "the":
        return False
    return after is None or (after.pos_ not in _DESCRIBED and after.lower_ not in ("of", "-", "'s", "’s"))


def find_name_matches(parsed: ParsedNames) -> Iterator[NameMatch]:
    """The names of the tables in the text, in text order, none overlapping another; the longest name wins.

    Names begin with a capital and stand free: "Oslo" is found in "Oslo-based", not in "Osloers" or "@Oslo".
    """
    text, by_first_word = parsed.text, parsed.table.entries_by_first_word
    taken_until = 0
    for word in _CAPITAL_WORD.finditer(text):
        start = word.start()
        if start < taken_until:
            continue
        for name, entry in by_first_word.get(word[0], ()):
            end = start + len(name)
            if not text.startswith(name, start) or not _stands_free(text, start, end):
                continue
            span = parsed.doc.char_span(start, end, alignment_mode="expand")
            if span is None or span[0].like_url:
                break
            entity = next((parsed.entity_at[token.i] for token in span if token.i in parsed.entity_at), None)
            yield NameMatch(parsed, start, end, entry, list(span), entity)
            taken_until = end
            break


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether the characters around are not those of a longer word, an address or a handle."""
    before, after = text[start - 1 : start], text[end : end + 2]
    if before and (before in "@#_\\." or before.isalnum()):
        return False
    if after[:1] and (after[0].isalnum() or after[0] in "@_$"):
        return False
    return not (after[:1] == "." and after[1:].islower())
