"""Who is meant by a pronoun or a description: one pass through the article that keeps what occurred before.

Of the referents that fit, whoever occurred lately and as a subject is likeliest; salience.py has the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People, Sex
from pipeline.link.clauses import clause_reporter, is_addressed, is_empty_it, later_subject
from pipeline.link.counterparts import counterpart_of_country
from pipeline.link.first_names import is_named_like_person
from pipeline.link.kin import kin_named
from pipeline.link.mention_index import MentionIndex, entity_key
from pipeline.link.named_afterwards import (
    bearer_of_role,
    introduced_next,
    introduced_together,
    may_be_named,
    named_later,
)
from pipeline.link.nominals import (
    belongs_to_another,
    described_kind,
    has_title,
    is_borne_office,
    is_definite,
    is_one_of_several,
    is_somebody_of_his,
    may_precede_name,
    only_one_titled,
    person_described,
    starts_and_nominals,
)
from pipeline.link.occurrences import Occurrences
from pipeline.link.organisation_descriptions import organisation_meant
from pipeline.link.organisations import named_beside
from pipeline.link.pairs import PAIR, is_both, kind_of_pair
from pipeline.link.phrases import is_main_subject, is_number_of, is_subject, joined_names
from pipeline.link.pronouns import HE_OR_SHE, KINDS_OF_PRONOUN, PRONOUN_TAGS, THEY
from pipeline.link.referents import (
    Referent,
    ReferentKind,
    Referents,
    Resolution,
    are_group,
    is_introduced,
    is_told_by_name,
    name_of,
)
from pipeline.link.relative_clauses import withholds_name
from pipeline.link.salience import (
    SUBJECT,
    Position,
    is_enough_untitled,
    is_out_of_speech,
)
from pipeline.link.speaker_reasons import SpeakerOrigin, speaker_reason
from pipeline.link.title_conflicts import contradicts
from pipeline.link.variations import is_called_again, is_of_lead, may_be_second_name
from pipeline.records import Mention, Quote

#: Penn Treebank tags of nouns and names.
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


@dataclass
class Resolver:
    """Resolves all pronouns and descriptions of one article, see ``resolve_all``.

    ``quotes``: the article's, whose speakers tell whose turn it is. State of the pass: ``resolutions``, the answers so
    far by token index, and ``occurrences``, who occurred so far.
    """

    index: MentionIndex
    people: People
    quotes: Sequence[Quote]
    referents: Referents
    resolutions: dict[int, Resolution] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.occurrences = Occurrences(self.index, self.people, self.quotes, self.referents)
        self._mention_by_head = self.occurrences.mention_by_head

    def resolve_all(self) -> dict[int, Resolution]:
        """Go through the article once; the answer for each pronoun and description, by token index."""
        sentence = 0
        for token in starts_and_nominals(self.index.doc, self._mention_by_head):
            speech = self.occurrences.speech_at(token)
            if token.is_sent_start and speech < 0:
                sentence += 1
            position = Position(token, speech, sentence)
            referent = self._referent_at(position)
            if referent is not None:
                self.occurrences.note(referent, position)
            names = joined_names(token, self._mention_by_head) if token.dep_ == "conj" else []
            members = [self.referents.of_mention(self._mention_by_head[name.i]) for name in names]
            if are_group(members):
                self.occurrences.note(self.referents.of_group(members), Position(names[0], speech, sentence))
        return self.resolutions

    def _referent_at(self, position: Position) -> Referent | None:
        """Whom or what the token means: a pronoun, the head of a name, or a description; None for all else."""
        token = position.token
        if token.tag_ in PRONOUN_TAGS:
            return self._resolve_pronoun(position)
        mention = self._mention_by_head.get(token.i)
        if mention is not None:
            return self.referents.of_mention(mention)
        if is_both(token):
            return self._resolve_both(position)
        kind = described_kind(token, self.people, self.index)
        if kind is None and self.occurrences.is_source(position):
            return self._resolve_other_source(token)
        return self._resolve_description(position, kind) if kind else None

    def _resolve_other_source(self, token: Token) -> Referent | None:
        """What says something though it is neither a name that the mentions know nor a noun of the lists.

        "Larnair added", "the inquiry heard", "big stores fear", "a number of judges"; None for a pronoun, and for nouns
        that cannot speak.
        """
        lemma = token.lemma_.lower()
        if token.tag_ not in _NOUN_TAGS or self.index.mention_on(token) is not None:
            return None
        if self.people.cannot_speak(lemma) and not is_number_of(token):
            return None
        is_named_like = token.tag_ == "NNP" and self.people.is_person(token.lower_.removesuffix("s"))
        if token.tag_ in ("NNS", "NNPS") or is_named_like or is_number_of(token):
            is_shown = lemma in self.people.documents  # "the figures show"
            return None if is_shown else self.referents.of_description("group", token)
        return self.referents.of_description("name" if token.tag_ == "NNP" else "document", token)

    def _explain_choice(self, token: Token, referent: Referent) -> str:
        _, last = self.occurrences.recent.get((id(referent), False)) or self.occurrences.recent[id(referent), True]
        origin: SpeakerOrigin = "subject before" if last.weight >= SUBJECT else "name before"
        if referent is self.occurrences.current_speaker:
            origin = "last speaker"
        return speaker_reason(origin, token.text, last.position.token.text)

    def _resolve_to(self, token: Token, referent: Referent | None, reason: str) -> Referent | None:
        self.resolutions[token.i] = Resolution(referent, reason, referent.token if referent is not None else None)
        is_noun = token.tag_ in ("NN", "NNP") and token.lower_ not in self.people.offices
        if referent is not None and referent.mention is None and is_noun and is_told_by_name(token):
            referent.token = token  # "the Larn woman" tells more than "a woman"
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

        unknown = self._unknown_reporter(position)
        if unknown is not None and word not in THEY:
            kind: ReferentKind = "person" if sex else "organisation"
            reason = speaker_reason("subject before", word, unknown.text)
            return self._resolve_to(token, self.referents.of_description(kind, unknown), reason)

        def fits(referent: Referent) -> bool:
            if word in THEY and referent.kind == "person":
                return self._is_unnamed_speaker(position, referent)
            return referent.kind in kinds and (sex is None or referent.sex in ("", sex))

        later = self._mention_by_head.get(subject.i) if sex and (subject := later_subject(token)) else None
        if later is not None and later.label == "PERSON" and fits(self.referents.of_mention(later)):
            reason = speaker_reason("later subject", token.text, later.canonical)
            return self._resolve_to(token, self.referents.of_mention(later), reason)
        referent = self._find_antecedent(position, fits)
        if referent is None:
            return self._resolve_to(token, None, self._explain_open(token, fits))
        self._learn_kind(referent, position)
        return self._resolve_to(token, referent, self._explain_choice(token, referent))

    def _find_antecedent(self, position: Position, fits: Callable[[Referent], bool]) -> Referent | None:
        """The likeliest referent before a pronoun; for "he" and "she" else one of which only the pronoun tells it."""
        word = position.token.lower_
        best = self.occurrences.best(position, fits)
        if best is not None and word not in HE_OR_SHE:
            return None if is_out_of_speech(position, self.occurrences.last_positions(best[0])) else best[0]
        if best is None and word in HE_OR_SHE:
            best = self.occurrences.best(position, self._may_be_person)
            return best[0] if best is not None else self._speaking_of_other_sex(position, HE_OR_SHE[word])
        return best[0] if best is not None else None

    def _may_be_person(self, referent: Referent) -> bool:
        """Whether a name is no mention, or is an organisation's to the parser and yet like a person's."""
        is_like_person = referent.mention is not None and is_named_like_person(referent.mention, self.people)
        return referent.kind == "name" or (referent.kind == "organisation" and is_like_person)

    def _learn_kind(self, referent: Referent, position: Position) -> None:
        """Keep what a pronoun tells of the referent that it means: a name's kind, a person's sex."""
        sex = HE_OR_SHE.get(position.token.lower_)
        if sex:
            referent.kind = "person"
        elif referent.kind == "name":
            referent.kind = "organisation"
        if not sex:
            return
        if referent.sex not in ("", sex):
            referent.sex = sex
        if not referent.sex and referent is self.occurrences.current_speaker and is_main_subject(position.token):
            referent.sex = sex  # "Pat Holm said no. He left": a later "she" is somebody else
        referent.called[sex] += position.speech < 0

    def _unknown_reporter(self, position: Position) -> Token | None:
        """The name of which the mentions know nothing that says the clause of a subject: "Larnair said it would go".

        One word that the parser takes for a person is none where "it" says something.
        """
        token = position.token
        reporter = clause_reporter(token) if token.dep_ in SUBJECTS else None
        if reporter is None or reporter.tag_ != "NNP" or any(child.dep_ in ("det", "poss") for child in reporter.lefts):
            return None
        mention = self.index.mention_on(reporter)
        if mention is None:
            return reporter if reporter.i not in self._mention_by_head else None
        is_word = mention.label == "PERSON" and " " not in mention.canonical
        return reporter if is_word and token.lower_ == "it" and self.occurrences.is_source(position) else None

    def _speaking_of_other_sex(self, position: Position, sex: Sex) -> Referent | None:
        """Whoever spoke last, though the first name tells of the other sex, where nobody else can be meant.

        "Chanda Holm said no. He left", in an article that has told of no man so far.
        """
        speaking = self.occurrences.current_speaker
        if speaking is None or not speaking.is_sex_of_name or not is_main_subject(position.token):
            return None
        occurred = (referent for referent, _ in self.occurrences.recent.values())
        return None if any(other.kind == "person" and other.sex == sex for other in occurred) else speaking

    def _explain_open(self, token: Token, fits: Callable[[Referent], bool]) -> str:
        """Why a pronoun means nobody: nobody fits, or those who do are barred or too far back."""
        fitting = [name_of(referent) for referent, _ in self.occurrences.recent.values() if fits(referent)]
        names = list(dict.fromkeys(filter(None, fitting)))
        return speaker_reason("nobody sure before" if names else "nobody before", token.text, names or "")

    def _is_unnamed_speaker(self, position: Position, referent: Referent) -> bool:
        """Whether "they" may be the one person, only described, who spoke last: "A spokesperson said no. They said"."""
        is_unnamed = referent.mention is None and not referent.sex and not referent.members
        return is_unnamed and referent is self.occurrences.current_speaker and self.occurrences.is_source(position)

    # --- descriptions ---

    def _resolve_description(self, position: Position, kind: ReferentKind) -> Referent | None:
        """Whom a noun means: somebody named, else, as a subject or a group, whoever the article only describes."""
        token = position.token
        if kind == "person" or token.lower_ in self.people.owners:
            if token.dep_ == "conj" and person_described(token, self.index) is None:
                joined = self.resolutions.get(token.head.i)  # "the senator and candidate said": one and the same
                return joined.referent if joined else None
            person = self._resolve_person(position) if not withholds_name(token) else None
            if person is not None:
                return person
        if kind == "organisation" and is_definite(token):
            organisation = named_beside(token, self.index) or organisation_meant(token, self.index, self.people)
            if isinstance(organisation, Mention):
                self.index.nouns.setdefault(entity_key(organisation), set()).add(token.lower_)
                return self.referents.of_mention(organisation)
        pair = self._resolve_pair(position) if kind == "group" else None
        if pair is not None:
            return pair
        if kind == "group" and self.occurrences.is_source(position):
            named = introduced_together(token, self.index, self.people, self.occurrences.source_of_speech)
            if named:
                several = self.referents.of_group([self.referents.of_mention(mention) for mention in named])
                return self._resolve_to(token, several, speaker_reason("named after", token.text, name_of(several)))
        speaks = kind == "group" or is_subject(token) or self.occurrences.is_source(position)
        is_met = kind == "person" and is_addressed(token, self.people.addressing_verbs)
        if not speaks and not is_met and not (kind == "person" and is_introduced(token)):
            return None
        referent = self.referents.of_description(kind, token)  # "charged a monk": "the monk" is that one later
        return referent if speaks or is_met else None

    def _resolve_pair(self, position: Position) -> Referent | None:
        """The two named together whom "both airlines" or "the two men" takes up; None for other nouns."""
        token = position.token
        acts = is_subject(token) or self.occurrences.is_source(position)
        kind = kind_of_pair(token, self.people) if acts else None
        if kind is None:
            return None

        sex = self.people.sex_of_word(token.lemma_.lower())

        def fits(referent: Referent) -> bool:
            kinds = {member.kind for member in referent.members}
            if len(referent.members) != PAIR or any(sex and member.sex not in ("", sex) for member in referent.members):
                return False
            return kinds == {kind} or (kind == "group" and "person" not in kinds)

        best = self.occurrences.best(position, fits)
        return self._resolve_to(token, best[0], self._explain_choice(token, best[0])) if best is not None else None

    def _resolve_both(self, position: Position) -> Referent | None:
        """The two named together that a bare "both" takes up; None where nobody two were."""
        best = self.occurrences.best(position, lambda referent: len(referent.members) == PAIR)
        if best is None or position.speech >= 0:
            return None
        return self._resolve_to(position.token, best[0], self._explain_choice(position.token, best[0]))

    def _resolve_person(self, position: Position) -> Referent | None:
        """Which person a noun means, of those named or of those who spoke without a name; None where it is open."""
        token = position.token
        beside = person_described(token, self.index)
        if beside is not None:
            return self._resolve_to_mention(token, beside, "name beside")
        counterpart = counterpart_of_country(token, self.index, self.people)
        if counterpart is not None:
            return self._resolve_to_mention(token, counterpart, "counterpart")
        is_open = is_one_of_several(token, self.referents, self.people)
        named = self._resolve_to_named(position) if not is_open else None
        if named is not None:
            return named
        kin = kin_named(token, self._owner_of(token), self.referents, self.people)
        if kin is not None:
            return self._resolve_to(token, kin, speaker_reason("kin", token.text, name_of(kin)))
        may_be_lead = self.occurrences.is_source(position) or is_of_lead(token, self.people)
        later = self._introduced_next(token) if may_be_lead else None
        later = later or (named_later(token, self.index, self.people) if may_be_lead else None)
        if later is not None and may_be_named(token, self.referents.of_mention(later), self.index, self.people):
            return self._resolve_to_mention(token, later, "named after")
        speaking = self.occurrences.current_speaker
        if speaking is not None and is_called_again(token, speaking, self.people):
            return self._resolve_to(token, speaking, self._explain_choice(token, speaking))
        return None

    def _introduced_next(self, token: Token) -> Mention | None:
        return introduced_next(token, self.index, self.people, self.occurrences.source_of_speech)

    def _resolve_to_mention(self, token: Token, mention: Mention, origin: SpeakerOrigin) -> Referent | None:
        reason = speaker_reason(origin, token.text, mention.canonical)
        return self._resolve_to(token, self.referents.of_mention(mention), reason)

    def _resolve_to_named(self, position: Position) -> Referent | None:
        """The named person that a description takes up: "the senator", "his lawyer"; None where that is not sure."""
        token = position.token
        if not is_definite(token) and not may_precede_name(token, self.index):
            bearer = bearer_of_role(token, self.referents, self.index, self.people)
            if bearer is None:
                return None
            return self._resolve_to(token, bearer, speaker_reason("only role", token.text, name_of(bearer)))
        owner = self._owner_of(token)
        is_taken = is_borne_office(token, self.referents, self.people) or self.referents.is_introduced(token)
        # a witness's "the commander" is no second name for an officer whom only the newsroom spoke of
        is_free = not is_somebody_of_his(token) and not is_taken and position.speech < 0
        # "Brandt said the director had lied": of herself she would say "she".
        others = [owner, *(self._named_at(head.i) for head in self.occurrences.sources_at(token))]

        def fits(referent: Referent) -> bool:
            if any(referent is other for other in others) or (
                owner is not None and belongs_to_another(referent, owner, self.referents)
            ):
                return False
            if contradicts(token, referent, self.index, self.people) or self._is_somebody_unnamed(token, referent):
                return False
            may_be = is_free and may_be_second_name(
                token, referent, self.index, self.people, self.occurrences.recent.values()
            )
            return may_be or has_title(token, referent, self.people)

        if (best := self.occurrences.best(position, fits)) is not None:
            referent, score = best
            if has_title(token, referent, self.people):
                return self._resolve_to(token, referent, speaker_reason("title", token.text, name_of(referent)))
            if is_enough_untitled(score, referent, self.occurrences.recent.values()):
                return self._resolve_to(token, referent, self._explain_choice(token, referent))
        only = only_one_titled(token, self.referents, self.index, self.people)
        if only is not None and fits(only) and id(only) not in self.occurrences.named_behind(token):
            return self._resolve_to(token, only, speaker_reason("only title", token.text, name_of(only)))
        return None

    def _is_somebody_unnamed(self, noun: Token, named: Referent) -> bool:
        """Whether "the official" is an official whom the article did not name since it named somebody of that title."""
        described = self.referents.described.get(f"person {noun.lemma_.lower()}")
        last = self.occurrences.recent.get((id(named), False)) or self.occurrences.recent.get((id(named), True))
        if described is None or described.token is None or last is None or noun.lower_ in named.titles:
            return False
        return is_introduced(described.token) and described.token.i > last[1].position.token.i

    def _owner_of(self, noun: Token) -> Referent | None:
        """Whose "his lawyer" or "Brandt's lawyer" is."""
        return self._named_at(next((child.i for child in noun.children if child.dep_ == "poss"), -1))

    def _named_at(self, index: int) -> Referent | None:
        """Whom the token with that index means, as a name or as what was resolved; None where it is open."""
        mention = self._mention_by_head.get(index)
        resolution = self.resolutions.get(index)
        return self.referents.of_mention(mention) if mention else resolution.referent if resolution else None
