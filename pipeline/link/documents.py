"""Whose a document is: "a letter from Ada Brandt", "Brandt's letter", and "the letter" that Brandt sent before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import trim
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import MAX_LEAD_TOKEN, is_definite
from pipeline.link.phrases import noun_phrase
from pipeline.records import Span

#: Prepositions before a document's author: "estimates by the bank", "a letter from Ada Brandt".
_BEFORE_AUTHOR = frozenset({"by", "from"})
_RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
#: Tokens back from "the statement" to the sentence that says whose it is: some six paragraphs of a newspaper. By hand.
_MAX_TOKENS = 400
#: Sentences back from "the announcement" to the one that says who made it, where none else does. Set by hand.
_MAX_SENTENCES_TO_REPORT = 3
#: Before a noun these bring up another document of that kind.
_INDEFINITE = frozenset({"a", "an", "another"})
#: Words before a document that headline or lead brings up.
_NEW = frozenset({"a", "new", "recent", "latest", "major"})
#: Before a noun these take up a document told of.
_TAKING_UP = frozenset({"the", "this", "that"})
#: Relations of the words before a noun that may name the author: "Brandt's letter", "a Larn Shipping statement".
_OWNERS = frozenset({"poss", "compound", "nmod"})


def author_of(document: Token, index: MentionIndex, people: People) -> Token | None:
    """The noun for whoever a document is by, None where the text does not tell.

    Below "by" or "from"; else, of what is written in one's own voice ("letter", "statement"), the name before it; else
    for "the letter" whoever sent, issued or published one before, or said something in one.
    """
    author = _after_preposition(document) or _after_participle(document, people)
    author = author or _owner(document, index, people) or _issuer(document, index, people)
    if author is None or author.tag_ in _RELATIVE_TAGS:
        return None
    if author.lemma_.lower() in people.documents and author.pos_ != "PROPN":
        return None  # no document is by another one, but by "Larn Records"
    return author


def _after_preposition(document: Token) -> Token | None:
    for preposition in document.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in _BEFORE_AUTHOR:
            return next((child for child in preposition.children if child.dep_ == "pobj"), None)
    return None


def _after_participle(document: Token, people: People) -> Token | None:
    """Whoever made known what is in one's own voice: "a statement released by the ministry"."""
    if document.lemma_.lower() not in people.own_words:
        return None
    verb = _publication(document, people)
    return _after_preposition(verb) if verb is not None else None


def _owner(document: Token, index: MentionIndex, people: People) -> Token | None:
    if document.lemma_.lower() not in people.own_words:
        return None
    for child in document.lefts:
        mention = index.mention_on(child) if child.dep_ in _OWNERS else None
        if mention is not None and mention.label in ("PERSON", "ORG") and mention.use != "name_part":
            return child
        if child.dep_ == "poss" and child.tag_ != "PRP$" and people.speaker_type(child.lower_):
            return child
    return None


def _issuer(document: Token, index: MentionIndex, people: People) -> Token | None:
    """The subject of the verb that brought the document up, the last before: "Larn Shipping issued a statement".

    Where nothing brought up what is in one's own voice, the organisation that said something just before.
    """
    is_specified = any(child.dep_ in ("poss", "prep") for child in document.children)
    if is_specified or not is_definite(document):
        return None
    alike = people.interchangeable_nouns(document.lemma_.lower())
    for token in reversed(document.doc[max(document.i - _MAX_TOKENS, 0) : document.sent.start]):
        if token.lemma_.lower() not in alike:
            continue
        if token.pos_ == "VERB":  # "the Gazette reported": "the report"
            subject = _subject_of(token)
        else:
            subject = next((subject for verb in _verbs_above(token, people) if (subject := _subject_of(verb))), None)
        if subject is not None:
            return subject
        if any(child.lower_ in _INDEFINITE for child in token.lefts):  # this one it is, and what it says is all
            return _after_preposition(token) or _after_participle(token, people)
    return _organisation_reporting(document, index, people)


def _organisation_reporting(document: Token, index: MentionIndex, people: People) -> Token | None:
    """The organisation that reported something last: "The navy said it had sunk. “...,” the announcement said"."""
    if document.lemma_.lower() not in people.own_words or not any(child.lower_ == "the" for child in document.lefts):
        return None
    start = document.sent.start
    for _ in range(_MAX_SENTENCES_TO_REPORT):
        verb = document.doc[start - 1].sent.root if start else None
        if verb is None:
            return None
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        if subject is not None and any(child.dep_ == "ccomp" for child in verb.rights):
            return subject if _is_organisation(subject, index, people) else None
        start = verb.sent.start
    return None


def _is_organisation(noun: Token, index: MentionIndex, people: People) -> bool:
    mention = index.mention_on(noun)
    is_named = mention is not None and mention.label == "ORG"
    return is_named or noun.lower_ in people.organisations or noun.lower_ in people.states


def introduction_of(document: Token, people: People) -> Token | None:
    """The noun that brought up what "the report" takes up: "a July survey of pilots"; None where nothing did.

    The last noun of its kind before that is introduced as new, in more words than the document has here. Of "a new
    report" in the lead the one that tells whose it is: "The report by the Larn Institute".
    """
    if _is_new_in_lead(document):
        return _told_later(document, people)
    is_specified = any(child.dep_ in ("poss", "prep", "compound", "relcl", "acl") for child in document.children)
    if is_specified or not any(child.lower_ in _TAKING_UP for child in document.lefts):
        return None
    alike = people.interchangeable_nouns(document.lemma_.lower())
    for token in reversed(document.doc[max(document.i - _MAX_TOKENS, 0) : document.i]):
        is_noun = token.tag_ in ("NN", "NNP") and token.dep_ not in ("compound", "nmod")
        if is_noun and token.lemma_.lower() in alike and any(child.lower_ in _INDEFINITE for child in token.lefts):
            tells_more = len([*token.lefts]) > len([*document.lefts]) or any(True for _ in token.rights)
            return token if tells_more else None
    return None


def _is_new_in_lead(document: Token) -> bool:
    """Whether headline or lead bring a document up without saying whose it is: "a new study", "new figures"."""
    words = [child.lower_ for child in document.lefts]
    is_bare = not any(child.dep_ in ("prep", "relcl", "acl", "appos", "agent") for child in document.rights)
    return document.i < MAX_LEAD_TOKEN and is_bare and not _NEW.isdisjoint(words) and _NEW.issuperset(words)


def _told_later(document: Token, people: People) -> Token | None:
    """The next noun of a document's kind, where that one tells whose it is; None where it does not."""
    alike = people.interchangeable_nouns(document.lemma_.lower())
    for token in document.doc[document.sent.end : document.i + _MAX_TOKENS]:
        is_noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod")
        if is_noun and token.lemma_.lower() in alike and token.tag_ == document.tag_:
            return token if _after_preposition(token) or _publication(token, people) else None
    return None


def _publication(document: Token, people: People) -> Token | None:
    """The participle that says who made a document known: "published" of "a study published by the Larn Institute"."""
    verbs = (child for child in document.rights if child.dep_ == "acl" and child.lemma_ in people.issuing_verbs)
    return next((verb for verb in verbs if _after_preposition(verb)), None)


def introduction_phrase(document: Token, text: str, people: People) -> Span:
    """The span of the words that brought a document up, those by which it was made known among them."""
    start, end = noun_phrase(document, text)
    verb = _publication(document, people)
    is_next = verb is not None and not text[end : verb.idx].strip(", ")
    return (
        trim(text, (start, verb.right_edge.idx + len(verb.right_edge)))
        if verb is not None and is_next
        else (start, end)
    )


def issuer_in(sentence: Sequence[Token], people: People) -> Token | None:
    """The subject of a sentence that tells no more than that a text was made known: "The ministry issued a statement".

    An organisation or a name; the verb has a document for an object, or none: "posted about the fire".
    """
    for verb in sentence:
        if verb.dep_ != "ROOT" or verb.lemma_ not in people.issuing_verbs:
            continue
        subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
        objects = [child.lemma_.lower() for child in verb.rights if child.dep_ == "dobj"]
        is_text = all(noun in people.documents or noun in people.own_words for noun in objects)
        return subject if is_text and subject is not None and _may_issue(subject, people) else None
    return None


def _may_issue(subject: Token, people: People) -> bool:
    is_named = any(
        child.dep_ == "appos" and child.pos_ == "PROPN" for child in subject.rights
    )  # "a choir, Larn Voices"
    return subject.pos_ == "PROPN" or is_named or bool(people.speaker_type(subject.lower_))


def without_document(author: Token, span: Span, text: str, people: People) -> Span:
    """The span of an author's phrase without the document: "the council" of "the council in a statement said"."""
    for preposition in author.rights:
        is_in = preposition.dep_ == "prep" and preposition.lower_ == "in"
        if is_in and any(child.lemma_.lower() in people.own_words for child in preposition.rights):
            return trim(text, (span[0], preposition.idx)) if span[0] < preposition.idx < span[1] else span
    return span


def _verbs_above(document: Token, people: People) -> Iterator[Token]:
    """The verb that a document is issued by, or that something is said by in a document of one's own words."""
    head = document.head
    if document.dep_ == "dobj" and head.lemma_ in people.issuing_verbs:
        yield head
        return
    is_within = document.dep_ == "pobj" and head.lower_ == "in" and document.lemma_.lower() in people.own_words
    # "denied the claims in a statement", "Brandt in a statement denied them"
    verb = head.head.head if head.head.dep_ in ("dobj", "nsubj") else head.head
    if is_within and verb.pos_ == "VERB":
        yield verb


def _subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the one that it is joined to."""
    while True:
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if subject is not None and subject.tag_ in _RELATIVE_TAGS and verb.dep_ == "relcl":
            return verb.head  # "the union, which issued a statement"
        if subject is not None or verb.dep_ not in ("conj", "xcomp", "advcl") or verb.head.i == verb.i:
            return subject
        verb = verb.head
