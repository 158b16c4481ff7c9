"""What is said of an organisation beside its name: "aviation insurer Larn Mutual", "Larn Mutual, an insurer"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS, run_around
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import opens_sentence
from pipeline.link.role_phrases import BEFORE_NAME, CLAUSES, trimmed_role
from pipeline.records import Mention

#: Relations of what follows a noun for organisations and tells nothing of its kind.
_AFTER_KIND = frozenset({"appos", "relcl", "acl", "punct"})


def organisation_role(mention: Mention, index: MentionIndex, people: People) -> str:
    """What is said of an organisation beside one mention: "aviation insurer Larn Mutual", "Larn Mutual, an insurer".

    A common noun for organisations, in lower case.
    """
    name = index.name_head(mention)
    if name is None or mention.use == "name_part":
        return ""
    before = name.doc[index.tokens_in((mention.start, mention.end))[0].i - 1] if mention.start else name
    tokens = _kind_before(before, name, people) or _kind_after(name, people) or _kind_before_comma(name, people)
    span = trimmed_role(tokens, index.article.text, people)
    return " ".join(index.article.text[slice(*span)].split()) if span else ""


def _kind_before(noun: Token, name: Token, people: People) -> list[Token]:
    """The "aviation insurer" of "aviation insurer Larn Mutual"; ``noun`` is the token before the name."""
    if noun.i >= name.i or not _is_organisation_noun(noun, people) or _tells_of_noun(name, noun):
        return []
    before_name = [child for child in name.lefts if child.i < noun.i]
    children = [child for child in (*noun.lefts, *before_name) if child.dep_ in BEFORE_NAME]
    words = {noun, *(token for child in children for token in child.subtree)}
    return run_around(noun, sorted(words, key=lambda token: token.i))


def _tells_of_noun(name: Token, noun: Token) -> bool:
    """Whether the name acts on the noun in a clause without "that": "the app Larn Media bought" is not Larn Media."""
    if name.dep_ not in SUBJECTS or name.head.dep_ != "relcl":
        return False
    has_object = any(child.dep_ == "dobj" for child in name.head.children)
    return name.head.head.i == noun.i or not has_object  # the parser may hang the clause on what stands before


def _kind_after(name: Token, people: People) -> list[Token]:
    """The "an insurer" of "Larn Mutual, an insurer"."""
    for child in name.children:
        if child.dep_ != "appos" or child.i < name.i or not _is_organisation_noun(child, people):
            continue
        if any(below.dep_ in ("det", "poss") for below in child.lefts):
            dropped = {token.i for below in child.subtree if below.dep_ in CLAUSES for token in below.subtree}
            if tokens := run_around(child, [token for token in child.subtree if token.i not in dropped]):
                return tokens
    return []


def _kind_before_comma(name: Token, people: People) -> list[Token]:
    """The "developer" of "the developer, Larn Estates, says"."""
    noun = name.head
    is_kind = name.dep_ == "appos" and noun.tag_ == "NN" and noun.i < name.i and noun.text.islower()
    may_act = noun.lower_ in people.organisations or people.is_person(noun.lower_)
    if not is_kind or not may_act or name.left_edge.i == 0 or name.left_edge.nbor(-1).text != ",":
        return []
    dropped = {token.i for child in noun.children if child.dep_ in _AFTER_KIND for token in child.subtree}
    return run_around(noun, [token for token in noun.subtree if token.i not in dropped and token.i < name.left_edge.i])


def _is_organisation_noun(noun: Token, people: People) -> bool:
    if opens_sentence(noun) and not noun.is_lower:  # "Drugmaker Larn Mutual"
        return noun.lower_ in people.firms | people.telling_kinds
    return noun.tag_ == "NN" and noun.text.islower() and noun.lower_ in people.organisations
