"""People whom the parser has by the surname alone, or as an organisation: "harbour official Imad Rasool said"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.knowledge.people import People
from pipeline.records import Mention
from pipeline.text.spans import SpanIndex

#: Relations of the words before a name that belong to its phrase.
_BEFORE = frozenset({"compound", "nmod"})
#: Labels that the parser gives to surnames alone.
_MISREAD = frozenset({"PERSON", "ORG"})


def with_persons_behind_roles(mentions: Sequence[Mention], doc: Doc, people: People) -> list[Mention]:
    """The mentions with the full names of those whose role and first name stand before a mention of one word.

    Where the parser has an organisation there, every mention of that word alone becomes the person's.
    """
    taken = SpanIndex(mentions, lambda mention: [(mention.start, mention.end)])
    first_names: dict[int, Token] = {}
    surnames: set[str] = set()
    for mention in mentions:
        first = _first_name_before(mention, doc, taken, people)
        if first is not None:
            first_names[mention.start] = first
            surnames.add(mention.canonical)
    if not surnames:
        return list(mentions)
    return [
        _as_person(mention, first_names.get(mention.start))
        if mention.start in first_names or (mention.label == "ORG" and mention.canonical in surnames)
        else mention
        for mention in mentions
    ]


def _as_person(mention: Mention, first: Token | None) -> Mention:
    if first is None:
        return replace(mention, label="PERSON", country="")
    name = f"{first.text} {mention.canonical}"
    return replace(mention, label="PERSON", country="", start=first.idx, canonical=name)


def _first_name_before(mention: Mention, doc: Doc, taken: SpanIndex[Mention], people: People) -> Token | None:
    """The first name between a role in small letters and a person or "organisation" of one word; None for none."""
    word = mention.canonical
    if mention.label not in _MISREAD or not word.isalpha() or not word.istitle() or word in people.generic_last_words:
        return None
    span = doc.char_span(mention.start, mention.end)
    if span is None or span.start < 2:  # no room for both
        return None
    first, noun, surname = doc[span.start - 1], doc[span.start - 2], span.root
    is_first = first.tag_ == "NNP" and first.text.istitle() and first.text.isalpha() and first.head.i == surname.i
    if not is_first or first.dep_ not in _BEFORE or taken.overlapping(first.idx, first.idx + len(first)):
        return None
    is_role = noun.tag_ == "NN" and noun.text.islower() and noun.head.i == surname.i and noun.dep_ in _BEFORE
    return first if is_role and people.is_person(noun.lower_) else None
