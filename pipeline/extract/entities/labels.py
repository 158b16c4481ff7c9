"""Mentions from the parser's entities, their labels mended: ``find_parser_mentions``.

The parser takes surnames for towns, newspapers for places and towns in datelines for people; a table of named rules
puts that right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipeline.extract.entities.name_matches import DASHES, has_bare_article
from pipeline.extract.entities.name_uses import NameUse, find_name_uses
from pipeline.extract.entities.parser_entities import ParsedNames, ParserEntity, TakenSpans
from pipeline.extract.entities.persons import is_bare_first_name, is_bare_surname, is_misspelt_surname
from pipeline.knowledge.context_words import ContextWords
from pipeline.records import Label, Mention, MentionOrigin, Use
from pipeline.rule_table import Rule, always, constant, first_rule

_LABELS: dict[str, Label] = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
#: Tags of entities that are no names when nothing else is in them: pronouns and numbers.
_NO_NAME_TAGS = frozenset({"PRP", "PRP$", "CD"})


def find_parser_mentions(parsed: ParsedNames, earlier: Sequence[Mention]) -> Iterator[Mention]:
    """Mentions of the people, organisations and places that the parser saw, beside those of the tables (``earlier``).

    An entity that overlaps an earlier mention gives none, but for an organisation that is longer: "Bank of Norway".
    Places come without a country; a name in capitals is written as elsewhere in the article.
    """
    taken, uses = TakenSpans(earlier), find_name_uses(parsed)
    spellings = _spellings(parsed)
    for entity in parsed.entities:
        label = _mended_label(entity, parsed, uses)
        if label is None or not _is_name(entity, parsed):
            continue
        if not _adds_to(taken.overlapping((entity.start, entity.end)), entity, label):
            continue
        name = " ".join(parsed.text[entity.start : entity.end].split())
        use: Use = "place" if label == "PLACE" else ""
        origin: MentionOrigin = "building" if label == "PLACE" and entity.label == "FAC" else "parser"
        reason = "building or road" if origin == "building" else "parser"
        yield Mention(entity.start, entity.end, label, spellings.get(name, name), use, "", reason, origin)


def _spellings(parsed: ParsedNames) -> dict[str, str]:
    """Names of several words in capitals, with how the article writes them elsewhere: "JOHN BRANDT": "John Brandt"."""
    names = {" ".join(parsed.text[entity.start : entity.end].split()) for entity in parsed.entities}
    return {name.upper(): name for name in names if " " in name and not name.isupper()}


def _adds_to(overlapping: Sequence[tuple[int, int]], entity: ParserEntity, label: Label) -> bool:
    """Whether an entity is more than the mentions it overlaps: free, or an organisation that none of them covers."""
    if not overlapping:
        return True
    covered = any(start <= entity.start and entity.end <= end + 1 for start, end in overlapping)
    return label == "ORG" and not covered


# --- the label ---


@dataclass(frozen=True, slots=True)
class LabelCase:
    """An entity whose label is in question."""

    #: The parser's entity.
    entity: ParserEntity
    #: The label that the parser's own stands for, None for those that name nobody and nothing here (NORP, EVENT, ...).
    label: Label | None
    #: The article it stands in.
    parsed: ParsedNames
    #: What the article shows the name to be, where the parser takes it for a place or for a person of one name.
    use: NameUse

    @property
    def words(self) -> ContextWords:
        """The words around names that tell what they are."""
        return self.parsed.table.context

    @property
    def last(self) -> Token:
        """The entity's last token."""
        return self.parsed.doc[self.entity.end_token - 1]


def _mended_label(entity: ParserEntity, parsed: ParsedNames, uses: Mapping[str, NameUse]) -> Label | None:
    use = uses.get(" ".join(parsed.text[entity.start : entity.end].split()), "")
    case = LabelCase(entity, _LABELS.get(entity.label), parsed, use)
    label = first_rule(LABEL_RULES, case).outcome(case)
    return "PERSON" if label == "PLACE" and is_bare_first_name(entity, parsed) else label


def _is_company(case: LabelCase) -> bool:
    return case.label == "PERSON" and not case.entity.is_one_word and case.last.text in case.words.company_words


def _is_special_district(case: LabelCase) -> bool:
    """Whether a "place" is a body of the United States that runs one service: "Larn Valley Water District"."""
    if case.label != "PLACE" or case.entity.is_one_word or case.last.text not in case.words.district_nouns:
        return False
    return case.last.nbor(-1).text in case.words.district_services


def _has_postnominal(case: LabelCase) -> bool:
    longer = case.entity.end_token - case.entity.first_token > 2
    return case.label == "ORG" and longer and case.last.text in case.words.postnominals


def _is_named_as_place(case: LabelCase) -> bool:
    """Whether a "person" of one word, named nowhere with another, stands where only a place does.

    After a preposition of place ("lives in Holmby"), or after somebody's name and "of" ("Ada Brandt of Holmby").
    """
    first, parsed = case.entity.first_token, case.parsed
    if case.label != "PERSON" or not case.entity.is_one_word or not first or case.last.tag_ == "POS":
        return False
    if case.last.text in parsed.surnames or case.last.text in parsed.first_names:
        return False
    before = parsed.doc[first - 1].lower_
    if before == "of":
        named = parsed.entity_at.get(first - 2)
        return named is not None and named.label == "PERSON" and not named.is_one_word
    return before in case.words.town_prepositions


def _is_after_initials(case: LabelCase) -> bool:
    """Whether all words but the last are initials, two at least: "A S Brandt", "A. S. Brandt"."""
    if case.label not in ("ORG", "PLACE") or case.entity.end_token - case.entity.first_token <= 2:
        return False
    *initials, last = case.entity.tokens(case.parsed.doc)
    return all(_is_initial(token) for token in initials) and last.text.istitle()


def _is_initial(token: Token) -> bool:
    return token.text[0].isupper() and token.text[1:] in ("", ".")


def _is_surname(case: LabelCase) -> bool:
    return case.label in ("PLACE", "ORG") and is_bare_surname(case.entity, case.parsed)


def _is_misspelt(case: LabelCase) -> bool:
    if case.label != "ORG" or not case.entity.is_one_word:
        return False
    return is_misspelt_surname(case.parsed.doc[case.entity.first_token], case.parsed.surnames)


def _is_before_media_noun(case: LabelCase) -> bool:
    after = case.parsed.token_after(case.entity)
    if after is None or after.lower_ not in case.words.media_nouns:
        return False
    return case.label == "PLACE" or (case.label == "PERSON" and case.last.tag_ != "POS")


def _is_town(case: LabelCase) -> bool:
    """Whether words around a "person" or "organisation" make it a town, and it is no surname of the article."""
    if case.label not in ("PERSON", "ORG") or case.last.text in case.parsed.surnames:
        return False
    return _is_called_settlement(case) or _is_capital_dateline(case)


def _is_called_settlement(case: LabelCase) -> bool:
    """Whether "the village of" or the like stands before."""
    first, doc = case.entity.first_token, case.parsed.doc
    return first > 1 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ in case.words.settlement_nouns


def _is_capital_dateline(case: LabelCase) -> bool:
    """Whether the entity opens a sentence in capitals, with a blank and a dash after it: "HOLMBY - "."""
    tokens, after = case.entity.tokens(case.parsed.doc), case.parsed.token_after(case.entity)
    if not tokens[0].is_sent_start or not all(token.is_upper for token in tokens):
        return False
    return bool(case.last.whitespace_) and after is not None and after.text in DASHES


#: A capital after a small letter in a word, as products have ("IoTX"); not after the beginnings of names ("McAllen").
_INNER_CAPITAL = re.compile(r"(?!(?:Ma?c|De|Di|Du|La|Le|Van|Fitz|Al|El)[A-Z][a-z])\w*[a-z][A-Z]")


def _is_written_like_product(case: LabelCase) -> bool:
    """Whether a "place" of one word has a capital inside as products and firms have: "IoTX", "XPeng"."""
    if case.label != "PLACE" or not case.entity.is_one_word:
        return False
    return _INNER_CAPITAL.match(case.last.text) is not None


def _is_called_after_town(case: LabelCase) -> bool:
    """Whether "the" makes a ship, car or pub of a city of the tables: "the Tucson"."""
    entry = case.parsed.table.entries.get(case.last.text)
    if case.label != "PLACE" or not case.entity.is_one_word or entry is None or entry.kind != "city":
        return False
    return has_bare_article(case.parsed.token_before(case.entity), case.parsed.token_after(case.entity))


def _is_guessed_place(case: LabelCase) -> bool:
    """Whether the parser alone takes a name for a town or region: neither the tables nor a mention has it as one."""
    if case.label != "PLACE" or case.entity.label == "FAC" or case.use == "place":
        return False
    if is_bare_first_name(case.entity, case.parsed):
        return False
    return " ".join(case.entity.tokens(case.parsed.doc).text.split()) not in case.parsed.table.entries


def _is_shown_as_firm(case: LabelCase) -> bool:
    """Whether what stands around a guessed place or a person of one name shows a firm: "a stake in Fjordgram"."""
    if case.use != "firm":
        return False
    return _is_guessed_place(case) or (case.label == "PERSON" and case.entity.is_one_word)


LABEL_RULES: tuple[Rule[LabelCase, Label | None], ...] = (
    Rule("company's last word", _is_company, constant("ORG")),
    Rule("special district", _is_special_district, constant("ORG")),
    Rule("letters after a person's name", _has_postnominal, constant("PERSON")),
    Rule("initials and a surname", _is_after_initials, constant("PERSON")),
    Rule("firm by the words around", _is_shown_as_firm, constant("ORG")),
    Rule("person where a place stands", _is_named_as_place, constant("PLACE")),
    Rule("surname of the article", _is_surname, constant("PERSON")),
    Rule("misspelt surname of the article", _is_misspelt, constant("PERSON")),
    Rule("written like a product", _is_written_like_product, constant("ORG")),
    Rule("called after a town", _is_called_after_town, constant(None)),
    Rule("before a noun for media", _is_before_media_noun, constant("ORG")),
    Rule("town by the words around", _is_town, constant("PLACE")),
    Rule("place that nothing shows", _is_guessed_place, constant(None)),
    Rule("as the parser has it", always, lambda case: case.label),
)


def _is_name(entity: ParserEntity, parsed: ParsedNames) -> bool:
    """Whether an entity can be a name at all: not "R-Toledo", a pronoun, a number, an address or a single letter."""
    tokens = entity.tokens(parsed.doc)
    if tokens[0].text.partition("-")[0] in parsed.table.context.us_parties and "-" in tokens.text:
        return False
    if not any(token.text[:1].isupper() for token in tokens) or all(token.tag_ in _NO_NAME_TAGS for token in tokens):
        return False
    if any(token.like_url for token in tokens):
        return False
    if entity.label == "PERSON":
        first = tokens[0].text
        may_begin = first[:1].isupper() or first.partition("-")[0] in parsed.table.context.name_particles
        return may_begin and not any(token.like_num for token in tokens)
    return any(len(token) > 1 for token in tokens)
