"""How far reviewers agree: of claims that two or more decided, whether they said the same.

Krippendorff's alpha for nominal data (Content Analysis, 4th ed., 2019, chapter 12) is 1 where all agree and 0 where
they agree as often as chance would have them. Usually 0.8 is asked for; from 0.667 on conclusions are tentative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pipeline.review.entries import Entry
from pipeline.store import Change
from pipeline.store.decisions import changes_not_undone

#: What installs the library that works alpha out.
INSTALL_HINT = 'pip install "newsclaims[agreement]"'


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim that two or more decided, with the last word of each: {"Ana": "accept", "Ben": "reject"}."""

    entry: Entry
    verdicts: Mapping[str, str]

    @property
    def is_agreed(self) -> bool:
        """Whether all of them said the same."""
        return len(set(self.verdicts.values())) == 1


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of some reviewers: how many claims they decided both, or all with another, and of how many they said the same.

    ``alpha`` is None where it means nothing, as nobody ever said anything else, or where it can't be worked out here.
    """

    reviewers: tuple[str, ...]
    claims: int
    same: int
    alpha: float | None

    @property
    def share(self) -> float:
        """The share on which they agree, 0 to 1."""
        return self.same / self.claims


def find_judged(entries: Iterable[Entry], history: Callable[[str], Iterable[Change]]) -> list[JudgedClaim]:
    """The claims that two or more decided, in the order of ``entries``; ``history`` has the changes of a claim by id.

    A decision that was undone is none, and neither is a word that is none of the decisions.
    """
    judged = []
    for entry in entries:
        if entry.version < 2:  # decided once at most
            continue
        changes = changes_not_undone(history(entry.claim_id))
        last_words = {change.decision.reviewer: change.decision.verdict for change in changes}
        verdicts = {reviewer: verdict for reviewer, verdict in sorted(last_words.items()) if reviewer and verdict}
        if len(verdicts) > 1:
            judged.append(JudgedClaim(entry, verdicts))
    return judged


def measure_agreement(judged: Sequence[JudgedClaim]) -> list[Agreement]:
    """The agreement of all together, where there are more than two, and then of each pair that shares a claim."""
    reviewers = sorted({reviewer for claim in judged for reviewer in claim.verdicts})
    groups = [*([tuple(reviewers)] if len(reviewers) > 2 else []), *combinations(reviewers, 2)]
    return [agreement for group in groups if (agreement := _measure(judged, group))]


def _measure(judged: Iterable[JudgedClaim], reviewers: tuple[str, ...]) -> Agreement | None:
    """The agreement of these reviewers; None where no claim was decided by two of them."""
    shared = [{name: verdict for name, verdict in claim.verdicts.items() if name in reviewers} for claim in judged]
    shared = [verdicts for verdicts in shared if len(verdicts) > 1]
    if not shared:
        return None
    same = sum(len(set(verdicts.values())) == 1 for verdicts in shared)
    return Agreement(reviewers, len(shared), same, krippendorff_alpha(shared))


def krippendorff_alpha(verdicts: Sequence[Mapping[str, str]]) -> float | None:
    """Alpha of nominal verdicts, by claim and reviewer; each claim has two at least.

    None where all verdicts are the same, for then nothing could be expected to differ, and without NLTK.
    """
    if len({verdict for of_claim in verdicts for verdict in of_claim.values()}) < 2 or not can_measure_alpha():
        return None
    from nltk.metrics.agreement import AnnotationTask

    data = [(name, number, verdict) for number, of_claim in enumerate(verdicts) for name, verdict in of_claim.items()]
    return float(AnnotationTask(data=data).alpha())


def can_measure_alpha() -> bool:
    """Whether the library that works alpha out is installed."""
    from importlib.util import find_spec

    return find_spec("nltk") is not None
