"""Whom and what an article speaks of: everybody named, and those it only describes ("a spokeswoman", "critics")."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from spacy.tokens import Token

from pipeline.knowledge.people import People, Sex
from pipeline.link.ages import age_behind
from pipeline.link.bound_pronouns import sex_by_pronouns
from pipeline.link.mention_index import EntityKey, MentionIndex, entity_key, surname_of
from pipeline.link.pronouns import HE_OR_SHE, PRONOUN_TAGS
from pipeline.link.roles import role_of
from pipeline.link.sexes import sex_before
from pipeline.records import Label, Mention

#: "Name" is somebody or something by a name that is no mention, until a pronoun tells what it is.
ReferentKind = Literal["person", "organisation", "country", "place", "group", "document", "name"]
_KIND_OF_LABEL: dict[Label, ReferentKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "COUNTRY": "country",
    "PLACE": "place",
}
#: Mentions of a person, from the first on, that are asked for titles and sex.
_MAX_MENTIONS = 12
#: Mentions of a person whom no "she" of the article means though the first name is a woman's, and pronouns of the other
#: sex in it, from which on the name is not believed: "Lindsey Holt" in an article that only ever says "he".
_MIN_MENTIONS_OF_DOUBT = 4
_MIN_PRONOUNS_OF_DOUBT = 3
#: As many pronouns a first name stands for that mostly one sex bears.
_PRONOUNS_OF_NAME = 2
#: Referents of the smallest group.
_FEWEST_MEMBERS = 2
#: Tokens before a name that may be titles: "former deputy mayor Ada Brandt" has three.
_MAX_TITLES = 3
#: Tags of words that a title before a name may consist of.
_TITLE_TAGS = frozenset({"NN", "NNP", "NNS", "JJ"})
#: Relations of the nouns that belong to the phrase of an owned noun: "Brandt's law and tax startup Lexpad".
_WITHIN_NOUN = frozenset({"poss", "compound", "nmod", "conj", "appos"})
#: Determiners of somebody not spoken of before: "a ministry official".
_INDEFINITE = frozenset({"a", "an", "one", "another"})


@dataclass(slots=True)
class Referent:
    """Somebody or something that pronouns and nouns can mean: named, only described, or several named together.

    ``mention``: of somebody named the first mention, else None. ``token``: of somebody only described the last noun,
    ``introductions`` those that bring him up ("a baker").
    ``sex``: "f", "m" or empty where nothing tells; ``is_sex_of_name``: only the first name tells it. ``titles``:
    lower-case words before the name and of the role. ``count``: how often it occurred so far. ``members``: who is named
    together ("Kenya and Uganda"). ``called``: the pronouns of each sex that meant him so far.
    """

    kind: ReferentKind
    mention: Mention | None = None
    token: Token | None = None
    sex: Sex = ""
    titles: frozenset[str] = frozenset()
    is_sex_of_name: bool = False
    count: int = 0
    members: tuple[Referent, ...] = ()
    introductions: list[Token] = field(default_factory=list)
    called: Counter[Sex] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a pronoun or description means; ``referent`` is None where that is not sure. ``reason`` says why.

    ``noun``: what somebody only described was called last before it.
    """

    referent: Referent | None
    reason: str
    noun: Token | None = None


def name_of(referent: Referent) -> str:
    """The referent's full name; of several together all names, of somebody only described the noun, for a reader."""
    if referent.mention is not None:
        return referent.mention.canonical
    if referent.members:
        return " and ".join(map(name_of, referent.members))
    return referent.token.text if referent.token is not None else ""


def are_group(members: Sequence[Referent]) -> bool:
    """Whether referents named one after another are several of one kind, which "they" can mean together."""
    if len(members) < _FEWEST_MEMBERS:
        return False
    return len({member.kind for member in members}) == 1 and len({id(member) for member in members}) == len(members)


@dataclass
class Referents:
    """All referents of one article, made when they are first asked for.

    ``named``: by entity; ``described``: by kind and noun ("person spokeswoman"); ``joined``: several together, by the
    id() of the members.
    """

    index: MentionIndex
    people: People
    named: dict[EntityKey, Referent] = field(default_factory=dict)
    described: dict[str, Referent] = field(default_factory=dict)
    joined: dict[tuple[int, ...], Referent] = field(default_factory=dict)

    def of_mention(self, mention: Mention) -> Referent:
        """The referent of a name; the same for all mentions of an entity."""
        entity = entity_key(mention)
        if entity not in self.named:
            self.named[entity] = self._build_named(mention)
        return self.named[entity]

    def _build_named(self, mention: Mention) -> Referent:
        mentions = self.index.mentions_of_entity(mention) or [mention]
        referent = Referent(_KIND_OF_LABEL[mention.label], mentions[0])
        if referent.kind == "person":
            referent.titles = frozenset(self._collect_titles(mentions))
            referent.sex = self._infer_sex(referent, mentions)
            referent.titles |= frozenset(self._collect_undergone(mentions))  # "the gunman" may be a woman charged
            if not referent.sex and (likely := self._likely_sex(mentions[0])):
                referent.called[likely] = _PRONOUNS_OF_NAME
        return referent

    def _collect_titles(self, mentions: Sequence[Mention]) -> Iterator[str]:
        """The words of the person's role, and those before the first mentions, lower case."""
        yield from role_of(mentions[0], self.index, self.people).text.lower().replace(",", " ").split()
        for mention in mentions[:_MAX_MENTIONS]:
            if age := age_behind(self.index.article.text, mention.end):
                yield age
            name = self.index.name_head(mention)
            for verb in _verbs_of(name) if name is not None else ():
                yield from self.people.holders.get(verb.lemma_, ())
            if name is not None and _has_firm(name, self.people):
                yield from self.people.heads_of_firms
            tokens = self.index.tokens_in((mention.start, mention.end))
            if tokens:
                first = tokens[0]
                yield from _title_words(first.doc[max(first.i - _MAX_TITLES, first.sent.start) : first.i])

    def _collect_undergone(self, mentions: Sequence[Mention]) -> Iterator[str]:
        """The nouns that may take somebody up for what was done to him: "suspect" where he was arrested."""
        for mention in mentions[:_MAX_MENTIONS]:
            name = self.index.name_head(mention)
            verb = _verb_undergone(name) if name is not None else None
            yield from self.people.undergoers.get(verb.lemma_, ()) if verb is not None else ()

    def _infer_sex(self, referent: Referent, mentions: Sequence[Mention]) -> Sex:
        """By a title or noun before one of the first mentions, the first name, all other titles, or pronouns beside."""
        words = mentions[0].canonical.split()
        for mention in mentions[:_MAX_MENTIONS]:
            tokens = self.index.tokens_in((mention.start, mention.end))
            if sex := sex_before(tokens, self.people):
                return self._sex_beside_title(sex, words, tokens)
        if sex := self.people.sex_of_name(words[0], alone=len(words) == 1):
            referent.is_sex_of_name = True
            return "" if self._is_doubtful(sex, len(mentions)) else sex
        sexes = {sex for title in referent.titles if (sex := self.people.sex_of_word(title))}
        if len(sexes) == 1:
            return sexes.pop()
        heads = (self.index.name_head(mention) for mention in mentions[:_MAX_MENTIONS])
        return sex_by_pronouns(head for head in heads if head is not None)

    def _likely_sex(self, mention: Mention) -> Sex:
        first, _, rest = mention.canonical.partition(" ")
        return self.people.likely_sex_of_name(first) if rest else ""

    def _sex_beside_title(self, sex: Sex, words: Sequence[str], tokens: Sequence[Token]) -> Sex:
        """What a title tells, unless it is an office that women hold as well: "Chairman Mary Holt", not "Mr Holt"."""
        is_office = tokens[0].i > 0 and tokens[0].nbor(-1).lower_ not in self.people.honorifics
        is_woman = len(words) > 1 and self.people.sex_of_name(words[0], sure=True) == "f"
        return "f" if sex == "m" and is_office and is_woman and tokens[0].nbor(-1).lower_.endswith("man") else sex

    def _is_doubtful(self, sex: Sex, mentions: int) -> bool:
        """Whether the article has pronouns of the other sex only, and yet is about somebody with such a first name."""
        if mentions < _MIN_MENTIONS_OF_DOUBT or self._pronouns[sex]:
            return False
        return self._pronouns.total() >= _MIN_PRONOUNS_OF_DOUBT and mentions == self._most_mentions

    @cached_property
    def _pronouns(self) -> Counter[Sex]:
        """How many pronouns of each sex the article has."""
        words = (token.lower_ for token in self.index.doc if token.tag_ in PRONOUN_TAGS)
        return Counter(HE_OR_SHE[word] for word in words if word in HE_OR_SHE)

    @cached_property
    def _most_mentions(self) -> int:
        """How often the person is named whom the article names most."""
        persons = (mentions for (label, _), mentions in self.index.entities.items() if label == "PERSON")
        return max(map(len, persons), default=0)

    @cached_property
    def persons(self) -> list[Referent]:
        """Everybody named in the article, in the order of their first mention."""
        people = (self.of_mention(mention) for mention in self.index.mentions if mention.label == "PERSON")
        return list({id(person): person for person in people}.values())

    @cached_property
    def by_surname(self) -> dict[str, Referent]:
        """Everybody named by the last word of the name, lower case; of namesakes the one named last."""
        return {
            surname_of(person.mention.canonical).lower(): person
            for person in self.persons
            if person.mention is not None
        }

    def bearers_of_surname(self, mention: Mention) -> list[str]:
        """The full names that end in the one word that a mention names somebody by; none for a name of several."""
        names = map(name_of, self.persons) if " " not in mention.canonical and mention.label == "PERSON" else ()
        return [name for name in names if name.endswith(f" {mention.canonical}")]

    def of_group(self, members: Sequence[Referent]) -> Referent:
        """Several referents as one that "they" can mean; the same ones again are the same."""
        key = tuple(sorted(id(member) for member in members))
        if key not in self.joined:
            self.joined[key] = Referent("group", members=tuple(members))
        return self.joined[key]

    def of_description(self, kind: ReferentKind, head: Token) -> Referent:
        """Whoever a noun describes without naming; the same noun again is the same one."""
        key = f"{kind} {head.lemma_.lower()}"
        if key not in self.described:
            sex = self.people.sex_of_word(head.lower_) if kind == "person" else ""
            self.described[key] = Referent(kind, sex=sex)
        referent = self.described[key]
        referent.token = head
        if is_introduced(head):
            referent.introductions.append(head)
        return referent

    def is_introduced(self, noun: Token) -> bool:
        """Whether the article has spoken of somebody without a name by that noun before, as of somebody new."""
        described = self.described.get(f"person {noun.lemma_.lower()}")
        return described is not None and bool(described.introductions)


def is_introduced(noun: Token) -> bool:
    """Whether the text introduces somebody as not yet known: "an official", "another official"."""
    return any(child.lower_ in _INDEFINITE for child in noun.lefts)


def is_told_by_name(noun: Token) -> bool:
    """Whether a name before a noun tells which one it is: "the Larn woman"."""
    return any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in noun.lefts)


def _verbs_of(name: Token) -> Iterator[Token]:
    """The verbs with an object of which a name is the subject: "Ada Brandt runs the bakery", "Brandt, who runs it"."""
    clauses = (
        child for child in name.children if child.dep_ == "relcl" and any(t.lower_ == "who" for t in child.lefts)
    )
    subject = name.head if name.dep_ == "appos" else name
    for verb in (subject.head, *clauses) if subject.dep_ == "nsubj" else clauses:
        relations = {child.dep_ for child in verb.children}
        if "dobj" in relations and "neg" not in relations:
            yield verb


def _verb_undergone(name: Token) -> Token | None:
    """The verb that tells what is done to somebody: "Omar Diallo was charged", "police arrested Omar Diallo"."""
    noun = name.head if name.dep_ in ("appos", "conj") else name
    is_undergone = noun.dep_ in ("nsubjpass", "dobj") and not any(child.dep_ == "neg" for child in noun.head.children)
    return noun.head if is_undergone else None


def _has_firm(name: Token, people: People) -> bool:
    """Whether a name stands before a firm as its owner: "Brandt's startup", "Brandt's law startup Lexpad"."""
    owned = name.head
    if name.dep_ != "poss" or owned.i < name.i:
        return False
    nouns = (token for token in owned.doc[name.i : owned.right_edge.i + 1] if token.pos_ in ("NOUN", "PROPN"))
    within = itertools.takewhile(lambda noun: noun.i == owned.i or noun.dep_ in _WITHIN_NOUN, nouns)
    return any(noun.lower_ in people.firms for noun in within)


def _title_words(before: Iterable[Token]) -> list[str]:
    """The unbroken run of nouns and adjectives at the end of the tokens before a name."""
    words: list[str] = []
    for token in reversed(list(before)):
        if token.tag_ not in _TITLE_TAGS:
            break
        words.append(token.lower_)
    return words
