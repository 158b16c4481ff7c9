"""Runs a pipeline's components over a batch of tokenized texts; parser and recognizer without spaCy's own steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pipeline.nlp import dependencies, entity_labels
from pipeline.nlp.state_scores import StateScores, can_score

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    _Scores = dict[str, StateScores]

#: By class of the component, what gives the states that its ``set_annotations`` writes down, and for which numbers of
#: tokens that it reads about a state.
_PREDICTORS: dict[str, tuple[Callable[[Any, StateScores, Sequence[Doc]], list[Any]], frozenset[int]]] = {
    "DependencyParser": (dependencies.parse_dependencies, dependencies.PLACES),
    "EntityRecognizer": (entity_labels.label_entities, entity_labels.PLACES),
}
#: By pipeline, the scores of its components by their names.
_SCORES: WeakKeyDictionary[Language, _Scores] = WeakKeyDictionary()


def annotate(nlp: Language, docs: Sequence[Doc], *, batch_size: int, capacity: int) -> list[Doc]:
    """The Docs after all components of the pipeline, as ``nlp.pipe`` gives them.

    ``batch_size``: the number of Docs that a component is asked to take; ``capacity``: tokens of an ordinary batch.
    """
    if nlp not in _SCORES:
        _SCORES[nlp] = _read_scores(nlp, capacity)
    found = _SCORES[nlp]
    done = list(docs)
    for name, component in nlp.pipeline:
        proc: Any = component
        if name in found:
            predict, _ = _PREDICTORS[type(proc).__name__]
            proc.set_annotations(done, predict(proc, found[name], done))
        elif hasattr(proc, "pipe"):
            done = list(proc.pipe(done, batch_size=batch_size))
        else:
            done = [proc(doc) for doc in done]
    return done


def _read_scores(nlp: Language, capacity: int) -> _Scores:
    """The scores of the components whose moves are chosen here."""
    found = {}
    for name, component in nlp.pipeline:
        proc: Any = component
        _, places = _PREDICTORS.get(type(proc).__name__, (None, frozenset()))
        if places and can_score(proc):
            scores = StateScores(proc.model, capacity)
            if scores.places in places:
                found[name] = scores
    return found
