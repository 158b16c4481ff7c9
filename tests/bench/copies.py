"""How surely copies of a story are recognised: edited copies of gold articles among all the others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.compare.copies import MIN_SHARED, Sketch, make_sketch, shared_fraction
from pipeline.corpus import make_article
from tests.bench.gold import read_rows
from tests.bench.results import markdown_table

#: Shares of 5-grams in common from which two articles would count as copies; MIN_SHARED is the one in use.
THRESHOLDS = (0.2, 0.3, MIN_SHARED, 0.5, 0.6)
#: Articles with fewer paragraphs are left out: edits would leave too little of them.
_FEWEST_PARAGRAPHS = 6
#: The article whose words and paragraphs are mixed into a copy stands this many places on.
_DONOR_DISTANCE = 17
Paragraphs = list[str]
#: Makes an edited copy of an article's paragraphs: (its own, a donor's, random numbers).
Edit = Callable[[Paragraphs, Paragraphs, random.Random], Paragraphs]


def _cut_to(share: float) -> Edit:
    return lambda own, _, rng: own[: max(2, round(share * len(own)))]


def _change_words(share: float) -> Edit:
    def edit(own: Paragraphs, donor: Paragraphs, rng: random.Random) -> Paragraphs:
        words = " ".join(donor).split()
        return [
            " ".join(rng.choice(words) if rng.random() < share else word for word in paragraph.split())
            for paragraph in own
        ]

    return edit


def _add_paragraphs(count: int) -> Edit:
    return lambda own, donor, rng: [*own[:2], *donor[:count], *own[2:]]


def _edit_heavily(own: Paragraphs, donor: Paragraphs, rng: random.Random) -> Paragraphs:
    shortened = _cut_to(0.6)(own, donor, rng)
    return _add_paragraphs(2)(_change_words(0.05)(shortened, donor, rng), donor, rng)


#: To add a kind of edit, add its name as the table shows it.
EDITS: dict[str, Edit] = {
    "new headline": lambda own, donor, rng: own,
    "first 70 %": _cut_to(0.7),
    "first 50 %": _cut_to(0.5),
    "first 30 %": _cut_to(0.3),
    "5 % of words changed": _change_words(0.05),
    "10 % of words changed": _change_words(0.1),
    "3 paragraphs added": _add_paragraphs(3),
    "first 60 %, 5 % changed, 2 paragraphs added": _edit_heavily,
}


def copies_table(gold: Path, shown: int = 0) -> str:
    """A Markdown table of how surely copies are found at each threshold.

    A row an edit with the share of copies found, then how many pairs of different gold articles lie above it; below the
    table the ``shown`` pairs most alike are named. ``gold`` is the folder with the gold sets.
    """
    articles = _read_articles(gold)
    rng = random.Random(7)  # noqa: S311
    originals = [_make_sketch(number, title, paragraphs) for number, (title, paragraphs) in enumerate(articles)]
    rows = []
    for name, edit in EDITS.items():
        shares = []
        for number, (_, paragraphs) in enumerate(articles):
            _, donor = articles[(number + _DONOR_DISTANCE) % len(articles)]
            copy = _make_sketch(number, "Another headline over the same words", edit(paragraphs, donor, rng))
            shares.append(shared_fraction(originals[number], copy))
        rows.append((name, *(f"{_share_above(shares, threshold):.3f}" for threshold in THRESHOLDS)))
    pairs = _find_pairs(originals)
    counts = (sum(share >= threshold for share, *_ in pairs) for threshold in THRESHOLDS)
    rows.append(("pairs of two gold articles", *map(str, counts)))
    header = (f"of {len(articles)} articles", *(f"{threshold:.1f}" for threshold in THRESHOLDS))
    names = (f"{share:.2f}  {first.file}  |  {second.file}" for share, first, second in pairs[:shown])
    return "\n".join([markdown_table(header, rows), *names])


def _share_above(shares: Sequence[float], threshold: float) -> float:
    return sum(share >= threshold for share in shares) / len(shares)


def _read_articles(gold: Path) -> list[tuple[str, Paragraphs]]:
    """Id and paragraphs, without the headline, of each distinct article of the quotes set that is long enough."""
    rows = [row for split in ("train", "dev") for row in read_rows(gold / "quotes" / f"{split}.jsonl")]
    articles = {row["text"]: (row["id"], _paragraphs_of(row["text"])) for row in rows}
    return [article for article in articles.values() if len(article[1]) >= _FEWEST_PARAGRAPHS]


def _paragraphs_of(text: str) -> Paragraphs:
    return [paragraph for paragraph in re.split(r"\n\s*\n", text)[1:] if paragraph.strip()]


def _make_sketch(number: int, title: str, paragraphs: Paragraphs) -> Sketch:
    article = make_article("\n\n".join([title, *paragraphs]), file=title)
    return make_sketch(replace(article, doc_id=str(number)))


def _find_pairs(sketches: Sequence[Sketch]) -> list[tuple[float, Sketch, Sketch]]:
    """Every two sketches above the lowest threshold with the share they have in common, most alike first."""
    pairs = [
        (share, sketch, earlier)
        for number, sketch in enumerate(sketches)
        for earlier in sketches[:number]
        if (share := shared_fraction(sketch, earlier)) >= THRESHOLDS[0]
    ]
    return sorted(pairs, key=lambda pair: -pair[0])
