"""Which nouns may take up an organisation by what its name and the article tell of it: no "company" is a university."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex, entity_key
from pipeline.link.roles import role_of
from pipeline.records import Mention


def _fits_institution(words: Sequence[str], noun: str, people: People) -> bool:
    """Whether a noun may take up an organisation whose name has these words: "the group" is no university."""
    is_institution = not people.institutions.isdisjoint(words)
    return not is_institution or noun in words or noun in people.called_institutions or noun in people.states


def may_take_up(mention: Mention, noun: str, index: MentionIndex, people: People) -> bool:
    """Whether a noun may take up the mention: no part of a name, no people, called by no other noun so far.

    "The company" takes up nothing that is a university or ministry by its name.
    """
    if mention.use in ("name_part", "people") or not index.can_be_antecedent(mention):
        return False
    words = mention.canonical.lower().split()
    if mention.label == "ORG" and not _fits_institution(words, noun, people):
        return False
    if mention.label == "ORG" and words[0] in people.numbered_things and words[-1].isdigit():
        return False  # "Terminal 3"
    is_firm_noun = mention.label == "ORG" and noun in people.firms
    if is_firm_noun and not people.kinds_in_names.isdisjoint(words):
        return False
    if mention.label == "ORG" and words[-1] in people.parties and noun in people.firms | people.alliances:
        return False
    if noun in people.public_bodies and mention.label == "ORG" and _is_firm(mention, words, index, people):
        return False
    if mention.label == "ORG" and noun not in people.products and _is_product(mention, index, people):
        return False
    called = index.nouns.get(entity_key(mention))
    is_firm = noun in people.firms and called is not None and bool(called & (people.firms | people.owners))
    return called is None or noun in called or is_firm


def _is_product(mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether what is said beside a name tells that it is a firm's product: "Chirpit, the video app"."""
    role = role_of(mention, index, people).text.lower().split()
    return bool(role) and role[-1] in people.products


def _is_firm(mention: Mention, words: Sequence[str], index: MentionIndex, people: People) -> bool:
    """Whether an organisation is a firm by its name or by what is said beside it: "Larn Inc.", "the lender Larn"."""
    role = role_of(mention, index, people).text.lower().split()
    return words[-1].strip(".") in people.legal_forms or (bool(role) and role[-1] in people.firms)
