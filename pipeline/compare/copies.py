"""The same story twice: copies of one text, cut, with a new headline, a few words changed or a paragraph added.

Papers cut agency copy from its end and add to it, so what counts is containment, not likeness: the share of the shorter
body's word 5-grams (Broder 1997) that the longer has too. Candidates come from an index of a fixed fraction of the
5-grams (FracMinHash: Irber et al. 2022), which, unlike MinHash, keeps containment; each is then measured on all of
them, so that no two articles are ever taken for one by chance.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from pipeline.records import Article
from pipeline.text.normalize import casefolded_words, flatten_layout

#: Words in a row that are compared. Shorter runs are common English, longer ones break at every changed word.
GRAM = 5
#: From this share of the shorter body on it is the same story; measured, see tests/bench/RESULTS.md.
SHARED = 0.4
#: A body so much shorter than the other is an item of a round-up, not a copy; one with so few 5-grams tells nothing.
LEAST_RATIO, LEAST_GRAMS = 0.2, 12
#: So few 5-grams in common may be a publisher's standing words, unless they are nearly all of the shorter body.
STANDING_GRAMS, NEARLY_ALL = 60, 0.8
#: One 5-gram of so many is in the index; at most so many articles are listed for each.
FRACTION, LISTED = 4, 100
#: Less than this of the sampled 5-grams in common with another can't be SHARED of the shorter of the two.
PROMISING = SHARED * LEAST_RATIO / 2


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of an article to know its story again: sorted 64-bit hashes of its body's 5-grams, each once."""

    doc_id: str
    file: str
    grams: array[int]


@dataclass(frozen=True, slots=True)
class Copy:
    """An article's place among those with its story: ``first`` is the file that came first, empty for that one itself.

    ``others`` counts the other articles with the story.
    """

    first: str
    others: int


def make_sketch(article: Article) -> Sketch:
    """The sketch of the body, what is said twice left out; the layout of the text leaves no trace in it."""
    body = (block for block in article.blocks if block.role == "body" and not block.repeated)
    grams: set[int] = set()
    for block in body:
        words = casefolded_words(flatten_layout(article.text[block.start : block.end]))
        grams.update(_hash(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1))
    return Sketch(article.doc_id, article.file, array("Q", sorted(grams)))


def find_copies(sketches: Iterable[Sketch], exact: Mapping[str, int] | None = None) -> dict[str, Copy]:
    """By ``doc_id`` every article that shares its story with another; ``exact`` counts by file those of its very text.

    In the order given, an article joins the earlier one that it shares most with, of those that began a story: so each
    is a copy of its story's first, not of another copy, and a round-up doesn't tie the stories in it together.
    """
    stories: list[list[Sketch]] = []
    index: defaultdict[int, list[int]] = defaultdict(list)  # of the stories' first articles only
    for sketch in sketches:
        sampled = [gram for gram in sketch.grams if not gram % FRACTION]
        near = Counter(number for gram in sampled for number in index.get(gram, ()))
        firsts = [stories[number] for number, met in sorted(near.items()) if met >= PROMISING * len(sampled)]
        best = max(firsts, key=lambda story: shared(sketch, story[0]), default=None)
        if best is not None and shared(sketch, best[0]) >= SHARED:
            best.append(sketch)
            continue
        for gram in sampled:
            if len(index[gram]) < LISTED:
                index[gram].append(len(stories))
        stories.append([sketch])
    same = exact or {}
    found: dict[str, Copy] = {}
    for story in stories:
        size = sum(1 + same.get(each.file, 0) for each in story)
        if size > 1:
            found.update((each.doc_id, Copy("" if each is story[0] else story[0].file, size - 1)) for each in story)
    return found


def shared(one: Sketch, other: Sketch) -> float:
    """The share of the shorter body's 5-grams that the longer has; 0 where it is too short to tell."""
    less, more = sorted((len(one.grams), len(other.grams)))
    if less < max(LEAST_GRAMS, LEAST_RATIO * more):
        return 0.0
    common = len(set(one.grams).intersection(other.grams))
    return common / less if common >= min(STANDING_GRAMS, NEARLY_ALL * less) else 0.0


def _hash(words: list[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest())
