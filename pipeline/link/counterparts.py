"""Who holds the same office in another country: "the Swedish minister" after "his Swedish counterpart, Karin Ek"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.title_conflicts import countries_before
from pipeline.records import Mention

#: Tokens between "counterpart" and the name: a comma, "the", a title or two.
_MAX_TOKENS = 4


def counterpart_of_country(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The person last named as somebody's counterpart of the country that the words before an office tell.

    None where ``head`` is no office or no country stands before it.
    """
    if head.lower_ not in people.offices and head.lower_ not in people.heads_of_state:
        return None
    countries = countries_before(head, index)
    if not countries:
        return None
    for mention in index.mentions_before(head.idx):
        noun = _counterpart_before(mention, index, people) if mention.label == "PERSON" else None
        if noun is not None and countries & countries_before(noun, index):
            return mention
    return None


def _counterpart_before(mention: Mention, index: MentionIndex, people: People) -> Token | None:
    """The noun "counterpart" right before a name; None where there is none."""
    first = index.tokens_in((mention.start, mention.end))[0]
    before = first.doc[max(first.i - _MAX_TOKENS, first.sent.start) : first.i]
    return next((token for token in before if token.lower_ in people.counterparts), None)
