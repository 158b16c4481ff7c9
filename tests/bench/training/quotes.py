"""Train the models of quote extraction on gold/quotes/train.jsonl; what comes out is models/quotes.txt."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.extract.quotes.content_features import content_features, orphans_of, ownership, scene_of
from pipeline.extract.quotes.contents import content_candidates
from pipeline.extract.quotes.cue_words import neighbours, word_features
from pipeline.extract.quotes.cues import cue_candidates, cue_features, frame
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.ranking import (
    Candidate,
    cue_contexts,
    cue_probabilities,
    final_features,
    jaccard,
    propose,
    rescore,
    suppress_overlaps,
)
from pipeline.extract.quotes.sources import (
    TRIMS,
    nobody_features,
    source_candidates,
    source_features,
    source_mask,
    trim_features,
)
from pipeline.knowledge.weights import Linear
from tests.bench.training.gold import Attribution, Example
from tests.bench.training.linear import Fitting, Rows, fit_choice, fit_logistic

Array = np.ndarray[Any, Any]

CUE = Fitting(penalty=8.0, drop=0.03)
SOURCE = Fitting(penalty=6.0, least=4, drop=0.06)
TRIM = Fitting(penalty=3.0, drop=0.04, steps=40)
CONTENT = Fitting(penalty=7.0, least=4, drop=0.06)
CUE_WORDS = Fitting(penalty=3.0, drop=0.05)
FINAL = Fitting(penalty=20.0, least=5, steps=300)
#: Cues under this probability are not looked at further.
FLOOR = 0.08
#: A lemma that heads this many gold cues is a candidate whatever its part of speech.
LEXICON = 2
#: How much a better overlap counts in the target of source and content.
_SHARP = {"source": 10, "content": 15}


def report(text: str) -> None:
    """Progress, on standard error."""
    print(f"{time.process_time():6.0f} CPU s  {text}", file=sys.stderr, flush=True)


@dataclass(slots=True)
class Choices:
    """Rows of candidates in groups, with the target of each row and the fold of each group."""

    rows: Rows = field(default_factory=Rows)
    starts: list[int] = field(default_factory=list)
    targets: list[float] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(
        self, group: Sequence[tuple[list[str], Sequence[str]]], overlap: Sequence[float], sharp: int, fold: int
    ) -> None:
        """A group of (features, contexts) with the overlap of each with gold."""
        best = max(overlap)
        raw = [math.exp(sharp * (each - best)) if each > 0 else 0.0 for each in overlap]
        raw = [each if each >= 1e-3 else 0.0 for each in raw]
        self.starts.append(len(self.targets))
        self.targets += [each / sum(raw) for each in raw]
        self.folds.append(fold)
        for features, contexts in group:
            self.rows.add(features, contexts)

    def fitters(self, how: Fitting) -> Callable[[int | None], Linear]:
        """A function that fits on the groups outside one fold (None: on all)."""
        matrix, names = self.rows.matrix(), self.rows.names()
        starts, targets = np.array(self.starts), np.array(self.targets)
        sizes = np.diff(np.append(starts, len(targets)))
        group_fold = np.array(self.folds)

        def fit(without: int | None) -> Linear:
            keep = np.ones(len(starts), bool) if without is None else group_fold != without
            rows = np.repeat(keep, sizes)
            inner = np.concatenate([[0], np.cumsum(sizes[keep])[:-1]])
            return fit_choice(matrix[rows], names, inner, targets[rows], how)

        return fit


Models = dict[str, Linear]


def train(examples: Sequence[Example]) -> Models:
    """All models; the last one is fitted on what models of one half of the articles propose on the other."""
    lexicon = _lexicon(examples)
    cue = _fit_cues(examples, lexicon)
    owners = _owner_probabilities(examples, cue, lexicon)
    fits = {
        "source": _source_choices(examples).fitters(SOURCE),
        "trim": _trim_choices(examples).fitters(TRIM),
        "content": _content_choices(examples, owners).fitters(CONTENT),
    }
    report("features of sources and contents")
    halves = [{**_fixed(cue[fold], lexicon), **{name: fit(fold) for name, fit in fits.items()}} for fold in (0, 1)]
    report("models of the halves")
    models = {**_fixed(cue[None], lexicon), **{name: fit(None) for name, fit in fits.items()}}
    models["cue words"] = _fit_cue_words(examples)
    report("models of the whole")
    proposals = [propose(each.paragraph, halves[each.fold]) for each in examples]
    report("proposals")
    models["final"] = _fit_final(examples, proposals)
    return models


def _fixed(cue: Linear, lexicon: Linear) -> Models:
    return {"cue": cue, "lexicon": lexicon}


def _lexicon(examples: Sequence[Example]) -> Linear:
    counts = Counter(each.paragraph.lemma[gold.head] for each in examples for gold in each.gold)
    kept = {lemma: float(count) for lemma, count in sorted(counts.items()) if count >= LEXICON and lemma[0] != "<"}
    return Linear({"": kept})


def _fit_cues(examples: Sequence[Example], lexicon: Linear) -> dict[int | None, Linear]:
    """Models without fold 0, without fold 1 and of all, by fold; multi-word gold cues get the head that scores best."""
    rows = Rows()
    where: list[tuple[Example, int]] = []
    for each in examples:
        for cue in cue_candidates(each.paragraph, lexicon.groups[""]):
            rows.add(cue_features(each.paragraph, cue), cue_contexts(each.paragraph, cue))
            where.append((each, cue))
    matrix, names = rows.matrix(), rows.names()
    folds = np.array([each.fold for each, _ in where])
    report(f"cues: {len(where)} candidates, {len(names)} features")

    def fit(keep: Array) -> Linear:
        truth, weight = _cue_truth(where)
        made = fit_logistic(matrix[keep], names, truth[keep], weight[keep], CUE)
        made.settings["floor"] = FLOOR
        return made

    first = fit(np.ones(len(where), bool))
    _relabel(where, first)
    report("cues: first pass")
    return {None: fit(folds >= 0), 0: fit(folds != 0), 1: fit(folds != 1)}


def _cue_truth(where: Sequence[tuple[Example, int]]) -> tuple[Array, Array]:
    """1 for heads; other words of a gold cue count neither way."""
    truth, weight = np.zeros(len(where)), np.ones(len(where))
    for row, (each, cue) in enumerate(where):
        if any(gold.head == cue for gold in each.gold):
            truth[row] = 1
        elif any(cue in gold.cue for gold in each.gold):
            weight[row] = 0
    return truth, weight


def _relabel(where: Sequence[tuple[Example, int]], linear: Linear) -> None:
    scores: dict[tuple[int, int], float] = {}
    for each, cue in where:
        if any(cue in gold.cue for gold in each.gold):
            p = each.paragraph
            score = linear.score(cue_features(p, cue), linear.weights_in(cue_contexts(p, cue)))
            scores[id(each), cue] = 1 / (1 + math.exp(-score))
    for each in {id(each): each for each, _ in where}.values():
        for gold in each.gold:
            rated = [(scores[id(each), i], i) for i in gold.cue if (id(each), i) in scores]
            if rated and max(rated)[0] > scores.get((id(each), gold.head), -1.0) + 0.2:
                gold.head = max(rated)[1]


def _owner_probabilities(
    examples: Sequence[Example], cue: Mapping[int | None, Linear], lexicon: Linear
) -> list[dict[int, float]]:
    return [cue_probabilities(each.paragraph, _fixed(cue[each.fold], lexicon)) for each in examples]


def _source_choices(examples: Sequence[Example]) -> Choices:
    made = Choices()
    for each in examples:
        p = each.paragraph
        for gold in each.gold:
            cue = gold.head
            heads = source_candidates(p, cue)
            overlap = [_source_overlap(p, cue, head, gold) for head in heads]
            if max(overlap) == 0:
                continue
            sig = frame(p, cue)
            contexts = cue_contexts(p, cue)
            group = [
                (nobody_features(p, cue) if head is None else source_features(p, cue, head, sig), contexts)
                for head in heads
            ]
            made.add(group, overlap, _SHARP["source"], each.fold)
    return made


def _source_overlap(p: ParsedParagraph, cue: int, head: int | None, gold: Attribution) -> float:
    if head is None or not gold.source:
        return float(head is None and not gold.source)
    return jaccard(source_mask(p, head, cue, 0), gold.source) if p.bit[head] & gold.source else 0.0


def _trim_choices(examples: Sequence[Example]) -> Choices:
    made = Choices()
    for each in examples:
        p = each.paragraph
        for gold in each.gold:
            heads = [h for h in source_candidates(p, gold.head) if h is not None and p.bit[h] & gold.source]
            if not heads:
                continue
            head = max(heads, key=lambda h: jaccard(source_mask(p, h, gold.head, 0), gold.source))
            masks = [source_mask(p, head, gold.head, trim) for trim in TRIMS]
            overlap = [jaccard(mask, gold.source) for mask in masks]
            if max(overlap) < 0.3 or max(overlap) == min(overlap):
                continue
            group = [(trim_features(p, gold.head, head, trim, masks), ()) for trim in TRIMS]
            made.add(group, overlap, _SHARP["source"], each.fold)
    return made


def _fit_cue_words(examples: Sequence[Example]) -> Linear:
    rows = Rows()
    truth: list[float] = []
    for each in examples:
        p = each.paragraph
        for gold in each.gold:
            for step in (-1, 1):
                for token in neighbours(p, gold.head, gold.source | gold.content, step):
                    inside = token in gold.cue
                    rows.add(word_features(p, gold.head, token, gold.source, gold.content), (p.lemma[gold.head],))
                    truth.append(float(inside))
                    if not inside:
                        break
    return fit_logistic(rows.matrix(), rows.names(), np.array(truth), np.ones(len(truth)), CUE_WORDS)


def _content_choices(examples: Sequence[Example], owners: Sequence[Mapping[int, float]]) -> Choices:
    made = Choices()
    reached: Counter[str] = Counter()
    for each, likely in zip(examples, owners, strict=True):
        p = each.paragraph
        for gold in each.gold:
            cue = gold.head
            own = ownership(p, likely)
            orphans = orphans_of(p, cue, own)
            candidates = content_candidates(p, cue, orphans[:2])
            if not candidates:
                continue
            overlap = [jaccard(mask & ~gold.source or mask, gold.content) for mask in candidates]
            best = max(overlap)
            found = {"cues": 1, "candidates": len(candidates), "half": int(best >= 0.5), "all": int(best > 0.999)}
            reached.update(found)
            if best < 0.3:
                continue
            scene = scene_of(p, cue, frame(p, cue), gold.source, own, orphans)
            contexts = cue_contexts(p, cue)
            group = [
                (content_features(p, scene, mask, name), (*contexts, f"{name.split(' ', 1)[0]}:"))
                for mask, name in candidates.items()
            ]
            made.add(group, overlap, _SHARP["content"], each.fold)
    report(f"contents: {dict(reached)}, {len(made.rows.column_of)} features")
    return made


def _fit_final(examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]]) -> Linear:
    rows = Rows()
    truth: list[float] = []
    for each, proposed in zip(examples, proposals, strict=True):
        right = right_ones(each.gold, proposed)
        for one in proposed:
            rows.add_valued(final_features(each.paragraph, one, proposed))
            truth.append(float(id(one) in right))
    made = fit_logistic(rows.matrix(), rows.names(), np.array(truth), np.ones(len(truth)), FINAL)
    made.settings["threshold"] = _threshold(examples, proposals, made)
    return made


def right_ones(gold: Sequence[Attribution], proposed: Sequence[Candidate]) -> set[int]:
    """Ids of the proposals that count as right in relation F1: content at Jaccard 0.5, one to one, and source."""
    pairs = sorted(
        (-overlap, g, k)
        for g, one in enumerate(gold)
        for k, each in enumerate(proposed)
        if (overlap := jaccard(one.content, each.content)) >= 0.5
    )
    taken: set[int] = set()
    used: set[int] = set()
    right = set()
    for _, g, k in pairs:
        if g in taken or k in used:
            continue
        taken.add(g)
        used.add(k)
        source = gold[g].source
        if (source & proposed[k].source_mask) or not (source or proposed[k].source_mask):
            right.add(id(proposed[k]))
    return right


def _threshold(examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]], final: Linear) -> float:
    """The middle of the probabilities from which relation F1 is within 0.1 points of its best: it is flat there."""
    for each, proposed in zip(examples, proposals, strict=True):
        rescore(each.paragraph, proposed, final)
    scores = {step / 100: f1(examples, proposals, step / 100) for step in range(20, 44, 2)}
    best = max(relation for relation, _ in scores.values())
    flat = [step for step, (relation, _) in scores.items() if relation >= best - 0.001]
    chosen = round((flat[0] + flat[-1]) / 2, 2)
    curve = ", ".join(f"{step:.2f}: {relation:.4f} {cue:.4f}" for step, (relation, cue) in scores.items())
    report(f"relation F1 and cue F1 on the other half: {curve}; from {chosen}")
    return chosen


def f1(examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]], threshold: float) -> tuple[float, float]:
    """Relation F1 and cue F1 of what is kept at a threshold."""
    right = cues = kept = wanted = 0
    for each, proposed in zip(examples, proposals, strict=True):
        chosen = suppress_overlaps(each.paragraph, proposed, threshold)
        right += len(right_ones(each.gold, chosen))
        cues += sum(any(one.cue in gold.cue for gold in each.gold) for one in chosen)
        kept += len(chosen)
        wanted += len(each.gold)
    return 2 * right / (kept + wanted), 2 * cues / (kept + wanted)
