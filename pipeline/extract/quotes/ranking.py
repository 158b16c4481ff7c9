"""From a paragraph to its attributions: three linear models choose cue, source and content, a fourth how sure that is.

Cue: logistic regression. Source, its cut and content: conditional logit over candidates (McFadden 1974). Of overlapping
contents the one with most probability around it wins, not the likeliest alone. What is left is weighed once more on the
stages' log-odds, and of overlapping attributions the surest is kept.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.quotes.content_features import (
    Ownership,
    content_features,
    orphans_of,
    ownership,
    scene_of,
    share_quoted,
)
from pipeline.extract.quotes.contents import content_candidates
from pipeline.extract.quotes.cues import bucket, cue_candidates, cue_features, frame
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.quotes.sources import (
    TRIMS,
    nobody_features,
    source_candidates,
    source_features,
    source_mask,
    trim_features,
)
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.cues import Cues
from pipeline.knowledge.weights import Linear

#: Contents that share at least this part of their words (Jaccard) are readings of the same one.
SAME = 0.5
#: How much being likeliest counts beside the mass of what overlaps.
_ALONE = 0.5
_KEPT = 8
#: How likely a cue is that somebody added to the table, and a quotation announced by a paragraph ending in a colon.
_ADDED = 0.8
_ANNOUNCED = 0.8
#: How likely an attribution inside another one must be to stand beside it.
_NESTED = 0.6
#: How likely a participle must be a cue to end what was said before it.
_SURE = 0.5
_ADDRESSING = frozenset({"tell", "remind", "assure", "inform", "warn", "advise", "notify", "brief"})
#: Nothing is certain.
_SUREST = 0.995
_CLAUSES = frozenset({"ccomp", "relcl", "acl"})
_OPINIONS = frozenset({"view", "opinion", "judgment", "judgement", "estimation", "eye", "word"})
_QUOTING = frozenset({"quote", "cite"})


@dataclass(slots=True)
class Candidate:
    """One cue with the source and content chosen for it; ``p_*`` are the stages' probabilities.

    ``second``: further contents with their probability, likeliest first, for when the chosen one is another's.
    """

    cue: int
    p_cue: float
    source: int | None
    source_mask: int
    p_source: float
    p_second: float
    content: int
    origin: str
    p_content: float
    mass: float
    sig: str
    second: list[tuple[int, str, float]] = field(default_factory=list)
    probability: float = 0.0


def jaccard(one: int, other: int) -> float:
    """The share of their words that two masks have in common."""
    common = (one & other).bit_count()
    return common / (one.bit_count() + other.bit_count() - common) if common else 0.0


def logistic(score: float) -> float:
    """The probability of a log-odds score."""
    return 1 / (1 + math.exp(-score)) if score > -500 else 0.0


def log_odds(probability: float) -> float:
    """The log-odds of a probability, kept within +-14."""
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))


def softmax(scores: Sequence[float]) -> list[float]:
    """Probabilities of a conditional logit."""
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def cue_contexts(p: ParsedParagraph, cue: int) -> tuple[str, ...]:
    """The weight groups beside the general one: the cue's lemma."""
    return (p.lemma[cue],)


def propose(
    p: ParsedParagraph, models: Mapping[str, Linear], given: Mapping[int, float] | None = None
) -> list[Candidate]:
    """The best source and content of each token that may be a cue.

    ``given``: cue probabilities by token, in place of the first model (for training).
    """
    likely = cue_probabilities(p, models) if given is None else dict(given)
    owners = ownership(p, likely)
    found = []
    for cue, probability in likely.items():
        sig = frame(p, cue)
        source, mask, first, second = choose_source(p, cue, sig, models)
        contents = rate_contents(p, cue, sig, mask, owners, models["content"])
        if not contents:
            continue
        best, mass = _most_mass(contents[:_KEPT])
        content, origin, chance = contents[best]
        rest = [each for k, each in enumerate(contents[:_KEPT]) if k != best]
        found.append(Candidate(cue, probability, source, mask, first, second, content, origin, chance, mass, sig, rest))
    _end_before_participles(p, found)
    return found


def rate_contents(
    p: ParsedParagraph, cue: int, sig: str, source: int, owners: Ownership, linear: Linear
) -> list[tuple[int, str, float]]:
    """What the cue may govern, without the source (a mask): (mask, generator's name, probability), likeliest first."""
    orphans = orphans_of(p, cue, owners)
    candidates = content_candidates(p, cue, orphans[:2])
    if not candidates:
        return []
    scene = scene_of(p, cue, sig, source, owners, orphans)
    lemma = cue_contexts(p, cue)
    scores = []
    for mask, name in candidates.items():
        tables = linear.weights_in((*lemma, f"{name.split(' ', 1)[0]}:"))
        scores.append(linear.score(content_features(p, scene, mask, name), tables))
    merged: dict[int, tuple[str, float]] = {}
    for (mask, name), chance in zip(candidates.items(), softmax(scores), strict=True):
        content = _after_that(p, cue, mask & ~source or mask)
        known = merged.get(content, (name, 0.0))
        merged[content] = known[0], known[1] + chance
    return sorted(((mask, *rated) for mask, rated in merged.items()), key=lambda each: -each[2])


def _after_that(p: ParsedParagraph, cue: int, content: int) -> int:
    """The content of "told reporters on the quay that ..." without the quay: whoever is spoken to is no part of it."""
    if p.lemma[cue] not in _ADDRESSING:
        return content
    first = (content & -content).bit_length() - 1
    for token in range(first, content.bit_length()):
        if p.pos[token] in VERBAL or p.quotation[token] >= 0:
            break
        if p.word[token] == "that" and p.dep[token] not in SUBJECTS and p.dep[p.head[token]] in _CLAUSES:
            return content & ~((1 << token) - 1)
    return content


def _end_before_participles(p: ParsedParagraph, proposals: Sequence[Candidate]) -> None:
    """What somebody said ends where he goes on with ", adding that ...": that is another attribution's."""
    for participle in proposals:
        verb = participle.cue
        sure = participle.p_cue >= _SURE and p.dep[verb] == "advcl" and p.tag[verb] == "VBG"
        if not sure or not verb or p.word[verb - 1] != ",":
            continue
        for other in proposals:
            rest = other.content & ~p.subtree[verb]
            if other is not participle and other.content & p.bit[verb] and rest:
                other.content = rest


def cue_probabilities(p: ParsedParagraph, models: Mapping[str, Linear]) -> dict[int, float]:
    """Tokens that may be cues with their probability, those under the model's floor left out."""
    linear = models["cue"]
    floor = linear.settings["floor"]
    found = {}
    for cue in cue_candidates(p, models["lexicon"].groups.get("", {})):
        score = linear.score(cue_features(p, cue), linear.weights_in(cue_contexts(p, cue)))
        probability = logistic(score)
        if probability >= floor:
            found[cue] = probability
    return found


def choose_source(
    p: ParsedParagraph, cue: int, sig: str, models: Mapping[str, Linear]
) -> tuple[int | None, int, float, float]:
    """Head and mask of the likeliest source (None and 0: nobody), its probability and that of the next."""
    linear = models["source"]
    tables = linear.weights_in(cue_contexts(p, cue))
    candidates = source_candidates(p, cue)
    scores = [
        linear.score(nobody_features(p, cue) if head is None else source_features(p, cue, head, sig), tables)
        for head in candidates
    ]
    chances = softmax(scores)
    order = sorted(range(len(chances)), key=lambda k: -chances[k])
    head = candidates[order[0]]
    second = chances[order[1]] if len(order) > 1 else 0.0
    if head is None:
        return None, 0, chances[order[0]], second
    return head, trim_source(p, cue, head, models["trim"]), chances[order[0]], second


def trim_source(p: ParsedParagraph, cue: int, head: int, linear: Linear) -> int:
    """The mask of the source's noun phrase, cut as the model of cuts likes best."""
    masks = [source_mask(p, head, cue, trim) for trim in TRIMS]
    if len(set(masks)) == 1:
        return masks[0]
    tables = linear.weights_in(())
    scores = [linear.score(trim_features(p, cue, head, trim, masks), tables) for trim in TRIMS]
    return masks[scores.index(max(scores))]


def _most_mass(contents: Sequence[tuple[int, str, float]]) -> tuple[int, float]:
    """The number of the content with most probability around it, and that mass."""
    best, best_value, best_mass = 0, -1.0, 0.0
    for number, (one, _, chance) in enumerate(contents):
        mass = sum(other for mask, _, other in contents if jaccard(one, mask) >= SAME)
        value = mass + _ALONE * chance
        if value > best_value:
            best, best_value, best_mass = number, value, mass
    return best, best_mass


def final_features(p: ParsedParagraph, one: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    """What the last model weighs: the stages' log-odds and how this proposal stands to the others, with values."""
    quoted = one.content & p.marked
    kind = share_quoted(quoted, one.content)
    product = one.p_cue * one.p_source * one.mass
    found = {
        "1": 1.0, "cue": log_odds(one.p_cue), "source": math.log(max(one.p_source, 1e-4)),
        "content": math.log(max(one.p_content, 1e-4)), "mass": log_odds(min(max(one.mass, 1e-4), 1 - 1e-4)),
        "product": log_odds(product), "next source": math.log(max(one.p_second, 1e-4)),
        f"quoted={kind}": 1.0, f"kind={one.origin.split(' ', 1)[0]}": 1.0, f"from={one.origin}": 1.0,
        f"lemma={p.lemma[one.cue]}": 1.0, f"tag={p.tag[one.cue]}": 1.0,
        f"words={bucket(one.content.bit_count())}": 1.0, f"nobody={one.source is None} {kind}": 1.0,
        f"frame={one.sig}": 1.0,
    }  # fmt: skip
    if quoted:
        found[f"quotation={p.shape[p.quotation[(quoted & -quoted).bit_length() - 1]]} {kind}"] = 1.0
    if one.source is not None:
        found[f"source={p.pos[one.source]} {p.ent[one.source]}"] = 1.0
        found[f"source dep={p.dep[one.source]}"] = 1.0
    _against(p, one, others, found)
    return found


def _against(p: ParsedParagraph, one: Candidate, others: Sequence[Candidate], found: dict[str, float]) -> None:
    inside_of = same = better = holds = held = 0.0
    for other in others:
        if other is one:
            continue
        weight = other.p_cue * other.mass
        if other.content & p.bit[one.cue]:
            inside_of = max(inside_of, weight)
        if not other.content & one.content:
            continue
        if jaccard(other.content, one.content) >= SAME:
            same, better = max(same, weight), max(better, other.p_cue - one.p_cue)
        elif not one.content & ~other.content:
            held = max(held, weight)
        elif not other.content & ~one.content:
            holds = max(holds, weight)
    for name, value in (("cue inside", inside_of), ("same", same), ("held", held), ("holds", holds)):
        if value:
            found[name] = value
    if better > 0:
        found["better"] = 1.0


def attributions(p: ParsedParagraph, cues: Cues) -> list[Candidate]:
    """The attributions of a paragraph with their probability, the unlikely and the overlapping left out."""
    models = cues.models
    likely = cue_probabilities(p, models)
    for token in cues.find_added_cues(p.lemma, p.children):
        likely[token] = max(likely.get(token, 0.0), _ADDED)
    proposals = propose(p, models, likely)
    rescore(p, proposals, models["final"])
    kept = suppress_overlaps(p, proposals, models["final"].settings["threshold"])
    kept = [_opinion_of(p, each) for each in kept if not _names_work(p, each, cues.works)]
    return [*kept, *_quoted_speech(p, kept, proposals)]


def _opinion_of(p: ParsedParagraph, one: Candidate) -> Candidate:
    """ "In the view of the pilots, ...": theirs is the view, and what stands outside the phrase is what they hold."""
    above = p.head[one.cue]
    if one.source is not None or p.lemma[one.cue] not in _OPINIONS or p.word[above] != "in":
        return one
    whose = next((c for c in p.children[one.cue] if p.word[c] == "of" and p.children[c]), None)
    content = p.between(*p.bounds(one.cue)) & ~p.subtree[above]
    if whose is None or not content:
        return one
    source = p.subtree[whose] & ~p.bit[whose]
    return replace(one, source=p.children[whose][0], source_mask=source, content=content, origin="opinion of")


def _names_work(p: ParsedParagraph, one: Candidate, works: Collection[str]) -> bool:
    """Whether what is quoted is the title of what somebody read, wrote or sang: capitals, right below such a verb."""
    if p.lemma[one.cue] not in works:
        return False
    first = next((c for c in p.children[one.cue] if c > one.cue and p.subtree[c] & p.marked), None)
    if first is None or p.dep[first] not in ("dobj", "prep", "npadvmod", "oprd"):
        return False
    quoted = p.subtree[first] & p.marked & one.content
    return bool(quoted) and p.shape[p.quotation[(quoted & -quoted).bit_length() - 1]] == "title"


def _quoted_speech(
    p: ParsedParagraph, kept: Sequence[Candidate], proposals: Sequence[Candidate]
) -> Iterator[Candidate]:
    """What B said where A quoted B as saying it: both are attributions, as sure as that A quotes."""
    quoting = {each.cue: each for each in kept if p.lemma[each.cue] in _QUOTING}
    for each in proposals:
        preposition = p.head[each.cue]
        above = quoting.get(p.head[preposition])
        if above is None or each in kept or p.dep[each.cue] != "pcomp" or p.word[preposition] != "as":
            continue
        quoted = next((c for c in p.children[above.cue] if p.dep[c] in ("dobj", "nsubjpass")), None)
        if quoted is not None:
            mask = source_mask(p, quoted, each.cue, 1)
            yield replace(
                each, source=quoted, source_mask=mask, content=each.content & ~mask, probability=above.probability
            )


def ensure_introduced(p: ParsedParagraph, found: list[Candidate], cues: Cues) -> list[Candidate]:
    """Make sure that a paragraph ending in a colon before a quotation has somebody whose words those are.

    When no attribution has its cue in the last sentence, its likeliest cue is added, with no content yet.
    """
    last = len(p.sentences) - 1
    if any(p.sentence[each.cue] == last for each in found):
        return found
    likely = cue_probabilities(p, cues.models)
    here = [cue for cue in likely if p.sentence[cue] == last and p.word[cue] != ":"]
    if not here:
        return found
    cue = max(here, key=lambda token: likely[token])
    sig = frame(p, cue)
    source, mask, first, second = choose_source(p, cue, sig, cues.models)
    made = Candidate(
        cue, likely[cue], source, mask, first, second, 0, "colon before", 1.0, 1.0, sig, probability=_ANNOUNCED
    )
    return [*found, made]


def rescore(p: ParsedParagraph, proposals: Sequence[Candidate], linear: Linear) -> None:
    """Set each proposal's probability by the last model."""
    table = linear.groups.get("", {})
    for each in proposals:
        features = final_features(p, each, proposals)
        each.probability = _SUREST * logistic(sum(table.get(name, 0.0) * value for name, value in features.items()))


def suppress_overlaps(p: ParsedParagraph, proposals: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """The likeliest of those that share their content, in the order of their cues.

    One whose words are a likelier one's falls back on its next best content. A sure one within the content of another
    stays beside it: A quoted B as saying something.
    """
    kept: list[Candidate] = []
    for each in sorted(proposals, key=lambda one: (-one.probability, one.cue)):
        if each.probability < threshold:
            break
        if not any(_clash(p, each, each.content, other) for other in kept):
            kept.append(each)
            continue
        for content, origin, chance in each.second:
            probability = each.probability * chance / max(each.p_content, chance)
            if probability >= threshold and not any(_clash(p, each, content, other) for other in kept):
                kept.append(replace(each, content=content, origin=origin, probability=probability))
                break
    return sorted(kept, key=lambda one: one.cue)


def _clash(p: ParsedParagraph, one: Candidate, content: int, other: Candidate) -> bool:
    """Whether the content is another's already: mostly the same, or words in quotation marks that only one can say."""
    common = content & other.content
    if not common:
        return False
    if content & p.bit[other.cue] or other.content & p.bit[one.cue]:
        return jaccard(content, other.content) >= SAME and one.probability < _NESTED
    return bool(common & p.marked) or jaccard(content, other.content) >= SAME
