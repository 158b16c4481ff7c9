"""The records that flow through the program: frozen and typed; whatever was found keeps its span and its reason.

Conventions that hold for every record:

- Offsets count code points in ``Article.text``, start included, end excluded: ``article.text[start:end]`` is the very
  text that a record speaks of.
- Empty means unknown or absent: "" for text, None for days and single spans, () for several values.
- Days are ``datetime.date``; countries are ISO 3166-1 alpha-3 codes ("NOR").
- ``confidence`` lies between 0 and 1; ``rule`` names the rule that fired, ``reason`` says why, for a reader.
- The order of the fields is part of the interface: ``serial`` stores records as lists of their values.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

#: A stretch of text: (start, end) in code points of ``Article.text``, the end excluded.
Span = tuple[int, int]
#: Several stretches in text order, as of a quote that its cue interrupts; () for none.
Spans = tuple[Span, ...]
#: A stretch of days: the first and the last, both included.
Days = tuple[date, date]

#: What a block is in its article; "footer" and "navigation" are what a web page has around the article.
Role = Literal["headline", "caption", "credit", "dateline", "subheading", "body", "footer", "navigation"]
#: Roles of the blocks that are parsed; mentions come from these.
READ_ROLES: frozenset[str] = frozenset({"headline", "caption", "dateline", "subheading", "body"})
#: Roles of the blocks that claims come from.
CLAIM_ROLES: frozenset[str] = frozenset({"headline", "caption", "body"})

#: The kind of a named entity; a PLACE is any place that is not a country.
Label = Literal["PERSON", "ORG", "COUNTRY", "PLACE"]
#: How a COUNTRY or PLACE is used: "place" (in Norway), "people" (Norwegian miners), "government" (Norway denied it),
#: "name_part" (the Bank of Norway); empty for PERSON and ORG.
Use = Literal["", "place", "people", "government", "name_part"]
#: Which finder made a mention; code compares this, never the wording of a reason.
#: parser: an entity of spaCy, mended; building: one that spaCy has as a building or road ("the Larn Bridge");
#: gazetteer: a name of models/places that none of the next fits; demonym: its people ("Norwegian"); supranational: a
#: place of several countries or none ("Africa"); lawmaker: the home after an American party ("R-Toledo");
#: county: a name before a word for counties ("Anson County"); subject: of a verb of reporting, overlooked by the parser
#: ("QT4 said"); surname: said again of a person named in full; newspaper: before a word for newspapers ("the Larner
#: daily"); acronym: in brackets after an organisation ("Harbour Council (HC)").
MentionOrigin = Literal[
    "parser", "building", "gazetteer", "demonym", "supranational", "lawmaker", "county", "subject", "surname",
    "newspaper", "acronym",
]  # fmt: skip
#: The TIMEX3 types: DATE ("Tuesday"), TIME ("at noon"), DURATION ("two weeks"), SET ("every week").
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]
#: "direct": all content in quotation marks; "indirect": none of it; "mixed": a part of it.
QuoteType = Literal["direct", "indirect", "mixed"]
#: How real the text presents an event: it has happened, is going on, is decided for later, may happen, is used as a
#: threat, is said not to (have) happen, is only imagined ("if it closed"), or another event undoes it (a reopening).
Status = Literal["occurred", "ongoing", "planned", "possible", "threatened", "denied", "hypothetical", "reversed"]
#: What is denied: that it has come ("has not closed"), is so ("stays open"), is to come ("will not close"), or nothing:
#: somebody is against it or averted it ("must not close"). Empty where words may mean any of it, or deny nothing.
Denial = Literal["", "deed", "state", "plan", "opposition"]
#: Whether the text says that an event is meant to last.
Permanence = Literal["permanent", "temporary", "unspecified"]
#: How the target of an event is spoken of: not at all ("the closure"), by a pronoun or number ("it", "the two"), as the
#: first noun of a compound ("mine closure"), with "the" or "this", with its owner ("its mine"), by a name alone
#: ("Larn Shipping"), with another determiner ("a mine", "two mines"), or by a bare noun ("mines").
Reference = Literal["none", "pronoun", "compound", "definite", "possessive", "name", "indefinite", "bare"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the article with one role, as a headline or a paragraph. Blocks of an article never overlap."""

    start: int  #: offset of the first code point
    end: int  #: offset just after the last code point
    role: Role  #: what the block is in the article; only blocks of READ_ROLES are parsed
    repeated: bool = False  #: whether the article has the same words before, as pull quotes do: it isn't read again


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read from a file, or from a part of one: its text, unchanged, and what is known about it.

    Two names identify it. ``doc_id`` comes from the words of the text alone, so an edit changes it; ``key`` names the
    article in claim ids and survives edits of the text and renaming of the file.
    """

    doc_id: str  #: "d" and 15 letters of base 32: a digest of the words; layout and front matter don't count
    key: str  #: the url, else publisher and title, else the opening words; unique within a run
    #: Path as given, with slashes, and the part where the file holds several: "wire.jsonl#3", "box.zip/in/page.html".
    #: Empty for a text that comes from no file.
    file: str
    text: str  #: the decoded file or, where the format is not plain text, what its reader made of it
    blocks: tuple[Block, ...]  #: headline, captions, paragraphs and so on, in text order
    title: str = ""  #: from the file's metadata, else the headline; may be empty
    published: date | None = None  #: day of publication; while None, relative dates ("last week") get no days
    #: Where that day comes from: "front matter", "sidecar", "metadata" (the format's own), "URL", "dateline",
    #: "file name", "--published" (the flag), "argument" (of ``extract_text``), "dateline, day first assumed" (of
    #: numbers that could be two days, 4/3/2025, with nothing that tells which); empty when unknown.
    published_source: str = ""
    publisher: str = ""  #: newspaper, agency or site; empty when nothing names it
    url: str = ""  #: address of the article; empty when nothing names it
    language: str = "en"  #: ISO 639-1 code; "en" unless the file says otherwise
    authors: tuple[str, ...] = ()  #: names of the authors as the file's metadata give them
    stored: bool = False  #: whether no plain-text file has this text, so that outputs/texts/ keeps a copy of it
    section: str = ""  #: part of the newspaper, maybe with the page ("NEWS; Pg. 4"); empty when nothing names it
    left_out: int = 0  #: words that a web page shows outside its menus and that are not in ``text``; 0 for others

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the code point at ``offset``, or None between blocks."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return self.blocks[index]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file, or a part of one, that gave no article. It becomes a row of articles.csv that says why."""

    file: str  #: as ``Article.file``
    reason: str  #: what was wrong, as a clause: "there is no such file"
    hint: str = ""  #: what to do about it, in sentences; empty when nothing can be done
    copies_of: str = ""  #: the file whose very text this one repeats; empty unless that is the reason
    language: str = ""  #: ISO 639-1 code of a text that is not in English; empty unless that is the reason


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, organisation, country or place named in the text at ``start``..``end``.

    ``origin`` and ``rule`` are for code and for ``extract explain``, ``reason`` is for people: reword a reason as you
    like, nothing compares it. mentions.csv has the reason, neither of the other two.
    """

    start: int  #: first code point of the name in ``Article.text``
    end: int  #: the code point after its last
    label: Label  #: what is named
    canonical: str  #: the fullest name of the same entity in the article; of a country the name in countries.tsv
    #: What a country's or place's name stands for: the place itself, its people ("Norwegian nurses"), its government
    #: ("Oslo rejects the plan"), or a part of a longer name ("Bank of Norway"). Empty for people and organisations.
    use: Use = ""
    country: str = ""  #: ISO 3166 alpha-3 or empty: of a COUNTRY itself, that a PLACE lies in, that an ORG belongs to
    reason: str = ""  #: why it is a mention or has its country, in words for the reader of mentions.csv
    origin: MentionOrigin = "parser"  #: which finder made it
    #: Name of the rule of pipeline/link that decided on the country (models/README.md lists them); empty before that
    #: and for people.
    rule: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression in the text ("last Tuesday") with its TIMEX3 value and, where it denotes known days, these."""

    start: int  #: offset of the first code point
    end: int  #: offset just after the last code point
    kind: DateKind  #: the TIMEX3 type
    #: TIMEX3 value: "2025-03-04", "2025-W10", "2025-03", "P2W", "PAST_REF"; X for what is unknown ("XXXX-WXX-2": some
    #: Tuesday). Empty when not even that is known.
    value: str = ""
    #: Calendar unit of the value: "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade",
    #: "century"; empty for what is none, as durations.
    granularity: str = ""
    date_start: date | None = None  #: first day meant; None when unknown, as without a publication date
    date_end: date | None = None  #: last day meant, included; set whenever ``date_start`` is
    reason: str = ""  #: how the value was computed, or what was missing for it


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution as found in the parse: somebody (source) says (cue) something (content), each maybe in parts."""

    source: Spans  #: who it is attributed to, as written; () when the text names nobody
    cue: Spans  #: the words that attribute it: "said", "according to"; () for quotation marks alone
    content: Spans  #: what is attributed, with its quotation marks; never empty
    quote_type: QuoteType  #: how much of the content stands in quotation marks
    #: What the cue does: states, claims, denies, confirms, warns, asks, demands, promises, intends, believes,
    #: criticises, supports (lists in models/cues.toml), or other; empty without a cue.
    stance: str = ""
    negated: bool = False  #: whether the attribution is negated: "did not say"
    confidence: float = 0.5  #: 0 to 1: how surely cue, source and content are right; a claim's knows the speaker, too
    rule: str = ""  #: the rule that found the content, as "child ccomp"
    reason: str = ""  #: which words made it an attribution, for a reader: "found by the verb 'said'"
    scores: str = ""  #: probabilities of cue, source and content and what made them, for ``extract explain``


@dataclass(frozen=True, slots=True)
class Event:
    """An event mention as found in the parse: its trigger and arguments, each as a span where the text has it."""

    type: str  #: name of the event type, as "closure"; becomes ``Claim.claim_type``
    trigger: Span  #: the words that tell of the event: "will close", "the closure"
    target: Span | None = None  #: what it happens to: "the mine"; None when the text doesn't say
    target_kind: str = ""  #: kind of target from the type's list, as "plant or mine"; empty for none of them
    actor: Span | None = None  #: who does it: "the company"; None when the text doesn't say
    places: Spans = ()  #: where: "Oslo"; () when the text doesn't say
    date: Span | None = None  #: the time expression that dates it; None when there is none
    cause: Span | None = None  #: why: "after a fire"; None when the text doesn't say
    status: Status = "occurred"  #: how real the text presents it
    permanence: Permanence = "unspecified"  #: whether it is meant to last
    confidence: float = 0.5  #: 0 to 1: how surely this is an event of the type
    rule: str = ""  #: the trigger pattern that fired
    reason: str = ""  #: what decided on event, status and arguments, for a reader
    #: Words elsewhere in the article that a pronoun or bare noun in the target's place stands for ("it will close":
    #: "the mine") or, without a target, that the event noun takes up ("the closures"); of "production" the site that
    #: stops it. None when the target names the thing itself.
    antecedent: Span | None = None
    status_rule: str = ""  #: name of the rule that decided on the status
    undoes: bool = False  #: whether its words undo an event of the type: "reopen"; denied, they say that it goes on
    denial: Denial = ""  #: what is denied of it


@dataclass(frozen=True, slots=True)
class Occasion:
    """When an event takes place, as far as words tell: what is closed in March and in June closes twice."""

    begun: tuple[Days, ...] = ()  #: stretches of days in which it began, as "closed on Monday" says
    planned: tuple[Days, ...] = ()  #: those in which it is still to begin: "will close in May"
    planned_on: date | None = None  #: the day on which that was told, as far as known
    undone_by: date | None = None  #: a day by which it was undone: that of "reopened on Friday", or of publication
    is_repeated: bool = False  #: whether it is said to come about again: "was closed again"


@dataclass(frozen=True, slots=True)
class EventSubject:
    """What an event happens to, in lower-case words that tell whether two mentions are of one event."""

    trigger: str = ""  #: lemma of the word that tells of the event
    takes_up: bool = False  #: whether that is a noun for what was told, without a date of its own: "the closure"
    reference: Reference = "none"  #: how it is spoken of
    heads: frozenset[str] = frozenset()  #: lemmas of its nouns: "school" and "shop" of "all schools and shops"
    activities: frozenset[str] = frozenset()  #: lemmas for what goes on at it: "production" of "halt production"
    names: frozenset[str] = frozenset()  #: words of names that tell which one it is: "larn" of "the mine in Larn"
    countries: frozenset[str] = frozenset()  #: codes of those in which its places lie, or that alone name it: "nor"
    owners: frozenset[str] = frozenset()  #: words of the owner's name: "brandt" of "Brandt's mine"
    firm: str = ""  #: who closes "its mine": an organisation's name in lower case, "NOR" for a state; empty for none
    modifiers: frozenset[str] = frozenset()  #: lemmas before its nouns and before the event noun: "coal", "another"
    is_plural: bool | None = None  #: whether it is several; None when the words don't tell
    count: int = 0  #: how many, where a number says so; else 0
    years: frozenset[int] = frozenset()  #: years that the event is dated by: 2013 of "the 2013 closure"
    occasion: Occasion = Occasion()  #: when it takes place


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the source of a quote or the actor of an event is, as far as the article tells."""

    span: Span  #: where the words stand
    text: str  #: the words as written: "the mayor"
    name: str = ""  #: the fullest name that the article has for them: "Ada Brandt"; empty when it names nobody
    mention: Span | None = None  #: where that name stands; of a group its own words; else None
    role: str = ""  #: office or description as the text gives it: "mayor of Larnhaven"; may be empty
    type: str = ""  #: person, organisation, government, country, media, document or group; empty when unknown
    country: str = ""  #: the country they belong to, ISO 3166-1 alpha-3; empty when nothing tells
    reason: str = ""  #: how they were resolved, or why it stays open who they are, for a reader
    description: str = ""  #: of somebody without a name the words that tell most: "a spokesman for the council"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the extractors found in one article, before anything is linked; each list in text order."""

    mentions: tuple[Mention, ...] = ()  #: named persons, organisations, countries and places
    dates: tuple[DateMention, ...] = ()  #: time expressions
    quotes: tuple[Quote, ...] = ()  #: attributions
    events: tuple[Event, ...] = ()  #: event mentions of all types
    sentences: Spans = ()  #: the sentences of the blocks that were parsed


@dataclass(frozen=True, slots=True)
class Linked:
    """Findings and what links them: who the speakers are, which quote reports which event, which events are one."""

    mentions: tuple[Mention, ...] = ()  #: as found, with canonical names
    dates: tuple[DateMention, ...] = ()  #: as found
    quotes: tuple[Quote, ...] = ()  #: as found
    speakers: tuple[tuple[Speaker, ...], ...] = ()  #: of each quote its speakers, parallel to ``quotes``; () for none
    events: tuple[Event, ...] = ()  #: as found, with antecedents
    reporters: tuple[int | None, ...] = ()  #: of each event the index of the innermost quote around it; None for none
    actors: tuple[Speaker | None, ...] = ()  #: of each event who its actor is, parallel to ``events``; None for none
    subjects: tuple[EventSubject, ...] = ()  #: of each event what it happens to, parallel to ``events``
    groups: tuple[int, ...] = ()  #: of each event the index of the first mention of the same one, maybe its own
    sentences: Spans = ()  #: as found


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim: somebody says something (claim_type "quote"), or an event of some type is told of ("closure").

    A claim is one row of claims.csv, which has the columns that are read first at its front (``write.columns``) and all
    but ``spans``, ``speaker_mention`` and ``links``; claims.jsonl has all. A quote with two speakers makes two claims.
    """

    # --- The reviewer's columns: never written by the program, kept from run to run ---
    decision: str = ""  #: accept, reject, edit or unsure; any other word as it was written; empty while undecided
    corrected_text: str = ""  #: the right words of the claim, where ``claim_text`` has too many or too few
    note: str = ""  #: free text
    reviewer: str = ""  #: who decided
    decided_at: str = ""  #: when, in ISO 8601 from the review page, else as typed
    # --- Who says it. For events: who reports it, where exactly one speaker does ---
    claim_type: str  #: "quote", or the name of the event type ("closure")
    speaker: str = ""  #: resolved name ("Ada Brandt"), or a description of somebody unnamed; empty when nobody is sure
    speaker_text: str = ""  #: the source as written ("the mayor"); empty when the text has none
    speaker_role: str = ""  #: office or description as the text gives it
    speaker_type: str = ""  #: person, organisation, government, country, media, document or group; empty: unknown
    speaker_country: str = ""  #: the country they belong to, ISO 3166-1 alpha-3
    cue: str = ""  #: the attributing words: "said"; parts joined by " [...] "; empty for quotation marks alone
    stance: str = ""  #: as ``Quote.stance``; of an event that of the quote that reports it, else empty
    negated: bool = False  #: whether the attribution is negated: "did not say"
    quote_type: str = ""  #: direct, indirect or mixed; empty for events
    # --- What is claimed. The fields from trigger to cause are empty for quotes, except places and dates ---
    claim_text: str  #: a quote's content, parts joined by " [...] "; of an event the words from first to last argument
    trigger: str = ""  #: the words that tell of the event
    actor: str = ""  #: who does it: the resolved name, else as written; of "the closure" as told before
    actor_country: str = ""  #: the actor's country; without an actor, the one country that the target belongs to
    target: str = ""  #: what it happens to, as written; for "it" and "the closure" the words it stands for
    target_kind: str = ""  #: kind of target from the type's list: "plant or mine"
    place: tuple[str, ...] = ()  #: places of the event as written; of a quote the names of the places in its content
    countries: tuple[str, ...] = ()  #: ISO 3166-1 alpha-3 codes of countries and places in the words of the claim
    event_status: str = ""  #: one of ``Status``
    permanence: str = ""  #: one of ``Permanence``
    cause: str = ""  #: why, as written
    date_text: tuple[str, ...] = ()  #: time expressions as written: the event's date, or all in the quote's content
    date_start: date | None = None  #: first day meant; None unless one expression, or one run of two, gives the days
    date_end: date | None = None  #: last day meant, included
    reporter: str = ""  #: of events who reports them: speakers joined by " | ", else publisher, else "(the article)"
    people: tuple[str, ...] = ()  #: names of the persons in the words of the claim
    organisations: tuple[str, ...] = ()  #: names of the organisations in the words of the claim
    # --- Where it stands ---
    context_before: str = ""  #: the sentence before; empty at the start of the article
    sentence: str = ""  #: the sentence that holds cue or trigger
    context_after: str = ""  #: the sentence after; empty at the end of the article
    block: str = ""  #: role of the block it stands in: headline, caption or body
    title: str = ""  #: as ``Article.title``
    publisher: str = ""  #: as ``Article.publisher``
    published: date | None = None  #: as ``Article.published``
    published_source: str = ""  #: as ``Article.published_source``
    url: str = ""  #: as ``Article.url``
    # --- How far to trust it ---
    confidence: float  #: 0 to 1; 1 for a claim that the reviewer added
    noise: str = ""  #: why the row can seldom be relied on: unsure, thin content, nobody named; empty for most rows
    reason: str = ""  #: why the rules took it for a claim, for a reader
    speaker_reason: str = ""  #: how the speaker was resolved, or why nobody is sure who it is, for a reader
    rule: str = ""  #: the rule or trigger pattern that found it; "reviewer" for a claim that the reviewer added
    copies: int = 0  #: other articles of the run with the same story: the same text or edited agency copy
    independent_sources: int = 1  #: articles that make the same claim; copies, or those that only cite one, count once
    conflicts_with: tuple[str, ...] = ()  #: ids of claims that contradict it: closed against not closed
    # --- What identifies it ---
    claim_id: str  #: "c" and 15 letters of base 32; stays while article key, sentence and anchoring words do
    event_id: str = ""  #: "e" and 15 letters; one for all mentions of one event in the article; empty for quotes
    doc_id: str  #: as ``Article.doc_id``
    file: str  #: as ``Article.file``
    start: int  #: offset of the first code point of ``claim_text``
    end: int  #: offset just after its last code point; where content is in parts, what lies between is included
    corrections: str = ""  #: the reviewer's right values of other columns, a JSON object (see ``store.corrections``)
    # --- In claims.jsonl only ---
    #: Spans by role: source, cue, content for quotes; trigger, target, actor, date, place, cause, reporter for events.
    spans: Mapping[str, Spans] = field(default_factory=dict)
    speaker_mention: Span | None = None  #: where the speaker's full name stands, or the words of a group; else None
    links: tuple[str, ...] = ()  #: of a quote: ids of event claims in its content; of an event: of quotes reporting it


@dataclass(frozen=True, slots=True)
class EventProfile:
    """What the mentions of one event in one article say of it together, to compare it with events of other articles.

    Words are in lower case; values are sorted, each once.
    """

    event_id: str  #: as ``Claim.event_id`` of its claims
    type: str  #: name of the event type
    mentions: int  #: how many mentions it has
    kinds: tuple[str, ...] = ()  #: kinds of target, as ``Event.target_kind``, without "other"
    heads: tuple[str, ...] = ()  #: lemmas of the nouns for what it happens to: "mine"
    names: tuple[str, ...] = ()  #: words of names that tell which one, but of places: "alder" of "the Alder clinic"
    towns: tuple[str, ...] = ()  #: such words that name a place: "larn" of "the mine in Larn"
    located: tuple[str, ...] = ()  #: codes of the countries in which these places lie
    countries: tuple[str, ...] = ()  #: codes of countries in these names: "NOR" of "the Norwegian embassy"
    #: Words of the owner's name: "brandt" of "its mine"; of an organisation also of its full name, and its initials.
    owners: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()  #: words of the names of who does it, as those of owners
    is_plural: bool | None = None  #: whether it happens to several; None when the words don't tell
    counts: tuple[int, ...] = ()  #: to how many, where numbers say so
    years: tuple[int, ...] = ()  #: years that it is dated by: 2013 of "the 2013 closure"
    occasion: Occasion = Occasion()  #: when it takes place
    is_generic: bool = False  #: whether no mention speaks of a certain event: "a closure would be wrong"
    undoing: tuple[str, ...] = ()  #: ids of its claims whose words undo it, as ``Event.undoes``
    taking_up: tuple[str, ...] = ()  #: ids of its claims that only take up what was told: "the closure"
    denials: Mapping[str, Denial] = field(default_factory=dict)  #: by the id of a claim that denies it what is denied


@dataclass(frozen=True, slots=True)
class Result:
    """All that one article gave: what ``extract_text`` returns, engines yield, the store keeps and the tables show."""

    article: Article  #: the article itself
    claims: tuple[Claim, ...]  #: in text order
    mentions: tuple[Mention, ...]  #: named persons, organisations, countries and places, in text order
    dates: tuple[DateMention, ...]  #: time expressions, in text order
    words: int  #: number of whitespace-separated words in the blocks that were read
    events: tuple[EventProfile, ...] = ()  #: what its claims say of each event, in the order of their first mentions
