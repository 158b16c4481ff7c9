"""Who a source is: pronouns, short names, nominals and coordinated names resolved within the article.

Plain rules over mentions, syntax and nearness; when they don't decide, the name stays empty and the reason says so.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from pipeline.extract.syntax import SUBJECTS, chars, subject_of, trim
from pipeline.link.cast import Cast
from pipeline.link.roles import role_head, role_of, type_of
from pipeline.records import Mention, Span, Spans, Speaker

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers"})
_THING = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_SPEAKING = frozenset({"i", "we", "me", "us", "my", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NAMES = frozenset({"NOUN", "PROPN"})
#: So many verbs between a pronoun and whoever says its clause.
_CLIMB = 5
#: A pronoun or a short nominal refers at most so far back (characters).
_REACH = 1500
_ORG_NOUNS = frozenset(
    "company firm group agency ministry department union newspaper paper bank organisation organization institute "
    "association commission council university network station airline operator committee bureau foundation "
    "federation watchdog regulator authority".split()
)


def resolve_source(spans: Spans, cast: Cast, content: Spans = ()) -> tuple[Speaker, ...]:
    """The speakers behind a source: one, or one for each of several coordinated names. Empty for no source.

    Nobody named in ``content``, the words that the source says, is whom a pronoun source means.
    """
    cast = replace(cast, unasked=content)
    return tuple(speaker for span in spans[:1] for speaker in _resolve_span(span, cast))


def _resolve_span(span: Span, cast: Cast) -> list[Speaker]:
    tokens = [t for t in cast.tokens(span) if not t.is_space]
    if not tokens:
        return []
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
    parts = _coordinated(head, inside)
    if len(parts) == 1:
        return [_resolve(head, span, cast)]
    speakers = []
    for part in parts:
        others = {t.i for other in parts if other.i != part.i and part.is_ancestor(other) for t in other.subtree}
        own = [t for t in part.subtree if t.i in inside and t.i not in others and t.dep_ not in ("cc", "preconj")]
        where = trim(cast.article.text, chars(own) or span)
        speakers.append(_resolve(part, where, cast))
    return speakers


def _coordinated(head: Token, inside: set[int]) -> list[Token]:
    """Head and its conjuncts when all are names; a list of common nouns stays one group."""
    parts = [head]
    while True:
        following = next((c for c in parts[-1].children if c.dep_ == "conj" and c.i in inside), None)
        if following is None:
            break
        parts.append(following)
    return parts if all(part.pos_ == "PROPN" for part in parts) else [head]


def _resolve(head: Token, span: Span, cast: Cast) -> Speaker:
    text = cast.article.text[span[0] : span[1]]
    word = head.lower_
    if word in _RELATIVE and head.tag_ in ("WP", "WDT"):
        return _antecedent(head, span, text, cast)
    if word in _SINGULAR | _THING | _PLURAL | _SPEAKING and head.tag_ in ("PRP", "PRP$"):
        return _pronoun(head, span, text, cast)
    mention = cast.at((head.idx, head.idx + len(head))) or cast.by_last_name(head)
    named = mention is not None and (head.pos_ == "PROPN" or _ends_with(mention, head))
    if mention is not None and named:
        return _named(
            mention, span, text, cast, "named here" if mention.canonical in text else "short for the full name"
        )
    inner = _title_holder(head, span, cast)
    if inner is not None:
        return _named(inner, span, text, cast, "named beside the title")
    if head.pos_ == "PROPN" and not any(c.dep_ in ("det", "poss") for c in head.children):
        name = [c for c in head.children if c.dep_ == "compound" and c.i < head.i and c.pos_ == "PROPN"]
        where = chars([*name, head]) or span
        words = " ".join(cast.article.text[where[0] : where[1]].split())
        return Speaker(span, text, words, where, reason="a name as it stands")
    return _nominal(head, span, text, cast)


def _ends_with(mention: Mention, head: Token) -> bool:
    """Whether a name ends in the head, whatever part of speech the tagger gave it."""
    return mention.label in ("PERSON", "ORG") and mention.end == head.idx + len(head)


def _title_holder(head: Token, span: Span, cast: Cast) -> Mention | None:
    """The name beside a noun: "the mayor, Ana Ruiz", "the central bank, Bank X", "the Fjord Post newspaper"."""
    for child in head.children:
        if child.dep_ == "appos" and span[0] <= child.idx < span[1]:
            mention = cast.at((child.idx, child.idx + len(child)))
            if mention is not None and mention.label in ("PERSON", "ORG"):
                return mention
        if child.dep_ in ("compound", "nmod") and child.i == head.i - 1 and head.lower_ in _ORG_NOUNS:
            mention = cast.at((child.idx, child.idx + len(child)))
            if mention is not None and mention.label == "ORG" and mention.use != "name_part":
                return mention
    return None


def _antecedent(head: Token, span: Span, text: str, cast: Cast) -> Speaker:
    verb = head.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        verb = verb.head
    before = [t for t in head.doc[max(head.i - 2, head.sent.start) : head.i] if t.pos_ in _NAMES]
    noun = verb.head if verb.dep_ == "relcl" and verb.head.pos_ in _NAMES else next(iter(reversed(before)), None)
    if noun is None:
        return Speaker(span, text, reason="relative pronoun without an antecedent")
    found = _resolve(noun, (noun.idx, noun.idx + len(noun)), cast)
    why = f"antecedent {noun.text!r}: {found.reason}"
    return Speaker(span, text, found.name, found.mention, found.role, found.type, found.country, why)


def _named(mention: Mention, span: Span, text: str, cast: Cast, reason: str) -> Speaker:
    role, country, source = role_of(mention, cast)
    country = mention.country or country
    why = f"{reason}; country from {source}" if country and source and not mention.country else reason
    return Speaker(
        span, text, mention.canonical, cast.fullest(mention), role, type_of(mention, role, text), country, why
    )  # fmt: skip


def _pronoun(head: Token, span: Span, text: str, cast: Cast) -> Speaker:
    word = head.lower_
    if word in _SPEAKING:
        return Speaker(span, text, reason=f"{word!r} is whoever speaks")
    labels = ("PERSON",) if word in _SINGULAR else ("ORG", "COUNTRY") if word in _THING else ()
    teller = _teller(head)
    if teller is not None:
        return _told_of(head, teller, labels, span, text, cast)
    unnamed = _unnamed_before(head, cast) if word in _SINGULAR else None
    if unnamed is not None:
        return Speaker(span, text, reason=f"{word!r}: likely {unnamed.text!r}, whom the article does not name")
    # "They" is a crowd, a firm or one person: a guess was wrong more often than right.
    mention = _salient(head, labels, cast) if labels else None
    if mention is None:
        return Speaker(span, text, reason=f"nobody sure before for {word!r}")
    return _named(mention, span, text, cast, f"{word!r}: last named subject before")


def _teller(head: Token) -> Token | None:
    """The subject of the clause above: whoever says what the pronoun stands in ("the union said it would go")."""
    verb = head.head
    for _ in range(_CLIMB):
        if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB":
            subject = subject_of(verb.head)
            return subject if subject is not None and subject.i != head.i and subject.dep_ != "expl" else None
        if verb.dep_ not in ("xcomp", "conj", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _told_of(head: Token, teller: Token, labels: tuple[str, ...], span: Span, text: str, cast: Cast) -> Speaker:
    """Whom a pronoun means inside what somebody says: that somebody where number and kind agree, else nobody sure."""
    plural = head.lower_ in _PLURAL
    if teller.tag_ in ("PRP", "WP", "WDT"):
        return _resolve(teller, span, cast) if teller.lower_ == head.lower_ else Speaker(span, text, reason="unsure")
    if plural and teller.tag_ in ("NNS", "NNPS"):
        return Speaker(span, text, "", None, "", "group", "", f"{head.lower_!r}: {teller.text!r}, as they stand")
    found = _resolve(teller, (teller.idx, teller.idx + len(teller)), cast)
    mention = cast.at((teller.idx, teller.idx + len(teller)))
    kind = mention.label if mention is not None else ("ORG" if found.type in ("organisation", "government") else "")
    if found.name and (kind in labels or (plural and kind in ("ORG", "COUNTRY"))):
        return replace(found, span=span, text=text, reason=f"{head.lower_!r}: whoever says it, {teller.text!r}")
    return Speaker(span, text, reason=f"{head.lower_!r}: not {teller.text!r}, so unsure")


def _salient(head: Token, labels: tuple[str, ...], cast: Cast) -> Mention | None:
    """The likeliest earlier mention: subjects of this and the sentences before first, then the nearest."""
    best: tuple[float, Mention] | None = None
    for mention in cast.before(head.idx):
        if mention.label not in labels or mention.use in ("name_part", "people") or not cast.may_be_meant(mention):
            continue
        if head.idx - mention.end > _REACH:
            break
        token = _last_token(cast, mention)
        if token is None or _governs(token, head) or _is_other_sex(mention, head, cast):
            continue
        distance = _sentences_between(cast.doc, token.i, head.i)
        score = -distance + (1.5 if _is_subject(token) else 0.0)
        if best is None or score > best[0]:
            best = score, mention
    return best[1] if best else None


def _sentences_between(doc: Doc, start: int, end: int) -> int:
    return sum(1 for i in range(start + 1, end + 1) if doc[i].is_sent_start and not doc[i].is_space)


def _is_other_sex(mention: Mention, head: Token, cast: Cast) -> bool:
    """Whether the person's role tells that "he" or "she" is somebody else ("chairman", "spokeswoman")."""
    role = role_head(role_of(mention, cast)[0])
    if role.endswith("woman"):
        return head.lower_ in ("he", "him", "his")
    return role.endswith("man") and head.lower_ in ("she", "her", "hers")


def _unnamed_before(head: Token, cast: Cast) -> Token | None:
    """The last subject of the sentence before, when it is one person without a name ("a spokeswoman")."""
    start = head.sent.start
    while start > 0 and cast.doc[start - 1].is_space:
        start -= 1
    if start == 0 or head.i - head.sent.start > _OPENING:
        return None
    before = cast.doc[start - 1].sent
    subjects = [t for t in before if t.dep_ in ("nsubj", "nsubjpass") and t.head.dep_ in ("ROOT", "conj")]
    last = subjects[-1] if subjects else None
    if last is None or last.tag_ != "NN" or not last.lemma_.endswith(_PERSON_ENDINGS):
        return None
    span = (last.left_edge.idx, last.right_edge.idx + len(last.right_edge))
    return None if _is_definite(last) or any(m.label == "PERSON" for m in cast.inside(span)) else last


#: A pronoun this near its sentence's start takes up the subject before.
_OPENING = 4
_PERSON_ENDINGS = ("man", "woman", "person", "official", "minister", "resident", "officer", "lawyer", "doctor", "aide")


def _governs(token: Token, head: Token) -> bool:
    """A name inside the phrase the pronoun belongs to can't be who it means ("his lawyer Ana Ruiz")."""
    return token.is_ancestor(head) and head.dep_ == "poss"


def _last_token(cast: Cast, mention: Mention) -> Token | None:
    tokens = [t for t in cast.tokens((mention.start, mention.end)) if t.tag_ != "POS"]
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[-1])


def _is_subject(token: Token) -> bool:
    while token.dep_ in ("appos", "compound", "conj") and token.head.i != token.i:
        token = token.head
    return token.dep_ in SUBJECTS


def _nominal(head: Token, span: Span, text: str, cast: Cast) -> Speaker:
    inner = cast.inside(span)
    countries = {m.country for m in inner if m.country}
    country = countries.pop() if len(countries) == 1 else ""
    named = next((m.canonical for m in inner if m.label in ("ORG", "PERSON")), "")
    if head.lower_ in _DOCUMENTS:
        author = _author(head)
        if author is not None and span[0] <= author.idx < span[1]:
            where = trim(cast.article.text, chars(t for t in author.subtree if t.idx < span[1]) or span)
            found = _resolve(author, where, cast)
            name = found.name or (found.text if found.type == "group" else "")
            return replace(found, span=span, text=text, name=name, reason=f"whose {head.lower_} it is: {found.reason}")
    if head.tag_ in ("NNS", "NNPS") or head.lower_ in _CROWDS:
        return Speaker(span, text, "", None, "", "group", country, "a group, as it stands")
    if head.lower_ in _STATES | _ORG_NOUNS and country and not named:
        kind = "government" if head.lower_ in _STATES else "organisation"
        return Speaker(span, text, text, span, "", kind, country, "named by its country")
    mention = _same_noun(head, cast) if _is_definite(head) else None
    if mention is not None:
        found = _named(mention, span, text, cast, f"{head.lower_!r}: last such one named before")
        return replace(found, type="government") if head.lower_ in ("government", "regime") else found
    reason = f"not named in the article{f'; belongs to {named}' if named else ''}"
    kind = "document" if head.lower_ in _DOCUMENTS else ""
    return Speaker(span, text, "", None, "", kind, country, reason)


def _author(document: Token) -> Token | None:
    """The noun below "by" or "from" after a document: "estimates by the bank"."""
    for preposition in document.children:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("by", "from"):
            return next((c for c in preposition.children if c.dep_ == "pobj"), None)
    return None


def _is_definite(head: Token) -> bool:
    return any(c.dep_ in ("det", "poss") and c.lower_ in _DEFINITE for c in head.children)


_DEFINITE = frozenset({"the", "this", "that", "its", "his", "her", "their"})
_DOCUMENTS = frozenset(
    "report reports study studies statement statements letter document documents survey poll polls book article memo "
    "filing email emails estimate estimates testimony testimonies data figures statistics analysis account accounts "
    "interview interviews".split()
)
_CROWDS = frozenset("media press public staff crowd majority half third people opposition".split())
_STATES = frozenset("government ministry parliament administration military army police leadership state".split())


def _same_noun(head: Token, cast: Cast) -> Mention | None:
    """For "the ministry" the last organisation with that noun in its name, for "the senator" the person so titled."""
    noun = head.lower_
    if noun in _COUNTRIES:
        return _salient(head, ("COUNTRY",), cast)
    for mention in cast.before(head.idx):
        words = cast.article.text[mention.start : mention.end].lower().split() if mention.label == "ORG" else []
        if noun in words or (mention.label == "PERSON" and noun == role_head(role_of(mention, cast)[0])):
            return mention
    if noun not in _ANAPHORIC or any(c.dep_ in ("prep", "compound", "amod", "relcl") for c in head.children):
        return None  # "the union of train crews" is its own, not the firm named before
    found = _salient(head, ("ORG",), cast)
    return found if found is not None and type_of(found, "", "") in ("organisation", _KINDS.get(noun)) else None


#: Nouns that take up a name without repeating a word of it.
_ANAPHORIC = frozenset(
    "company firm group agency newspaper paper bank organisation organization airline operator station network "
    "broadcaster retailer watchdog regulator".split()
)
#: What an organisation so called must be; the others are of any kind.
_KINDS = {"ministry": "government", "department": "government", "newspaper": "media", "paper": "media",
          "agency": "government", "council": "government", "station": "media", "network": "media"}  # fmt: skip
_COUNTRIES = frozenset({"country", "nation", "state", "government", "regime"})
