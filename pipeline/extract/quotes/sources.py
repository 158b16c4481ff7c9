"""Who may be a cue's source: noun phrases of the sentence, subjects of the one before, or nobody; their features.

Feature strings are the keys of models/quotes.txt, sections [source] and [trim].
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS
from pipeline.knowledge.weight_table import Fact

#: Noun phrases further from the cue than this (tokens) are not candidates; only lists and tables are that long.
_MAX_DISTANCE = 60
#: Steps up the parse on either side of a dependency path; deeper trees are lists.
_MAX_CLIMB = 12
#: Length given to a path that does not exist (cue and noun in different sentences).
_NO_PATH = 99
#: A noun phrase that begins fewer tokens than this into its sentence is among its first words.
_SENTENCE_START = 3
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
#: Parts of speech that head a noun phrase without a noun: "according to both", "said by several".
_NOUNLESS = frozenset({"DET", "NUM", "ADJ"})
#: Relations of what follows a noun and may be no part of how the text names the source. Each cut drops more: nothing;
#: clauses ("the mayor, who won in May,"); joined names ("the mayor and his aides"); appositions and prepositions too.
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "punct"})
_CUTS: tuple[frozenset[str], ...] = (
    frozenset(),
    _CLAUSES,
    _CLAUSES | {"cc", "conj"},
    _CLAUSES | {"cc", "conj", "appos", "prep"},
)
#: The numbers of the cuts, 0 (the whole phrase) to 3 (the bare noun with what stands before it).
TRIMS = range(len(_CUTS))


def find_source_candidates(para: ParsedParagraph, cue: int) -> list[int | None]:
    """Head tokens of the noun phrases around the cue in text order, two subjects of the sentence before, then None.

    None stands for nobody: the text names no source ("It was said that ...").
    """
    low, high = para.sentence_bounds(cue)
    window = range(max(low, cue - _MAX_DISTANCE), min(high, cue + _MAX_DISTANCE))
    heads: list[int | None] = [token for token in window if token != cue and _may_head_source(para, token)]
    number = para.sentence_of[cue] - 1
    if number >= 0:
        start, end = para.sentences[number]
        heads += [token for token in range(start, end) if para.dep[token] in ("nsubj", "nsubjpass")][:2]
    return [*heads, None]


def _may_head_source(para: ParsedParagraph, token: int) -> bool:
    pos, dep = para.pos[token], para.dep[token]
    if dep == "expl":
        return False
    if pos in _NOMINAL and dep != "compound":
        return True
    return (dep in SUBJECTS and pos != "PUNCT") or (pos in _NOUNLESS and dep in ("pobj", "appos"))


def source_mask(para: ParsedParagraph, head: int, cue: int, trim: int) -> int:
    """The words of the noun phrase of ``head``, cut by ``trim`` (0: whole ... 3: bare noun).

    The branch that holds the cue is left out: in "the mayor, who said ..." the clause is no part of the source.
    """
    mask = para.subtree[head]
    for child in para.children[head]:
        if child > head and para.dep[child] in _CUTS[trim]:
            mask &= ~para.subtree[child]
    token = cue
    while para.head[token] != token:
        above = para.head[token]
        if above == head:
            return mask & ~para.subtree[token]
        token = above
    return mask


def dependency_path(para: ParsedParagraph, cue: int, token: int) -> tuple[str, int, str]:
    """The path in the parse from the cue to a token: (relations, number of steps, words on the way).

    Relations up are joined by "^", then "!" at the top, relations down joined by ".": "!nsubj" for the cue's own
    subject, "xcomp!nsubj" for that of the verb above. Words: lemmas of the last two verbs and prepositions between,
    joined by "_". Without a path ("none", 99, "").
    """
    return _path_from(para, _path_to_root(para, cue), token)


def _path_from(para: ParsedParagraph, from_cue: list[int], token: int) -> tuple[str, int, str]:
    """The same, given the tokens from the cue up to its root."""
    fall: list[int] = []
    node = token
    while node not in from_cue:
        above = para.head[node]
        if above == node or len(fall) + 1 >= _MAX_CLIMB:
            return "none", _NO_PATH, ""
        fall.append(node)
        node = above
    dep, pos = para.dep, para.pos
    top = from_cue.index(node)
    way = f"{'^'.join([dep[up] for up in from_cue[:top]])}!{'.'.join([dep[down] for down in reversed(fall)])}"
    between = [*from_cue[1 : top + 1], *reversed(fall[1:])]
    words = [para.lemma[node] for node in between if pos[node] in VERBAL or pos[node] == "ADP"]
    return way, top + len(fall), "_".join(words[-2:])


def _path_to_root(para: ParsedParagraph, token: int) -> list[int]:
    """The token and those above it, nearest first."""
    nodes = [token]
    while para.head[token] != token and len(nodes) < _MAX_CLIMB:
        token = para.head[token]
        nodes.append(token)
    return nodes


def _nobody_fact(para: ParsedParagraph, cue: int) -> Fact:
    """What is told of a cue whose source the text leaves out."""
    children = para.children[cue]
    deps = [para.dep[child] for child in children]
    subject = next((dep for dep in deps if dep in SUBJECTS), "-")
    aux = "_".join([para.word[child] for child in children if para.dep[child] in ("aux", "auxpass")])
    form = para.pos[cue], para.tag[cue], para.dep[cue]
    return _name_nobody, *form, subject, aux, "auxpass" in deps, "agent" in deps, "poss" in deps


def _name_nobody(
    pos: str, tag: str, dep: str, subject: str, aux: str, is_passive: bool, has_agent: bool, is_owned: bool
) -> list[str]:
    """ "nobody VERB ROOT" (part of speech, relation), "nobody VBN" (tag), "nobody subject=expl ROOT" ("-": no subject),
    "nobody subject=expl VBN was" (with tag and auxiliaries), "nobody agent=False", "nobody passive=True",
    "nobody NOUN owned=True" (a possessor hangs on it: "his claim").
    """
    return [
        "nobody", f"nobody {pos} {dep}", f"nobody subject={subject} {dep}", f"nobody {tag}",
        f"nobody subject={subject} {tag} {aux}", f"nobody agent={has_agent}", f"nobody passive={is_passive}",
        f"nobody {pos} owned={is_owned}", f"nobody subject={subject}",
    ]  # fmt: skip


def source_features(para: ParsedParagraph, cue: int, head: int | None, frame: str) -> list[str]:
    """Features of the model "source": whether the noun phrase of ``head`` is the cue's source; None for nobody."""
    facts = source_facts(para, cue, [head], frame)[0]
    return [feature for name, *values in facts for feature in name(*values)]


def source_facts(
    para: ParsedParagraph, cue: int, heads: Sequence[int | None], frame: str, beginnings: Container[str] | None = None
) -> list[list[Fact]]:
    """What the model "source" is told of each of a cue's candidates; the functions named there say what it means.

    ``beginnings``: of the model's features (see ``WeightTable``), to leave out what weighs nothing; None: all is told.
    """
    deps = {para.dep[child] for child in para.children[cue]}
    act = para.pos[cue], para.tag[cue], frame, "auxpass" in deps, not SUBJECTS.isdisjoint(deps)
    from_cue = _path_to_root(para, cue)
    return [
        [_nobody_fact(para, cue)] if head is None else _noun_facts(para, cue, head, act, from_cue, beginnings)
        for head in heads
    ]


def _noun_facts(
    para: ParsedParagraph,
    cue: int,
    head: int,
    act: tuple[str, str, str, bool, bool],
    from_cue: list[int],
    beginnings: Container[str] | None,
) -> list[Fact]:
    in_sentence = para.sentence_of[head] == para.sentence_of[cue]
    way, length, words = _path_from(para, from_cue, head) if in_sentence else ("before", _NO_PATH, "")
    pos, dep, entity = para.pos[head], para.dep[head], para.ent_type[head]
    side = "before" if head < cue else "after"
    distance = abs(head - cue)
    is_first = head - para.sentence_bounds(head)[0] < _SENTENCE_START
    facts: list[Fact] = [
        (_name_place, side, act[0], bucket(distance), distance == 1, is_first, length),
        (_name_noun, dep, act[0], side, pos, entity, para.tag[head]),
        (_name_lemmas, para.lemma[head], dep, para.lemma[para.head[head]]),
    ]
    if beginnings is None or f"way={way}" in beginnings:
        facts += ((_name_way, way, *act), (_name_way_words, way, words), (_name_way_kind, way, pos, entity))
    if para.quotation_of[head] >= 0:
        facts.append((_name_quoted, way))
    if pos == "PRON":
        facts.append((_name_pronoun, para.word[head], way))
    if dep in SUBJECTS:
        between = para.dep[min(head, cue) + 1 : max(head, cue)]
        facts.append((_name_subjects_between, min(sum([dep in SUBJECTS for dep in between]), 3), side))
    return facts


def _name_way(way: str, pos: str, tag: str, frame: str, is_passive: bool, has_subject: bool) -> list[str]:
    """ "way=WAY": the path from cue to noun, see ``dependency_path`` ("before": it stands in the sentence before), also
    with the cue's part of speech, tag, frame, "passive=" and "has=" (whether the cue has a subject).
    """
    return [
        f"way={way}", f"way={way} {pos}", f"way={way} {tag}", f"way={way} frame={frame}",
        f"way={way} passive={is_passive}", f"way={way} has={has_subject}",
    ]  # fmt: skip


def _name_way_words(way: str, words: str) -> list[str]:
    """The path with the words on it: "way=advcl!nsubj words=say"."""
    return [f"way={way} words={words}"]


def _name_way_kind(way: str, pos: str, entity: str) -> list[str]:
    """The path with the noun's part of speech and entity label: "way=!nsubj NOUN ORG"."""
    return [f"way={way} {pos} {entity}"]


def _name_place(side: str, pos: str, distance: int, is_next: bool, is_first: bool, length: int) -> list[str]:
    """ "before VERB", "before 4" (side, tokens away), "before next=True" (adjacent); "first=True": among the sentence's
    first three tokens; "steps=2": length of the path.
    """
    return [f"{side} {pos}", f"{side} {distance}", f"{side} next={is_next}", f"first={is_first}", f"steps={length}"]


def _name_noun(dep: str, cue_pos: str, side: str, pos: str, entity: str, tag: str) -> list[str]:
    """The noun's relation, "dep=nsubj", also with the cue's part of speech and side; "kind=NOUN ORG", "tag=NN"."""
    return [f"dep={dep}", f"dep={dep} {cue_pos} {side}", f"kind={pos} {entity}", f"tag={tag}"]


def _name_lemmas(lemma: str, dep: str, above: str) -> list[str]:
    """The noun's lemma, "lemma=ministry", and its relation with the lemma above it, "dep=nsubj of=say"."""
    return [f"lemma={lemma}", f"dep={dep} of={above}"]


def _name_quoted(way: str) -> list[str]:
    """It stands inside quotation marks: "quoted", also with the path."""
    return ["quoted", f"quoted way={way}"]


def _name_pronoun(word: str, way: str) -> list[str]:
    """A pronoun with the path: "word=she way=!nsubj"."""
    return [f"word={word} way={way}"]


def _name_subjects_between(count: int, side: str) -> list[str]:
    """How many subjects stand between a subject and the cue: "subjects between=1 before"."""
    return [f"subjects between={count} {side}"]


def trim_features(para: ParsedParagraph, cue: int, head: int, trim: int, masks: list[int]) -> list[str]:
    """Features of the model "trim": whether the source's noun phrase is cut by ``trim``.

    ``masks``: the words that each cut leaves. All begin with "cut=2": alone, with the relations that follow the noun
    ("cut=2 conj+prep", also with its side of the cue), "cut=2 alike=0110" (which cuts give the same mask as this one),
    "cut=2 NOUN ORG" (the noun), "cut=2 words=6" (of the whole phrase), and for each child behind the noun "cut=2 prep
    4" (words) and "cut=2 prep=of".
    """
    behind = [child for child in para.children[head] if child > head]
    deps = "+".join(sorted({para.dep[child] for child in behind} & (_CUTS[3] - {"ccomp", "parataxis", "punct"})))
    alike = "".join("1" if masks[trim] == mask else "0" for mask in masks)
    side = "before" if head < cue else "after"
    features = [
        f"cut={trim}", f"cut={trim} {deps}", f"cut={trim} alike={alike}",
        f"cut={trim} {para.pos[head]} {para.ent_type[head]}", f"cut={trim} {deps} {side}",
        f"cut={trim} words={bucket(masks[0].bit_count())}",
    ]  # fmt: skip
    for child in behind:
        features.append(f"cut={trim} {para.dep[child]} {bucket(para.subtree[child].bit_count())}")
        if para.dep[child] == "prep":
            features.append(f"cut={trim} prep={para.lemma[child]}")
    return features
