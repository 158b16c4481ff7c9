"""Embeddings of words, computed once: the first layers of a tok2vec give a word the same vector wherever it stands.

A tok2vec embeds each token by features of the word alone and then looks at its neighbours. The first part is two fifths
of its arithmetic; in running news nine tokens of ten are of a word that came before, whose vector is looked up here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.api import Model, NumpyOps

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Keys = np.ndarray[Any, np.dtype[np.uint64]]

#: Words kept for each layer; with one more all are forgotten. 96 numbers each, they take 12 MB, and are what some 300
#: articles have.
MOST_WORDS = 30_000
#: Odd factors that mix the numbers of a word, which are hashes of 64 bits themselves, into one such number.
_NORM_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_BLANK_FACTOR = np.uint64(0xC2B2AE3D27D4EB4F)
#: The architecture that embeds by features of the word, whatever its version, and those features. "SPACY" is the blank.
_ARCHITECTURE = "spacy.MultiHashEmbed."
_FEATURES = frozenset({"ORTH", "LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"})


def remember_embeddings(nlp: Language) -> int:
    """Have the pipeline's tok2vec layers compute each word's embedding once; how many layers do from now on.

    Layers of other kinds, which may look at more than the word, stay as they are.
    """
    count = 0
    for name, component in nlp.pipeline:
        model = getattr(component, "model", None)
        config = nlp.config["components"].get(name, {}).get("model") or {}
        if model is not None and _embeds_words(config.get("tok2vec", config).get("embed", {})):
            count += sum(_remember_in(node) for node in list(model.walk()))
    return count


def _embeds_words(config: dict[str, Any]) -> bool:
    """Whether the layer of that configuration looks at nothing but features of the word."""
    return config.get("@architectures", "").startswith(_ARCHITECTURE) and _FEATURES.issuperset(config["attrs"])


def _remember_in(node: Model[Any, Any]) -> bool:
    """Put a memory in the place of the embedding layer, where the node is a tok2vec with one."""
    from thinc.api import Model

    if not (node.has_ref("embed") and node.has_ref("encode")) or node.layers[0] is not node.get_ref("embed"):
        return False
    embed = node.layers[0]
    ops = _double_ops()
    for layer in embed.walk():
        layer.ops = ops
    node.layers[0] = Model("remembered_embeddings", _look_up, layers=[embed], attrs={"memory": _Memory(embed)})
    return True


def _double_ops() -> NumpyOps:
    """thinc's operations with products of matrices in double precision.

    A BLAS takes other instructions for other rows of a matrix, so the last bits of a product depend on where in it a
    word stands. These are far behind what is kept: the vector of a word is the same whatever came with it.
    """
    from thinc.api import NumpyOps

    class DoubleOps(NumpyOps):  # type: ignore[misc]  # thinc has no types
        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            left, right = x.T if trans1 else x, y.T if trans2 else y
            product = np.matmul(left.astype(np.float64), right.astype(np.float64)).astype(x.dtype)
            if out is None:
                return product
            out[:] = product
            return out

    return DoubleOps(use_blis=False)


def _look_up(model: Model[list[Doc], list[Floats]], docs: list[Doc], is_train: bool) -> tuple[list[Floats], Any]:
    """The forward pass of the layer: the vectors of each Doc's tokens. Nothing is remembered in training."""
    if is_train:
        return model.layers[0](docs, is_train)
    return model.attrs["memory"].look_up(docs), None


class _FeatureSum:
    """The embeddings of words as a sum over their features, in double precision until it is complete.

    The layers put the numbers of all features of a word side by side and compute linear functions of them. But few
    words are the first with their prefix, their suffix or their shape, so it takes less to compute the part of each.
    A sum in double precision, rounded once, is the same whatever other words there are.
    """

    def __init__(self, nodes: Mapping[str, Sequence[Model[Any, Any]]]) -> None:
        self._columns: list[int | str] = nodes["extract_features"][0].attrs["columns"]
        self._tables = nodes["hashembed"]
        self._static = nodes.get("static_vectors", [])
        self._norm = nodes["layernorm"][0]
        weights: Any = nodes["maxout"][0].get_param("W")
        bias: Any = nodes["maxout"][0].get_param("b")
        self._width, self._pieces, inputs = weights.shape
        # All first functions of the maxout, then all second ones, and so on.
        linear = weights.transpose(2, 1, 0).reshape(inputs, -1).astype(float)
        widths = [layer.get_dim("nO") for layer in [*self._tables, *self._static]]
        self._linear = np.split(linear, np.cumsum(widths)[:-1])  #: of each feature
        self._bias = bias.T.reshape(-1).astype(float)

    def vectors_of(self, words: Doc) -> Floats:
        """The embeddings of these words, a row each."""
        parts = np.tile(self._bias, (len(words), 1))
        features = words.to_array(self._columns)
        for column, table in enumerate(self._tables):
            values, which = np.unique(features[:, column], return_inverse=True)
            parts += (table.predict(values).astype(float) @ self._linear[column])[which]
        for layer in self._static:
            parts += layer.predict([words]).data.astype(float) @ self._linear[-1]
        functions = parts.astype(np.float32).reshape(len(words), self._pieces, self._width)
        vectors: Floats = self._norm.predict(functions.max(axis=1))
        return vectors


def _read_sum(embed: Model[Any, Any]) -> _FeatureSum | None:
    """The sum that the layer computes; None where it is one of other layers than these."""
    nodes: dict[str, list[Model[Any, Any]]] = {}
    for node in embed.walk():
        nodes.setdefault(node.name, []).append(node)
    known = all(len(nodes.get(name, ())) == 1 for name in ("extract_features", "maxout", "layernorm"))
    tables = nodes.get("hashembed", [])
    if not known or [table.attrs["column"] for table in tables] != list(range(len(tables))):
        return None
    return _FeatureSum(nodes)


class _Memory:
    """The vectors of the words so far, a row each, computed by the layer ``embed``."""

    def __init__(self, embed: Model[list[Doc], list[Floats]]) -> None:
        self._embed = embed
        self._sum = _read_sum(embed)
        self._rows: dict[int, int] = {}  #: by key, see ``_keys_of``
        self._vectors: Floats = np.zeros((0, 0), np.float32)  #: with room for more rows

    def look_up(self, docs: Sequence[Doc]) -> list[Floats]:
        """The vectors of each Doc's tokens."""
        tokens = np.concatenate([doc.to_array(["ORTH", "NORM", "SPACY"]) for doc in docs])
        keys, places, which = np.unique(_keys_of(tokens), return_index=True, return_inverse=True)
        numbers = keys.tolist()
        rows = self._rows
        missing = [place for place, key in enumerate(numbers) if key not in rows]
        if missing:
            if len(rows) + len(missing) > MOST_WORDS:
                rows.clear()
                missing = list(range(len(numbers)))
            self._learn([numbers[place] for place in missing], tokens[places[missing]], docs[0])
        vectors = self._vectors[np.array([rows[key] for key in numbers], np.intp)[which]]
        ends = accumulate(map(len, docs), initial=0)
        return [vectors[start:end] for start, end in pairwise(ends)]

    def _learn(self, keys: list[int], tokens: Keys, example: Doc) -> None:
        """Compute the vectors of new words; ``example`` is any Doc of the same vocabulary."""
        from spacy.tokens import Doc

        strings = example.vocab.strings
        words = [strings[word] for word in tokens[:, 0].tolist()]
        doc = Doc(example.vocab, words=words, spaces=tokens[:, 2].astype(bool).tolist())
        norms: Any = tokens[:, 1:2]
        doc.from_array(["NORM"], norms)
        vectors = self._sum.vectors_of(doc) if self._sum else self._embed.predict([doc])[0]
        start, end = len(self._rows), len(self._rows) + len(vectors)
        if end > len(self._vectors):
            larger = np.empty((max(MOST_WORDS, end), vectors.shape[1]), np.float32)
            larger[:start] = self._vectors[:start] if start else 0
            self._vectors = larger
        # In this order: where time runs out in between, there are vectors of no word and never words of a wrong vector.
        self._vectors[start:end] = vectors
        self._rows.update((key, start + number) for number, key in enumerate(keys))


def _keys_of(tokens: Keys) -> Keys:
    """What tells tokens of one vector: the numbers of the word, of its normal form and of the blank behind it, mixed.

    ``tokens`` has these three of each. That two of a million words get one key has a chance of one in 30 millions.
    """
    keys: Keys = tokens[:, 0] ^ (tokens[:, 1] * _NORM_FACTOR) ^ (tokens[:, 2] * _BLANK_FACTOR)
    return keys
