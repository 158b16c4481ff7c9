"""How a status is decided: tables of named rules, tried in order, over one word and what stands above it.

Part of ``pipeline.extract.events``. To add a rule, add a row to the table of the kind of word it is about, in
``status_verbs`` or ``status_nouns``, with its example sentence as a comment, and a sentence to the suite. A rule's name
tells which one decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.tokens import Token

from pipeline.extract.events.rules import StatusLexicon
from pipeline.records import Status
from pipeline.rule_table import Case, Rule, first_rule

#: How many heads above a trigger may still bear on it; longer chains are other people's clauses. "Denied that it had
#: agreed to plan to begin to try to close" has five.
MOST_HEADS = 6


class StatusDecision(NamedTuple):
    """A status and the name of the rule that decided it."""

    status: Status
    rule: str


class WordInContext(NamedTuple):
    """A word whose status is asked: the trigger or what governs it.

    ``heads_left`` bounds how many heads above it are still looked at: 6 for a trigger, one less with every step up.
    """

    token: Token
    lexicon: StatusLexicon
    heads_left: int = MOST_HEADS

    def with_token(self, token: Token) -> WordInContext:
        """Another word looked at with the same bound."""
        return self._replace(token=token)

    def one_up(self, token: Token) -> WordInContext:
        """A word one step further up."""
        return WordInContext(token, self.lexicon, self.heads_left - 1)

    def status_of_lemma(self, token: Token) -> Status | None:
        """The status that a governing word gives, such as "planned" for "plan", if any; "rule out" is not "rule"."""
        return self.lexicon.status_of_lemma.get(self.governing_lemma(token))

    def governing_lemma(self, token: Token) -> str:
        """A governing word's lemma, with its particle where the lists have both: "rule out", but "rule" alone.

        Right after the verb the parser may take a particle for a preposition: "fended / off the closure".
        """
        if token.pos_ == "VERB":
            for child in token.children:
                phrase = f"{token.lemma_} {child.lower_}"
                is_particle = child.dep_ in ("prt", "advmod") or (child.dep_ == "prep" and child.i == token.i + 1)
                if is_particle and phrase in self.lexicon.status_of_lemma:
                    return phrase
        return token.lemma_


class GovernedStatus(NamedTuple):
    """A governing word, the trigger's or that of a word above it, and the status that its lemma gives."""

    governor: WordInContext
    status: Status


#: What a rule decides: a status, or where it looks further the decision of another table.
StatusOutcome = Status | StatusDecision


def decide(rules: Sequence[Rule[Case, StatusOutcome]], case: Case) -> StatusDecision:
    """The decision of the first rule of a table that applies, with the name of the rule that decided in the end."""
    rule = first_rule(rules, case)
    outcome = rule.outcome(case)
    return StatusDecision(outcome, rule.name) if isinstance(outcome, str) else outcome
