"""Which country's government a clause tells of by the place that it opens with: "In Larn, the government said"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.link.mention_index import MentionIndex
from pipeline.records import Label, Mention, Span

#: Tokens from "In Larn, ..." to "the government" of the same clause.
_MAX_CLAUSE = 12


def country_told_of(head: Token, earlier: Span, index: MentionIndex) -> Mention | None:
    """The country that a sentence after the span, and up to the noun, opens with: "In Uganda, schools shut"."""
    for mention in index.mentions_before(head.idx):
        if mention.start < earlier[1]:
            return None
        name = index.name_head(mention) if mention.label == "COUNTRY" and mention.use != "people" else None
        if name is not None and name.dep_ == "pobj" and name.head.lower_ == "in" and name.head.is_sent_start:
            return mention
    return None


def country_of_clause(head: Token, labels: tuple[Label, ...], index: MentionIndex) -> Mention | None:
    """The country for "the government" whose clause opens with a place in it: "In Larn, the government said".

    The mention of the country where the article has one, else that of the place.
    """
    start = head.sent.start
    is_near = index.doc[start].lower_ == "in" and head.i - start <= _MAX_CLAUSE
    if not is_near or "COUNTRY" not in labels or "PLACE" in labels:
        return None
    opening = next((index.mention_on(token) for token in index.doc[start].rights if token.dep_ == "pobj"), None)
    if opening is None or not opening.country or opening.use == "people":
        return None
    countries = (m for m in index.mentions if m.label == "COUNTRY" and m.country == opening.country)
    return next((country for country in countries if country.use != "name_part"), opening)
