"""What reviewers decide, as records: a decision, the claim it is about, its versions and its conflicts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from pipeline.records import Claim

#: What a decision amounts to; "other" is a word that is none of the four, as "yes", and decides nothing.
Verdict = Literal["", "accept", "reject", "edit", "unsure", "other"]
_VERDICTS: dict[str, Verdict] = {
    "": "",
    "accept": "accept", "accepted": "accept",
    "reject": "reject", "rejected": "reject",
    "edit": "edit", "edited": "edit",
    "unsure": "unsure",
}  # fmt: skip


def parse_verdict(decision: str) -> Verdict:
    """What a cell of the column ``decision`` means, whatever its case and blanks: " Accepted" is "accept"."""
    return _VERDICTS.get(decision.strip().casefold(), "other")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wrote into their columns of a claim's row. The fields are those of ``Claim``, all as text."""

    decision: str = ""  #: accept, reject, edit or unsure, as typed; empty while undecided
    corrected_text: str = ""  #: the right words of the claim
    note: str = ""  #: free text
    reviewer: str = ""  #: who decided
    decided_at: str = ""  #: when: ISO 8601 from the review page, else as typed
    corrections: str = ""  #: JSON object with the right values of other columns, see ``corrections``

    @classmethod
    def of(cls, claim: Claim) -> Decision:
        """What stands in the reviewer's columns of the claim."""
        return cls(**{name: getattr(claim, name) for name in DECISION_FIELDS})

    def __bool__(self) -> bool:
        """Whether anything was written at all, be it only a note."""
        return self != _EMPTY

    @property
    def verdict(self) -> Verdict:
        """The decision as one of the four words; empty when there is none or it is any other word."""
        verdict = parse_verdict(self.decision)
        return "" if verdict == "other" else verdict


#: The reviewer's columns, in the order in which the store has them.
DECISION_FIELDS = tuple(field.name for field in fields(Decision))
_EMPTY = Decision()


@dataclass(frozen=True, slots=True)
class ClaimSnapshot:
    """What a claim was like when it was decided: enough to recognise it should it get another id. Fields as Claim's."""

    file: str = ""  #: its article's file; empty in a row without that column
    doc_id: str = ""  #: its article's id
    claim_type: str = ""  #: "quote" or the name of an event type
    speaker_text: str = ""  #: the source as written
    claim_text: str = ""  #: the words of the claim
    sentence: str = ""  #: the sentence that holds them

    @classmethod
    def of(cls, claim: Claim) -> ClaimSnapshot:
        """The snapshot of a claim as it is now."""
        return cls(**{field.name: getattr(claim, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """The current decision on a claim, as the store has it."""

    decision: Decision  #: empty after everything was undone
    version: int  #: number of changes, from 1; who saves the next says which version they saw
    snapshot: ClaimSnapshot  #: the claim as it was when it was decided


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a decision in a claim's history."""

    decision: Decision  #: what was decided then; empty for an undo of the first
    origin: str  #: where it came from: a table's file name, "review", "undo", "found again, was CLAIM_ID"
    saved_at: str  #: local time with offset, ISO 8601 to the second


@dataclass(frozen=True, slots=True)
class Conflict:
    """The version of a decision that lost against another made at the same time, until the claim is decided anew."""

    claim_id: str  #: the claim that was decided in two ways
    decision: Decision  #: the version that is not current
    origin: str  #: where it came from, as ``Change.origin``
