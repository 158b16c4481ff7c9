"""Everyone and everything named in one article, looked up by place and by name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipeline.records import Article, Mention, Span
from pipeline.text.spans import SpanIndex

#: So many mentions before a pronoun are looked at.
_MOST = 400
_ORDER = {"PERSON": 0, "ORG": 1, "COUNTRY": 2, "PLACE": 3}


@dataclass(frozen=True, slots=True)
class MentionIndex:
    """The mentions of one article in text order; ``entities`` has them by label and canonical name."""

    doc: Doc
    article: Article
    mentions: Sequence[Mention]
    entities: Mapping[tuple[str, str], Sequence[Mention]]
    index: SpanIndex[Mention]
    #: What role_of found, by entity: asked again for every noun that might mean the person.
    roles: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    #: The nouns that took up each organisation so far: one called "the union" is not "the company".
    called: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def before(self, offset: int) -> Iterator[Mention]:
        """Mentions that end at or before ``offset``, nearest first, the last few hundred at most."""
        index = bisect_right(self.mentions, offset, key=lambda mention: mention.start)
        for mention in reversed(self.mentions[max(index - _MOST, 0) : index]):
            if mention.end <= offset:
                yield mention

    def overlapping(self, span: Span) -> list[Mention]:
        """Mentions that share a character with ``span``."""
        return self.index.overlapping(*span)

    def inside(self, span: Span) -> list[Mention]:
        """Mentions that lie within ``span``."""
        return [m for m in self.overlapping(span) if span[0] <= m.start and m.end <= span[1]]

    def at(self, span: Span) -> Mention | None:
        """The widest mention that overlaps ``span``; people before organisations before places."""
        return min(
            self.overlapping(span),
            key=lambda m: (m.use == "name_part", _ORDER[m.label], -(m.end - m.start), m.start),
            default=None,
        )

    def may_be_meant(self, mention: Mention) -> bool:
        """Whether "he" or "the company" may mean it: not in the dateline, not the publisher."""
        block = self.article.block_at(mention.start)
        named = mention.label == "ORG" and mention.canonical == self.article.publisher
        return block is not None and block.role != "dateline" and not named

    def by_last_name(self, head: Token) -> Mention | None:
        """The last person before whose name ends in this word: what the model overlooked."""
        plural = head.tag_ == "NNS" and head.text.istitle() and not any(True for _ in head.lefts)  # "Banks said"
        if head.pos_ != "PROPN" and not plural:
            return None
        same = (m for m in self.before(head.idx) if m.label == "PERSON" and m.canonical.split()[-1:] == [head.text])
        return next(same, None)

    def so_called(self, head: Token) -> Mention | None:
        """The person or organisation that is named by just this word elsewhere: what the parser overlooked here."""
        if head.pos_ != "PROPN" or any(child.dep_ in ("compound", "det") for child in head.lefts):
            return None
        alike = (m for m in self.mentions if m.label in ("PERSON", "ORG") and m.use != "name_part")
        return next((m for m in alike if self.article.text[m.start : m.end] == head.text), None)

    def same(self, mention: Mention) -> Sequence[Mention]:
        """All mentions of the same entity in text order."""
        return self.entities.get((mention.label, mention.canonical), ())

    def fullest(self, mention: Mention) -> Span:
        """The first place where the entity stands with its canonical name, else the mention itself."""
        for other in self.same(mention):
            if self.article.text[other.start : other.end] == mention.canonical:
                return other.start, other.end
        return mention.start, mention.end

    def head(self, mention: Mention) -> Token | None:
        """The token that the other words of a name hang on."""
        tokens = [t for t in self.tokens((mention.start, mention.end)) if t.tag_ != "POS"]
        inside = {t.i for t in tokens}
        return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that share a character with ``span``."""
        index = bisect_right(range(len(self.doc)), span[0], key=lambda i: self.doc[i].idx + len(self.doc[i]))
        out = []
        while index < len(self.doc) and self.doc[index].idx < span[1]:
            out.append(self.doc[index])
            index += 1
        return out


def build_mention_index(doc: Doc, article: Article, mentions: Sequence[Mention]) -> MentionIndex:
    """The cast of one article; ``mentions`` in text order."""
    entities: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        entities.setdefault((mention.label, mention.canonical), []).append(mention)
    return MentionIndex(
        doc, article, mentions, entities, SpanIndex(mentions, lambda mention: [(mention.start, mention.end)])
    )
