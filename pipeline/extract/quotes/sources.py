"""Who may be a cue's source: noun phrases of the sentence, subjects of the one before, or nobody; their features.

Feature strings are the keys of models/quotes.txt, sections [source] and [trim].
"""

from __future__ import annotations

from pipeline.extract.quotes.cues import bucket
from pipeline.extract.quotes.paragraph import VERBAL, ParsedParagraph
from pipeline.extract.syntax import SUBJECTS

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
    from_cue = _path_to_root(para, cue)
    from_token = _path_to_root(para, token)
    index_of = {node: index for index, node in enumerate(from_cue)}
    for fall_length, node in enumerate(from_token):
        if node in index_of:
            top = index_of[node]
            rise, fall = from_cue[:top], from_token[:fall_length]
            way = f"{'^'.join(para.dep[up] for up in rise)}!{'.'.join(para.dep[down] for down in reversed(fall))}"
            between = [*from_cue[1 : top + 1], *reversed(from_token[1:fall_length])]
            words = [para.lemma[node] for node in between if para.pos[node] in VERBAL or para.pos[node] == "ADP"]
            return way, len(rise) + len(fall), "_".join(words[-2:])
    return "none", _NO_PATH, ""


def _path_to_root(para: ParsedParagraph, token: int) -> list[int]:
    """The token and those above it, nearest first."""
    nodes = [token]
    while para.head[token] != token and len(nodes) < _MAX_CLIMB:
        token = para.head[token]
        nodes.append(token)
    return nodes


def nobody_features(para: ParsedParagraph, cue: int) -> list[str]:
    """Features of the model "source" for a cue whose source the text leaves out; all begin with "nobody".

    "nobody VERB ROOT" (part of speech, relation), "nobody VBN" (tag), "nobody subject=expl ROOT" ("-": no subject),
    "nobody subject=expl VBN was" (with tag and auxiliaries), "nobody agent=False", "nobody passive=True",
    "nobody NOUN owned=True" (a possessor hangs on it: "his claim").
    """
    children = para.children[cue]
    deps = [para.dep[child] for child in children]
    subject = next((dep for dep in deps if dep in SUBJECTS), "-")
    aux = "_".join(para.word[child] for child in children if para.dep[child] in ("aux", "auxpass"))
    passive, agent, owned = "auxpass" in deps, "agent" in deps, "poss" in deps
    pos, tag, dep = para.pos[cue], para.tag[cue], para.dep[cue]
    return [
        "nobody", f"nobody {pos} {dep}", f"nobody subject={subject} {dep}", f"nobody {tag}",
        f"nobody subject={subject} {tag} {aux}", f"nobody agent={agent}", f"nobody passive={passive}",
        f"nobody {pos} owned={owned}", f"nobody subject={subject}",
    ]  # fmt: skip


def source_features(para: ParsedParagraph, cue: int, head: int, frame: str) -> list[str]:
    """Features of the model "source": whether the noun phrase of ``head`` is the cue's source.

    "way=WAY": the path from cue to noun, see ``dependency_path`` ("before": it stands in the sentence before), also
    with the cue's part of speech, tag, frame, "passive=", "has=" (whether the cue has a subject), "words=" and the
    noun's kind. "steps=2": its length; "before VERB", "before 4" (side, tokens away), "before next=True" (adjacent);
    "dep=nsubj", "dep=nsubj of=say" (noun's relation and the lemma above), "kind=NOUN ORG", "lemma=", "tag=";
    "first=True": among the sentence's first three tokens; "quoted": inside quotation marks; "word=she way=!nsubj" for
    pronouns; "subjects between=1 before" for subjects.
    """
    in_sentence = para.sentence_of[head] == para.sentence_of[cue]
    way, length, words = dependency_path(para, cue, head) if in_sentence else ("before", _NO_PATH, "")
    pos, dep, entity = para.pos[head], para.dep[head], para.ent_type[head]
    cue_pos, cue_deps = para.pos[cue], {para.dep[child] for child in para.children[cue]}
    side = "before" if head < cue else "after"
    distance = abs(head - cue)
    passive, has_subject = "auxpass" in cue_deps, not SUBJECTS.isdisjoint(cue_deps)
    is_first = head - para.sentence_bounds(head)[0] < _SENTENCE_START
    features = [
        f"way={way}", f"way={way} {cue_pos}", f"way={way} words={words}", f"way={way} {para.tag[cue]}",
        f"way={way} frame={frame}", f"way={way} passive={passive}", f"way={way} has={has_subject}",
        f"way={way} {pos} {entity}", f"steps={length}", f"{side} {cue_pos}", f"{side} {bucket(distance)}", f"dep={dep}",
        f"dep={dep} {cue_pos} {side}", f"kind={pos} {entity}", f"lemma={para.lemma[head]}", f"tag={para.tag[head]}",
        f"{side} next={distance == 1}", f"first={is_first}", f"dep={dep} of={para.lemma[para.head[head]]}",
    ]  # fmt: skip
    if para.quotation_of[head] >= 0:
        features += ("quoted", f"quoted way={way}")
    if pos == "PRON":
        features.append(f"word={para.word[head]} way={way}")
    if dep in SUBJECTS:
        between = range(min(head, cue) + 1, max(head, cue))
        subjects = sum(para.dep[token] in SUBJECTS for token in between)
        features.append(f"subjects between={min(subjects, 3)} {side}")
    return features


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
