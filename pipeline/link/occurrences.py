"""What occurred so far in one article, where and how often: who a pronoun or description may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.quotations import Quotation, find_quotations
from pipeline.extract.quotes.resumed_claims import RESUMED_CLAIM
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.clauses import (
    behind_subject,
    clause_reporter,
    holds_possessive,
    is_addressed,
    is_asked,
    is_joined_subject,
    is_quantified_elsewhere,
    share_clause,
)
from pipeline.link.inhabitants import follows_article
from pipeline.link.mention_index import MentionIndex, surname_of
from pipeline.link.nominals import has_title
from pipeline.link.phrases import counting_noun, last_head
from pipeline.link.pronouns import HE_OR_SHE, KINDS_OF_PRONOUN, PRONOUN_TAGS
from pipeline.link.referents import Referent, Referents
from pipeline.link.roles import is_firm_of
from pipeline.link.salience import (
    ASKED,
    CLAUSE_REPORTER,
    FITTING_TITLE,
    JOINED_SUBJECT,
    MAIN_SUBJECT,
    SUBJECT,
    TOPIC,
    Occurrence,
    Position,
    position_weight,
    salience,
)
from pipeline.link.topics import is_topic
from pipeline.records import Mention, Quote, Span
from pipeline.text.spans import SpanIndex

#: Sentences back to a referent that a pronoun can mean; a main subject eight back would have 1.2 - 7.2 = -6.
_MAX_SENTENCES = 8
#: Referents that are remembered, the latest ones, inside speech and outside apart.
_MAX_REFERENTS = 40
#: Relations of a name to the noun that it belongs to.
_OF_NOUN = frozenset({"compound", "nmod", "amod", "poss"})
#: Tokens behind a pronoun within which a name in the same clause tells that it means somebody else.
_MOST_BEHIND = 60
#: Verbs of answering.
_ANSWERING = frozenset({"answer", "reply", "respond", "retort"})
#: Words of a quotation from which it is direct speech with pronouns of its own; shorter ones are names and phrases.
_MIN_SPEECH_WORDS = 4
#: Confidence from which on a sentence says something rather than tells what somebody wanted: "she wanted to fly".
_SURE_SPEECH = 0.6


@dataclass
class Occurrences:
    """Everybody and everything that occurred so far in one pass through an article.

    ``quotes``: the article's, whose speakers tell whose turn it is. State of the pass: ``recent``, each referent with
    its last occurrence, the latest last, inside speech and outside apart; ``current_speaker``, who said the last
    quote, until somebody else acts.
    """

    index: MentionIndex
    people: People
    quotes: Sequence[Quote]
    referents: Referents
    recent: dict[tuple[int, bool], tuple[Referent, Occurrence]] = field(default_factory=dict)
    current_speaker: Referent | None = None

    def __post_init__(self) -> None:
        text = self.index.article.text
        speeches = [
            quotation
            for quotation in find_quotations(self.index.article)
            if len(text[slice(*quotation.inner)].split()) >= _MIN_SPEECH_WORDS
        ]
        self._speeches: SpanIndex[Quotation] = SpanIndex(speeches, lambda quotation: [quotation.outer])
        self._contents = SpanIndex(self.quotes, lambda quote: quote.content)
        self._sources = SpanIndex(self.quotes, lambda quote: quote.source[:1])
        self.mention_by_head = self._index_heads()
        self._source_heads = self._heads_of_sources(self.quotes)
        self._sure_source_heads = self._heads_of_sources(
            [quote for quote in self.quotes if quote.confidence >= _SURE_SPEECH]
        )

    def _heads_of_sources(self, quotes: Sequence[Quote]) -> frozenset[int]:
        sources = (self.index.tokens_in(quote.source[0]) for quote in quotes if quote.source)
        return frozenset(last_head(tokens).i for tokens in sources if tokens)

    def _index_heads(self) -> dict[int, Mention]:
        """The mentions that pronouns can mean by the index of their head token; of two on one token a person."""
        by_head: dict[int, Mention] = {}
        for mention in self.index.mentions:
            if mention.use in ("name_part", "people") or not self.index.can_be_antecedent(mention):
                continue
            head = self.index.name_head(mention)
            if head is not None and head.lower_ in self.people.inhabitants and follows_article(head):
                continue  # "the Londoner", to the parser a name
            if head is not None and self._is_common_noun(head, mention):
                continue
            if head is not None and (head.i not in by_head or by_head[head.i].label != "PERSON"):
                by_head[head.i] = mention
        return by_head | self._index_overlooked(by_head)

    def _index_overlooked(self, by_head: Mapping[int, Mention]) -> dict[int, Mention]:
        """The names of sources that the mentions don't have there but elsewhere, by the head token: "Larnair said"."""
        overlooked: dict[int, Mention] = {}
        for quote in self.quotes:
            tokens = self.index.tokens_in(quote.source[0]) if quote.source else []
            head = last_head(tokens) if tokens else None
            if head is None or head.i in by_head or head.tag_ != "NNP" or self.index.mention_on(head) is not None:
                continue
            mention = self.index.overlooked_name(head)
            if mention is not None and self.index.can_be_antecedent(mention):
                overlooked[head.i] = mention
        return overlooked

    def _is_common_noun(self, head: Token, mention: Mention) -> bool:
        """Whether a "person" is only a sentence's first word, and nowhere else a name: "Beer and pasta are out"."""
        is_bare = head.tag_ == "NN" and bool(head.is_sent_start) and mention.label == "PERSON"
        return is_bare and " " not in mention.canonical and len(self.index.mentions_of_entity(mention)) == 1

    def speech_at(self, token: Token) -> int:
        """The offset where the direct speech around the token opens, or -1."""
        speeches = self._speeches.overlapping(token.idx, token.idx + len(token))
        return speeches[0].outer[0] if speeches else -1

    def note(self, referent: Referent, position: Position) -> None:
        """Note an occurrence: of several in one sentence with the greatest weight, of all the latest."""
        referent.count += 1
        place = counting_noun(position.token, self.people) or position.token
        weight = MAIN_SUBJECT if self.is_source(position) else position_weight(place)
        key, heaviest = (id(referent), position.speech >= 0), position.token
        _, last = self.recent.pop(key, (referent, None))
        if last is not None and last.position.sentence == position.sentence and last.position.speech == position.speech:
            heaviest = last.heaviest if last.weight > weight else heaviest
            weight = max(weight, last.weight)
        self.recent[key] = referent, Occurrence(position, weight, heaviest)
        while len(self.recent) > _MAX_REFERENTS:
            self.recent.pop(next(iter(self.recent)))
        self._update_speaker(referent, position, weight)

    def is_source(self, position: Position) -> bool:
        """Whether the token heads the source of a quote, outside speech, whatever its place in the sentence."""
        return position.speech < 0 and position.token.i in self._source_heads

    def sources_at(self, token: Token) -> list[Token]:
        """The heads of the sources of the quotes in whose contents a token stands."""
        quotes = self._contents.overlapping(token.idx, token.idx + len(token))
        return [last_head(self.index.tokens_in(quote.source[0])) for quote in quotes if quote.source]

    def source_of_speech(self, first: Token) -> list[Token]:
        """The tokens of the source of the direct quotation that opens at the token or mark; [] for none."""
        for quote in self._contents.overlapping(first.idx, first.idx + 2):
            if quote.quote_type != "indirect" and quote.source and quote.content[0][0] - first.idx in (0, 1):
                return [token for token in self.index.tokens_in(quote.source[0]) if not token.is_space]
        return []

    def _update_speaker(self, referent: Referent, position: Position, weight: float) -> None:
        """The source of a quote has its turn; it ends when somebody else acts as a main subject.

        Whoever is only told of within a source's words has none: "Brandt, whose father died in May, said".
        """
        if position.speech >= 0 or weight < SUBJECT:
            return
        around = self._sources.overlapping(position.token.idx, position.token.idx + 1)
        verb = position.token.head
        if around and verb.pos_ in ("VERB", "AUX") and any(_is_within(verb, quote.source[0]) for quote in around):
            return
        if around:
            if not self._is_quoted(position.token, around):
                self.current_speaker = referent
        elif weight == MAIN_SUBJECT and referent is not self.current_speaker:
            self.current_speaker = None

    def _is_quoted(self, source: Token, sources: Sequence[Quote]) -> bool:
        """Whether a source speaks within the words of one before it: the experts in "Brandt says experts expect more".

        "Brandt plans to stay, she said" is of herself.
        """
        quoting = self._contents.overlapping(source.idx, source.idx + 1)
        return any(quote.source and quote.source[0][0] < source.idx and quote not in sources for quote in quoting)

    def best(self, position: Position, fits: Callable[[Referent], bool]) -> tuple[Referent, float] | None:
        """The likeliest referent that fits, with its score; None where there is none near enough.

        Of equal scores the later one wins.
        """
        best: tuple[Referent, float] | None = None
        reporter = clause_reporter(position.token)
        named_behind = self.named_behind(position.token)
        for referent, last in self.recent.values():
            if id(referent) in named_behind:
                continue
            is_near = position.sentence - last.position.sentence <= _MAX_SENTENCES
            if not is_near or not fits(referent) or self._is_barred(position, referent, last.position):
                continue
            if referent.mention is None and is_quantified_elsewhere(position.token, last.heaviest):
                continue
            score = self._score_referent(position, reporter, referent, last)
            if best is None or score >= best[1]:
                best = referent, score
        return best

    def named_behind(self, token: Token) -> set[int]:
        """Those whom "he", "it" or "the mayor" as a subject can't mean, as the rest of the clause names them: Holm in
        "he says Holm lied" (principle C of Chomsky, 1981, Lectures on Government and Binding). By their ids.

        Not by a name that belongs to another noun, "the Holm family", "Holm's plan", or that is in quotation marks, as
        some speak of themselves by name; nor by a surname that a namesake of theirs bears alone: in "she says Holm is a
        good father" Holm is Ada Holm's husband.
        """
        is_noun = token.tag_ == "NN"
        is_it = token.lower_ == "it"
        if not (token.lower_ in HE_OR_SHE or is_noun or is_it) or token.dep_ not in SUBJECTS:
            return set()
        first = (token.right_edge if is_noun else token).i + 1  # "the mayor, Ada Brandt, said"
        behind = behind_subject(token, first)[:_MOST_BEHIND]
        named = ((name, self.mention_by_head[name.i]) for name in behind if name.i in self.mention_by_head)
        return {
            id(self.referents.of_mention(mention))
            for head, mention in named
            if mention.label == ("ORG" if is_it else "PERSON")
            and not _is_of_noun(head)
            and self.speech_at(head) == self.speech_at(token)
            and (" " not in mention.canonical or ("PERSON", surname_of(mention.canonical)) not in self.index.entities)
        }

    def _score_referent(
        self, position: Position, reporter: Token | None, referent: Referent, last: Occurrence
    ) -> float:
        token = position.token
        score = salience(position, referent, last, is_current_speaker=referent is self.current_speaker)
        score += FITTING_TITLE if token.tag_ == "NN" and has_title(token, referent, self.people) else 0.0
        score += JOINED_SUBJECT if is_joined_subject(token, last.heaviest) else 0.0
        is_next = position.sentence - last.position.sentence <= 1 and token.lower_ in HE_OR_SHE
        if is_next and self.is_source(position) and self._is_expected_to_answer(token, last.heaviest):
            score += ASKED
        score += TOPIC if self._is_topic(position, referent, last) else 0.0
        if reporter is None:
            return score
        score += CLAUSE_REPORTER if reporter.i == last.position.token.i else 0.0
        person = self.mention_by_head.get(reporter.i)
        firm = referent.mention if referent.kind == "organisation" else None
        if firm is not None and person is not None and is_firm_of(person, firm, self.index, self.people):
            score = max(score, 0.0) + CLAUSE_REPORTER  # however long ago it was named
        return score

    def _is_expected_to_answer(self, token: Token, other: Token) -> bool:
        """Whether somebody was asked, or was turned to and the pronoun answers: "Brandt wrote to Holm. He replied"."""
        if is_asked(other, self.people.asking_verbs):
            return True
        return token.head.lemma_ in _ANSWERING and is_addressed(other, self.people.addressing_verbs)

    def _is_topic(self, position: Position, referent: Referent, last: Occurrence) -> bool:
        """Whether the story goes on with the referent after somebody beside spoke: "Her boss said no. She quit"."""
        speaking = self.current_speaker
        if (
            speaking is None
            or speaking is referent
            or any(token.i in self._sure_source_heads for token in position.token.sent)
        ):
            return False
        _, speaker = self.recent.get((id(speaking), False), (None, None))
        return speaker is not None and is_topic(position, last, speaker, is_unnamed=speaking.mention is None)

    def _is_barred(self, position: Position, referent: Referent, last: Position) -> bool:
        """Whether the token can't mean the referent at its last position, however likely it is otherwise."""
        return (
            share_clause(position.token, last.token)
            or holds_possessive(position.token, last.token)
            or self._is_said_by(position, referent, last)
            or self._is_within_own_words(position, referent, last)
        )

    def _is_within_own_words(self, position: Position, referent: Referent, last: Position) -> bool:
        """Whether a pronoun says the words in which the referent was named last: "Brandt must go, he said".

        A pronoun there may be himself: "He would not resign, he said". What is denied was said by others.
        """
        token, other = position.token, last.token
        if referent is self.current_speaker or token.dep_ not in SUBJECTS or other.tag_ in PRONOUN_TAGS:
            return False
        if token.lower_ == "it" and other.pos_ == "NOUN":
            return False  # "It had cost the company a million, it said"
        said = self._sources.overlapping(token.idx, token.idx + len(token))
        own = (quote for quote in said if quote.rule != RESUMED_CLAIM)
        return any(start <= other.idx < end for quote in own for start, end in quote.content)

    def _is_said_by(self, position: Position, referent: Referent, last: Position) -> bool:
        """Whether the referent, alone or with others, says the speech in which "he" stands: of oneself one says "I"."""
        if position.speech < 0 or last.speech == position.speech or position.token.lower_ not in KINDS_OF_PRONOUN:
            return False
        speaker = self._speaker_of(position.speech)
        return speaker is not None and any(said is speaker for said in (referent, *referent.members))

    def _speaker_of(self, speech: int) -> Referent | None:
        """Whoever says the direct speech that opens at the offset ``speech``, where named."""
        for quote in self._contents.overlapping(speech, speech + 2):
            if quote.quote_type != "direct":
                continue
            if not quote.source or self.index.article.text[slice(*quote.source[0])].lower() in KINDS_OF_PRONOUN:
                return self.current_speaker  # goes on speaking
            head = last_head(self.index.tokens_in(quote.source[0]))
            mention = self.index.mention_at(quote.source[0]) or self.mention_by_head.get(head.i)
            return self.referents.of_mention(mention) if mention else None
        return None

    def last_positions(self, referent: Referent) -> list[Position]:
        """Where a referent occurred last, inside speech and outside."""
        lasts = (self.recent.get((id(referent), in_speech)) for in_speech in (True, False))
        return [last[1].position for last in lasts if last is not None]


def _is_within(token: Token, span: Span) -> bool:
    return span[0] <= token.idx < span[1]


def _is_of_noun(name: Token) -> bool:
    """Whether a name belongs to a noun or explains a pronoun: "the Holm family", "Holm's plan", "he, Holm, won"."""
    before = name.doc[max(name.i - 2, 0)]
    if before.lower_ in HE_OR_SHE and name.doc[before.i + 1].text in (",", "(", "["):
        return True
    return name.dep_ in _OF_NOUN or (name.i + 1 < len(name.doc) and name.nbor(1).tag_ == "POS")
