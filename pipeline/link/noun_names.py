"""Names in and beside the noun of a source: "Ruiz", "the mayor, Ana Ruiz", "the Fjord Post newspaper"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, char_span
from pipeline.knowledge.people import People
from pipeline.link.inhabitants import is_inhabitant
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import person_described
from pipeline.link.organisation_descriptions import maker_meant
from pipeline.link.organisations import named_beside
from pipeline.link.phrases import named_members
from pipeline.link.titles_before import office_before_body, office_joined
from pipeline.records import Mention, Span

#: Relations that show that more than a role stands before a name.
_JOINED = frozenset({"cc", "relcl", "acl"})
#: Determiners of somebody not spoken of before.
_INDEFINITE = frozenset({"a", "an", "one", "another"})
#: Nouns between whoever publishes it and the name of a newspaper: "the Green Party daily Larna".
_PUBLISHED = frozenset({"daily", "weekly", "newspaper", "paper", "magazine", "broadcaster"})


@dataclass(frozen=True)
class NounNames:
    """The names that a noun may be known by: ``head`` of a source whose words are at ``span``.

    What is looked up is looked up when it is first asked for, and kept.
    """

    index: MentionIndex
    people: People
    head: Token
    span: Span

    @cached_property
    def own(self) -> Mention | None:
        """The name that the head belongs to, or a name of the article that the parser overlooked here."""
        if is_inhabitant(self.head, self.index, self.people):
            return None  # "the Norwegian said" is not Norway
        behind = self._name_behind_role() or self._name_of_officer() or self._name_before_comma()
        if behind is not None:
            return behind
        head, index = self.head, self.index
        mention = index.mention_on(head)
        # "Truckers", to the parser a firm
        is_common = head.tag_ == "NNS" and self.people.is_person(head.lemma_.lower())
        is_kind_named = head.i > 0 and head.nbor(-1).lower_ in self.people.organisations  # "retail union Shopmates"
        if mention is not None and mention.use == "people" and head.dep_ == "amod":
            return mention  # "Chinese claims that"
        if mention is None or is_common or not (is_kind_named or _is_part_of_name(head, mention)):
            return index.overlooked_name(head)
        if self._ends_longer_name(mention):
            return None  # "Cyclists Together Scotland"
        # "American said", of American Airways; "HCSO said", of the Harrow County Sheriff's Office
        may_be_short = mention.use == "people" or (mention.label == "ORG" and mention.canonical == head.text)
        return (index.organisation_by_part(head) if may_be_short else None) or mention

    def _ends_longer_name(self, mention: Mention) -> bool:
        """Whether a country or place is the last word of a name of which the mentions know nothing else."""
        if mention.label not in ("COUNTRY", "PLACE") or mention.use == "people":
            return False
        before = [token for token in self.head.lefts if token.dep_ == "compound" and token.pos_ == "PROPN"]
        return any(token.idx < mention.start and self.index.mention_on(token) is None for token in before)

    def _name_behind_role(self) -> Mention | None:
        """The full name that ends the source right behind a noun for a person, wherever the parser has its head.

        Ada Brandt in "the Union of Ports president Ada Brandt" and "secretary of the Ports union Ada Brandt"; not in
        "the union and its president Ada Brandt".
        """
        tokens = self.index.tokens_in(self.span)
        mention = self.index.mention_on(tokens[-1]) if tokens else None
        if mention is None or mention.label != "PERSON" or " " not in mention.canonical:
            return None
        before = [token for token in tokens if token.idx < mention.start]
        is_role = bool(before) and before[-1].tag_ in ("NN", "NNP") and self.people.is_person(before[-1].lower_)
        is_one_phrase = not any(token.dep_ in _JOINED or (token.is_punct and token.tag_ != "HYPH") for token in before)
        is_own = is_role and is_one_phrase and not self._is_of_another(before)
        if is_own and mention.start > self.head.idx:
            return mention
        office = office_before_body(mention, self.index, self.people)
        return mention if office is not None and self.span[0] <= office[0] else None

    def _is_of_another(self, before: Sequence[Token]) -> bool:
        """Whether the words before a name end in titles behind a preposition: "a friend of Mr", "aides to Mayor".

        Then the source is somebody else without a name, and so is he of whom a preposition tells whose kin, "aides" or
        "a spokesman" they are: "a spokesman for Larn mayor"; not in "chair of the ports committee Sir Ivar Holm".
        """
        behind = list(takewhile(lambda token: token.dep_ != "prep", reversed(before)))
        if len(behind) == len(before):
            return False
        nouns = (token for token in before if token.tag_ in ("NN", "NNS"))
        is_new = before[0].lower_ in _INDEFINITE or next((noun.tag_ for noun in nouns), "") == "NNS"
        is_kin = before[len(before) - len(behind) - 1].head.lower_ in self.people.kin  # "the widow of Army General"
        return is_new or is_kin or all(token.pos_ == "PROPN" and self._is_title(token) for token in behind)

    def _is_title(self, token: Token) -> bool:
        word = token.lower_
        return word in self.people.honorifics or word in self.people.degrees or self.people.is_listed_person(word)

    def _name_of_officer(self) -> Mention | None:
        """The person behind a role that the head's owner has, where the parser took the owner for the head.

        Ada Brandt in "Bank of Larn's deputy governor, Ada Brandt": what follows "of" may end with "'s".
        """
        if not any(child.dep_ == "prep" for child in self.head.rights):
            return None
        tokens = self.index.tokens_in(self.span)
        owned = next(
            (number for number, token in enumerate(tokens) if token.tag_ == "POS" and token.i > self.head.i), 0
        )
        role = list(takewhile(lambda token: not self._begins_name(token), tokens[owned + 1 :])) if owned else []
        nouns = [noun for noun in role if self.people.is_person(noun.lower_) and noun.tag_ in ("NN", "NNP")]
        if not nouns or any(noun.dep_ in _JOINED for noun in role):
            return None
        behind = tokens[owned + 1 + len(role) :]
        return next((mention for token in behind[:1] if (mention := self.index.mention_on(token))), None)

    def _begins_name(self, token: Token) -> bool:
        """Whether a token begins a person's full name."""
        mention = self.index.mention_on(token)
        return mention is not None and mention.label == "PERSON" and " " in mention.canonical

    def _name_before_comma(self) -> Mention | None:
        """The person's full name with which a source begins, where the parser has its head in the role behind it.

        "Ada Brandt, who has led the think tank since May": the parser may take "think" for the verb.
        """
        tokens = self.index.tokens_in(self.span)
        mention = self.index.mention_on(tokens[0]) if tokens else None
        if mention is None or not self._begins_name(tokens[0]) or self.index.mention_on(self.head) is not None:
            return None
        is_closed = mention.start == tokens[0].idx and self.index.article.text.startswith(", ", mention.end)
        return mention if is_closed and mention.end < self.head.idx and self.head.dep_ != "conj" else None

    @cached_property
    def beside(self) -> Mention | None:
        """The name beside a noun: "the mayor, Ana Ruiz", "Ana Ruiz, a mayor", "the Fjord Post newspaper"."""
        mention = self._mention_on_child()
        if mention is None and (self.people.is_person(self.head.lower_) or self.head.lower_ == "one"):
            mention = (
                self._name_of_second()
                or self._name_right_behind()
                or person_described(self.head, self.index)
                or self._name_after_comma()
            )
        if mention is None and self.head.lower_ in self.people.organisations:
            mention = named_beside(self.head, self.index)
        return mention

    def _name_right_behind(self) -> Mention | None:
        """The person's name right behind a role that the parser did not join to it: "City Comptroller Oren Holm"."""
        after = self.head.i + 1
        mention = self.index.mention_on(self.head.nbor(1)) if after < len(self.head.doc) else None
        is_name = mention is not None and mention.label == "PERSON" and " " in mention.canonical
        return mention if is_name and mention is not None and mention.start == self.head.nbor(1).idx else None

    def _name_of_second(self) -> Mention | None:
        """The name of the second of two, which the parser hung on the first: "Ada Brandt and her aide, Oren Holm,"."""
        first, after = self.head.head, self.head.i + 2
        if self.head.dep_ != "conj" or after >= len(self.head.doc) or self.head.nbor(1).text != ",":
            return None
        mention = self.index.mention_on(self.head.doc[after])
        name = self.index.name_head(mention) if mention is not None and mention.label == "PERSON" else None
        return mention if name is not None and name.dep_ == "appos" and name.head.i == first.i else None

    def _mention_on_child(self) -> Mention | None:
        """The name in apposition to a noun, or that of the whole right before it."""
        head, span = self.head, self.span
        for child in head.children:
            mention = self.index.mention_on(child)
            if mention is None:
                continue
            is_apposed = child.dep_ == "appos" and span[0] <= child.idx < span[1] and not self._names_employer(child)
            if is_apposed and (mention.label in ("PERSON", "ORG") or self._is_firm_beside(child)):
                return mention
            is_before = child.dep_ in ("compound", "nmod") and child.i == head.i - 1
            is_before = is_before and not any(other.lower_ in _INDEFINITE for other in head.lefts)  # "a U.N. agency"
            if is_before and self._names_whole(mention) and maker_meant(head, self.index, self.people) is None:
                return mention
        return None

    def _names_employer(self, name: Token) -> bool:
        """Whether a name is that of the body whose noun stands before it: "the director of the charity Larnaid"."""
        kind = name.left_edge.nbor(-1) if name.left_edge.i else name
        is_object = kind.dep_ == "pobj" and kind.tag_ == "NN" and kind.i > self.head.i
        return is_object and kind.lower_ in self.people.organisations and self.people.is_person(self.head.lower_)

    def _is_firm_beside(self, name: Token) -> bool:
        """Whether a name right after a noun for organisations is one, whatever the parser has: "airline Larnair"."""
        return name.i == self.head.i + 1 and self.head.lower_ in self.people.organisations

    def _names_whole(self, mention: Mention) -> bool:
        """Whether a name before a noun is that of the whole: "the Fjord Post newspaper", not "the Larn campaign"."""
        noun, people = self.head.lower_, self.people
        is_whole = noun in people.organisations and noun not in people.subunits | people.establishments
        return is_whole and mention.label == "ORG" and mention.use != "name_part"

    def _name_after_comma(self) -> Mention | None:
        """The name in "The mayor of Larn, Ada Brandt", which the parser may hang on the town."""
        for mention in self.index.mentions_within(self.span):
            is_full_name = mention.label == "PERSON" and " " in mention.canonical and mention.start > self.head.idx
            if is_full_name and self.index.article.text.endswith(", ", 0, mention.start):
                return mention
        return None

    @cached_property
    def unknown(self) -> Span | None:
        """A name of which the article's mentions know nothing."""
        head = self.head
        is_role = _is_role(head, self.people)  # "Doctor Says", in a headline's capitals
        if head.tag_ != "NNP" or is_role or any(child.dep_ in ("det", "poss") for child in head.children):
            return None
        before = [token for token in head.lefts if token.dep_ == "compound" and token.pos_ == "PROPN"]
        return char_span([*before, head]) or self.span


def _is_role(head: Token, people: People) -> bool:
    """Whether a word in capitals means a person and is no name: "Doctor Says". Of others only the ending tells.

    Those are roles behind words in small letters, or in a headline, where the verb has a capital: not "Marner said".
    """
    if not people.is_person(head.lower_):
        return False
    if people.is_listed_person(head.lower_) or any(child.text.islower() for child in head.lefts):
        return True
    verb = head.head
    return verb.text[:1].isupper() or verb.i == head.i


def _is_part_of_name(head: Token, mention: Mention) -> bool:
    """Whether the head belongs to the name: by its tag, or because the name ends there whatever the tagger says."""
    if head.tag_ == "NNPS" and mention.end - mention.start == len(head) and mention.label == "ORG":
        return False  # "Republicans" are people, not a party
    if mention.use == "people" and head.tag_ in ("NNS", "NNPS"):
        return False  # "many Cubans" are people, not Cuba
    ends_name = mention.label in ("PERSON", "ORG") and mention.end == head.idx + len(head)
    return head.pos_ == "PROPN" or ends_name


def name_beside_description(noun: Token) -> Token | None:
    """The head of the name that a description stands beside, which may be no mention: "Larnair, a spokesman, said".

    The noun itself where it is a name.
    """
    if noun.tag_ == "NNP" and not any(child.dep_ in ("det", "poss") for child in noun.lefts):
        return noun
    if noun.dep_ == "appos":
        return noun.head if noun.head.tag_ == "NNP" and noun.head.i < noun.i else None
    return next((child for child in noun.rights if child.dep_ == "appos" and child.tag_ == "NNP"), None)


def members_named(group: Token, index: MentionIndex) -> list[Mention]:
    """The names beside a plural noun, two at least: "two clerks, Ada Brandt and Oren Blake"; else none."""
    mentions = [index.mention_on(name) for name in named_members(group)]
    return [mention for mention in mentions if mention is not None] if all(mentions) else []


def joined_crowd(head: Token, inside: Container[int], index: MentionIndex, people: People) -> Token | None:
    """The plural noun without a name that is joined to somebody: "his aides" of "Brandt and his aides"; else None.

    ``head``: that of a source whose tokens have the indexes ``inside``.
    """
    if head.tag_ not in ("NNP", "NNPS", "PRP") and index.mention_on(head) is None:
        return None
    joined = [child for child in head.rights if child.dep_ == "conj" and child.i in inside]
    crowd = [child for child in joined if _are_many(child, people) and index.mention_on(child) is None]
    return (
        crowd[0] if len(joined) == 1 and crowd and not any(child.dep_ == "conj" for child in crowd[0].rights) else None
    )


def name_before_crowd(noun: Token, index: MentionIndex, people: People) -> Token | None:
    """The head of the name to which a crowd is joined: "Brandt" for "his colleagues" of "Brandt and his colleagues"."""
    named = noun.head
    if noun.dep_ != "conj" or named.i > noun.i:
        return None
    mention = index.mention_on(named)
    inside = {token.i for token in named.subtree}
    is_person = mention is not None and mention.label == "PERSON"
    return named if is_person and joined_crowd(named, inside, index, people) == noun else None


def _are_many(noun: Token, people: People) -> bool:
    """Whether a noun means several people or organisations: "his aides", "its rivals", "others", "her family"."""
    lemma = noun.lemma_.lower()
    is_own = noun.lower_ in people.own_crowds and any(child.tag_ == "PRP$" for child in noun.lefts)
    if is_own or noun.lower_ in people.crowds or lemma in people.crowds or noun.tag_ == "NNPS":
        return True
    return noun.tag_ == "NNS" and bool(people.speaker_type(lemma))


def head_meant(head: Token, inside: Container[int], index: MentionIndex, people: People) -> Token:
    """The head of a source for that which the parser hung it on: a participle, a town, a publisher, an office, a body.

    ``inside``: the indexes of the source's tokens.
    """
    head = _without_office(_without_body(head, inside), index, people)
    return _without_publisher(_without_town(_without_participle(head, index)))


def _without_participle(head: Token, index: MentionIndex) -> Token:
    """The head of a source that the parser hung on a participle: Holm of "Reacting, the chairman, Oren Holm, said"."""
    is_participle = head.is_sent_start and head.lower_.endswith("ing") and head.tag_ in ("VBG", "NNP")
    if not is_participle or head.nbor(1).text != ",":
        return head
    appositions = [child for child in head.children if child.dep_ == "appos"]
    named = (child for child in appositions if (on := index.mention_on(child)) is not None and on.label == "PERSON")
    return next(named, appositions[0] if appositions else head)


def _without_body(head: Token, inside: Container[int]) -> Token:
    """The head of a source that the parser cut before a body's name: Brandt of "Ada Brandt of the charity Larnaid".

    ``inside``: the indexes of the source's tokens.
    """
    first = head.left_edge.i
    kind = head.doc[first - 1] if first else head
    preposition = kind.head
    is_cut = head.dep_ in SUBJECTS and kind.dep_ == "pobj" and preposition.dep_ == "prep" and kind.tag_ == "NN"
    member = preposition.head
    is_member = is_cut and member.i in inside and member.dep_ in SUBJECTS and member.head.i == head.head.i
    return member if is_member else head


def _without_office(head: Token, index: MentionIndex, people: People) -> Token:
    """The head of a source that the parser hung on the first of two offices: Brandt of "founder and CEO Ada Brandt"."""
    joined = next((child for child in head.rights if child.dep_ == "conj"), head)
    named = index.mention_on(joined) if joined is not head else None
    is_person = named is not None and named.label == "PERSON"
    return joined if is_person and office_joined(joined, people) is not None else head


def _without_publisher(head: Token) -> Token:
    """The head of a source that the parser hung on the publisher: Larna of "the Green Party daily Larna"."""
    apposed = next((child for child in head.rights if child.dep_ == "appos" and child.pos_ == "PROPN"), None)
    if apposed is None or head.pos_ != "PROPN":
        return head
    return apposed if any(token.lower_ in _PUBLISHED for token in head.doc[head.i : apposed.i]) else head


def _without_town(head: Token) -> Token:
    """The head of a source that the parser hung on a town: Holm of "Larn, Ohio-based Holm Media said"."""
    apposed = [child for child in head.rights if child.dep_ == "appos"]
    if head.ent_type_ != "GPE" or head.i + 1 >= len(head.doc) or head.nbor(1).text != "," or not apposed:
        return head
    return apposed[0] if any(token.lower_ == "based" for token in head.doc[head.i : apposed[0].i]) else head
