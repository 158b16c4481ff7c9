"""Who is meant by a pronoun or a description: one pass through the article that keeps what occurred before.

Of the referents that fit, whoever occurred lately and as a subject is likeliest; salience.py has the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.quotations import Quotation, find_quotations
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.clauses import clause_reporter, holds_possessive, is_empty_it, later_subject, share_clause
from pipeline.link.counterparts import counterpart_of_country
from pipeline.link.inhabitants import follows_article
from pipeline.link.kin import kin_named
from pipeline.link.mention_index import MentionIndex, entity_key
from pipeline.link.nominals import (
    bearer_of_role,
    belongs_to_another,
    described_kind,
    has_title,
    introduced_next,
    is_borne_office,
    is_definite,
    may_precede_name,
    only_one_titled,
    person_described,
    starts_and_nominals,
)
from pipeline.link.organisations import named_beside, named_organisation
from pipeline.link.phrases import is_main_subject, is_subject, joined_names, last_head
from pipeline.link.pronouns import HE_OR_SHE, KINDS_OF_PRONOUN, PRONOUN_TAGS, THEY
from pipeline.link.referents import Referent, ReferentKind, Referents, are_group, is_introduced, name_of
from pipeline.link.roles import is_firm_of
from pipeline.link.salience import (
    CLAUSE_REPORTER,
    FITTING_TITLE,
    MAIN_SUBJECT,
    SUBJECT,
    Occurrence,
    Position,
    is_enough_untitled,
    is_out_of_speech,
    position_weight,
    salience,
)
from pipeline.link.speaker_reasons import SpeakerOrigin, speaker_reason
from pipeline.link.title_conflicts import contradicts
from pipeline.link.variations import is_called_again, is_of_lead, may_be_second_name
from pipeline.records import Mention, Quote
from pipeline.text.spans import SpanIndex

#: Sentences back to a referent that a pronoun can mean; a main subject eight back would have 1.2 - 7.2 = -6.
_MAX_SENTENCES = 8
#: Referents that are remembered, the latest ones, inside speech and outside apart.
_MAX_REFERENTS = 40
#: Words of a quotation from which it is direct speech with pronouns of its own; shorter ones are names and phrases.
_MIN_SPEECH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a pronoun or description means; ``referent`` is None where that is not sure. ``reason`` says why."""

    referent: Referent | None
    reason: str


@dataclass
class Resolver:
    """Resolves all pronouns and descriptions of one article, see ``resolve_all``.

    ``quotes``: the article's, whose speakers tell whose turn it is. State of the pass: ``resolutions``, the answers so
    far by token index; ``recent``, each referent with its last occurrence, the latest last, inside speech and outside
    apart; ``current_speaker``, who said the last quote, until somebody else acts.
    """

    index: MentionIndex
    people: People
    quotes: Sequence[Quote]
    referents: Referents
    resolutions: dict[int, Resolution] = field(default_factory=dict)
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
        self._mention_by_head = self._index_heads()

    def _index_heads(self) -> dict[int, Mention]:
        """The mentions that pronouns can mean by the index of their head token; of two on one token a person."""
        by_head: dict[int, Mention] = {}
        for mention in self.index.mentions:
            if mention.use in ("name_part", "people") or not self.index.can_be_antecedent(mention):
                continue
            head = self.index.name_head(mention)
            if head is not None and head.lower_ in self.people.inhabitants and follows_article(head):
                continue  # "the Londoner", to the parser a name
            if head is not None and (head.i not in by_head or by_head[head.i].label != "PERSON"):
                by_head[head.i] = mention
        return by_head

    def resolve_all(self) -> dict[int, Resolution]:
        """Go through the article once; the answer for each pronoun and description, by token index."""
        sentence = 0
        for token in starts_and_nominals(self.index.doc, self._mention_by_head):
            speech = self._speech_at(token)
            if token.is_sent_start and speech < 0:
                sentence += 1
            position = Position(token, speech, sentence)
            referent = self._referent_at(position)
            if referent is not None:
                self._note_occurrence(referent, position)
            names = joined_names(token, self._mention_by_head) if token.dep_ == "conj" else []
            members = [self.referents.of_mention(self._mention_by_head[name.i]) for name in names]
            if are_group(members):
                self._note_occurrence(self.referents.of_group(members), Position(names[0], speech, sentence))
        return self.resolutions

    def _speech_at(self, token: Token) -> int:
        """The offset where the direct speech around the token opens, or -1."""
        speeches = self._speeches.overlapping(token.idx, token.idx + len(token))
        return speeches[0].outer[0] if speeches else -1

    def _referent_at(self, position: Position) -> Referent | None:
        """Whom or what the token means: a pronoun, the head of a name, or a description; None for all else."""
        token = position.token
        if token.tag_ in PRONOUN_TAGS:
            return self._resolve_pronoun(position)
        mention = self._mention_by_head.get(token.i)
        if mention is not None:
            return self.referents.of_mention(mention)
        kind = described_kind(token, self.people, self.index)
        return self._resolve_description(position, kind) if kind else None

    def _note_occurrence(self, referent: Referent, position: Position) -> None:
        """Note an occurrence: of several in one sentence with the greatest weight, of all the latest."""
        referent.count += 1
        weight = MAIN_SUBJECT if self._is_source(position) else position_weight(position.token)
        key = id(referent), position.speech >= 0
        _, last = self.recent.pop(key, (referent, None))
        if last is not None and last.position.sentence == position.sentence and last.position.speech == position.speech:
            weight = max(weight, last.weight)
        self.recent[key] = referent, Occurrence(position, weight)
        while len(self.recent) > _MAX_REFERENTS:
            self.recent.pop(next(iter(self.recent)))
        self._update_speaker(referent, position, weight)

    def _is_source(self, position: Position) -> bool:
        """Whether the token heads the source of a quote, outside speech, whatever its place in the sentence."""
        token = position.token
        if position.speech >= 0:
            return False
        sources = (quote.source[0] for quote in self._sources.overlapping(token.idx, token.idx + len(token)))
        return any(last_head(self.index.tokens_in(source)).i == token.i for source in sources)

    def _update_speaker(self, referent: Referent, position: Position, weight: float) -> None:
        """The source of a quote has its turn; it ends when somebody else acts as a main subject."""
        if position.speech >= 0 or weight < SUBJECT:
            return
        if self._sources.overlapping(position.token.idx, position.token.idx + 1):
            self.current_speaker = referent
        elif weight == MAIN_SUBJECT and referent is not self.current_speaker:
            self.current_speaker = None

    # --- the choice ---

    def best_antecedent(self, position: Position, fits: Callable[[Referent], bool]) -> tuple[Referent, float] | None:
        """The likeliest referent that fits, with its score; None where there is none near enough.

        Of equal scores the later one wins.
        """
        best: tuple[Referent, float] | None = None
        reporter = clause_reporter(position.token)
        for referent, last in self.recent.values():
            is_near = position.sentence - last.position.sentence <= _MAX_SENTENCES
            if not is_near or not fits(referent) or self._is_barred(position, referent, last.position):
                continue
            score = self._score_referent(position, reporter, referent, last)
            if best is None or score >= best[1]:
                best = referent, score
        return best

    def _score_referent(
        self, position: Position, reporter: Token | None, referent: Referent, last: Occurrence
    ) -> float:
        token = position.token
        score = salience(position, referent, last, is_current_speaker=referent is self.current_speaker)
        score += FITTING_TITLE if token.tag_ == "NN" and has_title(token, referent, self.people) else 0.0
        if reporter is None:
            return score
        score += CLAUSE_REPORTER if reporter.i == last.position.token.i else 0.0
        person = self._mention_by_head.get(reporter.i)
        firm = referent.mention if referent.kind == "organisation" else None
        if firm is not None and person is not None and is_firm_of(person, firm, self.index, self.people):
            score = max(score, 0.0) + CLAUSE_REPORTER  # however long ago it was named
        return score

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

        A pronoun there may be himself: "He would not resign, he said".
        """
        token, other = position.token, last.token
        if referent is self.current_speaker or token.dep_ not in SUBJECTS or other.tag_ in PRONOUN_TAGS:
            return False
        said = self._sources.overlapping(token.idx, token.idx + len(token))
        return any(start <= other.idx < end for quote in said for start, end in quote.content)

    def _is_said_by(self, position: Position, referent: Referent, last: Position) -> bool:
        """Whether the referent says the speech in which "he" stands: of oneself one says "I"."""
        if position.speech < 0 or last.speech == position.speech or position.token.lower_ not in HE_OR_SHE:
            return False
        return referent is self._speaker_of(position.speech)

    def _speaker_of(self, speech: int) -> Referent | None:
        """The person who says the direct speech that opens at the offset ``speech``, where named."""
        for quote in self._contents.overlapping(speech, speech + 2):
            if quote.source and quote.quote_type == "direct":
                if self.index.article.text[slice(*quote.source[0])].lower() in HE_OR_SHE:
                    return self.current_speaker  # "he" goes on speaking
                mention = self.index.mention_at(quote.source[0])
                return self.referents.of_mention(mention) if mention and mention.label == "PERSON" else None
        return None

    def _explain_choice(self, token: Token, referent: Referent) -> str:
        _, last = self.recent.get((id(referent), False)) or self.recent[id(referent), True]
        origin: SpeakerOrigin = "subject before" if last.weight >= SUBJECT else "name before"
        if referent is self.current_speaker:
            origin = "last speaker"
        return speaker_reason(origin, token.text, last.position.token.text)

    def _resolve_to(self, token: Token, referent: Referent | None, reason: str) -> Referent | None:
        self.resolutions[token.i] = Resolution(referent, reason)
        is_noun = token.tag_ in ("NN", "NNP") and token.lower_ not in self.people.offices
        if referent is not None and referent.kind == "person" and is_noun:
            referent.titles |= {token.lower_}  # the same noun again is the same person; offices have several
        return referent

    # --- pronouns ---

    def _resolve_pronoun(self, position: Position) -> Referent | None:
        """Whom a pronoun of the third person means, noted in ``resolutions``; None for others and empty "it"."""
        token, word = position.token, position.token.lower_
        kinds = KINDS_OF_PRONOUN.get(word)
        if kinds is None or token.dep_ == "expl" or (word == "it" and is_empty_it(token)):
            return None
        sex = HE_OR_SHE.get(word)

        def fits(referent: Referent) -> bool:
            if word in THEY and referent.kind == "person":
                return self._is_unnamed_speaker(position, referent)
            return referent.kind in kinds and (sex is None or referent.sex in ("", sex))

        best = self.best_antecedent(position, fits)
        if best is not None and word in THEY and is_out_of_speech(position, self._last_positions(best[0])):
            best = None
        later = self._mention_by_head.get(subject.i) if sex and (subject := later_subject(token)) else None
        if later is not None and later.label == "PERSON" and fits(self.referents.of_mention(later)):
            reason = speaker_reason("later subject", token.text, later.canonical)
            return self._resolve_to(token, self.referents.of_mention(later), reason)
        if best is None:
            return self._resolve_to(token, None, self._explain_open(token, fits))
        if sex and not best[0].sex and best[0] is self.current_speaker and is_main_subject(token):
            best[0].sex = sex  # "Pat Holm said no. He left": a later "she" is somebody else
        return self._resolve_to(token, best[0], self._explain_choice(token, best[0]))

    def _explain_open(self, token: Token, fits: Callable[[Referent], bool]) -> str:
        """Why a pronoun means nobody: nobody fits, or those who do are barred or too far back."""
        fitting = [name_of(referent) for referent, _ in self.recent.values() if fits(referent)]
        names = list(dict.fromkeys(filter(None, fitting)))
        return speaker_reason("nobody sure before" if names else "nobody before", token.text, names or "")

    def _last_positions(self, referent: Referent) -> list[Position]:
        """Where a referent occurred last, inside speech and outside."""
        lasts = (self.recent.get((id(referent), in_speech)) for in_speech in (True, False))
        return [last[1].position for last in lasts if last is not None]

    def _is_unnamed_speaker(self, position: Position, referent: Referent) -> bool:
        """Whether "they" may be the one person, only described, who spoke last: "A spokesperson said no. They said"."""
        is_unnamed = referent.mention is None and not referent.sex and not referent.members
        return is_unnamed and referent is self.current_speaker and self._is_source(position)

    # --- descriptions ---

    def _resolve_description(self, position: Position, kind: ReferentKind) -> Referent | None:
        """Whom a noun means: somebody named, else, as a subject or a group, whoever the article only describes."""
        token = position.token
        if kind == "person" or token.lower_ in self.people.owners:
            if token.dep_ == "conj" and person_described(token, self.index) is None:
                joined = self.resolutions.get(token.head.i)  # "the senator and candidate said": one and the same
                return joined.referent if joined else None
            person = self._resolve_person(position)
            if person is not None:
                return person
        if kind == "organisation" and is_definite(token):
            organisation = named_beside(token, self.index) or named_organisation(token, self.index, self.people)
            if isinstance(organisation, Mention):
                self.index.nouns.setdefault(entity_key(organisation), set()).add(token.lower_)
                return self.referents.of_mention(organisation)
        speaks = kind == "group" or is_subject(token) or self._is_source(position)
        return self.referents.of_description(kind, token) if speaks else None

    def _resolve_person(self, position: Position) -> Referent | None:
        """Which person a noun means, of those named or of those who spoke without a name; None where it is open."""
        token = position.token
        beside = person_described(token, self.index)
        if beside is not None:
            return self._resolve_to_mention(token, beside, "name beside")
        counterpart = counterpart_of_country(token, self.index, self.people)
        if counterpart is not None:
            return self._resolve_to_mention(token, counterpart, "counterpart")
        named = self._resolve_to_named(position)
        if named is not None:
            return named
        kin = kin_named(token, self._owner_of(token), self.referents, self.people)
        if kin is not None:
            return self._resolve_to(token, kin, speaker_reason("kin", token.text, name_of(kin)))
        may_be_lead = self._is_source(position) or is_of_lead(token, self.people)
        later = introduced_next(token, self.index, self.people) if may_be_lead else None
        if later is not None and self._fits_sex(token, later):
            return self._resolve_to_mention(token, later, "named after")
        speaking = self.current_speaker
        if speaking is not None and is_called_again(token, speaking, self.people):
            return self._resolve_to(token, speaking, self._explain_choice(token, speaking))
        return None

    def _resolve_to_mention(self, token: Token, mention: Mention, origin: SpeakerOrigin) -> Referent | None:
        reason = speaker_reason(origin, token.text, mention.canonical)
        return self._resolve_to(token, self.referents.of_mention(mention), reason)

    def _fits_sex(self, noun: Token, mention: Mention) -> bool:
        sex = self.referents.of_mention(mention).sex
        return not sex or self.people.sex_of_word(noun.lower_) in ("", sex)

    def _resolve_to_named(self, position: Position) -> Referent | None:
        """The named person that a description takes up: "the senator", "his lawyer"; None where that is not sure."""
        token = position.token
        if not is_definite(token) and not may_precede_name(token, self.index):
            bearer = bearer_of_role(token, self.referents, self.index, self.people)
            if bearer is None:
                return None
            return self._resolve_to(token, bearer, speaker_reason("only role", token.text, name_of(bearer)))
        owner = self._owner_of(token)
        is_free = not (is_borne_office(token, self.referents, self.people) or self.referents.is_introduced(token))

        def fits(referent: Referent) -> bool:
            if referent is owner or (owner is not None and belongs_to_another(referent, owner, self.referents)):
                return False
            if contradicts(token, referent, self.index, self.people) or self._is_somebody_unnamed(token, referent):
                return False
            may_be = is_free and may_be_second_name(token, referent, self.index, self.people, self.recent.values())
            return may_be or has_title(token, referent, self.people)

        if (best := self.best_antecedent(position, fits)) is not None:
            referent, score = best
            if has_title(token, referent, self.people):
                return self._resolve_to(token, referent, speaker_reason("title", token.text, name_of(referent)))
            if is_enough_untitled(score, referent, self.recent.values()):
                return self._resolve_to(token, referent, self._explain_choice(token, referent))
        only = only_one_titled(token, self.referents, self.index, self.people)
        if only is not None and fits(only):
            return self._resolve_to(token, only, speaker_reason("only title", token.text, name_of(only)))
        return None

    def _is_somebody_unnamed(self, noun: Token, named: Referent) -> bool:
        """Whether "the official" is an official whom the article did not name since it named somebody of that title."""
        described = self.referents.described.get(f"person {noun.lemma_.lower()}")
        last = self.recent.get((id(named), False)) or self.recent.get((id(named), True))
        if described is None or described.token is None or last is None or noun.lower_ in named.titles:
            return False
        return is_introduced(described.token) and described.token.i > last[1].position.token.i

    def _owner_of(self, noun: Token) -> Referent | None:
        """Whose "his lawyer" or "Brandt's lawyer" is."""
        owner = next((child.i for child in noun.children if child.dep_ == "poss"), -1)
        mention = self._mention_by_head.get(owner)
        resolution = self.resolutions.get(owner)
        return self.referents.of_mention(mention) if mention else resolution.referent if resolution else None
