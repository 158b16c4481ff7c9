"""Runs without a model in which every sentence of the kind "The Alder mine will close." tells of an event.

"Dahl said that the Alder mine will close." is a quote, too, that reports the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.records import Article, Claim, EventProfile, Rejected, Result
from pipeline.settings import Settings
from pipeline.text.identifiers import hash_id

_SENTENCE = re.compile(
    r"(?:(?P<speaker>\w+) said that )?[Tt]he (?P<name>\w+) mine (?P<trigger>will close|will not close|has closed)\."
)
_STATUSES = {"will close": "planned", "will not close": "denied", "has closed": "occurred"}


def closings(items: Iterable[Article | Rejected | Result], _: Settings) -> Iterator[Result | Rejected]:
    """Stand-in for the engine: in an article the mentions of one mine are one event."""
    for item in items:
        if not isinstance(item, Article):
            yield item
            continue
        claims, profiles = [], {}
        for match in _SENTENCE.finditer(item.text):
            name = match["name"]
            event_id = hash_id("e", f"{item.key} {name}")
            claims.append(
                Claim(
                    claim_type="closure", claim_text=match[0][:-1], sentence=match[0], trigger=match["trigger"],
                    target=f"The {name} mine", event_status=_STATUSES[match["trigger"]], event_id=event_id,
                    claim_id=hash_id("c", f"{item.key} {match[0]}"), confidence=0.9, doc_id=item.doc_id, file=item.file,
                    published=item.published, title=item.title, start=match.start(), end=match.end() - 1,
                    reporter=match["speaker"] or item.file, spans={"trigger": (match.span("trigger"),)}, block="body",
                )
            )  # fmt: skip
            if match["speaker"]:
                claims[-1:] = _reported(claims[-1], match)
            profiles[name] = EventProfile(
                event_id,
                "closure",
                1,
                kinds=("plant or mine",),
                heads=("mine",),
                names=(name.lower(),),
                is_plural=False,
            )
        yield Result(item, tuple(claims), (), (), len(item.text.split()), tuple(profiles.values()))


def _reported(event: Claim, match: re.Match[str]) -> list[Claim]:
    """An event and the quote that reports it, linked to each other."""
    words = match[0].partition(" said that ")[2][:-1]
    quote = replace(
        event, claim_type="quote", claim_text=words, speaker=match["speaker"], target="", event_status="", event_id="",
        claim_id=hash_id("c", f"quote {event.claim_id}"), links=(event.claim_id,), trigger="", reporter="",
        start=match.end() - 1 - len(words), spans={"content": ((match.end() - 1 - len(words), match.end() - 1),)},
    )  # fmt: skip
    return [quote, replace(event, links=(quote.claim_id,), stance="states")]
