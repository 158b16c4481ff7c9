"""Repair of the parser's entities: what it took too much, split, joined in a headline's capitals or left out.

Every function takes entities and yields entities; none decides what an entity is in the end (see labels.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.extract.columns import indices_with
from pipeline.extract.entities.firms import replace_partners_by_firms
from pipeline.extract.entities.joined_bodies import join_bodies
from pipeline.extract.entities.names_in_s import with_final_s
from pipeline.extract.entities.parser_entities import ParserEntity, index_by_token
from pipeline.extract.entities.title_names import cut_in_titles
from pipeline.knowledge.places import PlaceTable

#: The parser's labels that some finder asks for; numbers, dates, laws and products are left aside.
_LABELS_READ = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LANGUAGE", "EVENT", "WORK_OF_ART"})
#: Words of the shortest sentence that counts as a headline in capitals: "MINISTER JOHN BRANDT RESIGNS TODAY" (5) does,
#: a dateline such as "NORTH HOLMBY" (2) does not.
_SHORTEST_IN_CAPITALS = 5
_ARTICLES = frozenset({"the", "a", "an"})
#: What opens a line that points to another story, behind a name that ends the one before.
_TEASING, _AFTER_TEASING = frozenset({"read", "watch", "see", "listen"}), frozenset({"more", "also", "next", "here"})
_JOINERS = frozenset({"and", "&"})


def repaired_entities(doc: Doc, text: str, table: PlaceTable) -> list[ParserEntity]:
    """The entities of a parse that may be names, repaired, with the people that the parser left out.

    ``text`` is ``doc.text``. Firms called after their partners replace the partners; the added people come last.
    """
    trimmed = _join_neighbours(_trim_entities(doc, table))
    names = cut_in_titles(_keep_known_in_capitals(trimmed, doc), doc)
    firms = list(replace_partners_by_firms(names, doc, text, table.patterns.firms))
    entities = join_bodies(with_final_s(firms, doc, table), doc, text, table)
    entities += _overlooked_speakers(doc, index_by_token(entities), table)
    entities += _overlooked_full_names(doc, entities, table)
    return entities


# --- what a name begins and ends with ---


def _trim_entities(doc: Doc, table: PlaceTable) -> Iterator[ParserEntity]:
    for ent in doc.ents:
        if ent.label_ not in _LABELS_READ:
            continue
        widened = _with_of_phrase(ent, doc, table) if ent.label_ == "ORG" else _with_surname(ent, doc)
        tokens = _trim_tokens(widened, ent.label_, table)
        for part in _split_people(tokens) if ent.label_ == "PERSON" else [tokens]:
            if part:
                yield _build_entity(ent.label_, part[0], part[-1])


def _build_entity(label: str, first: Token, last: Token) -> ParserEntity:
    return ParserEntity(label, first.idx, last.idx + len(last), first.i, last.i + 1)


def _trim_tokens(tokens: list[Token], label: str, table: PlaceTable) -> list[Token]:
    while tokens and _is_droppable_start(tokens, label, table):
        tokens = tokens[1:]
    bracket = next((place for place, token in enumerate(tokens) if token.text == "("), 0)
    if bracket and all(token.text != ")" for token in tokens[bracket:]):
        tokens = tokens[:bracket]  # "Larn Institute of Arts (LIA", where the parser ends the name before ")"
    while tokens and _is_droppable_end(tokens[-1]):
        tokens = tokens[:-1]
    return tokens


def _with_of_phrase(ent: DocSpan, doc: Doc, table: PlaceTable) -> list[Token]:
    """The entity with "of the Peoples of Larn" after a noun such as Party, Ministry or Bank."""
    end = ent.end
    if doc[end - 1].text not in table.context.organisation_heads:
        return [*ent]
    while end + 1 < len(doc) and doc[end].text == "of":
        name = end + 2 if doc[end + 1].text == "the" else end + 1
        name_end = name
        while name_end < len(doc) and doc[name_end].tag_ in ("NNP", "NNPS") and doc[name_end].text[:1].isupper():
            name_end += 1
        if name_end == name:
            break
        end = name_end
    return [*doc[ent.start : end]]


def _with_surname(ent: DocSpan, doc: Doc) -> list[Token]:
    """A person's entity of one word with the capitalised word after it that it hangs on: "Joe" of "Joe Smeets"."""
    tokens = [*ent]
    if ent.label_ != "PERSON" or len(tokens) > 1 or ent.end >= len(doc):
        return tokens
    surname = doc[ent.end]
    is_joined = tokens[0].dep_ == "compound" and tokens[0].head.i == surname.i and surname.text.istitle()
    is_name = surname.tag_ in ("NNP", "NNPS", "NNS") and not surname.ent_type_ and surname.dep_ != "compound"
    return [*tokens, surname] if is_joined and is_name else tokens


def _is_droppable_start(tokens: list[Token], label: str, table: PlaceTable) -> bool:
    """Whether the first token is an article, a possessive, a title or the country whose organisation it is."""
    first = tokens[0]
    if first.is_space or first.is_punct or first.tag_ == "POS" or first.lower_ in _ARTICLES:
        return True
    is_title = first.lower_.rstrip(".") in table.context.personal_titles
    if len(tokens) == 1:
        return label == "PERSON" and is_title
    if label == "ORG" and len(tokens) > 2 and tokens[1].tag_ == "POS":
        return first.text in table.entries  # "Norway's Larn Shipping"
    return label == "PERSON" and (is_title or _is_only_demonym(first.text, table))


def _is_only_demonym(word: str, table: PlaceTable) -> bool:
    """Whether a word is a demonym that nobody bears for a name: "Norwegian Ada Brandt", but not "Jordan Blake"."""
    entry = table.entries.get(word)
    return entry is not None and entry.kind == "demonym" and word not in table.personal_names


def _is_droppable_end(token: Token) -> bool:
    if token.lower_ in _TEASING and token.i + 1 < len(token.doc) and token.nbor().lower_ in _AFTER_TEASING:
        return True  # "Ada Brandt Read more"
    return token.tag_ == "POS" or not (token.text[-1].isalnum() or token.text[-1] == ".")


def _split_people(tokens: list[Token]) -> list[list[Token]]:
    """The two names of "Brandt and Blake", which the parser may take for one."""
    joiner = next((index for index, token in enumerate(tokens) if token.lower_ in _JOINERS), None)
    return [tokens] if joiner is None else [tokens[:joiner], tokens[joiner + 1 :]]


def _join_neighbours(entities: Iterable[ParserEntity]) -> Iterator[ParserEntity]:
    """Organisations that stand side by side as one: the parser splits "Larn Shipping" after a possessive."""
    pending: ParserEntity | None = None
    for entity in entities:
        if pending is not None and _are_split_organisation(pending, entity):
            pending = replace(pending, end=entity.end, end_token=entity.end_token)
            continue
        if pending is not None:
            yield pending
        pending = entity
    if pending is not None:
        yield pending


def _are_split_organisation(left: ParserEntity, right: ParserEntity) -> bool:
    adjacent = right.first_token == left.end_token and right.start == left.end + 1
    return left.label == right.label == "ORG" and adjacent


# --- headlines in capitals ---


def _keep_known_in_capitals(entities: Iterable[ParserEntity], doc: Doc) -> Iterator[ParserEntity]:
    """In a headline in capitals the parser's names run on into verbs, so only those count that stand elsewhere too.

    "JOHN BRANDT RESIGNS" is cut to "JOHN BRANDT" where the article has "John Brandt", else dropped.
    """
    entities = list(entities)
    capitals = {entity for entity in entities if entity.label in ("PERSON", "ORG") and _is_in_capitals(doc, entity)}
    if not capitals:
        yield from entities
        return
    names_elsewhere = {_join_words(doc, entity).upper() for entity in entities if entity not in capitals}
    for entity in entities:
        if entity not in capitals:
            yield entity
            continue
        for end in range(entity.end_token, entity.first_token, -1):
            shortened = replace(entity, end_token=end, end=doc[end - 1].idx + len(doc[end - 1]))
            if _join_words(doc, shortened) in names_elsewhere:
                yield shortened
                break


def _join_words(doc: Doc, entity: ParserEntity) -> str:
    return " ".join(token.text for token in entity.tokens(doc))


def _is_in_capitals(doc: Doc, entity: ParserEntity) -> bool:
    """Whether the entity's sentence has five words or more, all in capitals."""
    if not doc[entity.first_token].is_upper:
        return False
    words = [token for token in doc[entity.first_token].sent if token.is_alpha]
    return len(words) >= _SHORTEST_IN_CAPITALS and all(token.is_upper for token in words)


# --- people the parser left out ---


def _overlooked_speakers(doc: Doc, taken: Collection[int], table: PlaceTable) -> Iterator[ParserEntity]:
    """People the parser left out: a name of two or more words that is the subject of a verb of reporting."""
    beside_verbs = {*indices_with(doc, "DEP", ("nsubj", "appos"))}
    for index in indices_with(doc, "TAG", ("NNP",)):
        if index in taken or index not in beside_verbs:
            continue
        token = doc[index]
        if not _is_reporting_subject(token, table) or token.lower_ in table.context.personal_titles:
            continue  # "the Prime Minister" names nobody
        name = doc[_first_of_name(token) : token.i + 1]
        if _is_office(token) or (token.dep_ == "appos" and token.head.i in taken):
            continue  # nor does "Labour MP", above all beside a name
        if len(name) > 1 and all(word.text[:1].isupper() and word.i not in taken for word in name):
            yield _build_entity("PERSON", name[0], token)


def _is_office(last: Token) -> bool:
    """Whether a name ends in letters, the rest of it in small ones: "Labour MP"."""
    return bool(last.i) and last.is_upper and not last.nbor(-1).is_upper


def _is_reporting_subject(token: Token, table: PlaceTable) -> bool:
    """Whether a name, or the noun it stands beside, is the subject of a verb such as "say" or "tell"."""
    subject = token.head if token.dep_ == "appos" else token
    verb = subject.head
    return subject.dep_ == "nsubj" and verb.pos_ == "VERB" and verb.lemma_ in table.context.reporting_verbs


def _first_of_name(last: Token) -> int:
    """Index of the first of the proper nouns that stand right before ``last`` and hang on it."""
    first = last.i
    while first and last.doc[first - 1].tag_ == "NNP" and last.doc[first - 1].head.i == last.i:
        first -= 1
    return first


def _overlooked_full_names(doc: Doc, entities: Sequence[ParserEntity], table: PlaceTable) -> Iterator[ParserEntity]:
    """The full name, where the parser left it out, of somebody whom it has by the surname alone: "Officer Uma Brandt"
    where "Brandt" is a person elsewhere.
    """
    taken = index_by_token(entities)
    people = [entity for entity in entities if entity.label == "PERSON"]
    full = {doc[entity.end_token - 1].text for entity in people if not entity.is_one_word}
    surnames = {doc[entity.first_token].text for entity in people if entity.is_one_word} - full
    for index in indices_with(doc, "TAG", ("NNP",)) if surnames else ():
        if index in taken or not index or doc[index].text not in surnames:
            continue
        first, token = doc[index - 1], doc[index]
        is_title = first.lower_.rstrip(".") in table.context.personal_titles
        is_joined = first.tag_ == "NNP" and first.dep_ == "compound" and first.head.i == token.i
        if is_joined and first.text.istitle() and not is_title and first.i not in taken:
            yield _build_entity("PERSON", first, token)
