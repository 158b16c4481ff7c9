"""Everyone and everything named in one article, looked up by place and by name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.link.phrases import head_of_tokens
from pipeline.records import Article, Label, Mention, Span
from pipeline.text.spans import SpanIndex

#: Mentions before a word that are looked at, which is those of the last 4,300 words or so (measured on 60 articles).
#: With all of them the time would grow with the square of the article's length.
_MAX_PRECEDING = 400
#: Of mentions that overlap, people come before organisations, those before countries and places.
_LABEL_ORDER: Mapping[Label, int] = {"PERSON": 0, "ORG": 1, "COUNTRY": 2, "PLACE": 3}

#: Letters of the shortest initials that stand for an organisation: two are too often something else ("PM", "EU").
_FEWEST_INITIALS = 3

#: What tells a parent from a child of the same name.
GENERATIONS = frozenset({"Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"})
#: An entity of the article: label and canonical name, ("PERSON", "Ada Brandt").
EntityKey = tuple[Label, str]


class Role(NamedTuple):
    """What a person is: ``text``, as the article writes it ("mayor of Larn"); ``country``, an alpha-3 code or empty;
    ``country_source``, which words tell the country, for the reason.
    """

    text: str = ""
    country: str = ""
    country_source: str = ""


def entity_key(mention: Mention) -> EntityKey:
    """The entity that a mention names: all mentions with the same label and canonical name are one."""
    return mention.label, mention.canonical


def surname_of(name: str) -> str:
    """The last word of a person's name, "Jr." and the like left out: "Little" of "Milton J. Little Jr."."""
    words = name.split()
    while len(words) > 1 and words[-1] in GENERATIONS:
        words.pop()
    return words[-1]


def initials(name: str) -> str:
    """The first letters of a name's words in capitals: "HCSO" of "Harrow County Sheriff's Office"."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The mentions of one article.

    ``mentions``: all in text order; ``entities``: the same by entity; ``spans``: the same by place.
    ``roles``: what ``role_of`` found for each person, kept because every noun that might mean the person asks again.
    ``token_starts``, ``token_ends``: offsets of all tokens, the ends excluded; ``lowered``: their text in lower case.
    ``nouns``: the nouns that took up each organisation so far; one called "the union" is not "the company".
    """

    doc: Doc
    article: Article
    mentions: Sequence[Mention]
    entities: Mapping[EntityKey, Sequence[Mention]]
    spans: SpanIndex[Mention]
    token_starts: Sequence[int]
    token_ends: Sequence[int]
    lowered: Sequence[str]
    roles: dict[EntityKey, Role] = field(default_factory=dict)
    nouns: dict[EntityKey, set[str]] = field(default_factory=dict)

    def mentions_before(self, offset: int) -> Iterator[Mention]:
        """Mentions that end at or before ``offset``, nearest first, the last four hundred at most."""
        index = bisect_right(self.mentions, offset, key=lambda mention: mention.start)
        for mention in reversed(self.mentions[max(index - _MAX_PRECEDING, 0) : index]):
            if mention.end <= offset:
                yield mention

    def mentions_overlapping(self, span: Span) -> list[Mention]:
        """Mentions that share a character with ``span``, in text order."""
        return self.spans.overlapping(*span)

    def mentions_within(self, span: Span) -> list[Mention]:
        """Mentions that lie wholly within ``span``, in text order."""
        start, end = span
        return [mention for mention in self.mentions_overlapping(span) if start <= mention.start and mention.end <= end]

    def mention_at(self, span: Span) -> Mention | None:
        """The widest mention that overlaps ``span``; people before organisations before countries before places.

        One that is only a part of a longer name ("Larn" in "Larn Shipping") comes last.
        """
        return min(
            self.mentions_overlapping(span),
            key=lambda mention: (
                mention.use == "name_part",
                _LABEL_ORDER[mention.label],
                -(mention.end - mention.start),
                mention.start,
            ),
            default=None,
        )

    def mention_on(self, token: Token) -> Mention | None:
        """The mention that the token belongs to, as ``mention_at`` chooses it."""
        return self.mention_at((token.idx, token.idx + len(token)))

    def can_be_antecedent(self, mention: Mention) -> bool:
        """Whether "he" or "the company" may mean it: it stands not in the dateline, and is not the publisher."""
        block = self.article.block_at(mention.start)
        is_publisher = mention.label == "ORG" and mention.canonical == self.article.publisher
        return block is not None and block.role != "dateline" and not is_publisher

    def overlooked_name(self, head: Token) -> Mention | None:
        """What a word names that is no mention here: somebody by surname, what the article calls so, a short name."""
        return self.person_by_surname(head) or self.name_elsewhere(head) or self.organisation_by_part(head)

    def person_by_surname(self, head: Token) -> Mention | None:
        """The last person before whose name ends in this word, where the model overlooked a name."""
        is_bare = not any(True for _ in head.lefts)
        is_plural_surname = head.tag_ == "NNS" and head.text.istitle() and is_bare  # "Banks said"
        if head.pos_ != "PROPN" and not is_plural_surname:
            return None
        return next(
            (
                mention
                for mention in self.mentions_before(head.idx)
                if mention.label == "PERSON" and surname_of(mention.canonical) == head.text
            ),
            None,
        )

    def name_elsewhere(self, head: Token) -> Mention | None:
        """The person or organisation that is named by just this word elsewhere, where the model overlooked it here."""
        if head.pos_ != "PROPN" or any(child.dep_ in ("compound", "det") for child in head.lefts):
            return None
        text, word = self.article.text, head.text
        for mention in self.mentions:
            is_full = mention.label in ("PERSON", "ORG") and mention.use != "name_part"
            if is_full and text[mention.start : mention.end] == word:
                return mention
        return None

    def organisation_by_part(self, head: Token) -> Mention | None:
        """The organisation named last before whose full name begins with this word, or has it as its initials.

        Larn Airlines for "Larn", the Harrow County Sheriff's Office for "HCSO", but not the unit LRN Harbour for "LRN"
        where that was named before it; None where the word does not stand alone.
        """
        word = head.text
        is_acronym = word.isupper() and len(word) >= _FEWEST_INITIALS
        may_stand_before = ("the",) if is_acronym else ()
        if head.tag_ not in ("NNP", "JJ", "NN") or not word[0].isupper():
            return None
        if any(child.lower_ not in may_stand_before for child in head.lefts):
            return None
        is_place = any(mention.label == "PLACE" and mention.canonical == word for mention in self.mentions)
        is_own_name = ("ORG", word) in self.entities  # kept apart from longer names, see ``find_long_names``
        for mention in self.mentions_before(head.idx):
            if mention.label == "ORG" and mention.use != "name_part" and " " in mention.canonical:
                is_short = mention.canonical.startswith(f"{word} ") and not self._is_named_before(word, mention)
                is_short = is_short and not is_place and not is_own_name  # "Larn" of the "Larn Police"
                if is_short or (is_acronym and word in (initials(mention.canonical), self._initials_at_home(mention))):
                    return mention
        return None

    def _initials_at_home(self, mention: Mention) -> str:
        """The initials of an organisation's name without its country's: "HA" of "U.S. Harbour Agency"; else empty."""
        inside = self.mentions_within((mention.start, mention.end))
        is_home = inside[0].label == "COUNTRY" and inside[0].start == mention.start and inside[0].end < mention.end
        return initials(self.article.text[inside[0].end : mention.end]) if is_home else ""

    def _is_named_before(self, initials_of_owner: str, mention: Mention) -> bool:
        """Whether initials stand as a name of their own before a mention of the longer name that they begin."""
        earlier = self.mentions_before(mention.start) if initials_of_owner.isupper() else ()
        return any(named.label == "ORG" and named.canonical == initials_of_owner for named in earlier)

    def mentions_of_entity(self, mention: Mention) -> Sequence[Mention]:
        """All mentions of the entity that the mention names, itself among them, in text order."""
        return self.entities.get(entity_key(mention), ())

    def canonical_span(self, mention: Mention) -> Span:
        """The first place where the entity stands with its canonical name, else that of the mention itself."""
        for candidate in self.mentions_of_entity(mention):
            if self.article.text[candidate.start : candidate.end] == mention.canonical:
                return candidate.start, candidate.end
        return mention.start, mention.end

    def name_head(self, mention: Mention) -> Token | None:
        """The token that the other words of a name hang on; a possessive "'s" is none of them."""
        tokens = self.tokens_in((mention.start, mention.end))
        return head_of_tokens([token for token in tokens if token.tag_ != "POS"])

    def tokens_in(self, span: Span) -> list[Token]:
        """The tokens of the Doc that share a character with ``span``, a span of the article's text."""
        first = bisect_right(self.token_ends, span[0])
        last = bisect_left(self.token_starts, span[1], first)
        return [self.doc[index] for index in range(first, last)]


def build_mention_index(doc: Doc, article: Article, mentions: Sequence[Mention]) -> MentionIndex:
    """The index of one article's mentions, which must be in text order; ``doc`` is the parse of its text."""
    entities: dict[EntityKey, list[Mention]] = {}
    for mention in mentions:
        entities.setdefault(entity_key(mention), []).append(mention)
    spans = SpanIndex(mentions, lambda mention: [(mention.start, mention.end)])
    columns = doc.to_array(["IDX", "LENGTH", "LOWER"])  # asking each token takes several times as long
    starts = columns[:, 0].tolist()
    ends = (columns[:, 0] + columns[:, 1]).tolist()
    strings = doc.vocab.strings
    lowered_of = {number: strings[number] for number in {*columns[:, 2].tolist()}}
    lowered = [lowered_of[number] for number in columns[:, 2].tolist()]
    return MentionIndex(doc, article, mentions, entities, spans, starts, ends, lowered)
