"""What the report keeps of a run: a row for each article, each claim with its passage, countries by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.records import Claim, Rejected, Result, Span
from pipeline.store import EventNames

#: Longest passage in characters; a speech of several pages is cut here, claims.csv has it whole.
MAX_PASSAGE = 2_000
#: Characters kept before the claim in a passage that has to be cut, so that its end still holds the claim.
LEAD = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """The text around a claim, as the report shows it.

    ``text`` begins at the offset ``start`` of the article; ``sentence`` is [start, end) of the claim's own sentence,
    also in the article. ``cut``: the passage was longer than MAX_PASSAGE and its end is missing.
    """

    start: int
    text: str
    sentence: Span
    cut: bool = False

    def parts(self) -> tuple[tuple[str, int, bool], ...]:
        """What stands before, in and after the sentence, empty parts left out.

        Each part is its text, the offset in the article where it begins, and whether it is the sentence itself.
        """
        start, end = (min(max(offset - self.start, 0), len(self.text)) for offset in self.sentence)
        edges = ((0, start, False), (start, end, True), (end, len(self.text), False))
        return tuple((self.text[low:high], self.start + low, own) for low, high, own in edges if low < high)


@dataclass(frozen=True, slots=True)
class ClaimInPassage:
    """A claim, with the reviewer's fields filled in, and the passage it stands in."""

    claim: Claim
    passage: Passage


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its text, for the report's table of articles.

    ``published_source`` tells where the day comes from ("front matter", "URL", ...), ``words`` counts the words that
    were read, ``claims`` the claims found.
    """

    doc_id: str
    file: str
    title: str
    publisher: str
    published: date | None
    published_source: str
    url: str
    words: int
    claims: int


@dataclass(slots=True)
class ReportData:
    """All of a run that the report speaks of; ``add`` every item in the order of the run.

    ``articles`` and ``rejected`` are the files that were read and that were not, ``claims`` all claims. ``named``
    counts by country code how often each article (by ``doc_id``) names the country or its people, not places in it.
    """

    articles: list[ArticleRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    claims: list[ClaimInPassage] = field(default_factory=list)
    named: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, item: Result | Rejected) -> None:
        """Keep what one file gave; its claims should have the reviewer's fields filled in."""
        if isinstance(item, Rejected):
            self.rejected.append(item)
            return
        article = item.article
        self.articles.append(
            ArticleRow(
                article.doc_id, article.file, article.title, article.publisher, article.published,
                article.published_source, article.url, item.words, len(item.claims),
            )
        )  # fmt: skip
        self.claims.extend(ClaimInPassage(claim, find_passage(article.text, claim)) for claim in item.claims)
        for mention in item.mentions:
            if mention.label == "COUNTRY" and mention.country:
                self.named.setdefault(mention.country, Counter())[article.doc_id] += 1

    def own_claims(self) -> list[Claim]:
        """The claims without their passages."""
        return [shown.claim for shown in self.claims]

    def name_events(self, names: EventNames) -> None:
        """Give the claims the ids of their events across articles."""
        self.claims = [
            shown if event_id == shown.claim.event_id else replace(shown, claim=replace(shown.claim, event_id=event_id))
            for shown in self.claims
            for event_id in [names.event_of(shown.claim.claim_id, shown.claim.event_id)]
        ]


def find_passage(text: str, claim: Claim) -> Passage:
    """Find the passage of the article's ``text`` to show for a claim.

    That is the claim's sentence with the sentences before and after, as its context columns have them, widened to hold
    all of the claim's spans, and cut to MAX_PASSAGE characters.
    """
    spans = [span for parts in claim.spans.values() for span in parts] or [(claim.start, claim.end)]
    claim_start, claim_end = min(start for start, _ in spans), max(end for _, end in spans)
    sentence = _locate_sentence(text, claim.sentence, _anchor(claim.spans, claim_start))
    context_start, context_end = _locate_context(text, claim, sentence)
    start, end = min(claim_start, context_start), max(claim_end, context_end)
    if end - start > MAX_PASSAGE:
        start = max(start, claim_start - LEAD)
    shown_end = min(end, start + MAX_PASSAGE)
    return Passage(start, text[start:shown_end], sentence, cut=shown_end < end)


def _anchor(spans: Mapping[str, tuple[Span, ...]], otherwise: int) -> int:
    """An offset within the claim's sentence: its cue or trigger, else the beginning of its content."""
    parts = spans.get("trigger") or spans.get("cue") or spans.get("content")
    return parts[0][0] if parts else otherwise


def _locate_sentence(text: str, sentence: str, anchor: int) -> Span:
    """[start, end) of ``sentence`` around the offset ``anchor``; the empty span there when it isn't found."""
    if sentence:
        start = text.find(sentence, max(anchor - len(sentence) + 1, 0), anchor + len(sentence))
        if 0 <= start <= anchor:
            return start, start + len(sentence)
    return anchor, anchor


def _locate_context(text: str, claim: Claim, sentence: Span) -> Span:
    """From the start of the sentence before to the end of the one after, as far as the text has them."""
    start, end = sentence
    before = text.rfind(claim.context_before, 0, start) if claim.context_before else -1
    after = text.find(claim.context_after, end) if claim.context_after else -1
    return (before if before >= 0 else start), (after + len(claim.context_after) if after >= 0 else end)
