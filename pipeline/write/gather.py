"""What the report keeps of a run: a row an article, each claim with the passage around it, countries by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.records import Claim, Rejected, Result, Span

#: Characters of a passage; a speech of several pages is cut here, claims.csv has it whole.
LONGEST = 2_000
#: Characters before a claim in a passage whose claim is itself as long.
LEAD = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """The text around a claim; ``start`` and ``sentence`` [start, end) are offsets in the article. ``cut``: not all."""

    start: int
    text: str
    sentence: Span
    cut: bool = False

    def parts(self) -> tuple[tuple[str, int, bool], ...]:
        """What stands before, in and after the sentence: its text, where it begins in the article, whether it is it."""
        edges = [min(max(at - self.start, 0), len(self.text)) for at in self.sentence]
        cuts = ((0, edges[0], False), (edges[0], edges[1], True), (edges[1], len(self.text), False))
        return tuple((self.text[low:high], self.start + low, inside) for low, high, inside in cuts if low < high)


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim and its passage."""

    claim: Claim
    passage: Passage


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article without its text."""

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
class Gathered:
    """All of a run that the report speaks of; ``add`` every item in the order of the run.

    ``named`` counts by country code how often each article (by ``doc_id``) names the country or its people, not
    places in it.
    """

    articles: list[ArticleRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    claims: list[Shown] = field(default_factory=list)
    named: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, item: Result | Rejected) -> None:
        """Keep what one file gave; claims have the reviewer's fields filled in."""
        if isinstance(item, Rejected):
            self.rejected.append(item)
            return
        a = item.article
        self.articles.append(
            ArticleRow(a.doc_id, a.file, a.title, a.publisher, a.published, a.published_source, a.url, item.words,
                       len(item.claims))
        )  # fmt: skip
        self.claims.extend(Shown(claim, passage_of(a.text, claim)) for claim in item.claims)
        for mention in item.mentions:
            if mention.label == "COUNTRY" and mention.country:
                self.named.setdefault(mention.country, Counter())[a.doc_id] += 1


def passage_of(text: str, claim: Claim) -> Passage:
    """The claim's sentence in ``text`` with the sentences before and after, widened to all of the claim's spans."""
    spans = [span for parts in claim.spans.values() for span in parts] or [(claim.start, claim.end)]
    low, high = min(start for start, _ in spans), max(end for _, end in spans)
    start, end = _sentence(text, claim.sentence, _anchor(claim.spans, low))
    before, after = text.rfind(claim.context_before, 0, start), text.find(claim.context_after, end)
    first = min(low, before if claim.context_before and before >= 0 else start)
    last = max(high, after + len(claim.context_after) if claim.context_after and after >= 0 else end)
    first = max(first, low - LEAD) if last - first > LONGEST else first
    shown = min(last, first + LONGEST)
    return Passage(first, text[first:shown], (start, end), cut=shown < last)


def _anchor(spans: Mapping[str, tuple[Span, ...]], otherwise: int) -> int:
    """A place within the claim's sentence: its cue or trigger, else the beginning of its content."""
    parts = spans.get("trigger") or spans.get("cue") or spans.get("content")
    return parts[0][0] if parts else otherwise


def _sentence(text: str, sentence: str, anchor: int) -> Span:
    """Where ``sentence`` stands around ``anchor``; the anchor itself when it stands nowhere there."""
    at = text.find(sentence, max(anchor - len(sentence) + 1, 0), anchor + len(sentence)) if sentence else -1
    return (at, at + len(sentence)) if 0 <= at <= anchor else (anchor, anchor)
