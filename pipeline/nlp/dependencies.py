"""spaCy's dependency parser, stepping through all paragraphs of a batch side by side: the same parse in half the time.

spaCy steps through each text from its first token to its last, all texts of a batch at once; what a step takes hardly
depends on their number. No arc crosses the start of a sentence that is fixed before, as ``pipeline.nlp`` fixes the
first token of each block: there the stack runs empty. So the parse between two such starts is the same by itself, and
a text of thirty paragraphs takes the steps of its longest.

One thing goes across: before the stack has run empty, the parser may start a sentence with the token behind the fixed
one. Where it is about to, the parse of the paragraph before goes on through the one behind, as spaCy's does.

A long paragraph is cut where a sentence seems to start, too, or the batch would wait for it. There the parser is free.
Where it comes to the cut with an empty stack and has given the token no child, the parse behind is the same by itself;
elsewhere it goes on through the next stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.nlp.state_scores import go_on, new_state

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.state_scores import Floats, Ints, StateScores

#: How many tokens the parser may read about a state (see ``set_context_tokens`` of spaCy's ``_state.pxd``), each time
#: first the next two tokens, then the top of the stack; and in which place it reads the next one's last left child.
_LEFT_CHILD = {8: 5, 13: 7}
PLACES = frozenset(_LEFT_CHILD)
_NEXT, _SECOND, _TOP = range(3)
#: Stands for a place behind the last token.
_NOWHERE = -2
#: Tokens between two cuts at least, as in an ordinary sentence. What lies behind a wrong cut is parsed twice: 2,000 of
#: 190,000 steps of all states.
_SHORTEST = 24
_ENDS = (".", "!", "?")
_QUOTE = '"'


def parse_dependencies(parser: Any, scores: StateScores, docs: Sequence[Doc]) -> list[Any]:
    """The states of spaCy's ``parser`` at the end of each Doc, for its ``set_annotations``."""
    from spacy.ml.parser_model import ParserStepModel

    # Of the model of a step, this method reads the number of places alone.
    model: Any = SimpleNamespace(state2vec=SimpleNamespace(nF=scores.places))
    stretches = _Stretches(docs, parser.move_names)
    scores.read(docs)
    while stretches.going:
        tokens = stretches.leave(ParserStepModel.get_token_ids(model, stretches.going))
        if not len(tokens):
            break
        of_moves = scores.score(tokens)
        stretches.find_crossings(tokens, of_moves)
        stretches.keep(parser.transition_states(stretches.going, of_moves))
    offsets = accumulate(map(len, docs), initial=0)
    return list(map(stretches.parse_of, range(len(docs)), docs, offsets))


class _Stretches:
    """Stretches of a batch's texts between starts of sentences, fixed and likely, each with a state of the parser."""

    def __init__(self, docs: Sequence[Doc], moves: Sequence[str]) -> None:
        self._states: list[Any] = []
        self._ends: list[int] = []  #: the token at which each is left, numbered through all texts
        self._firsts = [0]  #: of each text the number of its first stretch; one more at the end
        marks: list[Any] = []
        offset = 0
        for doc in docs:
            mark = doc.to_array(["SENT_START"]).astype(np.int64)
            starts = _find_starts(doc, mark) if len(doc) else []
            self._states += _states_at(doc, offset, starts)
            self._ends += [*(offset + start for start in starts[1:]), _NOWHERE][: len(starts)]
            self._firsts.append(len(self._states))
            marks.append(mark)
            offset += len(doc)
        self._is_free = np.concatenate([*marks, [1]]) == 0  #: whether the parser may start a sentence with a token
        self._last = list(range(len(self._states)))  #: of each, the last one that it goes through
        self._breaks, self._reduces = ([move for move, name in enumerate(moves) if name[0] == kind] for kind in "BD")
        self.going = list(self._states)  #: the states that have not come to their end, and of them:
        self._numbers = np.arange(len(self.going))  #: their numbers
        self._goals: Ints = np.array(self._ends, np.int64)  #: where they end
        self._at_end: Ints = self._numbers[:0]  #: which have come to the last token, but not to an empty stack

    def leave(self, tokens: Ints) -> Ints:
        """Leave those that have come to their end; of the tokens that are read about each, the others'."""
        following = tokens[:, _NEXT]
        for place in np.flatnonzero((self._goals >= 0) & ((following > self._goals) | (following < 0))).tolist():
            self._go_further(place, following[place])
        at_end = np.flatnonzero(following == self._goals)
        empty = tokens[at_end, _TOP] < 0
        self._at_end = at_end[~empty]
        if empty.any():
            has_child = tokens[at_end, _LEFT_CHILD[tokens.shape[1]]] >= 0
            for place in at_end[empty & has_child].tolist():
                self._go_further(place)
            stay = np.ones(len(tokens), bool)
            stay[at_end[empty & ~has_child]] = False
            self._select(stay)
            self._at_end = (np.cumsum(stay) - 1)[self._at_end]
            tokens = tokens[stay]
        return tokens

    def _go_further(self, place: int, following: int | None = None) -> None:
        """Have a parse go on through the next stretch, or through all that begin before its next token, -1 for none."""
        number = self._numbers[place]
        while True:
            self._last[number] += 1
            goal = self._goals[place] = self._ends[self._last[number]]
            if goal < 0 or following is None or 0 <= following <= goal:
                break

    def find_crossings(self, tokens: Ints, of_moves: Floats) -> None:
        """Have those go on through the next stretch that may start a sentence behind its first token."""
        if not len(self._at_end):
            return
        scores = of_moves[self._at_end]
        crosses = scores[:, self._breaks].max(axis=1) >= scores[:, self._reduces].max(axis=1)
        crosses &= self._is_free[tokens[self._at_end, _NEXT] + 1]
        for place in self._at_end[crosses].tolist():
            self._go_further(place)

    def keep(self, states: list[Any]) -> None:
        """Keep these, the ones that have not come to the end of their text."""
        if len(states) < len(self.going):
            self._select(np.array([not state.is_final() for state in self.going]))

    def _select(self, stay: Any) -> None:
        self.going = [state for state, stays in zip(self.going, stay.tolist(), strict=True) if stays]
        self._numbers, self._goals = self._numbers[stay], self._goals[stay]

    def parse_of(self, text: int, doc: Doc, offset: int) -> Any:
        """The state at the end of a text, put together from those of its stretches."""
        number, behind = self._firsts[text : text + 2]
        if behind - number == 1:
            return self._states[number]
        whole = new_state(doc, offset)
        while number < behind:
            for arc in self._states[number].arcs:
                whole.add_arc(arc["head"], arc["child"], arc["label"])
            number = self._last[number] + 1
        return whole


def _find_starts(doc: Doc, marks: Ints) -> list[int]:
    """The tokens with which stretches start: the first, those that ``marks`` fixes, and likely ones in between."""
    fixed = marks == 1
    fixed[0] = True
    strings = doc.vocab.strings
    words, blanks = doc.to_array(["ORTH", "SPACY"]).T
    ends = (words[:, None] == np.array([strings[end] for end in _ENDS], np.uint64)).any(axis=1)
    ends[1:] |= (words[1:] == strings[_QUOTE]) & ends[:-1]  # the mark behind the full stop
    likely = np.zeros(len(words), bool)
    likely[1:] = ends[:-1] & (blanks[:-1] == 1) & (marks[1:] == 0)
    starts: list[int] = []
    for start in np.flatnonzero(fixed | likely).tolist():
        if fixed[start] or start - starts[-1] >= _SHORTEST:
            starts.append(start)
    return starts


def _states_at(doc: Doc, offset: int, starts: Sequence[int]) -> list[Any]:
    """States of which each has one of these tokens next; ``offset`` is the number of the Doc's first token."""
    state = new_state(doc, offset)
    states = []
    for start, end in pairwise([*starts, len(doc)]):
        states.append(state.copy())
        go_on(state, end - start)
    return states
