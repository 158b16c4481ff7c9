"""The status of an event that an adjective or participle states: "remains closed", "the closed schools".

Part of ``pipeline.extract.events``. The table is tried in order, see ``status_rules``.
"""

from __future__ import annotations

from pipeline.extract.events.status_forms import VERBAL
from pipeline.extract.events.status_rules import StatusDecision, StatusOutcome, WordInContext, decide
from pipeline.extract.events.status_tense import lasts_till_now
from pipeline.extract.events.status_verbs import governed_status, verb_status
from pipeline.extract.events.syntax import is_infinitive
from pipeline.extract.events.verb_forms import is_conditional
from pipeline.extract.syntax import is_negated
from pipeline.rule_table import Rule, always, constant


def adjective_status(word: WordInContext) -> StatusDecision:
    """The status of an adjective or participle: "remains closed", "ordered the polls closed", "closed schools"."""
    return decide(_ADJECTIVE_RULES, word)


def _is_copula_with_status(word: WordInContext) -> bool:
    return _has_copula(word) and _status_of_copula(word).status != "occurred"


def _has_copula(word: WordInContext) -> bool:
    return word.token.head.lemma_ in word.lexicon.words.verbs.copulas


def _status_of_copula(word: WordInContext) -> StatusDecision:
    return verb_status(WordInContext(word.token.head, word.lexicon))


def _goes_on(word: WordInContext) -> bool:
    """Whether it "remains" so, now, in the past or by what is announced, but not under a condition or "should"."""
    head = word.token.head
    if head.lemma_ not in word.lexicon.words.verbs.passing_copulas or head.lemma_ == "be":
        return False
    decision = _status_of_copula(word)
    is_wished = is_infinitive(head) and decision.status == "possible"  # "want the mill to remain closed"
    return decision.status in ("occurred", "ongoing", "planned") or is_wished or decision.rule == "would"


def _is_state_denied(word: WordInContext) -> bool:
    hosts = (word.token, word.token.head)
    return _has_copula(word) and any(child.dep_ == "neg" for host in hosts for child in host.children)


def _is_present_state(word: WordInContext) -> bool:
    """Whether it is so now, and not told in the present as what happens: "is closed and searched by the army"."""
    goes_on = any(
        child.dep_ == "conj" and child.tag_ == "VBN"
        for host in (word.token, word.token.head)
        for child in host.children
    )
    return _has_copula(word) and word.token.head.tag_ in ("VBZ", "VBP") and not goes_on


def _is_state_now(word: WordInContext) -> bool:
    head, adverbs = word.token.head, word.lexicon.cues.adverbs
    if not _has_copula(word) or head.tag_ == "VBD":
        return False
    return head.lemma_ in adverbs or any(child.lower_ in adverbs for child in (*head.children, *word.token.children))


def _is_kept(word: WordInContext) -> bool:
    """Whether somebody keeps it so: "will keep the floor closed"."""
    verb = word.token.head
    is_kept = word.token.dep_ in ("oprd", "acomp", "ccomp") and verb.lemma_ in word.lexicon.words.status.keeping
    return is_kept and _status_of_copula(word).status in ("occurred", "ongoing", "planned") and not is_negated(verb)


def _is_state_till_now(word: WordInContext) -> bool:
    """Whether it has been so up to now: "has stood idle since May", "has lain idle for nine months"."""
    verb = word.token.head
    return _has_copula(word) and lasts_till_now(verb, word.lexicon.words)


_ADJECTIVE_RULES: tuple[Rule[WordInContext, StatusOutcome], ...] = (
    # "the closed schools".
    Rule("attribute", lambda word: word.token.dep_ == "amod", constant("occurred")),
    Rule("under no verb", lambda word: word.token.head.pos_ not in VERBAL, constant("occurred")),
    # "if the mill is closed".
    Rule("condition", lambda word: is_conditional(word.token, word.lexicon), constant("hypothetical")),
    # "will remain closed".
    Rule("state that goes on", _goes_on, constant("ongoing")),
    # "will keep the floor closed".
    Rule("kept so", _is_kept, constant("ongoing")),
    # "may remain closed".
    Rule("copula that tells", _is_copula_with_status, _status_of_copula),
    # "remains closed", "is still closed".
    Rule("state that holds now", _is_state_now, constant("ongoing")),
    # "has stood idle since May".
    Rule("state till now", _is_state_till_now, constant("ongoing")),
    # "was not closed".
    Rule("state denied", _is_state_denied, constant("denied")),
    # "is closed".
    Rule("present state", _is_present_state, constant("ongoing")),
    # "was closed".
    Rule("state", _has_copula, constant("occurred")),
    # "ordered the polls closed".
    Rule("governed", always, lambda word: governed_status(WordInContext(word.token, word.lexicon))),
)
