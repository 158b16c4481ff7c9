"""What speaks for one candidate as a cue's content: where it comes from, its edges, quotations and their owners.

Feature strings are the keys of models/quotes.txt, section [content]. Each counts alone, with the cue's lemma as context
and with the kind of the candidate's generator ("child:").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph, first_token

#: Cues from this probability on own what is quoted in their sentence, so that no cue of another sentence is offered it
#: as an orphan. Set by hand on the development set of quotes.
_OWNING_PROBABILITY = 0.4
#: Relations of the cue's children whose word is a feature: "takes prep=to".
_LEXICAL = frozenset({"prep", "advmod", "npadvmod", "prt", "dobj", "advcl", "acomp", "mark", "agent"})
#: Single words at a candidate's end that count as a constituent although they hold nothing.
_TAILS = frozenset({"npadvmod", "advmod", "conj", "acl"})
#: Auxiliaries and negation of the cue: never part of what was said.
_SILENT = frozenset({"aux", "auxpass", "neg"})
#: Quotation marks and blanks, skipped when looking for the word beside a quotation.
_MARKS = frozenset({'"', "''", "``", "'", " "})
#: Tags of verb forms that are not finite: infinitive, "-ing" form, past participle.
_NON_FINITE = frozenset({"VB", "VBG", "VBN"})
#: Steps up the parse from a candidate's edge.
_MAX_CLIMB = 5
#: Tokens from a candidate's start in which its finite verb is looked for.
_FINITE_REACH = 40


@dataclass(slots=True)
class Ownership:
    """Who has a claim on the quotations of a paragraph.

    ``cues``: tokens of the likely cues in text order; ``sentences``: numbers of the sentences that hold one outside
    quotation marks.
    """

    cues: list[int]
    sentences: set[int]


def find_owners(para: ParsedParagraph, probabilities: Mapping[int, float]) -> Ownership:
    """The likely cues of the paragraph and their sentences; ``probabilities``: how likely each token is a cue."""
    cues = sorted(token for token, probability in probabilities.items() if probability >= _OWNING_PROBABILITY)
    return Ownership(cues, {para.sentence_of[token] for token in cues if para.quotation_of[token] < 0})


@dataclass(slots=True)
class CandidateContext:
    """What holds for all content candidates of one cue.

    ``cue``: its head token; ``frame``: its complements, see ``complement_frame``; ``passive``: whether it is.
    ``sentence``, ``left``: masks of the cue's sentence and of all words before the cue.
    ``subject``, ``source``: masks of its subject and of the source chosen for it (0: nobody).
    ``children``: (token, relation, lemma) of what hangs on it, punctuation left out.
    ``after``, ``before``: masks of quoted words in the sentences on either side, up to the next that has a likely cue
    of its own; ``owned``: of quotations in sentences that have one.
    ``rivals``: other likely cues of its sentence.
    """

    cue: int
    frame: str
    passive: bool
    sentence: int
    left: int
    subject: int
    source: int
    children: list[tuple[int, str, str]]
    after: int
    before: int
    owned: int
    rivals: list[int]


def find_orphans(para: ParsedParagraph, cue: int, owners: Ownership) -> tuple[int, int, int]:
    """Masks of quoted words outside the cue's sentence: (unowned after it, unowned before it, owned on either side).

    Unowned are those up to the next sentence with a likely cue, to which a speech of several sentences may run on.
    """
    number = para.sentence_of[cue]
    after, owned_after = _orphans_in(para, range(number + 1, len(para.sentences)), owners)
    before, owned_before = _orphans_in(para, range(number - 1, -1, -1), owners)
    return after, before, owned_after | owned_before


def build_context(
    para: ParsedParagraph, cue: int, frame: str, source: int, owners: Ownership, orphans: tuple[int, int, int]
) -> CandidateContext:
    """What holds for all candidates of a cue whose source is the mask ``source`` (0: nobody).

    ``orphans`` as ``find_orphans`` gives them.
    """
    low, high = para.sentence_bounds(cue)
    children = [
        (child, para.dep[child], para.lemma[child])
        for child in para.children[cue]
        if para.dep[child] != "punct" and para.subtree[child]
    ]
    after, before, owned = orphans
    return CandidateContext(
        cue=cue,
        frame=frame,
        passive=any(dep == "auxpass" for _, dep, _ in children),
        sentence=para.mask_between(low, high),
        left=para.mask_between(0, cue),
        subject=para.mask_of_subtrees([child for child, dep, _ in children if dep in ("nsubj", "nsubjpass")]),
        source=source,
        children=children,
        after=after,
        before=before,
        owned=owned,
        rivals=[token for token in owners.cues if token != cue and low <= token < high],
    )


def _orphans_in(para: ParsedParagraph, sentences: range, owners: Ownership) -> tuple[int, int]:
    """Quoted words of these sentences, nearest first: (up to the first with a likely cue, in all that have one)."""
    orphans = owned = 0
    if not para.quoted_mask:
        return 0, 0
    reached_owner = False
    for number in sentences:
        mask = para.mask_between(*para.sentences[number]) & para.quoted_mask
        if number in owners.sentences:
            owned |= mask
            reached_owner = True
        elif not reached_owner:
            orphans |= mask
    return orphans, owned


def content_features(para: ParsedParagraph, context: CandidateContext, mask: int, name: str) -> list[str]:
    """Features of the model "content": whether the words of ``mask`` are what the cue governs.

    ``name`` is the generator's. "from=NAME" with the cue's part of speech and relation, frame, tag and "passive=";
    "words=6" (bucket) with "quoted=all" (see ``share_quoted``). Then those of ``_add_edge_features``,
    ``_add_ending_features``, ``_add_position_features``, ``_add_child_features``, and where there are any quotations or
    rival cues ``_add_quotation_features`` and ``_add_rival_features``.
    """
    cue = context.cue
    size = bucket(mask.bit_count())
    share = share_quoted(mask & para.quoted_mask, mask)
    first, last = first_token(mask), mask.bit_length() - 1
    features = [
        f"from={name}", f"from={name} {para.pos[cue]} {para.dep[cue]}", f"from={name} frame={context.frame}",
        f"from={name} {para.tag[cue]}", f"from={name} passive={context.passive}", f"words={size}",
        f"words={size} quoted={share}", f"quoted={share}",
    ]  # fmt: skip
    _add_edge_features(para, mask, first, last, name, features)
    _add_ending_features(para, mask, last, features)
    _add_position_features(para, context, mask, first, last, share, features)
    _add_child_features(para, context, mask, features)
    if para.quoted_mask:
        _add_quotation_features(para, context, mask, share, first, last, features)
    if context.rivals:
        _add_rival_features(para, context, mask, first, last, features)
    return features


def _add_edge_features(para: ParsedParagraph, mask: int, first: int, last: int, name: str, features: list[str]) -> None:
    """Words at the edges: "first=that", "first tag=IN" (also with the generator), "first dep=mark", "last tag=NN";
    outside them "preceded=," and "followed=." ("^" and "$" at the paragraph's ends) with the tag inside, "next tag=".
    "finite=True": it has a finite verb among its first forty tokens.
    """
    size = len(para)
    before = para.word[first - 1] if first else "^"
    after = para.word[last + 1] if last + 1 < size else "$"
    first_tag, last_tag = para.tag[first], para.tag[last]
    features += (
        f"first={para.word[first]}", f"first tag={first_tag}", f"first tag={first_tag} from={name}",
        f"preceded={before}", f"followed={after}", f"last tag={last_tag}",
        f"next tag={para.tag[last + 1] if last + 1 < size else '$'}", f"preceded={before} {first_tag}",
        f"followed={after} {last_tag}", f"first dep={para.dep[first]}",
    )  # fmt: skip
    is_finite = False
    for token in range(first, min(last + 1, first + _FINITE_REACH)):
        if mask >> token & 1 and para.pos[token] in VERBAL and para.tag[token] not in _NON_FINITE:
            is_finite = True
            break
    features.append(f"finite={is_finite}")


def _add_ending_features(para: ParsedParagraph, mask: int, last: int, features: list[str]) -> None:
    """The constituents that end with the candidate, and the one that it leaves off right behind its end."""
    _add_last_constituents(para, mask, last, features)
    following = last + 1
    while following < len(para) and not para.bit[following]:
        following += 1
    if following >= len(para) or para.sentence_of[following] != para.sentence_of[last]:
        features.append("drops nothing")
    else:
        _add_dropped_constituent(para, mask, last, following, features)


def _add_last_constituents(para: ParsedParagraph, mask: int, last: int, features: list[str]) -> None:
    """For each constituent of the candidate that ends with it: relation and first word, "ends with advcl after"."""
    token = last
    for _ in range(_MAX_CLIMB):
        start = para.left_edge[token]
        if not mask >> start & 1 and para.bit[start]:
            break
        if start != token or para.dep[token] in _TAILS:
            features.append(f"ends with {para.dep[token]} {para.word[start]}")
        above = para.head[token]
        if above == token or not mask >> above & 1 or para.right_edge[above] > last + 1:
            break
        token = above


def _add_dropped_constituent(para: ParsedParagraph, mask: int, last: int, following: int, features: list[str]) -> None:
    """The largest constituent that begins with the word ``following``: relation, first word, and whether what it hangs
    on is in the candidate, "drops advcl while True"; with the mark between instead of the word, "drops advcl , True".
    """
    comma = "" if following == last + 1 else para.word[last + 1]
    token = following
    for _ in range(_MAX_CLIMB):
        above = para.head[token]
        if above == token or para.left_edge[above] < following:
            break
        token = above
    head_inside = bool(mask >> para.head[token] & 1)
    features += (
        f"drops {para.dep[token]} {para.word[following]} {head_inside}",
        f"drops {para.dep[token]} {comma} {head_inside}",
    )


def _add_position_features(
    para: ParsedParagraph, context: CandidateContext, mask: int, first: int, last: int, share: str, features: list[str]
) -> None:
    """Where the candidate stands to the cue.

    "side=before" ("after", "around"), "gap=after 2" (tokens between, bucket), "sentences=1" (over how many it runs
    on), "distance=-1 quoted=all" (sentences from the cue's), "runs=2" (unbroken parts), "share=4 after" (fifths of the
    cue's sentence that it takes), "halves=all none" (how much is quoted before and after the cue), "takes
    subject=False", "takes source=part".
    """
    cue = context.cue
    left = mask & context.left
    side = "before" if left == mask else "after" if not left else "around"
    gap = first - cue if side == "after" else cue - last if side == "before" else 0
    distance = para.sentence_of[first] - para.sentence_of[cue]
    unbroken = mask | ~para.word_mask & ((1 << last) - (1 << first))  # marks and commas don't break a run
    runs = (unbroken & ~(unbroken << 1)).bit_count()
    fifths = (mask & context.sentence).bit_count() * 5 // max(1, context.sentence.bit_count())
    features += (
        f"side={side}", f"side={side} {para.pos[cue]}", f"side={side} frame={context.frame}",
        f"gap={side} {bucket(gap)}", f"sentences={min(para.sentence_of[last] - para.sentence_of[first], 4)}",
        f"distance={distance} quoted={share}", f"runs={min(runs, 4)}", f"share={fifths} {side}",
    )  # fmt: skip
    if para.quoted_mask:
        right = mask & ~context.left
        features.append(
            f"halves={share_quoted(left & para.quoted_mask, left)} {share_quoted(right & para.quoted_mask, right)}"
        )
    if context.subject:
        features.append(f"takes subject={bool(mask & context.subject)}")
    if context.source:
        part = _part_taken(context.source, mask)
        features.append(f"takes source={'part' if part == 'some' else part}")
        if part != "none":
            features.append(f"takes source {'part' if part == 'some' else part} quoted={share}")


def _add_child_features(para: ParsedParagraph, context: CandidateContext, mask: int, features: list[str]) -> None:
    """For each child of the cue whether the candidate takes, cuts or leaves it: "takes ccomp", "takes ccomp
    frame=ccomp+dobj", "leaves prep=to"; "takes auxiliary" where it holds an auxiliary or negation of the cue.
    """
    for child, dep, lemma in context.children:
        tree = para.subtree[child]
        taken = mask & tree
        if dep in _SILENT:
            if taken:
                features.append("takes auxiliary")
            continue
        verb = "takes" if taken == tree else "cuts" if taken else "leaves"
        features += (f"{verb} {dep}", f"{verb} {dep} frame={context.frame}")
        if dep in _LEXICAL:
            features.append(f"{verb} {dep}={lemma}")


def _add_quotation_features(
    para: ParsedParagraph, context: CandidateContext, mask: int, share: str, first: int, last: int, features: list[str]
) -> None:
    """How the candidate treats quotation marks.

    "leaves quoted=0 all", "leaves quoted elsewhere=6 all": quoted words of the sentence and outside it that it leaves
    (bucket), with the share of its own words that are quoted; "cuts quotation True False": whether its first and last
    word cut one in two; "quotation=sentence all": shape of its first one. "orphans after=some all", "orphans
    before=none all", "others'=all": how much it takes of the quotations that nobody owns and of those that others own.
    """
    in_sentence = context.sentence & para.quoted_mask
    left_in_sentence = bucket((in_sentence & ~mask).bit_count())
    left_elsewhere = bucket((para.quoted_mask & ~context.sentence & ~mask).bit_count())
    features += (f"leaves quoted={left_in_sentence} {share}", f"leaves quoted elsewhere={left_elsewhere} {share}")
    cuts_first, cuts_last = _cuts_quotation(para, first, -1), _cuts_quotation(para, last, 1)
    if cuts_first or cuts_last:
        features.append(f"cuts quotation {cuts_first} {cuts_last}")
    if share != "none":
        features.append(f"quotation={para.shape_at(mask & para.quoted_mask)} {share}")
    if share == "some":
        _add_mixture_features(para, mask, first, last, features)
    after, before = _part_or_dash(context.after, mask), _part_or_dash(context.before, mask)
    features += (
        f"orphans after={after} {share}", f"orphans before={before} {share}",
        f"others'={_part_or_dash(context.owned, mask)}", f"orphans after={after} here={bool(in_sentence)}",
        f"orphans after={after} words={bucket(context.after.bit_count())}",
    )  # fmt: skip


def _add_mixture_features(para: ParsedParagraph, mask: int, first: int, last: int, features: list[str]) -> None:
    """How quotations within the candidate join the words outside them: "quotation inside after called" (the word before
    the mark), "quotation inside before and" (the word after it).
    """
    numbers = {para.quotation_of[token] for token in range(first, last)}
    for number in sorted(numbers | {para.quotation_of[first], para.quotation_of[last]}):
        if number < 0 or not para.quotation_masks[number] & mask:
            continue
        quoted = para.quotation_masks[number]
        start, end = first_token(quoted), quoted.bit_length() - 1
        if mask & ((1 << start) - 1):
            features.append(f"quotation inside after {_next_word(para, range(start - 1, -1, -1), '^')}")
        if mask >> (end + 1):
            features.append(f"quotation inside before {_next_word(para, range(end + 1, len(para)), '$')}")


def _next_word(para: ParsedParagraph, tokens: range, edge: str) -> str:
    """The first of these tokens that is no quotation mark, or ``edge``."""
    return next((para.word[token] for token in tokens if para.word[token] not in _MARKS), edge)


def _cuts_quotation(para: ParsedParagraph, edge: int, step: int) -> bool:
    """Whether the quotation at this edge goes on beyond it (``step`` 1: after, -1: before)."""
    number = para.quotation_of[edge]
    if number < 0:
        return False
    mask = para.quotation_masks[number]
    return bool(mask >> (edge + 1) if step > 0 else mask & ((1 << edge) - 1))


def share_quoted(quoted: int, mask: int) -> str:
    """How many of a mask's words are quoted: "all", "some" or "none"; "-" for an empty mask.

    ``quoted``: the mask's words that stand in quotation marks.
    """
    if not mask:
        return "-"
    return "none" if not quoted else "all" if quoted == mask else "some"


def _part_taken(wanted: int, mask: int) -> str:
    """How many of the wanted words the mask has: "all", "some" or "none"."""
    taken = wanted & mask
    return "all" if taken == wanted else "some" if taken else "none"


def _part_or_dash(wanted: int, mask: int) -> str:
    return _part_taken(wanted, mask) if wanted else "-"


def _add_rival_features(
    para: ParsedParagraph, context: CandidateContext, mask: int, first: int, last: int, features: list[str]
) -> None:
    """Other likely cues of the sentence: "rivals inside=1" the candidate, "rivals outside=1 inside=0", "rivals
    between=1" (between it and its own cue).
    """
    low, high = min(context.cue, first), max(context.cue, last)
    inside = sum(1 for rival in context.rivals if mask & para.bit[rival])
    between = sum(1 for rival in context.rivals if low < rival < high and not mask & para.bit[rival])
    outside = len(context.rivals) - inside
    features += (
        f"rivals inside={min(inside, 3)}", f"rivals outside={min(outside, 3)} inside={min(inside, 3)}",
        f"rivals between={min(between, 2)}",
    )  # fmt: skip
