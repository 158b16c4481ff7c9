"""Which named rule decides a status, on sentences with the trigger in brackets."""

import pytest

from pipeline.extract.events import status
from pipeline.extract.events.rules import compile_rules
from pipeline.knowledge.events.files import load_event_type
from pipeline.knowledge.events.words import load_event_words
from pipeline.knowledge.files import models_folder
from tests.helpers.parses import Parses, plain_article

CLOSURE = load_event_type(models_folder() / "events" / "closure.toml")
LEXICON = compile_rules(CLOSURE, load_event_words(models_folder())).status


@pytest.mark.parametrize(
    ("marked", "expected", "rule"),
    [
        ("The council did not [close] the pool.", "denied", "negation"),
        ("The firm will sell land unless the mill is [closed].", "hypothetical", "condition"),
        ("The firm possibly [closed] the mill.", "possible", "adverb that leaves open"),
        ("The firm will sell land and [shut] pits.", "planned", "modal"),
        ("The firm denied that it [closed] the mill.", "denied", "reported as threat or denial"),
        ("The firm threatened that it will [close] the mill.", "threatened", "reported as threat or denial"),
        ("The firm [closed] the mill.", "occurred", "past or present"),
        ("The firm said it would [close] the mill.", "planned", "future of a report"),
        ("A strike would [close] the mill.", "hypothetical", "would"),
        ("The mill will [close] if prices fall.", "hypothetical", "modal under a condition"),
        ("The firm is [closing] the mill.", "ongoing", "progressive"),
        ("The mill is being [closed].", "ongoing", "progressive passive"),
        ("Cargo handling remains [halted] at the port.", "ongoing", "progressive passive"),
        ("The mill is still [shut].", "ongoing", "adverb of state"),
        ("The firm has already [closed] three mills.", "occurred", "past or present"),
        ("The firm announced that it was [closing] the mill.", "planned", "progressive plan"),
        ("Ninety jobs will go when the mill [closes].", "planned", "present clause of time"),
        ("The banks have been [shut] for two weeks.", "ongoing", "state since then"),
        ("The mills will remain [shut] until June.", "ongoing", "state that goes on"),
        ("The mills should remain [shut].", "possible", "modal"),
        ("The embassy is not [closed].", "denied", "state denied"),
        ("Mothers feared a decision by the owners to [close] the nursery.", "planned", "governing word"),
        ("Inspectors came to [close] the bar.", "planned", "purpose of a movement"),
        ("The mayor does not have the authority to [close] the school.", "denied", "power denied"),
        ("The court rejected a request to [close] the school.", "denied", "plan denied"),
        ("The [shutdown] of the ministries drags on.", "ongoing", "subject that goes on"),
        ("Workers said [closures] were likely.", "possible", "likely"),
        ("A [closure] would cost the town its only school.", "hypothetical", "imagined"),
        ("It was the third day of the [shutdown] of the ministries.", "ongoing", "day of it"),
        ("Pipes may freeze after a [shutdown] of the reactor.", "hypothetical", "one of its kind"),
        ("The ministry says that the roads are [closed].", "ongoing", "reported state"),
        ("The road has been [closed] since May.", "ongoing", "state since then"),
        ("Brewer to [close] two pubs", "planned", "headline infinitive"),
        ("The firm named the four set to [close].", "planned", "set to"),
        ("The mill is to be [closed].", "planned", "be to"),
        ("The firm is not going to [close] the mill.", "denied", "going to"),
        ("The firm [closing] the mill lost money.", "ongoing", "participle on a noun"),
        ("The mill has to [close].", "possible", "have to"),
        ("The firm plans to [close] the mill.", "planned", "governing word"),
        ("The mayor ordered all bars [shut].", "planned", "governing word"),
        ("The firm may be forced to [close] the mill.", "possible", "modal"),
        ("The stores to be [closed] are small.", "planned", "passive infinitive on a noun"),
        ("Nobody has money to [close] the mill.", "possible", "infinitive"),
        ("[Closing] the mill would cost jobs.", "hypothetical", "gerund as subject"),
        ("Snow fell, [closing] the road.", "occurred", "past or present"),
        ("The firm saved money without [closing] the mill.", "denied", "without"),
        ("There were threats of [closing] the mill.", "threatened", "governing word"),
        ("There is a case for [closing] the mill.", "possible", "preposition that leaves open"),
        ("The firm saved money by [closing] the mill.", "occurred", "gerund after any other preposition"),
        ("The firm did not rule out [closing] the mill.", "possible", "denial negated"),
        ("The firm may refuse to [close] the mill.", "possible", "denial left open"),
        ("The firm refused to [close] the mill.", "denied", "word that denies"),
        ("The firm did not plan to [close] the mill until May.", "planned", "negation of something else"),
        ("The council did not ask the firm to [close] the mill.", "possible", "possibility negated"),
        ("The firm has no plans to [close] the mill.", "denied", "governing word negated"),
        ("If the firm decides to [close] the mill, jobs will go.", "hypothetical", "condition"),
        ("The firm may decide to [close] the mill.", "possible", "plan that may be"),
        ("The firm will begin to [close] the mill.", "planned", "modal"),
        ("The firm shelved plans to [close] the mill.", "denied", "plan denied"),
        ("There was no [closure].", "denied", "no"),
        ("The planned [closure] angered the town.", "planned", "modifier"),
        ("The firm averted the planned [closure].", "denied", "word that denies"),
        ("The firm made plans for the [closure] of the mill.", "planned", "governing word"),
        ("The [closure] costs of the mill rose.", "occurred", "complement of another word"),
        ("A strike could hasten the [closure] of the mill.", "possible", "modal"),
        ("The [closure] was scheduled for May.", "planned", "governing word"),
        ("The [closure] will cost jobs.", "planned", "subject of a verb"),
        ("The strike could lead to the [closure] of the mill.", "possible", "modal"),
        ("The firm faced a week of [closures].", "possible", "governing word"),
        ("They lost their jobs in the [closure].", "occurred", "any other preposition"),
        ("The [shut] mill was sold.", "occurred", "attribute"),
        ("The mill remains [shut].", "ongoing", "state that goes on"),
    ],
)
def test_the_rule_that_decides_is_named(marked: str, expected: str, rule: str, parses: Parses) -> None:
    doc = parses(plain_article(marked.replace("[", "").replace("]", "")))
    token = next(token for token in doc if token.idx == marked.index("["))
    assert status.status_of(token, LEXICON) == (expected, rule)
