"""What an event happens to, described so that mentions can be compared: nouns, names, number, determiner.

``event_groups`` compares them. Tokens go in here and words come out, so that the parts of a long article can be
compared when their parses are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from pipeline.extract.events.reference import is_one_of_several
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.events.words import EventWords
from pipeline.link.mention_index import MentionIndex, initials
from pipeline.link.phrases import head_of_tokens
from pipeline.records import Event, EventSubject, Reference, Speaker

#: Tags of nouns and names in the plural.
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
#: Parts of speech of what an event may happen to.
_NOUNS = frozenset({"NOUN", "PROPN"})
#: Parts of speech of the words between a name and the noun of its phrase: "the depot / at / the port / of / Larn".
_BETWEEN = _NOUNS | {"ADP", "NUM"}
#: Such words at most; the example has four.
_MOST_BETWEEN = 6
#: Relations of a noun to the noun after it: "coal" in "coal mine".
_COMPOUNDS = frozenset({"compound", "nmod"})
#: Relations of the words before a noun that tell which or how many.
_MODIFIERS = _COMPOUNDS | {"amod", "det", "nummod", "predet", "quantmod"}
#: Relations of a name to the noun after it, for which the parser may take another: "the Ronga / dairy".
_NAMING = _COMPOUNDS | {"amod"}
#: Labels of what is a time and no name: "the Monday market".
_TIME_LABELS = frozenset({"DATE", "TIME"})
#: Nouns joined to the first that are looked at: "schools, shops and pubs" has two.
_MOST_JOINED = 6
#: Words of a phrase that are looked at; a table may be one phrase of thousands.
_MOST_WORDS = 40
#: Types of an actor that is a country, or belongs to one.
_STATES = frozenset({"government", "country"})
#: What joins names that are compared one by one: "Osk-Larn".
_JOINED_NAMES = re.compile("[-\u2010-\u2013]")
#: A modifier by which what is one of several, "the oldest", is another one than what was told of before.
_ANOTHER = "another"
_YEAR = re.compile(r"(?:19|20)\d\d")


def describe_subjects(
    events: Sequence[Event], actors: Sequence[Speaker | None], index: MentionIndex, words: EventWords
) -> tuple[EventSubject, ...]:
    """Of each event what it happens to, parallel to ``events``; ``index`` has the parse and the names.

    Where an earlier noun is what a pronoun, a number or a bare noun stands for (``Event.antecedent``), its words count
    as well. ``actors``, parallel too, own what is only "its mine".
    """
    return tuple(
        _Description(event, actor, index, words).subject() for event, actor in zip(events, actors, strict=True)
    )


class _Description:
    """The words about one event's subject, asked one by one."""

    def __init__(self, event: Event, actor: Speaker | None, index: MentionIndex, words: EventWords) -> None:
        self.index = index
        self.words = words
        self.trigger = index.tokens_in(event.trigger)[:1]
        self.date = index.tokens_in(event.date) if event.date else []
        target = index.tokens_in(event.target)[:_MOST_WORDS] if event.target else []
        antecedent = index.tokens_in(event.antecedent)[:_MOST_WORDS] if event.antecedent else []
        self.actor = actor
        self.phrases = (target, antecedent)
        self.place = [token for span in event.places[:1] for token in index.tokens_in(span)]
        self.own_nouns = self._nouns_of(target)
        self.nouns = [*self.own_nouns, *self._nouns_of(antecedent)]
        self.place = self.place or self._unlisted_place()

    def subject(self) -> EventSubject:
        """The description as a record."""
        names = [*self._names(), *(token for token in self.place if token.pos_ == "PROPN")]
        owners = [token for token in names if self._is_owner(token)]
        own_names = [token for token in names if token not in owners]
        return EventSubject(
            trigger=self.trigger[0].lemma_.lower() if self.trigger else "",
            takes_up=self._takes_up(),
            reference=self._reference(),
            heads=frozenset(map(_lemma, self.nouns)) - self.words.groups.activities,
            activities=frozenset(self._activities()),
            names=frozenset(self._words_of(own_names)),
            countries=frozenset(self._countries_of(own_names)),
            owners=frozenset(self._words_of(owners)),
            firm=self._firm(),
            modifiers=frozenset(self._modifiers()),
            is_plural=self._is_plural(),
            count=self._count(),
            years=frozenset(self._years()),
        )

    # ---- nouns ----

    def _nouns_of(self, tokens: Sequence[Token]) -> list[Token]:
        """The nouns that a phrase is about: those that are joined, what is counted, and where an activity goes on."""
        head = head_of_tokens(tokens)
        if head is None:
            return []
        nouns = [self._noun_below(noun, tokens) or noun for noun in (head, *_joined_nouns(head, tokens))]
        return [noun for noun in nouns if noun.pos_ in _NOUNS]

    def _noun_below(self, noun: Token, tokens: Sequence[Token]) -> Token | None:
        """What a noun that counts or tells of an activity belongs to: "stores" in "most of the stores"."""
        if noun.lower_ in self.words.phrases.partitives or noun.tag_ == "CD":
            prepositions = frozenset({"of"})
        elif noun.lemma_.lower() in self.words.groups.activities:
            prepositions = self.words.targets.activity_places
        else:
            return None
        after = (token for token in tokens if token.i > noun.i and token.dep_ == "pobj")
        return next((token for token in after if token.head.lower_ in prepositions), None)

    def _activities(self) -> Iterator[str]:
        """What goes on at a site and stops: "production" of "production at the mill", of "the production halt" too."""
        head = head_of_tokens(self.phrases[0])
        for token in (head, *self.own_nouns):
            if token is not None and _lemma(token) in self.words.groups.activities:
                yield _lemma(token)

    def _modifiers(self) -> Iterator[str]:
        """Lemmas before the nouns and before the event noun ("another", "coal"), adverbs on a verb that repeat it.

        Of a number that stands for nouns the words that make it others than before: "another nine", "two more", "six
        others".
        """
        others = self.words.groups.others
        head = head_of_tokens(self.phrases[0])
        if head is not None and (not self.own_nouns or _lemma(head) in others):
            after = head.doc[head.i + 1 : head.i + 2]  # "two / more", wherever the parser hung "more"
            yield from (_lemma(word) for word in (head, *head.children, *after) if _lemma(word) in others)
        if head is not None and is_one_of_several(head, self.words):
            yield _ANOTHER
        for host in (*self.nouns, *self.trigger):
            if host.pos_ in _NOUNS:
                yield from (_lemma(child) for child in host.lefts if child.dep_ in _MODIFIERS)
            else:
                yield from (child.lower_ for child in host.children if child.lower_ in self.words.groups.adding)

    # ---- names ----

    def _unlisted_place(self) -> list[Token]:
        """The name after "at" or "in" that is in no list of places: "Orme" of "its mine at Orme"."""
        words = self.words.targets.site_prepositions
        hosts = (*self.own_nouns[:1], *self.trigger)
        preps = (prep for host in hosts for prep in host.rights if prep.dep_ == "prep" and prep.lower_ in words)
        names = (name for prep in preps for name in prep.children if name.dep_ == "pobj" and name.pos_ == "PROPN")
        name = next((name for name in names if name.ent_type_ not in _TIME_LABELS), None)
        return [part for part in (*name.lefts, name) if part.pos_ == "PROPN"] if name is not None else []

    def _names(self) -> Iterator[Token]:
        """Words of names that tell which one it is. What the article also writes small is none: "the Northern Line"."""
        for tokens in self.phrases:
            head = head_of_tokens(tokens)
            for token in tokens:
                is_proper = token.pos_ == "PROPN" or self._is_always_capital(token) or _is_capital_modifier(token)
                is_name = (is_proper and token.ent_type_ != "DATE") or token.ent_type_ == "NORP"
                if is_name and _hangs_on(token, head, tokens) and f" {token.lower_} " not in self.index.article.text:
                    yield token

    def _is_always_capital(self, token: Token) -> bool:
        """Whether it is a name that looks like a plural, "Alders", which the article writes large within sentences."""
        if token.tag_ != "NNS" or not token.text.istitle():
            return False
        return re.search(rf"[a-z,] {re.escape(token.text)}\b", self.index.article.text) is not None

    def _words_of(self, tokens: Iterable[Token]) -> Iterator[str]:
        """The words of names in lower case, with the code of a country: "usa" for "U.S." as for "American"."""
        for token in tokens:
            yield from (word for word in _JOINED_NAMES.split(token.lower_) if word)
            mention = self.index.mention_on(token)
            if mention is not None and mention.label == "COUNTRY" and mention.country:
                yield mention.country.lower()
            if mention is not None and mention.label == "ORG":
                letters = initials(mention.canonical).lower()
                yield from [letters] if len(letters) > 1 else []

    def _countries_of(self, names: Sequence[Token]) -> Iterator[str]:
        """Codes in lower case of the country that the names are of, or of those in which the places lie that they name.

        None where a country and places are named, "the Norwegian mine at Alder".
        """
        mentions = [mention for token in names if (mention := self.index.mention_on(token)) is not None]
        labels = {mention.label for mention in mentions}
        if labels in ({"COUNTRY"}, {"PLACE"}) and (len(mentions) == len(names) or labels == {"PLACE"}):
            yield from (mention.country.lower() for mention in mentions if mention.country)

    def _is_owner(self, token: Token) -> bool:
        """Whether a name's word is a possessor, or belongs to an organisation that is not itself what closes."""
        nouns = {noun.i for noun in self.nouns}
        if token.i in nouns:
            return False
        if "poss" in (token.dep_, token.head.dep_):
            return True
        mention = self.index.mention_on(token)
        if mention is None or mention.label != "ORG":
            return False
        return nouns.isdisjoint(part.i for part in self.index.tokens_in((mention.start, mention.end)))

    def _firm(self) -> str:
        """Who closes "its" own, an organisation or a state, or stops an activity of nobody else; empty for none."""
        if self.actor is None:
            return ""
        if self.actor.type in _STATES:
            return self.actor.country if self._is_own() else ""
        activities = self.words.groups.activities
        is_own = self._is_own() or (bool(self.nouns) and all(_lemma(noun) in activities for noun in self.nouns))
        return self.actor.name.lower() if is_own and self.actor.type == "organisation" else ""

    def _is_own(self) -> bool:
        return any(child.dep_ == "poss" and child.pos_ == "PRON" for noun in self.own_nouns for child in noun.lefts)

    # ---- numbers ----

    def _is_plural(self) -> bool | None:
        """Whether it is several; None when the words don't tell, as of an activity."""
        if not self.nouns:
            return self._is_plural_without_noun()
        noun = self.nouns[0]
        if _lemma(noun) in self.words.groups.activities or self._is_always_capital(noun):
            return None
        if self._is_in_compound(noun):
            # "Border closures" may be those of one border; "the border closure" is one, "stores closing" several.
            return True if noun.tag_ == "NNS" else None if self._has_plural_trigger() else False
        head = head_of_tokens(self.phrases[0])
        if head is not None and head.lower_ in self.words.groups.singular:
            return False
        return noun.tag_ in _PLURAL_TAGS or self._has_more_beside(noun)

    def _has_more_beside(self, noun: Token) -> bool:
        """Whether another noun is joined to it; not the other name of one thing in "Larn Radio, or LRN"."""
        is_in_turn = any(child.lower_ in self.words.reference.alternatives for child in noun.children)
        return not is_in_turn and any(child.dep_ == "conj" for child in noun.children)

    def _is_plural_without_noun(self) -> bool | None:
        pronoun = next(iter(self.phrases[0]), None)
        if pronoun is None:
            return True if self._has_plural_trigger() else None
        if pronoun.lower_ in self.words.reference.singular_pronouns:
            return False
        return True if pronoun.pos_ in ("PRON", "DET", "NUM") else None

    def _has_plural_trigger(self) -> bool:
        return bool(self.trigger) and self.trigger[0].tag_ in _PLURAL_TAGS

    def _count(self) -> int:
        """The number before one of the nouns, or that stands for them: 3 of "three mines", "the three of them".

        Of nouns in the singular that are joined, their number: 2 of "the mine at Osk and the pit at Larn".
        """
        counts = self.words.reference.counts
        heads = [head for tokens in self.phrases if (head := head_of_tokens(tokens)) is not None]
        for token in (*heads, *(child for noun in self.nouns for child in noun.lefts)):
            if token.lower_ in counts:
                return counts.index(token.lower_) + 2
            if token.tag_ == "CD" and token.text.isascii() and token.text.isdecimal():
                return int(token.text)
        return len(self.own_nouns) if self._are_listed() else 0

    def _are_listed(self) -> bool:
        """Whether the target lists things one by one, each a noun with a word of its own before it."""
        return len(self.own_nouns) > 1 and all(
            noun.tag_ == "NN" and any(child.dep_ in _MODIFIERS or child.dep_ == "poss" for child in noun.lefts)
            for noun in self.own_nouns
        )

    def _years(self) -> Iterator[int]:
        for token in (*self.date, *(child for noun in self.trigger for child in noun.lefts)):
            if _YEAR.fullmatch(token.text):
                yield int(token.text)

    # ---- how it is spoken of ----

    def _takes_up(self) -> bool:
        """Whether the event noun has "the" before it, no date of its own, and is not said to have come about."""
        if not self.trigger or self.trigger[0].pos_ != "NOUN" or self.date or any(self._years()):
            return False
        noun = self.trigger[0]
        verb = noun.head
        if noun.dep_ in SUBJECTS and verb.tag_ == "VBD" and verb.lemma_ in self.words.groups.coming_about:
            return False
        is_possessed = any(child.dep_ == "poss" for child in noun.lefts)
        definite = self.words.reference.definite
        is_in_definite = noun.dep_ in _COMPOUNDS and any(child.lower_ in definite for child in noun.head.lefts)
        return is_possessed or is_in_definite or self._modifies_trigger(definite)  # "during the closure period"

    def _modifies_trigger(self, words: frozenset[str]) -> bool:
        return any(child.lower_ in words for noun in self.trigger for child in noun.lefts)

    def _reference(self) -> Reference:
        if not self.phrases[0]:
            words = self.words.groups
            return "indefinite" if self._modifies_trigger(words.indefinite | words.others) else "none"
        if not self.own_nouns:
            return "pronoun"
        noun = self.own_nouns[0]
        if self._is_in_compound(noun):
            return "compound"
        before = list(noun.lefts)
        if any(child.dep_ == "poss" for child in before):
            return "possessive"
        if any(child.lower_ in self.words.reference.definite for child in before):
            return "definite"
        if noun.pos_ == "PROPN":
            return "name"
        return "indefinite" if any(child.dep_ in ("det", "nummod") for child in before) else "bare"

    def _is_in_compound(self, noun: Token) -> bool:
        """Whether it is the first noun of "mine closure"."""
        return noun.dep_ in _COMPOUNDS and any(noun.head.i == trigger.i for trigger in self.trigger)


def _is_capital_modifier(token: Token) -> bool:
    """Whether a word with a capital before a noun without is a name that was taken for another word: "the Ronga dairy".

    Where it begins the sentence only if the parser has it for a name of some kind: "Ashford prison".
    """
    noun = token.head
    if token.dep_ not in _NAMING or not token.text.istitle() or not noun.text.islower() or noun.i <= token.i:
        return False
    return bool(token.ent_type_) if token.is_sent_start else token.ent_type_ not in _TIME_LABELS


def _hangs_on(token: Token, head: Token | None, tokens: Sequence[Token]) -> bool:
    """Whether a name's word hangs on the phrase's head without a clause between, as it does in "the bridge that links
    Larn to Osk"."""
    inside = {word.i for word in tokens}
    above = token
    for _ in range(_MOST_BETWEEN):
        if above.head.i == above.i or above.head.pos_ not in _BETWEEN:
            break
        above = above.head
    return head is None or above.i == head.i or above.head.i not in inside


def _joined_nouns(head: Token, tokens: Sequence[Token]) -> list[Token]:
    """The nouns joined to the head within the phrase, one after another: "shops" and "pubs" to "schools"."""
    inside = {token.i for token in tokens}
    joined: list[Token] = []
    last: Token | None = head
    while last is not None and len(joined) < _MOST_JOINED:
        last = next((child for child in last.children if child.dep_ == "conj" and child.i in inside), None)
        if last is not None:
            joined.append(last)
    return joined


def _lemma(token: Token) -> str:
    """The lemma in lower case; of a name in the plural ("Embassies") the singular."""
    lemma = token.lemma_.lower()
    if token.tag_ != "NNPS":
        return lemma
    return f"{lemma[:-3]}y" if lemma.endswith("ies") else lemma.removesuffix("s")
