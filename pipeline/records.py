"""The records that flow through the rooms: frozen, typed, and every one keeps its span.

Offsets everywhere are code points into ``Article.text``, start included, end excluded, so that
``article.text[start:end]`` is the very text a record speaks of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Span = tuple[int, int]
Spans = tuple[Span, ...]

Role = Literal["headline", "caption", "credit", "dateline", "subheading", "body", "footer", "navigation"]
#: Blocks that are parsed; mentions come from these.
READ_ROLES: frozenset[str] = frozenset({"headline", "caption", "dateline", "subheading", "body"})
#: Blocks that claims come from.
CLAIM_ROLES: frozenset[str] = frozenset({"headline", "caption", "body"})

Label = Literal["PERSON", "ORG", "COUNTRY", "PLACE"]
Use = Literal["", "place", "people", "government", "name_part"]
#: Which finder made a mention; code compares this, never the wording of a reason.
#: parser: an entity of spaCy, mended; building: one that spaCy has as a building or road ("the Larn Bridge");
#: gazetteer: a name of models/places that none of the next fits; demonym: its people ("Norwegian"); supranational: a
#: place of several countries or none ("Africa"); lawmaker: the home after an American party ("R-Toledo");
#: county: a name before a word for counties ("Anson County"); subject: of a verb of reporting, overlooked by the parser
#: ("QT4 said"); surname: said again of a person named in full; newspaper: before a word for newspapers ("the Larner
#: daily"); acronym: in brackets after an organisation ("Harbour Council (HC)").
MentionOrigin = Literal[
    "parser",
    "building",
    "gazetteer",
    "demonym",
    "supranational",
    "lawmaker",
    "county",
    "subject",
    "surname",
    "newspaper",
    "acronym",
]
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]
QuoteType = Literal["direct", "indirect", "mixed"]
Status = Literal["occurred", "ongoing", "planned", "possible", "threatened", "denied", "hypothetical", "reversed"]
Permanence = Literal["permanent", "temporary", "unspecified"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article with one role; never overlaps another. ``repeated``: said before, so not read again."""

    start: int
    end: int
    role: Role
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: ``text`` is the decoded file, unchanged; ``blocks`` are ordered and do not overlap.

    Where the file is no plain text, ``text`` is what its reader made of it, ``stored`` is true (a copy is kept with the
    results), and ``file`` says which part of the file the article is: "wire.jsonl#3", "box.zip/inside/page.html".

    ``doc_id`` comes from the text alone; ``key`` names the article in claim ids and survives edits and renaming.
    ``published_source`` says where the date came from: "front matter", "sidecar", "metadata" (the format's own), "URL",
    "dateline", "file name", "--published", or empty.
    """

    doc_id: str
    key: str
    file: str
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    published: date | None = None
    published_source: str = ""
    publisher: str = ""
    url: str = ""
    language: str = "en"
    authors: tuple[str, ...] = ()
    stored: bool = False

    def block_at(self, offset: int) -> Block | None:
        """The block that holds ``offset``, or None between blocks."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return self.blocks[index]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that gave no article: what was wrong (``reason``) and what to do about it (``hint``).

    When that is why, ``copies_of`` is the file whose text it repeats, ``language`` the ISO 639-1 code of a text that
    isn't English.
    """

    file: str
    reason: str
    hint: str = ""
    copies_of: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, organisation, country or place named in the text at ``start``..``end``.

    ``origin`` and ``rule`` are for code and for ``extract explain``, ``reason`` is for people: reword a reason as you
    like, nothing compares it. mentions.csv has the reason, neither of the other two.
    """

    #: First code point of the name in ``Article.text``.
    start: int
    #: The code point after its last.
    end: int
    #: What is named.
    label: Label
    #: The fullest name of the same entity in the article; of a country the name in countries.tsv.
    canonical: str
    #: What a country's or place's name stands for: the place itself, its people ("Norwegian nurses"), its government
    #: ("Oslo rejects the plan"), or a part of a longer name ("Bank of Norway"). Empty for people and organisations.
    use: Use = ""
    #: ISO 3166 alpha-3 or empty: the country itself (COUNTRY), the one a PLACE lies in, the one an ORG belongs to.
    country: str = ""
    #: Why it is a mention or has its country, in words for the reader of mentions.csv.
    reason: str = ""
    #: Which finder made it.
    origin: MentionOrigin = "parser"
    #: Name of the rule of pipeline/link that decided on the country (models/README.md lists them); empty before that
    #: and for people.
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression with its TIMEX3 ``value``; ``date_start``/``date_end`` only where it denotes known days."""

    start: int
    end: int
    kind: DateKind
    value: str = ""
    granularity: str = ""
    date_start: date | None = None
    date_end: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution: ``source`` (empty when the text names none), ``cue`` and ``content``, each maybe in parts."""

    source: Spans
    cue: Spans
    content: Spans
    quote_type: QuoteType
    stance: str = ""
    negated: bool = False
    confidence: float = 0.5
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event mention of the type ``type`` ("closure"): trigger and arguments, each a span or None.

    ``antecedent`` has the words before that a pronoun or bare noun in the target's place stands for ("it will close",
    "the plant"), or, with no target, what the event noun takes up ("the closures").
    """

    type: str
    trigger: Span
    target: Span | None = None
    target_kind: str = ""
    actor: Span | None = None
    places: Spans = ()
    date: Span | None = None
    cause: Span | None = None
    status: Status = "occurred"
    permanence: Permanence = "unspecified"
    confidence: float = 0.5
    rule: str = ""
    reason: str = ""
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source or an argument is: ``text`` as written at ``span``, ``name`` as resolved within the article.

    ``mention`` is the span of the fullest name; ``type`` one of person, organisation, government, country, media,
    document, group or empty; ``country`` ISO 3166 alpha-3 or empty.
    """

    span: Span
    text: str
    name: str = ""
    mention: Span | None = None
    role: str = ""
    type: str = ""
    country: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the extractors found in one article, each list in text order."""

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    events: tuple[Event, ...] = ()
    sentences: Spans = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """Findings with what links them: ``speakers`` runs parallel to ``quotes``; ``reporters``, ``actors`` to ``events``.

    A reporter is the index of the innermost quote whose content holds the event, or None: the article's own voice.
    """

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    speakers: tuple[tuple[Speaker, ...], ...] = ()
    events: tuple[Event, ...] = ()
    reporters: tuple[int | None, ...] = ()
    actors: tuple[Speaker | None, ...] = ()
    sentences: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row of claims.csv; the fields stand in the order of its columns, ``spans`` and ``links`` go to jsonl only.

    ``start``..``end`` is the stretch of the article that holds the claim's words (a quote's content, an event with its
    arguments); where content is in parts, ``spans`` has each. The first five fields and ``corrections`` are the
    reviewer's, never written by the machine. ``copies`` counts the other articles of the run that carry the same story,
    exact copies and wire copies alike; ``independent_sources`` the independent articles that make the claim, all copies
    of a story being one.
    """

    decision: str = ""
    corrected_text: str = ""
    note: str = ""
    reviewer: str = ""
    decided_at: str = ""
    claim_type: str
    speaker: str = ""
    speaker_text: str = ""
    speaker_role: str = ""
    speaker_type: str = ""
    speaker_country: str = ""
    cue: str = ""
    stance: str = ""
    negated: bool = False
    quote_type: str = ""
    claim_text: str
    trigger: str = ""
    actor: str = ""
    actor_country: str = ""
    target: str = ""
    target_kind: str = ""
    place: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    event_status: str = ""
    permanence: str = ""
    cause: str = ""
    date_text: tuple[str, ...] = ()
    date_start: date | None = None
    date_end: date | None = None
    reporter: str = ""
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    context_before: str = ""
    sentence: str = ""
    context_after: str = ""
    block: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    published_source: str = ""
    confidence: float
    reason: str = ""
    rule: str = ""
    copies: int = 0
    independent_sources: int = 1
    conflicts_with: tuple[str, ...] = ()
    claim_id: str
    doc_id: str
    file: str
    start: int
    end: int
    corrections: str = ""
    spans: Mapping[str, Spans] = field(default_factory=dict)
    speaker_mention: Span | None = None
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What one article gave. ``words`` counts whitespace-separated words of the blocks that were read."""

    article: Article
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    words: int
