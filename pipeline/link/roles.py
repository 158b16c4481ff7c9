"""What a name is in the article: title, office and affiliation as the text gives them, kind of speaker, country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.court_roles import role_in_court
from pipeline.link.given_names import role_of_named
from pipeline.link.mention_index import MentionIndex, Role, entity_key, surname_of
from pipeline.link.organisation_roles import organisation_role
from pipeline.link.phrases import noun_phrase
from pipeline.link.role_asides import role_aside
from pipeline.link.role_clauses import role_told_by_clause, trade_told_by_clause
from pipeline.link.role_phrases import before_employers, role_of_several, role_spans
from pipeline.link.titles_before import title_before
from pipeline.records import Mention, Span

#: Mentions of a person, from the first on, beside which a role is looked for: it stands with one of them or nowhere.
_MAX_MENTIONS = 8
#: "R-Wis.", "D-N.Y.", "I-VT", "R-Texas" after a name: how the press of the United States marks its legislators.
_PARTY_AND_STATE = re.compile(r"\s*[,(]\s*(?P<mark>[DRI][-\u2010\u2011\u2013](?P<state>[A-Z][A-Za-z.]+))")
_PARTY_COUNTRY = "USA"
#: An abbreviated state: "VT", "Wis.", "N.Y.".
_ABBREVIATED = re.compile(r"[A-Z]{2}|(?:[A-Z][a-z]*\.)+")
#: Prepositions before what somebody deals with: "an adviser on Cuba", "the ambassador to Chad".
_BEFORE_TOPIC = frozenset({"on", "to", "about"})
#: A title that, unlike a degree, is an office as well, and what its short form begins with, too.
_PROFESSOR, _PROFESSORS = "professor", "prof"
#: What follows the noun of a role: a comma, or a preposition with the rest.
_AFTER_ROLE_NOUN = re.compile(r",| (?:of|at|for|in|with|from|to|on|behind|under|over|between|against|near|by) ")


def role_of(mention: Mention, index: MentionIndex, people: People) -> Role:
    """The role of a person, empty for all else: a title before the name or an apposition after it.

    The longest one at the first mentions: "mayor of Larn" for "Ada Brandt, the mayor of Larn, ... Mayor Brandt". The
    country is that of the one demonym or organisation in it.
    """
    entity = entity_key(mention)
    if mention.label == "ORG" and entity not in index.roles:
        mentions = index.mentions_of_entity(mention)[:_MAX_MENTIONS]
        index.roles[entity] = Role(
            next(filter(None, (organisation_role(named, index, people) for named in mentions)), "")
        )
    if mention.label not in ("PERSON", "ORG"):
        return Role()
    if entity not in index.roles:
        index.roles[entity] = find_role(index.mentions_of_entity(mention)[:_MAX_MENTIONS], index, people)
    return index.roles[entity]


def find_role(mentions: Sequence[Mention], index: MentionIndex, people: People) -> Role:
    """The longest role beside one of a person's mentions, with the one country that it or the party's mark tells."""
    text = index.article.text
    beside = [  # no part of a surname: "Mrs Holder-Wooloff" holds nothing
        [
            (start, end)
            for start, end in role_spans(mention, index, people)
            if text[end : end + 1] != "-"
            and (mention.label != "PERSON" or _may_be_of_person((start, end), mention, index, people))
        ]
        for mention in mentions
    ]
    parts = max(beside, key=lambda parts: _rank_of_role(parts, text, people), default=[])
    finders = [role_of_named, title_before, role_in_court, _seat_behind, role_of_several, role_aside]
    told_last = [role_told_by_clause, trade_told_by_clause]
    if parts:  # "Dr Ada Brandt, who leads the trial"
        finders, told_last = [], told_last if _are_degrees(parts, text, people) else []
    for find in (*finders, *told_last):
        found = (find(mention, index, people) for mention in mentions if mention.label == "PERSON")
        told = [span for span in found if span is not None][:1]
        if told:
            parts, beside = told, [told]
            break
    spans = [span for parts in beside for span in parts]
    role = ", ".join(" ".join(text[start:end].split()) for start, end in parts)
    by_country = _countries_in(spans, index, people, is_office=role_noun(role, people) in people.offices)
    if len(by_country) == 1:
        country, mention = next(iter(by_country.items()))
        return Role(role, country, f"{text[mention.start : mention.end]!r} in the role")
    mark = next((mark for mention in mentions if (mark := _party_and_state(mention, index))), "")
    if mark and not by_country:
        return Role(role, _PARTY_COUNTRY, f"{mark!r} after the name")
    return Role(role)


def _may_be_of_person(span: Span, mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether a role tells what a person is, or by a name of what: not "his support for Holm", "the firm".

    Affiliations count: "of Larn College", "Larn Radio".
    """
    tokens = index.tokens_in(span)
    nouns = [token for token in tokens if token.pos_ in ("NOUN", "PROPN") or token.lower_ == "one"]
    if not nouns or tokens[0].tag_ in ("IN", "VBZ", "VBD"):
        return True
    last = next((token for token in nouns if token.i + 1 <= tokens[-1].i and token.nbor(1).tag_ == "IN"), nouns[-1])
    if last.pos_ == "PROPN" or not last.is_lower:
        return True
    if any(_tells_person(token, people) for token in nouns):
        return True
    return last.lower_ in people.nonperson_roles and not _is_known_person(mention, people)  # a firm taken for a person


def _tells_person(noun: Token, people: People) -> bool:
    """Whether a noun is one for a person, in the plural or after a hyphen, too: "advisers", "president-elect"."""
    words = {noun.lower_, noun.lemma_.lower(), *noun.lower_.split("-")}
    listed = people.weak_roles | people.role_words | people.specialists | people.counterparts | people.plural_titles
    if not words.isdisjoint(listed | people.owners) or noun.lower_ == "one":
        return True
    is_agent = noun.lower_.endswith(tuple(people.agent_endings))  # "contractor", which may be a firm elsewhere
    return is_agent or any(people.is_person(word) for word in words)


def _are_degrees(parts: Sequence[Span], text: str, people: People) -> bool:
    """Whether roles are academic titles alone, which many bear: "Dr", "Prof"."""
    return all(is_degree(text[slice(*part)], people) for part in parts)


def is_degree(role: str, people: People) -> bool:
    """Whether a role is an academic title alone: "Prof", "Professor"."""
    words = role.lower().split()
    return bool(words) and all(word in people.degrees or word == _PROFESSOR for word in words)


def _seat_behind(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of the letters behind a name that are a title: "MP" of "Ada Brandt MP"."""
    last = index.tokens_in((mention.start, mention.end))[-1]
    is_seat = last.lower_ in people.postnominals and last.lower_ in people.titles and last.idx > mention.start
    return (last.idx, last.idx + len(last)) if is_seat else None


def _rank_of_role(parts: Sequence[Span], text: str, people: People) -> tuple[bool, bool, int]:
    """How much the roles beside one mention tell: whether any still holds, whether one is an office, their length.

    "Harbour master" comes before "former mayor of Larn", "mayor" before "council member".
    """
    roles = [text[start:end].lower() for start, end in parts]
    holds = any(role.split()[0] not in people.bygone for role in roles if role)
    tells = any(role_noun(role, people) not in people.weak_roles for role in roles)
    return holds, tells, sum(end - start for start, end in parts)


def with_affiliation(role: str, mention: Mention, index: MentionIndex, people: People) -> str:
    """The role of somebody of whom nothing or an academic title alone is told, with where he comes from.

    "Professor, from Larn College", "of Larn College" for a doctor.
    """
    if role and not is_degree(role, people):
        return role
    affiliation = affiliation_of(mention, index, people)
    if not role or not affiliation:
        return role or affiliation
    return f"{role}, {affiliation}" if role.lower().startswith(_PROFESSORS) else affiliation


def affiliation_of(mention: Mention, index: MentionIndex, people: People) -> str:
    """Where a person comes from, by an organisation's name or a noun for one: "from the trust"; else empty."""
    if mention.label != "PERSON":
        return ""
    mentions = index.mentions_of_entity(mention)[:_MAX_MENTIONS]
    return next(filter(None, (_affiliation(named, index, people) for named in mentions)), "")


def is_firm_of(person: Mention, firm: Mention, index: MentionIndex, people: People) -> bool:
    """Whether an organisation is somebody's: named in the role, or by the surname in its name."""
    if person.label != "PERSON":
        return False
    role, name = role_of(person, index, people).text, firm.canonical
    return name in role or surname_of(person.canonical) in name.split()


def _affiliation(mention: Mention, index: MentionIndex, people: People) -> str:
    name = index.name_head(mention)
    if name is None:
        return ""
    for preposition in before_employers(name):
        for noun in preposition.children:
            employer = index.mention_on(noun) if noun.dep_ == "pobj" else None
            is_employer = noun.lower_ in people.organisations or (employer is not None and employer.label == "ORG")
            if is_employer and noun.dep_ == "pobj":
                start, end = noun_phrase(noun, index.article.text)
                end = _end_of_name_behind(noun, end, index)
                return " ".join(index.article.text[preposition.idx : end].split()) if start > preposition.idx else ""
    return ""


def _end_of_name_behind(noun: Token, end: int, index: MentionIndex) -> int:
    """The end of the name right behind a noun for a body, wherever the parser hangs it: "of the charity Larnaid"."""
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) and noun.idx + len(noun) == end else None
    name = index.mention_on(following) if following is not None and following.tag_ in ("NNP", "NNPS") else None
    return max(end, name.end) if name is not None else end


def _countries_in(spans: Sequence[Span], index: MentionIndex, people: People, *, is_office: bool) -> dict[str, Mention]:
    """The mentions that tell whose somebody is, by country.

    Where somebody works is a place and tells nothing, unless the role is an office: "governor of Texas".
    """
    inside = [
        mention
        for span in spans
        for mention in index.mentions_within(span)
        if mention.country and not is_topic(mention, index, people)
    ]
    return {
        mention.country: mention
        for mention in inside
        if mention.label != "PLACE" or mention.use == "government" or is_office
    }


def is_topic(mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether a country in a role is what somebody deals with: "an adviser on Cuba", "Cuba experts"; not "a Cuban"."""
    name = index.name_head(mention) if mention.label == "COUNTRY" and mention.use != "people" else None
    if name is None:
        return False
    if name.dep_ == "pobj" and name.head.lower_ in _BEFORE_TOPIC:
        return True
    return name.dep_ in ("compound", "nmod") and name.head.lemma_.lower() in people.topic_roles and name.tag_ == "NNP"


def _party_and_state(mention: Mention, index: MentionIndex) -> str:
    """The "R-Wis." after a name, else empty; "D-Day" is neither an abbreviation nor a place of that country."""
    match = _PARTY_AND_STATE.match(index.article.text, mention.end)
    if match is None:
        return ""
    is_place = any(place.country == _PARTY_COUNTRY for place in index.mentions_overlapping(match.span("state")))
    return match["mark"] if is_place or _ABBREVIATED.fullmatch(match["state"]) else ""


def role_noun(role: str, people: People) -> str:
    """The noun of a role, lower case: "secretary" of "regional secretary of the union"; empty for none.

    Of a firm with "of" in its name the noun behind it: "spokesman" of "Bank of Larn spokesman".
    """
    before = _AFTER_ROLE_NOUN.split(role.lower(), maxsplit=1)[0]
    noun = next(iter(before.split()[-1:]), "")
    last = next(iter(role.lower().partition(",")[0].split()[-1:]), "")
    return last if noun in people.nonperson_roles and people.is_person(last) else noun


def type_of_mention(mention: Mention, role: str, text: str, people: People) -> str:
    """The speaker type of a name: person, organisation, government, country or media; empty for a mere place.

    By its label and the words of its name, of its ``role`` and of the source as written, ``text``.
    """
    if mention.label == "PERSON":
        noun = role_noun(role, people)
        is_firm = noun in people.nonperson_roles or (noun in people.firms and not _is_known_person(mention, people))
        return "organisation" if is_firm else "person"
    if mention.label == "COUNTRY":
        return "government" if mention.use == "government" else "country"
    if mention.label == "PLACE":
        return "government" if mention.use == "government" else ""
    words = set(f"{mention.canonical} {text}".lower().split())
    if words & people.government_names:
        return "government"
    is_media = bool(words & people.media_names) or _tells_media(role, people)
    return "media" if is_media else "organisation"


def _is_known_person(mention: Mention, people: People) -> bool:
    """Whether a first name tells that a "person" is one: "the grocer Ada Brandt", not "Larn Lea, the supplier"."""
    first, _, rest = mention.canonical.partition(" ")
    return bool(rest) and first.lower() in people.women_shares


def _tells_media(role: str, people: People) -> bool:
    """Whether an organisation's role is one of the media: "public broadcaster", "state news agency"."""
    words = role.lower().split()
    return bool(words) and (words[-1] in people.media_names or "news" in words)
