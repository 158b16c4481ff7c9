"""The words beside one mention of a name that say what it is: before it, in apposition, behind "who works as"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import char_span, run_around, trim
from pipeline.knowledge.people import People
from pipeline.link.mention_index import MentionIndex
from pipeline.link.phrases import head_of_tokens, is_quoted_apart
from pipeline.link.role_nouns import NAMES, end_of_word, may_be_role, stands_behind_colon
from pipeline.link.titles_before import beside_name, office_before_body, office_joined
from pipeline.records import Mention, Span

#: What stands before a role and is no part of it: "the mayor", "its chairman", "also a grocer".
_DETERMINER = re.compile(
    r"(?:(?:also|even)\s+)?"
    r"(?:(?:an?|the|its|(?:his|her) honou?r|his|her|their|our|my|your|whose)\s+)?",
    re.IGNORECASE,
)
#: The beginning of a word that the parser cut at its hyphen: the "co-" before "author".
_CUT_PREFIX = re.compile(r"\b[^\W\d_]+[-\u2010\u2011]$")
#: Characters of the longest such beginning.
_LONGEST_PREFIX = 12
#: Letters of the shortest word in capitals that opens a sentence and is no part of a role: "LONDON Mayor Ada Brandt".
_SHORTEST_IN_CAPITALS = 4
#: Relations of clauses that are no part of a role: "a welder who lives in Larn".
CLAUSES = frozenset({"relcl", "acl", "advcl"})
#: Relations of the words before a name in its noun phrase.
BEFORE_NAME = frozenset({"compound", "amod", "nmod", "poss"})
#: Words of letters after a name: "Ada Brandt MP OBE" has two.
_MAX_POSTNOMINALS = 3
#: Between a name and the organisation that somebody is of: "Ada Brandt of Larn Shipping".
BEFORE_EMPLOYER = frozenset({"of", "from", "at", "with"})
#: Between a noun for a person and the body before a name: "a spokesman for the ministry, Ada Brandt".
_BEFORE_BODY = BEFORE_EMPLOYER | {"for"}
#: What comes back to a name: "Brandt, a grocer himself".
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
#: Tags of words in no role: pronouns and finite verbs.
_CLAUSE_TAGS = frozenset({"PRP", "VBD", "VBP", "VBZ", "MD"})
#: Tags of what no role ends with: "analyst with", "the Gazette's", "mayor and".
_DANGLING_TAGS = frozenset({"POS", "IN", "CC", "DT", "TO"})


def role_spans(mention: Mention, index: MentionIndex, people: People) -> list[Span]:
    """The spans of the roles beside one mention, before the name and in apposition, in text order."""
    name = head_of_tokens(index.tokens_in((mention.start, mention.end)))
    if name is None:
        return []
    office = office_before_body(mention, index, people)
    if office is not None:
        return [office]
    before, beside = _find_premodifier(name, mention, people), _find_apposition(name, mention, index, people)
    is_owner = bool(beside and before) and before[-1].tag_ == "POS"  # "the Gazette's Ada Brandt, a reporter"
    return sorted(
        {
            _from_name_on(span, index)
            for tokens in ([] if is_owner else before, beside)
            if not is_quoted_apart(tokens, name)
            and (span := trimmed_role(tokens, index.article.text, people)) is not None
        }
    )


def _from_name_on(span: Span, index: MentionIndex) -> Span:
    """The span from the beginning of the organisation in whose name it begins: "Bakers of Larn's chairman"."""
    starts = [mention.start for mention in index.mentions_overlapping(span) if mention.label == "ORG"]
    return min([span[0], *starts]), span[1]


def trimmed_role(tokens: Sequence[Token], text: str, people: People) -> Span | None:
    """The span of a role's tokens without article, possessive, open bracket, "(@account)" or a caption's "(right)"."""
    while tokens and (tokens[-1].tag_ in _DANGLING_TAGS or tokens[-1].text == "," or _ends_no_role(tokens, people)):
        tokens = tokens[:-1]
    untrimmed = char_span(tokens)
    if untrimmed is None:
        return None
    start, end = trim(text, untrimmed)
    cut = _CUT_PREFIX.search(text, max(start - _LONGEST_PREFIX, 0), start)
    start = cut.start() if cut else start
    bracket = text.rfind("(", start, end)
    inside = text[bracket + 1 : end]
    is_account = inside.startswith("@")
    if bracket >= 0 and (")" not in inside or is_account or inside.lower().rstrip(")") in people.caption_positions):
        end = trim(text, (start, bracket))[1]
    elif len(tokens[-1]) > 1 and tokens[-1].text.endswith("."):
        end = untrimmed[1]  # "Lt. Gen."
    determiner = _DETERMINER.match(text, start, end)
    return (determiner.end() if determiner else start), end


def _ends_no_role(tokens: Sequence[Token], people: People) -> bool:
    """Whether the last word is a degree before the name or comes back to it: "secretary, Dr", "a grocer himself"."""
    word = tokens[-1].lower_.rstrip(".")
    return len(tokens) > 1 and (word in people.degrees or word in _REFLEXIVE)


def _find_apposition(name: Token, mention: Mention, index: MentionIndex, people: People) -> list[Token]:
    """The tokens of a role in apposition to a name: after it, else before it."""
    after = [token for token in _role_after(name, index, people) if token.idx >= mention.end]
    return after or _role_before(name, index, people) or _role_before_comma(mention, index, people)


def _role_after(name: Token, index: MentionIndex, people: People) -> list[Token]:
    """The "assistant professor at X" of "Ada Brandt, an assistant professor at X, who", without the clause."""
    for child in _behind_letters(name, people):
        if child.dep_ == "relcl" and (noun := _works_as(child, people)) is not None:
            return run_around(noun, list(noun.subtree))
        if child.dep_ == "appos" and child.i > name.i and may_be_role(name, child, index, people):
            noun = end_of_word(child)
            tokens = [*child.doc[child.left_edge.i : noun.i], *noun.subtree]
            dropped = {token.i for below in tokens if _is_no_part_of_role(below) for token in below.subtree}
            return run_around(noun, sorted({token for token in tokens if token.i not in dropped}, key=lambda t: t.i))
    return _role_after_employer(name, people)


def _behind_letters(name: Token, people: People) -> Iterator[Token]:
    """What hangs on a name, and on letters behind it: the chemist in "Ada Brandt, PhD, a chemist".

    Letters with "for" behind them are a role themselves: "Ada Brandt, MLA for Larn".
    """
    for child in beside_name(name):
        is_role = any(below.lower_ == "for" for below in child.rights)
        yield from child.children if child.lower_ in people.postnominals and not is_role else (child,)


def before_employers(name: Token) -> Iterator[Token]:
    """The prepositions between a name and the body that somebody is of: "of" in "Ada Brandt of Holm & Blake".

    So, too, "said Ada Brandt, from Larn College", which the parser hangs on the verb.
    """
    behind = name.doc[name.i + 1 : name.i + 3]
    is_behind_verb = name.dep_ == "nsubj" and name.head.i < name.i and len(behind) > 1 and behind[0].text == ","
    of_verb = [behind[1]] if is_behind_verb and behind[1].head.i == name.head.i else []
    for preposition in (*name.rights, *of_verb):
        if preposition.dep_ == "prep" and preposition.lower_ in BEFORE_EMPLOYER:
            yield preposition


def _role_after_employer(name: Token, people: People) -> list[Token]:
    """The "a Larn adviser" of "Ada Brandt of Holm & Blake, a Larn adviser", which the parser joins to the firm."""
    for preposition in before_employers(name):
        for noun in (noun for employer in preposition.rights for noun in employer.rights if noun.dep_ == "appos"):
            has_article = any(child.dep_ == "det" for child in noun.lefts)
            is_one = noun.lower_ == "one" and any(child.lower_ == "of" for child in noun.rights)
            if is_one or (has_article and noun.tag_ == "NN" and people.is_person(noun.lower_)):
                dropped = {token.i for below in noun.subtree if _is_no_part_of_role(below) for token in below.subtree}
                return run_around(noun, [token for token in noun.subtree if token.i not in dropped])
    return []


def _is_no_part_of_role(token: Token) -> bool:
    """Whether it opens a clause, or names somebody or something else: "an Osk councillor, and his staff"."""
    if token.lower_ == "with" and any(child.dep_ == "pcomp" for child in token.rights):
        return True  # "with most of it going to funds"
    if stands_behind_colon(token):
        return True
    return token.dep_ in CLAUSES or (token.dep_ == "conj" and any(child.tag_ == "PRP$" for child in token.lefts))


def _works_as(verb: Token, people: People) -> Token | None:
    """The "night porter" of "Ada Brandt, who works as a night porter": the verb of a relative clause is given."""
    if verb.lemma_ not in people.working_verbs or not any(child.lower_ == "who" for child in verb.children):
        return None
    prepositions = (child for child in verb.children if child.lower_ == "as" and child.i > verb.i)
    nouns = (child for preposition in prepositions for child in preposition.children if child.dep_ == "pobj")
    return next((noun for noun in nouns if noun.pos_ == "NOUN"), None)


def _role_before_comma(mention: Mention, index: MentionIndex, people: People) -> list[Token]:
    """The "Minister for Ports" of "the Minister for Ports, Mr Oren Blake, said", which the parser may not join.

    The words before the comma are a noun phrase for a person, and a mark ends the name as well; so "after he met the
    mayor, Ada Brandt said" has none.
    """
    tokens = index.tokens_in((mention.start, mention.end))
    doc, first, after = tokens[0].doc, tokens[0].i, tokens[-1].i + 1
    while first and doc[first - 1].lower_ in people.honorifics | people.titles.keys():
        first -= 1
    while (
        after < len(doc) and doc[after].is_upper and len(doc[after]) > 1 and after - tokens[-1].i <= _MAX_POSTNOMINALS
    ):
        after += 1
    is_closed = after >= len(doc) or doc[after].is_punct or doc[after].is_space
    if first < 2 or doc[first - 1].text != "," or not is_closed or doc[first - 2].lower_ in NAMES:
        return []
    return _office_phrase(doc[first - 2], index, people)


def _office_phrase(phrase_end: Token, index: MentionIndex, people: People) -> list[Token]:
    """The noun phrase for a person that ends with a token: "the Minister for Ports"; empty for another."""
    noun = phrase_end
    while noun.head.i < noun.i and noun.head.i >= phrase_end.sent.start and not _heads_role(noun, people):
        noun = noun.head
    is_phrase = _heads_role(noun, people) and noun.i <= phrase_end.i and index.mention_on(noun) is None
    if not is_phrase or not any(child.dep_ == "det" or child.dep_ == "poss" for child in noun.children):
        return []
    return [*noun.doc[noun.left_edge.i : phrase_end.i + 1]]


def _heads_role(noun: Token, people: People) -> bool:
    return noun.tag_ in ("NN", "NNP") and noun.dep_ not in ("compound", "nmod") and people.is_person(noun.lower_)


def _role_before(name: Token, index: MentionIndex, people: People) -> list[Token]:
    """The "mayor of Larn" of "the mayor of Larn, Ada Brandt"; none where a name stands there, as in a list."""
    noun = _last_joined(_holder_of_place(name.head, people), name)
    is_one = noun.lower_ == "one" and any(child.lower_ == "of" for child in noun.rights)
    may_be = noun.tag_ in ("NN", "NNP") or is_one
    if name.dep_ != "appos" or not may_be or noun.i >= name.i or noun.lower_ in NAMES:
        return []
    named = index.mention_on(noun)
    if named is not None and named.label != "ORG":
        return []  # or "the mayor of Larn, Ada Brandt", to the parser beside the town
    if named is None and (people.cannot_speak(noun.lower_) or noun.lower_ in people.areas):
        return []  # "it could sink the island, Ada Brandt, a mayor, said"
    if any(token.is_quote for token in name.doc[noun.i : name.i]):
        return []  # 'Brandt's column, "Ada, tell your story,"'
    own = {token.i for token in name.subtree}
    words = {*noun.subtree, *name.doc[noun.i : name.left_edge.i]}
    return run_around(noun, [token for token in words if token.i not in own and token.i < name.i])


def role_of_several(mention: Mention, index: MentionIndex, people: People) -> Span | None:
    """The span of "board members" in "the board members Ada Brandt and Oren Blake", which each of them is."""
    name = index.name_head(mention)
    if name is None:
        return None
    first = name
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    noun = first.head
    are_several = first is not name or any(child.dep_ == "conj" for child in name.rights)
    if first.dep_ != "appos" or noun.i > first.i or not are_several or not _may_be_of_several(noun, people):
        return None
    words = run_around(noun, [token for token in noun.subtree if token.i <= noun.i and token.tag_ != "CD"])
    return trimmed_role(words, index.article.text, people)


def _last_joined(noun: Token, name: Token) -> Token:
    """The noun right before the name of several that each stand alone: "attorney" of "the police and his attorney"."""
    for joined in noun.rights:
        is_apart = any(child.dep_ in ("det", "poss") for child in joined.lefts)
        if joined.dep_ == "conj" and joined.i < name.i and is_apart:
            return _last_joined(joined, name)
    return noun


def _holder_of_place(noun: Token, people: People) -> Token:
    """The noun for a person before a preposition and the noun: "teacher" of "a teacher at Larn"; else the noun."""
    first = noun.left_edge.i
    before = noun.doc[max(first - 2, 0)]
    is_employer = first > 1 and noun.doc[first - 1].lower_ in _BEFORE_BODY
    return before if is_employer and _heads_role(before, people) else noun


def _find_premodifier(name: Token, mention: Mention, people: People) -> list[Token]:
    """The "South Korean lawmaker" before a name in its noun phrase, honorifics left out."""
    start = _start_behind_title(name, mention, people)
    before = [
        token
        for child in name.lefts
        if child.dep_ in BEFORE_NAME
        for token in child.subtree
        if token.idx + len(token) <= start and not token.is_punct and token.dep_ != "det"
    ]
    first = office_joined(name, people)
    if first is not None and before:
        before = [*name.doc[first.left_edge.i : before[0].i], *before]
    kept = [token for token in before if token.lower_ not in people.honorifics and not _is_dateline(token)]
    if kept and kept[0].lower_ in people.picture_agencies and (len(kept) == 1 or kept[1].text[:1].isupper()):
        kept = kept[1:]  # "Getty Senator Ada Brandt", below a picture
    kept = (_behind_others(kept) if first is None else kept) or _shared_title(name, people)
    if len(kept) > 1 and kept[-1].tag_ == "POS" and kept[-2].ent_type_ in ("GPE", "LOC"):
        return []  # "Mexico's Ana Ruiz"
    is_joined = name.dep_ == "conj" or any(child.dep_ == "conj" for child in name.rights)
    return kept if _is_role(kept, people, is_joined=is_joined) else []


def _start_behind_title(name: Token, mention: Mention, people: People) -> int:
    """Where a mention's name begins, behind a title that the parser has in it: "Reps. Holm", "Constable Ada Brandt"."""
    start, words = mention.start, mention.canonical.split()
    for token in name.subtree:
        if mention.start <= token.idx < name.idx:
            is_title = people.is_person(token.lower_) and token.text not in words
            is_title = is_title and token.lower_ not in people.women_shares  # "Brian"
            if not is_title and token.lower_ not in people.plural_titles:
                break
            start = token.idx + len(token)
    return start


def _shared_title(name: Token, people: People) -> list[Token]:
    """The "Reps." before the name that this one is joined to: "Reps. Oren Holm and Ada Brandt"."""
    while name.dep_ == "conj" and name.head.i < name.i:
        name = name.head
    before = [token for child in name.lefts if child.dep_ in BEFORE_NAME for token in child.subtree]
    titles = [number for number, token in enumerate(before) if _may_be_of_several(token, people)]
    return before[: titles[-1] + 1] if titles else []


def _behind_others(before: list[Token]) -> list[Token]:
    """The words before a name without somebody else joined to it: "Gov. Holm and Chief Officer" before Ada Brandt."""
    for number in range(len(before) - 1, 0, -1):
        if before[number].dep_ == "cc" and any(token.ent_type_ == "PERSON" for token in before[:number]):
            return before[number + 1 :]
    return before


def _is_dateline(token: Token) -> bool:
    """Whether a town in capitals opens the sentence: "LONDON Mayor Ada Brandt", but not "POLICE chief Ada Brandt"."""
    is_town = token.is_upper and token.is_alpha and token.ent_type_ in ("GPE", "LOC")
    is_long = len(token) >= _SHORTEST_IN_CAPITALS  # "US President"
    return is_town and is_long and bool(token.is_sent_start) and not token.nbor(1).is_upper


def _may_be_of_several(noun: Token, people: People) -> bool:
    """Whether a plural is a title or noun of persons that each of several names behind it bears: "board members"."""
    is_plural = noun.tag_ in ("NNS", "NNPS") and people.is_person(noun.lemma_.lower())
    return is_plural or noun.lower_ in people.plural_titles


def _is_role(words: Sequence[Token], people: People, *, is_joined: bool) -> bool:
    """Whether words before a name say what somebody is: no further first name, and nothing that can't speak."""
    nouns = [token for token in words if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "pobj"]
    if words and words[-1].pos_ == "ADJ" and words[-1].tag_ == "JJ":
        return False  # "blue-eyed Ada Brandt"
    if nouns and nouns[-1].tag_ == "NNP" and nouns[-1].is_lower:
        return False  # "von der Holm"
    is_clause = any(token.tag_ in _CLAUSE_TAGS for token in words)  # "as if they've upset challenger Ada Brandt"
    are_others = bool(nouns) and nouns[-1].tag_ == "NNS" and not (is_joined and _may_be_of_several(nouns[-1], people))
    if not nouns or is_clause or are_others or people.cannot_speak(nouns[-1].lower_):
        return False
    may_be_name = (
        all(token.pos_ == "PROPN" and token.text[0].isupper() for token in words) and nouns[-1].ent_type_ != "ORG"
    )
    noun = nouns[-1].lower_
    may_hold = people.is_person(noun) or noun in people.plural_titles
    return not may_be_name or may_hold or noun in people.offices or noun in people.owners
