"""The same story twice: copies of one text, cut, with a new headline, a few words changed or a paragraph added.

Papers cut agency copy from its end and add to it, so what counts is containment, not similarity: the share of the
shorter body's word 5-grams (Broder 1997) that the longer has too. Candidates come from an index of a fixed fraction of
the 5-grams (FracMinHash: Irber et al. 2022), which, unlike MinHash, preserves containment; each candidate is then
measured on all 5-grams, so that no two articles are ever taken for one by chance.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection

from pipeline.records import Article
from pipeline.scratch import memory_scratch
from pipeline.text.normalize import casefolded_words, flatten_layout

#: Words in a row that are compared. Shorter runs are common English; longer ones break at every changed word.
GRAM_WORDS = 5
#: Share of the shorter body's 5-grams in common from which on it is the same story. Measured on edited copies of news
#: articles: with a tenth of their words changed 99.6 % are found, at 0.6 only 52 % (tests/bench/RESULTS.md).
MIN_SHARED = 0.4
#: A body with less than this share of the other's 5-grams is an item of a round-up, not a copy. Set by hand.
MIN_LENGTH_RATIO = 0.2
#: A body with fewer 5-grams (16 words) is too short to tell anything. Set by hand.
MIN_GRAMS = 12
#: With fewer 5-grams in common (64 words in one piece) these may be a publisher's standing words, such as a notice on
#: copyright, unless they are nearly all of the shorter body. Set by hand.
MIN_COMMON_GRAMS = 60
#: The share that counts as nearly all. Set by hand.
NEARLY_ALL = 0.8
#: One 5-gram in this many is in the index: the index stays small, and copies still share dozens of entries.
INDEX_FRACTION = 4
#: Stories listed for one 5-gram: one that more have is a publisher's standing words and tells them apart no further.
MAX_STORIES_PER_GRAM = 100
#: Numbers in one question to the index: SQLite takes 999 at least.
_GRAMS_ASKED = 100
#: Share of an article's sampled 5-grams that a story must have to be measured. The longest body that can be a copy
#: shares MIN_SHARED * MIN_LENGTH_RATIO of its own 5-grams; half of that, as the sample may be unlucky.
MIN_SAMPLED_SHARED = MIN_SHARED * MIN_LENGTH_RATIO / 2


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article to recognise its story."""

    doc_id: str  #: as ``Article.doc_id``
    file: str  #: as ``Article.file``
    grams: array[int]  #: sorted 64-bit hashes of the 5-grams of its body, each once


@dataclass(frozen=True, slots=True)
class Copy:
    """An article's place among those that carry its story."""

    first: str  #: the file that came first in the run; empty for that one itself
    others: int  #: number of other articles with the story, files of the very same text included


def make_sketch(article: Article) -> Sketch:
    """The sketch of an article's body. Repeated blocks, layout, case and punctuation leave no trace in it."""
    grams: set[int] = set()
    for block in article.blocks:
        if block.role == "body" and not block.repeated:
            words = casefolded_words(flatten_layout(article.text[block.start : block.end]))
            grams.update(_hash(words[start : start + GRAM_WORDS]) for start in range(len(words) - GRAM_WORDS + 1))
    return Sketch(article.doc_id, article.file, array("Q", sorted(grams)))


def find_copies(sketches: Iterable[Sketch], exact_copies: Mapping[str, int] | None = None) -> dict[str, Copy]:
    """Every article that shares its story with another, by ``doc_id``; see ``StoryIndex``."""
    with closing(memory_scratch()) as scratch:
        index = StoryIndex(scratch)
        for sketch in sketches:
            index.add(sketch)
        return index.find_copies(exact_copies or {})


class StoryIndex:
    """The stories so far, each found again by sampled 5-grams of its first article; kept in a scratch database.

    In the order given, an article joins the story whose first article it shares most with, or begins a story. So each
    is a copy of its story's first, not of another copy, and a round-up doesn't tie the stories in it together.
    """

    def __init__(self, scratch: Connection) -> None:
        self._scratch = scratch
        self._count = 0
        scratch.execute("CREATE TABLE stories (story INTEGER PRIMARY KEY, doc_id TEXT, file TEXT, grams BLOB)")
        scratch.execute(
            "CREATE TABLE story_grams (gram INTEGER, story INTEGER, PRIMARY KEY (gram, story)) WITHOUT ROWID"
        )
        scratch.execute(
            "CREATE TABLE story_articles (story INTEGER, number INTEGER, doc_id TEXT, file TEXT, "
            "PRIMARY KEY (story, number)) WITHOUT ROWID"
        )

    def add(self, sketch: Sketch) -> None:
        """Add an article to the story it carries, or as the first of a new one."""
        number = self._count
        self._count += 1
        stories_by_gram = self._stories_of([_signed(gram) for gram in sketch.grams if not gram % INDEX_FRACTION])
        story = self._find(sketch, stories_by_gram)
        if story is None:
            story = number
            listed = [(gram, story) for gram, stories in stories_by_gram.items() if len(stories) < MAX_STORIES_PER_GRAM]
            self._scratch.executemany("INSERT INTO story_grams VALUES (?, ?)", listed)
            row = (story, sketch.doc_id, sketch.file, sketch.grams.tobytes())
            self._scratch.execute("INSERT INTO stories VALUES (?, ?, ?, ?)", row)
        self._scratch.execute(
            "INSERT INTO story_articles VALUES (?, ?, ?, ?)", (story, number, sketch.doc_id, sketch.file)
        )

    def _stories_of(self, grams: Sequence[int]) -> dict[int, list[int]]:
        """By each of the sampled 5-grams the stories that have it; asked for many at once, as each question takes as
        long as ten answers."""
        stories: dict[int, list[int]] = {gram: [] for gram in grams}
        for start in range(0, len(grams), _GRAMS_ASKED):
            asked = grams[start : start + _GRAMS_ASKED]
            marks = ",".join("?" * len(asked))
            query = f"SELECT gram, story FROM story_grams WHERE gram IN ({marks})"  # noqa: S608 - question marks alone
            for gram, story in self._scratch.execute(query, asked):
                stories[gram].append(story)
        return stories

    def find_copies(self, exact_copies: Mapping[str, int]) -> dict[str, Copy]:
        """Every article that shares its story with another, by ``doc_id``.

        ``exact_copies`` has by file the number of files with its very text, which have no sketch of their own.
        """
        copies: dict[str, Copy] = {}
        rows = self._scratch.execute("SELECT story, doc_id, file FROM story_articles ORDER BY story, number")
        for _, group in groupby(rows, key=itemgetter(0)):
            story = [(doc_id, file) for _, doc_id, file in group]
            articles = sum(1 + exact_copies.get(file, 0) for _, file in story)
            if articles > 1:
                first = story[0][1]
                copies.update(
                    (doc_id, Copy(first if number else "", articles - 1)) for number, (doc_id, _) in enumerate(story)
                )
        return copies

    def _find(self, sketch: Sketch, stories_by_gram: Mapping[int, list[int]]) -> int | None:
        """The story whose first article shares most with this one, of equals the earliest; None when none does."""
        counts = Counter(story for stories in stories_by_gram.values() for story in stories)
        least = MIN_SAMPLED_SHARED * len(stories_by_gram)
        best, best_share = None, 0.0
        for story in sorted(story for story, count in counts.items() if count >= least):
            share = shared_fraction(sketch, self._first_of(story))
            if share >= MIN_SHARED and share > best_share:
                best, best_share = story, share
        return best

    def _first_of(self, story: int) -> Sketch:
        row = self._scratch.execute("SELECT doc_id, file, grams FROM stories WHERE story = ?", (story,)).fetchone()
        return Sketch(row[0], row[1], array("Q", row[2]))


def _signed(gram: int) -> int:
    """The hash as SQLite's integers, which have a sign, can hold it."""
    return gram - (1 << 63)


def shared_fraction(first: Sketch, second: Sketch) -> float:
    """The share (0 to 1) of the shorter body's 5-grams that the longer has, 0 where too little is shared to tell.

    That is where the shorter body is too short, by itself or beside the other, or where what both share may be standing
    words of a publisher.
    """
    shorter, longer = sorted((len(first.grams), len(second.grams)))
    if shorter < max(MIN_GRAMS, MIN_LENGTH_RATIO * longer):
        return 0.0
    common = len(set(first.grams).intersection(second.grams))
    return common / shorter if common >= min(MIN_COMMON_GRAMS, NEARLY_ALL * shorter) else 0.0


def _hash(words: list[str]) -> int:
    """A 64-bit hash that is the same in every process, unlike Python's own."""
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest())
