"""One name for one entity: short, titled and misspelt forms get the fullest name that the article gives.

Namesakes stay apart by title, first name and what was named last; where nothing tells, the one the article named
first is meant, as newsrooms write it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from pipeline.extract.entities.persons import is_misspelling
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People, Sex
from pipeline.link.family_names import with_family_names, with_titles_apart
from pipeline.link.first_names import with_first_names
from pipeline.link.kinds_before_names import without_kinds
from pipeline.link.mention_index import GENERATIONS, surname_of
from pipeline.link.name_repair import (
    cut_headline_verbs,
    find_named_kinds,
    names_behind_nouns,
    with_joined_places,
    with_kinds_beside,
    with_one_label,
    without_places_named_as_firms,
    without_places_named_as_people,
    without_role,
    without_titles,
)
from pipeline.link.organisation_names import find_long_names, find_other_names
from pipeline.link.relatives import UNDERGOERS, relative_near, says_something, title_near
from pipeline.link.role_initials import with_initials_of_roles
from pipeline.link.sexes import sex_before
from pipeline.link.spellings import differ_by_letter, sound_alike, swaps_letters
from pipeline.link.whole_names import cut_headline_names, with_particles_of_names, with_whole_names
from pipeline.records import Article, Mention

#: Characters after a namesake's full name as a subject within which the bare surname means that one: two paragraphs.
_RECENT_REACH = 400
#: Characters after a full name within which a like word is taken for its surname misspelt. Set by hand.
_MISSPELT_REACH = 600
#: Mentions by the first name alone, and no fewer than by the surname alone, from which somebody goes by the first name.
_FEWEST_BY_FIRST_NAME = 2
#: Characters around a full name in which the title of a head of state tells that this is the one. Set by hand.
_NEAR_TITLE = 80
#: Characters before a name in which such a title is looked for first: "chancellor" has ten.
_TITLE_CHARACTERS = 15


def name_entities(mentions: Sequence[Mention], doc: Doc, article: Article, people: People) -> list[Mention]:
    """The mentions with the canonical name of their entity, in the same order, without titles that name nobody.

    "Brandt" becomes "Ada Brandt", "NFC" the "Northern Fishing Council". A person's mention may lose a headline's verb
    ("Brandt Warns"), or become an ORG where it is the short name of one. Countries and places stay as they are.
    """
    behind_nouns = names_behind_nouns(article.text)
    mentions = with_kinds_beside(mentions, behind_nouns, article.text, people)
    mentions = with_first_names(cut_headline_names(mentions, doc, article.text, people), article.text, people)
    overlooked = find_named_kinds(mentions, behind_nouns, doc, article.text, people)
    mentions = sorted([*mentions, *overlooked], key=lambda mention: mention.start) if overlooked else mentions
    mentions = without_places_named_as_firms(without_places_named_as_people(mentions, doc), doc, people)
    mentions = [
        without_role(mention, article.text, people)
        for mention in without_titles(with_one_label(mentions, article.text), article.text, people)
    ]
    mentions = without_kinds(mentions, doc, article.text, people)
    mentions = with_joined_places(with_whole_names(mentions, article.text, people), doc, article.text)
    mentions = with_family_names(with_particles_of_names(mentions), article.text, people)
    short_forms = find_long_names(mentions, people, article.text)
    mentions = with_initials_of_roles(mentions, doc, article.text, short_forms)
    long_names = find_long_names(mentions, people, article.text) | find_other_names(mentions, article.text)
    long_names.update(
        {
            article.text[mention.start : mention.end]: mention.canonical
            for mention in mentions
            if mention.origin == "acronym"
        }
    )
    persons = [mention for mention in mentions if mention.label == "PERSON"]
    shortened = {
        (mention.start, mention.end): cut
        for mention, cut in zip(persons, cut_headline_verbs(persons, doc, people), strict=True)
    }
    index = _PersonIndex(shortened.values(), doc, article, people)
    named: list[Mention] = []
    for mention in mentions:
        if mention.label == "PERSON":
            mention = _name_person(shortened[mention.start, mention.end], index, long_names)
        elif mention.label == "ORG":
            mention = replace(mention, canonical=_long_name(mention.canonical, long_names))
        named.append(mention)
    return with_titles_apart(named, article.text, people)


def _long_name(name: str, long_names: dict[str, str]) -> str:
    """The longer name of an organisation: "KRHolm" and "K.R. Holm" alike are the "KRHolm Group"; else the name."""
    solid = name.replace(". ", "").replace(".", "") if "." in name else name
    return long_names.get(name) or long_names.get(solid, name)


def _name_person(mention: Mention, index: _PersonIndex, long_names: dict[str, str]) -> Mention:
    organisation = long_names.get(mention.canonical)
    if organisation is not None and not index.is_surely_person(mention):
        return replace(mention, label="ORG", canonical=organisation)
    return replace(mention, canonical=index.full_name(mention))


def _is_in_headline(mention: Mention, article: Article) -> bool:
    block = article.block_at(mention.start)
    return block is not None and block.role == "headline"


# --- people ---


@dataclass
class _NamedPerson:
    """A person of the article, mostly named in full."""

    #: The name, titles left out.
    name: str
    #: The words of the name, the surname last.
    words: list[str]
    #: Where the name stands, in text order.
    starts: list[int] = field(default_factory=list)
    #: Those where it is a clause's subject.
    subject_starts: list[int] = field(default_factory=list)
    #: Those where it stands beside the subject of what somebody says: "his brother, Petr Dorin, said".
    speaking_starts: list[int] = field(default_factory=list)
    #: Something is done to the person where the name stands first: "A court jailed Ivan Dorin".
    is_undergoer: bool = False
    #: What titles tell, else the first name; empty when neither does.
    sex: Sex = ""
    #: The title of a head of state or government stands before or in the name.
    is_head_of_state: bool = False


@dataclass(frozen=True, slots=True)
class _ShortName:
    """A name that may be short for a fuller one."""

    #: Its words without titles.
    words: list[str]
    #: The sex that a title tells, or empty.
    sex: Sex
    #: How often each name stands in the article, by its whole form.
    counts: Counter[str]


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """One step of the choice between namesakes: it keeps those that pass, or all when none does."""

    #: What it looks at, in plain words.
    name: str
    #: Whether a person passes.
    keeps: Callable[[_ShortName, _NamedPerson], bool]


def _bears_as_surname(short: _ShortName, person: _NamedPerson) -> bool:
    return (surname_of(person.name) if len(short.words) == 1 else person.words[-1]) == short.words[-1]


def _is_known_to_be_of_that_sex(short: _ShortName, person: _NamedPerson) -> bool:
    return bool(short.sex) and person.sex == short.sex


def _goes_by_this_word(short: _ShortName, person: _NamedPerson) -> bool:
    """Whether a single word may be this person's: children go by the first name, so a surname is somebody else's."""
    if len(short.words) > 1 or len(person.words) == 1:
        return True
    by_first_name = short.counts[person.words[0]]
    return by_first_name < _FEWEST_BY_FIRST_NAME or by_first_name < short.counts[person.words[-1]]


#: Tried in order on those whose name fits and whose sex does not speak against it.
_NARROWINGS = (
    _Narrowing("surname rather than first name", _bears_as_surname),
    _Narrowing("known to be of the title's sex", _is_known_to_be_of_that_sex),
    _Narrowing("goes by the surname", _goes_by_this_word),
)


def _narrow_down(short: _ShortName, fitting: Sequence[_NamedPerson]) -> list[_NamedPerson]:
    """Those of the persons a short name fits who may be meant; none where the sex of the title speaks against all."""
    candidates = [person for person in fitting if not short.sex or person.sex in ("", short.sex)]
    for narrowing in _NARROWINGS:
        candidates = [person for person in candidates if narrowing.keeps(short, person)] or candidates
    return candidates


class _PersonIndex:
    """The article's full names, asked which of them a shorter name means."""

    def __init__(self, persons: Iterable[Mention], doc: Doc, article: Article, people: People) -> None:
        self.doc, self.people, self.article = doc, people, article
        self.titles = people.women | people.men | people.titles.keys()
        self.by_name: dict[str, _NamedPerson] = {}
        in_order = sorted(persons, key=lambda mention: mention.start)
        for mention in in_order:
            words = self._words_without_titles(mention)
            if len(words) > 1 and (len(words) < len(mention.canonical.split()) or self._is_full_name(mention)):
                self._add_person(mention, words)
        self.by_word: dict[str, list[_NamedPerson]] = defaultdict(list)
        for person in self.by_name.values():
            person.sex = person.sex or people.sex_of_name(person.words[0], sure=True)
            for word in set(person.words):
                self.by_word[word].append(person)
        self.counts = Counter(mention.canonical for mention in in_order)
        self.heads_of_state: set[str] = set()  # surnames of those who are none of the named
        for mention in in_order:
            self._add_unnamed_namesake(mention)

    def is_surely_person(self, mention: Mention) -> bool:
        """Whether somebody of that name is named in full, or a title tells that this is a person."""
        return mention.canonical in self.by_word or bool(sex_before(self._tokens_of(mention), self.people))

    def full_name(self, mention: Mention) -> str:
        """The fullest form of the person that a name means, or the name without titles where nobody fits.

        Of several that fit, ``_NARROWINGS`` keep the likely ones; then the one just named as a subject is meant, else
        the one named first. A surname that nobody bears may be misspelt.
        """
        words = self._words_without_titles(mention)
        if len(words) == 1 and words[0] in self.heads_of_state and self._is_head_of_state(mention):
            return words[0]
        sex = sex_before(self._tokens_of(mention), self.people) or self._sex_of_title(mention)
        fitting = [person for person in self.by_word.get(words[-1], ()) if _can_be_short_for(words, person)]
        candidates = _narrow_down(_ShortName(words, sex, self.counts), fitting)
        if not candidates:
            return " ".join(words) if fitting else self._correct_spelling(mention, words)
        meant = self._last_subject_or_first(mention, candidates)
        if len(meant.words) == 1:
            return meant.name  # a namesake of those named in full, not their short form
        fuller = [
            person
            for person in fitting
            if _are_in_order(meant.words, person.words)
            and (not person.sex or meant.sex in ("", person.sex))
            and (person is meant or not self._is_of_another_generation(person, meant))
        ]
        return max(fuller, key=lambda person: (len(person.words), person.name)).name

    def _is_of_another_generation(self, longer: _NamedPerson, shorter: _NamedPerson) -> bool:
        """Whether only "Jr." or the like makes a name longer than another that the article gives in full as well."""
        return " " in shorter.name and longer.words[:-1] == shorter.words and longer.words[-1] in GENERATIONS

    # --- collecting ---

    def _is_full_name(self, mention: Mention) -> bool:
        """Headlines capitalise verbs, which the parser takes into names: there the first word must be a first name."""
        first_word = mention.canonical.lower().split()[0]
        return first_word in self.people.women_shares or not _is_in_headline(mention, self.article)

    def _add_person(self, mention: Mention, words: Sequence[str]) -> None:
        """Add the person of a full name, given by its words without titles: "Sens. Ada Brandt"."""
        name = " ".join(words)
        person = self.by_name.setdefault(name, _NamedPerson(name, list(words)))
        tokens = self._tokens_of(mention)
        person.is_undergoer |= not person.starts and any(token.dep_ in UNDERGOERS for token in tokens)
        person.starts.append(mention.start)
        if any(token.dep_ in SUBJECTS for token in tokens):
            person.subject_starts.append(mention.start)
        elif any(says_something(token, beside_noun=True) for token in tokens):
            person.speaking_starts.append(mention.start)
        person.sex = person.sex or sex_before(tokens, self.people)
        person.is_head_of_state = person.is_head_of_state or self._is_head_of_state(mention)

    def _add_unnamed_namesake(self, mention: Mention) -> None:
        """Add somebody of a known surname whom the article never names in full.

        "Mr. Brandt" where only Ada Brandt is named; "President Brandt" before an Ada Brandt who is no president.
        """
        words = self._words_without_titles(mention)
        namesakes = [person for person in self.by_word.get(words[-1], ()) if person.words[-1] == words[-1]]
        if len(words) > 1 or not namesakes:
            return
        sex = sex_before(self._tokens_of(mention), self.people)
        is_of_other_sex = bool(sex) and all(person.sex not in ("", sex) for person in namesakes)
        if not is_of_other_sex and not self._is_other_head_of_state(mention, namesakes):
            return
        if not is_of_other_sex and all(map(self._has_relative, namesakes)):
            self.heads_of_state.add(words[0])
        unnamed = _NamedPerson(words[0], words, [mention.start], sex=sex)
        self.by_name[unnamed.name] = unnamed
        self.by_word[words[0]].append(unnamed)

    def _is_other_head_of_state(self, mention: Mention, namesakes: Sequence[_NamedPerson]) -> bool:
        """Whether a head of state is none of the namesakes: no such title stands near their full names."""
        if not self._is_head_of_state(mention) or _is_in_headline(mention, self.article):
            return False
        return not any(person.is_head_of_state or self._has_such_title(person, mention) for person in namesakes)

    def _has_such_title(self, person: _NamedPerson, mention: Mention) -> bool:
        """Whether the title before a mention stands near the full name of somebody named before it.

        Beside a word for a relative it may be a man's: "Ada Brandt and her husband ... President Brandt".
        """
        if mention.start < person.starts[0]:
            return False
        title, surname = self.article.text[max(mention.start - _NEAR_TITLE, 0) : mention.end].lower().split()[-2:]
        bare = f"{title} {surname}" if self._has_relative(person) else ""
        reach = _NEAR_TITLE + len(person.name)
        return title_near(self.article.text.lower(), title, bare, person.starts, _NEAR_TITLE, reach)

    def _has_relative(self, person: _NamedPerson) -> bool:
        """Whether somebody is a woman beside whose full name a relative is told of, or that she is a first lady."""
        text, reach = self.article.text.lower(), _NEAR_TITLE + len(person.name)
        return person.sex == "f" and relative_near(text, person.starts, _NEAR_TITLE, reach, self.people)

    def _is_head_of_state(self, mention: Mention) -> bool:
        """Whether the title of a head of state or government stands before the name, or in it; no "Vice President"."""
        text, heads = self.article.text, self.people.heads_of_state
        last = text[max(mention.start - _TITLE_CHARACTERS, 0) : mention.start].lower().split()[-1:]
        if heads.isdisjoint(last) and mention.canonical.lower().split()[0] not in heads:
            return False
        tokens = self._tokens_of(mention)
        if not tokens:
            return False
        if mention.canonical.lower().split()[0] in self.people.heads_of_state:
            return True
        before = [token.lower_ for token in self.doc[max(tokens[0].i - 2, 0) : tokens[0].i]]
        if not before or before[-1] not in self.people.heads_of_state:
            return False
        return before[0] not in self.people.deputy_words

    # --- asking ---

    def _words_without_titles(self, mention: Mention) -> list[str]:
        """The words of the name without titles."""
        words = mention.canonical.split()
        while len(words) > 1 and words[0].lower() in self.titles:
            words = words[1:]
        return words

    def _tokens_of(self, mention: Mention) -> list[Token]:
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return [] if span is None else [*span]

    def _sex_of_title(self, mention: Mention) -> Sex:
        """What a title that the parser took into the name tells."""
        first_word = mention.canonical.lower().split()[0]
        return self.people.sex_of_word(first_word) if first_word in self.titles else ""

    def _last_subject_or_first(self, mention: Mention, namesakes: Sequence[_NamedPerson]) -> _NamedPerson:
        """The namesake just named as a subject, or who spoke of whom something was done to, else the first named."""
        first = min(namesakes, key=lambda person: person.starts[0])
        if len(namesakes) == 1:
            return first
        tokens = self._tokens_of(mention)
        speaks = first.is_undergoer and any(says_something(token, beside_noun=False) for token in tokens)
        start, name = max(
            (_last_before(sorted(person.subject_starts + person.speaking_starts * speaks), mention.start), person.name)
            for person in namesakes
        )
        return self.by_name[name] if 0 <= mention.start - start <= _RECENT_REACH else first

    def _correct_spelling(self, mention: Mention, words: list[str]) -> str:
        """The full name that a surname standing nowhere else is misspelt for, else the surname."""
        if len(words) > 1:
            return " ".join(words)
        word = words[0]
        is_single = self.counts[mention.canonical] == 1
        alike = {
            person.name
            for person in self.by_name.values()
            if (start := _last_before(person.starts, mention.start)) >= 0
            and _may_be_misspelt(word, person.words[-1], is_near=mention.start - start <= _MISSPELT_REACH)
            and (is_single or mention.start - start <= _MISSPELT_REACH)
        }
        return alike.pop() if len(alike) == 1 else words[0]


def _may_be_misspelt(word: str, surname: str, *, is_near: bool) -> bool:
    """Whether a word may be a surname misspelt; far from the full name only by one letter, or as it sounds."""
    if sound_alike(word, surname) or swaps_letters(word, surname):
        return True
    return is_misspelling(word, surname) and (is_near or differ_by_letter(word, surname))


def _can_be_short_for(words: Sequence[str], person: _NamedPerson) -> bool:
    """Whether a name can be short for a person's: the same words, or some of them in their order."""
    is_shorter = len(person.words) > len(words) and _are_in_order(words, person.words)
    return is_shorter or person.words == words


def _are_in_order(words: Sequence[str], longer: Sequence[str]) -> bool:
    remaining = iter(longer)
    return all(word in remaining for word in words)


def _last_before(starts: Sequence[int], offset: int) -> int:
    """The last of the starts before ``offset``, or a number far below any offset."""
    index = bisect_left(starts, offset)
    return starts[index - 1] if index else -(10**9)
