"""Whether a noun beside a name may be a role: no thing, no list of others, nothing that somebody does or holds."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import DASHES

#: What says that a name is none: "Ada (not her real name)".
NAMES = frozenset({"name", "pseudonym", "alias", "nickname"})
#: Pronouns before what is somebody's, and tags of participles behind it.
_OWNERS = frozenset({"his", "her", "their"})
_PARTICIPLES = frozenset({"VBG", "VBN"})


def may_be_role(name: Token, noun: Token, index: MentionIndex, people: People) -> bool:
    """Whether a noun in apposition to the name says what somebody is."""
    is_other = noun.lower_ in people.caption_positions | people.crowds | NAMES
    if is_other or not _is_role_noun(noun, index, people):
        return False
    is_thing = _is_thing(noun, people) or _lists_names(noun) or _sums_up(noun, people)
    return not is_thing and not _acts(name, noun)


def end_of_word(noun: Token) -> Token:
    """The noun of a word that the parser cut at its hyphen: "owner" of "co-owner"; else the noun itself."""
    following = [*noun.doc[noun.i + 1 : noun.i + 3]]
    is_cut = len(following) == 2 and not noun.whitespace_ and following[0].text == "-" and following[1].dep_ == "appos"
    return following[1] if is_cut else noun


def _lists_names(noun: Token) -> bool:
    """Whether an "apposition" is the rest of a list of people: "Brandt, Holm and Holm's sister were there".

    So it is where a title before a name has "in", which stands before no person else: "Agent in Charge Ada Holm".
    """
    before = noun.doc[noun.left_edge.i : noun.i]
    is_joined = any(token.dep_ == "cc" for token in before) and any(token.ent_type_ == "PERSON" for token in before)
    is_owned = any(child.tag_ == "PRP$" for child in noun.lefts)  # "Brandt, her sister and a cousin say"
    others = (child for child in noun.rights if child.dep_ == "conj" and is_owned)
    is_joined = is_joined or any(child.dep_ in ("det", "poss") for other in others for child in other.lefts)
    return is_joined or any(token.ent_type_ == "PERSON" and token.head.lower_ == "in" for token in noun.subtree)


def _sums_up(noun: Token, people: People) -> bool:
    """Whether a dash stands before a noun for no person, which says what all before it comes to.

    "A race between Brandt and Holm — a rare spectacle".
    """
    first = noun.left_edge.i
    return first > 0 and noun.doc[first - 1].text in DASHES and not people.is_person(end_of_word(noun).lower_)


def _is_thing(noun: Token, people: People) -> bool:
    """Whether a noun after a name tells of a thing, or of another: "said Brandt, the task is", "whose son, a pupil"."""
    is_another = any(token.tag_ == "WP$" for token in noun.lefts)
    name = noun.head
    is_parenthesis = name.head.i > noun.i and name.left_edge.i > 0 and name.left_edge.nbor(-1).pos_ == "VERB"
    if is_parenthesis and not people.is_person(noun.lower_):
        return True
    if is_another or _tells_manner(noun, people) or stands_behind_colon(noun):
        return True
    return people.cannot_speak(noun.lemma_.lower()) and not noun.lower_.endswith("ing")


def stands_behind_colon(noun: Token) -> bool:
    """Whether a noun in apposition is what somebody says: "two things, said Brandt, a grocer: [rain] and sun"."""
    first = noun.left_edge.i
    is_common = noun.dep_ == "appos" and noun.text.islower()
    return is_common and first > 0 and noun.doc[first - 1].text == ":"


def _tells_manner(noun: Token, people: People) -> bool:
    """Whether a noun tells how somebody looked: "said Brandt, a hand on his heart", "..., her voice breaking"."""
    if noun.lemma_.lower() in people.body_parts and not any(child.lower_ == "of" for child in noun.rights):
        return True
    is_owned = noun.left_edge.lower_ in _OWNERS and not people.is_person(noun.lower_)
    has_participle = any(child.tag_ in _PARTICIPLES and child.dep_ == "acl" for child in noun.rights)
    return is_owned and (has_participle or (noun.tag_ == "NN" and noun.lower_.endswith("ing")))


def _acts(name: Token, noun: Token) -> bool:
    """Whether an "apposition" is the subject of what follows: "According to Ada Brandt, a motorist called".

    One of hers would end with a comma.
    """
    above = name.head.head
    opens = name.head.lower_ == "to" and above.lower_ == "according" and above.i == above.sent.start
    after = noun.right_edge.i + 1
    is_parted = after < len(noun.doc) and noun.doc[after].text == ","
    return opens and not is_parted


def _is_role_noun(noun: Token, index: MentionIndex, people: People) -> bool:
    """Whether a noun after a name may be a role: a common noun, or one in capitals that means a person and no name.

    So may the "one" of "one of the divers".
    """
    if noun.pos_ == "NOUN" and noun.text.istitle() and not people.is_person(noun.lower_):
        return False  # "Brandt, the Holm Manoeuvre and others"
    if noun.pos_ == "NOUN" or (noun.lower_ == "one" and any(child.lower_ == "of" for child in noun.children)):
        return True
    is_person = people.is_person(noun.lower_) or noun.lower_ in people.heads_of_firms
    name = index.mention_on(noun)
    is_free = name is None or all(people.is_person(word) for word in name.canonical.lower().split())  # "Head Librarian"
    return noun.tag_ == "NNP" and is_person and is_free
