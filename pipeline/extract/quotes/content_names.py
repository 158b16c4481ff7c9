"""Names of the features of the model "content", the keys of models/quotes.txt, section [content].

Each counts alone, with the cue's lemma as context and with the kind of the candidate's generator ("child:"). Renaming
one here orphans its weight there.
"""

from __future__ import annotations

from pipeline.extract.quotes.content_context import CueForm


def name_origin(name: str, form: CueForm) -> list[str]:
    """Where the candidate comes from: "from=NAME" of its generator, with what the cue is like."""
    pos, dep, frame, tag, is_passive = form
    return [
        f"from={name}", f"from={name} {pos} {dep}", f"from={name} frame={frame}", f"from={name} {tag}",
        f"from={name} passive={is_passive}",
    ]  # fmt: skip


def name_extent(size: int, share: str, is_finite: bool, sentences: int, runs: int) -> list[str]:
    """What it is made of: "words=6" (bucket), "words=6 quoted=all" (see ``share_quoted``), "quoted=all"; "finite=True":
    a finite verb is among its first forty tokens; "sentences=1": over how many it runs on; "runs=2": unbroken parts.
    """
    return [
        f"words={size}", f"words={size} quoted={share}", f"quoted={share}", f"finite={is_finite}",
        f"sentences={sentences}", f"runs={runs}",
    ]  # fmt: skip


def name_distance(sentences: int, share: str) -> list[str]:
    """How many sentences from the cue's it begins: "distance=-1 quoted=all"."""
    return [f"distance={sentences} quoted={share}"]


def name_first(word: str, tag: str, dep: str, before: str) -> list[str]:
    """How it begins: "first=that", "first tag=IN", "first dep=mark"; and the word before it: "preceded=,", also with
    the tag inside ("^" at the paragraph's start).
    """
    return [f"first={word}", f"first tag={tag}", f"preceded={before}", f"preceded={before} {tag}", f"first dep={dep}"]


def name_first_tag(tag: str, name: str) -> list[str]:
    """The tag of its first word with its generator: "first tag=IN from=child ccomp"."""
    return [f"first tag={tag} from={name}"]


def name_last(tag: str, after: str, next_tag: str) -> list[str]:
    """How it ends: "last tag=NN"; and the word behind it: "followed=.", also with the tag inside, "next tag=." ("$" at
    the paragraph's end).
    """
    return [f"followed={after}", f"last tag={tag}", f"next tag={next_tag}", f"followed={after} {tag}"]


def name_ending(dep: str, word: str) -> list[str]:
    """A constituent that ends with the candidate: relation and first word, "ends with advcl after"."""
    return [f"ends with {dep} {word}"]


def name_nothing_dropped() -> list[str]:
    """It goes to the end of its sentence."""
    return ["drops nothing"]


def name_dropped(dep: str, word: str, comma: str, is_head_inside: bool) -> list[str]:
    """The largest constituent that begins behind it: relation, first word, and whether what it hangs on is in the
    candidate, "drops advcl while True"; with the mark between instead of the word, "drops advcl , True".
    """
    return [f"drops {dep} {word} {is_head_inside}", f"drops {dep} {comma} {is_head_inside}"]


def name_side(side: str, pos: str, frame: str) -> list[str]:
    """On which side of the cue it stands: "side=before" ("after", "around"), with what the cue is and governs."""
    return [f"side={side}", f"side={side} {pos}", f"side={side} frame={frame}"]


def name_gap(side: str, gap: int, fifths: int) -> list[str]:
    """How near it is and how large: "gap=after 2" (tokens between, bucket), "share=4 after" (fifths of the cue's
    sentence that it takes).
    """
    return [f"gap={side} {gap}", f"share={fifths} {side}"]


def name_halves(left: str, right: str) -> list[str]:
    """How much of it is quoted before and after the cue: "halves=all none"."""
    return [f"halves={left} {right}"]


def name_subject_taken(is_taken: bool) -> list[str]:
    """Whether it takes a word of the cue's subject: "takes subject=False"."""
    return [f"takes subject={is_taken}"]


def name_source_taken(part: str, share: str) -> list[str]:
    """What it takes of the cue's source: "takes source=none", "takes source=part", and then "takes source part
    quoted=all".
    """
    part = "part" if part == "some" else part
    return [f"takes source={part}", *([] if part == "none" else [f"takes source {part} quoted={share}"])]


def name_child(verb: str, dep: str, frame: str, word: str) -> list[str]:
    """What becomes of a child of the cue: "takes ccomp", "takes ccomp frame=ccomp+dobj"; "leaves prep=to" where the
    ``word`` is "prep=to".
    """
    return [f"{verb} {dep}", f"{verb} {dep} frame={frame}", *([f"{verb} {word}"] if word else [])]


def name_auxiliary() -> list[str]:
    """It holds an auxiliary or negation of the cue."""
    return ["takes auxiliary"]


def name_left_quoted(in_sentence: int, elsewhere: int, share: str) -> list[str]:
    """Quoted words of the sentence and outside it that it leaves (bucket), with the share of its own that are quoted:
    "leaves quoted=0 all", "leaves quoted elsewhere=6 all".
    """
    return [f"leaves quoted={in_sentence} {share}", f"leaves quoted elsewhere={elsewhere} {share}"]


def name_cut_quotation(at_start: bool, at_end: bool) -> list[str]:
    """Whether its first and last word cut a quotation in two: "cuts quotation True False"."""
    return [f"cuts quotation {at_start} {at_end}"]


def name_quotation(shape: str, share: str) -> list[str]:
    """The shape of its first quotation: "quotation=sentence all"."""
    return [f"quotation={shape} {share}"]


def name_orphans(after: str, before: str, owned: str, share: str, is_here: bool, size: int) -> list[str]:
    """How much it takes of the quotations that nobody owns, "orphans after=some all", "orphans before=none all", also
    with whether the sentence has any and how many words those after it have, and of those that others own:
    "others'=all".
    """
    return [
        f"orphans after={after} {share}", f"orphans before={before} {share}", f"others'={owned}",
        f"orphans after={after} here={is_here}", f"orphans after={after} words={size}",
    ]  # fmt: skip


def name_joint(side: str, word: str) -> list[str]:
    """The word before the mark or behind it: "quotation inside after called", "quotation inside before and"."""
    return [f"quotation inside {side} {word}"]


def name_rivals(inside: int, outside: int, between: int) -> list[str]:
    """How many there are: "rivals inside=1", "rivals outside=1 inside=0", "rivals between=1"."""
    return [f"rivals inside={inside}", f"rivals outside={outside} inside={inside}", f"rivals between={between}"]
