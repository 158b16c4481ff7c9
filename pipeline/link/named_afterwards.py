"""Whom a description brings up that the text names only afterwards: "A senator said no. Sen. Ada Brandt said ..."."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from spacy.tokens import Token

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People
from pipeline.link.ages import age_behind
from pipeline.link.bound_pronouns import sex_told_beside
from pipeline.link.mention_index import MentionIndex
from pipeline.link.nominals import MAX_LEAD_TOKEN, is_definite, person_described
from pipeline.link.phrases import first_after_sentence, is_main_subject, last_head
from pipeline.link.referents import Referent, Referents, is_introduced
from pipeline.link.relative_clauses import describes_otherwise
from pipeline.link.roles import role_of, type_of_mention
from pipeline.link.title_conflicts import holds_other_office
from pipeline.records import Mention

#: Tags of what may stand before the subject that a sentence is about: "Speaking in Larn", "In a letter", a quotation.
_FRONTING_TAGS = frozenset({"VBG", "VBN", "IN", "``"})
#: Sentences after a description in which the same noun may name whom it brought up. Set by hand.
_MAX_SENTENCES_ON = 6
#: What brings up somebody besides those told of.
_OTHERS = frozenset({"another", "one", "other", "second", "third"})
#: Lemmas of the verbs of which somebody just brought up is the subject where the next sentence names him; who denies,
#: answers or acts is somebody else.
_SAYING = frozenset({"say", "tell", "speak", "add", "explain", "write", "recall", "describe"})
#: Lemmas of verbs by which somebody answers for what he is said to have done.
_ADMITTING = frozenset({"admit", "deny", "confess", "plead"})
#: Characters of a possessive mark and the blank after it.
_BEHIND_OWNER = 3
#: Numbers of those brought up together, in words.
_NUMBERS = {"two": 2, "three": 3, "four": 4}
#: Relations of the words before a noun that tell whose or which one it is.
_TELLING = frozenset({"compound", "nmod", "amod"})
#: Tags of the words that may stand in a role before a name.
_ROLE_TAGS = frozenset({"NN", "NNP", "NNS", "NNPS", "JJ", "POS", "HYPH"})


#: Gives the tokens of the source of the quotation that opens at a token; none where no quotation does.
SourceOfSpeech = Callable[[Token], Sequence[Token]]


def _first_named_after(
    head: Token, index: MentionIndex, people: People, source_of_speech: SourceOfSpeech
) -> Mention | None:
    """The mention that opens the sentence after that of a noun, maybe behind a like role, else its subject.

    Of a quotation there whoever says it: "A villager wept. “We are lost,” Ana Ruiz said".
    """
    first = first_after_sentence(head)
    if first is None:
        return None
    if source := source_of_speech(first):
        return index.mention_on(last_head(source))
    opening = index.mention_on(first)
    if opening is not None and opening.label == "PERSON":
        return opening
    if opening is not None and opening.label == "ORG":
        owned = _named_behind_owner(opening, index)
        if owned is not None:
            return owned
    behind_role = _named_behind_role(first, head, index, people)
    if behind_role is not None or first.tag_ not in _FRONTING_TAGS:
        return behind_role or opening
    verb = first.sent.root  # "Speaking in Larn, Ana Ruiz said"
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    return index.mention_on(subject) if subject is not None else None


def _named_behind_owner(firm: Mention, index: MentionIndex) -> Mention | None:
    """The person whom a possessor stands right before: Ana Ruiz for "Larn Hospital" in "Larn Hospital's Ana Ruiz"."""
    behind = index.article.text[firm.end : firm.end + _BEHIND_OWNER]
    marks = next((mark for mark in ("'s ", "’s ") if behind.startswith(mark)), None)
    if marks is None:
        return None
    start = firm.end + len(marks)
    persons = index.mentions_overlapping((start, start + 1))
    return next((person for person in persons if person.label == "PERSON" and person.start == start), None)


def _named_behind_role(first: Token, head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The person named as the subject that opens a sentence with a role of the noun's kind: "Security official Holm".

    ``first``: that sentence's first token. "A Labour councillor said ... Tory councillor Holm said" are two, and so are
    "a health official" and "Police official Holm": where both are told by a field, it must be the same.
    """
    role = []
    for token in first.doc[first.i : first.sent.end]:
        mention = index.mention_on(token)
        if mention is not None and mention.label == "PERSON":
            break
        if token.tag_ not in _ROLE_TAGS:
            return None
        role.append(token)
    else:
        return None
    name = index.name_head(mention)
    if not role or name is None or not is_main_subject(name) or _brings_up_other(head):
        return None
    if head.lower_ in people.offices:
        return None  # of senators there are many
    is_so_called = people.may_be_called(role[-1].lower_, head.lower_)
    own, others = _fields_among(head.lefts), _fields_among(role[:-1])
    return mention if is_so_called and (not own or not others or own & others) else None


def _fields_among(words: Iterable[Token]) -> set[str]:
    """The names and nouns among the words before a noun: the party, the firm, the field of work."""
    return {word.lower_ for word in words if word.pos_ in ("NOUN", "PROPN")}


def _brings_up_other(head: Token) -> bool:
    return any(child.lower_ in _OTHERS for child in head.lefts)


def named_later(head: Token, index: MentionIndex, people: People) -> Mention | None:
    """The person whom a description brings up and whom the same noun with "the" names after: "A nurse said no".

    "The nurse, Ada Brandt, said": the next sentence whose subject is that noun, up to six sentences on.
    """
    if not is_introduced(head):
        return None
    doc, end, lemma = head.doc, head.sent.end, head.lemma_
    for _ in range(_MAX_SENTENCES_ON):
        if end >= len(doc):
            return None
        sentence = doc[end].sent
        for token in sentence:
            if token.lemma_ == lemma and token.i != head.i and token.dep_ in SUBJECTS:
                is_same = any(child.lower_ == "the" for child in token.lefts)
                return person_described(token, index) if is_same else None
        end = sentence.end
    return None


def introduced_next(
    head: Token, index: MentionIndex, people: People, source_of_speech: SourceOfSpeech
) -> Mention | None:
    """The person whom the sentence after that of a description names first of all: "A leading surgeon has warned ...".

    "Ana Ruiz told the Gazette": somebody named in full for the first time, as the subject that opens the sentence, of
    whom nothing else is told than that noun, or only whose he is: "Larn Hospital's Ana Ruiz".
    """
    if is_definite(head) and head.i > MAX_LEAD_TOKEN:
        return None  # somebody the article has spoken of
    mention = _first_named_after(head, index, people, source_of_speech)
    if mention is None or mention.label != "PERSON" or " " not in mention.canonical:
        return None
    name = index.name_head(mention)
    is_first = index.mentions_of_entity(mention)[0].start == mention.start
    is_described = name is not None and any(describes_otherwise(child, head, people) for child in name.children)
    # "A baker said no. Ada Brandt, 54, of Larn": below the lead each is somebody new
    is_described = is_described or (head.i > MAX_LEAD_TOKEN and bool(age_behind(index.article.text, mention.end)))
    if not is_first or name is None or name.dep_ not in SUBJECTS or is_described:
        return None
    role = role_of(mention, index, people).text
    is_owned = any(child.tag_ == "PRP$" for child in head.lefts)
    is_so_called = any(people.may_be_called(word.strip(","), head.lower_) for word in role.lower().split())
    is_lead = is_introduced(head) and is_main_subject(head) and head.i <= MAX_LEAD_TOKEN
    is_theirs = is_lead and name.head.lemma_ in _SAYING and _is_firm_only(mention, head, role, index, people)
    is_so_called = is_so_called and not is_owned and not _is_colleague(head, role, people)
    is_named = not role and _may_be_told_next(head, name, mention, index, people)
    return mention if is_named or is_theirs or is_so_called else None


def _may_be_told_next(head: Token, name: Token, mention: Mention, index: MentionIndex, people: People) -> bool:
    """Whether somebody of whom only his age or nothing is told may be whom a description brings up just before.

    He speaks, or the description opens its sentence: "A teacher told how she fled. Ana Ruiz, 40, was asleep". In "A
    tree fell on a car, a baker said. Ivar Holm, 47, was at the wheel" he is whom it befell; and so he is where those
    who tell of it speak for others: "A prosecutor said that he would be tried. Ivar Holm, 47, was arrested".
    """
    if name.head.lemma_ in _SAYING:
        return True
    opens, has_age = head.left_edge.i == head.sent.start, bool(age_behind(index.article.text, mention.end))
    speaks_for = head.lower_ in people.speaking_for | people.offices or head.lower_ in people.titles
    return (opens and not has_age) if speaks_for else (opens or not has_age)


def _is_colleague(head: Token, role: str, people: People) -> bool:
    """Whether a role beside a name is rather that of somebody with a like job than of whom a noun brings up.

    "A former teacher was jailed. Headteacher Ana Ruiz said": one has left the job, or he stands to what he did, and the
    noun itself is not among the words of the role.
    """
    words = role.lower().replace("-", " ").replace(",", " ").split()
    if head.lower_ in words:
        return False
    has_left = any(child.lower_ in people.bygone for child in head.lefts) and people.bygone.isdisjoint(words)
    return has_left or (head.dep_ in SUBJECTS and head.head.lemma_ in _ADMITTING)


def _is_firm_only(mention: Mention, head: Token, role: str, index: MentionIndex, people: People) -> bool:
    """Whether all that is told of somebody is his firm or body, no newspaper: "Larn Hospital's Ana Ruiz"."""
    if head.lower_ in people.anybody:
        return False
    firms = (other for other in index.mentions_before(mention.start) if other.label == "ORG")
    firm = next((other for other in firms if other.canonical == role), None)
    return firm is not None and firm.start > head.idx and type_of_mention(firm, "", "", people) != "media"


def may_be_named(noun: Token, later: Referent, index: MentionIndex, people: People) -> bool:
    """Whether neither sex nor rank tells that somebody named after a noun is another.

    "The coach" is no former coach, though "a teacher" may have been one until now; "a doctor said she" is no man.
    """
    if later.sex and not {people.sex_of_word(noun.lower_), sex_told_beside(noun)} <= {"", later.sex}:
        return False
    return not (is_definite(noun) and holds_other_office(noun, later, index, people))


def introduced_together(
    head: Token, index: MentionIndex, people: People, source_of_speech: SourceOfSpeech
) -> list[Mention]:
    """The persons whom "two former judges" brings up and the next sentence names together, as many; [] for none.

    "“The law is void,” wrote Ana Ruiz and Ivar Holm": named in full for the first time, as the subject that opens the
    sentence or the source of the quotation there.
    """
    count = next((_NUMBERS[child.lower_] for child in head.lefts if child.lower_ in _NUMBERS), 0)
    first = first_after_sentence(head)
    if not count or first is None or is_definite(head) or not people.is_person(head.lemma_.lower()):
        return []
    tokens = source_of_speech(first)
    named = (index.mention_on(token) for token in tokens)
    if not tokens:
        opening = (index.mention_on(token) for token in first.sent)
        named = (mention for mention in opening if mention is not None and _is_subject_of(first, mention, index))
    persons = list(dict.fromkeys(mention for mention in named if mention is not None and mention.label == "PERSON"))
    is_new = all(index.mentions_of_entity(one)[0].start == one.start and " " in one.canonical for one in persons)
    return persons if len(persons) == count and is_new else []


def _is_subject_of(first: Token, mention: Mention, index: MentionIndex) -> bool:
    """Whether a name is one of those that open the sentence as the subject of a verb of saying."""
    name = index.name_head(mention)
    if name is None or not is_main_subject(name) or name.sent != first.sent:
        return False
    verb = name.head.head if name.dep_ == "conj" else name.head
    return verb.lemma_ in _SAYING


def bearer_of_role(head: Token, referents: Referents, index: MentionIndex, people: People) -> Referent | None:
    """The one person of the article whose whole role, two words at least, is among a description's words.

    "A ferry ministry spokesman" in the lead is the "Omar Diallo, a ferry ministry spokesman" of a later paragraph; and
    "a ministry spokesman" of the lead, where the article has no other spokesman.
    """
    words = {token.lower_ for token in head.subtree if token.i <= head.i}
    bearers, namesakes = [], []
    for person in referents.persons:
        role = role_of(person.mention, index, people).text.lower().split() if person.mention is not None else []
        if len(role) > 1 and role[-1] == head.lower_ and words.issuperset(role):
            bearers.append(person)
        if head.lower_ in role and not holds_other_office(head, person, index, people):
            namesakes.append((person, role))
    if len(bearers) == 1:
        return bearers[0]
    is_lead = head.i < MAX_LEAD_TOKEN and len(namesakes) == 1 and not _brings_up_other(head)
    told = {token.lower_ for token in head.lefts if token.dep_ in _TELLING}
    return namesakes[0][0] if is_lead and told and told.issubset(namesakes[0][1]) else None
