"""The columns of the CSV tables, in their order; README.md explains each to the user."""

from __future__ import annotations

from dataclasses import fields

from pipeline.records import Claim

#: Every field of a claim, the keys of a line of claims.jsonl.
CLAIM_FIELDS = tuple(field.name for field in fields(Claim))
#: Nested values that a spreadsheet can't show: in claims.jsonl alone.
_JSON_ONLY = ("spans", "speaker_mention", "links")
#: The first columns of claims.csv: the reviewer's, as people edit them, then what is read to decide.
FIRST_CLAIM_COLUMNS = (
    "decision", "corrected_text", "note", "reviewer", "decided_at", "claim_text", "speaker", "sentence", "title",
    "published",
)  # fmt: skip
#: All columns of claims.csv: after the first ones the rest, as the records have them.
CLAIM_COLUMNS = (
    *FIRST_CLAIM_COLUMNS,
    *(name for name in CLAIM_FIELDS if name not in (*FIRST_CLAIM_COLUMNS, *_JSON_ONLY)),
)
MENTION_COLUMNS = (
    "doc_id", "file", "start", "end", "text", "label", "use", "canonical", "country", "kind", "value", "granularity",
    "date_start", "date_end", "reason",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "doc_id", "file", "status", "reason", "title", "published", "published_source", "publisher", "authors", "url",
    "language", "words", "claims", "copies_of", "section", "left_out",
)  # fmt: skip
#: The columns of the table of speakers, in their order; the first two are for people.
SPEAKER_COLUMNS = (
    "name", "merge_into", "speaker_id", "speaker", "spellings", "speaker_type", "speaker_country", "speaker_role",
    "claims", "articles", "accepted", "rejected", "undecided", "first_said", "last_said", "merged",
)  # fmt: skip
#: The columns of events.csv in which people tell which events are one: no values of the event.
_EVENT_EDITS = ("merge_into", "split_off")
EVENT_COLUMNS = (
    "name", *_EVENT_EDITS, "event_id", "type", "what", "kind", "who", "place", "countries", "first_told",
    "last_told", "date_text", "date_start", "date_end", "status", "history", "affirmed_by", "denied_by", "articles",
    "independent_sources", "first_reported", "contradicted", "part_of", "formerly", "claim_ids",
)  # fmt: skip
#: The keys of a line of events.jsonl.
EVENT_FIELDS = tuple(name for name in EVENT_COLUMNS if name not in _EVENT_EDITS)
