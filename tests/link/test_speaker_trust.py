"""How far a speaker can be trusted by how the text names him."""

import pytest

from pipeline.link.speaker_trust import TRUST_RULES, _Naming, trust_in
from pipeline.records import Speaker
from pipeline.rule_table import first_rule

SPAN = (0, 1)


@pytest.mark.parametrize(
    ("speaker", "rule"),
    [
        (None, "nobody"),
        (Speaker(SPAN, "", "Ada Brandt"), "goes on"),
        (Speaker(SPAN, "Mayor Ada Brandt", "Ada Brandt"), "full name"),
        (Speaker(SPAN, "Ms Brandt", "Ada Brandt"), "short name"),
        (Speaker(SPAN, "She", "Ada Brandt"), "he or she"),
        (Speaker(SPAN, "it", "Larn Ferries"), "it or they"),
        (Speaker(SPAN, "who", "Ada Brandt"), "who or which"),
        (Speaker(SPAN, "the mayor", "Ada Brandt"), "description of somebody named"),
        (Speaker(SPAN, "critics", type="group"), "group"),
        (Speaker(SPAN, "a letter", type="document"), "document"),
        (Speaker(SPAN, "a clerk", type="person"), "description"),
        (Speaker(SPAN, "the company", type="organisation"), "organisation without a name"),
        (Speaker(SPAN, "he"), "unresolved pronoun"),
    ],
)
def test_the_rule_is_chosen_by_how_the_text_names_the_speaker(speaker: Speaker | None, rule: str) -> None:
    assert first_rule(TRUST_RULES, _Naming(speaker)).name == rule
    assert 0 < trust_in(speaker) <= 1


def test_an_unresolved_pronoun_is_trusted_least() -> None:
    assert trust_in(Speaker(SPAN, "he")) < trust_in(Speaker(SPAN, "a clerk")) < trust_in(Speaker(SPAN, "Ada", "Ada"))
