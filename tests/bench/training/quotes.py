"""Train the models of quote extraction on gold/quotes/train.jsonl; what comes out is models/quotes.txt."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, jaccard
from pipeline.extract.quotes.cue_words import cue_neighbours, cue_word_features
from pipeline.extract.quotes.cues import cue_features, find_cue_candidates
from pipeline.extract.quotes.overlaps import suppress_overlaps
from pipeline.extract.quotes.ranking import (
    cue_contexts,
    cue_probabilities,
    final_features,
    logistic,
    propose_attributions,
    rescore,
)
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.weights import Linear
from tests.bench.training.choices import content_choices, source_choices, trim_choices
from tests.bench.training.gold import FOLDS, Attribution, Example
from tests.bench.training.linear import FeatureRows, Fitting, fit_logistic

Array = np.ndarray[Any, Any]
Models = dict[str, Linear]

# Set by hand on the development part of PolNeAR; FINAL by what two thirds of the newsroom's articles give on the third.
CUE = Fitting(penalty=8.0, drop=0.03)
SOURCE = Fitting(penalty=6.0, min_count=4, drop=0.06)
TRIM = Fitting(penalty=3.0, drop=0.04, steps=40)
CONTENT = Fitting(penalty=7.0, min_count=4, drop=0.06)
CUE_WORDS = Fitting(penalty=3.0, drop=0.05)
FINAL = Fitting(penalty=40.0, min_count=5, steps=300)
#: How much more the newsroom's examples count in the last model, whose guideline it is that decides what is a row. In
#: the other models more of it gains nothing on articles that they have not seen, and here 6 costs PolNeAR a point.
_FINAL_WEIGHT = 3.0
#: Cues under this probability are not looked at further.
_MIN_CUE_PROBABILITY = 0.08
#: A lemma that heads this many gold cues is a candidate whatever its part of speech.
_MIN_LEXICON_COUNT = 2
#: Of a gold cue's words another than the parse's head stands for it when it is likelier by this much.
_RELABEL_MARGIN = 0.2
#: How far the threshold lies from the newsroom's best towards that of PolNeAR, which is lower. Below the middle F1
#: stays the same on articles that the models have not seen, and of the important claims one in a hundred more is found.
_TOWARDS_POLNEAR = 4 / 5
#: Thresholds tried, in hundredths, and how much relation F1 (0 to 1) may fall short of the best to count as flat.
_THRESHOLDS = range(20, 44, 2)
_FLAT = 0.002


def report_progress(text: str) -> None:
    """Print a line of progress with the CPU seconds so far, on standard error."""
    print(f"{time.process_time():6.0f} CPU s  {text}", file=sys.stderr, flush=True)


def train_models(examples: Sequence[Example], cues: Cues) -> Models:
    """All models by name; the last one is fitted on what models of two thirds of the articles propose on the third.

    Changes the ``head`` of gold attributions to the cue word that the first model finds likeliest.
    """
    lexicon = _build_lexicon(examples)
    cue_models = _fit_cues(examples, lexicon)
    probabilities = [
        cue_probabilities(example.paragraph, {"cue": cue_models[example.fold], "lexicon": lexicon})
        for example in examples
    ]
    fitters = {
        "source": source_choices(examples).make_fitter(SOURCE),
        "trim": trim_choices(examples).make_fitter(TRIM),
        "content": content_choices(examples, probabilities, report_progress).make_fitter(CONTENT),
    }
    report_progress("features of sources and contents")

    def fit_without(fold: int | None) -> Models:
        choices = {name: fit(fold) for name, fit in fitters.items()}
        return {"cue": cue_models[fold], "lexicon": lexicon, **choices}

    parts = [fit_without(fold) for fold in range(FOLDS)]
    report_progress("models of the parts")
    models = fit_without(None)
    models["cue words"] = _fit_cue_words(examples)
    report_progress("models of the whole")
    proposals = [propose_attributions(example.paragraph, parts[example.fold], cues.words) for example in examples]
    report_progress("proposals")
    models["final"] = _fit_final(examples, proposals, cues)
    return models


def _build_lexicon(examples: Sequence[Example]) -> Linear:
    """How often each lemma heads a gold cue; names and numbers ("<PERSON>") are left out."""
    counts = Counter(example.paragraph.lemma[gold.head] for example in examples for gold in example.attributions)
    frequent = {
        lemma: float(count)
        for lemma, count in sorted(counts.items())
        if count >= _MIN_LEXICON_COUNT and not lemma.startswith("<")
    }
    return Linear({"": frequent})


def _fit_cues(examples: Sequence[Example], lexicon: Linear) -> dict[int | None, Linear]:
    """Models without each fold and of all (None), by fold; multi-word gold cues get the head that scores best."""
    rows = FeatureRows()
    candidates: list[tuple[Example, int]] = []
    for example in examples:
        for cue in find_cue_candidates(example.paragraph, lexicon.groups[""]):
            rows.add(cue_features(example.paragraph, cue), cue_contexts(example.paragraph, cue))
            candidates.append((example, cue))
    matrix, names = rows.to_matrix(), rows.names()
    folds = np.array([example.fold for example, _ in candidates])
    report_progress(f"cues: {len(candidates)} candidates, {len(names)} features")

    def fit(keep: Array) -> Linear:
        truth, weights = _cue_truth(candidates)
        linear = fit_logistic(matrix[keep], names, truth[keep], weights[keep], CUE)
        linear.settings["floor"] = _MIN_CUE_PROBABILITY
        return linear

    first_pass = fit(np.ones(len(candidates), bool))
    _relabel_heads(candidates, first_pass)
    report_progress("cues: first pass")
    return {None: fit(folds >= 0), **{fold: fit(folds != fold) for fold in range(FOLDS)}}


def _cue_truth(candidates: Sequence[tuple[Example, int]]) -> tuple[Array, Array]:
    """Truth and weight of each candidate: 1 for heads; what is optional and other words of a cue count neither way."""
    truth, weights = np.zeros(len(candidates)), np.array([example.weight for example, _ in candidates])
    for row, (example, cue) in enumerate(candidates):
        heads = [gold for gold in example.attributions if gold.head == cue]
        if heads:
            truth[row] = 1
            weights[row] *= not all(gold.optional for gold in heads)
        elif any(cue in gold.cue for gold in example.attributions):
            weights[row] = 0
    return truth, weights


def _relabel_heads(candidates: Sequence[tuple[Example, int]], linear: Linear) -> None:
    """Make the word that the model finds clearly likelier the head of a gold cue of several words."""
    probabilities: dict[tuple[int, int], float] = {}
    for example, cue in candidates:
        if any(cue in gold.cue for gold in example.attributions):
            para = example.paragraph
            score = linear.score(cue_features(para, cue), linear.weights_in(cue_contexts(para, cue)))
            probabilities[id(example), cue] = logistic(score)
    for key, example in {id(example): example for example, _ in candidates}.items():
        for gold in example.attributions:
            rated = [(probabilities[key, token], token) for token in gold.cue if (key, token) in probabilities]
            if rated and max(rated)[0] > probabilities.get((key, gold.head), -1.0) + _RELABEL_MARGIN:
                gold.head = max(rated)[1]


def _fit_cue_words(examples: Sequence[Example]) -> Linear:
    """The model "cue words", on the words beside gold heads, outwards up to the first that is no part of the cue."""
    rows = FeatureRows()
    truth: list[float] = []
    for example in examples:
        para = example.paragraph
        for gold in example.attributions:
            for step in (-1, 1):
                for token in cue_neighbours(para, gold.head, gold.source | gold.content, step):
                    is_inside = token in gold.cue
                    features = cue_word_features(para, gold.head, token, gold.source, gold.content)
                    rows.add(features, (para.lemma[gold.head],))
                    truth.append(float(is_inside))
                    if not is_inside:
                        break
    return fit_logistic(rows.to_matrix(), rows.names(), np.array(truth), np.ones(len(truth)), CUE_WORDS)


def _fit_final(examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]], cues: Cues) -> Linear:
    """The model "final" with its threshold; ``proposals``: those of the other parts' models, for each example."""
    rows = FeatureRows()
    truth: list[float] = []
    weights: list[float] = []
    for example, candidates in zip(examples, proposals, strict=True):
        correct, borderline = correct_candidates(example.attributions, candidates)
        weight = example.weight * (_FINAL_WEIGHT if example.weight > 1 else 1)
        for candidate in candidates:
            rows.add_valued(final_features(example.paragraph, candidate, candidates, cues))
            truth.append(float(id(candidate) in correct))
            weights.append(0.0 if id(candidate) in borderline else weight)
    linear = fit_logistic(rows.to_matrix(), rows.names(), np.array(truth), np.array(weights), FINAL)
    thresholds = []
    for is_newsroom in (True, False):
        part = [index for index, example in enumerate(examples) if (example.weight > 1) == is_newsroom]
        of_part = [examples[index] for index in part], [proposals[index] for index in part]
        thresholds.append(_choose_threshold(*of_part, linear, cues))
    newsroom, polnear = thresholds
    linear.settings["threshold"] = round(newsroom + _TOWARDS_POLNEAR * (polnear - newsroom), 2)
    return linear


def correct_candidates(gold: Sequence[Attribution], candidates: Sequence[Candidate]) -> tuple[set[int], set[int]]:
    """The id() of each candidate that counts as right in relation F1, and of each that pairs with an optional one.

    Its content is a gold one's at Jaccard 0.5, one to one, best pairs first, and it shares a word of that one's source,
    or both have none.
    """
    pairs = sorted(
        (-overlap, gold_index, index)
        for gold_index, attribution in enumerate(gold)
        for index, candidate in enumerate(candidates)
        if (overlap := jaccard(attribution.content, candidate.content)) >= SAME_CONTENT
    )
    paired_gold: set[int] = set()
    paired: set[int] = set()
    correct: set[int] = set()
    borderline: set[int] = set()
    for _, gold_index, index in pairs:
        if gold_index in paired_gold or index in paired:
            continue
        paired_gold.add(gold_index)
        paired.add(index)
        if gold[gold_index].optional:
            borderline.add(id(candidates[index]))
            continue
        wanted, source = gold[gold_index].source, candidates[index].source_mask
        if (wanted & source) or not (wanted or source):
            correct.add(id(candidates[index]))
    return correct, borderline


def _choose_threshold(
    examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]], final: Linear, cues: Cues
) -> float:
    """The middle of the probabilities from which relation F1 is within 0.1 points of its best: it is flat there."""
    for example, candidates in zip(examples, proposals, strict=True):
        rescore(example.paragraph, candidates, final, cues)
    scores = {step / 100: f1_scores(examples, proposals, step / 100) for step in _THRESHOLDS}
    best = max(relation for relation, _ in scores.values())
    flat = [threshold for threshold, (relation, _) in scores.items() if relation >= best - _FLAT]
    chosen = round((flat[0] + flat[-1]) / 2, 2)
    curve = ", ".join(f"{threshold:.2f}: {relation:.4f} {cue:.4f}" for threshold, (relation, cue) in scores.items())
    report_progress(f"relation F1 and cue F1 on the other parts: {curve}; from {chosen}")
    return chosen


def f1_scores(
    examples: Sequence[Example], proposals: Sequence[Sequence[Candidate]], threshold: float
) -> tuple[float, float]:
    """Relation F1 and cue F1, 0 to 1, of what is kept at a threshold."""
    correct = correct_cues = predicted = wanted = 0
    for example, candidates in zip(examples, proposals, strict=True):
        kept = suppress_overlaps(example.paragraph, candidates, threshold)
        right, borderline = correct_candidates(example.attributions, kept)
        correct += len(right)
        asked = [gold for gold in example.attributions if not gold.optional]
        correct_cues += sum(any(candidate.cue in gold.cue for gold in asked) for candidate in kept)
        predicted += len(kept) - len(borderline)
        wanted += len(asked)
    return 2 * correct / (predicted + wanted), 2 * correct_cues / (predicted + wanted)
