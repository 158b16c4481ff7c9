"""What the parts of ``pipeline.extract.events`` share: the indexed article and questions put to a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Doc, Token

from pipeline.extract.syntax import SUBJECTS, char_span, trim
from pipeline.records import Article, DateMention, Mention, Span

#: Heads that only count or portion what follows "of".
PARTITIVES = frozenset(
    {
        "most",
        "some",
        "all",
        "many",
        "one",
        "two",
        "half",
        "none",
        "number",
        "dozen",
        "dozens",
        "hundreds",
        "scores",
        "several",
        "majority",
    }
    | {
        "part",
        "parts",
        "both",
        "three",
        "four",
        "thousands",
        "pair",
        "handful",
        "few",
        "pct",
        "percent",
        "third",
        "quarter",
        "rest",
        "any",
        "each",
    }
    | {"%", "network", "string", "chunk", "bulk", "portion", "section", "stretch", "series", "couple", "percentage"}
    | {"mile", "kilometre", "kilometer", "length", "side", "set", "share", "proportion", "remainder", "much", "swath"}
    | {"hundred", "thousand", "score", "group", "range", "list", "type", "kind", "last", "first", "pair", "cluster"}
)
#: Verbs whose object does what the infinitive after it says; general English.
OBJECT_CONTROL = frozenset(
    {
        "ask",
        "order",
        "force",
        "urge",
        "tell",
        "allow",
        "want",
        "encourage",
        "require",
        "prompt",
        "compel",
        "persuade",
        "push",
        "lead",
    }
    | {
        "expect",
        "help",
        "cause",
        "instruct",
        "permit",
        "enable",
        "invite",
        "direct",
        "oblige",
        "press",
        "pressure",
        "warn",
        "command",
    }
    | {
        "trigger",
        "result",
        "advise",
        "beg",
        "convince",
        "authorise",
        "authorize",
        "let",
        "make",
        "have",
        "request",
        "mandate",
    }
)
#: How many words to either side, and how many conjuncts, may bear on a trigger.
_NEAR = 80
_CONJUNCTS = 12
_BRANCH = 300
_TAILS = frozenset({"including", "such", "like", "except", "excluding"})
_RELATIVE = frozenset({"WDT", "WP"})


@dataclass(frozen=True, slots=True)
class EventContext:
    """A parsed article with what the other extractors found, by token index."""

    doc: Doc
    article: Article
    places: Mapping[int, Span]
    countries: frozenset[int]
    names: frozenset[int]
    dates: Mapping[int, DateMention]


def build_context(
    doc: Doc, article: Article, mentions: Sequence[Mention], dates: Sequence[DateMention]
) -> EventContext:
    """Index mentions and dates by token; without mentions spaCy's entities serve."""
    places: dict[int, Span] = {}
    names: set[int] = set()
    countries: set[int] = set()
    for start, end, label, place in _named(doc, mentions):
        span = doc.char_span(start, end, alignment_mode="expand")
        for token in span or ():
            if place:
                places[token.i] = (start, end)
            if label in ("ORG", "FAC"):
                names.add(token.i)
            elif label in ("COUNTRY", "GPE", "NORP"):
                countries.add(token.i)
    names.update(token.i for token in doc if token.ent_type_ in ("ORG", "FAC"))
    by_token: dict[int, DateMention] = {}
    for date in dates:
        for token in doc.char_span(date.start, date.end, alignment_mode="expand") or ():
            by_token[token.i] = date
    return EventContext(doc, article, places, frozenset(countries), frozenset(names), by_token)


def _named(doc: Doc, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str, bool]]:
    if not mentions:
        for entity in doc.ents:
            yield entity.start_char, entity.end_char, entity.label_, entity.label_ in ("GPE", "LOC", "FAC")
    for mention in mentions:
        is_place = mention.label in ("COUNTRY", "PLACE") and mention.use in ("", "place", "government")
        yield mention.start, mention.end, mention.label, is_place


def noun_phrase(head: Token, scene: EventContext, connectors: Sequence[tuple[str, ...]] = ()) -> Span | None:
    """The phrase of ``head`` without non-restrictive tails, times and causes hung on it."""
    phrase = branch(head)
    dropped: set[int] = set()
    for token in phrase:
        if token.i != head.i and token.i not in dropped and _is_loose(token, head, scene, connectors):
            dropped.update(each.i for each in branch(token))
    # A dropped branch in the middle ends the phrase: what follows it belongs to the branch or to the clause.
    end = min((gap for gap in dropped if gap > head.i), default=len(scene.doc))
    span = char_span(token for token in phrase if token.i not in dropped and token.i < end)
    return trim(scene.article.text, span, " ,;:–—-\t\r\n") if span else None


def branch(token: Token) -> list[Token]:
    """The token with what hangs on it, in text order; of monstrous phrases only the first few hundred words."""
    return list(islice(token.subtree, _BRANCH))


def _is_loose(token: Token, head: Token, scene: EventContext, connectors: Sequence[tuple[str, ...]]) -> bool:
    if token.tag_ == "POS" and token.head.i == head.i:
        return True  # "the city's closure of the pier": the city acts
    if token.i < head.i and token.dep_ != "predet":
        return token.dep_ in ("punct", "cc") and token.i == head.left_edge.i
    edge = token.left_edge
    after_comma = edge.i > 0 and scene.doc[edge.i - 1].text in (",", "--", "—", "–", ":")
    if token.dep_ == "relcl":
        return after_comma
    if token.dep_ in ("appos", "npadvmod", "nummod") and after_comma:
        return token.i not in scene.places or token.head.i not in scene.places
    if token.dep_ in ("acl", "advcl", "advmod", "amod", "parataxis", "dep") and after_comma:
        return token.i > token.head.i
    if token.dep_ == "prep":
        children = [child for child in token.children if child.dep_ == "pobj"]
        timed = any(child.i in scene.dates or child.ent_type_ in ("DATE", "TIME") for child in children)
        return timed or after_comma or token.lower_ in _TAILS or starts_with(token, connectors)
    return token.lower_ in _TAILS or (token.dep_ == "npadvmod" and token.i > token.head.i)


def starts_with(token: Token, phrases: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of the phrases (lower-case words) begins at ``token``."""
    return any(connector_end(token, phrase) for phrase in phrases)


def connector_end(token: Token, phrase: tuple[str, ...]) -> int:
    """The index after the phrase when it stands at ``token``, else 0."""
    if token.lower_ != phrase[0]:
        return 0
    words = token.doc[token.i : token.i + len(phrase)]
    return token.i + len(phrase) if tuple(word.lower_ for word in words) == phrase else 0


def split_phrases(phrases: Sequence[str]) -> list[tuple[str, ...]]:
    """Phrases as tuples of words, the longest first."""
    return sorted((tuple(phrase.split()) for phrase in phrases), key=lambda words: (-len(words), words))


def around(token: Token) -> list[Token]:
    """The tokens of the sentence near the token: a "sentence" of thousands of words must not cost their square."""
    doc, first, last = token.doc, token.i, token.i + 1
    while first > 0 and token.i - first < _NEAR and not doc[first].is_sent_start:
        first -= 1
    while last < len(doc) and last - token.i < _NEAR and not doc[last].is_sent_start:
        last += 1
    return list(doc[first:last])


def coordinated(token: Token) -> list[Token]:
    """The nearest conjuncts of a token, in text order, without itself."""
    top = token
    for _ in range(_CONJUNCTS):
        if top.dep_ != "conj" or top.head.i == top.i:
            break
        top = top.head
    found = [top]
    for each in found:
        if len(found) <= 2 * _CONJUNCTS:
            found.extend(child for child in each.children if child.dep_ == "conj")
    return sorted((each for each in found if each.i != token.i), key=lambda each: each.i)


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause hangs on; any other token itself."""
    if token.tag_ in _RELATIVE or (token.lower_ == "that" and token.dep_ in SUBJECTS):
        clause = token.head
        while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
            clause = clause.head
        if clause.dep_ == "relcl":
            return _agreeing(clause.head, clause)
    return token


def _agreeing(noun: Token, clause: Token) -> Token:
    """ "Contacts in the council, which were suspended": a plural verb asks for the plural noun further out."""
    if not any(child.lower_ in ("were", "are", "have") for child in clause.children):
        return noun
    outer = noun
    for _ in range(4):
        if outer.tag_ in ("NNS", "NNPS") or any(child.dep_ == "conj" for child in outer.children):
            return outer
        if outer.dep_ not in ("pobj", "prep") or outer.head.i == outer.i:
            break
        outer = outer.head
    objects = (child for child in outer.children if child.dep_ == "dobj" and child.i < noun.i)
    return next((child for child in objects if child.tag_ in ("NNS", "NNPS")), noun) if outer.pos_ == "VERB" else noun


def contained(head: Token) -> Token:
    """The noun that counting heads portion ("most of the shops" gives "shops"), else the head."""
    for _ in range(3):
        if head.lower_ not in PARTITIVES and head.pos_ != "NUM" and head.lemma_ not in PARTITIVES:
            break
        of = (prep for prep in head.children if prep.dep_ == "prep" and prep.lower_ == "of")
        inner = next((child for prep in of for child in prep.children if child.dep_ == "pobj"), None)
        if inner is None:
            break
        head = inner
    return head


def own_subject(verb: Token) -> Token | None:
    """The subject on the verb itself or, where the parser put it there, on one of its auxiliaries."""
    hosts = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    found = (child for host in hosts for child in host.children if child.dep_ in SUBJECTS and child.dep_ != "expl")
    return next(found, None) or _swallowed_subject(verb, hosts[1:])


def _swallowed_subject(verb: Token, auxiliaries: Sequence[Token]) -> Token | None:
    """ "Shut by the minister and the airspace is closed": the noun before "is", taken for a conjunct of another."""
    if verb.dep_ not in ("conj", "ccomp") or not auxiliaries or auxiliaries[0].tag_ not in ("VBZ", "VBP", "VBD", "MD"):
        return None
    first = auxiliaries[0].i
    before = verb.doc[first - 1] if first > verb.sent.start else None
    return before if before is not None and before.dep_ == "conj" and before.pos_ in ("NOUN", "PROPN") else None


def clause_subject(verb: Token) -> Token | None:
    """As ``subject_of``, with subjects that stand on an auxiliary: "it is closing"."""
    seen = verb
    for _ in range(_CONJUNCTS):
        own = own_subject(seen)
        if own is not None:
            return own
        if seen.dep_ not in ("conj", "xcomp") or seen.head.i == seen.i:
            return None
        seen = seen.head
        if seen.pos_ == "ADJ" and seen.dep_ == "acomp":
            seen = seen.head  # "is due to close"
        if seen.pos_ not in ("VERB", "AUX"):
            return None
    return None


def set_to(verb: Token) -> Token | None:
    """What is "set to" do it where the tagger took "set" for a noun: "the four set to close"."""
    to = next((child for child in verb.children if child.lower_ == "to" and child.dep_ == "aux"), None)
    word = to.nbor(-1) if to is not None and to.i else None
    if word is None or word.lower_ != "set" or word.tag_ != "NN":
        return None
    if word.dep_ == "acl":
        return word.head
    return next((child for child in word.children if child.dep_ == "nummod"), None)


def coordinated_verb(word: Token) -> Token | None:
    """The verb that a homograph is coordinated with: "disrupt or close museums", read as "close museums"."""
    before = word.nbor(-1) if word.i else None
    if word.tag_ != "JJ" or word.dep_ != "amod" or before is None or before.dep_ != "cc":
        return None
    verb = before.head
    return verb if verb.pos_ == "VERB" and verb.i == before.i - 1 and word.head.head.i == verb.i else None


def is_causative(verb: Token) -> bool:
    """ "Ordered the beaches closed": a participle that the tagger took for a past tense."""
    under_order = verb.tag_ == "VBD" and verb.dep_ == "ccomp" and verb.head.lemma_ in OBJECT_CONTROL
    return under_order and not any(child.dep_ in ("aux", "mark", "dobj") for child in verb.children)


def is_passive(verb: Token, reach: int = 4) -> bool:
    """Whether a verb's subject undergoes it: be-passive, bare participle on a noun, or conjunct of a passive.

    ``reach`` bounds how far up a chain of conjuncts is looked.
    """
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children) or is_causative(verb):
        return True
    if verb.tag_ != "VBN" and not (verb.tag_ == "VBD" and any(child.dep_ == "agent" for child in verb.children)):
        return False
    if any(child.dep_ == "agent" for child in verb.children):
        return True
    if any(child.dep_ == "aux" for child in verb.children) or any(child.dep_ == "dobj" for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return reach > 0 and verb.head.tag_ == "VBN" and is_passive(verb.head, reach - 1)
    return verb.dep_ in ("acl", "amod", "ccomp", "xcomp", "advcl", "oprd", "acomp", "relcl", "ROOT")
