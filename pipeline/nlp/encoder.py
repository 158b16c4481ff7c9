"""The window encoder of a tok2vec, computed in one go: the numbers of thinc's layers, at four fifths of their time.

Each of its layers looks at a token and its neighbours, takes the largest of several linear functions (maxout), brings
the result to mean 0 and variance 1, scales it, and adds it to what came in. thinc keeps what each step needs for
training; here a block of tokens goes through all layers while it is in the processor's cache. Its rows are columns
there, so that each step goes along them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model

    Floats = np.ndarray[Any, np.dtype[np.float32]]

#: Tokens that go through all layers together, a column each. OpenBLAS computes at most 320 columns of a product at
#: once, the first 8 and the last 8 of them with other instructions than those between (measured for Haswell, Zen,
#: Sandybridge and Nehalem). No block keeps any of these, so the numbers of a token are the same to the last bit
#: wherever it stands and whatever stands around its text.
_BLOCK = 320
_EDGE = 8
#: The names of thinc's steps within a layer, in order, that this module knows to compute.
_STEPS = ["expand_window", "maxout", "layernorm", "dropout"]
#: What thinc adds to a variance before it divides by its root.
_EPSILON = np.float32(1e-08)


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of a layer: ``linear`` has all first functions of the maxout, then all second ones, and so on.

    What a layer shifts all tokens by is left out, and is in the constants of the layers that follow: ``shift`` is the
    sum of it up to this one.
    """

    linear: Floats  #: a row for each function, a column for each number of the three tokens that it looks at and a 1
    scale: Floats  #: a column
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
    if 0 < len(layers) <= encode.attrs["pad"]:
        attributes = {"layers": layers, "gap": encode.attrs["pad"]}
        node.layers[1] = Model("computed_encoder", _forward, layers=[encode], attrs=attributes)
        return True
    return False


def _read_layers(encode: Model[Any, Any]) -> list[_Layer]:
    """The encoder's layers, none where it is not one of maxouts over a window of three tokens."""
    steps = [node for node in encode.walk(order="dfs_pre") if not node.layers]
    layers: list[_Layer] = []
    shift: Any = 0.0
    for start in range(0, len(steps), len(_STEPS)):
        of_layer = steps[start : start + len(_STEPS)]
        if [step.name for step in of_layer] != _STEPS or of_layer[0].attrs["window_size"] != 1:
            return []
        _, maxout, norm, _ = of_layer
        weights: Any = maxout.get_param("W")
        biases: Any = maxout.get_param("b")
        outputs, pieces, inputs = weights.shape
        linear: Any = weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).astype(float)
        constant = biases.T.reshape(-1) + linear @ np.broadcast_to(shift, (3, outputs)).reshape(-1)
        scale: Any = norm.get_param("G")
        of_norm: Any = norm.get_param("b")
        shift = shift + of_norm.astype(float)
        augmented = np.concatenate([linear, constant[:, None]], axis=1)
        layers.append(_Layer(augmented.astype(np.float32), scale[:, None], shift.astype(np.float32), pieces))
    return layers


def _forward(model: Model[Any, Any], texts: list[Floats], is_train: bool) -> tuple[list[Floats], Any]:
    """The forward pass of the encoder; in training it is thinc's own."""
    if is_train:
        return model.layers[0](texts, is_train)
    return _encode_texts(texts, model.attrs["layers"], model.attrs["gap"]), None


def _encode_texts(texts: Sequence[Floats], layers: Sequence[_Layer], gap: int) -> list[Floats]:
    """The encoded tokens of each text, a row each, from their embeddings; ``gap`` rows lie between two texts."""
    margin = _EDGE + len(layers)  # each layer looks one token further
    kept = _BLOCK - 2 * margin
    starts = list(accumulate((len(text) + gap for text in texts), initial=margin))
    blocks = range(margin, starts[-1], kept)
    width = len(layers[0].shift)
    rows = np.zeros((len(blocks) * kept + 2 * margin, width), np.float32)
    for start, text in zip(starts, texts, strict=False):
        rows[start : start + len(text)] = text
    encoded = np.empty_like(rows)
    encoder = _BlockEncoder(layers)
    for start in blocks:
        columns = encoder.encode(rows[start - margin : start - margin + _BLOCK])[:, margin : margin + kept]
        np.add(columns.T, layers[-1].shift, out=encoded[start : start + kept])
    return [encoded[start : start + len(text)] for start, text in zip(starts, texts, strict=False)]


class _BlockEncoder:
    """Computes all layers of a block in the same memory."""

    def __init__(self, layers: Sequence[_Layer]) -> None:
        self._layers = layers
        width = len(layers[0].shift)
        self._window: Floats = np.ones((3 * width + 1, _BLOCK), np.float32)
        before, self._columns, after = self._window[:-1].reshape(3, width, _BLOCK)
        before[:, 0] = after[:, -1] = 0
        self._before, self._after = before[:, 1:], after[:, :-1]
        self._functions: Floats = np.empty((max(layer.pieces for layer in layers), width, _BLOCK), np.float32)
        self._largest: Floats = np.empty((width, _BLOCK), np.float32)

    def encode(self, rows: Floats) -> Floats:
        """A column for each row after the last layer, but for its shift; the next call overwrites them."""
        columns, largest = self._columns, self._largest
        share = np.float32(1 / len(columns))
        columns[:] = rows.T
        for layer in self._layers:
            self._before[:] = columns[:, :-1]
            self._after[:] = columns[:, 1:]
            functions = self._functions[: layer.pieces]
            np.matmul(layer.linear, self._window, out=functions.reshape(-1, _BLOCK))
            np.maximum(functions[0], functions[-1], out=largest)
            for function in functions[1:-1]:
                np.maximum(largest, function, out=largest)
            largest -= np.einsum("ij->j", largest) * share
            variance = np.einsum("ij,ij->j", largest, largest) * share + _EPSILON
            largest *= 1 / np.sqrt(variance)
            largest *= layer.scale
            columns += largest
        return columns
