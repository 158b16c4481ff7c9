"""spaCy's named entity recognizer without its steps: the same entities, from scores of all tokens at once.

spaCy goes from token to token: outside of an entity it begins one, makes one of the token alone or leaves the token
out; within one it goes on or ends it. Outside, the scores depend on the token alone, so those of all are computed at
once; and then, for all entities that may begin somewhere, whether they go on with their second token, their third, and
so on. An entity ends with its sentence at the latest, and none begins with a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.nlp.state_scores import go_on, new_state

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.state_scores import Ints, StateScores

    Flags = np.ndarray[Any, np.dtype[np.bool_]]

#: How many tokens the recognizer must read about a state (see ``set_context_tokens`` of spaCy's ``_state.pxd``): the
#: next one, the first one of the entity that it is within, and the last one of that so far.
PLACES = frozenset({3})
#: Tokens that are scored together: what they contribute stays in the processor's cache.
_BLOCK = 512
#: The move over a token that may not get a label.
_BLOCKED = "U-"


@dataclass(frozen=True, slots=True)
class _Tokens:
    """What is asked of the tokens of a batch, numbered through all its texts."""

    is_blank: Flags
    is_last: Flags  #: of its text or of its sentence


class _Moves:
    """The recognizer's moves by number."""

    def __init__(self, recognizer: Any) -> None:
        system = recognizer.moves
        names = [system.get_class_name(move) for move in range(system.n_moves)]
        numbers = {name: move for move, name in enumerate(names)}
        kinds = np.array([name[:1] if name != _BLOCKED else "" for name in names])
        labels = [name[2:] for name in names]
        self.labels = [recognizer.vocab.strings[label] if label else 0 for label in labels]
        self.begins: Flags = kinds == "B"
        self.alone: Flags = kinds == "U"
        self.never_outside: Flags = ~(self.begins | self.alone | (kinds == "O"))
        #: By a move that begins an entity: the one that goes on with it and the one that ends it.
        self.goes_on: Ints = np.array([numbers.get(f"I-{label}", -1) for label in labels])
        self.ends: Ints = np.array([numbers.get(f"L-{label}", -1) for label in labels])


def label_entities(recognizer: Any, scores: StateScores, docs: Sequence[Doc]) -> list[Any]:
    """States of spaCy's ``recognizer`` with the entities of each Doc, for its ``set_annotations``.

    Where tokens have labels already, which spaCy keeps, the states are those of its steps.
    """
    if any(doc.has_annotation("ENT_IOB") for doc in docs):
        of_steps: list[Any] = recognizer.predict(docs)
        return of_steps
    moves = _Moves(recognizer)
    tokens = _read_tokens(docs)
    scores.read(docs)
    best = _moves_outside(scores, moves, tokens)
    begin = np.flatnonzero(moves.begins[best])
    ends = dict(zip(begin.tolist(), _ends_of(begin, best[begin], scores, moves, tokens).tolist(), strict=True))
    found = np.flatnonzero(moves.begins[best] | moves.alone[best])
    states = []
    offset = 0
    for doc in docs:
        state = new_state(doc, offset)
        next_token = offset
        for start in found[np.searchsorted(found, offset) : np.searchsorted(found, offset + len(doc))].tolist():
            if start < next_token:
                continue
            go_on(state, start - next_token)
            end = ends.get(start, start + 1)
            state.open_ent(moves.labels[best[start]])
            go_on(state, end - 1 - start)
            state.close_ent()
            go_on(state, 1)
            next_token = end
        states.append(state)
        offset += len(doc)
    return states


def _read_tokens(docs: Sequence[Doc]) -> _Tokens:
    blanks, lasts = [], []
    for doc in docs:
        columns = doc.to_array(["IS_SPACE", "SENT_START"])
        blanks.append(columns[:, 0] == 1)
        lasts.append(np.append(columns[1:, 1] == 1, True)[: len(doc)])
    return _Tokens(np.concatenate(blanks), np.concatenate(lasts))


def _moves_outside(scores: StateScores, moves: _Moves, tokens: _Tokens) -> Ints:
    """The best move for each token where it is outside of an entity."""
    best = []
    seen = np.full((len(tokens.is_last), 3), -1)
    seen[:, 0] = np.arange(len(seen))
    for start in range(0, len(seen), _BLOCK):
        block = slice(start, start + _BLOCK)
        of_moves = scores.score(seen[block])
        of_moves[:, moves.never_outside] = -np.inf
        of_moves[np.ix_(tokens.is_last[block] | tokens.is_blank[block], moves.begins)] = -np.inf
        of_moves[np.ix_(tokens.is_blank[block], moves.alone)] = -np.inf
        best.append(of_moves.argmax(axis=1))
    return np.concatenate(best)


def _ends_of(starts: Ints, begun: Ints, scores: StateScores, moves: _Moves, tokens: _Tokens) -> Ints:
    """The token behind each entity that may begin with these; ``begun`` are the moves with which it does."""
    ends = starts + 1
    open_ones = np.arange(len(starts))
    while len(open_ones):
        at = ends[open_ones]
        of_moves = scores.score(np.stack([at, starts[open_ones], at - 1], axis=1))
        places = np.arange(len(at))
        goes_on, is_over = moves.goes_on[begun[open_ones]], moves.ends[begun[open_ones]]
        difference = of_moves[places, goes_on] - of_moves[places, is_over]
        # Of two moves with one score the first counts.
        going = ((difference > 0) | ((difference == 0) & (goes_on < is_over))) & ~tokens.is_last[at]
        ends[open_ones] += 1
        open_ones = open_ones[going]
    return ends
