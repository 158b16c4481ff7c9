"""Who a source is: pronouns, short names, nominals and coordinated names resolved within the article.

Plain rules over mentions, syntax and nearness; when they don't decide, the name stays empty and the reason says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from pipeline.extract.rule_table import Rule, always, first_rule
from pipeline.extract.syntax import char_span, trim
from pipeline.knowledge.people import People
from pipeline.link.coreference import HE_OR_SHE, IT, THEY, Resolution, Resolver
from pipeline.link.mention_index import EntityKey, MentionIndex, entity_key
from pipeline.link.nominals import names_of_titled, person_described
from pipeline.link.organisations import named_organisation
from pipeline.link.phrases import (
    author_of,
    coordinated_heads,
    counts_others,
    joins_names,
    last_head,
    noun_phrase,
    without_determiner,
)
from pipeline.link.referents import Referent, Referents
from pipeline.link.relative_pronouns import relative_antecedent
from pipeline.link.roles import described_countries, role_of, type_of_mention
from pipeline.link.speaker_reasons import reason_of_name, speaker_reason
from pipeline.records import Mention, Quote, Span, Spans, Speaker
from pipeline.text.spans import SpanIndex

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_PERSONAL_TAGS = frozenset({"PRP", "PRP$"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
#: Quotes within quotes whose sources are asked for whom "I" and "we" mean.
_MAX_DEPTH = 4


class SpeakerResolver:
    """Answers who the sources and actors of one article are.

    ``index``: its mentions; ``quotes``: all its attributions, which tell who says "I" and whose turn it is. What is
    needed of the whole article, such as its coreference, is worked out when it is first asked for.
    """

    def __init__(self, index: MentionIndex, people: People, quotes: Sequence[Quote] = ()) -> None:
        self.index, self.people, self.quotes = index, people, quotes
        self.text = index.article.text
        self.referents = Referents(index, people)
        self._contents: SpanIndex[Quote] = SpanIndex(quotes, lambda quote: quote.content)

    @cached_property
    def resolutions(self) -> dict[int, Resolution]:
        """Whom each pronoun and description of the article means, by token index."""
        return Resolver(self.index, self.people, self.quotes, self.referents).resolve_all()

    @cached_property
    def described_countries(self) -> dict[EntityKey, Mention]:
        """The demonym in the words that take up a person: "the Cuban leader"."""
        meant = {
            token_index: resolution.referent.mention
            for token_index, resolution in self.resolutions.items()
            if resolution.referent is not None
        }
        return described_countries(meant, self.index)

    def resolve(self, spans: Spans) -> tuple[Speaker, ...]:
        """The speakers of a source, given by its spans: one, or one for each of several coordinated names.

        A source in parts is known by its first. Empty for no source.
        """
        return tuple(speaker for span in spans[:1] for speaker in self._resolve_span(span))

    def _resolve_span(self, span: Span, depth: int = 0) -> list[Speaker]:
        """The speakers of one span; ``depth``: how many quotes were gone through for "I" and "who"."""
        tokens = [token for token in self.index.tokens_in(span) if not token.is_space]
        if not tokens:
            return []
        inside = {token.i for token in tokens}
        head = last_head(tokens)
        heads = coordinated_heads(head, inside)
        if len(heads) == 1:
            return self._resolve_head(head, span, depth)
        return [
            speaker
            for noun in heads
            for speaker in self._resolve_head(noun, self._own_span(noun, heads, inside) or span, depth)
        ]

    def _own_span(self, noun: Token, heads: Sequence[Token], inside: set[int]) -> Span | None:
        """The span of one of several coordinated nouns without those that are joined to it."""
        joined = (head for head in heads if head.i != noun.i and noun.is_ancestor(head))
        dropped = {token.i for head in joined for token in head.subtree}
        span = char_span(
            token for token in noun.subtree if token.i in inside and token.i not in dropped and not joins_names(token)
        )
        return trim(self.text, span) if span is not None else None

    def _resolve_head(self, head: Token, span: Span, depth: int = 0) -> list[Speaker]:
        """The speakers of a source by the kind of its head: relative, first-person or other pronoun, or noun."""
        word = head.lower_
        if word in _RELATIVE and head.tag_ in _RELATIVE_TAGS:
            return self._resolve_relative(head, span, depth)
        if head.tag_ in _PERSONAL_TAGS:
            if word in _FIRST_PERSON:
                return self._resolve_first_person(head, span, depth)
            if word in HE_OR_SHE or word in IT or word in THEY:
                return self._resolve_third_person(head, span)
        return [self._resolve_noun(head, span)]

    # --- pronouns ---

    def _resolve_third_person(self, head: Token, span: Span) -> list[Speaker]:
        """Whom "he", "it" or "they" means by the coreference; each of several named together."""
        resolution = self.resolutions.get(head.i)
        if resolution is None or resolution.referent is None:
            reason = resolution.reason if resolution else speaker_reason("nobody before", head.text)
            return [Speaker(span, self.text[span[0] : span[1]], reason=reason)]
        if resolution.referent.members:
            mentions = [member.mention for member in resolution.referent.members if member.mention is not None]
            return [self._speaker_of_name(mention, span, resolution.reason) for mention in mentions]
        return [self._speaker_of_referent(resolution.referent, head, span, resolution.reason)]

    def _resolve_first_person(self, head: Token, span: Span, depth: int) -> list[Speaker]:
        """Whoever says the innermost quote around "I" or "we"; outside quotes whoever writes, without a name."""
        text = self.text[span[0] : span[1]]
        around = [quote for quote in self._contents.overlapping(*span) if quote.source and span not in quote.source]
        innermost = min(around, key=lambda quote: sum(end - start for start, end in quote.content), default=None)
        if innermost is None or depth >= _MAX_DEPTH:
            return [Speaker(span, text, reason=speaker_reason("writer", head.text))]
        return [
            replace(speaker, span=span, text=text, reason=speaker_reason("first person", head.text, speaker.text))
            for speaker in self._resolve_span(innermost.source[0], depth + 1)
        ]

    def _resolve_relative(self, head: Token, span: Span, depth: int) -> list[Speaker]:
        """Whom "who" or "which" takes up; before a plural verb each of several nouns."""
        text = self.text[span[0] : span[1]]
        noun = relative_antecedent(head, self.index, self.people)
        if noun is None or noun.i >= head.i:
            return [Speaker(span, text, reason=speaker_reason("no antecedent", head.text))]
        phrase = noun_phrase(noun, self.text)
        is_plural = head.head.tag_ == "VBP"
        speakers = self._resolve_span(phrase, depth + 1) if is_plural else [self._resolve_noun(noun, phrase)]
        return [
            replace(
                speaker,
                span=span,
                text=text,
                name=_name_or_group(speaker),
                mention=speaker.mention or (speaker.span if speaker.type == "group" else None),
                reason=speaker_reason("relative", head.text, speaker.text, speaker.reason),
            )
            for speaker in speakers
        ]

    def _speaker_of_referent(self, referent: Referent, head: Token, span: Span, reason: str) -> Speaker:
        """The speaker of a pronoun or description that means one referent, named or not."""
        if referent.mention is not None:
            return self._speaker_of_name(referent.mention, span, reason)
        text, noun = self.text[span[0] : span[1]], referent.token
        if noun is None or noun.i == head.i:
            return self._describe_unnamed(head, span)
        phrase = noun_phrase(noun, self.text)
        words = self._words(phrase)
        if referent.kind == "group":
            return Speaker(span, text, words, phrase, type="group", reason=reason)
        if referent.kind == "person":
            role, reason = without_determiner(words), speaker_reason("unnamed antecedent", inner=reason)
            return Speaker(span, text, description=words, role=role, type="person", reason=reason)
        return replace(self._describe_unnamed(noun, phrase), span=span, text=text, reason=reason)

    # --- nouns ---

    def _resolve_noun(self, head: Token, span: Span) -> Speaker:
        """The speaker of a noun or name, by the first of ``NOUN_RULES`` that applies; the speaker's reason says how."""
        case = NounCase(self, head, span)
        return first_rule(NOUN_RULES, case).outcome(case)

    def _describe_unnamed(self, head: Token, span: Span) -> Speaker:
        """A noun that names nobody: a document, a group, an organisation taken up, or somebody without a name."""
        text, words = self.text[span[0] : span[1]], self._words(span)
        country = _only_country(self.index.mentions_within(span))
        noun, lemma, as_group = head.lower_, head.lemma_, speaker_reason("group")
        if noun in self.people.documents or lemma in self.people.documents:
            return self._speaker_of_document(head, span, country)
        if head.tag_ == "NNS" and self.people.cannot_speak(lemma.lower()):
            return Speaker(span, text, country=country, reason=speaker_reason("no speaker", head.text))
        if head.tag_ in ("NNS", "NNPS") or noun in self.people.crowds or counts_others(head, self.people):
            return Speaker(span, text, description=words, type="group", country=country, reason=as_group)
        organisation = named_organisation(head, self.index, self.people)
        if organisation is not None:
            return self._speaker_of_organisation(organisation, head, span, country)
        titled = names_of_titled(head, self.referents, self.people)
        reason = speaker_reason("description of one of several" if len(titled) > 1 else "description", other=titled)
        kind = self.people.speaker_type(noun)
        role = without_determiner(words) if kind == "person" else ""
        return Speaker(span, text, description=words, role=role, type=kind, country=country, reason=reason)

    def _words(self, span: Span) -> str:
        return " ".join(self.text[span[0] : span[1]].split())

    # --- speakers ---

    def _speaker_of_name(self, mention: Mention, span: Span, reason: str) -> Speaker:
        """The speaker of a name, with role, type and country; the reason says where a country comes from."""
        text = self.text[span[0] : span[1]]
        role, country, source = role_of(mention, self.index, self.people)
        if not mention.country and not country:
            demonym = self.described_countries.get(entity_key(mention))
            if demonym is not None:
                country, source = demonym.country, f"{self.text[demonym.start : demonym.end]!r} in a description"
        if country and source and not mention.country:
            reason = f"{reason}; country from {source}"
        return Speaker(
            span=span,
            text=text,
            name=mention.canonical,
            mention=self.index.canonical_span(mention),
            role=role,
            type=type_of_mention(mention, role, text, self.people),
            country=mention.country or country,
            reason=reason,
        )

    def _speaker_of_organisation(self, organisation: Mention | Span, head: Token, span: Span, country: str) -> Speaker:
        """An organisation taken up by its noun: a name, or the words that stand for one ("the Brandt campaign")."""
        is_state = head.lower_ in self.people.states
        if isinstance(organisation, Mention):
            speaker = self._speaker_of_name(organisation, span, speaker_reason("organisation before", head.text))
            return replace(speaker, type="government") if is_state else speaker
        return Speaker(
            span=span,
            text=self.text[span[0] : span[1]],
            name=" ".join(self.text[organisation[0] : organisation[1]].split()),
            mention=organisation,
            type="government" if is_state else "organisation",
            country=country or _only_country(self.index.mentions_within(organisation)),
            reason=speaker_reason("owner", head.text),
        )

    def _speaker_of_document(self, head: Token, span: Span, country: str) -> Speaker:
        """Whoever a document is by, where the source tells, else the document itself."""
        text = self.text[span[0] : span[1]]
        author = author_of(head)
        if author is None or not span[0] <= author.idx < span[1]:
            words, reason = self._words(span), speaker_reason("document")
            return Speaker(span, text, description=words, type="document", country=country, reason=reason)
        author_span = trim(self.text, char_span(token for token in author.subtree if token.idx < span[1]) or span)
        speaker = self._resolve_noun(author, author_span)
        reason = speaker_reason("author", head.text, inner=speaker.reason)
        return replace(speaker, span=span, text=text, name=_name_or_group(speaker), reason=reason)


@dataclass(frozen=True)
class NounCase:
    """A noun or name whose speaker is asked: the ``head`` of a source, and the ``span`` of the source's words.

    What the rules look up is looked up when it is first asked for, and kept.
    """

    resolver: SpeakerResolver
    head: Token
    span: Span

    @cached_property
    def name(self) -> Mention | None:
        """The name that the head belongs to, or a name of the article that the parser overlooked here."""
        head, index = self.head, self.resolver.index
        mention = index.mention_on(head)
        # "Truckers", to the parser a firm
        is_common = head.tag_ == "NNS" and self.resolver.people.is_person(head.lemma_.lower())
        if mention is None or is_common or not _is_part_of_name(head, mention):
            mention = index.person_by_surname(head) or index.name_elsewhere(head)
        return mention

    @cached_property
    def name_beside(self) -> Mention | None:
        """The name beside a noun: "the mayor, Ana Ruiz", "Ana Ruiz, a mayor", "the Fjord Post newspaper"."""
        mention = self._mention_on_child()
        if mention is None and self.resolver.people.is_person(self.head.lower_):
            mention = person_described(self.head, self.resolver.index) or self._name_after_comma()
        return mention

    def _mention_on_child(self) -> Mention | None:
        """The name in apposition to a noun, or that of the whole right before it."""
        head, span = self.head, self.span
        for child in head.children:
            mention = self.resolver.index.mention_on(child)
            if mention is None:
                continue
            is_apposed = child.dep_ == "appos" and span[0] <= child.idx < span[1]
            if is_apposed and mention.label in ("PERSON", "ORG"):
                return mention
            if child.dep_ in ("compound", "nmod") and child.i == head.i - 1 and self._names_whole(mention):
                return mention
        return None

    def _names_whole(self, mention: Mention) -> bool:
        """Whether a name before a noun is that of the whole: "the Fjord Post newspaper", not "the Larn campaign"."""
        noun, people = self.head.lower_, self.resolver.people
        is_whole = noun in people.organisations and noun not in people.subunits
        return is_whole and mention.label == "ORG" and mention.use != "name_part"

    def _name_after_comma(self) -> Mention | None:
        """The name in "The mayor of Larn, Ada Brandt", which the parser may hang on the town."""
        for mention in self.resolver.index.mentions_within(self.span):
            is_full_name = mention.label == "PERSON" and " " in mention.canonical and mention.start > self.head.idx
            if is_full_name and self.resolver.text.endswith(", ", 0, mention.start):
                return mention
        return None

    @cached_property
    def resolution(self) -> Resolution | None:
        """Whom a description takes up, if anybody: "the senator"."""
        resolution = self.resolver.resolutions.get(self.head.i)
        return resolution if resolution is not None and resolution.referent is not None else None

    @cached_property
    def unknown_name(self) -> Span | None:
        """A name of which the article's mentions know nothing."""
        head = self.head
        is_role = self.resolver.people.is_person(head.lower_)  # "Doctor Says", in a headline's capitals
        if head.tag_ != "NNP" or is_role or any(child.dep_ in ("det", "poss") for child in head.children):
            return None
        before = [token for token in head.lefts if token.dep_ == "compound" and token.pos_ == "PROPN"]
        return char_span([*before, head]) or self.span

    def speaker_named(self, mention: Mention | None, reason: str) -> Speaker:
        """The speaker of a name that was looked up; without one what the noun tells."""
        return self.unnamed() if mention is None else self.resolver._speaker_of_name(mention, self.span, reason)

    def unnamed(self) -> Speaker:
        """What the noun tells of a speaker without a name."""
        return self.resolver._describe_unnamed(self.head, self.span)


def _speaker_of_name(case: NounCase) -> Speaker:
    words = case.resolver.text[case.span[0] : case.span[1]]
    sharing = case.resolver.referents.bearers_of_surname(case.name) if case.name is not None else []
    return case.speaker_named(case.name, reason_of_name(case.name, words, sharing))


def _speaker_taken_up(case: NounCase) -> Speaker:
    resolution = case.resolution
    if resolution is None or resolution.referent is None:
        return case.unnamed()
    return case.resolver._speaker_of_referent(resolution.referent, case.head, case.span, resolution.reason)


def _speaker_as_it_stands(case: NounCase) -> Speaker:
    text, span, name_span = case.resolver.text, case.span, case.unknown_name or case.span
    name = " ".join(text[name_span[0] : name_span[1]].split())
    return Speaker(span, text[span[0] : span[1]], name, name_span, reason=speaker_reason("unknown name"))


#: Who the speaker of a noun or name is.
NOUN_RULES: tuple[Rule[NounCase, Speaker], ...] = (
    # "Ruiz".
    Rule("name", lambda case: case.name is not None, _speaker_of_name),
    # "the mayor, Ana Ruiz".
    Rule(
        "name beside the noun",
        lambda case: case.name_beside is not None,
        lambda case: case.speaker_named(case.name_beside, speaker_reason("name beside", case.head.text)),
    ),
    # "the senator".
    Rule("description", lambda case: case.resolution is not None, _speaker_taken_up),
    # A name that is no mention.
    Rule("unknown name", lambda case: case.unknown_name is not None, _speaker_as_it_stands),
    # "a spokeswoman".
    Rule("no name", always, NounCase.unnamed),
)


def _name_or_group(speaker: Speaker) -> str:
    """The speaker's name, for a group without one its words."""
    return speaker.name or (speaker.text if speaker.type == "group" else "")


def _only_country(mentions: Sequence[Mention]) -> str:
    """The country of the mentions, where they have one and the same; else empty."""
    countries = {mention.country for mention in mentions if mention.country}
    return countries.pop() if len(countries) == 1 else ""


def _is_part_of_name(head: Token, mention: Mention) -> bool:
    """Whether the head belongs to the name: by its tag, or because the name ends there whatever the tagger says."""
    if head.tag_ == "NNPS" and mention.end - mention.start == len(head) and mention.label == "ORG":
        return False  # "Republicans" are people, not a party
    ends_name = mention.label in ("PERSON", "ORG") and mention.end == head.idx + len(head)
    return head.pos_ == "PROPN" or ends_name
