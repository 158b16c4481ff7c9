"""The sequence of tenses: behind "said", what was said is told in the past or with "would"."""

from __future__ import annotations

from typing import Literal

from pipeline.extract.quotes.paragraph import ParsedParagraph

#: "shifted": only what somebody said or thought stands in it behind a past tense ("would close", "had closed").
Tense = Literal["present", "past", "shifted", ""]

#: Tag of an auxiliary that stands for its verb.
_MODAL = "MD"
_AUXILIARIES = frozenset({"aux", "auxpass"})
_SHIFTED = frozenset({"would", "could", "might", "should", "had", "'d", "’d"})
_PRESENT = frozenset(
    {"has", "have", "is", "are", "am", "do", "does", "will", "can", "may", "'s", "’s", "'re", "'ve", "'ll"}
)
_PAST = frozenset({"was", "were", "did"})


def tense_of(para: ParsedParagraph, verb: int) -> Tense:
    """The tense of a clause by its verb and auxiliaries; "" where no finite form is among them."""
    if para.tag[verb] == _MODAL:  # "but she would if it rained"
        return "shifted" if para.word[verb] in _SHIFTED else "present"
    helpers = {para.word[child] for child in para.children[verb] if para.dep[child] in _AUXILIARIES}
    if helpers & _SHIFTED:
        return "shifted"
    if helpers & _PRESENT:
        return "present"
    if helpers & _PAST:
        return "past"
    if helpers:
        return ""
    return "past" if para.tag[verb] == "VBD" else "present" if para.tag[verb] in ("VBZ", "VBP") else ""
