"""What the report says first: which events are contradicted, confirmed, denied, undone or planned, in sentences.

Nothing is said that the articles don't: "confirmed" counts independent sources (copies of a story are one), and what is
planned is told with the day that the articles give, never against today's clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pipeline.write.event_rows import EventRow
from pipeline.write.wording import counted

#: Events that a finding names; the table of events has all.
MAX_NAMED = 6
#: Independent sources that make an event more than somebody's word.
_CONFIRMING = 2


class _Kind(NamedTuple):
    """A kind of finding: an event belongs to the first whose ``holds`` is true."""

    name: str
    holds: Callable[[EventRow], bool]
    singular: str  #: what is said of one event, after "1 event "
    plural: str  #: and of several, after "3 events "


#: What is worth saying, the most urgent first.
_KINDS = (
    _Kind(
        "contradicted",
        lambda row: row.contradicted,
        "is contradicted: what one source affirms another denies",
        "are contradicted: what one source affirms another denies",
    ),
    # Where only its undoing is denied ("will not reopen") nobody denies the event itself.
    _Kind("denied", lambda row: row.status == "denied" and bool(row.denied_by), "is denied", "are denied"),
    _Kind(
        "confirmed",
        lambda row: row.stories >= _CONFIRMING and bool(row.affirmed_by),
        "is told by two or more independent sources",
        "are told by two or more independent sources",
    ),
    _Kind(
        "undone",
        lambda row: row.status == "reversed",
        "was undone, as by a reopening",
        "were undone, as by a reopening",
    ),
    _Kind(
        "dated",
        lambda row: row.status == "planned" and row.date_start is not None,
        "is planned for a known day",
        "are planned for known days",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the report's beginning, and the events that it speaks of."""

    name: str  #: the kind: "contradicted", "denied", "confirmed", "undone" or "dated"
    sentence: str  #: "3 events are denied."
    events: tuple[EventRow, ...]  #: the first MAX_NAMED of them; those planned in order of their days
    count: int  #: of all of them


@dataclass(slots=True)
class FindingsTally:
    """Collects findings while the rows of events go by; it keeps a few events of each kind alone."""

    counts: dict[str, int] = field(default_factory=dict)
    kept: dict[str, list[EventRow]] = field(default_factory=dict)

    def watch(self, rows: Iterable[EventRow]) -> Iterator[EventRow]:
        """The rows, unchanged."""
        for row in rows:
            if not row.rejected:
                self._add(row)
            yield row

    def findings(self) -> tuple[Finding, ...]:
        """What there is to say of the rows so far, the most urgent first; kinds without an event are left out."""
        return tuple(self._finding(kind) for kind in _KINDS if kind.name in self.counts)

    def _finding(self, kind: _Kind) -> Finding:
        count = self.counts[kind.name]
        sentence = f"{counted(count, 'event')} {kind.singular if count == 1 else kind.plural}."
        return Finding(kind.name, sentence, tuple(self.kept[kind.name]), count)

    def _add(self, row: EventRow) -> None:
        kind = next((kind for kind in _KINDS if kind.holds(row)), None)
        if kind is None:
            return
        self.counts[kind.name] = self.counts.get(kind.name, 0) + 1
        kept = self.kept.setdefault(kind.name, [])
        kept.append(row)
        if kind.name == "dated":
            kept.sort(key=lambda planned: planned.date_start or date.max)
        del kept[MAX_NAMED:]
