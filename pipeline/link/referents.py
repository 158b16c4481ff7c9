"""Whom and what an article speaks of: everybody named, and those it only describes ("a spokeswoman", "critics")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, char_span, trim
from pipeline.knowledge.people import People, Sex
from pipeline.link.mention_index import MentionIndex
from pipeline.link.names import sex_before
from pipeline.link.roles import role_of
from pipeline.records import Mention, Span

Kind = Literal["person", "organisation", "country", "place", "group", "document"]
_KINDS: dict[str, Kind] = {"PERSON": "person", "ORG": "organisation", "COUNTRY": "country", "PLACE": "place"}
#: Titles and sex show at one of the first mentions of a person.
_LOOKS = 12


@dataclass(slots=True)
class Referent:
    """Somebody or something that pronouns and nouns can mean.

    Named: ``mention`` is its first one. Only described: ``token`` is the last noun for it, ``mention`` None. Several
    named together ("Kenya and Uganda"): ``members``.
    ``titles``: lower-case words before its name and the words of its role.
    """

    kind: Kind
    mention: Mention | None = None
    token: Token | None = None
    sex: Sex = ""
    titles: frozenset[str] = frozenset()
    count: int = 0
    members: tuple[Referent, ...] = ()


@dataclass
class Referents:
    """All referents of one article: the named ones by their entity, described ones by their noun, as they come."""

    cast: MentionIndex
    people: People
    named: dict[tuple[str, str], Referent] = field(default_factory=dict)
    described: dict[str, Referent] = field(default_factory=dict)
    joined: dict[tuple[int, ...], Referent] = field(default_factory=dict)

    def of(self, mention: Mention) -> Referent:
        """The referent of a name."""
        entity = (mention.label, mention.canonical)
        if entity not in self.named:
            self.named[entity] = self._named(mention)
        return self.named[entity]

    def _named(self, mention: Mention) -> Referent:
        mentions = self.cast.same(mention) or [mention]
        made = Referent(_KINDS[mention.label], mentions[0])
        if made.kind == "person":
            made.titles = frozenset(self._titles(mentions))
            made.sex = self._sex(mentions, made.titles)
        return made

    def _titles(self, mentions: Iterable[Mention]) -> Iterable[str]:
        for number, mention in enumerate(mentions):
            if number >= _LOOKS:
                return
            if not number:
                yield from role_of(mention, self.cast, self.people)[0].lower().replace(",", " ").split()
            tokens = self.cast.tokens((mention.start, mention.end))
            if tokens:
                before = tokens[0].doc[max(tokens[0].i - 3, tokens[0].sent.start) : tokens[0].i]
                yield from _title_words(before)

    def _sex(self, mentions: Sequence[Mention], titles: Iterable[str]) -> Sex:
        for number, mention in enumerate(mentions):
            if number >= _LOOKS:
                break
            if sex := sex_before(self.cast.tokens((mention.start, mention.end)), self.people):
                return sex
        first = mentions[0].canonical.split()
        if sex := self.people.sex_of_name(first[0], alone=len(first) == 1):
            return sex
        told = {sex for title in titles if (sex := self.people.sex_of_word(title))}
        return told.pop() if len(told) == 1 else ""

    @cached_property
    def persons(self) -> list[Referent]:
        """Everybody named in the article, in the order of their first mention."""
        return list(
            {id(each): each for m in self.cast.mentions if m.label == "PERSON" for each in [self.of(m)]}.values()
        )

    @cached_property
    def surnames(self) -> dict[str, Referent]:
        """Everybody by the last word of the name, lower case."""
        return {each.mention.canonical.split()[-1].lower(): each for each in self.persons if each.mention is not None}

    def together(self, members: Sequence[Referent]) -> Referent:
        """Several referents as one that "they" can mean; the same ones again are the same."""
        key = tuple(sorted(id(each) for each in members))
        if key not in self.joined:
            self.joined[key] = Referent("group", members=tuple(members))
        return self.joined[key]

    def describe(self, kind: Kind, head: Token) -> Referent:
        """Whoever a noun describes without naming; the same noun again is the same one."""
        name = f"{kind} {head.lemma_.lower()}"
        if name not in self.described:
            sex = self.people.sex_of_word(head.lower_) if kind == "person" else ""
            self.described[name] = Referent(kind, sex=sex)
        made = self.described[name]
        made.token = head
        return made


def _title_words(before: Iterable[Token]) -> list[str]:
    words: list[str] = []
    for token in reversed(list(before)):
        if token.tag_ not in ("NN", "NNP", "NNS", "JJ"):
            break
        words.append(token.lower_)
    return words


def noun_phrase(head: Token, text: str) -> Span:
    """The noun phrase of a head without relative clauses, appositions and what follows a comma."""
    drop = {
        t.i
        for child in head.children
        if child.dep_ in ("relcl", "acl", "appos", "punct", "advcl", "conj", "cc") and child.i > head.i
        for t in child.subtree
    }
    kept = [t for t in head.subtree if t.i not in drop]
    run = [t for t in kept if t.i <= head.i]
    for token in kept:
        if token.i == run[-1].i + 1:
            run.append(token)
    return trim(text, char_span(run) or (head.idx, head.idx + len(head)))


def is_main_subject(token: Token) -> bool:
    """Whether the token is the subject of a clause that no other verb governs."""
    while token.dep_ in ("appos", "conj") and token.head.i != token.i:
        token = token.head
    return token.dep_ in SUBJECTS and token.head.dep_ in ("ROOT", "conj", "parataxis")


def is_subject(token: Token) -> bool:
    """Whether the token or what it stands beside is a clause's subject."""
    while token.dep_ in ("appos", "conj") and token.head.i != token.i:
        token = token.head
    return token.dep_ in SUBJECTS
