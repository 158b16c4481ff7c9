"""Write what was reviewed as gold, article by article: ``extract evaluate`` measures the extraction on it.

An article is gold once every claim in it is decided, and none in two ways: only then is what was not found known to be
missing. A rejected claim is absent; an edited one stands as corrected, one added by hand as given; one marked unsure is
optional. Accepted claims that today's rules no longer find stand, too, as far as their row was kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from textwrap import shorten

from pipeline.errors import ExtractError, no_claims_yet
from pipeline.outputs import CLAIMS_JSONL, GOLD
from pipeline.records import Article, Claim, Result
from pipeline.store import Decision, Orphan, Store, open_outputs
from pipeline.store.corrections import apply_corrections
from pipeline.store.manual_claims import MANUAL_RULE, ManualClaim, place_manual_claim
from pipeline.write.atomic import OutputFiles, beside
from pipeline.write.gold_form import gold_row
from pipeline.write.reviewed import as_reviewed

#: So many articles with open claims are named, and so many claims of each.
_SHOWN, _NAMED = 10, 3


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that is no gold yet: which of its ``claims`` are ``open``, and how many it has."""

    file: str
    open: tuple[Claim, ...]
    claims: int


@dataclass(slots=True)
class GoldExport:
    """What was written to ``path``, and what was not.

    ``begun`` are articles with some claims decided and some open, ``untouched`` counts those with none decided.
    ``unfound`` are decided claims, as file and words, whose words are not in their article.
    """

    path: Path
    articles: int = 0
    claims: int = 0
    optional: int = 0
    begun: list[LeftOut] = field(default_factory=list)
    untouched: int = 0
    unfound: list[tuple[str, str]] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """What else to say, a line each: what is optional, what was left out and why, what to decide next."""
        if self.optional:
            yield f"Optional: {self.optional} claims, unsure or in words that the article doesn't have."
        for file, words in self.unfound:
            yield f"Not in the text of {file}: {_short(words)}"
        if self.untouched:
            yield f"Left out: {self.untouched} articles in which nothing was decided."
        if self.begun:
            yield f"Left out: {len(self.begun)} articles with claims still open (decide them, then export again):"
        for each in self.begun[:_SHOWN]:
            named = ", ".join(f"{claim.claim_id} {_short(claim.claim_text)}" for claim in each.open[:_NAMED])
            more = ", ..." * (len(each.open) > _NAMED)
            yield f"  {each.file}: {len(each.open)} of {each.claims} open: {named}{more}"
        if len(self.begun) > _SHOWN:
            yield f"  ... and {len(self.begun) - _SHOWN} more"


def export_gold(outputs: Path, to: Path | None = None) -> GoldExport:
    """Write the wholly decided articles of the last run to ``to`` (gold.jsonl in the outputs when None).

    Raises ExtractError when there was no run, no article is decided to the end, or the file can't be written.
    """
    if not (outputs / CLAIMS_JSONL).is_file():
        raise no_claims_yet(outputs)
    done = GoldExport(to or outputs / GOLD)
    with open_outputs(outputs) as store:
        store.import_edits()
        done.path.parent.mkdir(parents=True, exist_ok=True)
        with beside(done.path, OutputFiles()) as file:
            for result, claims in _decided(store, done):
                done.articles += 1
                done.claims += len(claims)
                done.optional += sum(Decision.of(claim).verdict == "unsure" for claim in claims)
                file.write(json.dumps(gold_row(result.article, claims), ensure_ascii=False) + "\n")
            if not done.articles:
                raise ExtractError("No article is decided to the end, so there is no gold yet.", _hint(done))
    return done


def _decided(store: Store, done: GoldExport) -> Iterator[tuple[Result, list[Claim]]]:
    lost = _lost(store)
    contested = {each.claim_id for each in store.conflicts()}
    attachment = store.open_attachment()
    for result in store.last_results():
        now = attachment.attach(result).claims
        open_claims = tuple(claim for claim in now if claim.claim_id in contested or not _is_decided(claim))
        orphans = lost.get(result.article.doc_id, ())
        if open_claims and len(open_claims) < len(now):
            done.begun.append(LeftOut(result.article.file, open_claims, len(now)))
        elif open_claims or not (now or orphans):
            done.untouched += 1
        else:
            yield result, list(_gold_claims(result, now, orphans, done))


def _is_decided(claim: Claim) -> bool:
    """Whether it is settled what the claim is. An edit of the machine's that corrects nothing settles nothing; a claim
    added by hand is accepted unless its row says otherwise.
    """
    verdict = Decision.of(claim).verdict
    if claim.rule == MANUAL_RULE:
        return bool(verdict) or not claim.decision
    return bool(verdict) and (verdict != "edit" or bool(claim.corrected_text or claim.corrections))


def _gold_claims(result: Result, now: Sequence[Claim], orphans: Sequence[Orphan], done: GoldExport) -> Iterator[Claim]:
    placed = [_placed(orphan, result) for orphan in orphans]
    for orphan, claim in zip(orphans, placed, strict=True):
        if claim is None:
            done.unfound.append((result.article.file, orphan.snapshot.claim_text))
    for claim in sorted((*now, *filter(None, placed)), key=lambda claim: (claim.start, claim.end, claim.claim_type)):
        if Decision.of(claim).verdict != "reject":
            yield _reviewed(result.article, claim, done)


def _reviewed(article: Article, claim: Claim, done: GoldExport) -> Claim:
    found = as_reviewed(article, claim)
    if found is not None:
        return found
    done.unfound.append((claim.file, claim.corrected_text))
    # Something is there, in which words is not known.
    return replace(claim, decision="unsure")


def _placed(orphan: Orphan, result: Result) -> Claim | None:
    """The claim that was decided once, by the words that were kept of it."""
    about = orphan.snapshot
    given = {"claim_type": about.claim_type or "quote", "speaker_text": about.speaker_text}
    claim = place_manual_claim(ManualClaim(orphan.claim_id, about, given), result)
    return claim and apply_corrections(replace(claim, **asdict(orphan.decision)), result.article)


def _lost(store: Store) -> Mapping[str, list[Orphan]]:
    """By ``doc_id`` the decided claims that no rule finds any more, without those rejected."""
    attachment = store.open_attachment()
    by_file = {}
    for result in store.last_results():
        attachment.attach(result)
        by_file[result.article.file] = result.article.doc_id
    lost: defaultdict[str, list[Orphan]] = defaultdict(list)
    for orphan in attachment.orphans():
        about, verdict = orphan.snapshot, orphan.decision.verdict
        stands = verdict in ("accept", "edit", "unsure") or (orphan.rule == MANUAL_RULE and verdict != "reject")
        if stands and about.claim_text:
            lost[by_file.get(about.file, about.doc_id)].append(orphan)
    return lost


def _short(words: str) -> str:
    return f'"{shorten(words, 60, placeholder="...")}"'


def _hint(done: GoldExport) -> str:
    if not done.begun:
        return "Decide every claim of some article (accept, edit, reject, unsure), and add those that it misses."
    nearest = min(done.begun, key=lambda each: len(each.open))
    return f"Nearest to it is {nearest.file}, where {len(nearest.open)} of {nearest.claims} claims are open."
