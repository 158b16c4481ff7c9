"""How surely the same story is known again: edited copies of gold articles among all the others."""

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

THRESHOLDS = (0.2, 0.3, MIN_SHARED, 0.5, 0.6)
Paragraphs = list[str]
Edit = Callable[[Paragraphs, Paragraphs, random.Random], Paragraphs]


def _cut(share: float) -> Edit:
    return lambda own, _, chance: own[: max(2, round(share * len(own)))]


def _changed(share: float) -> Edit:
    def edit(own: Paragraphs, other: Paragraphs, chance: random.Random) -> Paragraphs:
        words = " ".join(other).split()
        return [
            " ".join(chance.choice(words) if chance.random() < share else word for word in paragraph.split())
            for paragraph in own
        ]

    return edit


def _added(count: int) -> Edit:
    return lambda own, other, chance: [*own[:2], *other[:count], *own[2:]]


def _all_of_it(own: Paragraphs, other: Paragraphs, chance: random.Random) -> Paragraphs:
    return _added(2)(_changed(0.05)(_cut(0.6)(own, other, chance), other, chance), other, chance)


EDITS: dict[str, Edit] = {
    "new headline": lambda own, other, chance: own,
    "first 70 %": _cut(0.7),
    "first 50 %": _cut(0.5),
    "first 30 %": _cut(0.3),
    "5 % of words changed": _changed(0.05),
    "10 % of words changed": _changed(0.1),
    "3 paragraphs added": _added(3),
    "first 60 %, 5 % changed, 2 paragraphs added": _all_of_it,
}


def copies_table(gold: Path, shown: int = 0) -> str:
    """Recall of each edit and pairs of different gold articles at each threshold; the nearest ``shown`` are named."""
    texts = _texts(gold)
    chance = random.Random(7)  # noqa: S311
    originals = [_sketch(number, title, own) for number, (title, own) in enumerate(texts)]
    rows = []
    for name, edit in EDITS.items():
        shares = []
        for number, (_, own) in enumerate(texts):
            _, other = texts[(number + 17) % len(texts)]
            copy = _sketch(number, "Another headline over the same words", edit(own, other, chance))
            shares.append(shared_fraction(originals[number], copy))
        rows.append((name, *(f"{sum(each >= limit for each in shares) / len(shares):.3f}" for limit in THRESHOLDS)))
    pairs = _pairs(originals)
    rows.append(
        ("pairs of two gold articles", *(str(sum(share >= limit for share, *_ in pairs)) for limit in THRESHOLDS))
    )
    table = markdown_table((f"of {len(texts)} articles", *(f"{limit:.1f}" for limit in THRESHOLDS)), rows)
    named = (f"{share:.2f}  {one.file}  |  {other.file}" for share, one, other in pairs[:shown])
    return "\n".join([table, *named])


def _texts(gold: Path) -> list[tuple[str, Paragraphs]]:
    rows = [row for split in ("train", "dev") for row in read_rows(gold / "quotes" / f"{split}.jsonl")]
    found = {
        row["text"]: (row["id"], [each for each in re.split(r"\n\s*\n", row["text"])[1:] if each.strip()])
        for row in rows
    }
    return [one for one in found.values() if len(one[1]) >= 6]


def _sketch(number: int, title: str, paragraphs: Paragraphs) -> Sketch:
    made = make_article("\n\n".join([title, *paragraphs]), file=title)
    return make_sketch(replace(made, doc_id=str(number)))


def _pairs(sketches: Sequence[Sketch]) -> list[tuple[float, Sketch, Sketch]]:
    """Every two that share a fifth, most alike first."""
    found = [
        (share, one, other)
        for number, one in enumerate(sketches)
        for other in sketches[:number]
        if (share := shared_fraction(one, other)) >= THRESHOLDS[0]
    ]
    return sorted(found, key=lambda pair: -pair[0])
