"""Speakers over all articles, one a row: what they are, how many claims they make, what became of these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.store import parse_verdict

#: The columns of the table of speakers, in their order.
SPEAKER_COLUMNS = (
    "speaker", "speaker_type", "speaker_country", "speaker_role", "claims", "articles", "accepted", "rejected",
    "undecided", "first_said", "last_said",
)  # fmt: skip
#: What a verdict counts as; an edited claim is accepted in other words.
_COUNTED_AS = {"accept": "accepted", "edit": "accepted", "reject": "rejected"}
#: Roles of one speaker that are listed, the most frequent first.
_MAX_ROLES = 5


@dataclass(slots=True)
class _Speaker:
    """What the claims of one speaker say of them, counted."""

    types: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)  #: by "accepted", "rejected", "undecided"
    articles: set[str] = field(default_factory=set)  #: their doc_id
    first_said: str = ""  #: day of publication in ISO 8601; empty while none is known
    last_said: str = ""


class SpeakerCounts:
    """Counts speakers: ``add`` every claim, then ask for the ``rows``."""

    def __init__(self) -> None:
        self._speakers: dict[str, _Speaker] = {}

    def add(self, claim: Mapping[str, Any]) -> None:
        """Count a claim, as a line of claims.jsonl has it; one without a speaker counts for nobody."""
        if not claim["speaker"]:
            return
        speaker = self._speakers.setdefault(claim["speaker"], _Speaker())
        speaker.types[claim["speaker_type"]] += 1
        speaker.countries[claim["speaker_country"]] += 1
        speaker.roles[claim["speaker_role"]] += 1
        speaker.decisions[_COUNTED_AS.get(parse_verdict(claim["decision"]), "undecided")] += 1
        speaker.articles.add(claim["doc_id"])
        if day := claim["published"]:
            speaker.first_said = min(speaker.first_said or day, day)
            speaker.last_said = max(speaker.last_said, day)

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each speaker with the values of SPEAKER_COLUMNS, who says most first, then by name."""
        order = sorted(self._speakers.items(), key=lambda item: (-item[1].decisions.total(), item[0]))
        for name, speaker in order:
            yield {
                "speaker": name,
                "speaker_type": next(iter(_values(speaker.types)), ""),
                "speaker_country": _values(speaker.countries),
                "speaker_role": _values(speaker.roles)[:_MAX_ROLES],
                "claims": speaker.decisions.total(),
                "articles": len(speaker.articles),
                **{name: speaker.decisions[name] for name in ("accepted", "rejected", "undecided")},
                "first_said": speaker.first_said,
                "last_said": speaker.last_said,
            }


def _values(counts: Counter[str]) -> tuple[str, ...]:
    """The values that aren't empty, the most frequent first."""
    return tuple(value for value, _ in counts.most_common() if value)
