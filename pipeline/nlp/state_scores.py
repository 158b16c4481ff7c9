"""The scores by which spaCy's parser and NER choose their next move, for many states of texts at once.

Both read a few tokens about a state (say the next token and the two on top of the stack), add up what each contributes
to a hidden layer, and score all moves from that (spaCy's architecture "TransitionBasedParser", after Goldberg and
Kiperwasser 2016, arXiv:1603.04351). What each token contributes in each place is computed once for a batch of texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model

    Floats = np.ndarray[Any, np.dtype[np.float32]]
    Ints = np.ndarray[Any, np.dtype[np.int64]]

#: The names of the layers behind the tok2vec, see ``spacy.ml.tb_framework``.
_LAYERS = ["precomputable_affine", "linear"]


class StateScores:
    """Scores of the moves from states of a batch of texts, of the component whose ``model`` it is."""

    def __init__(self, model: Model[Any, Any], capacity: int) -> None:
        """``capacity``: tokens of a batch for which the memory is kept from one batch to the next."""
        self._tok2vec, lower, upper = model.layers
        weights: Any = lower.get_param("W")
        padding: Any = lower.get_param("pad")
        bias: Any = lower.get_param("b")
        self.places, self._width, self._pieces, inputs = weights.shape  #: tokens that are read about a state
        # The first functions of a maxout together, then the second ones, so that each is a stretch of memory.
        self._weights = weights.transpose(0, 2, 1, 3).reshape(-1, inputs).T
        self._padding = padding[0].transpose(0, 2, 1).reshape(-1)
        self._bias = bias.T.reshape(-1)
        self._upper: Floats = np.ascontiguousarray(upper.get_param("W").T)
        self._upper_bias: Any = upper.get_param("b")
        self._kept: Floats = np.empty((capacity + 1, len(self._padding)), np.float32)
        self._parts: Floats = self._kept  #: a row for each token and place, after those for no token
        self._steps: Any = np.arange(self.places)

    def read(self, docs: Sequence[Doc]) -> None:
        """Compute what the tokens of a batch contribute; its texts are numbered through, one after another."""
        vectors: Floats = self._tok2vec.predict(docs)
        size = len(vectors) + 1
        parts = self._kept[:size] if size <= len(self._kept) else np.empty((size, len(self._padding)), np.float32)
        parts[0] = self._padding
        np.matmul(vectors, self._weights, out=parts[1:])
        self._parts = parts.reshape(size * self.places, -1)

    def score(self, tokens: Ints) -> Floats:
        """The scores of all moves, a row each; ``tokens`` are those read about each state, -1 for none."""
        hidden: Floats = self._parts.take((tokens + 1) * self.places + self._steps, axis=0).sum(axis=1)
        hidden += self._bias
        largest = hidden[:, : self._width]
        for piece in range(1, self._pieces):
            largest = np.maximum(largest, hidden[:, piece * self._width : (piece + 1) * self._width])
        scores: Floats = largest @ self._upper
        scores += self._upper_bias
        return scores


def can_score(component: Any) -> bool:
    """Whether the component chooses each move by the greatest score, and that of all moves is computed here."""
    model = getattr(component, "model", None)
    return (
        model is not None
        and model.name == "parser_model"
        and component.cfg["beam_width"] == 1
        and not model.attrs["unseen_classes"]
        and [layer.name for layer in model.layers[1:]] == _LAYERS
        and model.layers[1].get_dim("nP") > 1
    )


def new_state(doc: Doc, offset: int) -> Any:
    """spaCy's state at the start of a Doc; ``offset`` is the number of its first token in the batch."""
    from spacy.pipeline._parser_internals.stateclass import StateClass

    return StateClass(doc, offset)


def go_on(state: Any, tokens: int) -> None:
    """Have a state whose stack is empty go on by so many tokens."""
    for _ in range(tokens):
        state.push()
        state.pop()
