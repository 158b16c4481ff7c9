"""One parsed article with what the other extractors found in it, indexed by token.

Part of ``pipeline.extract.events``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from pipeline.extract.columns import indices_with, read_texts
from pipeline.knowledge.events.words import EventWords
from pipeline.records import Article, DateMention, Mention, Span

#: Labels of our own mentions and of spaCy's entities that name an organisation or a facility ("the Harwick Ferry").
_NAME_LABELS = ("ORG", "FAC")
#: Labels of countries, towns and peoples, which are no target by themselves: "Norway closed" is not that Norway closed.
_COUNTRY_LABELS = ("COUNTRY", "GPE", "NORP")
#: Labels of spaCy's that name a place, used where there are no mentions.
_PLACE_LABELS = ("GPE", "LOC", "FAC")
#: Uses of a COUNTRY or PLACE mention in which it tells where, so not "people" ("the Norwegians") or "name_part" ("Bank
#: of Oslo").
_PLACE_USES = ("", "place", "government")
#: spaCy's labels for times: its entities serve where no date was found.
_TIME_LABELS = ("DATE", "TIME")


@dataclass(frozen=True, slots=True)
class EventContext:
    """What every rule may look at besides the parse; all indices are those of tokens in ``doc``.

    ``article`` is the one that was parsed into ``doc``; offsets of spans are into its text. ``lower`` and ``lemmas``
    have the word and the lemma of each token, in lower case. ``words`` is the general English of
    models/event_words.toml. ``places`` has the span of the name for each token of a place's name, ``countries`` the
    tokens of names of countries and peoples, ``names`` those of organisations and facilities, and ``dates`` the time
    expression for each of its tokens. The last fields are of one event type and empty at first: ``tail_starts`` has the
    tokens, in order, at which the tail of one of its triggers begins, ``target_names`` has the first words of names
    that the article gives to targets, each with the kind of target, "harwick" for "the Harwick mine", ``kinds_before``
    the kinds of targets of the events before a sentence.
    """

    doc: Doc
    article: Article
    lower: Sequence[str]
    lemmas: Sequence[str]
    words: EventWords
    places: Mapping[int, Span]
    countries: frozenset[int]
    names: frozenset[int]
    dates: Mapping[int, DateMention]
    tail_starts: Sequence[int] = ()
    target_names: Mapping[str, str] = field(default_factory=dict)
    kinds_before: frozenset[str] = frozenset()

    def is_time(self, token: Token) -> bool:
        """Whether a token belongs to a time expression, ours or spaCy's: "May" in "closed in May"."""
        return token.i in self.dates or token.ent_type_ in _TIME_LABELS


def build_context(
    doc: Doc, article: Article, words: EventWords, mentions: Sequence[Mention], dates: Sequence[DateMention]
) -> EventContext:
    """The article with mentions and dates indexed by token, made once for all events of an article.

    Without any mention spaCy's own entities serve instead. A span that cuts through a token counts for the whole token.
    """
    places: dict[int, Span] = {}
    names: set[int] = set()
    countries: set[int] = set()
    for start, end, label, is_place in _labelled_spans(doc, mentions):
        for token in doc.char_span(start, end, alignment_mode="expand") or ():
            if is_place:
                places[token.i] = (start, end)
            if label in _NAME_LABELS:
                names.add(token.i)
            elif label in _COUNTRY_LABELS:
                countries.add(token.i)
    names.update(indices_with(doc, "ENT_TYPE", _NAME_LABELS))
    dates_by_token: dict[int, DateMention] = {}
    for date in dates:
        for token in doc.char_span(date.start, date.end, alignment_mode="expand") or ():
            dates_by_token[token.i] = date
    lower, lemmas = read_texts(doc, "LOWER"), read_texts(doc, "LEMMA", lower=True)
    return EventContext(
        doc,
        article,
        lower,
        lemmas,
        words,
        places,
        frozenset(countries),
        frozenset(names),
        dates_by_token,
    )


def _labelled_spans(doc: Doc, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and label of each name and whether it tells where."""
    if not mentions:
        for entity in doc.ents:
            yield entity.start_char, entity.end_char, entity.label_, entity.label_ in _PLACE_LABELS
    for mention in mentions:
        is_place = mention.label in ("COUNTRY", "PLACE") and mention.use in _PLACE_USES
        yield mention.start, mention.end, mention.label, is_place
