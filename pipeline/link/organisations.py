"""Which organisation, country or place a noun takes up: "the ministry", "the company", "the Brandt campaign"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, trim
from pipeline.knowledge.people import People
from pipeline.link.clause_countries import country_of_clause, country_told_of
from pipeline.link.mention_index import EntityKey, MentionIndex, entity_key
from pipeline.link.nominals import is_definite
from pipeline.link.organisation_kinds import may_take_up
from pipeline.link.phrases import is_main_subject, is_subject
from pipeline.link.roles import type_of_mention
from pipeline.records import Label, Mention, Span

#: Characters back to a name that "the company" can take up: some seven paragraphs of a newspaper. Set by hand.
_MAX_CHARACTERS = 1500
#: Tokens back to a phrase that "the campaign" can take up ("the Brandt campaign"). Set by hand.
_MAX_TOKENS = 1500
#: Sentences that the subject of a clause reaches further than other names: one two sentences back (-2 + 1.5) comes
#: before an object of the sentence before (-1). Set by hand on the development set of speakers.
_SUBJECT_BONUS = 1.5
#: Relations of what tells which organisation a noun means: "the union of train crews" is its own.
_SPECIFYING = frozenset({"prep", "relcl", "poss"})
#: Relations of what only describes it: "the ferry operator", "the struggling firm".
_DESCRIBING = frozenset({"compound", "amod", "nmod"})
#: Mentions from which an article may be about an organisation, and how many times those of the next it must have.
_FEWEST_MENTIONS = 3
_DOMINANCE = 2
#: Tokens of headline and lead, in which the article tells of those whom it names later.
_MAX_LEAD_TOKEN = 60
#: Times that another firm was a main subject since the one that was called so, from which on the article is about it.
_FEWEST_SINCE = 2
#: Times that it was named since, once of these as a main subject.
_FEWEST_NAMED_SINCE = 2
#: Off for a name in a relative clause: of "Mali, which borders Chad" the government is Mali's.
_WITHIN_RELATIVE = 0.5
#: Sentences between that organisation as a subject and the noun that takes it up.
_MAX_BETWEEN = 1
#: How many times for it to be meant by "the company" right after another one.
_CLEAR_DOMINANCE = 4


def named_organisation(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    """What a noun for an organisation, country or place takes up: a mention, or the span of the words that name it.

    A span for "the Brandt campaign", which is named by whose it is, and for "the campaign" after it. None for other
    nouns and where nothing fits.
    """
    noun = head.lower_
    is_organisation = noun in people.organisations or noun in people.states
    if not is_organisation and noun not in people.countries and noun not in people.areas:
        return None
    organisation = _organisation_of_part(head, index, people)
    if organisation is not None:
        return organisation
    owned = owned_phrase(head, index, people) if is_organisation else None
    if owned is not None:
        return _subject_before(head, index, people) or owned
    return _by_same_noun(head, index, people) if is_definite(head) else None


def named_beside(head: Token, index: MentionIndex) -> Mention | None:
    """The organisation named between commas behind a noun: "the airline that he works for, Skybridge, said"."""
    text = index.article.text
    for mention in index.mentions_within((head.idx, head.right_edge.idx + len(head.right_edge))):
        is_aside = text.endswith(", ", 0, mention.start) and text[mention.end : mention.end + 1] in (",", ".")
        if mention.label == "ORG" and mention.use != "name_part" and is_aside:
            return mention
    return None


def _organisation_of_part(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """For "the Harbour panel" the organisation, wherever named, whose name has that noun or its like and that name."""
    if head.lower_ not in people.subunits:
        return None
    words = {token.text for token in head.lefts if token.dep_ in ("compound", "nmod") and token.pos_ == "PROPN"}
    if not words:
        return None
    alike = people.interchangeable_nouns(head.lower_)
    fitting = [
        mention
        for mention in index.mentions
        if mention.label == "ORG"
        and words.issubset(mention.canonical.split())
        and alike.intersection(mention.canonical.lower().split())
    ]
    before = [mention for mention in fitting if mention.end <= head.idx]
    return before[-1] if before else next(iter(fitting), None)


def _subject_before(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The organisation that "the Danish group" takes up, the subject of the sentence before; None for "the army".

    Only where the words before the noun are a country's.
    """
    noun = head.lower_
    may_take_up = noun in people.organisations and noun not in people.subunits and is_definite(head)
    before = [child for child in head.lefts if child.dep_ in _DESCRIBING]
    is_firm = noun in people.firms | people.telling_kinds
    if not may_take_up or not before or not all(child.dep_ == "amod" or is_firm for child in before):
        return None
    if any((mention := index.mention_on(child)) is not None and mention.label == "ORG" for child in before):
        return None
    countries = {mention.country for child in before if (mention := index.mention_on(child)) is not None}
    countries |= {""} if is_firm else set()
    subject = last_subject(head, index, people, is_apart=False)
    fits = subject is not None and (not subject.country or subject.country in countries)
    return subject if fits and countries and not any(child.dep_ == "poss" for child in head.lefts) else None


def owned_phrase(head: Token, index: MentionIndex, people: People) -> Span | None:
    """The span of a noun with the name before it: "Brandt campaign", "Norway's government", "Kenyan government"."""
    names = [child for child in head.children if child.i < head.i and _names_owner(child, index)]
    if head.lower_ in people.firms and all(_is_where(name, index) for name in names):
        return None  # "the Larn-based company" has a name of its own
    if not names:
        return None
    first = min((token for name in names for token in name.subtree), key=lambda token: token.i)
    while first.i > head.left_edge.i and _belongs_to_name(first.nbor(-1)):
        first = first.nbor(-1)
    span = char_span([first, head])
    return trim(index.article.text, span) if span else None


def _belongs_to_name(before: Token) -> bool:
    """Whether an adjective in capitals stands right before a name: "Larnish" of "the Larnish Fire service"."""
    return before.tag_ == "JJ" and before.text[0].isupper() and not before.is_sent_start


def _is_where(name: Token, index: MentionIndex) -> bool:
    """Whether a name before a noun only tells where it is: a country or place that is no possessor."""
    mention = index.mention_on(name)
    return name.dep_ != "poss" and mention is not None and mention.label in ("COUNTRY", "PLACE")


def _names_owner(modifier: Token, index: MentionIndex) -> bool:
    if modifier.dep_ == "amod":
        mention = index.mention_on(modifier)
        return mention is not None and mention.label == "COUNTRY"
    return modifier.dep_ in ("compound", "nmod", "poss") and modifier.pos_ == "PROPN"


def _by_same_noun(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    """What a definite noun takes up.

    "The government": the last one named by whose it is, else a country; "the city": a place; "the ministry": the last
    organisation with that noun in its name, or named by whose it is; "the company": the last organisation of all.
    """
    noun = head.lower_
    if _is_set_apart(head, people):
        return None
    alike = people.interchangeable_nouns(noun)
    earlier = None
    if noun in people.organisations or noun in people.states:
        earlier = _earlier_phrase(head, alike, index, people)
    if earlier is not None and noun in people.countries:
        # "the government" after "the Kenyan government", whatever country was named since, but "In Uganda, ..."
        return country_told_of(head, earlier, index) or earlier
    labels = _labels_meant(noun, people)
    if labels:
        return country_of_clause(head, labels, index) or _most_salient(head, labels, index, people)
    return _last_with_noun(head, alike, index) or earlier or _last_organisation(head, alike, index, people)


def _is_set_apart(head: Token, people: People) -> bool:
    """Whether words beside a noun for a country's or town's rule set it apart: "the local government"."""
    if head.lower_ not in people.countries and head.lower_ not in people.areas:
        return False
    return any(
        (child.dep_ == "amod" and child.lower_ in people.contrasting)
        or (child.dep_ == "prep" and child.i > head.i and child.lower_ == "of")
        for child in head.children
    )


def _labels_meant(noun: str, people: People) -> tuple[Label, ...]:
    """The labels of what a noun for a country or a place can take up: both for "the state"."""
    labels: list[Label] = []
    if noun in people.countries:
        labels.append("COUNTRY")
    if noun in people.areas:
        labels.append("PLACE")
    return tuple(labels)


def _last_with_noun(head: Token, alike: frozenset[str], index: MentionIndex) -> Mention | None:
    """The last organisation before whose name, as written, has the noun or its like."""
    text = index.article.text
    for mention in index.mentions_before(head.idx):
        words = text[mention.start : mention.end].lower().split()
        if mention.label == "ORG" and alike.intersection(words) and _may_have_field(head, words):
            return mention
    return None


def _is_name_of_its_own(modifier: Token, index: MentionIndex) -> bool:
    """Whether a word before a noun is a name, and no country's or place's: in capitals, and not by its position."""
    if modifier.dep_ not in _DESCRIBING or not modifier.text[0].isupper() or modifier.is_sent_start:
        return False
    return index.mention_on(modifier) is None


def _may_have_field(head: Token, words: Sequence[str]) -> bool:
    """Whether an organisation's name has a noun before the one that takes it up: "the ports ministry" has "ports"."""
    fields = {child.lower_ for child in head.lefts if child.dep_ == "compound" and child.tag_ in ("NN", "NNS")}
    return not fields or not fields.isdisjoint(words)


def _last_organisation(head: Token, alike: frozenset[str], index: MentionIndex, people: People) -> Mention | None:
    """What a bare "the company" takes up: what it took up before, else the most salient organisation of that type."""
    noun = head.lower_
    if noun not in people.organisations or any(child.dep_ in _SPECIFYING for child in head.children):
        return None  # "the union of train crews" is its own, not the firm named before
    if any(_is_name_of_its_own(child, index) for child in head.lefts):
        return None  # "the Larnpress news agency" is known by that name
    if noun in people.alliances and head.text.istitle():
        return None  # "the Coalition" is a name
    is_described = any(child.dep_ in _DESCRIBING for child in head.children)
    mention = _last_so_called(head, alike, index)
    if mention is None:
        mention = _most_salient_organisation(head, index, people) if not is_described else None
        mention = _of_whom_it_tells(mention, head, index, people)
        mention = mention or _dominant_organisation(head, index, people) or last_subject(head, index, people)
    types = ("organisation", people.required_type(noun), "government" if noun in people.watching else "organisation")
    may_be = mention is not None and (noun not in people.owners or _acts(mention, index))  # "the owner" is a person
    return mention if mention is not None and may_be and type_of_mention(mention, "", "", people) in types else None


def _acts(mention: Mention, index: MentionIndex) -> bool:
    """Whether an organisation is a subject where it is named."""
    name = index.name_head(mention)
    return name is not None and is_subject(name)


def _of_whom_it_tells(likeliest: Mention | None, head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The organisation that the article is about rather than one that it names in passing, though named later."""
    dominant = _dominant_organisation(head, index, people) if likeliest is not None else None
    if dominant is None or likeliest is None:
        return likeliest
    times = len(index.mentions_of_entity(dominant)) / len(index.mentions_of_entity(likeliest))
    least = _DOMINANCE if _is_compared(likeliest, dominant, head, index, people) else _CLEAR_DOMINANCE
    return dominant if times >= least else likeliest


def _is_compared(other: Mention, told_of: Mention, head: Token, index: MentionIndex, people: People) -> bool:
    """Whether a firm is new, right after the one told of: "Larn Air shut its shops. Blake Air kept some"."""
    name = index.name_head(other)
    if name is None or type_of_mention(other, "", "", people) != type_of_mention(told_of, "", "", people):
        return False
    before = name.doc[name.sent.start - 1].sent if name.sent.start else name.sent
    is_new = sum(mention.end <= head.idx for mention in index.mentions_of_entity(other)) == 1
    return is_new and before.start_char <= told_of.start < other.start


def _dominant_organisation(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The organisation that the article is about, for "the ferry operator": named before, and far oftener than others.

    In headline and lead, where it may be named later: "..., the company said". None where words before the noun set it
    apart: "the other operator", "the Kenyan operator".
    """
    if is_set_apart_by_words(head, index, people):
        return None
    counts = Counter(
        entity_key(mention) for mention in index.mentions if mention.label == "ORG" and mention.use != "name_part"
    )
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST_MENTIONS:
        return None
    if len(ranked) > 1 and ranked[0][1] < _DOMINANCE * ranked[1][1]:
        return None
    before = index.mentions_before(head.idx)
    last = next((mention for mention in before if entity_key(mention) == ranked[0][0]), None)
    return last if last is not None or head.i >= _MAX_LEAD_TOKEN else index.entities[ranked[0][0]][0]


def is_set_apart_by_words(head: Token, index: MentionIndex, people: People) -> bool:
    """Whether words before the noun mean another organisation: "the rival operator", "the Kenyan operator"."""
    return any(
        child.dep_ in _DESCRIBING and (child.lower_ in people.contrasting or index.mention_on(child) is not None)
        for child in head.children
    )


def _last_so_called(head: Token, alike: frozenset[str], index: MentionIndex) -> Mention | None:
    """The organisation last named of those that the noun took up before."""
    so_called = {entity for entity, nouns in index.nouns.items() if alike & nouns}
    since: Counter[EntityKey] = Counter()
    named: Counter[EntityKey] = Counter()
    for mention in index.mentions_before(head.idx):
        entity = entity_key(mention)
        if entity in so_called:
            times = len(index.entities[entity])
            tells_of_another = any(len(index.entities[other]) >= _DOMINANCE * times for other in since)
            return None if tells_of_another else mention
        name = index.name_head(mention)
        if mention.label != "ORG" or name is None:
            continue
        named[entity] += 1
        if is_main_subject(name):
            since[entity] += 1
        if since[entity] >= _FEWEST_SINCE or (since[entity] and named[entity] >= _FEWEST_NAMED_SINCE):
            return None  # the article has gone on to another firm
    return None


def _earlier_phrase(head: Token, alike: frozenset[str], index: MentionIndex, people: People) -> Span | None:
    """The same noun named by whose it is before: "the campaign" after "the Brandt campaign".

    Not "the health department" after "the SLW department".
    """
    if any(child.dep_ == "prep" for child in head.children):
        return None
    for span in _owned_before(alike, head, index, people):
        if _may_have_field(head, index.article.text[slice(*span)].lower().split()):
            return span
    return None


def owned_before(noun: str, head: Token, index: MentionIndex, people: People) -> Span | None:
    """The last phrase before ``head`` of a noun named by whose it is: "Larn police"."""
    return next(_owned_before(frozenset({noun}), head, index, people), None)


def _owned_before(alike: frozenset[str], head: Token, index: MentionIndex, people: People) -> Iterator[Span]:
    for token_index in range(head.i - 1, max(head.i - _MAX_TOKENS, -1), -1):
        noun = index.doc[token_index] if index.lowered[token_index] in alike else None
        span = owned_phrase(noun, index, people) if noun is not None and noun.dep_ != "compound" else None
        if span is not None:
            yield span


def _most_salient(head: Token, labels: tuple[Label, ...], index: MentionIndex, people: People) -> Mention | None:
    """The likeliest mention before: subjects of this and the sentences before first, then the nearest."""
    best: tuple[float, Mention] | None = None
    for mention in index.mentions_before(head.idx):
        if mention.label not in labels or not may_take_up(mention, head.lower_, index, people):
            continue
        if head.idx - mention.end > _MAX_CHARACTERS:
            break
        token = index.name_head(mention)
        if token is None:
            continue
        between = index.doc[token.i + 1 : head.i + 1]
        sentences = sum(1 for word in between if word.is_sent_start and not word.is_space)
        score = -sentences + (_SUBJECT_BONUS if is_subject(token) else 0.0)
        score -= _SUBJECT_BONUS if token.dep_ in _DESCRIBING and token.head.pos_ == "NOUN" else 0.0
        score -= _WITHIN_RELATIVE if _is_within_relative(token) else 0.0
        score -= _SUBJECT_BONUS if mention.label == "ORG" and _is_told_apart(mention, token, people) else 0.0
        if best is None or score > best[0]:
            best = score, mention
    return best[1] if best else None


def _is_told_apart(mention: Mention, name: Token, people: People) -> bool:
    """Whether a word before a name sets its bearer apart from the one told of: "rival Larn Air", not "New Larn Air"."""
    before = (child for child in name.lefts if child.idx < mention.start and child.dep_ in _DESCRIBING)
    return any(child.lower_ in people.contrasting for child in before)


def _is_within_relative(name: Token) -> bool:
    """Whether a name stands in a clause about another, as no subject: Chad in "Mali, which borders Chad"."""
    return not is_subject(name) and any(above.dep_ == "relcl" for above in name.ancestors)


def last_subject(head: Token, index: MentionIndex, people: People, *, is_apart: bool | None = None) -> Mention | None:
    """The organisation that was the subject of the sentence before, for "the ferry operator", unless set apart.

    ``is_apart``: whether words before the noun set it apart, None for looking at them here.
    """
    is_apart = is_set_apart_by_words(head, index, people) if is_apart is None else is_apart
    if head.lower_ in people.subunits or head.lower_ in people.states or is_apart:
        return None
    mention = _most_salient_organisation(head, index, people)
    token = index.name_head(mention) if mention is not None else None
    if token is not None and is_subject(token) and head.head.is_ancestor(token) and head.i > token.i:
        return mention  # "“Larn Air sells no ferry,” the ferry operator said"
    if token is None or not (is_main_subject(token) or _owns_main_subject(token)):
        return None
    between = [word for word in head.doc[token.sent.end : head.sent.start] if word.is_sent_start and not word.is_space]
    return mention if token.sent.start < head.sent.start and len(between) <= _MAX_BETWEEN else None


def _owns_main_subject(name: Token) -> bool:
    """Whether a name stands before the noun that a sentence is about: "Larn Air's profits fell", "Larn Air shares"."""
    return name.dep_ in ("poss", "compound") and name.i < name.head.i and is_main_subject(name.head)


def _most_salient_organisation(head: Token, index: MentionIndex, people: People) -> Mention | None:
    return _most_salient(head, ("ORG",), index, people)
