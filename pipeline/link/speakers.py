"""Who a source is: pronouns, short names, nominals and coordinated names resolved within the article.

Plain rules over mentions, syntax and nearness; when they don't decide, the name stays empty and the reason says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, trim
from pipeline.knowledge.people import People
from pipeline.link.coreference import HE, IT, THEY, Resolution, Resolver
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import described_here
from pipeline.link.organisations import named_organisation
from pipeline.link.referents import Referent, Referents, noun_phrase
from pipeline.link.relative_pronouns import antecedent
from pipeline.link.roles import described_countries, role_of, type_of
from pipeline.records import Mention, Quote, Span, Spans, Speaker
from pipeline.text.spans import SpanIndex

_SPEAKING = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
#: Quotes within quotes whose speakers are asked for "I" and "we".
_DEEPEST = 4


class SpeakerResolver:
    """Answers who the sources of one article are; ``quotes`` are all its attributions."""

    def __init__(self, cast: MentionIndex, people: People, quotes: Sequence[Quote] = ()) -> None:
        self.cast, self.people, self.quotes = cast, people, quotes
        self.text = cast.article.text
        self.content: SpanIndex[Quote] = SpanIndex(quotes, lambda quote: quote.content)
        self.referents = Referents(cast, people)

    @cached_property
    def found(self) -> dict[int, Resolution]:
        """Whom each pronoun and description of the article means, by token index."""
        return Resolver(self.cast, self.people, self.quotes, self.referents).run()

    @cached_property
    def described(self) -> dict[tuple[str, str], Mention]:
        """The demonym in the words that take up a person: "the Cuban leader"."""
        told = {i: found.referent.mention for i, found in self.found.items() if found.referent is not None}
        return described_countries(told, self.cast)

    def resolve(self, spans: Spans) -> tuple[Speaker, ...]:
        """The speakers behind a source: one, or one for each of several coordinated names. Empty for no source."""
        return tuple(speaker for span in spans[:1] for speaker in self._of_span(span))

    def _of_span(self, span: Span, depth: int = 0) -> list[Speaker]:
        tokens = [t for t in self.cast.tokens(span) if not t.is_space]
        if not tokens:
            return []
        inside = {t.i for t in tokens}
        head = _head(tokens, inside)
        parts = _coordinated(head, inside)
        if len(parts) == 1:
            return self._resolve(head, span, depth)
        speakers = []
        for part in parts:
            others = {t.i for other in parts if other.i != part.i and part.is_ancestor(other) for t in other.subtree}
            own = [t for t in part.subtree if t.i in inside and t.i not in others and not _joins(t)]
            speakers += self._resolve(part, trim(self.text, char_span(own) or span), depth)
        return speakers

    def _resolve(self, head: Token, span: Span, depth: int = 0) -> list[Speaker]:
        word = head.lower_
        if word in _RELATIVE and head.tag_ in ("WP", "WDT", "WP$"):
            return self._antecedent(head, span, depth)
        if head.tag_ in ("PRP", "PRP$") and word in _SPEAKING:
            return self._whoever_speaks(head, span, depth)
        if head.tag_ in ("PRP", "PRP$") and (word in HE or word in IT or word in THEY):
            found = self.found.get(head.i)
            if found is not None and found.referent is not None and found.referent.members:
                named = [each.mention for each in found.referent.members if each.mention is not None]
                return [self._named(mention, span, found.reason) for mention in named]
            return [self._meant(found, head, span)]
        return [self._noun(head, span)]

    def _noun(self, head: Token, span: Span) -> Speaker:
        mention = self.cast.at((head.idx, head.idx + len(head)))
        common = head.tag_ == "NNS" and self.people.is_person(head.lemma_.lower())  # "Truckers", to the parser a firm
        if mention is None or common or not _is_name(mention, head):
            mention = self.cast.by_last_name(head)
        mention = mention or self.cast.so_called(head)
        if mention is not None:
            here = mention.canonical in self.text[span[0] : span[1]]
            return self._named(mention, span, "named here" if here else "short for the full name")
        beside = self._beside(head, span)
        if beside is not None:
            return self._named(beside, span, "named beside the title")
        known = self.found.get(head.i)
        if known is not None and known.referent is not None:
            return self._meant(known, head, span)
        role = self.people.is_person(head.lower_)  # "Doctor Says", in a headline's capitals
        if head.tag_ == "NNP" and not role and not any(c.dep_ in ("det", "poss") for c in head.children):
            name = [c for c in head.children if c.dep_ == "compound" and c.i < head.i and c.pos_ == "PROPN"]
            where = char_span([*name, head]) or span
            words = " ".join(self.text[where[0] : where[1]].split())
            return Speaker(span, self.text[span[0] : span[1]], words, where, reason="a name as it stands")
        return self._nominal(head, span)

    def _beside(self, head: Token, span: Span) -> Mention | None:
        """The name beside a noun: "the mayor, Ana Ruiz", "Ana Ruiz, a mayor", "the Fjord Post newspaper"."""
        for child in head.children:
            mention = self.cast.at((child.idx, child.idx + len(child)))
            if mention is None:
                continue
            if child.dep_ == "appos" and span[0] <= child.idx < span[1] and mention.label in ("PERSON", "ORG"):
                return mention
            organisation = mention.label == "ORG" and mention.use != "name_part"
            so_called = head.lower_ in self.people.organisations - self.people.subunits
            if child.dep_ in ("compound", "nmod") and child.i == head.i - 1 and organisation and so_called:
                return mention
        if not self.people.is_person(head.lower_):
            return None
        return described_here(head, self.cast) or self._after_comma(head, span)

    def _after_comma(self, head: Token, span: Span) -> Mention | None:
        """ "The mayor of Larn, Ada Brandt": the parser may hang the name on the town."""
        for mention in self.cast.inside(span):
            full = mention.label == "PERSON" and " " in mention.canonical and mention.start > head.idx
            if full and self.text[: mention.start].endswith(", "):
                return mention
        return None

    # --- pronouns ---

    def _whoever_speaks(self, head: Token, span: Span, depth: int) -> list[Speaker]:
        """ "I" and "we" in what somebody says are that somebody."""
        text = self.text[span[0] : span[1]]
        around = [quote for quote in self.content.overlapping(*span) if quote.source and span not in quote.source]
        inner = min(around, key=lambda quote: sum(b - a for a, b in quote.content), default=None)
        if inner is None or depth >= _DEEPEST:
            return [Speaker(span, text, reason=f"{head.lower_!r} is whoever writes")]
        return [
            replace(speaker, span=span, text=text, reason=f"{head.lower_!r}: whoever says it, {speaker.text!r}")
            for speaker in self._of_span(inner.source[0], depth + 1)
        ]

    def _antecedent(self, head: Token, span: Span, depth: int) -> list[Speaker]:
        text = self.text[span[0] : span[1]]
        noun = antecedent(head, self.cast, self.people)
        if noun is None or noun.i >= head.i:
            return [Speaker(span, text, reason="relative pronoun without an antecedent")]
        where = noun_phrase(noun, self.text)
        found = self._of_span(where, depth + 1) if head.head.tag_ == "VBP" else [self._noun(noun, where)]
        return [
            replace(
                speaker, span=span, text=text, name=speaker.name or (speaker.text if speaker.type == "group" else ""),
                mention=speaker.mention or (speaker.span if speaker.type == "group" else None),
                reason=f"antecedent {speaker.text!r}: {speaker.reason}",
            )
            for speaker in found
        ]  # fmt: skip

    def _meant(self, found: Resolution | None, head: Token, span: Span) -> Speaker:
        text = self.text[span[0] : span[1]]
        if found is None or found.referent is None:
            return Speaker(span, text, reason=found.reason if found else f"nobody sure before for {head.lower_!r}")
        referent = found.referent
        if referent.mention is not None:
            return self._named(referent.mention, span, found.reason)
        return self._unnamed(referent, head, span, found.reason)

    def _unnamed(self, referent: Referent, head: Token, span: Span, reason: str) -> Speaker:
        """A pronoun that takes up what the article describes without a name."""
        text, noun = self.text[span[0] : span[1]], referent.token
        if noun is None or noun.i == head.i:
            return self._nominal(head, span)
        where = noun_phrase(noun, self.text)
        words = " ".join(self.text[where[0] : where[1]].split())
        if referent.kind == "group":
            return Speaker(span, text, words, where, "", "group", "", reason)
        if referent.kind == "person":
            return Speaker(span, text, type="person", reason=f"{reason}, whom the article does not name")
        return replace(self._nominal(noun, where), span=span, text=text, reason=reason)

    # --- names and nouns ---

    def _named(self, mention: Mention, span: Span, reason: str) -> Speaker:
        text = self.text[span[0] : span[1]]
        role, country, source = role_of(mention, self.cast, self.people)
        if not mention.country and not country and (demonym := self.described.get((mention.label, mention.canonical))):
            country, source = demonym.country, f"{self.text[demonym.start : demonym.end]!r} in a description"
        country = mention.country or country
        why = f"{reason}; country from {source}" if country and source and not mention.country else reason
        kind = type_of(mention, role, text, self.people)
        return Speaker(span, text, mention.canonical, self.cast.fullest(mention), role, kind, country, why)

    def _nominal(self, head: Token, span: Span) -> Speaker:
        text = self.text[span[0] : span[1]]
        inner = self.cast.inside(span)
        countries = {m.country for m in inner if m.country}
        country = countries.pop() if len(countries) == 1 else ""
        if head.lower_ in self.people.documents or head.lemma_ in self.people.documents:
            return self._document(head, span, country)
        if head.tag_ == "NNS" and self.people.cannot_speak(head.lemma_.lower()):
            return Speaker(span, text, "", None, "", "", country, "nobody who could speak, as it stands")
        if head.tag_ in ("NNS", "NNPS") or head.lower_ in self.people.crowds or _counts(head, self.people):
            return Speaker(span, text, "", None, "", "group", country, "a group, as it stands")
        own = named_organisation(head, self.cast, self.people)
        if own is not None:
            return self._organisation(own, head, span, country)
        named = next((m.canonical for m in inner if m.label in ("ORG", "PERSON")), "")
        kind = self.people.speaker_type(head.lower_)
        reason = f"not named in the article{f'; belongs to {named}' if named else ''}"
        return Speaker(span, text, "", None, "", kind, country, reason)

    def _organisation(self, own: Mention | Span, head: Token, span: Span, country: str) -> Speaker:
        """An organisation taken up by its noun: a name, or the words that stand for one ("the Brandt campaign")."""
        text = self.text[span[0] : span[1]]
        if isinstance(own, Mention):
            found = self._named(own, span, "last such one named before")
            return replace(found, type="government") if head.lower_ in self.people.states else found
        name = " ".join(self.text[own[0] : own[1]].split())
        kind = "government" if head.lower_ in self.people.states else "organisation"
        countries = {m.country for m in self.cast.inside(own) if m.country}
        country = country or (countries.pop() if len(countries) == 1 else "")
        return Speaker(span, text, name, own, "", kind, country, "named by whose it is")

    def _document(self, head: Token, span: Span, country: str) -> Speaker:
        author = _author(head)
        text = self.text[span[0] : span[1]]
        if author is not None and span[0] <= author.idx < span[1]:
            where = trim(self.text, char_span(t for t in author.subtree if t.idx < span[1]) or span)
            found = self._noun(author, where)
            name = found.name or (found.text if found.type == "group" else "")
            return replace(found, span=span, text=text, name=name, reason=f"whose {head.lower_} it is: {found.reason}")
        return Speaker(span, text, "", None, "", "document", country, "a document, as it stands")


def _head(tokens: list[Token], inside: set[int]) -> Token:
    """The token that most of a span hangs on; of several the last noun, as in a headline parsed into pieces."""
    tops = [t for t in tokens if t.head.i not in inside or t.head.i == t.i] or tokens
    return max(tops, key=lambda t: (t.tag_ not in ("DT", "JJ", "IN", "CC"), t.i))


def _is_name(mention: Mention, head: Token) -> bool:
    """Whether the head is part of the name: by its tag, or because the name ends there whatever the tagger says."""
    if head.tag_ == "NNPS" and mention.end - mention.start == len(head) and mention.label == "ORG":
        return False  # "Republicans" are people, not a party
    ends = mention.label in ("PERSON", "ORG") and mention.end == head.idx + len(head)
    return head.pos_ == "PROPN" or ends


def _joins(token: Token) -> bool:
    """Whether a word only joins names: "and", the "both" of "both Angola and Uganda"."""
    return token.dep_ in ("cc", "preconj") or token.lower_ in ("both", "either", "neither")


def _coordinated(head: Token, inside: set[int]) -> list[Token]:
    """Head and its conjuncts when all are names or have their own article: "the mayor and his aides".

    A list of bare nouns ("friends and relatives") stays one group.
    """
    parts = [head]
    while True:
        following = next((c for c in parts[-1].children if c.dep_ == "conj" and c.i in inside), None)
        if following is None:
            break
        parts.append(following)
    return parts if all(_stands_alone(part) for part in parts) else [head]


def _stands_alone(noun: Token) -> bool:
    own = (child.dep_ in ("det", "poss") and not _joins(child) for child in noun.children)
    return noun.pos_ in ("PROPN", "PRON") or (noun.pos_ == "NOUN" and any(own))


def _counts(head: Token, people: People) -> bool:
    """Whether the noun only counts others: "a number of readers"."""
    of = (child for child in head.children if child.dep_ == "prep" and child.lower_ == "of")
    return head.lower_ in people.quantities and any(c.tag_ in ("NNS", "NNPS") for each in of for c in each.children)


def _author(document: Token) -> Token | None:
    """The noun below "by" or "from" after a document: "estimates by the bank"."""
    for preposition in document.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None
