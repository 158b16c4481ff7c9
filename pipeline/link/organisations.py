"""Which organisation, country or place a noun takes up: "the ministry", "the company", "the Brandt campaign"."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, trim
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import is_definite
from pipeline.link.referents import is_subject
from pipeline.link.roles import type_of
from pipeline.records import Mention, Span

#: A noun refers at most so far back (characters), a clause's subject reaches this much further (sentences).
_REACH, _SUBJECT = 1500, 1.5


def named_organisation(head: Token, cast: MentionIndex, people: People) -> Mention | Span | None:
    """A mention of what the noun takes up, or the span of the words that name it by whose it is; None for neither."""
    noun = head.lower_
    if noun not in people.organisations and noun not in people.states and noun not in people.countries | people.areas:
        return None
    part = _part_of(head, cast, people)
    if part is not None:
        return part
    owner = _owned(head, cast)
    if owner is not None and (noun in people.organisations or noun in people.states):
        return owner
    if not is_definite(head):
        return None
    return _same_noun(head, cast, people)


def _part_of(head: Token, cast: MentionIndex, people: People) -> Mention | None:
    """ "the House panel": the organisation, wherever named, whose name has that noun or its like and that name."""
    words = {c.text for c in head.children if c.i < head.i and c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN"}
    if not words or head.lower_ not in people.subunits:
        return None
    alike = people.interchangeable_nouns(head.lower_)
    fitting = [
        mention
        for mention in cast.mentions
        if mention.label == "ORG"
        and words.issubset(mention.canonical.split())
        and alike.intersection(mention.canonical.lower().split())
    ]
    before = [mention for mention in fitting if mention.end <= head.idx]
    return before[-1] if before else next(iter(fitting), None)


def _owned(head: Token, cast: MentionIndex) -> Span | None:
    """ "Brandt campaign", "Norway's government": the noun with the name before it."""
    names = [
        child
        for child in head.children
        if child.i < head.i and (
            (child.dep_ in ("compound", "nmod", "poss") and child.pos_ == "PROPN")
            or (child.dep_ == "amod" and _country_of(child, cast))
        )
    ]  # fmt: skip
    if not names:
        return None
    first = min((t for name in names for t in name.subtree), key=lambda t: t.i)
    span = char_span([first, head])
    return trim(cast.article.text, span) if span else None


def _country_of(token: Token, cast: MentionIndex) -> bool:
    mention = cast.at((token.idx, token.idx + len(token)))
    return mention is not None and mention.label == "COUNTRY"


def _same_noun(head: Token, cast: MentionIndex, people: People) -> Mention | Span | None:
    """For "the ministry" the last organisation with that noun in its name; for "the company" the last named subject."""
    noun = head.lower_
    alike = people.interchangeable_nouns(noun)
    earlier = _earlier_noun(head, alike, cast) if noun in people.organisations | people.states else None
    if earlier is not None and noun in people.countries:
        return earlier  # "the government" after "the Kenyan government", whatever country was named since
    if noun in people.countries or noun in people.areas:
        label = "COUNTRY" if noun in people.countries else "PLACE"
        return _salient(head, (label, "COUNTRY", "PLACE") if noun == "state" else (label,), cast)
    for mention in cast.before(head.idx):
        words = cast.article.text[mention.start : mention.end].lower().split() if mention.label == "ORG" else []
        if alike.intersection(words):
            return mention
    if earlier is not None:
        return earlier
    if noun not in people.organisations or any(
        c.dep_ in ("prep", "compound", "amod", "relcl", "poss") for c in head.children
    ):
        return None  # "the union of train crews" is its own, not the firm named before
    found = _so_called(head, alike, cast) or _salient(head, ("ORG",), cast)
    kinds = ("organisation", people.required_type(noun))
    return found if found is not None and type_of(found, "", "", people) in kinds else None


def _so_called(head: Token, alike: frozenset[str], cast: MentionIndex) -> Mention | None:
    """The organisation last named of those that the noun took up before."""
    called = {entity for entity, nouns in cast.called.items() if alike & nouns}
    return next((mention for mention in cast.before(head.idx) if (mention.label, mention.canonical) in called), None)


def _earlier_noun(head: Token, alike: frozenset[str], cast: MentionIndex) -> Span | None:
    """The same noun named by whose it is before: "the campaign" after "the Brandt campaign"."""
    if any(child.dep_ == "prep" for child in head.children):
        return None
    for index in range(head.i - 1, max(head.i - _REACH, -1), -1):
        token = cast.doc[index]
        if token.lower_ in alike and (span := _owned(token, cast)) is not None:
            return span
    return None


def _salient(head: Token, labels: tuple[str, ...], cast: MentionIndex) -> Mention | None:
    """The likeliest mention before: subjects of this and the sentences before first, then the nearest."""
    best: tuple[float, Mention] | None = None
    for mention in cast.before(head.idx):
        if mention.label not in labels or mention.use in ("name_part", "people") or not cast.may_be_meant(mention):
            continue
        if cast.called.get((mention.label, mention.canonical), {head.lower_}).isdisjoint({head.lower_}):
            continue
        if head.idx - mention.end > _REACH:
            break
        token = cast.head(mention)
        if token is None:
            continue
        between = sum(1 for t in cast.doc[token.i + 1 : head.i + 1] if t.is_sent_start and not t.is_space)
        score = -between + (_SUBJECT if is_subject(token) else 0.0)
        if best is None or score > best[0]:
            best = score, mention
    return best[1] if best else None
