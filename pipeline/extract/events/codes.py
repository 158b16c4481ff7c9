"""Names that end in a number: "I-20", "U.S. 83", "mine No. 2".

Part of ``pipeline.extract.events``. Their letters decide and not the parse, which cuts "W.Va. 9" into a state, a full
stop and a number.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from pipeline.extract.events.context import EventContext
from pipeline.extract.events.rules import Rules, allows
from pipeline.knowledge.events.types import TargetClass, Trigger
from pipeline.records import Span

#: What may follow a sign for a number ("No"), the full stop that the parser cut off it included: ". 2".
_AFTER_SIGN = re.compile(r"\.?[ \t]?\d{1,4}\b")


def coded_class(noun: Token, trigger: Trigger, rules: Rules, context: EventContext) -> TargetClass | None:
    """The class of targets whose code begins at the noun ("I-20"), None where the trigger's rule takes none such."""
    for pattern, target_class in rules.codes:
        if allows(trigger, target_class) and pattern.match(context.article.text, noun.idx):
            return target_class
    return None


def span_with_number(noun: Token, span: Span, rules: Rules, context: EventContext) -> Span:
    """The span of a noun's phrase, with the number that belongs to its name where the parse hung it elsewhere."""
    text = context.article.text
    for pattern, _ in rules.codes:
        code = pattern.match(text, noun.idx)
        if code is not None:
            return span[0], max(span[1], code.end())
    is_sign = text[span[0] : span[1]].rpartition(" ")[2].lower() in context.words.targets.number_signs
    number = _AFTER_SIGN.match(text, span[1]) if is_sign else None
    return (span[0], number.end()) if number is not None else span
