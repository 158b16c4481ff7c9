"""From a paragraph to its attributions: linear models choose cue, source and content, a last one how sure that is.

Cue: logistic regression. Source, its cut and content: conditional logit over candidates (McFadden 1974). Of contents
that overlap the one with most probability around it wins, not the likeliest alone. Each cue with its choice is weighed
once more on the stages' log-odds, and of attributions that overlap the surest is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from pipeline.extract.quotes.candidate import SAME_CONTENT, Candidate, RatedContent, jaccard
from pipeline.extract.quotes.content_context import (
    CandidateContext,
    Ownership,
    build_context,
    find_orphans,
    find_owners,
)
from pipeline.extract.quotes.content_features import ContentFeatures, share_quoted
from pipeline.extract.quotes.contents import find_content_candidates
from pipeline.extract.quotes.corrections import drop_addressee
from pipeline.extract.quotes.cues import bucket, complement_frame, cue_facts, find_cue_candidates, form_facts
from pipeline.extract.quotes.meaning import meaning_features
from pipeline.extract.quotes.next_speakers import end_before_next_speakers, end_before_participles
from pipeline.extract.quotes.paragraph import ParsedParagraph
from pipeline.extract.quotes.sources import (
    TRIMS,
    find_source_candidates,
    source_facts,
    source_mask,
    trim_features,
)
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.reporting_words import ReportingWords
from pipeline.knowledge.weight_table import Fact, WeightTable
from pipeline.knowledge.weights import Linear

#: A content's own probability counts half beside the mass of all that overlap it. Set by hand on the development set.
_OWN_WEIGHT = 0.5
#: Contents of a cue that are weighed against each other: the ninth has less than 2 % of the probability in 94 of 100
#: cues (measured on 60 articles).
_MAX_CONTENTS = 8
#: Log-odds of a cue by its form and word alone below which nothing else is asked. Of 33,000 tokens in train parts of
#: gold these are 39 in 100; among them are 4 of the 4,133 that have a probability of 0.3 or more in the end.
_LEAST_BY_FORM = -4.0
#: Nothing is certain: the highest probability that is given.
_MAX_PROBABILITY = 0.995
#: Probabilities in the features "content" and "next source" are no less than this, those within log-odds no nearer to 0
#: or 1 than the second, which gives +-13.8.
_MIN_PROBABILITY = 1e-4
_MIN_ODDS = 1e-6
#: Decimals in which two probabilities or scores must differ to be ranked by them. Equal ones may differ in the 16th, by
#: rounding, and how that falls depends on the version of Python and the order of a sum.
_COMPARED_DECIMALS = 12
#: Values further apart than this are never the same by these decimals.
_NEARLY = 10.0 ** (1 - _COMPARED_DECIMALS)
#: Names of generators whose kind is remembered: they are made of relations, and some hundreds are common.
_MAX_NAMES = 4096
#: A cue's choice of contents: what holds for all of them, and each as a mask with the name of its generator.
ContentChoice = tuple[CandidateContext, Mapping[int, str]]
#: The source chosen for a cue: (head token, mask, probability, that of the next candidate); None and 0 for nobody.
ChosenSource = tuple[int | None, int, float, float]


def comparable(value: float) -> float:
    """A probability or log-odds score without what rounding left in its last digits, to rank by."""
    return round(value, _COMPARED_DECIMALS)


def first_of_largest(values: Sequence[float]) -> int:
    """The index of the largest value, of those that are the same as ``comparable`` tells them that of the first."""
    largest = max(values)
    near = [index for index, value in enumerate(values) if value >= largest - _NEARLY]
    return near[0] if len(near) == 1 else max(near, key=lambda index: (comparable(values[index]), -index))


def logistic(score: float) -> float:
    """The probability of a log-odds score: 0 gives 0.5, 3 gives 0.953."""
    return 1 / (1 + math.exp(-score)) if score > -500 else 0.0


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept within +-13.8: 0.5 gives 0, 0.953 gives 3.0."""
    bounded = min(max(probability, _MIN_ODDS), 1 - _MIN_ODDS)
    return math.log(bounded / (1 - bounded))


def softmax(scores: Sequence[float]) -> list[float]:
    """The probabilities that a conditional logit gives its candidates; they add up to 1."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def cue_contexts(para: ParsedParagraph, cue: int) -> tuple[str, ...]:
    """The weight groups that hold beside the general one: the cue's lemma."""
    return (para.lemma[cue],)


def propose_attributions(
    para: ParsedParagraph,
    models: Mapping[str, Linear],
    words: ReportingWords,
    probabilities: Mapping[int, float] | None = None,
    sources: Sequence[ChosenSource] | None = None,
) -> list[Candidate]:
    """One candidate for each token that may be a cue: the best source and content for it, not yet weighed.

    ``models``: by name, as models/quotes.txt has them; ``words``: the lists of models/cues.toml.
    ``probabilities``: of the cues by token, in place of the first model's; ``sources``: theirs, if chosen already.
    """
    likely = cue_probabilities(para, models) if probabilities is None else dict(probabilities)
    owners = find_owners(para, likely)
    scorer = ContentScorer(para, models["content"].table)
    candidates = []
    frames = {cue: complement_frame(para, cue) for cue in likely}
    if sources is None:
        sources = choose_sources(para, frames, models)
    choices = [
        build_choice(para, cue, frame, chosen[1], owners)
        for (cue, frame), chosen in zip(frames.items(), sources, strict=True)
    ]
    for choice, scores, chosen in zip(choices, scorer.score(choices), sources, strict=True):
        context, masks = choice
        contents = rate_contents(para, context, masks, scores, words)[:_MAX_CONTENTS]
        if not contents:
            continue
        best, overlap_mass = largest_mass(contents)
        content, origin, content_probability = contents.pop(best)
        source, mask, source_probability, next_probability = chosen
        candidates.append(
            Candidate(
                context.cue, likely[context.cue], source, mask, source_probability, next_probability, content, origin,
                content_probability, overlap_mass, context.frame, contents,
            )
        )  # fmt: skip
    end_before_participles(para, candidates)
    end_before_next_speakers(para, candidates)
    return candidates


class ContentScorer:
    """Scores the content candidates of a paragraph's cues by the model "content" (``table``)."""

    def __init__(self, para: ParsedParagraph, table: WeightTable) -> None:
        self._para = para
        self._table = table
        self._features = ContentFeatures(para, table.rows, table.rows.pack)

    def score(self, choices: Sequence[ContentChoice]) -> list[list[float]]:
        """The log-odds of each candidate of each choice; all are scored at once, as a call for each takes longer."""
        parts = []
        words: list[str] = []
        kinds: list[str] = []
        for context, candidates in choices:
            parts += self._features.tell(context, candidates)
            words += [self._para.lemma[context.cue]] * len(candidates)
            kinds += map(generator_context, candidates.values())
        scores = iter(self._table.score(parts, words, kinds))
        return [list(islice(scores, len(candidates))) for _, candidates in choices]


def build_choice(para: ParsedParagraph, cue: int, frame: str, source: int, owners: Ownership) -> ContentChoice:
    """What the cue may govern, and what holds for all of it; ``source``: mask of whom it is attributed to."""
    orphans = find_orphans(para, cue, owners)
    candidates = find_content_candidates(para, cue, orphans[:2])
    return build_context(para, cue, frame, source, owners, orphans), candidates


def rate_contents(
    para: ParsedParagraph,
    context: CandidateContext,
    candidates: Mapping[int, str],
    scores: Sequence[float],
    words: ReportingWords,
) -> list[RatedContent]:
    """The candidates of a cue, without its source and addressee, in the order of ``rank_contents``.

    Those that are the same then are one, with the sum of their probabilities.
    """
    if not candidates:
        return []
    cue, source = context.cue, context.source
    has_addressee = para.lemma[cue] in words.addressing
    merged: dict[int, tuple[str, float]] = {}
    for (mask, name), probability in zip(candidates.items(), softmax(scores), strict=True):
        content = mask & ~source or mask
        if has_addressee:
            content = drop_addressee(para, cue, content, words.addressing)
        first_name, total = merged.get(content, (name, 0.0))
        merged[content] = first_name, total + probability
    return rank_contents((mask, name, total) for mask, (name, total) in merged.items())


def rank_contents(contents: Iterable[RatedContent]) -> list[RatedContent]:
    """The contents, likeliest first; equally likely ones stay in the order in which they were proposed."""
    return sorted(contents, key=lambda content: -comparable(content[2]))


@lru_cache(_MAX_NAMES)
def generator_context(name: str) -> str:
    """The weight group of the model "content" for a generator's kind: "child:" for "child dobj+ccomp"."""
    return f"{name.split(' ', 1)[0]}:"


def cue_probabilities(para: ParsedParagraph, models: Mapping[str, Linear], among: int = -1) -> dict[int, float]:
    """How likely each token (of the mask ``among``) heads a cue, in text order, none below the model's ``floor``."""
    linear = models["cue"]
    floor = linear.settings["floor"]
    table = linear.table
    cues = find_cue_candidates(para, models["lexicon"].groups.get("", {}), among)
    by_form = table.score_facts([form_facts(para, cue) for cue in cues], [para.lemma[cue] for cue in cues])
    possible = [cue for cue, score in zip(cues, by_form, strict=True) if score >= _LEAST_BY_FORM]
    scores = table.score_facts([cue_facts(para, cue) for cue in possible], [para.lemma[cue] for cue in possible])
    return {cue: chance for cue, score in zip(possible, scores, strict=True) if (chance := logistic(score)) >= floor}


def choose_source(para: ParsedParagraph, cue: int, frame: str, models: Mapping[str, Linear]) -> ChosenSource:
    """The likeliest source: (head token, mask, its probability, that of the next); None and 0 for nobody."""
    return choose_sources(para, {cue: frame}, models)[0]


def choose_sources(
    para: ParsedParagraph, frames: Mapping[int, str], models: Mapping[str, Linear]
) -> list[ChosenSource]:
    """The same for each of these cues with their frames."""
    table = models["source"].table
    facts: list[list[Fact]] = []
    words: list[str] = []
    heads_of = {cue: find_source_candidates(para, cue) for cue in frames}
    for cue, heads in heads_of.items():
        facts += source_facts(para, cue, heads, frames[cue], table.beginnings)
        words += [para.lemma[cue]] * len(heads)
    scores = table.score_facts(facts, words)
    chosen = []
    start = 0
    for cue, heads in heads_of.items():
        chances = softmax(scores[start : start + len(heads)])
        start += len(heads)
        best = first_of_largest(chances)
        head, chance = heads[best], chances[best]
        chances[best] = -1.0
        next_chance = chances[first_of_largest(chances)] if len(chances) > 1 else 0.0
        mask = 0 if head is None else trim_source(para, cue, head, models["trim"])
        chosen.append((head, mask, chance, next_chance))
    return chosen


def trim_source(para: ParsedParagraph, cue: int, head: int, linear: Linear) -> int:
    """The mask of the source's noun phrase with the cut that the model "trim" prefers."""
    masks = [source_mask(para, head, cue, trim) for trim in TRIMS]
    if len(set(masks)) == 1:
        return masks[0]
    tables = linear.weights_in(())
    scores = [comparable(linear.score(trim_features(para, cue, head, trim, masks), tables)) for trim in TRIMS]
    return masks[scores.index(max(scores))]


def largest_mass(contents: Sequence[RatedContent]) -> tuple[int, float]:
    """The index of the content with most probability in and around it (of equal ones the first), and how much."""
    around = [[probability] for _, _, probability in contents]
    for index, (mask, _, probability) in enumerate(contents):
        for earlier, (content, _, chance) in enumerate(contents[:index]):
            if jaccard(mask, content) >= SAME_CONTENT:
                around[index].append(chance)
                around[earlier].append(probability)
    best, best_value, best_mass = 0, -1.0, 0.0
    for index, (_, _, probability) in enumerate(contents):
        mass = math.fsum(around[index])
        value = comparable(mass + _OWN_WEIGHT * probability)
        if value > best_value:
            best, best_value, best_mass = index, value, mass
    return best, best_mass


def final_features(
    para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate], cues: Cues
) -> dict[str, float]:
    """Features of the model "final" with their values: whether cue, source and content are right together.

    ``candidates``: all of the paragraph. Of the stages: "cue", "mass" (overlap mass), "product" as log-odds; "source",
    "content", "next source" as logarithms. With the value 1: "1", "quoted=all", "kind=child", "from=child ccomp" (the
    content's generator), "lemma=", "tag=", "words=6", "nobody=False all", "frame=", "quotation=sentence all" (shape),
    "source=NOUN ORG", "source dep=nsubj", "source lemma=". What it means: ``meaning_features``. How it stands to the
    others: ``_rival_features``.
    """
    quoted = candidate.content & para.quoted_mask
    share = share_quoted(quoted, candidate.content)
    product = candidate.cue_probability * candidate.source_probability * candidate.overlap_mass
    kind = candidate.origin.split(" ", 1)[0]
    features = {
        "1": 1.0,
        "cue": log_odds(candidate.cue_probability),
        "source": math.log(max(candidate.source_probability, _MIN_PROBABILITY)),
        "content": math.log(max(candidate.content_probability, _MIN_PROBABILITY)),
        "mass": log_odds(min(max(candidate.overlap_mass, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)),
        "product": log_odds(product),
        "next source": math.log(max(candidate.next_source_probability, _MIN_PROBABILITY)),
        f"quoted={share}": 1.0, f"kind={kind}": 1.0, f"from={candidate.origin}": 1.0,
        f"lemma={para.lemma[candidate.cue]}": 1.0, f"tag={para.tag[candidate.cue]}": 1.0,
        f"words={bucket(candidate.content.bit_count())}": 1.0, f"nobody={candidate.source is None} {share}": 1.0,
        f"frame={candidate.frame}": 1.0,
    }  # fmt: skip
    if quoted:
        features[f"quotation={para.shape_at(quoted)} {share}"] = 1.0
    if candidate.source is not None:
        features[f"source={para.pos[candidate.source]} {para.ent_type[candidate.source]}"] = 1.0
        features[f"source dep={para.dep[candidate.source]}"] = 1.0
        features[f"source lemma={para.lemma[candidate.source]}"] = 1.0
    features.update(dict.fromkeys(meaning_features(para, candidate, cues), 1.0))
    features.update(_rival_features(para, candidate, candidates))
    return features


def _rival_features(para: ParsedParagraph, candidate: Candidate, candidates: Sequence[Candidate]) -> dict[str, float]:
    """How the candidate stands to the others, each feature with the strength of the strongest such rival.

    "cue inside": its cue stands in a rival's content; "same", "held", "holds": see ``_overlap_relation``. "better" (1):
    a rival of the same content has the likelier cue.
    """
    strongest = {"cue inside": 0.0, "same": 0.0, "held": 0.0, "holds": 0.0}
    has_better = False
    for rival in candidates:
        if rival is candidate:
            continue
        strength = rival.cue_probability * rival.overlap_mass
        if rival.content & para.bit[candidate.cue]:
            strongest["cue inside"] = max(strongest["cue inside"], strength)
        relation = _overlap_relation(candidate.content, rival.content)
        if relation:
            strongest[relation] = max(strongest[relation], strength)
        if relation == "same":
            has_better |= rival.cue_probability > candidate.cue_probability
    features = {name: strength for name, strength in strongest.items() if strength}
    if has_better:
        features["better"] = 1.0
    return features


def _overlap_relation(content: int, rival: int) -> str:
    """How a content stands to a rival's: "same" (half shared), "held" by it, "holds" it, or "" for any other way."""
    if not content & rival:
        return ""
    if jaccard(rival, content) >= SAME_CONTENT:
        return "same"
    if not content & ~rival:
        return "held"
    return "" if rival & ~content else "holds"


def rescore(para: ParsedParagraph, candidates: Sequence[Candidate], linear: Linear, cues: Cues) -> None:
    """Set each candidate's ``probability``, that cue, source and content are right, by the model "final" (``linear``).

    ``candidates`` are all of the paragraph, as each is weighed against the others; of ``cues`` the words are used.
    """
    table = linear.groups.get("", {})
    for candidate in candidates:
        features = final_features(para, candidate, candidates, cues)
        score = math.fsum([table[name] * value for name, value in features.items() if name in table])
        candidate.probability = _MAX_PROBABILITY * logistic(score)
