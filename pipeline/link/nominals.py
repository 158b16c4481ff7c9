"""Descriptions: which noun means somebody, and which title or role it takes up ("the senator", "his lawyer")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.ages import age_told_by, is_known_by_age
from pipeline.link.inhabitants import is_inhabitant
from pipeline.link.mention_index import MentionIndex
from pipeline.link.pronouns import PRONOUN_TAGS
from pipeline.link.referents import Referent, ReferentKind, Referents, name_of
from pipeline.link.relative_clauses import is_those_who, names_given
from pipeline.link.title_conflicts import contradicts, countries_before
from pipeline.records import Mention
from pipeline.rule_table import Rule, always, constant, first_rule

#: Determiners and possessives that make a noun definite: it takes up somebody known.
_DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their"})
#: Sentences at the article's start, headline and lead, that describe whom the story names later, and the token before
#: which they start: longer openings are no headline.
_MAX_LEAD_SENTENCES = 2
MAX_LEAD_TOKEN = 60
#: Tags of nouns and pronouns.
_NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"}) | PRONOUN_TAGS
#: Lemmas of verbs that say who somebody is.
_NAMING_VERBS = frozenset({"identify", "name"})
_ARTICLES = frozenset({"the", "a", "an"})
#: What a president or a monarch is the head of.
_STATES = frozenset({"state", "government"})
#: Another word for a prime minister.
_PREMIER = "premier"
#: What opens a clause that only supposes something.
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "should"})
#: Relations of the words before a noun that say whose or which one it is: "the US official", "the finance minister".
_MODIFYING = frozenset({"compound", "amod", "nmod", "poss"})
#: Characters behind a name that are asked how it is brought up.
_MAX_APPOSITION = 80
#: What brings up somebody new behind his name: ", a nurse", ", one of", ", director of the clinic".
_NEWCOMER = re.compile(r",\s(?:an?|one)\s|,\s(?!(?:the|his|her|their)\s)[a-z][a-z -]{0,40}\s(?:at|of|in)\s")


class _CommonNoun(NamedTuple):
    """A common noun in the singular, in lower case, and the words that tell what it speaks of."""

    noun: str
    people: People


def _means_group(case: _CommonNoun) -> bool:
    return case.noun in case.people.crowds


def _means_document(case: _CommonNoun) -> bool:
    return case.noun in case.people.documents


def _means_organisation(case: _CommonNoun) -> bool:
    return case.noun in case.people.organisations or case.noun in case.people.states


def _means_person(case: _CommonNoun) -> bool:
    return case.people.is_person(case.noun)


#: What a noun in the singular speaks of; None for things.
_KIND_RULES: tuple[Rule[_CommonNoun, ReferentKind | None], ...] = (
    Rule("crowd", _means_group, constant("group")),
    Rule("document", _means_document, constant("document")),
    Rule("organisation or state", _means_organisation, constant("organisation")),
    Rule("person", _means_person, constant("person")),
    Rule("thing", always, constant(None)),
)


def starts_and_nominals(doc: Doc, names: Container[int]) -> Iterator[Token]:
    """The tokens that begin a sentence and those that may mean somebody: pronouns, nouns, ages, heads of ``names``.

    ``names`` holds their indexes in the Doc. No blanks, no punctuation.
    """
    strings = doc.vocab.strings
    nominal = {strings[tag] for tag in _NOMINAL_TAGS}
    old, those, both = strings["old"], strings["those"], strings["both"]
    # As arrays: each Token that is made takes longer than all of this asks of it.
    rows = doc.to_array(["TAG", "LOWER", "SENT_START", "IS_SPACE", "IS_PUNCT"]).tolist()
    for number, (tag, lower, start, is_space, is_punctuation) in enumerate(rows):
        if is_space or is_punctuation:
            continue
        may_mean = tag in nominal or start == 1 or lower == both or number in names
        if may_mean or (lower == old and age_told_by(doc[number])) or (lower == those and is_those_who(doc[number])):
            yield doc[number]


def described_kind(token: Token, people: People, index: MentionIndex) -> ReferentKind | None:
    """What a common noun speaks of: "person" for "senator", "group" for "senators"; None for things and names."""
    tag = token.tag_
    if age_told_by(token):
        return "person"
    if token.lower_ == "those":
        return "group"
    if tag in ("NNS", "NNPS"):
        return "group" if _means_several(token, people, index) else None
    if tag not in ("NN", "NNP") or token.dep_ in ("compound", "nmod"):
        return None
    if tag == "NNP" and not _is_common_noun(token, people, index):
        if is_inhabitant(token, index, people):
            return "person"
        is_named = index.mention_on(token) is not None
        return "organisation" if not is_named and token.lower_ in people.organisations and is_definite(token) else None
    case = _CommonNoun(token.lower_, people)
    return first_rule(_KIND_RULES, case).outcome(case)


def _means_several(token: Token, people: People, index: MentionIndex) -> bool:
    """Whether a plural means people, organisations or countries: "senators", "Republicans", "the unions"."""
    is_name = token.tag_ == "NNPS"
    if token.lower_ in people.crowds or (is_name and index.mention_on(token) is not None):
        return True
    noun = token.lower_.removesuffix("s") if is_name else token.lemma_.lower()
    return (
        people.is_person(noun)
        or noun in people.organisations
        or noun in people.states
        or noun in people.countries
        or noun in people.crowds
        or noun in people.parties_to
    )


def _is_common_noun(token: Token, people: People, index: MentionIndex) -> bool:
    """Whether a noun in capitals is no name: in a headline ("Doctor Says"), or "the District Attorney"."""
    if not people.is_person(token.lower_):
        return False
    is_named = index.mention_on(token) is not None and token.lower_ not in people.variations
    return may_precede_name(token, index) or (is_definite(token) and not is_named)


def is_definite(head: Token) -> bool:
    """Whether "the", "this" or a possessor stands before the noun: it takes up somebody known.

    So does a bare noun that opens a sentence as its subject, whose article was lost: "Company said it would pay", and
    "budget carrier said" where the small letter shows the loss.
    """
    return (
        is_known_by_age(head)
        or _lost_article(head)
        or any(
            (child.dep_ == "det" and child.lower_ in _DEFINITE) or (child.dep_ == "poss" and child.i < head.i)
            for child in head.children
        )
    )


def _lost_article(head: Token) -> bool:
    first = head.left_edge
    if head.tag_ != "NN" or head.dep_ not in SUBJECTS or not first.is_sent_start:
        return False
    if any(child.dep_ in ("det", "poss", "nummod") for child in head.lefts):
        return False
    if first.text[0].islower() and first.i > 0:
        return True
    return first.i >= MAX_LEAD_TOKEN // 3 and not any(child.dep_ == "compound" for child in head.lefts)


def may_precede_name(head: Token, index: MentionIndex) -> bool:
    """Whether a bare noun stands in the headline ("Lawmaker urges calm"), where nobody has been named yet."""
    if any(child.dep_ in ("det", "poss", "nummod") for child in head.children):
        return False
    start = head.sent.start
    if start >= MAX_LEAD_TOKEN:
        return False
    return sum(token.is_sent_start is True for token in index.doc[: start + 1]) <= _MAX_LEAD_SENTENCES


def has_title(head: Token, referent: Referent, people: People) -> bool:
    """Whether the noun may take up a named person by title or role: "the lawmaker" for "Sen. Brandt".

    A title or the role has the noun or one that it covers, and the noun's sex does not speak against it.
    """
    if referent.kind != "person" or referent.mention is None:
        return False
    noun = head.lower_
    if age := age_told_by(head):
        return age in referent.titles
    if referent.sex and people.sex_of_word(noun) not in ("", referent.sex):
        return False
    if noun == "head" and _is_of_state(head):
        return not people.heads_of_state.isdisjoint(referent.titles)
    is_civil = "general" in referent.titles and not people.civil_generals.isdisjoint(referent.titles)
    titles = referent.titles - {"general"} if is_civil and noun != "general" else referent.titles
    if noun in people.specialists and not people.degrees.isdisjoint(titles):
        done = {noun for nouns in people.holders.values() for noun in nouns}  # "runs the ward"
        trades = {title for title in titles - people.degrees - done if people.is_person(title)}
        return not trades or noun in trades
    titles = titles | {_PREMIER} if _is_prime_minister(titles) else titles
    return any(people.may_be_called(title, noun) for title in titles)


def _is_prime_minister(titles: frozenset[str]) -> bool:
    """Whether somebody is one by the title, so that "the premier" and "Norway's leader" may mean him."""
    return "prime" in titles and "minister" in titles


def _is_of_state(noun: Token) -> bool:
    """Whether a noun stands before "of state" or "of government": "the head of state"."""
    prepositions = (child for child in noun.rights if child.lower_ == "of")
    return any(below.lower_ in _STATES for preposition in prepositions for below in preposition.children)


def person_described(head: Token, index: MentionIndex) -> Mention | None:
    """The person a noun describes in its own clause: "Ana Ruiz, a mayor", "Ana Ruiz is a mayor"; None for nobody."""
    for token in _equated_tokens(head):
        mention = index.mention_on(token)
        if mention is not None and mention.label == "PERSON":
            return mention
    return None


def _equated_tokens(head: Token) -> Iterator[Token]:
    """The tokens that mean the same as the noun: in apposition either way, the subject of "is", before a comma."""
    if head.dep_ == "appos":
        yield head.head
    if head.dep_ == "attr" and _is_fact(head.head):
        yield from (child for child in head.head.children if child.dep_ in SUBJECTS)
    if head.dep_ in SUBJECTS and _is_fact(head.head):
        yield from _who_it_is(head.head)
    for child in head.children:
        if child.dep_ == "appos":
            yield child
            yield from (inner for inner in child.children if inner.dep_ == "appos")  # "her son, the novelist Ben Holm"
        elif child.dep_ in ("relcl", "acl"):
            yield from names_given(child)
    if head.dep_ in ("dobj", "nsubjpass"):
        yield from _identified_as(head.head)
    before = _before_comma(head) or _right_before(head)
    if before is not None:
        yield before


def _who_it_is(verb: Token) -> Iterator[Token]:
    """The name that "is" gives its subject: "the lead author is Ana Ruiz", "proved to be a nun, Sister Ana"."""
    verbs = [verb, *(child for child in verb.children if child.dep_ == "xcomp")]
    for told in (child for below in verbs if below.lemma_ == "be" for child in below.children):
        if told.dep_ == "attr" and told.i > verb.i:
            yield told
            yield from (child for child in told.children if child.dep_ == "appos")


def _is_fact(verb: Token) -> bool:
    """Whether "is" or "becomes" tells what somebody is: not "if she becomes mayor", "wants to be mayor"."""
    if verb.dep_ == "xcomp":
        return False
    return not any(
        child.dep_ == "neg" or child.tag_ == "MD" or (child.dep_ == "mark" and child.lower_ in _CONDITIONS)
        for child in verb.children
        if child.i < verb.i or child.dep_ == "neg"
    )


def _identified_as(verb: Token) -> Iterator[Token]:
    """The name after "as" where somebody is identified or named: "police identified the driver as Ana Ruiz"."""
    if verb.lemma_ in _NAMING_VERBS:
        for preposition in verb.children:
            if preposition.dep_ == "prep" and preposition.lower_ == "as":
                yield from (child for child in preposition.children if child.dep_ == "pobj")


def _right_before(head: Token) -> Token | None:
    """The token right before a subject with "the": "Ana Ruiz the mayor said", where the commas were forgotten."""
    first = head.left_edge
    if head.dep_ not in SUBJECTS | {"appos"} or first.lower_ not in _ARTICLES or first.i == head.sent.start:
        return None
    before = first.nbor(-1)
    return before if before.tag_ == "NNP" else None


def _before_comma(head: Token) -> Token | None:
    """The token before the comma before a noun phrase that a mark closes as well: "Ana Ruiz, a mayor, said".

    An apposition ends in a comma too: "after he met Ana Ruiz, the mayor said" speaks of two people.
    """
    last = head.right_edge
    is_closed = last.is_punct or last.i + 1 == len(head.doc) or head.doc[last.i + 1].is_punct
    if not is_closed:
        return None
    first = head.left_edge
    before = [token for token in head.doc[max(first.i - 2, head.sent.start) : first.i] if not token.is_space]
    return before[0] if len(before) == 2 and before[1].text == "," else None


def is_one_of_several(head: Token, referents: Referents, people: People) -> bool:
    """Whether "the suspect" or the like may be one of several who were arrested or charged: then it is open which."""
    is_noun_of_undergoers = any(head.lower_ in nouns for nouns in people.undergoers.values())
    return is_noun_of_undergoers and len(names_of_titled(head, referents, people)) > 1


def is_somebody_of_his(head: Token) -> bool:
    """Whether an apposition says whose somebody is, so that he is another: "the mayor, his cousin, said"."""
    owned = (child for child in head.rights if child.dep_ == "appos")
    return any(below.tag_ == "PRP$" for child in owned for below in child.lefts)


def is_borne_office(head: Token, referents: Referents, people: People) -> bool:
    """Whether somebody named in the article has the noun for a title, or holds the office: then it means no other."""
    is_bare = not any(child.dep_ in _MODIFYING for child in head.lefts)  # "the Larn candidate" is another
    if is_bare and any(has_title(head, person, people) for person in referents.persons):
        return True
    return head.lower_ in people.offices and any(has_title(head, person, people) for person in referents.persons)


def names_of_titled(head: Token, referents: Referents, people: People) -> list[str]:
    """The names of all persons of the article with such a title or role, in the order of their first mention."""
    return [name_of(person) for person in referents.persons if has_title(head, person, people)]


def only_one_titled(head: Token, referents: Referents, index: MentionIndex, people: People) -> Referent | None:
    """The person of the article with such a title or role, wherever the name comes; None for none or several.

    Those of another country or office are left out: "the Kenyan president" where two presidents are named. Of a deputy
    left out "the Liberal president" tells too little.
    """
    all_titled = [
        person
        for person in referents.persons
        if has_title(head, person, people) and not _is_brought_up_later(head, person, index)
    ]
    titled = [person for person in all_titled if not contradicts(head, person, index, people)]
    capitals = [child for child in head.lefts if child.dep_ in _MODIFYING and child.text[0].isupper()]
    is_specified = bool(capitals) and not countries_before(head, index)
    return titled[0] if len(titled) == 1 and (len(all_titled) == 1 or not is_specified) else None


def _is_brought_up_later(head: Token, person: Referent, index: MentionIndex) -> bool:
    """Whether "her doctor" is none who is named later on as anybody: "Ada Brandt, a doctor in Larn", "director of"."""
    mention = person.mention
    if mention is None or mention.start < head.idx or not any(child.tag_ == "PRP$" for child in head.lefts):
        return False
    behind = index.article.text[mention.end : mention.end + _MAX_APPOSITION]
    return _NEWCOMER.match(behind) is not None


def belongs_to_another(referent: Referent, owner: Referent, referents: Referents) -> bool:
    """Whether the role of somebody names others but not the owner: "his lawyer" is not "the mayor's lawyer"."""
    words = (title.removesuffix("'s").removesuffix("’s") for title in referent.titles)
    named = [referents.by_surname[word] for word in words if word in referents.by_surname]
    return owner not in named and any(person is not referent for person in named)
