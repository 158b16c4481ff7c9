"""The rows of the conditional logits: for each gold attribution its candidates, and how well each fits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.extract.quotes.candidate import SAME_CONTENT, jaccard
from pipeline.extract.quotes.content_context import build_context, find_orphans, find_owners
from pipeline.extract.quotes.content_features import content_features
from pipeline.extract.quotes.contents import find_content_candidates
from pipeline.extract.quotes.cues import complement_frame
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.ranking import cue_contexts, generator_context
from pipeline.extract.quotes.sources import (
    TRIMS,
    find_source_candidates,
    source_features,
    source_mask,
    trim_features,
)
from pipeline.knowledge.weights import Linear
from tests.bench.training.gold import Attribution, Example
from tests.bench.training.linear import FeatureRows, Fitting, fit_choice

Array = np.ndarray[Any, Any]

#: How much a better overlap counts in the targets: with 10, a candidate with a Jaccard of 0.1 less than the best has
#: exp(-1) = 0.37 of its probability, with 15 exp(-1.5) = 0.22. Set by hand on the development set.
_SOURCE_SHARPNESS = 10
_CONTENT_SHARPNESS = 15
#: Targets below this share of the best one's count as 0.
_MIN_TARGET = 1e-3
#: Attributions whose best candidate overlaps less with gold (Jaccard) teach nothing and are left out.
_MIN_OVERLAP = 0.3
#: An overlap above this is one of all words.
_ALL_WORDS = 0.999


@dataclass(slots=True)
class Choices:
    """Rows of candidates in groups, a group per gold attribution.

    ``rows``: their features; ``starts``: each group's first row; ``targets``: the wanted probability of each row;
    ``folds``: the third of the data (0, 1 or 2) of each group; ``weights``: how much each group counts.
    """

    rows: FeatureRows = field(default_factory=FeatureRows)
    starts: list[int] = field(default_factory=list)
    targets: list[float] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add_group(
        self,
        group: Sequence[tuple[list[str], Sequence[str]]],
        overlaps: Sequence[float],
        sharpness: int,
        example: Example,
    ) -> None:
        """A group of (features, contexts) with the overlap of each candidate with gold, at least one above 0."""
        best = max(overlaps)
        weights = [math.exp(sharpness * (overlap - best)) if overlap > 0 else 0.0 for overlap in overlaps]
        weights = [weight if weight >= _MIN_TARGET else 0.0 for weight in weights]
        total = sum(weights)
        self.starts.append(len(self.targets))
        self.targets += [weight / total for weight in weights]
        self.folds.append(example.fold)
        self.weights.append(example.weight)
        for features, contexts in group:
            self.rows.add(features, contexts)

    def make_fitter(self, fitting: Fitting) -> Callable[[int | None], Linear]:
        """A function that fits on the groups outside one fold (None: on all)."""
        matrix, names = self.rows.to_matrix(), self.rows.names()
        starts, targets = np.array(self.starts), np.array(self.targets)
        sizes = np.diff(np.append(starts, len(targets)))
        group_folds, group_weights = np.array(self.folds), np.array(self.weights)

        def fit(without: int | None) -> Linear:
            keep = np.ones(len(starts), bool) if without is None else group_folds != without
            kept_rows = np.repeat(keep, sizes)
            kept_starts = np.concatenate([[0], np.cumsum(sizes[keep])[:-1]])
            return fit_choice(matrix[kept_rows], names, kept_starts, targets[kept_rows], group_weights[keep], fitting)

        return fit


def _iter_attributions(examples: Sequence[Example]) -> Iterator[tuple[Example, ParsedParagraph, Attribution]]:
    for example in examples:
        for attribution in example.attributions:
            yield example, example.paragraph, attribution


def source_choices(examples: Sequence[Example]) -> Choices:
    """The rows of the model "source": for each gold attribution its source candidates, nobody among them.

    Attributions whose source none of the candidates touches are left out.
    """
    choices = Choices()
    for example, para, gold in _iter_attributions(examples):
        cue = gold.head
        heads = find_source_candidates(para, cue)
        overlaps = [_source_overlap(para, cue, head, gold) for head in heads]
        if max(overlaps) == 0:
            continue
        frame = complement_frame(para, cue)
        contexts = cue_contexts(para, cue)
        group = [(source_features(para, cue, head, frame), contexts) for head in heads]
        choices.add_group(group, overlaps, _SOURCE_SHARPNESS, example)
    return choices


def _source_overlap(para: ParsedParagraph, cue: int, head: int | None, gold: Attribution) -> float:
    """The Jaccard overlap of a candidate's whole noun phrase with the gold source; 1 where both are nobody."""
    if head is None or not gold.source:
        return float(head is None and not gold.source)
    return jaccard(source_mask(para, head, cue, 0), gold.source) if para.bit[head] & gold.source else 0.0


def trim_choices(examples: Sequence[Example]) -> Choices:
    """For each gold attribution with a source the cuts of its noun phrase, where they make a difference."""
    choices = Choices()
    for example, para, gold in _iter_attributions(examples):
        cue = gold.head
        head = _source_head(para, gold)
        if head is None:
            continue
        masks = [source_mask(para, head, cue, trim) for trim in TRIMS]
        overlaps = [jaccard(mask, gold.source) for mask in masks]
        if max(overlaps) < _MIN_OVERLAP or max(overlaps) == min(overlaps):
            continue
        group = [(trim_features(para, cue, head, trim, masks), ()) for trim in TRIMS]
        choices.add_group(group, overlaps, _SOURCE_SHARPNESS, example)
    return choices


def _source_head(para: ParsedParagraph, gold: Attribution) -> int | None:
    """The source candidate whose head is in the gold source and whose noun phrase overlaps most with it."""
    candidates = find_source_candidates(para, gold.head)
    heads = [head for head in candidates if head is not None and para.bit[head] & gold.source]
    return max(heads, key=lambda head: jaccard(source_mask(para, head, gold.head, 0), gold.source), default=None)


def content_choices(
    examples: Sequence[Example], probabilities: Sequence[Mapping[int, float]], report: Callable[[str], None]
) -> Choices:
    """For each gold attribution its content candidates; ``probabilities``: of the cues of each example, by token.

    ``report`` gets a line on how many gold contents the candidates reach, by half and in all words.
    """
    choices = Choices()
    reached: Counter[str] = Counter()
    for example, likely in zip(examples, probabilities, strict=True):
        para = example.paragraph
        owners = find_owners(para, likely)
        for gold in example.attributions:
            cue = gold.head
            orphans = find_orphans(para, cue, owners)
            candidates = find_content_candidates(para, cue, orphans[:2])
            if not candidates:
                continue
            overlaps = [jaccard(mask & ~gold.source or mask, gold.content) for mask in candidates]
            best = max(overlaps)
            reached.update(
                {"cues": 1, "candidates": len(candidates), "half": int(best >= SAME_CONTENT),
                 "all": int(best > _ALL_WORDS)}
            )  # fmt: skip
            if best < _MIN_OVERLAP:
                continue
            context = build_context(para, cue, complement_frame(para, cue), gold.source, owners, orphans)
            group = [
                (content_features(para, context, mask, name), (*cue_contexts(para, cue), generator_context(name)))
                for mask, name in candidates.items()
            ]
            choices.add_group(group, overlaps, _CONTENT_SHARPNESS, example)
    report(f"contents: {dict(reached)}, {len(choices.rows.columns_by_name)} features")
    return choices
