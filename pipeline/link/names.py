"""One name for one entity: short, titled and misspelt forms get the fullest name that the article gives.

Namesakes stay apart by title, first name and what was named last; where nothing tells, the one the article named
first is meant, as newsrooms write it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.people import People, Sex
from pipeline.records import Article, Mention

#: So many characters after a namesake's full name as a subject, the surname alone is that namesake's.
_AFTER = 400
#: A misspelling follows the name so soon, has this many letters at least, and is so like it.
_SOON, _LETTERS, _LIKE = 600, 5, 0.8
#: So many times the first name alone, and no fewer than the surname alone.
_OFTEN = 2
#: The share of capitalised long words from which a sentence is taken for a headline.
_TITLE_CASE = 0.7


def name_entities(found: Sequence[Mention], doc: Doc, article: Article, people: People) -> list[Mention]:
    """The mentions with their canonical names, in text order. A person's mention may lose a headline's verb."""
    longer = _long_forms(found)
    longer.update({article.text[m.start : m.end]: m.canonical for m in found if m.reason == "acronym"})
    persons = [mention for mention in found if mention.label == "PERSON"]
    shown = {(m.start, m.end): cut for m, cut in zip(persons, _without_verbs(persons, doc, people), strict=True)}
    family = _NameClusters(shown.values(), doc, article, people)
    named: list[Mention] = []
    for mention in found:
        if mention.label == "PERSON":
            mention = shown[mention.start, mention.end]
            company = longer.get(mention.canonical)
            if company is not None and not family.knows(mention):
                mention = replace(mention, label="ORG", canonical=company)
            else:
                mention = replace(mention, canonical=family.full_name(mention))
        elif mention.label == "ORG":
            mention = replace(mention, canonical=longer.get(mention.canonical, mention.canonical))
        named.append(mention)
    return named


# --- organisations ---


def _long_forms(found: Sequence[Mention]) -> dict[str, str]:
    """Short names of organisations and the one longer name that fits.

    Initials, the last word ("the Times"), or the first words ("Larn" of "Larn Shipping Inc.").
    """
    names = sorted({mention.canonical for mention in found if mention.label == "ORG" and " " in mention.canonical})
    shorter: dict[str, set[str]] = defaultdict(set)
    for name in names:
        words = [word for word in name.split() if word[:1].isupper()]
        shorter["".join(word[0] for word in words)].add(name)
        shorter[words[-1] if words else ""].add(name)
        for length in range(1, len(name.split())):
            shorter[" ".join(name.split()[:length])].add(name)
    return {
        short: min(full, key=len)
        for short, full in shorter.items()
        if _one_name(full) and len(short) > 2 and short not in _GENERIC
    }


def _one_name(forms: Collection[str]) -> bool:
    """Whether all forms end in the shortest: "Washington Post", "The Washington Post"."""
    shortest = min(forms, key=len)
    return all(form == shortest or form.endswith(f" {shortest}") for form in forms)


#: Last words of many organisations' names: "the Ministry" may be any.
_GENERIC = frozenset(
    "Ministry Department Party Bank University Institute Council Committee Association Federation Union Office Agency "
    "Court Bureau Commission Assembly Congress Chamber Board Group Company Corporation House Senate Center Centre "
    "School Church Foundation Society Service Services Press News Police Force Administration "
    "Campaign".split()
)


# --- people ---


def _without_verbs(persons: Sequence[Mention], doc: Doc, people: People) -> list[Mention]:
    """Names without the verb a headline's capitals joined to them ("Brandt Sees"), where the name stands elsewhere."""
    said = Counter(mention.canonical for mention in persons)
    alone = {name for name in said if " " not in name}
    surnames = Counter(name.split()[-1] for name in said if " " in name)
    out = []
    for mention in persons:
        first, *rest = mention.canonical.split()
        surname = first in surnames or (first in alone and first.lower() not in people.names)
        unknown = rest and rest[-1] not in alone and surnames[rest[-1]] == said[mention.canonical] == 1
        joined = surname and unknown
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand") if joined else None
        if span is not None and _is_title_case(span.sent):
            mention = replace(mention, end=mention.start + len(first), canonical=first)
        out.append(mention)
    return out


def _is_title_case(sentence: DocSpan) -> bool:
    long = [token for token in sentence if token.is_alpha and len(token) > 3]
    return sum(token.text[0].isupper() for token in long) >= _TITLE_CASE * len(long)


@dataclass
class _Person:
    """A person named in full: where, of what sex, and whether as the subject there."""

    name: str
    words: list[str]
    starts: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    sex: Sex = ""
    rules: bool = False


class _NameClusters:
    """The article's full names, asked which of them a shorter name means."""

    def __init__(self, persons: Iterable[Mention], doc: Doc, article: Article, people: People) -> None:
        self.doc, self.people, self.article = doc, people, article
        self.titles = people.women | people.men | people.titles.keys()
        self.persons: dict[str, _Person] = {}
        for mention in sorted(persons, key=lambda mention: mention.start):
            if " " in mention.canonical and self._is_full(mention):
                self._add(mention)
        self.by_word: dict[str, list[_Person]] = defaultdict(list)
        for person in self.persons.values():
            person.sex = person.sex or self.people.sex_of_name(person.words[0])
            for word in set(person.words):
                self.by_word[word].append(person)
        self.alone = Counter(mention.canonical for mention in persons)
        for mention in sorted(persons, key=lambda mention: mention.start):
            self._add_surname(self._words(mention), mention)

    def _is_full(self, mention: Mention) -> bool:
        """Headlines capitalise verbs, which the parser takes into names: there the first word must be a first name."""
        words = mention.canonical.lower().split()
        return words[0] not in self.titles and (
            not _in_headline(mention, self.article) or words[0] in self.people.names
        )

    def _add(self, mention: Mention) -> None:
        person = self.persons.setdefault(mention.canonical, _Person(mention.canonical, mention.canonical.split()))
        person.starts.append(mention.start)
        tokens = self._tokens(mention)
        if tokens and any(token.dep_ in SUBJECTS for token in tokens):
            person.subjects.append(mention.start)
        person.sex = person.sex or sex_before(tokens, self.people)
        person.rules = person.rules or self._is_ruler(mention)

    def _add_surname(self, words: list[str], mention: Mention) -> None:
        """Somebody of a surname whom the article never names in full.

        "Mr. Brandt" where only Ada Brandt is; "President Brandt" before an Ada Brandt who is no president.
        """
        sex = sex_before(self._tokens(mention), self.people)
        namesakes = [each for each in self.by_word.get(words[-1], ()) if each.words[-1] == words[-1]]
        if len(words) > 1 or not namesakes:
            return
        other = bool(sex) and all(each.sex not in ("", sex) for each in namesakes)
        before = all(mention.start < each.starts[0] and not each.rules for each in namesakes)
        if not other and not (before and self._is_ruler(mention) and not _in_headline(mention, self.article)):
            return
        namesake = _Person(words[0], words, [mention.start], sex=sex)
        self.persons[namesake.name] = namesake
        self.by_word[words[0]].append(namesake)

    def _is_ruler(self, mention: Mention) -> bool:
        """Whether the title of a head of state or government stands before the name, or in it."""
        words = mention.canonical.lower().split()
        tokens = self._tokens(mention)
        if not tokens or words[0] in self.people.rulers:
            return bool(tokens)
        before = [token.lower_ for token in self.doc[max(tokens[0].i - 2, 0) : tokens[0].i]]
        return before[-1:] != [] and before[-1] in self.people.rulers and before[0] not in ("vice", "deputy")

    def _words(self, mention: Mention) -> list[str]:
        """The words of the name without titles."""
        words = mention.canonical.split()
        while len(words) > 1 and words[0].lower() in self.titles:
            words = words[1:]
        return words

    def _tokens(self, mention: Mention) -> list[Token]:
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return [] if span is None else [*span]

    def knows(self, mention: Mention) -> bool:
        """Whether somebody of that name is named in full, or a title tells that this is a person."""
        return mention.canonical in self.by_word or bool(sex_before(self._tokens(mention), self.people))

    def full_name(self, mention: Mention) -> str:
        """The fullest form that holds the words of this one, or these words where none does."""
        words = self._words(mention)
        sex = sex_before(self._tokens(mention), self.people) or self._sex_of_title(mention)
        fitting = [
            person
            for person in self.by_word.get(words[-1], ())
            if (len(person.words) > len(words) and _in_order(words, person.words)) or person.words == words
        ]
        agreeing = [person for person in fitting if not sex or person.sex in ("", sex)]
        if not agreeing:
            return " ".join(words) if fitting else self._misspelt(mention, words)
        # A surname is meant rather than a first name, unless only a first name fits.
        surnames = [person for person in agreeing if person.words[-1] == words[-1]] or agreeing
        sure = [person for person in surnames if sex and person.sex == sex] or surnames
        if len(words) == 1:
            sure = [person for person in sure if not self._goes_by_first_name(person)] or sure
        best = self._meant(mention, sure)
        if len(best.words) == 1:
            return best.name  # a namesake of those named in full, not their short form
        longer = [person for person in sure if _in_order(best.words, person.words)]
        return max(longer, key=lambda person: (len(person.words), person.name)).name

    def _goes_by_first_name(self, person: _Person) -> bool:
        """Children do: the surname alone is then somebody else's."""
        times = self.alone[person.words[0]] if len(person.words) > 1 else 0
        return times >= _OFTEN and times >= self.alone[person.words[-1]]

    def _sex_of_title(self, mention: Mention) -> Sex:
        """What a title that the parser took into the name tells."""
        first = mention.canonical.lower().split()[0]
        return self.people.sex_of_word(first) if first in self.titles else ""

    def _meant(self, mention: Mention, namesakes: list[_Person]) -> _Person:
        """The namesake just named as a subject, else the one named first."""
        first = min(namesakes, key=lambda person: person.starts[0])
        if len(namesakes) == 1:
            return first
        recent = [(_last_before(person.subjects, mention.start), person.name) for person in namesakes]
        at, name = max(recent)
        return self.persons[name] if 0 <= mention.start - at <= _AFTER else first

    def _misspelt(self, mention: Mention, words: list[str]) -> str:
        """The full name that a surname standing nowhere else is misspelt for, else the surname."""
        if len(words) > 1 or len(words[0]) < _LETTERS:
            return " ".join(words)
        like = {
            person.name
            for person in self.persons.values()
            if person.words[-1][0] == words[0][0]
            and 0 <= mention.start - _last_before(person.starts, mention.start) <= _SOON
            and SequenceMatcher(None, person.words[-1], words[0], autojunk=False).ratio() >= _LIKE
        }
        return like.pop() if len(like) == 1 else " ".join(words)


def sex_before(tokens: Sequence[Token], people: People) -> Sex:
    """What stands before a name tells: "Mrs. Brandt", "spokeswoman Ada Brandt", "his wife, Ada Brandt"."""
    if not tokens:
        return ""
    doc, first = tokens[0].doc, tokens[0].i
    for token in reversed(doc[max(first - 3, tokens[0].sent.start) : first]):
        if token.text == ",":
            continue
        if token.tag_ in ("NN", "NNP") and (sex := people.sex_of_word(token.lower_)):
            return sex
        if token.tag_ not in ("NN", "NNP", "JJ"):
            break
    return ""


def _last_before(starts: Sequence[int], offset: int) -> int:
    index = bisect_left(starts, offset)
    return starts[index - 1] if index else -(10**9)


def _in_headline(mention: Mention, article: Article) -> bool:
    """Headlines capitalise verbs, which the parser takes into names: a full name is taken from elsewhere."""
    block = article.block_at(mention.start)
    return block is not None and block.role == "headline"


def _in_order(words: Sequence[str], parts: Sequence[str]) -> bool:
    rest = iter(parts)
    return all(word in rest for word in words)
