"""Who a name is of which the article's mentions know nothing: "GPs", "Bishop Ada Brandt" to the parser no person."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex, Role
from pipeline.link.organisation_roles import organisation_role
from pipeline.link.roles import find_role, role_noun
from pipeline.link.speaker_reasons import speaker_reason
from pipeline.records import Mention, Span, Speaker

#: Letters of several: "GPs", "MSPs".
_PLURAL_LETTERS = re.compile(r"[A-Z]{2,}s")
#: Characters of the shortest name: of garbled text "\u00e2" may be left.
_SHORTEST = 2


def speaker_of_unknown(name_span: Span, head: Token, span: Span, index: MentionIndex, people: People) -> Speaker:
    """The speaker of a name at ``name_span`` that is no mention; ``head`` and ``span`` are its noun and the source's.

    A title before it is no part of the name; with one, with a person's role or a known first name it is a person.
    """
    text = index.article.text
    source = text[span[0] : span[1]]
    if name_span[1] - name_span[0] < _SHORTEST:
        return Speaker(span, source, reason=speaker_reason("no speaker", source))
    if _PLURAL_LETTERS.fullmatch(head.text):
        words = " ".join(source.split())
        return Speaker(span, source, description=words, type="group", reason=speaker_reason("group"))
    bare = _without_titles(name_span, index, people)
    mention = Mention(bare[0], bare[1], "PERSON", " ".join(text[bare[0] : bare[1]].split()))
    kind = (people.speaker_type(head.lower_) or _kind_by_clause(head)) if bare == name_span else "person"
    role = find_role([mention], index, people) if kind in ("", "person") else Role()
    is_person = people.is_person(role_noun(role.text, people)) or _has_first_name(mention.canonical, people)
    kind = kind or ("person" if is_person else "")
    firm = "" if kind == "person" else organisation_role(replace(mention, label="ORG"), index, people)
    kind = kind or ("organisation" if firm else "")
    return Speaker(
        span,
        source,
        mention.canonical,
        bare,
        role=role.text if kind == "person" else firm,
        type=kind,
        country=role.country if kind == "person" else "",
        reason=speaker_reason("unknown name"),
    )


def _kind_by_clause(head: Token) -> str:
    """The type that "who" or "which" behind a name tells: "Aerox, which builds jets"."""
    clauses = (child for child in head.rights if child.dep_ == "relcl")
    words = {token.lower_ for clause in clauses for token in clause.lefts if token.tag_ in ("WP", "WDT")}
    return "person" if "who" in words else "organisation" if "which" in words else ""


def _has_first_name(name: str, people: People) -> bool:
    first, _, rest = name.partition(" ")
    return bool(rest) and bool(people.sex_of_name(first))


def _without_titles(name_span: Span, index: MentionIndex, people: People) -> Span:
    """The span of a name without the titles before it: "Theresa May" of "Minister Theresa May"."""
    tokens = index.tokens_in(name_span)
    while len(tokens) > 1 and (people.is_person(tokens[0].lower_) or tokens[0].lower_ in people.honorifics):
        tokens = tokens[1:]
    return tokens[0].idx, name_span[1]
