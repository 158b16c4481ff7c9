"""The reviewer's word as records: what was decided, about which words, and every version of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from pipeline.records import Claim

Verdict = Literal["", "accept", "reject", "edit", "unsure"]
_VERDICTS: dict[str, Verdict] = {
    "accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject",
    "edit": "edit", "edited": "edit", "unsure": "unsure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wrote into their columns of a row: the first five, and ``corrections``, the last."""

    decision: str = ""
    corrected_text: str = ""
    note: str = ""
    reviewer: str = ""
    decided_at: str = ""
    corrections: str = ""

    @classmethod
    def of(cls, claim: Claim) -> Decision:
        """What stands in the reviewer's columns of the claim."""
        return cls(**{name: getattr(claim, name) for name in DECISION_FIELDS})

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return self != _NOTHING

    @property
    def verdict(self) -> Verdict:
        """The decision as one of the four words, whatever its case; empty for any other."""
        return _VERDICTS.get(self.decision.strip().casefold(), "")


DECISION_FIELDS = tuple(field.name for field in fields(Decision))
_NOTHING = Decision()


@dataclass(frozen=True, slots=True)
class ClaimSnapshot:
    """The claim that a decision is about, as far as its row says: enough to know its words again."""

    file: str = ""
    doc_id: str = ""
    claim_type: str = ""
    speaker_text: str = ""
    claim_text: str = ""
    sentence: str = ""

    @classmethod
    def of(cls, claim: Claim) -> ClaimSnapshot:
        """What the claim says of itself."""
        return cls(**{field.name: getattr(claim, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """The current decision on a claim. ``version`` counts its changes; who saves says which one they saw."""

    decision: Decision
    version: int
    about: ClaimSnapshot


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a decision: ``origin`` is the file or page it came from, ``saved_at`` local time (ISO 8601)."""

    decision: Decision
    origin: str
    saved_at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The version of a decision that lost against another made at the same time."""

    claim_id: str
    decision: Decision
    origin: str
