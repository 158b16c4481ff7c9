"""The window encoder of a tok2vec, computed in one go: the numbers of thinc's layers, at four fifths of their time.

Each of its layers looks at a token and its neighbours, takes the largest of several linear functions (maxout), brings
the result to mean 0 and variance 1, scales it, and adds it to what came in. thinc keeps what each step needs for
training; here a block of tokens goes through all steps while it is in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: Tokens that go through a layer together: its matrices for 768 take 2 MB.
_BLOCK = 768
#: The names of thinc's steps within a layer, in order, that this module knows to compute.
_STEPS = ["expand_window", "maxout", "layernorm", "dropout"]
#: What thinc adds to a variance before it divides by its root.
_EPSILON = 1e-08


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of a layer: ``linear`` has all first functions of the maxout, then all second ones, and so on."""

    linear: Floats  #: a column for each function, a row for each number of the three tokens that it looks at
    bias: Floats
    scale: Floats
    shift: Floats
    pieces: int  #: functions of which the largest counts


def compute_encoders(nlp: Language) -> int:
    """Have the pipeline's window encoders computed here; how many are from now on. Others stay as they are."""
    count = 0
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        nodes = list(model.walk()) if model is not None else []
        count += sum(_replace_in(node) for node in nodes)
    return count


def _replace_in(node: Model[Any, Any]) -> bool:
    """Put this module's computation in the place of the encoder, where the node is a tok2vec with a known one."""
    from thinc.api import Model

    if not (node.has_ref("embed") and node.has_ref("encode")) or node.layers[1] is not node.get_ref("encode"):
        return False
    encode = node.layers[1]
    layers = _read_layers(encode) if encode.name.startswith("with_array(residual(") else []
    if layers:
        attributes = {"layers": layers, "gap": encode.attrs["pad"]}
        node.layers[1] = Model("computed_encoder", _forward, layers=[encode], attrs=attributes)
    return bool(layers)


def _read_layers(encode: Model[Any, Any]) -> list[_Layer]:
    """The encoder's layers, none where it is not one of maxouts over a window of three tokens."""
    steps = [node for node in encode.walk(order="dfs_pre") if not node.layers]
    layers = []
    for start in range(0, len(steps), len(_STEPS)):
        of_layer = steps[start : start + len(_STEPS)]
        if [step.name for step in of_layer] != _STEPS or of_layer[0].attrs["window_size"] != 1:
            return []
        _, maxout, norm, _ = of_layer
        weights: Any = maxout.get_param("W")
        biases: Any = maxout.get_param("b")
        outputs, pieces, inputs = weights.shape
        linear = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs)).T
        bias = np.ascontiguousarray(biases.T).reshape(-1)
        scale: Any = norm.get_param("G")
        shift: Any = norm.get_param("b")
        layers.append(_Layer(linear, bias, scale, shift, pieces))
    return layers


def _forward(model: Model[Any, Any], texts: list[Floats], is_train: bool) -> tuple[list[Floats], Any]:
    """The forward pass of the encoder; in training it is thinc's own."""
    if is_train:
        return model.layers[0](texts, is_train)
    return _encode_texts(texts, model.attrs["layers"], model.attrs["gap"]), None


def _encode_texts(texts: Sequence[Floats], layers: Sequence[_Layer], gap: int) -> list[Floats]:
    """The encoded tokens of each text, a row each, from their embeddings; ``gap`` rows lie between two texts."""
    width = len(layers[0].scale)
    starts = []
    size = gap + 1
    for text in texts:
        starts.append(size)
        size += len(text) + gap
    rows = np.zeros((size + 1, width), np.float32)
    for start, text in zip(starts, texts, strict=True):
        rows[start : start + len(text)] = text
    for layer in layers:
        rows = _encode_rows(rows, layer)
    return [rows[start : start + len(text)] for start, text in zip(starts, texts, strict=True)]


def _encode_rows(rows: Floats, layer: _Layer) -> Floats:
    """The rows after a layer; the first and the last, which have a neighbour on one side alone, become zeros."""
    width = rows.shape[1]
    encoded = np.zeros_like(rows)
    window = np.empty((_BLOCK, 3 * width), np.float32)
    for start in range(1, len(rows) - 1, _BLOCK):
        end = min(start + _BLOCK, len(rows) - 1)
        seen = window[: end - start]
        for place in range(3):
            seen[:, place * width : (place + 1) * width] = rows[start - 1 + place : end - 1 + place]
        functions = seen @ layer.linear
        functions += layer.bias
        largest = functions[:, :width]
        for piece in range(1, layer.pieces):
            largest = np.maximum(largest, functions[:, piece * width : (piece + 1) * width])
        mean = largest.mean(axis=1, keepdims=True)
        variance = largest.var(axis=1, keepdims=True) + _EPSILON
        largest -= mean
        largest *= variance ** (-1.0 / 2.0)
        largest *= layer.scale
        largest += layer.shift
        np.add(rows[start:end], largest, out=encoded[start:end])
    return encoded
