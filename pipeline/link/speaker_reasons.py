"""Why a speaker is who he is, or why it stays open who he is: a typed origin and its words for a reader.

Nothing compares the words: what code must know of a choice, it knows before the words are made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pipeline.records import Mention

#: How a speaker was resolved, and from "no source" on why it stays open who he is.
SpeakerOrigin = Literal[
    "name",
    "short name",
    "shared name",
    "name beside",
    "unknown name",
    "last speaker",
    "subject before",
    "name before",
    "later subject",
    "title",
    "only title",
    "only role",
    "counterpart",
    "named after",
    "kin",
    "interviewed",
    "described before",
    "organisation before",
    "owner",
    "first person",
    "author",
    "byline",
    "relative",
    "goes on",
    "acting",
    "group",
    "counted",
    "document",
    "description",
    "description of one of several",
    "unnamed antecedent",
    "no source",
    "writer",
    "nobody before",
    "nobody sure before",
    "no antecedent",
    "no speaker",
]
#: The words of each origin. ``{source}``: the words of the source that decide, as "she" or "senator"; ``{other}``: the
#: words that it was resolved by, or the names among which it stays open; ``{inner}``: the reason of the speaker whom
#: the source was traced to.
SPEAKER_WORDS: Mapping[SpeakerOrigin, str] = {
    "byline": "{source!r} is whoever writes, {other}",
    "name": "named in the attribution",
    "short name": "a short form of the full name",
    "shared name": "only a surname, and the article has it for {other}, too",
    "name beside": "named beside {source!r}",
    "unknown name": "a name as it stands",
    "last speaker": "the last who spoke before {source!r}: {other!r}",
    "subject before": "the subject of a clause before {source!r}: {other!r}",
    "name before": "the last one before {source!r} that fits: {other!r}",
    "acting": "the subject of the sentence before",
    "later subject": "the subject of the clause after {source!r}: {other!r}",
    "title": "the last one before {source!r} to whom the article gives that title or role: {other}",
    "only title": "the only one to whom the article gives the title or role {source!r}: {other}",
    "only role": "the only one of whom the article says the same as of this {source!r}: {other}",
    "counterpart": "who holds that office in the country named before {source!r}: {other}",
    "named after": "whom the next sentence names, after {source!r}: {other}",
    "kin": "the only one who shares the surname with whose {source!r} it is: {other}",
    "interviewed": "the only one of whom the article tells before the first answer: {other}",
    "described before": "described, not named in the article; introduced as {other!r}",
    "organisation before": "the last organisation before it that {source!r} fits",
    "owner": "the {source!r} of whoever is named with it",
    "first person": "whoever says the words around {source!r}: {other!r}",
    "author": "whoever the {source!r} is by: {inner}",
    "relative": "{source!r} takes up {other!r}: {inner}",
    "goes on": "goes on after what was said before: {inner}",
    "group": "a group, described as it stands",
    "counted": "a group: {source!r} of those spoken of before: {other!r}",
    "document": "a document, described as it stands",
    "description": "described, not named in the article",
    "description of one of several": "described; several people of the article have that title or role: {other}",
    "unnamed antecedent": "{inner}, whom the article does not name",
    "no source": "left open: the words name nobody and follow nobody's speech",
    "writer": "left open: {source!r} is whoever writes",
    "nobody before": "left open: nobody whom {source!r} could mean is named in the sentences before it",
    "nobody sure before": "left open: of those whom {source!r} could mean none is sure: {other}",
    "no antecedent": "left open: nobody stands before {source!r} whom it could take up",
    "no speaker": "left open: {source!r} are nobody who could speak",
}


def speaker_reason(origin: SpeakerOrigin, source: str = "", other: str | Sequence[str] = "", inner: str = "") -> str:
    """The words of an origin, on one line; what stands in them is told beside ``SPEAKER_WORDS``.

    Several names in ``other`` are joined by "and".
    """
    names = other if isinstance(other, str) else _join_names(other)
    return " ".join(SPEAKER_WORDS[origin].format(source=source, other=names, inner=inner).split())


def reason_of_name(mention: Mention | None, words: str, sharing: Sequence[str]) -> str:
    """Why somebody named in the source's ``words`` is who he is; ``sharing``: full names that end in the same word."""
    if sharing:
        return speaker_reason("shared name", other=sharing)
    if mention is None or mention.canonical in words or mention.label in ("COUNTRY", "PLACE"):
        return speaker_reason("name")
    return speaker_reason("short name")


def _join_names(names: Sequence[str]) -> str:
    *before, last = names or ("",)
    return f"{', '.join(before)} and {last}" if before else last
