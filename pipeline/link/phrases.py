"""Noun phrases in the parse: their head, their extent, and what is joined in them. Nothing here knows who is who."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, char_span, trim
from pipeline.knowledge.people import People
from pipeline.records import Span

#: Relations of what follows a noun and is no part of its phrase here: clauses, appositions, joined nouns, commas.
_AFTER_PHRASE = frozenset({"relcl", "acl", "appos", "punct", "advcl", "conj", "cc"})
#: Relations of what may follow a noun's phrase after a comma.
_AFTERTHOUGHTS = frozenset({"relcl", "acl", "appos"})
#: Words that open one besides: "the principal, in an email to parents"; articles of a noun that is no name ("a Dane").
_OPENING_AFTERTHOUGHTS, _INDEFINITE = frozenset({"including", "in", "at", "during"}), frozenset({"a", "an"})
#: Marks before a relative clause that is one, besides the comma.
DASHES = frozenset({"-", "--", "–", "—"})
#: Relations of a time that the parser hangs on the noun behind it, and labels of times.
_TIME_RELATIONS = frozenset({"nmod", "npadvmod"})
_TIME_LABELS = frozenset({"DATE", "TIME"})
#: Relations through which a noun shares the place of another: "the mayor and [his aides] said".
_SHARED_PLACE = frozenset({"appos", "conj"})
#: Tags of tokens that head no source as long as another token may: determiner, adjective, preposition, conjunction.
_WEAK_HEADS = frozenset({"DT", "JJ", "IN", "CC"})
#: Words that join names and belong to none: "both Angola and Uganda".
_JOINING = frozenset({"both", "either", "neither"})
#: Words between names that are not meant together: "Kenya or Uganda".
_ALTERNATIVE = frozenset({"or", "nor"})
#: Words that, alone, count people of whom the text has spoken.
_COUNTING = frozenset({"some", "many", "most", "several", "few", "both"})
#: Sentences, its own first, in which "some" looks for whom it counts, where each between begins so. Set by hand.
_MAX_SENTENCES_OF_COUNTS = 4
#: What a description begins with and a role does not.
_DETERMINERS = frozenset({"a", "an", "the", "another", "one", "this", "that", "his", "her", "their", "its"})

#: "LARN, Ohio (AP) - " where an article begins: a town in capitals, its state or country, an agency, a dash.
_DATELINE = re.compile(r"[A-Z]{3}[A-Z .']{0,25}(?:, [A-Z][\w. ]{1,20}?)?(?: ?\([\w. ]{2,20}\))? ?[-–—]{1,2} ")
#: Words before a noun's phrase that set it off from others: "even the mayor", but not "only six readers".
_FOCUS = re.compile(r"even (?=[\w'’])|(?:only|just|also) (?=the )", re.IGNORECASE)
#: Shares of those who were asked.
_SHARES = frozenset({"percent", "%", "pct", "percentage"})
#: Marks of a quotation's begin and end; a single one may be an apostrophe.
_QUOTATION_MARKS = frozenset('"“”„«»')


def head_of_tokens(tokens: Sequence[Token]) -> Token | None:
    """The first token that hangs on none of the others, "Brandt" for "Ada Brandt"; None for no tokens."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if _is_top(token, inside)), None)


def last_head(tokens: Sequence[Token]) -> Token:
    """The token that a source hangs on; where a headline is parsed into pieces, the last of several that is a noun.

    ``tokens`` are those of the source, one at least.
    """
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if _is_top(token, inside)] or tokens
    return max(tops, key=lambda token: (token.tag_ not in _WEAK_HEADS, token.i))


def _is_top(token: Token, inside: set[int]) -> bool:
    return token.head.i not in inside or token.head.i == token.i


def first_after_sentence(token: Token) -> Token | None:
    """The first token of the sentence after that of a token, blanks left out; None at the text's end."""
    end = token.sent.end
    while end < len(token.doc) and token.doc[end].is_space:
        end += 1
    return token.doc[end] if end < len(token.doc) else None


def opens_sentence(token: Token) -> bool:
    """Whether a word has its capital from where it stands: at a sentence's start or behind a dateline's dash."""
    return bool(token.is_sent_start) or token.i == 0 or token.nbor(-1).text in DASHES or token.nbor(-1).is_space


def noun_phrase(head: Token, text: str) -> Span:
    """The span of a noun's phrase in ``text`` without relative clauses, appositions and what follows a comma.

    "the mayor of Larn" in "the mayor of Larn, who won in May, said no".
    """
    dropped = {
        token.i
        for child in head.children
        if (child.dep_ in _AFTER_PHRASE and child.i > head.i) or _is_time_before(child, head)
        for token in child.subtree
    }
    kept = [token for token in head.subtree if token.i not in dropped]
    run = [token for token in kept if token.i <= head.i]
    for token in kept:
        if token.i == run[-1].i + 1:
            run.append(token)
    return trim(text, char_span(run) or (head.idx, head.idx + len(head)))


def _is_time_before(child: Token, head: Token) -> bool:
    """Whether words that open a noun's phrase tell when: "earlier this month" before "young women marched"."""
    is_time = child.dep_ in _TIME_RELATIONS and child.ent_type_ in _TIME_LABELS
    return is_time and child.left_edge == head.left_edge and child.left_edge != child


def phrase_with_apposition(head: Token, text: str) -> Span:
    """The span of a noun's phrase with a name after the comma: "his secretary, Oren Holm"."""
    start, end = noun_phrase(head, text)
    names = [child for child in head.children if child.dep_ == "appos" and child.pos_ == "PROPN" and child.i > head.i]
    return (start, max(end, names[0].idx + len(names[0]))) if names else (start, end)


def without_afterthought(head: Token, span: Span, text: str) -> Span:
    """The span of a noun's words without a clause or apposition after a comma: "the tenants" of "the tenants, who won".

    Before a relative clause a dash will do. The mark is the first one after the noun; a list ("the mayor, his aides and
    the clerk") stays whole.
    """
    for child in head.children:
        first = child.left_edge
        is_name = child.pos_ == "PROPN" and first.lower_ not in _INDEFINITE  # of somebody whom the names do not have
        is_afterthought = child.dep_ in _AFTERTHOUGHTS or child.lower_ in _OPENING_AFTERTHOUGHTS
        is_after = child.i > head.i and is_afterthought and span[0] < first.idx < span[1] and not is_name
        mark = first.nbor(-1).text if is_after else ""
        if mark == "," or (mark in DASHES and child.dep_ == "relcl"):
            return trim(text, (span[0], first.idx))
    return span


def without_dateline(span: Span, text: str) -> Span:
    """The span of a source without the town and agency that open an article: "LARN (AP) - A former mayor"."""
    start, end = span
    match = _DATELINE.match(text, start, end) if text[start : start + 3].isupper() else None
    return (match.end(), end) if match is not None and match.end() < end else span


def without_focus(span: Span, text: str) -> Span:
    """The span of a source without the adverb that sets it off from others: "the mayor" of "even the mayor"."""
    match = _FOCUS.match(text, *span)
    return (match.end(), span[1]) if match is not None else span


def without_determiner(words: str) -> str:
    """A description as a role: "spokesman for the council" of "a spokesman for the council"."""
    first, _, rest = words.partition(" ")
    return rest if first.lower() in _DETERMINERS and rest else words


def is_subject(token: Token) -> bool:
    """Whether the token is a clause's subject, or joined to one or in apposition to it."""
    return _first_of_series(token).dep_ in SUBJECTS


def is_main_subject(token: Token) -> bool:
    """The same for the subject of a clause that no other verb governs: Brandt in "Brandt said the pier was shut"."""
    first = _first_of_series(token)
    if first.dep_ == "ROOT":
        # "Brandt - who had left - called for calm", where the parser finds no verb
        return first.tag_ == "NNP" and any(child.dep_ == "relcl" for child in first.children)
    verb = first.head
    while verb.dep_ == "conj" and verb.head.i != verb.i:
        verb = verb.head  # "said the pier was shut and [it] would stay so"
    return first.dep_ in SUBJECTS and verb.dep_ in ("ROOT", "parataxis")


def _first_of_series(token: Token) -> Token:
    while token.dep_ in _SHARED_PLACE and token.head.i != token.i:
        token = token.head
    return token


def joined_names(last: Token, names: Container[int]) -> list[Token]:
    """The heads of names joined by "and" that end with this one, in text order: "Kenya and Uganda"; [] for no such.

    ``names``: the indexes of the tokens that head names.
    """
    if last.i not in names or any(child.dep_ == "conj" for child in last.children):
        return []
    joined = [last]
    while joined[-1].dep_ == "conj" and joined[-1].head.i in names:
        joined.append(joined[-1].head)
    if len(joined) == 1 or any(child.lower_ in _ALTERNATIVE for name in joined for child in name.children):
        return []
    return joined[::-1]


def joins_names(token: Token) -> bool:
    """Whether a word only joins names: "and", the "both" of "both Angola and Uganda"."""
    return token.dep_ in ("cc", "preconj") or token.lower_ in _JOINING


def coordinated_heads(head: Token, inside: set[int]) -> list[Token]:
    """The head and what is joined to it when each could stand alone: two for "the mayor and his aides".

    ``inside``: indices of the source's tokens. A list of bare nouns ("friends and relatives") stays one, the head.
    """
    heads = [head]
    while True:
        following = next((child for child in heads[-1].children if child.dep_ == "conj" and child.i in inside), None)
        if following is None:
            break
        heads.append(following)
    return heads if all(_stands_alone(noun) for noun in heads) else [head]


def own_span(noun: Token, heads: Sequence[Token], inside: set[int], text: str) -> Span | None:
    """The span of one of several coordinated nouns without those that are joined to it; None for no words.

    ``inside``: indices of the source's tokens.
    """
    joined = (head for head in heads if head.i != noun.i and noun.is_ancestor(head))
    dropped = {token.i for head in joined for token in head.subtree}
    span = char_span(
        token for token in noun.subtree if token.i in inside and token.i not in dropped and not joins_names(token)
    )
    return trim(text, span) if span is not None else None


def named_members(group: Token) -> list[Token]:
    """The heads of several names that a plural noun has beside it: "two clerks, Ada Brandt and Oren Blake"."""
    if group.tag_ not in ("NNS", "NNPS"):
        return []
    first = next((child for child in group.rights if child.dep_ == "appos" and child.tag_ == "NNP"), None)
    names = [] if first is None else [first]
    while (
        names and (following := next((child for child in names[-1].rights if child.dep_ == "conj"), None)) is not None
    ):
        names.append(following)
    return names if len(names) > 1 and all(name.tag_ == "NNP" for name in names) else []


def _stands_alone(noun: Token) -> bool:
    """Whether the noun is a name or a pronoun, or has a determiner or possessor of its own."""
    if noun.pos_ in ("PROPN", "PRON"):
        return True
    return noun.pos_ == "NOUN" and any(
        child.dep_ in ("det", "poss") and not joins_names(child) for child in noun.children
    )


def counts_others(head: Token, people: People) -> bool:
    """Whether the noun only counts others, so that it means a group: "a number of readers", not "a number".

    So, too, as shares of those who were asked: "64 percent said", "six in 10 said"; and "all of them", "some MPs".
    """
    around = head.doc[max(head.i - 2, head.sent.start) : head.i + 3]
    is_ratio = head.tag_ == "CD" and any(
        word.lower_ == "in" and word.i + 1 < len(head.doc) and word.nbor(-1).tag_ == word.nbor(1).tag_ == "CD"
        for word in around[1:]
    )
    is_share = head.lower_ in _SHARES or is_ratio
    is_plural = head.text.endswith("s") and head.text[:-1].isupper() and people.is_person(head.lower_[:-1])
    if is_share or is_plural or (head.lower_ == "all" and any(child.lower_ == "of" for child in head.rights)):
        return True
    is_number = head.tag_ == "CD" and head.lower_ != "one"  # "two of the council's politicians"
    if head.lower_ not in people.quantities and not is_number:
        return False
    prepositions = (child for child in head.children if child.dep_ == "prep" and child.lower_ == "of")
    return any(noun.tag_ in ("NNS", "NNPS") for preposition in prepositions for noun in preposition.children)


def is_number_of(noun: Token) -> bool:
    """Whether a noun counts others: "a number of judges", "half of the crew"."""
    objects = (below for child in noun.rights if child.lower_ == "of" for below in child.children)
    return any(below.tag_ in ("NNS", "NNPS") for below in objects)


def counting_noun(noun: Token, people: People) -> Token | None:
    """The noun or number that counts a plural, whose place the plural has: "hundreds" of "hundreds of pupils"."""
    if noun.tag_ not in ("NNS", "NNPS") or noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return None
    counter = noun.head.head
    is_number = (
        (counter.tag_ == "CD" and counter.lower_ != "one")
        or counter.lemma_.lower() in people.quantities
        or counter.lower_ in _COUNTING
    )
    return counter if is_number else None


def counted_before(head: Token, people: People) -> Token | None:
    """The noun for people that a bare "some" or "many" counts: the plural subject before it, or of the sentence before.

    "Most of the teachers stayed at home, and [some] said"; None for "some of the pupils" and where nobody fits. Another
    bare "many" between takes up the same ones.
    """
    if not _is_bare_count(head):
        return None
    sentence, end = head.sent, head.i
    for sentences_back in range(_MAX_SENTENCES_OF_COUNTS):
        before = head.doc[sentence.start : end]
        for token in reversed(before):
            noun = _counted_in(token, people)
            if token.dep_ in SUBJECTS and noun is not None and _may_be_counted(noun, people):
                return noun
        if not sentence.start or (sentences_back and not any(map(_is_bare_count, before))):
            return None
        end = sentence.start
        sentence = head.doc[end - 1].sent
    return None


def _is_bare_count(token: Token) -> bool:
    """Whether a word alone counts people: "some", "a few", not "some pupils" or "some of the pupils"."""
    return token.lower_ in _COUNTING and all(child.lower_ == "a" for child in token.children)


def _may_be_counted(noun: Token, people: People) -> bool:
    """Whether a plural means people or bodies of people: "pupils", "families", "unions", but not just "people"."""
    lemma = noun.lemma_.lower()
    is_several = lemma in people.organisations or (lemma in people.crowds and noun.lower_ not in people.crowds)
    return people.is_person(lemma) or is_several


def _counted_in(subject: Token, people: People) -> Token | None:
    """The plural noun of a subject, or of its "of" where that counts, too: "most of the teachers"."""
    if subject.tag_ in ("NNS", "NNPS") and subject.lemma_.lower() not in people.quantities:
        return subject
    prepositions = (child for child in subject.children if child.lower_ == "of")
    nouns = (noun for preposition in prepositions for noun in preposition.children)
    return next((noun for noun in nouns if noun.tag_ in ("NNS", "NNPS")), None)


def is_quoted_apart(tokens: Sequence[Token], name: Token) -> bool:
    """Whether a quotation begins or ends between a role and the name: "I wrote to the mayor," Ada Brandt said."""
    if not tokens:
        return False
    first, last = min(tokens[-1].i, name.i), max(tokens[0].i, name.i)
    return any(token.text in _QUOTATION_MARKS for token in name.doc[first + 1 : last])
