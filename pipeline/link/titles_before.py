"""Titles beside a name that the parser did not join to it: "Deputy commissioner of police (ports) Ada Brandt"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention, Span

#: Tags of words in a title.
_TITLE_TAGS = frozenset({"NN", "NNP", "NNPS", "JJ", "HYPH", "POS", "-LRB-", "-RRB-"})
#: Between the noun of a title and its field.
_BEFORE_FIELD = frozenset({"of", "for"})
#: What the parser calls days and hours: "said on Friday Deputy Mayor Ada Brandt".
_TIMES = frozenset({"DATE", "TIME"})
#: Words that a title does not begin with.
_NO_BEGINNING = frozenset({"IN", "POS", "HYPH", "-RRB-", "CC"})
#: How the press of the United States marks its legislators behind the name: "D-Larn".
_PARTY_MARK = re.compile(r"[DRI][-\u2010\u2011\u2013][A-Z]")
#: Tags of determiners, which a title does not begin with, and of words that stand in none.
_DETERMINER_TAGS = frozenset({"DT", "PRP$", "``"})
_CLAUSE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD", "PRP", "WP", "WDT"})
#: Words of the longest title: "Deputy commissioner of police (crime) for the northern zone".
_MAX_WORDS = 10


def beside_name(name: Token) -> Iterator[Token]:
    """What hangs on a name, and on a party's mark behind it: "Ada Brandt, D-Larn, chairwoman of the panel"."""
    for child in name.children:
        yield child
        if child.dep_ == "appos" and _PARTY_MARK.match(name.doc[child.left_edge.i : child.i + 1].text):
            yield from child.children


def office_joined(name: Token, people: People) -> Token | None:
    """The first of two offices of one person, to which the parser joined the name: "founder" of "founder and CEO Ada
    Brandt"; None for others, as in "the founder and CEO Ada Brandt", which may be two.
    """
    office = name.head
    is_office = name.dep_ == "conj" and office.i < name.i and office.tag_ in ("NN", "NNP")
    is_name = office.ent_type_ == "PERSON" or (office.tag_ == "NNP" and not people.is_listed_person(office.lower_))
    may_be = people.is_person(office.lower_) and not is_name
    if not is_office or not (may_be or office.lower_ in people.owners):
        return None
    is_other = any(child.dep_ == "det" or child.tag_ == "PRP$" for child in (*office.lefts, *name.lefts))
    first = office.i + 2
    between = name.doc[first : name.i]
    is_joined = name.doc[office.i + 1].lower_ == "and" and name.left_edge.i == first
    has_office = any(token.tag_ in ("NN", "NNP") and people.is_person(token.lower_) for token in between)
    return office if is_joined and has_office and not is_other and name.tag_ == "NNP" else None


def office_before_body(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of "secretary of the Larn union" right before a person's full name, wherever the parser hangs it.

    A noun for a person, "of", and a body by its name or noun; None where anything parts them. A rank may stand between:
    "Chief of Army Staff General Ada Brandt".
    """
    if mention.label != "PERSON" or " " not in mention.canonical:
        return None
    name = index.tokens_in((mention.start, mention.end))[0]
    before = list(name.doc[max(name.i - _MAX_WORDS, name.sent.start) : name.i])
    while before and before[-1].lower_ in people.honorifics:
        before = before[:-1]
    has_rank = _ends_field_and_rank(before, index, people)
    if not has_rank and not (before and _ends_body(before[-1], index, people)):
        return None
    for preposition in reversed(before[1:]):
        if preposition.is_punct and preposition.tag_ not in ("HYPH", "POS"):
            return None
        noun = preposition.nbor(-1)
        is_holder = noun.lower_ in people.titles if has_rank else people.is_person(noun.lower_)  # "a friend of General"
        if preposition.lower_ in _BEFORE_FIELD and noun.tag_ in ("NN", "NNP") and is_holder:
            first = _first_of_office(noun)
            return (first.idx, before[-1].idx + len(before[-1])) if first is not None else None
        if preposition.tag_ in _CLAUSE_TAGS or (preposition.tag_ == "CC" and index.mention_on(preposition) is None):
            return None
    return None


def _first_of_office(noun: Token) -> Token | None:
    """The first word of the phrase that ends with an office's noun, its determiner left out.

    None where that may be an apposition: "Brandt, an analyst for the firm Holm Blake", "Brandt, the head of".
    """
    words = [token for token in noun.doc[noun.left_edge.i : noun.i + 1] if token.tag_ not in _DETERMINER_TAGS]
    first = words[0] if words else noun
    before = [token.lower_ for token in noun.doc[max(first.i - 2, 0) : first.i]]
    is_apposed = before[-1:] in (["a"], ["an"]) or (len(before) > 1 and before == [",", "the"])
    return None if is_apposed else first


def _ends_field_and_rank(before: Sequence[Token], index: MentionIndex, people: People) -> bool:
    """Whether words end with a rank behind capitalised ones that name no person: "Army Staff General"."""
    if len(before) < 2 or before[-1].tag_ != "NNP":
        return False
    if before[-1].lower_ not in people.titles or before[-1].lower_ in people.degrees:
        return False
    mention = index.mention_on(before[-2])
    return before[-2].tag_ == "NNP" and (mention is None or mention.label != "PERSON")


def _ends_body(token: Token, index: MentionIndex, people: People) -> bool:
    """Whether a body's name or noun ends with a token: "the Larn Guild", "the teaching union"."""
    mention = index.mention_on(token)
    is_named = mention is not None and mention.label == "ORG" and mention.end == token.idx + len(token)
    return is_named or token.lower_ in people.organisations | people.subunits


def title_before(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of a title right before a person's name, with a noun for one person in it; None where there is none."""
    tokens = index.tokens_in((mention.start, mention.end))
    words: list[Token] = []
    token = tokens[0]
    while token.i > 0 and len(words) < _MAX_WORDS:  # the parser may begin a sentence at the name
        token = token.nbor(-1)
        if not _may_be_of_title(token, index, people):
            break
        words.insert(0, token)
    while words and words[0].tag_ in _NO_BEGINNING:
        words.pop(0)
    while words and words[-1].lower_ in people.honorifics:
        words.pop()
    if not words or words[-1].lower_ in _BEFORE_FIELD or not _has_holder(words, people):
        return None
    return words[0].idx, words[-1].idx + len(words[-1])


def _may_be_of_title(token: Token, index: MentionIndex, people: People) -> bool:
    if token.lower_ in _BEFORE_FIELD or (token.tag_ == "NNS" and not people.is_person(token.lemma_.lower())):
        return True
    if token.ent_type_ in _TIMES:
        return False
    mention = index.mention_on(token)
    return token.tag_ in _TITLE_TAGS and (mention is None or mention.label != "PERSON")


def _has_holder(words: list[Token], people: People) -> bool:
    """Whether a noun for one person ends the title, or stands before "of" or "for" in it."""
    ends = [words[-1], *(words[index] for index, word in enumerate(words[1:]) if word.lower_ in _BEFORE_FIELD)]
    return any(word.tag_ in ("NN", "NNP") and people.is_person(word.lower_) for word in ends)
