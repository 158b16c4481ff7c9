"""Write reviewed articles as gold, on which ``extract evaluate`` measures the extraction.

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
from pipeline.outputs import CLAIMS_JSONL, GOLD, own_files
from pipeline.records import Article, Claim, Result
from pipeline.store import Decision, EditSummary, Orphan, Store, open_outputs
from pipeline.store.corrections import apply_corrections
from pipeline.store.manual_claims import MANUAL_RULE, ManualClaim, place_manual_claim
from pipeline.write.destination import find_destination
from pipeline.write.gold_form import gold_row
from pipeline.write.reviewed import as_reviewed
from pipeline.write.wording import counted

#: Articles with undecided claims that ``notes`` lists, and claims it names of each: about a screenful.
_MAX_ARTICLES = 10
_MAX_CLAIMS = 3
#: Characters of a claim's words in a note, so that it stays on one line of a terminal.
_MAX_WORDS = 60


@dataclass(frozen=True, slots=True)
class PartlyDecided:
    """An article that is no gold yet: its ``open_claims`` are undecided, of ``claims`` that it has in all."""

    file: str
    open_claims: tuple[Claim, ...]
    claims: int


@dataclass(slots=True)
class GoldExport:
    """What was written to ``path``, and what was not.

    ``articles`` and ``claims`` count what is in the file, ``optional`` the claims among them that are optional.
    ``partly_decided`` are the articles with some claims decided and some open, ``undecided`` counts those with none
    decided. ``not_in_text`` are decided claims, as file and words, whose words are not in their article.
    ``edits`` is what was read from the tables before. ``is_stream``: the path is a pipe or a device, maybe the standard
    output itself.
    """

    path: Path
    articles: int = 0
    claims: int = 0
    optional: int = 0
    partly_decided: list[PartlyDecided] = field(default_factory=list)
    undecided: int = 0
    not_in_text: list[tuple[str, str]] = field(default_factory=list)
    edits: EditSummary = field(default_factory=EditSummary)
    is_stream: bool = False

    def notes(self) -> Iterator[str]:
        """Lines for the user: what is optional, what was left out and why, and which claims to decide next."""
        if self.optional:
            yield f"Optional: {counted(self.optional, 'claim')}, unsure or in words that the article doesn't have."
        for file, words in self.not_in_text:
            yield f"Not in the text of {file}: {_quoted(words)}"
        if self.undecided:
            yield f"Left out: {counted(self.undecided, 'article')} in which nothing was decided."
        if self.partly_decided:
            yield (
                f"Left out: {counted(len(self.partly_decided), 'article')} with claims still open "
                "(decide them, then export again):"
            )
        for article in self.partly_decided[:_MAX_ARTICLES]:
            named = ", ".join(
                f"{claim.claim_id} {_quoted(claim.claim_text)}" for claim in article.open_claims[:_MAX_CLAIMS]
            )
            more = ", ..." * (len(article.open_claims) > _MAX_CLAIMS)
            yield f"  {article.file}: {len(article.open_claims)} of {article.claims} open: {named}{more}"
        if len(self.partly_decided) > _MAX_ARTICLES:
            yield f"  ... and {len(self.partly_decided) - _MAX_ARTICLES} more"


def export_gold(outputs: Path, to: Path | None = None) -> GoldExport:
    """Write the wholly decided articles of the last run to ``to`` (gold.jsonl in the outputs when None).

    Decisions made in the tables since the run are read first. Raises ExtractError when there was no run, no article has
    all its claims decided, or the file can't be written.
    """
    if not (outputs / CLAIMS_JSONL).is_file():
        raise no_claims_yet(outputs)
    destination = find_destination(to or outputs / GOLD, "--to", GOLD, own_files(outputs))
    summary = GoldExport(destination.path, is_stream=destination.is_stream)
    lines = []
    with open_outputs(outputs) as store:
        summary.edits = store.import_edits()
        for result, claims in _decided_articles(store, summary):
            summary.articles += 1
            summary.claims += len(claims)
            summary.optional += sum(Decision.of(claim).verdict == "unsure" for claim in claims)
            lines.append(json.dumps(gold_row(result.article, claims), ensure_ascii=False) + "\n")
    if not summary.articles and summary.edits.store_notice:
        raise ExtractError(summary.edits.store_notice, "Run again: extract run")
    if not summary.articles:
        raise ExtractError("There is no gold yet: no article has all its claims decided.", _next_step(summary))
    with destination.open() as file:  # with the store closed: nobody may be reading a pipe yet
        file.writelines(line.encode("utf-8") for line in lines)
    return summary


def _decided_articles(store: Store, summary: GoldExport) -> Iterator[tuple[Result, list[Claim]]]:
    """Each wholly decided article with its gold claims; notes the others in ``summary``."""
    orphans_by_article = _standing_orphans(store)
    contested = {conflict.claim_id for conflict in store.conflicts()}
    attachment = store.open_attachment()
    for result in store.last_results():
        claims = attachment.attach(result).claims
        open_claims = tuple(claim for claim in claims if claim.claim_id in contested or not _is_decided(claim))
        orphans = orphans_by_article.get(result.article.doc_id, ())
        if open_claims and len(open_claims) < len(claims):
            summary.partly_decided.append(PartlyDecided(result.article.file, open_claims, len(claims)))
        elif open_claims or not (claims or orphans):
            summary.undecided += 1
        else:
            yield result, list(_gold_claims(result, claims, orphans, summary))


def _is_decided(claim: Claim) -> bool:
    """Whether it is settled what the claim is.

    An edit of a machine's claim that corrects nothing settles nothing; a claim added by hand is accepted unless its row
    says otherwise.
    """
    verdict = Decision.of(claim).verdict
    if claim.rule == MANUAL_RULE:
        return bool(verdict) or not claim.decision
    return bool(verdict) and (verdict != "edit" or bool(claim.corrected_text or claim.corrections))


def _gold_claims(
    result: Result, claims: Sequence[Claim], orphans: Sequence[Orphan], summary: GoldExport
) -> Iterator[Claim]:
    """The article's claims without the rejected ones, and the orphans that its text still has, in text order."""
    placed_orphans = []
    for orphan in orphans:
        claim = _place_orphan(orphan, result)
        if claim is None:
            summary.not_in_text.append((result.article.file, orphan.snapshot.claim_text))
        else:
            placed_orphans.append(claim)
    for claim in sorted((*claims, *placed_orphans), key=lambda claim: (claim.start, claim.end, claim.claim_type)):
        if Decision.of(claim).verdict != "reject":
            yield _reviewed_or_unsure(result.article, claim, summary)


def _reviewed_or_unsure(article: Article, claim: Claim, summary: GoldExport) -> Claim:
    reviewed = as_reviewed(article, claim)
    if reviewed is not None:
        return reviewed
    summary.not_in_text.append((claim.file, claim.corrected_text))
    # There is a claim, but it isn't known in which words: optional.
    return replace(claim, decision="unsure")


def _place_orphan(orphan: Orphan, result: Result) -> Claim | None:
    """The claim of a decision that was once made, found again by the words that were kept of it."""
    about = orphan.snapshot
    columns = {"claim_type": about.claim_type or "quote", "speaker_text": about.speaker_text}
    claim = place_manual_claim(ManualClaim(orphan.claim_id, about, columns), result)
    return claim and apply_corrections(replace(claim, **asdict(orphan.decision)), result.article)


def _standing_orphans(store: Store) -> Mapping[str, list[Orphan]]:
    """By ``doc_id`` the decided claims that no rule finds any more, without those that were rejected."""
    attachment = store.open_attachment()
    doc_ids_by_file = {}
    for result in store.last_results():
        attachment.attach(result)
        doc_ids_by_file[result.article.file] = result.article.doc_id
    orphans: defaultdict[str, list[Orphan]] = defaultdict(list)
    for orphan in attachment.orphans():
        about = orphan.snapshot
        if _stands(orphan) and about.claim_text:
            orphans[doc_ids_by_file.get(about.file, about.doc_id)].append(orphan)
    return orphans


def _stands(orphan: Orphan) -> bool:
    """Whether the decision says that there is such a claim; one added by hand needs no decision for that."""
    verdict = orphan.decision.verdict
    return verdict in ("accept", "edit", "unsure") or (orphan.rule == MANUAL_RULE and verdict != "reject")


def _quoted(words: str) -> str:
    return f'"{shorten(words, _MAX_WORDS, placeholder="...")}"'


def _next_step(summary: GoldExport) -> str:
    if not summary.partly_decided:
        return "Decide every claim of one article (accept, edit, reject, unsure), and add those that were missed."
    nearest = min(summary.partly_decided, key=lambda article: len(article.open_claims))
    return f"{nearest.file} comes closest, with {counted(len(nearest.open_claims), 'open claim')} of {nearest.claims}."
