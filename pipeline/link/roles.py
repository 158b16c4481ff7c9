"""What a name is in the article: title, office and affiliation as the text gives them, kind of speaker, country."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, run_around, trim
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.records import Mention, Span

#: A person's role stands with one of the first mentions or nowhere.
_LOOKS = 8
_DETERMINER = re.compile(r"(?:(?:an?|the|its|his|her|their|our)\s+)?", re.IGNORECASE)
#: "R-Wis.", "D-N.Y.", "I-VT", "R-Texas" after a name: how the press of the United States marks its legislators.
_PARTY_AND_STATE = re.compile(r"\s*[,(]\s*(?P<mark>[DRI][-\u2010\u2011\u2013](?P<state>[A-Z][A-Za-z.]+))")
_ABBREVIATED = re.compile(r"[A-Z]{2}|(?:[A-Z][a-z]*\.)+")

#: Where a caption says that somebody stands: "Ada Brandt, centre, ...".
_IN_PICTURES = frozenset("centre center left right middle front back background foreground top bottom".split())


def role_of(mention: Mention, cast: MentionIndex, people: People) -> tuple[str, str, str]:
    """(role, country, where the country comes from) of a person: title before the name or apposition after it.

    The longest one at the first mentions of the person; empty strings when none tells.
    """
    if mention.label != "PERSON":
        return "", "", ""
    entity = (mention.label, mention.canonical)
    if entity not in cast.roles:
        cast.roles[entity] = _find_role(cast.same(mention)[:_LOOKS], cast, people)
    return cast.roles[entity]


def _find_role(mentions: Sequence[Mention], cast: MentionIndex, people: People) -> tuple[str, str, str]:
    spans = [span for mention in mentions if (span := _role_at(mention, cast, people)) is not None]
    mark = next((mark for mention in mentions if (mark := _party_and_state(mention, cast))), "")
    if not spans:
        return ("", "USA", f"{mark!r} after the name") if mark else ("", "", "")
    start, end = max(spans, key=lambda span: span[1] - span[0])
    # Where somebody works is a place; whose they are, a demonym or an organisation tells.
    role = " ".join(cast.article.text[start:end].split())
    office = role_head(role) in people.offices
    inside = [m for span in spans for m in cast.inside(span) if m.country]
    named = {m.country: m for m in inside if m.label != "PLACE" or m.use == "government" or office}
    if len(named) != 1:
        return (role, "USA", f"{mark!r} after the name") if mark and not named else (role, "", "")
    country, demonym = next(iter(named.items()))
    return role, country, f"{cast.article.text[demonym.start : demonym.end]!r} in the role"


def _party_and_state(mention: Mention, cast: MentionIndex) -> str:
    """ "R-Wis." after a name, else empty; "D-Day" is neither an abbreviation nor a place of that country."""
    found = _PARTY_AND_STATE.match(cast.article.text, mention.end)
    if found is None:
        return ""
    state = found["state"]
    place = any(m.country == "USA" for m in cast.overlapping(found.span("state")))
    return found["mark"] if place or _ABBREVIATED.fullmatch(state) else ""


def _role_at(mention: Mention, cast: MentionIndex, people: People) -> Span | None:
    head = _head(cast.tokens((mention.start, mention.end)))
    found = _apposition(head, cast) or _premodifier(head, mention, people) if head is not None else []
    where = char_span(found)
    if where is None:
        return None
    start, end = trim(cast.article.text, where)
    opened = cast.article.text.rfind("(", start, end)
    if opened >= 0 and ")" not in cast.article.text[opened:end]:
        end = trim(cast.article.text, (start, opened))[1]
    elif len(found[-1]) > 1 and found[-1].text.endswith("."):
        end = where[1]  # "Lt. Gen."
    return start + len(_DETERMINER.match(cast.article.text, start, end).group()), end  # type: ignore[union-attr]


def _head(tokens: list[Token]) -> Token | None:
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), None)


def _apposition(name: Token, cast: MentionIndex) -> list[Token]:
    """ "..., an assistant professor at X": the apposition without its relative clauses and further names."""
    for child in name.children:
        if child.dep_ == "appos" and child.i > name.i and child.pos_ == "NOUN" and child.lower_ not in _IN_PICTURES:
            drop = {t.i for c in child.subtree if c.dep_ in ("relcl", "acl", "advcl") for t in c.subtree}
            return run_around(child, [t for t in child.subtree if t.i not in drop])
    governor = name.head
    if name.dep_ == "appos" and governor.tag_ in ("NN", "NNP") and governor.i < name.i:
        other = cast.at((governor.idx, governor.idx + len(governor)))
        if other is not None and other.label != "ORG":
            return []  # a list of people; "the mayor of Larn, Ada Brandt", to the parser beside the town
        own = {t.i for t in name.subtree}
        return run_around(governor, [t for t in governor.subtree if t.i not in own and t.i < name.i])
    return []


def _premodifier(name: Token, mention: Mention, people: People) -> list[Token]:
    """ "South Korean lawmaker NAME": what stands before the name in its noun phrase, honorifics left out."""
    before = [
        token
        for child in name.lefts
        if child.dep_ in ("compound", "amod", "nmod", "poss")
        for token in child.subtree
        if token.idx + len(token) <= mention.start and not token.is_punct and token.dep_ != "det"
    ]
    kept = [t for t in before if t.lower_ not in people.honorifics]
    return kept if _is_role(kept, people) else []


def _is_role(words: Sequence[Token], people: People) -> bool:
    """Whether words before a name say what somebody is: no further first name, and nothing that is nobody."""
    nouns = [token for token in words if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "pobj"]
    if not nouns or nouns[-1].tag_ == "NNS" or people.cannot_speak(nouns[-1].lower_):
        return False
    named = all(token.pos_ == "PROPN" for token in words) and nouns[-1].ent_type_ != "ORG"
    return not named or people.is_person(nouns[-1].lower_) or nouns[-1].lower_ in people.offices


def described_countries(told: Mapping[int, Mention | None], cast: MentionIndex) -> dict[tuple[str, str], Mention]:
    """The demonym that describes a person, by entity: "the Cuban leader"; left out where several countries are told.

    ``told`` has the person whom each pronoun and description means, by token index.
    """
    found: dict[tuple[str, str], Mention] = {}
    several: set[tuple[str, str]] = set()
    for index, person in told.items():
        token = cast.doc[index]
        if person is None or person.label != "PERSON" or token.pos_ != "NOUN":
            continue
        entity = (person.label, person.canonical)
        for child in token.lefts:
            demonym = cast.at((child.idx, child.idx + len(child))) if child.dep_ in ("amod", "compound") else None
            if demonym is None or (demonym.label != "COUNTRY" and demonym.use != "government"):
                continue
            if demonym.use == "name_part":
                continue
            if found.setdefault(entity, demonym).country != demonym.country:
                several.add(entity)
    return {entity: demonym for entity, demonym in found.items() if entity not in several}


def role_head(role: str) -> str:
    """The noun of a role, lower case: "secretary" of "regional secretary of the union"; empty for none."""
    before = re.split(r",| (?:of|at|for|in|with|from|to|on) ", role.lower(), maxsplit=1)[0]
    return next(iter(before.split()[-1:]), "")


def type_of(mention: Mention, role: str, text: str, people: People) -> str:
    """person, organisation, government, country or media, by label and the words of the name and of the source."""
    if mention.label == "PERSON":
        return "organisation" if role_head(role) in people.nonperson_roles else "person"
    words = set(f"{mention.canonical} {text}".lower().split())
    if mention.label == "COUNTRY":
        return "government" if mention.use == "government" else "country"
    if mention.label == "PLACE":
        return "government" if mention.use == "government" else ""
    if words & people.government_names:
        return "government"
    return "media" if words & people.media_names else "organisation"
