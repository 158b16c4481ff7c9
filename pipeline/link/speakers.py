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
from pipeline.link.coreference import Resolver
from pipeline.link.descriptions import (
    described_countries,
    described_roles,
    description_of,
    role_described,
    words_of_introduction,
)
from pipeline.link.documents import author_of, introduction_of, introduction_phrase, issuer_in, without_document
from pipeline.link.mention_index import EntityKey, MentionIndex, entity_key
from pipeline.link.nominals import names_of_titled
from pipeline.link.noun_names import (
    head_meant,
    joined_crowd,
    members_named,
    name_before_crowd,
    name_beside_description,
)
from pipeline.link.noun_speakers import NOUN_RULES, NounCase
from pipeline.link.organisation_descriptions import organisation_meant
from pipeline.link.phrases import (
    coordinated_heads,
    counted_before,
    counting_noun,
    counts_others,
    is_main_subject,
    last_head,
    noun_phrase,
    own_span,
    phrase_with_apposition,
    without_afterthought,
    without_dateline,
    without_focus,
)
from pipeline.link.pronouns import HE_OR_SHE, IT, PRONOUN_TAGS, THEY
from pipeline.link.referents import Referent, Referents, Resolution, is_told_by_name
from pipeline.link.relative_pronouns import relative_antecedent
from pipeline.link.roles import is_topic, role_of, type_of_mention, with_affiliation
from pipeline.link.speaker_names import (
    name_or_group,
    tells_name,
    tells_who,
    type_described,
    without_possessive,
    without_repeated,
)
from pipeline.link.speaker_reasons import speaker_reason
from pipeline.link.writers import speaker_who_writes
from pipeline.records import Mention, Quote, Span, Spans, Speaker
from pipeline.rule_table import first_rule
from pipeline.text.spans import SpanIndex

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
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
    def described_roles(self) -> dict[EntityKey, str]:
        """What the article calls those of whom it tells no role beside the name: "the striker"."""
        return described_roles(self._mentions_meant, self.index, self.people)

    @cached_property
    def described_countries(self) -> dict[EntityKey, Mention]:
        """The demonym in the words that take up a person: "the Cuban leader"."""
        return described_countries(self._mentions_meant, self.index, self.people)

    @cached_property
    def _mentions_meant(self) -> dict[int, Mention | None]:
        """The name that each resolved pronoun and description means, by token index."""
        return {
            token_index: resolution.referent.mention
            for token_index, resolution in self.resolutions.items()
            if resolution.referent is not None
        }

    def resolve(self, spans: Spans) -> tuple[Speaker, ...]:
        """The speakers of a source, given by its spans: one, or one for each of several coordinated names.

        A source in parts is known by its first. Empty for no source.
        """
        return tuple(speaker for span in spans[:1] for speaker in self._resolve_span(span))

    def subject_of(self, sentence: Span) -> Speaker | None:
        """The person named as the subject of the sentence at the span, or what makes a text known; None for nobody."""
        for mention in self.index.mentions_within(sentence):
            name = self.index.name_head(mention)
            if mention.label == "PERSON" and name is not None and is_main_subject(name):
                return replace(self.speaker_of_name(mention, sentence, speaker_reason("acting")), text="")
        issuer = issuer_in(self.index.tokens_in(sentence), self.people)
        speakers = self._resolve_head(issuer, phrase_with_apposition(issuer, self.text)) if issuer is not None else []
        is_known = len(speakers) == 1 and bool(speakers[0].name or speakers[0].description)
        return replace(speakers[0], reason=speaker_reason("acting"), text="") if is_known else None

    def speaker_interviewed(self, mention: Mention, answer: Quote) -> Speaker:
        """The person whom an interview asks, for an answer that names nobody."""
        reason = speaker_reason("interviewed", other=mention.canonical)
        return replace(self.speaker_of_name(mention, answer.content[0], reason), text="")

    def _resolve_span(self, span: Span, depth: int = 0) -> list[Speaker]:
        """The speakers of one span; ``depth``: how many quotes were gone through for "I" and "who"."""
        span = without_focus(without_dateline(span, self.text), self.text)
        tokens = [token for token in self.index.tokens_in(span) if not token.is_space]
        if not tokens:
            return []
        inside = {token.i for token in tokens}
        head = head_meant(last_head(tokens), inside, self.index, self.people)
        others = joined_crowd(head, inside, self.index, self.people)
        if others is not None:
            return [self._speaker_of_group(head, others, span, depth)]
        heads = coordinated_heads(head, inside)
        if len(heads) == 1 or self._are_one_firm(heads, self._words(span)):
            return self._resolve_head(head, span, depth)
        return without_repeated(
            speaker
            for noun in heads
            for speaker in self._resolve_head(noun, own_span(noun, heads, inside, self.text) or span, depth)
        )

    def _speaker_of_group(self, head: Token, others: Token, span: Span, depth: int) -> Speaker:
        """The group of somebody named and others without a name: "Brandt and her colleagues", the name in full."""
        own = own_span(head, [head, others], {token.i for token in self.index.tokens_in(span)}, self.text) or span
        first = self._resolve_head(head, own, depth)
        words = self._words(span)
        if len(first) == 1 and first[0].name and own[1] < others.idx:
            rest = f" {self.text[own[1] : span[1]].lstrip(' ,')}"
            words = " ".join(f"{first[0].name}{rest}".split())
        return Speaker(
            span, self.text[span[0] : span[1]], description=words, type="group", reason=speaker_reason("group")
        )

    def _are_one_firm(self, nouns: Sequence[Token], words: str) -> bool:
        """Whether the joined names are one organisation's: "Stone & Marsh", or what it is known as."""
        mentions = {self.index.mention_on(noun) for noun in nouns}
        first = self.index.mention_on(nouns[0])
        if first is not None and first.label == "ORG" and " and " in first.canonical and first.canonical in words:
            return True
        return len(mentions) == 1 and all(mention is not None and mention.label == "ORG" for mention in mentions)

    def _resolve_head(self, head: Token, span: Span, depth: int = 0) -> list[Speaker]:
        """The speakers of a source by the kind of its head: relative, first-person or other pronoun, or noun."""
        word = head.lower_
        if word in _RELATIVE and head.tag_ in _RELATIVE_TAGS and not self._is_short_name(head):
            return self._resolve_relative(head, span, depth)
        if head.tag_ in PRONOUN_TAGS:
            if word in _FIRST_PERSON:
                return self._resolve_first_person(head, span, depth)
            if word in HE_OR_SHE or word in IT or word in THEY:
                return self._resolve_third_person(head, span)
        taken_up = self.resolutions.get(head.i)
        if taken_up is not None and taken_up.referent is not None and taken_up.referent.members:
            return self._resolve_third_person(head, span)
        if members := members_named(head, self.index):
            reason = speaker_reason("name beside", head.text)
            return [self.speaker_of_name(mention, span, reason) for mention in members]
        return [self._resolve_noun(head, span)]

    def _is_short_name(self, head: Token) -> bool:
        """Whether "WHO" is an organisation's name."""
        return head.is_upper and self.index.mention_on(head) is not None

    # --- pronouns ---

    def _resolve_third_person(self, head: Token, span: Span) -> list[Speaker]:
        """Whom "he", "it" or "they" means by the coreference; each of several named together."""
        resolution = self.resolutions.get(head.i)
        if resolution is None or resolution.referent is None:
            reason = resolution.reason if resolution else speaker_reason("nobody before", head.text)
            return [Speaker(span, self.text[span[0] : span[1]], reason=reason)]
        if resolution.referent.members:
            mentions = [member.mention for member in resolution.referent.members if member.mention is not None]
            return [self.speaker_of_name(mention, span, resolution.reason) for mention in mentions]
        return [self.speaker_of_referent(resolution, resolution.referent, head, span)]

    def _resolve_first_person(self, head: Token, span: Span, depth: int) -> list[Speaker]:
        """Whoever says the innermost quote around "I" or "we"; outside quotes whoever writes, without a name."""
        text = self.text[span[0] : span[1]]
        around = [quote for quote in self._contents.overlapping(*span) if quote.source and span not in quote.source]
        innermost = min(around, key=lambda quote: sum(end - start for start, end in quote.content), default=None)
        if innermost is None or depth >= _MAX_DEPTH:
            return [speaker_who_writes(head.text, span, self.index.article, self.people)]
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
                name=name_or_group(speaker),
                mention=speaker.mention or (speaker.span if speaker.type == "group" else None),
                reason=speaker_reason("relative", head.text, speaker.text, speaker.reason),
            )
            for speaker in speakers
        ]

    def speaker_of_referent(self, resolution: Resolution, referent: Referent, head: Token, span: Span) -> Speaker:
        """The speaker of a pronoun or description, resolved to one ``referent``, named or not."""
        reason = resolution.reason
        if referent.mention is not None:
            return self._as_government(self.speaker_of_name(referent.mention, span, reason), referent.mention, head)
        text, noun = self.text[span[0] : span[1]], resolution.noun
        if noun is None or noun.i == head.i or is_told_by_name(head):
            return self.describe_unnamed(head, span)
        is_name = noun.tag_ == "NNP" and referent.kind in ("organisation", "name") and not self.index.mention_on(noun)
        named = noun if is_name else name_beside_description(noun)
        if named is not None:
            speaker = self._resolve_noun(named, noun_phrase(named, self.text))
            return replace(speaker, span=span, text=text, reason=reason)
        counter = counting_noun(noun, self.people) or noun
        phrase = (noun_phrase(counter, self.text)[0], noun_phrase(noun, self.text)[1])
        words = self._words(phrase).removesuffix("'s")
        if referent.kind == "group":
            first = name_before_crowd(noun, self.index, self.people)
            if first is not None:
                phrase = (first.left_edge.idx, phrase[1])
                words = self._speaker_of_group(first, noun, phrase, 0).description
            return Speaker(span, text, words, phrase, type="group", reason=reason)
        if referent.kind == "person":
            role = role_described(noun, words, self.index, self.people)
            reason = speaker_reason("unnamed antecedent", inner=reason)
            return Speaker(span, text, description=words, role=role, type="person", reason=reason)
        return replace(self.describe_unnamed(noun, phrase), span=span, text=text, reason=reason)

    # --- nouns ---

    def _resolve_noun(self, head: Token, span: Span) -> Speaker:
        """The speaker of a noun or name, by the first of ``NOUN_RULES`` that applies; the speaker's reason says how."""
        case = NounCase(self, head, span)
        return first_rule(NOUN_RULES, case).outcome(case)

    def describe_unnamed(self, head: Token, span: Span) -> Speaker:
        """A noun that names nobody: a document, a group, an organisation taken up, or somebody without a name."""
        text = self.text[span[0] : span[1]]
        named = self.index.mentions_within(span)
        words = without_possessive(self._words(without_afterthought(head, span, self.text)), named)
        country = _only_country([place for place in named if not is_topic(place, self.index, self.people)])
        noun, lemma, as_group = head.lower_, head.lemma_, speaker_reason("group")
        documents = self.people.documents
        if noun in documents or lemma in documents | self.people.own_words or noun in self.people.wordings:
            return self._speaker_of_document(head, span, country)
        if head.tag_ == "NNS" and self.people.cannot_speak(lemma.lower()):
            return Speaker(span, text, country=country, reason=speaker_reason("no speaker", head.text))
        counted = counted_before(head, self.people)
        if counted is not None:
            phrase = noun_phrase(counted, self.text)
            reason = speaker_reason("counted", head.text, self._words(phrase))
            return Speaker(span, text, description=self._words(phrase), type="group", country=country, reason=reason)
        if head.tag_ in ("NNS", "NNPS") or noun in self.people.crowds or counts_others(head, self.people):
            return Speaker(span, text, description=words, type="group", country=country, reason=as_group)
        organisation = organisation_meant(head, self.index, self.people)
        if organisation is not None:
            return self._speaker_of_organisation(organisation, head, span, country)
        titled = names_of_titled(head, self.referents, self.people)
        introduced = words_of_introduction(head, self.referents, self.text) if not titled else ""
        if introduced:
            reason = speaker_reason("described before", other=introduced)
            role = role_described(head, introduced, self.index, self.people)
            return Speaker(span, text, description=introduced, role=role, type="person", country=country, reason=reason)
        reason = speaker_reason("description of one of several" if len(titled) > 1 else "description", other=titled)
        kind = type_described(head, self.index, self.people)
        role = role_described(head, words, self.index, self.people) if kind == "person" else ""
        return Speaker(span, text, description=words, role=role, type=kind, country=country, reason=reason)

    def _words(self, span: Span) -> str:
        return " ".join(self.text[span[0] : span[1]].split())

    # --- speakers ---

    def speaker_of_name(self, mention: Mention, span: Span, reason: str) -> Speaker:
        """The speaker of a name, with role, type and country; the reason says where a country comes from."""
        text = self.text[span[0] : span[1]]
        role, country, source = role_of(mention, self.index, self.people)
        if not mention.country and not country:
            demonym = self.described_countries.get(entity_key(mention))
            if demonym is not None:
                country, source = demonym.country, f"{self.text[demonym.start : demonym.end]!r} in a description"
        role = role or self.described_roles.get(entity_key(mention), "")
        role = with_affiliation(role, mention, self.index, self.people)
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
            speaker = self.speaker_of_name(organisation, span, speaker_reason("organisation before", head.text))
            is_firm = organisation.label == "ORG" and not is_state
            role = description_of(head, organisation, self.index, self.people) if is_firm else ""
            speaker = replace(speaker, role=speaker.role or role, type="government" if is_state else speaker.type)
            return self._as_government(speaker, organisation, head)
        return Speaker(
            span=span,
            text=self.text[span[0] : span[1]],
            name=" ".join(self.text[organisation[0] : organisation[1]].split()),
            mention=organisation,
            type="government" if is_state else "organisation",
            country=country or _only_country(self.index.mentions_within(organisation)),
            reason=speaker_reason("owner", head.text),
        )

    def _as_government(self, speaker: Speaker, mention: Mention, head: Token) -> Speaker:
        """The speaker of "the government" that takes up a country: its government, not the country."""
        is_government = head.lower_ in self.people.states & self.people.countries - self.people.areas
        if mention.label != "COUNTRY" or not is_government:
            return speaker
        return replace(speaker, name=f"{head.lower_} of {speaker.name}", type="government")

    def _speaker_of_document(self, head: Token, span: Span, country: str) -> Speaker:
        """Whoever a document is by, where the article tells, else the document itself."""
        text = self.text[span[0] : span[1]]
        author = author_of(head, self.index, self.people)
        if author is None or author.tag_ in ("WDT", "WP"):  # "which" takes up the document itself, without end
            return self._speaker_as_document(head, span, country)
        if author.sent == head.sent and not span[0] <= author.idx < span[1]:
            return self._speaker_as_document(head, span, country)
        in_span = span[0] <= author.idx < span[1]
        author_span = phrase_with_apposition(author, self.text)
        author_span = without_document(author, author_span, self.text, self.people)
        if in_span and author.i > head.i:
            author_span = trim(self.text, char_span(token for token in author.subtree if token.idx < span[1]) or span)
        speakers = self._resolve_head(author, author_span, depth=_MAX_DEPTH)
        is_own_voice = head.lemma_.lower() in self.people.own_words
        is_told = in_span or (len(speakers) == 1 and tells_who(speakers[0], is_own_voice=is_own_voice))
        if len(speakers) != 1 or not is_told:
            return self._speaker_as_document(head, span, country)
        if not (in_span or is_own_voice or tells_name(speakers[0])):
            return self._speaker_as_document(head, span, country)  # "scientists published a study": "the study says"
        reason = speaker_reason("author", head.text, inner=speakers[0].reason)
        return replace(speakers[0], span=span, text=text, name=name_or_group(speakers[0]), reason=reason)

    def _speaker_as_document(self, head: Token, span: Span, country: str) -> Speaker:
        """A document that speaks for itself, in the words by which the article brought it up."""
        introduction = introduction_of(head, self.people)
        own = without_afterthought(head, span, self.text)
        words = self._words(introduction_phrase(introduction, self.text, self.people) if introduction else own)
        text = self.text[span[0] : span[1]]
        reason = speaker_reason("document")
        return Speaker(span, text, description=words, type="document", country=country, reason=reason)


def _only_country(mentions: Sequence[Mention]) -> str:  # empty for several
    countries = {mention.country for mention in mentions if mention.country}
    return countries.pop() if len(countries) == 1 else ""
