"""What the report keeps of a run while its articles come: counts, the first rows of tables, the claims it will show.

Nothing of it grows with the number of articles but what waits in a scratch database.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from sqlite3 import Connection

from pipeline.records import Claim, Rejected, Result
from pipeline.scratch import memory_scratch
from pipeline.store import EventEdits
from pipeline.write.column_values import verdict
from pipeline.write.counts import CountryTally
from pipeline.write.passages import ClaimInPassage, find_passage
from pipeline.write.speaker_rows import SpeakerTally
from pipeline.write.timeline import TimelineTally

#: Claims that the page shows in full; at about 1.6 kB each that is 5 MB, which every mail server takes.
MAX_CLAIMS = 3_000
#: Rows of a table; all of them are in the CSV tables.
MAX_ROWS = 500


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


#: Claims that wait beyond those to show until the least important ones are left out.
_MORE_KEPT = 500
#: What puts claims in order of importance, of equals their position in the run.
_Rank = tuple[bool, bool, bool, float, int]


class ShownClaims:
    """The claims to show in full: events first, then what a reviewer decided, then the most confident.

    Of events, of what was decided and of the rest noise comes last.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[tuple[_Rank, ClaimInPassage, ArticleRow]] = []
        self._worst: _Rank | None = None  #: what isn't before it isn't shown

    def add(self, position: int, claim: Claim, article: ArticleRow, text: str) -> None:
        """Take the claim at that position of the run, if it is among the most important ones so far."""
        rank = (claim.claim_type == "quote", not claim.decision, bool(claim.noise), -claim.confidence, position)
        if self._worst is not None and rank >= self._worst:
            return
        self._kept.append((rank, ClaimInPassage(claim, find_passage(text, claim)), article))
        if len(self._kept) >= self._limit + _MORE_KEPT:
            self._cut()

    def by_article(self) -> list[tuple[ArticleRow, list[ClaimInPassage]]]:
        """The claims by article, in the order of the run."""
        self._cut()
        in_order = sorted(self._kept, key=lambda kept: kept[0][-1])
        groups = (list(group) for _, group in groupby(in_order, key=lambda kept: kept[2].doc_id))
        return [(group[0][2], [shown for _, shown, _ in group]) for group in groups]

    def _cut(self) -> None:
        self._kept.sort(key=lambda kept: kept[0])
        del self._kept[self._limit :]
        if len(self._kept) == self._limit:
            self._worst = self._kept[-1][0] if self._kept else None


@dataclass(slots=True)
class ReportData:
    """All of a run that the report speaks of; ``add`` every item in the order of the run.

    The lists have the first MAX_ROWS articles, rejected files and copies; the counts are of all.
    """

    scratch: Connection = field(default_factory=memory_scratch)
    edits: EventEdits = field(default_factory=EventEdits)  #: what people said of speakers
    articles: list[ArticleRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    copies: list[Rejected] = field(default_factory=list)
    article_count: int = 0
    rejected_count: int = 0
    copy_count: int = 0
    words: int = 0  #: words that were read
    first_day: date | None = None  #: first day of publication that is known
    last_day: date | None = None  #: and the last one
    claims: int = 0
    kinds: Counter[str] = field(default_factory=Counter)  #: number of claims by type
    decided: Counter[str] = field(default_factory=Counter)  #: and by verdict
    shown: ShownClaims = field(default_factory=lambda: ShownClaims(MAX_CLAIMS))
    countries: CountryTally = field(default_factory=CountryTally)
    timeline: TimelineTally = field(default_factory=TimelineTally)
    speakers: SpeakerTally = field(init=False)

    def __post_init__(self) -> None:
        self.speakers = SpeakerTally(self.scratch, self.edits)

    def add(self, item: Result | Rejected) -> None:
        """Keep what one file gave; its claims should have the reviewer's fields filled in."""
        if isinstance(item, Rejected):
            self._add_rejected(item)
            return
        article = item.article
        row = ArticleRow(
            article.doc_id, article.file, article.title, article.publisher, article.published,
            article.published_source, article.url, item.words, len(item.claims),
        )  # fmt: skip
        self.article_count += 1
        if article.published is not None:
            self.first_day = min(self.first_day or article.published, article.published)
            self.last_day = max(self.last_day or article.published, article.published)
        self.words += item.words
        if len(self.articles) < MAX_ROWS:
            self.articles.append(row)
        for position, claim in enumerate(item.claims, self.claims):
            self.shown.add(position, claim, row, article.text)
            self.kinds[claim.claim_type] += 1
            word = verdict(claim)
            if word:
                self.decided[word] += 1
            self.speakers.add(position, claim)
            if word != "reject":
                self.timeline.add(position, claim)
        self.claims += len(item.claims)
        self.countries.add(item)

    def _add_rejected(self, item: Rejected) -> None:
        first = self.copies if item.copies_of else self.rejected
        self.copy_count += bool(item.copies_of)
        self.rejected_count += not item.copies_of
        if len(first) < MAX_ROWS:
            first.append(item)
