"""Which organisation a description means that tells more than its kind: "Norway's largest lender", "the Lynx maker"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from pipeline.knowledge.people import People
from pipeline.link.clauses import behind_subject
from pipeline.link.mention_index import MentionIndex, entity_key
from pipeline.link.nominals import MAX_LEAD_TOKEN, is_definite
from pipeline.link.organisation_kinds import may_take_up
from pipeline.link.organisations import (
    is_set_apart_by_words,
    last_subject,
    named_organisation,
    owned_before,
)
from pipeline.link.phrases import first_after_sentence, is_main_subject, is_subject
from pipeline.link.referents import is_introduced
from pipeline.link.roles import role_of, type_of_mention
from pipeline.records import Mention, Span

#: Tags of superlatives: "largest", "most valuable".
_SUPERLATIVES = frozenset({"JJS", "RBS"})
#: Relations of the words before a noun.
_BEFORE = frozenset({"compound", "nmod", "amod", "poss"})
#: Relations of nouns that take part in what a clause tells.
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj"})
#: Sentences back, its own among them, in which whoever makes a product is named before "the Lynx maker".
_MAX_SENTENCES_BACK = 3

#: Lemmas of verbs by which somebody brought up makes a claim of his own, and goes on in the next paragraph. Whom he
#: accuses or calls on may answer there.
_CLAIMING = frozenset({"say", "warn", "report", "find", "announce", "claim", "estimate", "declare"})
_SAYING = frozenset({"say", "tell", "add", "explain", "report", "estimate"})


def organisation_meant(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    """What a noun for an organisation, country or place takes up, see ``named_organisation``; a description first.

    A description is told by its words, so that it may take up one that a bare noun would not, or one named only in the
    next sentence: "A Kenyan bank said ... Harrow Bank said".
    """
    if head.lower_ not in people.organisations and head.lower_ not in people.states:
        is_place = head.lower_ in people.countries or head.lower_ in people.areas
        return named_organisation(head, index, people) if is_place else _police_before(head, index, people)
    found = (find(head, index, people) for find in _FINDERS)
    organisation = next((organisation for organisation in found if organisation is not None), None)
    return None if isinstance(organisation, Mention) and _is_named_behind(organisation, head, index) else organisation


def _is_named_behind(organisation: Mention, head: Token, index: MentionIndex) -> bool:
    """Whether the rest of the noun's clause has the name, so that it is another: "the firm said Larn Air had lied".

    As of pronouns, see ``Occurrences.named_behind``; not by what belongs to another noun, "the Larn Air fleet".
    """
    if not is_subject(head) or head.head.i < head.i:
        return False
    behind = behind_subject(head, head.right_edge.i + 1)
    names = (index.mention_on(token) for token in behind if token.dep_ in _ARGUMENTS)
    return any(name is not None and entity_key(name) == entity_key(organisation) for name in names)


def is_maker_of(head: Token, index: MentionIndex, people: People) -> bool:
    """Whether a noun says whose the thing named right before it is: "the Lynx maker", "the Fjord Post owner"."""
    return head.lower_ in people.owners and any(_is_thing_named(child, index) for child in head.lefts)


def _is_thing_named(child: Token, index: MentionIndex) -> bool:
    """Whether a word before a noun is the name of a thing, of a firm or of what no mention knows: no place's."""
    if child.dep_ not in ("compound", "nmod") or child.tag_ not in ("NNP", "NNPS") or not child.text[0].isupper():
        return False
    mention = index.mention_on(child)
    return mention is None or mention.label in ("ORG", "PERSON")


def maker_meant(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The firm that "the Lynx maker" takes up: of those named in the sentences before the one named most often.

    None where the words before the noun name no thing, or no other firm is named.
    """
    if not is_maker_of(head, index, people) or not is_definite(head):
        return None
    things = {child.lower_ for child in head.lefts if _is_thing_named(child, index)}
    before = [
        mention
        for mention in _firms_before(head, index, people)
        if things.isdisjoint(mention.canonical.lower().split())
        and (len(index.mentions_of_entity(mention)) > 1 or _acts(mention, index))
        and type_of_mention(mention, "", "", people) != "media"  # "the BBC has asked ..."
    ]
    return max(before, key=lambda mention: (len(index.mentions_of_entity(mention)), mention.start), default=None)


def _acts(firm: Mention, index: MentionIndex) -> bool:
    name = index.name_head(firm)
    return name is not None and is_subject(name)


def _firms_before(head: Token, index: MentionIndex, people: People) -> Iterator[Mention]:
    """The organisations named before a noun, nearest first, in its sentence and the ones right before."""
    sentences = 0
    start = head.sent.start
    while start > 0 and sentences < _MAX_SENTENCES_BACK - 1:
        start = head.doc[start - 1].sent.start
        sentences += 1
    for mention in index.mentions_before(head.idx):
        if mention.end <= head.doc[start].idx:
            return
        if mention.label == "ORG" and may_take_up(mention, head.lower_, index, people):
            yield mention


def _by_superlative(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The last subject for "the country's largest lender", which is a second name for whoever was told of."""
    if not is_definite(head) or not _has_superlative(head) or is_set_apart_by_words(head, index, people):
        return None
    subject = last_subject(head, index, people, is_apart=False)
    return subject if subject is not None and _is_of_that_country(subject, head, index) else None


def _by_role(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The last organisation whose role beside the name ends in the noun: "the app" after "Chirpit, the video app"."""
    is_telling = head.lower_ not in people.nonperson_roles  # any firm is "the company"
    is_telling = is_telling and not any(child.dep_ in _BEFORE for child in head.lefts)
    if not is_telling or not is_definite(head) or any(child.dep_ in ("prep", "relcl") for child in head.rights):
        return None
    for mention in index.mentions_before(head.idx):
        if mention.label != "ORG" or mention.use == "name_part" or not index.can_be_antecedent(mention):
            continue
        role = role_of(mention, index, people).text.lower().split()
        if role and role[-1] == head.lower_:
            return mention
    return None


def _police_of(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    """The police of a town for "the police department" and "the police force", as the article named them last."""
    kinds = [child for child in head.lefts if child.dep_ == "compound"]
    if len(kinds) != 1 or kinds[0].lower_ not in people.police or not is_definite(head):
        return None
    return _last_police(head, index, people)


def _police_before(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    """The police for a bare "the department" or "the force", where none is named by that noun."""
    is_bare = not any(child.dep_ in _BEFORE for child in head.lefts) and not any(
        child.dep_ in ("prep", "relcl") for child in head.rights
    )
    may_be = head.lower_ in people.police_bodies and is_bare and is_definite(head)
    return _last_police(head, index, people) if may_be else None


def _last_police(head: Token, index: MentionIndex, people: People) -> Mention | Span | None:
    for mention in index.mentions_before(head.idx):
        words = mention.canonical.lower().replace("’s", "'s").split()
        if mention.label == "ORG" and mention.use != "name_part" and not people.police.isdisjoint(words):
            return mention
    return owned_before("police", head, index, people)


def _only_one(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The only organisation named so far that is what a noun says, by its name: "the media regulator", "the firm".

    For a regulator one called "Authority" or the like; for a firm one with a legal form in its name, where a noun
    before it tells of its trade.
    """
    if not is_definite(head) or is_set_apart_by_words(head, index, people):
        return None
    is_watching = head.lower_ in people.watching and sum(child.dep_ in _BEFORE for child in head.lefts) <= 1
    has_trade = head.lower_ in people.firms and any(
        child.dep_ == "compound" and child.tag_ in ("NN", "NNS") for child in head.lefts
    )
    if not is_watching and not has_trade:
        return None
    kinds = people.watching_names if is_watching else people.legal_forms
    fitting = {
        entity_key(mention): mention
        for mention in index.mentions_before(head.idx)
        if mention.label == "ORG"
        and mention.use != "name_part"
        and not kinds.isdisjoint(word.strip(".") for word in mention.canonical.lower().split())
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _has_superlative(head: Token) -> bool:
    return any(token.tag_ in _SUPERLATIVES for child in head.lefts if child.dep_ == "amod" for token in child.subtree)


def _is_of_that_country(firm: Mention, head: Token, index: MentionIndex) -> bool:
    """Whether nothing tells that a firm is of another country than the one whose largest it is."""
    named = (index.mention_on(child) for child in head.lefts if child.dep_ in _BEFORE)
    countries = {mention.country for mention in named if mention is not None and mention.country}
    return not firm.country or not countries or firm.country in countries


def _by_seat(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The last subject for "the Larn-based company"."""
    seats = [child for child in head.lefts if child.lower_ == "based" and child.dep_ == "amod"]
    if not seats or not is_definite(head) or any(child.dep_ == "poss" for child in head.lefts):
        return None
    return last_subject(head, index, people, is_apart=False)


def _same_sentence(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The main subject of the sentence for a description in a later clause: "Larn Air sank after the carrier said"."""
    before = [child for child in head.lefts if child.dep_ in ("compound", "amod")]
    if not before or not is_definite(head) or not is_subject(head) or is_set_apart_by_words(head, index, people):
        return None
    for mention in index.mentions_before(head.idx):
        if mention.start < head.sent.start_char:
            return None
        name = index.name_head(mention)
        if mention.label != "ORG" or name is None or not may_take_up(mention, head.lower_, index, people):
            continue
        is_above = is_main_subject(name) and name.head.is_ancestor(head) and name.head.i != head.head.i
        return mention if is_above and head.lower_ in people.firms | people.telling_kinds else None
    return None


def _named_next(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The organisation that the lead only describes and the next sentence names as its subject.

    "A Kenyan bank said ... Harrow Bank said" by the noun in its name; "Norway's largest bank said ... Norbank said"
    where none was named before. A bare "the company" may be anybody: "The company said ... Scotland Yard is looking".
    """
    if head.i >= MAX_LEAD_TOKEN or not is_subject(head):
        return None
    named = _subject_of_next(head, index)
    if named is None or not may_take_up(named, head.lower_, index, people):
        return None
    if is_introduced(head):
        alike = people.interchangeable_nouns(head.lower_)
        is_same_kind = not alike.isdisjoint(named.canonical.lower().split()) or _goes_on(head, named, index, people)
        return named if is_same_kind and not _is_other(head) and _is_of_that_country(named, head, index) else None
    if type_of_mention(named, "", "", people) == "media":  # "The Gazette reported the plan"
        return None
    is_first = not any(mention.label == "ORG" for mention in index.mentions_before(head.idx))
    is_told_apart = _has_superlative(head) and is_definite(head)
    return named if is_first and is_told_apart and _is_of_that_country(named, head, index) else None


def _goes_on(head: Token, named: Mention, index: MentionIndex, people: People) -> bool:
    """Whether the one whose words open an article goes on in the next paragraph under a name that tells nothing else.

    "A lobby group said no. Clean Air Now said": not "Larn Council", nor one of whom something is told beside the name.
    """
    name = index.name_head(named)
    words = named.canonical.lower().split()
    is_new_paragraph = "\n" in index.article.text[head.idx : named.start]
    says = name is not None and name.head.lemma_ in _SAYING and head.head.lemma_ in _CLAIMING
    opens = name is not None and name.sent.start_char in (named.start, named.start - len("The "))
    if not (head.sent.start == 0 and is_new_paragraph and says and opens and is_main_subject(head)):
        return False
    tells_other = people.kinds_in_names | people.government_names | people.media_names | people.parties | people.police
    is_told = bool(role_of(named, index, people).text) or type_of_mention(named, "", "", people) != "organisation"
    return tells_other.isdisjoint(words) and not is_told and head.lower_ not in people.subunits


def _is_other(head: Token) -> bool:
    return any(child.lower_ in ("another", "one") for child in head.lefts)


def _subject_of_next(head: Token, index: MentionIndex) -> Mention | None:
    """The organisation that is the main subject of the sentence after a noun's, named there for the first time."""
    first = first_after_sentence(head)
    if first is None:
        return None
    sentence = first.sent
    for mention in index.mentions_overlapping((sentence.start_char, sentence.end_char)):
        name = index.name_head(mention)
        if mention.label == "ORG" and mention.use != "name_part" and name is not None and is_main_subject(name):
            return mention if index.mentions_of_entity(mention)[0].start == mention.start else None
    return None


#: In which order it is asked what a noun for an organisation takes up.
_FINDERS: tuple[Callable[[Token, MentionIndex, People], Mention | Span | None], ...] = (
    maker_meant,
    _by_role,
    _police_of,
    _by_superlative,
    _by_seat,
    _same_sentence,
    _named_next,
    named_organisation,
    _only_one,
    _police_before,
)
