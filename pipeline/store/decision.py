"""What reviewers decide, as records: a decision, the claim it is about, its versions and its conflicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal

from pipeline.records import Claim
from pipeline.text.normalize import collapse_whitespace, straighten_punctuation

#: What a decision amounts to; "" is none.
Verdict = Literal["", "accept", "reject", "edit", "unsure"]
#: The words that the column ``decision`` understands, in whatever case and with full stops or blanks around them. The
#: first of each list is the plain word, which takes the place of the others; a reviewer's word that is in none of the
#: lists, as "x", stays as written and decides nothing. README.md names all of them ("Your own articles").
DECISION_WORDS: Mapping[Verdict, tuple[str, ...]] = {
    "accept": (
        "accept", "accepted", "ok", "okay", "yes", "y", "true", "correct", "right", "agreed", "approved", "confirmed",
        "✓",
    ),
    "reject": ("reject", "rejected", "no", "n", "false", "wrong", "incorrect", "✗"),
    "edit": ("edit", "edited", "corrected", "changed"),
    "unsure": ("unsure", "?", "maybe", "perhaps", "uncertain", "unclear", "not sure", "don't know"),
}  # fmt: skip
_VERDICT_OF_WORD = {word: verdict for verdict, words in DECISION_WORDS.items() for word in words}
#: What may stand around a word without changing what it means.
_PADDING = " .,;:!\"'()"
_QUESTION_MARKS = re.compile(r"\?+")


def parse_verdict(decision: str) -> Verdict:
    """What a cell of the column ``decision`` means: " Accepted." is "accept", "No" is "reject", "x" is "" (nothing)."""
    if not decision or decision in _VERDICT_OF_WORD:
        return _VERDICT_OF_WORD.get(decision, "")
    words = straighten_punctuation(collapse_whitespace(decision)).casefold().strip(_PADDING)
    return _VERDICT_OF_WORD.get(_QUESTION_MARKS.sub("?", words), "")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer wrote into their columns of a claim's row. The fields are those of ``Claim``, all as text."""

    #: accept, reject, edit or unsure, whichever of their DECISION_WORDS was given; a word that is none of these as
    #: written; empty while nothing was written
    decision: str = ""
    corrected_text: str = ""  #: the right words of the claim
    note: str = ""  #: free text
    reviewer: str = ""  #: who decided
    decided_at: str = ""  #: when: ISO 8601 from the review page, else as typed
    corrections: str = ""  #: JSON object with the right values of other columns, see ``corrections``

    def __post_init__(self) -> None:
        object.__setattr__(self, "decision", parse_verdict(self.decision) or self.decision)

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
        return parse_verdict(self.decision)

    @property
    def unknown_word(self) -> str:
        """What was written as the decision but is none of DECISION_WORDS; empty when there is no such word."""
        return "" if self.verdict else self.decision


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
class UnknownWord:
    """A word in the column ``decision`` that is none of DECISION_WORDS, so that the claim counts as undecided."""

    word: str  #: as written
    claim_id: str  #: the claim that it was written for
    file: str = ""  #: the table of the outputs that has it; empty where no table was looked at
    row: int = 0  #: its row there as a spreadsheet numbers rows, the header being row 1


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
