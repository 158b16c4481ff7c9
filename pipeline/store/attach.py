"""Give each claim of an article its decision, also where its id changed; place what was added by hand."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from pipeline.records import Article, Claim, Result
from pipeline.store.corrections import corrected
from pipeline.store.database import transaction
from pipeline.store.decision import ClaimSnapshot, Decision, StoredDecision
from pipeline.store.decisions import load_decisions, move, overrule
from pipeline.store.manual_claims import ADDED_RULE, ManualClaim, bind_added, drop_added, load_added, place_manual_claim
from pipeline.text.normalize import word_key


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision whose claim is not in this run, or a claim added by hand whose words aren't: ``why``."""

    claim_id: str
    decision: Decision
    about: ClaimSnapshot
    why: str
    rule: str = ""


def reviewed(result: Result) -> dict[str, Decision]:
    """The decisions in a result by claim id, and every claim added by hand."""
    found = ((claim, Decision.of(claim)) for claim in result.claims)
    return {claim.claim_id: each for claim, each in found if each or claim.rule == ADDED_RULE}


class Attachment:
    """The decisions of one run: ``attach`` every Result, then ask for ``orphans``."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._decided = load_decisions(base)
        self._added = load_added(base)
        self._seen: set[str] = set()
        self._docs: set[str] = set()
        # By what a decision whose claim has another id now can be found: its article's name or text.
        self._of: defaultdict[str, list[str]] = defaultdict(list)
        for claim_id, each in self._decided.items():
            if each.decision and claim_id not in self._added:
                for article in {each.about.file, each.about.doc_id} - {""}:
                    self._of[article].append(claim_id)

    def attach(self, result: Result) -> Result:
        """The result with the reviewer's columns filled in and the claims that they added, in the order of the text."""
        placed = self.placed(result)
        if not any(claim.claim_id in self._decided for claim in placed.claims):
            return placed
        return replace(placed, claims=tuple(self._filled(claim, result.article) for claim in placed.claims))

    def placed(self, result: Result) -> Result:
        """The result with the claims that the reviewer added, in the order of the text; no reviewer's column filled."""
        article = result.article
        claims = {claim.claim_id: claim for claim in result.claims}
        self._find_again(claims, [*self._of[article.file], *self._of[article.doc_id]])
        meant = [each for each in self._added.values() if each.claim_id not in self._seen and each.meant(article)]
        placed = [claim for each in meant if (claim := self._place(each, claims, result))]
        self._docs |= {article.file, article.doc_id}
        self._seen |= claims.keys()
        if not placed:
            return result
        rows = sorted((*claims.values(), *placed), key=lambda row: (row.start, row.end, row.claim_type))
        return replace(result, claims=tuple(rows))

    def orphans(self) -> Iterator[Orphan]:
        """Decisions that no attached claim took, in the order of their ids."""
        for claim_id in sorted({*self._decided, *self._added} - self._seen):
            added = self._added.get(claim_id)
            decided = self._decided.get(claim_id)
            if added is None and not (decided and decided.decision):
                continue
            about = added.about if added else decided.about if decided else ClaimSnapshot()
            here = not {about.file, about.doc_id}.isdisjoint(self._docs)
            why = "its words are not found" if added else "the claim is not found any more"
            if not here:
                why = "its article is not in this run" if about.file else "its row has no claim_id and no claim_text"
            rule = ADDED_RULE if added else ""
            yield Orphan(claim_id, decided.decision if decided else Decision(), about, why, rule)

    def _filled(self, claim: Claim, article: Article) -> Claim:
        decided = self._decided.get(claim.claim_id)
        return corrected(replace(claim, **asdict(decided.decision)), article) if decided else claim

    def _find_again(self, claims: dict[str, Claim], candidates: list[str]) -> None:
        """Move decisions of the article whose ids are gone to claims that have the same words and no decision."""
        for old in dict.fromkeys(candidates):
            if old in claims or old in self._seen or old not in self._decided:
                continue
            decided = self._decided[old]
            new = self._same_words(decided.about, claims)
            if new is None or self._has(new.claim_id):
                continue
            self._decided[new.claim_id] = move(self._base, old, new.claim_id, decided, ClaimSnapshot.of(new))
            del self._decided[old]

    def _same_words(self, about: ClaimSnapshot, claims: dict[str, Claim]) -> Claim | None:
        """The claim of that kind with those words; of several that of the speaker, the sentence, without decision."""
        words = word_key(about.claim_text)
        kind = (each for each in claims.values() if each.claim_type == about.claim_type)
        same = [each for each in kind if word_key(each.claim_text) == words]

        def likeness(claim: Claim) -> tuple[bool, bool, bool]:
            return (
                claim.speaker_text == about.speaker_text,
                word_key(claim.sentence) == word_key(about.sentence),
                not self._has(claim.claim_id),
            )

        return max(same, key=likeness, default=None) if words else None

    def _has(self, claim_id: str) -> bool:
        return claim_id in self._decided and bool(self._decided[claim_id].decision)

    def _place(self, added: ManualClaim, claims: dict[str, Claim], result: Result) -> Claim | None:
        """The added claim in this article; None when its words aren't here or are a claim of the machine's."""
        ours = self._same_words(added.about, claims)
        if ours is not None and added.about.speaker_text in ("", ours.speaker_text):
            self._join(added, ours)
            return None
        claim = place_manual_claim(added, result)
        if claim is not None:
            with transaction(self._base):
                bind_added(self._base, added, result.article)
            self._seen.add(added.claim_id)
        return claim

    def _join(self, added: ManualClaim, ours: Claim) -> None:
        """Give what was decided on a row without id to the claim that the row is about."""
        decided = self._decided.pop(added.claim_id, None)
        with transaction(self._base, durable=True):
            drop_added(self._base, added.claim_id)
            if decided is not None and decided.decision:
                self._decided[ours.claim_id] = self._joined(added, ours, decided)
        self._added.pop(added.claim_id)

    def _joined(self, added: ManualClaim, ours: Claim, decided: StoredDecision) -> StoredDecision:
        held = self._decided.get(ours.claim_id)
        if held is None or not held.decision:
            return move(self._base, added.claim_id, ours.claim_id, decided, ClaimSnapshot.of(ours))
        if held.decision != decided.decision:
            held = overrule(
                self._base, ours.claim_id, decided.decision, "a row without claim_id", ClaimSnapshot.of(ours)
            )
        self._base.execute("DELETE FROM decisions WHERE claim_id = ?", (added.claim_id,))
        return held
