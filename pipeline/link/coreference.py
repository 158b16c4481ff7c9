"""Who is meant by a pronoun or a description: a sweep over the article that keeps what was spoken of before.

After Lappin and Leass (1994, "An Algorithm for Pronominal Anaphora Resolution"): whoever was named lately and as a
subject is likeliest. Added for news: quotation turns, speech apart from what surrounds it, sex by name and title.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from pipeline.extract.quotations import Quotation, find_quotations
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People, Sex
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import (
    belongs_to_another,
    described_here,
    described_kind,
    is_definite,
    matches,
    may_be_last_subject,
    may_look_ahead,
    named_ahead,
)
from pipeline.link.organisations import named_organisation
from pipeline.link.referents import Kind, Referent, Referents, is_main_subject, is_subject
from pipeline.link.roles import role_of
from pipeline.records import Mention, Quote
from pipeline.text.spans import SpanIndex

HE: dict[str, Sex] = {"he": "m", "him": "m", "his": "m", "himself": "m",
                      "she": "f", "her": "f", "hers": "f", "herself": "f"}  # fmt: skip
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})

_MAIN, _SUBJECT, _OWNER, _SENTENCE, _SEX, _COUNT, _TURN, _TELLER, _IN_SPEECH = (
    1.2,
    0.8,
    0.4,
    0.9,
    0.6,
    0.15,
    1.0,
    1.5,
    2.0,
)
#: What "A and B" have before A or B alone when "they" is asked for.
_TOGETHER = 0.6
#: How much a title that fits outweighs, and the least by which a description takes up the last subject.
_TITLED, _SURE = 1.5, 1.0
_KNOWN = 5
#: A pronoun refers at most so many sentences back, and remembers so many referents.
_FAR, _MOST = 8, 40
_WORDS_OF_SPEECH = 3


@dataclass(slots=True)
class Occurrence:
    """The last time a referent was spoken of."""

    token: Token
    weight: float
    speech: int
    sentence: int


@dataclass(slots=True)
class Resolution:
    """Whom a pronoun or description means, and why; ``referent`` is None where that is not sure."""

    referent: Referent | None
    reason: str


@dataclass
class Resolver:
    """The state of the sweep; ``found`` has the answers by token index."""

    cast: MentionIndex
    people: People
    quotes: Sequence[Quote]
    referents: Referents
    found: dict[int, Resolution] = field(default_factory=dict)
    last: dict[tuple[int, bool], tuple[Referent, Occurrence]] = field(default_factory=dict)
    speaker: Referent | None = None

    def __post_init__(self) -> None:
        spoken = [
            each for each in find_quotations(self.cast.article)
            if len(self.cast.article.text[slice(*each.inner)].split()) > _WORDS_OF_SPEECH
        ]  # fmt: skip
        self.speech: SpanIndex[Quotation] = SpanIndex(spoken, lambda each: [each.outer])
        self.content = SpanIndex(self.quotes, lambda quote: quote.content)
        self.sources = SpanIndex(self.quotes, lambda quote: quote.source[:1])
        self.heads = self._mention_heads()

    def _mention_heads(self) -> dict[int, Mention]:
        heads: dict[int, Mention] = {}
        for mention in self.cast.mentions:
            if mention.use in ("name_part", "people") or not self.cast.may_be_meant(mention):
                continue
            head = self.cast.head(mention)
            if head is not None and (head.i not in heads or heads[head.i].label != "PERSON"):
                heads[head.i] = mention
        return heads

    def run(self) -> dict[int, Resolution]:
        """Go through the article once. Gives the answer for each pronoun and description, by token index."""
        sentence = 0
        for token in self.cast.doc:
            if token.is_space or token.is_punct:
                continue
            speech = self._speech_at(token)
            if token.is_sent_start and speech < 0:
                sentence += 1
            referent = self._referent_at(token, speech, sentence)
            if referent is not None:
                self._note(referent, token, speech, sentence)
            together = self._together(token)
            if together is not None:
                self._note(*together, speech, sentence)
        return self.found

    def _together(self, last: Token) -> tuple[Referent, Token] | None:
        """The names joined by "and" that end with this one, as one referent, and the first name's head."""
        if last.i not in self.heads or any(child.dep_ == "conj" for child in last.children):
            return None
        names = [last]
        while names[-1].dep_ == "conj" and names[-1].head.i in self.heads:
            names.append(names[-1].head)
        if len(names) == 1 or any(child.lower_ in ("or", "nor") for name in names for child in name.children):
            return None
        members = [self.referents.of(self.heads[name.i]) for name in reversed(names)]
        alike = len({each.kind for each in members}) == 1 and len({id(each) for each in members}) == len(members)
        return (self.referents.together(members), names[-1]) if alike else None

    def _speech_at(self, token: Token) -> int:
        held = self.speech.overlapping(token.idx, token.idx + len(token))
        return held[0].outer[0] if held else -1

    def _referent_at(self, token: Token, speech: int, sentence: int) -> Referent | None:
        if token.tag_ in ("PRP", "PRP$"):
            return self._pronoun(token, speech, sentence)
        mention = self.heads.get(token.i)
        if mention is not None:
            return self.referents.of(mention)
        kind = described_kind(token, self.people, self.cast)
        return self._described(token, kind, speech, sentence) if kind else None

    def _note(self, referent: Referent, token: Token, speech: int, sentence: int) -> None:
        referent.count += 1
        weight = _weight(token)
        place = id(referent), speech >= 0
        before = self.last.pop(place, None)
        if before is not None and before[1].sentence == sentence and speech == before[1].speech:
            weight = max(weight, before[1].weight)
        self.last[place] = referent, Occurrence(token, weight, speech, sentence)
        while len(self.last) > _MOST:
            self.last.pop(next(iter(self.last)))
        if speech >= 0 or weight < _SUBJECT:
            return
        if self.sources.overlapping(token.idx, token.idx + 1):
            self.speaker = referent
        elif weight == _MAIN and referent is not self.speaker:
            self.speaker = None  # somebody else acts: the turn is over

    # --- pronouns ---

    def _pronoun(self, token: Token, speech: int, sentence: int) -> Referent | None:
        word = token.lower_
        if word in HE:
            kinds: tuple[Kind, ...] = ("person",)
        elif word in IT:
            kinds = ("organisation", "country", "document")
        elif word in THEY:
            kinds = ("group", "organisation", "country")
        else:
            return None
        if token.dep_ == "expl" or (word == "it" and _is_empty(token)):
            return None

        def fits(referent: Referent) -> bool:
            return referent.kind in kinds and (word not in HE or referent.sex in ("", HE[word]))

        best = self.likeliest(token, fits, speech, sentence)
        ahead = self._later_subject(token) if word in HE else None
        if ahead is not None and fits(ahead):
            self.found[token.i] = Resolution(ahead, f"{word!r}: subject of the clause that follows")
            return ahead
        if best is None:
            self.found[token.i] = Resolution(None, f"nobody sure before for {word!r}")
            return None
        self.found[token.i] = Resolution(best[0], f"{word!r}: {self._why(best[0])}")
        return best[0]

    def _why(self, referent: Referent) -> str:
        occurrence = (self.last.get((id(referent), False)) or self.last[id(referent), True])[1]
        told = "subject before" if occurrence.weight >= _SUBJECT else "named before"
        return f"{'the last speaker' if referent is self.speaker else told}, {occurrence.token.text!r}"

    def likeliest(
        self, token: Token, fits: Callable[[Referent], bool], speech: int, sentence: int
    ) -> tuple[Referent, float] | None:
        """The likeliest referent that fits, with its score; None where there is none near enough."""
        best: tuple[Referent, float] | None = None
        teller = _teller(token)
        for referent, occurrence in self.last.values():
            distance = sentence - occurrence.sentence
            if not fits(referent) or distance > _FAR or self._is_barred(token, speech, referent, occurrence):
                continue
            score = self._score(token, speech, distance, referent, occurrence)
            score += _TITLED if token.tag_ == "NN" and matches(token, referent, self.people) else 0.0
            score += _TELLER if teller is not None and teller.i == occurrence.token.i else 0.0
            if teller is not None and self._is_house(teller, referent):
                score = max(score, 0.0) + _TELLER  # however long ago it was named
            if best is None or score >= best[1]:
                best = referent, score
        return best

    def _is_house(self, teller: Token, referent: Referent) -> bool:
        """Whether the referent is the firm of whoever says the clause."""
        mention = self.heads.get(teller.i)
        if mention is None or mention.label != "PERSON" or referent.kind != "organisation" or referent.mention is None:
            return False
        house = referent.mention.canonical
        role = role_of(mention, self.cast, self.people)[0]
        return house in role or mention.canonical.split()[-1] in house.split()

    def _score(self, token: Token, speech: int, distance: int, referent: Referent, occurrence: Occurrence) -> float:
        score = -_SENTENCE * distance + _COUNT * min(referent.count, _KNOWN)
        score += occurrence.weight + (_SEX if referent.sex else 0.0) + (_TOGETHER if referent.members else 0.0)
        if speech < 0:
            score -= _IN_SPEECH if occurrence.speech >= 0 else 0.0
            score += _TURN if referent is self.speaker and token.dep_ in SUBJECTS else 0.0
        return score

    def _is_barred(self, token: Token, speech: int, referent: Referent, occurrence: Occurrence) -> bool:
        other = occurrence.token
        if (
            token.dep_ != "poss"
            and _clause(token) == _clause(other)
            and other.dep_ != "poss"
            and other.sent == token.sent
        ):
            return True
        if token.dep_ == "poss" and other.is_ancestor(token) and other.i > token.i:
            return True
        return (
            speech >= 0 and occurrence.speech != speech and token.lower_ in HE and referent is self._teller_of(speech)
        )

    def _teller_of(self, speech: int) -> Referent | None:
        """Whoever says the direct speech that opens there, where named."""
        for quote in self.content.overlapping(speech, speech + 2):
            if quote.source and quote.quote_type == "direct":
                if self.cast.article.text[slice(*quote.source[0])].lower() in HE:
                    return self.speaker  # "he" goes on speaking
                mention = self.cast.at(quote.source[0])
                return self.referents.of(mention) if mention is not None and mention.label == "PERSON" else None
        return None

    def _later_subject(self, token: Token) -> Referent | None:
        """The named subject after a fronted phrase: "In her statement, Ada Brandt said"."""
        verb = token.head
        while verb.head.i != verb.i and not (verb.dep_ in ("prep", "advcl") and verb.i < verb.head.i):
            verb = verb.head
        if verb.head.i == verb.i:
            return None
        subject = next((c for c in verb.head.children if c.dep_ in SUBJECTS and c.i > token.i), None)
        mention = self.heads.get(subject.i) if subject is not None else None
        return self.referents.of(mention) if mention is not None and mention.label == "PERSON" else None

    # --- descriptions ---

    def _described(self, token: Token, kind: Kind, speech: int, sentence: int) -> Referent | None:
        if kind == "person":
            here = described_here(token, self.cast)
            if here is not None:
                return self.referents.of(here)
            if token.dep_ == "conj":  # "the senator and candidate said": one and the same
                joined = self.found.get(token.head.i)
                return joined.referent if joined else None
            ahead = may_look_ahead(token, self.cast)
            known = self._known_person(token, speech, sentence) if ahead or is_definite(token) else None
            if known is not None:
                return known
        if kind == "organisation" and is_definite(token):
            named = named_organisation(token, self.cast, self.people)
            if isinstance(named, Mention):
                self.cast.called.setdefault((named.label, named.canonical), set()).add(token.lower_)
                return self.referents.of(named)
        return self.referents.describe(kind, token) if kind == "group" or is_subject(token) else None

    def _known_person(self, token: Token, speech: int, sentence: int) -> Referent | None:
        owner = next((self.found[c.i].referent for c in token.children if c.dep_ == "poss" and c.i in self.found), None)

        def fits(each: Referent) -> bool:
            if each is owner or (owner is not None and belongs_to_another(each, owner, self.referents)):
                return False
            return matches(token, each, self.people) or may_be_last_subject(token, each, self.people)

        best = self.likeliest(token, fits, speech, sentence)
        if best is not None and (matches(token, best[0], self.people) or best[1] >= _SURE):
            titled = matches(token, best[0], self.people)
            self.found[token.i] = Resolution(
                best[0], f"{token.text!r}: {'so titled' if titled else self._why(best[0])}"
            )
            return best[0]
        ahead = named_ahead(token, self.referents, self.people)
        if ahead is not None and fits(ahead):
            self.found[token.i] = Resolution(ahead, f"{token.text!r}: the only one so titled")
            return ahead
        return None


def _weight(token: Token) -> float:
    """How much a place in the sentence makes its referent the one spoken of."""
    if is_main_subject(token):
        return _MAIN
    return _SUBJECT if is_subject(token) else _OWNER if token.dep_ == "poss" else 0.0


def _is_empty(it: Token) -> bool:
    """ "It remains unclear whether ...": the clause is the subject."""
    clause = {child.dep_ for child in it.head.children if child.i > it.i}
    return it.dep_ in SUBJECTS and bool(clause & {"acomp", "attr"}) and bool(clause & {"ccomp", "csubj"})


def _teller(head: Token) -> Token | None:
    """The subject of the clause above: whoever says what the pronoun stands in ("the union said it would go")."""
    verb = head.head
    for _ in range(_KNOWN):
        if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB":
            return next((c for c in verb.head.children if c.dep_ in SUBJECTS), None)
        if verb.dep_ not in ("xcomp", "conj", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _clause(token: Token) -> int:
    """The verb whose argument the token is, as a token index; itself where it is nobody's argument."""
    seen = token
    while seen.dep_ in ("pobj", "prep", "conj", "appos", "compound", "dative", "agent") and seen.head.i != seen.i:
        seen = seen.head
    if seen.dep_ in (*SUBJECTS, "dobj", "iobj", "dative", "attr", "prep"):
        return seen.head.i
    return seen.head.i if seen.head.pos_ in ("VERB", "AUX") and seen.dep_ != "poss" else seen.i
