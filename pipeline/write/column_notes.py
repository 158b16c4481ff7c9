"""What the columns of tables hold that are no fields of one record; "as ``Record.field``" stands for the field's own.

``write.dictionary`` puts them beside those of claims; COLUMNS.md shows all.
"""

from __future__ import annotations

EVENT_NOTES = {
    "name": "the name that a person gave the event; yours to write",
    "merge_into": "`event_id` of the event that this one is one with; yours to write",
    "split_off": "those of `claim_ids` that are another event; yours to write",
    "event_id": "as ``EventProfile.event_id``; one for all articles that tell of the event",
    "type": "as ``EventProfile.type``",
    "what": "the name that a person gave it, else the wording of what it happens to that tells best which one it is",
    "kind": "kinds of what it happens to: plant or mine",
    "who": "who does it, the one named most often first",
    "place": "places as written",
    "countries": "ISO 3166-1 alpha-3 codes",
    "first_told": "publication day of the first article that tells of it",
    "last_told": "publication day of the last article that tells of it",
    "date_text": "time expressions as written",
    "date_start": "first of the days that its claims give",
    "date_end": "last of the days that its claims give",
    "status": "how things stand: what the articles of the last day tell most often; one of `Status`",
    "history": "what was reported, in order of days: day, status, and who reported it",
    "affirmed_by": "who says that it was, is or will be",
    "denied_by": "who says that it was not, is not or will not be",
    "articles": "number of articles that tell of it",
    "independent_sources": "number of these that are no copy of another",
    "first_reported": "the first entry of `history`",
    "contradicted": "whether a claim denies what another affirms",
    "part_of": "`event_id` of the event that it is a part of",
    "formerly": "ids under which parts of it were known before",
    "claim_ids": "`claim_id` of its claims",
}
MENTION_NOTES = {
    "doc_id": "as ``Article.doc_id``",
    "file": "as ``Article.file``",
    "start": "offset of the first code point in the article's text",
    "end": "offset just after the last code point",
    "text": "the words themselves",
    "label": "PERSON, ORG, COUNTRY or PLACE, or DATE for a time expression",
    "use": "as ``Mention.use``",
    "canonical": "as ``Mention.canonical``",
    "country": "as ``Mention.country``",
    "kind": "of a time expression DATE, TIME, DURATION or SET",
    "value": "as ``DateMention.value``",
    "granularity": "as ``DateMention.granularity``",
    "date_start": "as ``DateMention.date_start``",
    "date_end": "as ``DateMention.date_end``",
    "reason": "why it is a mention and has its country, or how the time was computed",
}
ARTICLE_NOTES = {
    "doc_id": "as ``Article.doc_id``; empty for what gave no article",
    "file": "as ``Article.file``",
    "status": "read, rejected, or copy: the very text of another",
    "reason": "why it was not read and what to do about it; empty for what was",
    "title": "as ``Article.title``",
    "published": "as ``Article.published``",
    "published_source": "as ``Article.published_source``",
    "publisher": "as ``Article.publisher``",
    "authors": "as ``Article.authors``",
    "url": "as ``Article.url``",
    "language": "as ``Article.language``; of what was rejected for its language that one",
    "words": "number of words in the blocks that were read",
    "claims": "number of claims found in it",
    "copies_of": "file of the article whose text or story it carries; empty for none",
    "section": "as ``Article.section``",
    "left_out": "words that a web page shows outside its menus and that were not taken; empty for none",
}
DECISION_TABLE_NOTES = {
    "why": "why the claim is in no table of this run",
    "other_from": "where the version that lost came from: a table's file name, or review",
}
